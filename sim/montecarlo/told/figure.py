"""How far up the ladder does each stance let the crisis go? Strikes and hits as counts, all rungs on a log scale."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence

from matplotlib.axes import Axes

from sim.drawing.parts import FAINT_INK, INK, PALE, RULE, apart, colours, hall, sign, wrapped
from sim.drawing.rungs import FOOT, decades_of, height, scale_of_chances
from sim.drawing.steps import stands
from sim.drawing.words import shown_lines
from sim.montecarlo.result import Result
from sim.montecarlo.told import words
from sim.montecarlo.told.words import RUNGS
from sim.telling.answer import Figure
from sim.telling.english import upper
from sim.telling.numbers import base_of, counts, frequency

WIDEST, THINNEST = 10.0, 3.5  # of lines, in points: later ones are thinner, so that lines on top of each other all show
_BAR, _SPREAD = 0.14, 0.20  # distance between two pale bars of a rung, and of all of them at most, in rungs
_BAR_WIDTH, _BARS_WIDTH = 11, 28  # of a pale bar, and of all of a rung together at most, in points
_LESS, _USUAL = 0.28, 3  # how much less high the axis is, as labels see it, with more lines of title than usual
_LABEL, _LEAST_PLACE = 0.21, 0.06  # height that a label at the end of a line needs, the middle of the lowest, as shares
_TOGETHER, _MOST_BOLD = 0.9, 3  # width of the bars of a rung, in rungs; stances whose numbers have room to be bold
_ZERO = "Zero by construction, not a finding"  # below the lines of stances without a target
COUNTED = RUNGS[:2]  # what is counted on a linear scale as well
_LEFT = -0.13  # where title and caption begin without it, as a share of the axis
_LOWER = 27  # points between the scale and a name on the lower line
_COUNTS, _SCALE_AT, _END = (-4.8, -2.25), -0.75, 4.45  # where the linear panel and the log scale are, in rungs
_TITLE_WIDTH, _BESIDE_WIDTH, _CAPTION_WIDTH = 66, 96, 96  # characters
_BESIDE_LINE = 25  # height of a line of what stands beside the headline, in points
# What must be said where quantal play was asked for: the figure shows stances that France is held to.
EXACT_REPLIES = " Russia replies exactly: the quantal play asked for is only where France chooses, not here."


def ladder(result: Result, *, ax: Axes | None = None) -> Axes:
    """Draw the probability of reaching each rung under each doctrine.

    On the left the lowest two rungs are counted, on a linear scale on which they can be compared. On the right dots
    are means, and pale bars 5-95 % ranges over draws. Zero has a place of its own below the log scale. The title is the
    finding, computed from the result.

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
        Of the log scale: one line per stance, with the stance's name as its label. Its `child_axes` has the counts, in
        bars with the same labels; there are none if Russia never strikes.

    Examples
    --------
    >>> import sim
    >>> axes = sim.figures.ladder(sim.run(sim.load_scenario("macron-2024"), draws=1024))
    >>> [line.get_label() for line in axes.get_lines()]
    ['rule_out', 'ambiguous', 'commit']
    """
    axes = hall(ax)
    decades = decades_of(result.doctrine[stance][rung]["mean"] for stance in result.stances for rung in RUNGS)
    _scale(axes, decades)
    inks, last = colours(result.stances), len(result.stances) - 1
    for place, stance in enumerate(result.stances):
        heights = [height(result.doctrine[stance][rung]["mean"], decades) for rung in RUNGS]
        line = axes.plot(range(len(RUNGS)), heights, marker="o", label=stance, color=inks[stance], zorder=3)[0]
        line.set_linewidth(WIDEST - (WIDEST - THINNEST) * place / last)
    _draw_counts(axes, result)
    _draw_ranges(axes, result, decades)
    _write_values(axes, result, decades)
    _write_stances(axes, result, decades)
    _write_margins(axes, result)
    return axes


def _scale(axes: Axes, decades: int) -> None:
    """Set both scales: rungs from left to right, natural frequencies from never to always."""
    scale_of_chances(axes, decades)
    axes.set_xlim(_SCALE_AT, len(RUNGS) - 0.1)
    axes.grid(visible=False)
    stands(axes.hlines(axes.get_yticks(), _SCALE_AT, _END, color=RULE, linewidth=1, zorder=0, label="_rules"))
    _name_rungs(axes, RUNGS)
    scale = axes.text(0.99, 0.98, "log scale", ha="right", va="top", color=FAINT_INK, transform=axes.transAxes)
    scale.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 2})
    stands(scale)


def _name_rungs(axes: Axes, rungs: Sequence[str]) -> None:
    """Write the names of rungs side by side, every other one a line lower, so that they need half the room."""
    axes.set_xticks(range(len(rungs)), rungs, fontsize="medium")
    for tick in axes.xaxis.get_major_ticks()[1::2]:
        tick.set_pad(_LOWER)


def _draw_counts(axes: Axes, result: Result) -> None:
    """Draw how many crises see a strike, and a strike that hits, on a linear scale that begins where "never" stands."""
    means = {stance: [result.doctrine[stance][rung]["mean"] for rung in COUNTED] for stance in result.struck}
    largest = max((mean for of_stance in means.values() for mean in of_stance), default=0.0)
    if not largest:
        return
    axes.set_xlim(left=_COUNTS[0])
    axes.spines["left"].set_position(("data", _SCALE_AT))
    base, inks = base_of(mean for each in means.values() for mean in each), colours(result.stances)
    wide, weight = _TOGETHER / len(means), "bold" if len(means) <= _MOST_BOLD else "normal"
    left, right = axes.get_xlim()
    panel = axes.inset_axes((0, FOOT, (_COUNTS[1] - left) / (right - left), 1 - FOOT))
    for place, (stance, heights) in enumerate(means.items()):
        at = [rung + wide * (place - (len(means) - 1) / 2) for rung in range(len(COUNTED))]
        panel.bar(at, heights, 0.94 * wide, color=inks[stance], label=stance, zorder=2)
        for x, top, said in zip(at, heights, counts(heights, base), strict=True):
            number = panel.annotate(said, (x, top), (0, 4), textcoords="offset points", ha="center", va="bottom")
            number.set(color=inks[stance], weight=weight)
    panel.patch.set_visible(False)  # so that it hides no name of the scale beside it
    panel.set_ylim(0, 1.45 * largest)
    panel.set_xlim(-0.5, len(COUNTED) - 0.5)
    panel.set_yticks([])
    panel.grid(visible=False)
    stands(panel.axhline(0, color=PALE, linewidth=2, zorder=1))
    _name_rungs(panel, COUNTED)
    stands(panel.text(0, 0.98, f"of {base:,} crises", va="top", color=FAINT_INK, transform=panel.transAxes))


def _draw_ranges(axes: Axes, result: Result, decades: int) -> None:
    """Draw the range over draws of each mean, pale, so that none is taken for a limit."""
    inks, others = colours(result.stances), max(len(result.struck) - 1, 0)
    between, width = min(_BAR, _SPREAD / max(others, 1)), min(_BAR_WIDTH, _BARS_WIDTH / (others + 1))
    for place, stance in enumerate(result.struck):
        side = between * (place - others / 2)
        for position, rung in enumerate(RUNGS):
            figures = result.doctrine[stance][rung]
            low, high = (height(figures[quantile], decades) for quantile in ("q05", "q95"))
            axes.vlines(position + side, low, high, color=inks[stance], alpha=0.22, linewidth=width, zorder=1)


def _write_values(axes: Axes, result: Result, decades: int) -> None:
    """Write the largest mean of a rung above its dot and the smallest below: what lies between stands in the table."""
    inks = colours(result.stances)
    for position, rung in list(enumerate(RUNGS[:-1]))[len(COUNTED) :]:
        means = {stance: result.doctrine[stance][rung]["mean"] for stance in result.struck}
        ordered = sorted((stance for stance in means if means[stance] > 0), key=lambda stance: means[stance])
        places = [(10, 6, "left", "bottom"), *[(-10, -8, "right", "top")] * (len(ordered) > 1)]
        for stance, (right, up, side, foot) in zip((*ordered[-1:], *ordered[:1]), places, strict=False):
            place = (position, height(means[stance], decades)), (right, up)
            written = axes.annotate(frequency(means[stance]), *place, textcoords="offset points", zorder=4)
            written.set(ha=side, va=foot, color=inks[stance])


def _write_stances(axes: Axes, result: Result, decades: int) -> None:
    """Write each stance's name and last mean at the end of its line, apart from each other."""
    inks, last = colours(result.stances), [result.doctrine[name][RUNGS[-1]]["mean"] for name in result.stances]
    low, high = (math.log10(end) for end in axes.get_ylim())
    ends = [(math.log10(height(mean, decades)) - low) / (high - low) for mean in last]
    least = _LABEL * (1 + _LESS * (len(shown_lines(wrapped(words.headline(result), _TITLE_WIDTH))) > _USUAL))
    for stance, mean, place in zip(result.stances, last, _apart_both_ways(ends, least), strict=True):
        axes.annotate(
            f"{stance}\n{frequency(mean)}" if mean > 0 else stance,
            (len(RUNGS) - 1, place),
            (24, 0),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            va="center",
            color=inks[stance],
            weight="bold",
        )


def _apart_both_ways(places: list[float], least: float) -> list[float]:
    """Return places at least a label apart, moved up as much as down: the mean of two orders far enough apart is so."""
    order = sorted(range(len(places)), key=lambda i: (places[i], i))
    ranked = [places[i] for i in order]
    upwards = apart(ranked, least, low=_LEAST_PLACE, high=1 - _LEAST_PLACE)
    mirrored = apart([1 - place for place in reversed(ranked)], least, low=_LEAST_PLACE, high=1 - _LEAST_PLACE)
    middles = [(up + 1 - down) / 2 for up, down in zip(upwards, reversed(mirrored), strict=True)]
    return [middles[order.index(i)] for i in range(len(places))]


def _write_margins(axes: Axes, result: Result) -> None:
    """Write the finding above, what the marks mean below, and what makes the figure repeatable in the corner."""
    caption = (
        "Chance per encounter of getting at least so far, with France held to the stance, on the scenario's "
        f"assumptions. Left and dots: means ({words.exactness(result)}). Pale bars: 5–95 % of draws."
        f"{EXACT_REPLIES * (result.concept == 'quantal')}"
    )
    beside = wrapped(upper(words.at_equal_exposure(result)), _BESIDE_WIDTH)
    lines = beside.count("\n") + 1 if beside else 0
    left = 0.0 if axes.child_axes else _LEFT
    axes.set_title(wrapped(words.headline(result), _TITLE_WIDTH), loc="left", x=left, pad=16 + _BESIDE_LINE * lines)
    write = functools.partial(axes.annotate, xycoords="axes fraction", textcoords="offset points")
    write(beside, (left, 1), (0, 12), va="bottom", color=INK)
    note = _ZERO if words.by_construction(result) else ""
    axes.text(_SCALE_AT, 0.02, note, color=FAINT_INK, transform=axes.get_xaxis_transform())
    told = write(wrapped(caption, _CAPTION_WIDTH), (left, 0), (0, -66), va="top")
    sign(axes, result.stamp(), under=told, right=(0.985, "subfigure fraction"))


def figures(result: Result) -> list[Figure]:
    """Return the ladder with its table."""
    shown = [(stance, rung, result.doctrine[stance][rung]) for stance in result.stances for rung in RUNGS]
    header = ("stance", "rung", "mean", "q05", "q95", "in_words")
    rows = [
        (stance, rung, each["mean"], each["q05"], each["q95"], frequency(each["mean"])) for stance, rung, each in shown
    ]
    finding, alt = words.ladder_finding(result), words.ladder_alt_text(result)
    return [Figure("ladder", lambda axes: ladder(result, ax=axes), finding, alt, header, rows)]
