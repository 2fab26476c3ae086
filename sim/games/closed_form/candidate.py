"""What is one way to send signals? Who sends what, with the beliefs and places on the response paths that follow.

The batch is the last axis: values (vertex, t, n), break-points (edge, n); rows r are the games that a candidate is in.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.games.game import Bools, Floats

Rows = NDArray[np.intp]

POOLING, SEPARATING, SEMI_SEPARATING, BOTH_MIX = range(4)
"""Indices into `FAMILIES`."""


@dataclass(frozen=True, eq=False)
class Sent:
    """A signal that a candidate sends: how often each type does, the belief it leaves, the place on its path."""

    signal: int
    weights: tuple[Floats | float, Floats | float]
    belief: Floats | float
    place: Floats | Rows | float


@dataclass(frozen=True, eq=False)
class Candidate:
    """One way to send signals, in the games at `rows`, and the value (t, r) it gives the sender types."""

    family: int
    rows: Rows
    value: Floats
    sent: tuple[Sent, ...]


def mixed_by_one(
    signals: tuple[int, int], mixer: int, belief: Floats, place: Floats | int, *, odds: Floats, last: int
) -> tuple[Sent, Sent]:
    """Return the two signals of a semi-separating candidate; prior odds and Bayes' rule give the mixing weight."""
    with np.errstate(over="ignore", divide="ignore", under="ignore"):  # a type too rare for its odds to be a number
        factor = belief / (1 - belief) / odds
        inverse = 1 / factor
    if mixer == 1:
        return Sent(signals[0], (1.0, factor), belief, place), Sent(signals[1], (0.0, 1 - factor), 1.0, last)
    return Sent(signals[0], (inverse, 1.0), belief, place), Sent(signals[1], (1 - inverse, 0.0), 0.0, 0)


def mixed_by_both(
    signals: tuple[int, int], beliefs: tuple[Floats, Floats], places: tuple[Floats, Floats], prior: Floats
) -> tuple[Sent, Sent]:
    """Return the two signals of a both-mix candidate; how often each is sent follows from Bayes' rule."""
    gap = beliefs[1] - beliefs[0]
    share = np.divide(beliefs[1] - prior, gap, out=np.full_like(prior, 0.5), where=gap != 0)
    pair = []
    for m, belief, place, often in zip(signals, beliefs, places, (share, 1 - share), strict=True):
        pair.append(Sent(m, (often * (1 - belief) / (1 - prior), often * belief / prior), belief, place))
    return pair[0], pair[1]


def place_at_prior(breaks: Floats, prior: Floats) -> Rows:
    """Return the vertex at which the response to the prior belief lies: (n,)."""
    return np.asarray((breaks < prior).sum(axis=0))


def interval(breaks: Floats, vertex: Rows) -> tuple[Floats, Floats]:
    """Return the ends of the beliefs at which a vertex of each game is the best response: (n,), (n,)."""
    edge = np.ones((1, breaks.shape[1]))
    bounds = np.concatenate([0 * edge, np.minimum(breaks, 1.0), edge])
    low, high = (np.take_along_axis(bounds, vertex[None] + end, axis=0)[0] for end in (0, 1))
    return low, high


def meeting(one: Floats, two: Floats, tolerance: Floats) -> tuple[Floats, Bools]:
    """Return the weights (2, r) at which two segments (end, t, r) cross, and where they do inside both."""
    along, across, gap = one[1] - one[0], two[1] - two[0], two[0] - one[0]
    scale = _cross(along, across)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        weights = np.stack([_cross(gap, across), _cross(gap, along)]) / scale
        margin = tolerance / np.minimum(_length(along), _length(across))
    inside = np.all((weights > margin) & (weights < 1 - margin), axis=0)
    return weights, inside & (np.abs(scale) > tolerance * _length(along) * _length(across))


def _length(vector: Floats) -> Floats:
    """Return the larger size of the two components of a vector (t, n)."""
    return np.asarray(np.maximum(np.abs(vector[0]), np.abs(vector[1])))


def _cross(one: Floats, two: Floats) -> Floats:
    """Return the cross product of two vectors (t, n): 0 where they are parallel."""
    return np.asarray(one[0] * two[1] - one[1] * two[0])
