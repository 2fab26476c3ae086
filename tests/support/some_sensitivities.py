"""Sensitivities to look at: real ones on few points, and some made up from shares and footings of our own."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import sim
from sim.analyses.sensitivity.analysis import Sensitivity
from sim.analyses.sensitivity.drivers import Driver, Drivers, Share, Swing
from sim.analyses.sensitivity.groups import Group
from sim.crisis.parameters import PARAMETERS

JOURNALIST, FACT = ("journalist",), ("reported fact",)
SEVERAL = ("journalist", "François Heisbourg")


@cache
def real(doctrine: str = "ambiguous") -> Sensitivity:
    """Return a small analysis of the bundled scenario."""
    return sim.sensitivity(sim.load_scenario("macron-2024"), doctrine=doctrine, points=1024, seed=0)


def share(value: float, error: float = 0.02) -> Share:
    """Return a share with an interval of so much on either side."""
    return Share(value, value - error, value + error)


def made(together: list[float], *footings: tuple[str, ...], outcome: str = "strike") -> Sensitivity:
    """Return an analysis whose strongest drivers reach these shares together; no sources stand for an assumption."""
    names = [parameter.name for parameter in PARAMETERS[: len(footings)]]
    groups = tuple(
        Group(name, (name,), (place,), {f"by-{who}": who for who in sources}, () if sources else ("As we guess.",))
        for place, (name, sources) in enumerate(zip(names, footings, strict=True))
    )
    drivers = tuple(
        Driver(name, share(0.1 / (place + 1)), share(0.5 / (place + 1))) for place, name in enumerate(names)
    )
    swings = tuple(
        Swing(name, (0.1, 39.99999), (0.2, 0.6 - 0.05 * place), 0.001, (0.0, 1.0)) for place, name in enumerate(names)
    )
    found = Drivers(0.4, 0.3, 0.25, drivers, tuple(share(each) for each in together), swings)
    return replace(real("commit"), groups=groups, outputs=real("commit").outputs | {outcome: found})
