"""How far is it from here to another regime? The nearest border in each direction along a parameter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.analyses.regimes.axes import Axis
from sim.analyses.regimes.kinds import Regime, regime_of
from sim.games.game import Floats

SECTIONS, ROUNDS = 32, 4
"""An interval that holds a border is cut into so many parts, so often: to a millionth of its length."""


@dataclass(frozen=True)
class Tipping:
    """The nearest border from the baseline along one parameter in one direction, all others at their baseline.

    Attributes
    ----------
    parameter : str
        Name of the parameter that moves.
    direction : {"lower", "higher"}
        Where it moves to.
    at : float or None
        Value at which the regime changes; None if it does not on this side of the axis.
    regime : Regime or None
        What holds just beyond.
    """

    parameter: str
    direction: str
    at: float | None
    regime: Regime | None


def line_places(axis: Axis, grid: int) -> Floats:
    """Return the places on an axis at which a line through the baseline is looked at: evenly spaced, and it too.

    Examples
    --------
    >>> line_places(Axis("prior.resolute", 0.0, 1.0, False, 0.3), 3).tolist()
    [0.0, 0.3, 0.5, 1.0]
    """
    return np.union1d(np.linspace(0.0, 1.0, grid), [axis.home] if 0 <= axis.home <= 1 else [])


def exact_tippings(axis: Axis, grid: int, codes: Callable[[Floats], NDArray[np.int64]]) -> Iterator[Tipping]:
    """Yield the nearest border on either side of the baseline; none if the baseline is not on the axis."""
    places = line_places(axis, grid)
    for direction, near, far in _changes(axis, places, codes(places)):
        if near is None or far is None:
            yield Tipping(axis.name, direction, None, None)
            continue
        beyond = 0
        for _ in range(ROUNDS):
            parts = np.linspace(near, far, SECTIONS + 1)
            found = codes(parts)
            first = int(np.argmax(found != found[0]))
            near, far, beyond = float(parts[first - 1]), float(parts[first]), int(found[first])
        yield Tipping(axis.name, direction, float(axis.value(np.array((near + far) / 2))), regime_of(beyond))


def smooth_tippings(axis: Axis, grid: int, codes: NDArray[np.int64], scores: Floats) -> Iterator[Tipping]:
    """Yield the nearest border on either side of the baseline, interpolated between the places of `line_places`.

    Shapes: codes (r,), scores (r, n).
    """
    places = line_places(axis, grid)
    labels = scores.argmax(axis=0)
    for direction, near, far in _changes(axis, places, labels):
        if near is None or far is None:
            yield Tipping(axis.name, direction, None, None)
            continue
        i, j = np.searchsorted(places, [near, far])
        here, there = labels[i], labels[j]
        lead, lag = scores[here, i] - scores[there, i], scores[here, j] - scores[there, j]
        share = lead / (lead - lag) if lead > lag else 0.5
        at = axis.value(np.array(near + share * (far - near)))
        yield Tipping(axis.name, direction, float(at), regime_of(int(codes[there])))


def _changes(axis: Axis, places: Floats, labels: NDArray[np.int64]) -> Iterator[tuple[str, float | None, float | None]]:
    """Yield, for each direction from the baseline, the last place with its label and the first with another."""
    if not 0 <= axis.home <= 1:
        return
    home = int(np.searchsorted(places, axis.home))
    for direction, order in (("lower", range(home, -1, -1)), ("higher", range(home, len(places)))):
        step = next((i for i in order if labels[i] != labels[home]), None)
        before = None if step is None else step + (1 if direction == "lower" else -1)
        yield (
            direction,
            None if before is None else float(places[before]),
            None if step is None else float(places[step]),
        )
