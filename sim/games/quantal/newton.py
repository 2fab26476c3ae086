"""What does one Newton correction do on c curves F(s, λ) = 0 at once? Points are u unknowns s, then λ: (u + 1, c)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sim.games.game import Floats


@dataclass(frozen=True, eq=False)
class Linearisation:
    """The equations of c curves at one point each."""

    value: Floats  # (u, c): F at the points
    jacobian: Floats  # (u, u + 1, c): derivatives of F; the last column is that for λ
    movement: Callable[[Floats], Floats]  # size (c,) of a change (u + 1, c), on the scale on which F bends: 1 is large


@dataclass(frozen=True, eq=False)
class Corrected:
    """The points after a correction, and the curves' directions."""

    point: Floats  # (u + 1, c)
    tangent: Floats  # (u + 1, c): unit vectors along the curves, not more than a right angle from `normal`
    move: Floats  # (c,): size of the correction, by `Linearisation.movement`
    sense: Floats  # (c,): sign of the determinant of the Jacobian bordered by `normal`


def correct(at: Linearisation, point: Floats, *, normal: Floats) -> Corrected:
    """Move each point (u + 1, c) towards its curve, at right angles to `normal`, (u + 1, c)."""
    # One matrix serves twice: J x = −F, n x = 0 is the correction, and J x = 0, n x = 1 runs along the curve.
    matrix = np.empty((point.shape[1], *2 * point.shape[:1]))
    matrix[:, :-1] = at.jacobian.transpose(2, 0, 1)
    matrix[:, -1] = normal.T
    sides = np.zeros((*matrix.shape[:2], 2))
    sides[:, :-1, 0] = -at.value.T
    sides[:, -1, 1] = 1.0
    correction, ahead = solve(matrix, sides).transpose(2, 1, 0)
    return Corrected(
        point=point + correction,
        tangent=ahead / np.sqrt((ahead**2).sum(axis=0)),
        move=at.movement(correction),
        sense=np.linalg.slogdet(matrix)[0],
    )


def solve(matrix: Floats, sides: Floats) -> Floats:
    """Solve c linear systems (c, u, u), (c, u, r) → (c, u, r); where one is exactly singular, all by least squares."""
    try:
        solution = np.linalg.solve(matrix, sides)
    except np.linalg.LinAlgError:
        solution = np.linalg.pinv(matrix) @ sides
    return np.asarray(solution, dtype=np.float64)
