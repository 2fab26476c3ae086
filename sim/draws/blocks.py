"""Which parameter values does draw number i have? A pure function of scenario, seed and i, the same in any order.

Scrambled Sobol' points in independent replicates: Owen, A. B. (1998), "Scrambling Sobol' and Niederreiter-Xing points",
Journal of Complexity 14(4), 466-489. Each parameter has its own dimension: fixing one changes no other's draws.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TypeVar

import numpy as np

from sim.beliefs.copula import correlated, leaning
from sim.crisis.parameters import PARAMETERS
from sim.draws.sobol import BITS, Scrambling, scrambling
from sim.games.game import Floats
from sim.scenario.scenario import Scenario

Part = TypeVar("Part")

REPLICATES = 16  # independent scramblings; the spread of their means is the error of the mean
BLOCK = 4096  # draws in a block: the solver's working set then stays in cache
MOST_DRAWS = 2**30  # largest number of draws: a replicate has at most 2^26 points
TOGETHER = 35  # dimensions whose scrambling is drawn at once, as SciPy does; those behind have streams of their own
DIMENSIONS = tuple(parameter.dimension for parameter in PARAMETERS)  # those of the three stances of the baseline
_HALF_CELL = 2.0 ** -(BITS + 1)  # half the spacing of the points, one of which is exactly 0


@dataclass(frozen=True)
class Block:
    """A run of consecutive points of one replicate: `size` draws from number `start` of the replicate on."""

    replicate: int
    start: int
    size: int


def rounded_draws(draws: int) -> int:
    """Return the number of draws that is run when `draws` are asked for: the next 16 · 2^k."""
    if not 1 <= draws <= MOST_DRAWS:
        raise ValueError(f"draws must lie in [1, {MOST_DRAWS}]; it is {draws}")
    return REPLICATES << (-(-draws // REPLICATES) - 1).bit_length()


def blocks(draws: int, first: int = 0, last: int | None = None) -> list[Block]:
    """Return the blocks that make up `draws` (which `rounded_draws` returned) draws, in the order of their sums."""
    # The replicates take turns: twice as many draws begin with the same blocks once blocks have their full size.
    size = min(BLOCK, draws // REPLICATES)
    count = draws // size
    end = count if last is None else min(last, count)
    return [Block(number % REPLICATES, number // REPLICATES * size, size) for number in range(first, end)]


def uniforms(seed: int, listed: Iterable[Block], dimensions: Sequence[int] = DIMENSIONS) -> Iterator[Floats]:
    """Yield the uniform scores of each block, (dimensions, size), in the dimensions of a scenario."""
    for block in listed:
        yield _stream(seed, block.replicate, tuple(dimensions)).points(block.start, block.size) + _HALF_CELL


def together(
    scored: Iterable[tuple[Block, Floats]], found: Callable[[Floats], Mapping[str, Floats]], most: int = BLOCK
) -> Iterator[tuple[Block, Floats, dict[str, Floats]]]:
    """Yield every block with its scores and what is found at them; blocks are asked about at once up to some draws.

    One question takes as long for one draw as for hundreds. What is found of a draw must not depend on the others, but
    for the rounding of quantal play.

    Shapes: scores (dimensions, n), found (..., n) → (dimensions, size), (..., size).

    >>> scored = zip(blocks(32), np.arange(32.0).reshape(16, 1, 2))
    >>> [values["twice"].tolist() for _, _, values in together(scored, lambda scores: {"twice": 2 * scores[0]})][:2]
    [[0.0, 2.0], [4.0, 6.0]]
    """
    for some in gathered(scored, lambda each: each[0].size, most):
        values, start = found(np.concatenate([scores for _, scores in some], axis=-1)), 0
        for block, scores in some:
            yield block, scores, {name: array[..., start : start + block.size] for name, array in values.items()}
            start += block.size


def gathered(parts: Iterable[Part], size: Callable[[Part], int], most: int = BLOCK) -> Iterator[list[Part]]:
    """Yield parts of a run in lists of at least so many draws, the last excepted.

    >>> [len(some) for some in gathered(blocks(2**14), lambda block: block.size)]
    [4, 4, 4, 4]
    """
    some: list[Part] = []
    for part in parts:
        some.append(part)
        if sum(map(size, some)) >= most:
            yield some
            some = []
    if some:
        yield some


def end_to_end(scored: Iterable[tuple[Block, Floats]]) -> Iterator[tuple[list[Block], Floats]]:
    """Yield some blocks at a time, and their scores end to end, (dimensions, n)."""
    for some in gathered(scored, lambda each: each[0].size):
        yield [block for block, _ in some], np.concatenate([scores for _, scores in some], axis=-1)


@lru_cache(maxsize=4 * REPLICATES)
def _stream(seed: int, replicate: int, dimensions: tuple[int, ...]) -> Scrambling:
    """Return the points of one replicate in some dimensions, each the same whichever the others are."""
    first = scrambling(TOGETHER, _rng(seed, replicate, 0))
    own = {d: scrambling(1, _rng(seed, replicate, d), first=d) for d in dimensions if d >= TOGETHER}
    rows = [(own[d], 0) if d in own else (first, d) for d in dimensions]
    columns, shift = ([getattr(each, part)[row] for each, row in rows] for part in ("columns", "shift"))
    return Scrambling(np.array(columns), np.array(shift))


def _rng(seed: int, replicate: int, dimension: int) -> np.random.Generator:
    """Return the dice of one dimension of one replicate; those of the first one also serve those up to `TOGETHER`."""
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(replicate, dimension)))


def parameter_values(scenario: Scenario, scores: Floats) -> dict[str, Floats]:
    """Return the values, (n,), of every parameter of a scenario's game at the given scores, (dimensions, n)."""
    names = [parameter.name for parameter in scenario.parameters]
    rows = {name: row for row, name in enumerate(names)}
    drawn = correlated(scores, scenario.correlation, rows)
    drawn = leaning(drawn, scenario.voices, rows)
    entries = {name: scenario.entries[name] for name in names}
    return {name: entry.distribution.quantile(drawn[rows[entry.shares or name]]) for name, entry in entries.items()}


def parameter_blocks(
    scenario: Scenario, draws: int, seed: int, *, first: int = 0, last: int | None = None
) -> Iterator[tuple[Block, dict[str, Floats]]]:
    """Return every block of a run with its parameter values, (size,), in the order of the sums."""
    return drawn(scenario, blocks(draws, first, last), seed)


def drawn(scenario: Scenario, listed: Sequence[Block], seed: int) -> Iterator[tuple[Block, dict[str, Floats]]]:
    """Yield blocks with their parameter values, (size,)."""
    scored = zip(listed, uniforms(seed, listed, scenario.dimensions), strict=True)
    for block, _, values in together(scored, partial(parameter_values, scenario)):
        yield block, values
