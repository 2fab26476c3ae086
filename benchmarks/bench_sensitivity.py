"""What does it cost to find what drives an answer? The whole analysis, and the indices of a cheap function alone."""

from __future__ import annotations

from functools import partial

import numpy as np

from benchmarks.harness import Benchmark
from sim.analyses.sensitivity.analysis import POINTS, Sensitivity, sensitivity
from sim.analyses.sensitivity.pick_freeze import pick_freeze
from sim.games.game import Floats
from sim.scenario.scenario import load_scenario

INPUTS = 35


def benchmarks() -> list[Benchmark]:
    """List the analysis under a doctrine and in equilibrium, and pick-freeze without any crisis."""
    analyses = [
        Benchmark(
            f"sensitivity of macron-2024, {doctrine}, {POINTS:,} base points",
            setup=partial(load_scenario, "macron-2024"),
            call=partial(sensitivity, doctrine=doctrine),
            check=_finds_drivers,
            items=POINTS,
            item="base points",
            note="all outcomes at once; target 20 s",
            repeats=3,
        )
        for doctrine in ("ambiguous", "equilibrium")
    ]
    return [
        *analyses,
        Benchmark(
            f"pick-freeze of a sum of {INPUTS} inputs, {POINTS:,} base points",
            setup=lambda: [(i,) for i in range(INPUTS)],
            call=lambda sets: pick_freeze(_sum, sets, inputs=INPUTS, points=POINTS, seed=0),
            check=lambda found: bool(np.allclose(found.total, 1 / INPUTS, atol=0.01)),
            items=POINTS,
            item="base points",
            note="points, estimates and bootstrap alone",
            repeats=3,
        ),
    ]


def _sum(scores: Floats) -> Floats:
    """Return the sum of all inputs."""
    return np.asarray(scores.sum(axis=0, keepdims=True))


def _finds_drivers(found: Sensitivity) -> bool:
    """Accept an analysis in which something matters, and more with others than alone."""
    strongest = found.outputs["strike"].drivers[0]
    return 0 < strongest.first.share < strongest.total.share < 1
