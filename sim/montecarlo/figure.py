"""How far up the ladder does each stance let the crisis go? One line per stance, probabilities on a log scale."""

from __future__ import annotations

import functools
import math

from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, NullLocator

from sim.crisis.parameters import STANCES
from sim.drawing.parts import COLOURS, hall, sign, wrapped
from sim.montecarlo.result import Result
from sim.montecarlo.words import RUNGS, exactness, ladder_alt_text, ladder_finding
from sim.telling.answer import Figure
from sim.telling.numbers import frequency, many

WIDTHS = {"rule_out": 10.0, "ambiguous": 6.5, "commit": 3.5}
"""Later lines are thinner, so that lines on top of each other all show; in points."""

LEAST_DECADES, MOST_DECADES = 2, 12
"""How far down the log scale may reach; a mean below 1 in a trillion (`FEWEST`) is drawn as never."""

_MOST_TICKS = 6
_TOP, _NEVER, _BOTTOM = 0.08, 1.14, 1.31  # ends of the axis and the place of zero, in spans of the log scale
_BAR = 0.07  # distance of a pale bar from the middle of its rung, in rungs
_LINE = 0.08  # height that a line of text needs, as a share of the axis
_LEFT = -0.13  # where title and caption begin, as a share of the axis
_TITLE_WIDTH, _CAPTION_WIDTH = 60, 88  # characters
EXACT_REPLIES = " Russia replies exactly: the quantal play asked for is only where France chooses, not here."
"""What must be said where quantal play was asked for: the figure shows stances that France is held to."""

_BY_CONSTRUCTION = "zero by construction, nobody is there to be hit. Not a finding that it is safe."


def ladder(result: Result, *, ax: Axes | None = None) -> Axes:
    """Draw the probability of reaching each rung under each doctrine.

    Dots are means; pale bars are 5-95 % ranges over draws. Zero has a place of its own below the log scale. The title
    is the finding, computed from the result.

    Parameters
    ----------
    result : Result
        From `sim.run`.
    ax : Axes, optional
        Where to draw; a figure of its own if left out. The looks are those of `sim.figures.STYLE`, which the caller
        applies.

    Returns
    -------
    Axes
        One line per stance, with the stance's name as its label.

    Examples
    --------
    >>> import sim
    >>> axes = sim.figures.ladder(sim.run(sim.load_scenario("macron-2024"), draws=1024))
    >>> [line.get_label() for line in axes.get_lines()]
    ['rule_out', 'ambiguous', 'commit']
    """
    axes = hall(ax)
    decades = _decades(result)
    _scale(axes, decades)
    for stance in STANCES:
        heights = [_height(result.doctrine[stance][rung]["mean"], decades) for rung in RUNGS]
        axes.plot(
            range(len(RUNGS)),
            heights,
            marker="o",
            label=stance,
            color=COLOURS[stance],
            linewidth=WIDTHS[stance],
            zorder=3,
        )
    _draw_ranges(axes, result, decades)
    _write_values(axes, result, decades)
    _write_stances(axes, result, decades)
    _write_margins(axes, result)
    return axes


def _decades(result: Result) -> int:
    """Return how many decades the log scale spans, so that every mean has its place."""
    means = [result.doctrine[stance][rung]["mean"] for stance in STANCES for rung in RUNGS]
    least = min((mean for mean in means if mean > 0), default=1.0)
    return min(max(math.ceil(-math.log10(least)), LEAST_DECADES), MOST_DECADES)


def _height(probability: float, decades: int) -> float:
    """Return where a probability stands on the axis; what is below the log scale stands at "never"."""
    return probability if probability >= 10.0**-decades else 10.0 ** -(_NEVER * decades)


def _scale(axes: Axes, decades: int) -> None:
    """Set both scales: rungs from left to right, natural frequencies from never to always."""
    exponents = range(0, decades + 1, math.ceil(decades / _MOST_TICKS))
    never = _height(0.0, decades)
    axes.set_yscale("log")
    axes.set_ylim(10.0 ** -(_BOTTOM * decades), 10.0 ** (_TOP * decades))
    axes.yaxis.set_major_locator(FixedLocator([never, *(10.0**-exponent for exponent in exponents)]))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.set_yticklabels(["never", "always", *(f"1 in {many(10.0**exponent)}" for exponent in exponents if exponent)])
    axes.set_xlim(-0.85, len(RUNGS) - 0.1)
    axes.set_xticks(range(len(RUNGS)), RUNGS)


def _draw_ranges(axes: Axes, result: Result, decades: int) -> None:
    """Draw the range over draws of each mean, pale, so that none is taken for a limit."""
    for stance, side in (("ambiguous", -_BAR), ("commit", _BAR)):
        for position, rung in enumerate(RUNGS):
            figures = result.doctrine[stance][rung]
            low, high = (_height(figures[quantile], decades) for quantile in ("q05", "q95"))
            axes.vlines(position + side, low, high, color=COLOURS[stance], alpha=0.22, linewidth=11, zorder=1)


def _write_values(axes: Axes, result: Result, decades: int) -> None:
    """Write each mean beside its dot: the larger above, the smaller below; those of the last rung end the lines."""
    for position, rung in enumerate(RUNGS[:-1]):
        means = {stance: result.doctrine[stance][rung]["mean"] for stance in ("ambiguous", "commit")}
        smaller, larger = sorted(means, key=lambda stance: means[stance])
        for stance, offset, sides in ((smaller, (-10, -8), ("right", "top")), (larger, (10, 6), ("left", "bottom"))):
            if means[stance] > 0:
                axes.annotate(
                    frequency(means[stance]),
                    (position, _height(means[stance], decades)),
                    offset,
                    textcoords="offset points",
                    ha=sides[0],
                    va=sides[1],
                    color=COLOURS[stance],
                    zorder=4,
                )


def _write_stances(axes: Axes, result: Result, decades: int) -> None:
    """Write each stance's name and last mean at the end of its line, apart from each other."""
    last = {stance: result.doctrine[stance][RUNGS[-1]]["mean"] for stance in STANCES}
    low, high = (math.log10(end) for end in axes.get_ylim())
    free = 0.0
    for stance in sorted(STANCES, key=lambda stance: last[stance]):
        lines = [stance] + [frequency(last[stance])] * (last[stance] > 0)
        share = (math.log10(_height(last[stance], decades)) - low) / (high - low)
        middle = max(share, free + len(lines) * _LINE / 2)
        free = middle + len(lines) * _LINE / 2
        axes.annotate(
            "\n".join(lines),
            (len(RUNGS) - 1, middle),
            (16, 0),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            va="center",
            color=COLOURS[stance],
            weight="bold",
        )


def _write_margins(axes: Axes, result: Result) -> None:
    """Write the finding above, what the marks mean below, and what makes the figure repeatable in the corner."""
    caption = (
        "Chance per encounter of getting at least so far, with France held to the stance, on the scenario's "
        f"assumptions. Dots: means ({exactness(result)}). Pale bars: 5–95 % of draws."
        f"{EXACT_REPLIES * (result.concept == 'quantal')}"
    )
    axes.set_title(wrapped(ladder_finding(result), _TITLE_WIDTH), loc="left", x=_LEFT, pad=16)
    axes.text(0.01, 0.02, f"rule_out: {_BY_CONSTRUCTION}", color=COLOURS["rule_out"], transform=axes.transAxes)
    below = functools.partial(axes.annotate, xycoords="axes fraction", textcoords="offset points", va="top")
    sign(axes, result.stamp(), under=below(wrapped(caption, _CAPTION_WIDTH), (_LEFT, 0), (0, -44)))


def figures(result: Result) -> list[Figure]:
    """Return the ladder with its table."""
    shown = [(stance, rung, result.doctrine[stance][rung]) for stance in STANCES for rung in RUNGS]
    header = ("stance", "rung", "mean", "q05", "q95", "in_words")
    rows = [
        (stance, rung, each["mean"], each["q05"], each["q95"], frequency(each["mean"])) for stance, rung, each in shown
    ]
    finding, alt = ladder_finding(result), ladder_alt_text(result)
    return [Figure("ladder", lambda axes: ladder(result, ax=axes), finding, alt, header, rows)]
