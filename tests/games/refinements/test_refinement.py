"""Are the verdicts of the refinements right? Known answers, closed forms, theorems, and the definitions themselves.

Deliberate breaks that turned these red: D1 without the mixtures between pure responses; `tempted` for `tempted[::-1]`
in `struck_out`; the belief 1 instead of the prior where both types gain in a rival equilibrium; a tolerance a thousand
times as large in games with ties.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from random_games import SHAPES, Shape, one, random_games, rescaled, stack, tied_games
from reference_games import REFERENCE_GAMES, reference_game
from refined import refine
from refinement_by_definition import verdicts

from sim.games.closed_form.perfect_bayesian import perfect_bayesian
from sim.games.equilibria import Equilibria
from sim.games.game import SignallingGame
from sim.games.refinements.reasons import explain
from sim.games.refinements.refinement import Refinements

Values = tuple[float, ...]

PER_SHAPE = 1667
"""Games of each of the 60 shapes: 100,020 in all."""

COMPARED = [shape for shape in SHAPES if shape.signals <= 3 and shape.receiver_types <= 2]
"""2-3 signals, 2-3 actions, 1-2 receiver types: 24 shapes, 21 games of each."""

EVERY = (True, True, True)

# Verdicts in the order intuitive, D1, undefeated, by the sender types' payoffs. Published: beer-quiche by the intuitive
# criterion (Cho and Kreps 1987). Brandts-Holt 3 and Banks-Camerer-Porter 3 by it: the design their papers describe.
# All others computed, in exact rationals; None was not.
KNOWN: dict[str, dict[Values, tuple[bool, bool, bool | None]]] = {
    "beer_quiche": {(3, 2): EVERY, (2, 3): (False, False, True)},
    "beer_quiche_weak_likely": {(2, 1): EVERY},
    "deterrence_quarter": {(1, 0): EVERY, (0, 0): (True, False, True)},
    "deterrence_half": {(3, 3): EVERY, (0, 0): (True, False, False)},
    "brandts_holt_1": {(45, 30): EVERY},
    "brandts_holt_2": {(60, 45): EVERY},
    "brandts_holt_3": {(45, 30): EVERY, (30, 45): (False, False, True)},
    "banks_camerer_porter_2": {(3, 2): (True, True, None)},
    "banks_camerer_porter_3": {(2, 3): (True, True, None), (3, 2): (False, False, None)},
    "watson_29_1": {(6, 4): EVERY, (4, 4): (False, False, False)},
    "spence": {
        (1, 1.6): EVERY,
        (1.5, 1.5): (False, False, False),
        (1, 1.4): (False, False, False),
        (1.4, 1.4): (False, False, False),
        (1, 1.5): (False, False, False),
    },
    "private_receivers": {(0, 0): (True, True, None)},
}


def judged(game: SignallingGame) -> tuple[Equilibria, Refinements]:
    """Solve and refine."""
    eq = perfect_bayesian(game)
    return eq, refine(game, eq)


def table(found: Refinements) -> NDArray[np.bool_]:
    """Lay the verdicts out as (3, e)."""
    return np.stack([found.intuitive, found.d1, found.undefeated])


def survivors(eq: Equilibria, verdict: NDArray[np.bool_], count: int) -> NDArray[np.intp]:
    """Count the rows of each game that survive."""
    return np.bincount(eq.game[verdict], minlength=count)


@pytest.mark.parametrize("name", REFERENCE_GAMES)
def test_reference_games_have_the_known_verdicts(name: str) -> None:
    eq, found = judged(reference_game(name))
    rows = {tuple(value): row for value, row in zip(eq.sender_value.round(9).tolist(), table(found).T, strict=True)}
    assert rows.keys() == KNOWN[name].keys()
    for value, known in KNOWN[name].items():
        assert [answer in (verdict, None) for answer, verdict in zip(known, rows[value].tolist(), strict=True)] == [
            True
        ] * 3


def test_holding_back_passes_the_intuitive_criterion_fails_d1_and_is_undefeated_below_the_cut_off() -> None:
    # Commit or hold back: worth V - k if not struck, w - k or -A - k if struck; strike iff P(resolute) < G / (G + L).
    rng = np.random.default_rng(0)
    sent, struck, folded, gain, loss = rng.uniform([[1], [-5], [-5], [1], [1]], [[3], [0], [0], [2], [2]], (5, 200))
    folded = struck - rng.uniform(0.1, 1, 200) * np.abs(folded)  # the bluffing type loses more from a strike
    resolute, zero = rng.uniform(0.05, 0.95, 200), np.zeros(200)
    sender = np.array([[[sent, folded], [zero, zero]], [[sent, struck], [zero, zero]]])
    receiver = np.array([[[zero, gain], [zero, zero]], [[zero, -loss], [zero, zero]]])
    game = SignallingGame(
        np.column_stack([1 - resolute, resolute]),
        np.moveaxis(sender, -1, 0),
        np.moveaxis(receiver, -1, 0),
        available=[[True, True], [True, False]],
    )
    eq, found = judged(game)
    holds = np.flatnonzero(eq.strategy[:, 0, 1] * eq.strategy[:, 1, 1] == 1)
    below = resolute < gain / (gain + loss)
    assert eq.game[holds].tolist() == list(range(200))
    assert found.intuitive[holds].all()
    assert not found.d1[holds].any()
    assert found.undefeated[holds].tolist() == below.tolist()
    assert set(below.tolist()) == {True, False}


def test_d1_compares_tolerated_risks_where_both_types_fear_the_same_of_two_actions() -> None:
    game = random_games(20_000, Shape(2, 2), seed=0)
    eq, found = judged(game)
    pools = np.flatnonzero(eq.family == "pooling")
    unsent = 1 - eq.strategy[pools, 0].argmax(axis=1)
    games = eq.game[pools]
    payoff, answer = game.sender[games, :, unsent], game.receiver[games, 0, :, unsent].argmax(axis=-1)  # (r, t, a)
    better = payoff.argmax(axis=-1)
    usable = (better[:, 0] == better[:, 1]) & (answer[:, 0] != answer[:, 1])
    most, least, value = payoff.max(axis=-1), payoff.min(axis=-1), eq.sender_value[pools]
    risk = (most - value) / (most - least)
    fails = np.zeros(len(pools), dtype=bool)
    for t in (0, 1):
        pruned = (risk[:, t] < risk[:, 1 - t]) & (risk[:, 1 - t] > 0)
        certain = np.take_along_axis(payoff[:, 1 - t], answer[:, [1 - t]], axis=1)[:, 0]
        fails |= pruned & (certain > value[:, 1 - t])
    assert fails[usable].sum() > 100
    np.testing.assert_array_equal(found.d1[pools][usable], ~fails[usable])


def test_receiver_types_share_one_belief() -> None:
    # Were their responses independent, D1 would strike out neither type; along one path it strikes out the resolute.
    game = reference_game("private_receivers")
    assert table(judged(game)[1]).all()
    reverse = SignallingGame(game.prior, game.sender, game.receiver[::-1], game.receiver_prior)
    for other in (game, reverse):
        rows = perfect_bayesian(other)
        expected = [[row.intuitive, row.d1, row.undefeated] for row in verdicts(other, rows)]
        assert table(refine(other, rows)).T.tolist() == expected


def test_other_equilibria_restrict_one_belief_jointly() -> None:
    # Five actions best in turn as the belief passes 0.2, 0.4, 0.6, 0.8. One rival leaves beliefs up to 1/2, another
    # from 1/2; each of these ranges deters somewhere, but at 1/2, which both leave, type 0 is tempted.
    nothing = [0.0] * 5
    sender = [[nothing, [-1.0, 2, 2, -1, -2]], [nothing, [-2.0, 2, -2, 4, -2]]]
    receiver = [[nothing, [0.6, 0.4, 0, -0.6, -1.4]], [nothing, [-1.4, -0.6, 0, 0.4, 0.6]]]
    game = SignallingGame([0.5, 0.5], sender, receiver, available=[[True] + [False] * 4, [True] * 5])
    eq, found = judged(game)
    assert eq.family.tolist() == ["pooling", *["semi_separating"] * 3]
    assert found.undefeated.tolist() == [False, True, True, True]
    for rivals in ([0, 1], [0, 2, 3]):
        assert refine(game, eq.take(np.array(rivals))).undefeated[0]


@pytest.mark.parametrize("shape", COMPARED, ids=str)
def test_verdicts_are_those_of_the_definitions(shape: Shape) -> None:
    game = random_games(21, shape, seed=COMPARED.index(shape))
    assert_verdicts_follow_the_definitions(game)


@pytest.mark.parametrize("shape", [Shape(2, 2), Shape(3, 2), Shape(2, 3), Shape(2, 2, 2, True)], ids=str)
def test_verdicts_are_those_of_the_definitions_in_games_with_ties(shape: Shape) -> None:
    assert_verdicts_follow_the_definitions(tied_games(12, shape, seed=0))


def assert_verdicts_follow_the_definitions(game: SignallingGame) -> None:
    eq, found = judged(game)
    for n in range(len(game.prior)):
        rows = np.flatnonzero(eq.game == n)
        expected = [[row.intuitive, row.d1, row.undefeated] for row in verdicts(game.take([n]), eq.take(rows))]
        assert table(found)[:, rows].T.tolist() == expected, f"game {n}"


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_d1_survivors_are_intuitive_and_every_generic_game_has_one(shape: Shape) -> None:
    game = random_games(PER_SHAPE, shape, seed=SHAPES.index(shape))
    eq, found = judged(game)
    assert np.all(found.intuitive | ~found.d1)
    assert survivors(eq, found.d1, PER_SHAPE).min() >= 1
    assert 0 < found.d1.sum() < found.intuitive.sum() < len(eq)


ORDERS = st.tuples(
    st.permutations(range(3)), st.permutations(range(3)), st.permutations(range(2)), st.permutations(range(2))
)


@given(orders=ORDERS, seed=st.integers(0, 100))
def test_new_names_for_signals_actions_and_types_change_nothing(orders: tuple[list[int], ...], seed: int) -> None:
    m, a, t, k = (np.array(order) for order in orders)
    game = random_games(10, Shape(3, 3, 2, by_receiver=True), seed=seed)
    index = np.ix_(np.arange(10), k, t, m, a)
    renamed = SignallingGame(game.prior[:, t], game.sender[index], game.receiver[index], game.receiver_prior[:, k])
    assert by_value(renamed, order=np.argsort(t)) == by_value(game)


def by_value(game: SignallingGame, order: NDArray[np.intp] | slice = slice(None)) -> list[tuple[object, ...]]:
    """Sort the rows by game and payoffs, beside their verdicts."""
    eq, found = judged(game)
    values = eq.sender_value[:, order].round(6).tolist()
    return sorted(zip(eq.game.tolist(), map(tuple, values), map(tuple, table(found).T.tolist()), strict=True))


@pytest.mark.parametrize("size", [1e-6, 1e-3, 1.0, 1e3, 1e6])
def test_units_of_either_player_change_nothing(size: float) -> None:
    game = random_games(500, Shape(3, 2, 2, by_receiver=True), seed=0)
    wide = np.array([size, 3 * size])[:, np.newaxis, np.newaxis]
    scaled = rescaled(game, sender=(5 * wide, wide), receiver=(-wide, np.array(size)))
    np.testing.assert_array_equal(table(judged(scaled)[1]), table(judged(game)[1]))


def test_a_game_has_the_same_verdicts_alone_and_among_others() -> None:
    game = stack(random_games(20, Shape(2, 3), seed=3), tied_games(8, Shape(2, 3), seed=3))
    eq, found = judged(game)
    for n in range(28):
        alone = judged(one(game, n))[1]
        np.testing.assert_array_equal(table(alone), table(found)[:, eq.game == n])


@pytest.mark.parametrize(("signals", "actions", "types"), [(1, 2, 2), (3, 2, 1)])
def test_nothing_is_refuted_with_one_signal_or_one_type(signals: int, actions: int, types: int) -> None:
    rng = np.random.default_rng(0)
    sender, receiver = rng.normal(size=(2, 50, types, signals, actions))
    eq, found = judged(SignallingGame(np.full((50, types), 1 / types), sender, receiver))
    assert table(found).shape == (3, len(eq))
    assert table(found).all()


def test_one_action_leaves_every_equilibrium_alone() -> None:
    rng = np.random.default_rng(0)
    sender = rng.normal(size=(50, 2, 3, 1))
    assert table(judged(SignallingGame(np.full((50, 2), 0.5), sender, np.zeros((50, 2, 3, 1))))[1]).all()


def test_a_known_type_is_not_refuted_beside_games_that_are() -> None:
    game = stack(reference_game("beer_quiche"), reference_game("beer_quiche"))
    known = SignallingGame([[0.0, 1.0], [0.9, 0.1]], game.sender, game.receiver)
    eq, found = judged(known)
    assert table(found)[:, eq.game == 0].all()
    assert found.intuitive[eq.game == 1].tolist() == [True, False]


@pytest.mark.parametrize("prior", [[1 - 1e-12], [0.0, 1 - 1e-12]])
def test_a_type_is_known_also_if_its_probability_misses_one_by_rounding(prior: list[float]) -> None:
    sender, receiver = np.random.default_rng(0).normal(size=(2, len(prior), 2, 2))
    game = SignallingGame(prior, sender, receiver)
    eq, found = judged(game)
    assert table(found).all()
    assert [explain(game, eq, row) for row in range(len(eq))] == [[]] * len(eq)


def test_a_small_gain_counts_in_a_game_with_ties_too() -> None:
    """Beer-quiche in which the strong type would gain a hundred-thousandth, with an answer that stands there twice."""
    sender = np.array([[[0, 2, 2], [1, 3, 3]], [[1, 2.00003, 2.00003], [0, 2, 2]]])  # weak, strong; beer, quiche
    receiver = np.array([[[1, 0, 0], [1, 0, 0]], [[0, 1, 1], [0, 1, 1]]])
    eq, found = judged(SignallingGame([0.1, 0.9], sender, receiver))
    both_quiche = eq.strategy[:, :, 1].all(axis=1)
    assert eq.degenerate.all()
    assert both_quiche.any()
    assert not found.intuitive[both_quiche].any()
    assert not found.d1[both_quiche].any()


def test_no_rows_have_no_verdicts() -> None:
    game = random_games(3, Shape(2, 2), seed=0)
    nothing = perfect_bayesian(game).take(np.zeros(0, dtype=np.intp))
    assert table(refine(game, nothing)).shape == (3, 0)


@given(numbers=st.lists(st.integers(-2, 2), min_size=16, max_size=16), prior=st.integers(0, 4))
def test_small_games_with_ties_get_verdicts_that_agree_with_the_definitions(numbers: list[int], prior: int) -> None:
    sender, receiver = np.array(numbers, dtype=np.float64).reshape(2, 2, 2, 2)
    game = SignallingGame([prior / 4, 1 - prior / 4], sender, receiver)
    eq, found = judged(game)
    assert np.all(found.intuitive | ~found.d1)
    if 0 < prior < 4:
        expected = [[row.intuitive, row.d1, row.undefeated] for row in verdicts(game, eq)]
        assert table(found).T.tolist() == expected
