"""What stands on a regime map besides its regions? Contours, break-even lines and the baseline."""

from __future__ import annotations

import math
from itertools import chain, product
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.text import Text

from sim.analyses.regimes import placing
from sim.analyses.regimes.borders import Point, lines
from sim.analyses.regimes.placing import RASTER, Box, Free, Rectangle
from sim.analyses.regimes.regime_map import RegimeMap
from sim.drawing.parts import INK, apart
from sim.drawing.steps import stands
from sim.drawing.words import in_lines
from sim.games.game import Floats
from sim.telling.numbers import frequency

_LEVELS = 6  # contours at most
_OFF = 1 + 1e-9  # least ratio of a contour's level and the ends of what is drawn
_BESIDE, _ABOVE = 4, 1.6  # room for a contour's label: letters more than it has, and lines high
_FROM_LINE = (0.75, 1.0, 1.3, 1.7, 2.2, 2.8)  # distances of a label from its line that are tried, in lines of text
_RIM = 0.004  # distance from the rim of the map at which a line ends there
_LAST = 0.82  # place from which on the baseline's label is before it if neither side is clear
_ROWS = 6  # lines of text around the map, for the size of labels drawn before they are counted
_STYLES = {"cautious": (0, (1, 1.2)), "opportunist": (0, (5, 2))}


def draw_contours(axes: Axes, found: RegimeMap, free: Free, *, letter: Box, shades: list[str]) -> bool:
    """Draw contours of the outcome asked for, those with room for a label, by region where it jumps; any at all?"""
    if found.question.outcome is None:
        return False
    before = len(axes.lines)
    levels, cells = contour_levels(found.outcome), placing.raster(found.borders.labels)
    jumps = found.draws is None and found.question.doctrine is None
    for index, shade in enumerate(shades if jumps else ["white"]):
        layer = found.borders.labels == index if jumps else np.ones_like(found.borders.labels, dtype=bool)
        room = free & (cells == index) if jumps else free
        for level in levels:
            for path in _contour(axes, np.ma.array(found.outcome, mask=~layer), level):
                text = frequency(level)
                box = letter[0] * (len(text) + _BESIDE), letter[1] * _ABOVE
                place = next((each for each in _from_the_middle(path) if placing.fits(room, each, box)), None)
                if place is None or not (layer.any(axis=0).sum() > 1 < layer.any(axis=1).sum()):
                    continue
                axes.plot(*found.valued(path).T, color=INK, linewidth=1.2, alpha=0.6, zorder=3)
                write_inside(axes, place, text, shade if jumps else None)
                room = placing.without(
                    room, placing.around(place, (2 * box[0], 2 * box[1]))
                )  # twice as far from the next label
    return len(axes.lines) > before


def _contour(axes: Axes, values: Floats, level: float) -> list[list[Point]]:
    """Return the longest line on which values equal a level, if there is one, in shares of the map."""
    v, u = (np.linspace(0.0, 1.0, size) for size in values.shape)
    drawn = axes.contour(u, v, values, [level])
    drawn.remove()
    paths = [[(float(x), float(y)) for x, y in segment] for segment in drawn.allsegs[0]]
    return sorted((path for path in paths if len(path) > 1), key=len)[-1:]


def _from_the_middle(path: list[Point]) -> list[Point]:
    """Return the points of a path, those in its middle first."""
    order = sorted(range(len(path)), key=lambda i: abs(i - len(path) / 2))
    return [path[i] for i in order]


def contour_levels(values: Floats) -> list[float]:
    """Return a few round probabilities between the least and the most."""
    positive = values[values > 0]
    if not positive.size:
        return []
    low, high = float(positive.min()), float(positive.max())
    decades = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    for digits in ((1, 2, 5), (1, 1.5, 2, 3, 4, 5, 6, 8)):
        inside = [d * 10.0**e for e in decades for d in digits if low * _OFF < d * 10.0**e < high / _OFF]
        if len(inside) > 1:
            break
    step = math.ceil(len(inside) / _LEVELS) if inside else 1
    return [float(f"{level:.3g}") for level in inside[::step]]


def draw_break_even(axes: Axes, found: RegimeMap) -> tuple[bool, list[Rectangle]]:
    """Draw where each type of Russia breaks even, and say whose line it is: at its end above the map, or beside it.

    Return whether any text is above, and the boxes that labels on the map take.
    """
    event = "strikes in half of draws" if found.draws else "breaks even"
    top: dict[str, float] = {}
    taken: list[Rectangle] = []
    for kind, style in _STYLES.items():
        for line in found.lines[kind]:
            axes.plot(*found.valued(line).T, color=INK, linewidth=3, linestyle=style, zorder=4, label=kind)
        longest = max(found.lines[kind], key=lambda line: len(line), default=[])
        ends = sorted(longest[:1] + longest[-1:], key=lambda end: (end[1] > 1 - _RIM, end[0]))
        if ends and ends[-1][1] > 1 - _RIM:
            top[kind] = ends[-1][0]
        elif ends:
            taken.append(_label_beside(axes, found, longest, in_lines(f"{kind} {event}", str), taken))
    half = 0.5 * placing.box_of(f"opportunist {event}", placing.letter_size(0))[0]
    for kind, u in zip(top, apart(list(top.values()), 2 * half, low=half, high=1 - half), strict=True):
        _write(axes, f"{kind} {event}", (u, 1.0), (0, 6), ha="center", va="bottom")
    return bool(top), taken


def _label_beside(axes: Axes, found: RegimeMap, line: list[Point], text: str, taken: list[Rectangle]) -> Rectangle:
    """Write beside a line, clear of all lines and of the baseline if there is room; return the box the label takes."""
    letter, on_line = placing.letter_size(_ROWS), _from_the_middle(line)
    box = placing.box_of(text, letter)
    tried = product(_FROM_LINE, on_line, (1, -1))
    places = [*((u, v + side * far * box[1]) for far, (u, v), side in tried), *on_line]
    anywhere, off_lines = unwritten(found, letter, taken)
    grounds = (placing.without_lines(off_lines, lines(found.borders)), off_lines, anywhere)
    spots = (each for free in grounds for each in places if placing.fits(free, each, box))
    place = next(spots, line[len(line) // 2])
    write_inside(axes, place, text, None)
    return placing.around(place, box)


def unwritten(found: RegimeMap, letter: Box, taken: list[Rectangle]) -> tuple[Free, Free]:
    """Return where there is neither the baseline nor another label, and where there is no break-even line either."""
    free = np.ones((RASTER, RASTER), dtype=bool)
    for box in (baseline_box(found, letter), *taken):
        free = placing.without(free, box)
    return free, placing.without_lines(free, chain.from_iterable(found.lines.values()))


def write_inside(axes: Axes, place: Point, text: str, ground: str | None, *, to: Point | None = None) -> None:
    """Write on the map, on a ground that hides thin lines: of a colour, or whitish; with a line to another place."""
    look = {"boxstyle": "square,pad=0.1", "facecolor": ground or "white", "edgecolor": "none"}
    look["alpha"] = 1.0 if ground else 0.6  # type: ignore[assignment]
    written: dict[str, Any] = {"ha": "center", "va": "center", "color": "black", "bbox": look}
    if to is not None:  # over the grounds of other texts, and under its own
        leader = axes.plot(*zip(place, to, strict=True), color=INK, transform=axes.transAxes, label="_leader")[0]
        leader.set(linewidth=1.5, marker=".", markevery=[1], markersize=9, zorder=6.5)
    axes.text(*place, text, transform=axes.transAxes, zorder=6 if to is None else 7, **written)


def mark_baseline(axes: Axes, found: RegimeMap) -> None:
    """Mark the medians, if they are on the map."""
    u, v = found.x.home, found.y.home
    if not (0 <= u <= 1 and 0 <= v <= 1):
        return
    mark = axes.plot(*found.valued([(u, v)]).T, marker="o", color=INK, markeredgecolor="white", markersize=15, zorder=7)
    side, offset = ("left", 12) if _rightwards(found) else ("right", -12)
    stands(mark, _write(axes, "baseline", (u, v), (offset, 0), ha=side, va="center", weight="bold"))


def baseline_box(found: RegimeMap, letter: Box) -> Rectangle:
    """Return the box around the baseline and its label."""
    return _box_beside(found, letter, rightwards=_rightwards(found))


def _box_beside(found: RegimeMap, letter: Box, *, rightwards: bool) -> Rectangle:
    """Return the box around the baseline and its label on one side."""
    u, v = found.x.home, found.y.home
    label, high = placing.box_of("• baseline  ", letter)
    before, after = (letter[0], label) if rightwards else (label, letter[0])
    return u - before, v - 0.6 * high, u + after, v + 0.6 * high


def _rightwards(found: RegimeMap) -> bool:
    """Whether the baseline's label goes to its right: unless a border or the rim is there and none is to its left."""
    cells = placing.raster(found.borders.labels)
    for u, v in chain.from_iterable(chain.from_iterable(found.lines.values())):
        cells[min(int(v * RASTER), RASTER - 1), min(int(u * RASTER), RASTER - 1)] = -1
    clear = []
    for rightwards in (True, False):
        left, low, right, high = _box_beside(found, placing.letter_size(_ROWS), rightwards=rightwards)
        inside = cells[
            max(int(low * RASTER), 0) : int(high * RASTER) + 1, max(int(left * RASTER), 0) : int(right * RASTER)
        ]
        clear.append(left >= 0 and right <= 1 and len(np.unique(inside)) == 1)
    return clear[0] or (not clear[1] and found.x.home < _LAST)


def _write(axes: Axes, text: str, at: Point, offset: tuple[int, int], **look: str) -> Text:
    """Write beside a place, given in shares of the map; return what is written."""
    note = axes.annotate(text, at, offset, xycoords="axes fraction", textcoords="offset points", zorder=8)
    note.set(color=INK, **look)
    return note
