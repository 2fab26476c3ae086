"""How does the figure of a run beside base rates become files? Its table holds what is drawn, and play besides."""

from __future__ import annotations

from sim.analyses.plausible.analysis import PLAYS, Plausibility
from sim.analyses.plausible.figure import plausible
from sim.analyses.plausible.table import plausibility_finding, plausible_alt_text, shown
from sim.telling.answer import Figure

_FIGURES = ("mean", "q05", "q95", "draws_below", "draws_above", "verdict", "factor")


def figures(result: Plausibility) -> list[Figure]:
    """Return the figure of a run beside base rates."""
    drawn = Figure(
        "plausible",
        lambda axes: plausible(result, ax=axes),
        finding=plausibility_finding(result),
        alt=plausible_alt_text(result),
        header=("fact", "value", "low", "high", "stance", *_FIGURES),
        rows=[
            (
                row.fact.id,
                row.fact.value,
                *(row.fact.interval or ("", "")),
                play,
                *(getattr(model, each) for each in _FIGURES),
            )
            for row in shown(result)
            for play in PLAYS
            if (model := row.models[play])
        ],
    )
    return [drawn]
