"""Do rows of equilibria keep together when some are taken? Every array starts with its row number.

Deliberate break that turned these red: `take` leaving out one of the arrays.
"""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import numpy as np
import pytest

from sim.games.equilibria import FAMILIES, Equilibria


def rows(count: int) -> Equilibria:
    """Build rows whose every array starts with the row number."""
    number = np.arange(count, dtype=np.float64)
    return Equilibria(
        game=np.arange(count),
        family=np.array([FAMILIES[row % 4] for row in range(count)], dtype=np.str_),
        strategy=np.broadcast_to(number[:, None, None], (count, 2, 3)),
        belief=np.broadcast_to(number[:, None, None], (count, 3, 2)),
        response=np.broadcast_to(number[:, None, None, None], (count, 1, 3, 2)),
        sender_value=np.broadcast_to(number[:, None], (count, 2)),
        degenerate=np.arange(count) % 2 == 0,
    )


def numbers(eq: Equilibria) -> list[list[float]]:
    """Read the row numbers back out of every numeric array."""
    arrays = (eq.game, eq.strategy, eq.belief, eq.response, eq.sender_value)
    return [array.reshape(len(eq), -1)[:, 0].tolist() for array in arrays]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [(np.array([3, 0, 3]), [3, 0, 3]), (np.array([True, False, False, True, False]), [0, 3])],
)
def test_taking_rows_takes_them_from_every_array(chosen: np.ndarray, expected: list[int]) -> None:
    taken = rows(5).take(chosen)
    assert len(taken) == len(expected)
    assert numbers(taken) == [expected] * 5
    assert taken.family.tolist() == [FAMILIES[row] for row in expected]
    assert taken.degenerate.tolist() == [row % 2 == 0 for row in expected]


def test_taking_no_rows_keeps_the_shapes() -> None:
    none = rows(5).take(np.array([], dtype=np.intp))
    assert len(none) == 0
    assert none.response.shape == (0, 1, 3, 2)


def test_the_families_are_listed_from_plain_to_mixed() -> None:
    assert FAMILIES == ("pooling", "separating", "semi_separating", "both_mix")


def test_rows_cannot_be_changed_in_place() -> None:
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'game'"):
        rows(1).game = np.array([4])  # type: ignore[misc]
