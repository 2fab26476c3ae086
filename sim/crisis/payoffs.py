"""What is each course of the crisis worth to France and to Russia? Parameters become a signalling game.

The batch comes last here: k receiver types, t sender types, m signals, n games. After a stance without a target nobody
is in the country: what it lacks is zero, and so every chance of being hit is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.crisis.parameters import ACTIONS, BASELINE, SENDER_TYPES, Stances
from sim.crisis.terms import READINGS, Exposure, WorstCase, as_stated
from sim.crisis.values import parameter_values
from sim.games.game import Bools, Floats, SignallingGame

Scalar = TypeVar("Scalar", bound=np.generic)


@dataclass(frozen=True, eq=False)
class Chances:
    """What happens between a strike and its end, by stance, and how often France is resolute in truth."""

    hit: Floats  # (..., m): a strike hits trainers, x = d λ; 0 without a target
    war: Floats  # (..., m): NATO–Russia hostilities once France stands, ω
    backing: Floats  # (..., m): key allies back France after a hit, β; 0 without a target
    nuclear: Floats  # (...): nuclear use given war, ν
    stands: Bools  # (..., t, m): whether France does best to stand once its soldiers are hit
    standing: Floats  # (..., t, m): that it stands: 0 or 1 as `stands` has it, or by logit choice
    resolute: Floats  # (...): how often France is resolute in truth, π; the game's prior is what Russia believes

    def flat(self) -> Chances:
        """Return the same chances with one batch axis, (n, ...)."""
        batch = self.nuclear.ndim
        return Chances(**{name: array.reshape(-1, *array.shape[batch:]) for name, array in vars(self).items()})

    def after(self, signal: int) -> Chances:
        """Return the same chances after one signal alone, m = 1."""
        own = {name: getattr(self, name)[..., signal, None] for name in ("hit", "war", "backing", "stands", "standing")}
        return replace(self, **own)

    @property
    def frequency(self) -> Floats:
        """How often France is of each type in truth, (..., t)."""
        return np.stack([1 - self.resolute, self.resolute], axis=-1)


def crisis_game(
    parameters: Mapping[str, ArrayLike],
    *,
    worst_case: WorstCase = "type",
    stances: Stances = BASELINE,
    last_move: float | None = None,
) -> SignallingGame:
    """Return the crisis as a signalling game, a batch of them where parameters are vectors.

    France's response to a hit is solved by backward induction (a tie is a fold) and Russia's distrust of its own
    estimate by the neo-additive transform of [1]_, so that the game is one of ordinary expected utility.

    Parameters
    ----------
    parameters : mapping of str to float or array_like of shape (n,)
        Values by the names in `stances.parameters`; those with a default may be left out, and so may Russia's belief
        that France is resolute, which then is the prior itself.
    worst_case : {"type", "outcome"}
        Whether the worst and the best case of a strike are taken over France's types (both of them, also where one
        has probability 0) or over the fixed list of endings; in the second reading holding is uncertain too.
    stances : Stances
        Which stances there are, and which of them leave Russia a target; by default the three of the baseline.
    last_move : float, optional
        Rationality of a logit choice between folding and standing; by default France takes the better of the two.

    Returns
    -------
    SignallingGame
        Types t (bluffing, resolute), receiver types k (cautious, opportunist), signals m (the stances), actions a
        (hold, strike; only hold without a target); the prior is Russia's belief. `sender` has shape (..., t, m, a),
        `receiver` (..., k, t, m, a); the batch shape is () if every value is a scalar, else (n,).

    Raises
    ------
    ValueError
        If a name is unknown or missing, a value is out of bounds, `last_move` is not finite or below 0, or `worst_case`
        is not one of the two.

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
    return crisis(parameters, worst_case=worst_case, stances=stances, last_move=last_move)[0]


def chances(
    parameters: Mapping[str, ArrayLike], *, stances: Stances = BASELINE, last_move: float | None = None
) -> Chances:
    """Return what happens between a strike and its end."""
    given, batch = parameter_values(parameters, stances)
    return _public(chances_at(as_stated(given, stances, last_move)), batch)


def crisis(
    parameters: Mapping[str, ArrayLike],
    *,
    worst_case: WorstCase = "type",
    stances: Stances = BASELINE,
    last_move: float | None = None,
) -> tuple[SignallingGame, Chances]:
    """Return the game of `crisis_game` and the chances together, for one check of the parameters."""
    if worst_case not in READINGS:
        raise ValueError(f"worst_case must be one of {', '.join(READINGS)}; it is {worst_case!r}")
    if last_move is not None and not 0 <= last_move < np.inf:
        raise ValueError(f"last_move must be finite and 0 or more, or None; it is {last_move!r}")
    given, batch = parameter_values(parameters, stances)
    exposure = as_stated(given, stances, last_move)
    p = exposure.terms
    # Checked parameters make sound games: no payoff adds up more than a few of them.
    game = SignallingGame.sound(
        prior=_batch_first(p.belief, batch),
        sender=_batch_first(_sender(exposure), batch),
        receiver=_batch_first(_receiver(exposure, worst_case), batch),
        receiver_prior=_batch_first(p.russia, batch),
        available=np.array([[True, target] for target in stances.targets]),  # (m, a)
    )
    return game, _public(chances_at(exposure), batch)


def chances_at(exposure: Exposure) -> Chances:
    """Return the chances with the batch last."""
    p = exposure.terms
    return Chances(
        hit=exposure.hit,
        war=p.war,
        backing=p.by_stance("ally_backing"),
        nuclear=p["escalation.nuclear_if_war"].copy(),  # no view of what was given
        stands=p.stands,
        standing=p.standing,
        resolute=p["prior.resolute"].copy(),
    )


def _public(after: Chances, batch: tuple[int, ...]) -> Chances:
    """Return the same chances with the batch axis first."""
    return Chances(**{name: _batch_first(array, batch) for name, array in vars(after).items()})


def _sender(exposure: Exposure) -> Floats:
    """Return France's payoffs u, (t, m, a, n)."""
    p = exposure.terms
    stance = p.by_stance("stance_value") - p.by_stance("isolation")
    training = p["france.training_value"] * exposure.deployment
    fold, stand = p.fold_cost, p.stand_cost
    hit = np.minimum(fold, stand) if p.last_move is None else p.standing * stand + (1 - p.standing) * fold
    payoff = np.zeros((len(SENDER_TYPES), len(stance), len(ACTIONS), *stance.shape[1:]))
    payoff[:, :, 0] = stance + training
    strike = stance + training * (1 - exposure.pinpoint) - exposure.hit * hit
    payoff[:, p.struck, 1] = strike[:, p.struck]
    return payoff


def _receiver(exposure: Exposure, worst_case: WorstCase) -> Floats:
    """Return Russia's payoffs w', (k, t, m, a, n), distrust of its own estimate included."""
    hold, strike = exposure.distrusted(worst_case)
    payoff = np.zeros((*strike.shape[:2], hold.shape[1], len(ACTIONS), *hold.shape[2:]))
    payoff[:, :, :, 0] = hold[:, None]
    payoff[:, :, exposure.terms.struck, 1] = strike
    return payoff


def _batch_first(array: NDArray[Scalar], batch: tuple[int, ...]) -> NDArray[Scalar]:
    """Move the batch from the last axis to the first, and drop it where every parameter is a scalar: a view."""
    return np.moveaxis(array, -1, 0).reshape((*batch, *array.shape[:-1]))
