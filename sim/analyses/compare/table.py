"""How is a comparison of scenarios told? A finding and what is behind it; one table a question, one number a cell."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.analyses.compare.analysis import Comparison
from sim.analyses.compare.behaviour import DETERS, DOES
from sim.analyses.compare.essay import comparison_essay
from sim.analyses.compare.paired import CHOSEN
from sim.analyses.compare.why import clear, moved_most, why
from sim.analyses.compare.words import clipped, comparison_finding, short, shown, stamp
from sim.crisis.ladder import OUTCOMES
from sim.crisis.terms import READINGS
from sim.montecarlo.beside import EXPOSURES
from sim.montecarlo.told.words import RUNG_WORDS, RUNGS
from sim.telling.answer import NONE, Answer, Figure, Table
from sim.telling.english import listed
from sim.telling.numbers import base_of, decimals, half_width, payoff, percent, proportion
from sim.telling.rendering import printable
from sim.telling.vocabulary import WORST, under

_MOST_TOLD = 2  # scenarios in the finding; behind the first stands what is behind it
_READ = ("strike", "casualties")
_ENDS = ("before", "after", "difference")
_QUANTITIES = {
    "belief": "resolute one expected",
    "found": "a strike would hit",
    "stands.bluffing": "bluffing France stands",
    "stands.resolute": "resolute France stands",
    "opportunist": "opportunist Russia",
    "strikes.cautious": "a cautious one strikes",
    "strikes.opportunist": "an opportunist strikes",
}
BRACKETS = "In brackets: no change that these draws can tell, since its interval spans 0."


def answer(result: Comparison) -> Answer:
    """Return what a comparison says, for a terminal or a notebook."""

    def figures() -> list[Figure]:
        from sim.analyses.compare.figure import figures

        return figures(result)

    tables = []
    for label in result.differences:
        for play in shown(result, label):
            tables += [_change(result, label, play), *_behind(result, label, play)]
        tables += _both_readings(result, label)
    tables += [_level(result, play) for play in _anywhere(result)]
    title, notes = f"Compared with {result.scenario}", [*result.notes, *_worth(result)]
    made = stamp(result, [printable(short(result, each)) for each in result.labels])
    first, *others = list(result.differences)[:_MOST_TOLD]
    told = [
        comparison_finding(result, first),
        why(result, first),
        *(comparison_finding(result, each) for each in others),
        in_the_other_reading(result, first) if not others else "",
    ]
    found, data = ". ".join(filter(None, told)), result.to_dict()
    brief, essay = _brief(result, first), comparison_essay(result)
    return Answer("comparison", title, made, tables, notes, data, found, brief, figures, essay, naming=result.naming)


def _brief(result: Comparison, label: str) -> Table:
    """Return the first table of all: before, after and difference of every rung, where most changes."""
    play = next(iter((*moved_most(result, label), *shown(result, label))))
    rows = []
    for rung in RUNGS:
        base = _base(result, label, play, rung)
        rows.append((f"{RUNG_WORDS[rung]}, of {base:,}", *_cells(result, label, play, rung, base)))
    which = f" with {clipped(short(result, label))}" if len(result.differences) > 1 else ""
    explained = (
        f"How many crises get at least so far{which}: means over all draws; a draw is one set of values that the "
        "scenarios find credible, the same for all. ±: half-width of a 95 % interval."
    )
    bracketed = any(cell.startswith("(") for row in rows for cell in row)
    return Table("", f"{explained} {BRACKETS}" if bracketed else explained, (under(play), *_ENDS), rows)


def _base(result: Comparison, label: str, play: str, outcome: str) -> int:
    """Return of how many crises an outcome is counted in a row."""
    return base_of(_mean(result.figures[each][play][outcome]) for each in (result.scenario, label))


def _cells(result: Comparison, label: str, play: str, outcome: str, base: int) -> tuple[str, str, str]:
    """Return an outcome before, after, and its difference with its error."""
    told = (result.figures[each][play][outcome] for each in (result.scenario, label))
    before, after = (proportion(_mean(each), base, error=half_width(each["se"])) for each in told)
    return before, after, _signed(result.differences[label][play][outcome], base)


def _change(result: Comparison, label: str, play: str) -> Table:
    """Return all that is known of the differences under one way to play."""
    changes, rows = result.differences[label][play], []
    for outcome in OUTCOMES:
        change, base = changes[outcome], _base(result, label, play, outcome)
        ends = (_bare(change[end], base) for end in ("q05", "q95"))
        shares = (_share(change[side]) for side in ("higher", "lower"))
        rows.append((f"{outcome}, of {base:,}", *_cells(result, label, play, outcome, base), *ends, *shares))
    payoffs = (payoff(_mean(result.figures[each][play]["france_payoff"])) for each in (result.scenario, label))
    change = changes["france_payoff"]
    ends = (_minus(f"{change[end]:+.2f}") if abs(change[end]) >= 0.005 else "0" for end in ("q05", "q95"))
    shares = (_share(change[side]) for side in ("higher", "lower"))
    rows.append(("France's payoff", *payoffs, _signed(change, 1), *ends, *shares))
    return Table(
        f"What changes with {printable(short(result, label))} {under(play)}?",
        f"Means over all draws: numbers of crises that get at least so far, in {result.scenario} and with the change; "
        f"their difference ± the half-width of its 95 % interval, from paired differences. {BRACKETS} Then the 5–95 % "
        "range of the difference over draws, and in how many of 100 draws it is above and below 0. Payoffs: in units "
        "of the humiliation of folding.",
        ("of so many crises", "before", "after", "difference", "from\n5 %", "to\n95 %", "more\nlikely", "less\nlikely"),
        rows,
    )


def _behind(result: Comparison, label: str, play: str) -> list[Table]:
    """Return whose behaviour changes under one way to play, and what part of the change of strikes that makes."""
    rows = []
    for name, figures in result.behaviour[label].get(play, {}).items():
        counts = (f"{100 * figures[end]:.1f}" for end in ("before", "after"))
        part = _signed(figures["part"], 100) if name in DOES else NONE
        along = _minus(f"{figures['along']:+.2f}") if name in DETERS else NONE
        said = _QUANTITIES.get(name) or f"France: {name.removeprefix('sent.')}"
        rows.append((said, *counts, _signed(figures, 100), *((part, along) if play != CHOSEN else ())))
    variant = f"with {printable(short(result, label))}"
    if play == CHOSEN:
        explained = f"How often, of 100 crises, France takes each stance. {BRACKETS}"
        return [Table(f"What does France choose {variant}?", explained, ("of 100", *_ENDS), rows)]
    explained = (
        "Of 100 draws: in how many a type of France, once it is hit, stands, and a type of Russia strikes. Of 100 "
        "crises: in how many a strike would hit, Russia expects a resolute France before any signal, and is an "
        f"opportunist. {BRACKETS} Part: what Russia does adds up to the change of strikes. Along: how far, from −1 to "
        "1, what Russia meets moves in the direction that explains it, where strikes change."
    )
    asked = f"Whose behaviour changes {variant} {under(play)}?"
    table = Table(asked, explained, ("of 100", *_ENDS, "part of\nstrikes", "along"), rows)
    return [table] if rows else []


def _both_readings(result: Comparison, label: str) -> list[Table]:
    """Return how strikes and hits change in both readings of the worst case, as stated and at equal exposure."""
    read = result.readings[label]
    stances = [play for play in shown(result, label) if play in read[READINGS[0]][EXPOSURES[0]]]
    kinds = [(exposure, reading) for exposure in EXPOSURES for reading in READINGS]
    rows = [
        (
            f"{outcome}, {stance}",
            *(_signed(read[reading][exposure][stance][outcome], 100) for exposure, reading in kinds),
        )
        for outcome in _READ
        for stance in stances
    ]
    heads = [f"{reading}{chr(10) + 'equal exp.' if exposure != EXPOSURES[0] else ''}" for exposure, reading in kinds]
    table = Table(
        f"In both readings of the worst case, with {printable(short(result, label))}?",
        "The same differences, in percentage points, if both scenarios take Russia’s worst case over France’s "
        "types (type) or over all endings (outcome). Equal exposure: in each scenario all stances with a target "
        f"take deployment and pinpoint of its stance of reference. {BRACKETS}",
        ("", *heads),
        rows,
    )
    return [table] if stances else []


def in_the_other_reading(result: Comparison, label: str) -> str:
    """Return how strikes would change if Russia's worst case were the other one; empty if both scenarios have not one.

    A comparison does not say which reading a scenario has: it is the one in which strikes change as they do.
    """
    read, changes = {each: by[EXPOSURES[0]] for each, by in result.readings[label].items()}, result.differences[label]
    stances = [play for play in changes if play in read[READINGS[0]]]
    means = {each: [_mean(by[stance]["strike"]) for stance in stances] for each, by in read.items()}
    own = [_mean(changes[stance]["strike"]) for stance in stances]
    others = [each for each in READINGS if not np.allclose(means[each], own, rtol=0, atol=1e-12)]
    if not stances or len(others) != 1:
        return ""
    said = [f"{_in_short(read[others[0]][play]['strike'])} ({play})" for play in stances]
    return f"Were Russia's worst case {WORST[others[0]]}, strikes would change by {listed(said)} of 100"


def _anywhere(result: Comparison) -> list[str]:
    """Return every stance with a target in some scenario, and play."""
    return [*dict.fromkeys(stance for stances in result.struck.values() for stance in stances), CHOSEN]


def _level(result: Comparison, play: str) -> Table:
    """Return every scenario's means with their own errors."""
    plays = [result.figures[label].get(play) for label in result.labels]
    rows: list[tuple[str, ...]] = []
    for outcome in OUTCOMES:
        found = [each and each[outcome] for each in plays]
        base = base_of(_mean(each) for each in found if each)
        cells = (_with_error(each, base) if each else NONE for each in found)
        rows.append((f"{outcome}, of {base:,}", *cells))
    return Table(
        f"What does each scenario give {under(play)}?",
        "Mean over all draws ± the half-width of its 95 % interval.",
        ("of so many crises", *(printable(short(result, label)) for label in result.labels)),
        rows,
    )


def _worth(result: Comparison) -> list[str]:
    """Return what common draws save, over all outcomes and stances that differ."""
    told = {CHOSEN, *_anywhere(result)}
    worth = [row["worth"] for row in result.table() if row["stance"] in told and row["worth"] is not None]
    many = f"{min(worth):.1f} to {max(worth):.1f} draws of two separate random samples" if worth else ""
    said = f"For these differences one common draw is worth {many}, depending on stance and outcome."
    return [said] if worth else []


def _mean(figures: dict[str, Any]) -> float:
    """Return the mean, which is always there."""
    return float(figures["mean"])


def _signed(change: dict[str, Any], base: int) -> str:
    """Return a difference with one digit of its error and no finer one; in brackets if its interval spans 0."""
    mean, error = base * _mean(change), base * half_width(change["se"])
    if error == 0:
        return _bare(_mean(change), base)
    said = _minus(f"{mean:+.{decimals(error)}f} ± {error:.{decimals(error)}f}")
    return said if clear(change) else f"({said})"


def _in_short(change: dict[str, Any]) -> str:
    """Return a difference as so many of 100 for a sentence; none where its interval spans 0 or a decimal shows none."""
    told = _minus(f"{100 * _mean(change):+.1f}")
    return told if clear(change) and told.strip("+−0.") else "about 0"


def _with_error(figures: dict[str, Any], base: int) -> str:
    """Return a mean with one digit of its error."""
    error = base * half_width(figures["se"])
    if error == 0:
        return proportion(_mean(figures), base)
    return f"{base * _mean(figures):.{decimals(error)}f} ± {error:.{decimals(error)}f}"


def _bare(difference: float, base: int) -> str:
    """Return a difference without an error, signed."""
    size = proportion(abs(difference), base)
    return size if size == "0" else f"{'+' if difference > 0 else '−'}{size}"


def _share(share: float) -> str:
    """Return a share of draws, of 100."""
    return percent(share).removesuffix(" %")


def _minus(text: str) -> str:
    """Return a number with a real minus sign."""
    return text.replace("-", "−")
