"""Does the benchmark harness time the call alone, and does it refuse wrong results? Its own figures are known.

Deliberate breaks that turned a test red: the check moved between the two readings of the clock; the bits of shared work
compared with its own.
"""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from types import SimpleNamespace

import pytest

from benchmarks import __main__ as table
from benchmarks import bench_others, bench_shared, harness


class Clock:
    """A clock that the timed work itself moves on."""

    now = 0.0

    def __call__(self) -> float:
        return self.now

    def work(self, seconds: float) -> float:
        """Spend time and return how much."""
        self.now += seconds
        return seconds


def test_only_the_call_is_timed_and_the_warm_up_is_left_out() -> None:
    clock, durations = Clock(), iter([100.0, 3.0, 1.0, 2.0, 9.0, 4.0])
    benchmark = harness.Benchmark(
        "slow checks",
        setup=lambda: clock.work(1000.0),
        call=lambda _: clock.work(next(durations)),
        check=lambda _: clock.work(50.0) > 0,
        items=6,
    )
    measured = harness.measure(benchmark, repeats=5, clock=clock)
    assert (measured.best, measured.median, measured.rate) == (1.0, 3.0, 2.0)


def test_a_generator_that_the_first_call_used_up_is_caught() -> None:
    def inputs() -> Iterator[int]:
        yield from range(10)

    benchmark = harness.Benchmark("used up", setup=inputs, call=list, check=lambda result: len(result) == 10)
    with pytest.raises(harness.WrongResultError, match=r"used up must return what its check accepts; it returned \[\]"):
        harness.measure(benchmark)


def test_the_row_shows_milliseconds_and_items_a_second() -> None:
    benchmark = harness.Benchmark("games", lambda: None, lambda _: None, lambda _: True, items=4096, item="games")
    line = table.row(harness.Measurement(benchmark, best=0.001, median=0.002))
    assert re.split(r"\s+", line.strip()) == ["games", "2.000", "1.000", "2,048,000", "games"]


def test_a_wrong_result_or_an_unknown_name_fails_the_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    good = harness.Benchmark("good", lambda: 1, lambda one: one, lambda one: one == 1)
    bad = harness.Benchmark("bad", lambda: 1, lambda one: one, lambda one: one == 2)
    monkeypatch.setattr(table, "discovered", lambda: iter([good, bad]))
    assert [table.main(words) for words in (["good"], ["bad"], [], ["ugly"])] == [0, 1, 1, 1]
    assert "no benchmark's name holds ugly" in capsys.readouterr().err


def timed(name: str, seconds: float, items: int, drawing: str = "", peer: str = "") -> harness.Measurement:
    """Return a measurement."""
    row = harness.Benchmark(name, lambda: None, lambda _: None, lambda _: True, items=items, drawing=drawing, peer=peer)
    return harness.Measurement(row, best=seconds, median=2 * seconds)


def test_a_row_is_divided_item_for_item_by_drawing_and_by_its_peer() -> None:
    rows = [
        timed("drawn", 1.0, 100),
        timed("solved", 3.0, 50, drawing="drawn", peer="theirs"),
        timed("alone", 2.0, 1, drawing="missing", peer="away"),
        timed("theirs", 1.0, 5),
    ]
    lines = [re.split(r"\s{2,}", line.strip()) for line in table.ratios({one.benchmark.name: one for one in rows})]
    assert lines[1:] == [["solved", "6.00", "0.30", "theirs"], ["alone", "-", "-", "away (not measured here)"]]
    assert list(table.ratios({"drawn": rows[0]})) == []


def test_every_row_that_another_is_divided_by_exists_where_all_tools_are_installed() -> None:
    rows = {benchmark.name: benchmark for benchmark in table.discovered()}
    assert {one.drawing for one in rows.values() if one.drawing} <= set(rows)
    named = [tool.name for tool in bench_others.TOOLS]
    assert {peer for tool in bench_others.TOOLS for peer in tool.peers} <= set(named)
    with_peer = [name for name, one in rows.items() if one.peer]
    assert any("quantal_response" in name for name in with_peer)
    assert any("sim.run" in name for name in with_peer)


def test_shared_work_that_gives_other_bits_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_shared, "_FOUND", {})
    alone, other = (SimpleNamespace(to_dict=partial(dict, mean=mean)) for mean in (0.1 + 0.2, 0.3))
    assert [bench_shared.same("a", each) for each in (alone, alone, other)] == [True, True, False]
    assert bench_shared.same("b", other)


def test_every_analysis_that_can_be_shared_is_timed_alone_and_shared() -> None:
    names = [row.name for row in bench_shared.benchmarks()]
    shared = {name.rpartition(", ")[0] for name in names if name.endswith("2 workers")}
    assert {name.rpartition(", ")[0] for name in names if name.endswith("one process")} > shared
    commands = ("compare", "readings", "channels", "sensitivity", "plausible", "campaign", "map")
    assert [sum(each.startswith(f"shared: {command}") for each in shared) for command in commands] == [1] * 7


def test_processor_time_counts_children_that_were_waited_for() -> None:
    before = harness.processor_time()
    subprocess.run([sys.executable, "-c", "import time\nwhile time.process_time() < 0.2: pass"], check=True)
    assert harness.processor_time() - before > 0.15


@pytest.mark.parametrize("words", [["good"], ["--cpu", "good"]])
def test_the_clock_is_named_where_it_is_not_the_wall(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    good = harness.Benchmark("good", lambda: 1, lambda one: sum(range(1000)) * one, lambda one: one > 1)
    monkeypatch.setattr(table, "discovered", lambda: iter([good]))
    assert table.main(words) == 0
    assert ("processor time" in capsys.readouterr().out) == ("--cpu" in words)


def test_every_benchmark_in_the_folder_has_its_own_name() -> None:
    names = [benchmark.name for benchmark in table.discovered()]
    assert len(names) == len(set(names))


def test_the_example_of_the_harness_runs() -> None:
    assert doctest.testmod(harness) == doctest.TestResults(failed=0, attempted=4)
