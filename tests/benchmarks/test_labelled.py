"""The corpus's made sets in the form that the scorer takes, from a corpus of one fictitious statement."""

import json
from pathlib import Path

from benchmarks.labelled import assign_folds, read_statements_10kq, render_statements_sec
from benchmarks.scoring import predict
from tests.parsing.exhibits import PROSE_ONLY

_RENDERER = """\
import argparse
from pathlib import Path
a = argparse.ArgumentParser()
a.add_argument("--out", type=Path)
a.add_argument("--layout")
o = a.parse_args()
for part in ("exhibits", "gold"):
    (o.out / part).mkdir(parents=True)
names = "ab" if o.layout == "all" else "a"
for name in names:
    (o.out / f"exhibits/HADL_{name}.txt").write_text("Hadley")
(o.out / "index.tsv").write_text("slug\\tcik\\n" + "".join(f"HADL_{n}\\t7\\n" for n in names))
(o.out / "unjudged.tsv").write_text("slug\\tmetric\\n")
"""


def test_folds_keep_companies_whole_and_are_dealt_evenly() -> None:
    companies = {f"S{i}_{year}": f"C{i}" for i in range(10) for year in (2019, 2020)}
    folds = assign_folds(companies, 5)
    assert all(folds[f"S{i}_2019"] == folds[f"S{i}_2020"] for i in range(10))
    assert sorted(folds.values()) == sorted([0, 1, 2, 3, 4] * 4)


def test_statements_are_rendered_in_one_layout_or_in_all(tmp_path: Path) -> None:
    folder = tmp_path / "silver/statements_sec"
    folder.mkdir(parents=True)
    (folder / "render.py").write_text(_RENDERER, encoding="utf-8")
    one, each = render_statements_sec(tmp_path, tmp_path), render_statements_sec(tmp_path, tmp_path, "all")
    assert one
    assert each
    assert [slug for slug, _ in one.exhibits] == ["HADL_a"]
    assert [slug for slug, _ in each.exhibits] == ["HADL_a", "HADL_b"]
    assert (one.name, each.name) == ("statements_sec", "statements_sec_all")
    assert render_statements_sec(tmp_path / "nowhere", tmp_path) is None


def test_metrics_that_the_labels_leave_open_are_not_predicted(tmp_path: Path) -> None:
    folder = tmp_path / "silver/statements_10kq"
    (folder / "exhibits").mkdir(parents=True)
    (folder / "gold").mkdir()
    (folder / "exhibits/HADL.txt").write_bytes(PROSE_ONLY)
    (folder / "manifest.tsv").write_text("slug\tcik\nHADL\t7\n", encoding="utf-8")
    (folder / "unjudged.tsv").write_text("slug\tmetric\twhy\nHADL\trevenue\tits label and tag disagree\n", encoding="utf-8")
    labelled = read_statements_10kq(tmp_path, tmp_path)
    assert labelled
    found = {}
    for name, unjudged in (("all", {}), ("judged", labelled.unjudged)):
        predict(labelled.exhibits, tmp_path / name, unjudged, processes=1)
        found[name] = {f["metric"] for f in json.loads((tmp_path / name / "HADL.json").read_text(encoding="utf-8"))["figures"]}
    assert found["all"] - found["judged"] == {"revenue"}
