from pathlib import Path

import pytest

from benchmarks import scale
from benchmarks.archive import measure_writing
from benchmarks.filled import fill, period_end
from ex99.storage import calendars
from ex99.storage.archive import Archive
from ex99.storage.filters import FigureFilter
from ex99.storage.queries import list_figures


def test_the_floor_writes_what_the_writer_wrote(tmp_path: Path) -> None:
    measures = list(measure_writing(tmp_path, 12))
    assert [m.name for m in measures] == ["saving a submission", "saving a release", "re-parsing a release"]
    assert all(m.floor for m in measures)


def test_a_small_archive_answers_every_question() -> None:
    measures = list(scale.measure_questions(3, 6, 4))
    names = {m.name: m for m in measures}
    assert names["one company's series"].note.startswith("sqlite, 10 rows")
    assert names["one quarter's panel"].note.startswith("sqlite, 3 rows")
    assert all(m.floor for m in measures[1:])


def test_labels_do_not_depend_on_how_calendars_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Archive.open(f"sqlite:///{tmp_path / 'archive.db'}", str(tmp_path / "blobs")) as archive:
        assert fill(archive, 5, 24, 4) == 5 * 24 * 4
        day = period_end(12)
        every = [figure for figure in list_figures(archive) if figure.period_end == day]
        asked = FigureFilter(period_from=day, period_until=day)
        assert {figure.fiscal_year for figure in every} == {day.year}
        assert list(list_figures(archive, asked)) == every
        monkeypatch.setattr(calendars, "_MANY", 0)
        assert list(list_figures(archive, asked)) == every
