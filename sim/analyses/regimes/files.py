"""How is a regime map saved? The figure, and the regime at each node as a table."""

from __future__ import annotations

from sim.analyses.regimes.figure import regimes
from sim.analyses.regimes.regime_map import RegimeMap
from sim.analyses.regimes.words import regimes_alt_text, regimes_finding
from sim.telling.answer import Figure


def figures(found: RegimeMap) -> list[Figure]:
    """Return the figure of a map."""
    drawn = Figure(
        "regimes",
        lambda axes: regimes(found, ax=axes),
        finding=regimes_finding(found),
        alt=regimes_alt_text(found),
        header=(found.x.name, found.y.name, "regime", "share_of_draws", "probability", "standard_error"),
        rows=list(found.rows()),
    )
    return [drawn]
