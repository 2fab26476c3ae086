"""What do refinements cost on top of the equilibria? A block of 4,096 games, beside one game at a time."""

from __future__ import annotations

from functools import partial

import numpy as np

from benchmarks.bench_games import BLOCK, LOOPED, random_games
from benchmarks.harness import Benchmark
from sim.games.equilibria import Equilibria
from sim.games.game import SignallingGame
from sim.games.perfect_bayesian import perfect_bayesian
from sim.games.refinement import Refinements, refine

Solved = tuple[SignallingGame, Equilibria]
Judged = tuple[Equilibria, Refinements]


def solved_block(n: int, *, signals: int, actions: int) -> Solved:
    """Return n random games and their equilibria."""
    game = random_games(n, signals=signals, actions=actions)
    return game, perfect_bayesian(game)


def judged(solved: Solved) -> Judged:
    """Refine equilibria that are there already."""
    return solved[1], refine(*solved)


def solved_and_judged(game: SignallingGame) -> Judged:
    """Solve and refine."""
    return judged((game, perfect_bayesian(game)))


def survived(n: int, found: Judged) -> bool:
    """Whether each of n games without ties has a D1 survivor, and all of these are intuitive."""
    equilibria, verdicts = found
    left = np.unique(equilibria.game[verdicts.d1])
    return len(left) == n and bool(np.all(verdicts.intuitive[verdicts.d1]))


def benchmarks() -> list[Benchmark]:
    """List refinements alone, with the equilibria they judge, and both in a loop."""
    shapes = ((2, 2), (3, 2), (3, 3))
    alone = [
        Benchmark(
            f"refinements alone, {signals} signals, {actions} actions, 2 by 2",
            setup=partial(solved_block, BLOCK, signals=signals, actions=actions),
            call=judged,
            check=partial(survived, BLOCK),
            items=BLOCK,
            item="games",
            note="vectorised",
        )
        for signals, actions in shapes
    ]
    both = [
        Benchmark(
            f"equilibria and refinements, {signals} signals, {actions} actions",
            setup=partial(random_games, BLOCK, signals=signals, actions=actions),
            call=solved_and_judged,
            check=partial(survived, BLOCK),
            items=BLOCK,
            item="games",
            note="vectorised",
        )
        for signals, actions in shapes
    ]
    loop = Benchmark(
        "equilibria and refinements, 3 signals, one by one",
        setup=lambda: [random_games(LOOPED).take([i]) for i in range(LOOPED)],
        call=lambda games: [solved_and_judged(game) for game in games],
        check=lambda found: len(found) == LOOPED and all(survived(1, one) for one in found),
        items=LOOPED,
        item="games",
        note="loop",
    )
    return [*alone, *both, loop]
