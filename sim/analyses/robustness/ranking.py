"""Which stance leads on average, and which belief must move how far to overturn that?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from sim.analyses.robustness.flipping import LEAST_SHARE, Flip, flips
from sim.analyses.robustness.regret import ROUNDING
from sim.analyses.robustness.shifted_beliefs import Tilts
from sim.draws.blocks import REPLICATES
from sim.games.game import Floats
from sim.scenario.movable import Movable, lines, slants, tied
from sim.scenario.scenario import Scenario
from sim.telling.numbers import STUDENT_T


@dataclass(frozen=True)
class Shift:
    """A flip with the belief it concerns, in the parameter's unit; of a voice, in standard deviations of its slant."""

    flip: Flip
    median: float  # of the belief as it is
    low: float  # its 5-95 % range
    high: float
    new_median: float | None  # at the flip; None without one
    medians: tuple[float, float]  # at the ends of the reach
    evidence: tuple[str, ...]  # claims that the belief rests on
    assumption: str | None  # what it rests on otherwise


@dataclass(frozen=True)
class Ranking:
    """Which stance leads on average, by how much, and what it takes to overtake it."""

    best: str
    second: str
    lead: float  # difference of the two means
    error: float  # its standard error, on the same draws
    told_apart: bool  # whether the lead exceeds its 95 % error; if not, no flips are sought
    least_share: float  # of the draws that must count in effect for a flip to be told
    shifts: tuple[Shift, ...]  # a flip or the lack of one per belief, the smallest shift first
    correlated: tuple[str, ...]  # parameters drawn together with others, or following a voice: not shifted


def shiftable(scenario: Scenario) -> tuple[Movable, ...]:
    """Return what can be shifted alone: uncertain parameters that nothing ties to others, and the slants of voices."""
    together = set(tied(scenario))
    return (*(line for line in lines(scenario) if not together & set(line.parameters)), *slants(scenario))


def ranking(scenario: Scenario, tilts: Tilts, means: Floats) -> Ranking:
    """Return the lead of the best stance by the means, (REPLICATES, d), and what it takes to overturn it."""
    order = np.argsort(-means.mean(axis=0), kind="stable")
    gaps = means[:, order[0]] - means[:, order[1]]
    lead, error = float(gaps.mean()), float(gaps.std(ddof=1) / np.sqrt(REPLICATES))
    best, second = (tilts.stances[place] for place in order[:2])
    told_apart = lead > max(STUDENT_T * error, ROUNDING * float(np.abs(means.mean(axis=0)).max()))
    found = flips(tilts, best) if told_apart else []
    movable, voices = {each.name: each for each in shiftable(scenario)}, slants(scenario)
    shifts = tuple(
        _shift(scenario, flip, moved, voice=moved in voices)
        for flip, moved in ((flip, movable[flip.parameter]) for flip in found)
    )
    return Ranking(best, second, lead, error, told_apart, LEAST_SHARE, shifts, tied(scenario))


def _shift(scenario: Scenario, flip: Flip, moved: Movable, *, voice: bool) -> Shift:
    """Put a flip in the unit of its parameter, beside what the belief rests on."""
    entries = [scenario.entries[name] for name in moved.parameters]
    points, ends = ndtr(np.array([0.0, flip.shift or 0.0, *flip.reach])), np.array([0.05, 0.95])
    unit = ndtri if voice else entries[0].distribution.quantile
    middle, new, down, up = unit(points).tolist()
    low, high = unit(ends).tolist()
    return Shift(
        flip=flip,
        median=middle,
        low=low,
        high=high,
        new_median=None if flip.shift is None else new,
        medians=(down, up),
        evidence=tuple(dict.fromkeys(claim for entry in entries for claim in entry.evidence)),
        assumption=None if voice else entries[0].assumption,
    )
