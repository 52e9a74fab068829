"""The tables of an archive, as SQLAlchemy models. Nothing is deleted by cascade."""

from ex99.storage.models.base import Base
from ex99.storage.models.filings import (
    Company,
    CrawlRun,
    Document,
    Filing,
    FilingFiler,
    FilingItem,
    FormerName,
    Ticker,
)
from ex99.storage.models.releases import (
    Figure,
    FigureMention,
    Guidance,
    ParseRun,
    Passage,
    Release,
    ReleaseText,
    ReleaseTicker,
    ReleaseWarning,
    RuleSet,
)
from ex99.storage.models.served import EarlierDocument, ServedAnswer, SubmissionVersion

__all__ = [
    "Base",
    "Company",
    "CrawlRun",
    "Document",
    "EarlierDocument",
    "Figure",
    "FigureMention",
    "Filing",
    "FilingFiler",
    "FilingItem",
    "FormerName",
    "Guidance",
    "ParseRun",
    "Passage",
    "Release",
    "ReleaseText",
    "ReleaseTicker",
    "ReleaseWarning",
    "RuleSet",
    "ServedAnswer",
    "SubmissionVersion",
    "Ticker",
]
