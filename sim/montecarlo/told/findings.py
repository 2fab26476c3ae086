"""Which findings of a run surprise, and how is a rare or an uncertain number shown? Four figures of one result."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.patches import Rectangle

from sim.drawing.parts import (
    FAINT_INK,
    INK,
    MARGIN,
    PALE,
    RULE,
    UnreadableError,
    colours,
    hall,
    sign,
    title_at_margin,
    wrapped,
)
from sim.drawing.steps import stands
from sim.montecarlo.result import Result
from sim.montecarlo.told import of_findings as words
from sim.telling.answer import Figure
from sim.telling.numbers import base_of, counts, frequency

DOTS = 50  # of a dot plot: each stands for 2 of 100 draws
MOST_ICONS = 1000  # squares that can be told apart
_TITLE_WIDTH, _CAPTION_WIDTH, _NAME_WIDTH = 64, 92, 32  # characters
_LARGEST, _SMALLER = 19, 6  # the largest of dots that may lie on each other, and how much smaller the smallest is
_BAR = 0.62  # height of a bar, in rows
_ACROSS = {100: 10, 1000: 40}  # squares in a row of an array
_COLUMNS = 40  # places across a dot plot
_NAMED_FROM = 0.7  # chance from which on the name of a stance may stand over its dots
_WIDE = 2.4  # how much wider than high the arrays may be


def promise(result: Result, *, ax: Axes | None = None) -> Axes:
    """Draw how often Russia strikes at a stance that is imposed on France, and at the same one that France chose.

    Parameters
    ----------
    result : Result
        From `sim.run`.
    ax : Axes, optional
        Where to draw; a figure of its own if left out. `sim.figures.STYLE` has the looks.

    Returns
    -------
    Axes
        One bar each, in a container labelled "imposed", "imposed where chosen" and "chosen".

    Raises
    ------
    ValueError
        If no stance leaves Russia a target, or France never chooses the one that is drawn.
    """
    axes, rows = hall(ax), words.promised(result)
    ink = colours(result.stances)[words.promising(result)]
    base = base_of(mean for mean, _ in rows.values())
    for row, (name, (mean, _)) in enumerate(rows.items()):
        fill = ink if name == "chosen" else "white"
        axes.barh(row, mean, _BAR, facecolor=fill, edgecolor=ink, linewidth=3, label=name, zorder=2)
    _rows_of_counts(axes, [(mean, said) for mean, said in rows.values()], base)
    return _framed(axes, result, words.promise_finding(result), words.promise_caption(result))


def exposure(result: Result, *, ax: Axes | None = None) -> Axes:
    """Draw strikes under each stance, as stated and with trainers equally exposed, in both readings of the worst case.

    Parameters
    ----------
    result : Result
        From `sim.run`.
    ax : Axes, optional
        Where to draw; a figure of its own if left out. `sim.figures.STYLE` has the looks.

    Returns
    -------
    Axes
        One line of dots a stance, with the stance's name as its label: a dot for each exposure and reading.

    Raises
    ------
    ValueError
        If fewer than two stances leave Russia a target.
    """
    axes, rows = hall(ax), words.exposed(result)
    inks, most = colours(result.stances), max(max(means.values()) for means in rows.values()) or 1.0
    base = base_of(mean for means in rows.values() for mean in means.values())
    places = list(range(len(rows)))
    for row, means in enumerate(rows.values()):
        axes.hlines(row, min(means.values()), max(means.values()), color=PALE, linewidth=6, zorder=1)
        for place, (stance, count) in enumerate(zip(means, counts(list(means.values()), base), strict=True)):
            number = axes.text(1.03 + 0.07 * place, row, count, transform=axes.get_yaxis_transform(), va="center")
            number.set(color=inks[stance], weight="bold")
    after: Any = "axes fraction"
    for stance in result.struck:
        at = ((0, 1), (0, 8)) if isinstance(after, str) else ((1, 0), (24, 0))
        after = axes.annotate(stance, *at, xycoords=after, textcoords="offset points", va="bottom")
        after.set(color=inks[stance], weight="bold")
        stands(after)
    for place, stance in enumerate(result.struck):  # smaller and smaller, so that dots on top of each other all show
        line = axes.plot([means[stance] for means in rows.values()], places, "o", label=stance, zorder=3)[0]
        line.set(color=inks[stance], markersize=_LARGEST - _SMALLER * place / max(len(result.struck) - 1, 1))
    axes.set_xlim(0, 1.08 * most)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_yticks(places, [wrapped(name, _NAME_WIDTH) for name in rows])
    _count_ticks(axes, most, base)
    return _framed(axes, result, words.exposure_finding(result), words.exposure_caption(result))


def icons(result: Result, outcome: str = "casualties", *, ax: Axes | None = None) -> Axes:
    """Draw of 100 crises, or 1,000, those that get so far: an array of squares for each stance with a target.

    Parameters
    ----------
    result : Result
        From `sim.run`.
    outcome : str
        A rung, or another outcome of the result.
    ax : Axes, optional
        Where to draw; a figure of its own if left out. `sim.figures.STYLE` has the looks.

    Returns
    -------
    Axes
        One collection of squares a stance, with the stance's name as its label; those that get so far are full.

    Raises
    ------
    ValueError
        If no stance leaves Russia a target, the outcome is none, or is so rare that of 1,000 crises none is drawn.
    """
    means = words.means_of(result, outcome)
    base = base_of(means.values())
    if base > MOST_ICONS:
        raise UnreadableError(words.too_rare(means, outcome, MOST_ICONS))
    axes, inks, across = hall(ax), colours(result.stances), _ACROSS[base]
    down, start = base // across, 0.0
    for stance, count in zip(means, words.whole(means, base), strict=True):
        squares = [Rectangle((start + place % across, place // across), 0.82, 0.82) for place in range(base)]
        fills = [inks[stance] if place < count else RULE for place in range(base)]
        axes.add_collection(PatchCollection(squares, facecolors=fills, edgecolors="none", label=stance))
        unfilled = PatchCollection(squares, facecolors=RULE, edgecolors="none", label="_empty", zorder=0)
        often = axes.text(start, -0.4, frequency(means[stance]), va="bottom", color=inks[stance], weight="bold")
        name = axes.annotate(stance, (0, 1), (0, 2), xycoords=often, textcoords="offset points", va="bottom")
        name.set(color=inks[stance], weight="bold")
        stands(axes.add_collection(unfilled), name)
        start += across * 1.25
    axes.set_xlim(-0.1, max(start - 0.25 * across, _WIDE * down))
    axes.set_ylim(down, -0.24 * down)
    axes.set(xticks=[], yticks=[])
    axes.set_axis_off()
    return _framed(axes, result, words.icons_finding(result, outcome), words.icons_caption(result, outcome, base))


def dots(result: Result, outcome: str = "strike", *, ax: Axes | None = None) -> Axes:
    """Draw how uncertain a probability is: 50 dots a stance, each for 2 of 100 draws.

    Parameters
    ----------
    result : Result
        From `sim.run`.
    outcome : str
        A rung, or another outcome of the result.
    ax : Axes, optional
        Where to draw; a figure of its own if left out. `sim.figures.STYLE` has the looks.

    Returns
    -------
    Axes
        One line of dots a stance, with the stance's name as its label: probability across, dots piled up.

    Raises
    ------
    ValueError
        If no stance leaves Russia a target, or the outcome is none.
    """
    means = words.means_of(result, outcome)
    axes, inks, foot = hall(ax), colours(result.stances), 0.0
    tallest = 0.0
    for stance in reversed(list(means)):
        quantiles = np.array(words.quantiles(result, stance, outcome, DOTS))
        places = np.rint(quantiles * _COLUMNS)
        piled = np.array([(places[:number] == place).sum() for number, place in enumerate(places)])
        axes.plot(places / _COLUMNS, foot + piled, "o", color=inks[stance], markersize=9, label=stance, zorder=3)
        stands(axes.axhline(foot - 0.7, color=PALE, linewidth=1.5, zorder=0, label="_floor"))
        tallest = foot + float(piled.max())
        above = foot + max(2.0, 0.8 + float(piled[places > _NAMED_FROM * _COLUMNS].max(initial=0)))
        stands(axes.text(1.0, above, stance, ha="right", va="bottom", color=inks[stance], weight="bold"))
        foot = max(tallest + 3.0, above + 7.0)
    axes.set_ylim(-1.2, foot)
    axes.set_xlim(-0.02, 1.02)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["never", "25 of 100", "50 of 100", "75 of 100", "always"])
    axes.set_yticks([])
    axes.grid(visible=False)
    return _framed(axes, result, words.dots_finding(result, outcome), words.dots_caption(result, outcome, DOTS))


def _rows_of_counts(axes: Axes, rows: list[tuple[float, str]], base: int) -> None:
    """Name rows, and write beside their bars how many cases of so many they stand for."""
    most = max(mean for mean, _ in rows) or 1.0
    for row, (count, (mean, _)) in enumerate(zip(counts([mean for mean, _ in rows], base), rows, strict=True)):
        number = axes.annotate(f"{count} of {base:,}", (mean, row), (10, 0), textcoords="offset points", va="center")
        number.set(color=INK, weight="bold")
    axes.set_xlim(0, 1.3 * most)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_yticks(range(len(rows)), [wrapped(said, _NAME_WIDTH) for _, said in rows])
    _count_ticks(axes, most, base)


def _count_ticks(axes: Axes, most: float, base: int) -> None:
    """Put a few round counts under a linear scale from 0."""
    step = next(size for size in (1, 2, 5, 10, 20, 25, 50) if base * most / size <= 6)
    ticks = range(0, int(base * most) + 1, step)
    axes.set_xticks([tick / base for tick in ticks], [f"{tick}" for tick in ticks])
    axes.set_xlabel(f"strikes in {base:,} crises", loc="left", fontsize="medium")
    axes.grid(visible=False, axis="y")
    axes.grid(visible=True, axis="x")


def _framed(axes: Axes, result: Result, title: str, caption: str) -> Axes:
    """Write the finding above, how to read it below, and what makes the figure repeatable in the corner."""
    below = (74 if axes.get_xlabel() else 40) if axes.axison else 12
    title_at_margin(axes, wrapped(title, _TITLE_WIDTH), pad=44 if axes.get_xlabel() else 16)
    write = functools.partial(axes.annotate, textcoords="offset points", va="top", color=FAINT_INK)
    at_margin = ("subfigure fraction", "axes fraction")
    told = write(wrapped(caption, _CAPTION_WIDTH), (MARGIN, 0), (0, -below), xycoords=at_margin)
    sign(axes, result.stamp(), under=told, right=(0.985, "subfigure fraction"))
    return axes


_DRAWN: dict[str, tuple[Callable[..., Axes], Callable[[Result], str]]] = {
    "promise": (promise, words.promise_alt_text),
    "exposure": (exposure, words.exposure_alt_text),
    "icons": (icons, words.icons_alt_text),
    "dots": (dots, words.dots_alt_text),
}


def figures(result: Result) -> list[Figure]:
    """Return those of the four that a result has: without a target, or a choice of it, there is none."""
    found = []
    for name, (draw, told) in _DRAWN.items():
        if alt := _told(result, told):
            found.append(Figure(name, functools.partial(_drawn, draw, result), alt.partition(". ")[0], alt))
    return found


def _told(result: Result, told: Callable[[Result], str]) -> str:
    """Return the text of a figure, nothing if there is no such figure."""
    try:
        return told(result)
    except ValueError:
        return ""


def _drawn(draw: Callable[..., Axes], result: Result, axes: Axes) -> Axes:
    """Draw one of the figures."""
    return draw(result, ax=axes)
