"""Starting, stopping, controlling and measuring a replica."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ex99.replica.__main__ import make_arguments
from ex99.replica.compose import compose_market, compose_trap, write_filings
from ex99.replica.faults import FaultPlan
from ex99.replica.options import ReplicaOptions
from ex99.replica.server import ReplicaError, dump_options, load_options, start_replica
from tests.replica.conftest import Served, ask


def test_the_log_tells_kinds_times_and_outcomes(tmp_path: Path) -> None:
    filing = compose_trap("after_graphic")
    write_filings(tmp_path, [filing])
    truth = filing.truth
    paths = {
        "tickers": "/files/company_tickers.json",
        "submissions": f"/submissions/{truth.ciks[0].submissions_name}",
        "submission": f"/Archives/{truth.accession.flat_path(truth.ciks[0])}",
        "index_page": f"/Archives/{truth.accession.folder_path(truth.ciks[0])}{truth.accession}-index.htm",
        "index_headers": f"/Archives/{truth.accession.folder_path(truth.ciks[0])}{truth.accession}-index-headers.html",
        "document": f"/Archives/{truth.accession.folder_path(truth.ciks[0])}trpg-20160725.htm",
        "full_index": "/Archives/edgar/full-index/2016/QTR3/form.gz",
        "getcurrent": "/cgi-bin/browse-edgar?action=getcurrent",
        "overflow": f"/submissions/CIK{truth.ciks[0].padded}-submissions-001.json",
        "other": "/nowhere",
    }
    with start_replica(tmp_path) as replica:
        statuses = [ask(replica.url, path).status for path in paths.values()]
        log = replica.log()
        assert [row["kind"] for row in log] == list(paths)
        assert [row["path"] for row in log] == list(paths.values())
        assert [row["status"] for row in log] == statuses == [200] * 8 + [404, 404]
        times = [row["time"] for row in log]
        assert times == sorted(times)
        stats = replica.stats()
        assert (stats["requests"], stats["filings"], stats["filers"], stats["skipped"]) == (10, 1, 1, 0)
        assert stats["busiest_second"] == 10
        assert stats["bytes"] == sum(row["bytes"] for row in log)


def test_new_filings_appear_after_a_rescan(tmp_path: Path) -> None:
    first, second = compose_market(2, n_companies=1)
    write_filings(tmp_path, [first])
    with start_replica(tmp_path) as replica:
        path = f"/submissions/{first.truth.ciks[0].submissions_name}"
        assert second.truth.accession not in ask(replica.url, path).text
        write_filings(tmp_path, [second])
        assert replica.rescan() == 1
        assert second.truth.accession in ask(replica.url, path).text
        assert second.truth.accession in ask(replica.url, "/cgi-bin/browse-edgar?action=getcurrent").text


def test_files_that_are_no_submissions_are_passed_over(tmp_path: Path) -> None:
    write_filings(tmp_path, [compose_trap("net_loss")])
    (tmp_path / "notes.txt").write_text("nothing")
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "odd.txt").write_text("<SEC-HEADER>x : 20160101\nACCESSION NUMBER:\t12\nFILER:\n\tCENTRAL INDEX KEY:\t5\n")
    with start_replica(tmp_path) as replica:
        assert (replica.stats()["filings"], replica.stats()["skipped"]) == (1, 3)


def test_deep_folders_are_searched(tmp_path: Path) -> None:
    filing = compose_trap("net_loss")
    place = tmp_path / "sec-edgar-filings" / "TRP" / "8-K" / filing.truth.accession
    place.mkdir(parents=True)
    (place / "full-submission.txt").write_bytes(filing.data)
    with start_replica(tmp_path) as replica:
        assert ask(replica.url, f"/Archives/{filing.truth.accession.flat_path(filing.truth.ciks[0])}").body == filing.data


def test_large_bodies_are_streamed(tmp_path: Path) -> None:
    filing = compose_trap("net_loss")
    large = filing.data.replace(b"</SEC-DOCUMENT>", b"x" * 5_000_000 + b"\n</SEC-DOCUMENT>")
    (tmp_path / "large.txt").write_bytes(large)
    with start_replica(tmp_path) as replica:
        path = f"/Archives/{filing.truth.accession.flat_path(filing.truth.ciks[0])}"
        assert ask(replica.url, path).body == large
        packed = ask(replica.url, path, Accept_Encoding="gzip")
        assert packed.headers["content-encoding"] == "gzip"
        assert "content-length" not in packed.headers


def test_as_a_process(served: Served) -> None:
    with start_replica(served.folder, process=True, rate=50.0, faults=FaultPlan({"empty": 0.0}, seed=3)) as replica:
        assert replica.stats()["filings"] == len(served.company) + len(served.traps)
        assert ask(replica.url, "/files/company_tickers.json").status == 200


def test_options_survive_the_way_to_a_process() -> None:
    options = ReplicaOptions(Path("x"), Path("t.json"), overlap=3, faults=FaultPlan({"reset": 0.5}, scripted=(("a", "cut", 2),)))
    assert load_options(dump_options(options)) == options


def test_unknown_faults_are_refused_over_the_wire(served: Served) -> None:
    with pytest.raises(ReplicaError, match="400"):
        served.replica._ask("POST", "/_replica/settings", {"faults": {"shares": {"nonsense": 1}}})


def test_command_line_defaults_are_edgars() -> None:
    given = make_arguments().parse_args(["--filings", "x"])
    assert (given.rate, given.block_seconds, given.page_size) == (10.0, 600.0, 1000)


@pytest.mark.parametrize("arguments", [["--filings", "/nonexistent"], ["--filings", ".", "--faults", "nonsense=1"], []])
def test_wrong_use_is_2(arguments: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", "replica", *arguments], capture_output=True, check=False)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
