"""What does another scenario change? A row per rung and stance: the mean difference, and its range over draws."""

from __future__ import annotations

import functools
from itertools import product

from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, MaxNLocator

from sim.analyses.compare.analysis import Comparison
from sim.analyses.compare.paired import CHOSEN
from sim.analyses.compare.words import (
    clipped,
    comparison_alt_text,
    comparison_finding,
    drawn_rungs,
    file_name,
    from_to,
    short,
    shown,
    stamp,
    told,
)
from sim.drawing.parts import FAINT_INK, INK, PALE, colours, hall, letters_of, sign, wrapped
from sim.drawing.steps import stands
from sim.montecarlo.told.words import RUNGS
from sim.telling.answer import Figure
from sim.telling.numbers import frequency

_LONGEST_NAME = 11  # characters of a stance beside its row
_STANCE_WIDTH, _RUNG_WIDTH = (14, 11), 10  # of its label, and of a line of that of a rung
_LONGEST_RUNG = len("retaliation")
_STEP, _GAP = 1.0, 0.55  # from row to row, and between rungs
_LEAST_EDGE = 0.01  # end of the scale: one percentage point, or more
_MOST_TICKS = 4
_TITLE_WIDTH, _CAPTION_WIDTH = 66, 88  # characters
_UNIT = "percentage points per encounter, linear scale"
_BEFORE, _AFTER = 2.15, 2.3  # ends of the axes, in half-widths of the scale: room for texts beside the rows
_SCALE_AT = _BEFORE / (_BEFORE + _AFTER)  # where 0 stands, as a share of the axes
_NAME, _VALUES = 0.245, 0.745  # where these texts end and begin, as shares of the axes


def figures(result: Comparison) -> list[Figure]:
    """Return a figure for each scenario that is set against another, with the differences as its table."""
    drawn: list[Figure] = []
    header = ("stance", "rung", "difference", "q05", "q95", "before", "after")
    for number, label in enumerate(result.differences, start=1):
        rows = []
        for play, rung in product(shown(result, label), RUNGS):
            means = (frequency(result.figures[each][play][rung]["mean"]) for each in (result.scenario, label))
            change = result.differences[label][play][rung]
            rows.append((play, rung, change["mean"], change["q05"], change["q95"], *means))
        name = file_name(result, label)
        name = name if name not in [figure.name for figure in drawn] else f"{name}-{number}"
        said = comparison_finding(result, label), comparison_alt_text(result, label)
        draw = functools.partial(_drawn, result, label)
        drawn.append(Figure(name, draw, *said, header, rows, kind="comparison"))
    return drawn


def _drawn(result: Comparison, label: str, axes: Axes) -> Axes:
    """Draw one of the figures."""
    return comparison(result, label=label, ax=axes)


def comparison(result: Comparison, *, label: str | None = None, ax: Axes | None = None) -> Axes:
    """Draw what a scenario changes in another: paired differences of every rung under each stance.

    Dots are mean differences, pale bars their 5-95 % ranges over draws, on a scale that is logarithmic away from 0. The
    title is the finding, computed from the result.

    Parameters
    ----------
    result : Comparison
        From `sim.compare`.
    label : str, optional
        Which of the scenarios in `result.differences` to show; the first if left out.
    ax : Axes, optional
        Where to draw; a figure of its own if left out. `sim.figures.STYLE` has the looks.

    Returns
    -------
    Axes
        One line of dots per stance, with the stance's name as its label.

    Raises
    ------
    ValueError
        If there is no such label.
    """
    chosen = next(iter(result.differences)) if label is None else label
    if chosen not in result.differences:
        raise ValueError(f"label must be one of {', '.join(result.differences)}; it is {chosen!r}")
    axes = hall(ax)
    changes, plays = result.differences[chosen], list(shown(result, chosen))
    every = dict.fromkeys((*result.stances[result.scenario], *result.stances[chosen]))
    inks = colours(list(every)) | {CHOSEN: INK}
    rungs = drawn_rungs(result, chosen)
    places = {
        (rung, play): -(number * (len(plays) * _STEP + _GAP) + row * _STEP)
        for number, rung in enumerate(rungs)
        for row, play in enumerate(plays)
    }
    _scale(axes, [changes[play][rung][key] for rung, play in places for key in ("mean", "q05", "q95")])
    for play in plays:
        rows = [places[rung, play] for rung in rungs]
        means, lows, highs = ([changes[play][rung][key] for rung in rungs] for key in ("mean", "q05", "q95"))
        axes.plot(means, rows, "o", color=inks[play], label=play, zorder=3)
        axes.hlines(rows, lows, highs, color=inks[play], alpha=0.25, linewidth=11, zorder=1)
    write = functools.partial(axes.text, transform=axes.get_yaxis_transform(), va="center")
    width = _STANCE_WIDTH[max(map(letters_of, rungs)) > _RUNG_WIDTH]  # beside long names of rungs there is less room
    for (rung, play), place in places.items():
        name = wrapped(_named(play), width, most=1)
        stands(write(_NAME, place, name, ha="right", color=inks[play], linespacing=1.0))
        write(_VALUES, place, from_to(result, chosen, play, rung), color=inks[play], in_layout=False)
    for number, rung in enumerate(rungs):
        middle = (places[rung, plays[0]] + places[rung, plays[-1]]) / 2
        whole = letters_of(rung) <= _LONGEST_RUNG  # a name a little too long stays in one line
        lines = wrapped(rung, _LONGEST_RUNG if whole else _RUNG_WIDTH)
        stands(write(0, middle, lines, weight="bold", color=INK, linespacing=1.0))
        if number:
            stands(axes.axhline(places[rung, plays[0]] + (_STEP + _GAP) / 2, color=PALE, linewidth=1, zorder=0))
    stands(axes.axvline(0.0, color=FAINT_INK, linewidth=1.5, zorder=2))
    axes.set_ylim(min(places.values()) - 0.7, 0.7)
    axes.set_yticks([])
    _write_margins(axes, result, chosen)
    return axes


def _named(play: str) -> str:
    """Return what a row is called, cut if it is long."""
    name = "chosen" if play == CHOSEN else play
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def _scale(axes: Axes, differences: list[float]) -> None:
    """Set the scale of differences, in percentage points: linear, and never so fine that what is small looks large."""
    edge = max(_LEAST_EDGE, *map(abs, differences))
    axes.set_xlim(-_BEFORE * edge, _AFTER * edge)
    ticks = [
        tick for tick in MaxNLocator(_MOST_TICKS, steps=[1, 2, 5, 10]).tick_values(-edge, edge) if abs(tick) <= edge
    ]
    axes.xaxis.set_major_locator(FixedLocator(ticks))
    axes.set_xticklabels([f"{100 * tick:+.6g}".replace("-", "−") if tick else "0" for tick in ticks], fontsize="medium")
    axes.grid(visible=True, axis="x")


def _write_margins(axes: Axes, result: Comparison, label: str) -> None:
    """Write the finding above, what the marks mean below, and what makes the figure repeatable in the corner."""
    caption = (
        f"Dots: mean changes against {clipped(result.scenario)}; bars: 5–95 % of draws. Right: means, before → after. "
        "Chosen: France picks its stance."
    )
    if (rungs := len(drawn_rungs(result, label))) < len(RUNGS):
        caption += f" {rungs} of {len(RUNGS)} rungs are drawn; the tables have all."
    axes.set_title(wrapped(comparison_finding(result, label), _TITLE_WIDTH), loc="left", pad=8)
    below = functools.partial(axes.annotate, textcoords="offset points", va="top")
    stands(below(_UNIT, (_SCALE_AT, 0), (0, -36), xycoords="axes fraction", ha="center"))
    read = below(wrapped(caption, _CAPTION_WIDTH), (0, 0), (0, -72), xycoords="axes fraction")
    names = dict.fromkeys(told(short(result, each)) for each in (result.scenario, label))
    sign(axes, stamp(result, list(names)), under=read, right=(0.985, "subfigure fraction"))
