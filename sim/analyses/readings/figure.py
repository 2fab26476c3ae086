"""How far does each reading move the answer? A row a reading, a dot for strikes and a ring for soldiers hit."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes

from sim.analyses.readings.analysis import TOLD, Reading, Readings
from sim.analyses.readings.words import hits_told, mean_of, readings_alt_text, readings_finding, strikes_told
from sim.drawing.parts import INK, MARGIN, PALE, colours, hall, letters_of, sign, title_at_margin, wrapped
from sim.drawing.steps import stands
from sim.telling.answer import Figure
from sim.telling.english import upper
from sim.telling.numbers import frequency

_TITLE_WIDTH, _BESIDE_WIDTH, _CAPTION_WIDTH = 66, 92, 96  # characters
_BESIDE_LINE, _NAMES = 25, 34  # height of a line beside the title, and of the names of the stances, in points
_MOST_LETTERS = 34  # of the names of all stances together that fit above the axis
_BETWEEN = 0.5  # of a row, over which its stances are spread
MOST_ROWS = 10  # that can be read from the back row: the central reading, and those that move the answer farthest
_SIZES = {"strike": 10, "casualties": 14}  # a dot is seen within a ring


def readings(result: Readings, *, ax: Axes | None = None) -> Axes:
    """Draw strikes and soldiers hit under each stance, in a row for each of the readings that move them farthest.

    Parameters
    ----------
    result : Readings
        From `sim.readings`.
    ax : Axes, optional
        Where to draw; a figure of its own if left out. `sim.figures.STYLE` has the looks.

    Returns
    -------
    Axes
        Lines labelled "strike:" and "casualties:" with the stance hold the dots and rings, in crises of 100; those
        labelled "central:" stand where the central reading has strikes.
    """
    axes, shown = hall(ax), drawn_readings(result)
    rows, inks = range(len(shown)), colours(result.stances)
    axes.set_ylim(len(rows) - 0.5, -0.7)
    axes.set_xlim(-1, 101)
    axes.set_yticks(rows, [each.said for each in shown])
    axes.set_xticks(range(0, 101, 25), ["never", "25", "50", "75", "always"])
    axes.grid(visible=False)
    stands(axes.hlines(rows, 0, 100, color=PALE, linewidth=1, zorder=0))
    for place, stance in enumerate(result.stances):
        side = _BETWEEN * (place - (len(result.stances) - 1) / 2) / max(len(result.stances) - 1, 1)
        _draw(axes, shown, stance, side=side, ink=inks[stance])
    _write_margins(axes, result, inks)
    return axes


def drawn_readings(result: Readings) -> list[Reading]:
    """Return the readings that are drawn, in their order: the central one and those that move an answer farthest."""
    central, *others = result.readings
    farthest = sorted(others, key=lambda each: -_moved(central, each, result.stances))[: MOST_ROWS - 1]
    return [central, *(each for each in others if each in farthest)]


def _moved(central: Reading, other: Reading, stances: Sequence[str]) -> float:
    """Return how far a reading moves strikes or hits under the stance under which it moves them most."""
    pairs = [[mean_of(each.figures[name], told) for each in (central, other)] for name in stances for told in TOLD]
    return max(
        (abs(after - before) for before, after in pairs if before is not None and after is not None), default=0.0
    )


def _draw(axes: Axes, drawn: Sequence[Reading], stance: str, *, side: float, ink: str) -> None:
    """Draw one stance: where the central reading has it, dots for strikes, rings for hits."""
    shown = [(row, each.figures[stance]) for row, each in enumerate(drawn)]
    looks: dict[str, Any] = {"color": ink, "linestyle": "none", "clip_on": False, "zorder": 3}
    central = shown[0][1].strike
    if central is not None:
        axes.axvline(100 * central, color=ink, linewidth=1.5, linestyle=":", zorder=1, label=f"central:{stance}")
    for outcome in TOLD:
        dots = [(100 * mean, row + side) for row, each in shown if (mean := mean_of(each, outcome)) is not None]
        line = axes.plot(*zip(*dots, strict=True), "o", label=f"{outcome}:{stance}", **looks)[0]
        line.set(markersize=_SIZES[outcome], markeredgewidth=2.0 if outcome == "casualties" else 0)
        line.set_markerfacecolor(ink if outcome == "strike" else "white")
        line.set_zorder(3 if outcome == "strike" else 2.5)


def _write_margins(axes: Axes, result: Readings, inks: dict[str, str]) -> None:
    """Write the finding above, whose dots these are, what they mean below, and what makes the figure repeatable."""
    beside = wrapped(upper(hits_told(result)), _BESIDE_WIDTH)
    lines = beside.count("\n") + 1 if beside else 0
    title_at_margin(axes, wrapped(strikes_told(result), _TITLE_WIDTH), pad=_NAMES + 8 + _BESIDE_LINE * lines)
    at_margin = functools.partial(
        axes.annotate, xycoords=("subfigure fraction", "axes fraction"), textcoords="offset points", color=INK
    )
    at_margin(beside, (MARGIN, 1), (0, _NAMES), va="bottom")
    is_long = sum(map(letters_of, result.stances)) > _MOST_LETTERS
    after: Any = ("subfigure fraction" if is_long else "axes fraction", "axes fraction")
    for stance in result.stances:
        place = ((MARGIN * is_long, 1.0), (0, 8)) if isinstance(after, tuple) else ((1.0, 0.0), (24, 0))
        after = axes.annotate(stance, place[0], place[1], xycoords=after, textcoords="offset points", va="bottom")
        after.set(color=inks[stance], weight="bold")
        stands(after)
    caption = (
        "Of 100 crises, with France held to the stance; where both sides err it chooses. Dots: Russia strikes; rings: "
        "it hits French soldiers. Dotted: strikes in the central reading."
    )
    if (many := len(drawn_readings(result))) < len(result.readings):
        caption += (
            f" {many} of {len(result.readings)} readings are drawn, those that move it most; the tables have all."
        )
    told = at_margin(wrapped(caption, _CAPTION_WIDTH), (MARGIN, 0), (0, -40), va="top")
    sign(axes, result.stamp(), under=told)


def figures(result: Readings) -> list[Figure]:
    """Return the readings with their table; nothing if no stance has a target."""
    if not result.stances:
        return []
    header = ("reading", "stance", "share", "strike", "casualties", "in_words", "command")
    told = (row | {"in_words": "" if row["strike"] is None else frequency(row["strike"])} for row in result.table())
    rows = [[row[name] for name in header] for row in told]
    finding, alt = readings_finding(result), readings_alt_text(result)
    return [Figure("readings", lambda axes: readings(result, ax=axes), finding, alt, header, rows)]
