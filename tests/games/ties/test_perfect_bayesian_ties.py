"""Do ties lose equilibria? Equal types, shared break-points, priors on an edge, equal payoffs, whole numbers.

Deliberate break that turned these red: solving a game whose prior is at a break-point in closed form all the same.
"""

from __future__ import annotations

import numpy as np
import pytest
from brute_force import brute_force
from random_games import Shape, one, random_games, tied_games
from reference_games import OnPath, mismatches, on_path, reference_game

from sim.games.certificate import certificate
from sim.games.closed_form.perfect_bayesian import perfect_bayesian
from sim.games.equilibria import FAMILIES, Equilibria
from sim.games.game import Floats, SignallingGame

EXACT = 1e-9
"""Largest gain or error a row may have, in payoffs of size about 1: rounding only."""

SAME = 1e-7
"""Two routes to one outcome may differ by this much."""


def certified(game: SignallingGame) -> Equilibria:
    """Solve, check that every game has a row and every row its certificate."""
    eq = perfect_bayesian(game)
    assert np.unique(eq.game).tolist() == list(range(len(game.flat().prior)))
    for figure in vars(certificate(game, eq)).values():
        assert figure.max() <= EXACT
    return eq


def summed_over_receivers(game: SignallingGame, eq: Equilibria) -> list[list[OnPath]]:
    """On-path outcomes game by game, with the response added up over receiver types as the sender sees it."""
    flat = game.flat()
    seen = np.einsum("ek,ekma->ema", flat.receiver_prior[eq.game], eq.response)[:, np.newaxis]
    rows = on_path(Equilibria(**(vars(eq) | {"response": seen})), flat.prior[eq.game])
    return [[rows[row] for row in np.flatnonzero(eq.game == n)] for n in range(len(flat.prior))]


@pytest.mark.parametrize("stakes", [1.0, 3.0])
@pytest.mark.parametrize("others", [0, 1])
@pytest.mark.parametrize(("signals", "actions"), [(2, 2), (3, 2), (3, 3)])
def test_receiver_types_that_switch_together_play_like_one(
    signals: int, actions: int, others: int, stakes: float
) -> None:
    merged = random_games(100, Shape(signals, actions, 1 + others), seed=0)
    share = np.random.default_rng(1).uniform(0.1, 0.9, size=(100, 1))
    first, rest = merged.receiver_prior[:, :1], merged.receiver_prior[:, 1:]
    split = SignallingGame(
        merged.prior,
        merged.sender,
        np.concatenate([merged.receiver, stakes * merged.receiver[:, :1]], axis=1),
        np.hstack([share * first, rest, (1 - share) * first]),
    )
    found = summed_over_receivers(split, certified(split))
    expected = summed_over_receivers(merged, certified(merged))
    for n in range(100):
        assert mismatches(found[n], expected[n], tolerance=SAME) == []


def supports(strategy: Floats) -> tuple[tuple[int, ...], ...]:
    """Which signals each type sends."""
    return tuple(tuple(np.flatnonzero(own > 0).tolist()) for own in strategy)


def assert_like_the_enumeration(game: SignallingGame) -> None:
    """Check that every family with every choice of signals has a row, and that continua are flagged."""
    eq = certified(game)
    for n in range(len(game.flat().prior)):
        own, cells = eq.take(eq.game == n), brute_force(one(game, n))
        shown = {(family, supports(plays)) for family, plays in zip(own.family.tolist(), own.strategy, strict=True)}
        assert {(cell.family, cell.senders) for cell in cells if cell.family in FAMILIES} <= shown
        assert own.degenerate.all() or not any(cell.continuum for cell in cells)


@pytest.mark.parametrize("signals", [2, 3])
def test_shared_break_points_the_sender_can_tell_apart_lose_no_equilibrium(signals: int) -> None:
    game = random_games(12, Shape(signals, 2, 2, by_receiver=True), seed=0)
    stakes = np.array([1.0, 3.0])[:, np.newaxis, np.newaxis, np.newaxis]
    shared = SignallingGame(game.prior, game.sender, stakes * game.receiver[:, :1], game.receiver_prior)
    assert_like_the_enumeration(shared)


@pytest.mark.parametrize(
    ("shape", "count"),
    [(Shape(2, 2), 20), (Shape(3, 2), 4), (Shape(2, 3), 6), (Shape(2, 2, 2), 4), (Shape(2, 2, 2, True), 5)],
    ids=str,
)
def test_games_in_small_whole_numbers_lose_no_equilibrium(shape: Shape, count: int) -> None:
    assert_like_the_enumeration(tied_games(count, shape, seed=0))


@pytest.mark.parametrize(
    "shape", [Shape(4, 2), Shape(3, 2, 2, True), Shape(2, 3, 2), Shape(3, 3, 1, False, True)], ids=str
)
def test_every_row_of_a_game_in_whole_numbers_is_certified(shape: Shape) -> None:
    eq = certified(tied_games(6, shape, seed=1))
    assert np.abs(eq.strategy.sum(axis=2) - 1).max() <= EXACT


@pytest.mark.parametrize("signals", [1, 2, 3])
def test_equal_payoffs_everywhere_show_all_families_and_say_so(signals: int) -> None:
    game = SignallingGame(np.full((2, 2), 0.5), np.ones((2, 2, signals, 2)), np.ones((2, 2, signals, 2)))
    eq = certified(game)
    assert eq.degenerate.all()
    for n in (0, 1):
        assert set(eq.family[eq.game == n].tolist()) == (set(FAMILIES) if signals > 1 else {"pooling"})


def test_a_prior_at_the_break_point_returns_both_ends_of_the_segment() -> None:
    game = reference_game("deterrence_half")
    # V = 4, k = 1, A = 2: the bluffing type commits while the strike probability is at most (V - k)/(V + A) = 1/2
    edge = SignallingGame([1 / 3, 2 / 3], game.sender, game.receiver, available=game.available)
    eq = certified(edge)
    both_commit = eq.take(np.all(eq.strategy[:, :, 1] == 0, axis=1))
    np.testing.assert_allclose(np.sort(both_commit.response[:, 0, 0, 1]), [0, 0.5], atol=EXACT)
    assert set(both_commit.family.tolist()) == {"pooling"}
    assert both_commit.degenerate.all()
    both_hold = eq.take(np.all(eq.strategy[:, :, 0] == 0, axis=1))
    assert len(both_hold) == 1


def test_so_it_does_when_rounding_puts_the_break_point_beside_the_prior() -> None:
    # Hold is worth 0, and strike as much as makes the receiver indifferent at the prior, but for rounding.
    strikes = {k / 997: (0.3 * (1 - k / 997), -0.3 * (k / 997)) for k in range(1, 997)}
    missed = [p for p, (zero, one) in strikes.items() if zero / (zero - one) != 1 - p]
    assert len(missed) > 10
    for p in missed[:10]:
        receiver = np.array([[[0.0, strike], [0.0, -1.0]] for strike in strikes[p]])
        sender = np.array([[[1.0, 0.0], [0.5, 0.5]]] * 2)
        eq = certified(SignallingGame([p, 1 - p], sender, receiver))
        pooled = eq.strategy[:, :, 0].min(axis=1) == 1
        assert eq.sender_value[pooled].max() == 1, "the best for the sender rests on the tie"
        assert eq.sender_value[pooled].min() == pytest.approx(0.5)


def test_the_belief_after_an_unsent_signal_is_the_middle_of_those_with_the_same_replies() -> None:
    # After the first signal the receiver is indifferent and the sender is not; to the second there is one best reply.
    sender, receiver = np.array([[[1, 0.9], [0, 0]]] * 2), np.array([[[0, 0], [1, 0]]] * 2)
    eq = certified(SignallingGame([0.9, 0.1], sender, receiver))
    assert np.all(eq.strategy[:, :, 0] == 1)
    assert eq.degenerate.all()
    np.testing.assert_array_equal(eq.belief[:, 1], [[0.5, 0.5]] * len(eq))


def test_beer_or_quiche_with_even_odds_has_a_segment_on_each_breakfast() -> None:
    game = reference_game("beer_quiche")
    eq = certified(SignallingGame([0.5, 0.5], game.sender, game.receiver))
    for m in (0, 1):
        rows = eq.take(np.all(eq.strategy[:, :, 1 - m] == 0, axis=1))
        np.testing.assert_allclose(np.sort(rows.response[:, 0, m, 0]), [0, 0.5], atol=EXACT)


@pytest.mark.parametrize("sure", [0, 1])
@pytest.mark.parametrize("shape", [Shape(3, 2, 2, True), Shape(2, 3), Shape(3, 2, 2, False, True)], ids=str)
def test_a_type_known_for_sure_plays_a_one_type_game(shape: Shape, sure: int) -> None:
    base = random_games(200, shape, seed=0)
    prior = np.eye(2)[np.full(200, sure)]
    game = SignallingGame(prior, base.sender, base.receiver, base.receiver_prior, available=base.available)
    eq = certified(game)
    assert eq.game.tolist() == list(range(200))
    flat = game.flat()
    worth = np.where(game.available, flat.receiver[:, :, sure], -np.inf)  # (n, k, m, a)
    answer = np.eye(shape.actions)[worth.argmax(axis=3)]
    payoff = np.einsum("nk,nkma,nktma->ntm", flat.receiver_prior, answer, flat.sender)
    np.testing.assert_array_equal(eq.belief, np.broadcast_to(prior[:, np.newaxis], eq.belief.shape))
    np.testing.assert_array_equal(eq.strategy[:, sure].argmax(axis=1), payoff[:, sure].argmax(axis=1))
    np.testing.assert_allclose(eq.response, answer, atol=EXACT)
    np.testing.assert_allclose(eq.sender_value, payoff.max(axis=2), atol=EXACT)


@pytest.mark.parametrize("rare", [1e-12, 1e-8])
def test_a_type_that_is_very_rare_is_solved_like_any_other(rare: float) -> None:
    base = random_games(500, Shape(3, 2, 2, by_receiver=True), seed=0)
    certified(SignallingGame(np.tile([1 - rare, rare], (500, 1)), base.sender, base.receiver, base.receiver_prior))


@pytest.mark.parametrize("rare", [1e-12, 1e-8])
def test_a_type_that_is_very_rare_is_solved_in_games_with_ties_too(rare: float) -> None:
    base = tied_games(200, Shape(2, 2), seed=3).take([0, 5, 8, 51])  # sender or receiver tied at almost every belief
    certified(SignallingGame(np.tile([1 - rare, rare], (4, 1)), base.sender, base.receiver))


def test_one_sender_type_is_a_game_without_secrets() -> None:
    game = SignallingGame([1.0], [[[1, 0], [2, 5]]], [[[0, 1], [1, 0]]])
    eq = certified(game)
    assert eq.family.tolist() == ["pooling"]
    assert eq.strategy.tolist() == [[[0, 1]]]
    assert eq.belief.tolist() == [[[1], [1]]]
    assert eq.sender_value.tolist() == [[2]]


def test_a_receiver_type_of_probability_zero_changes_no_outcome() -> None:
    game = random_games(100, Shape(3, 2, 2, by_receiver=True), seed=5)
    absent = SignallingGame(game.prior, game.sender, game.receiver, np.broadcast_to([1.0, 0.0], (100, 2)))
    without = SignallingGame(game.prior, game.sender[:, 0], game.receiver[:, :1])
    found = summed_over_receivers(absent, certified(absent))
    expected = summed_over_receivers(without, certified(without))
    for n in range(100):
        assert mismatches(found[n], expected[n], tolerance=SAME) == []


def test_one_signal_or_one_action_leaves_the_obvious() -> None:
    silent = random_games(50, Shape(1, 3, 2), seed=0)
    eq = certified(silent)
    assert eq.game.tolist() == list(range(50))
    assert set(eq.family.tolist()) == {"pooling"}
    np.testing.assert_allclose(eq.belief[:, 0], silent.prior)
    idle = random_games(50, Shape(3, 1, 2), seed=0)
    eq = certified(idle)
    assert eq.game.tolist() == list(range(50))
    np.testing.assert_array_equal(eq.strategy.argmax(axis=2), idle.sender[..., 0].argmax(axis=2))


@pytest.mark.parametrize("batch", [(0,), (3, 0)])
def test_an_empty_batch_has_no_rows(batch: tuple[int, ...]) -> None:
    eq = perfect_bayesian(SignallingGame(np.ones((*batch, 2)), np.ones((*batch, 2, 3, 2)), np.ones((*batch, 2, 3, 2))))
    assert len(eq) == 0
    assert eq.strategy.shape == (0, 2, 3)
    assert eq.response.shape == (0, 1, 3, 2)
    assert eq.family.dtype.kind == "U"


@pytest.mark.parametrize("size", [1e-90, 1e90])
def test_extreme_units_stay_finite(size: float) -> None:
    game = random_games(50, Shape(3, 2), seed=0)
    extreme = SignallingGame(game.prior, size * game.sender, size * game.receiver)
    eq = perfect_bayesian(extreme)
    np.testing.assert_array_equal(eq.game, perfect_bayesian(game).game)
    np.testing.assert_allclose(eq.strategy, perfect_bayesian(game).strategy, atol=SAME)


def test_a_game_whose_ties_rounding_hides_falls_back_on_closed_forms_and_spares_the_batch(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def hidden(game: SignallingGame) -> Equilibria:
        raise ArithmeticError("no equilibrium found")

    game = tied_games(40, Shape(2, 2), seed=3)
    whole = perfect_bayesian(game)
    monkeypatch.setattr("sim.games.closed_form.perfect_bayesian.enumerate_equilibria", hidden)
    found = perfect_bayesian(game)
    proof = certificate(game, found)
    assert np.array_equal(np.unique(found.game), np.arange(40))
    assert max(proof.sender_gain.max(), proof.receiver_gain.max(), proof.bayes_error.max()) <= 1e-9
    assert len(found) < len(whole)
    assert np.array_equal(np.unique(found.game[found.degenerate]), np.unique(whole.game[whole.degenerate]))
