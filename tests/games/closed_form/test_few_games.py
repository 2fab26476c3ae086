"""Does a game alone, whose signals are looked at together, get the bits it gets among many?"""

from __future__ import annotations

import numpy as np
import pytest

from sim.games.closed_form.perfect_bayesian import perfect_bayesian
from sim.games.closed_form.response_path import FEW, response_paths
from sim.games.closed_form.ways import every_way, open_ways
from sim.games.equilibria import Equilibria
from sim.games.game import SignallingGame

MANY = FEW + 16
"""Games: more than few even with one signal."""


def drawn(signals: int, actions: int, receivers: int, *, whole: bool = False) -> SignallingGame:
    """Return many games with normal payoffs, rounded to whole numbers for ties; some receiver types impossible."""
    rng = np.random.default_rng([signals, actions, receivers, whole])
    sender, receiver = rng.normal(size=(2, MANY, receivers, 2, signals, actions))
    prior, chance = rng.uniform(0.05, 0.95, MANY), rng.dirichlet(np.ones(receivers), MANY)
    chance[:3] = np.eye(receivers)[0]
    available = np.ones((signals, actions), dtype=bool)
    if whole:
        sender, receiver = np.round(2 * sender), np.round(2 * receiver)
        available[0, -1] = actions == 1  # the first signal leaves fewer actions: signals are looked at one by one
    return SignallingGame(np.stack([1 - prior, prior], axis=-1), sender, receiver, chance, available)


def bits(found: Equilibria) -> dict[str, bytes]:
    """Return every array but the game's number, to the last bit."""
    return {name: array.tobytes() for name, array in vars(found).items() if name != "game"}


@pytest.mark.parametrize("receivers", [1, 2, 3])
@pytest.mark.parametrize("actions", [1, 2, 3])
@pytest.mark.parametrize("signals", [1, 2, 3, 4])
def test_a_game_alone_is_solved_as_among_many(signals: int, actions: int, receivers: int) -> None:
    games = drawn(signals, actions, receivers)
    together = perfect_bayesian(games)
    assert response_paths(games.flat()).together is None
    for i in range(0, MANY, 12):
        one = games.take([i])
        assert response_paths(one).together is not None
        assert bits(perfect_bayesian(one)) == bits(together.take(together.game == i))


@pytest.mark.parametrize("available", ["all", "fewer after the first"])
@pytest.mark.parametrize("receivers", [1, 2])
def test_so_is_a_game_with_ties(receivers: int, available: str) -> None:
    games = drawn(3, 2, receivers, whole=True)
    if available == "all":
        games = SignallingGame(games.prior, games.sender, games.receiver, games.receiver_prior)
    together = perfect_bayesian(games)
    assert together.degenerate.any()
    for i in range(0, MANY, 30):
        assert bits(perfect_bayesian(games.take([i]))) == bits(together.take(together.game == i))


def test_a_few_games_are_solved_as_one_by_one() -> None:
    games = drawn(3, 2, 2).take(range(FEW // 3))
    assert response_paths(games).together is not None
    together = perfect_bayesian(games)
    for i in range(FEW // 3):
        assert bits(perfect_bayesian(games.take([i]))) == bits(together.take(together.game == i))


def test_the_ways_left_open_are_some_of_all_and_not_all() -> None:
    left = []
    for i in range(12):
        game = drawn(4, 3, 2).take([i])
        paths = response_paths(game)
        for some, every in zip(
            vars(open_ways(paths, game.prior[:, 1])).values(), vars(every_way(paths)).values(), strict=True
        ):
            kept, listed = list(some), list(every)
            assert [way for way in listed if way in kept] == kept
            left.append(len(kept) / len(listed))
    assert 0 < np.mean(left) < 0.4
