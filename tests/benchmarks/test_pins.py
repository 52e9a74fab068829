from pathlib import Path

from benchmarks.pins import (
    check_floors,
    compare_outcomes,
    digest_document,
    load_floors,
    load_outcomes,
    raise_floors,
    save_floors,
    save_outcomes,
)


def test_floors_survive_a_round_trip_with_their_comment(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    path.write_text("# why they are here\n", encoding="utf-8")
    floors = {"gold.core.precision": 0.985, "gold.core.recall": 0.95, "made.figures.recall": 1.0}
    save_floors(path, floors)
    assert load_floors(path) == floors
    assert path.read_text(encoding="utf-8").startswith("# why they are here\n")


def test_no_file_no_floors(tmp_path: Path) -> None:
    assert load_floors(tmp_path / "floors.toml") == {}
    assert load_outcomes(tmp_path / "pinned.tsv") == {}


def test_a_value_below_its_floor_is_told() -> None:
    assert check_floors({"core.recall": 0.95}, {"core.recall": 0.9499}) == ["core.recall 0.9499 < 0.9500"]
    assert check_floors({"core.recall": 0.95}, {"core.recall": 0.95}) == []


def test_a_floor_that_was_not_measured_is_broken() -> None:
    assert check_floors({"core.recall": 0.95}, {}) == ["core.recall was not measured (floor 0.9500)"]


def test_floors_only_go_up() -> None:
    assert raise_floors({"a.share": 0.9, "b.share": 0.5}, {"a.share": 0.8, "b.share": 0.66666}) == {"a.share": 0.9, "b.share": 0.6666}


def test_outcomes_survive_a_round_trip(tmp_path: Path) -> None:
    outcomes = {
        ("gold/MRLW_2017Q3", "revenue gaap quarter 2017-09-30"): "wrong",
        ("gold/MRLW_2017Q3", "cash gaap instant 2017-09-30"): "missed",
    }
    save_outcomes(tmp_path / "pinned.tsv", outcomes, {"gold"})
    assert "MRLW" not in (tmp_path / "pinned.tsv").read_text(encoding="utf-8")
    assert load_outcomes(tmp_path / "pinned.tsv") == {
        ("/".join(digest_document(document)), key): v for (document, key), v in outcomes.items()
    }


def test_a_set_that_was_not_run_keeps_its_pins(tmp_path: Path) -> None:
    path = tmp_path / "pinned.tsv"
    save_outcomes(path, {("gold/A", "x"): "missed", ("made/B", "y"): "wrong"}, {"gold", "made"})
    save_outcomes(path, {}, {"gold"})
    assert list(load_outcomes(path).values()) == ["wrong"]


def test_gains_and_losses(tmp_path: Path) -> None:
    path = tmp_path / "pinned.tsv"
    before = {("g/A", "x"): "missed", ("g/A", "y"): "missed", ("g/A", "s"): "spurious", ("g/A", "same"): "wrong", ("g/C", "x"): "wrong"}
    save_outcomes(path, before, {"g"})
    now = {("g/A", "y"): "wrong", ("g/A", "z"): "missed", ("g/A", "same"): "wrong"}
    gains, losses = compare_outcomes(load_outcomes(path), now, ["g/A", "g/B"])
    assert gains == ["g/A s: spurious -> absent", "g/A x: missed -> right"]
    assert losses == ["g/A y: missed -> wrong", "g/A z: right -> missed"]
