"""Where does the crisis tip? Flat regions of equal play over two parameters, with the baseline among them."""

from __future__ import annotations

import functools
import textwrap
from dataclasses import dataclass
from functools import partial

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_hex, to_rgb
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

from sim.analyses.regimes import placing, words
from sim.analyses.regimes.axes import Axis
from sim.analyses.regimes.borders import Point, lines
from sim.analyses.regimes.figure_marks import (
    baseline_box,
    draw_break_even,
    draw_contours,
    mark_baseline,
    unwritten,
    write_inside,
)
from sim.analyses.regimes.kinds import Regime
from sim.analyses.regimes.placing import Box, Free, Rectangle
from sim.analyses.regimes.regime_map import RegimeMap
from sim.crisis.parameters import STANCES, label
from sim.drawing.parts import FAINT_INK, INK, colours, hall, sign, wrapped
from sim.drawing.steps import stands
from sim.drawing.words import in_lines, shown_lines
from sim.telling.answer import Figure
from sim.telling.english import upper
from sim.telling.numbers import frequency

_MIXED = {
    ("ambiguous", "commit"): "#E69F00",
    ("rule_out", "ambiguous"): "#56B4E9",
    ("rule_out", "commit"): "#CC79A7",
    ("rule_out", "ambiguous", "commit"): "#009E73",
}
"""Colours where several of the three stances of the baseline are sent; others are mixed from those of the stances."""

_TINTS = (0.16, 0.34, 0.5, 0.25, 0.42, 0.1)  # strength of a colour: the more of Russia strikes, the stronger
_PALEST = 0.3  # share of its strength that a colour keeps where next to no draw agrees
_WRAPS = (60, 34, 26, 20, 15, 12)  # widths at which a label is tried, in letters
_TITLE_WIDTH, _CAPTION_WIDTH = 66, 96
_SLIVER = 0.001  # share of the map below which a region goes without a name
_SPOT = (0.02, 0.04)  # around the place that a line leads to, as shares of the map: no label may hide it
_LEFT = -0.07  # where title and caption begin, as a share of the map


def figures(found: RegimeMap) -> list[Figure]:
    """Return the map, with the regime at each node as its table."""
    table = found.table()
    said, rows = (words.regimes_finding(found), words.regimes_alt_text(found)), [tuple(row.values()) for row in table]
    return [Figure("regimes", lambda axes: regimes(found, ax=axes), *said, tuple(table[0]), rows)]


def regimes(found: RegimeMap, *, ax: Axes | None = None) -> Axes:
    """Draw the kinds of play over two parameters; the title is the finding, the nearest border to the baseline.

    Colours are the signals that are sent (blue ambiguous, vermillion commit, grey rule_out, others for other stances
    and where several are), the stronger the more of Russia strikes; over draws, the paler the fewer draws agree.

    Parameters
    ----------
    found : RegimeMap
        From `sim.sweep` or `sim.sweep_draws`.
    ax : Axes, optional
        Where to draw; a figure of its own if left out. The caller applies the looks, `sim.figures.STYLE`.

    Returns
    -------
    Axes
        One collection of polygons per regime, with its name as label.
    """
    axes = hall(ax)
    _scale(axes, found)
    shades = _fill(axes, found)
    for line in lines(found.borders):
        axes.plot(*found.valued(line).T, color=FAINT_INK, linewidth=1.2, zorder=2)
    on_top, taken = draw_break_even(axes, found)
    mark_baseline(axes, found)
    title = wrapped(words.regimes_finding(found), _TITLE_WIDTH)
    notes = shown_lines(wrapped(_caption(found), _CAPTION_WIDTH))
    letter = placing.letter_size(len(shown_lines(title)) + on_top + len(notes))
    _, free = unwritten(found, letter, taken)
    places, left_out = _placed(found, letter, free)
    for each in places:
        write_inside(axes, each.place, each.text, shades[each.index] if found.draws is None else None, to=each.target)
        free = placing.without(free, each.box)
    contours = draw_contours(axes, found, free, letter=letter, shades=shades)
    _write_margins(axes, found, title, _caption(found, contours=contours, left_out=left_out), on_top=on_top)
    return axes


def tint(regime: Regime, taken: list[str]) -> str:
    """Return a pale colour for a regime that is not taken: its hue from the signals sent, its strength from Russia."""
    hue = _hue(regime)
    strikers = sum(set(levels) != {"never"} for levels in regime.strikes)
    strengths = [_TINTS[strikers], *_TINTS]
    shades = [faded(hue, strength) for strength in strengths]
    return next((shade for shade in shades if shade not in taken), shades[0])


def _hue(regime: Regime) -> str:
    """Return the colour of the signals that are sent."""
    own = colours(regime.stances.names)
    if len(regime.sent) == 1:
        return own[regime.sent[0]]
    parts = [to_rgb(own[stance]) for stance in regime.sent]
    known = _MIXED.get(regime.sent) if set(own) <= {*STANCES} else None
    red, green, blue = (sum(each) / len(parts) for each in zip(*parts, strict=True))
    return known or to_hex((red, green, blue))


def faded(colour: str, strength: float) -> str:
    """Return a colour mixed with white."""
    return "#" + "".join(f"{round(255 * (1 - strength * (1 - part))):02x}" for part in to_rgb(colour))


def _scale(axes: Axes, found: RegimeMap) -> None:
    """Set both axes: their ranges, scales and names in words."""
    for axis, side in ((found.x, axes.xaxis), (found.y, axes.yaxis)):
        if axis.log:
            (axes.set_xscale if axis is found.x else axes.set_yscale)("log")
            side.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0)))
            side.set_minor_locator(NullLocator())
        side.set_major_formatter(FuncFormatter(lambda value, _: words.plain(value)))
    axes.set_xlim(found.x.low, found.x.high)
    axes.set_ylim(found.y.low, found.y.high)
    axes.grid(False)
    axes.tick_params(axis="x", pad=9)
    axes.set_xlabel(f"{_named(found.x)} →")


def _named(axis: Axis) -> str:
    """Return what an axis shows."""
    return upper(label(axis.name))


def _fill(axes: Axes, found: RegimeMap) -> list[str]:
    """Fill each region with its colour, over draws the paler the fewer agree; return the colours."""
    taken: list[str] = []
    corners = (found.presence[i : i - 1 or None, j : j - 1 or None] for i in (0, 1) for j in (0, 1))
    agreed = sum(corners, start=np.zeros(())) / 4 / found.presence.max()
    for index, regime in enumerate(found.regimes):
        taken.append(tint(regime, taken))
        mine = [tile for tile in found.tiles if tile.label == index]
        shades = [faded(taken[-1], _PALEST + (1 - _PALEST) * float(agreed[tile.cell])) for tile in mine]
        pieces = [found.valued(tile.corners) for tile in mine]
        axes.add_collection(
            PolyCollection(pieces, facecolors=shades, edgecolors=shades, linewidths=0.6, label=regime.name, zorder=1),
            autolim=False,
        )
    return taken


@dataclass(frozen=True)
class _Label:
    """What is written of a region, where, and to what inside of it a line leads if there is no room for it there."""

    index: int
    place: Point
    text: str
    box: Rectangle
    target: Point | None = None


def _placed(found: RegimeMap, letter: Box, free: Free) -> tuple[list[_Label], int]:
    """Return each region's label, inside or beside it, and how many regions there is no room to speak of."""
    cells = placing.raster(found.borders.labels)
    labels, narrow = [], []
    for index in range(len(found.regimes)):
        texts = _texts(found, index)
        fits = placing.roomiest(free & (cells == index), [placing.box_of(text, letter) for text in texts])
        if fits:
            which, *at = fits
            labels.append(_label(index, (at[0], at[1]), texts[which], letter))
        elif found.shares[index] >= _SLIVER:
            narrow.append(index)
    targets = {index: placing.innermost(free & (cells == index), cells == index) for index in narrow}
    for box in (*(each.box for each in labels), *(placing.around(at, _SPOT) for at in targets.values())):
        free = placing.without(free, box)
    for index in sorted(narrow, key=lambda each: -found.shares[each]):
        texts = _texts(found, index)
        boxes, near = [placing.box_of(text, letter) for text in texts], targets[index]
        seen = placing.seen_from(near, [baseline_box(found, letter), *(each.box for each in labels)])
        fits = placing.roomiest(free & seen, boxes, near=near) or placing.roomiest(free, boxes, near=near)
        if fits:
            which, *at = fits
            labels.append(_label(index, (at[0], at[1]), texts[which], letter, target=targets[index]))
            free = placing.without(free, labels[-1].box)
    return labels, len(found.regimes) - len(labels)


def _label(index: int, at: Point, text: str, letter: Box, *, target: Point | None = None) -> _Label:
    """Return a region's label around a place."""
    return _Label(index, at, text, placing.around(at, placing.box_of(text, letter)), target)


def _texts(found: RegimeMap, index: int) -> list[str]:
    """Return a region's label, wrapped to fewer and fewer letters a line."""
    regime, inside = found.regimes[index], found.borders.labels == index
    parts = [words.france_of(regime), words.russia_of(regime)]
    if found.draws:
        parts.append(words.of_draws(float(found.presence[inside].mean())))
    if found.question.outcome and not found.question.doctrine:
        least, most = (frequency(end) for end in (found.outcome[inside].min(), found.outcome[inside].max()))
        parts += [f"{found.question.outcome}: {least}"] * (least == most)
    one_line = in_lines("; ".join(parts), str)
    narrower = ["\n".join(in_lines(part, partial(textwrap.fill, width=width)) for part in parts) for width in _WRAPS]
    return [narrower[0], one_line, *narrower[1:]]


def _caption(found: RegimeMap, *, contours: bool = True, left_out: int = 0) -> str:
    """Return what the lines mean."""
    said = []
    if any(found.lines.values()):
        event = "Strikes in half of draws" if found.draws else "Breaks even: between strike and hold,"
        said.append(f"{event} if France is held to {found.stance}.")
    if found.question.outcome and contours:
        said.append(f"Thin lines: P({found.question.outcome}), {words.outcome_told(found)}.")
    if found.draws:
        said.append("Paler: fewer draws agree.")
    if found.question.play.concept == "quantal":
        said.append("Regions: what each type does most often.")
    if left_out:
        said.append(f"{left_out} of {len(found.regimes)} regions are too small to be named; the tables name all.")
    said.append(words.strikes_told(found))
    return " ".join(said)


def _write_margins(axes: Axes, found: RegimeMap, title: str, caption: str, *, on_top: bool) -> None:
    """Write the finding and the vertical axis above; below, what lines mean, and the provenance."""
    row = 27 * on_top
    axes.set_title(title, loc="left", x=_LEFT, pad=46 + row)
    note = functools.partial(axes.annotate, xycoords="axes fraction", textcoords="offset points")
    stands(note(f"↑ {_named(found.y)}", (_LEFT, 1), (0, 14 + row)))
    text = wrapped(caption, _CAPTION_WIDTH)
    sign(axes, words.map_provenance(found), under=note(text, (_LEFT, 0), (0, -64), va="top", color=INK))
