"""How likely is each rung of escalation, given what is uncertain? Draw, solve, sum up."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.metadata import version
from operator import index

import numpy as np

from sim.crisis.ladder import OUTCOMES
from sim.crisis.parameters import STANCES
from sim.games.game import Floats
from sim.study.draws import REPLICATES, Block, blocks, parameter_values, rounded_draws, uniforms
from sim.study.encounter import OTHERS, PAYOFFS, PROBABILITIES, evaluate
from sim.study.play import Play
from sim.study.result import Result
from sim.study.scenario import Scenario
from sim.study.summary import Summary, doctrine_summary, label_summary, notes, play_summary
from sim.study.tally import Tally
from sim.study.writing import scenario_toml

CHUNK = 8
"""Blocks that are drawn together: enough to make setting up the points cheap."""

QUANTAL_DRAWS = 128
"""Draws a replicate for which quantal response is solved too when equilibrium is played."""

Values = dict[str, Floats]


def run(  # noqa: PLR0913 - each is asked for by name
    scenario: Scenario,
    draws: int | None = None,
    seed: int | None = None,
    keep_draws: bool = False,
    *,
    play: Play = Play(),  # noqa: B008 - frozen
    chunk: int = CHUNK,
    progress: Callable[[int, int], object] | None = None,
) -> Result:
    """Return the probabilities of escalation of a scenario, with their Monte Carlo errors and ranges.

    For every draw of the uncertain parameters the probabilities are exact: under each doctrine, and in play: by default
    in the equilibrium that is best for France (`sender_best`), beside every refinement, quantal response, and the range
    over all equilibria.

    Parameters
    ----------
    scenario : Scenario
        From `load_scenario`.
    draws : int, optional
        At least 1; rounded up to 16 · 2^k. By default the scenario's.
    seed : int, optional
        Seed of the draws, 0 or more. By default the scenario's.
    keep_draws : bool
        Whether to keep parameters and outcomes of every draw, at 8 bytes a number.
    play : Play
        Concept, refinement and rule of selection behind the headline figures.
    chunk : int
        Blocks of draws that are handled together; changes no result.
    progress : callable, optional
        Called with the draws done and the draws to do after every block.

    Returns
    -------
    Result
        Same scenario, draws and seed give the same bits.

    Raises
    ------
    ValueError
        If draws, seed or chunk are out of bounds.
    TypeError
        If draws or seed are no whole numbers.

    Examples
    --------
    >>> import sim
    >>> result = sim.run(sim.load_scenario("macron-2024"), draws=4096)
    >>> result.draws, sorted(result.doctrine)
    (4096, ['ambiguous', 'commit', 'rule_out'])
    """
    asked = scenario.draws if draws is None else index(draws)
    seed = scenario.seed if seed is None else index(seed)
    total = rounded_draws(asked)
    if seed < 0:
        raise ValueError(f"seed must be at least 0; it is {seed}")
    if chunk < 1:
        raise ValueError(f"chunk must be at least 1; it is {chunk}")
    tally = Tally(PROBABILITIES, PAYOFFS, OTHERS[play.concept])
    kept: list[tuple[Values, Values]] = []
    for replicate, parameters, values in _evaluated(scenario, total, seed, chunk=chunk, play=play):
        tally.add(replicate, values)
        if keep_draws:
            kept.append((parameters, {name: values[name] for name in (*PROBABILITIES, *PAYOFFS)}))
        if progress:
            progress(tally.draws, total)
    return Result(
        scenario=scenario.name,
        title=scenario.title,
        draws=total,
        seed=seed,
        versions=versions(),
        concept=play.concept,
        refinement=play.refinement,
        select=play.select,
        doctrine=doctrine_summary(tally),
        equilibrium=_with_quantal(play_summary(tally, play), scenario, total, seed, play=play),
        labels=label_summary(tally),
        notes=notes(tally, scenario, asked=asked, play=play),
        settings=dict(scenario.settings),
        text=scenario_toml(scenario, draws=total, seed=seed),
        sha256=scenario.sha256,
        parameters=_joined([parameters for parameters, _ in kept]) if keep_draws else None,
        outcomes=_by_play(_joined([values for _, values in kept])) if keep_draws else None,
    )


def versions() -> dict[str, str]:
    """Return the versions that a result depends on, by name."""
    import scipy

    return {
        "sim": version("strategic-ambiguity"),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "scipy": scipy.__version__,
    }


def _evaluated(
    scenario: Scenario, draws: int, seed: int, *, chunk: int, play: Play
) -> Iterator[tuple[int, Values, Values]]:
    """Yield replicate, parameters and quantities of every block, in the order of the sums."""
    todo = blocks(draws)
    for first in range(0, len(todo), chunk):
        group = todo[first : first + chunk]
        for block, scores in zip(group, uniforms(seed, group), strict=True):
            parameters = parameter_values(scenario, scores)
            yield block.replicate, parameters, evaluate(parameters, worst_case=scenario.worst_case, play=play)


def _with_quantal(summary: Summary, scenario: Scenario, draws: int, seed: int, *, play: Play) -> Summary:
    """Set quantal response beside the refinements, from the first few draws of every replicate: it takes far longer."""
    if play.concept == "quantal":
        return summary
    size = min(QUANTAL_DRAWS, draws // REPLICATES)
    quantal = replace(play, concept="quantal")
    tally = Tally(PROBABILITIES, PAYOFFS, OTHERS["quantal"])
    few = [Block(replicate, 0, size) for replicate in range(REPLICATES)]
    parameters = _joined([parameter_values(scenario, scores) for scores in uniforms(seed, few)])
    values = evaluate(parameters, worst_case=scenario.worst_case, play=quantal)  # at once: small batches cost as much
    for replicate in range(REPLICATES):
        tally.add(replicate, {name: array[replicate * size : (replicate + 1) * size] for name, array in values.items()})
    figures: Summary = {outcome: tally.mean(f"selected.{outcome}") for outcome in OUTCOMES}
    figures |= {"rationality": play.rationality, "draws": tally.draws, "failed_share": tally.mean("failed")}
    summary["by_refinement"]["quantal"] = figures
    return summary


def _joined(parts: list[Values]) -> Values:
    """Lay the blocks end to end."""
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _by_play(values: Values) -> dict[str, Values]:
    """Sort quantities by doctrine, with equilibrium play as "selected"."""
    return {
        play: {name: values[f"{play}.{name}"] for name in (*OUTCOMES, "france_payoff")}
        for play in (*STANCES, "selected")
    }
