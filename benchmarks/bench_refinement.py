"""How many games a second are refined, once solved? A block of 4,096, beside one game at a time."""

from __future__ import annotations

from functools import partial

import numpy as np

from benchmarks.bench_games import BLOCK, LOOPED, random_games
from benchmarks.harness import Benchmark
from sim.games.closed_form.perfect_bayesian import perfect_bayesian
from sim.games.closed_form.response_path import response_paths
from sim.games.equilibria import Equilibria
from sim.games.game import SignallingGame
from sim.games.refinements.refinement import Refinements, cases, judge

Solved = tuple[SignallingGame, Equilibria]
Judged = tuple[Equilibria, Refinements]


def solved(game: SignallingGame) -> Solved:
    """Return games and their equilibria."""
    return game, perfect_bayesian(game)


def solved_block(signals: int, actions: int) -> Solved:
    """Return a block of random games and their equilibria."""
    return solved(random_games(BLOCK, signals=signals, actions=actions))


def judged(solved: Solved) -> Judged:
    """Refine equilibria that are there already."""
    game, equilibria = solved
    return equilibria, judge(cases(game.flat(), equilibria, response_paths(game.flat())))


def survived(n: int, found: Judged) -> bool:
    """Whether each of n games without ties has a D1 survivor, and all of these are intuitive."""
    equilibria, verdicts = found
    left = np.unique(equilibria.game[verdicts.d1])
    return len(left) == n and bool(np.all(verdicts.intuitive[verdicts.d1]))


def benchmarks() -> list[Benchmark]:
    """List blocks of several shapes, and the same games in a loop."""
    blocks = [
        Benchmark(
            f"refinements alone, {signals} signals, {actions} actions, 2 by 2 types",
            setup=partial(solved_block, signals, actions),
            call=judged,
            check=partial(survived, BLOCK),
            items=BLOCK,
            item="games",
            note="vectorised",
        )
        for signals, actions in ((2, 2), (3, 2), (3, 3))
    ]
    loop = Benchmark(
        "refinements alone, 3 signals, 2 actions, one by one",
        setup=lambda: [solved(random_games(LOOPED).take([i])) for i in range(LOOPED)],
        call=lambda games: [judged(game) for game in games],
        check=lambda found: len(found) == LOOPED and all(survived(1, one) for one in found),
        items=LOOPED,
        item="games",
        note="loop",
    )
    return [*blocks, loop]
