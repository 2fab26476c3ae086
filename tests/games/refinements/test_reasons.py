"""Does each reason show why a refinement fails, and are the supporting beliefs all that deter? Checked from payoffs.

Deliberate breaks that turned these red: only pure responses counted as deterring; the most tempting answer shown.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_games import SHAPES, Shape, random_games, tied_games
from reference_games import reference_game
from refined import refine
from refinement_by_definition import Signal, signal_of

from sim.games.closed_form.perfect_bayesian import perfect_bayesian
from sim.games.equilibria import Equilibria
from sim.games.game import Floats, SignallingGame
from sim.games.refinements.reasons import Reason, explain, supporting_beliefs
from sim.games.refinements.refinement import Refinements

SMALL = [shape for shape in SHAPES if shape.signals <= 3 and shape.receiver_types <= 2]
EXACT = 1e-9


def failed(found: Refinements, row: int) -> set[str]:
    """Names of the refinements that a row fails."""
    return {name for name, verdict in vars(found).items() if not verdict[row]}


@pytest.mark.parametrize("shape", SMALL, ids=str)
def test_every_failure_has_a_reason_that_the_payoffs_bear_out(shape: Shape) -> None:
    game = random_games(30, shape, seed=0)
    assert_reasons_hold(game)


def test_reasons_hold_in_games_with_ties() -> None:
    assert_reasons_hold(tied_games(12, Shape(3, 2), seed=0))


def test_of_several_answers_that_tempt_the_reason_shows_the_mildest() -> None:
    """Beer-quiche in which a receiver sure of the strong type is indifferent between two answers, worth 3 and 2.5."""
    sender = np.array([[[0, 2, 2], [1, 3, 3]], [[1, 3, 2.5], [0, 2, 2]]])  # weak, strong; beer, quiche
    receiver = np.array([[[1, 0, -1]] * 2, [[0, 1, 1]] * 2])
    game = SignallingGame([0.1, 0.9], sender, receiver)
    eq = perfect_bayesian(game)
    row = int(np.flatnonzero(eq.strategy[:, :, 1].all(axis=1))[0])
    reasons = {reason.refinement: reason for reason in explain(game, eq, row)}
    assert reasons["intuitive"].gain == pytest.approx(0.5)
    assert reasons["intuitive"].response.tolist() == [[0, 0, 1]]


def assert_reasons_hold(game: SignallingGame) -> None:
    eq = perfect_bayesian(game)
    found = refine(game, eq)
    for row in range(len(eq)):
        reasons = explain(game, eq, row)
        assert {reason.refinement for reason in reasons} == failed(found, row)
        for reason in reasons:
            assert eq.strategy[row, :, reason.signal].max() == 0
            assert reason.gain > EXACT
            if np.isnan(reason.beliefs).any():
                assert_rivals_contradict(eq, row, reason)
            else:
                assert_response_is_allowed(game.take([eq.game[row]]), eq.sender_value[row], reason)


def assert_rivals_contradict(eq: Equilibria, row: int, reason: Reason) -> None:
    """Without a belief left there are two rivals or more, and the type gains in the first."""
    first, *others = reason.rivals
    assert others
    assert eq.strategy[first, reason.type, reason.signal] > 0
    rise = eq.sender_value[first, reason.type] - eq.sender_value[row, reason.type]
    assert reason.gain == pytest.approx(rise)
    np.testing.assert_array_equal(reason.response, eq.response[first, :, reason.signal])


def assert_response_is_allowed(alone: SignallingGame, value: Floats, reason: Reason) -> None:
    """Check that the response is best at a belief that is left, and earns the type so much more."""
    low, high = reason.beliefs
    assert reason.refinement == "undefeated" or (low, high) == (reason.type, reason.type)
    signal = signal_of(alone, reason.signal)
    actions = np.flatnonzero(reason.response.ravel())
    assert any(low - EXACT <= b <= high + EXACT and best[actions].all() for b, best in signal.best.items())
    payoff = signal.payoff[reason.type, actions].sum()
    assert reason.gain == pytest.approx(payoff - value[reason.type], abs=EXACT)
    assert (reason.rivals != ()) == (reason.refinement == "undefeated")


def test_the_bluffing_type_is_struck_out_when_both_hold_back() -> None:
    game = reference_game("deterrence_half")  # type 1 bluffs
    eq = perfect_bayesian(game)
    d1, undefeated = explain(game, eq, 1)
    assert (d1.refinement, d1.signal, d1.beliefs, d1.type, d1.gain) == ("d1", 0, (0.0, 0.0), 0, 3.0)
    assert (undefeated.refinement, undefeated.signal, undefeated.beliefs) == ("undefeated", 0, (0.5, 0.5))
    assert undefeated.rivals == (0,)
    assert undefeated.response.tolist() == [[1.0, 0.0]]


@pytest.mark.parametrize("shape", SMALL, ids=str)
def test_supporting_beliefs_are_those_with_a_response_that_deters(shape: Shape) -> None:
    assert_supports_are_complete(random_games(12, shape, seed=1))


def test_supporting_beliefs_are_complete_in_games_with_ties() -> None:
    assert_supports_are_complete(tied_games(8, Shape(2, 3), seed=1))


def assert_supports_are_complete(game: SignallingGame) -> None:
    eq = perfect_bayesian(game)
    for row in range(len(eq)):
        alone = game.take([eq.game[row]])
        for m in np.flatnonzero(eq.strategy[row].max(axis=0) == 0).tolist():
            spans = supporting_beliefs(game, eq, row, signal=m)
            assert spans == sorted(spans)
            assert all(before[1] < after[0] for before, after in pairwise(spans))
            assert inside(float(eq.belief[row, m, 1]), spans)
            assert_same_beliefs(signal_of(alone, m), eq.sender_value[row], spans)


def inside(belief: float, spans: list[tuple[float, float]]) -> bool:
    """Whether a belief lies in one of the intervals, up to rounding."""
    return any(low - EXACT <= belief <= high + EXACT for low, high in spans)


def assert_same_beliefs(signal: Signal, value: Floats, spans: list[tuple[float, float]]) -> None:
    """Compare intervals with the definition on its grid, which has every indifference point."""
    for belief in signal.best:
        assert inside(belief, spans) == signal.feasible(belief, np.ones(2), value), belief


def test_the_deterring_beliefs_of_reference_games_are_known() -> None:
    # Computed: beer-quiche from belief 1/2, the core deterrence game up to P(resolute) = G / (G + L) = 1/3.
    known = {"beer_quiche": (0, 1, 0.5), "deterrence_half": (1, 0, 2 / 3), "watson_29_1": (0, 0, 0.6)}
    for name, (row, signal, low) in known.items():
        game = reference_game(name)
        spans = supporting_beliefs(game, perfect_bayesian(game), row, signal=signal)
        assert spans == [pytest.approx((low, 1.0))]


def test_beliefs_can_support_an_equilibrium_in_two_separate_intervals() -> None:
    nothing = [0.0, 0.0, 0.0]
    receiver = [[nothing, [0.3, 0, -0.7]], [nothing, [-0.7, 0, 0.3]]]
    sender = [[nothing, [-1.0, 1, -1]], [nothing, [-1.0, 1, -1]]]
    only_one = [[True, False, False], [True, True, True]]
    game = SignallingGame([0.9, 0.1], sender, receiver, available=only_one)
    spans = supporting_beliefs(game, perfect_bayesian(game), 0, signal=1)
    assert spans == [pytest.approx((0.0, 0.3)), pytest.approx((0.7, 1.0))]


def test_the_one_belief_that_supports_an_equilibrium_can_be_that_of_a_threefold_tie() -> None:
    # All three actions tie at belief 1/2; only the first and the last, mixed, deter both types.
    nothing = [0.0, 0.0, 0.0]
    receiver = [[nothing, [1.0, 0, -1]], [nothing, [-1.0, 0, 1]]]
    sender = [[nothing, [1.0, 3, -2]], [nothing, [-2.0, 3, 1]]]
    only_one = [[True, False, False], [True, True, True]]
    game = SignallingGame([0.7, 0.3], sender, receiver, available=only_one)
    eq = perfect_bayesian(game)
    pools = np.flatnonzero(eq.strategy[:, :, 0].min(axis=1) == 1)
    assert [supporting_beliefs(game, eq, int(row), signal=1) for row in pools] == [[(0.5, 0.5)]]


@pytest.mark.parametrize(("prior", "belief"), [([1, 0], 0.0), ([0, 1], 1.0)])
def test_a_known_type_leaves_its_own_belief_and_no_reasons(prior: list[int], belief: float) -> None:
    game = random_games(1, Shape(3, 2), seed=0)
    known = SignallingGame([prior], game.sender, game.receiver)
    eq = perfect_bayesian(known)
    unsent = int(np.flatnonzero(eq.strategy[0, prior.index(1)] == 0)[0])
    assert supporting_beliefs(known, eq, 0, signal=unsent) == [(belief, belief)]
    assert explain(known, eq, 0) == []


def test_a_signal_that_is_sent_has_no_supporting_beliefs() -> None:
    game = reference_game("beer_quiche")
    eq = perfect_bayesian(game)
    with pytest.raises(ValueError, match=r"one that nobody sends; in row 0 signal 0 is sent"):
        supporting_beliefs(game, eq, 0, signal=0)
    with pytest.raises(ValueError, match=r"signal must lie in \[0, 2\); it is 2"):
        supporting_beliefs(game, eq, 0, signal=2)


@pytest.mark.parametrize("row", [-1, 2])
def test_a_row_that_is_not_there_is_refused(row: int) -> None:
    game = reference_game("beer_quiche")
    eq = perfect_bayesian(game)
    with pytest.raises(ValueError, match=rf"row must lie in \[0, 2\); it is {row}"):
        explain(game, eq, row)
    with pytest.raises(ValueError, match=rf"row must lie in \[0, 2\); it is {row}"):
        supporting_beliefs(game, eq, row, signal=1)


@given(st.integers(0, 10_000), st.floats(1e-6, 1e6), st.permutations([0, 1, 2]))
def test_scaled_payoffs_and_signals_in_another_order_have_the_same_reasons(
    seed: int, factor: float, order: list[int]
) -> None:
    game = random_games(1, Shape(3, 2, 2), seed=seed)
    eq = perfect_bayesian(game)
    sender, receiver = (factor * array[..., order, :] for array in (game.sender, game.receiver))
    changed = SignallingGame(game.prior, sender, receiver, game.receiver_prior)
    same = replace(
        eq,
        strategy=eq.strategy[:, :, order],
        belief=eq.belief[:, order],
        response=eq.response[:, :, order],
        sender_value=factor * eq.sender_value,
    )
    for row in range(len(eq)):
        before, after = explain(game, eq, row), explain(changed, same, row)
        moved = {(reason.refinement, order[reason.signal]): reason for reason in after}
        assert set(moved) == {(reason.refinement, reason.signal) for reason in before}
        for reason in before:
            other = moved[reason.refinement, reason.signal]
            assert (other.type, other.rivals) == (reason.type, reason.rivals)
            assert other.beliefs == pytest.approx(reason.beliefs, abs=1e-9, nan_ok=True)
            assert other.gain == pytest.approx(factor * reason.gain, rel=1e-6)
        for m, signal in enumerate(order):
            if eq.strategy[row, :, signal].max() == 0:
                expected = supporting_beliefs(game, eq, row, signal=signal)
                found = supporting_beliefs(changed, same, row, signal=m)
                assert np.array(found) == pytest.approx(np.array(expected), abs=1e-9)
