"""Which figures show what drives an answer? A row for each driver or parameter, with what it rests on at the right."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from sim.analyses.sensitivity import words
from sim.analyses.sensitivity.analysis import Sensitivity
from sim.analyses.sensitivity.drivers import Driver, Swing
from sim.analyses.sensitivity.words import footing, group_of, shown
from sim.drawing.parts import COLOURS, FAINT_INK, INK, MARGIN, PALE, apart, hall, sign, title_at_margin, wrapped
from sim.drawing.steps import stands
from sim.telling.answer import Figure
from sim.telling.numbers import brief

_UP, _DOWN = -0.16, 0.16  # places of the two dots of a driver, in rows
_ROOM = 0.2  # beyond the ends of the bars for their labels, as a share of what the bars span
_HEADER = -0.95  # where the heading of the marks stands, in rows above the first
_LEAST_ROWS = 4  # few rows stay as close as many
_TITLE_WIDTH, _CAPTION_WIDTH, _NAME_WIDTH = 64, 100, 28  # characters
_RIGHT = 0.985  # margin of the figure
_COUNT = re.compile(r"(?<=\d) (?=of |in |%)|(?<=\d of) (?=\d)|(?<=\d in) (?=\d)")  # "16 of 100" stays in one line
_INDICES = ("first", "first_low", "first_high", "total", "total_low", "total_high")
_SHARES = (
    "Share of the variance over what the scenario leaves open, with 95 % intervals. Hollow: explained alone (S1). "
    "Full: all that it has a part in (ST); shared with others, so these add up to over 100 %."
)


def figures(result: Sensitivity, outcome: str) -> list[Figure]:
    """Return the figures of drivers and of swings of one outcome, with the numbers that they draw."""
    found = shown(result.outputs[outcome])
    groups = ((driver, group_of(result, driver.name)) for driver in found.drivers)
    shares = [
        (driver.name, *driver.numbers.values(), footing(group), " ".join(group.evidence)) for driver, group in groups
    ]
    moved = [
        (swing.name, *swing.values, *swing.means, swing.error, footing(group_of(result, swing.name)))
        for swing in found.swings
    ]
    drivers = Figure(
        "sensitivity",
        lambda axes: sensitivity(result, outcome, ax=axes),
        finding=words.drivers_finding(result, outcome),
        alt=words.sensitivity_alt_text(result, outcome),
        header=("driver", *_INDICES, "rests_on", "evidence"),
        rows=shares,
    )
    swings = Figure(
        "tornado",
        lambda axes: tornado(result, outcome, ax=axes),
        finding=words.swing_finding(result, outcome),
        alt=words.tornado_alt_text(result, outcome),
        header=("parameter", "low", "high", "mean_at_low", "mean_at_high", "standard_error", "rests_on"),
        rows=moved,
    )
    return [drivers, swings]


def sensitivity(result: Sensitivity, outcome: str = "strike", *, ax: Axes | None = None) -> Axes:
    """Draw the first-order and the total index of the strongest drivers of one outcome.

    Parameters
    ----------
    result : Sensitivity
        From `sim.sensitivity`.
    outcome : str
        A key of `result.outputs`.
    ax : Axes, optional
        Where to draw; a figure of its own if left out. `sim.figures.STYLE` has the looks.

    Returns
    -------
    Axes
        Two lines of dots, "alone" and "in all", one dot for each driver, the strongest on top.
    """
    axes, colour = hall(ax), COLOURS.get(result.doctrine, INK)
    drivers, title = shown(result.outputs[outcome], words.MOST_DRAWN).drivers, words.drivers_finding(result, outcome)
    if not drivers:
        return _say_nothing(axes, result, title, words.why_nothing(result, outcome))
    for row, driver in enumerate(drivers):
        for share, side in ((driver.first, _UP), (driver.total, _DOWN)):
            axes.hlines(row + side, share.low, share.high, color=colour, alpha=0.45, linewidth=3, zorder=2)
    alone, in_all = [driver.first.share for driver in drivers], [driver.total.share for driver in drivers]
    for label, shares, side, fill in (("alone", alone, _UP, "white"), ("in all", in_all, _DOWN, colour)):
        _dots(axes, shares, [row + side for row in range(len(drivers))], label=label, colour=colour, fill=fill)
    every = [share for driver in drivers for share in (driver.first, driver.total)]
    low, high = min(share.low for share in every), max(share.high for share in every)
    axes.set_xlim(min(0.0, low) - 0.02 * high, high * 1.04)
    _tick(axes, 5, words.share_text)
    stands(axes.axvline(0, color=PALE, linewidth=2, zorder=1, label="_zero"))
    _name_dots(axes, drivers[0], colour)
    _lay_rows(axes, result, [driver.name for driver in drivers])
    return _write_margins(axes, result, title=title, caption=_SHARES)


def tornado(result: Sensitivity, outcome: str = "strike", *, ax: Axes | None = None) -> Axes:
    """Draw the mean of one outcome with each parameter at its low and at its high value, the others drawn.

    Parameters
    ----------
    result : Sensitivity
        From `sim.sensitivity`.
    outcome : str
        A key of `result.outputs`.
    ax : Axes, optional
        Where to draw; a figure of its own if left out. `sim.figures.STYLE` has the looks.

    Returns
    -------
    Axes
        Two lines of dots, "low" and "high", one dot for each parameter, the widest swing on top.
    """
    axes, colour = hall(ax), COLOURS.get(result.doctrine, INK)
    found, title = shown(result.outputs[outcome], words.MOST_DRAWN), words.swing_finding(result, outcome)
    if not found.swings:
        return _say_nothing(axes, result, title, words.why_nothing(result, outcome))
    for row, swing in enumerate(found.swings):
        axes.hlines(row, min(swing.means), max(swing.means), color=colour, alpha=0.28, linewidth=16, zorder=2)
        _write_values(axes, row, swing, colour)
    lows, highs = zip(*(swing.means for swing in found.swings), strict=True)
    for label, means, fill in (("low", lows, "white"), ("high", highs, colour)):
        _dots(axes, means, range(len(means)), label=label, colour=colour, fill=fill)
    low, high = min(lows + highs), max(lows + highs)
    axes.set_xlim(low - _ROOM * (high - low), high + _ROOM * (high - low))
    _tick(axes, 4, _of_payoff if outcome == "france_payoff" else _of_chance)
    axes.axvline(found.mean, color=FAINT_INK, linewidth=2, zorder=1, label="mean")
    mean = f"mean of all draws: {words.amount(found.mean, outcome)}"
    axes.text(found.mean, _HEADER, mean, ha="center", va="center_baseline", color=FAINT_INK, backgroundcolor="white")
    _lay_rows(axes, result, [swing.name for swing in found.swings])
    chance = "" if outcome == "france_payoff" else "Chance of "
    caption = (
        f"{chance}{words.EXPLAINED[outcome]}, mean of all draws, each parameter held at its 5 % quantile (hollow) and "
        "at its 95 % quantile (full), its values beside the dots. All others are drawn."
    )
    return _write_margins(axes, result, title=title, caption=caption)


def _dots(axes: Axes, places: Sequence[float], rows: Sequence[float], *, label: str, colour: str, fill: str) -> None:
    """Draw one dot in each row."""
    axes.plot(places, rows, "o", label=label, color=colour, markerfacecolor=fill, markeredgewidth=3, zorder=3)


def _tick(axes: Axes, most: int, text: Callable[[float], str]) -> None:
    """Put ticks at round values."""
    axes.xaxis.set_major_locator(MaxNLocator(most, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: text(value)))


def _name_dots(axes: Axes, strongest: Driver, colour: str) -> None:
    """Name the two dots above those of the strongest driver."""
    low, high = axes.get_xlim()
    wide = high - low
    alone = min(strongest.first.share, strongest.total.share)  # where both are about the same, noise decides
    places = apart([alone, strongest.total.share], 0.22 * wide, low=low + 0.1 * wide, high=high - 0.1 * wide)
    for place, text, weight in zip(places, ("alone", "in all"), ("normal", "bold"), strict=True):
        axes.text(place, _HEADER, text, ha="center", va="center_baseline", color=colour, weight=weight)


def _write_values(axes: Axes, row: int, swing: Swing, colour: str) -> None:
    """Write the parameter's value outside of either dot."""
    rising = swing.means[1] >= swing.means[0]
    for mean, value, left in zip(swing.means, swing.values, (rising, not rising), strict=True):
        side, align = (-14, "right") if left else (14, "left")
        label = axes.annotate(brief(value), (mean, row), (side, 0), textcoords="offset points", va="center")
        label.set(color=colour, horizontalalignment=align)


def _of_payoff(value: float) -> str:
    """Return the label of a round payoff."""
    return f"{value:.10g}".replace("-", "−")


def _of_chance(value: float) -> str:
    """Return the label of a round probability; there is none below 0."""
    return f"{100 * value:.10g} %" if value >= 0 else ""


def _lay_rows(axes: Axes, result: Sensitivity, names: Sequence[str]) -> None:
    """Set one row for each name, from the top, with what it rests on at the right."""
    axes.set_ylim(max(len(names), _LEAST_ROWS) - 0.4, _HEADER - 0.45)
    axes.set_yticks(range(len(names)), [_short(words.named(result, name)) for name in names])
    for name in axes.get_yticklabels():
        name.set_linespacing(1.0)
    axes.grid(visible=False, axis="y")
    axes.grid(visible=True, axis="x")
    beside = [(row, footing(group_of(result, name))) for row, name in enumerate(names)]
    for row, said in [*beside, (_HEADER, "rests on")]:
        ink, weight = (INK, "bold") if said == "assumption" else (FAINT_INK, "normal")
        at_right = ("axes fraction", "data")
        label = axes.annotate(said, (1, row), (14, 0), xycoords=at_right, textcoords="offset points", color=ink)
        label.set(va="center_baseline", weight=weight)
        stands(label)


def _short(name: str) -> str:
    """Return a driver's name in lines that fit beside its row; of several parameters the first, and how many more."""
    first, *others = name.split(" + ")
    more = f" + {len(others)} more" if others else ""
    return wrapped(f"{first}{more}", _NAME_WIDTH, most=2)


def _write_margins(axes: Axes, result: Sensitivity, *, title: str, caption: str) -> Axes:
    """Write the finding above, what the marks mean below, and what makes the figure repeatable in the corner."""
    _write_title(axes, title)
    text, at_left = wrapped(caption, _CAPTION_WIDTH), ("subfigure fraction", "axes fraction")
    below = axes.annotate(text, (MARGIN, 0), (0, -40), xycoords=at_left, textcoords="offset points", va="top")
    sign(axes, words.made(result), under=below, right=(_RIGHT, "subfigure fraction"))
    return axes


def _write_title(axes: Axes, title: str) -> None:
    """Write the title, no count of it broken."""
    glued = _COUNT.sub("\u00a0", title)
    title_at_margin(axes, wrapped(glued, _TITLE_WIDTH).replace("\u00a0", " "), pad=10)


def _say_nothing(axes: Axes, result: Sensitivity, title: str, why: str) -> Axes:
    """Write that there is nothing to draw."""
    axes.set(xticks=[], yticks=[])
    axes.set_axis_off()
    _write_title(axes, title)
    axes.text(0.0, 0.6, wrapped(why, _TITLE_WIDTH), transform=axes.transAxes)
    axes.text(1, 0, words.made(result), transform=axes.transAxes, ha="right", fontsize="x-small", color="#666666")
    return axes
