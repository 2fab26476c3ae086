"""Between which signals, and on which edges, is a candidate looked for?

Everywhere, in many games: each way to mix is one of some of them. In few games most ways are nobody's, and asking
for each costs more than the arithmetic does: so what singles them out is asked of all pairs of signals at once, with
the same comparisons as in `families`, and the rest is computed for those that are left.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import combinations, permutations, product

import numpy as np
from numpy.typing import NDArray

from sim.games.closed_form.candidate import meeting
from sim.games.closed_form.response_path import Paths
from sim.games.game import Bools, Floats


@dataclass(frozen=True, eq=False)
class Ways:
    """Where candidates of three families may be, in the order in which they are listed."""

    separating: list[tuple[int, ...]]  # what type 0 sends, what type 1 sends
    semi_separating: list[tuple[int, ...]]  # sent by both, by the mixer alone; the mixer; edge of the first
    both_mix: list[tuple[int, ...]]  # the two signals; edge of the first, of the second


@cache
def two_signals(signals: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return all ordered pairs of different signals, firsts and seconds, as `permutations` lists them."""
    one, two = np.array(list(permutations(range(signals), 2)), dtype=np.intp).reshape(-1, 2).T
    return one, two


def every_way(paths: Paths) -> Ways:
    """Return all pairs of signals with all their edges."""
    edges = [range(path.edges) for path in paths.signals]
    pairs = list(permutations(range(len(edges)), 2))
    return Ways(
        list(pairs),
        [(*pair, mixer, e) for pair in pairs for mixer in (0, 1) for e in edges[pair[0]]],
        [(*pair, e, f) for pair in combinations(range(len(edges)), 2) for e, f in product(*(edges[m] for m in pair))],
    )


def open_ways(paths: Paths, prior: Floats) -> Ways:
    """Return those ways that are open in some game of a batch whose paths stand together."""
    belief, value = paths.corners()
    one, two = two_signals(len(value))
    tolerance = paths.tolerance
    first, last = value[:, 0], value[:, -1]
    apart = (first[one, 0] >= last[two, 0] - tolerance) & (last[two, 1] >= first[one, 1] - tolerance)
    below, above = belief < prior, (belief > prior) & np.isfinite(belief)  # (m, j, n)
    revealed = np.stack([first[two, 0], last[two, 1]], axis=1)[:, :, None]  # (p, mixer, 1, n)
    corner = value.swapaxes(1, 2)[one]  # (p, mixer, j + 1, n)
    near, far = revealed - corner[:, :, :-1], corner[:, :, 1:] - revealed
    between = (np.minimum(near, far) > tolerance) | (np.maximum(near, far) < -tolerance)
    mixes = between & np.stack([above, below], axis=1)[one]
    meets = below[one, :, None] & above[two, None] | above[one, :, None] & below[two, None]  # (p, e, f, n)
    meets[one > two] = False
    pair, e, f, n = at = np.nonzero(meets)
    ends = [
        np.stack([value[m[pair], edge, :, n].T, value[m[pair], edge + 1, :, n].T]) for m, edge in ((one, e), (two, f))
    ]
    meets[at] = meeting(ends[0], ends[1], tolerance[n])[1]
    return Ways(*(_listed(one, two, found) for found in (apart, mixes, meets)))


def _listed(one: NDArray[np.intp], two: NDArray[np.intp], found: Bools) -> list[tuple[int, ...]]:
    """Return signals and further indices of what is found in some game: (p, ..., n)."""
    pair, *more = np.nonzero(found.any(axis=-1))
    return list(zip(*(index.tolist() for index in (one[pair], two[pair], *more)), strict=True))
