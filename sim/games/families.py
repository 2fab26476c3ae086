"""Who could send which signal? The candidates of the four families of equilibria, before unsent signals are asked.

A candidate fixes the strategies, and the beliefs and places on the response paths of the signals it sends. Arrays
have the batch as last axis: values (vertex, t, n), break-points (edge, n); rows r are the games where it holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations, permutations, product

import numpy as np
from numpy.typing import NDArray

from sim.games.game import Floats
from sim.games.response_path import Bools, Paths, ResponsePath

Rows = NDArray[np.intp]

POOLING, SEPARATING, SEMI_SEPARATING, BOTH_MIX = range(4)


@dataclass(frozen=True, eq=False)
class Sent:
    """A signal that a candidate sends: how often each type does, the belief it leaves, the place on its path."""

    signal: int
    weights: tuple[Floats | float, Floats | float]
    belief: Floats | float
    place: Floats | float


@dataclass(frozen=True, eq=False)
class Candidate:
    """One way to send signals, in the games at `rows`, and the value (t, r) it gives the sender types."""

    family: int
    rows: Rows
    value: Floats
    sent: tuple[Sent, ...]


def candidates(paths: Paths, prior: Floats, tied: Bools) -> Iterator[Candidate]:
    """Yield the candidates of all four families, in the order in which equilibria are listed.

    Parameters
    ----------
    paths : Paths
        Response paths of n games after every signal.
    prior : ndarray of shape (n,)
        Probability of type 1, strictly between 0 and 1.
    tied : ndarray of bool of shape (n,)
        Games in which the sender is tied between signals (`sender_ties`), where more candidates exist.

    Yields
    ------
    Candidate
        Incentives between the signals sent hold; those towards unsent signals are not looked at.
    """
    signals = range(len(paths.signals))
    for m in signals:
        yield _pooling(paths.signals[m], m, prior)
    for pair in permutations(signals, 2):
        yield _separating(paths, pair)
    ties = np.flatnonzero(tied)
    tied_paths, tied_prior = paths.take(ties), prior[ties]
    for pair in permutations(signals, 2):
        for mixer in (0, 1):
            yield from _semi_separating(paths, pair, mixer, prior)
            if ties.size:
                yield from _within(ties, _semi_separating_at_vertex(tied_paths, pair, mixer, tied_prior))
    for pair in combinations(signals, 2):
        yield from _both_mix(paths, pair, prior)
        if ties.size:
            yield from _within(ties, _both_mix_tied(tied_paths, pair, tied_prior))


def _within(rows: Rows, found: Iterator[Candidate]) -> Iterator[Candidate]:
    """Yield candidates of a subset of games with their rows in the whole batch."""
    for candidate in found:
        yield replace(candidate, rows=rows[candidate.rows])


def place_at_prior(breaks: Floats, prior: Floats) -> Rows:
    """Return the vertex at which the response to the prior belief lies: (n,)."""
    return np.asarray((breaks < prior).sum(axis=0))


def value_at(path: ResponsePath, vertex: Rows) -> Floats:
    """Return the sender's payoffs (t, n) at a vertex of each game."""
    return np.take_along_axis(path.value, vertex[None, None], axis=0)[0]


def interval(breaks: Floats, vertex: Rows) -> tuple[Floats, Floats]:
    """Return the ends of the beliefs at which a vertex of each game is the best response: (n,), (n,)."""
    edge = np.ones((1, breaks.shape[1]))
    bounds = np.concatenate([0 * edge, np.minimum(breaks, 1.0), edge])
    low, high = (np.take_along_axis(bounds, vertex[None] + end, axis=0)[0] for end in (0, 1))
    return low, high


def sender_ties(paths: Paths) -> Bools:
    """Whether a type is tied between two signals at pure responses, or edges lie on one line: (n,)."""
    tied = np.zeros(len(paths.tolerance), dtype=bool)
    for one, two in combinations(paths.signals, 2):
        for start, end in product(one.value, two.value):
            near = np.abs(start - end) <= paths.tolerance
            tied |= near[0] | near[1]
        for (start, along, real), (other_start, other_along, other_real) in product(_edges(one), _edges(two)):
            rows = np.flatnonzero((np.abs(_cross(along, other_along)) <= paths.tolerance) & real & other_real)
            if rows.size:
                gap, first, second = (array[:, rows] for array in (other_start - start, along, other_along))
                off_line = np.maximum(np.abs(_cross(gap, first)), np.abs(_cross(gap, second)))
                long = (np.abs(first) + np.abs(second)).max(axis=0) > paths.tolerance[rows]
                tied[rows] |= long & (off_line <= paths.tolerance[rows])
    return tied


def _edges(path: ResponsePath) -> list[tuple[Floats, Floats, Bools | bool]]:
    """Return start, direction and existence of each edge; a path without edges is one point."""
    if path.edges == 0:
        return [(path.value[0], np.zeros_like(path.value[0]), True)]
    return [
        (start, end - start, np.isfinite(belief))
        for belief, start, end in zip(path.belief, path.value, path.value[1:], strict=False)
    ]


def _cross(one: Floats, two: Floats) -> Floats:
    return one[0] * two[1] - one[1] * two[0]


def _pooling(path: ResponsePath, m: int, prior: Floats) -> Candidate:
    """Both types send m; the belief stays at the prior."""
    vertex = place_at_prior(path.belief, prior)
    rows = np.arange(len(prior))
    return Candidate(POOLING, rows, value_at(path, vertex), (Sent(m, (1.0, 1.0), prior, vertex),))


def _separating(paths: Paths, signals: tuple[int, int]) -> Candidate:
    """Type 0 sends the first signal, type 1 the second; each would lose by sending the other's."""
    first, second = (paths.signals[m] for m in signals)
    tolerance = paths.tolerance
    at_zero, at_one = first.value[0], second.value[-1]
    holds = (at_zero[0] >= at_one[0] - tolerance) & (at_one[1] >= at_zero[1] - tolerance)
    rows = np.flatnonzero(holds)
    sent = Sent(signals[0], (1.0, 0.0), 0.0, 0), Sent(signals[1], (0.0, 1.0), 1.0, second.edges)
    return Candidate(SEPARATING, rows, np.stack([at_zero[0][rows], at_one[1][rows]]), sent)


def _semi_separating(paths: Paths, signals: tuple[int, int], mixer: int, prior: Floats) -> Iterator[Candidate]:
    """One type mixes both signals, the other plays the first, after which the receiver mixes on an edge."""
    (path, other), tolerance = (paths.signals[m] for m in signals), paths.tolerance
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
        sent = _mixed_by_one(signals, mixer, belief[rows], e + weight, prior=prior[rows], last=other.edges)
        yield Candidate(SEMI_SEPARATING, rows, value, sent)


def _semi_separating_at_vertex(
    paths: Paths, signals: tuple[int, int], mixer: int, prior: Floats
) -> Iterator[Candidate]:
    """As above, with the mixing type tied between pure responses: a continuum of which the middle belief is taken."""
    (path, other), tolerance = (paths.signals[m] for m in signals), paths.tolerance
    revealed = other.value[-mixer]
    for vertex in range(path.edges + 1):
        value = path.value[vertex]
        low, high = interval(path.belief, np.full(len(prior), vertex))
        low, high = (low, np.minimum(high, prior)) if mixer == 1 else (np.maximum(low, prior), high)
        tie = np.abs(value[mixer] - revealed[mixer]) <= tolerance
        keeps = value[1 - mixer] >= revealed[1 - mixer] - tolerance
        rows = np.flatnonzero(tie & keeps & (low < high))
        belief = (low[rows] + high[rows]) / 2
        sent = _mixed_by_one(signals, mixer, belief, vertex, prior=prior[rows], last=other.edges)
        yield Candidate(SEMI_SEPARATING, rows, value[:, rows], sent)


def _mixed_by_one(
    signals: tuple[int, int], mixer: int, belief: Floats, place: Floats | int, *, prior: Floats, last: int
) -> tuple[Sent, Sent]:
    """Return the two signals of a semi-separating candidate; the mixing weight follows from Bayes' rule."""
    odds, prior_odds = belief / (1 - belief), prior / (1 - prior)
    if mixer == 1:
        stays = odds / prior_odds
        return Sent(signals[0], (1.0, stays), belief, place), Sent(signals[1], (0.0, 1 - stays), 1.0, last)
    stays = prior_odds / odds
    return Sent(signals[0], (stays, 1.0), belief, place), Sent(signals[1], (1 - stays, 0.0), 0.0, 0)


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
            sent = _mixed_by_both(signals, beliefs, (e + weights[0], f + weights[1]), prior[rows])
            yield Candidate(BOTH_MIX, rows, start + weights[0] * (end - start), sent)


def _meeting(one: Floats, two: Floats, tolerance: Floats) -> tuple[Floats, Bools]:
    """Return the weights (2, r) at which two segments (end, t, r) cross, and where they do inside both."""
    along, across, gap = one[1] - one[0], two[1] - two[0], two[0] - one[0]
    scale = _cross(along, across)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        weights = np.stack([_cross(gap, across), _cross(gap, along)]) / scale
        margin = tolerance / np.minimum(np.abs(along).max(axis=0), np.abs(across).max(axis=0))
    inside = np.all((weights > margin) & (weights < 1 - margin), axis=0)
    return weights, inside & (np.abs(scale) > tolerance)


def _mixed_by_both(
    signals: tuple[int, int], beliefs: tuple[Floats, Floats], places: tuple[Floats, Floats], prior: Floats
) -> tuple[Sent, Sent]:
    """Return the two signals of a both-mix candidate; how often each is sent follows from Bayes' rule."""
    gap = beliefs[1] - beliefs[0]
    share = np.divide(beliefs[1] - prior, gap, out=np.full_like(prior, 0.5), where=gap != 0)
    pair = []
    for m, belief, place, often in zip(signals, beliefs, places, (share, 1 - share), strict=True):
        pair.append(Sent(m, (often * (1 - belief) / (1 - prior), often * belief / prior), belief, place))
    return pair[0], pair[1]


def _both_mix_tied(paths: Paths, signals: tuple[int, int], prior: Floats) -> Iterator[Candidate]:
    """Both types mix though the receiver does not, after one signal or both: a continuum, one member taken."""
    for swap in (False, True):
        first, second = signals[::-1] if swap else signals
        one, two, tolerance = paths.signals[first], paths.signals[second], paths.tolerance
        for vertex in range(one.edges + 1):
            point = one.value[vertex]
            for f in range(two.edges):
                weight, on_edge = _on_edge(point, two.value[f : f + 2], tolerance)
                cells = interval(one.belief, np.full(len(prior), vertex)), (two.belief[f], two.belief[f])
                yield _tied_pair((first, second), point, (vertex, f + weight), cells, (prior, on_edge))
            for other in range(two.edges + 1) if not swap else ():
                same = np.all(np.abs(point - two.value[other]) <= tolerance, axis=0)
                cells = tuple(
                    interval(path.belief, np.full(len(prior), v)) for path, v in ((one, vertex), (two, other))
                )
                places = vertex, np.full(len(prior), float(other))
                yield _tied_pair((first, second), point, places, (cells[0], cells[1]), (prior, same))


def _on_edge(point: Floats, ends: Floats, tolerance: Floats) -> tuple[Floats, Bools]:
    """Return the weight (n,) at which an edge (end, t, n) comes closest to a point (t, n), and where it meets it."""
    along, gap = (ends[1] - ends[0]) / tolerance, (point - ends[0]) / tolerance
    length = np.sum(along**2, axis=0)
    weight = np.divide(np.sum(along * gap, axis=0), length, out=np.zeros_like(length), where=length > 0)
    meets = np.all(np.abs(gap - weight * along) <= 1, axis=0)
    return weight, meets & (weight > 0) & (weight < 1) & (length > 1)


def _tied_pair(
    signals: tuple[int, int],
    value: Floats,
    places: tuple[int, Floats],
    cells: tuple[tuple[Floats, Floats], tuple[Floats, Floats]],
    where: tuple[Floats, Bools],
) -> Candidate:
    """Choose beliefs in two cells that average to the prior: the prior in both, or one on either side of it."""
    prior, holds = where
    (low, high), (other_low, other_high) = cells
    both = (low <= prior) & (prior <= high) & (other_low <= prior) & (prior <= other_high)
    up, down = (other_high > prior) & (low < prior), (other_low < prior) & (high > prior)
    below, above = (low + np.minimum(high, prior)) / 2, (np.maximum(low, prior) + high) / 2
    other_below = (other_low + np.minimum(other_high, prior)) / 2
    other_above = (np.maximum(other_low, prior) + np.minimum(other_high, 1)) / 2
    beliefs = (
        np.where(both, prior, np.where(up, below, above)),
        np.where(both, prior, np.where(up, other_above, other_below)),
    )
    rows = np.flatnonzero(holds & np.isfinite(other_low) & (low <= high) & (both | up | down))
    chosen = beliefs[0][rows], beliefs[1][rows]
    sent = _mixed_by_both(signals, chosen, (np.full(len(rows), float(places[0])), places[1][rows]), prior[rows])
    return Candidate(BOTH_MIX, rows, value[:, rows], sent)
