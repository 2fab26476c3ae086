"""Does an unsent signal deter? Find a place on its response path that leaves neither sender type better off."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.games.closed_form.candidate import interval, place_at_prior
from sim.games.game import Bools, Floats


def deterring_place(breaks: Floats, value: Floats, prior: Floats, *, target: Floats) -> tuple[Floats, Floats]:
    """Return a place on the path and its belief, (r,), at which no type gains by sending the signal; nan where none is.

    That is the response to the prior if it deters; else the middle of the first vertex that does, counted from belief
    0; else the middle of the weights that deter on the first edge. Without the signal the types get `target`, (t, r).
    """
    below = value <= target
    deters, at_prior = below[:, 0] & below[:, 1], place_at_prior(breaks, prior)
    passive = np.logical_or.reduce([each & (at_prior == j) for j, each in enumerate(deters)])
    place, belief = (np.where(passive, array, np.nan) for array in (at_prior, prior))
    rest = (~passive).nonzero()[0]
    if not rest.size or not len(breaks):
        return place, belief
    deters, breaks = deters[:, rest], breaks[:, rest]
    by_vertex = np.logical_or.reduce(deters)
    rows, vertex = rest[by_vertex], _first_of(deters[:, by_vertex])
    low, high = interval(breaks[:, by_vertex], vertex)
    place[rows], belief[rows] = vertex, (low + high) / 2
    rows, breaks = rest[~by_vertex], breaks[:, ~by_vertex]
    corners = np.take(value, rows, axis=-1)
    # Backwards, so that the first edge that deters has the last word.
    for e in range(len(breaks) - 1, -1, -1):
        weight = _deterring_weight(corners[e], corners[e + 1], target[:, rows])
        found = np.isfinite(weight)
        place[rows[found]], belief[rows[found]] = e + weight[found], breaks[e, found]
    return place, belief


def _first_of(holds: Bools) -> NDArray[np.intp]:
    """Return the first row that holds in each column, 0 where none does: (j, r) -> (r,); quicker than argmax here."""
    first = np.zeros(holds.shape[1], dtype=np.intp)
    for j in range(len(holds) - 1, -1, -1):
        first[holds[j]] = j
    return first


def _deterring_weight(start: Floats, end: Floats, target: Floats) -> Floats:
    """Return the middle of the weights on an edge's far end that deter both types though its ends do not, or nan."""
    # Without a vertex that deters, one type must be deterred at the near end only and the other at the far end only.
    rises = (start <= target) & (end > target)
    falls = (start > target) & (end <= target)
    crossing = np.divide(target - start, end - start, out=np.full_like(start, np.nan), where=rises | falls)
    most, least = np.where(rises[0], crossing[0], crossing[1]), np.where(rises[0], crossing[1], crossing[0])
    both = ((rises[0] & falls[1]) | (rises[1] & falls[0])) & (least <= most)
    return np.where(both, (least + most) / 2, np.nan)
