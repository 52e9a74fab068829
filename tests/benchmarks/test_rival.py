import json
import sys
from pathlib import Path

import pytest

from benchmarks import corpus, rival


class _Scorer:
    """What rival asks of the corpus's scorer."""

    @staticmethod
    def gold_figures(path: Path) -> list[dict[str, str]]:
        del path
        return [
            {"metric": "revenue", "basis": "gaap", "duration": "quarter", "end": "2017-09-30"},
            {"metric": "revenue", "basis": "gaap", "duration": "quarter", "end": "2016-09-30"},
        ]

    @staticmethod
    def latest(core: list[dict[str, str]]) -> list[dict[str, str]]:
        return core[:1]


def test_the_rival_is_told_the_latest_period(tmp_path: Path) -> None:
    rival.write_predictions(_Scorer, tmp_path, {"MRLW_2017Q3": {"revenue": 412318000.0, "eps_diluted": 1.12}}, tmp_path)  # type: ignore[arg-type]
    figures = json.loads((tmp_path / "MRLW_2017Q3.json").read_text(encoding="utf-8"))["figures"]
    assert [(f["metric"], f["unit"], f["period_end"]) for f in figures] == [
        ("revenue", "USD", "2017-09-30"),
        ("eps_diluted", "USD/share", "2017-09-30"),
    ]


def test_an_interpreter_without_it_is_told(tmp_path: Path) -> None:
    bare = tmp_path / "python"
    bare.write_text(f"#!/bin/sh\nexec {sys.executable} -S -E -c 'import sys; sys.exit(1)'\n", encoding="utf-8")
    bare.chmod(0o755)
    with pytest.raises(corpus.CorpusError, match="no edgartools"):
        rival.read_rival(str(bare), [])


def test_no_corpus_is_exit_2(tmp_path: Path) -> None:
    assert rival.main(["--corpus", str(tmp_path / "nowhere")]) == 2
