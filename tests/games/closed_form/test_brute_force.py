"""Does trying every support profile find the known equilibria, and only those? All reference games.

Deliberate break that turned these red: joining the receiver types' ranges of beliefs instead of intersecting them,
as if each type could hold a belief of its own.
"""

from __future__ import annotations

import numpy as np
import pytest
from brute_force import brute_force
from hypothesis import given
from hypothesis import strategies as st
from random_games import Shape, one, random_games
from reference_games import (
    REFERENCE_GAMES,
    OnPath,
    mismatches,
    reference_answers,
    reference_families,
    reference_game,
)

from sim.games.game import SignallingGame


def found(game: SignallingGame) -> list[OnPath]:
    return [OnPath(row.family, row.strategy, row.response, row.sender_value) for row in brute_force(game)]


@pytest.mark.parametrize("name", REFERENCE_GAMES)
def test_reference_games_have_exactly_the_known_outcomes(name: str) -> None:
    assert mismatches(found(reference_game(name)), reference_answers(name), tolerance=1e-9) == []
    assert not any(row.continuum for row in brute_force(reference_game(name)))


def test_a_game_with_ties_shows_its_continua() -> None:
    rows = brute_force(reference_game("watson_29_6"))
    assert {row.family for row in rows} == reference_families("watson_29_6")
    assert {row.continuum for row in rows if row.family == "semi_separating"} == {True}


def test_a_prior_at_the_break_point_gives_a_segment_of_responses() -> None:
    game = reference_game("beer_quiche")
    rows = brute_force(SignallingGame([0.5, 0.5], game.sender, game.receiver))
    both_drink_beer = [row for row in rows if row.senders == ((0,), (0,))]
    assert sorted(row.continuum for row in both_drink_beer) == [False, True]


@given(
    prior=st.floats(0.05, 0.95),
    cost=st.floats(0.1, 1.9),
    audience=st.floats(0.1, 5.0),
    stakes=st.tuples(st.floats(0.2, 3.0), st.floats(0.2, 3.0)),
)
def test_deterrence_follows_its_closed_form(
    prior: float, cost: float, audience: float, stakes: tuple[float, float]
) -> None:
    value, (gain, loss) = 2.0, stakes  # folding costs nothing beyond the audience cost; standing breaks even
    if abs(prior - gain / (gain + loss)) < 1e-3:
        return
    commit = [[value - cost, -cost], [0.0, 0.0]], [[value - cost, -audience - cost], [0.0, 0.0]]
    strike = [[0.0, -loss], [0.0, 0.0]], [[0.0, gain], [0.0, 0.0]]
    game = SignallingGame([prior, 1 - prior], commit, strike, available=[[True, True], [True, False]])
    rows = {row.family: row for row in brute_force(game) if row.senders != ((1,), (1,))}
    if prior > gain / (gain + loss):
        assert set(rows) == {"pooling"}
        assert rows["pooling"].sender_value == pytest.approx([value - cost] * 2)
    else:
        assert set(rows) == {"semi_separating"}
        bluff = rows["semi_separating"].strategy[1, 0]
        assert bluff == pytest.approx(prior * loss / ((1 - prior) * gain), rel=1e-6)
        assert rows["semi_separating"].response[0, 0, 1] == pytest.approx((value - cost) / (value + audience), rel=1e-6)


def test_reversing_signals_and_actions_reverses_the_outcomes() -> None:
    batch = random_games(10, Shape(3, 2, 2, by_receiver=True), seed=0)
    for row in range(10):
        game = one(batch, row)
        mirrored = SignallingGame(
            game.prior, game.sender[..., ::-1, ::-1], game.receiver[..., ::-1, ::-1], game.receiver_prior
        )
        turned = [
            OnPath(out.family, out.strategy[:, ::-1], out.response[:, ::-1, ::-1], out.sender_value)
            for out in found(mirrored)
        ]
        assert mismatches(turned, found(game), tolerance=1e-9) == []


def test_no_random_game_needs_more_than_two_signals() -> None:
    batch = random_games(20, Shape(4, 2), seed=1)
    rows = [row for index in range(20) for row in brute_force(one(batch, index))]
    assert "other" not in {row.family for row in rows}
    assert not any(row.continuum for row in rows)


def test_equal_payoffs_everywhere_fill_every_support_profile() -> None:
    rows = brute_force(SignallingGame([0.5, 0.5], np.zeros((2, 2, 2)), np.zeros((2, 2, 2))))
    assert {row.senders for row in rows} == {(zero, one) for zero in SUPPORTS for one in SUPPORTS}


SUPPORTS = ((0,), (1,), (0, 1))


def test_a_type_of_probability_zero_is_refused() -> None:
    game = SignallingGame([0.0, 1.0], np.zeros((2, 1, 1)), np.zeros((2, 1, 1)))
    with pytest.raises(ValueError, match=r"two sender types of positive probability; prior is \[0\. 1\.\]"):
        brute_force(game)
