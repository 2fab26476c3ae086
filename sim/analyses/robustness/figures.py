"""Which figures compare the stances? Their regrets, a strip each, and the beliefs that could overturn the ranking."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from sim.analyses.robustness import words
from sim.analyses.robustness.analysis import Robustness
from sim.analyses.robustness.ranking import Shift
from sim.analyses.robustness.regret import BARE, PAYOFF, PAYOFFS
from sim.crisis.parameters import label
from sim.drawing.parts import FAINT_INK, INK, MARGIN, PALE, colours, hall, lines_of, sign, title_at_margin, wrapped
from sim.drawing.steps import stands
from sim.telling.answer import Figure
from sim.telling.numbers import frequency, payoff

MOST_BELIEFS = 6
"""Lines that can be read from the back row: the beliefs nearest to a flip."""

_HALF = 0.16  # half the height of a tick, in rows
_MEAN_AT, _Q95_AT = -0.22, 0.22  # where the labels of mean and 95 % stand, in rows from the middle of the strip
_ROOM = 1.2  # right end of the axis, in largest regrets
_ROOM_RIGHT = 0.55  # share of the axis from which on labels of a strip stand left of their marks
_ROOM_LEFT = 0.4  # share of the axis left of "no lead" from which on a flip is labelled on that side
_NAME_WIDTH = 30  # characters of a line of a name
_MOST_LINES = 12  # of all names together
_COLUMN = 325  # points left of the axis where names, title and caption of the flips begin
_POINTS: dict[str, Any] = {"textcoords": "offset points"}
_ON_WHITE: dict[str, Any] = {"facecolor": "white", "edgecolor": "none", "pad": 1.0}
_ENDS = ("median_down", "lead_down", "median_up", "lead_up")
_FLIPS = ("parameter", "shift", "error", "median", "new_median", "overtaken_by", "effective", *_ENDS)


def figures(result: Robustness) -> list[Figure]:
    """Return both figures of a comparison, with what they draw; flips only if any belief was shifted."""
    marks = [
        (stance, f"hundredth {place + 1}", regret)
        for stance, strip in result.strips.items()
        for place, regret in enumerate(strip)
    ]
    numbers = result.regret[result.by]
    marks += [(stance, mark, each[mark]) for stance, each in numbers.items() for mark in ("mean", "q95", "max")]
    said = words.regret_finding(result), words.robustness_alt_text(result)
    header = "stance", "mark", "regret"
    regrets = Figure("regrets", lambda axes: robustness(result, ax=axes), *said, header, marks, kind="robustness")
    said, rows = (words.flips_finding(result), words.flips_alt_text(result)), list(map(_numbers, result.ranking.shifts))
    return [regrets, *([Figure("flips", lambda axes: flips(result, ax=axes), *said, _FLIPS, rows)] if rows else [])]


def _numbers(shift: Shift) -> list[object]:
    """Return what is drawn of one belief."""
    flip, ends = shift.flip, zip(shift.medians, shift.flip.leads, strict=True)
    told = [flip.parameter, flip.shift, flip.error, shift.median, shift.new_median, flip.overtaken_by, flip.effective]
    return [*told, *(number for end in ends for number in end)]


def robustness(result: Robustness, *, ax: Axes | None = None) -> Axes:
    """Draw how much each stance regrets, draw by draw, against the best stance of the same draw.

    Each pale tick stands for one in a hundred draws; a dot marks the mean, a bar the 95 % quantile, a ring the largest.

    Parameters
    ----------
    result : Robustness
        From `sim.robustness`.
    ax : Axes, optional
        Where to draw; a figure of its own if left out. The caller applies the looks, `sim.figures.STYLE`.

    Returns
    -------
    Axes
        Lines are labelled "mean:", "q95:" and "max:" with the stance's name; ticks are collections.
    """
    axes, shades = hall(ax), colours(result.stances)
    numbers = result.regret[result.by]
    furthest = max(each["max"] for each in numbers.values()) or 1.0
    axes.set_xlim(-0.012 * furthest, _ROOM * furthest)
    axes.set_ylim(len(numbers) - 0.45, -0.55)
    for row, stance in enumerate(numbers):
        ticks = axes.vlines(result.strips[stance], row - _HALF, row + _HALF, color=shades[stance], alpha=0.3)
        ticks.set(linewidth=2.5, zorder=2, label=f"strip:{stance}")
        _mark(axes, result, stance, row)
    axes.set_yticks(range(len(numbers)), [*numbers])
    for tick, (stance, each) in zip(axes.get_yticklabels(), numbers.items(), strict=True):
        tick.set(color=shades[stance], weight="bold", va="bottom")
        best = axes.annotate(f"best in {_of_100(each['best'])}", (1, 0), xycoords=tick, ha="right", va="top")
        best.set(color=shades[stance], weight="bold")
    axes.grid(visible=False)
    axes.grid(visible=True, axis="x")
    left, own = words.left_out(result.stances, result.struck), "on its own yardstick"
    unit = {PAYOFF: f"France's payoff, {own}", BARE: f"France's payoff without what a stance is worth in itself, {own}"}
    others = f" {left} left out: zero by construction, no finding." if left else ""
    others = f" {words.UKRAINE}." if result.by in PAYOFFS else others
    caption = (
        f"Regret: how far the stance falls short of the best one in the same draw, in "
        f"{unit.get(result.by, f'the probability of {result.by}')}. Each tick is one in a "
        f"hundred draws; ring: the largest of all, a single draw.{others}"
        + words.other_reading(result, words.regret_finding)
    )
    _tick(axes, result, words.plain)
    title_at_margin(axes, wrapped(words.regret_finding(result), 58), pad=14)
    place: dict[str, Any] = {"xycoords": ("subfigure fraction", "axes fraction"), "va": "top", "color": FAINT_INK}
    read = axes.annotate(wrapped(caption, 92), (MARGIN, 0), (0, -38), **place, **_POINTS)
    sign(axes, result.stamp(), under=read, right=(0.985, "subfigure fraction"))
    return axes


def _mark(axes: Axes, result: Robustness, stance: str, row: int) -> None:
    """Mark and label mean, 95 % quantile and largest regret of a stance."""
    mean, q95, most = (result.regret[result.by][stance][mark] for mark in ("mean", "q95", "max"))
    colour = colours(result.stances)[stance]
    looks: dict[str, Any] = {"color": colour, "linestyle": "none", "zorder": 4}
    axes.plot([mean], [row], "o", label=f"mean:{stance}", markeredgecolor="white", **looks)
    axes.plot([q95], [row], "|", label=f"q95:{stance}", markersize=44, markeredgewidth=6, **looks)
    axes.plot([most], [row], "o", label=f"max:{stance}", markersize=22, **looks)
    axes.get_lines()[-1].set(markerfacecolor="none", markeredgewidth=3.5)
    write: dict[str, Any] = {"color": colour, "zorder": 5}
    axes.text(mean, row + _MEAN_AT, f"mean {words.size(result, mean)}", va="bottom", ha=_side(axes, mean), **write)
    often = f"95 of 100 draws up to {words.size(result, q95)}"
    axes.text(q95, row + _Q95_AT, often, va="top", ha=_side(axes, q95), **write)
    axes.annotate(f"largest {words.size(result, most)}", (most, row), (16, 0), va="center", **_POINTS, **write)


def _side(axes: Axes, place: float) -> str:
    """Return to which side of a mark its label has room."""
    return "left" if place < _ROOM_RIGHT * axes.get_xlim()[1] else "right"


def _of_100(share: float) -> str:
    """Return a share of the draws."""
    return {"always": "all draws", "never": "no draw"}.get(text := frequency(share), text)


def _tick(axes: Axes, result: Robustness, text: Callable[[float], str]) -> None:
    """Put ticks at round values: payoffs as a text, probabilities as per cent."""
    low, high = axes.get_xlim()
    axes.set_xticks([tick for tick in MaxNLocator(6).tick_values(low, high) if low <= tick <= high])
    axes.xaxis.set_major_formatter(
        lambda tick, _: text(tick) if result.by in PAYOFFS else f"{words.plain(100 * tick)} %"
    )


def flips(result: Robustness, *, ax: Axes | None = None) -> Axes:
    """Draw what is left of the best stance's lead as each belief alone is shifted down and up; ValueError if none was.

    A line runs over the leads, from one end of the reach to the other; the numbers at its ends are the medians there.
    A ring marks a flip, with the median before and after.

    Parameters
    ----------
    result : Robustness
        From `sim.robustness`.
    ax : Axes, optional
        Where to draw; a figure of its own if left out. The caller applies the looks, `sim.figures.STYLE`.

    Returns
    -------
    Axes
        Lines are labelled "lead:" and "flip:" with the parameter's name.
    """
    shown = result.ranking.shifts[:MOST_BELIEFS]
    if not shown:
        raise ValueError(f"result must have shifted beliefs; {words.flips_finding(result)}")
    axes = hall(ax)
    shown = shown[: _MOST_LINES // max(2, *(lines_of(_name(each), _NAME_WIDTH) for each in shown))]
    leads = [lead for each in shown for lead in (*each.flip.leads, each.flip.least_lead)] + [result.ranking.lead, 0.0]
    low, high = min(leads), max(leads)
    room = high - low
    axes.set_xlim(low - 0.16 * room, high + 0.16 * room)
    axes.set_ylim(len(shown) - 0.4, -1.2)
    for row, each in enumerate(shown):
        _draw(axes, result, each, row)
    _write_frame(axes, result, shown)
    return axes


def _draw(axes: Axes, result: Robustness, shift: Shift, row: int) -> None:
    """Draw one belief."""
    flip, shades = shift.flip, colours(result.stances)
    ink = shades[result.ranking.best]
    least, most = min((*flip.leads, flip.least_lead)), max((*flip.leads, result.ranking.lead))
    axes.plot([least, most], [row, row], color=ink, linewidth=9, solid_capstyle="butt", label=f"lead:{flip.parameter}")
    down, up = flip.leads
    for lead, median, is_left in ((down, shift.medians[0], down <= up), (up, shift.medians[1], down > up)):
        side, align = (-8, "right") if is_left else (8, "left")
        written = axes.annotate(words.plain(median), (lead, row), (side, 0), **_POINTS, ha=align, va="center")
        written.set(color=INK, bbox=_ON_WHITE)
    if shift.new_median is not None and flip.overtaken_by is not None:
        hue = shades[flip.overtaken_by]
        axes.plot([0], [row], "o", label=f"flip:{flip.parameter}", markersize=20, zorder=5)
        axes.get_lines()[-1].set(color=hue, markerfacecolor="white", markeredgewidth=4)
        told = f"{words.plain(shift.new_median)}: {flip.overtaken_by} leads"
        low, high = axes.get_xlim()
        align = "left" if -low < _ROOM_LEFT * (high - low) else "right"
        written = axes.annotate(told, (0, row), (0, 12), **_POINTS, ha=align, va="bottom")
        written.set(color=hue, weight="bold", bbox=_ON_WHITE)


def _name(shift: Shift) -> str:
    """Return what stands beside the row of a belief."""
    return f"{label(shift.flip.parameter)}: now {words.plain(shift.median)}"


def _write_frame(axes: Axes, result: Robustness, shown: tuple[Shift, ...]) -> None:
    """Write names, the lead as it is, the line at which it is lost, and the margins."""
    bottom, top = len(shown) - 0.4, -0.75
    stands(axes.vlines(0, bottom, top, color=INK, linewidth=2, zorder=1))
    axes.vlines(result.ranking.lead, bottom, top, color=PALE, linewidth=2, zorder=0)
    stands(axes.text(0, -0.8, "lead lost", ha="right", va="bottom", color=INK))
    axes.text(result.ranking.lead, -0.8, "lead as it is", ha="left", va="bottom", color=FAINT_INK)
    for row, each in enumerate(shown):
        beside = axes.annotate(
            wrapped(_name(each), _NAME_WIDTH), (0, row), (-_COLUMN, 0), xycoords=("axes fraction", "data"), **_POINTS
        )
        beside.set(va="center", linespacing=1.0)
        stands(beside)
    axes.set_yticks([])
    axes.grid(visible=False)
    _tick(axes, result, payoff)
    unit = "in France's payoff" if result.by in PAYOFFS else f"in percentage points of {result.by}"
    unsure = any(each.flip.shift is None and each.flip.least_lead <= 0 for each in shown)
    caption = (
        f"Lead of {result.ranking.best} over the next best stance, {unit}, as one belief alone is shifted. At the "
        "ends: its median, shifted as far as these draws can tell. Ring: another stance takes over"
        f"{'; without a ring a loss is within its error' * unsure}."
        f"{words.flips_elsewhere(result)}"
    )
    axes.set_title(wrapped(words.flips_finding(result), 64), loc="left", x=-0.565, pad=14)
    place: dict[str, Any] = {"xycoords": "axes fraction", "va": "top", "color": FAINT_INK, **_POINTS}
    sign(axes, result.stamp(), under=axes.annotate(wrapped(caption, 94), (0, 0), (-_COLUMN, -36), **place))
