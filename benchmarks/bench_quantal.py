"""How fast are logit equilibria followed? Batches at three rationalities, and the same games one at a time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from benchmarks.harness import Benchmark
from sim.games.game import SignallingGame
from sim.games.quantal.response import STATUSES, QuantalResponse, quantal_response, quantal_responses

BATCH = 20_000
LOOPED = 16


def benchmarks() -> list[Benchmark]:
    """List the solves of random games with 2 sender types, 2 receiver types, 3 signals and 2 actions."""
    return [
        Benchmark(
            f"quantal_response at {rationality:g}, {BATCH:,} games",
            setup=lambda: _games(BATCH),
            call=partial(quantal_response, rationality=rationality),
            check=_solved,
            items=BATCH,
            item="games",
            repeats=3,
            note="payoffs of order 1; vectorised, compare with the loop",
            says=_statuses,
        )
        for rationality in (1.0, 5.0, 20.0)
    ] + [
        Benchmark(
            f"{solve.__name__} at 5, {LOOPED} games one by one",
            setup=lambda: [_games(LOOPED).take([row]) for row in range(LOOPED)],
            call=partial(_each, solve),
            check=lambda answers: len(answers) == LOOPED and all(map(_solved, answers)),
            items=LOOPED,
            item="games",
            note=f"loop, {how}; compare with the batch",
        )
        for solve, how in ((quantal_response, "in plain numbers"), (quantal_responses, "by arrays, as runs do"))
    ]


def _each(
    solve: Callable[[SignallingGame, float], QuantalResponse], games: list[SignallingGame]
) -> list[QuantalResponse]:
    """Solve games one after the other."""
    return [solve(game, 5.0) for game in games]


def _games(count: int) -> SignallingGame:
    """Draw normal payoffs and uniform priors."""
    rng = np.random.default_rng(0)
    priors = rng.dirichlet(np.ones(2), size=(2, count))
    sender, receiver = rng.normal(size=(2, count, 2, 2, 3, 2))
    return SignallingGame(priors[0], sender, receiver, priors[1])


def _solved(answer: QuantalResponse) -> bool:
    """Accept a batch whose probabilities are logit replies to each other, but for a game in a thousand."""
    solved = answer.status != "failed"
    return bool(solved.mean() > 0.999 and answer.residual[solved].max() < 1e-10)


def _statuses(answer: QuantalResponse) -> str:
    """Word the share of each status."""
    shares = [(status, (answer.status == status).mean()) for status in STATUSES]
    return ", ".join(f"{share:.2%} {status}" for status, share in shares if share > 0)
