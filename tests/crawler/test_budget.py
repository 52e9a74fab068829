"""The shared budget: even spacing, one number for all, the mark of a block."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, wait
from itertools import pairwise
from pathlib import Path

import pytest
from filelock import FileLock

from ex99.crawler.budget import LATENESS_CREDIT, LOADED_MARGIN, LOADED_SECONDS, SLOW_FACTOR, SPACING_MARGIN, Budget, budget_path

INTERVAL = (1 + SPACING_MARGIN) / 8


class Clock:
    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def take(budget: Budget, clock: Clock, count: int, lateness: float = 0.0) -> list[float]:
    times = []
    while len(times) < count:
        admission = budget.admit()
        if admission.wait:
            clock.now += admission.wait + lateness
        else:
            times.append(clock.now)
    return times


def busiest_second(times: list[float]) -> int:
    return max(sum(first <= other < first + 1 for other in times) for first in times)


def test_requests_are_evenly_spaced(tmp_path: Path, clock: Clock) -> None:
    times = take(Budget(tmp_path / "b.json", 8, 600, clock), clock, 100)
    gaps = [after - before for before, after in pairwise(times[1:])]
    assert min(gaps) == pytest.approx(INTERVAL, abs=1e-3)
    assert max(gaps) == pytest.approx(INTERVAL, abs=1e-3)


def test_small_lateness_does_not_lower_the_mean_rate(tmp_path: Path, clock: Clock) -> None:
    times = take(Budget(tmp_path / "b.json", 8, 600, clock), clock, 200, lateness=LATENESS_CREDIT * 0.9)
    assert (times[-1] - times[0]) / 199 == pytest.approx(INTERVAL, rel=0.005)


def test_no_second_holds_more_than_the_rate_however_late_the_requests(tmp_path: Path, clock: Clock) -> None:
    budget = Budget(tmp_path / "b.json", 8, 600, clock)
    times = [time for lateness in (0.0, 0.009, 0.3, 0.0, 0.05, 2.0, 0.0) for time in take(budget, clock, 20, lateness)]
    assert busiest_second(times) <= 8


def test_a_request_that_goes_out_late_holds_back_the_next(tmp_path: Path, clock: Clock) -> None:
    one, other = (Budget(tmp_path / "b.json", 8, 600, clock) for _ in range(2))
    granted = one.admit().at
    clock.now += 0.1
    one.note_departure(granted)
    assert other.admit().wait == pytest.approx((1 + LOADED_MARGIN) / 8 - LATENESS_CREDIT, abs=1e-3)


def test_on_a_loaded_machine_requests_keep_a_larger_distance(tmp_path: Path, clock: Clock) -> None:
    budget = Budget(tmp_path / "b.json", 8, 600, clock)
    budget.note_departure(clock.now - 0.05)
    times = take(budget, clock, 20)
    assert times[-1] - times[-2] == pytest.approx((1 + LOADED_MARGIN) / 8, abs=1e-3)
    clock.now += LOADED_SECONDS
    times = take(budget, clock, 20)
    assert times[-1] - times[-2] == pytest.approx(INTERVAL, abs=1e-3)


def test_nine_arrivals_of_which_the_first_is_late_span_more_than_a_second(tmp_path: Path, clock: Clock) -> None:
    budget = Budget(tmp_path / "b.json", 8, 600, clock)
    departures = []
    for number in range(40):
        granted = take(budget, clock, 1)[0]
        clock.now += 0.09 if number % 9 == 4 else 0.001
        budget.note_departure(granted)
        departures.append(clock.now)
    assert busiest_second(departures) <= 8


def test_instances_share_one_budget(tmp_path: Path, clock: Clock) -> None:
    one, other = (Budget(tmp_path / "b.json", 8, 600, clock) for _ in range(2))
    assert one.admit().wait == 0
    assert other.admit().wait == pytest.approx(INTERVAL - LATENESS_CREDIT, abs=1e-3)


def test_a_block_stops_everybody_and_is_followed_by_a_slower_start(tmp_path: Path, clock: Clock) -> None:
    one, other = (Budget(tmp_path / "b.json", 8, 600, clock) for _ in range(2))
    assert one.block() == 600
    clock.now += 100
    admission = other.admit()
    assert admission.blocked
    assert admission.wait == pytest.approx(500)
    clock.now += 501
    times = take(other, clock, 3)
    assert times[2] - times[1] == pytest.approx(INTERVAL * SLOW_FACTOR, abs=1e-2)
    clock.now += 700
    times = take(other, clock, 3)
    assert times[2] - times[1] == pytest.approx(INTERVAL, abs=1e-2)


def test_a_later_block_page_prolongs_the_rest(tmp_path: Path, clock: Clock) -> None:
    budget = Budget(tmp_path / "b.json", 8, 600, clock)
    budget.block()
    clock.now += 60
    budget.block()
    assert budget.blocked_for() == pytest.approx(600)


def test_a_clock_set_back_does_not_stop_the_crawl_for_long(tmp_path: Path, clock: Clock) -> None:
    budget = Budget(tmp_path / "b.json", 8, 600, clock)
    take(budget, clock, 3)
    clock.now -= 86_400
    assert budget.admit().wait <= (1 + LOADED_MARGIN) / 8 * SLOW_FACTOR
    clock.now += 86_400
    budget.block()
    clock.now -= 86_400
    assert budget.admit().wait <= 600


NOT_A_NUMBER = '{"due": NaN, "blocked_until": 0, "slow_until": 0, "loaded_until": 0}'


@pytest.mark.parametrize("content", ["", "{", "[]", '{"due": "x"}', NOT_A_NUMBER, "\x00\x00"])
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, clock: Clock, content: str) -> None:
    path = tmp_path / "b.json"
    path.write_text(content)
    assert Budget(path, 8, 600, clock).admit().wait == 0
    assert json.loads(path.read_text())["due"] > clock.now


def test_a_lock_that_somebody_holds_on_to_is_no_hang(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ex99.crawler.budget.LOCK_PATIENCE", 0.05)
    budget = Budget(tmp_path / "b.json", 8, 600, clock)
    with FileLock(tmp_path / "b.json.lock"):
        assert budget.admit().wait == 1
    assert budget.admit().wait == 0


def test_a_mark_set_beside_other_threads_is_never_lost(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        for number in range(20):
            budget = Budget(tmp_path / f"{number}.json", 1e6, 600)
            asked = [pool.submit(budget.admit) for _ in range(20)]
            budget.block()
            wait(asked)
            assert budget.admit().blocked


def test_the_secs_hosts_share_a_file_and_others_do_not(tmp_path: Path) -> None:
    sec = budget_path(tmp_path, ("https://www.sec.gov", "https://data.sec.gov"))
    assert sec == budget_path(tmp_path, ("https://efts.sec.gov",))
    assert budget_path(tmp_path, ("http://127.0.0.1:8123",)) != budget_path(tmp_path, ("http://127.0.0.1:8124",))
    assert budget_path(tmp_path, ("http://../../x",)).parent == tmp_path


WORKER = """
import sys, time
from pathlib import Path
from ex99.crawler.budget import Budget
budget, times = Budget(Path(sys.argv[1]), 50, 600), []
while len(times) < 25:
    admission = budget.admit()
    if admission.wait:
        time.sleep(admission.wait)
    else:
        times.append(admission.at)
print(*times)
"""


def test_three_processes_together_keep_the_rate(tmp_path: Path) -> None:
    processes = [
        subprocess.Popen([sys.executable, "-c", WORKER, str(tmp_path / "b.json")], stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]
    # by the budget's own clock, under its lock: how late a busy machine lets a process go on is another matter
    times = sorted(float(word) for process in processes for word in process.communicate()[0].split())
    assert len(times) == 75
    assert busiest_second(times) <= 50
