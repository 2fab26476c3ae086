"""Which inputs drive an output, alone and together with others? Sobol' indices by pick-freeze, for any function.

Draw two independent sets of inputs, A and B. Mix them: all inputs from A but for some, which are from B. How far the
output then moves from A's tells what those inputs do in all; how far it resembles B's, what they do alone.

References
----------
.. [1] Sobol', I. M. (2001), "Global sensitivity indices for nonlinear mathematical models and their Monte Carlo
   estimates", Mathematics and Computers in Simulation 55, 271-280, doi:10.1016/S0378-4754(00)00270-6.
.. [2] Saltelli, A. et al. (2010), "Variance based sensitivity analysis of model output. Design and estimator for the
   total sensitivity index", Computer Physics Communications 181, 259-270, doi:10.1016/j.cpc.2009.09.018.
.. [3] Jansen, M. J. W. (1999), "Analysis of variance designs for model output", Computer Physics Communications 117,
   35-43, doi:10.1016/S0010-4655(98)00154-4.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from sim.draws.blocks import BLOCK, REPLICATES
from sim.draws.sobol import BITS, MOST_DIMENSIONS, Scrambling, scrambling
from sim.games.game import Floats
from sim.work.executors import Crew, in_order
from sim.work.pieces import cuts

RESAMPLES = 500  # bootstrap resamples behind an interval
TILE = 48  # rows that are multiplied together: BLAS adds up what is left over at the end of its 16, or 24, otherwise
LEVELS = (0.025, 0.975)  # ends of an interval: 95 %

FEWEST_POINTS, MOST_POINTS = 2**10, 2**18
"""Least and most base points. Short stretches of a Sobol' sequence in many dimensions tie some columns of A to the same
ones of B, which must be independent: with 64 points in 70 dimensions, intervals of some inputs never hold the truth."""

NO_SPREAD = 1e-12  # spread, relative to the largest value, that is rounding: such an output does not vary
_HALF_CELL = 2.0 ** -(BITS + 1)  # half the spacing of the points, one of which is exactly 0
Function = Callable[[Floats], Floats]  # from uniform scores of shape (inputs, n) to outputs of shape (outputs, n)


@dataclass(frozen=True, eq=False)
class Indices:
    """Sobol' indices of s sets of inputs for o outputs, NaN where one does not vary, with 95 % bootstrap intervals.

    First is the share of the variance that a set explains alone (of several inputs, the closed index); total, what is
    left of it if all other inputs are known.
    """

    first: Floats  # (s, o)
    total: Floats
    first_interval: Floats  # (s, o, 2): low and high
    total_interval: Floats
    mean: Floats  # (o,)
    variance: Floats  # 0 where an output does not vary
    cases: Floats  # how many points carry the variance in effect: of a rare event about as often as it happens


def rounded_points(points: int) -> int:
    """Return the number of base points that is used when `points` are asked for: the next power of two."""
    if points < FEWEST_POINTS:
        why = "as with fewer, intervals of some drivers miss the truth"
        raise ValueError(f"points must be at least {FEWEST_POINTS}, {why}; it is {points}")
    if points > MOST_POINTS:
        raise ValueError(f"points must be at most {MOST_POINTS}; it is {points}")
    return 1 << (points - 1).bit_length()


def pick_freeze(  # noqa: PLR0913 - each is asked for by name
    function: Function,
    sets: Sequence[Sequence[int]],
    *,
    inputs: int,
    points: int,
    seed: int,
    apart: Mapping[int, int] = MappingProxyType({}),
    by: Crew | None = None,
    told: Callable[[int], object] = lambda _: None,
) -> Indices:
    """Return the Sobol' indices of sets of independent inputs.

    First: f_B (f_mixed - f_A), Table 2 (b) of [2]_, with a constant near the mean taken off every output: its
    expectation is the same and its error far smaller. Total: (f_A - f_mixed)^2 / 2, Table 2 (f) of [2]_, from [3]_.
    The variance is that of A and B together. Intervals are percentiles over resamples of the points within each
    block; they take the points for independent, which scrambled Sobol' points are better than. Inputs that stand
    `apart`, each with a number of its own, leave the points of all others what they are. With a crew the function is
    pickled, and `told` hears at how many points it was asked since the last time.
    """
    points_seed, resample_seed = np.random.SeedSequence(seed).spawn(REPLICATES + 2)[REPLICATES:]  # apart from a run's
    size = min(BLOCK, points)
    blocks, sequence = points // size, _sequence(points_seed, inputs, apart)
    first = tuple(function(each) for each in _matrices(sequence, size, 0))
    parts = min(cuts(blocks, by), max(len(sets), 1))
    task = _Task(function, sets, size, sequence, _states(resample_seed, size, blocks), first, parts)
    told(2 * size)
    (outputs, _), shape = first, (1 + len(sets), 2, len(first[0]))
    sums, resampled, fourth = np.zeros(shape), np.zeros((*shape, RESAMPLES)), np.zeros(len(outputs))
    least, most = np.full(len(outputs), np.inf), np.full(len(outputs), -np.inf)
    for found in in_order(task, range(blocks * parts), by):
        sums[found.rows] += found.sums
        resampled[found.rows] += found.resampled
        least, most = np.minimum(least, found.least), np.maximum(most, found.most)
        fourth = fourth + found.fourth
        told(found.asked)
    varies = most - least > NO_SPREAD * np.maximum(np.abs(most), np.abs(least))
    cases = np.divide((2 * sums[0, 1]) ** 2, fourth, out=np.zeros_like(fourth), where=fourth > 0)
    return _indices(sums / points, resampled / points, varies, task.centre[:, 0], cases)


@dataclass(frozen=True, eq=False)
class _Found:
    """What some sets add in one block, and the block itself, in row 0, with the first of them."""

    rows: slice
    sums: Floats  # (rows, 2, o)
    resampled: Floats  # (rows, 2, o, resamples)
    least: Floats | float  # (o,)
    most: Floats | float
    fourth: Floats | float
    asked: int


@dataclass(frozen=True, eq=False)
class _Task:
    """All that is needed to do any part: sets are cut into `parts`, and numbers run over those of a block first."""

    function: Function
    sets: Sequence[Sequence[int]]
    size: int
    sequence: Scrambling
    states: list[np.random.Generator]
    first: tuple[Floats, ...]  # what A and B of the first block give
    parts: int

    @property
    def centre(self) -> Floats:
        """A constant near the mean of every output, (o, 1)."""
        return np.asarray((self.first[0].mean(axis=1) + self.first[1].mean(axis=1))[:, None] / 2)

    def __call__(self, number: int) -> _Found:
        """Do one part."""
        block, part = divmod(number, self.parts)
        a, b = _matrices(self.sequence, self.size, block)
        outputs = (self.function(a), self.function(b)) if block else self.first
        centre = self.centre
        f_a, f_b = (each - centre for each in outputs)
        at_once = max(BLOCK // self.size, 1)
        step = -(-len(self.sets) // (self.parts * at_once)) * at_once
        own = self.sets[part * step : (part + 1) * step]
        found = []
        if part == 0:  # of the mean, and of the mean square: (2, o, n)
            found.append(np.stack([(f_a + f_b) / 2, (f_a**2 + f_b**2) / 2]))
        for mixed in _mixed_outputs(self.function, own, a, b):
            moved = mixed - centre - f_a
            found.append(np.stack([f_b * moved, moved**2 / 2]))  # Saltelli et al. (2010), Table 2 (b) and (f)
        terms = np.array(found).reshape(len(found), 2, *f_a.shape)  # (rows, 2, o, n)
        begin = 1 + part * step - (part == 0)
        return _Found(
            slice(begin, begin + len(terms)),
            terms.sum(axis=-1),
            _resampled(terms, _resample_weights(deepcopy(self.states[block]), self.size)),
            np.minimum(*outputs).min(axis=1) if part == 0 else np.inf,
            np.maximum(*outputs).max(axis=1) if part == 0 else -np.inf,
            (f_a**4 + f_b**4).sum(axis=1) if part == 0 else 0.0,
            self.size * (len(own) + 2 * (block > 0)),
        )


def _states(seed: np.random.SeedSequence, size: int, blocks: int) -> list[np.random.Generator]:
    """Return what the resamples of each block are drawn with: one stream, as it is after the blocks before."""
    states = [np.random.default_rng(seed)]
    for _ in range(blocks - 1):
        after = deepcopy(states[-1])
        _drawn(after, size)
        states.append(after)
    return states


def _sequence(seed: np.random.SeedSequence, inputs: int, apart: Mapping[int, int]) -> Scrambling:
    """Return the points of A, then those of B; those apart have the last dimensions, and dice of their own."""
    together = inputs - len(apart)
    common = scrambling(2 * together, np.random.default_rng(seed).spawn(1)[0])
    if not apart:
        return common
    if 2 * (together + 1 + max(apart.values())) > MOST_DIMENSIONS:
        raise ValueError(f"inputs must be at most {MOST_DIMENSIONS // 2}, those apart included; there are {inputs}")
    own = {
        row: scrambling(2, _dice_apart(seed, number), first=MOST_DIMENSIONS - 2 * (number + 1))
        for row, number in apart.items()
    }
    others = iter(range(together))
    places = [((own[row], 0), (own[row], 1)) if row in own else _pair(common, next(others)) for row in range(inputs)]
    rows = [half[side] for side in (0, 1) for half in places]
    return Scrambling(*(np.array([getattr(each, part)[row] for each, row in rows]) for part in ("columns", "shift")))


def _dice_apart(seed: np.random.SeedSequence, number: int) -> np.random.Generator:
    """Return the dice of an input that stands apart; those of all others together are the first child of the seed."""
    return np.random.default_rng(np.random.SeedSequence(seed.entropy, spawn_key=(*seed.spawn_key, 1 + number)))


def _pair(common: Scrambling, number: int) -> tuple[tuple[Scrambling, int], tuple[Scrambling, int]]:
    """Return where an input stands in A and in B."""
    return (common, number), (common, len(common.shift) // 2 + number)


def _matrices(sequence: Scrambling, size: int, block: int) -> tuple[Floats, Floats]:
    """Return the scores of A and of B of a block, each (inputs, n): the two halves of one scrambled sequence."""
    scores = sequence.points(block * size, size) + _HALF_CELL
    inputs = len(scores) // 2
    return scores[:inputs], scores[inputs:]


def _mixed_outputs(function: Function, sets: Sequence[Sequence[int]], a: Floats, b: Floats) -> Iterator[Floats]:
    """Yield what comes of A with each set of inputs from B, (o, n); small blocks are asked about several at once."""
    size, at_once = a.shape[1], max(BLOCK // a.shape[1], 1)
    for start in range(0, len(sets), at_once):
        some = [list(members) for members in sets[start : start + at_once]]
        mixed = np.tile(a, len(some))
        for place, members in enumerate(some):
            mixed[members, place * size : (place + 1) * size] = b[members]
        yield from np.split(function(mixed), len(some), axis=1)


def _drawn(rng: np.random.Generator, size: int) -> NDArray[np.int64]:
    """Return which of `size` points each resample draws, (resamples, size)."""
    return rng.integers(size, size=(RESAMPLES, size))


def _resample_weights(rng: np.random.Generator, size: int) -> Floats:
    """Return how often each of `size` points is drawn in each resample, (size, resamples)."""
    drawn = _drawn(rng, size) + size * np.arange(RESAMPLES)[:, None]
    counts = np.bincount(drawn.ravel(), minlength=RESAMPLES * size).reshape(RESAMPLES, size)
    return np.ascontiguousarray(counts.T, dtype=np.float64)


def _resampled(terms: Floats, weights: Floats) -> Floats:
    """Return the sum of every term in each resample: (rows, 2, o, n), (n, resamples) → (rows, 2, o, resamples)."""
    # All at once, as every product reads all weights; in whole tiles, so that no bit depends on how many there are.
    flat = terms.reshape(-1, terms.shape[-1])
    whole = np.concatenate([flat, np.zeros((-len(flat) % TILE, terms.shape[-1]))])
    return np.asarray((whole @ weights)[: len(flat)].reshape(*terms.shape[:-1], RESAMPLES))


def _indices(means: Floats, resampled: Floats, varies: NDArray[np.bool_], centre: Floats, cases: Floats) -> Indices:
    """Return indices and intervals from the means of all terms, (1 + s, 2, o), and of those of each resample."""
    variance = np.where(varies, means[0, 1] - means[0, 0] ** 2, 0.0)
    spread = resampled[0, 1] - resampled[0, 0] ** 2  # (o, resamples)
    known = varies[:, None] & (spread > 0)  # a resample may miss the few points at which a rare event happens
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = means[1:] / np.where(varies, variance, np.nan)  # (s, 2, o)
        drawn = np.where(known, resampled[1:] / spread, np.nan)  # (s, 2, o, resamples)
    ends = np.full((*shares.shape, 2), np.nan)
    for output in np.flatnonzero(varies):
        kept = drawn[:, :, output, known[output]]
        ends[:, :, output] = np.moveaxis(np.quantile(kept, LEVELS, axis=-1), 0, -1)
    return Indices(shares[:, 0], shares[:, 1], ends[:, 0], ends[:, 1], centre + means[0, 0], variance, cases)
