"""Which equilibria does a game have whose best responses tie? Exact enumeration by linear programs, one game at a time.

Between neighbouring break-points a receiver type's best replies do not change, so the beliefs after a signal fall into
finitely many cells: points and the open intervals between them. Once it is fixed which types send which signals and
in which cell each belief lies, the sender's conditions are linear in the responses and the beliefs are linear in the
joint probabilities of type and signal: the two blocks are separate linear programs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np

from sim.games.equilibria import FAMILIES, Equilibria
from sim.games.game import Floats, SignallingGame
from sim.games.response_path import ROUNDING, TIE, Bools

DISTINCT = 1e-7
"""Rows whose numbers all agree this closely are one equilibrium: wider than the solver's feasibility tolerance."""

_EXACT = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}
"""Options of the linear programs: as exact as the solver offers."""

_SENDERS = ((False, False), (False, True), (True, False), (True, True))
"""Who may send a signal: type 0 or not, type 1 or not."""


@dataclass(frozen=True, eq=False)
class Cell:
    """Beliefs [low, high] after one signal and the receiver's best replies there, (k, a) bool."""

    low: float
    high: float
    best: Bools


@dataclass(frozen=True, eq=False)
class Plan:
    """Who sends each signal, (m, t) bool, and the cell of the belief after each."""

    sends: Bools
    cells: tuple[Cell, ...]


def enumerate_equilibria(game: SignallingGame) -> Equilibria:
    """Return equilibria of one flat game (n = 1, t = 2) with full-support prior, ties of any kind allowed.

    For each plan (who sends what, in which cell each belief lies) that is an equilibrium, the members with the
    extreme values to the sender are returned: both ends where a segment of responses supports it. Plans in which more
    than two signals are mixed belong to the family both_mix, or semi_separating if one type plays a single signal.

    Parameters
    ----------
    game : SignallingGame
        Flat batch of one game.

    Returns
    -------
    Equilibria
        At least one row; all are flagged degenerate.

    Raises
    ------
    ArithmeticError
        If rounding hides every equilibrium: payoffs that differ by hardly more than the tolerance for ties.
    """
    used = game.sender[0][:, :, game.available]
    low, high = used.min(axis=(0, 2)), used.max(axis=(0, 2))
    reach = np.where(high > low, high - low, 1.0)
    scaled = (game.sender[0] - low[:, None, None]) / reach[:, None, None]
    payoff = scaled * game.receiver_prior[0][:, None, None, None]  # (k, t, m, a), weighted by the receiver's prior
    prior = float(game.prior[0, 1])
    cells = [_cells(game.receiver[0][:, :, m], game.available[m], prior) for m in range(game.signals)]
    found: list[_Member] = []
    for plan in _plans(cells, prior, payoff):
        strategy = _strategy(plan, game.prior[0])
        if strategy is not None:
            found += [_Member(plan, strategy, *reply) for reply in _replies(plan, payoff)]
    members = _distinct(found)
    if not members:
        raise ArithmeticError("no equilibrium found: payoffs differ by hardly more than the tolerance for ties")
    value = low + reach * np.array([member.value for member in members])
    return Equilibria(
        game=np.zeros(len(members), dtype=np.intp),
        family=np.array([FAMILIES[_family(member.plan)] for member in members], dtype="U15"),
        strategy=np.array([member.strategy for member in members]),
        belief=np.array([_beliefs(member, game.prior[0]) for member in members]),
        response=np.array([member.response for member in members]),
        sender_value=value,
        degenerate=np.ones(len(members), dtype=bool),
    )


@dataclass(frozen=True, eq=False)
class _Member:
    """An equilibrium: strategy (t, m), response (k, m, a), scaled value (t,)."""

    plan: Plan
    strategy: Floats
    response: Floats
    value: Floats


def _cells(receiver: Floats, available: Bools, prior: float) -> list[Cell]:
    """Return the cells of beliefs after one signal, ascending, points and intervals in turn; payoffs (k, t, a)."""
    points = [0.0, 1.0]
    for payoffs in receiver[:, :, available]:
        at_zero, at_one = (line[:, None] - line for line in payoffs)
        crossing = at_zero[at_zero * at_one < 0] / (at_zero - at_one)[at_zero * at_one < 0]
        points += [prior if abs(p - prior) <= TIE else float(p) for p in crossing if TIE < p < 1 - TIE]
    ends = sorted(points)
    ends = [p for p, before in zip(ends, [-1.0, *ends], strict=False) if p - before > TIE]
    cells = [_cell(receiver, available, 0.0, 0.0)]
    for low, high in pairwise(ends):
        cells += [_cell(receiver, available, low, high), _cell(receiver, available, high, high)]
    return cells


def _cell(receiver: Floats, available: Bools, low: float, high: float) -> Cell:
    """Return the best replies at the middle of a cell."""
    belief = (low + high) / 2
    expected = np.where(available, (1 - belief) * receiver[:, 0] + belief * receiver[:, 1], -np.inf)
    used = receiver[:, :, available]
    reach, size = used.max(axis=(1, 2)) - used.min(axis=(1, 2)), np.abs(used).max(axis=(1, 2))
    tolerance = (TIE * reach + ROUNDING * size)[:, None]
    return Cell(low, high, expected >= expected.max(axis=1, keepdims=True) - tolerance)


def _plans(cells: list[list[Cell]], prior: float, payoff: Floats) -> Iterator[Plan]:
    """Yield the plans whose beliefs can average to the prior and whose payoff bounds leave an equilibrium possible."""
    bounds = {id(cell): _bounds(cell, payoff[:, :, m]) for m, column in enumerate(cells) for cell in column}
    reserve = np.max([np.min([bounds[id(cell)][0] for cell in column], axis=0) for column in cells], axis=0)
    options = []
    for column in cells:
        choices = product(_SENDERS, column)
        options.append(
            [
                (sends, cell)
                for sends, cell in choices
                if _fits(cell, sends, column) and np.all((bounds[id(cell)][1] >= reserve - TIE) | ~np.array(sends))
            ]
        )
    for choice in product(*options):
        sends, chosen = np.array([option[0] for option in choice]), tuple(option[1] for option in choice)
        if sends.any(axis=0).all() and _averages(sends, chosen, prior):
            least = np.max([bounds[id(cell)][0] for cell in chosen], axis=0)
            most = np.where(sends, [bounds[id(cell)][1] for cell in chosen], np.inf).min(axis=0)
            if np.all(most >= least - TIE):
                yield Plan(sends, chosen)


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
    least, most = np.where(best, payoff, np.inf).min(axis=2), np.where(best, payoff, -np.inf).max(axis=2)
    return least.sum(axis=0), most.sum(axis=0)


def _averages(sends: Bools, cells: tuple[Cell, ...], prior: float) -> bool:
    """Whether beliefs in the cells of the signals sent can average to the prior, each with positive weight."""
    used = [cell for cell, by in zip(cells, sends, strict=True) if by.any()]
    if min(cell.low for cell in used) < prior < max(cell.high for cell in used):
        return True
    return all(cell.low == cell.high == prior for cell in used)


def _strategy(plan: Plan, prior: Floats) -> Floats | None:
    """Return a strategy (t, m) that fits the plan, its smallest probability as large as can be."""
    signals = len(plan.cells)
    type_0, type_1 = np.eye(2 * signals + 1)[:signals], np.eye(2 * signals + 1)[signals:-1]
    above = []  # rows that must be at least 0
    for m in np.flatnonzero(plan.sends.all(axis=1)):
        cell = plan.cells[m]
        for belief, sign in ((cell.low, 1), (cell.high, -1)):
            row = sign * ((1 - belief) * prior[1] * type_1[m] - belief * prior[0] * type_0[m])
            above.append(row / np.abs(row).max())
    for t, m in zip(*np.nonzero(plan.sends.T), strict=True):
        above.append(np.eye(2 * signals + 1)[t * signals + m] - np.eye(2 * signals + 1)[-1])
    limits = [(0.0, 1.0 if sent else 0.0) for sent in plan.sends.T.ravel()] + [(None, 1.0)]
    answer = _solved(
        -np.eye(2 * signals + 1)[-1],
        above=np.array(above),
        equal=(np.array([type_0.sum(axis=0), type_1.sum(axis=0)]), np.ones(2)),
        limits=limits,
    )
    if answer is None or answer[-1] <= TIE:
        return None
    strategy = np.clip(answer[:-1].reshape(2, signals), 0.0, 1.0)
    return np.asarray(strategy / strategy.sum(axis=1, keepdims=True))


def _solved(
    goal: Floats, *, above: Floats, equal: tuple[Floats, Floats], limits: Sequence[tuple[float | None, float | None]]
) -> Floats | None:
    """Minimise the goal subject to above · x >= 0 and equal; None if that cannot be."""
    from scipy.optimize import linprog  # slow to import, and needed by few games

    answer = linprog(
        goal, A_ub=-above, b_ub=np.zeros(len(above)), A_eq=equal[0], b_eq=equal[1], bounds=limits, options=_EXACT
    )
    return np.asarray(answer.x) if answer.status == 0 else None


def _replies(plan: Plan, payoff: Floats) -> Iterator[tuple[Floats, Floats]]:
    """Yield responses (k, m, a) that make the plan optimal, at the extremes of the sender types' values (t,)."""
    k, t, m, a = payoff.shape
    best = np.stack([cell.best for cell in plan.cells], axis=1)  # (k, m, a)
    gain = np.zeros((m, t, k, m, a))
    for signal in range(m):
        gain[signal, :, :, signal] = payoff[:, :, signal].transpose(1, 0, 2)
    rows = np.concatenate([gain.reshape(m * t, k * m * a), np.tile(-np.eye(t), (m, 1))], axis=1)
    sent = plan.sends.ravel()
    sums = np.concatenate([np.repeat(np.eye(k * m), a, axis=1), np.zeros((k * m, t))], axis=1)
    equal = np.concatenate([sums, rows[sent]]), np.r_[np.ones(k * m), np.zeros(sent.sum())]
    limits = [(0.0, 1.0 if good else 0.0) for good in best.ravel()] + [(None, None)] * t
    for goal in np.concatenate([np.eye(t), -np.eye(t)]):
        answer = _solved(np.r_[np.zeros(k * m * a), goal], above=-rows[~sent], equal=equal, limits=limits)
        if answer is None:
            return
        response = np.clip(answer[:-t].reshape(k, m, a), 0.0, 1.0)
        yield response / response.sum(axis=2, keepdims=True), answer[-t:]


def _distinct(found: list[_Member]) -> list[_Member]:
    """Return one member per on-path outcome, by family."""
    kept: dict[tuple[int, ...], _Member] = {}
    for member in found:
        used = member.strategy.sum(axis=0) > 0
        numbers = np.concatenate([member.strategy.ravel(), member.value, (member.response * used[:, None]).ravel()])
        kept.setdefault(tuple(np.rint(numbers / DISTINCT).astype(int)), member)
    return sorted(kept.values(), key=lambda member: _family(member.plan))


def _family(plan: Plan) -> int:
    """Return the index into FAMILIES of who sends what."""
    if plan.sends.any(axis=1).sum() == 1:
        return 0
    if not plan.sends.all(axis=1).any():
        return 1
    return 2 if plan.sends.sum(axis=0).min() == 1 else 3


def _beliefs(member: _Member, prior: Floats) -> Floats:
    """Return the beliefs (m, t): Bayes' rule after signals sent, the middle of the cell after the others."""
    joint = prior[:, None] * member.strategy
    total = joint.sum(axis=0)
    middle = np.array([(cell.low + cell.high) / 2 for cell in member.plan.cells])
    high = np.divide(joint[1], total, out=middle, where=total > 0)
    return np.stack([1 - high, high], axis=-1)
