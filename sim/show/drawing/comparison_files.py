"""How does the figure of a comparison become files? One set for each scenario that is set against another."""

from __future__ import annotations

import functools

from matplotlib.axes import Axes

from sim.show.comparing import SHOWN, comparison_alt_text, comparison_finding
from sim.show.drawing.comparison import comparison
from sim.show.drawing.files import figure_files
from sim.show.numbers import frequency
from sim.show.words import RUNGS
from sim.study.comparison import Comparison


def comparison_files(result: Comparison) -> dict[str, bytes]:
    """Return the figures of a comparison as files.

    Parameters
    ----------
    result : Comparison
        From `sim.compare`.

    Returns
    -------
    dict of str to bytes
        comparison.png, .svg and .csv; comparison-2.png and so on for further scenarios.

    Examples
    --------
    >>> import sim
    >>> base = sim.load_scenario("macron-2024")
    >>> sorted(comparison_files(sim.compare([base, base], draws=1024)))
    ['comparison.csv', 'comparison.png', 'comparison.svg']
    """
    files: dict[str, bytes] = {}
    for number, label in enumerate(result.differences, start=1):
        shown = [(play, rung, result.differences[label][play][rung]) for play in SHOWN for rung in RUNGS]
        files |= figure_files(
            "comparison" if number == 1 else f"comparison-{number}",
            functools.partial(_drawn, result, label),
            finding=comparison_finding(result, label),
            alt_text=comparison_alt_text(result, label),
            header=("stance", "rung", "difference", "q05", "q95", "before", "after"),
            rows=[
                (play, rung, each["mean"], each["q05"], each["q95"], *_means(result, label, play, rung))
                for play, rung, each in shown
            ],
        )
    return files


def _drawn(result: Comparison, label: str, axes: Axes) -> Axes:
    """Draw one of the figures."""
    return comparison(result, label=label, ax=axes)


def _means(result: Comparison, label: str, play: str, rung: str) -> tuple[str, str]:
    """Return both means in words."""
    before, after = (result.figures[each][play][rung]["mean"] for each in (result.scenario, label))
    return frequency(before), frequency(after)
