"""Where do the regions of a map end? Borders between grid points, and the pieces that the regions are made of.

A grid of labels says which region each node is in. Where two neighbouring nodes differ, a border crosses the edge
between them: `bisected` finds the place by asking again, `interpolated` where two smooth scores are equal. Cells whose
corners differ are then cut along straight lines between these places, so that regions have edges and not steps.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.games.game import Floats

HALVINGS = 20
"""Times an edge is halved: a border is then known to a millionth of the distance of two nodes."""

_AT_ONCE = ((4, 100), (2, 1000), (1, np.inf))
"""Halvings that are asked about at once, and up to how many edges."""

Labels = NDArray[np.int64]
Asked = Callable[[Floats, Floats], Labels]
"""From places on both axes, in [0, 1], of shape (n,), to labels of shape (n,)."""

Point = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Borders:
    """The region of each node of a grid, labels (v, u), and where borders cross its edges.

    `across`, (v, u - 1), are the places on the first axis at which a border crosses the edge to the next node, `up`,
    (v - 1, u), those on the second axis; NaN where none does.
    """

    labels: Labels
    across: Floats
    up: Floats


@dataclass(frozen=True, eq=False)
class Tile:
    """A piece of the region `label`: a rectangle of whole cells from `cell` (row, column) on, or a part of one cell."""

    label: int
    corners: list[Point]
    cell: tuple[int, int]

    @property
    def area(self) -> float:
        """Share of the map (shoelace formula)."""
        ends = zip(self.corners, self.corners[1:] + self.corners[:1], strict=True)
        return abs(sum(x * w - z * y for (x, y), (z, w) in ends)) / 2


def bisected(labels: Labels, asked: Asked) -> Borders:
    """Return where borders of labels, (v, u), cross an edge: any one that belongs to its first node, by halving."""
    v, u = (np.linspace(0.0, 1.0, size) for size in labels.shape)
    found = []
    for axis, rows in enumerate((labels, labels.T)):
        mine, other = (u, v) if axis == 0 else (v, u)
        line, start = np.nonzero(rows[:, :-1] != rows[:, 1:])
        own, still = rows[line, start], other[line]

        def same(places: Floats, axis: int = axis, own: Labels = own, still: Floats = still) -> NDArray[np.bool_]:
            fixed = np.broadcast_to(still, places.shape).ravel()
            at = (places.ravel(), fixed) if axis == 0 else (fixed, places.ravel())
            return np.asarray(asked(*at).reshape(places.shape) == own)

        places = np.full((rows.shape[0], rows.shape[1] - 1), np.nan)
        places[line, start] = _halved(mine[start], mine[start + 1], same)
        found.append(places)
    return Borders(labels, found[0], found[1].T)


def _halved(near: Floats, far: Floats, same: Callable[[Floats], NDArray[np.bool_]]) -> Floats:
    """Return where n edges, from near to far, stop being the same, (n,): several halvings are asked about at once.

    A question takes as long for one place as for a thousand, so that few edges are asked about at all the places where
    the next halvings may lead. They lead where they would one by one.
    """
    edges = np.arange(len(near))
    at_once = next(halvings for halvings, most in _AT_ONCE if len(near) <= most)
    for _ in range(HALVINGS // at_once if len(near) else 0):
        places = np.stack([near, far])  # (2 ** halvings + 1, n)
        for _ in range(at_once):
            longer = np.repeat(places, 2, axis=0)[:-1]
            longer[1::2] = (places[:-1] + places[1:]) / 2
            places = longer
        alike = same(places[1:-1])
        low, high = np.zeros_like(edges), np.full_like(edges, len(places) - 1)
        for _ in range(at_once):
            middle = (low + high) // 2
            still = alike[middle - 1, edges]
            low, high = np.where(still, middle, low), np.where(still, high, middle)
        near, far = places[low, edges], places[high, edges]
    return (near + far) / 2


def interpolated(scores: Floats) -> Borders:
    """Return where borders cross, from how strongly each region is present at each node, (r, v, u)."""
    labels = scores.argmax(axis=0)
    found = []
    for axis, size in ((2, scores.shape[2]), (1, scores.shape[1])):
        turned = np.moveaxis(scores, axis, 2)  # (r, lines, nodes)
        rows = turned.argmax(axis=0)
        first, second = rows[:, :-1], rows[:, 1:]
        here, there = turned[:, :, :-1], turned[:, :, 1:]
        lead, lag = (_pick(side, first) - _pick(side, second) for side in (here, there))
        with np.errstate(invalid="ignore", divide="ignore"):
            share = np.where(first == second, np.nan, lead / (lead - lag))
        share = np.where((first != second) & (lead == lag), 0.5, share)
        places = (np.arange(size - 1) + share) / (size - 1)
        found.append(places if axis == 2 else places.T)
    return Borders(labels, found[0], found[1])


def tiles(borders: Borders, *, longest: int | None = None) -> list[Tile]:
    """Return the pieces that cover the map: rows of whole cells, and parts of the cells that a border crosses."""
    labels = borders.labels
    v, u = (np.linspace(0.0, 1.0, size).tolist() for size in labels.shape)
    pure = ~_mixed(labels)
    pieces: list[Tile] = []
    for row in range(pure.shape[0]):
        column = 0
        while column < pure.shape[1]:
            if not pure[row, column]:
                pieces += [Tile(label, part, (row, column)) for label, part in _parts(borders, row, column)]
                column += 1
                continue
            end, last = column + 1, min(pure.shape[1], column + (longest or pure.shape[1]))
            while end < last and pure[row, end] and labels[row, end] == labels[row, column]:
                end += 1
            box = [(u[column], v[row]), (u[end], v[row]), (u[end], v[row + 1]), (u[column], v[row + 1])]
            pieces.append(Tile(int(labels[row, column]), box, (row, column)))
            column = end
    return pieces


def lines(borders: Borders) -> list[list[Point]]:
    """Return the borders as lines, each as long as it can be; they end at the rim or where three regions meet."""
    rows, columns = np.nonzero(_mixed(borders.labels))
    joints: dict[Point, list[Point]] = {}
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        crossings = [point for _, point in _rim(borders, row, column) if point]
        pairs = [(crossings[0], crossings[1])] if len(crossings) == 2 else [(c, _middle(crossings)) for c in crossings]
        for one, other in (pair for pair in pairs if pair[0] != pair[1]):
            joints.setdefault(one, []).append(other)
            joints.setdefault(other, []).append(one)
    ends = {point: len(others) for point, others in joints.items() if len(others) != 2}
    chains = [_walk(joints, point, ends) for point, count in ends.items() for _ in range(count)]
    loops = [_walk(joints, point, ends) for point in list(joints)]
    return [chain for chain in chains + loops if len(chain) > 1]


def _pick(scores: Floats, labels: Labels) -> Floats:
    """Return the score of each node's label, (lines, nodes)."""
    return np.asarray(np.take_along_axis(scores, labels[None], axis=0)[0])


def _mixed(labels: Labels) -> NDArray[np.bool_]:
    """Whether the corners of each cell differ, (v - 1, u - 1)."""
    first = labels[:-1, :-1]
    return np.asarray((labels[:-1, 1:] != first) | (labels[1:, 1:] != first) | (labels[1:, :-1] != first))


def _rim(borders: Borders, row: int, column: int) -> list[tuple[tuple[int, Point], Point | None]]:
    """Return the corners of a cell in order, each with the crossing between it and the next, if there is one."""
    v, u = (np.linspace(0.0, 1.0, size) for size in borders.labels.shape)
    left, right, low, high = float(u[column]), float(u[column + 1]), float(v[row]), float(v[row + 1])
    labels, across, up = borders.labels, borders.across, borders.up
    places = (
        ((row, column), (left, low), (float(across[row, column]), low)),
        ((row, column + 1), (right, low), (right, float(up[row, column + 1]))),
        ((row + 1, column + 1), (right, high), (float(across[row + 1, column]), high)),
        ((row + 1, column), (left, high), (left, float(up[row, column]))),
    )
    return [
        ((int(labels[node]), corner), None if np.isnan(crossing).any() else crossing)
        for node, corner, crossing in places
    ]


def _parts(borders: Borders, row: int, column: int) -> list[tuple[int, list[Point]]]:
    """Cut one cell: a part for each run of equal corners, up to the crossings and the point where they meet."""
    rim = _rim(borders, row, column)
    crossings = [point for _, point in rim if point]
    meeting = [_middle(crossings)] if len(crossings) > 2 else []
    start = next(i for i in range(4) if rim[i - 1][1])  # a corner behind a crossing
    parts: list[tuple[int, list[Point]]] = []
    outline: list[Point] = []
    for step in range(4):
        (label, corner), crossing = rim[(start + step) % 4]
        before = rim[(start + step - 1) % 4][1]
        outline += [before] if before else []
        outline.append(corner)
        if crossing:
            parts.append((label, [*outline, crossing, *meeting]))
            outline = []
    return parts


def _middle(points: list[Point]) -> Point:
    """Return the mean of some points."""
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)


def _walk(joints: dict[Point, list[Point]], start: Point, ends: Container[Point]) -> list[Point]:
    """Follow a line from a point to where it ends, and use it up."""
    chain = [start]
    while joints[chain[-1]] and (len(chain) == 1 or chain[-1] not in ends):
        here, following = chain[-1], joints[chain[-1]].pop()
        joints[following].remove(here)
        chain.append(following)
    return chain
