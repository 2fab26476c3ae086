"""How long does Gambit take over the same games? Every equilibrium of small games, and a file there and back."""

from __future__ import annotations

import io
import sys
from functools import partial
from importlib.util import find_spec
from typing import Any

import numpy as np

from benchmarks.harness import Benchmark
from sim.games.closed_form.perfect_bayesian import perfect_bayesian
from sim.games.gambit.efg import efg, read_efg
from sim.games.game import SignallingGame

GAMES = 20


def small_games(signals: int) -> list[SignallingGame]:
    """Draw games with normal payoffs, two types, two actions and one receiver type."""
    rng = np.random.default_rng(0)
    cells = (2, signals, 2)
    return [SignallingGame([0.4, 0.6], rng.normal(size=cells), rng.normal(size=cells)) for _ in range(GAMES)]


def trees(signals: int) -> list[Any]:
    """Let Gambit read the same games."""
    import pygambit

    return [pygambit.read_efg(io.BytesIO(efg(game).encode())) for game in small_games(signals)]


def solved_by_gambit(games: list[Any]) -> list[int]:
    """Count the Nash equilibria that Gambit finds, support by support."""
    import pygambit

    return [len(pygambit.nash.enumpoly_solve(game).equilibria) for game in games]


def each_has_one(counts: list[int]) -> bool:
    """Whether every game has an equilibrium."""
    return len(counts) == GAMES and min(counts) >= 1


def benchmarks() -> list[Benchmark]:
    """List the journey of a file, and the same games solved by both where pygambit is installed."""
    journey = Benchmark(
        "efg and read_efg, 3 signals",
        setup=partial(small_games, 3),
        call=lambda games: [read_efg(efg(game))[0] for game in games],
        check=lambda found: [game.sender.tolist() for game in found] == [g.sender.tolist() for g in small_games(3)],
        items=GAMES,
        item="games",
    )
    ours = [
        Benchmark(
            f"every equilibrium, {signals} signals, one receiver type",
            setup=partial(small_games, signals),
            call=lambda games: [len(perfect_bayesian(game)) for game in games],
            check=each_has_one,
            items=GAMES,
            item="games",
            note="loop; the same games as Gambit's rows",
        )
        for signals in (2, 3)
    ]
    if find_spec("pygambit") is None:
        print("bench_gambit: pygambit is not installed, so Gambit's own rows are left out", file=sys.stderr)
        return [journey, *ours]
    gambit = [
        Benchmark(
            f"Gambit enumpoly, {signals} signals, 2 actions, 2 types",
            setup=partial(trees, signals),
            call=solved_by_gambit,
            check=each_has_one,
            items=GAMES,
            item="games",
            note="one Nash equilibrium per support, one game at a time",
            repeats=3,
        )
        for signals in (2, 3)
    ]
    return [journey, *ours, *gambit]
