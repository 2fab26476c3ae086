"""Which beliefs after an unsent signal respect the other equilibria of the game, those that send it?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.games.closed_form.candidate import Rows
from sim.games.closed_form.response_path import Bools
from sim.games.game import Floats


@dataclass(frozen=True, eq=False)
class Rivals:
    """Pairs of equilibria of one game, and signals at which the second may defeat the first.

    Attributes
    ----------
    signal : ndarray of int of shape (p,)
        Index of the signal.
    row, rival : ndarray of int of shape (p,)
        Row of an equilibrium that does not send the signal, and of one that does, which all its senders prefer.
    low, high : ndarray of shape (p,)
        Beliefs (probabilities of type 1) at the signal with which the first is not defeated.
    """

    signal: Rows
    row: Rows
    rival: Rows
    low: Floats
    high: Floats


def pairs(game: Rows) -> Iterator[tuple[Rows, Rows]]:
    """Yield ordered pairs of rows of one game, each row at most once as the first of a pair at a time.

    Shapes: game (e,) → first, second (p,).
    """
    first = np.arange(len(game))
    for step in range(1, len(game)):
        first = first[: np.searchsorted(first, len(game) - step)]
        first = first[game[first + step] == game[first]]
        if not first.size:
            return
        yield first, first + step
        yield first + step, first


def rivals(pair: tuple[Rows, Rows], sends: Bools, value: Floats, *, prior: Floats, tolerance: Floats) -> Rivals:
    """Return the pairs and signals at which the second equilibrium may defeat the first [1]_.

    The second sends the signal, the first does not, and every type that sends it in the second weakly prefers the
    second, at least one strictly. The receiver should then believe that the sender is one of those types: all that
    strictly prefer the second send the signal, of those that are indifferent any share. An equilibrium that holds
    another belief is defeated. The definition is for senders that play pure strategies; here a type that mixes counts
    among those that send.

    Shapes: pair (p,), sends (m, t, e), value (t, e), prior (e,), tolerance (e,).

    References
    ----------
    .. [1] Mailath, G. J., Okuno-Fujiwara, M. and Postlewaite, A. (1993), "Belief-based refinements in signalling
       games", Journal of Economic Theory 60(2), 241-276, doi:10.1006/jeth.1993.1043.
    """
    row, rival = pair
    rise = value[:, rival] - value[:, row]
    better, worse = rise > tolerance[row], rise < -tolerance[row]
    zero, one = sends[:, 0, rival], sends[:, 1, rival]
    gains, loses = zero & better[0] | one & better[1], zero & worse[0] | one & worse[1]
    signal, at = np.nonzero(gains & ~loses & ~(sends[:, 0, row] | sends[:, 1, row]))
    zero, one = zero[signal, at], one[signal, at]
    zero_gains, one_gains = zero & better[0, at], one & better[1, at]
    own = prior[row[at]]
    low = np.where(zero_gains, np.where(one_gains, own, 0.0), np.where(zero, own, 1.0))
    high = np.where(one_gains, np.where(zero_gains, own, 1.0), np.where(one, own, 0.0))
    return Rivals(signal, row[at], rival[at], low, high)
