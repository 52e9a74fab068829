from pathlib import Path

from benchmarks.complexity import LIMIT, compare, follow, list_files, measure

CONDITION = " and ".join(f"a{n}" for n in range(LIMIT))
ARGUMENTS = ", ".join(f"a{n}" for n in range(LIMIT))
CODE = f"def long({ARGUMENTS}):\n    return 1 if {CONDITION} else 0\n\n\ndef short(a):\n    return 1 if a else 0\n"


def test_boolean_operators_count(tmp_path: Path) -> None:
    file = tmp_path / "module.py"
    file.write_text(CODE)
    assert measure([file], tmp_path) == {"module.py:long": LIMIT + 1}


def test_the_name_of_a_rule_is_no_way(tmp_path: Path) -> None:
    file = tmp_path / "module.py"
    file.write_text(CODE.replace(" else 0", " and WHOLE_EPS() else 0", 1))
    assert measure([file], tmp_path) == {"module.py:long": LIMIT + 1}


def test_an_exception_may_shrink_and_not_grow() -> None:
    assert compare({"a.py:f": 18}, {"a.py:f": 18}) == []
    assert "more than 15" in compare({"a.py:f": 18}, {})[0]
    assert "does not grow" in compare({"a.py:f": 19}, {"a.py:f": 18})[0]
    assert "needs no exception" in compare({"a.py:f": 17}, {"a.py:f": 18})[0]
    assert "needs no exception" in compare({}, {"a.py:f": 18})[0]


def test_an_exception_follows_its_function_and_no_other() -> None:
    assert follow({"a.py:f": 17}, {"a.py:f": 18, "a.py:g": 20}) == {"a.py:f": 17}
    assert follow({"b.py:f": 18}, {"a.py:_f": 18}) == {"b.py:f": 18}
    assert follow({"b.py:f": 19}, {"a.py:f": 18}) == {}
    assert follow({"b.py:h": 18}, {"a.py:f": 18}) == {}


def test_every_package_is_looked_at() -> None:
    packages = {path.relative_to(Path(__file__).parents[2]).parts[0] for path in list_files()}
    assert packages >= {"filings", "parsing", "crawler", "storage", "settings", "migrations", "replica", "ex99", "benchmarks"}
