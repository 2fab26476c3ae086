"""How many games a second are solved, all equilibria of each? A block of 4,096, beside one game at a time."""

from __future__ import annotations

from functools import partial

import numpy as np

from benchmarks.harness import Benchmark
from sim.games.certificate import certificate
from sim.games.closed_form.perfect_bayesian import perfect_bayesian
from sim.games.equilibria import Equilibria
from sim.games.game import SignallingGame

BLOCK = 4096
LOOPED = 50


def random_games(n: int, *, signals: int = 3, actions: int = 2) -> SignallingGame:
    """Return n games with normal payoffs, two sender and two receiver types."""
    rng = np.random.default_rng(0)
    prior, receiver_prior = rng.uniform(0.05, 0.95, (2, n))
    return SignallingGame(
        np.stack([1 - prior, prior], axis=-1),
        rng.normal(size=(n, 2, signals, actions)),
        rng.normal(size=(n, 2, 2, signals, actions)),
        np.stack([1 - receiver_prior, receiver_prior], axis=-1),
    )


def certified(game: SignallingGame, equilibria: Equilibria) -> bool:
    """Whether every game has an equilibrium and every row is one."""
    proof = certificate(game, equilibria)
    gains = max(proof.sender_gain.max(), proof.receiver_gain.max(), proof.bayes_error.max())
    return bool(gains <= 1e-9 and len(set(equilibria.game.tolist())) == len(game.flat().prior))


def benchmarks() -> list[Benchmark]:
    """List blocks of several shapes, and the same games in a loop."""
    blocks = [
        Benchmark(
            f"every equilibrium, {signals} signals, {actions} actions, 2 by 2 types",
            setup=partial(random_games, BLOCK, signals=signals, actions=actions),
            call=perfect_bayesian,
            check=partial(certified, random_games(BLOCK, signals=signals, actions=actions)),
            items=BLOCK,
            item="games",
            note="vectorised",
        )
        for signals, actions in ((2, 2), (3, 2), (4, 2), (3, 3))
    ]
    loop = Benchmark(
        "every equilibrium, 3 signals, 2 actions, one by one",
        setup=lambda: [random_games(LOOPED).take([i]) for i in range(LOOPED)],
        call=lambda games: [perfect_bayesian(game) for game in games],
        check=lambda found: len(found) == LOOPED and min(map(len, found)) >= 1,
        items=LOOPED,
        item="games",
        note="loop",
    )
    return [*blocks, loop]
