"""Composes fictitious filers and filings whose figures are known, in the styles of three eras."""

from replica.compose.books import BookPlan, Books
from replica.compose.company import Company, make_company
from replica.compose.filing import Order, compose_filing
from replica.compose.fiscal import FiscalCalendar
from replica.compose.history import compose_company, compose_history
from replica.compose.market import compose_market
from replica.compose.traps import compose_trap, compose_traps
from replica.compose.truth import STYLES, TRAPS, ComposedFiling, Truth, TruthFigure, TruthGuidance
from replica.compose.writing import write_filings

__all__ = [
    "STYLES", "TRAPS", "BookPlan", "Books", "Company", "ComposedFiling", "FiscalCalendar", "Order", "Truth", "TruthFigure",
    "TruthGuidance", "compose_company", "compose_filing", "compose_history", "compose_market", "compose_trap", "compose_traps",
    "make_company", "write_filings",
]
