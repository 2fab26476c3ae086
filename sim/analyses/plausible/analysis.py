"""How does a run look beside what has happened and what others expect? No fact refutes it: none asks its question."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from itertools import chain
from typing import Any, Literal

import numpy as np

from sim.analyses.plausible.base_rates import BaseRate, load_base_rates
from sim.crisis.play import Play
from sim.crisis.terms import READINGS
from sim.draws.blocks import Block, parameter_values, together
from sim.draws.tally import WeightedBlock, WeightedTally, weighted_block
from sim.games.game import Floats
from sim.montecarlo.encounter import evaluate
from sim.montecarlo.job import Sample, sampled
from sim.scenario.given import Source
from sim.scenario.scenario import Scenario
from sim.telling.answer import Provenance, stated
from sim.telling.numbers import STUDENT_T
from sim.work.executors import crew
from sim.work.pieces import of_pieces

SCHEMA = 4  # version of the dict's shape; it rises when a name or a meaning changes
CHOSEN = "equilibrium"  # name of play in which France chooses; `evaluate` calls it selected

Verdict = Literal["below", "inside", "above"]
"""The model's mean makes the event rarer than the fact does, as likely as its interval allows, or likelier."""


@dataclass(frozen=True)
class Model:
    """What the model gives for one fact's event; given a rung, draws count as often as they reach it."""

    mean: float
    se: float
    q05: float
    q95: float
    draws_below: float  # share of draws below the fact's interval, or its value if it has none
    draws_above: float
    verdict: Verdict


@dataclass(frozen=True)
class ComparedFact:
    """A fact, and the model's figures for its event by play; None where the model never gets to the rung given."""

    fact: BaseRate
    models: dict[str, Model | None]  # in the scenario's own reading of the worst case
    readings: dict[str, dict[str, Model | None]]  # in either reading


@dataclass(frozen=True)
class Bearing:
    """A fact that bears on parameters, and what the scenario takes these for: median, q05 and q95 by name."""

    fact: BaseRate
    parameters: dict[str, dict[str, float]]


@dataclass(frozen=True, eq=False)
class Plausibility(Provenance):
    """A run beside base rates and forecasts: the fields of `Provenance`, and what was found.

    Attributes
    ----------
    encounters_per_year : float
        By which figures per encounter became figures per year.
    sha256 : str
        Hash of all that the scenario states.
    worst_case : {"type", "outcome"}
        The scenario's own reading of the worst case, behind the `models` of a row; its `readings` have both.
    struck : tuple of str
        The stances that are set beside the facts, besides play: those with a target.
    rows : tuple of ComparedFact
        Facts beside outcomes, in the order of the register.
    bearings : tuple of Bearing
        Facts that bear on parameters.
    notes : list of str
        What a reader must know.
    """

    encounters_per_year: float
    sha256: str
    worst_case: str
    struck: tuple[str, ...]
    rows: tuple[ComparedFact, ...]
    bearings: tuple[Bearing, ...]
    notes: list[str]

    def table(self) -> list[dict[str, Any]]:
        """Return one row per fact, reading of the worst case and way of playing, if that gets to the rung given."""
        rows = []
        for row in self.rows:
            low, high = row.fact.interval or (None, None)
            fact = {"fact": row.fact.id, "value": row.fact.value, "low": low, "high": high}
            for reading, models in row.readings.items():
                fact |= {"worst_case": reading}
                rows += [fact | {"stance": play} | vars(model) for play, model in models.items() if model]
        return rows

    def to_dict(self) -> dict[str, Any]:
        """Return everything, as JSON can hold it, and "schema", the version of this shape."""
        return {"schema": SCHEMA} | stated(asdict(self, dict_factory=_with_lists))


def plausibility(  # noqa: PLR0913 - each is asked for by name
    scenario: Source,
    *,
    draws: int | None = None,
    seed: int | None = None,
    play: Play = Play(),  # noqa: B008 - frozen
    facts: Sequence[BaseRate] | None = None,
    workers: int = 1,
    progress: Callable[[int, int], object] | None = None,
) -> Plausibility:
    """Set a run beside base rates and forecasts.

    The model's probability of a fact's event is a ratio of means where the fact is about encounters that reach a rung,
    and 1 - (1 - p)^n in every draw where it covers a time of n encounters.

    Parameters
    ----------
    scenario : Scenario, str or Path
        From `load_scenario`; or the name or file that it takes.
    draws, seed : int, optional
        As in `sim.run`.
    play : Play
        How the crisis is played where France chooses.
    facts : sequence of BaseRate, optional
        The bundled register if left out.
    workers : int
        Processes that share the work.
    progress : callable, optional
        Called with the draws done and the draws to do, every few blocks.

    Returns
    -------
    Plausibility
        Same scenario, draws, seed and facts give the same bits, for any workers.

    Raises
    ------
    ValueError
        If draws, seed or workers are out of bounds.
    TypeError
        If draws, seed or workers are no whole numbers.

    Examples
    --------
    >>> import sim
    >>> found = sim.plausibility(sim.load_scenario("macron-2024"), draws=4096)
    >>> row = next(row for row in found.rows if row.fact.id == "atlantic-council-2025")
    >>> row.models["ambiguous"].verdict
    'below'
    """
    sample = sampled(scenario, draws, seed)
    own = sample.scenario
    register = load_base_rates() if facts is None else tuple(facts)
    compared = [fact for fact in register if fact.event]
    plays = {stance: stance for stance in own.stances.struck} | {CHOSEN: "selected"}
    events = {f"{prefix}.{fact.id}": (fact, prefix) for fact in compared for prefix in plays.values()}
    tally = WeightedTally(tuple(f"{reading}.{name}" for reading in READINGS for name in events))

    with crew(workers) as by:
        work = partial(_added, sample=sample, play=play, events=events, names=tally.names)
        for each in chain.from_iterable(of_pieces(work, sample.draws, by, progress=progress)):
            tally.merge(each)
    bearings = (_bearing(fact, own) for fact in register if not fact.event)
    return Plausibility(
        **sample.provenance(),
        encounters_per_year=own.encounters_per_year,
        sha256=own.sha256,
        worst_case=own.worst_case,
        struck=own.stances.struck,
        rows=tuple(_row(fact, tally, plays, own.worst_case) for fact in compared),
        bearings=tuple(each for each in bearings if each.parameters),
        notes=_notes(sample, register),
    )


def _added(
    listed: list[Block], *, sample: Sample, play: Play, events: Mapping[str, tuple[BaseRate, str]], names: Sequence[str]
) -> list[WeightedBlock]:
    """Return what each of some blocks adds: every event, and how much it counts, in each reading of the worst case."""
    own = sample.scenario

    def by_draw(scores: Floats) -> dict[str, Floats]:
        """Return both, (2, n)."""
        parameters, found = parameter_values(own, scores), {}
        for reading in READINGS:
            values = evaluate(parameters, worst_case=reading, play=play, stances=own.stances)
            for name, event in events.items():
                pair = event_by_draw(values, *event, per_year=own.encounters_per_year)
                found[f"{reading}.{name}"] = np.stack(pair)
        return found

    return [
        weighted_block(names, block.replicate, {name: (pair[0], pair[1]) for name, pair in found.items()})
        for block, _, found in together(sample.scores(listed=listed), by_draw)
    ]


def event_by_draw(values: Mapping[str, Floats], fact: BaseRate, play: str, *, per_year: float) -> tuple[Floats, Floats]:
    """Return the probability of a fact's event in each draw, (n,), and how much the draw counts, (n,)."""
    event = values[f"{play}.{fact.event}"]
    if fact.given:
        reached = values[f"{play}.{fact.given}"]
        share = np.divide(event, reached, out=np.zeros_like(event), where=reached > 0)
        return np.minimum(share, 1.0), reached
    return (over_time(event, per_year * fact.years) if fact.years else event), np.ones_like(event)


def over_time(probability: Floats, encounters: float) -> Floats:
    """Return the probability that an event comes about at least once in so many encounters."""
    with np.errstate(divide="ignore"):  # the logarithm of 0 is minus infinity, and that is the right limit
        return -np.expm1(encounters * np.log1p(-probability))


def verdict(mean: float, half_width: float, fact: BaseRate) -> Verdict:
    """Return on which side of a fact's interval, or of its value if it has none, the model's mean lies."""
    least, most = fact.bounds
    if mean - half_width > most:
        return "above"
    return "below" if mean + half_width < least else "inside"


def _row(fact: BaseRate, tally: WeightedTally, plays: Mapping[str, str], worst_case: str) -> ComparedFact:
    """Return a fact with the model's figures in both readings of the worst case."""
    readings: dict[str, dict[str, Model | None]] = {
        reading: {play: _model(fact, tally, f"{reading}.{name}.{fact.id}") for play, name in plays.items()}
        for reading in READINGS
    }
    return ComparedFact(fact, readings[worst_case], readings)


def _model(fact: BaseRate, tally: WeightedTally, name: str) -> Model | None:
    """Return the figures of one way of playing, None if it never gets to the rung given."""
    if tally.weight(name) == 0:
        return None
    mean, se = tally.mean(name), tally.standard_error(name)
    below, above = tally.outside(name, *fact.bounds)
    low, high = tally.quantiles(name, (0.05, 0.95))
    return Model(mean, se, low, high, below, above, verdict(mean, STUDENT_T * se, fact))


def _bearing(fact: BaseRate, scenario: Scenario) -> Bearing:
    """Return a fact and what the scenario takes its parameters for, of those that it has."""
    has = {each.name for each in scenario.parameters}
    levels, found = {"median": 0.5, "q05": 0.05, "q95": 0.95}, {}
    for name in filter(has.__contains__, fact.parameters):
        quantiles = scenario.entries[name].distribution.quantile(np.array([*levels.values()]))
        found[name] = dict(zip(levels, map(float, quantiles), strict=True))
    return Bearing(fact, found)


def _notes(sample: Sample, facts: Sequence[BaseRate]) -> list[str]:
    """Return what a reader must know to read the figures, in whole sentences."""
    scenario = sample.scenario
    yearly = (
        f"Figures for a time rest on encounters_per_year = {scenario.encounters_per_year:g} of the scenario, in the "
        "same world, with types drawn anew each time and nothing learnt. They count escalation through attacks on "
        "trainers only; forecasts count every way."
    )
    empty = [name for name in scenario.names if name not in scenario.stances.struck]
    verb, whose = ("is", "its") if len(empty) == 1 else ("are", "their")
    left_out = f"{' and '.join(empty)} {verb} left out: {whose} zeros hold by construction and are no finding."
    return sample.notes(
        [
            "None of the facts asks the model's question, and disputes are not drawn at random: a gap is a reason to "
            "ask why, not a refutation, and agreement is no proof.",
            *([yearly] if any(fact.event and fact.years for fact in facts) else []),
            *([left_out] if empty else []),
            f"The scenario itself reads Russia's worst case as {scenario.worst_case}; the other reading is beside it.",
        ]
    )


def _with_lists(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return fields as a dict with lists in place of tuples, as JSON has them."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in pairs}
