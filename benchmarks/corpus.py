"""The reference corpus on disk: which exhibits it labels, and where their bytes lie."""

from __future__ import annotations

import csv
import importlib.util
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

# <DOCUMENT> <TYPE>EX-99.1 <SEQUENCE>2 <FILENAME>a.htm <TEXT> ... </TEXT> </DOCUMENT>
_DOCUMENT = re.compile(rb"<DOCUMENT>(.*?)</DOCUMENT>", re.DOTALL)
_TYPE = re.compile(rb"<TYPE>([^\r\n]*)")
_TEXT = re.compile(rb"<TEXT>\r?\n?(.*?)</TEXT>", re.DOTALL)


class CorpusError(Exception):
    """The folder given is no reference corpus; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class HistoryFigure:
    """One labelled figure of a company's history: the document's slug and what score.py needs to compare it."""

    slug: str
    metric: str
    duration: str
    end: str
    value: float
    unit: str


def check_corpus(folder: Path) -> None:
    """Raise CorpusError where the folder lacks what the benchmarks read."""
    if not folder.is_dir():
        raise CorpusError(f"no corpus: the folder {folder} does not exist (name it with --corpus or EX99_CORPUS)")
    for part in ("filings.tsv", "gold", "score/score.py", "score/files.py"):
        if not (folder / part).exists():
            raise CorpusError(f"no corpus: {folder} has no {part}")


def list_gold_exhibits(folder: Path) -> list[tuple[str, Path]]:
    """(slug, path) of each labelled exhibit, as the corpus's own score/files.py lists and cuts them."""
    command = [sys.executable, str(folder / "score/files.py"), str(folder / "gold"), str(folder)]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [(slug, Path(path)) for slug, path in (line.split("\t", 1) for line in listed.splitlines() if line)]


def load_scorer(folder: Path) -> ModuleType:
    """The corpus's score.py as a module, unchanged."""
    spec = importlib.util.spec_from_file_location("corpus_score", folder / "score/score.py")
    if spec is None or spec.loader is None:
        raise CorpusError(f"cannot load {folder}/score/score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_exhibit(folder: Path, row: dict[str, str]) -> bytes:
    """The exhibit's bytes that a row of filings.tsv names, cut out of its submission by type where need be."""
    data = (folder / row["file"]).read_bytes()
    if not row["file"].startswith("filings/"):
        return data
    for document in _DOCUMENT.finditer(data):
        kind, text = _TYPE.search(document[1]), _TEXT.search(document[1])
        if kind and text and kind[1].decode().strip() == row["exhibit_type"]:
            return text[1]
    raise CorpusError(f"{row['file']} holds no {row['exhibit_type']}")


def list_rows(folder: Path) -> dict[str, dict[str, str]]:
    """The rows of filings.tsv by slug."""
    with (folder / "filings.tsv").open(encoding="utf-8") as lines:
        return {row["slug"]: row for row in csv.DictReader(lines, delimiter="\t")}


def list_history(folder: Path) -> list[HistoryFigure]:
    """Every figure of gold/history, in the order of its files; empty where the corpus has none."""
    figures = []
    for path in sorted((folder / "gold/history").glob("*.tsv")):
        with path.open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                value = load_number(row["printed"]) * float(row["scale"])
                figures.append(HistoryFigure(row["slug"], row["metric"], row["duration"], row["end"], value, row["unit"]))
    return figures


def load_number(printed: str) -> float:
    """A printed number of a label as a float: "(1,234.5)" is -1234.5."""
    text = printed.replace(",", "").replace("$", "").strip()
    digits = re.sub(r"[^\d.]", "", text).rstrip(".")
    value = float(digits) if digits else 0.0
    return -value if text.startswith(("(", "-", "\u2212")) else value
