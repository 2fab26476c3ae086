"""Are continua described as what they are: all of them, none twice, each number's range exact and attained?

Deliberate breaks that turned these red: taking a plan for a part of another by the ranges of its numbers alone, or
without any one of the three exact conditions; not joining neighbouring cells with the same best replies; the belief as
the ratio without the prior; keeping the replies of one belief after a signal nobody sends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from brute_force import Outcome, brute_force
from hypothesis import given, settings
from hypothesis import strategies as st
from random_games import Shape, one, random_games, tied_games
from reference_games import reference_game
from textbook_games import TEXTBOOK

from sim.games.certificate import certificate
from sim.games.closed_form.perfect_bayesian import perfect_bayesian
from sim.games.equilibria import FAMILIES, Equilibria
from sim.games.game import Floats, SignallingGame
from sim.games.ties.continua import Continuum, continua
from sim.games.ties.plan_sets import Piece, lies_in, pieces
from sim.games.ties.plans import sender_payoffs
from sim.games.ties.polytope import least

EXACT = 1e-9
"""Rounding, in numbers of size about 1."""

SAME = 1e-6
"""Two routes to one number may differ by this much: the width at which numbers count as fixed, ten times over."""

TIED = [(Shape(2, 2), 12), (Shape(2, 3), 3), (Shape(3, 2), 1), (Shape(2, 2, 2, True), 3)]
"""Games in whole numbers that the independent enumeration can do quickly."""


def ranges(found: Continuum, name: str) -> list[tuple[tuple[int, ...], Fraction, Fraction]]:
    """List what varies under one name, as fractions of small numbers."""
    return [
        (index, Fraction(low).limit_denominator(1000), Fraction(high).limit_denominator(1000))
        for kind, index, low, high in found.varies
        if kind == name
    ]


def spence(high_cost: float) -> SignallingGame:
    """Spence's education, four levels: productivity 1 or 2, wages 1, 3/2, 2, unit costs 7/10 and `high_cost`."""
    wages = np.array([1, 1.5, 2])
    cost = np.array([0.7, high_cost])[:, None, None]
    sender = wages - cost * np.arange(4)[:, None]
    receiver = -((wages - np.array([1.0, 2.0])[:, None, None]) ** 2)
    return SignallingGame([0.5, 0.5], sender, np.broadcast_to(receiver, (2, 4, 3)))


def test_education_with_a_tie_has_the_one_parameter_family_of_the_exact_enumeration() -> None:
    # computed in rationals: at unit cost 3/10, L sends e1 with probability λ/3 and H with λ, 0 <= λ <= 1, H else e2
    (family,) = [found for found in continua(spence(0.3)) if not found.isolated]
    assert np.argwhere(family.sends).tolist() == [[0, 0], [1, 0], [1, 1], [2, 1]]
    third, zero, full = Fraction(1, 3), Fraction(0), Fraction(1)
    assert ranges(family, "strategy") == [
        ((0, 0), 1 - third, full), ((0, 1), zero, third), ((1, 1), zero, full), ((1, 2), zero, full),
    ]  # fmt: skip
    assert {name for name, *_ in family.varies} == {"strategy"}
    np.testing.assert_allclose(family.belief_low[1], [0.25, 0.75], atol=EXACT)
    np.testing.assert_allclose(family.response_low[0, 1], [0, 0.6, 0.4], atol=EXACT)  # a mean wage of 17/10


def test_replies_that_deter_are_collected_over_all_beliefs_that_support_them() -> None:
    # both at e0 for 3/2: deterred by a mean wage of at most 1.7 at e1, 1.9 at e2 and any at e3, from either segment
    pooling = continua(spence(0.2))[0]
    assert pooling.isolated
    np.testing.assert_allclose(pooling.response_low[0], [[0, 1, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0]], atol=EXACT)
    most = [[0.0, 1.0, 0.0], [1.0, 1.0, 0.4], [1.0, 1.0, 0.8], [1.0, 1.0, 1.0]]
    np.testing.assert_allclose(pooling.response_high[0], most, atol=EXACT)


def test_watsons_duel_has_its_two_components() -> None:
    strong_up, weak_stay = continua(TEXTBOOK["watson-29-6"].game)  # types strong, weak; signals up, stay
    zero, half, full = Fraction(0), Fraction(1, 2), Fraction(1)
    assert ranges(strong_up, "strategy") == [((1, 0), zero, full), ((1, 1), zero, full)]
    assert ranges(strong_up, "belief") == [((0, 0), half, full), ((0, 1), zero, half)]
    np.testing.assert_allclose(strong_up.response_low, [[[1, 0], [0, 1]]], atol=EXACT)
    np.testing.assert_allclose(strong_up.value_high, [1, -1], atol=EXACT)
    assert ranges(weak_stay, "strategy") == [((0, 0), zero, half), ((0, 1), half, full)]
    np.testing.assert_allclose(weak_stay.response_low, [[[1, 0], [1, 0]]], atol=EXACT)
    np.testing.assert_allclose(weak_stay.value_low, [1, 1], atol=EXACT)


def test_aligned_cheap_talk_has_one_babbling_continuum_and_two_separating_equilibria() -> None:
    *separating, babbling = continua(TEXTBOOK["cheap-talk-aligned"].game)
    assert [(found.family, found.isolated) for found in separating] == [("separating", True)] * 2
    for found in separating:
        np.testing.assert_allclose(found.value_low, [2, 2], atol=EXACT)
    assert {low for _, low, _ in ranges(babbling, "strategy")} == {Fraction(0)}
    assert {high for _, _, high in ranges(babbling, "strategy")} == {Fraction(1)}
    assert {(low, high) for _, low, high in ranges(babbling, "belief")} == {(Fraction(1, 3), Fraction(2, 3))}
    np.testing.assert_allclose(babbling.response_low[0], [[0, 0, 1], [0, 0, 1]], atol=EXACT)


def test_opposed_cheap_talk_is_one_continuum_of_babbling() -> None:
    (babbling,) = continua(TEXTBOOK["cheap-talk-opposed"].game)
    np.testing.assert_allclose([babbling.value_low, babbling.value_high], 1, atol=EXACT)


def test_beer_or_quiche_with_even_odds_has_a_segment_of_fights_on_each_breakfast() -> None:
    game = reference_game("beer_quiche")
    for m, found in enumerate(continua(SignallingGame([0.5, 0.5], game.sender, game.receiver))):
        assert found.family == "pooling"
        assert ranges(found, "response") == [((0, m, 0), 0, Fraction(1, 2)), ((0, m, 1), Fraction(1, 2), 1)]
        assert [high - low for _, low, high in ranges(found, "value")] == [1, 1]
        np.testing.assert_allclose(found.response_high[0, 1 - m], [1, 0.5], atol=EXACT)  # a fight deters: 1/2 or more


def test_a_prior_at_the_break_point_shows_both_ends_of_the_segment() -> None:
    game = reference_game("deterrence_half")
    edge = SignallingGame([1 / 3, 2 / 3], game.sender, game.receiver, available=game.available)
    commit, hold = continua(edge)
    assert (commit.family, hold.family) == ("pooling", "pooling")
    assert ranges(commit, "response") == [((0, 0, 0), Fraction(1, 2), 1), ((0, 0, 1), 0, Fraction(1, 2))]
    assert hold.isolated


@pytest.mark.parametrize(
    ("shape", "count"),
    [(Shape(2, 2), 30), (Shape(3, 2), 15), (Shape(3, 2, 2, True), 20), (Shape(2, 3), 15), (Shape(3, 3, 2), 10),
     (Shape(3, 3, 1, False, True), 10)],
    ids=str,
)  # fmt: skip
def test_a_game_without_ties_has_its_isolated_equilibria_and_nothing_else(shape: Shape, count: int) -> None:
    game = random_games(count, shape, seed=0)
    eq = perfect_bayesian(game)
    for n in range(count):
        rows, found = eq.take(eq.game == n), continua(one(game, n))
        assert len(found) == len(rows)
        assert all(each.isolated for each in found)
        for i in range(len(rows)):
            assert any(same(each, rows, i) for each in found)


def same(found: Continuum, rows: Equilibria, i: int) -> bool:
    """Whether an isolated equilibrium is row i, as seen on the path."""
    sent = found.sends.any(axis=1)
    pairs = [
        (found.strategy_low, rows.strategy[i]),
        (found.value_high, rows.sender_value[i]),
        (found.belief_low[sent], rows.belief[i][sent]),
        (found.response_high[:, sent], rows.response[i][:, sent]),
    ]
    return found.family == rows.family[i] and all(np.allclose(one, other, atol=SAME) for one, other in pairs)


def listed(game: SignallingGame) -> list[Piece]:
    flat = game.flat()
    return pieces(flat, sender_payoffs(flat).weighted)


def is_member(piece: Piece, outcome: Outcome, game: SignallingGame) -> bool:
    """Whether an outcome lies in the two polytopes of a piece, exactly rather than in each number's range."""
    if np.any((outcome.strategy > 0).T & ~piece.plan.sends):
        return False
    if np.any(piece.strategies.above @ outcome.strategy.ravel() < -SAME):
        return False
    payoffs = sender_payoffs(game.flat())
    known = np.append(outcome.response.ravel(), (outcome.sender_value - payoffs.low) / payoffs.reach)
    low, high = (np.where(np.isnan(known), end, known) for end in (piece.replies.low, piece.replies.high))
    fixed = ~np.isnan(known)
    if np.any(fixed & ((known < piece.replies.low - SAME) | (known > piece.replies.high + SAME))):
        return False
    pinned = replace(piece.replies, low=np.where(fixed, low - SAME, low), high=np.where(fixed, high + SAME, high))
    return least(pinned, np.zeros((1, len(known)))) is not None


@pytest.mark.parametrize(
    ("shape", "count", "seed"),
    [*((*games, 0) for games in TIED), (Shape(2, 2), 1, 156), (Shape(3, 2), 1, 135)],  # sets that overlap in part
    ids=str,
)
def test_every_outcome_of_the_independent_enumeration_is_a_member_of_a_continuum(
    shape: Shape, count: int, seed: int
) -> None:
    games = tied_games(count, shape, seed=seed)
    for n in range(count):
        game = one(games, n)
        parts, outcomes = listed(game), brute_force(game)
        for outcome in outcomes:
            assert any(is_member(piece, outcome, game) for piece in parts)
        assert not (all(found.isolated for found in continua(game)) and any(each.continuum for each in outcomes))


@pytest.mark.parametrize(("shape", "count"), [*TIED, (Shape(3, 3), 3)], ids=str)
def test_no_continuum_lies_in_another(shape: Shape, count: int) -> None:
    games = tied_games(count, shape, seed=2)
    for n in range(count):
        parts = listed(one(games, n))
        assert not any(lies_in(part, whole) for part in parts for whole in parts if part is not whole)


def extremes(piece: Piece, game: SignallingGame) -> Equilibria:
    """Members of a piece at which each number is least or greatest, beliefs by Bayes or from the piece's cells."""
    goals = [np.eye(len(polytope.low)) for polytope in (piece.strategies, piece.replies)]
    points = [
        least(polytope, np.concatenate([goal, -goal]))
        for polytope, goal in zip((piece.strategies, piece.replies), goals, strict=True)
    ]
    assert points[0] is not None
    assert points[1] is not None
    strategy = np.where(points[0] > SAME, points[0], 0.0).reshape(-1, 2, game.signals)
    strategy /= strategy.sum(axis=2, keepdims=True)
    response = np.clip(points[1][:, :-2], 0, 1).reshape(-1, game.receiver_types, game.signals, game.actions)
    response /= response.sum(axis=3, keepdims=True)
    pairs = [(plays, reply) for plays in strategy for reply in response]
    plays, reply = (np.array(column) for column in zip(*pairs, strict=True))
    joint = np.einsum("t,etm->emt", game.prior, plays)
    total = joint.sum(axis=2, keepdims=True)
    one_low, one_high = piece.plan.beliefs
    middle = np.stack([1 - (one_low + one_high) / 2, (one_low + one_high) / 2], axis=1)
    belief = np.divide(joint, total, out=np.tile(middle, (len(joint), 1, 1)), where=total > 0)
    nothing = np.zeros(len(plays))
    return Equilibria(
        nothing.astype(np.intp), nothing.astype(str), plays, belief, reply, np.zeros((len(plays), 2)), nothing > 0
    )


@pytest.mark.parametrize(("shape", "count"), TIED, ids=str)
def test_the_ends_of_every_range_are_attained_by_certified_equilibria(shape: Shape, count: int) -> None:
    games = tied_games(count, shape, seed=1)
    for n in range(count):
        game = one(games, n)
        for piece in listed(game):
            members = extremes(piece, game)
            for figure in vars(certificate(game, members)).values():
                assert figure.max() <= SAME
            own = members.strategy
            np.testing.assert_allclose(own.min(axis=0), piece.strategy.low, atol=SAME)
            np.testing.assert_allclose(own.max(axis=0), piece.strategy.high, atol=SAME)


def test_beliefs_reach_their_ends_as_a_signal_falls_out_of_use() -> None:
    # equal payoffs: any strategy goes, so the belief is anything, whatever the prior
    (babbling,) = continua(SignallingGame([0.8, 0.2], np.ones((2, 2, 2)), np.ones((2, 2, 2))))
    for name in ("strategy", "belief", "response"):
        np.testing.assert_allclose(getattr(babbling, f"{name}_low"), 0, atol=EXACT)
        np.testing.assert_allclose(getattr(babbling, f"{name}_high"), 1, atol=EXACT)
    assert babbling.family == "both_mix"
    np.testing.assert_allclose(babbling.value_low, babbling.value_high, atol=EXACT)


def test_beliefs_follow_bayes_where_only_one_type_is_free() -> None:
    # computed by hand: type 0 always sends m0, type 1 sends it with any probability: belief 0 to 3/4 at prior 3/4
    sender = np.array([[[1.0], [0.0]], [[1.0], [1.0]]])
    (found,) = continua(SignallingGame([0.25, 0.75], sender, np.zeros((2, 2, 1))))
    assert ranges(found, "belief") == [((0, 0), Fraction(1, 4), 1), ((0, 1), 0, Fraction(3, 4))]
    np.testing.assert_allclose(found.belief_low[1], [0, 1], atol=EXACT)


@pytest.mark.parametrize("n", range(4))
def test_units_and_the_order_of_signals_change_only_units_and_order(n: int) -> None:
    game = one(tied_games(4, Shape(3, 2), seed=5), n)
    order = [2, 0, 1]
    scaled = SignallingGame(game.prior, 7 + 3 * game.sender[:, :, order], 5 * game.receiver[:, :, order] - 2)
    found, expected = table(continua(scaled)), table(continua(game), order=order)
    assert [family for family, _ in found] == [family for family, _ in expected]
    values = [(numbers[:4], np.append(7 + 3 * other[:4], other[4:]), numbers[4:]) for (_, numbers), (_, other) in
              zip(found, expected, strict=True)]  # fmt: skip
    for value, other, rest in values:
        np.testing.assert_allclose(np.append(value, rest), other, atol=SAME)


def table(found: Sequence[Continuum], *, order: Sequence[int] = (0, 1, 2)) -> list[tuple[str, Floats]]:
    """Family and numbers (the values' ends first) of each continuum, sorted, with the signals in another order."""
    rows, new = [], list(order)
    for each in found:
        numbers = [each.value_low, each.value_high, each.strategy_low[:, new], each.strategy_high[:, new]]
        numbers += [np.nan_to_num(each.belief_low[new], nan=-1), each.response_high[:, new]]
        rows.append((each.family, np.concatenate([array.ravel() for array in numbers])))
    return sorted(rows, key=lambda row: (row[0], np.rint(1e4 * row[1][4:]).tolist(), row[1][:4].tolist()))


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), shape=st.sampled_from([Shape(2, 2), Shape(2, 3), Shape(2, 2, 2), Shape(3, 2)]))
def test_ranges_are_probabilities_around_the_rows_of_the_solver(seed: int, shape: Shape) -> None:
    game = one(tied_games(1, shape, seed=seed), 0)
    found, rows = continua(game), perfect_bayesian(game)
    assert [each.family for each in found] == sorted((each.family for each in found), key=FAMILIES.index)
    for each in found:
        for name in ("strategy", "response"):
            low, high = getattr(each, f"{name}_low"), getattr(each, f"{name}_high")
            assert np.all((low >= 0) & (low <= high + EXACT) & (high <= 1))
            assert np.all((low.sum(axis=-1) <= 1 + SAME) & (high.sum(axis=-1) >= 1 - SAME))
        assert np.nanmin(each.belief_low[:, 1]) <= game.prior[1] + SAME
        assert np.nanmax(each.belief_high[:, 1]) >= game.prior[1] - SAME
    for i in range(len(rows)):
        assert any(around(each, rows, i) for each in found)


def around(found: Continuum, rows: Equilibria, i: int) -> bool:
    """Whether the numbers of row i, as seen on its path, lie within the ranges."""
    sent = rows.strategy[i].any(axis=0)
    pairs = [
        (found.strategy_low, rows.strategy[i], found.strategy_high),
        (found.value_low, rows.sender_value[i], found.value_high),
        (found.belief_low[sent], rows.belief[i][sent], found.belief_high[sent]),
        (found.response_low[:, sent], rows.response[i][:, sent], found.response_high[:, sent]),
    ]
    return all(bool(np.all((low - SAME <= own) & (own <= high + SAME))) for low, own, high in pairs)


def test_receiver_types_of_probability_zero_are_left_out() -> None:
    game = tied_games(1, Shape(2, 2, 2, True), seed=3)
    absent = SignallingGame(game.prior, game.sender, game.receiver, [[1.0, 0.0]])
    without = SignallingGame(game.prior, game.sender[:, 0], game.receiver[:, :1])
    for found, expected in zip(continua(absent), continua(without), strict=True):
        assert found.varies == expected.varies
        assert np.isnan(found.response_low[1]).all()
        np.testing.assert_array_equal(found.response_low[:1], expected.response_low)


@pytest.mark.parametrize("prior", [[0.0, 1.0], [1.0, 0.0], [1e-7, 1 - 1e-7]])
def test_a_type_known_for_sure_or_very_rare_is_refused_by_name(prior: list[float]) -> None:
    with pytest.raises(ValueError, match=r"prior must give each type more than 1e-06; it has \["):
        continua(SignallingGame(prior, np.ones((2, 2, 1)), np.ones((2, 2, 1))))


@pytest.mark.parametrize(("batch", "types"), [((2,), 2), ((), 3), ((0,), 2)])
def test_anything_but_one_game_with_two_types_is_refused(batch: tuple[int, ...], types: int) -> None:
    payoffs = np.ones((*batch, types, 2, 1))
    game = SignallingGame(np.full((*batch, types), 1 / types), payoffs, payoffs)
    with pytest.raises(ValueError, match="game must be one game with two sender types; it has"):
        continua(game)
