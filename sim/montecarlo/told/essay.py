"""Which table of a run goes into an essay? Means and ranges of the rungs, and all quantiles as plain numbers."""

from __future__ import annotations

from sim.montecarlo.result import Result
from sim.montecarlo.told.words import RUNG_WORDS, RUNGS, by_construction
from sim.telling.essay import Essay, source
from sim.telling.names import stance_label
from sim.telling.numbers import half_width, percent, span


def run_essay(result: Result) -> Essay:
    """Return the rungs in per cent, a row of means and one of ranges each; as records everything of every outcome."""
    plays = [*(result.doctrine[stance] for stance in result.stances), result.equilibrium["selected"]]
    rows = []
    for rung in RUNGS:
        figures = [play[rung] for play in plays]
        means = (percent(each["mean"], error=half_width(each["se"])) for each in figures)
        rows.append((f"{RUNG_WORDS[rung]}, mean", *(mean.removesuffix(" %") for mean in means)))
        ranges = (span(each["q05"], each["q95"]).removesuffix(" %") for each in figures)
        rows.append(("5–95 % of draws", *(each.replace(" – ", "–") for each in ranges)))
    zeros = f"{by_construction(result)}. " * bool(by_construction(result))
    own = source([result.scenario], result.settings, draws=result.draws, seed=result.seed, versions=result.versions)
    said = (
        "Chance, in per cent per encounter, of getting at least so far, with France held to a stance or choosing one. "
        f"{zeros}{own}"
    )
    made = {"scenario": result.scenario, "draws": result.draws, "seed": result.seed, "version": result.versions["sim"]}
    heads = (stance_label(result.naming, name) for name in result.stances)
    records = [row | {"half_width": half_width(row["se"])} | made for row in result.table()]
    return Essay(said, ("", *heads, "France chooses"), rows, records)
