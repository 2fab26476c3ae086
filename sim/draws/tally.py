"""How are a million draws summed up without keeping them? Sums per replicate and histograms, block by block."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.draws.blocks import REPLICATES, Block
from sim.games.game import Floats

CELLS = 2**15  # cells of a histogram
PAYOFF_SPAN = 16.0  # payoffs are binned by their inverse hyperbolic sine up to this: four million times the yardstick
Counts = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Part:
    """What b blocks add to a tally of q columns: small enough to be sent and kept."""

    replicates: Counts  # (b,)
    sizes: Counts  # (b,)
    sums: Floats  # (b, q)
    cells: NDArray[np.int32]  # those that are not empty, of all histograms laid end to end
    counts: NDArray[np.int32]


@dataclass(eq=False)
class Tally:
    """Running sums and counts of named quantities: variances and quantiles of probabilities and payoffs, else means."""

    probabilities: tuple[str, ...]
    payoffs: tuple[str, ...]
    others: tuple[str, ...]
    sizes: Counts = field(init=False)
    sums: Floats = field(init=False)
    counts: Counts = field(init=False)

    def __post_init__(self) -> None:
        self.sizes = np.zeros(REPLICATES, dtype=np.int64)
        self.sums = np.zeros((REPLICATES, len(self.names) + self.spread))
        self.counts = np.zeros((self.spread, CELLS + 1), dtype=np.int64)

    @property
    def draws(self) -> int:
        """Draws in all replicates."""
        return int(self.sizes.sum())

    @property
    def names(self) -> tuple[str, ...]:
        """All quantities, in the order of the sums; the squares of the first `spread` of them follow."""
        return self.probabilities + self.payoffs + self.others

    @property
    def spread(self) -> int:
        """How many quantities have variances and quantiles."""
        return len(self.probabilities) + len(self.payoffs)

    @property
    def even(self) -> bool:
        """Whether every replicate has as many draws, as means and errors take it."""
        return bool(self.draws) and bool(np.all(self.sizes == self.sizes[0]))

    def add(self, replicate: int, values: Mapping[str, Floats]) -> Floats:
        """Add a block, one array of shape (size,) per quantity, and return its sums."""
        return np.asarray(self.add_blocks([replicate], values)[0])

    def add_blocks(self, replicates: Sequence[int], values: Mapping[str, Floats]) -> Floats:
        """Add b blocks of one size that stand end to end, one array of shape (b size,) per quantity.

        Return the sums of each block, (b, q); they have the bits that the block alone would give.
        """
        columns, blocks = [np.asarray(values[name], dtype=np.float64) for name in self.names], len(replicates)
        sums, squares = np.empty((len(columns), blocks)), np.empty((self.spread, blocks))
        done: dict[int, int] = {}  # many a quantity is another by a second name: it is summed once
        for row, column in enumerate(columns):
            first = done.setdefault(id(column), row)
            sums[row] = sums[first] if first < row else column.reshape(blocks, -1).sum(axis=1)
        for row, column in enumerate(columns[: self.spread]):
            squares[row] = np.square(column).reshape(blocks, -1).sum(axis=1)
            self._count(row, column)
        own = np.ascontiguousarray(np.concatenate([sums, squares]).T)
        for replicate, each in zip(replicates, own, strict=True):
            self.sums[replicate] += each
            self.sizes[replicate] += columns[0].size // blocks
        return own

    def _count(self, row: int, column: Floats) -> None:
        """Add draws to a histogram."""
        if row >= len(self.probabilities):
            np.add.at(self.counts[row], _payoff_cells(column), 1)
        elif column.any():
            np.add.at(self.counts[row], _cells(column), 1)
        else:
            self.counts[row, 0] += column.size

    def part(self, blocks: list[tuple[int, int, Floats]]) -> Part:
        """Return all that was added as a part, given replicate, size and sums of each block."""
        filled = np.flatnonzero(self.counts)
        replicates, sizes, sums = zip(*blocks, strict=True)
        return Part(
            replicates=np.array(replicates, dtype=np.int64),
            sizes=np.array(sizes, dtype=np.int64),
            sums=np.array(sums),
            cells=filled.astype(np.int32),
            counts=self.counts.ravel()[filled].astype(np.int32),
        )

    def part_of(self, found: Iterable[tuple[Sequence[Block], Mapping[str, Floats]]]) -> Part:
        """Add blocks, of which several stand end to end, to a tally that is empty, and return them as a part."""
        added: list[tuple[int, int, Floats]] = []
        for some, values in found:
            sums = self.add_blocks([block.replicate for block in some], values)
            added += [(block.replicate, block.size, own) for block, own in zip(some, sums, strict=True)]
        return self.part(added)

    def merge(self, part: Part) -> None:
        """Add a part, block by block, as if its draws were added here."""
        # One sum for the whole part would be rounded in another way: the bits would depend on how the run was cut.
        for replicate, size, own in zip(part.replicates, part.sizes, part.sums, strict=True):
            self.sizes[replicate] += size
            self.sums[replicate] += own
        self.counts.reshape(-1)[part.cells] += part.counts

    def mean(self, name: str) -> float:
        """Return the mean over all draws."""
        return float(self._replicate_means(self.names.index(name)).mean())

    def variance(self, name: str) -> float:
        """Return the variance over all draws of a probability or payoff."""
        column = self.names.index(name)
        square = self._replicate_means(len(self.names) + column).mean()
        return max(0.0, float(square - self._replicate_means(column).mean() ** 2))

    def standard_error(self, name: str) -> float:
        """Return the standard error of the mean, from the spread of the replicates (15 degrees of freedom)."""
        # Points inside a replicate are more even than chance, so that their own variance would claim too much.
        return float(self._replicate_means(self.names.index(name)).std(ddof=1) / np.sqrt(REPLICATES))

    def quantile(self, name: str, level: float) -> float:
        """Return a quantile over draws, to the cell: 0.02 points of a probability, 0.1 % or 0.001 of a payoff."""
        return self.quantiles(name, (level,))[0]

    def quantiles(self, name: str, levels: Sequence[float]) -> list[float]:
        """Return several quantiles over draws, each as `quantile` does."""
        row = self.names.index(name)
        cells = _cells_at(self.counts[row], levels)
        if row < len(self.probabilities):
            return [_value_of(cell) for cell in cells]
        return [float(np.sinh((2 * cell / CELLS - 1) * PAYOFF_SPAN)) for cell in cells]  # in the middle of the cell

    def histogram(self, name: str, bins: int) -> list[float]:
        """Return the shares of draws in which a probability is 0, and in each of `bins` bins of equal fourth root."""
        counts = self.counts[self.probabilities.index(name)]
        return [float(counts[0] / self.draws), *(counts[1:].reshape(bins, -1).sum(axis=1) / self.draws).tolist()]

    def _replicate_means(self, column: int) -> Floats:
        return self.sums[:, column] / (self.draws / REPLICATES)


@dataclass(frozen=True, eq=False)
class WeightedBlock:
    """What one block adds to a weighted tally of q names: of other blocks its sums would be rounded in another way."""

    replicate: int
    weights: Floats  # (q,)
    sums: Floats  # (q,)
    cells: list[NDArray[np.uint16]]  # of each draw, (size,) for each name
    filled: list[Floats | None]  # the weight of each draw, None where all count alike: so that less has to be sent


@dataclass(eq=False)
class WeightedTally:
    """Running sums of named probabilities whose draws do not count alike.

    The chance of an event among encounters that reach a rung is the mean over draws of its chance in each, weighted by
    how often the draw reaches the rung; so the range over draws takes the same weights.
    """

    names: tuple[str, ...]
    weights: Floats = field(init=False)  # (replicates, names)
    sums: Floats = field(init=False)  # of weight times probability, (replicates, names)
    cells: Floats = field(init=False)  # the weight in each, (names, cells)

    def __post_init__(self) -> None:
        self.weights = np.zeros((REPLICATES, len(self.names)))
        self.sums = np.zeros((REPLICATES, len(self.names)))
        self.cells = np.zeros((len(self.names), CELLS + 1))

    def add(self, replicate: int, values: Mapping[str, tuple[Floats, Floats]]) -> None:
        """Add a block: for each name, probabilities and weights, both of shape (size,)."""
        self.merge(weighted_block(self.names, replicate, values))

    def merge(self, block: WeightedBlock) -> None:
        """Add what a block adds."""
        self.weights[block.replicate] += block.weights
        self.sums[block.replicate] += block.sums
        if 0 < sum(map(len, block.cells)) < CELLS // 4:
            self._merge_few(block)
            return
        for column, (cells, weight) in enumerate(zip(block.cells, block.filled, strict=True)):
            self.cells[column] += np.bincount(cells, weights=weight, minlength=CELLS + 1)

    def _merge_few(self, block: WeightedBlock) -> None:
        """Add weights to the cells that have any, with the same bits: where draws are few, hardly any cell has."""
        starts = (CELLS + 1) * np.arange(len(block.cells))
        cells = np.concatenate([start + own for start, own in zip(starts, block.cells, strict=True)])
        weights = np.concatenate(
            [np.ones(len(own)) if w is None else w for own, w in zip(block.cells, block.filled, strict=True)]
        )
        filled, place = np.unique(cells, return_inverse=True)
        self.cells.reshape(-1)[filled] += np.bincount(place, weights=weights)

    def weight(self, name: str) -> float:
        """Return the sum of all weights; if it is 0 there is nothing to report."""
        return float(self.weights[:, self.names.index(name)].sum())

    def mean(self, name: str) -> float:
        """Return the weighted mean over all draws."""
        return float(self.sums[:, self.names.index(name)].sum()) / self.weight(name)

    def standard_error(self, name: str) -> float:
        """Return the standard error of the weighted mean: that of a ratio, linearised, from the replicates' spread."""
        column = self.names.index(name)
        residuals = self.sums[:, column] - self.mean(name) * self.weights[:, column]
        return float(residuals.std(ddof=1) / np.sqrt(REPLICATES) / self.weights[:, column].mean())

    def outside(self, name: str, low: float, high: float) -> tuple[float, float]:
        """Return the share of the weight below `low`, and that above `high`, to the cell as quantiles are."""
        cells = self.cells[self.names.index(name)]
        first, last = _cells(np.array([low, high])).tolist()
        return float(cells[:first].sum() / cells.sum()), float(cells[last + 1 :].sum() / cells.sum())

    def quantiles(self, name: str, levels: Sequence[float]) -> list[float]:
        """Return weighted quantiles over draws, to the cell: to 0.02 percentage points, and finer near 0."""
        return [_value_of(cell) for cell in _cells_at(self.cells[self.names.index(name)], levels)]


def weighted_block(names: Sequence[str], replicate: int, values: Mapping[str, tuple[Floats, Floats]]) -> WeightedBlock:
    """Return what a block adds to a weighted tally: for each name, probabilities and weights, both (size,)."""
    pairs = [values[name] for name in names]
    weights = np.array([weight.sum() for _, weight in pairs])
    sums = np.array([(weight * probability).sum() for probability, weight in pairs])
    cells = [_cells(probability).astype(np.uint16) for probability, _ in pairs]
    return WeightedBlock(replicate, weights, sums, cells, [None if (w == 1).all() else w for _, w in pairs])


def _cells(probabilities: Floats) -> Counts:
    """Return the cell of each probability: narrow near 0, where rungs differ by factors; cell 0 holds zeros alone."""
    return np.asarray(np.clip(np.ceil(np.sqrt(np.sqrt(probabilities)) * CELLS), 0, CELLS), dtype=np.int64)


def _payoff_cells(payoffs: Floats) -> Counts:
    """Return the cell of each payoff: as wide as the payoff is large, either side of 0."""
    return np.asarray(np.clip(np.rint((np.arcsinh(payoffs) / PAYOFF_SPAN + 1) / 2 * CELLS), 0, CELLS), dtype=np.int64)


def _cells_at(filled: NDArray[Any], levels: Sequence[float]) -> list[int]:
    """Return the cells up to which shares of all counts or weights lie."""
    summed = np.cumsum(filled)
    return [int(cell) for cell in np.searchsorted(summed, [level * summed[-1] for level in levels])]


def _value_of(cell: int) -> float:
    """Return the probability that ends a cell."""
    return float((cell / CELLS) ** 4)
