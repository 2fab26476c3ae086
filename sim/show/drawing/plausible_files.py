"""How does the figure of a run beside base rates become files? Its table holds what is drawn, and play besides."""

from __future__ import annotations

from sim.show.drawing.files import figure_files
from sim.show.drawing.plausible import plausible
from sim.show.plausibility import plausibility_finding, plausible_alt_text, shown
from sim.study.plausibility import PLAYS, Plausibility

_FIGURES = ("mean", "q05", "q95", "draws_below", "draws_above", "verdict", "factor")


def plausible_files(result: Plausibility) -> dict[str, bytes]:
    """Return the figure of a run beside base rates as files.

    Parameters
    ----------
    result : Plausibility
        From `sim.plausibility`.

    Returns
    -------
    dict of str to bytes
        plausible.png, plausible.svg and plausible.csv.

    Examples
    --------
    >>> import sim
    >>> sorted(plausible_files(sim.plausibility(sim.load_scenario("macron-2024"), draws=1024)))
    ['plausible.csv', 'plausible.png', 'plausible.svg']
    """
    return figure_files(
        "plausible",
        lambda axes: plausible(result, ax=axes),
        finding=plausibility_finding(result),
        alt_text=plausible_alt_text(result),
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
