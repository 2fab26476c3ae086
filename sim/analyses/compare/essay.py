"""Which table of a comparison goes into an essay? Every rung before and after, and all differences as plain numbers."""

from __future__ import annotations

from itertools import product

from sim.analyses.compare.analysis import Comparison, in_all
from sim.analyses.compare.paired import CHOSEN
from sim.analyses.compare.why import clear
from sim.analyses.compare.words import short, shown
from sim.montecarlo.told.words import RUNG_WORDS, RUNGS
from sim.telling.essay import Essay, source
from sim.telling.names import stance_label
from sim.telling.numbers import base_of, decimals, half_width, proportion


def comparison_essay(result: Comparison) -> Essay:
    """Return the rungs before and after, counted in one unit a row; as records everything of every outcome."""
    several = len(result.differences) > 1
    rows = []
    for label in result.differences:
        for play, rung in product(shown(result, label), RUNGS):
            named = (short(result, label),) if several else ()
            stance = "France chooses" if play == CHOSEN else stance_label(result.naming, play)
            rows.append((*named, stance, RUNG_WORDS[rung], *_numbers(result, label, play, rung)))
    settings = in_all([*result.settings.values()])
    (changed, *others) = (short(result, label) for label in result.differences)
    what = "each scenario" if others else changed
    own = source(result.labels, settings, draws=result.draws, seed=result.seed, versions=result.versions)
    bracketed = any(cell.startswith("(") for row in rows for cell in row)
    brackets = "In brackets: no change that these draws can tell. " * bracketed
    said = (
        f"What {what} changes in {result.scenario}: numbers of crises that get at least so far, of so many, and their "
        f"difference with the half-width of its 95 % interval. {brackets}{own}"
    )
    heads = (*(["scenario"] if several else []), "stance", "rung", "of", "before", "after", "difference", "±")
    return Essay(said, heads, rows, _records(result), texts=2 + several)


def _numbers(result: Comparison, label: str, play: str, rung: str) -> tuple[str, ...]:
    """Return of how many crises, before, after, difference and its error: one number a cell."""
    levels = [result.figures[each][play][rung] for each in (result.scenario, label)]
    change = result.differences[label][play][rung]
    base = base_of(float(each["mean"]) for each in levels)
    means = (proportion(each["mean"], base, error=half_width(each["se"])) for each in levels)
    error = base * half_width(change["se"])
    digits = decimals(error) if error else 1
    difference = f"{base * change['mean']:+.{digits}f}".replace("-", "−") if change["mean"] else "0"
    told = difference if clear(change) or not error else f"({difference})"
    return f"{base:,}", *means, told, f"{error:.{digits}f}" if error else "0"


def _records(result: Comparison) -> list[dict[str, object]]:
    """Return a record for each other scenario, stance and outcome."""
    made = {"draws": result.draws, "seed": result.seed, "version": result.versions["sim"]}
    records = []
    for row in result.table():
        before, after = (
            result.figures[label][row["stance"]][row["outcome"]] for label in (result.scenario, row["scenario"])
        )
        levels = {"before": before["mean"], "before_se": before["se"], "after": after["mean"], "after_se": after["se"]}
        names = {"scenario": row["scenario"], "against": result.scenario, **{k: row[k] for k in ("stance", "outcome")}}
        figures = {"difference": row["mean"], "se": row["se"], "half_width": half_width(row["se"])}
        rest = {key: row[key] for key in ("q05", "q95", "higher", "lower", "equal", "worth")}
        records.append(names | levels | figures | rest | made)
    return records
