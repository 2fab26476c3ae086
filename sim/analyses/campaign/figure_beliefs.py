"""What does history teach? Two fans of beliefs over campaigns: Russia's about France, and France's about Russia."""

from __future__ import annotations

from matplotlib.axes import Axes

from sim.analyses.campaign.analysis import Campaign
from sim.analyses.campaign.figure_survival import month_ticks, write_below
from sim.analyses.campaign.words import BELIEF_HEADS, belief_caption, belief_finding, step
from sim.drawing.parts import FAINT_INK, INK, apart, hall, wrapped
from sim.telling.vocabulary import provenance

INKS = {"resolute": "#009E73", "opportunist": "#A0527F"}
"""Green is France's colour in the tree of a game and purple Russia's: here, of whom is believed about."""

BANDS = (("q05", "q95", 0.18), ("q25", "q75", 0.32))
"""Lower and upper edge of each band, and how dark it is."""

_BETWEEN = 0.37  # distance of the two fans, as a share of a fan's width
_LEADER = 0.07  # length of the line from a band to its label, as a share of a fan's width
_LEFT = -0.08  # where title and caption begin, as a share of the axis
_LINE = 11.0  # least distance of two labels, in campaigns of 100
_TITLE_WIDTH, _CAPTION_WIDTH = 66, 90  # characters


def belief_fans(result: Campaign, *, ax: Axes | None = None) -> Axes:
    """Draw how both beliefs spread over campaigns, month by month.

    Bands hold 90 % and half of the campaigns; the line is the median, the dashed one the mean, which Bayes' rule keeps
    level. The title is the finding, computed from the result.

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
        Two lines per belief, median and mean, labelled by the belief and which it is; per cent by month, the second
        fan to the right of the first.

    Examples
    --------
    >>> import sim
    >>> axes = sim.figures.belief_fans(sim.campaign(sim.load_scenario("macron-2024"), draws=16))
    >>> [line.get_label() for line in axes.get_lines()]
    ['resolute q50', 'resolute mean', 'opportunist q50', 'opportunist mean']
    """
    axes, months = hall(ax), result.plan.months
    axes.set_ylim(-3, 103)
    axes.set_xlim(0, (2 + 2 * _BETWEEN) * months)
    axes.set_yticks([0, 25, 50, 75, 100], ["0", "25 %", "50 %", "75 %", "100 %"])
    for number, name in enumerate(BELIEF_HEADS):
        _draw(axes, result, name, number * (1 + _BETWEEN) * months)
    _write_margins(axes, result)
    return axes


def _draw(axes: Axes, result: Campaign, name: str, start: float) -> None:
    """Draw one fan from a place on, its heading above and its labels to the right."""
    fan = {key: [100 * each for each in values] for key, values in result.belief[name].items()}
    months = [start + month for month in range(result.plan.months + 1)]
    for low, high, alpha in BANDS:
        axes.fill_between(months, fan[low], fan[high], color=INKS[name], alpha=alpha, linewidth=0, zorder=2)
    axes.plot(months, fan["q50"], color=INKS[name], label=f"{name} q50", zorder=4)
    axes.plot(months, fan["mean"], color=INK, linewidth=2.5, linestyle=(0, (4, 2)), label=f"{name} mean", zorder=3)
    month_ticks(axes, start, result.plan.months)
    axes.text(start, 106, wrapped(BELIEF_HEADS[name], 26), color=INK, va="bottom", weight="bold")
    words = {"q05": "5 %", "q25": "25 %", "q50": "median", "mean": "mean", "q75": "75 %", "q95": "95 %"}  # upwards
    places = apart([fan[key][-1] for key in words], _LINE, low=0, high=100)
    for (key, word), place in zip(words.items(), places, strict=True):
        ink, weight = (INK, "bold") if key in ("q50", "mean") else (FAINT_INK, "normal")
        arrow = {
            "arrowstyle": "-",
            "color": FAINT_INK,
            "linewidth": 1.5,
            "shrinkA": 3,
            "shrinkB": 2,
            "relpos": (0, 0.5),
        }
        end, beside = months[-1], months[-1] + _LEADER * result.plan.months
        axes.annotate(
            word, (end, fan[key][-1]), (beside, place), va="center", color=ink, weight=weight, arrowprops=arrow
        )


def _write_margins(axes: Axes, result: Campaign) -> None:
    """Write the finding above, what the marks mean below, and what makes the figure repeatable in the corner."""
    axes.set_title(wrapped(belief_finding(result), _TITLE_WIDTH), loc="left", x=_LEFT, pad=70)
    axes.set_xlabel(step(result), loc="left")
    made = provenance(result, counted="campaigns")
    write_below(axes, wrapped(belief_caption(result), _CAPTION_WIDTH), made, left=_LEFT)
