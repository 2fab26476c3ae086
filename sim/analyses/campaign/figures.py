"""Which figures show a campaign? A survival curve for each rung, and two fans of what each side believes."""

from __future__ import annotations

from typing import Any

from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import to_hex

from sim.analyses.campaign import words
from sim.analyses.campaign.analysis import Campaign
from sim.drawing.parts import FAINT_INK, INK, MARGIN, RULE, apart, hall, lines_of, sign, title_at_margin, wrapped
from sim.drawing.rungs import decades_of, height, scale_of_chances
from sim.drawing.steps import stands
from sim.montecarlo.told.words import RUNGS
from sim.telling.answer import Figure
from sim.telling.numbers import frequency

RAMP = {rung: to_hex(colormaps["cividis"](0.84 - 0.21 * place)) for place, rung in enumerate(RUNGS)}
"""Colours of the rungs, from light to dark: ordered for any kind of colour vision."""

INKS = {"resolute": "#00A67A", "opportunist": "#8A3A7C"}
"""Green is France's colour in the tree of a game and purple Russia's: here, of whom is believed about."""

BANDS = (("q05", "q95", 0.18), ("q25", "q75", 0.32))
"""Lower and upper edge of each band, and how dark it is."""

_APART = 0.32  # distance of two charts of survival, as a share of a chart's width
_FREQUENCY_WIDTH, _RUNG_WIDTH = 14, 11  # characters of a line above a chart
_HEAD_WIDTH, _LINE_HIGH = 26, 25  # characters of a line above a fan; height of a line, in points
_USUAL = 2  # lines above a fan; with more, it is so low that only three bounds can be named
_BETWEEN = 0.37  # distance of the two fans, as a share of a fan's width
_LEADER = 0.07  # length of the line from a band to its label, as a share of a fan's width
_LINE = 11.0  # least distance of two labels of bands, in campaigns of 100
_TO_LABEL: dict[str, Any] = {"arrowstyle": "-", "relpos": (0, 0.5)}


def figures(result: Campaign) -> list[Figure]:
    """Return both figures of a campaign, with what they draw."""
    fields, months = ("mean", "se", *words.FANS, "sure"), range(result.plan.months + 1)
    said = words.survival_finding(result), words.survival_alt_text(result)
    rows = [tuple(row.values()) for row in result.table()]
    curves = Figure(
        "survival", lambda axes: survival(result, ax=axes), *said, ("outcome", "month", "not_yet", "se"), rows
    )
    said = words.belief_finding(result), words.belief_fans_alt_text(result)
    paths = [(name, month) for name in words.BELIEF_HEADS for month in months]
    rows = [(name, month, *(result.belief[name][field][month] for field in fields)) for name, month in paths]
    fans = Figure("belief_fans", lambda axes: belief_fans(result, ax=axes), *said, ("belief", "month", *fields), rows)
    return [curves, fans]


def survival(result: Campaign, *, ax: Axes | None = None) -> Axes:
    """Draw how many campaigns have got to each rung, encounter by encounter: a small chart a rung, on one log scale.

    Parameters
    ----------
    result : Campaign
        From `sim.campaign`.
    ax : Axes, optional
        Where to draw; a figure of its own if left out. The caller applies the looks, `sim.figures.STYLE`.

    Returns
    -------
    Axes
        One line per rung, with the rung's name as its label: the share of campaigns that have got so far, after each
        encounter; each chart to the right of the one before.
    """
    axes, months = hall(ax), result.plan.months
    reached = {rung: [1 - value for value in result.survival[rung][1:]] for rung in RUNGS}
    decades = decades_of(share for shares in reached.values() for share in shares)
    scale_of_chances(axes, decades)
    axes.set_xlim(0, (len(RUNGS) * (1 + _APART) - _APART) * months)
    axes.grid(visible=False)
    for number, (rung, shares) in enumerate(reached.items()):
        start = number * (1 + _APART) * months
        stands(axes.hlines(axes.get_yticks(), start, start + months, color=RULE, linewidth=1, zorder=0))
        heights = [height(share, decades) for share in shares]
        axes.plot([start + month for month in range(1, months + 1)], heights, color=RAMP[rung], label=rung, zorder=3)
        axes.get_lines()[-1].set(solid_capstyle="round", marker="o" if months == 1 else "", clip_on=False)
        have = wrapped(frequency(shares[-1]), _FREQUENCY_WIDTH)
        inside: dict[str, Any] = {"xycoords": axes.get_xaxis_transform(), "textcoords": "offset points", "va": "bottom"}
        told = axes.annotate(have, (start, 1), (0, 6), color=INK, **inside)
        above: dict[str, Any] = {"xycoords": told, "textcoords": "offset points", "va": "bottom", "weight": "bold"}
        name = axes.annotate(wrapped(rung, _RUNG_WIDTH), (0, 1), (0, 2), **above)
        stands(name)
    ends = [(number * (1 + _APART) + end) * months for number in range(len(RUNGS)) for end in (0, 1)]
    axes.set_xticks(ends, ["0", f"{months}"] * len(RUNGS))
    caption = wrapped(words.survival_caption(result), 88)
    pad = 53 + _LINE_HIGH * max(lines_of(rung, _RUNG_WIDTH) for rung in RUNGS)
    return _write_margins(axes, result, title=words.survival_finding(result), pad=pad, caption=caption)


def belief_fans(result: Campaign, *, ax: Axes | None = None) -> Axes:
    """Draw how both beliefs spread over campaigns, month by month: bands of 90 % and half of them, median and mean.

    Parameters
    ----------
    result : Campaign
        From `sim.campaign`.
    ax : Axes, optional
        Where to draw; a figure of its own if left out. The caller applies the looks, `sim.figures.STYLE`.

    Returns
    -------
    Axes
        Two lines per belief, median and (dashed) mean, labelled by the belief and which it is; per cent by month, the
        second fan to the right of the first.
    """
    axes, months = hall(ax), result.plan.months
    axes.set_ylim(-7, 103)
    axes.set_xlim(0, (2 + 2 * _BETWEEN) * months)
    axes.set_yticks([0, 25, 50, 75, 100], ["0", "25 %", "50 %", "75 %", "100 %"])
    for number, name in enumerate(words.BELIEF_HEADS):
        _draw_fan(axes, result, name, number * (1 + _BETWEEN) * months)
    caption = wrapped(words.belief_caption(result), 90)
    pad = 20 + _LINE_HIGH * max(lines_of(head, _HEAD_WIDTH) for head in words.BELIEF_HEADS.values())
    return _write_margins(axes, result, title=words.belief_finding(result), pad=pad, caption=caption)


def _draw_fan(axes: Axes, result: Campaign, name: str, start: float) -> None:
    """Draw one fan from a place on, its heading above and its labels to the right."""
    fan = {key: [100 * each for each in values] for key, values in result.belief[name].items()}
    months = [start + month for month in range(result.plan.months + 1)]
    for low, high, alpha in BANDS:
        axes.fill_between(months, fan[low], fan[high], color=INKS[name], alpha=alpha, linewidth=0, zorder=2)
    axes.plot(months, fan["q50"], color=INKS[name], label=f"{name} q50", zorder=4)
    axes.plot(months, fan["mean"], color=INK, linewidth=2.5, linestyle=(0, (4, 2)), label=f"{name} mean", zorder=3)
    _tick_months(axes, start, result.plan.months)
    head = wrapped(words.BELIEF_HEADS[name], _HEAD_WIDTH)
    stands(axes.text(start, 106, head, color=INK, va="bottom", weight="bold"))
    upwards = {"q05": "5 %", "q25": "25 %", "q50": "median", "mean": "mean", "q75": "75 %", "q95": "95 %"}
    if is_low := max(lines_of(head, _HEAD_WIDTH) for head in words.BELIEF_HEADS.values()) > _USUAL:
        upwards = {key: word for key, word in upwards.items() if key in ("q05", "q50", "q95")}
    places = apart([fan[key][-1] for key in upwards], _LINE * (1 + is_low), low=0, high=100)
    arrow = {"color": FAINT_INK, "linewidth": 1.5, "shrinkA": 3, "shrinkB": 2, **_TO_LABEL}
    end, beside = months[-1], months[-1] + _LEADER * result.plan.months
    for (key, word), place in zip(upwards.items(), places, strict=True):
        ink, weight = (INK, "bold") if key in ("q50", "mean") else (FAINT_INK, "normal")
        label = axes.annotate(word, (end, fan[key][-1]), (beside, place), va="center", arrowprops=arrow)
        label.set(color=ink, weight=weight)


def _tick_months(axes: Axes, start: float, months: int) -> None:
    """Put ticks at whole months from a place on: 0, the last, and a few between."""
    every = next(each for each in (1, 2, 3, 6, 12, 24, 60) if months / each <= 8)
    shown = [*range(0, months, every), months]
    if len(shown) > 2 and shown[-1] - shown[-2] < every / 2:
        del shown[-2]
    places = [*(axes.get_xticks() if start else []), *(start + month for month in shown)]
    labels = [*([text.get_text() for text in axes.get_xticklabels()] if start else []), *map(str, shown)]
    axes.set_xticks(places, labels)


def _write_margins(axes: Axes, result: Campaign, *, title: str, pad: float, caption: str) -> Axes:
    """Write the finding above, what the marks mean below, and what makes the figure repeatable in the corner."""
    title_at_margin(axes, wrapped(title, 66), pad=pad)
    axes.set_xlabel(words.step(result), loc="left")
    at_margin = ("subfigure fraction", "axes fraction")
    told = axes.annotate(caption, (MARGIN, 0), (0, -66), xycoords=at_margin, textcoords="offset points", va="top")
    sign(axes, result.stamp(counted="campaigns"), under=told, right=(0.985, "subfigure fraction"))
    return axes
