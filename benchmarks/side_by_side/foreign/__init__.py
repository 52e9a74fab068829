"""Scripts that the other programs' own interpreter runs, each by its path; nothing here is imported by ex99 or its benchmarks."""
