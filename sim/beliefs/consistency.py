"""Can these correlations hold together, and if not, which are the nearest that can?

Higham, N. J. (2002), "Computing the nearest correlation matrix", IMA Journal of Numerical Analysis 22(3), 329-343.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np

from sim.beliefs.copula import Pairs, pearson, spearman
from sim.games.game import Floats

# With a smaller one rounding would decide what is left of some parameter: the matrix counts as not positive definite.
SMALLEST_EIGENVALUE = 1e-6
_DECIMALS = 3  # digits of a proposed coefficient: more than anyone can judge
_FLOORS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3)  # eigenvalues of a proposal, tried until one bears its rounding
_ROUNDS = 10_000  # projections before giving up; some tens are usual
_STILL = 1e-10  # change in a round below which nothing moves any more


def contradictions(pairs: Pairs) -> list[Pairs]:
    """Return the pairs that cannot hold together, group by group; parameters of different groups share no pair."""
    return [group for group in _groups(pairs) if not _holds(_matrix(group, _names(group)))]


def nearest_pairs(group: Pairs) -> Pairs:
    """Return the rank correlations that can hold together whose normal scores have the nearest, to three decimals."""
    names = _names(group)
    for floor in _FLOORS:
        found = nearest_correlation(_matrix(group, names), floor)
        pairs = tuple(
            (names[i], names[j], round(spearman(float(found[i, j])), _DECIMALS))
            for i, j in combinations(range(len(names)), 2)
        )
        if _holds(_matrix(pairs, names)):
            break
    return tuple(pair for pair in pairs if pair[2])


def nearest_correlation(matrix: Floats, floor: float = 0.0) -> Floats:
    """Return the nearest (n, n) matrix with ones on its diagonal, no eigenvalue below a floor (Algorithm 3.3)."""
    current, correction = matrix.copy(), np.zeros_like(matrix)
    for _ in range(_ROUNDS):
        # Dykstra: what the last projection added is taken back first. Without it the rounds still meet in a matrix that
        # is allowed, but not in the nearest.
        shifted = current - correction
        values, vectors = np.linalg.eigh(shifted)
        lifted = (vectors * np.maximum(values, floor)) @ vectors.T
        correction = lifted - shifted
        before, current = current, lifted.copy()
        np.fill_diagonal(current, 1)
        if np.abs(current - before).max() < _STILL:
            break
    return current


def _groups(pairs: Pairs) -> list[Pairs]:
    """Sort pairs into groups that share no parameter, in the order in which they are first named."""
    groups: list[list[tuple[str, str, float]]] = []
    for pair in pairs:
        touched = [group for group in groups if any(set(pair[:2]) & set(each[:2]) for each in group)]
        groups = [group for group in groups if group not in touched]
        groups.append([*(each for group in touched for each in group), pair])
    return [tuple(group) for group in groups]


def _names(pairs: Pairs) -> list[str]:
    """Return the parameters of pairs in the order in which they are named."""
    return list(dict.fromkeys(name for pair in pairs for name in pair[:2]))


def _matrix(pairs: Pairs, names: list[str]) -> Floats:
    """Return the matrix of the correlations of normal scores."""
    matrix = np.eye(len(names))
    for one, other, rank in pairs:
        i, j = names.index(one), names.index(other)
        matrix[i, j] = matrix[j, i] = pearson(rank)
    return matrix


def _holds(matrix: Floats) -> bool:
    """Return whether a matrix is positive definite with some room."""
    return bool(np.linalg.eigvalsh(matrix)[0] > SMALLEST_EIGENVALUE)
