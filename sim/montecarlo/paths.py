"""What do single crises look like? Whole stories rolled with plain dice: histograms, and a check on the figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from sim.crisis.dice import crisis_paths
from sim.crisis.ladder import doctrine as doctrine_ladder
from sim.crisis.parameters import ACTIONS, LATER_DIMENSION, Stances
from sim.crisis.payoffs import Chances, crisis
from sim.crisis.selection import selection_weights
from sim.draws.blocks import BLOCK, parameter_values
from sim.games.closed_form.perfect_bayesian import perfect_bayesian
from sim.games.game import Floats, SignallingGame
from sim.scenario.given import Source, as_scenario

Story = dict[str, NDArray[np.bool_] | NDArray[np.intp]]


def paths(scenario: Source, *, doctrine: str | None = None, crises: int = 10_000, seed: int = 0) -> Story:
    """Roll whole crises: parameters, types, signal, strike, and every chance move down to the end.

    Everything is plain pseudo-random, parameters included: nothing but Russia's best reply and France's equilibrium
    strategy is shared with the exact figures of `run`.

    Parameters
    ----------
    scenario : Scenario, str or Path
        From `load_scenario`; or the name or file that it takes.
    doctrine : str, optional
        Stance of the scenario that France is held to; by default it plays the selected equilibrium of each draw.
    crises : int
        Number of rows, n, at least 1.
    seed : int
        Seed of the dice, 0 or more.

    Returns
    -------
    dict of str to ndarray of shape (n,)
        Columns of `sim.crisis.dice.crisis_paths`: types, signal, strike, hit, ..., and `rung` (0 quiet to 5 nuclear).

    Raises
    ------
    ValueError
        If the doctrine is unknown, or a number is out of bounds.

    Examples
    --------
    >>> import sim
    >>> story = sim.paths(sim.load_scenario("macron-2024"), doctrine="rule_out", crises=100)
    >>> int(story["rung"].max())
    0
    """
    if crises < 1 or seed < 0:
        raise ValueError(f"crises must be at least 1 and seed at least 0; they are {crises} and {seed}")
    scenario, rng = as_scenario(scenario), np.random.default_rng(seed)
    stances = scenario.stances
    if doctrine is not None and doctrine not in stances.names:
        raise ValueError(f"doctrine must be one of {', '.join(stances.names)}; it is {doctrine!r}")
    later = {d: np.random.default_rng([seed, d]) for d in scenario.dimensions if d >= LATER_DIMENSION}
    parts = []
    for start in range(0, crises, BLOCK):
        size = min(BLOCK, crises - start)
        scores = 1 - _rolled(rng, later, scenario.dimensions, size)  # (0, 1]
        parameters = parameter_values(scenario, np.minimum(scores, 1 - 2.0**-53))
        game, chances = crisis(parameters, worst_case=scenario.worst_case, stances=stances)
        play = _in_equilibrium(game, chances) if doctrine is None else _held_to(doctrine, game, chances, stances)
        parts.append(crisis_paths(parameters, *play, rng, stances=stances))
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _rolled(
    rng: np.random.Generator, later: Mapping[int, np.random.Generator], dimensions: Sequence[int], size: int
) -> Floats:
    """Return scores, (dimensions, size); later parameters have dice of their own, so that no other is rolled anew."""
    together = iter(rng.random((len(dimensions) - len(later), size)))
    return np.array([later[d].random(size) if d in later else next(together) for d in dimensions])


def _in_equilibrium(game: SignallingGame, chances: Chances) -> tuple[Floats, Floats]:
    """Return France's strategy and Russia's response in the selected equilibrium of each game."""
    equilibria = perfect_bayesian(game)
    played = equilibria.take(selection_weights(equilibria, game, frequency=chances.flat().frequency) == 1)
    return played.strategy, played.response


def _held_to(stance: str, game: SignallingGame, chances: Chances, stances: Stances) -> tuple[Floats, Floats]:
    """Return a strategy of one stance, and Russia's response to what it believes."""
    _, strikes = doctrine_ladder(game, chances, stance, stances)
    signal = stances.index(stance)
    strategy = np.zeros((len(strikes), game.types, game.signals))
    strategy[:, :, signal] = 1
    response = np.zeros((*strikes.shape, game.signals, len(ACTIONS)))
    for action, taken in zip(ACTIONS, (~strikes, strikes), strict=True):
        response[:, :, signal, ACTIONS.index(action)] = taken
    return strategy, response
