"""Where does a label fit into a region? The roomiest free place, or none."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray

from sim.drawing.parts import letters_wide
from sim.drawing.words import shown_lines
from sim.games.game import Floats

RASTER = 160
"""Cells along each side of the map on which places are looked for."""

_HEIGHT, _ROW, _LINE = 5.2, 0.34, 0.3
"""Inches: of a map without text around it, that a row of text around it costs, and of a line of text in it."""

_AIR = (1.5, 1.25, 1.08)
"""Room around a label, as a multiple of its size, that is tried; the most first."""

Free = NDArray[np.bool_]
Box = tuple[float, float]
Rectangle = tuple[float, float, float, float]
"""Left, low, right and high, in shares of the map."""


def letter_size(rows: int) -> Box:
    """Return how wide a letter and how high a line of text is, as shares of a map of a 16 : 9 figure."""
    return 0.0142, _LINE / max(_HEIGHT - rows * _ROW, 2 * _LINE)


def box_of(text: str, letter: Box) -> Box:
    r"""Return how wide and high a text is.

    >>> box_of("ab\nabcd", (0.01, 0.1))
    (0.04, 0.2)
    """
    return letter[0] * letters_wide(text), letter[1] * len(shown_lines(text))


def raster(labels: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the labels of a map's nodes on a raster of `RASTER` cells each way, that of the nearest node in each."""
    rows, columns = (np.rint((np.arange(RASTER) + 0.5) / RASTER * (size - 1)).astype(int) for size in labels.shape)
    return np.asarray(labels[rows[:, None], columns])


def without(free: Free, box: Rectangle) -> Free:
    """Return the same raster without a box."""
    left, low, right, high = (round(end * RASTER) for end in box)
    left_free = free.copy()
    left_free[max(low, 0) : max(high, 0) + 1, max(left, 0) : max(right, 0) + 1] = False
    return left_free


def without_lines(free: Free, lines: Iterable[Sequence[Box]]) -> Free:
    """Return the same raster without the cells that lines run through."""
    left_free = free.copy()
    for (u, v), (later_u, later_v) in chain.from_iterable(map(pairwise, lines)):
        steps = math.ceil(2 * RASTER * max(abs(later_u - u), abs(later_v - v))) + 1
        across, up = np.linspace((u, v), (later_u, later_v), steps).T
        cells = (np.clip((each * RASTER).astype(int), 0, RASTER - 1) for each in (up, across))
        left_free[tuple(cells)] = False
    return left_free


def roomiest(free: Free, boxes: Sequence[Box], *, near: Box | None = None) -> tuple[int, float, float] | None:
    """Return which of several boxes fits into the free cells of a map, and where its middle goes.

    It goes to the middle of the free cells, or as near to a place as it can.
    """
    if not free.any():
        return None
    rows, columns = np.nonzero(free)
    middle = np.array([np.median(columns), np.median(rows)]) + 0.5
    centre = middle if near is None else RASTER * np.array(near)
    for air in _AIR:
        for index, (width, height) in enumerate(boxes):
            wide, high = (int(np.ceil(size * air * RASTER)) for size in (width, height))
            lows, lefts = np.nonzero(_covered(free, wide, high) == wide * high)
            if len(lows):
                middles = np.stack([lefts + wide / 2, lows + high / 2], axis=1)
                best = middles[np.argmin(((middles - centre) ** 2).sum(axis=1))] / RASTER
                return index, float(best[0]), float(best[1])
    return None


def around(middle: Box, box: Box) -> Rectangle:
    """Return the ends of a box around a place."""
    (u, v), (wide, high) = middle, box
    return u - wide / 2, v - high / 2, u + wide / 2, v + high / 2


def seen_from(place: Box, boxes: Iterable[Rectangle]) -> Free:
    """Return the cells to which a straight line from a place runs through none of the boxes."""
    steps = (np.arange(RASTER) + 0.5) / RASTER
    across, up = np.meshgrid(steps - place[0], steps - place[1])  # from the place to each cell
    seen = np.ones((RASTER, RASTER), dtype=bool)
    for left, low, right, high in boxes:
        enters, leaves = np.zeros_like(across), np.ones_like(across)  # shares of the way within the box
        for way, near, far in ((across, left - place[0], right - place[0]), (up, low - place[1], high - place[1])):
            with np.errstate(divide="ignore", invalid="ignore"):
                ends = np.sort(np.stack([near / way, far / way]), axis=0)
            enters, leaves = np.fmax(enters, ends[0]), np.fmin(leaves, ends[1])
        seen &= ~(enters < leaves)
    return seen


def fits(free: Free, middle: Box, box: Box) -> bool:
    """Whether a box around a place covers free cells only."""
    left, low, right, high = around(middle, box)
    if min(left, low) < 0 or max(right, high) > 1:
        return False
    ends = [round(end * RASTER) for end in (low, high, left, right)]
    return bool(free[ends[0] : ends[1] + 1, ends[2] : ends[3] + 1].all())


def innermost(free: Free, region: Free) -> Box:
    """Return the middle of the largest square of free cells, or of the region if none is free."""
    free = free if free.any() else region
    side, places = 1, np.argwhere(free)
    while side < RASTER and len(found := np.argwhere(_covered(free, side + 1, side + 1) == (side + 1) ** 2)):
        side, places = side + 1, found
    low, left = places[len(places) // 2] + side / 2
    return float(left / RASTER), float(low / RASTER)


def _covered(free: Free, wide: int, high: int) -> Floats:
    """Return how many free cells a window covers, by its lower left corner; empty if it is larger than the map."""
    if wide > free.shape[1] or high > free.shape[0]:
        return np.zeros((0, 0))
    sums = np.pad(free.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
    return np.asarray(sums[high:, wide:] - sums[:-high, wide:] - sums[high:, :-wide] + sums[:-high, :-wide])
