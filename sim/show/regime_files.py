"""How is a regime map saved? The figure, and the regime at each node as a table."""

from __future__ import annotations

from sim.show.drawing.files import figure_files
from sim.show.figures import regimes, regimes_alt_text
from sim.show.regime_words import regimes_finding
from sim.study.regime_map import RegimeMap


def regime_files(found: RegimeMap) -> dict[str, bytes]:
    """Return the figure of a map as files.

    Parameters
    ----------
    found : RegimeMap
        From `sim.sweep` or `sim.sweep_draws`.

    Returns
    -------
    dict of str to bytes
        regimes.png, regimes.svg, and regimes.csv with a line per node.

    Examples
    --------
    >>> import sim
    >>> from sim.study.axes import axis_of
    >>> scenario = sim.load_scenario("macron-2024")
    >>> pair = axis_of(scenario, "prior.resolute"), axis_of(scenario, "prior.opportunist")
    >>> files = regime_files(sim.sweep(scenario, pair, grid=5))
    >>> files["regimes.csv"].decode().splitlines()[0]
    'prior.resolute,prior.opportunist,regime,share_of_draws,probability,standard_error'
    """
    return figure_files(
        "regimes",
        lambda axes: regimes(found, ax=axes),
        finding=regimes_finding(found),
        alt_text=regimes_alt_text(found),
        header=(found.x.name, found.y.name, "regime", "share_of_draws", "probability", "standard_error"),
        rows=found.rows(),
    )
