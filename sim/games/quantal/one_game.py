"""What are the equations of one small game, and its solution? Those of `logit`, in plain numbers, for `one_curve`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from math import exp, log
from operator import mul, sub
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.games.game import Floats
from sim.games.quantal.logit import SMALL, LogitGame
from sim.games.quantal.one_curve import Numbers, solved

MOST_SIGNALS = 6  # with more, arrays are as quick


Terms: TypeAlias = tuple[float, float, float, float]
"""What a signal is worth to a type, its derivative by λ, and those by log σ(m|0) and log σ(m|1), times λ."""


@dataclass(frozen=True, eq=False)
class OneGame:
    """A game of two sender types and at most two actions after each signal, on the scale of `LogitGame`."""

    lead: float  # log of the prior odds of type 0
    first: list[Numbers]  # by signal: what each sender type gets if everybody answers with the first action
    # By signal and receiver type: what the second action changes for the sender's types, times the chance of this
    # receiver type, and what it is worth more to the receiver against each of them; all 0 where there is no second one.
    second: list[list[Numbers]]
    places: list[list[int]]  # by signal, of every action: unavailable (0), first (1), second (2) or the only one (3)


@dataclass(frozen=True, eq=False)
class _Play:
    """What is played at one point."""

    rate: float
    sent: tuple[Numbers, Numbers]  # σ(m|t) by type
    beliefs: list[tuple[float, float]]  # by signal
    gains: list[Numbers]  # by signal and receiver type: what the second action is worth more

    def changes(self, change: Numbers) -> tuple[Numbers, Numbers]:
        """Return the first-order changes of log σ(m|0) and log σ(m|1)."""
        others = len(self.beliefs) - 1
        if others == 1:
            news, news_of_one = self.sent[0][1] * change[0], self.sent[1][1] * change[1]
            return [-news, change[0] - news], [-news_of_one, change[1] - news_of_one]
        zero, one = [0.0, *change[:others]], [0.0, *change[others:-1]]
        mean, mean_of_one = sum(map(mul, self.sent[0], zero)), sum(map(mul, self.sent[1], one))
        return [each - mean for each in zero], [each - mean_of_one for each in one]


def one_game(logit: LogitGame) -> OneGame | None:
    """Return the one game of a batch if it is small enough."""
    _, actions, types, signals, games = logit.sender.shape
    usable = np.isfinite(logit.closed[0, :, :, 0]).T  # (m, a)
    if games != 1 or types != 2 or not 1 < signals <= MOST_SIGNALS or usable.sum(axis=1).max() > 2:
        return None
    m, first, last = np.arange(signals), usable.argmax(axis=1), actions - 1 - usable[:, ::-1].argmax(axis=1)
    sender, receiver = (array[..., 0].transpose(3, 1, 0, 2) for array in (logit.sender, logit.receiver))  # (m, a, k, t)
    change = np.concatenate([each[m, last] - each[m, first] for each in (sender, receiver)], axis=-1)
    lead = float(logit.log_prior[0, 0] - logit.log_prior[1, 0])
    places = np.where(usable.sum(axis=1, keepdims=True) > 1, usable.cumsum(axis=1), 3) * usable
    return OneGame(lead, sender[m, first].sum(axis=1).tolist(), change.tolist(), places.tolist())


def equations(game: OneGame, point: Numbers) -> tuple[list[Numbers], Callable[[Numbers], float]]:
    """Return the rows of F's derivatives, (u, u + 1), each followed by minus F, and the movement of a change."""
    rows, play = _linearised(game, point)
    return rows, partial(_movement, game, play)


def settled(game: OneGame, point: Numbers) -> tuple[dict[str, NDArray[Any]], Floats]:
    """Return σ (1, t, m), μ (1, m, t), ρ (1, k, m, a) and their residual after a last correction, as `settle` does."""
    rows, play = _linearised(game, point)
    found = solved(rows, [0.0] * (len(point) - 1) + [1.0])
    small = found is not None and _movement(game, play, found[0]) <= SMALL
    zero, one = play.changes(found[0] if found is not None and small else [0.0] * len(point))
    sent = [_tilted(*each) for each in zip(play.sent, (zero, one), strict=True)]
    beliefs, responses, worth, missed = [], [], [], []
    for (b0, b1), own, other, worths, replies, gains, places in zip(
        play.beliefs, zero, one, game.first, game.second, play.gains, game.places, strict=True
    ):
        news = b0 * own + b1 * other
        after = _tilted((b0, b1), (own - news, other - news))
        response, (u0, u1) = [], worths
        for (d0, d1, r0, r1), gain in zip(replies, gains, strict=True):
            moved = play.rate * (b0 * (own - news) * r0 + b1 * (other - news) * r1)
            often, seldom = _tilted(_halves(play.rate * gain), (moved, 0.0))
            missed.append(often - _halves(play.rate * (after[0] * r0 + after[1] * r1))[0])
            u0, u1 = u0 + often * d0, u1 + often * d1
            response.append([(0.0, seldom, often, 1.0)[place] for place in places])
        beliefs.append(after)
        responses.append(response)
        worth.append((u0, u1))
    for probabilities, by_signal in zip(sent, zip(*worth, strict=True), strict=True):
        reply, *_ = _shares([play.rate * (each - by_signal[0]) for each in by_signal])
        missed.extend(map(sub, reply, probabilities))
    arrays = {
        "strategy": np.array([sent]),
        "belief": np.array([beliefs]),
        "response": np.array([responses]).swapaxes(1, 2),
    }
    return arrays, np.array([max(map(abs, missed))])


def _tilted(probabilities: Sequence[float], tilt: Sequence[float]) -> Numbers:
    """Return probabilities times exp(tilt), scaled to sum to 1."""
    weights = [one * exp(other) for one, other in zip(probabilities, tilt, strict=True)]
    total = sum(weights)
    return [each / total for each in weights]


def _linearised(game: OneGame, point: Numbers) -> tuple[list[Numbers], _Play]:
    """Return the rows of `equations`, and what is played at the point."""
    rate, others = point[-1], len(game.first) - 1
    sent, odds, rest = _shares([0.0, *point[:others]])
    sent_by_one, odds_of_one, rest_of_one = _shares([0.0, *point[others:-1]])
    lead = game.lead + rest_of_one - rest
    play = _Play(rate, (sent, sent_by_one), [], [])
    terms: list[tuple[Terms, Terms]] = []
    for own, other, (u0, u1), replies in zip(odds, odds_of_one, game.first, game.second, strict=True):
        zero, one = _halves(lead + own - other)
        s0 = s1 = g00 = g01 = g10 = g11 = 0.0
        gains = []
        for d0, d1, r0, r1 in replies:
            gain = zero * r0 + one * r1
            often, seldom = _halves(rate * gain)
            spread = rate * often * seldom
            v0, v1, x0, x1 = spread * d0, spread * d1, r0 - gain, r1 - gain
            u0, u1, s0, s1 = u0 + often * d0, u1 + often * d1, s0 + v0 * gain, s1 + v1 * gain
            g00, g01, g10, g11 = g00 + v0 * x0, g01 + v0 * x1, g10 + v1 * x0, g11 + v1 * x1
            gains.append(gain)
        by_zero, by_one = rate * zero, rate * one
        terms.append(((u0, u0 + s0, by_zero * g00, by_one * g01), (u1, u1 + s1, by_zero * g10, by_one * g11)))
        play.beliefs.append((zero, one))
        play.gains.append(gains)
    return _rows(terms, (sent, sent_by_one), point), play


def _rows(terms: list[tuple[Terms, Terms]], sent: tuple[Numbers, Numbers], point: Numbers) -> list[Numbers]:
    """Return the derivatives of each unknown's equation and minus its value, given the terms of each signal by type."""
    rows = []
    rate, others, (_, *tail), (_, *tail_of_one) = point[-1], len(terms) - 1, *sent
    for t, from_first in enumerate(terms[0]):
        for m in range(others):
            by_type = terms[m + 1][t]
            utility, slope, by_zero, by_one = map(sub, by_type, from_first)
            own_place = t * others + m
            row = [by_zero * each for each in tail]
            row += [by_one * each for each in tail_of_one]
            row += (-slope, rate * utility - point[own_place])
            row[m] -= by_type[2]
            row[others + m] -= by_type[3]
            row[own_place] += 1.0
            rows.append(row)
    return rows


def _shares(odds: Numbers) -> tuple[Numbers, Numbers, float]:
    """Return the probabilities of all signals, log-odds to the likeliest and minus the log of its probability."""
    if len(odds) == 2:  # a quarter of the time that the lines below take
        lead = odds[1] - odds[0]
        less = exp(-abs(lead))
        total = 1 + less
        one, other, rest = 1 / total, less / total, log(total)
        return ([one, other], [0.0, lead], rest) if lead < 0 else ([other, one], [-lead, 0.0], rest)
    top = max(odds)
    odds = [each - top for each in odds]
    powers = [*map(exp, odds)]
    total = sum(powers)
    return [each / total for each in powers], odds, log(total)


def _halves(odds: float) -> tuple[float, float]:
    """Return the probabilities of two events of given log-odds."""
    power = exp(-abs(odds))
    more = 1 / (1 + power)
    less = power * more
    return (more, less) if odds >= 0 else (less, more)


def _movement(game: OneGame, play: _Play, change: Numbers) -> float:
    """Return the largest change of a log-odds, the receiver's included: each action's from the mean of the two."""
    zero, one = play.changes(change)
    moved = [*map(abs, change[:-1])]
    rate, faster = play.rate, change[-1]
    for (b0, b1), own, other, replies, gains in zip(play.beliefs, zero, one, game.second, play.gains, strict=True):
        news = b0 * own + b1 * other
        by_zero, by_one = rate * b0 * (own - news), rate * b1 * (other - news)
        for (_, _, r0, r1), gain in zip(replies, gains, strict=True):
            moved.append(abs(by_zero * r0 + by_one * r1 + gain * faster) / 2)
    return max(moved)
