"""Words of the vocabulary as users type them: checked, and with the nearest ones offered where a word is unknown."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Sequence

from ex99.errors import UserError
from ex99.filings.exhibits import PIPELINES
from ex99.filings.filing import FILING_STATES
from ex99.filings.metrics import BASES, DURATIONS, KINDS, METRICS
from ex99.filings.release import GRADES, PASSAGE_KINDS

_OTHER_WORDS: dict[str, str] = {
    "sales": "revenue",
    "net_sales": "revenue",
    "turnover": "revenue",
    "eps": "eps_diluted",
    "earnings": "net_income",
    "profit": "net_income",
    "earnings_per_share": "eps_diluted",
    "ebit": "operating_income",
    "dividend": "dividends_per_share",
    "assets": "total_assets",
    "liabilities": "total_liabilities",
    "ffo": "ffo_per_share",
    "shares": "shares_diluted",
    "cash_flow": "operating_cash_flow",
    "income": "net_income",
}


_FEW = 6


def check_metrics(words: Sequence[str]) -> list[str]:
    """Metrics of the vocabulary; raises UserError that offers near ones."""
    return [check_metric(word) for word in words]


def check_metric(word: str) -> str:
    """A metric of the vocabulary; raises UserError that offers near ones."""
    return _check(word, METRICS, "metric", _OTHER_WORDS)


def check_basis(word: str) -> str:
    """A basis, gaap or nongaap (non-gaap and adjusted are understood)."""
    return _check(word, BASES, "basis", {"non_gaap": "nongaap", "adjusted": "nongaap"})


def check_duration(word: str) -> str:
    """A duration: quarter, half, nine_months, year or instant."""
    return _check(word, DURATIONS, "duration", {"annual": "year", "quarterly": "quarter", "q": "quarter", "fy": "year"})


def check_kind(word: str) -> str:
    """A kind of release."""
    return _check(word, KINDS, "kind", {"earnings": "results"})


def check_state(word: str) -> str:
    """A state of filings, a key of filings.filing.FILING_STATES."""
    return _check(word, FILING_STATES, "state", {"without_release": "no_release", "to_fetch": "listed", "outside_the_filter": "outside"})


def check_audit_kind(word: str) -> str:
    """A kind of audit entry."""
    from ex99.storage.audit import AUDIT_KINDS

    return _check(word, tuple(AUDIT_KINDS), "kind of entry", {})


def check_passage_kind(word: str) -> str:
    """A kind of passage."""
    return _check(word, PASSAGE_KINDS, "kind of passage", {"forward_looking": "statement"})


def check_pipeline(word: str) -> str:
    """A kind of document that the parser has a way of its own for, a key of filings.exhibits.PIPELINES."""
    return _check(word, PIPELINES, "kind of document", {"8_k": "body"})


def check_grade(word: str) -> str:
    """A grade: A, B or C."""
    return _check(word, [grade.lower() for grade in GRADES], "grade", {}).upper()


def default_duration(metric: str) -> str:
    """The duration that a series of this metric has where none is asked for: an instant's, else the quarter."""
    return "instant" if METRICS[metric].instant else "quarter"


def default_basis(metric: str) -> str:
    """The basis that a series of this metric has where none is asked for: gaap where the metric knows it."""
    return METRICS[metric].bases[0]


def _check(word: str, known: Collection[str], what: str, other_words: dict[str, str]) -> str:
    folded = word.strip().lower().replace("-", "_").replace(" ", "_")
    if folded in known:
        return folded
    if what != "metric" and folded in other_words:
        return other_words[folded]
    if len(known) <= _FEW:
        raise UserError(f"{word!r} is no {what} that ex99 knows", f"known: {', '.join(known)}")
    meant = [other_words[folded]] if folded in other_words else difflib.get_close_matches(folded, known, n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(meant)}?" if meant else f"known: {', '.join(known)}"
    raise UserError(f"{word!r} is no {what} that ex99 knows", hint)
