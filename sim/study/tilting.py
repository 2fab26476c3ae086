"""How far must one belief move before another stance leads? Draws of one run are weighted anew; nothing is run again.

A shift by δ moves a parameter's normal score z = Φ⁻¹(u) from N(0, 1) to N(δ, 1): the whole distribution moves, within
its bounds, and its median becomes the quantile at Φ(δ). The likelihood ratio is exp(δz - δ²/2), Eq. 1, so means under
the shifted belief are weighted means of the draws at hand. Of all beliefs under which z has the mean δ this one is
nearest to the old, at a relative entropy of δ²/2 [1]_; so |δ| measures all beliefs on one scale, whatever their shape.
Asking which least change of an input breaks a conclusion is reverse sensitivity testing [2]_.

Weights cost draws: of n only about n exp(-δ²) count in effect (Kish [3]_); below a stated share nothing is claimed.

References
----------
.. [1] Csiszár, I. (1975), "I-divergence geometry of probability distributions and minimization problems", Annals of
   Probability 3, 146-158.
.. [2] Pesenti, S. M., Millossovich, P. and Tsanakas, A. (2019), "Reverse sensitivity testing: what does it take to
   break the model?", European Journal of Operational Research 274, 654-670.
.. [3] Kish, L. (1965), Survey Sampling, Wiley.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtri

from sim.games.game import Floats
from sim.study.draws import REPLICATES

LEAST_SHARE = 0.05
"""Share of the draws that must count in effect: |δ| up to 1.73, so that the median stays in its old 4-96 % range."""

LEAST_DRAWS = 100
"""Draws that must count in effect, however few were run: means over fewer, and their errors, are not to be trusted."""

CELLS = 1024
"""Cells of normal scores: 0.013 wide, so a weight is right to 1 in 100,000 on average over a cell."""

_SPAN = 6.6
"""Normal scores that the cells reach: no draw's is beyond, since uniform scores keep 2^-31 away from 0 and 1."""

_FINENESS = 100
"""Shifts that are tried per unit; a lead that is lost and won back between two of them goes unseen."""

_CENTRES = (np.arange(CELLS) + 0.5) * (2 * _SPAN / CELLS) - _SPAN


@dataclass(eq=False)
class Tilts:
    """Sums by normal score of each parameter, from which the means under any shifted belief follow.

    Attributes
    ----------
    parameters : tuple of str
        The p parameters that may be shifted.
    stances : tuple of str
        The d stances.
    sums : ndarray of shape (p, d, REPLICATES, CELLS)
        Sums of what each stance is worth.
    counts : ndarray of shape (p, REPLICATES, CELLS)
        Draws.
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
        for p, cell in enumerate(np.clip(cells, 0, CELLS - 1)):
            self.counts[p, replicate] += np.bincount(cell, minlength=CELLS)
            for d, row in enumerate(worth):
                self.sums[p, d, replicate] += np.bincount(cell, weights=row, minlength=CELLS)

    def means(self, parameter: str, shifts: Floats) -> tuple[Floats, Floats]:
        """Return what each stance is worth on average once the belief is shifted, and how many draws count in effect.

        Parameters
        ----------
        parameter : str
            One of `parameters`.
        shifts : ndarray of shape (s,)
            δ, in standard deviations of the normal score.

        Returns
        -------
        means : ndarray of shape (s, d)
            Weighted means over all draws.
        effective : ndarray of shape (s,)
            Kish's effective sample size, (Σw)² / Σw², as a share of the draws.

        Examples
        --------
        >>> tilts = Tilts(("x",), ("stay", "go"))
        >>> tilts.add(0, np.array([[0.25, 0.75]]), np.array([[1.0, 1.0], [0.0, 3.0]]))
        >>> means, effective = tilts.means("x", np.array([0.0, 1.0]))
        >>> means.round(2).tolist(), effective.round(2).tolist()
        ([[1.0, 1.5], [1.0, 2.38]], [1.0, 0.74])
        """
        p = self.parameters.index(parameter)
        weight = _weights(shifts)
        count = self.counts[p].sum(axis=0)
        total = np.einsum("sc,c->s", weight, count)
        worth = np.einsum("sc,dc->sd", weight, self.sums[p].sum(axis=1))
        effective = total**2 / (np.einsum("sc,sc,c->s", weight, weight, count) * count.sum())
        return worth / total[:, None], effective

    def replicate_gaps(self, parameter: str, shift: float, ahead: int, behind: int) -> Floats:
        """Return each replicate's part in the gap between two stances under a shifted belief, (REPLICATES,)."""
        p = self.parameters.index(parameter)
        weight = _weights(np.array([shift]))[0]
        gaps = np.einsum("rc,c->r", self.sums[p, ahead] - self.sums[p, behind], weight)
        return np.asarray(REPLICATES * gaps / np.einsum("rc,c->", self.counts[p], weight))

    def slope(self, parameter: str, shift: float, ahead: int, behind: int) -> float:
        """Return how fast the gap between two stances changes with the shift, where the gap is zero."""
        p = self.parameters.index(parameter)
        weight = _weights(np.array([shift]))[0]
        gap = (self.sums[p, ahead] - self.sums[p, behind]).sum(axis=0)
        return float((weight * _CENTRES * gap).sum() / (weight * self.counts[p].sum(axis=0)).sum())


@dataclass(frozen=True)
class Flip:
    """How one belief's shift changes the lead.

    Attributes
    ----------
    parameter : str
        Whose distribution is shifted.
    shift, error : float or None
        The smallest shift at which another stance draws level, in standard deviations of the normal score, and its
        standard error; None if none is found within `reach`.
    overtaken_by : str or None
        The stance that draws level.
    effective : float or None
        Share of the draws that count in effect there.
    reach : tuple of float
        Furthest shifts down and up at which enough draws count in effect.
    leads : tuple of float
        What is left of the lead there.
    least_lead : float
        The smallest lead within reach; 0 or less if it is lost.
    """

    parameter: str
    shift: float | None
    error: float | None
    overtaken_by: str | None
    effective: float | None
    reach: tuple[float, float]
    leads: tuple[float, float]
    least_lead: float


def flips(tilts: Tilts, best: str, *, least_share: float = LEAST_SHARE) -> list[Flip]:
    """Return, for every parameter, the smallest shift of its distribution that costs the best stance its lead.

    Parameters
    ----------
    tilts : Tilts
        Of all draws.
    best : str
        The stance with the highest mean.
    least_share : float
        Share of the draws that must count in effect, in (0, 1).

    Returns
    -------
    list of Flip
        Those that flip first, the smallest shift first; then the others, the smallest lead that is left first.

    Examples
    --------
    >>> tilts = Tilts(("x",), ("stay", "go"))
    >>> z = np.linspace(-3, 3, 601)
    >>> from scipy.special import ndtr
    >>> for replicate in range(REPLICATES):  # "go" is worth z, "stay" 0.5: they draw level when the mean of z is 0.5
    ...     tilts.add(replicate, ndtr(z[None]), np.array([0.5 + 0 * z, z]))
    >>> found = flips(tilts, "stay")[0]
    >>> found.overtaken_by, found.shift is not None and 0 < found.shift < 0.5  # these draws are spread too widely
    ('go', True)
    """
    found = [_flip(tilts, parameter, tilts.stances.index(best), least_share) for parameter in tilts.parameters]
    return sorted(found, key=lambda each: (each.shift is None, abs(each.shift or 0.0), each.least_lead))


def _weights(shifts: Floats) -> Floats:
    """Return the likelihood ratio of every cell under every shift, (s, c), Eq. 1."""
    return np.asarray(np.exp(shifts[:, None] * _CENTRES - shifts[:, None] ** 2 / 2))


def _flip(tilts: Tilts, parameter: str, best: int, least_share: float) -> Flip:
    """Search outwards from no shift, both ways, as far as enough draws count in effect."""
    furthest, draws = np.sqrt(-np.log(least_share)) + 0.5, tilts.counts[0].sum()
    steps = np.arange(1, int(furthest * _FINENESS)) / _FINENESS
    roots, ends, leads, least = [], [], [], np.inf
    for sign in (-1, 1):
        shifts = np.concatenate([[0.0], sign * steps])
        means, effective = tilts.means(parameter, shifts)
        few = effective < max(least_share, LEAST_DRAWS / draws)
        count = max(int(np.argmax(few)) if few.any() else len(shifts), 1)
        lead = _lead(means[:count], best)
        ends.append(float(shifts[count - 1]))
        leads.append(float(lead[-1]))
        least = min(least, float(lead.min()))
        if (lost := lead <= 0).any():
            first = int(np.argmax(lost))
            roots.append(_root(tilts, parameter, best, shifts[max(first - 1, 0)], shifts[first]))
    none = Flip(parameter, None, None, None, None, (ends[0], ends[1]), (leads[0], leads[1]), least)
    if not roots:
        return none
    shift = min(roots, key=abs)
    means, effective = tilts.means(parameter, np.array([shift]))
    others = [d for d in range(len(tilts.stances)) if d != best]
    other = max(others, key=lambda d: means[0, d])
    spread = tilts.replicate_gaps(parameter, shift, best, other).std(ddof=1) / np.sqrt(REPLICATES)
    slope = abs(tilts.slope(parameter, shift, best, other))
    error = float(spread / slope) if slope > 0 else None
    return replace(none, shift=shift, error=error, overtaken_by=tilts.stances[other], effective=float(effective[0]))


def _root(tilts: Tilts, parameter: str, best: int, inner: float, outer: float) -> float:
    """Return where the lead is lost between two shifts."""

    def lead(shift: float) -> float:
        return float(_lead(tilts.means(parameter, np.array([shift]))[0], best)[0])

    return float(outer) if lead(outer) == 0 or inner == outer else float(brentq(lead, inner, outer, xtol=1e-10))


def _lead(means: Floats, best: int) -> Floats:
    """Return by how much one stance's mean exceeds the highest other one, (s,)."""
    return np.asarray(means[:, best] - np.delete(means, best, axis=1).max(axis=1))
