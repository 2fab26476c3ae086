"""Who could send which signal? The candidates of the four families of equilibria, before unsent signals are asked."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.games.closed_form.candidate import (
    BOTH_MIX,
    POOLING,
    SEMI_SEPARATING,
    SEPARATING,
    Candidate,
    Rows,
    Sent,
    meeting,
    mixed_by_both,
    mixed_by_one,
    place_at_prior,
)
from sim.games.closed_form.response_path import Paths, ResponsePath
from sim.games.closed_form.ways import every_way, open_ways
from sim.games.game import Floats


def candidates(paths: Paths, prior: Floats, odds: Floats) -> Iterator[Candidate]:
    """Yield the candidates of all four families that exist without ties; `prior` and `odds` of type 1 are (n,).

    Incentives between the signals sent hold; those towards unsent signals are not looked at.
    """
    for m in range(len(paths.signals)):
        yield _pooling(paths, m, prior)
    ways = every_way(paths) if paths.together is None else open_ways(paths, prior)
    for first, second in ways.separating:
        yield from _separating(paths, (first, second))
    for first, second, mixer, e in ways.semi_separating:
        yield from _semi_separating(paths, (first, second), (mixer, e), (prior, odds))
    for first, second, e, f in ways.both_mix:
        yield from _both_mix(paths, (first, second), (e, f), prior)


def _pooling(paths: Paths, m: int, prior: Floats) -> Candidate:
    """Both types send m; the belief stays at the prior."""
    path = paths.signals[m]
    vertex = place_at_prior(path.belief, prior)
    rows, value = np.arange(len(prior)), _value_at(path, vertex)
    if paths.together is None:  # many games: in most, some type is sure of more, whatever another signal brings
        rows = np.all(value + paths.tolerance >= paths.sure, axis=0).nonzero()[0]
        vertex, value, prior = vertex[rows], np.take(value, rows, axis=1), prior[rows]
    return Candidate(POOLING, rows, value, (Sent(m, (1.0, 1.0), prior, vertex),))


def _separating(paths: Paths, signals: tuple[int, int]) -> Iterator[Candidate]:
    """Type 0 sends the first signal, type 1 the second; each would lose by sending the other's."""
    first, second = (paths.signals[m] for m in signals)
    tolerance = paths.tolerance
    at_zero, at_one = first.value[0], second.value[-1]
    holds = (at_zero[0] >= at_one[0] - tolerance) & (at_one[1] >= at_zero[1] - tolerance)
    rows = holds.nonzero()[0]
    if not rows.size:
        return
    sent = Sent(signals[0], (1.0, 0.0), 0.0, 0), Sent(signals[1], (0.0, 1.0), 1.0, second.edges)
    yield Candidate(SEPARATING, rows, np.stack([at_zero[0][rows], at_one[1][rows]]), sent)


def _semi_separating(
    paths: Paths, signals: tuple[int, int], where: tuple[int, int], chance: tuple[Floats, Floats]
) -> Iterator[Candidate]:
    """One type mixes both signals, the other plays the first, after which the receiver mixes on an edge."""
    (path, other), (prior, odds), tolerance = (paths.signals[m] for m in signals), chance, paths.tolerance
    mixer, e = where
    revealed = other.value[-mixer]  # (t, n): the response once the mixer has shown itself
    target = revealed[mixer]
    belief, start, end = path.belief[e], path.value[e], path.value[e + 1]
    side = belief < prior if mixer == 1 else (belief > prior) & np.isfinite(belief)
    near, far = target - start[mixer], end[mixer] - target
    between = (np.minimum(near, far) > tolerance) | (np.maximum(near, far) < -tolerance)
    rows = (side & between).nonzero()[0]
    if not rows.size:
        return
    weight = near[rows] / (near[rows] + far[rows])
    low, high = np.take(start, rows, axis=1), np.take(end, rows, axis=1)
    value = low + weight * (high - low)
    value[mixer] = target[rows]
    keeps = value[1 - mixer] >= revealed[1 - mixer, rows] - tolerance[rows]
    if not keeps.any():
        return
    rows, value, weight = rows[keeps], value[:, keeps], weight[keeps]
    sent = mixed_by_one(signals, mixer, belief[rows], e + weight, odds=odds[rows], last=other.edges)
    yield Candidate(SEMI_SEPARATING, rows, value, sent)


def _both_mix(paths: Paths, signals: tuple[int, int], edges: tuple[int, int], prior: Floats) -> Iterator[Candidate]:
    """Both types mix the two signals; the receiver mixes after both, so that both types are indifferent."""
    (one, two), (e, f) = (paths.signals[m] for m in signals), edges
    low, high = one.belief[e], two.belief[f]
    opposite = ((low < prior) & (high > prior) | (low > prior) & (high < prior)) & np.isfinite(low + high)
    rows = opposite.nonzero()[0]
    if not rows.size:
        return
    ends = [np.take(path.value[i : i + 2], rows, axis=-1) for path, i in ((one, e), (two, f))]
    weights, unique = meeting(ends[0], ends[1], paths.tolerance[rows])
    if not unique.any():
        return
    rows, weights = rows[unique], weights[:, unique]
    start, end = ends[0][:, :, unique]
    beliefs = low[rows], high[rows]
    sent = mixed_by_both(signals, beliefs, (e + weights[0], f + weights[1]), prior[rows])
    yield Candidate(BOTH_MIX, rows, start + weights[0] * (end - start), sent)


def _value_at(path: ResponsePath, vertex: Rows) -> Floats:
    """Return the sender's payoffs (t, n) at a vertex of each game."""
    value: Floats = path.value[0].copy()
    for j in range(1, path.edges + 1):
        np.copyto(value, path.value[j], where=vertex == j)
    return value
