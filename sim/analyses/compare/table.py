"""How is a comparison of scenarios told? A finding in a sentence, and one table a question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sim.analyses.compare.analysis import Comparison
from sim.analyses.compare.paired import CHOSEN
from sim.crisis.ladder import OUTCOMES
from sim.crisis.payoffs import READINGS
from sim.montecarlo.beside import EXPOSURES
from sim.montecarlo.told.words import RUNG_WORDS, RUNGS
from sim.telling.answer import NONE, Answer, Figure, Table
from sim.telling.numbers import frequency, half_width, percent, points
from sim.telling.rendering import printable
from sim.telling.vocabulary import under

LONGEST_LABEL = 40  # characters of a label on a figure
_MOST_ROWS = 15  # of a figure, that leave room for their texts; with many ways to play the highest rungs are left out
_MOST_TOLD = 2  # stances in the finding
_NEVER = "impossible in both"
_READ = ("strike", "casualties")


def answer(result: Comparison) -> Answer:
    """Return what a comparison says, for a terminal or a notebook."""

    def figures() -> list[Figure]:
        from sim.analyses.compare.figure import figures

        return figures(result)

    tables = []
    for label in result.differences:
        tables += [_change(result, label), *_both_readings(result, label), _worlds(result, label)]
    tables += [_level(result, play) for play in _anywhere(result)]
    title, notes = f"Compared with {result.scenario}", [*result.notes, *_worth(result)]
    made = stamp(result, [printable(short(result, each)) for each in result.labels])
    found = ". ".join(comparison_finding(result, label) for label in list(result.differences)[:_MOST_TOLD])
    data, first = result.to_dict(), _brief(result)
    return Answer("comparison", title, made, tables, notes, data, found, first, figures, naming=result.naming)


def _brief(result: Comparison) -> Table:
    """Return the first table of all: both means, rung by rung, for the first few scenarios."""
    rows = []
    for label in list(result.differences)[:_MOST_TOLD]:
        several = f" ({clipped(short(result, label))})" * (len(result.differences) > 1)
        plays = shown(result, label)
        rows += [
            (f"{RUNG_WORDS[rung]}{several}", *(from_to(result, label, play, rung) for play in plays)) for rung in RUNGS
        ]
    heads = [head.replace("\n", " ") for head in shown(result, next(iter(result.differences))).values()]
    return Table("", "Means over all draws, the same for both.", ("", *heads), rows)


def shown(result: Comparison, label: str) -> dict[str, str]:
    """Return what is played in both scenarios, and its heading; without a target nothing differs but payoffs."""
    struck = {*result.struck[result.scenario], *result.struck[label]}
    stances = {play: play for play in result.differences[label] if play in struck}
    return stances | {CHOSEN: "France\nchooses"}


def drawn_rungs(result: Comparison, label: str) -> tuple[str, ...]:
    """Return the rungs for which the figure has room, the lowest first."""
    return OUTCOMES[:5][: max(1, _MOST_ROWS // len(shown(result, label)))]


def stamp(result: Comparison, names: Sequence[str]) -> str:
    """Return what makes a comparison of scenarios, as they are called here, repeatable, in one line."""
    return f"{', '.join(names)} · {result.draws:,} draws · seed {result.seed} · sim {result.versions['sim']}"


def short(result: Comparison, label: str) -> str:
    """Return a label without the name of the scenario compared with, if it is a variant of it."""
    return label.removeprefix(f"{result.scenario} with ")


def clipped(label: str) -> str:
    """Return a label that leaves room for others on a line: a name cut, settings left out from the end."""
    if len(label) <= LONGEST_LABEL:
        return label
    fits, separator, _ = label[:LONGEST_LABEL].rpartition(", ")
    return f"{fits}, …" if separator else f"{label[: LONGEST_LABEL - 1]}…"


def comparison_finding(result: Comparison, label: str) -> str:
    """Return how much likelier a strike becomes, in one sentence; of many stances where it changes most."""
    variant = short(result, label) != label
    lead = f"{'With' if variant else 'In'} {clipped(short(result, label))}"
    changes = result.differences[label]
    plays = shown(result, label)
    if all(changes[play][outcome]["equal"] == 1 for play in plays for outcome in OUTCOMES):
        return f"{lead} every outcome is as likely as in {clipped(result.scenario)}, in every draw"
    stances = [play for play in plays if play != CHOSEN]
    told = sorted(stances, key=lambda play: -abs(_mean(changes[play]["strike"])))[:_MOST_TOLD] or [CHOSEN]
    said = {play: _phrase(result, label, play) for play in plays if play in told}
    if {*said.values()} == {_NEVER}:
        return f"{lead}, as in {clipped(result.scenario)}, Russia never strikes under any stance that both have"
    after = "; what follows it changes" if {*said.values()} == {"exactly as likely"} else ""
    if len(said) == len(stances) > 1 and len({*said.values()}) == 1:
        return f"{lead}, a strike is {said[stances[0]]} under {'either' if len(said) == 2 else 'every'} stance{after}"
    first, *rest = (f"{phrase} {under(play)}" for play, phrase in said.items())
    return f"{lead}, a strike is {' and '.join([first, *(each.replace('France', 'it') for each in rest)])}{after}"


def comparison_alt_text(result: Comparison, label: str) -> str:
    """Return the figure of a comparison in whole sentences, with every mean that is drawn."""
    said = [f"{comparison_finding(result, label)}.", f"Dots and ranges of what {label} changes in {result.scenario}."]
    for play, name in shown(result, label).items():
        rungs = ", ".join(f"{rung} {from_to(result, label, play, rung)}" for rung in drawn_rungs(result, label))
        said.append(f"{name.replace(chr(10), ' ')}: {rungs}.")
    return " ".join(said)


def from_to(result: Comparison, label: str, play: str, outcome: str) -> str:
    """Return both means as counts of cases, such as ``44 → 40 of 100``; one if they are alike."""
    old, new = (frequency(_mean(result.figures[each][play][outcome])) for each in (result.scenario, label))
    if old == new:
        return old
    if old.startswith("1 in ") and new.startswith("1 in "):
        return f"{old} → {new.removeprefix('1 in ')}"
    return f"{old.removesuffix(' of 100')} → {new}" if new.endswith(" of 100") else f"{old} → {new}"


def _phrase(result: Comparison, label: str, play: str) -> str:
    """Return how likely a strike is, against the other scenario."""
    change = result.differences[label][play]["strike"]
    old, new = (_mean(result.figures[each][play]["strike"]) for each in (result.scenario, label))
    if not (old or new):
        return _NEVER
    if change["equal"] == 1:
        return "exactly as likely"
    if abs(_mean(change)) <= half_width(change["se"]):
        return "as likely, as far as these draws can tell,"
    if not old or not new:
        return f"no longer impossible ({frequency(new)})" if new else "impossible"
    slightly = "slightly " if frequency(old) == frequency(new) else ""
    return f"{slightly}{'less likely' if new < old else 'likelier'} ({from_to(result, label, play, 'strike')})"


def _change(result: Comparison, label: str) -> Table:
    """Return the paired differences with their errors, and both means as counts."""
    changes, plays = result.differences[label], shown(result, label)
    rows: list[tuple[str, ...]] = []
    for outcome in OUTCOMES:
        cells = (f"{_signed(changes[play][outcome])}\n{from_to(result, label, play, outcome)}" for play in plays)
        rows.append((outcome, *cells))
    rows.append(("France's payoff", *(_signed(changes[play]["france_payoff"], 1) for play in plays)))
    return Table(
        f"What changes with {printable(short(result, label))}?",
        f"Mean difference from {result.scenario} in percentage points, ± the half-width of its own 95 % interval, from "
        "paired differences; below it both means. Payoffs: in units of the humiliation of folding.",
        ("at least …", *plays.values()),
        rows,
    )


def _both_readings(result: Comparison, label: str) -> list[Table]:
    """Return how strikes and hits change in both readings of the worst case, as stated and at equal exposure."""
    read = result.readings[label]
    stances = [play for play in shown(result, label) if play in read[READINGS[0]][EXPOSURES[0]]]
    kinds = [(exposure, reading) for exposure in EXPOSURES for reading in READINGS]
    rows = [
        (f"{outcome}, {stance}", *(_signed(read[reading][exposure][stance][outcome]) for exposure, reading in kinds))
        for outcome in _READ
        for stance in stances
    ]
    heads = [f"{reading}{chr(10) + 'equal exp.' if exposure != EXPOSURES[0] else ''}" for exposure, reading in kinds]
    table = Table(
        f"In both readings of the worst case, with {printable(short(result, label))}?",
        "The same differences, in percentage points, if both scenarios take Russia’s worst case over France’s "
        "types (type) or over all endings (outcome). Equal exposure: in each scenario all stances with a target "
        "take deployment and pinpoint of its stance of reference.",
        ("", *heads),
        rows,
    )
    return [table] if stances else []


def _anywhere(result: Comparison) -> list[str]:
    """Return every stance with a target in some scenario, and play."""
    return [*dict.fromkeys(stance for stances in result.struck.values() for stance in stances), CHOSEN]


def _worlds(result: Comparison, label: str) -> Table:
    """Return how the differences vary over draws."""
    changes, plays = result.differences[label], shown(result, label)
    rows: list[tuple[str, ...]] = []
    for outcome in OUTCOMES:
        cells = []
        for change in (changes[play][outcome] for play in plays):
            low, high = change["q05"], change["q95"]
            ends = "0" if low == high == 0 else f"{_points(low)} to {_points(high)}"
            cells.append(f"{ends}\n↑ {percent(change['higher'])}, ↓ {percent(change['lower'])}")
        rows.append((outcome, *cells))
    return Table(
        f"In how many worlds, and how much, with {printable(short(result, label))}?",
        "5–95 % range over draws of the difference in percentage points; below it the share of draws in which the "
        "outcome becomes more likely (↑) and less likely (↓). In the rest it is exactly as likely.",
        ("at least …", *plays.values()),
        rows,
    )


def _level(result: Comparison, play: str) -> Table:
    """Return every scenario's means with their own errors."""
    heading = "where France chooses" if play == CHOSEN else f"under {play}"
    plays = [result.figures[label].get(play) for label in result.labels]
    rows: list[tuple[str, ...]] = []
    for outcome in OUTCOMES:
        found = [(each[outcome], half_width(each[outcome]["se"])) if each else None for each in plays]
        cells = (f"{percent(_mean(each[0]), error=each[1])}\n{points(each[1])}" if each else NONE for each in found)
        rows.append((outcome, *cells))
    return Table(
        f"What does each scenario give {heading}?",
        "Mean over all draws; below it the half-width of its 95 % interval, in percentage points.",
        ("at least …", *(printable(short(result, label)) for label in result.labels)),
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


def _signed(change: dict[str, Any], unit: int = 100) -> str:
    """Return a difference, of probabilities in percentage points, with one digit of its error and no finer one."""
    mean, error = unit * _mean(change), unit * half_width(change["se"])
    if error == 0:
        return _points(mean / 100)
    digits = max(0, -int(f"{error:.0e}".partition("e")[2]))
    return f"{mean:+.{digits}f} ± {error:.{digits}f}".replace("-", "−")


def _points(difference: float) -> str:
    """Return a difference in percentage points, signed."""
    size = percent(abs(difference)).removesuffix(" %")
    return size if not difference else f"{'+' if difference > 0 else '−'}{size}"
