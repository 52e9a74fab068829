from pathlib import Path

import pytest

from benchmarks import __main__ as report
from benchmarks.measure import Measure, Options, run_section


def section_that_works(options: Options) -> list[Measure]:
    return [Measure("lines", 3.0, "", floor=2.0, note=f"large: {options.large}")]


def section_that_fails(options: Options) -> list[Measure]:
    raise RuntimeError(f"nothing at {options.corpus}")


HERE = __name__


def test_a_section_is_named_by_its_function() -> None:
    assert run_section(f"{HERE}:section_that_works", Options(Path()))[0].ratio == 1.5


def test_the_report_goes_on_after_a_section_that_cannot_be_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    sections = {"bad": ("fails", f"{HERE}:section_that_fails"), "good": ("works", f"{HERE}:section_that_works")}
    monkeypatch.setattr(report, "SECTIONS", sections)
    assert report.main(["--corpus", str(tmp_path), "--large"]) == 1
    out = capsys.readouterr().out
    assert "could not be measured: RuntimeError: nothing at" in out
    assert "1.50x" in out
    assert "large: True" in out
    assert report.main(["--corpus", str(tmp_path), "--only", "good"]) == 0


def test_every_section_has_a_function() -> None:
    for _, function in report.SECTIONS.values():
        module, _, name = function.partition(":")
        assert name in vars(__import__(module, fromlist=[name]))
