"""Who could send which signal? The candidates of the four families of equilibria, before unsent signals are asked."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, permutations

import numpy as np

from sim.games.closed_form.candidate import (
    BOTH_MIX,
    POOLING,
    SEMI_SEPARATING,
    SEPARATING,
    Candidate,
    Rows,
    Sent,
    mixed_by_both,
    mixed_by_one,
    place_at_prior,
)
from sim.games.closed_form.response_path import Paths, ResponsePath
from sim.games.game import Bools, Floats


def candidates(paths: Paths, prior: Floats, odds: Floats) -> Iterator[Candidate]:
    """Yield the candidates of all four families that exist without ties; `prior` and `odds` of type 1 are (n,).

    Incentives between the signals sent hold; those towards unsent signals are not looked at.
    """
    signals = range(len(paths.signals))
    for m in signals:
        yield _pooling(paths.signals[m], m, prior)
    for pair in permutations(signals, 2):
        yield _separating(paths, pair)
    for pair in permutations(signals, 2):
        for mixer in (0, 1):
            yield from _semi_separating(paths, pair, mixer, (prior, odds))
    for pair in combinations(signals, 2):
        yield from _both_mix(paths, pair, prior)


def _pooling(path: ResponsePath, m: int, prior: Floats) -> Candidate:
    """Both types send m; the belief stays at the prior."""
    vertex = place_at_prior(path.belief, prior)
    rows = np.arange(len(prior))
    return Candidate(POOLING, rows, _value_at(path, vertex), (Sent(m, (1.0, 1.0), prior, vertex),))


def _separating(paths: Paths, signals: tuple[int, int]) -> Candidate:
    """Type 0 sends the first signal, type 1 the second; each would lose by sending the other's."""
    first, second = (paths.signals[m] for m in signals)
    tolerance = paths.tolerance
    at_zero, at_one = first.value[0], second.value[-1]
    holds = (at_zero[0] >= at_one[0] - tolerance) & (at_one[1] >= at_zero[1] - tolerance)
    rows = np.flatnonzero(holds)
    sent = Sent(signals[0], (1.0, 0.0), 0.0, 0), Sent(signals[1], (0.0, 1.0), 1.0, second.edges)
    return Candidate(SEPARATING, rows, np.stack([at_zero[0][rows], at_one[1][rows]]), sent)


def _semi_separating(
    paths: Paths, signals: tuple[int, int], mixer: int, chance: tuple[Floats, Floats]
) -> Iterator[Candidate]:
    """One type mixes both signals, the other plays the first, after which the receiver mixes on an edge."""
    (path, other), (prior, odds), tolerance = (paths.signals[m] for m in signals), chance, paths.tolerance
    revealed = other.value[-mixer]  # (t, n): the response once the mixer has shown itself
    target = revealed[mixer]
    for e in range(path.edges):
        belief, start, end = path.belief[e], path.value[e], path.value[e + 1]
        side = belief < prior if mixer == 1 else (belief > prior) & np.isfinite(belief)
        near, far = target - start[mixer], end[mixer] - target
        between = (np.minimum(near, far) > tolerance) | (np.maximum(near, far) < -tolerance)
        rows = np.flatnonzero(side & between)
        weight = near[rows] / (near[rows] + far[rows])
        low, high = np.take(start, rows, axis=1), np.take(end, rows, axis=1)
        value = low + weight * (high - low)
        value[mixer] = target[rows]
        keeps = value[1 - mixer] >= revealed[1 - mixer, rows] - tolerance[rows]
        rows, value, weight = rows[keeps], value[:, keeps], weight[keeps]
        sent = mixed_by_one(signals, mixer, belief[rows], e + weight, odds=odds[rows], last=other.edges)
        yield Candidate(SEMI_SEPARATING, rows, value, sent)


def _both_mix(paths: Paths, signals: tuple[int, int], prior: Floats) -> Iterator[Candidate]:
    """Both types mix the two signals; the receiver mixes after both, so that both types are indifferent."""
    one, two = (paths.signals[m] for m in signals)
    for e in range(one.edges):
        for f in range(two.edges):
            low, high = one.belief[e], two.belief[f]
            opposite = ((low < prior) & (high > prior) | (low > prior) & (high < prior)) & np.isfinite(low + high)
            rows = np.flatnonzero(opposite)
            ends = [np.take(path.value[i : i + 2], rows, axis=-1) for path, i in ((one, e), (two, f))]
            weights, unique = _meeting(ends[0], ends[1], paths.tolerance[rows])
            rows, weights = rows[unique], weights[:, unique]
            start, end = ends[0][:, :, unique]
            beliefs = low[rows], high[rows]
            sent = mixed_by_both(signals, beliefs, (e + weights[0], f + weights[1]), prior[rows])
            yield Candidate(BOTH_MIX, rows, start + weights[0] * (end - start), sent)


def _meeting(one: Floats, two: Floats, tolerance: Floats) -> tuple[Floats, Bools]:
    """Return the weights (2, r) at which two segments (end, t, r) cross, and where they do inside both."""
    along, across, gap = one[1] - one[0], two[1] - two[0], two[0] - one[0]
    scale = _cross(along, across)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        weights = np.stack([_cross(gap, across), _cross(gap, along)]) / scale
        margin = tolerance / np.minimum(_length(along), _length(across))
    inside = np.all((weights > margin) & (weights < 1 - margin), axis=0)
    return weights, inside & (np.abs(scale) > tolerance * _length(along) * _length(across))


def _value_at(path: ResponsePath, vertex: Rows) -> Floats:
    """Return the sender's payoffs (t, n) at a vertex of each game."""
    return np.asarray(np.take_along_axis(path.value, vertex[None, None], axis=0)[0])


def _length(vector: Floats) -> Floats:
    """Return the larger size of the two components of a vector (t, n)."""
    return np.asarray(np.maximum(np.abs(vector[0]), np.abs(vector[1])))


def _cross(one: Floats, two: Floats) -> Floats:
    """Return the cross product of two vectors (t, n): 0 where they are parallel."""
    return np.asarray(one[0] * two[1] - one[1] * two[0])
