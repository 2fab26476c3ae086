"""How far does each parameter move the answer on its own? One bar from its low to its high value, the widest on top."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from sim.analyses.sensitivity.analysis import Sensitivity
from sim.analyses.sensitivity.drivers import Swing
from sim.analyses.sensitivity.figure_rows import HEADER, lay_rows, say_nothing, write_margins
from sim.analyses.sensitivity.words import EXPLAINED, amount, brief, shown, swing_finding, why_nothing
from sim.drawing.parts import COLOURS, FAINT_INK, INK, hall

_ROOM = 0.2  # beyond the marks at either side for their labels, as a share of what the marks span


def tornado(result: Sensitivity, outcome: str = "strike", *, ax: Axes | None = None) -> Axes:
    """Draw the mean of one outcome with each parameter at its low and at its high value, the others drawn.

    Parameters
    ----------
    result : Sensitivity
        From `sim.sensitivity`.
    outcome : str
        A key of `result.outputs`.
    ax : Axes, optional
        Where to draw; a figure of its own if left out. The looks are those of `sim.figures.STYLE`, which the caller
        applies.

    Returns
    -------
    Axes
        Two lines of dots, "low" and "high", one dot for each parameter, the widest swing on top.

    Examples
    --------
    >>> import sim
    >>> axes = sim.figures.tornado(sim.sensitivity(sim.load_scenario("macron-2024"), points=1024), "war")
    >>> [line.get_label() for line in axes.get_lines()][:2]
    ['low', 'high']
    """
    axes = hall(ax)
    found, title = shown(result.outputs[outcome]), swing_finding(result, outcome)
    if not found.swings:
        say_nothing(axes, result, title=title, why=why_nothing(result, outcome))
        return axes
    colour, rows = COLOURS.get(result.doctrine, INK), range(len(found.swings))
    for row, swing in enumerate(found.swings):
        axes.hlines(row, min(swing.means), max(swing.means), color=colour, alpha=0.28, linewidth=16, zorder=2)
        _write_values(axes, row, swing, colour)
    for end, (label, fill) in enumerate((("low", "white"), ("high", colour))):
        means = [swing.means[end] for swing in found.swings]
        axes.plot(means, rows, "o", label=label, color=colour, markerfacecolor=fill, markeredgewidth=3, zorder=3)
    _scale(axes, found.swings, outcome)
    axes.axvline(found.mean, color=FAINT_INK, linewidth=2, zorder=1, label="mean")
    mean = f"mean of all draws: {amount(found.mean, outcome)}"
    axes.text(found.mean, HEADER, mean, ha="center", va="center_baseline", color=FAINT_INK, backgroundcolor="white")
    lay_rows(axes, result, [swing.name for swing in found.swings])
    chance = "" if outcome == "france_payoff" else "Chance of "
    caption = (
        f"{chance}{EXPLAINED[outcome]}, mean of all draws, each parameter held at its 5 % quantile (hollow) and at its "
        "95 % quantile (full), its values beside the dots. All others are drawn."
    )
    write_margins(axes, result, title=title, caption=caption)
    return axes


def _write_values(axes: Axes, row: int, swing: Swing, colour: str) -> None:
    """Write the parameter's value outside of either dot."""
    rising = swing.means[1] >= swing.means[0]
    for mean, value, left in zip(swing.means, swing.values, (rising, not rising), strict=True):
        axes.annotate(
            brief(value),
            (mean, row),
            (-14 if left else 14, 0),
            textcoords="offset points",
            ha="right" if left else "left",
            va="center",
            color=colour,
        )


def _scale(axes: Axes, swings: tuple[Swing, ...], outcome: str) -> None:
    """Set the scale so that every bar and its labels have room."""
    means = [mean for swing in swings for mean in swing.means]
    low, high = min(means), max(means)
    axes.set_xlim(low - _ROOM * (high - low), high + _ROOM * (high - low))
    axes.xaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _tick(value, outcome)))


def _tick(value: float, outcome: str) -> str:
    """Return the label of a round value; there is no probability below 0."""
    if outcome == "france_payoff":
        return f"{value:.10g}".replace("-", "−")
    return f"{100 * value:.10g} %" if value >= 0 else ""
