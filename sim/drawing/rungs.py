"""How are chances drawn that differ by powers of ten? On a log scale that has a place for never."""

from __future__ import annotations

import math
from collections.abc import Iterable

from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, NullLocator

from sim.telling.numbers import many

LEAST_DECADES, MOST_DECADES = 2, 12  # reach of the log scale; a mean below 1 in a trillion (`FEWEST`) is drawn as never
FOOT = 0.1223  # where zero stands, as a share of the axis
_MOST_TICKS = 6
_TOP, _NEVER, _BOTTOM = 0.08, 1.14, 1.31  # ends of the axis and the place of zero, in spans of the log scale


def decades_of(chances: Iterable[float]) -> int:
    """Return how many decades the log scale spans, so that every chance has its place."""
    least = min((chance for chance in chances if chance > 0), default=1.0)
    return min(max(math.ceil(-math.log10(least)), LEAST_DECADES), MOST_DECADES)


def height(chance: float, decades: int) -> float:
    """Return where a chance stands on the axis; what is below the log scale stands at "never"."""
    return chance if chance >= 10.0**-decades else 10.0 ** -(_NEVER * decades)


def scale_of_chances(axes: Axes, decades: int) -> None:
    """Set the vertical scale: natural frequencies from never to always."""
    exponents = range(0, decades + 1, math.ceil(decades / _MOST_TICKS))
    axes.set_yscale("log")
    axes.set_ylim(10.0 ** -(_BOTTOM * decades), 10.0 ** (_TOP * decades))
    axes.yaxis.set_major_locator(FixedLocator([height(0.0, decades), *(10.0**-exponent for exponent in exponents)]))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.set_yticklabels(["never", "always", *(f"1 in {many(10.0**exponent)}" for exponent in exponents if exponent)])
