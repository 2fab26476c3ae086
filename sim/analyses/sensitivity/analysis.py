"""Which parameters drive the answer, and what evidence stands behind each? One analysis of one way to play."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from itertools import chain
from typing import Any

import numpy as np

from sim.analyses.sensitivity.drivers import LEADING, Drivers, leading_sets, ranked_drivers, ranked_swings, share
from sim.analyses.sensitivity.groups import Group, alone, groups
from sim.analyses.sensitivity.pick_freeze import Indices, pick_freeze, rounded_points
from sim.analyses.sensitivity.swings import Model, swings
from sim.crisis.ladder import OUTCOMES, doctrine
from sim.crisis.parameters import LATER_DIMENSION
from sim.crisis.payoffs import crisis
from sim.crisis.play import Play
from sim.draws.blocks import parameter_values
from sim.games.game import Floats
from sim.montecarlo.encounter import evaluate
from sim.montecarlo.job import sampled
from sim.scenario.evidence import load_register
from sim.scenario.given import Source, whole
from sim.scenario.scenario import Scenario
from sim.telling.answer import Provenance, stated
from sim.work.executors import crew

SCHEMA = 1  # version of the dict's shape; it rises when a name or a meaning changes
POINTS = 4096  # base points by default
CHOICE = "equilibrium"  # how the crisis is played if France is not held to a stance, but chooses

OUTPUTS = (*OUTCOMES, "france_payoff")
"""What is explained: the rungs, the side outcomes, and what the crisis is worth to France."""

_MOST_SETS = LEADING * len(OUTPUTS)


@dataclass(frozen=True)
class Sensitivity(Provenance):
    """Which parameters drive the answer under one way to play; its draws are base points.

    Attributes
    ----------
    doctrine : str
        The stance that France is held to, or "equilibrium".
    target : bool
        Whether anybody can be hit; if not, every rung is zero by construction.
    concept, refinement, select, rationality, last_move : str, str, str, float, str
        How the crisis is played under "equilibrium", as in `Play`.
    groups, alone : tuple of Group
        What can drive the answer, and what can be moved by itself: every uncertain parameter and every voice.
    outputs : dict of str to Drivers
        By outcome or "france_payoff".
    """

    doctrine: str
    target: bool
    concept: str
    refinement: str
    select: str
    rationality: float
    last_move: str
    groups: tuple[Group, ...]
    alone: tuple[Group, ...]
    outputs: dict[str, Drivers]

    def table(self) -> list[dict[str, Any]]:
        """Return one row per outcome and driver, the strongest first: both shares with the ends of their intervals."""
        return [
            {"outcome": outcome, "driver": driver.name, **driver.numbers}
            for outcome, found in self.outputs.items()
            for driver in found.drivers
        ]

    def to_dict(self) -> dict[str, Any]:
        """Return the attributes by name as JSON can hold them, and "schema", the version of this shape."""
        return {"schema": SCHEMA} | stated(asdict(self))


def sensitivity(  # noqa: PLR0913 - each is asked for by name
    scenario: Source,
    *,
    doctrine: str | None = None,
    points: int = POINTS,
    seed: int | None = None,
    play: Play = Play(),  # noqa: B008 - frozen
    workers: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Sensitivity:
    """Return which parameters drive every outcome under one way to play.

    Sobol' indices by pick-freeze for every uncertain parameter, group of correlated ones or voice, then for the
    strongest taken together, and the swing of each parameter and voice from its 5 % to its 95 % quantile.

    Parameters
    ----------
    scenario : Scenario, str or Path
        From `load_scenario`; or the name or file that it takes.
    doctrine : str, optional
        The stance that France is held to; "equilibrium" if it chooses. If left out "ambiguous", or where the scenario
        has no such stance, the first that can be struck.
    points : int
        Base points, 1,024 to 2^18; rounded up to a power of two.
    seed : int, optional
        Seed of the points and of the resamples; the scenario's if left out.
    play : Play
        What is played under "equilibrium"; the doctrines do without.
    workers : int
        Processes that share the work.
    progress : callable, optional
        Told crises solved and crises to solve.

    Returns
    -------
    Sensitivity
        Indices with intervals, swings with errors, and what each parameter rests on; the same bits for any workers.

    Raises
    ------
    ValueError
        If doctrine, points, seed or workers are not allowed.

    Examples
    --------
    >>> import sim
    >>> found = sim.sensitivity(sim.load_scenario("macron-2024"), points=1024)
    >>> strongest = found.outputs["nuclear"].drivers[0]
    >>> strongest.total.share > strongest.first.share
    True
    """
    sample, draws = sampled(scenario, seed=seed), rounded_points(whole("points", points))
    scenario, seed, stances = sample.scenario, sample.seed, sample.scenario.stances
    doctrine = _known(scenario, default_doctrine(scenario) if doctrine is None else doctrine)
    register = load_register() | sample.scenario.claims
    found, moved_alone = groups(scenario, register), alone(scenario, register)
    names = [each.name for each in moved_alone]
    apart = {row: d - LATER_DIMENSION for row, d in enumerate(scenario.dimensions) if d >= LATER_DIMENSION}
    count = _Count(progress, draws * (5 + len(found) + 2 * len(names) + _MOST_SETS))
    with crew(workers) as by:
        # Alone, every question is told of; a crew's are counted part by part, for what they call cannot be watched.
        model = partial(explained, scenario=scenario, held_to=doctrine, play=play)
        solve, told = (model, count.add) if by else (partial(_counted, model, count), _unheard)
        shared: dict[str, Any] = {"seed": seed, "by": by, "told": told}
        at, inputs = partial(_at, solve, scenario), len(scenario.dimensions)
        indices: Callable[..., Indices] = partial(pick_freeze, at, inputs=inputs, points=draws, apart=apart, **shared)
        each_alone = indices([group.inputs for group in found])
        nested = [leading_sets(each_alone, [group.inputs for group in found], output) for output in range(len(OUTPUTS))]
        sets = list(dict.fromkeys(chain.from_iterable(nested)))
        joint = indices(sets)
        moved = swings(solve, scenario, names, draws=draws, **shared)
    outputs = {
        name: Drivers(
            mean=float(moved.mean[o]),
            deviation=float(np.sqrt(each_alone.variance[o])),
            central=float(moved.central[o]),
            drivers=ranked_drivers(each_alone, [group.name for group in found], o),
            together=tuple(share(joint.first, joint.first_interval, sets.index(each), o) for each in nested[o]),
            swings=ranked_swings(moved, names, o),
        )
        for o, name in enumerate(OUTPUTS)
    }
    return Sensitivity(
        **sample.provenance() | {"draws": draws},
        doctrine=doctrine,
        target=bool(stances.struck) if doctrine == CHOICE else doctrine in stances.struck,
        **vars(play),
        groups=found,
        alone=moved_alone,
        outputs=outputs,
    )


def default_doctrine(scenario: Scenario) -> str:
    """Return the stance that is explained if none is named: ambiguity, else the first that can be struck."""
    struck = scenario.stances.struck or scenario.names
    return "ambiguous" if "ambiguous" in struck else struck[0]


def _known(scenario: Scenario, doctrine: str) -> str:
    """Return a doctrine, or "equilibrium", that a scenario has."""
    known = (*scenario.names, CHOICE)
    if doctrine not in known:
        raise ValueError(f"doctrine must be one of {', '.join(known)}; it is {doctrine!r}")
    return doctrine


def explained(values: dict[str, Floats], *, scenario: Scenario, held_to: str, play: Play) -> Floats:
    """Return `OUTPUTS`, (o, n), from the values of all parameters."""
    worst_case, stances = scenario.worst_case, scenario.stances
    if held_to == CHOICE:
        found = evaluate(values, worst_case=worst_case, play=play, stances=stances)
        return np.stack([found[f"selected.{name}"] for name in OUTPUTS])
    game, chances = crisis(values, worst_case=worst_case, stances=stances)
    rungs, _ = doctrine(game, chances, held_to, stances)
    return np.stack([*rungs.outcomes.values(), rungs.france_payoff])


def _at(solve: Model, scenario: Scenario, scores: Floats) -> Floats:
    """Return what a model gives at uniform scores."""
    return solve(parameter_values(scenario, scores))


@dataclass
class _Count:
    """How many crises are solved of `most`."""

    progress: Callable[[int, int], None] | None
    most: int
    solved: int = 0

    def add(self, more: int) -> None:
        """Tell that more are solved."""
        self.solved += more
        if self.progress:
            self.progress(min(self.solved, self.most), self.most)


def _counted(model: Model, count: _Count, values: dict[str, Floats]) -> Floats:
    """Return what a model gives, and count it."""
    outputs = model(values)
    count.add(outputs.shape[1])
    return outputs


def _unheard(_: int) -> None:
    """Count nothing."""
