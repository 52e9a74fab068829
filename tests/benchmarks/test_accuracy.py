"""The gate on a corpus of one fictitious exhibit, scored by a scorer of its own with the same entry points."""

from pathlib import Path

import pytest

from benchmarks import accuracy
from tests.parsing.exhibits import PROSE_ONLY

_FILES = """\
import sys
from pathlib import Path
print("HADL_2007Q4\\t" + str(Path(sys.argv[2]) / "exhibits/HADL_2007Q4.txt"))
"""
_SCORE = """\
import json
from pathlib import Path
def score(predictions, gold, texts=None, listing=None):
    doc = json.loads((Path(predictions) / "HADL_2007Q4.json").read_text())
    wanted = json.loads((Path(gold) / "HADL_2007Q4.json").read_text())["figures"]
    right = min(wanted, len(doc["figures"]))
    table = {"right": right, "wrong": 0, "missed": wanted - right, "spurious": 0, "precision": 1.0, "recall": right / wanted}
    lines = ["HADL_2007Q4\\tmissed\\trevenue gaap quarter 2007-09-30\\tgold 1"] * (wanted > right)
    return {"core": table, "kind_exact": {"share": 1.0, "of": 1}, "metrics": {}}, lines
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    corpus = tmp_path / "corpus"
    for part in ("exhibits", "gold", "score"):
        (corpus / part).mkdir(parents=True)
    (corpus / "filings.tsv").write_text("slug\tcik\tfile\n", encoding="utf-8")
    (corpus / "exhibits/HADL_2007Q4.txt").write_bytes(PROSE_ONLY)
    (corpus / "gold/HADL_2007Q4.json").write_text('{"figures": 16}', encoding="utf-8")
    (corpus / "score/files.py").write_text(_FILES, encoding="utf-8")
    (corpus / "score/score.py").write_text(_SCORE, encoding="utf-8")
    monkeypatch.setattr(accuracy, "FLOORS", tmp_path / "floors.toml")
    monkeypatch.setattr(accuracy, "PINNED", tmp_path / "pinned.tsv")
    return corpus


def _run(folder: Path, *more: str) -> int:
    return accuracy.main(["--corpus", str(folder), "--predictions", str(folder.parent / "predictions"), *more])


def test_no_corpus_is_one_line_and_exit_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert accuracy.main(["--corpus", str(tmp_path / "nowhere")]) == 2
    assert "no corpus" in capsys.readouterr().err


def test_scores_are_printed_and_pinned(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(folder, "--pin") == 0
    assert "core" in capsys.readouterr().out
    assert (folder.parent / "floors.toml").read_text(encoding="utf-8").count("core.recall = 1.0000") == 1


def test_below_a_floor_is_exit_1_with_the_losses(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _run(folder, "--pin")
    (folder / "gold/HADL_2007Q4.json").write_text('{"figures": 17}', encoding="utf-8")
    assert _run(folder) == 1
    printed = capsys.readouterr().out
    assert "below the floor: gold.core.recall" in printed
    assert "gold/HADL_2007Q4 revenue gaap quarter 2007-09-30: right -> missed" in printed
