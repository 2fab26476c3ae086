"""How are a million draws summed up without keeping them? Sums per replicate and histograms, block by block.

Sums run inside a block, then over blocks in order, so that the bits do not depend on chunks. Quantiles come from
counts on fixed grids: whole numbers, whose order does not matter.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.draws.blocks import REPLICATES
from sim.games.game import Floats

CELLS = 2**15
"""Cells of a histogram."""

PAYOFF_SPAN = 16.0
"""Payoffs are binned by their inverse hyperbolic sine up to this: up to four million times the yardstick."""

Counts = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Part:
    """What some blocks add to a tally: small enough to be sent and kept.

    Attributes
    ----------
    replicates, sizes : ndarray of int64 of shape (b,)
        Replicate and number of draws of each block.
    sums : ndarray of shape (b, q)
        Sums over each block.
    cells, counts : ndarray of int32 of shape (c,)
        Cells of the histograms, laid end to end, that are not empty, and the draws in them.
    """

    replicates: Counts
    sizes: Counts
    sums: Floats
    cells: NDArray[np.int32]
    counts: NDArray[np.int32]


@dataclass(eq=False)
class Tally:
    """Running sums and counts of named quantities.

    Attributes
    ----------
    probabilities, payoffs, others : tuple of str
        Names of the quantities. Probabilities and payoffs get variances and quantiles, the others means only.
    """

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

    def add(self, replicate: int, values: dict[str, Floats]) -> Floats:
        """Add a block, one array of shape (size,) per quantity, and return its sums."""
        rows = [values[name] for name in self.names]
        own = np.array([row.sum() for row in rows] + [np.square(row).sum() for row in rows[: self.spread]])
        self.sums[replicate] += own
        for counts, cells in zip(self.counts, self._cells(rows), strict=True):
            counts += np.bincount(cells, minlength=CELLS + 1)
        self.sizes[replicate] += len(rows[0])
        return own

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

    def merge(self, part: Part) -> None:
        """Add a part, block by block, as if its draws were added here."""
        for replicate, size, own in zip(part.replicates, part.sizes, part.sums, strict=True):
            self.sizes[replicate] += size
            self.sums[replicate] += own
        self.counts.reshape(-1)[part.cells] += part.counts

    @property
    def even(self) -> bool:
        """Whether every replicate has as many draws, as means and errors take it."""
        return bool(self.draws) and bool(np.all(self.sizes == self.sizes[0]))

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
        return float(self._replicate_means(self.names.index(name)).std(ddof=1) / np.sqrt(REPLICATES))

    def quantile(self, name: str, level: float) -> float:
        """Return a quantile over draws, to the cell.

        That is to 0.02 percentage points or less of a probability; of a payoff, to 0.1 % or 0.001 of the yardstick,
        whichever is more, up to the end of the grid.
        """
        row = self.names.index(name)
        cell = int(np.searchsorted(np.cumsum(self.counts[row]), level * self.draws))
        if row < len(self.probabilities):
            return float((cell / CELLS) ** 4)
        return float(np.sinh((2 * cell / CELLS - 1) * PAYOFF_SPAN))

    def histogram(self, name: str, bins: int) -> list[float]:
        """Return the shares of draws in which a probability is exactly 0, and in each of `bins` bins above.

        The bins are of equal width in the fourth root, (j / bins)^4 to ((j + 1) / bins)^4, upper ends included; their
        number must divide `CELLS`.
        """
        counts = self.counts[self.probabilities.index(name)]
        return [float(counts[0] / self.draws), *(counts[1:].reshape(bins, -1).sum(axis=1) / self.draws).tolist()]

    def _replicate_means(self, column: int) -> Floats:
        return self.sums[:, column] / (self.draws / REPLICATES)

    def _cells(self, rows: list[Floats]) -> list[NDArray[np.int64]]:
        """Return cell numbers: fine near 0 for probabilities, where rungs differ by factors; 0 holds zeros alone."""
        split = len(self.probabilities)
        small = [np.ceil(np.sqrt(np.sqrt(row)) * CELLS) for row in rows[:split]]
        large = [np.rint((np.arcsinh(row) / PAYOFF_SPAN + 1) / 2 * CELLS) for row in rows[split : self.spread]]
        return [np.clip(cells, 0, CELLS).astype(np.int64) for cells in small + large]
