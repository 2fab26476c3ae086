"""Where does a linear function take its least value on a bounded set of numbers? Linear programs, many at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.games.closed_form.response_path import Bools
from sim.games.game import Floats

_EXACT = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}
"""Options of the linear programs: as exact as the solver offers."""


@dataclass(frozen=True, eq=False)
class Polytope:
    """The points x with equal · x = to, above · x >= 0 and low <= x <= high.

    Attributes
    ----------
    equal, to : ndarray of shape (rows, x) and (rows,)
        Equations.
    above : ndarray of shape (rows, x)
        Inequalities.
    low, high : ndarray of shape (x,)
        Bounds; may be infinite.

    See `least`.
    """

    equal: Floats
    to: Floats
    above: Floats
    low: Floats
    high: Floats


def least(polytope: Polytope, goals: Floats) -> Floats | None:
    """Return, for each goal, a point of the polytope at which it is least; None if there is no point.

    All goals are one linear program, with a copy of the polytope for each: far quicker than one program a goal.

    Parameters
    ----------
    polytope : Polytope
        Set on which the goals have a least value.
    goals : ndarray of shape (goals, x)
        Linear functions, at least one.

    Returns
    -------
    ndarray of shape (goals, x), or None
        One point a goal, exact up to 1e-10.

    >>> shares = Polytope(np.ones((1, 2)), np.ones(1), np.array([[1.0, -1.0]]), np.zeros(2), np.ones(2))
    >>> least(shares, np.array([[1.0, 0.0], [0.0, 1.0]])).tolist()
    [[0.5, 0.5], [1.0, 0.0]]
    """
    from scipy.optimize import linprog  # slow to import, and needed by few games

    copies = np.eye(len(goals))
    answer = linprog(
        goals.ravel(),
        A_ub=-np.kron(copies, polytope.above),
        b_ub=np.zeros(len(goals) * len(polytope.above)),
        A_eq=np.kron(copies, polytope.equal),
        b_eq=np.tile(polytope.to, len(goals)),
        bounds=np.tile(np.column_stack([polytope.low, polytope.high]), (len(goals), 1)),
        options=_EXACT,
    )
    return np.asarray(answer.x).reshape(goals.shape) if answer.status == 0 else None


def inner_point(polytope: Polytope, inside: Bools) -> tuple[Floats, float] | None:
    """Return the point whose smallest entry among those `inside` is as large as can be, and that entry.

    Parameters
    ----------
    polytope : Polytope
        Set of points.
    inside : ndarray of bool of shape (x,)
        Entries to be kept away from 0; at least one.

    Returns
    -------
    tuple of ndarray of shape (x,) and float, or None
        The point and its smallest entry, at most 1; None if the polytope is empty.

    >>> shares = Polytope(np.ones((1, 2)), np.ones(1), np.array([[1.0, -3.0]]), np.zeros(2), np.ones(2))
    >>> point, smallest = inner_point(shares, np.array([True, True]))
    >>> point.tolist(), smallest
    ([0.75, 0.25], 0.25)
    """
    slack = np.column_stack([np.eye(len(inside))[inside], -np.ones(inside.sum())])
    widened = Polytope(
        np.column_stack([polytope.equal, np.zeros(len(polytope.equal))]),
        polytope.to,
        np.concatenate([np.column_stack([polytope.above, np.zeros(len(polytope.above))]), slack]),
        np.append(polytope.low, -np.inf),
        np.append(polytope.high, 1.0),
    )
    answer = least(widened, -np.eye(len(inside) + 1)[-1:])
    return None if answer is None else (answer[0, :-1], float(answer[0, -1]))
