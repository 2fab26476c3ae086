"""In which games can a tie between signals let a type mix? Their equilibria are no short list, and are searched for.

Without such ties a type mixes only where one signal reveals it and an edge of another's path is worth as much to it, or
both mix where two edges cross. All else needs a tie: a corner of a path worth as much to a type as the response that
another signal gets from it alone, a corner that lies on another path, or a third signal worth as much as a mixture.
"""

from __future__ import annotations

from itertools import permutations
from typing import TypeAlias

import numpy as np

from sim.games.closed_form.response_path import Paths
from sim.games.closed_form.ways import two_signals
from sim.games.game import Bools, Floats

_Edge: TypeAlias = tuple[Floats, Floats, Floats]
"""Start (t, n), way to the end (t, n), and the cross product that counts as 0 (n,): none where there is no edge."""


def sender_ties(paths: Paths) -> Bools:
    """Whether a corner of one path ties with another path, and is worth what each type can be sure of: (n,)."""
    tied = np.zeros(len(paths.tolerance), dtype=bool)
    if paths.together is not None and not _corner_near_any(paths):
        return tied
    sure = paths.sure - paths.tolerance
    alone = [_alone(path.value) for path in paths.signals]
    edges = [_edges(path.value, paths.tolerance) for path in paths.signals]
    for own, other in permutations(range(len(paths.signals)), 2):
        corners = paths.signals[own].value  # (j + 1, t, n)
        if np.any(near := np.abs(corners - alone[other]) <= paths.tolerance):
            tied |= np.any(near & (corners >= sure), axis=(0, 1))
        for edge in edges[other]:
            if np.any(lies := _on_edge(corners, edge, paths.tolerance)):
                tied |= np.any(lies & np.all(corners >= sure, axis=1), axis=0)
    return tied


def _corner_near_any(paths: Paths) -> bool:
    """Whether any corner may tie with another path, where few games' paths stand together: all are asked at once."""
    value = paths.corners()[1]
    own, other = two_signals(len(value))
    corners, path = value[own], value[other]  # (p, j + 1, t, n)
    alone = np.stack([path[:, 0, 0], path[:, -1, 1]], axis=1)[:, None]
    if (np.abs(corners - alone) <= paths.tolerance).any():
        return True
    along = np.diff(path, axis=1)
    long = np.abs(along).max(axis=2)
    limit = np.where(long > paths.tolerance, paths.tolerance * long, -1.0)  # (p, j, n)
    gap = corners[:, :, None] - path[:, None, :-1]  # (p, corner, edge, t, n)
    cross = gap[:, :, :, 0] * along[:, None, :, 1] - gap[:, :, :, 1] * along[:, None, :, 0]
    return bool((np.abs(cross) <= limit[:, None]).any())


def third_ties(path: Floats, value: Floats, tolerance: Floats) -> Bools:
    """Whether a type is as well off with a signal that it does not send, on a path (j + 1, t, r): (r,).

    The values (t, r) are those of candidates in which some type mixes two other signals.
    """
    tied: Bools = np.any(np.abs(value - _alone(path)) <= tolerance, axis=0)
    for edge in _edges(path, tolerance):
        tied |= _on_edge(value[None], edge, tolerance)[0]
    return tied


def _alone(path: Floats) -> Floats:
    """Return what each type (t, n) gets if it alone sends the signal."""
    return np.stack([path[0, 0], path[-1, 1]])


def _edges(path: Floats, tolerance: Floats) -> list[_Edge]:
    """Return the edges of a path."""
    along = np.diff(path, axis=0)
    long = np.abs(along).max(axis=1)
    return list(zip(path, along, np.where(long > tolerance, tolerance * long, -1.0), strict=False))


def _on_edge(points: Floats, edge: _Edge, tolerance: Floats) -> Bools:
    """Whether points (c, t, n) lie on an edge, its ends included: (c, n)."""
    start, along, limit = edge
    lies = np.abs((points[:, 0] - start[0]) * along[1] - (points[:, 1] - start[1]) * along[0]) <= limit
    if lies.any():
        ends = np.stack([start, start + along])
        inside = (points >= ends.min(axis=0) - tolerance) & (points <= ends.max(axis=0) + tolerance)
        lies &= inside.all(axis=1)
    return np.asarray(lies)
