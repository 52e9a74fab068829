"""Composes fictitious filers and filings whose figures are known, in the styles of three eras."""

from ex99.replica.compose.books import BookPlan, Books
from ex99.replica.compose.company import Company, make_company
from ex99.replica.compose.filing import Order, compose_filing
from ex99.replica.compose.fiscal import FiscalCalendar
from ex99.replica.compose.history import compose_company, compose_history
from ex99.replica.compose.market import compose_market
from ex99.replica.compose.traps import compose_trap, compose_traps
from ex99.replica.compose.truth import STYLES, TRAPS, ComposedFiling, Truth, TruthFigure, TruthGuidance
from ex99.replica.compose.writing import write_filings

__all__ = [
    "STYLES",
    "TRAPS",
    "BookPlan",
    "Books",
    "Company",
    "ComposedFiling",
    "FiscalCalendar",
    "Order",
    "Truth",
    "TruthFigure",
    "TruthGuidance",
    "compose_company",
    "compose_filing",
    "compose_history",
    "compose_market",
    "compose_trap",
    "compose_traps",
    "make_company",
    "write_filings",
]
