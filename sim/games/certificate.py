"""Is a claimed equilibrium one? The definition itself, checked row by row, sharing nothing with the solvers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.games.equilibria import Equilibria
from sim.games.game import Bools, Floats, SignallingGame, first_of

DISTRIBUTION_TOLERANCE = 1e-9  # how far probabilities may miss [0, 1] or a sum of one: by rounding, or no claim at all


@dataclass(frozen=True, eq=False)
class Certificate:
    """What could be gained against each claimed equilibrium, and how far its beliefs are from Bayes' rule.

    Attributes
    ----------
    sender_gain : ndarray of shape (e,)
        Most that any sender type, also one of probability 0, gains by another signal; payoff units, at least 0 up to
        rounding.
    receiver_gain : ndarray of shape (e,)
        Most that any receiver type of positive probability gains at its belief by another available action, after any
        signal, sent or not; payoff units, at least 0 up to rounding.
    bayes_error : ndarray of shape (e,)
        Largest difference between a belief and the posterior after a signal that is sent; in [0, 1].
    """

    sender_gain: Floats
    receiver_gain: Floats
    bayes_error: Floats


def certificate(game: SignallingGame, eq: Equilibria) -> Certificate:
    """Measure how far each row is from a perfect Bayesian equilibrium, straight from the definition of [1]_.

    A signal counts as sent when its probability is above 0, however small: a strategy that leaves rounding dust on a
    signal must hold the posterior there. A row passes when all three figures are 0 up to rounding.

    Parameters
    ----------
    game : SignallingGame
        Batch of n games with any number of sender types.
    eq : Equilibria
        The e claimed equilibria; `family`, `sender_value` and `degenerate` are not read.

    Returns
    -------
    Certificate
        Three figures a row, each of shape (e,).

    Raises
    ------
    ValueError
        If a shape does not fit the game, a row names a game outside the batch, or a strategy, belief or response is no
        probability distribution (a response must give 0 to unavailable actions). The message names the row.

    References
    ----------
    .. [1] Fudenberg and Tirole (1991), "Perfect Bayesian equilibrium and sequential equilibrium", Journal of Economic
       Theory 53, 236-260, doi:10.1016/0022-0531(91)90155-W.

    Examples
    --------
    >>> import numpy as np
    >>> from sim.games.equilibria import Equilibria
    >>> game = SignallingGame([0.4, 0.6], sender=[[[1, 0]], [[1, 2]]], receiver=[[[0, 1]], [[0, -1]]])
    >>> second_best = Equilibria(
    ...     game=np.array([0]),
    ...     family=np.array(["pooling"]),
    ...     strategy=np.ones((1, 2, 1)),
    ...     belief=np.array([[[0.5, 0.5]]]),
    ...     response=np.array([[[[0.0, 1.0]]]]),
    ...     sender_value=np.array([[0.0, 2.0]]),
    ...     degenerate=np.array([False]),
    ... )
    >>> claim = certificate(game, second_best)
    >>> claim.sender_gain.tolist(), claim.receiver_gain.tolist(), claim.bayes_error.round(3).tolist()
    ([0.0], [0.0], [0.1])
    """
    _check_shapes(game, eq)
    for name in ("strategy", "belief", "response"):
        _check_distribution(name, getattr(eq, name))
    _check_available(eq.response, game.available)
    played = game.take(eq.game)
    return Certificate(_sender_gain(played, eq), _receiver_gain(played, eq), _bayes_error(played, eq))


def _sender_gain(played: SignallingGame, eq: Equilibria) -> Floats:
    """Best signal's payoff less the strategy's own, for the type that loses most: (e,)."""
    payoff = np.einsum("ek,ekma,ektma->etm", played.receiver_prior, eq.response, played.sender, optimize=True)
    own = np.einsum("etm,etm->et", eq.strategy, payoff)
    return np.asarray(np.max(payoff.max(axis=2) - own, axis=1))


def _receiver_gain(played: SignallingGame, eq: Equilibria) -> Floats:
    """Best available action's payoff less the response's own, for the receiver type and signal that lose most: (e,)."""
    payoff = np.einsum("emt,ektma->ekma", eq.belief, played.receiver)
    own = np.einsum("ekma,ekma->ekm", eq.response, payoff)
    best = np.where(played.available, payoff, -np.inf).max(axis=3)  # (e, k, m)
    plays = played.receiver_prior[:, :, np.newaxis] > 0  # (e, k, 1)
    return np.asarray(np.where(plays, best - own, -np.inf).max(axis=(1, 2)))


def _bayes_error(played: SignallingGame, eq: Equilibria) -> Floats:
    """Largest difference between belief and posterior over the signals that are sent: (e,)."""
    joint = np.einsum("et,etm->emt", played.prior, eq.strategy)
    sent = joint.sum(axis=2, keepdims=True)  # (e, m, 1)
    posterior = np.divide(joint, sent, out=np.array(eq.belief, dtype=np.float64), where=sent > 0)
    return np.asarray(np.abs(eq.belief - posterior).max(axis=(1, 2)))


def _check_shapes(game: SignallingGame, eq: Equilibria) -> None:
    """Compare every array that is read with the game's axes."""
    rows, types, signals = len(eq), game.types, game.signals
    shapes = {
        "game": (rows,),
        "strategy": (rows, types, signals),
        "belief": (rows, signals, types),
        "response": (rows, game.receiver_types, signals, game.actions),
    }
    for name, shape in shapes.items():
        if (found := np.shape(getattr(eq, name))) != shape:
            raise ValueError(f"{name} must have shape {shape} to fit the game; its shape is {found}")
    outside = (eq.game < 0) | (eq.game >= np.prod(game.batch_shape, dtype=int))
    if outside.any():
        row = int(np.argmax(outside))
        raise ValueError(f"game must be an index into the flattened batch; row {row} has {eq.game[row]}")


def _check_distribution(name: str, array: Floats) -> None:
    """Check that the last axis holds probabilities that sum to one."""
    inside = (array >= -DISTRIBUTION_TOLERANCE) & (array <= 1 + DISTRIBUTION_TOLERANCE)
    wrong = ~(inside.all(axis=-1) & (np.abs(array.sum(axis=-1) - 1) <= DISTRIBUTION_TOLERANCE))
    if wrong.any():
        where = first_of(wrong)
        raise ValueError(f"{name} must be a probability distribution; row {where[0]} has {array[where].tolist()}")


def _check_available(response: Floats, available: Bools) -> None:
    """Check that no weight lies on an action that cannot be taken."""
    wrong = (response != 0) & ~available
    if wrong.any():
        where = first_of(wrong)
        raise ValueError(f"response must be 0 where an action is unavailable; row {where[0]} has {response[where]}")
