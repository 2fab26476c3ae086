"""Which stance leads on average, and which belief must move how far to overturn that?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from sim.analyses.robustness.flipping import LEAST_SHARE, Flip, flips
from sim.analyses.robustness.shifted_beliefs import Tilts
from sim.crisis.parameters import PARAMETERS
from sim.draws.blocks import REPLICATES
from sim.games.game import Floats
from sim.scenario.scenario import Scenario
from sim.telling.numbers import STUDENT_T


@dataclass(frozen=True)
class Shift:
    """A flip with the belief it concerns.

    Attributes
    ----------
    flip : Flip
        What the draws say.
    median, low, high : float
        The belief as it is: its median and 5-95 % range, in the parameter's unit.
    new_median : float or None
        Its median at the flip; None without one.
    medians : tuple of float
        Its medians at the ends of the reach.
    evidence : tuple of str
        Claims that the belief rests on.
    assumption : str or None
        What it rests on otherwise.
    """

    flip: Flip
    median: float
    low: float
    high: float
    new_median: float | None
    medians: tuple[float, float]
    evidence: tuple[str, ...]
    assumption: str | None


@dataclass(frozen=True)
class Ranking:
    """Which stance leads on average, by how much, and what it takes to overtake it.

    Attributes
    ----------
    best, second : str
        The two stances with the best means.
    lead, error : float
        Difference of the two means, and its standard error on the same draws.
    told_apart : bool
        Whether the lead exceeds its 95 % error; if not, no flips are sought.
    least_share : float
        Share of the draws that must count in effect for a flip to be told.
    shifts : tuple of Shift
        A flip or the lack of one per belief, the smallest shift first.
    correlated : tuple of str
        Parameters that are drawn together with others, which are not shifted.
    """

    best: str
    second: str
    lead: float
    error: float
    told_apart: bool
    least_share: float
    shifts: tuple[Shift, ...]
    correlated: tuple[str, ...]


def shiftable(scenario: Scenario) -> tuple[str, ...]:
    """Return the parameters whose beliefs can be shifted alone: uncertain ones that no correlation ties to others.

    Examples
    --------
    >>> from sim.scenario.scenario import load_scenario
    >>> "france.humiliation" in shiftable(load_scenario("macron-2024"))
    False
    """
    tied = _correlated(scenario)
    uncertain = (each.name for each in PARAMETERS if not scenario.entries[each.name].distribution.certain)
    return tuple(name for name in uncertain if name not in tied)


def ranking(scenario: Scenario, tilts: Tilts, means: Floats) -> Ranking:
    """Return the lead of the best stance, and what it takes to overturn it.

    Shapes: means (REPLICATES, d).
    """
    order = np.argsort(-means.mean(axis=0), kind="stable")
    gaps = means[:, order[0]] - means[:, order[1]]
    lead, error = float(gaps.mean()), float(gaps.std(ddof=1) / np.sqrt(REPLICATES))
    best, second = (tilts.stances[place] for place in order[:2])
    told_apart = lead > STUDENT_T * error
    found = flips(tilts, best) if told_apart else []
    shifts = tuple(_shift(scenario, flip) for flip in found)
    return Ranking(best, second, lead, error, told_apart, LEAST_SHARE, shifts, _correlated(scenario))


def _correlated(scenario: Scenario) -> tuple[str, ...]:
    """Return the parameters that are drawn together with others, in the order of the list."""
    tied = {name for first, second, _ in scenario.correlation for name in (first, second)}
    return tuple(each.name for each in PARAMETERS if each.name in tied)


def _shift(scenario: Scenario, flip: Flip) -> Shift:
    """Put a flip in the unit of its parameter, beside what the belief rests on."""
    entry = scenario.entries[flip.parameter]
    points = [0.0, flip.shift or 0.0, *flip.reach]
    middle, new, down, up = entry.distribution.quantile(ndtr(np.array(points))).tolist()
    low, high = entry.distribution.quantile(np.array([0.05, 0.95])).tolist()
    moved = None if flip.shift is None else new
    return Shift(flip, middle, low, high, moved, (down, up), entry.evidence, entry.assumption)
