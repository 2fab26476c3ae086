"""Do games survive the journey to Gambit and back, and does Gambit see the same games and equilibria as we do?

Gambit's answers are in tests/reference/gambit.json (computed with pygambit 17 by make_gambit_reference.py); where
pygambit is installed it is asked again. Deliberate breaks that turned these tests red: the two payoffs of an outcome
exchanged; one information set for both receiver types after a signal; the signals' branches reversed.
"""

from __future__ import annotations

import hashlib
import io
import json
from fractions import Fraction
from itertools import pairwise, product
from typing import Any

import numpy as np
import pytest
from gambit_games import Profile, expected_payoffs, nested, random_game, random_profile, shown_games, unnested
from hypothesis import given
from hypothesis import strategies as st
from places import REFERENCE
from reference_games import OnPath, on_path
from textbook_games import TEXTBOOK

from sim.games.certificate import certificate
from sim.games.closed_form.perfect_bayesian import perfect_bayesian
from sim.games.equilibria import Equilibria
from sim.games.gambit.efg import Labels, efg, read_efg
from sim.games.game import Floats, SignallingGame

RECORDED: dict[str, Any] = json.loads((REFERENCE / "gambit.json").read_text(encoding="utf-8"))
GAMES = shown_games()
CONTINUA = {"watson-29-6", "cheap-talk-aligned", "cheap-talk-opposed"}
"""Games whose equilibria are told apart by the sender's payoffs only."""

ARRAYS = ("prior", "receiver_prior", "sender", "receiver", "available")


def assert_same(first: SignallingGame, second: SignallingGame) -> None:
    for name in ARRAYS:
        np.testing.assert_array_equal(getattr(first.flat(), name), getattr(second.flat(), name))


def test_gambit_was_asked_about_every_game() -> None:
    assert set(RECORDED["games"]) == set(GAMES)


@pytest.mark.parametrize("name", GAMES)
def test_the_text_is_the_one_that_gambit_read(name: str) -> None:
    game, labels = GAMES[name]
    assert hashlib.sha256(efg(game, labels=labels).encode()).hexdigest() == RECORDED["games"][name]["sha256"]


@pytest.mark.parametrize("name", GAMES)
def test_gambit_expects_the_same_payoffs(name: str) -> None:
    game, _ = GAMES[name]
    for seed, payoffs in zip(RECORDED["seeds"], RECORDED["games"][name]["payoffs"], strict=True):
        ours = expected_payoffs(game, random_profile(game, seed=seed))
        np.testing.assert_allclose(ours, payoffs, rtol=1e-12, atol=1e-12)


def gambit_outcomes(name: str) -> list[tuple[Profile, OnPath]]:
    """List Gambit's Nash equilibria with what is seen on their paths."""
    game, flat = TEXTBOOK[name].game, TEXTBOOK[name].game.flat()
    profiles = [unnested(game, nest) for nest in RECORDED["games"][name]["equilibria"]]
    found = []
    for strategy, response in profiles:
        payoff = np.einsum("k,kma,ktma->tm", flat.receiver_prior[0], response, flat.sender[0])
        seen = np.where((flat.prior[0] @ strategy > 0)[:, np.newaxis], response, np.nan)
        found.append(((strategy, response), OnPath("", strategy, seen, np.sum(strategy * payoff, axis=1))))
    return found


def our_outcomes(name: str) -> list[OnPath]:
    eq = perfect_bayesian(TEXTBOOK[name].game)
    return on_path(eq, TEXTBOOK[name].game.flat().prior[eq.game])


def agree(first: OnPath, second: OnPath, name: str) -> bool:
    if name in CONTINUA:
        return bool(np.allclose(first.sender_value, second.sender_value, atol=1e-9))
    return first.differs(second) <= 1e-6  # Gambit's polynomial solver stops there


@pytest.mark.parametrize("name", TEXTBOOK)
def test_our_equilibria_are_among_those_of_gambit(name: str) -> None:
    gambit = [outcome for _, outcome in gambit_outcomes(name)]
    only_pure = RECORDED["games"][name]["method"] == "enumpure"
    ours = [row for row in our_outcomes(name) if not only_pure or set(row.strategy.ravel()) == {0.0, 1.0}]
    assert ours
    assert [row for row in ours if not any(agree(row, other, name) for other in gambit)] == []


@pytest.mark.parametrize("name", TEXTBOOK)
def test_those_of_gambit_that_some_belief_supports_are_among_ours(name: str) -> None:
    game, ours = TEXTBOOK[name].game, our_outcomes(name)
    supported = [outcome for profile, outcome in gambit_outcomes(name) if is_supported(game, profile)]
    assert supported
    assert [outcome for outcome in supported if not any(agree(outcome, row, name) for row in ours)] == []


def test_gambit_finds_nash_equilibria_that_no_belief_supports() -> None:
    """Brandts and Holt (1993) put one into games 1 and 2: both types send N, for fear of an empty threat."""
    for name in ("brandts-holt-1", "brandts-holt-2"):
        game = TEXTBOOK[name].game
        unsupported = [profile for profile, _ in gambit_outcomes(name) if not is_supported(game, profile)]
        assert any((strategy[:, 0] == 1).all() for strategy, _ in unsupported)


def is_supported(game: SignallingGame, profile: Profile) -> bool:
    """Whether some beliefs and best responses after unsent signals make a Nash equilibrium perfect Bayesian."""
    strategy, response = profile
    weight = game.flat().prior[0][:, np.newaxis] * strategy  # (t, m)
    choices = [
        [((weight[:, m] / weight[:, m].sum()), response[:, m])] if weight[:, m].any() else supports(game, response, m)
        for m in range(game.signals)
    ]
    rows = list(product(*choices))
    eq = Equilibria(
        game=np.zeros(len(rows), dtype=np.intp),
        family=np.full(len(rows), "pooling"),
        strategy=np.repeat(strategy[np.newaxis], len(rows), axis=0),
        belief=np.array([[belief for belief, _ in row] for row in rows]),
        response=np.array([[own for _, own in row] for row in rows]).swapaxes(1, 2),
        sender_value=np.zeros((len(rows), 2)),
        degenerate=np.zeros(len(rows), dtype=bool),
    )
    claim = certificate(game, eq)
    return bool(np.min(np.maximum(np.maximum(claim.sender_gain, claim.receiver_gain), claim.bayes_error)) <= 1e-6)


def supports(game: SignallingGame, response: Floats, m: int) -> list[tuple[Floats, Floats]]:
    """List beliefs and responses worth trying after signal m: every break-point, and a point between any two."""
    receiver = game.flat().receiver[0, :, :, m]  # (k, t, a)
    usable = np.flatnonzero(game.available[m])
    points = {0.0, 1.0}
    for own, a, b in product(receiver, usable, usable):
        at_zero, at_one = own[:, a] - own[:, b]
        if at_zero * at_one < 0:
            points.add(float(at_zero / (at_zero - at_one)))
    ordered = sorted(points)
    tried = ordered + [(low + high) / 2 for low, high in pairwise(ordered)]
    found = []
    for belief in (np.array([1 - point, point]) for point in tried):
        value = np.where(game.available[m], np.einsum("t,kta->ka", belief, receiver), -np.inf)
        found += [(belief, response[:, m]), (belief, np.eye(game.actions)[value.argmax(axis=1)])]
    return found


def test_gambit_itself_reads_the_text_and_finds_no_regret() -> None:
    pygambit = pytest.importorskip("pygambit")
    for name, (game, labels) in GAMES.items():
        tree = pygambit.read_efg(io.BytesIO(efg(game, labels=labels).encode()))
        profile = random_profile(game, seed=7)
        expected = tree.mixed_behavior_profile(data=nested(game, profile)).payoffs
        gambit = [float(expected[player]) for player in ("sender", "receiver")]
        np.testing.assert_allclose(expected_payoffs(game, profile), gambit, rtol=1e-12, atol=1e-12)
        eq = perfect_bayesian(game) if name in TEXTBOOK else None
        for row in range(0 if eq is None else len(eq)):
            assert eq is not None
            found = tree.mixed_behavior_profile(data=nested(game, (eq.strategy[row], eq.response[row])))
            assert float(found.max_regret()) <= 1e-9


@pytest.mark.parametrize("name", GAMES)
def test_a_game_comes_back_to_the_last_bit(name: str) -> None:
    game, labels = GAMES[name]
    again, names = read_efg(efg(game, labels=labels))
    assert_same(again, game)
    if labels:
        assert names == labels


@given(
    shape=st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(1, 4), st.integers(1, 3)),
    seed=st.integers(0, 10**6),
)
def test_a_random_game_comes_back_to_the_last_bit(shape: tuple[int, int, int, int], seed: int) -> None:
    game = random_game(shape, seed=seed)
    again, names = read_efg(efg(game))
    assert names.actions == tuple(f"a{i + 1}" for i in range(shape[3]))
    assert_same(again, game)


@given(st.floats(0, 1), st.floats(-1e100, 1e100), st.floats(-1e100, 1e100))
def test_any_prior_and_payoff_comes_back_to_the_last_bit(prior: float, first: float, second: float) -> None:
    game = SignallingGame([1 - prior, prior], [[[first, second]]] * 2, [[[second, first]], [[first, first]]])
    text = efg(game)
    assert_same(read_efg(text)[0], game)
    chances = [Fraction(word) for word in text.splitlines()[3].split() if word[0].isdigit()][1:]
    assert sum(chances) == 1


def test_relabelling_changes_the_names_and_nothing_else() -> None:
    entry = TEXTBOOK["private-receivers"]
    names = Labels('A "quoted" title', "and a remark\nof two lines", ("Paris", "Moscou"), ("é", "b c"), ("{", ","))
    again, labels = read_efg(efg(entry.game, labels=names))
    assert_same(again, entry.game)
    assert labels == Labels(*names_of(names), actions=("a1", "a2"), receiver_types=("k1", "k2"))


def names_of(labels: Labels) -> tuple[str, str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    return labels.title, labels.comment, labels.players, labels.types, labels.signals


def test_thirds_are_written_as_fractions() -> None:
    text = efg(TEXTBOOK["watson-29-1"].game)
    assert '{ "t1" 1/3 "t2" 2/3 }' in text


@pytest.mark.parametrize("types", [2, 3, 4, 5])
@pytest.mark.parametrize("comment", ["", "in our words ", "[priors 1 2]"])
def test_priors_drawn_at_random_come_back_to_the_last_bit(types: int, comment: str) -> None:
    rng, told = np.random.default_rng(types), 0
    for prior in rng.dirichlet(np.ones(types), size=20):
        receiver_prior = rng.dirichlet(np.ones(2))
        game = SignallingGame(prior, np.ones((2, types, 1, 1)), np.ones((2, types, 1, 1)), receiver_prior)
        text = efg(game, labels=Labels(comment=comment))
        chances = [Fraction(word) for word in text.splitlines()[3].split() if word[0].isdigit()][1:]
        assert sum(chances[:types]) == 1  # as Gambit wants it
        again, labels = read_efg(text)
        assert np.array_equal(again.prior, prior)
        assert np.array_equal(again.receiver_prior, receiver_prior)
        assert labels.comment == comment
        assert efg(again, labels=Labels(comment=comment)) == text
        told += "[priors 0x" in text
    assert 0 < told < 20


@pytest.mark.parametrize("told", ["0x1p-1 0x1p-1; 0x1p+0", "0x1p-2", "0x1p-2 0x1.8p-1; 0x1p+0; 0x1p+0"])
def test_priors_told_in_a_comment_that_are_not_those_of_the_tree_are_left_there(told: str) -> None:
    game = SignallingGame([0.25, 0.75], np.ones((2, 1, 1)), np.ones((2, 1, 1)))
    again, labels = read_efg(efg(game, labels=Labels(comment=f"[priors {told}]")))
    assert again.prior.tolist() == [0.25, 0.75]
    assert labels.comment == f"[priors {told}]"


def test_a_prior_that_misses_one_by_a_typing_error_is_divided_by_its_sum() -> None:
    game = SignallingGame([0.3333333333, 0.6666666666], [[[1.0]]] * 2, [[[1.0]]] * 2)
    again, _ = read_efg(efg(game))
    np.testing.assert_allclose(again.prior, [1 / 3, 2 / 3], rtol=1e-9)
    assert again.prior.sum() == 1


def test_a_batch_of_one_is_one_game() -> None:
    game = TEXTBOOK["private-receivers"].game
    assert efg(game.flat()) == efg(game)


def test_actions_come_in_the_order_that_fits_every_signal() -> None:
    available = [[False, True, False], [True, True, False], [False, True, True]]
    game = SignallingGame([1.0], np.arange(9.0).reshape(1, 3, 3), np.zeros((1, 3, 3)), available=available)
    again, labels = read_efg(efg(game))
    assert labels.actions == ("a1", "a2", "a3")
    assert_same(again, game)


@pytest.mark.parametrize(
    ("labels", "says"),
    [
        (Labels(types=("one",)), r"types must be 2 different names; they are \('one',\)"),
        (Labels(signals=("one", "one")), "signals must be 2 different names"),
        (Labels(players=("Ann", "Bob", "Cy")), "players must be 2 different names"),
        (Labels(actions=("a", "")), "actions must be printable names .* one is ''"),
        (Labels(actions=("a", "b\\c")), "actions must be printable names .* no backslash; one is"),
        (Labels(actions=("a", "b  c")), "actions must be printable names with single inner spaces"),
        (Labels(types=("a", "b\n")), "types must be printable names"),
        (Labels(title="C:\\"), "title must hold no backslash"),
    ],
)
def test_names_that_gambit_cannot_hold_are_refused(labels: Labels, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        efg(TEXTBOOK["beer-quiche"].game, labels=labels)


def test_a_batch_is_refused() -> None:
    batch = TEXTBOOK["beer-quiche"].game.take([0, 0])
    with pytest.raises(ValueError, match="game must be a single game; its batch has 2"):
        efg(batch)


def test_payoffs_that_do_not_depend_on_the_receivers_type_have_no_such_axis() -> None:
    game, _ = read_efg(efg(TEXTBOOK["private-receivers"].game.flat()))
    assert (game.sender.ndim, game.receiver.ndim) == (4, 4)
    same = SignallingGame([0.5, 0.5], np.ones((2, 2, 2, 2)), np.ones((2, 2, 2, 2)), [0.5, 0.5])
    game, _ = read_efg(efg(same))
    assert (game.sender.ndim, game.receiver.ndim, game.receiver_types) == (3, 3, 2)


def test_a_type_of_probability_zero_stays() -> None:
    game = SignallingGame([0.0, 1.0], np.ones((2, 1, 2)), np.arange(4.0).reshape(2, 1, 2), [1.0, 0.0])
    assert_same(read_efg(efg(game))[0], game)
