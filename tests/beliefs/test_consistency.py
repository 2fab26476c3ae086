"""Are contradictory correlations found, and is what is proposed in their place valid and nearest?

Deliberate breaks that turned tests red: no correction between the projections (then some matrix is found, not the
nearest); groups that are joined by a later pair left apart.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.beliefs.consistency import contradictions, nearest_correlation, nearest_pairs
from sim.beliefs.copula import Pairs, pearson
from sim.games.game import Floats

CHAIN = np.array([[1, 1, 0], [1, 1, 1], [0, 1, 1.0]])


def symmetric(size: int, seed: int) -> Floats:
    """Return a symmetric matrix with ones on its diagonal that is most likely no correlation matrix."""
    matrix = np.random.default_rng(seed).uniform(-1, 1, (size, size))
    matrix = np.triu(matrix, 1)
    return np.asarray(matrix + matrix.T + np.eye(size))


def test_the_nearest_matrix_of_highams_example_is_the_published_one() -> None:
    # Higham (2002), section 4: off-diagonals 0.7607 and 0.1573, at a Frobenius distance of 0.5278.
    found = nearest_correlation(CHAIN)
    np.testing.assert_allclose(found, [[1, 0.7607, 0.1573], [0.7607, 1, 0.7607], [0.1573, 0.7607, 1]], atol=5e-5)
    assert np.linalg.norm(found - CHAIN) == pytest.approx(0.5278, abs=5e-5)


@pytest.mark.parametrize("size", [2, 3, 6, 10])
@pytest.mark.parametrize("seed", range(5))
def test_what_is_found_satisfies_the_conditions_that_only_the_nearest_does(size: int, seed: int) -> None:
    # Second route, without any projection: by convexity x is nearest to the matrix if and only if there is a diagonal d
    # for which x - matrix - d has no negative eigenvalue and is orthogonal to x. The diagonal of x (x - matrix) is d.
    matrix = symmetric(size, seed)
    found = nearest_correlation(matrix)
    assert np.all(np.diag(found) == 1)
    assert np.linalg.eigvalsh(found)[0] > -1e-8
    rest = found - matrix - np.diag(np.diag(found @ (found - matrix)))
    assert np.linalg.eigvalsh(rest)[0] > -1e-6
    assert np.abs(found @ rest).max() < 1e-6


def test_a_correlation_matrix_is_its_own_nearest_and_order_does_not_matter() -> None:
    valid = np.array([[1, 0.3, -0.2], [0.3, 1, 0.5], [-0.2, 0.5, 1]])
    np.testing.assert_allclose(nearest_correlation(valid), valid, atol=1e-9)
    order = [2, 0, 3, 1]
    matrix = symmetric(4, 0)
    turned = nearest_correlation(matrix[np.ix_(order, order)])
    np.testing.assert_allclose(turned, nearest_correlation(matrix)[np.ix_(order, order)], atol=1e-6)


def test_a_floor_keeps_the_least_eigenvalue_up() -> None:
    assert np.linalg.eigvalsh(nearest_correlation(CHAIN, 0.1))[0] == pytest.approx(0.1, abs=1e-6)


def test_one_pair_never_contradicts_itself_and_none_is_no_contradiction() -> None:
    assert contradictions(()) == []
    assert contradictions((("a", "b", 0.999),)) == []
    assert contradictions((("a", "b", -0.999),)) == []


def test_three_that_each_agree_with_the_next_cannot_have_ends_that_disagree() -> None:
    # With r = 2 sin(π ρ / 6), the determinant of the matrix with r, r and -s is 1 - 2 r^2 - s^2 - 2 r^2 s.
    for rank, other in [(0.5, 0.4), (0.5, 0.6)]:
        r, s = 2 * np.sin(np.pi * rank / 6), 2 * np.sin(np.pi * other / 6)
        possible = 1 - 2 * r**2 - s**2 - 2 * r**2 * s > 0
        pairs = (("a", "b", rank), ("b", "c", rank), ("a", "c", -other))
        assert contradictions(pairs) == ([] if possible else [pairs])
        assert possible == (other == 0.4)


def test_groups_are_told_apart_and_only_those_at_odds_are_named() -> None:
    sound = (("a", "b", 0.9), ("c", "d", 0.5))
    odd = (("x", "y", 0.9), ("u", "v", 0.9), ("y", "u", 0.9))  # the last joins the first two
    assert contradictions((sound[0], odd[0], sound[1], *odd[1:])) == [odd]


NAMES = ["a", "b", "c", "d", "e"]
GROUPS = st.dictionaries(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda pair: pair[0] < pair[1]),
    st.floats(-0.999, 0.999),
    min_size=2,
    max_size=10,
)


@given(GROUPS)
@settings(deadline=None, max_examples=60)
def test_what_is_proposed_holds_together_and_is_near(stated: dict[tuple[str, str], float]) -> None:
    pairs: Pairs = tuple((one, other, rank) for (one, other), rank in stated.items())
    for group in contradictions(pairs):
        proposed = nearest_pairs(group)
        assert contradictions(proposed) == []
        assert all(round(rank, 3) == rank != 0 for _, _, rank in proposed)
        names = list(dict.fromkeys(name for pair in group for name in pair[:2]))
        asked, found = np.eye(len(names)), np.eye(len(names))
        for matrix, listed in ((asked, group), (found, proposed)):
            for one, other, rank in listed:
                i, j = names.index(one), names.index(other)
                matrix[i, j] = matrix[j, i] = pearson(rank)
        # no farther than the nearest of all, but for the room that rounding needs
        assert np.linalg.norm(found - asked) < np.linalg.norm(nearest_correlation(asked) - asked) + 0.02
