"""Do small games in whole numbers, where ties are the rule, get the answers of exact arithmetic?

Long form, 20,000 games and 2,000 with a tie at a third signal, in some ten minutes: python test_exact_ties.py 20000

Deliberate breaks that turned these red: no third signal asked about; corners of a path taken for ties with the ends of
others only; no member best for the sender before it knows its type.
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pytest
from exact_oracle import Kind, Payoffs, best_value, exact_kinds, known_type, lies_in
from numpy.typing import NDArray
from random_games import Shape, random_games
from textbook_games import TEXTBOOK

from sim.crisis.selection import per_game_mean, selection_weights
from sim.games.certificate import certificate
from sim.games.closed_form.perfect_bayesian import perfect_bayesian
from sim.games.equilibria import FAMILIES, Equilibria
from sim.games.game import Floats, SignallingGame
from sim.games.ties.continua import continua

Integers = NDArray[np.int64]

PRIORS = [Fraction(0), Fraction(1, 4), Fraction(1, 4), Fraction(1, 2), Fraction(1, 2), Fraction(3, 4), Fraction(1)]
"""Probabilities of type 1 that are drawn from."""

SIZES = {(2, 2, 5): 500, (2, 2, 2): 250, (3, 2, 2): 120, (2, 3, 3): 100, (3, 3, 2): 30}
"""Signals, actions and largest payoff, and how many such games the suite compares: all in some seconds."""

ROUNDING = 1e-7
"""Rows come from linear programs: exact up to 1e-10 in scaled payoffs."""


@dataclass(frozen=True, eq=False)
class Batch:
    """Games in whole numbers: payoffs (n, t, m, a)."""

    prior: list[Fraction]
    sender: Integers
    receiver: Integers

    @property
    def game(self) -> SignallingGame:
        """The same games for the solver."""
        return SignallingGame([[float(1 - each), float(each)] for each in self.prior], self.sender, self.receiver)


def drawn(count: int, size: tuple[int, int, int], *, seed: int) -> Batch:
    """Draw games: of every four, one as it comes, one with a dominated reply, and two with types alike."""
    rng = np.random.default_rng([seed, *size])
    signals, actions, most = size
    sender, receiver = rng.integers(-most, most + 1, size=(2, count, 2, signals, actions))
    kind = rng.integers(4, size=count)
    dominated, where = kind == 1, rng.integers(signals, size=count)
    receiver[dominated, :, where[dominated], 0] = -most - 1
    sender[kind == 2, 1] = sender[kind == 2, 0]
    receiver[kind == 3, 1] = receiver[kind == 3, 0]
    return Batch([PRIORS[i] for i in rng.integers(len(PRIORS), size=count)], sender, receiver)


def third_ties(count: int, *, seed: int) -> Batch:
    """Draw games with a tie: a mixture after two signals is worth to a type, or both, what a third signal is."""
    rng = np.random.default_rng(seed)
    prior: list[Fraction] = []
    tables: list[tuple[Integers, Integers]] = []
    while len(prior) < count:
        sender, receiver = rng.integers(-20, 21, size=(2, 2, 3, 2))
        chance = Fraction(int(rng.integers(1, 4)), 4)
        mixed = [kind for kind in exact_kinds(chance, sender.tolist(), receiver.tolist()) if mixes_two(kind)]
        if not mixed:
            continue
        value = mixed[-1].values[0][0]
        scale = math.lcm(*(each.denominator for each in value))
        third, t = [not any(sends) for sends in mixed[-1].sends].index(True), int(rng.integers(2))
        sender *= scale
        if rng.integers(2):  # the third signal reveals type t
            sender[t, third, receiver[t, third].argmax()] = value[t] * scale
        else:  # an edge of its path runs through the value
            way = rng.integers(-20, 21, size=2) * scale
            for u, worth in enumerate(value):
                sender[u, third] = worth * scale + way[u], worth * scale - way[u]
        prior.append(chance)
        tables.append((sender, receiver))
    return Batch(prior, *(np.array(table) for table in zip(*tables, strict=True)))


def mixes_two(kind: Kind) -> bool:
    """Whether a type mixes two of three signals, in one way."""
    return not kind.free and len(kind.sends) - kind.sends.count((False, False)) == 2 and (True, True) in kind.sends


def faults(batch: Batch) -> list[str]:
    """Say what is wrong with the rows of the solver, game by game."""
    eq = perfect_bayesian(batch.game)
    value = np.sum(batch.game.prior[eq.game] * eq.sender_value, axis=1)
    picked = per_game_mean(eq, value, selection_weights(eq, batch.game))
    gains: Floats = np.max(list(vars(certificate(batch.game, eq)).values()), axis=0)
    found = []
    for n, prior in enumerate(batch.prior):
        rows, payoffs = eq.take(eq.game == n), (batch.sender[n].tolist(), batch.receiver[n].tolist())
        wrong, best = _known(int(prior), *payoffs, rows) if prior in (0, 1) else _uncertain(prior, *payoffs, rows)
        wrong += ["a player gains by departing"] * bool(gains[eq.game == n].max() > ROUNDING)
        wrong += ["rows are repeated"] * repeated(rows)
        wrong += [f"the sender's best is worth {best}, not {picked[n]}"] * (abs(picked[n] - best) > ROUNDING)
        found += [f"{prior} {payoffs}: {each}" for each in wrong]
    return found


def _uncertain(prior: Fraction, sender: Payoffs, receiver: Payoffs, rows: Equilibria) -> tuple[list[str], Fraction]:
    """Compare rows with the kinds of equilibria that the game has; return the sender's best too."""
    kinds = exact_kinds(prior, sender, receiver)
    free, flagged = any(kind.free for kind in kinds), bool(rows.degenerate.any())
    shown = [
        [lies_in(kind, plays, value, prior) for kind in kinds]
        for plays, value in zip(rows.strategy.tolist(), rows.sender_value.tolist(), strict=True)
    ]
    named = [family(tuple((zero > 0, one > 0) for zero, one in plays.T)) for plays in rows.strategy]
    wrong = {
        "a continuum is not flagged": free and not flagged,
        "rows of one game are flagged apart": flagged != bool(rows.degenerate.all()),
        "a row is no equilibrium": not all(any(each) for each in shown),
        "a kind has no row": not all(any(column) for column in zip(*shown, strict=True)),
        "a game without ties has more rows than equilibria": not flagged and len(rows) != len(kinds),
        "a family is wrong": rows.family.tolist() != named,
        "families are out of order": named != sorted(named, key=FAMILIES.index),
    }
    return [name for name, holds in wrong.items() if holds], best_value(kinds, prior)


def _known(own: int, sender: Payoffs, receiver: Payoffs, rows: Equilibria) -> tuple[list[str], Fraction]:
    """Compare rows with the signals that a type known for sure may send; return the best of them too."""
    sendable, most, free = known_type(sender[own], receiver[own])
    wrong = {
        "a reply that can vary is not flagged": free and not rows.degenerate.all(),
        "a choice of signals is not flagged": len(sendable) > 1 and not rows.degenerate.all(),
        "the signals are wrong": sorted(rows.strategy[:, own].argmax(axis=1).tolist()) != sorted(sendable),
    }
    return [name for name, holds in wrong.items() if holds], Fraction(most)


def family(sends: Sequence[tuple[bool, bool]]) -> str:
    """Name who sends what."""
    both = [zero and one for zero, one in sends]
    if sum(zero or one for zero, one in sends) == 1:
        return "pooling"
    if not any(both):
        return "separating"
    return "semi_separating" if min(sum(column) for column in zip(*sends, strict=True)) == 1 else "both_mix"


def repeated(rows: Equilibria) -> bool:
    """Whether two rows show the same strategies, values and replies to what is sent."""
    sent = rows.strategy.sum(axis=1) > 0
    replies = np.where(sent[:, None, :, None], rows.response, 0.0)
    seen = np.concatenate([each.reshape(len(rows), -1) for each in (rows.strategy, rows.sender_value, replies)], axis=1)
    apart = np.abs(seen[:, None] - seen).max(axis=2) + np.eye(len(rows))
    return bool(apart.min() < ROUNDING)


def compared(count: int, *, seed: int) -> list[str]:
    """Return the faults in some games of each size, and in a tenth as many with a tie at a third signal."""
    batches = [*(drawn(count // len(SIZES), size, seed=seed) for size in SIZES), third_ties(count // 10, seed=seed)]
    return [each for batch in batches for each in faults(batch)]


@pytest.mark.slow
@pytest.mark.parametrize(("size", "count"), SIZES.items(), ids=str)
def test_rows_flags_families_and_selection_are_those_of_exact_arithmetic(
    size: tuple[int, int, int], count: int
) -> None:
    assert faults(drawn(count, size, seed=0)) == []


def test_a_third_signal_that_ties_with_a_mixture_is_found() -> None:
    batch = third_ties(25, seed=0)
    assert faults(batch) == []
    eq = perfect_bayesian(batch.game)
    assert np.any(eq.degenerate & (np.count_nonzero(eq.strategy.sum(axis=1), axis=1) == 3))


def solved(prior: list[float], sender: object, receiver: object) -> Equilibria:
    """Rows of one game, all flagged as members of continua."""
    eq = perfect_bayesian(SignallingGame(prior, np.asarray(sender), np.asarray(receiver)))
    assert eq.degenerate.all()
    return eq


def test_education_with_a_tie_shows_a_member_of_its_one_parameter_family() -> None:
    # low sends e1 with probability λ/3, high with λ, else e0 and e2: at 0 < λ < 1 three signals are in use at once
    wages = np.array([1, 1.5, 2])
    sender = wages - np.array([0.7, 0.3])[:, None, None] * np.arange(4)[:, None]
    receiver = -((wages - np.array([1, 2])[:, None, None]) ** 2)
    eq = solved([0.5, 0.5], sender, np.broadcast_to(receiver, (2, 4, 3)))
    (low, high), *others = eq.strategy[eq.family == "both_mix"]
    assert not others
    assert 0 < high[1] < 1
    np.testing.assert_allclose(low, [1 - high[1] / 3, high[1] / 3, 0, 0], atol=ROUNDING)
    np.testing.assert_allclose(high, [0, high[1], 1 - high[1], 0], atol=ROUNDING)


def test_a_corner_on_an_edge_is_found_where_a_dominated_reply_leaves_one_signal_without_edges() -> None:
    eq = solved([0.75, 0.25], [[[4, -3], [-5, 4]]] * 2, [[[-5, 3], [2, 0]], [[-4, -1], [-3, 4]]])
    assert "both_mix" in eq.family


@pytest.mark.parametrize("prior", [[0.5, 0.5], [1.0, 0.0], [0.0, 1.0]])
def test_a_receiver_indifferent_on_the_path_is_flagged_though_the_sender_does_not_care(prior: list[float]) -> None:
    receiver = [[[0, 1]], [[0, -1]]] if prior[0] == 0.5 else [[[3, 3]], [[3, 3]]]
    assert solved(prior, [[[1, 1]], [[2, 2]]], receiver).family.tolist() == ["pooling"]


def test_receiver_types_that_switch_together_mix_in_many_ways_and_are_flagged() -> None:
    bluff = TEXTBOOK["deterrence-quarter"].game
    receiver = np.stack([bluff.receiver, 3 * bluff.receiver])
    eq = perfect_bayesian(SignallingGame(bluff.prior, bluff.sender, receiver, [0.5, 0.5], available=bluff.available))
    assert eq.degenerate.all()


def test_a_sender_that_does_not_care_has_one_row_for_every_choice_of_signals() -> None:
    eq = solved([0.25, 0.75], np.zeros((2, 2, 2)), np.tile([1.0, 0.0], (2, 2, 1)))
    assert Counter(eq.family.tolist()) == {"pooling": 2, "separating": 2, "semi_separating": 4, "both_mix": 1}
    assert not repeated(eq)
    three = solved([0.25, 0.75], np.zeros((2, 3, 2)), np.tile([1.0, 0.0], (2, 3, 1)))
    assert len({plays.astype(bool).tobytes() for plays in three.strategy}) == len(three) == 7 * 7


def test_the_best_member_of_a_continuum_for_the_sender_is_a_row() -> None:
    game = SignallingGame([0.5, 0.5], [[[0, 2], [-1, -1]], [[-1, -1], [0, 1]]], np.zeros((2, 2, 2)))
    eq = perfect_bayesian(game)
    best = int(selection_weights(eq, game).argmax())
    np.testing.assert_allclose(eq.sender_value[best], [2, 1], atol=ROUNDING)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_without_ties_no_row_is_flagged(size: tuple[int, int, int]) -> None:
    signals, actions, _ = size
    assert not perfect_bayesian(random_games(500, Shape(signals, actions), seed=4)).degenerate.any()


def test_rows_have_the_ways_to_send_signals_of_the_continua() -> None:
    batch = drawn(40, (2, 2, 5), seed=2)
    games = batch.game.take([n for n, prior in enumerate(batch.prior) if prior not in (0, 1)])
    eq = perfect_bayesian(games)
    for n in range(len(games.prior)):
        rows, sets = eq.take(eq.game == n), continua(games.take([n]))
        shown = [(plays > 0).T.tolist() for plays in rows.strategy]
        assert all(each.sends.tolist() in shown and each.family in rows.family for each in sets)
        assert rows.degenerate.all() or all(each.isolated for each in sets)


def test_six_messages_that_mean_nothing_are_flagged_and_keep_what_needs_no_tie() -> None:
    game = SignallingGame([0.5, 0.5], np.zeros((2, 6, 2)), np.tile([[[1.0, 0.0]], [[0.0, 1.0]]], (1, 6, 1)))
    eq = perfect_bayesian(game)
    assert eq.degenerate.all()
    assert Counter(eq.family.tolist()) == {"pooling": 6, "separating": 30}


if __name__ == "__main__":
    differences = compared(int(sys.argv[1]), seed=1)
    print(*differences, sep="\n")  # noqa: T201 - the long form
    sys.exit(bool(differences))


def test_a_tied_game_that_comes_again_in_a_batch_has_the_rows_that_it_has_alone() -> None:
    free, worth = np.zeros((2, 2, 2)), np.array([[[0.0, 2.0], [-1.0, -1.0]], [[-1.0, -1.0], [0.0, 1.0]]])
    senders = np.array([free, worth, free, worth])
    batch = perfect_bayesian(SignallingGame(np.full((4, 2), 0.5), senders, np.zeros((4, 2, 2, 2))))
    for place, sender in enumerate(senders):
        alone = perfect_bayesian(SignallingGame([0.5, 0.5], sender, np.zeros((2, 2, 2))))
        mine = batch.take(batch.game == place)
        assert np.array_equal(mine.strategy, alone.strategy)
        assert np.array_equal(mine.sender_value, alone.sender_value)
