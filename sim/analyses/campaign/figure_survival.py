"""How long does the peace last? One curve a rung: campaigns that have not got so far yet, month by month."""

from __future__ import annotations

from typing import Any

from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import to_hex

from sim.analyses.campaign.analysis import Campaign
from sim.analyses.campaign.words import step, survival_caption, survival_finding
from sim.drawing.parts import FAINT_INK, INK, apart, hall, sign, wrapped
from sim.montecarlo.words import RUNGS
from sim.telling.numbers import frequency
from sim.telling.vocabulary import provenance

RAMP = {rung: to_hex(colormaps["cividis"](0.84 - 0.21 * step)) for step, rung in enumerate(RUNGS)}
"""Colours of the rungs, from light to dark: ordered for any kind of colour vision."""

_LINE = 0.105  # least distance of two labels, as a share of the axis
_LEFT = -0.1  # where title and caption begin, as a share of the axis
_TITLE_WIDTH, _CAPTION_WIDTH = 66, 88  # characters
_HEAD = 1.04  # height of the words above, as a share of the axis
_LOW, _HIGH = -4, 104  # ends of the axis, in campaigns of 100


def survival(result: Campaign, *, ax: Axes | None = None) -> Axes:
    """Draw the probability of not having reached each rung, by month.

    The lower a curve, the more campaigns have got at least so far. The title is the finding, computed from the result.

    Parameters
    ----------
    result : Campaign
        From `sim.campaign`.
    ax : Axes, optional
        Where to draw; a figure of its own if left out. The looks are those of `sim.figures.STYLE`, which the caller
        applies.

    Returns
    -------
    Axes
        One line per rung, with the rung's name as its label, in campaigns of 100.

    Examples
    --------
    >>> import sim
    >>> axes = sim.figures.survival(sim.campaign(sim.load_scenario("macron-2024"), draws=16))
    >>> [line.get_label() for line in axes.get_lines()]
    ['strike', 'casualties', 'retaliation', 'war', 'nuclear']
    """
    axes, months = hall(ax), result.plan.months
    for rung in RUNGS:
        share = [100 * value for value in result.survival[rung]]
        axes.plot(range(months + 1), share, color=RAMP[rung], label=rung, zorder=3, clip_on=False)
    axes.set_xlim(0, months)
    axes.set_ylim(_LOW, _HIGH)
    axes.set_yticks([0, 25, 50, 75, 100], ["none", "25 of 100", "50 of 100", "75 of 100", "all"])
    month_ticks(axes, 0, months)
    _write_labels(axes, result)
    _write_margins(axes, result)
    return axes


def month_ticks(axes: Axes, start: float, months: int) -> None:
    """Put ticks at whole months from a place on: 0, the last, and a few between."""
    step = next(each for each in (1, 2, 3, 6, 12, 24, 60) if months / each <= 8)
    shown = [*range(0, months, step), months]
    if len(shown) > 2 and shown[-1] - shown[-2] < step / 2:
        del shown[-2]
    places = [*(axes.get_xticks() if start else []), *(start + month for month in shown)]
    words = [*([text.get_text() for text in axes.get_xticklabels()] if start else []), *map(str, shown)]
    axes.set_xticks(places, words)


def _write_labels(axes: Axes, result: Campaign) -> None:
    """Write each rung's name and how many campaigns reach it at the end of its curve, apart from each other."""
    span = _HIGH - _LOW
    ends = [(100 * result.survival[rung][-1] - _LOW) / span for rung in RUNGS]
    for rung, end, place in zip(RUNGS, ends, apart(ends, _LINE, low=0.03, high=0.97), strict=True):
        often = _have(frequency(1 - result.survival[rung][-1]))
        arrow: dict[str, Any] = {"arrowstyle": "-", "color": RAMP[rung], "linewidth": 3, "shrinkA": 4, "shrinkB": 3}
        arrow["relpos"] = (0, 0.5)
        axes.annotate(
            f"{rung}: {often}",
            (1, end),
            (1.05, place),
            xycoords="axes fraction",
            textcoords="axes fraction",
            va="center",
            color=INK,
            weight="bold",
            arrowprops=arrow,
        )
    axes.text(0, _HEAD, "campaigns that have not got so far", va="bottom", color=FAINT_INK, transform=axes.transAxes)


def _have(often: str) -> str:
    """Return how many campaigns have got so far."""
    return {"never": "none has", "always": "all have"}.get(often, f"{often} {'has' if often[:4] == '1 in' else 'have'}")


def _write_margins(axes: Axes, result: Campaign) -> None:
    """Write the finding above, what the marks mean below, and what makes the figure repeatable in the corner."""
    axes.set_title(wrapped(survival_finding(result), _TITLE_WIDTH), loc="left", x=_LEFT, pad=52)
    axes.set_xlabel(step(result), loc="left")
    made = provenance(result, counted="campaigns")
    write_below(axes, wrapped(survival_caption(result), _CAPTION_WIDTH), made, left=_LEFT)


def write_below(axes: Axes, caption: str, provenance: str, *, left: float) -> None:
    """Write what the marks mean below, from `left` on, and what makes the figure repeatable in the corner."""
    told = axes.annotate(caption, (left, 0), (0, -66), xycoords="axes fraction", textcoords="offset points", va="top")
    sign(axes, provenance, under=told, right=(0.985, "figure fraction"))
