"""Do huge payoffs somewhere in the game, or on impossible types, hide equilibria elsewhere?

Deliberate break: comparing the cross product of two edges with the tolerance for payoffs loses both_mix rows and fails
the first test.
"""

import numpy as np
import pytest
from random_games import Shape, random_games

from sim.games.certificate import certificate
from sim.games.closed_form.perfect_bayesian import perfect_bayesian
from sim.games.equilibria import Equilibria
from sim.games.game import SignallingGame


def with_outside_option(game: SignallingGame, worth: float) -> SignallingGame:
    """Add a signal that every sender type would regret."""
    shape = (*game.sender.shape[:-2], 1, game.actions)
    receiver = np.zeros((*game.receiver.shape[:-2], 1, game.actions))
    return SignallingGame(
        game.prior,
        np.concatenate([game.sender, np.full(shape, worth)], axis=-2),
        np.concatenate([game.receiver, receiver], axis=-2),
        game.receiver_prior,
        np.concatenate([game.available, [[True] + [False] * (game.actions - 1)]]),
    )


def gains(game: SignallingGame, equilibria: Equilibria) -> float:
    proof = certificate(game, equilibria)
    return float(max(proof.sender_gain.max(), proof.receiver_gain.max(), proof.bayes_error.max()))


@pytest.mark.parametrize("worth", [-1e2, -1e4, -1e6])
def test_a_signal_that_nobody_would_send_changes_nothing_however_bad_it_is(worth: float) -> None:
    game = random_games(2000, Shape(3, 2, 2), seed=38)
    plain, wide = perfect_bayesian(game), perfect_bayesian(with_outside_option(game, worth))
    assert np.array_equal(plain.game, wide.game)
    assert np.array_equal(plain.family, wide.family)
    np.testing.assert_allclose(wide.strategy[:, :, :-1], plain.strategy, atol=1e-7)
    assert "both_mix" in plain.family


def test_one_huge_payoff_leaves_every_game_an_equilibrium() -> None:
    game = random_games(3000, Shape(3, 2, 2), seed=0)
    sender = game.sender.copy()
    sender[..., 0, 0, 0] = -1e6
    found = perfect_bayesian(SignallingGame(game.prior, sender, game.receiver, game.receiver_prior))
    assert len(np.unique(found.game)) == 3000


def test_each_receiver_type_is_judged_by_its_own_stakes_when_the_sender_is_known() -> None:
    receiver = np.zeros((2, 2, 1, 2))
    receiver[0, :, 0, 1], receiver[1, :, 0, 1] = 1e-6, 1e6
    game = SignallingGame([0, 1], np.array([[[1, 0]], [[1, 0]]]), receiver, [0.999, 0.001])
    found = perfect_bayesian(game)
    assert found.response[0, :, 0].tolist() == [[0, 1], [0, 1]]
    assert gains(game, found) == 0


@pytest.mark.parametrize("prior", [[0.4, 0.6], [0.0, 1.0]])
def test_payoffs_of_impossible_receiver_types_change_nothing(prior: list[float]) -> None:
    rng = np.random.default_rng(5)
    sender, receiver = rng.normal(size=(2, 200, 2, 2, 3, 2))
    priors, receivers = np.broadcast_to(prior, (200, 2)), np.broadcast_to([1.0, 0.0], (200, 2))
    plain = perfect_bayesian(SignallingGame(priors, sender, receiver, receivers))
    sender[:, 1] *= 1e13
    receiver[:, 1] *= 1e13
    huge = perfect_bayesian(SignallingGame(priors, sender, receiver, receivers))
    assert np.array_equal(plain.family, huge.family)
    np.testing.assert_allclose(plain.sender_value, huge.sender_value, atol=1e-9)


@pytest.mark.parametrize("prior", [[1.0, 1e-320], [1.0, 5e-324], [5e-324, 1.0]])
def test_a_type_too_rare_for_its_odds_to_be_a_number_raises_no_warning(prior: list[float]) -> None:
    game = random_games(20, Shape(3, 2, 2), seed=1)
    rare = SignallingGame(np.tile(prior, (20, 1)), game.sender, game.receiver, game.receiver_prior)
    found = perfect_bayesian(rare)
    assert len(np.unique(found.game)) == 20
    proof = certificate(rare, found)
    assert max(proof.sender_gain.max(), proof.receiver_gain.max()) <= 1e-9  # Bayes' rule itself underflows here
