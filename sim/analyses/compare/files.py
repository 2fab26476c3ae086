"""How does the figure of a comparison become files? One set for each scenario that is set against another."""

from __future__ import annotations

import functools

from matplotlib.axes import Axes

from sim.analyses.compare.analysis import Comparison
from sim.analyses.compare.figure import comparison
from sim.analyses.compare.table import SHOWN, comparison_alt_text, comparison_finding
from sim.montecarlo.words import RUNGS
from sim.telling.answer import Figure
from sim.telling.numbers import frequency


def figures(result: Comparison) -> list[Figure]:
    """Return the figures of a comparison."""
    drawn = []
    for number, label in enumerate(result.differences, start=1):
        shown = [(play, rung, result.differences[label][play][rung]) for play in SHOWN for rung in RUNGS]
        drawn.append(
            Figure(
                "comparison" if number == 1 else f"comparison-{number}",
                functools.partial(_drawn, result, label),
                finding=comparison_finding(result, label),
                alt=comparison_alt_text(result, label),
                header=("stance", "rung", "difference", "q05", "q95", "before", "after"),
                rows=[
                    (play, rung, each["mean"], each["q05"], each["q95"], *_means(result, label, play, rung))
                    for play, rung, each in shown
                ],
            )
        )
    return drawn


def _drawn(result: Comparison, label: str, axes: Axes) -> Axes:
    """Draw one of the figures."""
    return comparison(result, label=label, ax=axes)


def _means(result: Comparison, label: str, play: str, rung: str) -> tuple[str, str]:
    """Return both means in words."""
    before, after = (result.figures[each][play][rung]["mean"] for each in (result.scenario, label))
    return frequency(before), frequency(after)
