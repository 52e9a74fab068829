"""From candidates to figures: the reported period, the choice among lines, checks, and one figure for all its mentions."""
