"""Do curves of solutions end where algebra says, whatever turns and crossings are on the way?

Deliberate breaks that turned these tests red: a turn over the goal let pass; no check of the determinant's sign; the
tangent allowed to turn.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.games.game import Floats
from sim.games.quantal.continuation import CAREFUL, QUICK, Care, Ints, follow
from sim.games.quantal.newton import Linearisation

CARES = pytest.mark.parametrize("care", [QUICK, CAREFUL], ids=["quick", "careful"])


def polynomial(
    value: Callable[[Floats, Floats], Floats],
    by_s: Callable[[Floats, Floats], Floats],
    by_rate: Callable[[Floats, Floats], Floats],
) -> Callable[[Ints, Floats], Linearisation]:
    """Make the equation value(s, λ) = 0 from a function and its two derivatives."""

    def linearise(_: Ints, points: Floats) -> Linearisation:
        slopes = np.stack([by_s(*points), by_rate(*points) + 0 * points[0]])[np.newaxis]
        return Linearisation(value(*points)[np.newaxis], slopes, lambda change: np.abs(change).max(axis=0))

    return linearise


TURNING = polynomial(
    lambda s, rate: s**3 - 4 * s**2 + 5 * s - rate, lambda s, rate: 3 * s**2 - 8 * s + 5, lambda s, rate: -np.ones(1)
)
"""λ = s³ - 4s² + 5s, which turns back at s = 1, λ = 2 and forward again at s = 5/3, λ = 50/27."""


def imperfect(gap: float) -> Callable[[Ints, Floats], Linearisation]:
    """Return s³ + (1 - λ) s = gap λ: a pitchfork at λ = 1 if gap is 0; else the branch bends up if gap is positive."""
    return polynomial(
        lambda s, rate: s**3 + (1 - rate) * s - gap * rate,
        lambda s, rate: 3 * s**2 + 1 - rate,
        lambda s, rate: -s - gap,
    )


@CARES
def test_a_curve_that_turns_back_ends_at_its_first_point_with_the_goal(care: Care) -> None:
    goals = np.concatenate([np.linspace(0.0, 3.0, 301), 2 - np.geomspace(1e-8, 0.3, 300), [2 + 1e-8]])
    end = follow(TURNING, goals, unknowns=1, care=care)
    roots = [np.roots([1, -4, 5, -goal]) for goal in goals]
    first = [min(root.real for root in found if abs(root.imag) < 1e-9) for found in roots]
    clear = goals != 2
    assert end.landed[clear].all()
    assert end.point[0, clear] == pytest.approx(np.array(first)[clear], abs=1e-8)
    assert end.folds[clear].tolist() == np.where(goals > 2, 2, 0)[clear].tolist()
    assert not end.crossings.any()


@CARES
@pytest.mark.parametrize("gap", [1e-1, 1e-3, 1e-5, -1e-4])
def test_a_curve_bends_away_where_branches_nearly_cross(care: Care, gap: float) -> None:
    goals = np.linspace(0.1, 4.0, 40)
    end = follow(imperfect(gap), goals, unknowns=1, care=care)
    roots = [np.roots([1, 0, 1 - goal, -gap * goal]) for goal in goals]
    outer = [max((root.real for root in found if abs(root.imag) < 1e-9), key=lambda s: s * gap) for found in roots]
    assert end.landed.mean() > (0.9 if care is QUICK else 0.999)
    assert end.point[0, end.landed] == pytest.approx(np.array(outer)[end.landed], abs=1e-9)
    assert not end.crossings.any()


@CARES
def test_a_pitchfork_is_passed_on_the_straight_branch_and_counted(care: Care) -> None:
    end = follow(imperfect(0.0), np.array([0.5, 0.999, 1.001, 3.0]), unknowns=1, care=care)
    assert end.landed.all()
    assert np.abs(end.point[0]).max() == 0
    assert end.crossings.tolist() == [0, 0, 1, 1]


def test_a_curve_that_ends_is_left_where_it_was_last_seen() -> None:
    edge = polynomial(
        lambda s, rate: np.where(rate > 1, np.nan, s - rate), lambda s, rate: 1 + 0 * s, lambda s, rate: -1 + 0 * s
    )
    end = follow(edge, np.array([0.9, 1.5]), unknowns=1)
    assert end.landed.tolist() == [True, False]
    assert end.point[1] == pytest.approx([0.9, 1.0], abs=1e-6)


def test_a_curve_that_never_arrives_is_given_up() -> None:
    patience = Care(**(vars(QUICK) | {"sweeps": 50}))
    end = follow(imperfect(0.1), np.array([1e250]), unknowns=1, care=patience)
    assert end.landed.tolist() == [False]


def test_every_accepted_point_is_shown_in_order() -> None:
    seen: list[Floats] = []
    follow(TURNING, np.array([3.0]), unknowns=1, care=CAREFUL, visit=seen.append)
    points = np.concatenate(seen, axis=-1)
    assert (np.diff(points[0]) > 0).all()
    assert points[:, [0, -1]].round(6).tolist() == [[0.0, 2.465571], [0.0, 3.0]]


@given(scale=st.floats(0.01, 100.0), goal=st.floats(0.0, 20.0))
@settings(max_examples=50, deadline=None)
def test_a_curve_without_turns_is_solved_at_any_scale(scale: float, goal: float) -> None:
    root = polynomial(
        lambda s, rate: s + scale * s**3 - rate, lambda s, rate: 1 + 3 * scale * s**2, lambda s, rate: -np.ones(1)
    )
    end = follow(root, np.array([goal]), unknowns=1)
    assert end.landed.all()
    assert end.point[0] + scale * end.point[0] ** 3 == pytest.approx(goal, abs=1e-9)
    assert not end.folds.any()
