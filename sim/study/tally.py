"""How are a million draws summed up without keeping them? Sums per replicate and histograms, block by block.

Sums run inside a block, then over blocks in order, so that the bits do not depend on chunks. Quantiles come from
counts on fixed grids: whole numbers, whose order does not matter.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.games.game import Floats
from sim.study.draws import REPLICATES

CELLS = 2**15
"""Cells of a histogram."""

PAYOFF_SPAN = 16.0
"""Payoffs are binned by their inverse hyperbolic sine up to this: up to four million times the yardstick."""


@dataclass(eq=False)
class Tally:
    """Running sums and counts of named quantities.

    Attributes
    ----------
    probabilities, payoffs, others : tuple of str
        Names of the quantities. Probabilities and payoffs get quantiles, the others means only.
    """

    probabilities: tuple[str, ...]
    payoffs: tuple[str, ...]
    others: tuple[str, ...]
    draws: int = 0
    sums: Floats = field(init=False)
    counts: NDArray[np.int64] = field(init=False)

    def __post_init__(self) -> None:
        self.sums = np.zeros((REPLICATES, len(self.names)))
        self.counts = np.zeros((len(self.probabilities) + len(self.payoffs), CELLS + 1), dtype=np.int64)

    @property
    def names(self) -> tuple[str, ...]:
        """All quantities, in the order of the sums."""
        return self.probabilities + self.payoffs + self.others

    def add(self, replicate: int, values: dict[str, Floats]) -> None:
        """Add a block: one array of shape (size,) per quantity."""
        rows = [values[name] for name in self.names]
        self.sums[replicate] += [row.sum() for row in rows]
        for counts, cells in zip(self.counts, self._cells(rows), strict=True):
            counts += np.bincount(cells, minlength=CELLS + 1)
        self.draws += len(rows[0])

    def mean(self, name: str) -> float:
        """Return the mean over all draws."""
        return float(self._replicate_means(name).mean())

    def standard_error(self, name: str) -> float:
        """Return the standard error of the mean, from the spread of the replicates (15 degrees of freedom)."""
        return float(self._replicate_means(name).std(ddof=1) / np.sqrt(REPLICATES))

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

    def _replicate_means(self, name: str) -> Floats:
        return self.sums[:, self.names.index(name)] / (self.draws / REPLICATES)

    def _cells(self, rows: list[Floats]) -> list[NDArray[np.int64]]:
        """Return cell numbers: fine near 0 for probabilities, where rungs differ by factors; 0 holds zeros alone."""
        split = len(self.probabilities)
        small = [np.ceil(np.sqrt(np.sqrt(row)) * CELLS) for row in rows[:split]]
        large = [np.rint((np.arcsinh(row) / PAYOFF_SPAN + 1) / 2 * CELLS) for row in rows[split : len(self.counts)]]
        return [np.clip(cells, 0, CELLS).astype(np.int64) for cells in small + large]
