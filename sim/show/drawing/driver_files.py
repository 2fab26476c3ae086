"""Which files hold what drives an answer? The figures of drivers and of swings, with the numbers that they draw."""

from __future__ import annotations

from sim.show.drawing.files import figure_files
from sim.show.drawing.sensitivity import sensitivity
from sim.show.drawing.tornado import tornado
from sim.show.sensitivity_alt import sensitivity_alt_text, tornado_alt_text
from sim.show.sensitivity_words import (
    drivers_finding,
    footing,
    group_of,
    shown,
    swing_finding,
)
from sim.study.sensitivity import Sensitivity

_SHARES = ("driver", "first", "first_low", "first_high", "total", "total_low", "total_high", "rests_on", "evidence")
_SWINGS = ("parameter", "low", "high", "mean_at_low", "mean_at_high", "standard_error", "rests_on")


def driver_files(result: Sensitivity, outcome: str) -> dict[str, bytes]:
    """Return both figures of one outcome as files.

    Parameters
    ----------
    result : Sensitivity
        From `sim.sensitivity`.
    outcome : str
        A key of `result.outputs`.

    Returns
    -------
    dict of str to bytes
        sensitivity and tornado, each as .png, .svg and .csv.

    Examples
    --------
    >>> import sim
    >>> sorted(driver_files(sim.sensitivity(sim.load_scenario("macron-2024"), points=1024), "strike"))[:3]
    ['sensitivity.csv', 'sensitivity.png', 'sensitivity.svg']
    """
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
    return figure_files(
        "sensitivity",
        lambda axes: sensitivity(result, outcome, ax=axes),
        finding=drivers_finding(result, outcome),
        alt_text=sensitivity_alt_text(result, outcome),
        header=_SHARES,
        rows=shares,
    ) | figure_files(
        "tornado",
        lambda axes: tornado(result, outcome, ax=axes),
        finding=swing_finding(result, outcome),
        alt_text=tornado_alt_text(result, outcome),
        header=_SWINGS,
        rows=moved,
    )
