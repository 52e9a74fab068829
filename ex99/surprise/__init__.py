"""What was reported against what was expected: the user's estimates, or the same quarter a year before, and the session that saw it."""

from ex99.surprise.estimates import Estimate, read_estimates
from ex99.surprise.join import SurpriseReport, SurpriseRow, find_surprises

__all__ = ["Estimate", "SurpriseReport", "SurpriseRow", "find_surprises", "read_estimates"]
