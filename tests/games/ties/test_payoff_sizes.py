"""Right or an error: is no row false beside a huge payoff, and is no ordinary game refused?

Deliberate break that turned this red: keeping rows without asking what could be gained against them.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_games import SHAPES, Shape, random_games, rescaled

import sim
from sim.crisis.payoffs import crisis_game
from sim.draws.blocks import parameter_blocks
from sim.games.certificate import certificate
from sim.games.closed_form.perfect_bayesian import perfect_bayesian
from sim.games.game import SignallingGame
from sim.games.ties.continua import continua
from sim.games.ties.payoff_sizes import WIDEST, far_apart

REFUSED = "times the median of the payoffs it is compared with"
LOST = "no equilibrium of game 0 is certain"


def with_one_huge(game: SignallingGame, player: str, worth: float) -> SignallingGame:
    """Replace the first payoff of every type."""
    sender, receiver = game.sender.copy(), game.receiver.copy()
    {"sender": sender, "receiver": receiver}[player][..., 0, 0, 0] = worth
    return SignallingGame(game.prior, sender, receiver, game.receiver_prior)


def spread(seed: int, powers: float) -> SignallingGame:
    """Draw one game whose payoffs lie so many powers of ten about 1."""
    rng, game = np.random.default_rng(seed), random_games(1, Shape(3, 2, 2), seed=seed)
    sender, receiver = (10 ** rng.uniform(-powers, powers, array.shape) for array in (game.sender, game.receiver))
    return SignallingGame(game.prior, game.sender * sender, game.receiver * receiver, game.receiver_prior)


def right_or_refused(game: SignallingGame, most: float) -> bool:
    """Whether the one game is answered; then no player may gain more than `most`."""
    try:
        found = perfect_bayesian(game)
    except (ValueError, ArithmeticError) as fault:
        if REFUSED in str(fault) or LOST in str(fault):
            return False
        raise
    proof = certificate(game, found)
    assert max(proof.sender_gain.max(), proof.receiver_gain.max()) <= most
    assert proof.bayes_error.max() <= 1e-9
    return True


@pytest.mark.parametrize("player", ["sender", "receiver"])
@pytest.mark.parametrize("worth", [-1e8, -1e9, -1e10, -1e11, -1e12, -1e15, -1e19, 1e12])
def test_no_row_beside_a_huge_payoff_is_false(worth: float, player: str) -> None:
    game = with_one_huge(random_games(40, Shape(3, 2, 2), seed=0), player, worth)
    answered = sum(right_or_refused(game.take([n]), 1e-7) for n in range(40))
    assert answered == 0 or abs(worth) < 1e10


@pytest.mark.parametrize("powers", [4, 5, 8])
def test_no_row_of_a_game_with_payoffs_of_many_sizes_is_false(powers: int) -> None:
    answered = sum(right_or_refused(spread(seed, powers), 1e-6) for seed in range(150))
    assert answered == 150 if powers == 4 else answered > 60


def test_payoffs_of_ten_to_the_nineteen_beside_ones_are_refused_by_name() -> None:
    big = 1e19  # the large-payoff game among Gambit's own tests
    sender = np.array([[[big, 1], [-1, 0]], [[-1, 1], [0, big]]])
    game = SignallingGame([0.5, 0.5], sender, -sender)
    with pytest.raises(ValueError, match=r"^sender\[0, 0, 0, 0, 0\] of the flat batch has 1e\+19, more than 1e\+08 "):
        perfect_bayesian(game)
    with pytest.raises(ValueError, match=r"^sender\[0, 0, 0, 0, 0\] of the flat batch has 1e\+19"):
        continua(game)


@pytest.mark.parametrize(("player", "place"), [("sender", "1, 0, 0, 1, 0"), ("receiver", "1, 1, 0, 1, 0")])
def test_the_refusal_names_game_and_entry(player: str, place: str) -> None:
    game = random_games(3, Shape(2, 2, 2, by_receiver=True), seed=0)
    receivers = {"sender": 0, "receiver": 1}
    getattr(game, player)[1, receivers[player], 0, 1, 0] = 1e12
    with pytest.raises(ValueError, match=rf"^{player}\[{place}\] of the flat batch has 1e\+12, "):
        perfect_bayesian(game)


@pytest.mark.parametrize("prior", [[0.0, 1.0], [0.4, 0.6]])
def test_rows_that_owe_their_place_to_a_false_tie_are_dropped(prior: list[float]) -> None:
    # the two signals give 1 and 2 below payoffs of 1e12 that are the greater part: only what can be gained tells
    sender = [[[1, -1e12, -1e12], [2, -1e12, -1e12]]] * 2
    receiver = [[[1, 0, 0], [1, 0, 0]]] * 2
    found = perfect_bayesian(SignallingGame(prior, sender, receiver))
    assert len(found) > 0
    assert np.all(found.strategy[:, :, 1] == 1)


@pytest.mark.parametrize("size", [1e-90, 1e-6, 1.0, 1e6, 1e90])
def test_ordinary_games_in_any_unit_are_not_refused(size: float) -> None:
    for seed, shape in enumerate(SHAPES[::6]):
        game = random_games(200, shape, seed=seed)
        zero, one = np.zeros(()), np.asarray(size)
        scaled = rescaled(game, sender=(zero, one), receiver=(zero, one))
        assert len(perfect_bayesian(scaled)) == len(perfect_bayesian(game))


@given(st.integers(0, 10_000), st.floats(-1e6, 1e6))
def test_shifted_games_are_not_refused(seed: int, shift: float) -> None:
    game = random_games(5, Shape(3, 2, 2), seed=seed)
    by, one = np.asarray(shift), np.ones(())
    assert len(perfect_bayesian(rescaled(game, sender=(by, one), receiver=(by, one)))) == len(perfect_bayesian(game))


def test_rounding_dust_beside_zero_is_a_tie_and_no_fault() -> None:
    dust = 0.3 - 3 * 0.1
    sender, receiver = np.array([[[dust, 1], [0, 2]]] * 2), np.array([[[1, 0], [1, dust]]] * 2)
    game = SignallingGame([0.4, 0.6], sender, receiver)
    assert dust != 0
    found = perfect_bayesian(game)
    assert found.degenerate.all()
    assert np.any(found.strategy[:, 0, 0] == 1)


def test_crises_with_payoffs_of_a_million_are_answered_and_true() -> None:
    draws = [values for _, values in parameter_blocks(sim.load_scenario("macron-2024"), 4096, 0)]
    drawn = {name: np.concatenate([values[name] for values in draws]) for name in draws[0]}
    for name in ("france.war_cost.resolute", "russia.war_cost.cautious", "russia.war_cost.opportunist"):
        drawn[name] = np.full(len(drawn[name]), 1e6)
    game = crisis_game(drawn)
    found = perfect_bayesian(game)
    assert np.unique(found.game).tolist() == list(range(len(game.prior)))
    proof = certificate(game, found)
    assert max(proof.sender_gain.max(), proof.receiver_gain.max()) <= 1e-9


def test_the_limit_is_where_it_says() -> None:
    inside, beyond = (SignallingGame([1.0], [[[1, 1, 1, big]]], [[[1, 1, 1, 1]]]) for big in (WIDEST, 1.01 * WIDEST))
    assert far_apart(inside.flat()).tolist() == [True]
    with pytest.raises(ValueError, match=REFUSED):
        far_apart(beyond.flat())
