"""What if the receiver already knows the sender's type? A prior of 0 or 1, or a game with one sender type."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.games.closed_form.envelope import tie
from sim.games.equilibria import Equilibria
from sim.games.game import Bools, Floats, SignallingGame


def known_type_equilibria(game: SignallingGame) -> Equilibria:
    """Return the equilibria of flat games whose prior puts all weight on one sender type; the belief never moves.

    A type of probability 0 plays a best reply too. Where receiver types are tied, the response favours the sender after
    the signal sent and deters after the others.
    """
    n = len(game.prior)
    own = game.prior.argmax(axis=1)
    expected = np.einsum("nt,nktma->nkma", game.prior, game.receiver)
    expected = np.where(game.available, expected, -np.inf)
    # The receiver's best actions, ties included, each type after each signal by its own stakes: (n, k, m, a).
    best = expected >= expected.max(axis=-1, keepdims=True) - _tolerance(expected, axis=(3,))[..., None]
    payoff = np.take_along_axis(game.sender, own[:, None, None, None, None], axis=2)[:, :, 0]
    counts = game.available & (game.receiver_prior > 0)[:, :, None, None]
    tolerance = _tolerance(np.where(counts, payoff, np.nan), axis=(1, 2, 3))[:, None]
    # Ties of the receiver make most signals sendable if the one sent is answered best for the sender, the others worst.
    kind = np.where(best, payoff, -np.inf).argmax(axis=-1)
    harsh = np.where(best, payoff, np.inf).argmin(axis=-1)
    high, low = (_expected_payoff(game, payoff, action) for action in (kind, harsh))
    rows, signal = np.nonzero(_sendable(high, low, tolerance))
    row = np.arange(len(rows))
    response = np.eye(game.actions)[harsh[rows]]
    response[row, :, signal] = np.eye(game.actions)[kind[rows, :, signal]]
    value = np.einsum("ek,ektma,ekma->etm", game.receiver_prior[rows], game.sender[rows], response)
    strategy = np.eye(game.signals)[value.argmax(axis=-1)]
    strategy[row, own[rows]] = np.eye(game.signals)[signal]
    indifferent = np.any((best.sum(axis=-1) > 1) & (game.receiver_prior > 0)[:, :, None], axis=1)  # (n, m)
    ambiguous = np.any(high - low > tolerance, axis=1)[rows] | indifferent[rows, signal]
    return Equilibria(
        game=rows,
        family=np.full(len(rows), "pooling", dtype="U15"),
        strategy=strategy,
        belief=np.repeat(game.prior[rows][:, None], game.signals, axis=1),
        response=response,
        sender_value=np.einsum("etm,etm->et", strategy, value),
        degenerate=(np.bincount(rows, weights=ambiguous, minlength=n) > 0)[rows] | (np.bincount(rows)[rows] > 1),
    )


def _tolerance(payoff: Floats, axis: tuple[int, ...]) -> Floats:
    """Return what counts as a tie, by the range and size of the payoffs; finite entries only."""
    finite = np.isfinite(payoff)
    high = payoff.max(axis=axis, initial=-np.inf, where=finite)
    low = payoff.min(axis=axis, initial=np.inf, where=finite)
    return tie(low, high)


def _expected_payoff(game: SignallingGame, payoff: Floats, action: NDArray[np.intp]) -> Floats:
    """Return the sender's payoff from each signal (n, m) when receiver types take the given actions (n, k, m)."""
    chosen = np.take_along_axis(payoff, action[..., None], axis=-1)[..., 0]
    return np.asarray(np.einsum("nk,nkm->nm", game.receiver_prior, chosen))


def _sendable(high: Floats, low: Floats, tolerance: Floats) -> Bools:
    """Mark the signals whose best response is worth at least the worst response to every other signal: (n, m)."""
    others = np.where(np.eye(low.shape[1], dtype=bool), -np.inf, low[:, None])
    return np.asarray(high >= others.max(axis=-1) - tolerance)
