"""How are draws summed up that do not count alike? Weighted means with errors, and weighted quantiles, block by block.

The chance of an event among encounters that reach a rung is a ratio of two means. That is the mean over draws of the
ratio in each, weighted by how often the draw reaches the rung; so the range over draws takes the same weights.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.draws.blocks import REPLICATES
from sim.draws.tally import CELLS
from sim.games.game import Floats


@dataclass(eq=False)
class WeightedTally:
    """Running sums of named probabilities, each with weights of its own.

    Attributes
    ----------
    names : tuple of str
        Names of the probabilities.
    weights, sums : ndarray of shape (replicates, names)
        Sums of the weights, and of weight times probability.
    cells : ndarray of shape (names, cells)
        Weight in each cell of a grid that is fine near 0; cell 0 holds zeros alone.

    Examples
    --------
    >>> tally = WeightedTally(("war",))
    >>> for replicate in range(REPLICATES):
    ...     tally.add(replicate, {"war": (np.array([0.1, 0.5]), np.array([3.0, 1.0]))})
    >>> round(tally.mean("war"), 12), round(tally.quantile("war", 0.5), 4)
    (0.2, 0.1)
    """

    names: tuple[str, ...]
    weights: Floats = field(init=False)
    sums: Floats = field(init=False)
    cells: Floats = field(init=False)

    def __post_init__(self) -> None:
        self.weights = np.zeros((REPLICATES, len(self.names)))
        self.sums = np.zeros((REPLICATES, len(self.names)))
        self.cells = np.zeros((len(self.names), CELLS + 1))

    def add(self, replicate: int, values: Mapping[str, tuple[Floats, Floats]]) -> None:
        """Add a block: for each name, probabilities and weights, both of shape (size,)."""
        for column, name in enumerate(self.names):
            probability, weight = values[name]
            self.weights[replicate, column] += weight.sum()
            self.sums[replicate, column] += (weight * probability).sum()
            self.cells[column] += np.bincount(_cells(probability), weights=weight, minlength=CELLS + 1)

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

    def quantile(self, name: str, level: float) -> float:
        """Return a weighted quantile over draws, to the cell: to 0.02 percentage points, and finer near 0."""
        summed = np.cumsum(self.cells[self.names.index(name)])
        cell = int(np.searchsorted(summed, level * summed[-1]))
        return float((cell / CELLS) ** 4)


def _cells(probability: Floats) -> NDArray[np.int64]:
    """Return the cell of each probability: cells are narrow near 0."""
    places: NDArray[np.int64] = np.clip(np.ceil(np.sqrt(np.sqrt(probability)) * CELLS), 0, CELLS).astype(np.int64)
    return places
