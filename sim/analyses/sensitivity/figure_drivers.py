"""Which parameters drive the answer? For each what it explains alone and what it has a part in, with intervals."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from sim.analyses.sensitivity.analysis import Sensitivity
from sim.analyses.sensitivity.drivers import Driver
from sim.analyses.sensitivity.figure_rows import HEADER, lay_rows, say_nothing, write_margins
from sim.analyses.sensitivity.words import drivers_finding, share_text, shown, why_nothing
from sim.drawing.parts import COLOURS, INK, apart, hall

_UP, _DOWN = -0.16, 0.16  # places of the two dots of a row, in rows
_CAPTION = (
    "Share of the variance over what the scenario leaves open, with 95 % intervals. Hollow: explained alone (S1). "
    "Full: all that it has a part in (ST); shared with others, so these add up to over 100 %."
)


def sensitivity(result: Sensitivity, outcome: str = "strike", *, ax: Axes | None = None) -> Axes:
    """Draw the first-order and the total index of the strongest drivers of one outcome.

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
        Two lines of dots, "alone" and "in all", one dot for each driver, the strongest on top.

    Examples
    --------
    >>> import sim
    >>> axes = sim.figures.sensitivity(sim.sensitivity(sim.load_scenario("macron-2024"), points=1024), "war")
    >>> [line.get_label() for line in axes.get_lines()][:2]
    ['alone', 'in all']
    """
    axes = hall(ax)
    drivers, title = shown(result.outputs[outcome]).drivers, drivers_finding(result, outcome)
    if not drivers:
        say_nothing(axes, result, title=title, why=why_nothing(result, outcome))
        return axes
    colour = COLOURS.get(result.doctrine, INK)
    for row, driver in enumerate(drivers):
        for share, side in ((driver.first, _UP), (driver.total, _DOWN)):
            axes.hlines(row + side, share.low, share.high, color=colour, alpha=0.45, linewidth=3, zorder=2)
    for label, shares, side, fill in (
        ("alone", [driver.first.share for driver in drivers], _UP, "white"),
        ("in all", [driver.total.share for driver in drivers], _DOWN, colour),
    ):
        rows = [row + side for row in range(len(drivers))]
        axes.plot(shares, rows, "o", label=label, color=colour, markerfacecolor=fill, markeredgewidth=3, zorder=3)
    _scale(axes, drivers)
    _write_heading(axes, drivers[0], colour)
    lay_rows(axes, result, [driver.name for driver in drivers])
    write_margins(axes, result, title=title, caption=_CAPTION)
    return axes


def _scale(axes: Axes, drivers: tuple[Driver, ...]) -> None:
    """Set the scale of shares, wide enough for every interval."""
    low = min(share.low for driver in drivers for share in (driver.first, driver.total))
    high = max(share.high for driver in drivers for share in (driver.first, driver.total))
    axes.set_xlim(min(0.0, low) - 0.02 * high, high * 1.04)
    axes.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda share, _: share_text(share)))
    axes.axvline(0, color="#C4C4C4", linewidth=2, zorder=1, label="_zero")


def _write_heading(axes: Axes, strongest: Driver, colour: str) -> None:
    """Name the two dots above those of the strongest driver."""
    low, high = axes.get_xlim()
    wide = high - low
    alone = min(strongest.first.share, strongest.total.share)  # where both are about the same, noise decides
    places = apart([alone, strongest.total.share], 0.22 * wide, low=low + 0.1 * wide, high=high - 0.1 * wide)
    for place, text, weight in zip(places, ("alone", "in all"), ("normal", "bold"), strict=True):
        axes.text(place, HEADER, text, ha="center", va="center_baseline", color=colour, weight=weight)
