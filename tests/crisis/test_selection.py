"""Is the row that a rule names the row that is picked, game by game? Against loops over hand-made rows.

Deliberate breaks that turned these red: weighing the two types' payoffs equally instead of by the prior; the ends of a
range swapped where a row is not admitted; no row left where none passes; a tolerance that is not relative.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.crisis.play import RULES
from sim.crisis.selection import per_game_mean, per_game_range, selection_weights, survivors, weights_among
from sim.games.equilibria import Equilibria
from sim.games.game import Floats, SignallingGame


def select(rows: Equilibria, game: SignallingGame, rule: str = "sender_best", **given: Floats) -> NDArray[np.intp]:
    """Return the rows that have all the weight."""
    return np.flatnonzero(selection_weights(rows, game, rule, **given) == 1)  # type: ignore[arg-type]


def rows_with(games: list[int], value: Floats) -> Equilibria:
    """Make rows that differ in the sender's payoffs only."""
    count = len(games)
    return Equilibria(
        game=np.array(games, dtype=np.intp),
        family=np.full(count, "pooling"),
        strategy=np.ones((count, 2, 1)),
        belief=np.full((count, 1, 2), 0.5),
        response=np.ones((count, 1, 1, 1)),
        sender_value=value,
        degenerate=np.zeros(count, dtype=bool),
    )


def games_with(resolute: Floats) -> SignallingGame:
    cells = np.zeros((len(resolute), 2, 1, 1))
    return SignallingGame(np.stack([1 - resolute, resolute], axis=1), cells, cells)


def test_the_prior_decides_which_type_counts() -> None:
    # Rows pay (2, 0) and (0, 1): 2 (1 - p) against p, equal at p = 2/3.
    game = games_with(np.array([0.6, 0.7]))
    rows = rows_with([0, 0, 1, 1], np.array([[2.0, 0], [0, 1], [2, 0], [0, 1]]))
    assert select(rows, game).tolist() == [0, 3]


def test_among_tied_rows_the_first_is_played_though_rounding_separates_them() -> None:
    rows = rows_with([0, 0, 0], np.array([[-9.0, -9.0], [0.3, 0.3], [0.1 + 0.2, 0.1 + 0.2]]))
    assert select(rows, games_with(np.array([0.5]))).tolist() == [1]


@pytest.mark.parametrize("unit", [1e-15, 1.0, 1e15])
def test_what_counts_as_tied_is_judged_beside_the_size_of_the_payoffs(unit: float) -> None:
    rows = rows_with([0, 0, 1, 1], unit * np.array([[1.0, 1.0], [1 + 1e-12, 1 + 1e-12], [1.0, 1.0], [1.1, 1.1]]))
    assert select(rows, games_with(np.array([0.5, 0.5]))).tolist() == [0, 3]


def test_a_refinement_admits_what_passes_and_all_where_nothing_does() -> None:
    rows = replace(rows_with([0, 0, 1, 1], np.zeros((4, 2))), d1=np.array([False, True, False, False]))
    admitted, none_left = survivors(rows, "d1", 2)
    assert admitted.tolist() == [False, True, True, True]
    assert none_left.tolist() == [False, True]
    assert [flags.tolist() for flags in survivors(rows, "none", 2)] == [[True] * 4, [False] * 2]


def test_ranges_run_over_what_is_admitted() -> None:
    rows, values = rows_with([0, 0, 0, 1], np.zeros((4, 2))), np.array([3.0, 1.0, 2.0, 5.0])
    admitted = np.array([True, False, True, True])
    assert [ends.tolist() for ends in per_game_range(rows, values, 2, admitted=admitted)] == [[2.0, 5.0], [3.0, 5.0]]


@given(seed=st.integers(0, 2**32 - 1), unit=st.floats(1e-6, 1e6))
def test_selection_and_range_equal_a_loop_and_keep_with_the_unit(seed: int, unit: float) -> None:
    rng = np.random.default_rng(seed)
    games = [n for n in range(7) for _ in range(rng.integers(1, 5))]
    value, resolute = rng.normal(size=(len(games), 2)), rng.uniform(size=7)
    best, low, high = [], [], []
    score = [
        (1 - resolute[n]) * bluffing + resolute[n] * firm for n, (bluffing, firm) in zip(games, value, strict=True)
    ]
    for n in range(7):
        own = [e for e, game in enumerate(games) if game == n]
        best.append(max(own, key=lambda e: score[e]))
        low.append(min(score[e] for e in own))
        high.append(max(score[e] for e in own))
    rows = rows_with(games, value)
    assert select(rows, games_with(resolute)).tolist() == best
    assert select(rows_with(games, unit * value), games_with(resolute)).tolist() == best
    smallest, largest = per_game_range(rows, np.array(score), 7)
    assert smallest.tolist() == low
    assert largest.tolist() == high


def test_a_game_without_rows_is_named() -> None:
    rows = rows_with([0, 2], np.zeros((2, 2)))
    with pytest.raises(ValueError, match="equilibria must have a row for every game; game 1 has none"):
        select(rows, games_with(np.full(3, 0.5)))
    with pytest.raises(ValueError, match="game 3 has none"):
        per_game_range(rows_with([0, 1, 2], np.zeros((3, 2))), np.zeros(3), 4)


def test_rows_of_other_games_or_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="equilibria must belong to the 1 games; game has index 1"):
        per_game_range(rows_with([0, 1], np.zeros((2, 2))), np.zeros(2), 1)
    with pytest.raises(ValueError, match="equilibria must be sorted by game"):
        per_game_range(rows_with([1, 0], np.zeros((2, 2))), np.zeros(2), 2)


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(
        ValueError, match="rule must be one of sender_best, least_escalatory, most_escalatory, uniform; it is 'best'"
    ):
        select(rows_with([0], np.zeros((1, 2))), games_with(np.array([0.5])), rule="best")


def test_the_rules_by_escalation_pick_the_ends_and_uniform_weighs_all_alike() -> None:
    rows, game = rows_with([0, 0, 0, 1], np.zeros((4, 2))), games_with(np.full(2, 0.5))
    escalation = np.array([0.3, 0.1, 0.9, 0.5])
    assert select(rows, game, "least_escalatory", escalation=escalation).tolist() == [1, 3]
    assert select(rows, game, "most_escalatory", escalation=escalation).tolist() == [2, 3]
    assert selection_weights(rows, game, "uniform").tolist() == [1 / 3, 1 / 3, 1 / 3, 1]


def test_only_admitted_rows_are_weighed() -> None:
    rows, game = rows_with([0, 0, 0], np.array([[3.0, 3], [2, 2], [1, 1]])), games_with(np.array([0.5]))
    admitted = np.array([False, True, True])
    assert select(rows, game, admitted=admitted).tolist() == [1]
    assert selection_weights(rows, game, "uniform", admitted=admitted).tolist() == [0, 0.5, 0.5]
    with pytest.raises(ValueError, match="admitted must leave an equilibrium in every game"):
        selection_weights(rows, game, admitted=np.zeros(3, dtype=bool))


@pytest.mark.parametrize("rule", RULES)
def test_weights_among_several_sets_are_those_of_each_alone(rule: str) -> None:
    rng = np.random.default_rng(1)
    games = [n for n in range(40) for _ in range(rng.integers(1, 5))]
    rows, game, rung = (
        rows_with(games, rng.normal(size=(len(games), 2))),
        games_with(rng.random(40)),
        rng.random(len(games)),
    )
    sets = [survivors(replace(rows, d1=rng.random(len(games)) < share), "d1", 40)[0] for share in (0.3, 0.7, 1.0)]
    together = weights_among(sets, rows, game, rule, escalation=rung, frequency=None)
    for left, weights in zip(sets, together, strict=True):
        alone = selection_weights(rows, game, rule, admitted=left, escalation=rung)
        np.testing.assert_array_equal(weights, alone)
        assert np.all(left[weights > 0])
    assert np.any(together[0] != together[2])


def test_a_rule_by_escalation_needs_the_escalation() -> None:
    with pytest.raises(ValueError, match="escalation must be given for the rule least_escalatory"):
        selection_weights(rows_with([0], np.zeros((1, 2))), games_with(np.array([0.5])), "least_escalatory")


def test_means_weigh_the_rows_of_a_game() -> None:
    rows = rows_with([0, 0, 1], np.zeros((3, 2)))
    values = np.array([[1.0, 3, 5], [2, 4, 6]])
    assert per_game_mean(rows, values, np.array([0.25, 0.75, 1])).tolist() == [[2.5, 5], [3.5, 6]]


def test_a_payoff_higher_by_a_millionth_is_no_tie() -> None:
    rows = rows_with([0, 0], np.array([[1.0, 1.0], [1.000001, 1.000001]]))
    assert select(rows, games_with(np.array([0.5]))).tolist() == [1]
