"""How do players who err play very many crises? Quantal response of the crisis alone, in one unknown a target.

Whichever Russian type strikes, France is hurt alike: it needs to know only the probability q of a strike after each
signal that leaves a target. The logit equilibrium is a q that repeats itself; Newton's method finds it in microseconds.
A game in which a step does not settle, or in which there might be another branch, is left to the general solver.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from sim.crisis.parameters import ACTIONS
from sim.games.game import Bools, Floats, SignallingGame
from sim.games.quantal.response import ACCURACY, quantal_responses

STEPS, CORRECTIONS, MOST_CORRECTIONS = 6, 2, 12  # equal steps from 0; Newton corrections at each, and at the last
LOOSE = 1e-2  # largest miss of a step before the last: the next one starts from there
SETTLED = 1e-12  # miss at which the last corrections end

FEEDBACK = 32.0
"""Largest feedback for which Newton is used. Below 1 the reply to q contracts, so that there is one equilibrium and one
step suffices; up to this value six steps found the principal branch in all of 80,000 random games with two targets,
the only ones for which it is used above 1."""

_TRIED = 2  # number of targets for which strong feedback was tried, and Newton's step is written out

_HOLD, _STRIKE = range(len(ACTIONS))


@dataclass(frozen=True, eq=False)
class Stakes:
    """What a strike changes; n games on the last axis, j signals that leave a target."""

    hold: Floats  # (t, m, n): what each signal is worth to each type of France if Russia holds
    struck: Floats  # (t, j, n): what a strike changes in it
    gain: Floats  # (k, t, j, n): what each type of Russia gains by a strike over holding, against each type of France
    targets: NDArray[np.intp]  # (j,): which signals leave a target

    def take(self, rows: NDArray[np.intp]) -> Stakes:
        """Return the stakes of some games."""
        hold, struck, gain = (np.take(each, rows, axis=-1) for each in (self.hold, self.struck, self.gain))
        return Stakes(hold, struck, gain, self.targets)


def stakes(game: SignallingGame) -> Stakes:
    """Return what a strike changes for each side."""
    flat, targets = game.flat(), np.flatnonzero(game.available[:, _STRIKE])
    sender = np.moveaxis(flat.sender[:, 0], 0, -1)  # (t, m, a, n): the same whichever Russia strikes
    receiver = np.moveaxis(flat.receiver, 0, -1)[:, :, targets]  # (k, t, j, a, n)
    return Stakes(
        hold=np.ascontiguousarray(sender[:, :, _HOLD]),
        struck=sender[:, targets, _STRIKE] - sender[:, targets, _HOLD],
        gain=receiver[:, :, :, _STRIKE] - receiver[:, :, :, _HOLD],
        targets=targets,
    )


def quantal_play(game: SignallingGame, rationality: float) -> tuple[Floats, Floats]:
    """Return the logit equilibrium of every crisis: strategy (t, m, n) and strike (k, m, n)."""
    flat, worth = game.flat(), stakes(game)
    beliefs = flat.prior[:, 1], flat.receiver_prior[:, 1]
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):  # such games are solved below
        q, solved = _newton(worth, *beliefs, rationality)
        strategy, reply = _play(worth, beliefs[0], q, rationality)
    strike = np.zeros((len(reply), flat.signals, reply.shape[-1]))
    strike[:, worth.targets] = reply
    if len(rest := np.flatnonzero(~solved)):
        answer = quantal_responses(flat.take(rest), rationality)
        strategy[..., rest] = np.moveaxis(answer.strategy, 0, -1)
        strike[..., rest] = np.moveaxis(answer.response[..., _STRIKE], 0, -1)
    return strategy, strike


def feedback(worth: Stakes, opportunist: Floats, rationality: float) -> Floats:
    """Return a bound on how strongly q feeds back on itself, (n,); below 1 there is one equilibrium.

    The slope of the reply after signal m to q after j is at most c_m B_j, whatever the play: c_m from two logit
    choices, each with slope 1/4 at most, B_j from the extremes of s_1 u - s_0 v on the unit square. A matrix of that
    form has the spectral radius Σ c_m B_m, and where that is below 1 the reply contracts in a weighted norm.
    """
    first, second = worth.struck  # by type of France, (j, n)
    pull = np.maximum(np.maximum(np.abs(first), np.abs(second)), np.abs(second - first))
    news = np.abs(worth.gain[:, 1] - worth.gain[:, 0])  # of France's type for Russia, (k, j, n)
    news = (1 - opportunist) * news[0] + opportunist * news[1]
    return np.asarray(rationality**2 / 16 * (news * pull).sum(axis=0))


def _newton(worth: Stakes, resolute: Floats, opportunist: Floats, rationality: float) -> tuple[Floats, Bools]:
    """Return q, (j, n), and whether it is known to be on the principal branch."""
    strength = feedback(worth, opportunist, rationality)
    most = FEEDBACK if len(worth.targets) == _TRIED else 1.0
    q, solved = np.full(worth.struck.shape[1:], 0.5), np.zeros(len(strength), dtype=bool)
    for steps, chosen in ((1, strength < 1), (STEPS, (strength >= 1) & (strength <= most))):
        if len(rows := np.flatnonzero(chosen)):
            scales = rationality * np.arange(1, steps + 1) / steps
            q[:, rows], solved[rows] = _followed(worth.take(rows), resolute[rows], opportunist[rows], scales)
    return q, solved


def _followed(worth: Stakes, resolute: Floats, opportunist: Floats, scales: Floats) -> tuple[Floats, Bools]:
    """Return q at the last scale, and whether it was reached along a branch that cannot have turned on the way."""
    q, last = np.full(worth.struck.shape[1:], 0.5), len(scales) - 1
    solved = np.ones(len(resolute), dtype=bool)
    for step, scale in enumerate(scales):
        for _ in range(CORRECTIONS if step < last else MOST_CORRECTIONS):
            miss, slope = _repeats(worth, resolute, opportunist, q=q, scale=scale)
            if step == last and np.all(np.abs(miss) <= SETTLED):
                break
            correction, determinant = _corrected(miss, slope)
            solved &= determinant > 0  # it is 1 at rationality 0 and would vanish at a turning point
            q = q + correction
        miss, _ = _repeats(worth, resolute, opportunist, q=q, scale=scale)
        solved &= np.all(np.abs(miss) <= (LOOSE if step < last else ACCURACY), axis=0)
    return q, solved


def _corrected(miss: Floats, slope: Floats) -> tuple[Floats, Floats]:
    """Return Newton's correction of q, (j, n), and the determinant that it divides by, (n,)."""
    if len(miss) != _TRIED:
        left = np.eye(len(miss)) - np.moveaxis(slope, -1, 0)
        determinant = np.linalg.det(left)
        left[determinant == 0] = np.eye(len(miss))  # given up: it does not count as solved
        return np.asarray(np.linalg.solve(left, miss.T[..., None])[..., 0].T), np.asarray(determinant)
    determinant = (1 - slope[0, 0]) * (1 - slope[1, 1]) - slope[0, 1] * slope[1, 0]
    first = (1 - slope[1, 1]) * miss[0] + slope[0, 1] * miss[1]
    second = (1 - slope[0, 0]) * miss[1] + slope[1, 0] * miss[0]
    return np.stack([first, second]) / determinant, determinant


def _repeats(worth: Stakes, resolute: Floats, opportunist: Floats, *, q: Floats, scale: float) -> tuple[Floats, Floats]:
    """Return by how much q fails to repeat itself, (j, n), and the slope of the reply to q, (j, j', n)."""
    strategy, logs = _signals(worth, q, scale)
    odds = _odds(resolute, logs[:, worth.targets])
    belief = expit(odds)
    reply = expit(scale * ((1 - belief) * worth.gain[:, 0] + belief * worth.gain[:, 1]))  # (k, j, n)
    weight = np.stack([1 - opportunist, opportunist])[:, None]
    moved = scale * reply * (1 - reply) * (worth.gain[:, 1] - worth.gain[:, 0])  # by the belief
    moved = (weight * moved).sum(axis=0) * belief * expit(-odds)  # by its log odds, (j, n)
    pull = scale * worth.struck  # of q after j' on the log odds of every signal, (t, j', n)
    spread = strategy[0, worth.targets] * pull[0] - strategy[1, worth.targets] * pull[1]  # (j', n)
    own = np.eye(len(q))[:, :, None] * (pull[1] - pull[0])
    return (weight * reply).sum(axis=0) - q, moved[:, None] * (own + spread)


def _play(worth: Stakes, resolute: Floats, q: Floats, scale: float) -> tuple[Floats, Floats]:
    """Return France's strategy (t, m, n) given q, and Russia's reply to it (k, j, n)."""
    strategy, logs = _signals(worth, q, scale)
    belief = expit(_odds(resolute, logs[:, worth.targets]))
    return strategy, expit(scale * ((1 - belief) * worth.gain[:, 0] + belief * worth.gain[:, 1]))


def _signals(worth: Stakes, q: Floats, scale: float) -> tuple[Floats, Floats]:
    """Return France's logit choice of signal given q, and its logarithm, (t, m, n)."""
    value = scale * worth.hold
    value[:, worth.targets] += scale * q * worth.struck
    value -= value.max(axis=1, keepdims=True)
    power = np.exp(value)
    total = power.sum(axis=1, keepdims=True)
    return power / total, value - np.log(total)


def _odds(resolute: Floats, logs: Floats) -> Floats:
    """Return the log odds that France is resolute after each signal that can be struck, (j, n): Bayes' rule."""
    return np.asarray(logit(resolute) + logs[1] - logs[0])
