"""Which parameter values does draw number i have? A pure function of scenario, seed and i, the same in any order.

Draws come as scrambled Sobol' points in independent replicates [1]_; a block (4,096 draws, or a replicate if smaller)
fixes the stream and the order of every sum, so that no result depends on how blocks are grouped or where they run.
Each parameter of the model has its own dimension whether it is uncertain or not: fixing one changes no other's draws,
and neither does a stance or a voice that is added.

References
----------
.. [1] Owen, A. B. (1998), "Scrambling Sobol' and Niederreiter-Xing points", Journal of Complexity 14(4), 466-489,
   doi:10.1006/jcom.1998.0487.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from sim.beliefs.copula import correlated, leaning
from sim.crisis.parameters import PARAMETERS
from sim.draws.sobol import BITS, Scrambling, scrambling
from sim.games.game import Floats
from sim.scenario.scenario import Scenario

REPLICATES = 16
"""Independent scramblings; the spread of their means is the error of the mean."""

BLOCK = 4096
"""Draws in a block: the solver's working set then stays in cache."""

MOST_DRAWS = 2**30
"""Largest number of draws: a replicate has at most 2^26 points."""

TOGETHER = 35
"""Dimensions whose scrambling is drawn at once, as SciPy does; each of those behind has a stream of its own."""

DIMENSIONS = tuple(parameter.dimension for parameter in PARAMETERS)
"""Those of the three stances of the baseline."""

_HALF_CELL = 2.0 ** -(BITS + 1)
"""Half the spacing of the points, one of which is exactly 0."""


@dataclass(frozen=True)
class Block:
    """A run of consecutive points of one replicate: `size` draws from number `start` of the replicate on."""

    replicate: int
    start: int
    size: int


def rounded_draws(draws: int) -> int:
    """Return the number of draws that is run when `draws` are asked for: the next 16 · 2^k.

    >>> rounded_draws(1000), rounded_draws(65536)
    (1024, 65536)
    """
    if not 1 <= draws <= MOST_DRAWS:
        raise ValueError(f"draws must lie in [1, {MOST_DRAWS}]; it is {draws}")
    return REPLICATES << (-(-draws // REPLICATES) - 1).bit_length()


def blocks(draws: int, first: int = 0, last: int | None = None) -> list[Block]:
    """Return the blocks that make up `draws` draws (a number `rounded_draws` returned), in the order of their sums.

    The replicates take turns, so that twice as many draws begin with the same blocks once blocks have their full size.

    >>> len(blocks(65536)), blocks(32, 15)
    (16, [Block(replicate=15, start=0, size=2)])
    """
    size = min(BLOCK, draws // REPLICATES)
    count = draws // size
    end = count if last is None else min(last, count)
    return [Block(number % REPLICATES, number // REPLICATES * size, size) for number in range(first, end)]


def uniforms(seed: int, listed: Iterable[Block], dimensions: Sequence[int] = DIMENSIONS) -> Iterator[Floats]:
    """Yield the uniform scores of each block: a row for each of the dimensions of a scenario (`Scenario.dimensions`).

    Shapes: → (dimensions, size).
    """
    for block in listed:
        yield _stream(seed, block.replicate, tuple(dimensions)).points(block.start, block.size) + _HALF_CELL


@lru_cache(maxsize=4 * REPLICATES)
def _stream(seed: int, replicate: int, dimensions: tuple[int, ...]) -> Scrambling:
    """Return the points of one replicate in some dimensions, each the same whichever the others are."""
    sequence = np.random.SeedSequence(seed).spawn(REPLICATES)[replicate]
    first = scrambling(TOGETHER, np.random.default_rng(sequence).spawn(1)[0])
    rows = [
        Scrambling(first.columns[d : d + 1], first.shift[d : d + 1])
        if d < TOGETHER
        else scrambling(1, np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(replicate, d))), first=d)
        for d in dimensions
    ]
    return Scrambling(np.concatenate([row.columns for row in rows]), np.concatenate([row.shift for row in rows]))


def parameter_values(scenario: Scenario, scores: Floats) -> dict[str, Floats]:
    """Return the values of every parameter that the scenario's game needs, at the given scores.

    Shapes: scores (dimensions, n) → (n,).
    """
    names = [parameter.name for parameter in scenario.parameters]
    rows = {name: row for row, name in enumerate(names)}
    drawn = correlated(scores, scenario.correlation, rows)
    drawn = leaning(drawn, scenario.voices, rows)
    entries = {name: scenario.entries[name] for name in names}
    return {name: entry.distribution.quantile(drawn[rows[entry.shares or name]]) for name, entry in entries.items()}


def parameter_blocks(
    scenario: Scenario, draws: int, seed: int, *, first: int = 0, last: int | None = None
) -> Iterator[tuple[Block, dict[str, Floats]]]:
    """Yield every block of a run with its parameter values, in the order of the sums.

    Shapes: → (size,).

    >>> from sim.scenario.scenario import load_scenario
    >>> [block.replicate for block, _ in parameter_blocks(load_scenario("macron-2024"), 64, 0)] == list(range(16))
    True
    """
    listed = blocks(draws, first, last)
    for block, scores in zip(listed, uniforms(seed, listed, scenario.dimensions), strict=True):
        yield block, parameter_values(scenario, scores)
