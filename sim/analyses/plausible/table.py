"""How is a run beside base rates told? Counts of verdicts, one table of facts, and why each asks something else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from sim.analyses.plausible.analysis import CHOSEN, ComparedFact, Model, Plausibility
from sim.analyses.plausible.base_rates import BaseRate
from sim.crisis.terms import READINGS
from sim.telling.answer import NONE, Answer, Figure, Table
from sim.telling.english import listed, upper
from sim.telling.names import quoting
from sim.telling.numbers import frequency, percent, span
from sim.telling.rendering import printable

_EVENTS = {
    "strike": "Russia strikes",
    "casualties": "soldiers are hit",
    "retaliation": "France answers",
    "war": "war",
    "nuclear": "nuclear use",
}
_GIVEN = {
    "strike": "after a strike",
    "casualties": "after a hit",
    "retaliation": "after an answer",
    "war": "in a war",
}
_VERDICTS = {
    "below": "rarer in the model",
    "inside": "as the fact allows",
    "above": "likelier in the model",
    "no case": "never gets so far",
}
OVER = {"type": "over France’s types", "outcome": "over all endings"}
_UNDER = {"ambiguous": "under ambiguity", "commit": "under commitment", CHOSEN: "where France chooses"}


def answer(result: Plausibility, *, every: bool = True) -> Answer:
    """Return what a run beside base rates says, for a terminal or a notebook."""

    def figures() -> list[Figure]:
        from sim.analyses.plausible.figure import figures

        return figures(result)

    listed = result if every else replace(result, rows=tuple(row for row in result.rows if row.fact.shown), bearings=())
    facts = [*(row.fact for row in listed.rows), *(row.fact for row in listed.bearings)]
    background = "† macron-2024 names this fact as background to one of its numbers: agreement there is no test."
    notes = [*result.notes, *([background] if any(fact.background_of for fact in facts) else []), *_differences(facts)]
    if left := len(result.rows) + len(result.bearings) - len(facts):
        notes.append(f"{left} more facts are in the register: --all shows them.")
    naming = quoting(result.naming, [text for fact in facts for text in (fact.title, fact.differs)])
    panels = [_counts(result), _facts(listed), *([_bearings(listed)] if listed.bearings else [])]
    found = (
        f"{plausibility_finding(result)}. Several of these count the same disputes, and none asks the model's question"
    )
    data, first = result.to_dict(), _brief(result)
    return Answer("plausible", result.title, result.stamp(), panels, notes, data, found, first, figures, naming=naming)


def _brief(result: Plausibility) -> Table:
    """Return the first table of all: how many facts the means lie below and above, in a line each."""
    plays = {play: head.replace("\n", " ") for play, head in columns(result).items()}
    counts = {play: _counts_of(result, play, result.worst_case) for play in plays}
    return Table(
        "",
        "Facts are base rates of past disputes and forecasts of others. Below: the event is rarer in the model than in "
        "the fact, with all of its numerical error; inside: as the fact allows; no case: it never gets so far. Which "
        "fact lies where, and in how many draws, --full tells.",
        ("the model's mean lies …", *plays.values()),
        [(each, *(str(counts[play][each]) for play in plays)) for each in _VERDICTS],
    )


def plausibility_finding(result: Plausibility) -> str:
    """Return where the model's means lie beside the facts in both readings of the worst case, in one sentence."""
    reading = other_reading(result)
    counts = [_counts_of(result, play, reading) for play in result.struck or (CHOSEN,)]
    below, above, missing = (_together([each[kind] for each in counts]) for kind in ("below", "above", "no case"))
    otherwise = f"with the worst case {OVER[reading]}, below {below} and above {above}"
    otherwise += f" ({missing} have no case)" if missing != "none" else ""
    return f"{_in_own_reading(result, result.struck or (CHOSEN,))}; {otherwise}"


def drawn_finding(result: Plausibility) -> str:
    """Return the same of the facts that are drawn, so that who counts the dots finds as many; rings say the rest."""
    first, *others = _in_own_reading(replace(result, rows=tuple(shown(result))), drawn(result)).split("; ")
    return "; ".join([first, *(re.sub(r" of \d+ facts", "", other) for other in others)])


def _in_own_reading(result: Plausibility, plays: Sequence[str]) -> str:
    """Return where the means lie in the scenario's own reading, as it is played."""
    said = {_UNDER.get(play, f"under {play}"): _counted(result, play, result.worst_case) for play in plays}
    (when, counted), *rest = said.items()
    if rest and {*said.values()} == {counted}:
        when, rest = f"under {'either' if len(rest) == 1 else 'every'} stance", []
    return "; ".join([f"{upper(when)} the model’s mean lies {counted}", *(f"{one}, {other}" for one, other in rest)])


def _together(counts: list[int]) -> str:
    """Return the counts of several stances, once if all are alike."""
    return listed([str(each or "none") for each in (counts if len({*counts}) > 1 else counts[:1])])


def plausible_alt_text(result: Plausibility) -> str:
    """Return the figure in whole sentences, with every fact and mean that is drawn."""
    said = [f"{drawn_finding(result)}.", "Ranges of the model beside facts, on a log scale."]
    for row in shown(result):
        means, others = (
            ", ".join(f"{play} {_placed(row.readings[reading][play])}" for play in drawn(result))
            for reading in (result.worst_case, other_reading(result))
        )
        said.append(f"{row.fact.title}: {said_of(row.fact)}; in the model {event_told(row.fact)}, {means}.")
        said.append(f"With the worst case {OVER[other_reading(result)]}: {others}.")
    return " ".join(said)


def other_reading(result: Plausibility) -> str:
    """Return the reading of the worst case that is not the scenario's own."""
    return next(each for each in READINGS if each != result.worst_case)


def columns(result: Plausibility) -> dict[str, str]:
    """Return what is played, and its heading."""
    return {stance: stance for stance in result.struck} | {CHOSEN: "France\nchooses"}


def drawn(result: Plausibility) -> tuple[str, ...]:
    """Return the ways to play of the figure, which has room for two: ambiguous and commit if there are such."""
    first = [name for name in ("ambiguous", "commit") if name in result.struck]
    return tuple(dict.fromkeys((*first, *result.struck, CHOSEN)))[:2]


def shown(result: Plausibility) -> list[ComparedFact]:
    """Return the facts of the figure, from that which the means lie farthest below to that farthest above."""
    return sorted((row for row in result.rows if row.fact.shown), key=_likelier)


def said_of(fact: BaseRate) -> str:
    """Return what a fact says, as a count of cases."""
    return f"0 of {fact.of}" if fact.count == 0 else frequency(float(fact.value or 0))


def event_told(fact: BaseRate) -> str:
    """Return the event that a fact stands beside, such as ``war after a strike`` or ``war within 10 years``."""
    if fact.given:
        when = _GIVEN[fact.given]
    elif fact.years:
        when = "within a year" if fact.years == 1 else f"within {fact.years:g} years"
    else:
        when = "per encounter"
    return f"{_EVENTS[str(fact.event)]} {when}"


def _differences(facts: list[BaseRate]) -> list[str]:
    """Return why each fact asks something else, those with the same reason together."""
    reasons = dict.fromkeys(fact.differs for fact in facts)
    alike = {reason: "; ".join(fact.title for fact in facts if fact.differs == reason) for reason in reasons}
    return [f"{titles}: {printable(reason)}" for reason, titles in alike.items()]


def _counts_of(result: Plausibility, play: str, reading: str) -> Counter[str]:
    """Return how often each verdict is given under one way of playing, in one reading of the worst case."""
    models = (row.readings[reading][play] for row in result.rows)
    return Counter(model.verdict if model else "no case" for model in models)


def _counted(result: Plausibility, play: str, reading: str) -> str:
    """Return how many of the facts that can be compared the mean lies below and above, and for how many none can."""
    counts = _counts_of(result, play, reading)
    missing = counts["no case"]
    compared = len(result.rows) - missing
    said = f"below {counts['below'] or 'none'} of {compared} facts and above {counts['above'] or 'none'}"
    return f"{said} ({missing} have no case)" if missing else said


def _likelier(row: ComparedFact) -> float:
    """Return the larger mean of both stances, relative to the fact, or to the end of its interval if it is 0."""
    mean = max((model.mean for play in row.models if play != CHOSEN and (model := row.models[play])), default=0.0)
    beside = row.fact.value or (row.fact.interval or (0.0, 1.0))[1]
    return mean / beside if beside else mean


def _placed(model: Model | None) -> str:
    """Return a mean as a count of cases, where it lies, and how many draws lie elsewhere."""
    if model is None:
        return "no case"
    draws = f"{percent(model.draws_below)} of draws below, {percent(model.draws_above)} above"
    return f"{frequency(model.mean)}, {model.verdict} ({draws})"


def _counts(result: Plausibility) -> Table:
    """Return how many facts the means lie below and above."""
    plays = columns(result)
    counts = {play: [_counts_of(result, play, reading) for reading in READINGS] for play in plays}
    rows: list[tuple[str, ...]] = []
    for verdict, meaning in _VERDICTS.items():
        cells = (" · ".join(str(each[verdict]) for each in counts[play]) for play in plays)
        rows.append((f"{verdict}\n{meaning}", *cells))
    return Table(
        "Where does the model lie beside what has happened and what others expect?",
        f"{plausibility_finding(result)}; several of these count the same disputes. Below or above: the mean lies "
        "there with all of its numerical error, beside the fact's interval or, if it has none, its value. Inside: "
        f"neither. Left of the dot with the worst case {OVER['type']} (type), right of it {OVER['outcome']} (outcome).",
        ("the mean lies …", *plays.values()),
        rows,
    )


def _facts(result: Plausibility) -> Table:
    """Return every fact with its verdicts, below the figures of the model for the same event."""
    rows: list[tuple[str, ...]] = []
    plays = columns(result)
    for event in dict.fromkeys(event_told(row.fact) for row in result.rows):
        group = sorted((row for row in result.rows if event_told(row.fact) == event), key=_likelier)
        rows.append((f"MODEL: {event}", NONE, *(_in_both(group[0], play, _level) for play in plays)))
        for row in group:
            interval = f"\n{span(*row.fact.interval)}" if row.fact.interval else ""
            mark = " †" if row.fact.background_of else ""
            verdicts = (_in_both(row, play, _verdict) for play in plays)
            rows.append((f"{row.fact.title}{mark}", f"{said_of(row.fact)}{interval}", *verdicts))
    return Table(
        "Where, in either reading of the worst case?",
        "MODEL: its mean and 5–95 % range over draws, and below it the facts about such an event, with their 95 % "
        "intervals or the ranges given. Beside each fact where the mean lies, and how many of 100 draws, counted as "
        "often as they get so far, lie below, inside and above: the mean can lie on one side and many draws on the "
        f"other. First with the worst case {OVER['type']} (type), then {OVER['outcome']} (outcome).",
        ("", "fact", *plays.values()),
        rows,
    )


def _in_both(row: ComparedFact, play: str, told: Callable[[Model], str]) -> str:
    """Return what is told of the model in one reading of the worst case, and below it in the other."""
    models = (row.readings[reading][play] for reading in READINGS)
    return "\n".join(told(model) if model else NONE for model in models)


def _level(model: Model) -> str:
    """Return mean and range."""
    return f"{frequency(model.mean)}\n{span(model.q05, model.q95)}"


def _verdict(model: Model) -> str:
    """Return the verdict, and how many of 100 draws lie below, inside and above."""
    below, above = (round(100 * share) for share in (model.draws_below, model.draws_above))
    return f"{model.verdict}\n{below} · {100 - below - above} · {above}"


def _bearings(result: Plausibility) -> Table:
    """Return the facts that bear on parameters, beside what the scenario takes these for."""
    rows: list[tuple[str, ...]] = []
    for row in result.bearings:
        fact = row.fact
        figure = span(*fact.interval) if fact.interval else percent(fact.value) if fact.value else NONE
        taken = (f"{name} {e['median']:.2g} ({e['q05']:.2g} – {e['q95']:.2g})" for name, e in row.parameters.items())
        grade = "\nsecond-hand" if fact.grade == "second-hand" else ""
        rows.append((f"{fact.title}{grade}", figure, "\n".join(taken)))
    return Table(
        "What else bears on the scenario's numbers?",
        "Cases, polls and experiments, and what the scenario takes the parameters for: median (5–95 %). They are no "
        "measurements of these parameters, so there is no verdict.",
        ("", "fact", "the scenario's number"),
        rows,
    )
