"""How fast do parameters become games, and games ladders? One block of draws, and the same one crisis at a time."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from benchmarks.harness import Benchmark
from sim.crisis.dice import crisis_paths
from sim.crisis.ladder import Ladder, doctrine, equilibrium_ladder
from sim.crisis.parameters import PARAMETERS, STANCES
from sim.crisis.payoffs import crisis
from sim.games.equilibria import Equilibria

BLOCK = 4096
LOOPED = 64
PATHS = 100_000

Crises = dict[str, Any]


def benchmarks() -> list[Benchmark]:
    """List the steps from parameters to probabilities, and the dice."""
    return [
        Benchmark(
            f"crisis, worst {reading}, {BLOCK:,} draws",
            setup=lambda: _crises(BLOCK),
            call=partial(crisis, worst_case=reading),
            check=lambda both: both[0].receiver.shape == (BLOCK, 2, 2, 3, 2),
            items=BLOCK,
            item="draws",
            note="validation included; vectorised, compare with the loop",
        )
        for reading in ("type", "outcome")
    ] + [
        Benchmark(
            f"crisis, worst type, {LOOPED} draws one by one",
            setup=lambda: [{name: x[n] for name, x in _crises(LOOPED).items()} for n in range(LOOPED)],
            call=lambda crises: [crisis(one) for one in crises],
            check=lambda games: len(games) == LOOPED and games[0][0].batch_shape == (),
            items=LOOPED,
            item="draws",
            note="loop, compare with the block",
        ),
        Benchmark(
            f"three doctrines, {BLOCK:,} draws",
            setup=lambda: crisis(_crises(BLOCK)),
            call=lambda both: [doctrine(both[0], both[1], stance)[0] for stance in STANCES],
            check=_three_ladders,
            items=BLOCK,
            item="draws",
        ),
        Benchmark(
            f"equilibrium ladder, {BLOCK * 3 // 2:,} rows",
            setup=lambda: (*crisis(_crises(BLOCK)), _play(BLOCK * 3 // 2)),
            call=lambda inputs: equilibrium_ladder(*inputs),
            check=lambda ladder: bool(np.allclose(ladder.sent.sum(axis=1), 1)),
            items=BLOCK * 3 // 2,
            item="rows",
        ),
        Benchmark(
            f"crisis paths, {PATHS:,} rows",
            setup=lambda: (_crises(PATHS), _play(PATHS)),
            call=lambda inputs: crisis_paths(
                inputs[0], inputs[1].strategy, inputs[1].response, np.random.default_rng(0)
            ),
            check=lambda story: set(np.unique(story["rung"])) == set(range(6)),
            items=PATHS,
            item="rows",
        ),
    ]


def _crises(count: int) -> Crises:
    """Draw legal values of every parameter."""
    rng = np.random.default_rng(0)
    return {p.name: rng.uniform(max(p.low, -1), min(p.high, 4), count) for p in PARAMETERS}


def _play(rows: int) -> Equilibria:
    """Draw mixed play of the block's games; the ladder does not ask whether it is an equilibrium."""
    rng = np.random.default_rng(0)
    return Equilibria(
        game=np.sort(rng.integers(0, BLOCK, rows)),
        family=np.full(rows, "both_mix"),
        strategy=rng.dirichlet(np.ones(3), (rows, 2)),
        belief=np.full((rows, 3, 2), 0.5),
        response=rng.dirichlet(np.ones(2), (rows, 2, 3)),
        sender_value=rng.normal(size=(rows, 2)),
        degenerate=np.zeros(rows, dtype=bool),
    )


def _three_ladders(ladders: list[Ladder]) -> bool:
    """Accept probabilities only, none of them under rule_out, some under the other stances."""
    struck = [float(ladder.outcomes["strike"].mean()) for ladder in ladders]
    return struck[0] == 0 and all(0 < share < 1 for share in struck[1:])
