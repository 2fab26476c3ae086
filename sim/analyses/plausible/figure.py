"""Where does the model lie beside the record? Its ranges beside facts, on one log scale, a row per fact."""

from __future__ import annotations

import functools
import math
from dataclasses import replace

from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, NullLocator

from sim.analyses.plausible.analysis import CHOSEN, ComparedFact, Model, Plausibility
from sim.analyses.plausible.table import (
    OVER,
    drawn,
    drawn_finding,
    other_reading,
    plausible_alt_text,
    said_of,
    shown,
)
from sim.drawing.parts import INK, PALE, colours, hall, lines_of, sign, wrapped
from sim.drawing.steps import stands
from sim.telling.answer import Figure
from sim.telling.numbers import frequency, many

_SIDES = (0.2, -0.2)  # of a row's middle, in rows
_NO_CASE = "no case"
_COLUMNS = (
    "fact", "value", "low", "high", "worst_case", "stance", "mean", "q05", "q95", "draws_below", "draws_above",
    "verdict",
)  # fmt: skip
_MOST_DECADES = 7
_NEVER, _CLEAR = 1.1, 0.85  # where 0 stands, and how far ticks may come near it, in spans of the log scale
_BEFORE, _AFTER = 0.74, 0.82  # room for texts beside the scale, as shares of the scale
_TITLES, _FACT, _MODEL = 0.0, 0.692, (0.692, 0.887)  # where texts begin, as shares of the axes
_TITLE_WIDTH, _CAPTION_WIDTH, _NAME_WIDTH, _HEAD_WIDTHS = 63, 92, 26, (14, 12)  # characters
_LINE = 0.54  # height of a line, in rows


def figures(result: Plausibility) -> list[Figure]:
    """Return the figure of a run beside base rates; its table holds what is drawn, and play besides."""
    rows = [[row[name] for name in _COLUMNS] for row in replace(result, rows=tuple(shown(result))).table()]
    said = drawn_finding(result), plausible_alt_text(result)
    return [Figure("plausible", lambda axes: plausible(result, ax=axes), *said, _COLUMNS, rows)]


def plausible(result: Plausibility, *, ax: Axes | None = None) -> Axes:
    """Draw the model's ranges beside what has happened and what others expect.

    Black diamonds are facts, with their intervals; dots are the model's means under each stance, pale bars their 5-95 %
    ranges over draws. Rows run from where the means lie farthest below the fact to where they lie farthest above. The
    title is the finding.

    Parameters
    ----------
    result : Plausibility
        From `sim.plausibility`; facts with `shown` are drawn.
    ax : Axes, optional
        Where to draw; a figure of its own if left out. `sim.figures.STYLE` has the looks.

    Returns
    -------
    Axes
        One line of dots per stance, with the stance's name as its label, one of diamonds, "fact", and one of rings per
        stance, "other:" and its name, where the means are in the other reading of the worst case.

    Raises
    ------
    ValueError
        If no fact is to be shown.
    """
    rows = shown(result)
    if not rows:
        raise ValueError("facts must have one with shown = true; none has")
    axes = hall(ax)
    own = colours(result.struck) | {CHOSEN: INK}
    inks = {play: own[play] for play in drawn(result)}
    least = _scale(axes, rows, list(inks))
    for (play, colour), side in zip(inks.items(), _SIDES, strict=False):
        _draw_model(axes, rows, play, least, colour=colour, side=side)
    _draw_facts(axes, rows, least)
    for (play, colour), side in zip(inks.items(), _SIDES, strict=False):
        others = [row.readings[other_reading(result)][play] for row in rows]
        _draw_other_reading(axes, others, least, label=f"other:{play}", colour=colour, side=side)
    for place, row in enumerate(rows):
        _write_row(axes, -place, row, inks)
    across = axes.get_yaxis_transform()
    for (play, colour), where in zip(inks.items(), _MODEL, strict=False):
        named = wrapped(play, _HEAD_WIDTHS[where == _MODEL[1]])
        head = axes.text(where, 0.6, named, transform=across, va="bottom", color=colour)
        head.set(weight="bold", linespacing=1.0)
        stands(head)
    lines = [lines_of(play, width) for play, width in zip(inks, _HEAD_WIDTHS, strict=False)]
    top = 0.6 + _LINE * max(lines[0], lines[-1] - 1)  # the fact is above the first
    stands(axes.text(_FACT, top, "fact", transform=across, va="bottom", color=INK, weight="bold"))
    axes.set_ylim(-len(rows) + 0.5, top + _LINE)
    axes.set_yticks([])
    _write_margins(axes, result, len(rows))
    return axes


def _scale(axes: Axes, rows: list[ComparedFact], plays: list[str]) -> float:
    """Set the log scale, with room for texts on both sides; return its left end, where 0 is drawn."""
    means = [row.fact.value or 0.0 for row in rows]
    both = (models[play] for row in rows for models in row.readings.values() for play in plays)
    means += [model.mean for model in both if model]
    smallest = min((each for each in means if each > 0), default=0.1)
    decades = min(max(math.ceil(-math.log10(smallest) + 1e-9), 1), _MOST_DECADES)
    axes.set_xscale("log")
    never = decades * _NEVER
    axes.set_xlim(10.0 ** (-never * (1 + _BEFORE)), 10.0 ** (never * _AFTER))
    exponents = [each for each in range(0, decades + 1, math.ceil(decades / 3)) if each < _CLEAR * decades]
    axes.xaxis.set_major_locator(FixedLocator([10.0**-never, *(10.0**-exponent for exponent in exponents)]))
    axes.xaxis.set_minor_locator(NullLocator())
    names = ["always", *(f"1 in {many(10.0**exponent)}" for exponent in exponents if exponent)]
    axes.set_xticklabels(["never", *names], fontsize="medium")
    axes.grid(visible=True, axis="x")
    return float(10.0**-never)


def _draw_model(axes: Axes, rows: list[ComparedFact], play: str, least: float, *, colour: str, side: float) -> None:
    """Draw means and ranges of a way to play; nothing where the question does not arise."""
    places = [place for place, row in enumerate(rows) if row.models[play]]
    models = [model for row in rows if (model := row.models[play])]
    heights = [side - place for place in places]
    lows, highs = ([max(getattr(model, end), least) for model in models] for end in ("q05", "q95"))
    axes.hlines(heights, lows, highs, color=colour, alpha=0.25, linewidth=11, zorder=1)
    means = [max(model.mean, least) for model in models]
    axes.plot(means, heights, "o", color=colour, markersize=11, label=play, zorder=3)


def _draw_other_reading(
    axes: Axes, models: list[Model | None], least: float, *, label: str, colour: str, side: float
) -> None:
    """Draw rings where the means lie in the other reading of the worst case."""
    rings = [(max(model.mean, least), side - place) for place, model in enumerate(models) if model]
    means, heights = [mean for mean, _ in rings], [height for _, height in rings]
    drawn = axes.plot(means, heights, "o", color=colour, markersize=9, label=label, zorder=2.5)[0]
    drawn.set(markerfacecolor="white", markeredgewidth=2.0)


def _draw_facts(axes: Axes, rows: list[ComparedFact], least: float) -> None:
    """Draw facts as diamonds, and their intervals; a count of 0 at the left end."""
    heights = [-place for place in range(len(rows))]
    for height, row in zip(heights, rows, strict=True):
        if row.fact.interval:
            low, high = (max(end, least) for end in row.fact.interval)
            stands(axes.hlines(height, low, high, color=INK, linewidth=2.5, zorder=2))
        if height:
            stands(axes.hlines(height + 0.5, *axes.get_xlim(), color=PALE, linewidth=1, zorder=0))
    values = [max(row.fact.value or 0.0, least) for row in rows]
    stands(axes.plot(values, heights, "D", color=INK, markersize=10, label="fact", zorder=4))


def _write_row(axes: Axes, height: float, row: ComparedFact, colours: dict[str, str]) -> None:
    """Write what the fact is on the left of a row, and on its right the fact and both means as counts."""
    across = axes.get_yaxis_transform()
    write = functools.partial(axes.text, transform=across, va="center", in_layout=False)
    stands(write(_TITLES, height, wrapped(row.fact.title, _NAME_WIDTH), color=INK, linespacing=1.0))
    stands(write(_FACT, height + 0.23, said_of(row.fact), color=INK, weight="bold"))
    for (play, colour), place in zip(colours.items(), _MODEL, strict=False):
        model = row.models[play]
        write(place, height - 0.23, frequency(model.mean) if model else _NO_CASE, color=colour)


def _write_margins(axes: Axes, result: Plausibility, count: int) -> None:
    """Write the finding above, what the marks mean below, and what makes the figure repeatable in the corner."""
    drawn_of = f" ({len(_MODEL)} of {len(result.struck)} stances)" if len(result.struck) > len(_MODEL) else ""
    caption = (
        f"Black: {count} of {len(result.rows)} facts, counted above. Dots, bars: the model’s means and 5–95 % of "
        f"draws{drawn_of}; rings: worst case {OVER[other_reading(result)]}. None asks quite the same question."
    )
    axes.set_title(wrapped(drawn_finding(result), _TITLE_WIDTH), loc="left", pad=6)
    below = functools.partial(axes.annotate, xycoords="axes fraction", textcoords="offset points", va="top")
    sign(axes, result.stamp(), under=below(wrapped(caption, _CAPTION_WIDTH), (0, 0), (0, -32)))
