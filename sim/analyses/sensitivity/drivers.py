"""What drives one output? Its drivers from the strongest down, and how far each parameter alone moves it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from sim.analyses.sensitivity.pick_freeze import Indices
from sim.analyses.sensitivity.swings import Swings
from sim.games.game import Floats

Inputs = tuple[int, ...]  # positions of parameters that are frozen together
LEADING = 10  # how many of the strongest drivers are also taken together

FEWEST_CASES = 8
"""Points that must carry the variance of an output in effect: shares of what hangs on fewer are off by half or more."""


@dataclass(frozen=True)
class Share:
    """A share of an output's variance with its 95 % interval; an estimate, so that it can leave [0, 1] a little."""

    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Driver:
    """What a group of parameters, mostly a single one, does to an output."""

    name: str
    first: Share  # what it explains alone: first-order index
    total: Share  # what it has a part in: total index

    @property
    def numbers(self) -> dict[str, float]:
        """Both shares with the ends of their intervals: first, first_low, first_high, total and so on."""
        return {
            f"{kind}{end}": number
            for kind, each in (("first", self.first), ("total", self.total))
            for end, number in (("", each.share), ("_low", each.low), ("_high", each.high))
        }


@dataclass(frozen=True)
class Swing:
    """What one parameter does to an output on its way from low to high, its 5 % and 95 % quantiles."""

    name: str
    values: tuple[float, float]
    means: tuple[float, float]  # of the output over draws of the others, at either value
    error: float  # standard error of the difference of these means (15 degrees of freedom)
    centrals: tuple[float, float]  # the output with the others at their medians, at either value

    @property
    def width(self) -> float:
        """High minus low, of the means."""
        return self.means[1] - self.means[0]


@dataclass(frozen=True)
class Drivers:
    """What drives one output; the deviation is 0 if nothing varies."""

    mean: float
    deviation: float
    central: float  # with every parameter at its median
    drivers: tuple[Driver, ...]  # by total index; empty if nothing varies, or so seldom that shares cannot be told
    together: tuple[Share, ...]  # what the strongest one, two, ... `LEADING` explain together
    swings: tuple[Swing, ...]  # the widest first

    @property
    def varies(self) -> bool:
        """Whether the output changes with any uncertain parameter."""
        return self.deviation > 0


def share(estimates: Floats, intervals: Floats, row: int, output: int) -> Share:
    """Return one estimate of shape (s, o) with its interval of shape (s, o, 2)."""
    low, high = intervals[row, output]
    return Share(float(estimates[row, output]), float(low), float(high))


def ranked_drivers(alone: Indices, names: Sequence[str], output: int) -> tuple[Driver, ...]:
    """Return the drivers of one output, the strongest first; none if it does not vary, or hardly ever."""
    kinds = (alone.first, alone.first_interval), (alone.total, alone.total_interval)
    return tuple(Driver(names[row], *(share(*kind, row, output) for kind in kinds)) for row in _ranking(alone, output))


def leading_sets(alone: Indices, groups: Sequence[Inputs], output: int) -> list[Inputs]:
    """Return the inputs of the strongest group, of the two strongest, and so on up to `LEADING`."""
    ranked = [groups[row] for row in _ranking(alone, output)[:LEADING]]
    return [tuple(sorted(chain.from_iterable(ranked[: size + 1]))) for size in range(len(ranked))]


def ranked_swings(moved: Swings, names: Sequence[str], output: int) -> tuple[Swing, ...]:
    """Return the swings of one output, the widest first."""
    found = [
        Swing(name, _pair(values), _pair(means[:, output]), float(error[output]), _pair(centrals[:, output]))
        for name, values, means, error, centrals in zip(
            names, moved.values, moved.means, moved.error, moved.centrals, strict=True
        )
    ]
    return tuple(sorted(found, key=lambda swing: -abs(swing.width)))


def _ranking(alone: Indices, output: int) -> list[int]:
    """Return the rows of an output's groups, the strongest first; none if it does not vary, or hardly ever."""
    if alone.variance[output] == 0 or alone.cases[output] < FEWEST_CASES:
        return []
    return [int(row) for row in np.argsort(-alone.total[:, output], kind="stable")]


def _pair(ends: Floats) -> tuple[float, float]:
    """Return low and high."""
    low, high = ends
    return float(low), float(high)
