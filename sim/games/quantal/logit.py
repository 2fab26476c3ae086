"""What do logit players answer to each other, and how does the answer move? The equations behind `quantal`.

Everything is a function of the sender's log-odds s(t, m) = log σ(m|t) − log σ(first signal|t) and of the rationality λ
(McKelvey and Palfrey 1998, doi:10.1023/A:1009905800005, section 3):

    μ(t|m) ∝ p(t) σ(m|t),   W(k, m, a) = Σ_t μ(t|m) v(k, t, m, a),   ρ(k, a|m) ∝ exp(λ W),         Eq. 1
    U(t, m) = Σ_k q(k) Σ_a ρ(k, a|m) u(k, t, m, a),   F(t, m) = s(t, m) − λ [U(t, m) − U(t, first)].   Eq. 2

A logit equilibrium is a root of F, with t (m − 1) unknowns whatever the receiver's types and actions. Probabilities
enter through their logarithms, so that none is too small. Payoffs are shifted, which changes no choice, and divided by
the larger of the players' ranges. Arrays have the games last and the axes summed over first: (k, a, t, m, n).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.games.game import Bools, Floats, SignallingGame
from sim.games.quantal.newton import Linearisation, solve

SMALL = 1e-5  # largest change of log-odds that the last correction may make; it leaves about its square


@dataclass(frozen=True, eq=False)
class LogitGame:
    """Games ready for the equations; a range is the most that play can change a type's payoff, in the game's units."""

    log_prior: Floats  # (t, n)
    sender: Floats  # (k, a, t, m, n): times the receiver prior, with mean 0 for each pair of types, over `scale`
    receiver: Floats  # (k, a, t, m, n): with mean 0 over the actions, over `scale`
    closed: Floats  # (1, a, m, 1): minus infinity where the action is unavailable, else 0
    sender_range: Floats  # (n,)
    receiver_range: Floats  # (n,)
    scale: Floats  # (n,): the larger of the two

    @property
    def unknowns(self) -> int:
        """Number of log-odds, t (m − 1)."""
        types, signals = self.sender.shape[2:4]
        return int(types * (signals - 1))


@dataclass(frozen=True, eq=False)
class LogitPlay:
    """Play at one point per game: σ, μ (t, m, n), W, ρ (k, a, m, n)."""

    strategy: Floats
    belief: Floats
    value: Floats
    response: Floats


def logit_game(game: SignallingGame) -> LogitGame:
    """Shift, scale and turn the arrays of a batch of games."""
    # Adding to all payoffs of a type changes no choice; with a mean of 0, rounding is as small as it can be.
    flat, usable = game.flat(), game.available
    weights = flat.receiver_prior[:, :, None, None, None]
    sender = flat.sender - flat.sender.sum(axis=(-2, -1), keepdims=True) / usable.sum()
    receiver = flat.receiver - flat.receiver.sum(axis=-1, keepdims=True) / usable.sum(axis=-1)[:, None]
    best, worst = (weights[..., 0] * extreme for extreme in _extremes(sender, usable))
    sender_range = (best.sum(axis=1).max(axis=-1) - worst.sum(axis=1).min(axis=-1)).max(axis=-1)
    most, least = _extremes(receiver, usable)
    receiver_range = (most - least).max(axis=(1, 2, 3))
    scale = np.maximum(sender_range, receiver_range)
    unit = np.where(scale > 0, scale, 1.0)[:, None, None, None, None]
    with np.errstate(divide="ignore"):
        log_prior = np.log(flat.prior)
    return LogitGame(
        log_prior=np.ascontiguousarray(log_prior.T),
        sender=_games_last(np.where(usable, weights * sender / unit, 0.0)),
        receiver=_games_last(np.where(usable, receiver / unit, 0.0)),
        closed=np.where(usable, 0.0, -np.inf).T[None, :, :, None],
        sender_range=sender_range,
        receiver_range=receiver_range,
        scale=scale,
    )


def _extremes(payoffs: Floats, usable: Bools) -> tuple[Floats, Floats]:
    """Return the largest and the smallest payoff over the available actions, (n, k, t, m)."""
    return np.where(usable, payoffs, -np.inf).max(axis=-1), np.where(usable, payoffs, np.inf).min(axis=-1)


def _games_last(payoffs: Floats) -> Floats:
    """Turn (n, k, t, m, a) into (k, a, t, m, n)."""
    return np.ascontiguousarray(payoffs.transpose(1, 4, 2, 3, 0))


def play(logit: LogitGame, rows: NDArray[np.intp], points: Floats) -> LogitPlay:
    """Return what the games at `rows`, (r,), play at given log-odds and λ, points (t (m − 1) + 1, r) (Eq. 1)."""
    types, signals = logit.sender.shape[2:4]
    odds = np.zeros((types, signals, rows.size))
    odds[:, 1:] = points[:-1].reshape(types, signals - 1, rows.size)
    odds -= odds.max(axis=1, keepdims=True)
    strategy = np.exp(odds)
    total = strategy.sum(axis=1, keepdims=True)
    strategy /= total
    belief = softmax(logit.log_prior[:, None, rows] + odds - np.log(total), axis=0)
    value = (belief * logit.receiver[..., rows]).sum(axis=2)
    return LogitPlay(strategy, belief, value, softmax(points[-1] * value + logit.closed, axis=1))


def softmax(values: Floats, *, axis: int) -> Floats:
    """Return exp(values) scaled to sum to 1 along an axis."""
    powers = np.exp(values - values.max(axis=axis, keepdims=True))
    return np.asarray(powers / powers.sum(axis=axis, keepdims=True))


def linearise(logit: LogitGame, rows: NDArray[np.intp], points: Floats) -> Linearisation:
    """Return F, its derivatives and the movement of everybody's log-odds (Eq. 2) at the same points as `play`."""
    return _linearised(play(logit, rows, points), logit.sender[..., rows], logit.receiver[..., rows], points)


def _linearised(at: LogitPlay, sender: Floats, receiver: Floats, points: Floats) -> Linearisation:
    """Return what `linearise` does, given play at the points and the payoffs of their games."""
    rate = points[-1]
    spread = at.response[:, :, None] * sender  # (k, a, t, m, n)
    parts = spread.sum(axis=1)  # (k, t, m, n)
    spread -= at.response[:, :, None] * parts[:, None]  # ∂U(t, m) / ∂ρ-log-odds
    pull = at.belief * (receiver - at.value[:, :, None])  # ∂W(k, m, a) / ∂ log σ(m|t)
    gain = rate * (spread[:, :, :, None] * pull[:, :, None]).sum(axis=(0, 1))  # ∂U(t, m) / ∂ log σ(m|t'), (t, t', m, n)
    slope = (spread * at.value[:, :, None]).sum(axis=(0, 1))  # ∂U / ∂λ, (t, m, n)
    utility = parts.sum(axis=0)
    ahead = (utility + rate * slope)[:, 1:] - (utility + rate * slope)[:, :1]
    jacobian = _jacobian(rate * gain, at.strategy, ahead)
    value = points[:-1] - (rate * (utility[:, 1:] - utility[:, :1])).reshape(points[:-1].shape)

    # Large λ turns a small change of beliefs into a large one of the receiver's log-odds: F bends on both scales.
    def movement(change: Floats) -> Floats:
        """Return the largest change of a log-odds, the receiver's included."""
        return _largest(change, _changes(at, receiver, rate, change)[2])

    return Linearisation(value, jacobian, movement)


def _jacobian(gain: Floats, strategy: Floats, ahead: Floats) -> Floats:
    """Assemble ∂F / ∂(s, λ), with ∂ log σ(m|t) / ∂ s(t, j) = [m = j] − σ(j|t)."""
    types, signals, count = strategy.shape
    jacobian = np.empty((types, signals - 1, types * (signals - 1) + 1, count))
    relative = (gain[:, :, 1:] - gain[:, :, :1]).transpose(0, 2, 1, 3)  # (t, m, t', n)
    jacobian[:, :, :-1] = (relative[:, :, :, None] * strategy[:, 1:]).reshape(
        types, signals - 1, types * (signals - 1), count
    )
    # [m = j]: the derivative by signal j's own log-odds, in every column of that signal.
    for signal in range(signals - 1):
        jacobian[:, signal, signal : -1 : signals - 1] -= gain[:, :, signal + 1]
    jacobian[:, :, -1] = -ahead
    jacobian = jacobian.reshape(types * (signals - 1), types * (signals - 1) + 1, count)
    diagonal = np.arange(types * (signals - 1))
    jacobian[diagonal, diagonal] += 1.0
    return jacobian


def _changes(at: LogitPlay, receiver: Floats, rate: Floats, change: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the first-order changes of log σ, log μ (t, m, r) and λ W (k, a, m, r)."""
    odds = np.zeros_like(at.strategy)
    odds[:, 1:] = change[:-1].reshape(odds[:, 1:].shape)
    odds -= (at.strategy * odds).sum(axis=1, keepdims=True)
    news = odds - (at.belief * odds).sum(axis=0)
    return odds, news, rate * (receiver * (at.belief * news)).sum(axis=2) + at.value * change[-1]


def _largest(change: Floats, by_value: Floats) -> Floats:
    """Return the largest change of a log-odds, the receiver's included, (r,)."""
    return np.asarray(np.maximum(np.abs(by_value).max(axis=(0, 1, 2)), np.abs(change[:-1]).max(axis=0, initial=0.0)))


def settle(logit: LogitGame, rows: NDArray[np.intp], points: Floats) -> tuple[LogitPlay, Floats]:
    """Return the play at points close to solutions after a last Newton correction at the same λ, and its residual (r,).

    The correction is applied to the probabilities, not the log-odds: where λ is large, what is left to correct is
    smaller than the rounding of the log-odds. It is left out where it would be no small one.
    """
    at, sender, receiver = play(logit, rows, points), logit.sender[..., rows], logit.receiver[..., rows]
    linear, rate = _linearised(at, sender, receiver, points), points[-1]
    change = np.zeros_like(points)
    change[:-1] = solve(linear.jacobian[:, :-1].transpose(2, 0, 1), -linear.value.T[..., None])[..., 0].T
    changes = _changes(at, receiver, rate, change)
    small = _largest(change, changes[2]) <= SMALL
    by_odds, by_news, by_value = (np.where(small, each, 0.0) for each in changes)
    strategy, belief = _tilted(at.strategy, by_odds, axis=1), _tilted(at.belief, by_news, axis=0)
    response = _tilted(at.response, by_value, axis=1)
    value = (belief * receiver).sum(axis=2)
    reply = softmax(rate * value + logit.closed, axis=1)
    message = softmax(rate * (response[:, :, None] * sender).sum(axis=(0, 1)), axis=1)
    residual = np.maximum(np.abs(message - strategy).max(axis=(0, 1)), np.abs(reply - response).max(axis=(0, 1, 2)))
    return LogitPlay(strategy, belief, value, response), residual


def _tilted(probability: Floats, tilt: Floats, *, axis: int) -> Floats:
    """Return probabilities times exp(tilt), scaled to sum to 1 along an axis."""
    weight = probability * np.exp(tilt)
    return np.asarray(weight / weight.sum(axis=axis, keepdims=True))
