"""What does it cost to split a step among its channels? All mixed stances of every draw, beside two doctrines alone."""

from __future__ import annotations

from functools import partial

from benchmarks.harness import Benchmark
from sim.analyses.channels.analysis import channels
from sim.scenario.scenario import load_scenario

DRAWS = 2**14
SECONDS = 5
"""What a lecturer waits at most."""


def benchmarks() -> list[Benchmark]:
    """List the split of the default step and of one from rule_out."""
    return [
        Benchmark(
            f"channels of macron-2024, {start} to {end}, {DRAWS:,} draws",
            setup=partial(load_scenario, "macron-2024"),
            call=partial(channels, draws=DRAWS, start=start, end=end),
            check=lambda result: abs(sum(p.mean for p in result.step.parts.values()) - result.step.total.mean) < 1e-12,
            items=32 * DRAWS,
            item="mixed stances",
            note=f"must stay under {SECONDS} s; all measures at once",
            repeats=5,
        )
        for start, end in (("commit", "ambiguous"), ("rule_out", "commit"))
    ]
