"""Does the certificate catch every way of not being an equilibrium? Gains worked out by hand and by loops.

Deliberate break that turned these red: taking the receiver's gain only over signals that are sent.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import ArrayLike
from random_games import Shape, random_games
from reference_games import reference_game

from sim.games.certificate import certificate
from sim.games.equilibria import Equilibria
from sim.games.game import SignallingGame

EXACT = 1e-12


def claim(strategy: object, belief: object, response: object, games: object = (0,)) -> Equilibria:
    """Wrap arrays of shapes (e, t, m), (e, m, t), (e, k, m, a) as claimed equilibria."""
    plays = np.array(strategy, dtype=np.float64)
    rows = len(plays)
    return Equilibria(
        game=np.array(games, dtype=np.intp),
        family=np.full(rows, "pooling"),
        strategy=plays,
        belief=np.array(belief, dtype=np.float64),
        response=np.array(response, dtype=np.float64),
        sender_value=np.zeros((rows, plays.shape[1])),
        degenerate=np.zeros(rows, dtype=bool),
    )


BEER = claim([[[1, 0], [1, 0]]], [[[0.9, 0.1], [0, 1]]], [[[[0, 1], [1, 0]]]])
"""Both types drink beer and are left alone; quiche is taken for weakness and fought (beer-quiche, strong 0.9)."""


def figures(game: SignallingGame, eq: Equilibria) -> list[float]:
    found = certificate(game, eq)
    assert found.sender_gain.shape == found.receiver_gain.shape == found.bayes_error.shape == (len(eq),)
    return [float(array.max()) for array in (found.sender_gain, found.receiver_gain, found.bayes_error)]


def test_the_published_pooling_equilibrium_passes_with_zeros() -> None:
    assert figures(reference_game("beer_quiche"), BEER) == [0, 0, 0]


def test_the_published_mixed_equilibrium_passes() -> None:
    rows = claim([[[1, 0], [3 / 7, 4 / 7]]], [[[0.5, 0.5], [0, 1]]], [[[[0.5, 0.5], [1, 0]]]])
    assert figures(reference_game("beer_quiche_weak_likely"), rows) == pytest.approx([0, 0, 0], abs=EXACT)


def test_a_type_that_would_rather_deviate_shows_its_gain() -> None:
    lenient = replace(BEER, response=np.array([[[[0.0, 1.0], [0.25, 0.75]]]]))
    # the weak type has 2 with beer and would have 0.25 * 1 + 0.75 * 3 with quiche
    assert figures(reference_game("beer_quiche"), lenient)[0] == pytest.approx(0.5, abs=EXACT)


def test_a_response_to_an_unsent_signal_must_be_optimal_too() -> None:
    naive = replace(BEER, belief=np.array([[[0.9, 0.1], [0.75, 0.25]]]))
    assert figures(reference_game("beer_quiche"), naive) == pytest.approx([0, 0.5, 0], abs=EXACT)


def test_a_belief_against_bayes_shows_its_distance_from_the_posterior() -> None:
    doubtful = replace(BEER, belief=np.array([[[0.6, 0.4], [0, 1]]]))
    assert figures(reference_game("beer_quiche"), doubtful) == pytest.approx([0, 0, 0.3], abs=EXACT)


@pytest.mark.parametrize("dust", [1e-3, 1e-16, 1e-300])
def test_a_signal_sent_however_rarely_must_carry_the_posterior(dust: float) -> None:
    trembling = replace(BEER, strategy=np.array([[[1.0, dust], [1.0, 0.0]]]) / np.array([[[1 + dust], [1.0]]]))
    assert figures(reference_game("beer_quiche"), trembling)[2] == pytest.approx(1, abs=EXACT)


def test_a_sender_type_of_probability_zero_must_choose_well() -> None:
    game = reference_game("beer_quiche")
    sure = SignallingGame([1.0, 0.0], game.sender, game.receiver)
    left_alone = claim([[[1, 0], [1, 0]]], [[[1, 0], [1, 0]]], [[[[0, 1], [0, 1]]]])
    assert figures(sure, left_alone) == [1, 0, 0]


def test_a_receiver_type_of_probability_zero_may_do_anything() -> None:
    game = reference_game("private_receivers")
    both_quiet = claim(
        [[[0, 1], [0, 1]]], [[[0, 1], [0.5, 0.5]]], [[[[0, 1], [1, 0]], [[0, 1], [1, 0]]]]
    )  # everybody strikes at a bluff
    assert figures(game, both_quiet) == [0, 0, 0]
    timid = replace(both_quiet, response=np.array([[[[0.0, 1], [1, 0]], [[1, 0], [1, 0]]]]))
    assert figures(game, timid)[1] == pytest.approx(2 / 3)
    absent = SignallingGame(game.prior, game.sender, game.receiver, [1.0, 0.0], available=game.available)
    assert figures(absent, timid)[1] == 0


def test_an_unavailable_action_tempts_nobody() -> None:
    game = SignallingGame([0.5, 0.5], np.zeros((2, 1, 2)), [[[0, np.nan]]] * 2, available=[[True, False]])
    assert figures(game, claim([[[1], [1]]], [[[0.5, 0.5]]], [[[[1, 0]]]])) == [0, 0, 0]
    worse = SignallingGame([0.5, 0.5], np.zeros((2, 1, 2)), [[[-3, 7]]] * 2, available=[[True, False]])
    assert figures(worse, claim([[[1], [1]]], [[[0.5, 0.5]]], [[[[1, 0]]]])) == [0, 0, 0]


def three_levels() -> SignallingGame:
    """Three worker types of productivity 1, 2, 3, education 0 or 1, wages 1, 2, 3 (computed, no publication)."""
    wage, cost, productivity = np.array([1.0, 2, 3]), np.array([1.5, 0.75, 0.25]), np.array([1.0, 2, 3])
    sender = wage - np.array([0.0, 1])[:, np.newaxis] * cost[:, np.newaxis, np.newaxis]
    receiver = np.broadcast_to(-((wage - productivity[:, np.newaxis, np.newaxis]) ** 2), (3, 2, 3))
    return SignallingGame([0.3, 0.4, 0.3], sender, receiver)


def test_three_sender_types_are_certified_like_two() -> None:
    unschooled = claim([[[1, 0]] * 3], [[[0.3, 0.4, 0.3], [0, 1, 0]]], [[[[0, 1, 0], [0, 1, 0]]]])
    assert figures(three_levels(), unschooled) == pytest.approx([0, 0, 0], abs=EXACT)
    split = claim([[[1, 0], [0, 1], [0, 1]]], [[[1, 0, 0], [0, 4 / 7, 3 / 7]]], [[[[1, 0, 0], [0, 1, 0]]]])
    assert figures(three_levels(), split) == pytest.approx([0, 0, 0], abs=EXACT)
    generous = claim([[[1, 0]] * 3], [[[0.3, 0.4, 0.3], [0, 0, 1]]], [[[[0, 1, 0], [0, 0, 1]]]])
    assert figures(three_levels(), generous) == pytest.approx([0.75, 0, 0], abs=EXACT)


def random_claims(game: SignallingGame, seed: int) -> Equilibria:
    """Draw one claim a game; about a third of the signals are not sent."""
    rng, rows = np.random.default_rng(seed), len(game.prior)
    sent = rng.random((rows, game.types, game.signals)) < 0.6
    sent[:, :, 0] |= ~sent.any(axis=2)
    plays = rng.random(sent.shape) * sent
    usable = rng.random((rows, game.receiver_types, game.signals, game.actions)) * game.available
    belief = rng.dirichlet(np.ones(game.types), size=(rows, game.signals))
    return claim(
        plays / plays.sum(axis=2, keepdims=True), belief, usable / usable.sum(axis=3, keepdims=True), np.arange(rows)
    )


def by_loops(game: SignallingGame, eq: Equilibria, row: int) -> tuple[float, float, float]:
    """Second route: the three figures of one row, one number at a time."""
    flat = game.flat()
    n = eq.game[row]
    signals, actions = range(game.signals), range(game.actions)
    types, receivers = range(game.types), range(game.receiver_types)
    sender_gain, receiver_gain, error = -np.inf, -np.inf, 0.0
    for t in types:
        value = [
            sum(flat.receiver_prior[n, k] * eq.response[row, k, m] @ flat.sender[n, k, t, m] for k in receivers)
            for m in signals
        ]
        sender_gain = max(sender_gain, max(value) - sum(eq.strategy[row, t, m] * value[m] for m in signals))
    for m in signals:
        for k in receivers:
            worth = [sum(eq.belief[row, m, t] * flat.receiver[n, k, t, m, a] for t in types) for a in actions]
            best = max(worth[a] for a in actions if game.available[m, a])
            receiver_gain = max(receiver_gain, best - sum(eq.response[row, k, m, a] * worth[a] for a in actions))
        reach = sum(flat.prior[n, t] * eq.strategy[row, t, m] for t in types)
        for t in types:
            posterior = flat.prior[n, t] * eq.strategy[row, t, m] / reach if reach > 0 else eq.belief[row, m, t]
            error = max(error, abs(eq.belief[row, m, t] - posterior))
    return float(sender_gain), float(receiver_gain), float(error)


@given(
    shape=st.builds(
        Shape,
        st.integers(1, 4),
        st.integers(1, 4).map(lambda n: n + 1),
        st.integers(1, 3),
        st.booleans(),
        st.booleans(),
    ),
    seed=st.integers(0, 1000),
)
def test_the_definition_written_as_loops_gives_the_same_figures(shape: Shape, seed: int) -> None:
    game = random_games(3, shape, seed=seed)
    eq = random_claims(game, seed)
    found = certificate(game, eq)
    for row in range(3):
        three = found.sender_gain[row], found.receiver_gain[row], found.bayes_error[row]
        assert three == pytest.approx(by_loops(game, eq, row), abs=EXACT)
        assert min(three) >= -EXACT


def test_gains_scale_with_payoffs_and_ignore_constants() -> None:
    game = random_games(50, Shape(3, 2, 2, by_receiver=True), seed=0)
    eq = random_claims(game, 0)
    scaled = SignallingGame(game.prior, 4 * game.sender - 1, 0.5 * game.receiver + 3, game.receiver_prior)
    before, after = certificate(game, eq), certificate(scaled, eq)
    np.testing.assert_allclose(after.sender_gain, 4 * before.sender_gain, atol=EXACT)
    np.testing.assert_allclose(after.receiver_gain, 0.5 * before.receiver_gain, atol=EXACT)
    np.testing.assert_array_equal(after.bayes_error, before.bayes_error)


def test_relabelled_signals_and_types_leave_the_figures_alone() -> None:
    game = random_games(50, Shape(3, 2, 2, by_receiver=True), seed=3)
    eq = random_claims(game, 3)
    mirrored = SignallingGame(
        game.prior[:, ::-1],
        game.sender[:, ::-1, ::-1, ::-1],
        game.receiver[:, ::-1, ::-1, ::-1],
        game.receiver_prior[:, ::-1],
    )
    turned = replace(
        eq,
        strategy=eq.strategy[:, ::-1, ::-1],
        belief=eq.belief[:, ::-1, ::-1],
        response=eq.response[:, ::-1, ::-1],
    )
    before, after = certificate(game, eq), certificate(mirrored, turned)
    for name, array in vars(before).items():
        np.testing.assert_allclose(getattr(after, name), array, atol=EXACT)


def test_a_batch_of_any_shape_is_indexed_flat() -> None:
    game = reference_game("beer_quiche")
    grid = SignallingGame(
        np.broadcast_to([[[0.9, 0.1]], [[0.3, 0.7]]], (2, 3, 2)),
        np.broadcast_to(game.sender, (2, 3, 2, 2, 2)),
        np.broadcast_to(game.receiver, (2, 3, 2, 2, 2)),
    )
    twice = Equilibria(**{name: np.concatenate([array, array]) for name, array in vars(BEER).items()})
    found = certificate(grid, replace(twice, game=np.array([2, 3])))
    np.testing.assert_allclose(found.bayes_error, [0, 0.6], atol=EXACT)


def test_no_rows_give_empty_figures() -> None:
    found = certificate(reference_game("beer_quiche"), BEER.take(np.array([], dtype=np.intp)))
    assert found.sender_gain.shape == found.receiver_gain.shape == found.bayes_error.shape == (0,)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("strategy", [[[1, 0], [0.5, 0.4]]], r"strategy must be a probability distribution; row 0 has \[0\.5, 0\.4\]"),
        (
            "strategy",
            [[[1, 0], [-0.1, 1.1]]],
            r"strategy must be a probability distribution; row 0 has \[-0\.1, 1\.1\]",
        ),
        ("strategy", [[[1, 0], [np.nan, 1]]], r"strategy must be a probability distribution; row 0 has \[nan, 1\.0\]"),
        ("belief", [[[0.9, 0.1 + 1e-8], [1, 0]]], r"belief must be a probability distribution; row 0 has \[0\.9, 0\.1"),
        ("belief", [[[0.9, 0.1], [0, 0]]], r"belief must be a probability distribution; row 0 has \[0\.0, 0\.0\]"),
        (
            "response",
            [[[[2.0, -1], [1, 0]]]],
            r"response must be a probability distribution; row 0 has \[2\.0, -1\.0\]",
        ),
        ("strategy", [[[1], [1]]], r"strategy must have shape \(1, 2, 2\) to fit the game; its shape is \(1, 2, 1\)"),
        ("belief", [[[1, 0]]], r"belief must have shape \(1, 2, 2\) to fit the game; its shape is \(1, 1, 2\)"),
        ("response", [[[0, 1]]], r"response must have shape \(1, 1, 2, 2\) to fit the game; its shape is \(1, 1, 2\)"),
        ("game", [1], r"game must be an index into the flattened batch; row 0 has 1"),
        ("game", [-1], r"game must be an index into the flattened batch; row 0 has -1"),
        ("game", [[0]], r"game must have shape \(1,\) to fit the game; its shape is \(1, 1\)"),
    ],
)
def test_a_claim_that_is_no_profile_of_the_game_is_refused(name: str, value: ArrayLike, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        certificate(reference_game("beer_quiche"), replace(BEER, **{name: np.array(value)}))


def test_weight_on_an_unavailable_action_is_refused() -> None:
    game = SignallingGame([0.5, 0.5], np.zeros((2, 1, 2)), np.zeros((2, 1, 2)), available=[[True, False]])
    rows = claim([[[1], [1]]] * 2, [[[0.5, 0.5]]] * 2, [[[[1, 0]]], [[[0.5, 0.5]]]], games=[0, 0])
    with pytest.raises(ValueError, match=r"response must be 0 where an action is unavailable; row 1 has 0\.5"):
        certificate(game, rows)
