"""Does a game alone, followed in plain numbers, have the logit equilibrium that arrays find, alone and among others?

Deliberate breaks that turned these red: the sign of the determinant without the exchange of pivots; beliefs that leave
out the prior; steps judged without what moves the receiver; a curve across two equations whose way has no sign; a last
correction that forgets the beliefs, or is made however large it is; a residual of the receiver's replies alone, or one
that shares the rounding of the answer.
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from functools import partial

import numpy as np
import pytest

from sim.games.game import SignallingGame
from sim.games.quantal.continuation import CAREFUL, QUICK, follow
from sim.games.quantal.logit import linearise, logit_game, settle
from sim.games.quantal.one_curve import follow_one, solved
from sim.games.quantal.one_game import MOST_SIGNALS, equations, one_game, settled
from sim.games.quantal.response import FARTHEST, QuantalResponse, quantal_response, quantal_responses

GAMES = 24


def drawn(signals: int, receivers: int, *, size: float = 20.0, prior: float = 0.5) -> SignallingGame:
    """Return games with normal payoffs of very different sizes; in the first nothing is at stake."""
    rng = np.random.default_rng([signals, receivers])
    sizes = rng.uniform(0, size, (GAMES, 1, 1, 1, 1))
    sizes[0] = 0.0
    sender, receiver = sizes * rng.normal(size=(2, GAMES, receivers, 2, signals, 2))
    chance = rng.dirichlet(np.ones(receivers), GAMES)
    return SignallingGame(np.tile([1 - prior, prior], (GAMES, 1)), sender, receiver, chance)


def agree(game: SignallingGame, rationality: float = 3.0, *, tolerance: float = 1e-12) -> QuantalResponse:
    """Compare games alone with the same games in arrays, one by one and together."""
    together = quantal_responses(game, rationality)
    for i in range(GAMES):
        one = game.take([i])
        assert one_game(logit_game(one)) is not None
        found = quantal_response(one, rationality)
        by_itself = [(quantal_responses(one, rationality), 0)] if i < GAMES // 4 else []
        for other, row in (*by_itself, (together, i)):
            assert (found.status[0], found.folds[0]) == (other.status[row], other.folds[row])
            for name in ("strategy", "belief", "response", "sender_range", "receiver_range", "rationality"):
                np.testing.assert_allclose(getattr(found, name)[0], getattr(other, name)[row], rtol=0, atol=tolerance)
        assert found.residual[0] <= 1e-10
    return together


@pytest.mark.parametrize("receivers", [1, 2, 3])
@pytest.mark.parametrize("signals", [2, 3, 4])
@pytest.mark.parametrize("rate", [0.0, 0.5, 5.0])
def test_the_equations_are_those_of_arrays(signals: int, receivers: int, rate: float) -> None:
    games, rng = drawn(signals, receivers, prior=0.3), np.random.default_rng(1)
    available = np.array([[True, False], *[[True, True]] * (signals - 1)])
    for i in range(1, GAMES):
        game = games.take([i])
        logit = logit_game(SignallingGame(game.prior, game.sender, game.receiver, game.receiver_prior, available))
        one = one_game(logit)
        assert one is not None
        point = np.append(rng.normal(size=2 * (signals - 1)), rate)
        rows, movement = equations(one, point.tolist())
        at = linearise(logit, np.array([0]), point[:, None])
        np.testing.assert_allclose(np.array(rows)[:, :-1], at.jacobian[..., 0], rtol=0, atol=1e-12)
        np.testing.assert_allclose(np.array(rows)[:, -1], -at.value[:, 0], rtol=0, atol=1e-12)
        for change in (np.append(np.zeros(len(point) - 1), 1.0), *rng.normal(size=(5, len(point)))):
            assert movement(change.tolist()) == pytest.approx(at.movement(change[:, None])[0], abs=1e-12)


@pytest.mark.parametrize("unknowns", [2, 4])
def test_a_correction_and_the_way_of_a_curve_are_those_of_a_matrix(unknowns: int) -> None:
    rng = np.random.default_rng(unknowns)
    for rows, normal in zip(
        rng.normal(size=(GAMES, unknowns, unknowns + 2)), rng.normal(size=(GAMES, unknowns + 1)), strict=True
    ):
        found = solved(rows.tolist(), normal.tolist())
        assert found is not None
        matrix = np.vstack([rows[:, :-1], normal])
        along = np.linalg.solve(matrix, np.append(np.zeros(unknowns), 1.0))
        np.testing.assert_allclose(found[0], np.linalg.solve(matrix, np.append(rows[:, -1], 0.0)), rtol=1e-9)
        np.testing.assert_allclose(found[1], along / np.linalg.norm(along), rtol=1e-9)
        assert found[2] == np.sign(np.linalg.det(matrix))
    twice = [rows[0].tolist()] * unknowns
    assert solved(twice, normal.tolist()) is None


@pytest.mark.parametrize("signals", [2, 3])
@pytest.mark.parametrize("off", [0.0, 1e-6, 1e-2])
def test_the_last_correction_is_that_of_arrays_and_left_out_where_it_would_be_no_small_one(
    signals: int, off: float
) -> None:
    games, rng = drawn(signals, 2, size=4.0, prior=0.3), np.random.default_rng(2)
    available = np.array([[False, True], *[[True, True]] * (signals - 1)])
    for i in range(GAMES):
        game = games.take([i])
        logit = logit_game(SignallingGame(game.prior, game.sender, game.receiver, game.receiver_prior, available))
        one, goal = one_game(logit), np.array([2.0])
        assert one is not None
        point = follow(partial(linearise, logit), goal, unknowns=logit.unknowns).point
        point[:-1] += off * rng.normal(size=(logit.unknowns, 1))
        play, residual = settle(logit, np.array([0]), point)
        found, own_residual = settled(one, point[:, 0].tolist())
        np.testing.assert_allclose(found["strategy"], play.strategy.transpose(2, 0, 1), rtol=0, atol=1e-14)
        np.testing.assert_allclose(found["belief"], play.belief.transpose(2, 1, 0), rtol=0, atol=1e-14)
        np.testing.assert_allclose(found["response"], play.response.transpose(3, 0, 2, 1), rtol=0, atol=1e-14)
        np.testing.assert_allclose(own_residual, residual, rtol=1e-9, atol=1e-14)


@pytest.mark.parametrize("receivers", [1, 2, 3])
@pytest.mark.parametrize("signals", [2, 3, 4, MOST_SIGNALS])
def test_a_game_alone_is_answered_as_by_arrays(signals: int, receivers: int) -> None:
    agree(drawn(signals, receivers))


@pytest.mark.parametrize("rationality", [0.0, 0.01, 1.0, 40.0, 1e4])
def test_so_it_is_at_any_rationality(rationality: float) -> None:
    agree(drawn(3, 2, size=2.0), rationality)


@pytest.mark.parametrize("prior", [0.0, 1e-300, 1e-3, 1.0])
def test_so_it_is_when_a_type_is_rare_or_impossible(prior: float) -> None:
    agree(drawn(3, 2, prior=prior))


def test_so_it_is_after_signals_that_leave_one_action() -> None:
    game = drawn(3, 2)
    available = np.array([[False, True], [True, True], [True, False]])
    agree(SignallingGame(game.prior, game.sender, game.receiver, game.receiver_prior, available))


def test_so_it_is_among_three_actions_of_which_each_signal_leaves_two() -> None:
    rng = np.random.default_rng(7)
    sender, receiver = rng.normal(size=(2, GAMES, 2, 2, 3, 3))
    available = np.array([[False, True, True], [True, False, True], [True, True, False]])
    half = np.full((GAMES, 2), 0.5)
    agree(SignallingGame(half, sender, receiver, half, available), 5.0)


def test_turns_and_crossings_are_met_alone_as_in_arrays() -> None:
    rng = np.random.default_rng(3)
    sender, receiver = 40 * rng.normal(size=(2, GAMES, 1, 2, 2, 2))
    half = np.full((GAMES, 2), 0.5)
    turned = agree(SignallingGame(half, sender, receiver), 10.0)
    assert set(turned.status) >= {"converged", "turned"}
    # Cheap talk between two signals: at some rationality a second branch crosses the one without news.
    sender[:] = np.array([[[1.0, 0.0]] * 2, [[0.0, 1.0]] * 2]) * rng.uniform(1, 3, (GAMES, 1, 1, 1, 1))
    talk = agree(SignallingGame(half, sender, sender), 6.0)
    assert set(talk.status) == {"bifurcated"}


def nearly_cheap_talk(count: int) -> SignallingGame:
    """Return cheap talk but for a ten-trillionth: a long step can take what bends away for a crossing."""
    rng = np.random.default_rng(0)
    talk = np.array([[[1.0, 0.0]] * 2, [[0.0, 1.0]] * 2]) * rng.uniform(1, 3, (count, 1, 1, 1, 1))
    sender, receiver = talk + 1e-13 * rng.normal(size=(2, count, 1, 2, 2, 2))
    return SignallingGame(np.full((count, 2), 0.5), sender, receiver)


def test_only_what_short_steps_find_is_believed_to_cross() -> None:
    games = nearly_cheap_talk(200)
    logit = logit_game(games)
    quick, careful = (
        follow(partial(linearise, logit), 6.0 * logit.scale, unknowns=2, care=care) for care in (QUICK, CAREFUL)
    )
    rash = (quick.crossings > 0) & (careful.crossings == 0) & careful.landed
    assert rash.any()
    assert set(quantal_responses(games, 6.0).status[rash]) <= {"converged", "turned"}


def test_so_it_is_in_plain_numbers() -> None:
    games, rash = nearly_cheap_talk(60), 0
    for i in range(60):
        logit = logit_game(games.take([i]))
        one = one_game(logit)
        assert one is not None
        to = partial(follow_one, partial(equations, one), 6.0 * float(logit.scale[0]), unknowns=2)
        if (quick := to(care=QUICK)) and quick.crossings[0]:
            careful = to(care=CAREFUL)
            if careful and careful.landed[0] and not careful.crossings[0]:
                rash += 1
                assert quantal_response(games.take([i]), 6.0).status[0] in ("converged", "turned")
    assert rash > 0


def test_a_rationality_beyond_what_is_followed_is_no_answer() -> None:
    for solve in (quantal_response, quantal_responses):
        game = drawn(2, 1).take([1])
        scale = float(logit_game(game).scale[0])
        near, beyond = solve(game, 0.99 * FARTHEST / scale), solve(game, 1.01 * FARTHEST / scale)
        assert near.status[0] == "converged"
        assert beyond.status[0] == "failed"
        assert beyond.rationality[0] == pytest.approx(FARTHEST / scale)


def off_its_reply(game: SignallingGame, answer: QuantalResponse, rationality: float) -> float:
    """Return how far a probability is from the logit reply to the others, in 50 digits."""
    exact, worst = np.vectorize(lambda each: Decimal(float(each))), Decimal(0)
    flat, rate = game.flat(), Decimal(rationality)
    belief, response, strategy = (exact(each[0]) for each in (answer.belief, answer.response, answer.strategy))
    sender, receiver, chance = exact(flat.sender[0]), exact(flat.receiver[0]), exact(flat.receiver_prior[0])
    worth = np.einsum("mt,ktma->kma", belief, receiver), np.einsum("k,kma,ktma->tm", chance, response, sender)
    for values, found in zip(worth, (response, strategy), strict=True):
        powers = np.vectorize(lambda each: each.exp())(rate * (values - values.max(axis=-1, keepdims=True)))
        worst = max(worst, np.abs(powers / powers.sum(axis=-1, keepdims=True) - found).max())
    return float(worst)


@pytest.mark.parametrize("rationality", [5.0, 1e3, 1e6, 1e9, 1e11])
def test_no_answer_is_farther_from_the_logit_reply_than_it_says(rationality: float) -> None:
    rng = np.random.default_rng(5)
    sender, receiver = rng.integers(0, 4, size=(2, GAMES, 1, 2, 2, 2)).astype(float)
    games = SignallingGame(np.full((GAMES, 2), [0.3, 0.7]), sender, receiver)
    with localcontext() as context:
        context.prec = 50
        for i in range(GAMES):
            game = games.take([i])
            answer = quantal_response(game, rationality)
            if answer.status[0] != "failed":
                assert off_its_reply(game, answer, rationality) <= max(
                    2 * answer.residual[0], 1e-14 * rationality, 1e-12
                )
                assert off_its_reply(game, answer, rationality) <= 1e-8


def test_larger_games_are_left_to_arrays() -> None:
    half, many = np.full((1, 2), 0.5), np.zeros((1, 2, MOST_SIGNALS + 1, 2))
    three = np.zeros((1, 2, 2, 3))
    for game in (drawn(2, 1), SignallingGame(half, many, many), SignallingGame(half, three, three)):
        assert one_game(logit_game(game)) is None
    assert one_game(logit_game(SignallingGame(half, many[:, :, :1], many[:, :, :1]))) is None
    assert one_game(logit_game(SignallingGame(half, many[:, :, 1:], many[:, :, 1:]))) is not None
