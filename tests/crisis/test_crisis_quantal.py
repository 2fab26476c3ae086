"""Is quantal play of the crisis the general solver's? Two unknowns and Newton against continuation in all of them.

Deliberate breaks that turned a test red: a wrong sign in the slope (`own - spread`), with which Newton fails so often
that too many games go to the general solver; the two types of France confused in Bayes' rule; no limit to the feedback;
the determinant not looked at; Russia's types swapped in the bound, and the bound without |u_1 - u_0|.
"""

from __future__ import annotations

import numpy as np
import pytest
from crisis_tree import random_crises
from hypothesis import given
from hypothesis import strategies as st
from some_crises import by_hand, drawn, repeated

from sim.crisis.crisis_quantal import FEEDBACK, Stakes, feedback, quantal_play, stakes
from sim.crisis.parameters import Stances
from sim.crisis.payoffs import crisis_game
from sim.games.game import Floats, SignallingGame
from sim.games.quantal.response import QuantalResponse, quantal_response

SHAPES = [
    Stances(("rule_out", "commit"), (False, True)),
    Stances(("quiet", "ambiguous", "rule_out", "commit"), (True, True, False, True)),
    Stances(("rule_out", "quiet", "ambiguous", "commit"), (True, True, True, True)),
]
"""One, three and four targets; two are the baseline's."""


def games(count: int, seed: int = 0) -> SignallingGame:
    """Return crises at beliefs anywhere in [0, 1], some of them certain."""
    rng, parameters = np.random.default_rng(seed), drawn(count)
    for name in ("prior.resolute", "prior.opportunist"):
        parameters[name] = rng.random(count)
        parameters[name][rng.random(count) < 0.1] = rng.integers(0, 2)
    return crisis_game(parameters)


def any_payoffs(count: int, rng: np.random.Generator) -> SignallingGame:
    """Return games of the crisis' shape, France's payoffs alike for both types of Russia and all else anyhow."""
    sender = np.broadcast_to(rng.normal(size=(count, 1, 2, 3, 2)), (count, 2, 2, 3, 2))
    share = rng.random(count)
    prior = np.stack([1 - share, share], axis=1)
    available = np.array([[True, False], [True, True], [True, True]])
    return SignallingGame(prior, sender, rng.normal(size=(count, 2, 2, 3, 2)), prior[:, ::-1], available)


def general(game: SignallingGame, rationality: float) -> tuple[Floats, Floats]:
    """Return the general solver's play in the same shapes."""
    return shaped(quantal_response(game, rationality))


def shaped(answer: QuantalResponse) -> tuple[Floats, Floats]:
    """Return its strategies and chances of a strike, batch last."""
    return np.moveaxis(answer.strategy, 0, -1), np.moveaxis(answer.response[..., 1], 0, -1)


@pytest.mark.parametrize(
    ("rationality", "count"), [(0.0, 64), (0.3, 512), (5.0, 2048), (20.0, 512), (100.0, 256), (1e4, 64), (1e60, 2)]
)
def test_play_is_that_of_the_general_solver(rationality: float, count: int) -> None:
    game = games(count)
    for ours, theirs in zip(quantal_play(game, rationality), general(game, rationality), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-9)


def test_hardly_any_game_needs_the_general_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[int] = []

    def counted(game: SignallingGame, rationality: float) -> object:
        sent.append(len(game.prior))
        return quantal_response(game, rationality)

    monkeypatch.setattr("sim.crisis.crisis_quantal.quantal_responses", counted)
    quantal_play(games(2048), 5.0)
    assert sum(sent) < 0.002 * 2048


def test_without_rationality_everybody_tosses_coins() -> None:
    strategy, strike = quantal_play(games(32), 0.0)
    np.testing.assert_allclose(strategy, 1 / 3)
    np.testing.assert_array_equal(strike, np.broadcast_to(np.array([0, 0.5, 0.5])[:, None], strike.shape))


def test_scaling_all_payoffs_does_the_same_as_scaling_rationality() -> None:
    game = games(256)
    scaled = SignallingGame(game.prior, 4 * game.sender, 4 * game.receiver, game.receiver_prior, game.available)
    for small, large in zip(quantal_play(scaled, 5.0), quantal_play(game, 20.0), strict=True):
        np.testing.assert_allclose(small, large, rtol=0, atol=1e-10)


def test_each_choice_is_logit_in_the_example_by_hand() -> None:
    game, rationality = crisis_game(by_hand()).flat(), 5.0
    sender, receiver = game.sender[0, 0], game.receiver[0]
    strategy, strike = (each[..., 0] for each in quantal_play(game, rationality))
    for m in (1, 2):
        belief = 0.3 * strategy[1, m] / (0.3 * strategy[1, m] + 0.7 * strategy[0, m])
        for k in range(2):
            hold, struck = (1 - belief) * receiver[k, 0, m] + belief * receiver[k, 1, m]
            assert strike[k, m] == pytest.approx(1 / (1 + np.exp(rationality * (hold - struck))), abs=1e-11)
    for t in range(2):
        q = 0.75 * strike[0] + 0.25 * strike[1]
        worth = np.exp(rationality * (sender[t, :, 0] * (1 - q) + sender[t, :, 1] * q))
        np.testing.assert_allclose(strategy[t], worth / worth.sum(), rtol=0, atol=1e-11)


def test_the_stakes_of_the_example_by_hand_are_those_of_the_page() -> None:
    worth = stakes(crisis_game(by_hand()))
    np.testing.assert_allclose(worth.gain[1, :, 0, 0], [0.0462, -0.0758], atol=1e-12)
    np.testing.assert_allclose(worth.struck[:, 1, 0], [-0.85, -0.435], atol=1e-12)


@given(seed=st.integers(0, 2**32 - 1), rationality=st.floats(0, 25))
def test_any_payoffs_give_what_the_general_solver_gives(seed: int, rationality: float) -> None:
    game = any_payoffs(8, np.random.default_rng(seed))
    theirs = quantal_response(game, rationality)
    straight = theirs.status == "converged"
    for ours, wanted in zip(quantal_play(game, rationality), shaped(theirs), strict=True):
        np.testing.assert_allclose(ours[..., straight], wanted[..., straight], rtol=0, atol=1e-8)


@pytest.mark.parametrize("rationality", [8.0, 25.0])
def test_however_strong_the_feedback_no_step_lands_on_another_branch(rationality: float) -> None:
    game = any_payoffs(1200, np.random.default_rng(2))
    bound = feedback(stakes(game), game.receiver_prior[:, 1], rationality)
    assert (((bound > 1) & (bound <= FEEDBACK)) if rationality < 10 else (bound > FEEDBACK)).sum() > 500
    for ours, theirs in zip(quantal_play(game, rationality), general(game, rationality), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-8)


@pytest.mark.parametrize("stances", SHAPES)
@pytest.mark.parametrize("rationality", [0.0, 1.0, 5.0])
def test_any_number_of_targets_gives_what_the_general_solver_gives(stances: Stances, rationality: float) -> None:
    game = crisis_game(random_crises(200, seed=len(stances.names), stances=stances, belief=True), stances=stances)
    theirs = quantal_response(game, rationality)
    straight = theirs.status == "converged"
    assert straight.mean() > 0.9
    for ours, wanted in zip(quantal_play(game, rationality), general(game, rationality), strict=True):
        np.testing.assert_allclose(ours[..., straight], wanted[..., straight], rtol=0, atol=1e-8)


def test_the_feedback_bounds_every_slope_and_is_below_one_only_where_the_reply_contracts() -> None:
    game, rng, scale = games(256), np.random.default_rng(1), 5.0
    worth, opportunist = stakes(game), game.receiver_prior[:, 1]
    bound = feedback(worth, opportunist, scale)

    def reply(q: Floats) -> Floats:
        value = scale * (worth.hold + np.concatenate([np.zeros((2, 1, 256)), q * worth.struck], axis=1))
        strategy = np.exp(value - value.max(axis=1, keepdims=True))
        joint = game.prior.T[:, None] * (strategy / strategy.sum(axis=1, keepdims=True))
        belief = joint[1, 1:] / joint[:, 1:].sum(axis=0)
        gain = (1 - belief) * worth.gain[:, 0] + belief * worth.gain[:, 1]
        both = 1 / (1 + np.exp(-scale * gain))
        return np.asarray((1 - opportunist) * both[0] + opportunist * both[1])

    worst = np.zeros(256)
    for _ in range(50):
        q, step = rng.random((2, 256)), 1e-6
        slopes = np.array([(reply(q + step * e) - reply(q - step * e)) / (2 * step) for e in np.eye(2)[:, :, None]])
        worst = np.maximum(worst, np.abs(np.linalg.eigvals(np.moveaxis(slopes, -1, 0))).max(axis=1))
    assert np.all(worst <= bound + 1e-6)
    assert worst.max() > 0.05


@pytest.mark.parametrize("opportunist", [0.0, 0.25, 1.0])
def test_the_bound_on_the_feedback_is_reached_by_one_target_that_hardly_anybody_sends(opportunist: float) -> None:
    """At a belief and a reply of one half the slope is Λ²/16 times Russia's news times |u_1 - u_0|, by hand."""
    scale, struck, news = 3.0, np.array([1.0, -1.0]), np.array([0.5, 2.0])
    worth = Stakes(
        hold=np.zeros((2, 2, 1)),
        struck=struck[:, None, None],
        gain=np.stack([-news / 2, news / 2], axis=1)[:, :, None, None],
        targets=np.array([1]),
    )
    share = (1 - opportunist) * news[0] + opportunist * news[1]
    bound = feedback(worth, np.array([opportunist]), scale)
    assert bound == pytest.approx([scale**2 / 16 * share * 2.0])

    def reply(q: float) -> float:
        weight = np.exp(scale * q * struck - 40)  # beside a weight of 1 on the other signal
        sent = 0.5 * weight / (1 + weight)
        belief = sent[1] / sent.sum()
        strikes = 1 / (1 + np.exp(-scale * (belief - 0.5) * news))
        return float((1 - opportunist) * strikes[0] + opportunist * strikes[1])

    slope = (reply(1e-5) - reply(-1e-5)) / 2e-5
    assert abs(slope) == pytest.approx(float(bound[0]), rel=1e-4)


def test_a_single_game_counts_as_a_batch_of_one() -> None:
    single, batch = quantal_play(crisis_game(by_hand()), 5.0), quantal_play(crisis_game(repeated(by_hand(), 2)), 5.0)
    assert single[0].shape == (2, 3, 1)
    np.testing.assert_allclose(single[0][..., 0], batch[0][..., 1], atol=1e-13)
