"""Which beliefs after an unsent signal respect the other equilibria of the game that do send it?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.games.candidate import Rows
from sim.games.game import Floats
from sim.games.response_path import Bools


@dataclass(frozen=True, eq=False)
class Rivals:
    """Pairs of equilibria of one game in which the second would defeat the first at a signal.

    Attributes
    ----------
    row, rival : ndarray of int of shape (p,)
        Row of the equilibrium that does not send the signal, and of one that does and that all its senders prefer.
    low, high : ndarray of shape (p,)
        Beliefs of the first at the signal that the second leaves it: probabilities of type 1.
    """

    row: Rows
    rival: Rows
    low: Floats
    high: Floats


def rivals(sends: Bools, value: Floats, game: Rows, *, prior: Floats, tolerance: Floats) -> Iterator[Rivals]:
    """Yield, for one signal, the pairs of equilibria of which the second may defeat the first [1]_.

    The second sends the signal and each type that sends it there weakly prefers the second, one of them strictly. The
    receiver should then take the sender of the signal for one of them: of the types that send it in the second, all
    those that strictly prefer it, any share of those that are indifferent. The definition is for pure strategies of
    the sender; here a type that mixes counts among those that send.

    Parameters
    ----------
    sends : ndarray of bool of shape (t, e)
        Whether each type sends the signal in each equilibrium, t = 2.
    value : ndarray of shape (t, e)
        Equilibrium payoffs.
    game : ndarray of int of shape (e,)
        Game of each equilibrium, ascending.
    prior, tolerance : ndarray of shape (e,)
        Probability of type 1, and the differences in payoff that count as none.

    Yields
    ------
    Rivals
        Each equilibrium comes at most once as `row` in each; between them they list every pair.

    References
    ----------
    .. [1] Mailath, G. J., Okuno-Fujiwara, M. and Postlewaite, A. (1993), "Belief-based refinements in signalling
       games", Journal of Economic Theory 60(2), 241-276, doi:10.1006/jeth.1993.1043.
    """
    sent = sends[0] | sends[1]
    for step in range(1, len(game)):
        first = np.flatnonzero(game[step:] == game[:-step])
        if not first.size:
            return
        first = first[sent[first] != sent[first + step]]
        backwards = sent[first]
        row, rival = np.where(backwards, first + step, first), np.where(backwards, first, first + step)
        senders, rise = sends[:, rival], value[:, rival] - value[:, row]
        gains = senders & (rise > tolerance[row])
        holds = gains.any(axis=0) & ~np.any(senders & (rise < -tolerance[row]), axis=0)
        row, rival, gains, senders = row[holds], rival[holds], gains[:, holds], senders[:, holds]
        low = np.where(gains[0], np.where(gains[1], prior[row], 0.0), np.where(senders[0], prior[row], 1.0))
        high = np.where(gains[1], np.where(gains[0], prior[row], 1.0), np.where(senders[1], prior[row], 0.0))
        yield Rivals(row, rival, low, high)
