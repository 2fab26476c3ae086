"""How far up the ladder does each stance let the crisis go? One line per stance, probabilities on a log scale."""

from __future__ import annotations

import functools
import math

from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, NullLocator

from sim.drawing.parts import FAINT_INK, INK, apart, colours, hall, sign, wrapped
from sim.montecarlo.result import Result
from sim.montecarlo.told import words
from sim.montecarlo.told.words import RUNGS
from sim.telling.answer import Figure
from sim.telling.english import upper
from sim.telling.numbers import frequency, many

WIDEST, THINNEST = 10.0, 3.5  # of lines, in points: later ones are thinner, so that lines on top of each other all show
LEAST_DECADES, MOST_DECADES = 2, 12  # reach of the log scale; a mean below 1 in a trillion (`FEWEST`) is drawn as never
_MOST_TICKS = 6
_TOP, _NEVER, _BOTTOM = 0.08, 1.14, 1.31  # ends of the axis and the place of zero, in spans of the log scale
_BAR, _SPREAD = 0.14, 0.20  # distance between two pale bars of a rung, and of all of them at most, in rungs
_BAR_WIDTH, _BARS_WIDTH = 11, 28  # of a pale bar, and of all of a rung together at most, in points
_LABEL, _LEAST_PLACE = 0.21, 0.06  # height that a label at the end of a line needs, the middle of the lowest, as shares
_LEFT = -0.13  # where title and caption begin, as a share of the axis
_TITLE_WIDTH, _BESIDE_WIDTH, _CAPTION_WIDTH = 66, 92, 88  # characters
_BESIDE_LINE = 25  # height of a line of what stands beside the headline, in points
# What must be said where quantal play was asked for: the figure shows stances that France is held to.
EXACT_REPLIES = " Russia replies exactly: the quantal play asked for is only where France chooses, not here."


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
    inks, last = colours(result.stances), len(result.stances) - 1
    for place, stance in enumerate(result.stances):
        heights = [_height(result.doctrine[stance][rung]["mean"], decades) for rung in RUNGS]
        line = axes.plot(range(len(RUNGS)), heights, marker="o", label=stance, color=inks[stance], zorder=3)[0]
        line.set_linewidth(WIDEST - (WIDEST - THINNEST) * place / last)
    _draw_ranges(axes, result, decades)
    _write_values(axes, result, decades)
    _write_stances(axes, result, decades)
    _write_margins(axes, result)
    return axes


def _decades(result: Result) -> int:
    """Return how many decades the log scale spans, so that every mean has its place."""
    means = [result.doctrine[stance][rung]["mean"] for stance in result.stances for rung in RUNGS]
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
    inks, others = colours(result.stances), max(len(result.struck) - 1, 0)
    between, width = min(_BAR, _SPREAD / max(others, 1)), min(_BAR_WIDTH, _BARS_WIDTH / (others + 1))
    for place, stance in enumerate(result.struck):
        side = between * (place - others / 2)
        for position, rung in enumerate(RUNGS):
            figures = result.doctrine[stance][rung]
            low, high = (_height(figures[quantile], decades) for quantile in ("q05", "q95"))
            axes.vlines(position + side, low, high, color=inks[stance], alpha=0.22, linewidth=width, zorder=1)


def _write_values(axes: Axes, result: Result, decades: int) -> None:
    """Write the largest mean of a rung above its dot and the smallest below: what lies between stands in the table."""
    inks = colours(result.stances)
    for position, rung in enumerate(RUNGS[:-1]):
        means = {stance: result.doctrine[stance][rung]["mean"] for stance in result.struck}
        ordered = sorted((stance for stance in means if means[stance] > 0), key=lambda stance: means[stance])
        places = [(10, 6, "left", "bottom"), *[(-10, -8, "right", "top")] * (len(ordered) > 1)]
        for stance, (right, up, side, foot) in zip((*ordered[-1:], *ordered[:1]), places, strict=False):
            place = (position, _height(means[stance], decades)), (right, up)
            written = axes.annotate(frequency(means[stance]), *place, textcoords="offset points", zorder=4)
            written.set(ha=side, va=foot, color=inks[stance])


def _write_stances(axes: Axes, result: Result, decades: int) -> None:
    """Write each stance's name and last mean at the end of its line, apart from each other."""
    inks, last = colours(result.stances), [result.doctrine[name][RUNGS[-1]]["mean"] for name in result.stances]
    low, high = (math.log10(end) for end in axes.get_ylim())
    ends = [(math.log10(_height(mean, decades)) - low) / (high - low) for mean in last]
    for stance, mean, place in zip(result.stances, last, _apart_both_ways(ends), strict=True):
        axes.annotate(
            f"{stance}\n{frequency(mean)}" if mean > 0 else stance,
            (len(RUNGS) - 1, place),
            (16, 0),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            va="center",
            color=inks[stance],
            weight="bold",
        )


def _apart_both_ways(places: list[float]) -> list[float]:
    """Return places at least a label apart, moved up as much as down: the mean of two orders far enough apart is so."""
    order = sorted(range(len(places)), key=lambda i: (places[i], i))
    ranked = [places[i] for i in order]
    upwards = apart(ranked, _LABEL, low=_LEAST_PLACE, high=1 - _LEAST_PLACE)
    mirrored = apart([1 - place for place in reversed(ranked)], _LABEL, low=_LEAST_PLACE, high=1 - _LEAST_PLACE)
    middles = [(up + 1 - down) / 2 for up, down in zip(upwards, reversed(mirrored), strict=True)]
    return [middles[order.index(i)] for i in range(len(places))]


def _write_margins(axes: Axes, result: Result) -> None:
    """Write the finding above, what the marks mean below, and what makes the figure repeatable in the corner."""
    caption = (
        "Chance per encounter of getting at least so far, with France held to the stance, on the scenario's "
        f"assumptions. Dots: means ({words.exactness(result)}). Pale bars: 5–95 % of draws."
        f"{EXACT_REPLIES * (result.concept == 'quantal')}"
    )
    beside = wrapped(upper(words.at_equal_exposure(result)), _BESIDE_WIDTH)
    lines = beside.count("\n") + 1 if beside else 0
    axes.set_title(wrapped(words.headline(result), _TITLE_WIDTH), loc="left", x=_LEFT, pad=16 + _BESIDE_LINE * lines)
    write = functools.partial(axes.annotate, xycoords="axes fraction", textcoords="offset points")
    write(beside, (_LEFT, 1), (0, 12), va="bottom", color=INK)
    axes.text(0.01, 0.02, words.by_construction(result), color=FAINT_INK, transform=axes.transAxes)
    sign(axes, result.stamp(), under=write(wrapped(caption, _CAPTION_WIDTH), (_LEFT, 0), (0, -44), va="top"))


def figures(result: Result) -> list[Figure]:
    """Return the ladder with its table."""
    shown = [(stance, rung, result.doctrine[stance][rung]) for stance in result.stances for rung in RUNGS]
    header = ("stance", "rung", "mean", "q05", "q95", "in_words")
    rows = [
        (stance, rung, each["mean"], each["q05"], each["q95"], frequency(each["mean"])) for stance, rung, each in shown
    ]
    finding, alt = words.ladder_finding(result), words.ladder_alt_text(result)
    return [Figure("ladder", lambda axes: ladder(result, ax=axes), finding, alt, header, rows)]
