"""What happens at one point? Every equilibrium of one game, why it stands, and what each doctrine gives there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.crisis.ladder import OUTCOMES, Ladder, doctrine, equilibrium_ladder
from sim.crisis.parameters import ACTIONS, RECEIVER_TYPES, SENDER_TYPES, STANCES
from sim.crisis.payoffs import Chances, crisis
from sim.crisis.play import Play
from sim.crisis.selection import selection_weights, survivors
from sim.draws.blocks import blocks, parameter_values, rounded_draws, uniforms
from sim.games.certificate import Certificate
from sim.games.equilibria import Equilibria
from sim.games.gambit.efg import Labels
from sim.games.game import Floats, SignallingGame
from sim.scenario.scenario import Scenario
from sim.solve.named_continua import named_ties, ties
from sim.solve.named_rows import Rows, described, named, rows

SCHEMA = 1
"""Version of the dict's shape; it rises when a name or a meaning changes."""

LABELS = Labels(
    players=("France", "Russia"),
    types=SENDER_TYPES,
    signals=STANCES,
    actions=ACTIONS,
    receiver_types=RECEIVER_TYPES,
)
"""Names of all that is in the crisis."""


@dataclass(frozen=True, eq=False)
class Draw:
    """One draw of a run.

    Attributes
    ----------
    number : int
        Which one, from 0.
    draws, seed : int
        Of the run.
    parameters : dict of str to float
        Its values.
    """

    number: int
    draws: int
    seed: int
    parameters: dict[str, float]


@dataclass(frozen=True, eq=False)
class Solution:
    """One game, solved.

    Attributes
    ----------
    scenario : Scenario
        Where the point comes from.
    play : Play
        Concept, refinement and rule of selection.
    draw : Draw or None
        The draw that the point is; None for the medians.
    parameters : dict of str to float
        The point.
    game : SignallingGame
        A single game.
    chances : Chances
        What follows a strike.
    solved : Rows
        All equilibria, or quantal play.
    ladder : Ladder
        One row per equilibrium.
    weights : ndarray of shape (e,)
        How much each equilibrium counts by the rule of selection.
    no_survivor : bool
        Whether the refinement would leave no equilibrium, so that all count.
    labels : Labels
        Names of all that is in the game.
    """

    scenario: Scenario
    play: Play
    draw: Draw | None
    parameters: dict[str, float]
    game: SignallingGame
    chances: Chances
    solved: Rows
    ladder: Ladder
    weights: Floats
    no_survivor: bool
    labels: Labels = LABELS

    @property
    def equilibria(self) -> Equilibria:
        """All equilibria, or quantal play as the only row."""
        return self.solved.equilibria

    @property
    def certificate(self) -> Certificate:
        """What could be gained against each."""
        return self.solved.certificate

    @property
    def selected(self) -> int:
        """Row that counts by the rule of selection, the first of them if several do."""
        return int(self.weights.argmax())

    def to_dict(self) -> dict[str, Any]:
        """Return everything as JSON can hold it."""
        draw = self.draw and {"number": self.draw.number, "draws": self.draw.draws, "seed": self.draw.seed}
        every = described(self.game, self.solved, self.labels)
        return {
            "schema": SCHEMA,
            "scenario": self.scenario.name,
            "worst_case": self.scenario.worst_case,
            "draw": draw,
            "parameters": self.parameters,
            "concept": self.play.concept,
            "refinement": self.play.refinement,
            "select": self.play.select,
            "no_survivor": self.no_survivor,
            "selected": self.selected,
            "weights": self.weights.tolist(),
            "quantal": self.solved.quantal,
            "stands": named(self.chances.stands.T[1:], STANCES[1:], SENDER_TYPES),
            "equilibria": [each | self._consequences(row) for row, each in enumerate(every)],
            "continua": named_ties(ties(self.game, self.solved), self.labels),
            "doctrine": {stance: self._doctrine(stance) for stance in STANCES},
        }

    def _consequences(self, row: int) -> dict[str, Any]:
        """Return what comes of one equilibrium."""
        return {
            "france_payoff": float(self.ladder.france_payoff[row]),
            "outcomes": {name: values[row].item() for name, values in self.ladder.outcomes.items()},
            "sent": named(self.ladder.sent[row], STANCES),
        }

    def _doctrine(self, stance: str) -> dict[str, Any]:
        """Return what follows if France is held to a stance."""
        ladder, strikes = doctrine(self.game, self.chances, stance)
        return {
            "outcomes": {name: float(ladder.outcomes[name][0]) for name in OUTCOMES},
            "france_payoff": float(ladder.france_payoff[0]),
            "strikes": {kind: bool(strikes[0, k]) for k, kind in enumerate(RECEIVER_TYPES)},
        }


def draw_of(scenario: Scenario, number: int, *, draws: int | None = None, seed: int | None = None) -> Draw:
    """Return the values of every parameter in one draw of a run.

    Examples
    --------
    >>> from sim.scenario.scenario import load_scenario
    >>> point = draw_of(load_scenario("macron-2024"), 1000, draws=1024)
    >>> point.draws, round(point.parameters["prior.resolute"], 3)
    (1024, 0.339)
    """
    total = rounded_draws(scenario.draws if draws is None else draws)
    seed = scenario.seed if seed is None else seed
    if not 0 <= number < total:
        raise ValueError(f"draw must lie in [0, {total - 1}] in a run of {total} draws; it is {number}")
    if seed < 0:
        raise ValueError(f"seed must be at least 0; it is {seed}")
    every = blocks(total)
    place, offset = divmod(number, every[0].size)
    (scores,) = uniforms(seed, [every[place]])
    values = parameter_values(scenario, scores)
    return Draw(number, total, seed, {name: array[offset].item() for name, array in values.items()})


def solution(scenario: Scenario, *, play: Play = Play(), draw: Draw | None = None) -> Solution:  # noqa: B008 - frozen
    """Solve a scenario at one point: the medians of its parameters, or a draw.

    Parameters
    ----------
    scenario : Scenario
        From `load_scenario`; `Scenario.override` moves the medians.
    play : Play
        Concept of play, and which equilibrium is selected. No equilibrium is left out for failing a refinement.
    draw : Draw, optional
        From `draw_of`; the medians if left out.

    Returns
    -------
    Solution
        All perfect Bayesian equilibria of that one game, or its quantal play.

    Examples
    --------
    >>> from sim.scenario.scenario import load_scenario
    >>> solved = solution(load_scenario("macron-2024"))
    >>> bool(solved.certificate.sender_gain.max() < 1e-9), solved.to_dict()["select"]
    (True, 'sender_best')
    """
    point = draw.parameters if draw else scenario.medians()
    game, chances = crisis(point, worst_case=scenario.worst_case)
    solved = rows(game, play)
    ladder = equilibrium_ladder(game, chances, solved.equilibria)
    rungs = np.stack([ladder.outcomes[name] for name in OUTCOMES[:5]])
    refinement = play.refinement if play.concept == "equilibrium" else "none"
    admitted, none_left = survivors(solved.equilibria, refinement, 1)
    return Solution(
        scenario=scenario,
        play=play,
        draw=draw,
        parameters=point,
        game=game,
        chances=chances,
        solved=solved,
        ladder=ladder,
        weights=selection_weights(
            solved.equilibria,
            game,
            play.select,
            escalation=rungs.sum(axis=0),
            admitted=admitted,
            frequency=chances.flat().frequency,
        ),
        no_survivor=bool(none_left[0]),
    )
