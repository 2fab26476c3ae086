"""How long does one call take? A benchmark is data; `measure` times it and checks every result it timed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from os import times
from statistics import median
from time import perf_counter, process_time
from typing import Any

REPEATS = 7


@dataclass(frozen=True)
class Benchmark:
    """One thing worth timing.

    Attributes
    ----------
    name : str
        What is timed, unique, such as ``"perfect_bayesian, 4096 games"``.
    setup : callable
        Takes nothing and returns the inputs, before any clock runs.
    call : callable
        Takes the inputs and does the work; the only thing that is timed.
    check : callable
        Takes what `call` returned and says whether it is right; a generator used up by the first call fails here.
    items : int
        How many things one call does, at least 1.
    item : str
        What is counted, in the plural: ``"games"``, ``"draws"``.
    note : str
        What the reader should know, such as which other row this one is compared with.
    repeats : int
        Timed calls: fewer where one takes seconds.
    says : callable
        Takes what `call` returned and words it for the note, such as a peak memory.
    drawing, peer : str
        Names of the rows of the same table that this one is divided by, item for item: drawing the parameters, and
        another program. Empty where there is none.
    """

    name: str
    setup: Callable[[], Any]
    call: Callable[[Any], Any]
    check: Callable[[Any], bool]
    items: int = 1
    item: str = "calls"
    note: str = ""
    repeats: int = REPEATS
    says: Callable[[Any], str] = lambda _: ""
    drawing: str = ""
    peer: str = ""


@dataclass(frozen=True)
class Measurement:
    """The times of one benchmark, in seconds a call, and what its last result says."""

    benchmark: Benchmark
    best: float
    median: float
    said: str = ""

    @property
    def rate(self) -> float:
        """Items a second, from the median."""
        return self.benchmark.items / self.median

    def times(self, other: Measurement) -> float:
        """How many times as long an item takes here as there, from the best calls: other work on the machine adds."""
        return self.best / self.benchmark.items / (other.best / other.benchmark.items)


class WrongResultError(Exception):
    """A timed call returned something that is not right, so its time means nothing."""


def measure(
    benchmark: Benchmark, *, repeats: int | None = None, clock: Callable[[], float] = perf_counter
) -> Measurement:
    """Call once to warm up, then time `repeats` calls on the same inputs.

    Parameters
    ----------
    benchmark : Benchmark
        What to time.
    repeats : int
        Number of timed calls, at least 1; by default the benchmark's own.
    clock : callable
        Returns the time in seconds.

    Returns
    -------
    Measurement
        Best and median time of the timed calls.

    Raises
    ------
    WrongResultError
        If any call, the warm-up included, returns what `check` refuses.

    Examples
    --------
    >>> ticks = iter([0, 3, 10, 11, 20, 22])
    >>> adding = Benchmark("sum", setup=lambda: [1, 2], call=sum, check=lambda total: total == 3, items=2)
    >>> timed = measure(adding, repeats=3, clock=lambda: next(ticks))
    >>> timed.best, timed.median, timed.rate
    (1, 2, 1.0)
    """
    inputs = benchmark.setup()
    seconds = []
    _require(benchmark, benchmark.call(inputs))
    for _ in range(repeats or benchmark.repeats):
        start = clock()
        result = benchmark.call(inputs)
        seconds.append(clock() - start)
        _require(benchmark, result)
    return Measurement(benchmark, best=min(seconds), median=median(seconds), said=benchmark.says(result))


def processor_time() -> float:
    """Return the processor time of this process and of those it has waited for, in seconds."""
    children = times()
    return process_time() + children.children_user + children.children_system


def _require(benchmark: Benchmark, result: object) -> None:
    """Refuse a wrong result."""
    if not benchmark.check(result):
        raise WrongResultError(f"{benchmark.name} must return what its check accepts; it returned {result!r:.200}")
