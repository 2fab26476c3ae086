"""How does a run look beside what has happened and what others expect? Below, inside or above, and by what factor.

A fact never refutes a run, since none asks the model's question. The comparison shows where the scenario's assumptions
part with the record, so that a reader can ask why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np

from sim.analyses.plausible.base_rates import BaseRate, load_base_rates
from sim.analyses.plausible.events import Verdict, bounds, event_by_draw, verdict
from sim.crisis.play import Play
from sim.draws.blocks import parameter_blocks, rounded_draws
from sim.draws.tally import WeightedTally
from sim.montecarlo.encounter import evaluate
from sim.montecarlo.identity import versions
from sim.scenario.given import Source, as_scenario, draws_and_seed
from sim.scenario.scenario import Scenario
from sim.telling.english import rounded_up, set_by_hand
from sim.telling.numbers import STUDENT_T

SCHEMA = 2
"""Version of the dict's shape; it rises when a name or a meaning changes."""

PLAYS = {"ambiguous": "ambiguous", "commit": "commit", "equilibrium": "selected"}
"""What is set beside the facts, and what `evaluate` calls each. Never rule_out: its zeros are by construction."""


@dataclass(frozen=True)
class Model:
    """What the model gives for one fact's event.

    Attributes
    ----------
    mean, se : float
        Probability over all draws, and its Monte Carlo standard error.
    q05, q95 : float
        5-95 % range over draws; given a rung, over draws as often as they reach it.
    draws_below, draws_above : float
        Share of the draws, counted as for the range, below and above the fact's interval (its value if it has none).
    verdict : {"below", "inside", "above"}
        Where the mean lies, by `verdict`.
    factor : float or None
        Mean over the fact's value; None if either is 0.
    """

    mean: float
    se: float
    q05: float
    q95: float
    draws_below: float
    draws_above: float
    verdict: Verdict
    factor: float | None


@dataclass(frozen=True)
class Beside:
    """A fact, and the model's figures for its event by play; None where the model never gets to the rung given."""

    fact: BaseRate
    models: dict[str, Model | None]


@dataclass(frozen=True)
class Bearing:
    """A fact that bears on parameters, and what the scenario takes these for: median, q05 and q95 by name."""

    fact: BaseRate
    parameters: dict[str, dict[str, float]]


@dataclass(frozen=True, eq=False)
class Plausibility:
    """A run beside base rates and forecasts.

    Attributes
    ----------
    scenario, title : str
        Name and title of the scenario.
    draws, seed : int
        Draws that were run, and their seed.
    encounters_per_year : float
        By which figures per encounter became figures per year.
    settings : dict of str to float
        Parameters that were set by hand.
    sha256 : str
        Hash of all that the scenario states.
    rows : tuple of Beside
        Facts beside outcomes, in the order of the register.
    bearings : tuple of Bearing
        Facts that bear on parameters.
    notes : list of str
        What a reader must know.
    versions : dict of str to str
        Versions of what the bits depend on.

    Examples
    --------
    >>> import sim
    >>> found = sim.plausibility(sim.load_scenario("macron-2024"), draws=1024)
    >>> found.rows[0].fact.id, sorted(found.rows[0].models)
    ('disputes-to-war-1816', ['ambiguous', 'commit', 'equilibrium'])
    """

    scenario: str
    title: str
    draws: int
    seed: int
    encounters_per_year: float
    settings: dict[str, float]
    sha256: str
    rows: tuple[Beside, ...]
    bearings: tuple[Bearing, ...]
    notes: list[str]
    versions: dict[str, str]

    def to_dict(self) -> dict[str, Any]:
        """Return everything, as JSON can hold it, and "schema", the version of this shape."""
        plain = {each.name: deepcopy(getattr(self, each.name)) for each in fields(self)}
        plain["rows"] = [_listed(asdict(row)) for row in self.rows]
        plain["bearings"] = [_listed(asdict(row)) for row in self.bearings]
        return {"schema": SCHEMA} | plain


def plausibility(
    scenario: Source,
    *,
    draws: int | None = None,
    seed: int | None = None,
    play: Play = Play(),  # noqa: B008 - frozen
    facts: Sequence[BaseRate] | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Plausibility:
    """Set a run beside base rates and forecasts.

    For each fact the model's probability of the same event is taken from one run: a ratio of means where the fact is
    about encounters that reach a rung, and 1 - (1 - p)^n in every draw where it covers a time of n encounters.

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
    progress : callable, optional
        Called with the draws done and the draws to do after every block.

    Returns
    -------
    Plausibility
        Same scenario, draws, seed and facts give the same bits.

    Raises
    ------
    ValueError
        If draws or seed are out of bounds.
    TypeError
        If draws or seed are no whole numbers.

    Examples
    --------
    >>> import sim
    >>> found = sim.plausibility(sim.load_scenario("macron-2024"), draws=4096)
    >>> row = next(row for row in found.rows if row.fact.id == "atlantic-council-2025")
    >>> row.models["ambiguous"].verdict
    'below'
    """
    scenario = as_scenario(scenario)
    asked, stream = draws_and_seed(scenario, draws, seed)
    total = rounded_draws(asked)
    listed = load_base_rates() if facts is None else tuple(facts)
    compared = [fact for fact in listed if fact.event]
    tally, done = WeightedTally(tuple(_name(fact, prefix) for fact in compared for prefix in PLAYS.values())), 0
    for block, parameters in parameter_blocks(scenario, total, stream):
        values = evaluate(parameters, worst_case=scenario.worst_case, play=play)
        tally.add(
            block.replicate,
            {
                _name(fact, prefix): event_by_draw(values, fact, prefix, per_year=scenario.encounters_per_year)
                for fact in compared
                for prefix in PLAYS.values()
            },
        )
        done += block.size
        if progress:
            progress(done, total)
    return Plausibility(
        scenario=scenario.name,
        title=scenario.title,
        draws=total,
        seed=stream,
        encounters_per_year=scenario.encounters_per_year,
        settings=dict(scenario.settings),
        sha256=scenario.sha256,
        rows=tuple(_beside(fact, tally) for fact in compared),
        bearings=tuple(_bearing(fact, scenario) for fact in listed if not fact.event),
        notes=_notes(scenario, listed, asked=asked, total=total),
        versions=versions(),
    )


def _name(fact: BaseRate, prefix: str) -> str:
    """Return the name of a fact's event in one way of playing."""
    return f"{prefix}.{fact.id}"


def _beside(fact: BaseRate, tally: WeightedTally) -> Beside:
    """Return a fact and the model's figures."""
    return Beside(fact, {play: _model(fact, tally, _name(fact, prefix)) for play, prefix in PLAYS.items()})


def _model(fact: BaseRate, tally: WeightedTally, name: str) -> Model | None:
    """Return the figures of one way of playing, None if it never gets to the rung given."""
    if tally.weight(name) == 0:
        return None
    mean, se = tally.mean(name), tally.standard_error(name)
    below, above = tally.outside(name, *bounds(fact))
    return Model(
        mean=mean,
        se=se,
        q05=tally.quantile(name, 0.05),
        q95=tally.quantile(name, 0.95),
        draws_below=below,
        draws_above=above,
        verdict=verdict(mean, STUDENT_T * se, fact),
        factor=mean / fact.value if mean and fact.value else None,
    )


def _bearing(fact: BaseRate, scenario: Scenario) -> Bearing:
    """Return a fact and what the scenario takes its parameters for."""
    levels = {"median": 0.5, "q05": 0.05, "q95": 0.95}
    found = {
        name: scenario.entries[name].distribution.quantile(np.array([*levels.values()])) for name in fact.parameters
    }
    return Bearing(fact, {name: dict(zip(levels, map(float, each), strict=True)) for name, each in found.items()})


def _listed(plain: dict[str, Any]) -> dict[str, Any]:
    """Return a fact with lists in place of tuples, as JSON has them."""
    plain["fact"] = {key: list(each) if isinstance(each, tuple) else each for key, each in plain["fact"].items()}
    return plain


def _notes(scenario: Scenario, facts: Sequence[BaseRate], *, asked: int, total: int) -> list[str]:
    """Return what a reader must know to read the figures, in whole sentences."""
    yearly = (
        f"Figures for a time rest on encounters_per_year = {scenario.encounters_per_year:g} of the scenario, in the "
        "same world, with types drawn anew each time and nothing learnt. They count escalation through attacks on "
        "trainers only; forecasts count every way."
    )
    return [
        *set_by_hand(scenario.settings),
        "None of the facts asks the model's question, and disputes are not drawn at random: a gap is a reason to ask "
        "why, not a refutation, and agreement is no proof.",
        *([yearly] if any(fact.event and fact.years for fact in facts) else []),
        "rule_out is left out: its zeros hold by construction and are no finding.",
        *rounded_up(asked, total),
    ]
