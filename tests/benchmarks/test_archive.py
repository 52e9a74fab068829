from pathlib import Path

from benchmarks import scale
from benchmarks.archive import measure_writing


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
