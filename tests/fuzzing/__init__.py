"""Fuzzing as a habit: mutants of exhibits and of EDGAR's own formats, fed to every reader (`make fuzz`)."""
