"""How likely is each rung of escalation? From a doctrine or an equilibrium to exact probabilities.

The batch comes last here: k receiver types, t sender types, m signals, a actions, r rows (see `Ladder`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.crisis.parameters import ACTIONS, BASELINE, Stances
from sim.crisis.payoffs import Chances
from sim.crisis.values import TIE_TOLERANCE
from sim.games.equilibria import Equilibria
from sim.games.game import Bools, Floats, SignallingGame

Scalar = TypeVar("Scalar", bound=np.generic)

OUTCOMES = ("strike", "casualties", "retaliation", "war", "nuclear", "backdown", "abandonment")
"""The five rungs above quiet, each the probability of reaching it or a higher one, and the two side outcomes."""

_HOLD, _STRIKE = range(len(ACTIONS))


@dataclass(frozen=True, eq=False)
class Ladder:
    """Exact probabilities of escalation by row: an equilibrium, or a game under a doctrine, its stance the only m."""

    outcomes: dict[str, Floats]  # (r,) by `OUTCOMES`; on the rungs, of reaching that rung or a higher one
    france_payoff: Floats  # (r,): expected before France learns its type, in units of `france.humiliation`
    by_signal: dict[str, Floats]  # (r, m): that the signal is sent and the outcome follows; sums to `outcomes` over m
    sent: Floats  # (r, m): that each signal is sent


def doctrine(game: SignallingGame, chances: Chances, stance: str, stances: Stances = BASELINE) -> tuple[Ladder, Bools]:
    """Return the ladder if France were held to a stance whatever its type, and whether Russian types strike, (n, k).

    The signal then carries no news: Russia acts on what it believes, and France is resolute as often as it is in truth.
    A Russian type strikes if that is worth more to it than holding by more than `TIE_TOLERANCE`; indifferent, it holds.
    """
    flat, signal = game.flat(), stances.index(stance)
    after = chances.flat().after(signal)
    prior, russia = _last(after.frequency), _last(flat.receiver_prior)
    strikes = _strikes(flat, signal)  # (k, r)
    strike = (russia * strikes).sum(axis=0)
    hold, struck = np.moveaxis(_last(flat.sender[:, 0, :, signal]), 1, 0)  # (t, r): the same whichever Russia strikes
    payoff = (prior * (hold + strike * (struck - hold))).sum(axis=0)
    return _ladder(prior[:, None], strike[None], _rows(after), payoff), strikes.T


def equilibrium_ladder(game: SignallingGame, chances: Chances, equilibria: Equilibria) -> Ladder:
    """Return every equilibrium's ladder: Russia concludes from its belief; what is sent is counted by the truth."""
    flat, rows = game.flat(), equilibria.game
    prior, russia = _last(chances.flat().frequency, rows), _last(flat.receiver_prior, rows)
    joint = prior[:, None] * _last(equilibria.strategy)  # (t, m, r)
    strike = (russia[:, None] * _last(equilibria.response[..., _STRIKE])).sum(axis=0)  # (m, r)
    payoff = (prior * _last(equilibria.sender_value)).sum(axis=0)
    return _ladder(joint, strike, _rows(chances, rows), payoff)


def _last(array: NDArray[Scalar], rows: NDArray[np.intp] | None = None) -> NDArray[Scalar]:
    """Move the batch from the first axis to the last, in the machine's memory too, and pick rows of it."""
    moved = np.moveaxis(array, 0, -1)
    return np.ascontiguousarray(moved) if rows is None else np.take(moved, rows, axis=-1)


def _rows(chances: Chances, rows: NDArray[np.intp] | None = None) -> Chances:
    """Return the chances with the batch last, one column per row."""
    return Chances(**{name: _last(array, rows) for name, array in vars(chances.flat()).items()})


def _strikes(flat: SignallingGame, signal: int) -> Bools:
    """Return whether each Russian type strikes at what it believes from the start, (k, r)."""
    prior = _last(flat.prior)
    hold, strike = (np.moveaxis(flat.receiver[:, :, :, signal, action], 0, -1) for action in (_HOLD, _STRIKE))
    gain = (prior * (strike - hold)).sum(axis=1)
    size = (prior * (np.abs(strike) + np.abs(hold))).sum(axis=1)
    return np.asarray((gain > TIE_TOLERANCE * size) & flat.available[signal, _STRIKE])


def _ladder(joint: Floats, strike: Floats, after: Chances, payoff: Floats) -> Ladder:
    """Follow the tree from a strike on, given P(type, signal), (t, m, r), and P(strike | signal), (m, r)."""
    sent = joint.sum(axis=0)
    exposed = strike * after.hit  # P(casualties | signal)
    retaliation = exposed * (after.standing * joint).sum(axis=0)
    war = retaliation * after.war
    by_signal = {
        "strike": strike * sent,
        "casualties": exposed * sent,
        "retaliation": retaliation,
        "war": war,
        "nuclear": war * after.nuclear,
        "backdown": exposed * ((1 - after.standing) * joint).sum(axis=0),
        "abandonment": exposed * sent * (1 - after.backing),
    }
    return Ladder(
        outcomes={name: array.sum(axis=0) for name, array in by_signal.items()},
        france_payoff=payoff,
        by_signal={name: array.T for name, array in by_signal.items()},
        sent=sent.T,
    )
