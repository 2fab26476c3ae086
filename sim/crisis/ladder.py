"""How likely is each rung of escalation? From a doctrine or an equilibrium to exact probabilities.

The batch comes last here: k receiver types, t sender types, m signals, a actions, r rows (see `Ladder`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.crisis.parameters import ACTIONS, BASELINE, RECEIVER_TYPES, Stances
from sim.crisis.payoffs import Chances, chances_at
from sim.crisis.terms import Exposure, WorstCase
from sim.crisis.values import TIE_TOLERANCE
from sim.games.equilibria import Equilibria
from sim.games.game import Bools, Floats, SignallingGame

Scalar = TypeVar("Scalar", bound=np.generic)

OUTCOMES = ("strike", "casualties", "retaliation", "war", "nuclear", "backdown", "abandonment")
"""The five rungs above quiet, each the probability of reaching it or a higher one, and the two side outcomes."""

TOLD = (*OUTCOMES, *(f"strikes.{kind}" for kind in RECEIVER_TYPES))
"""What is told of a doctrine: the outcomes, and which Russia strikes."""

_HOLD, _STRIKE = range(len(ACTIONS))


@dataclass(frozen=True, eq=False)
class Ladder:
    """Exact probabilities of escalation by row: an equilibrium, or a game under a doctrine, its stance the only m."""

    outcomes: dict[str, Floats]  # (r,) by `OUTCOMES`; on the rungs, of reaching that rung or a higher one
    france_payoff: Floats  # (r,): expected before France learns its type, in units of `france.humiliation`
    by_signal: dict[str, Floats]  # (r, m): that the signal is sent and the outcome follows; sums to `outcomes` over m
    sent: Floats  # (r, m): that each signal is sent


@dataclass(frozen=True, eq=False)
class Doctrines:
    """What follows if France is held to each of s signals that have a target, whatever its type: batch last."""

    outcomes: dict[str, Floats]  # (s, n) by `OUTCOMES`
    strike: Floats  # (s, n): that Russia strikes
    strikes: Bools  # (k, s, n): whether each Russian type does

    def told(self, name: str, row: int) -> dict[str, Floats]:
        """Return the quantities of `TOLD` of one signal, (n,), named after a stance."""
        outcomes = {f"{name}.{outcome}": array[row] for outcome, array in self.outcomes.items()}
        strikes = zip(RECEIVER_TYPES, self.strikes[:, row].astype(float), strict=True)
        return outcomes | {f"{name}.strikes.{kind}": array for kind, array in strikes}


def doctrine(game: SignallingGame, chances: Chances, stance: str, stances: Stances = BASELINE) -> tuple[Ladder, Bools]:
    """Return the ladder if France were held to a stance whatever its type, and whether Russian types strike, (n, k).

    The signal then carries no news: Russia acts on what it believes, and France is resolute as often as it is in truth.
    A Russian type strikes if that is worth more to it than holding by more than `TIE_TOLERANCE`; indifferent, it holds.
    """
    flat, signal = game.flat(), stances.index(stance)
    after = chances.flat().after(signal)
    prior, russia = _last(after.frequency), _last(flat.receiver_prior)
    hold, strike = (_last(flat.receiver[:, :, :, signal, action])[:, :, None] for action in (_HOLD, _STRIKE))
    strikes = _strikes(_last(flat.prior), hold, strike)[:, 0] & flat.available[signal, _STRIKE]  # (k, r)
    likely = (russia * strikes).sum(axis=0)
    payoff = held_payoff(prior, _last(flat.sender[:, 0, :, signal])[:, None], likely[None])[0]
    return _ladder(prior[:, None], likely[None], _rows(after), payoff), strikes.T


def doctrines(exposure: Exposure, worst_case: WorstCase) -> Doctrines:
    """Return what `doctrine` does for all signals that have a target at once, without the game."""
    p = exposure.terms
    hold, strike = exposure.distrusted(worst_case)
    strikes = _strikes(p.belief, hold[:, None, p.struck], strike)
    likely = (p.russia[:, None] * strikes).sum(axis=0)
    after = chances_at(exposure)
    held = {name: getattr(after, name)[..., p.struck, :] for name in ("hit", "war", "backing", "stands", "standing")}
    return Doctrines(_followed(p.truth[:, None], likely, replace(after, **held)), likely, strikes)


def held_payoff(prior: Floats, sender: Floats, strike: Floats) -> Floats:
    """Return what France expects of signals before it learns its type: (t, n), (t, s, a, n), (s, n) → (s, n)."""
    hold, struck = sender[:, :, _HOLD], sender[:, :, _STRIKE]  # the same whichever Russia strikes
    return np.asarray((prior[:, None] * (hold + strike * (struck - hold))).sum(axis=0))


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


def _strikes(belief: Floats, hold: Floats, strike: Floats) -> Bools:
    """Return whether each Russian type strikes at what it believes: (t, n), payoffs (k, t, s, n) → (k, s, n)."""
    prior = belief[:, None]
    gain = (prior * (strike - hold)).sum(axis=1)
    size = (prior * (np.abs(strike) + np.abs(hold))).sum(axis=1)
    return np.asarray(gain > TIE_TOLERANCE * size)


def _ladder(joint: Floats, strike: Floats, after: Chances, payoff: Floats) -> Ladder:
    """Add up what follows each signal, given P(type, signal), (t, m, r), and P(strike | signal), (m, r)."""
    by_signal = _followed(joint, strike, after)
    return Ladder(
        outcomes={name: array.sum(axis=0) for name, array in by_signal.items()},
        france_payoff=payoff,
        by_signal={name: array.T for name, array in by_signal.items()},
        sent=joint.sum(axis=0).T,
    )


def _followed(joint: Floats, strike: Floats, after: Chances) -> dict[str, Floats]:
    """Follow the tree from a strike on: the probability of each outcome and of the signal before it, (m, r)."""
    sent = joint.sum(axis=0)
    exposed = strike * after.hit  # P(casualties | signal)
    retaliation = exposed * (after.standing * joint).sum(axis=0)
    war = retaliation * after.war
    return {
        "strike": strike * sent,
        "casualties": exposed * sent,
        "retaliation": retaliation,
        "war": war,
        "nuclear": war * after.nuclear,
        "backdown": exposed * ((1 - after.standing) * joint).sum(axis=0),
        "abandonment": exposed * sent * (1 - after.backing),
    }
