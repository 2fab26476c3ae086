"""What do the figures of drivers show to those who cannot see them? Every mark, in whole sentences."""

from __future__ import annotations

from sim.analyses.sensitivity.analysis import Sensitivity
from sim.analyses.sensitivity.words import (
    amount,
    drivers_finding,
    ends,
    footing,
    group_of,
    share_text,
    shown,
    swing_finding,
)


def sensitivity_alt_text(result: Sensitivity, outcome: str) -> str:
    """Return the figure of drivers in words, for those who cannot see it.

    Parameters
    ----------
    result : Sensitivity
        From `sim.sensitivity`.
    outcome : str
        A key of `result.outputs`.

    Returns
    -------
    str
        Whole sentences with every share that is drawn.

    Examples
    --------
    >>> import sim
    >>> found = sim.sensitivity(sim.load_scenario("macron-2024"), points=1024)
    >>> "france.war_cost.resolute alone 2" in sensitivity_alt_text(found, "strike")
    True
    """
    rows = [
        f"{driver.name} alone {share_text(driver.first.share)}, in all {share_text(driver.total.share)}, rests on "
        f"{footing(group_of(result, driver.name))}"
        for driver in shown(result.outputs[outcome]).drivers
    ]
    what = ["Dot chart of the share of the variance that each driver explains alone and has a part in.", *rows]
    return ". ".join([drivers_finding(result, outcome), *(what if rows else [])]).replace("..", ".") + "."


def tornado_alt_text(result: Sensitivity, outcome: str) -> str:
    """Return the tornado in words, for those who cannot see it.

    Parameters
    ----------
    result : Sensitivity
        From `sim.sensitivity`.
    outcome : str
        A key of `result.outputs`.

    Returns
    -------
    str
        Whole sentences with both ends of every bar.

    Examples
    --------
    >>> import sim
    >>> found = sim.sensitivity(sim.load_scenario("macron-2024"), points=1024)
    >>> "signal.ambiguous.pinpoint from 0.05 to 0.4: " in tornado_alt_text(found, "strike")
    True
    """
    rows = [
        f"{swing.name} {ends(swing)}: {amount(swing.means[0], outcome)} to {amount(swing.means[1], outcome)}"
        for swing in shown(result.outputs[outcome]).swings
    ]
    what = ["Bars from the mean with a parameter at its low value to the mean with it at its high value", *rows]
    return ". ".join([swing_finding(result, outcome), *(what if rows else [])]) + "."
