"""Which stance regrets least? A strip per stance: one tick for each hundredth of the draws, the largest ringed."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from sim.analyses.robustness.analysis import Robustness
from sim.analyses.robustness.regret import PAYOFF
from sim.analyses.robustness.words import plain, regret_finding, size, stamp
from sim.drawing.parts import COLOURS, FAINT_INK, hall, sign, wrapped
from sim.telling.numbers import frequency

_HALF = 0.16  # half the height of a tick, in rows
_MEAN_AT, _Q95_AT = -0.27, 0.27  # where the labels of mean and 95 % stand, in rows from the middle of the strip
_ROOM = 1.16  # right end of the axis, in largest regrets
_ROOM_RIGHT = 0.55  # share of the axis from which on labels stand left of their marks
_TITLE_WIDTH, _CAPTION_WIDTH = 58, 92  # characters


def robustness(result: Robustness, *, ax: Axes | None = None) -> Axes:
    """Draw how much each stance regrets, draw by draw, against the best stance of the same draw.

    Each pale tick stands for one in a hundred draws; a dot marks the mean, a bar the 95 % quantile, a ring the largest
    regret. The title is the finding, computed from the result.

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
        Lines are labelled "mean:", "q95:" and "max:" with the stance's name; ticks are collections.

    Examples
    --------
    >>> import sim
    >>> axes = sim.figures.robustness(sim.robustness(sim.load_scenario("macron-2024"), draws=1024))
    >>> [line.get_label() for line in axes.get_lines()][:3]
    ['mean:rule_out', 'q95:rule_out', 'max:rule_out']
    """
    axes = hall(ax)
    figures = result.regret[result.by]
    furthest = max(each["max"] for each in figures.values()) or 1.0
    axes.set_xlim(-0.012 * furthest, _ROOM * furthest)
    axes.set_ylim(len(figures) - 0.45, -0.55)
    for row, stance in enumerate(figures):
        axes.vlines(
            result.strips[stance],
            row - _HALF,
            row + _HALF,
            color=COLOURS[stance],
            alpha=0.3,
            linewidth=2.5,
            zorder=2,
        ).set_label(f"strip:{stance}")
        _mark(axes, result, stance, row)
    _write_stances(axes, result)
    _write_margins(axes, result)
    return axes


def _mark(axes: Axes, result: Robustness, stance: str, row: int) -> None:
    """Mark and label mean, 95 % quantile and largest regret of a stance."""
    each, ink = result.regret[result.by][stance], COLOURS[stance]
    plain: dict[str, Any] = {"color": ink, "linestyle": "none", "zorder": 4}
    axes.plot([each["mean"]], [row], "o", label=f"mean:{stance}", markeredgecolor="white", **plain)
    axes.plot([each["q95"]], [row], "|", label=f"q95:{stance}", markersize=44, markeredgewidth=6, **plain)
    axes.plot(
        [each["max"]],
        [row],
        "o",
        label=f"max:{stance}",
        markersize=22,
        markerfacecolor="none",
        markeredgewidth=3.5,
        **plain,
    )
    write: dict[str, Any] = {"color": ink, "zorder": 5}
    axes.text(
        each["mean"],
        row + _MEAN_AT,
        f"mean {size(result, each['mean'])}",
        va="bottom",
        ha=_side(axes, each["mean"]),
        **write,
    )
    often = f"95 of 100 draws up to {size(result, each['q95'])}"
    axes.text(each["q95"], row + _Q95_AT, often, va="top", ha=_side(axes, each["q95"]), **write)
    axes.annotate(
        f"largest\n{size(result, each['max'])}",
        (each["max"], row),
        (16, 0),
        textcoords="offset points",
        va="center",
        **write,
    )


def _side(axes: Axes, place: float) -> str:
    """Return to which side of a mark its label has room."""
    return "left" if place < _ROOM_RIGHT * axes.get_xlim()[1] else "right"


def _write_stances(axes: Axes, result: Robustness) -> None:
    """Write each stance's name, and in how many draws it is best, at the left of its strip."""
    figures = result.regret[result.by]
    names = [f"{stance}\nbest in {_of_100(each['best'])}" for stance, each in figures.items()]
    axes.set_yticks(range(len(names)), names)
    for label, stance in zip(axes.get_yticklabels(), figures, strict=True):
        label.set(color=COLOURS[stance], weight="bold")
    axes.grid(visible=False)
    axes.grid(visible=True, axis="x")


def _of_100(share: float) -> str:
    """Return a share of the draws."""
    return {"always": "all draws", "never": "no draw"}.get(text := frequency(share), text)


def _write_margins(axes: Axes, result: Robustness) -> None:
    """Write the finding above, what the marks mean below, and what makes the figure repeatable in the corner."""
    by_payoff = result.by == PAYOFF
    unit = "France's payoff, on its own yardstick" if by_payoff else f"the probability of {result.by}"
    others = "" if by_payoff else " rule_out is left out: zero by construction, no finding."
    caption = (
        f"Regret: how far the stance falls short of the best one in the same draw, in {unit}. Each tick is one in a "
        f"hundred draws; ring: the largest of all, a single draw.{others}"
    )
    low, high = axes.get_xlim()
    axes.set_xticks([tick for tick in MaxNLocator(6).tick_values(low, high) if low <= tick <= high])
    axes.xaxis.set_major_formatter(lambda tick, _: plain(tick) if by_payoff else f"{plain(100 * tick)} %")
    axes.set_title(wrapped(regret_finding(result), _TITLE_WIDTH), loc="left", x=-0.2, pad=14)
    place: dict[str, Any] = {"xycoords": "axes fraction", "textcoords": "offset points", "va": "top"}
    told = axes.annotate(wrapped(caption, _CAPTION_WIDTH), (-0.2, 0), (0, -38), color=FAINT_INK, **place)
    sign(axes, stamp(result), under=told)
