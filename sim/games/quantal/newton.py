"""What does one Newton correction on a curve of solutions do? For many curves F(s, λ) = 0 at once.

Arrays have the curves on their last axis c; points list the u unknowns s and then λ.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sim.games.game import Floats


@dataclass(frozen=True, eq=False)
class Linearisation:
    """The equations of c curves at one point each.

    Attributes
    ----------
    value : ndarray of shape (u, c)
        F at the points.
    jacobian : ndarray of shape (u, u + 1, c)
        Derivatives of F; the last column is that for λ.
    movement : callable
        Maps a change of the points, of shape (u + 1, c), to its size (c,) on the scale on which F bends: 1 is large.
    """

    value: Floats
    jacobian: Floats
    movement: Callable[[Floats], Floats]


@dataclass(frozen=True, eq=False)
class Corrected:
    """The points after a correction, and the curves' directions.

    Attributes
    ----------
    point : ndarray of shape (u + 1, c)
    tangent : ndarray of shape (u + 1, c)
        Unit vectors along the curves, not more than a right angle from `normal`.
    move : ndarray of shape (c,)
        Size of the correction, by `Linearisation.movement`.
    sense : ndarray of shape (c,)
        Sign of the determinant of the Jacobian bordered by `normal`.
    """

    point: Floats
    tangent: Floats
    move: Floats
    sense: Floats


def correct(at: Linearisation, point: Floats, *, normal: Floats) -> Corrected:
    """Move each point towards its curve, at right angles to `normal`.

    Shapes: point (u + 1, c), normal (u + 1, c).

    Examples
    --------
    The line s = 2 λ is found at once:

    >>> line = Linearisation(np.array([[1.0]]), np.array([[[1.0], [-2.0]]]), lambda change: abs(change).max(axis=0))
    >>> correct(line, np.array([[1.0], [0.0]]), normal=np.array([[0.0], [1.0]])).point.ravel().tolist()
    [0.0, 0.0]
    """
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
    """Solve a stack of linear systems; where one is exactly singular, all in the sense of least squares.

    Shapes: matrix (c, u, u), sides (c, u, r) → (c, u, r).

    Examples
    --------
    >>> solve(np.array([[[2.0]], [[0.0]]]), np.ones((2, 1, 1))).ravel().tolist()
    [0.5, 0.0]
    """
    try:
        solution = np.linalg.solve(matrix, sides)
    except np.linalg.LinAlgError:
        solution = np.linalg.pinv(matrix) @ sides
    return np.asarray(solution, dtype=np.float64)
