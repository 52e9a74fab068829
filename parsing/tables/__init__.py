"""From tables to figures: grids of values, the periods of their columns, the metrics of their rows."""
