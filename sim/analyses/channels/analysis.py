"""Why does ambiguity deter? The step from one doctrine to another, split among its channels over what is uncertain."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.analyses.channels.shapley import CHANNELS, MEASURES, split
from sim.crisis.parameters import BASELINE
from sim.draws.blocks import parameter_blocks, rounded_draws
from sim.draws.tally import Tally
from sim.games.game import Floats
from sim.montecarlo.identity import versions
from sim.scenario.given import Source, as_scenario, draws_and_seed
from sim.scenario.scenario import Scenario
from sim.telling.answer import Provenance

SCHEMA = 1
"""Version of the dict's shape; it rises when a name or a meaning changes."""

_ENDS = ("before", "after", "total")
_WAYS = ("parts", "first", "last")
_NAMES = (*_ENDS, *(f"{way} {channel}" for way in _WAYS for channel in CHANNELS))


@dataclass(frozen=True)
class Estimate:
    """A mean over draws, and its standard error from 16 replicates (Student's t, 15 degrees of freedom)."""

    mean: float
    se: float


@dataclass(frozen=True)
class Step:
    """What one measure is before and after the step, and how the difference is split.

    Each channel has as its part its Shapley value; the parts add up to the total. First and last is what it does if it
    changes before all others, and after all others: how much the order matters.
    """

    before: Estimate
    after: Estimate
    total: Estimate
    parts: dict[str, Estimate]
    first: dict[str, Estimate]
    last: dict[str, Estimate]


@dataclass(frozen=True)
class Channels(Provenance):
    """The step between two doctrines, split among the seven channels that it changes: `Provenance`, and what was found.

    Attributes
    ----------
    start, end : str
        Stances at which the step starts and ends; France is held to either.
    outcome : str
        The measure that was asked about.
    levels : dict of str to tuple of (float or None, float or None)
        By channel: mean of its parameter where the step starts and where it ends; None where rule_out has none.
    steps : dict of str to Step
        By measure: all rungs, side outcomes and France's payoff, from the same mixed stances.

    Examples
    --------
    >>> import sim
    >>> result = sim.channels(sim.load_scenario("macron-2024"), draws=1024)
    >>> sorted(result.step.parts, key=lambda name: result.step.parts[name].mean)[0]
    'deployment'
    """

    start: str
    end: str
    outcome: str
    levels: dict[str, tuple[float | None, float | None]]
    steps: dict[str, Step]

    @property
    def step(self) -> Step:
        """The step on the measure that was asked about."""
        return self.steps[self.outcome]

    def table(self) -> list[dict[str, Any]]:
        """Return one row per measure and channel, ready for a data frame.

        Returns
        -------
        list of dict
            outcome, channel, mean and se of its part, and those of what it does first in and last in: first, first_se,
            last, last_se.
        """
        rows = []
        for measure, step in self.steps.items():
            for name, part in step.parts.items():
                first, last = step.first[name], step.last[name]
                order = {"first": first.mean, "first_se": first.se, "last": last.mean, "last_se": last.se}
                rows.append({"outcome": measure, "channel": name} | vars(part) | order)
        return rows

    def to_dict(self) -> dict[str, Any]:
        """Return everything as JSON can hold it.

        Returns
        -------
        dict
            schema, scenario, draws, seed, from, to, outcome, then for that outcome total, channels and se (of every
            channel and "total"), before, after, first_in and last_in with mean and se each; `levels` as above;
            `outcomes` holds total, channels and se of every measure.
        """
        asked = self.step
        return {
            "schema": SCHEMA,
            "scenario": self.scenario,
            "draws": self.draws,
            "seed": self.seed,
            "from": self.start,
            "to": self.end,
            "outcome": self.outcome,
            **_split(asked),
            "before": vars(asked.before).copy(),
            "after": vars(asked.after).copy(),
            "first_in": {name: vars(each).copy() for name, each in asked.first.items()},
            "last_in": {name: vars(each).copy() for name, each in asked.last.items()},
            "levels": {name: {"from": start, "to": end} for name, (start, end) in self.levels.items()},
            "outcomes": {measure: _split(step) for measure, step in self.steps.items()},
            "title": self.title,
            "settings": dict(self.settings),
            "versions": dict(self.versions),
        }


def channels(  # noqa: PLR0913 - each is asked for by name
    scenario: Source,
    draws: int | None = None,
    seed: int | None = None,
    *,
    start: str = "commit",
    end: str = "ambiguous",
    outcome: str = "strike",
    progress: Callable[[int, int], object] | None = None,
) -> Channels:
    """Return what each channel contributes to the step from one doctrine to another.

    Moving from one stance to another changes seven numbers at once. For every draw, the step is split among them by
    Shapley value: what a number adds when it changes, averaged over all orders in which the seven could.

    Parameters
    ----------
    scenario : Scenario, str or Path
        From `load_scenario`; or the name or file that it takes.
    draws : int, optional
        At least 1; rounded up to 16 · 2^k. By default the scenario's.
    seed : int, optional
        Seed of the draws, 0 or more. By default the scenario's.
    start, end : {"rule_out", "ambiguous", "commit"}
        Where the step starts and ends. `rule_out` says nothing of what happens to trainers who are there, so from or to
        it only deployment, isolation and stance value act.
    outcome : str
        A rung, a side outcome, or "france_payoff": the measure to report; all are computed.
    progress : callable, optional
        Called with the draws done and the draws to do after every block.

    Returns
    -------
    Channels
        Same scenario, draws and seed give the same bits; the draws are those of `sim.run`.

    Raises
    ------
    ValueError
        If a stance or outcome is unknown, or draws or seed are out of bounds.
    TypeError
        If draws or seed are no whole numbers.

    Examples
    --------
    >>> import sim
    >>> step = sim.channels(sim.load_scenario("macron-2024"), draws=1024).step
    >>> abs(sum(part.mean for part in step.parts.values()) - step.total.mean) < 1e-12
    True
    """
    if outcome not in MEASURES:
        raise ValueError(f"outcome must be one of {', '.join(MEASURES)}; it is {outcome!r}")
    scenario = as_scenario(scenario)
    asked, seed = draws_and_seed(scenario, draws, seed)
    total = rounded_draws(asked)
    levels = tuple(f"signal.{stance}.{channel}" for stance in dict.fromkeys((start, end)) for channel in CHANNELS)
    names = tuple(f"{measure} {name}" for measure in MEASURES for name in _NAMES)
    tally = Tally((), (), names + tuple(level for level in levels if level in BASELINE.by_name))
    for block, parameters in parameter_blocks(scenario, total, seed):
        tally.add(block.replicate, parameters | _named(parameters, start, end, scenario=scenario))
        if progress:
            progress(tally.draws, total)
    return Channels(
        scenario=scenario.name,
        title=scenario.title,
        draws=total,
        seed=seed,
        versions=versions(),
        settings=dict(scenario.settings),
        start=start,
        end=end,
        outcome=outcome,
        levels={channel: (_level(tally, start, channel), _level(tally, end, channel)) for channel in CHANNELS},
        steps={measure: _step(tally, measure) for measure in MEASURES},
    )


def _named(parameters: dict[str, Floats], start: str, end: str, *, scenario: Scenario) -> dict[str, Floats]:
    """Return every quantity of every measure for each draw, by the names of the tally."""
    values: dict[str, Floats] = {}
    for measure, each in split(parameters, start=start, end=end, worst_case=scenario.worst_case).items():
        rows = np.concatenate([[each.before, each.after, each.after - each.before], each.parts, each.first, each.last])
        values |= {f"{measure} {name}": row for name, row in zip(_NAMES, rows, strict=True)}
    return values


def _level(tally: Tally, stance: str, channel: str) -> float | None:
    """Return the mean of a stance's parameter; after rule_out nobody is there."""
    name = f"signal.{stance}.{channel}"
    if name in BASELINE.by_name:
        return tally.mean(name)
    return 0.0 if channel == "deployment" else None


def _step(tally: Tally, measure: str) -> Step:
    """Return the means and errors of one measure."""

    def estimate(name: str) -> Estimate:
        key = f"{measure} {name}"
        return Estimate(tally.mean(key), tally.standard_error(key))

    parts, first, last = ({channel: estimate(f"{way} {channel}") for channel in CHANNELS} for way in _WAYS)
    return Step(estimate("before"), estimate("after"), estimate("total"), parts, first, last)


def _split(step: Step) -> dict[str, Any]:
    """Return total, channels and standard errors of one measure."""
    return {
        "total": step.total.mean,
        "channels": {name: part.mean for name, part in step.parts.items()},
        "se": {name: part.se for name, part in step.parts.items()} | {"total": step.total.se},
    }
