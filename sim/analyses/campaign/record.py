"""What does it teach that Russia held before? Red lines crossed without an answer, as evidence about its type."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, log_expit, logit

from sim.crisis.crisis_quantal import stakes
from sim.crisis.parameters import STANCES
from sim.crisis.payoffs import WorstCase, crisis_game
from sim.crisis.values import parameter_values
from sim.games.game import Floats


def after_holding(
    parameters: Mapping[str, ArrayLike],
    held: int,
    *,
    stance: str = "ambiguous",
    rationality: float = 5.0,
    worst_case: WorstCase = "type",
) -> dict[str, Floats]:
    """Return the parameters with the belief that Russia is the opportunist updated on encounters in which it held.

    The past encounters are taken to be like this one under a doctrine: the stance carried no news, Russia chose by
    logit at the prior on France, and held each time. Only `prior.opportunist` changes: its odds are multiplied by
    the ratio of the two types' probabilities of holding, once for each encounter (Bayes' rule).

    Shapes: parameters (n,) → (n,).

    Examples
    --------
    >>> from sim.crisis.parameters import PARAMETERS
    >>> stands = {"france.fight_cost.resolute": 0.0, "france.war_cost.resolute": 0.1}
    >>> crisis = {parameter.name: 0.5 for parameter in PARAMETERS} | stands | {"russia.war_cost.cautious": 9.0}
    >>> [after_holding(crisis, held)["prior.opportunist"].round(3).item() for held in (0, 1, 6)]
    [0.5, 0.453, 0.243]
    """
    values, _ = parameter_values(parameters)
    holds = held * _log_holding(parameters, held, stance=stance, rationality=rationality, worst_case=worst_case)
    news, opportunist = holds[1] - holds[0], values["prior.opportunist"]
    return values | {"prior.opportunist": np.where(news == 0, opportunist, expit(logit(opportunist) + news))}


def log_likelihood(
    parameters: Mapping[str, ArrayLike],
    held: int,
    *,
    stance: str = "ambiguous",
    rationality: float = 5.0,
    worst_case: WorstCase = "type",
) -> Floats:
    """Return the logarithm of the probability that Russia held each time, whichever type it is.

    What makes a record likely is itself made likelier by it: among sets of parameters they count in proportion.

    Shapes: → (n,).

    Examples
    --------
    >>> from sim.crisis.parameters import PARAMETERS
    >>> crisis = {parameter.name: 0.5 for parameter in PARAMETERS}
    >>> [round(float(np.exp(log_likelihood(crisis, held, rationality=0.0))[0]), 4) for held in (0, 1, 3)]
    [1.0, 0.5, 0.125]
    """
    values, _ = parameter_values(parameters)
    holds = held * _log_holding(parameters, held, stance=stance, rationality=rationality, worst_case=worst_case)
    opportunist = values["prior.opportunist"]
    with np.errstate(divide="ignore"):  # a type that is ruled out has no part
        return np.asarray(np.logaddexp(np.log1p(-opportunist) + holds[0], np.log(opportunist) + holds[1]))


def _log_holding(
    parameters: Mapping[str, ArrayLike], held: int, *, stance: str, rationality: float, worst_case: WorstCase
) -> Floats:
    """Return the logarithm of each type's probability of holding once, (k, n)."""
    if stance not in STANCES:
        raise ValueError(f"stance must be one of {', '.join(STANCES)}; it is {stance!r}")
    if held < 0 or not (np.isfinite(rationality) and rationality >= 0):
        raise ValueError(f"held and rationality must be at least 0; they are {held} and {rationality}")
    game, signal = crisis_game(parameters, worst_case=worst_case).flat(), STANCES.index(stance)
    if not signal:
        return np.zeros((game.receiver_types, len(game.prior)))
    gain = (game.prior.T * stakes(game).gain[:, :, signal - 1]).sum(axis=1)  # of a strike, (k, n)
    return np.asarray(log_expit(-rationality * gain))
