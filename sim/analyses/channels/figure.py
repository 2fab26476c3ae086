"""Why does ambiguity deter? A waterfall from one stance to another, a bar for each channel."""

from __future__ import annotations

import math
from itertools import accumulate

from matplotlib.axes import Axes

from sim.analyses.channels.result import Channels
from sim.analyses.channels.shapley import CHANNELS
from sim.analyses.channels.table import beside
from sim.analyses.channels.words import NOTHING, PAYOFF, by_size, channels_alt_text, crises, finding, reason, zero_parts
from sim.drawing.parts import FAINT_INK, INK, MARGIN, PALE, colours, hall, sign, title_at_margin, wrapped
from sim.drawing.steps import stands
from sim.telling.answer import Figure
from sim.telling.english import upper
from sim.telling.numbers import brief, half_width, payoff

_TITLE_WIDTH, _CAPTION_WIDTH = 60, 98  # characters
_BAR = 0.6  # height of a bar, in rows
_NUMBERS = 0.34  # room for the numbers beside the bars, as a share of their span
_COUNTED = {
    "strike": "strikes",
    "casualties": "strikes that hit",
    "retaliation": "French retaliations",
    "war": "NATO–Russia wars",
    "nuclear": "cases of nuclear use",
    "backdown": "French backdowns",
    "abandonment": "hits with allies absent",
}


def figures(result: Channels) -> list[Figure]:
    """Return the waterfall, with the ends and every part as its table."""
    step, header = result.step, ("channel", "in_words", "mean", "se")
    parts = [(name, reason(result, name), step.parts[name]) for name in CHANNELS]
    rows = [(result.start, "", step.before), *parts, (result.end, "", step.after)]
    numbers = [(name, words, each.mean, each.se) for name, words, each in rows]
    told = finding(result), channels_alt_text(result)
    return [Figure("channels", lambda axes: channels(result, ax=axes), *told, header, numbers)]


def channels(result: Channels, *, ax: Axes | None = None) -> Axes:
    """Draw what each channel adds on the way from one stance to another, the largest part first.

    The ends are in the colours of the stances. Between them a full bar lowers the outcome and a hollow one raises it;
    the order on the page is by size alone, since each part is an average over all orders.

    Parameters
    ----------
    result : Channels
        From `sim.channels`.
    ax : Axes, optional
        Where to draw; a figure of its own if left out. `sim.figures.STYLE` has the looks.

    Returns
    -------
    Axes
        One bar per end and per channel that does anything, in a container each, labelled by stance or channel.
    """
    axes, step, base = hall(ax), result.step, crises(result)
    acting = [name for name in by_size(result) if step.parts[name] != NOTHING]
    _scale(axes, result, acting)
    level, inks = step.before.mean, colours(result.stances)
    axes.barh(0, base * level, _BAR, color=inks[result.start], label=result.start, zorder=2)
    for row, name in enumerate(acting, 1):
        _part(axes, row, name, base * level, result=result)
        level += step.parts[name].mean
    last = len(acting) + 1
    axes.barh(last, base * step.after.mean, _BAR, color=inks[result.end], label=result.end, zorder=2)
    axes.vlines(base * level, last - 1 + _BAR / 2, last, color=PALE, linewidth=2, zorder=1)
    _write_margins(axes, result, len(acting))
    return axes


def _scale(axes: Axes, result: Channels, acting: list[str]) -> None:
    """Set the scales: rows from the top down, so many crises (or payoffs) from left to right."""
    step, base = result.step, crises(result)
    reached = accumulate((step.parts[name].mean for name in acting), initial=step.before.mean)
    levels = [0.0, step.after.mean, *reached]
    low, high = base * min(levels), base * max(levels)
    span = (high - low) or 1.0
    axes.set_xlim(low - (0.03 * span if low < 0 else 0.0), high + _NUMBERS * span)
    axes.set_ylim(len(acting) + 1.6, -0.6)
    axes.set_yticks(range(len(acting) + 2), [result.start, *(reason(result, name) for name in acting), result.end])
    axes.tick_params(axis="x", labelsize="medium")
    axes.grid(visible=False)
    stands(axes.axvline(0, color=PALE, linewidth=2, zorder=0))
    ticks = [tick for tick in axes.get_xticks() if low <= tick <= high]
    axes.set_xticks(ticks, [brief(tick) for tick in ticks])
    axes.set_xlabel(counted(result), loc="left", fontsize="medium")
    for row, label in ((0, result.start), (len(acting) + 1, result.end)):
        axes.get_yticklabels()[row].set(color=colours(result.stances)[label], weight="bold")


def _part(axes: Axes, row: int, name: str, level: float, *, result: Channels) -> None:
    """Draw one channel from where those above it have led, with its number and the mean of its parameter."""
    part, base = result.step.parts[name], crises(result)
    size = base * part.mean
    axes.vlines(level, row - 1, row + _BAR / 2, color=PALE, linewidth=2, zorder=1)
    fill = INK if size < 0 else "white"
    axes.barh(row, size, _BAR, left=level, facecolor=fill, edgecolor=INK, linewidth=2.5, label=name, zorder=3)
    _number(axes, row, max(level, level + size), _signed(size, base * half_width(part.se), result.outcome))


def _number(axes: Axes, row: int, place: float, text: str) -> None:
    """Write a number to the right of its bar."""
    behind = {"facecolor": "white", "edgecolor": "none", "pad": 1}  # so that no line runs through it
    axes.annotate(text, (place, row), (10, 0), textcoords="offset points", va="center", color=INK, bbox=behind)


def _signed(size: float, error: float, outcome: str) -> str:
    """Return a part and the half-width of its interval, in what the axis counts."""
    digits = 2 if outcome == PAYOFF else 1
    text = f"{size:+.{digits}f}".replace("-", "−")
    upwards = math.ceil(error * 10**digits) / 10**digits  # never less than it is
    return f"{text if float(text[1:]) else text[1:]} ± {upwards:.{digits}f}"


def counted(result: Channels) -> str:
    """Return what the axis counts, with its unit."""
    if result.outcome == PAYOFF:
        return "France’s payoff, in units of what folding costs it"
    return f"{_COUNTED[result.outcome]} in {crises(result):,} crises"


def _write_margins(axes: Axes, result: Channels, acting: int) -> None:
    """Write the ends' values, the finding above, and below it what the bars are and what they leave out."""
    step, base = result.step, crises(result)
    for row, each in ((0, step.before), (acting + 1, step.after)):
        value = payoff(each.mean) if result.outcome == PAYOFF else f"{base * each.mean:.0f} of {base:,}"
        _number(axes, row, max(0.0, base * each.mean), value)
    caption = (
        "France being held to each stance. Full bars lower the outcome, hollow ones raise it: what each "
        f"change adds, averaged over all orders. ±: numerical error, rounded up. {beside(result)}"
    )
    title_at_margin(axes, wrapped(finding(result), _TITLE_WIDTH), pad=14)
    text = wrapped(" ".join([caption, *(f"{upper(each)}." for each in zero_parts(result))]), _CAPTION_WIDTH)
    at_margin = ("subfigure fraction", "axes fraction")
    read = axes.annotate(text, (MARGIN, 0), (0, -62), xycoords=at_margin, textcoords="offset points", va="top")
    read.set_color(FAINT_INK)
    sign(axes, result.stamp(), under=read)
