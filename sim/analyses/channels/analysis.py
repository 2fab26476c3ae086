"""Why does ambiguity deter? The step from one doctrine to another, split among its channels over what is uncertain."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from sim.analyses.channels.result import Channels, Estimate, Measured, Step
from sim.analyses.channels.shapley import CHANNELS, MEASURES, split
from sim.crisis.terms import READINGS
from sim.draws.blocks import Block, end_to_end, parameter_values
from sim.draws.tally import Part, Tally
from sim.games.game import Floats
from sim.montecarlo.beside import EXPOSURES, equally_exposed
from sim.montecarlo.job import Sample, sampled
from sim.scenario.given import Source
from sim.scenario.scenario import Scenario
from sim.work.executors import crew
from sim.work.pieces import of_pieces

_ENDS = ("before", "after", "total")
_WAYS = ("parts", "first", "last")
_NAMES = (*_ENDS, *(f"{way} {channel}" for way in _WAYS for channel in CHANNELS))
_STATED, _EQUAL = EXPOSURES


def channels(  # noqa: PLR0913 - each is asked for by name
    scenario: Source,
    draws: int | None = None,
    seed: int | None = None,
    *,
    start: str | None = None,
    end: str | None = None,
    outcome: str = "strike",
    workers: int = 1,
    progress: Callable[[int, int], object] | None = None,
) -> Channels:
    """Return what each channel contributes to the step from one doctrine to another.

    For every draw, the step is split among the seven numbers of a stance by Shapley value: what a number adds when it
    changes, averaged over all orders in which the seven could.

    Parameters
    ----------
    scenario : Scenario, str or Path
        From `load_scenario`; or the name or file that it takes.
    draws, seed : int, optional
        As in `sim.run`; by default the scenario's.
    start, end : str, optional
        Stances of the scenario where the step starts and ends; commit and ambiguous, or the last two where it lists no
        such. From or to one without a target only deployment, isolation and stance value act.
    outcome : str
        A rung, a side outcome, or "france_payoff": the measure to report; all are computed.
    workers : int
        Processes that share the work.
    progress : callable, optional
        Called with the draws done and the draws to do, every few blocks.

    Returns
    -------
    Channels
        Same scenario, draws and seed give the same bits, for any workers; the draws are those of `sim.run`.

    Raises
    ------
    ValueError
        If a stance or outcome is unknown, or draws, seed or workers are out of bounds.
    TypeError
        If draws, seed or workers are no whole numbers.

    Examples
    --------
    >>> import sim
    >>> step = sim.channels(sim.load_scenario("macron-2024"), draws=1024).step
    >>> abs(sum(part.mean for part in step.parts.values()) - step.total.mean) < 1e-12
    True
    """
    if outcome not in MEASURES:
        raise ValueError(f"outcome must be one of {', '.join(MEASURES)}; it is {outcome!r}")
    sample = sampled(scenario, draws, seed)
    own = sample.scenario
    start, end = _ends(own.names, start, end)
    asked = tuple(f"signal.{stance}.{channel}" for stance in dict.fromkeys((start, end)) for channel in CHANNELS)
    levels = tuple(name for name in asked if name in own.stances.by_name)
    exposures = EXPOSURES if {start, end} <= {*own.stances.struck} else EXPOSURES[:1]
    kinds = [(reading, exposure) for reading in READINGS for exposure in exposures]
    names = tuple(f"{' '.join(kind)} {measure} {name}" for kind in kinds for measure in MEASURES for name in _NAMES)
    tally = Tally((), (), names + levels)
    found = partial(_named, start=start, end=end, scenario=own, kinds=kinds)
    with crew(workers) as by:
        work = partial(_summed, sample=sample, names=tally.names, found=found)
        for part in of_pieces(work, sample.draws, by, progress=progress):
            tally.merge(part)
    return Channels(
        **sample.provenance(),
        stances=own.names,
        struck=own.stances.struck,
        start=start,
        end=end,
        outcome=outcome,
        worst_case=own.worst_case,
        reference=own.reference,
        levels={name: _levels(tally, own, f"signal.{start}.{name}", f"signal.{end}.{name}") for name in CHANNELS},
        readings={
            reading: {exposure: _steps(tally, f"{reading} {exposure}") for exposure in exposures}
            for reading in READINGS
        },
    )


def _summed(
    listed: list[Block], *, sample: Sample, names: tuple[str, ...], found: Callable[[Floats], dict[str, Floats]]
) -> Part:
    """Return what some blocks add."""
    every = end_to_end(sample.scores(listed=listed))
    return Tally((), (), names).part_of((some, found(scores)) for some, scores in every)


def _ends(names: tuple[str, ...], start: str | None, end: str | None) -> tuple[str, str]:
    """Return where a step starts and ends: as asked, else from commit to ambiguous, else between the last two."""
    by_default = (*(name for name in ("commit", "ambiguous") if name in names), *reversed(names))
    start = start or next(name for name in by_default if name != end)
    return start, end or next(name for name in by_default if name != start)


def _named(
    scores: Floats, start: str, end: str, *, scenario: Scenario, kinds: list[tuple[Any, str]]
) -> dict[str, Floats]:
    """Return parameters, and every quantity of every measure, for each draw, by the names of the tally."""
    stances, parameters = scenario.stances, parameter_values(scenario, scores)
    exposed = {_STATED: parameters}
    if any(exposure == _EQUAL for _, exposure in kinds):
        exposed[_EQUAL] = equally_exposed(parameters, stances, scenario.reference)
    values = dict(parameters)
    for reading, exposure in kinds:
        steps = split(exposed[exposure], start=start, end=end, worst_case=reading, stances=stances)
        for measure, each in steps.items():
            ends = each.before, each.after, each.after - each.before
            rows = (*ends, *each.parts, *each.first, *each.last)
            for name, row in zip(_NAMES, rows, strict=True):
                values[f"{reading} {exposure} {measure} {name}"] = row
    return values


def _levels(tally: Tally, scenario: Scenario, start: str, end: str) -> tuple[float | None, float | None]:
    """Return the mean of a parameter where a step starts and ends; where there is no target nobody is there."""
    absent = 0.0 if start.endswith("deployment") else None
    first, last = (tally.mean(name) if name in tally.others else absent for name in (start, end))
    if first is None or last is None or not {start, end} <= {*tally.others}:
        return first, last
    # Two that have the same distribution have the same mean, whatever the draws say.
    one, other = (scenario.entries[name].distribution.given for name in (start, end))
    return ((first + last) / 2,) * 2 if one == other else (first, last)


def _steps(tally: Tally, kind: str) -> Measured:
    """Return the means and errors of every measure, in one reading and at one exposure."""

    def estimate(name: str) -> Estimate:
        return Estimate(tally.mean(f"{kind} {name}"), tally.standard_error(f"{kind} {name}"))

    found = {}
    for measure in MEASURES:
        before, after, total = (estimate(f"{measure} {end}") for end in _ENDS)
        parts, first, last = ({name: estimate(f"{measure} {way} {name}") for name in CHANNELS} for way in _WAYS)
        found[measure] = Step(before, after, total, parts, first, last)
    return found
