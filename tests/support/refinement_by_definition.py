"""Which refinements does an equilibrium survive, by definition? One game at a time, by linear programs.

Shares nothing with the package but the game's arrays: best responses are looked up on a grid of beliefs with every
indifference point, and each question about mixtures is a linear program over the responses that are best at a belief.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, pairwise, product

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from sim.games.equilibria import Equilibria
from sim.games.game import Floats, SignallingGame

NOTHING = 1e-7
"""Payoff differences that count as none: above the error of a linear program, below any difference in the games."""

GRID = 20
"""Steps of the grid of beliefs."""


@dataclass(frozen=True)
class Verdicts:
    """What one equilibrium survives."""

    intuitive: bool
    d1: bool
    undefeated: bool


@dataclass(frozen=True, eq=False)
class Signal:
    """One signal of one game: sender's payoffs (t, k a) weighted by receiver type; best actions (k a) by belief."""

    payoff: Floats
    best: dict[float, NDArray[np.bool_]]
    actions: int

    def pure(self, belief: float) -> Floats:
        """Sender's payoffs (r, t) from all pure responses that are best at a belief."""
        rows = [np.flatnonzero(own) + k * self.actions for k, own in enumerate(self._by_type(belief))]
        return np.array([self.payoff[:, list(choice)].sum(axis=1) for choice in product(*rows)])

    def feasible(self, belief: float, sign: Floats, target: Floats) -> bool:
        """Whether some response, best at the belief, has sign * (payoff - target) <= 0 for both types."""
        pure = self.pure(belief)
        if np.any(np.all(sign * (pure - target) <= NOTHING, axis=1)):
            return True
        if len(pure) == 1 or np.any(np.all(sign * (pure - target) > NOTHING, axis=0)):
            return False
        by_type = self._by_type(belief)
        sums = np.kron(np.eye(len(by_type)), np.ones(self.actions))
        answer = linprog(
            np.zeros(by_type.size),
            A_ub=sign[:, np.newaxis] * self.payoff,
            b_ub=sign * target + NOTHING,
            A_eq=sums,
            b_eq=np.ones(len(by_type)),
            bounds=[(0, float(good)) for good in by_type.ravel()],
        )
        return bool(answer.status == 0)

    def widest(self) -> list[float]:
        """Beliefs whose sets of best responses lie in no other."""
        distinct = {best.tobytes(): (belief, best) for belief, best in self.best.items()}.values()
        return [b for b, best in distinct if not any(np.all(best <= other) for c, other in distinct if c != b)]

    def most(self) -> Floats:
        """Most that each type (t,) can get from any best response."""
        return np.asarray(np.max([self.pure(belief).max(axis=0) for belief in self.widest()], axis=0))

    def _by_type(self, belief: float) -> NDArray[np.bool_]:
        return self.best[belief].reshape(-1, self.actions)


def verdicts(game: SignallingGame, eq: Equilibria) -> list[Verdicts]:
    """Judge every equilibrium of one game with two sender types, both possible."""
    flat = game.flat()
    signals = [signal_of(flat, m) for m in range(game.signals)]
    prior = float(flat.prior[0, 1])
    return [
        Verdicts(
            all(intuitive(signals[m], eq.sender_value[row]) for m in unsent(eq, row)),
            all(d1(signals[m], eq.sender_value[row]) for m in unsent(eq, row)),
            all(undefeated(signals[m], eq, row, m, prior) for m in unsent(eq, row)),
        )
        for row in range(len(eq))
    ]


def signal_of(game: SignallingGame, m: int) -> Signal:
    """Lay out one signal: best responses on the grid, at every indifference point, and between any two beliefs."""
    receiver, use = game.receiver[0, :, :, m], game.available[m]
    points = set(np.linspace(0, 1, GRID + 1).tolist()) | {float(game.prior[0, 1])}
    for own, (a, b) in product(receiver, combinations(np.flatnonzero(use).tolist(), 2)):
        at_zero, at_one = own[:, a] - own[:, b]
        if at_zero * at_one < 0:
            points.add(float(at_zero / (at_zero - at_one)))
    ordered = sorted(points)
    ordered = [one for one, after in zip(ordered, [*ordered[1:], 2.0], strict=True) if after - one > 1e-10]
    middles = [(one + after) / 2 for one, after in pairwise(ordered)]
    best = {}
    for belief in sorted([*ordered, *middles]):
        expected = np.where(use, (1 - belief) * receiver[:, 0] + belief * receiver[:, 1], -np.inf)
        best[belief] = (expected >= expected.max(axis=1, keepdims=True) - 1e-9).ravel()
    weighted = game.sender[0, :, :, m] * game.receiver_prior[0][:, np.newaxis, np.newaxis]
    return Signal(np.concatenate(list(weighted), axis=1), best, game.actions)


def unsent(eq: Equilibria, row: int) -> list[int]:
    """List the signals nobody sends."""
    return [m for m, weights in enumerate(eq.strategy[row].T) if not weights.any()]


def intuitive(signal: Signal, value: Floats) -> bool:
    """Intuitive criterion: no type gains whatever the receiver thinks, once types that can only lose are ruled out."""
    most = signal.most()
    loses = most < value - NOTHING
    if loses.sum() != 1:
        return True
    left = int(np.argmin(loses))
    return bool(signal.pure(float(left))[:, left].min() <= value[left] + NOTHING)


def d1(signal: Signal, value: Floats) -> bool:
    """D1: after every type that another one's gains cover is ruled out, some belief on the others deters."""
    most = signal.most()
    pruned = []
    for t in (0, 1):
        # A response that t likes at least as well as the equilibrium and the other type does not like better.
        sign = np.where(np.arange(2) == t, -1.0, 1.0)
        escapes = any(signal.feasible(belief, sign, value) for belief in signal.widest())
        pruned.append(not escapes and most[1 - t] > value[1 - t] + NOTHING)
    beliefs = [float(pruned[0])] if sum(pruned) == 1 else signal.widest()
    return any(signal.feasible(belief, np.ones(2), value) for belief in beliefs)


def undefeated(signal: Signal, eq: Equilibria, row: int, m: int, prior: float) -> bool:
    """Undefeated: some belief that no other equilibrium sending m objects to deters."""
    boxes = [box for other in range(len(eq)) if (box := objection(eq, row, other, m)) is not None]
    if not boxes:
        return True
    beliefs = [belief for belief in signal.best if all(fits(belief, box, prior) for box in boxes)]
    return any(signal.feasible(belief, np.ones(2), eq.sender_value[row]) for belief in beliefs)


def objection(eq: Equilibria, row: int, other: int, m: int) -> Floats | None:
    """Return least and largest share (2, t) of each type taken to send m; None if the other does not object."""
    senders = eq.strategy[other, :, m] > 0
    rise = eq.sender_value[other] - eq.sender_value[row]
    if not senders.any() or np.any(rise[senders] < -NOTHING) or not np.any(rise[senders] > NOTHING):
        return None
    gains = senders & (rise > NOTHING)
    return np.stack([gains, senders]).astype(np.float64)


def fits(belief: float, box: Floats, prior: float) -> bool:
    """Whether belief = prior pi_1 / (prior pi_1 + (1 - prior) pi_0) for shares pi in the box, not both 0."""
    least, most = box
    low = prior * (1 - belief) * least[1] - belief * (1 - prior) * most[0]
    high = prior * (1 - belief) * most[1] - belief * (1 - prior) * least[0]
    return bool(low <= 1e-12 and high >= -1e-12)
