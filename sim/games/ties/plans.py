"""Who may send what in an equilibrium, and where may each belief lie? A list of plans, each a pair of linear sets.

Between neighbouring break-points a receiver type's best replies do not change, so the beliefs after a signal fall into
finitely many cells: points and the open intervals between them. Once it is fixed which types send which signals and
in which cell each belief lies, the sender's conditions are linear in the responses and the beliefs are linear in the
joint probabilities of type and signal: the two blocks are separate polytopes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from typing import TypeAlias

import numpy as np

from sim.games.closed_form.envelope import TIE, tie
from sim.games.game import Bools, Floats, SignallingGame
from sim.games.ties.polytope import Polytope

_Pair: TypeAlias = tuple[float, float]  # one number a sender type

_Option: TypeAlias = tuple[tuple[bool, bool], "Cell", _Pair, _Pair]
"""Who sends a signal, the cell of its belief, what each type gets from it at least, and at most (inf if unsent)."""

_SENDERS = ((False, False), (False, True), (True, False), (True, True))
"""Who may send a signal: type 0 or not, type 1 or not."""


@dataclass(frozen=True, eq=False)
class Cell:
    """Beliefs from low to high after one signal and the receiver's best replies there, (k, a) bool."""

    low: float
    high: float
    best: Bools


@dataclass(frozen=True, eq=False)
class Plan:
    """Who sends each signal, (m, t) bool, and the cell of the belief after each."""

    sends: Bools
    cells: tuple[Cell, ...]

    @property
    def sent(self) -> Bools:
        """Whether any type sends each signal, (m,)."""
        return self.sends[:, 0] | self.sends[:, 1]

    @property
    def family(self) -> int:
        """Index into `FAMILIES` of who sends what."""
        if self.sent.sum() == 1:
            return 0
        if not self.sends.all(axis=1).any():
            return 1
        return 2 if self.sends.sum(axis=0).min() == 1 else 3

    @property
    def beliefs(self) -> tuple[Floats, Floats]:
        """Least and greatest probability of type 1 in the plan's cells, (m,); 0 or 1 where one type alone sends."""
        alone = self.sends[:, 0] != self.sends[:, 1]
        ends = np.array([(cell.low, cell.high) for cell in self.cells]).T
        low, high = np.where(alone, self.sends[:, 1], ends)
        return low, high


@dataclass(frozen=True, eq=False)
class SenderPayoffs:
    """The sender's payoffs on a scale from 0 to 1 for each type: payoff = low + reach * scaled."""

    weighted: Floats  # (k, t, m, a): scaled, times the probability of the receiver's type: they add up over k
    low: Floats  # (t,): smallest payoff of each type
    reach: Floats  # (t,): largest minus smallest, 1 where that is 0


def sender_payoffs(game: SignallingGame) -> SenderPayoffs:
    """Scale the sender's payoffs of one flat game (n = 1)."""
    used = game.sender[0][:, :, game.available]
    low, high = used.min(axis=(0, 2)), used.max(axis=(0, 2))
    reach = np.where(high > low, high - low, 1.0)
    scaled = (game.sender[0] - low[:, None, None]) / reach[:, None, None]
    return SenderPayoffs(scaled * game.receiver_prior[0][:, None, None, None], low, reach)


def plans(game: SignallingGame, payoff: Floats, *, harshest: bool = False) -> Iterator[Plan]:
    """Yield the plans whose beliefs can average to the prior and whose payoff bounds leave an equilibrium possible.

    The sender's payoffs are those of `sender_payoffs`, weighted. After a signal that nobody sends, only cells with the
    most best replies are tried; `harshest` takes one cell alone if its worst reply is the worst for both types: what is
    seen on the path is the same, but not all replies that deter.
    """
    prior = float(game.prior[0, 1])
    cells = [_cells(game.receiver[0][:, :, m], game.available[m], prior) for m in range(game.signals)]
    bounds = {id(cell): _bounds(cell, payoff[:, :, m]) for m, column in enumerate(cells) for cell in column}
    reserve = np.max([np.min([bounds[id(cell)][0] for cell in column], axis=0) for column in cells], axis=0)
    options: list[list[_Option]] = []
    for m, column in enumerate(cells):
        options.append([])
        fitting = [(sends, cell) for sends, cell in product(_SENDERS, column) if _fits(cell, sends, column)]
        unsent = [cell for sends, cell in fitting if not any(sends)]
        worst = _harshest(unsent, payoff[:, :, m]) if harshest else None
        for sends, cell in fitting:
            if any(sends) or worst in (None, cell):
                floor, most = bounds[id(cell)]
                most = np.where(sends, most, np.inf)
                options[-1].append((sends, cell, tuple(floor.tolist()), tuple(most.tolist())))
    for choice in _choices(options, tuple(reserve.tolist()), (np.inf, np.inf)):
        plan = Plan(np.array([option[0] for option in choice]), tuple(option[1] for option in choice))
        if plan.sends.any(axis=0).all() and _averages(plan, prior):
            yield plan


def strategies(plan: Plan, prior: Floats) -> Polytope:
    """Return the strategies (t, m), type by type, that fit a plan, its border included."""
    signals = len(plan.cells)
    type_0, type_1 = np.eye(2 * signals).reshape(2, signals, -1)
    above = np.zeros((0, 2 * signals))
    for m in np.flatnonzero(plan.sends.all(axis=1)):
        ends = np.array([[plan.cells[m].low], [plan.cells[m].high]])
        rows = np.array([[1], [-1]]) * ((1 - ends) * prior[1] * type_1[m] - ends * prior[0] * type_0[m])
        above = np.concatenate([above, rows / np.abs(rows).max(axis=1, keepdims=True)])
    sent = plan.sends.T.ravel().astype(np.float64)
    return Polytope(np.array([type_0.sum(axis=0), type_1.sum(axis=0)]), np.ones(2), above, np.zeros(2 * signals), sent)


def gains(payoff: Floats) -> Floats:
    """Return rows (m, t, x), on responses (k, m, a) then values (t,): a type's payoff from a signal less its value."""
    k, t, m, a = payoff.shape
    own = np.zeros((m, t, k, m, a))
    for signal in range(m):
        own[signal, :, :, signal] = payoff[:, :, signal].transpose(1, 0, 2)
    return np.concatenate([own.reshape(m, t, k * m * a), np.tile(-np.eye(t), (m, 1, 1))], axis=2)


def replies(plan: Plan, payoff: Floats) -> Polytope:
    """Return the responses (k, m, a) that make a plan optimal for the sender, then the sender's scaled values (t,)."""
    k, t, m, a = payoff.shape
    best = np.stack([cell.best for cell in plan.cells], axis=1)  # (k, m, a)
    rows = gains(payoff)
    sums = np.concatenate([np.repeat(np.eye(k * m), a, axis=1), np.zeros((k * m, t))], axis=1)
    return Polytope(
        np.concatenate([sums, rows[plan.sends]]),
        np.r_[np.ones(k * m), np.zeros(plan.sends.sum())],
        -rows[~plan.sends],
        np.r_[np.zeros(k * m * a), np.full(t, -np.inf)],
        np.r_[best.ravel().astype(np.float64), np.full(t, np.inf)],
    )


def _cells(receiver: Floats, available: Bools, prior: float) -> list[Cell]:
    """Return the cells of beliefs after one signal, ascending, as wide as the same best replies; payoffs (k, t, a)."""
    points = [0.0, 1.0]
    for payoffs in receiver[:, :, available]:
        at_zero, at_one = (line[:, None] - line for line in payoffs)
        crossing = at_zero[at_zero * at_one < 0] / (at_zero - at_one)[at_zero * at_one < 0]
        points += [prior if abs(p - prior) <= TIE else float(p) for p in crossing if TIE < p < 1 - TIE]
    ends = sorted(points)
    ends = [p for p, before in zip(ends, [-1.0, *ends], strict=False) if p - before > TIE]
    cells = [_cell(receiver, available, 0.0, 0.0)]
    for low, high in pairwise(ends):
        for cell in (_cell(receiver, available, low, high), _cell(receiver, available, high, high)):
            if np.array_equal(cell.best, cells[-1].best):
                cells[-1] = Cell(cells[-1].low, cell.high, cell.best)
            else:
                cells.append(cell)
    return cells


def _cell(receiver: Floats, available: Bools, low: float, high: float) -> Cell:
    """Return the best replies at the middle of a cell."""
    belief = (low + high) / 2
    expected = np.where(available, (1 - belief) * receiver[:, 0] + belief * receiver[:, 1], -np.inf)
    used = receiver[:, :, available]
    tolerance = tie(used.min(axis=(1, 2)), used.max(axis=(1, 2)))[:, None]
    return Cell(low, high, expected >= expected.max(axis=1, keepdims=True) - tolerance)


def _choices(options: list[list[_Option]], floor: _Pair, most: _Pair) -> Iterator[tuple[_Option, ...]]:
    """Yield one option for each signal, such that no type can be sure of more than it gets at most."""
    if not options:
        yield ()
        return
    for option in options[0]:
        least, top = option[2:]
        sure = max(floor[0], least[0]), max(floor[1], least[1])
        high = min(most[0], top[0]), min(most[1], top[1])
        if high[0] >= sure[0] - TIE and high[1] >= sure[1] - TIE:
            for rest in _choices(options[1:], sure, high):
                yield option, *rest


def _harshest(cells: list[Cell], payoff: Floats) -> Cell | None:
    """Return a cell with one reply that is the worst of all cells for both sender types; payoffs (k, t, a)."""
    floor = np.min([_bounds(cell, payoff)[0] for cell in cells], axis=0)
    for cell in cells:
        own = np.where(cell.best[:, None], payoff, np.inf)
        joint = np.all(own == own.min(axis=2, keepdims=True), axis=1).any(axis=1)  # (k,)
        if joint.all() and np.all(own.min(axis=2).sum(axis=0) <= floor):
            return cell
    return None


def _fits(cell: Cell, sends: tuple[bool, bool], column: list[Cell]) -> bool:
    """Whether the belief can lie in the cell, given who sends the signal; of cells after no one, the widest do."""
    if sends == (True, True):
        return cell.high > 0 and cell.low < 1
    if any(sends):
        return cell is column[-1 if sends[1] else 0]
    wider = [other for other in column if np.all(other.best >= cell.best) and np.any(other.best > cell.best)]
    same = [other for other in column if np.array_equal(other.best, cell.best)]
    return not wider and cell is same[len(same) // 2]


def _bounds(cell: Cell, payoff: Floats) -> tuple[Floats, Floats]:
    """Return the least and most each sender type (t,) can get from best replies in the cell; payoffs (k, t, a)."""
    best = cell.best[:, None]
    floor, most = np.where(best, payoff, np.inf).min(axis=2), np.where(best, payoff, -np.inf).max(axis=2)
    return floor.sum(axis=0), most.sum(axis=0)


def _averages(plan: Plan, prior: float) -> bool:
    """Whether beliefs in the cells of the signals sent can average to the prior, each with positive weight."""
    low, high = (ends[plan.sent] for ends in plan.beliefs)
    return bool(low.min() < prior < high.max() or np.all((low == prior) & (high == prior)))
