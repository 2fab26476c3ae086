"""Are all perfect Bayesian equilibria found, and nothing else? Certificates, an independent enumeration, known answers.

Deliberate break that turned these red: looking for separating play in one order of the two signals only. So did the
mixing weight as belief/prior instead of the ratio of odds, keeping rows that an unsent signal upsets, and answering one
by the end of the mixtures that deter or by the last edge.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from brute_force import brute_force
from hypothesis import given
from hypothesis import strategies as st
from random_games import SHAPES, Shape, one, random_games, rescaled, stack
from reference_games import (
    REFERENCE_GAMES,
    OnPath,
    mismatches,
    on_path,
    reference_answers,
    reference_families,
    reference_game,
)

from sim.games.certificate import certificate
from sim.games.closed_form.perfect_bayesian import perfect_bayesian
from sim.games.equilibria import FAMILIES, Equilibria
from sim.games.game import Floats, SignallingGame

EXACT = 1e-9
"""Largest gain or error a row may have, in payoffs of size about 1: rounding only."""

SAME = 1e-7
"""Two routes to one outcome may differ by this much."""

PER_SHAPE = 1667
"""Games of each of the 60 shapes: 100,020 in all."""

SMALL = (
    Shape(2, 2), Shape(3, 2), Shape(2, 3), Shape(3, 3), Shape(2, 2, 2), Shape(3, 2, 2), Shape(2, 2, 2, True),
    Shape(3, 2, 2, True), Shape(3, 2, 2, True, True), Shape(2, 3, 2, True), Shape(3, 3, 1, False, True),
    Shape(2, 2, 3, True),
)  # fmt: skip


def worst(game: SignallingGame, eq: Equilibria) -> float:
    """Largest figure of the certificate over all rows."""
    return max(float(figure.max(initial=0)) for figure in vars(certificate(game, eq)).values())


def outcomes(game: SignallingGame, eq: Equilibria) -> list[list[OnPath]]:
    """On-path outcomes, game by game."""
    flat = game.flat()
    rows = on_path(eq, flat.prior[eq.game])
    return [[rows[row] for row in np.flatnonzero(eq.game == n)] for n in range(len(flat.prior))]


def assert_same_outcomes(found: list[list[OnPath]], expected: list[list[OnPath]], *, tolerance: float = SAME) -> None:
    assert len(found) == len(expected)
    faults = {
        n: fault
        for n, rows in enumerate(zip(found, expected, strict=True))
        if (fault := mismatches(*rows, tolerance=tolerance))
    }
    assert faults == {}


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_every_row_of_a_hundred_thousand_random_games_is_certified(shape: Shape) -> None:
    game = random_games(PER_SHAPE, shape, seed=SHAPES.index(shape))
    eq = perfect_bayesian(game)
    assert np.unique(eq.game).tolist() == list(range(PER_SHAPE))
    assert worst(game, eq) <= EXACT
    assert not eq.degenerate.any()
    assert_rows_are_in_order(eq)
    np.testing.assert_allclose(eq.sender_value, value_of(game, eq), rtol=0, atol=EXACT)


def assert_rows_are_in_order(eq: Equilibria) -> None:
    """Rows are sorted by game, then family."""
    rank = eq.game * len(FAMILIES) + np.array([FAMILIES.index(name) for name in eq.family.tolist()], dtype=int)
    assert np.all(np.diff(rank) >= 0)


def value_of(game: SignallingGame, eq: Equilibria) -> Floats:
    """Work out what each sender type's strategy earns against the response."""
    played = game.take(eq.game)
    value: Floats = np.einsum("etm,ek,ekma,ektma->et", eq.strategy, played.receiver_prior, eq.response, played.sender)
    return value


@cache
def brute_outcomes(shape: Shape) -> list[list[OnPath]]:
    batch = random_games(20, shape, seed=0)
    return [
        [OnPath(row.family, row.strategy, row.response, row.sender_value) for row in brute_force(one(batch, n))]
        for n in range(20)
    ]


@pytest.mark.parametrize("shape", SMALL, ids=str)
def test_the_rows_are_exactly_the_outcomes_of_the_independent_enumeration(shape: Shape) -> None:
    game = random_games(20, shape, seed=0)
    assert_same_outcomes(outcomes(game, perfect_bayesian(game)), brute_outcomes(shape))


@pytest.mark.parametrize("name", REFERENCE_GAMES)
def test_reference_games_have_exactly_the_known_equilibria(name: str) -> None:
    game = reference_game(name)
    eq = perfect_bayesian(game)
    assert_same_outcomes(outcomes(game, eq), [reference_answers(name)], tolerance=EXACT)
    assert worst(game, eq) <= EXACT * max(1.0, np.abs(game.sender).max(), np.abs(game.receiver).max())


def test_a_reference_game_with_continua_shows_every_family() -> None:
    game = reference_game("watson_29_6")
    eq = perfect_bayesian(game)
    assert set(eq.family.tolist()) == reference_families("watson_29_6")
    assert eq.degenerate.all()
    assert worst(game, eq) <= EXACT


ORDERS = st.tuples(
    st.permutations(range(3)), st.permutations(range(3)), st.permutations(range(2)), st.permutations(range(2))
)


@given(orders=ORDERS, seed=st.integers(0, 100))
def test_new_names_for_signals_actions_and_types_change_nothing(orders: tuple[list[int], ...], seed: int) -> None:
    m, a, t, k = (np.array(order) for order in orders)
    game = random_games(5, Shape(3, 3, 2, by_receiver=True), seed=seed)
    index = np.ix_(np.arange(5), k, t, m, a)
    renamed = SignallingGame(game.prior[:, t], game.sender[index], game.receiver[index], game.receiver_prior[:, k])
    expected = [
        [
            OnPath(row.family, row.strategy[np.ix_(t, m)], row.response[np.ix_(k, m, a)], row.sender_value[t])
            for row in rows
        ]
        for rows in outcomes(game, perfect_bayesian(game))
    ]
    assert_same_outcomes(outcomes(renamed, perfect_bayesian(renamed)), expected)


def wide(values: object) -> Floats:
    """Lay numbers per sender type out against (n, k, t, m, a)."""
    return np.array(values, dtype=np.float64)[:, np.newaxis, np.newaxis]


@pytest.mark.parametrize("size", [1e-6, 1e-3, 1.0, 1e3, 1e6])
def test_units_of_either_player_change_nothing(size: float) -> None:
    game = random_games(200, Shape(3, 2, 2, by_receiver=True), seed=0)
    factor = wide([size, 3 * size])
    scaled = rescaled(game, sender=(wide([size, -size]), factor), receiver=(wide([2 * size, 0]), np.array(size)))
    eq = perfect_bayesian(scaled)
    expected = outcomes(game, perfect_bayesian(game))
    values = [
        [
            OnPath(row.family, row.strategy, row.response, (row.sender_value - [size, -size]) / factor[:, 0, 0])
            for row in rows
        ]
        for rows in outcomes(scaled, eq)
    ]
    assert_same_outcomes(values, expected)
    assert worst(scaled, eq) <= EXACT * size * 3


def test_a_million_added_to_every_payoff_changes_no_outcome() -> None:
    game = random_games(200, Shape(3, 2, 2, by_receiver=True), seed=0)
    shifted = rescaled(game, sender=(wide([1e6, -1e6]), np.array(1.0)), receiver=(wide([-1e6, 1e6]), np.array(1.0)))
    found = [
        [OnPath(row.family, row.strategy, row.response, row.sender_value - [1e6, -1e6]) for row in rows]
        for rows in outcomes(shifted, perfect_bayesian(shifted))
    ]
    assert_same_outcomes(found, outcomes(game, perfect_bayesian(game)), tolerance=1e-6)


def same_arrays(first: Equilibria, second: Equilibria) -> bool:
    """Whether two sets of rows agree to the last bit."""
    return all(np.array_equal(array, getattr(second, name)) for name, array in vars(first).items())


@pytest.mark.parametrize("shape", [Shape(3, 2, 2), Shape(2, 3, 2, True)], ids=str)
def test_neighbours_in_the_batch_change_nothing(shape: Shape) -> None:
    game = random_games(30, shape, seed=0)
    eq = perfect_bayesian(game)
    both = perfect_bayesian(stack(game, game))
    assert same_arrays(both.take(both.game < 30), eq)
    again = both.take(both.game >= 30)
    assert np.array_equal(again.game - 30, eq.game)
    assert np.array_equal(again.strategy, eq.strategy)
    for n in range(30):
        alone = perfect_bayesian(one(game, n))
        assert alone.game.tolist() == [0] * len(alone)
        own = eq.take(eq.game == n)
        for name in ("family", "strategy", "belief", "response", "sender_value", "degenerate"):
            np.testing.assert_array_equal(getattr(alone, name), getattr(own, name))


@pytest.mark.parametrize("batch", [(6,), (2, 3), (1, 6, 1)])
def test_the_shape_of_the_batch_changes_nothing(batch: tuple[int, ...]) -> None:
    game = random_games(6, Shape(3, 2, 2), seed=2)
    prior, sender, receiver, receivers = (
        array.reshape(*batch, *array.shape[1:])
        for array in (game.prior, game.sender, game.receiver, game.receiver_prior)
    )
    shaped = perfect_bayesian(SignallingGame(prior, sender, receiver, receivers))
    assert same_arrays(shaped, perfect_bayesian(game))


def test_repeating_a_sender_without_receiver_axis_along_one_changes_nothing() -> None:
    game = random_games(50, Shape(3, 2, 2), seed=4)
    spelled_out = SignallingGame(game.prior, game.flat().sender, game.receiver, game.receiver_prior)
    assert_same_outcomes(outcomes(spelled_out, perfect_bayesian(spelled_out)), outcomes(game, perfect_bayesian(game)))


def test_shapes_of_the_rows_follow_the_axis_letters() -> None:
    eq = perfect_bayesian(random_games(7, Shape(4, 3, 2), seed=0))
    rows = len(eq)
    shapes = {name: array.shape for name, array in vars(eq).items()}
    assert shapes == {
        "game": (rows,),
        "family": (rows,),
        "strategy": (rows, 2, 4),
        "belief": (rows, 4, 2),
        "response": (rows, 2, 4, 3),
        "sender_value": (rows, 2),
        "degenerate": (rows,),
        "intuitive": (rows,),
        "d1": (rows,),
        "undefeated": (rows,),
    }
    assert eq.game.dtype == np.intp
    assert eq.degenerate.dtype == np.bool_


def test_three_sender_types_are_refused() -> None:
    game = SignallingGame([0.2, 0.3, 0.5], np.zeros((3, 2, 2)), np.zeros((3, 2, 2)))
    with pytest.raises(ValueError, match=r"one or two sender types; it has 3"):
        perfect_bayesian(game)


@given(
    numbers=st.lists(st.integers(-2, 2), min_size=24, max_size=24),
    prior=st.integers(0, 4),
    signals=st.integers(1, 3),
)
def test_any_small_game_has_an_equilibrium_and_every_row_is_one(numbers: list[int], prior: int, signals: int) -> None:
    sender, receiver = np.array(numbers).reshape(2, 2, 3, 2)[:, :, :signals]
    game = SignallingGame([prior / 4, 1 - prior / 4], sender, receiver)
    eq = perfect_bayesian(game)
    assert len(eq) >= 1
    assert worst(game, eq) <= EXACT


def test_an_unsent_signal_that_only_mixtures_deter_is_answered_by_the_middle_of_them() -> None:
    """Without it both types get 1; weights up to 0.4 on the second answer deter type 0, those from 0.25 on type 1."""
    sender = np.array([[[1, 0], [0, 2.5]], [[1, 0], [1.25, 0.25]]])
    receiver = [[[0, 0], [1, 0]], [[0, 0], [0, 1]]]
    eq = perfect_bayesian(SignallingGame([0.7, 0.3], sender, receiver, available=[[True, False], [True, True]]))
    (row,) = np.flatnonzero(eq.strategy[:, :, 0].all(axis=1))
    assert eq.belief[row, 1].tolist() == [0.5, 0.5]
    np.testing.assert_allclose(eq.response[row, 0, 1], [0.675, 0.325], atol=1e-12)


def test_of_several_mixtures_that_deter_the_one_at_the_lowest_belief_answers() -> None:
    sender = np.array([[[1, 0, 0], [0, 2.5, 0]], [[1, 0, 0], [1.25, 0.25, 1.25]]])
    receiver = np.array([[[0, 0, 0], [2, 1, -1]], [[0, 0, 0], [-1, 1, 2]]])  # the second answer is best from 1/3 to 2/3
    game = SignallingGame([0.5, 0.5], sender, receiver, available=[[True, False, False], [True] * 3])
    eq = perfect_bayesian(game)
    (row,) = np.flatnonzero(eq.strategy[:, :, 0].all(axis=1))
    np.testing.assert_allclose(eq.belief[row, 1], [2 / 3, 1 / 3], atol=1e-12)
    np.testing.assert_allclose(eq.response[row, 0, 1], [0.675, 0.325, 0], atol=1e-12)
