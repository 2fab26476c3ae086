"""How far must one belief move before another stance leads, and is that more than chance?

Many beliefs are tried, each far up and down, with weights that make the means less exact. So it is not enough that a
lead falls below zero: it must do so by more than its error, at a level at which all beliefs together name a false one
in about 1 of 20 comparisons (Bonferroni; Dunn 1961, in docs/robustness.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from scipy.special import stdtrit

from sim.analyses.robustness.shifted_beliefs import Tilts, weights
from sim.draws.blocks import REPLICATES
from sim.games.game import Floats

LEAST_SHARE = 0.05
"""Share of the draws that must count in effect: |δ| up to 1.73, so that the median stays in its old 4-96 % range."""

LEAST_DRAWS = 100
"""Draws that must count in effect, however few were run: means over fewer, and their errors, are not to be trusted."""

FALSE_ALARMS = 0.05
"""Chance, about, that of all beliefs of a comparison one is said to flip it and does not."""

_FINENESS = 100
"""Shifts that are tried per unit; a lead that is lost and won back between two of them goes unseen."""

_LOOKS = 8
"""Shifts beyond the loss of a lead at which its size is held against its error."""


@dataclass(frozen=True)
class Flip:
    """How one belief's shift changes the lead; without a flip that is more than chance, four fields are None."""

    parameter: str  # whose distribution is shifted
    shift: float | None  # smallest at which another stance draws level, in standard deviations of the normal score
    error: float | None  # its standard error
    overtaken_by: str | None  # the stance that draws level
    effective: float | None  # share of the draws that count in effect there
    reach: tuple[float, float]  # furthest shifts down and up at which enough draws count in effect
    leads: tuple[float, float]  # what is left of the lead there
    least_lead: float  # the smallest within reach; without a shift, one of 0 or less is within its error


def flips(tilts: Tilts, best: str, *, least_share: float = LEAST_SHARE) -> list[Flip]:
    """Return, for every parameter, the smallest shift of its distribution that costs the best stance its lead."""
    tried, first = _tried(least_share), tilts.stances.index(best)
    found = [_flip(tilts, parameter, first, least_share, tried) for parameter in tilts.parameters]
    return sorted(found, key=lambda each: (each.shift is None, abs(each.shift or 0.0), each.least_lead))


@lru_cache(maxsize=1)  # of every reading of the worst case the same
def _tried(least_share: float) -> list[tuple[Floats, ...]]:
    """Return the shifts that are tried down and up, with their weights and the squares of those."""
    furthest = np.sqrt(-np.log(least_share)) + 0.5
    steps = np.arange(int(furthest * _FINENESS)) / _FINENESS
    both = [(shifts, weights(shifts)) for shifts in (-steps, steps)]
    return [(shifts, weight, weight**2) for shifts, weight in both]


def _flip(tilts: Tilts, parameter: str, best: int, least_share: float, tried: Sequence[tuple[Floats, ...]]) -> Flip:
    """Search outwards from no shift, both ways, as far as enough draws count: shifts, weights and their squares."""
    draws = tilts.counts[0].sum()
    roots, ends, leads, least = [], [], [], np.inf
    for shifts, weight, square in tried:
        means, effective = tilts.weighed(parameter, weight, square)
        few = effective < max(least_share, LEAST_DRAWS / draws)
        count = max(int(np.argmax(few)) if few.any() else len(shifts), 1)
        lead = _lead(means[:count], best)
        ends.append(float(shifts[count - 1]))
        leads.append(float(lead[-1]))
        least = min(least, float(lead.min()))
        lost = np.flatnonzero(lead <= 0)
        if len(lost) and _is_lost(tilts, parameter, best, shifts[lost]):
            roots.append(_root(tilts, parameter, best, shifts[max(lost[0] - 1, 0)], shifts[lost[0]]))
    none = Flip(parameter, None, None, None, None, (ends[0], ends[1]), (leads[0], leads[1]), least)
    if not roots:
        return none
    shift = min(roots, key=abs)
    means, effective = tilts.means(parameter, np.array([shift]))
    other = _second(means[0], best)
    spread, slope = tilts.gap(parameter, shift, best, other)[1], abs(tilts.slope(parameter, shift, best, other))
    error = spread / slope if slope > 0 else None
    return replace(none, shift=shift, error=error, overtaken_by=tilts.stances[other], effective=float(effective[0]))


def _is_lost(tilts: Tilts, parameter: str, best: int, shifts: Floats) -> bool:
    """Whether the lead falls below zero by more than its error at some of the shifts at which it is lost."""
    limit = stdtrit(REPLICATES - 1, 1 - FALSE_ALARMS / (2 * len(tilts.parameters)))  # two ways to shift each
    for shift in shifts[np.unique(np.linspace(0, len(shifts) - 1, _LOOKS).astype(int))]:
        means, _ = tilts.means(parameter, np.array([shift]))
        gap, error = tilts.gap(parameter, float(shift), best, _second(means[0], best))
        if gap < -limit * error:
            return True
    return False


def _second(means: Floats, best: int) -> int:
    """Return the place of the best of the other stances."""
    return int(np.argmax(np.where(np.arange(len(means)) == best, -np.inf, means)))


def _root(tilts: Tilts, parameter: str, best: int, inner: float, outer: float) -> float:
    """Return where the lead is lost between two shifts."""
    from scipy.optimize import brentq  # slow to import, and not needed to draw a figure

    def lead(shift: float) -> float:
        return float(_lead(tilts.means(parameter, np.array([shift]))[0], best)[0])

    return float(outer) if lead(outer) == 0 or inner == outer else float(brentq(lead, inner, outer, xtol=1e-10))


def _lead(means: Floats, best: int) -> Floats:
    """Return by how much one stance's mean exceeds the highest other one, (s,)."""
    return np.asarray(means[:, best] - np.delete(means, best, axis=1).max(axis=1))
