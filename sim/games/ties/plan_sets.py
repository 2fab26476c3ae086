"""Which plans are equilibria, between which values do their numbers run, and which plan is a part of another?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from sim.games.game import Bools, Floats, SignallingGame
from sim.games.ties.enumeration import DISTINCT, inner_strategies
from sim.games.ties.plans import Plan, gains, plans, replies, strategies
from sim.games.ties.polytope import Polytope, least


@dataclass(frozen=True, eq=False)
class Range:
    """Least and greatest value of each number of an array."""

    low: Floats
    high: Floats

    def within(self, other: Range, where: Bools) -> bool:
        """Whether every number at `where` keeps within the other's range."""
        inside = (self.low >= other.low - DISTINCT) & (self.high <= other.high + DISTINCT)
        return bool(np.all(inside | ~where))

    def clipped(self) -> Range:
        """Return the range of probabilities, without rounding beyond 0 and 1."""
        return Range(np.clip(self.low, 0.0, 1.0) + 0.0, np.clip(self.high, 0.0, 1.0) + 0.0)  # -0 becomes 0

    def reshaped(self, *shape: int) -> Range:
        """Return the same ranges in another shape."""
        return Range(self.low.reshape(shape), self.high.reshape(shape))


@dataclass(frozen=True, eq=False)
class Piece:
    """The equilibria of one plan, with their border: the product of two polytopes, strategies and replies."""

    plan: Plan
    strategies: Polytope  # (t, m)
    replies: Polytope  # responses (k, m, a), then scaled values (t,)
    gains: Floats  # (m, t, x): rows of `replies` that give a type's payoff from a signal less its value
    strategy: Range  # (t, m)
    response: Range  # (k, m, a)
    value: Range  # (t,), scaled
    corners: Floats  # (c, t): of the polygon of the types' scaled values


def pieces(game: SignallingGame, payoff: Floats) -> list[Piece]:
    """Return the plans that are equilibria and no part of another's, as tried; none only if rounding hides them all."""
    kept: list[Piece] = []
    for piece in _all_pieces(game, payoff):
        home = next((i for i, whole in enumerate(kept) if lies_in(piece, whole)), None)
        if home is not None:
            kept[home] = _supported(kept[home], piece)
            continue
        whole, others = piece, []
        for other in kept:
            if lies_in(other, piece):
                whole = _supported(whole, other)
            else:
                others.append(other)
        kept = [*others, whole]
    return kept


def lies_in(part: Piece, whole: Piece) -> bool:
    """Return whether one piece's outcomes, as seen on its path, all lie in another or on its border, up to rounding."""
    sent = part.plan.sent
    return (
        bool(np.all(whole.plan.sends >= part.plan.sends))
        and part.value.within(whole.value, np.ones(2, dtype=bool))
        and part.strategy.within(whole.strategy, np.ones_like(part.plan.sends.T))
        and part.response.within(whole.response, np.broadcast_to(sent[:, None], part.response.low.shape))
        and _holds(part.strategies, whole.strategies.above)
        and _holds(part.replies, part.gains[whole.plan.sends & ~part.plan.sends & sent[:, None]])
        and all(_worth(whole, corner) for corner in part.corners)
    )


def _all_pieces(game: SignallingGame, payoff: Floats) -> Iterator[Piece]:
    """Yield the plans that are equilibria, those with the most senders first: they hold the others."""
    k, t, m, a = payoff.shape
    tried = sorted(plans(game, payoff), key=lambda plan: -int(plan.sends.sum()))
    for plan, strategy in zip(tried, inner_strategies(tried, game.prior[0]), strict=True):
        if strategy is None:
            continue
        senders, receivers = strategies(plan, game.prior[0]), replies(plan, payoff)
        own, answer = _extremes(senders), _extremes(receivers)
        if own is None or answer is None:
            continue
        numbers, points = answer
        split = k * m * a
        yield Piece(
            plan,
            senders,
            receivers,
            gains(payoff),
            own[0].reshaped(t, m).clipped(),
            Range(numbers.low[:split], numbers.high[:split]).reshaped(k, m, a).clipped(),
            Range(numbers.low[split:], numbers.high[split:]),
            _corners(receivers, points.reshape(2, -1, points.shape[1])[:, -t:, -t:].reshape(-1, t)),
        )


def _extremes(polytope: Polytope) -> tuple[Range, Floats] | None:
    """Return the range of each number (x,), and the points at which those not fixed are least, then greatest."""
    free = np.flatnonzero(polytope.high > polytope.low)
    goals = np.eye(len(polytope.low))[free]
    points = least(polytope, np.concatenate([goals, -goals]))
    if points is None:
        return None
    low, high = polytope.low.copy(), polytope.high.copy()
    ends = np.take_along_axis(points, np.tile(free, 2)[:, None], axis=1)[:, 0]
    low[free], high[free] = ends.reshape(2, -1)
    return Range(low, high), points


def _corners(polytope: Polytope, seeds: Floats) -> Floats:
    """Return the corners (c, 2) of the last two numbers' polygon, from its left, lowest, right and highest point."""
    corners: list[Floats] = []
    for start, stop in pairwise([*seeds, seeds[0]]):
        corners += [start, *_between(polytope, start, stop)]
    new = [np.abs(corner - before).max() > DISTINCT for before, corner in pairwise(corners)]
    return np.array([corners[0], *(corner for corner, keep in zip(corners[1:], new, strict=True) if keep)])


def _between(polytope: Polytope, start: Floats, stop: Floats) -> list[Floats]:
    """Return the corners outside the line from one to the next, counterclockwise."""
    along = stop - start
    length = np.hypot(*along)
    if length <= DISTINCT:
        return []
    outward = np.array([along[1], -along[0]]) / length
    points = least(polytope, np.append(np.zeros(len(polytope.low) - 2), -outward)[None])
    if points is None or outward @ (points[0, -2:] - start) <= DISTINCT:
        return []
    corner = points[0, -2:]
    return [*_between(polytope, start, corner), corner, *_between(polytope, corner, stop)]


def _holds(polytope: Polytope, rows: Floats) -> bool:
    """Whether rows · x >= 0 on the whole polytope."""
    if len(rows) == 0:
        return True
    points = least(polytope, rows)
    return points is not None and bool(np.all(np.sum(rows * points, axis=1) >= -DISTINCT))


def _worth(piece: Piece, value: Floats) -> bool:
    """Whether some responses of the piece give the sender types these scaled values (t,)."""
    low, high = piece.replies.low.copy(), piece.replies.high.copy()
    low[-len(value) :], high[-len(value) :] = value - DISTINCT, value + DISTINCT
    return least(replace(piece.replies, low=low, high=high), np.zeros((1, len(low)))) is not None


def _supported(whole: Piece, part: Piece) -> Piece:
    """Return the whole with the replies that deter in a part of it, if the same types send the same signals."""
    if not np.array_equal(whole.plan.sends, part.plan.sends):
        return whole
    unsent = ~whole.plan.sent[:, None]  # (m, 1)
    low = np.where(unsent, np.minimum(whole.response.low, part.response.low), whole.response.low)
    high = np.where(unsent, np.maximum(whole.response.high, part.response.high), whole.response.high)
    return replace(whole, response=Range(low, high))
