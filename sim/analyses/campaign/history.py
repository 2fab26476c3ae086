"""What does it teach that Russia held before? Red lines crossed without an answer, as evidence about its type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, log_expit, logit

from sim.crisis.crisis_quantal import stakes
from sim.crisis.parameters import STANCES
from sim.crisis.payoffs import WorstCase, crisis_game
from sim.crisis.values import parameter_values
from sim.draws.blocks import Block, parameter_blocks
from sim.games.game import Floats
from sim.scenario.scenario import Scenario


def remembered(
    scenario: Scenario, draws: int, seed: int, *, held: int, rationality: float
) -> Iterator[tuple[Block, dict[str, Floats], Floats]]:
    """Yield every block of a run as it is after Russia held so often, and how much each draw counts.

    Bayes' rule twice: in each draw France learns about Russia, which moves `prior.opportunist`; and we learn which
    draws are credible, in proportion to how likely they made the record.

    Shapes: → (size,), (size,).

    Examples
    --------
    >>> from sim.scenario.scenario import load_scenario
    >>> seen = remembered(load_scenario("macron-2024"), 1024, 0, held=5, rationality=5.0)
    >>> bool(max(weights.max() for _, _, weights in seen) == 1)
    True
    """
    if not held:
        for block, drawn in parameter_blocks(scenario, draws, seed):
            yield block, drawn, np.ones(block.size)
        return
    stance, worst_case = scenario.history[1], scenario.worst_case

    def seen(drawn: dict[str, Floats]) -> tuple[dict[str, Floats], Floats]:
        return after_holding(drawn, held, stance=stance, rationality=rationality, worst_case=worst_case)

    best = max(float(seen(drawn)[1].max()) for _, drawn in parameter_blocks(scenario, draws, seed))
    for block, drawn in parameter_blocks(scenario, draws, seed):
        after, likelihood = seen(drawn)
        yield block, after, np.exp(likelihood - best)


def after_holding(
    parameters: Mapping[str, ArrayLike],
    held: int,
    *,
    stance: str = "ambiguous",
    rationality: float = 5.0,
    worst_case: WorstCase = "type",
) -> tuple[dict[str, Floats], Floats]:
    """Return the parameters after encounters in which Russia held, and the logarithm of how likely that was.

    The past encounters are taken to be like this one under a doctrine: the stance carried no news, Russia chose by
    logit at the prior on France, and held each time. Only `prior.opportunist` changes: its odds are multiplied by
    the ratio of the two types' probabilities of holding, once for each encounter (Bayes' rule). The likelihood is that
    of holding each time, whichever type Russia is: sets of parameters count in proportion to it.

    Shapes: parameters (n,) → (n,), (n,).

    Examples
    --------
    >>> from sim.crisis.parameters import PARAMETERS
    >>> stands = {"france.fight_cost.resolute": 0.0, "france.war_cost": 0.1}
    >>> crisis = {parameter.name: 0.5 for parameter in PARAMETERS} | stands | {"russia.war_cost.cautious": 9.0}
    >>> [after_holding(crisis, held)[0]["prior.opportunist"].round(3).item() for held in (0, 1, 6)]
    [0.5, 0.453, 0.243]
    >>> [round(float(np.exp(after_holding(crisis, held, rationality=0.0)[1])[0]), 4) for held in (0, 1, 3)]
    [1.0, 0.5, 0.125]
    """
    if stance not in STANCES:
        raise ValueError(f"stance must be one of {', '.join(STANCES)}; it is {stance!r}")
    if held < 0 or not (np.isfinite(rationality) and rationality >= 0):
        raise ValueError(f"held and rationality must be at least 0; they are {held} and {rationality}")
    values, _ = parameter_values(parameters)
    game, signal = crisis_game(parameters, worst_case=worst_case).flat(), STANCES.index(stance)
    holds = np.zeros((game.receiver_types, len(game.prior)))  # logarithms, (k, n)
    if signal:  # nobody can be struck after rule_out
        gain = (game.prior.T * stakes(game).gain[:, :, signal - 1]).sum(axis=1)  # of a strike, (k, n)
        holds = held * np.asarray(log_expit(-rationality * gain))
    news, opportunist = holds[1] - holds[0], values["prior.opportunist"]
    with np.errstate(divide="ignore"):  # a type that is ruled out has no part
        likelihood = np.asarray(np.logaddexp(np.log1p(-opportunist) + holds[0], np.log(opportunist) + holds[1]))
    after = np.where(news == 0, opportunist, expit(logit(opportunist) + news))
    return values | {"prior.opportunist": after}, likelihood
