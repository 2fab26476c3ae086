"""Which belief could overturn the ranking? A line per belief: what is left of the lead as far as it can be shifted."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from sim.analyses.robustness.analysis import Robustness
from sim.analyses.robustness.ranking import Shift
from sim.analyses.robustness.regret import PAYOFF
from sim.analyses.robustness.words import flips_finding, moved, plain, stamp
from sim.drawing.parts import COLOURS, FAINT_INK, INK, PALE, hall, sign, wrapped
from sim.telling.numbers import payoff

MOST_BELIEFS = 6
"""Lines that can be read from the back row: the beliefs nearest to a flip."""

_ROOM_LEFT = 0.4  # share of the axis left of "no lead" from which on a flip is labelled on that side
_TITLE_WIDTH, _CAPTION_WIDTH = 60, 94  # characters
_POINTS: dict[str, Any] = {"textcoords": "offset points"}
_ON_WHITE: dict[str, Any] = {"facecolor": "white", "edgecolor": "none", "pad": 1.0}
_COLUMN = 325  # points left of the axis where names, title and caption begin
_LEFT = -0.565  # the same for the title, as a share of the axis


def flips(result: Robustness, *, ax: Axes | None = None) -> Axes:
    """Draw what is left of the best stance's lead as each belief alone is shifted down and up.

    A line runs over the leads, from one end of the reach to the other; the numbers at its ends are the medians there.
    A ring marks a flip, with the median before and after.

    Parameters
    ----------
    result : Robustness
        From `sim.robustness`.
    ax : Axes, optional
        Where to draw; a figure of its own if left out. The looks are those of `sim.figures.STYLE`, which the caller
        applies.

    Returns
    -------
    Axes
        Lines are labelled "lead:" and "flip:" with the parameter's name.

    Raises
    ------
    ValueError
        If no belief was shifted.

    Examples
    --------
    >>> import sim
    >>> axes = sim.figures.flips(sim.robustness(sim.load_scenario("macron-2024"), draws=4096))
    >>> axes.get_lines()[0].get_label()
    'lead:signal.rule_out.stance_value'
    """
    shown = result.ranking.shifts[:MOST_BELIEFS]
    if not shown:
        raise ValueError(f"result must have shifted beliefs; {flips_finding(result)}")
    axes = hall(ax)
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
    flip, ink = shift.flip, COLOURS[result.ranking.best]
    least, most = min((*flip.leads, flip.least_lead)), max((*flip.leads, result.ranking.lead))
    axes.plot([least, most], [row, row], color=ink, linewidth=9, solid_capstyle="butt", label=f"lead:{flip.parameter}")
    down, up = flip.leads
    for lead, median, is_left in ((down, shift.medians[0], down <= up), (up, shift.medians[1], down > up)):
        axes.annotate(
            plain(median),
            (lead, row),
            (-8 if is_left else 8, 0),
            **_POINTS,
            ha="right" if is_left else "left",
            va="center",
            color=INK,
            bbox=_ON_WHITE,
        )
    if flip.shift is not None and flip.overtaken_by is not None:
        hue = COLOURS[flip.overtaken_by]
        axes.plot([0], [row], "o", label=f"flip:{flip.parameter}", markersize=20, zorder=5)
        axes.get_lines()[-1].set(color=hue, markerfacecolor="white", markeredgewidth=4)
        told = f"{moved(shift)}: {flip.overtaken_by} leads"
        low, high = axes.get_xlim()
        side: dict[str, Any] = {"ha": "left"} if -low < _ROOM_LEFT * (high - low) else {"ha": "right"}
        label = axes.annotate(told, (0, row), (0, 12), **_POINTS, **side)
        label.set(color=hue, weight="bold", va="bottom", bbox=_ON_WHITE)


def _write_frame(axes: Axes, result: Robustness, shown: tuple[Shift, ...]) -> None:
    """Write names, the lead as it is, the line at which it is lost, and the margins."""
    by_payoff, best = result.by == PAYOFF, result.ranking.best
    bottom, top = len(shown) - 0.4, -0.75
    axes.vlines(0, bottom, top, color=INK, linewidth=2, zorder=1)
    axes.vlines(result.ranking.lead, bottom, top, color=PALE, linewidth=2, zorder=0)
    axes.text(0, -0.8, "lead lost", ha="right", va="bottom", color=INK)
    axes.text(result.ranking.lead, -0.8, "lead as it is", ha="left", va="bottom", color=FAINT_INK)
    for row, each in enumerate(shown):
        name = f"{each.flip.parameter}\nnow {plain(each.median)}"
        axes.annotate(name, (0, row), (-_COLUMN, 0), xycoords=("axes fraction", "data"), **_POINTS, va="center")
    axes.set_yticks([])
    axes.grid(visible=False)
    low, high = axes.get_xlim()
    axes.set_xticks([tick for tick in MaxNLocator(6).tick_values(low, high) if low <= tick <= high])
    axes.xaxis.set_major_formatter(lambda tick, _: payoff(tick) if by_payoff else f"{plain(100 * tick)} %")
    unit = "in France's payoff" if by_payoff else f"in percentage points of {result.by}"
    unsure = any(each.flip.shift is None and each.flip.least_lead <= 0 for each in shown)
    caption = (
        f"Lead of {best} over the next best stance, {unit}, as one belief alone is shifted. At the ends: its median, "
        "shifted as far as these draws can tell. Ring: another stance takes over"
        f"{'; without a ring a loss is within its error' * unsure}."
    )
    axes.set_title(wrapped(flips_finding(result), _TITLE_WIDTH), loc="left", x=_LEFT, pad=14)
    place: dict[str, Any] = {"xycoords": "axes fraction", "va": "top", "color": FAINT_INK, **_POINTS}
    sign(axes, stamp(result), under=axes.annotate(wrapped(caption, _CAPTION_WIDTH), (0, 0), (-_COLUMN, -36), **place))
