"""What is each course of the crisis worth to France and to Russia? Parameters become a signalling game.

Inside this module the batch comes last, so that every line works on whole vectors: k receiver types, t sender types,
m signals, n games. After `rule_out` nobody is in the country: the parameters it lacks are zero, and so every
chance of being hit is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.crisis.parameters import ACTIONS, RECEIVER_TYPES, SENDER_TYPES, STANCES
from sim.crisis.values import TIE_TOLERANCE, parameter_values
from sim.games.game import Floats, SignallingGame

Scalar = TypeVar("Scalar", bound=np.generic)

WorstCase = Literal["type", "outcome"]
"""Over what a Russia that distrusts its estimate takes the worst and the best: France's types, or all endings."""

_AVAILABLE = np.array([[True, False], [True, True], [True, True]])  # (m, a): no target after rule_out


@dataclass(frozen=True, eq=False)
class Chances:
    """What happens between a strike and its end, by stance.

    Attributes
    ----------
    hit : ndarray of shape (..., m)
        Probability that a strike hits trainers, x = d λ; 0 after `rule_out`.
    war : ndarray of shape (..., m)
        Probability of NATO–Russia hostilities once France stands, ω; after `rule_out`, that without allied backing.
    backing : ndarray of shape (..., m)
        Probability that key allies back France after a hit, β; 0 after `rule_out`.
    nuclear : ndarray of shape (...)
        Probability of nuclear use given war, ν.
    stands : ndarray of bool of shape (..., t, m)
        Whether each type of France stands once its soldiers are hit.
    """

    hit: Floats
    war: Floats
    backing: Floats
    nuclear: Floats
    stands: NDArray[np.bool_]

    def flat(self) -> Chances:
        """Return the same chances with one batch axis, (n, ...)."""
        batch = self.nuclear.ndim
        return Chances(**{name: array.reshape(-1, *array.shape[batch:]) for name, array in vars(self).items()})


def crisis_game(parameters: Mapping[str, ArrayLike], *, worst_case: WorstCase = "type") -> SignallingGame:
    """Return the crisis as a signalling game, a batch of them where parameters are vectors.

    France's response to a hit is solved by backward induction (a tie is a fold) and Russia's distrust of its own
    estimate by the neo-additive transform of [1]_, so that the game is one of ordinary expected utility.

    Parameters
    ----------
    parameters : mapping of str to float or array_like of shape (n,)
        Values by the names in `sim.crisis.parameters.PARAMETERS`; those with a default may be left out.
    worst_case : {"type", "outcome"}
        Whether the worst and the best case of a strike are taken over France's types (both of them, also where one
        has probability 0) or over the fixed list of endings; in the second reading holding is uncertain too.

    Returns
    -------
    SignallingGame
        Types t (bluffing, resolute), receiver types k (cautious, opportunist), signals m (rule_out, ambiguous,
        commit), actions a (hold, strike; only hold after rule_out). `sender` has shape (..., t, m, a), `receiver`
        (..., k, t, m, a); the batch shape is () if every value is a scalar, else (n,).

    Raises
    ------
    ValueError
        If a name is unknown or missing, a value is out of bounds, or `worst_case` is not one of the two.

    References
    ----------
    .. [1] Chateauneuf, Eichberger and Grant (2007), "Choice under uncertainty with the best and worst in mind:
       Neo-additive capacities", Journal of Economic Theory 137, 538–567.

    Examples
    --------
    >>> from sim.crisis.parameters import PARAMETERS
    >>> crisis = {parameter.name: 0.5 for parameter in PARAMETERS}
    >>> game = crisis_game(crisis | {"prior.resolute": [0.2, 0.4]})
    >>> game.batch_shape, game.receiver.shape, game.prior[1].tolist()
    ((2,), (2, 2, 2, 3, 2), [0.6, 0.4])
    """
    return crisis(parameters, worst_case=worst_case)[0]


def chances(parameters: Mapping[str, ArrayLike]) -> Chances:
    """Return what happens between a strike and its end.

    Shapes: parameters (n,).

    Examples
    --------
    >>> from sim.crisis.parameters import PARAMETERS
    >>> crisis = {parameter.name: 0.5 for parameter in PARAMETERS} | {"signal.commit.deployment": 1.0}
    >>> chances(crisis).hit.tolist()
    [0.0, 0.25, 0.5]
    """
    values, batch = parameter_values(parameters)
    return _public(_chances(values), batch)


def crisis(parameters: Mapping[str, ArrayLike], *, worst_case: WorstCase = "type") -> tuple[SignallingGame, Chances]:
    """Return the game and the chances together, for one check of the parameters.

    Shapes: parameters (n,).

    Examples
    --------
    >>> from sim.crisis.parameters import PARAMETERS
    >>> game, after = crisis({parameter.name: 0.5 for parameter in PARAMETERS}, worst_case="outcome")
    >>> game.batch_shape, after.stands.shape
    ((), (2, 3))
    """
    if worst_case not in get_args(WorstCase):
        raise ValueError(f"worst_case must be one of {', '.join(get_args(WorstCase))}; it is {worst_case!r}")
    p, batch = parameter_values(parameters)
    after = _chances(p)
    game = SignallingGame(
        prior=_batch_first(_two_types(p["prior.resolute"]), batch),
        sender=_batch_first(_sender(p, after), batch),
        receiver=_batch_first(_receiver(p, after, worst_case), batch),
        receiver_prior=_batch_first(_two_types(p["prior.opportunist"]), batch),
        available=_AVAILABLE,
    )
    return game, _public(after, batch)


def _two_types(second: Floats) -> Floats:
    """Return the probabilities of two types, (2, n), given that of the second."""
    return np.stack([1 - second, second])


def _public(after: Chances, batch: tuple[int, ...]) -> Chances:
    """Return the same chances with the batch axis first."""
    return Chances(**{name: _batch_first(array, batch) for name, array in vars(after).items()})


def _chances(p: dict[str, Floats]) -> Chances:
    """Return the chances with the batch last; France compares fold with stand (section 3 of the model)."""
    backing = _by_stance(p, "ally_backing")
    war = backing * p["escalation.war_if_backed"] + (1 - backing) * p["escalation.war_if_alone"]  # ω, (m, n)
    return Chances(
        hit=_by_stance(p, "deployment") * _by_stance(p, "pinpoint"),
        war=war,
        backing=backing,
        nuclear=p["escalation.nuclear_if_war"].copy(),  # the others are no views of what was given either
        stands=_clash_cost(p, war) < _fold_cost(p) * (1 - TIE_TOLERANCE),
    )


def _fold_cost(p: dict[str, Floats]) -> Floats:
    """Return what folding costs France, H + A, (m, n)."""
    return p["france.humiliation"] + _by_stance(p, "audience_cost")


def _clash_cost(p: dict[str, Floats], war: Floats) -> Floats:
    """Return what standing is expected to cost each type of France, ω W_F + (1 − ω) F_t, (t, m, n)."""
    limited = np.stack([p[f"france.fight_cost.{kind}"] for kind in SENDER_TYPES])[:, None]  # F, (t, 1, n)
    return war * p["france.war_cost"] + (1 - war) * limited


def _sender(p: dict[str, Floats], after: Chances) -> Floats:
    """Return France's payoffs u, (t, m, a, n)."""
    stance = _by_stance(p, "stance_value") - _by_stance(p, "isolation")
    training = p["france.training_value"] * _by_stance(p, "deployment")
    payoff = np.empty((len(SENDER_TYPES), len(STANCES), len(ACTIONS), *after.nuclear.shape))
    payoff[:, :, 0] = stance + training
    spared = stance + training * (1 - _by_stance(p, "pinpoint"))
    payoff[:, :, 1] = spared - after.hit * np.minimum(_fold_cost(p), _clash_cost(p, after.war))
    return payoff


def _receiver(p: dict[str, Floats], after: Chances, worst_case: WorstCase) -> Floats:
    """Return Russia's payoffs w', (k, t, m, a, n), distrust of its own estimate included."""
    doubt = _by_stance(p, "ambiguity")  # ε, (m, n)
    pessimism = np.stack([p[f"russia.pessimism.{kind}"] for kind in RECEIVER_TYPES])[:, None]  # α, (k, 1, n)
    strike = _strike(p, after)
    risk = _by_stance(p, "deployment")[None]  # (1, m, n)
    worst, best = strike.min(axis=1), strike.max(axis=1)  # over France's types, (k, m, n)
    if worst_case == "outcome":
        risk = (1 - doubt) * risk + doubt * pessimism  # trainers are there or not: -v or 0, (k, m, n)
        worst, best = _extreme_endings(p)
    extreme = doubt * (pessimism * worst + (1 - pessimism) * best)
    payoff = np.empty((*strike.shape[:3], len(ACTIONS), *after.nuclear.shape))
    payoff[:, :, :, 0] = -(p["russia.training_harm"] * risk)[:, None]
    np.multiply(1 - doubt, strike, out=payoff[:, :, :, 1])
    payoff[:, :, :, 1] += extreme[:, None]
    return payoff


def _strike(p: dict[str, Floats], after: Chances) -> Floats:
    """Return what a strike is worth to Russia by ordinary expectation, w, (k, t, m, n)."""
    war_cost = np.stack([p[f"russia.war_cost.{kind}"] for kind in RECEIVER_TYPES])[:, None]  # W, (k, 1, n)
    clash = after.war * war_cost + (1 - after.war) * p["russia.retaliation_cost"]  # (k, m, n)
    division = (1 - after.backing) * p["russia.division_gain"]
    working = p["russia.training_harm"] * _by_stance(p, "deployment") * (1 - _by_stance(p, "pinpoint"))
    value = np.where(after.stands, -clash[:, None], p["russia.humiliation_gain"])
    value += division  # R, (k, t, m, n)
    value *= after.hit
    value -= working + (1 - after.hit) * p["russia.failed_strike_cost"]
    return value


def _extreme_endings(p: dict[str, Floats]) -> tuple[Floats, Floats]:
    """Return the worst ending of a strike, (k, 1, n), and the best, (n,), of those the model lists.

    The list is: trainers absent -z; missed -v - z; fold h; limited clash -r; war -W; the last three also with D.
    No cost or gain is negative, which leaves three candidates for the worst and one for the best.
    """
    missed = p["russia.training_harm"] + p["russia.failed_strike_cost"]
    bounded = np.maximum(missed, p["russia.retaliation_cost"])
    worst = np.stack([-np.maximum(bounded, p[f"russia.war_cost.{kind}"]) for kind in RECEIVER_TYPES])
    return worst[:, None], p["russia.humiliation_gain"] + p["russia.division_gain"]


def _by_stance(p: dict[str, Floats], name: str) -> Floats:
    """Stack a parameter of the stances, (m, n); 0 where a stance has none."""
    zero = np.zeros_like(p["prior.resolute"])
    return np.stack([p.get(f"signal.{stance}.{name}", zero) for stance in STANCES])


def _batch_first(array: NDArray[Scalar], batch: tuple[int, ...]) -> NDArray[Scalar]:
    """Move the batch from the last axis to the first, and drop it where every parameter is a scalar: a view."""
    return np.moveaxis(array, -1, 0).reshape((*batch, *array.shape[:-1]))
