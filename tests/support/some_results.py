"""Results to look at: one real run, and others made from it with figures of our own."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from functools import cache
from typing import Any

import sim
from sim.crisis.ladder import OUTCOMES
from sim.crisis.play import Play
from sim.montecarlo.result import Result


@cache
def real() -> Result:
    """Return a small run of the bundled scenario."""
    return sim.run(sim.load_scenario("macron-2024"), draws=4096)


@cache
def run_of(draws: int) -> Result:
    """Return a run of the bundled scenario that several tests look at."""
    return sim.run(sim.load_scenario("macron-2024"), draws)


@cache
def played(play: Play) -> Result:
    """Return a small run with another concept, refinement or rule."""
    return sim.run(sim.load_scenario("macron-2024"), draws=512, play=play)


def made(
    *,
    ambiguous: dict[str, float] | None = None,
    commit: dict[str, float] | None = None,
    se: float = 0.0,
    exposed: dict[str, tuple[float, float]] | None = None,
) -> Result:
    """Return a result whose doctrines have these means (0 if not given) and one relative standard error.

    `exposed` has by reading the strikes of both stances at equal exposure, none if it is left out.
    """
    doctrine: dict[str, Any] = dict(real().doctrine)
    for stance, means in (("ambiguous", ambiguous or {}), ("commit", commit or {})):
        figures = {
            name: {"mean": mean, "se": se * mean, "q05": 0.0, "q95": min(1.0, 2 * mean)}
            for name, mean in {name: means.get(name, 0.0) for name in OUTCOMES}.items()
        }
        doctrine[stance] = real().doctrine[stance] | figures
    readings: dict[str, Any] = deepcopy(real().readings)
    for reading, by in readings.items():
        strikes = zip(real().struck, (exposed or {}).get(reading, (0.0, 0.0)), strict=True)
        for stance, mean in strikes:
            by["equal_exposure"][stance]["strike"] = {"mean": mean, "se": se * mean}
    return replace(real(), doctrine=doctrine, readings=readings)
