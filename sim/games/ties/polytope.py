"""Where does a linear function take its least value on a bounded set of numbers? Linear programs, many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.games.game import Bools, Floats

_EXACT = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}
"""Options of the linear programs: as exact as the solver offers."""

_TOGETHER = 16
"""Polytopes that are asked at once, at most: calling the solver takes longer than it needs for one of them."""

_MISSED = 1e-6
"""Far beyond the tolerance of the solver, and far below what payoffs and beliefs on a scale from 0 to 1 differ by."""


@dataclass(frozen=True, eq=False)
class Polytope:
    """The points x with equal · x = to, above · x >= 0 and low <= x <= high; bounds may be infinite."""

    equal: Floats
    to: Floats
    above: Floats
    low: Floats
    high: Floats


def least(polytope: Polytope, goals: Floats) -> Floats | None:
    """Return, for each goal, a point of the polytope at which it is least, up to 1e-10; None if there is no point.

    All goals are one linear program, with a copy of the polytope for each: far quicker than one program a goal.
    """
    answers = _least([polytope], goals)
    return None if answers is None else answers[0]


def least_of_each(polytopes: Sequence[Polytope], goals: Floats) -> list[Floats | None]:
    """Return for each of many polytopes what `least` returns for it: the same goals, far quicker than one by one."""
    found: list[Floats | None] = []
    for start in range(0, len(polytopes), _TOGETHER):
        found += _answers(polytopes[start : start + _TOGETHER], goals)
    return found


def _answers(some: Sequence[Polytope], goals: Floats) -> list[Floats | None]:
    """Return what `least` returns for each; together they have an answer only if none of them is empty."""
    answers = _least(some, goals) if some else []
    if answers is not None:
        return [*answers]
    if len(some) == 1:
        return [None]
    if not (empty := _empty(some)).any():  # by a hair, if any
        return _answers(some[: len(some) // 2], goals) + _answers(some[len(some) // 2 :], goals)
    rest = iter(_answers([each for each, without in zip(some, empty, strict=True) if not without], goals))
    return [None if without else next(rest) for without in empty]


def _empty(some: Sequence[Polytope]) -> Bools:
    """Return which polytopes are empty beyond doubt: how far must their points miss an equation or inequality?"""
    widened = []
    for each in some:  # two more numbers: one that is 1, and the largest miss
        misses = [np.column_stack([sign * each.equal, -sign * each.to]) for sign in (1.0, -1.0)]
        rows = np.concatenate([*misses, np.column_stack([each.above, np.zeros(len(each.above))])])
        above = np.column_stack([rows, np.ones(len(rows))])
        low, high = np.r_[each.low, 1.0, 0.0], np.r_[each.high, 1.0, np.inf]
        widened.append(Polytope(np.zeros((0, len(low))), np.zeros(0), above, low, high))
    points = _least(widened, np.eye(widened[0].above.shape[1])[-1:])
    return np.array([False] * len(some) if points is None else [point[0, -1] > _MISSED for point in points])


def _least(polytopes: Sequence[Polytope], goals: Floats) -> list[Floats] | None:
    """Return, for each polytope and goal, a point at which it is least; None if a polytope is empty."""
    from scipy.optimize import linprog  # slow to import, and needed by few games

    every = [polytope for polytope in polytopes for _ in goals]
    answer = linprog(
        np.tile(goals.ravel(), len(polytopes)),
        A_ub=_side_by_side([-polytope.above for polytope in every]),
        b_ub=np.zeros(sum(len(polytope.above) for polytope in every)),
        A_eq=_side_by_side([polytope.equal for polytope in every]),
        b_eq=np.concatenate([polytope.to for polytope in every]),
        bounds=np.concatenate([np.column_stack([polytope.low, polytope.high]) for polytope in every]),
        options=_EXACT,
    )
    return list(np.asarray(answer.x).reshape(-1, *goals.shape)) if answer.status == 0 else None


def _side_by_side(blocks: list[Floats]) -> Any:  # noqa: ANN401 - scipy comes without types
    """Return the sparse matrix with these blocks, of as many columns each, on its diagonal; quicker than scipy's."""
    from scipy.sparse import csc_array

    rows = np.concatenate(blocks)
    which = np.repeat(np.arange(len(blocks)), [len(block) for block in blocks])
    width = rows.shape[1]
    row, column = np.nonzero(rows)
    return csc_array((rows[row, column], (row, which[row] * width + column)), shape=(len(rows), len(blocks) * width))


def inner_points(polytopes: Sequence[Polytope], insides: Sequence[Bools]) -> list[tuple[Floats, float] | None]:
    """Return the point of each whose smallest entry among those `inside` is largest, and that entry; None if empty."""
    if not polytopes:
        return []
    widened = []
    for polytope, inside in zip(polytopes, insides, strict=True):
        slack = np.column_stack([np.eye(len(inside))[inside], -np.ones(inside.sum())])
        equal = np.column_stack([polytope.equal, np.zeros(len(polytope.equal))])
        above = np.concatenate([np.column_stack([polytope.above, np.zeros(len(polytope.above))]), slack])
        low, high = np.append(polytope.low, -np.inf), np.append(polytope.high, 1.0)
        widened.append(Polytope(equal, polytope.to, above, low, high))
    answers = least_of_each(widened, -np.eye(len(widened[0].low))[-1:])
    return [None if answer is None else (answer[0, :-1], float(answer[0, -1])) for answer in answers]
