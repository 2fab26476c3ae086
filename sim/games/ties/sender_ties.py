"""Where is the sender tied between signals, and which candidates exist only there?

A type that gets the same from pure responses to two signals may mix them at will: equilibria then come in continua,
of which one member is made here.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, permutations, product

import numpy as np

from sim.games.closed_form.candidate import (
    BOTH_MIX,
    SEMI_SEPARATING,
    Candidate,
    cross,
    interval,
    length,
    mixed_by_both,
    mixed_by_one,
)
from sim.games.closed_form.response_path import Bools, Paths, ResponsePath
from sim.games.game import Floats


def sender_ties(paths: Paths) -> Bools:
    """Whether a type is tied between two signals at pure responses, or edges lie on one line: (n,)."""
    tied = np.zeros(len(paths.tolerance), dtype=bool)
    for one, two in combinations(paths.signals, 2):
        for start, end in product(one.value, two.value):
            near = np.abs(start - end) <= paths.tolerance
            tied |= near[0] | near[1]
        for (start, along, real), (other_start, other_along, other_real) in product(_edges(one), _edges(two)):
            limit = paths.tolerance * length(along) * length(other_along)
            rows = np.flatnonzero((np.abs(cross(along, other_along)) <= limit) & real & other_real)
            if rows.size:
                gap, first, second = (array[:, rows] for array in (other_start - start, along, other_along))
                near = paths.tolerance[rows]
                on_line = [np.abs(cross(gap, edge)) <= near * length(edge) for edge in (first, second)]
                tied[rows] |= on_line[0] & on_line[1] & (np.maximum(length(first), length(second)) > near)
    return tied


def tied_candidates(paths: Paths, prior: Floats) -> Iterator[Candidate]:
    """Yield the candidates that need a tie between signals, by family.

    Parameters
    ----------
    paths : Paths
        Response paths of n games with such ties.
    prior : ndarray of shape (n,)
        Probability of type 1, not within `RARE` of 0 or 1.

    Yields
    ------
    Candidate
        As in `candidates`.
    """
    signals = range(len(paths.signals))
    for pair in permutations(signals, 2):
        for mixer in (0, 1):
            yield from _semi_separating_at_vertex(paths, pair, mixer, prior)
    for pair in combinations(signals, 2):
        yield from _both_mix_tied(paths, pair, prior)


def _edges(path: ResponsePath) -> list[tuple[Floats, Floats, Bools | bool]]:
    """Return start, direction and existence of each edge; a path without edges is one point."""
    if path.edges == 0:
        return [(path.value[0], np.zeros_like(path.value[0]), True)]
    return [
        (start, end - start, np.isfinite(belief))
        for belief, start, end in zip(path.belief, path.value, path.value[1:], strict=False)
    ]


def _semi_separating_at_vertex(
    paths: Paths, signals: tuple[int, int], mixer: int, prior: Floats
) -> Iterator[Candidate]:
    """As above, with the mixing type tied between pure responses: a continuum of which the middle belief is taken."""
    (path, other), tolerance = (paths.signals[m] for m in signals), paths.tolerance
    revealed = other.value[-mixer]
    for vertex in range(path.edges + 1):
        value = path.value[vertex]
        low, high = _beliefs_at(path, vertex)
        low, high = (low, np.minimum(high, prior)) if mixer == 1 else (np.maximum(low, prior), high)
        tie = np.abs(value[mixer] - revealed[mixer]) <= tolerance
        keeps = value[1 - mixer] >= revealed[1 - mixer] - tolerance
        rows = np.flatnonzero(tie & keeps & (low < high))
        belief = (low[rows] + high[rows]) / 2
        sent = mixed_by_one(signals, mixer, belief, vertex, odds=(prior / (1 - prior))[rows], last=other.edges)
        yield Candidate(SEMI_SEPARATING, rows, value[:, rows], sent)


def _both_mix_tied(paths: Paths, signals: tuple[int, int], prior: Floats) -> Iterator[Candidate]:
    """Both types mix though the receiver does not, after one signal or both: a continuum, one member taken."""
    for pair in (signals, signals[::-1]):
        yield from _vertex_on_edge(paths, pair, prior)
    one, two = (paths.signals[m] for m in signals)
    for vertex, other in product(range(one.edges + 1), range(two.edges + 1)):
        same = np.all(np.abs(one.value[vertex] - two.value[other]) <= paths.tolerance, axis=0)
        cells = _beliefs_at(one, vertex), _beliefs_at(two, other)
        places = vertex, np.full(len(prior), float(other))
        yield _tied_pair(signals, one.value[vertex], places, cells, (prior, same))


def _vertex_on_edge(paths: Paths, signals: tuple[int, int], prior: Floats) -> Iterator[Candidate]:
    """Yield pairs where a pure response to one signal gives both types what some mixture after the other does."""
    one, two = (paths.signals[m] for m in signals)
    for vertex, e in product(range(one.edges + 1), range(two.edges)):
        weight, meets = _on_edge(one.value[vertex], two.value[e : e + 2], paths.tolerance)
        cells = _beliefs_at(one, vertex), (two.belief[e], two.belief[e])
        yield _tied_pair(signals, one.value[vertex], (vertex, e + weight), cells, (prior, meets))


def _beliefs_at(path: ResponsePath, vertex: int) -> tuple[Floats, Floats]:
    """Return the beliefs at which one vertex is the best response."""
    return interval(path.belief, np.full(len(path.tied), vertex))


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
    sent = mixed_by_both(signals, chosen, (np.full(len(rows), float(places[0])), places[1][rows]), prior[rows])
    return Candidate(BOTH_MIX, rows, value[:, rows], sent)
