"""What does it teach that Russia held before? Red lines crossed without an answer, as evidence about its type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, log_expit, logit

from sim.crisis.crisis_quantal import stakes
from sim.crisis.parameters import BASELINE, Stances
from sim.crisis.payoffs import crisis_game
from sim.crisis.terms import WorstCase
from sim.crisis.values import parameter_values
from sim.draws.blocks import Block, drawn, gathered
from sim.games.game import Floats
from sim.montecarlo.chunks import joined
from sim.scenario.scenario import Scenario


def recorded(scenario: Scenario) -> str:
    """Return the stance of the record: the scenario's, or where it has none of that name, its stance of reference."""
    stance = scenario.history[1]
    return stance if stance in scenario.names else scenario.reference or scenario.names[0]


@dataclass(frozen=True)
class Past:
    """How often Russia held, and how both sides then played; `best` is the largest likelihood of it among the draws."""

    scenario: Scenario
    held: int
    rationality: float
    last_move: float | None = None
    best: float = 0.0

    def after(self, parameters: dict[str, Floats]) -> tuple[dict[str, Floats], Floats]:
        """Return parameters after it, and the logarithm of how likely it was, (n,)."""
        own, how = self.scenario, {"stance": recorded(self.scenario), "rationality": self.rationality}
        play: dict[str, Any] = how | {"worst_case": own.worst_case, "stances": own.stances, "last_move": self.last_move}
        return after_holding(parameters, self.held, **play)


def likeliest(listed: list[Block], *, past: Past, seed: int) -> float:
    """Return the largest logarithm of the likelihood of the past in some blocks."""
    return max(float(likelihood.max()) for _, _, likelihood in _after(listed, past, seed))


def remembered(listed: list[Block], *, past: Past, seed: int) -> Iterator[tuple[Block, dict[str, Floats], Floats]]:
    """Yield blocks as they are after the past, and how much each draw counts, (size,) each.

    Bayes' rule twice: in each draw France learns about Russia, which moves `prior.opportunist`; and we learn which
    draws are credible, in proportion to how likely they made the record.
    """
    if past.held:
        for block, values, likelihood in _after(listed, past, seed):
            yield block, values, np.exp(likelihood - past.best)
    else:
        for block, values in drawn(past.scenario, listed, seed):
            yield block, values, np.ones(block.size)


def _after(listed: list[Block], past: Past, seed: int) -> Iterator[tuple[Block, dict[str, Floats], Floats]]:
    """Yield blocks as they are after the past, and the logarithm of how likely each draw made it, (size,) each."""
    for some in gathered(drawn(past.scenario, listed, seed), lambda each: each[0].size):
        every, likelihood = past.after(joined(values for _, values in some))
        start = 0
        for block, _ in some:
            own = slice(start, start := start + block.size)
            yield block, {name: array[own] for name, array in every.items()}, likelihood[own]


def after_holding(  # noqa: PLR0913 - each is asked for by name
    parameters: Mapping[str, ArrayLike],
    held: int,
    *,
    stance: str = "ambiguous",
    rationality: float = 5.0,
    worst_case: WorstCase = "type",
    stances: Stances = BASELINE,
    last_move: float | None = None,
) -> tuple[dict[str, Floats], Floats]:
    """Return the parameters after encounters in which Russia held, and the logarithm of how likely that was.

    The past encounters are taken to be like this one under a doctrine: the stance carried no news, Russia chose by
    logit at its belief on France, and held each time. Only `prior.opportunist` changes: its odds are multiplied by
    the ratio of the two types' probabilities of holding, once for each encounter (Bayes' rule). The likelihood is that
    of holding each time, whichever type Russia is: sets of parameters count in proportion to it.

    Shapes: parameters (n,) → (n,), (n,).
    """
    signal = stances.index(stance)
    if held < 0 or not (np.isfinite(rationality) and rationality >= 0):
        raise ValueError(f"held and rationality must be at least 0; they are {held} and {rationality}")
    values, _ = parameter_values(parameters, stances)
    game = crisis_game(parameters, worst_case=worst_case, stances=stances, last_move=last_move).flat()
    holds = np.zeros((game.receiver_types, len(game.prior)))  # logarithms, (k, n)
    if stances.targets[signal]:
        worth = stakes(game).gain[:, :, stances.struck.index(stance)]  # of a strike, (k, t, n)
        holds = held * np.asarray(log_expit(-rationality * (game.prior.T * worth).sum(axis=1)))
    news, opportunist = holds[1] - holds[0], values["prior.opportunist"]
    with np.errstate(divide="ignore"):  # a type that is ruled out has no part
        likelihood = np.asarray(np.logaddexp(np.log1p(-opportunist) + holds[0], np.log(opportunist) + holds[1]))
    after = np.where(news == 0, opportunist, expit(logit(opportunist) + news))
    return {name: values[name] for name in parameters} | {"prior.opportunist": after}, likelihood
