"""Does the benchmark harness time the call alone, and does it refuse wrong results? Its own figures are known.

Deliberate break that turned a test red: the check moved between the two readings of the clock.
"""

from __future__ import annotations

import doctest
import re
from collections.abc import Iterator

import pytest

from benchmarks import __main__ as table
from benchmarks import harness


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


def test_every_benchmark_in_the_folder_has_its_own_name() -> None:
    names = [benchmark.name for benchmark in table.discovered()]
    assert len(names) == len(set(names))


def test_the_example_of_the_harness_runs() -> None:
    assert doctest.testmod(harness) == doctest.TestResults(failed=0, attempted=4)
