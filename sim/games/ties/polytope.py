"""Where does a linear function take its least value on a bounded set of numbers? Linear programs, many at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.games.game import Bools, Floats

_EXACT = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}
"""Options of the linear programs: as exact as the solver offers."""


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
    """Return the point whose smallest entry among those `inside` is largest, and that entry; None if there is none."""
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
