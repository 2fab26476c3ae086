"""Which crises does somebody play? Draws of the scenario, each with its equilibrium and its dice."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from sim.crisis.parameters import ACTIONS, RECEIVER_TYPES, SENDER_TYPES
from sim.crisis.payoffs import crisis
from sim.crisis.selection import selection_weights
from sim.draws.blocks import blocks, parameter_values, rounded_draws, uniforms
from sim.games.closed_form.perfect_bayesian import perfect_bayesian
from sim.games.game import Floats
from sim.play import MOST_ROUNDS
from sim.scenario.given import Source, as_scenario, draws_and_seed
from sim.scenario.scenario import Scenario

_DICE_KEY = 2**16  # first part of the dice's stream: those of the draws have the number of a replicate there


@dataclass(frozen=True)
class Dice:
    """One number in [0, 1) for every chance move, in the order of `sim.crisis.dice.crisis_paths`."""

    resolute: float
    opportunist: float
    signal: float
    present: float
    strike: float
    found: float
    backed: float
    war: float
    nuclear: float


@dataclass(frozen=True, eq=False)
class World:
    """One round's crisis: the draw, the game, the equilibrium that is played in it, and how the dice fall."""

    number: int  # of the draw in a run of the scenario with the same seed, from 0
    parameters: dict[str, float]
    stances: tuple[str, ...]
    struck: tuple[str, ...]  # those after which Russia can strike
    sender: Floats  # (t, m, a)
    receiver: Floats  # (k, t, m, a)
    russia: Floats  # (k,): how often Russia is of each type
    prior: float  # Russia's belief, before any signal, that France is resolute
    strategy: Floats  # (t, m)
    belief: Floats  # (m,): Russia's belief after each signal that France is resolute
    response: Floats  # (k, m): probability that each Russian type strikes
    dice: Dice

    @property
    def france(self) -> str:
        """France's type."""
        return SENDER_TYPES[self.dice.resolute < self.parameters["prior.resolute"]]

    @property
    def opponent(self) -> str:
        """Russia's type."""
        return RECEIVER_TYPES[self.dice.opportunist < self.parameters["prior.opportunist"]]

    @property
    def signal(self) -> str:
        """What a France says that plays the equilibrium."""
        chances = self.strategy[SENDER_TYPES.index(self.france)]
        return self.stances[int((self.dice.signal >= np.cumsum(chances[:-1])).sum())]

    def strikes(self, stance: str) -> bool:
        """Whether a Russia that plays the equilibrium strikes after a stance."""
        chance = self.response[RECEIVER_TYPES.index(self.opponent), self.stances.index(stance)]
        return bool(self.dice.strike < chance)

    def of(self, stance: str, name: str) -> float:
        """Return a parameter of a stance; 0 where it has none."""
        return self.parameters.get(f"signal.{stance}.{name}", 0.0)


def worlds(source: Source, rounds: int = 10, seed: int | None = None) -> list[World]:
    """Return the worlds of so many rounds: the first draws of a run with this seed, the same whatever is chosen.

    >>> [world.number for world in worlds("macron-2024", 3)]
    [0, 1, 2]
    """
    if not 1 <= rounds <= MOST_ROUNDS:
        raise ValueError(f"rounds must lie in [1, {MOST_ROUNDS}]; it is {rounds}")
    scenario = as_scenario(source)
    asked, stream = draws_and_seed(scenario, None, seed)
    listed = blocks(rounded_draws(max(asked, rounds)))
    listed = listed[: -(-rounds // listed[0].size)]
    scores = np.concatenate(list(uniforms(stream, listed, scenario.dimensions)), axis=-1)[:, :rounds]
    return _solved(scenario, parameter_values(scenario, scores), stream)


def _solved(scenario: Scenario, parameters: dict[str, Floats], seed: int) -> list[World]:
    """Return draws with the equilibrium that is best for France, as `sim run` takes it to be played."""
    stances = scenario.stances
    game, chances = crisis(parameters, worst_case=scenario.worst_case, stances=stances)
    equilibria = perfect_bayesian(game)
    played = equilibria.take(selection_weights(equilibria, game, frequency=chances.flat().frequency) == 1)
    resolute, strike = SENDER_TYPES.index("resolute"), ACTIONS.index("strike")
    sender = game.sender if game.sender.ndim == 4 else game.sender[:, 0]
    return [
        World(
            number=n,
            parameters={name: float(values[n]) for name, values in parameters.items()},
            stances=stances.names,
            struck=stances.struck,
            sender=sender[n],
            receiver=game.receiver[n],
            russia=game.receiver_prior[n],
            prior=float(game.prior[n, resolute]),
            strategy=played.strategy[n],
            belief=played.belief[n, :, resolute],
            response=played.response[n, ..., strike],
            dice=_dice(seed, n),
        )
        for n in range(len(game.prior))
    ]


def _dice(seed: int, number: int) -> Dice:
    """Return the dice of one round, which depend on the seed and the round alone."""
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(_DICE_KEY, number)))
    return Dice(*rng.random(len(fields(Dice))).tolist())
