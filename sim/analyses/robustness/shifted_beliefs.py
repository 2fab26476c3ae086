"""What would the draws say if one belief were another? They are weighted anew; nothing is run again.

A shift by δ moves a parameter's normal score z = Φ⁻¹(u) from N(0, 1) to N(δ, 1): the whole distribution moves, within
its bounds, and its median becomes the quantile at Φ(δ). The likelihood ratio is exp(δz - δ²/2), Eq. 1, so means under
the shifted belief are weighted means of the draws at hand. Of all beliefs under which z has the mean δ this one is
nearest to the old, at a relative entropy of δ²/2 (Csiszár 1975); so |δ| measures all beliefs on one scale, whatever
their shape. Asking which least change of an input breaks a conclusion is reverse sensitivity testing (Pesenti et al.
2019). Weights cost draws: of n only about n exp(-δ²) count in effect (Kish 1965); below a stated share nothing is
claimed. The sources are in docs/robustness.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy.special import ndtri

from sim.draws.blocks import REPLICATES
from sim.games.game import Floats

CELLS = 1024
"""Cells of normal scores: 0.013 wide, so a weight is right to 1 in 100,000 on average over a cell."""

_SPAN = 6.6
"""Normal scores that the cells reach: no draw's is beyond, since uniform scores keep 2^-31 away from 0 and 1."""

_CENTRES = (np.arange(CELLS) + 0.5) * (2 * _SPAN / CELLS) - _SPAN


@dataclass(eq=False)
class Tilts:
    """Sums by normal score of p parameters, from which the means of d stances under any shifted belief follow.

    Shapes: sums of what each stance is worth (p, d, REPLICATES, CELLS), counts of draws (p, REPLICATES, CELLS).
    """

    parameters: tuple[str, ...]
    stances: tuple[str, ...]
    sums: Floats = field(init=False)
    counts: Floats = field(init=False)

    def __post_init__(self) -> None:
        self.sums = np.zeros((len(self.parameters), len(self.stances), REPLICATES, CELLS))
        self.counts = np.zeros((len(self.parameters), REPLICATES, CELLS))

    def add(self, replicate: int, u: Floats, worth: Floats) -> None:
        """Add a block: uniform scores of shape (p, size), and what stances are worth, (d, size); more is better."""
        cells = np.floor((ndtri(u) + _SPAN) * (CELLS / (2 * _SPAN))).astype(np.intp)
        own = np.arange(len(u))[:, None] * CELLS
        places, shape = (np.clip(cells, 0, CELLS - 1) + own).ravel(), (len(u), CELLS)
        self.counts[:, replicate] += np.bincount(places, minlength=len(u) * CELLS).reshape(shape)
        for d, row in enumerate(worth):
            added = np.bincount(places, np.tile(row, len(u)), minlength=len(u) * CELLS)
            self.sums[:, d, replicate] += added.reshape(shape)

    def means(self, parameter: str, shifts: Floats) -> tuple[Floats, Floats]:
        """Return what each stance is worth on average once the belief is shifted, and how many draws count in effect.

        Shapes: shifts (s,) → means (s, d), effective (s,).
        """
        weight = weights(shifts)
        return self.weighed(parameter, weight, weight**2)

    def weighed(self, parameter: str, weight: Floats, square: Floats) -> tuple[Floats, Floats]:
        """Return the same from the weights of the shifts, (s, c), those of any parameter, and from their squares."""
        p = self.parameters.index(parameter)
        count = self.counts[p].sum(axis=0)
        total = weight @ count
        worth = weight @ self.sums[p].sum(axis=1).T
        return worth / total[:, None], total**2 / (square @ count * count.sum())

    def gap(self, parameter: str, shift: float, ahead: int, behind: int) -> tuple[float, float]:
        """Return by how much one stance beats another under a shifted belief, and the standard error of that."""
        p = self.parameters.index(parameter)
        weight = weights(np.array([shift]))[0]
        sums = np.einsum("rc,c->r", self.sums[p, ahead] - self.sums[p, behind], weight)
        counts = np.einsum("rc,c->r", self.counts[p], weight)
        gap = sums.sum() / counts.sum()
        error = (sums - gap * counts).std(ddof=1) * np.sqrt(REPLICATES) / counts.sum()
        return float(gap), float(error)

    def slope(self, parameter: str, shift: float, ahead: int, behind: int) -> float:
        """Return how fast the gap between two stances changes with the shift, where the gap is zero."""
        p = self.parameters.index(parameter)
        weight = weights(np.array([shift]))[0]
        gap = (self.sums[p, ahead] - self.sums[p, behind]).sum(axis=0)
        return float((weight * _CENTRES * gap).sum() / (weight * self.counts[p].sum(axis=0)).sum())


def weights(shifts: Floats) -> Floats:
    """Return the likelihood ratio of every cell under every shift, (s, c), Eq. 1."""
    return np.asarray(np.exp(shifts[:, None] * _CENTRES - shifts[:, None] ** 2 / 2))
