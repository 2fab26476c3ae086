"""Which files hold what drives an answer? The figures of drivers and of swings, with the numbers that they draw."""

from __future__ import annotations

from sim.analyses.sensitivity.alt import sensitivity_alt_text, tornado_alt_text
from sim.analyses.sensitivity.analysis import Sensitivity
from sim.analyses.sensitivity.figure_drivers import sensitivity
from sim.analyses.sensitivity.figure_swings import tornado
from sim.analyses.sensitivity.words import (
    drivers_finding,
    footing,
    group_of,
    shown,
    swing_finding,
)
from sim.telling.answer import Figure

_SHARES = ("driver", "first", "first_low", "first_high", "total", "total_low", "total_high", "rests_on", "evidence")
_SWINGS = ("parameter", "low", "high", "mean_at_low", "mean_at_high", "standard_error", "rests_on")


def figures(result: Sensitivity, outcome: str) -> list[Figure]:
    """Return both figures of one outcome."""
    found = shown(result.outputs[outcome])
    shares = [
        (
            driver.name,
            *(number for each in (driver.first, driver.total) for number in (each.share, each.low, each.high)),
            footing(group_of(result, driver.name)),
            " ".join(group_of(result, driver.name).evidence),
        )
        for driver in found.drivers
    ]
    moved = [
        (swing.name, *swing.values, *swing.means, swing.error, footing(group_of(result, swing.name)))
        for swing in found.swings
    ]
    drivers = Figure(
        "sensitivity",
        lambda axes: sensitivity(result, outcome, ax=axes),
        finding=drivers_finding(result, outcome),
        alt=sensitivity_alt_text(result, outcome),
        header=_SHARES,
        rows=shares,
    )
    swings = Figure(
        "tornado",
        lambda axes: tornado(result, outcome, ax=axes),
        finding=swing_finding(result, outcome),
        alt=tornado_alt_text(result, outcome),
        header=_SWINGS,
        rows=moved,
    )
    return [drivers, swings]
