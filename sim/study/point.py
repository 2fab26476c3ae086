"""What happens at one point? Every equilibrium of one game, its certificate, and what each doctrine gives there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from sim.crisis.ladder import OUTCOMES, Ladder, doctrine, equilibrium_ladder
from sim.crisis.parameters import ACTIONS, RECEIVER_TYPES, SENDER_TYPES, STANCES
from sim.crisis.payoffs import Chances, crisis
from sim.crisis.selection import selection_weights
from sim.games.certificate import Certificate, certificate
from sim.games.equilibria import Equilibria
from sim.games.game import SignallingGame
from sim.games.perfect_bayesian import perfect_bayesian
from sim.study.scenario import Scenario

SCHEMA = 1
"""Version of the dict's shape; it rises when a name or a meaning changes."""

Named: TypeAlias = "float | bool | dict[str, Named]"
"""Numbers by name, as deep as an array has axes."""


@dataclass(frozen=True, eq=False)
class Solution:
    """One game, solved.

    Attributes
    ----------
    scenario : Scenario
        Where the point comes from.
    parameters : dict of str to float
        The point: the median of every parameter.
    game : SignallingGame
        A single game.
    chances : Chances
        What follows a strike.
    equilibria : Equilibria
        All of them.
    certificate : Certificate
        What could be gained against each.
    ladder : Ladder
        One row per equilibrium.
    selected : int
        Row of the equilibrium that is best for France before it knows its type (`sender_best`).
    """

    scenario: Scenario
    parameters: dict[str, float]
    game: SignallingGame
    chances: Chances
    equilibria: Equilibria
    certificate: Certificate
    ladder: Ladder
    selected: int

    def to_dict(self) -> dict[str, Any]:
        """Return everything as JSON can hold it.

        Returns
        -------
        dict
            schema, scenario, worst_case, parameters, refinement, select, selected (position in the list), stands (by
            stance and type of France: whether it stands after a hit), equilibria (a list; names as in `Equilibria`,
            `Ladder` and `Certificate`) and doctrine (by stance).
        """
        return {
            "schema": SCHEMA,
            "scenario": self.scenario.name,
            "worst_case": self.scenario.worst_case,
            "parameters": self.parameters,
            "refinement": "none",
            "select": "sender_best",
            "selected": self.selected,
            "stands": _named(self.chances.stands.T[1:], STANCES[1:], SENDER_TYPES),
            "equilibria": [self._equilibrium(row) for row in range(len(self.equilibria))],
            "doctrine": {stance: self._doctrine(stance) for stance in STANCES},
        }

    def _equilibrium(self, row: int) -> dict[str, Any]:
        """Return one equilibrium by names."""
        eq = self.equilibria
        return {
            "family": str(eq.family[row]),
            "degenerate": bool(eq.degenerate[row]),
            "strategy": _named(eq.strategy[row], SENDER_TYPES, STANCES),
            "belief": _named(eq.belief[row], STANCES, SENDER_TYPES),
            "response": _named(eq.response[row], RECEIVER_TYPES, STANCES, ACTIONS),
            "sender_value": _named(eq.sender_value[row], SENDER_TYPES),
            "france_payoff": float(self.ladder.france_payoff[row]),
            "outcomes": {name: values[row].item() for name, values in self.ladder.outcomes.items()},
            "sent": _named(self.ladder.sent[row], STANCES),
            "certificate": {name: values[row].item() for name, values in vars(self.certificate).items()},
        }

    def _doctrine(self, stance: str) -> dict[str, Any]:
        """Return what follows if France is held to a stance."""
        ladder, strikes = doctrine(self.game, self.chances, stance)
        return {
            "outcomes": {name: float(ladder.outcomes[name][0]) for name in OUTCOMES},
            "france_payoff": float(ladder.france_payoff[0]),
            "strikes": {kind: bool(strikes[0, k]) for k, kind in enumerate(RECEIVER_TYPES)},
        }


def solution(scenario: Scenario) -> Solution:
    """Solve a scenario at the medians of its parameters.

    Parameters
    ----------
    scenario : Scenario
        From `load_scenario`; `Scenario.override` moves the point.

    Returns
    -------
    Solution
        All perfect Bayesian equilibria of that one game. No refinement is applied.

    Examples
    --------
    >>> from sim.study.scenario import load_scenario
    >>> solved = solution(load_scenario("macron-2024"))
    >>> bool(solved.certificate.sender_gain.max() < 1e-9), solved.to_dict()["select"]
    (True, 'sender_best')
    """
    point = scenario.medians()
    game, chances = crisis(point, worst_case=scenario.worst_case)
    equilibria = perfect_bayesian(game)
    return Solution(
        scenario=scenario,
        parameters=point,
        game=game,
        chances=chances,
        equilibria=equilibria,
        certificate=certificate(game, equilibria),
        ladder=equilibrium_ladder(game, chances, equilibria),
        selected=int(selection_weights(equilibria, game).argmax()),
    )


def _named(array: NDArray[np.generic], *axes: tuple[str, ...]) -> Named:
    """Return an array as nested dicts, one level per axis."""
    if not axes:
        return cast("float | bool", array.item())
    return {name: _named(part, *axes[1:]) for name, part in zip(axes[0], array, strict=True)}
