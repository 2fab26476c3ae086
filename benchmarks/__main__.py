"""How fast is the simulator on this machine? ``python -m benchmarks [WORDS]`` from the top folder prints one table."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from time import perf_counter

import numpy
import scipy

from benchmarks.harness import Benchmark, Measurement, WrongResultError, measure, processor_time

ROW = "{:<52} {:>11} {:>11} {:>14} {:<10} {}"
BESIDE = "{:<58} {:>9} {:>9}  {}"
CPU = "--cpu"
HEADINGS = ROW.format("name", "median ms", "best ms", "per second", "unit", "note")


def main(words: Sequence[str]) -> int:
    """Print the row of every benchmark whose name holds one of `words` (of all, if there are none).

    With ``--cpu`` among the words, processor time is measured, of child processes too: for a machine with other work.
    """
    clock = processor_time if CPU in words else perf_counter
    words = [word for word in words if word != CPU]
    print(machine() + ("; processor time" if clock is processor_time else ""))
    print(HEADINGS)
    chosen = [one for one in discovered() if not words or any(word in one.name for word in words)]
    faults = [] if chosen else [f"no benchmark's name holds {' or '.join(words) or 'anything'}"]
    measured: dict[str, Measurement] = {}
    for benchmark in chosen:
        try:
            measured[benchmark.name] = measure(benchmark, clock=clock)
            print(row(measured[benchmark.name]).rstrip(), flush=True)
        except WrongResultError as fault:
            faults.append(str(fault))
    print("".join(f"{line}\n" for line in ratios(measured)), end="")
    print(*faults, sep="\n", end="\n" if faults else "", file=sys.stderr)
    return 1 if faults else 0


def discovered() -> Iterator[Benchmark]:
    """Yield what the ``benchmarks()`` of every ``bench_*.py`` beside this file lists."""
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        yield from import_module(f"benchmarks.{path.stem}").benchmarks()


def row(measurement: Measurement) -> str:
    """Write one line of the table; rates come from the median."""
    benchmark = measurement.benchmark
    note = "; ".join(filter(None, (measurement.said, benchmark.note)))
    milliseconds = (f"{1e3 * seconds:.3f}" for seconds in (measurement.median, measurement.best))
    return ROW.format(benchmark.name, *milliseconds, f"{measurement.rate:,.0f}", benchmark.item, note)


def ratios(measured: Mapping[str, Measurement]) -> Iterator[str]:
    """Write the table of the rows that are divided by others; one that was not measured leaves a dash."""
    compared = [one for one in measured.values() if one.benchmark.drawing or one.benchmark.peer]
    if compared:
        yield "\n" + BESIDE.format("an item, in times of", "drawing", "peer", "peer")
    for one in compared:
        names = one.benchmark.drawing, one.benchmark.peer
        shares = (f"{one.times(measured[name]):.2f}" if name in measured else "-" for name in names)
        peer = one.benchmark.peer
        unknown = " (not measured here)" if peer and peer not in measured else ""
        yield BESIDE.format(one.benchmark.name, *shares, peer + unknown).rstrip()


def machine() -> str:
    """Name what the figures depend on."""
    versions = f"Python {platform.python_version()}, numpy {numpy.__version__}, scipy {scipy.__version__}"
    return f"{os.cpu_count()} cores ({platform.machine()}, {platform.system()}), {versions}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
