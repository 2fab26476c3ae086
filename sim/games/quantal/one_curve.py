"""Where does one curve of solutions lead? The steps and guards of `continuation`, in plain numbers.

An array operation costs a microsecond whatever it does, and a step takes some hundred of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import cbrt, copysign, inf, sqrt
from operator import add, mul, sub
from typing import TypeAlias

import numpy as np

from sim.games.quantal.continuation import (
    CONTRACTION,
    LANDED,
    MOST_CORRECTIONS,
    QUICK,
    ROUNDING,
    SHORT,
    SHORTEST,
    SHRINK,
    STRETCH,
    Care,
    Traced,
)

Numbers = list[float]

Equations: TypeAlias = Callable[[Numbers], tuple[list[Numbers], Callable[[Numbers], float]]]
"""Takes a point, s and then λ; returns the rows of F's derivatives, each ended by minus F, and the size of a change."""


@dataclass(slots=True, eq=False)
class _Walk:
    """The state of the curve, as in `continuation`."""

    base: Numbers
    tangent: Numbers
    bend: Numbers
    trial: Numbers
    step: float
    limit: float
    landing: bool
    first: float = 0.0
    sense: float = 0.0
    corrections: int = 0
    points: int = 0
    folds: int = 0
    crossings: int = 0


def follow_one(
    equations: Equations,
    goal: float,
    *,
    unknowns: int,
    care: Care = QUICK,
    visit: Callable[[Numbers], None] | None = None,
) -> Traced | None:
    """Return what `continuation.follow` does for a single curve; nothing where its equations are singular."""
    nothing, across = [0.0] * (unknowns + 1), [0.0] * unknowns + [1.0]
    walk = _Walk(nothing, across, nothing, nothing, care.start, care.largest, goal == 0)
    for _ in range(care.sweeps):
        rows, movement = equations(walk.trial)
        found = solved(rows, across if walk.landing else walk.tangent)
        if found is None:
            return None
        correction, ahead, sign = found
        move = movement(correction)
        walk.trial = list(map(add, walk.trial, correction))
        accepted, rejected = _judged(walk, (goal, care), move, (ahead, sign))
        if accepted:
            _advance(walk, ahead, sign, care)
            if visit is not None:
                visit(walk.base)
            if walk.landing:
                return _traced(walk, landed=True)
        elif rejected:
            walk.step *= SHRINK
            if walk.step < SHORTEST * (1 + walk.base[-1]):
                break
        if accepted or rejected:
            _predict(walk, goal, care)
    return _traced(walk, landed=False)


def _traced(walk: _Walk, *, landed: bool) -> Traced:
    """Return where the curve was left."""
    ended = (np.array([each]) for each in (landed, walk.folds, walk.crossings))
    return Traced(np.array(walk.base)[:, None], *ended)


def _judged(walk: _Walk, how: tuple[float, Care], move: float, found: tuple[Numbers, float]) -> tuple[bool, bool]:
    """Say whether the corrected point ends its step, and whether the step is to be retried shorter."""
    (goal, care), (ahead, sign) = how, found
    # "Not at most" rather than "more": a move that is no number is to be rejected.
    rejected = not move <= walk.limit or walk.trial[-1] < 0
    settled = not rejected and move <= (LANDED if walk.landing else care.accept)
    accepted = settled and _keeps_its_curve(walk, goal, care, (ahead, sign))
    if walk.corrections == 0:
        walk.first = move
    walk.corrections += 1
    walk.limit = max(CONTRACTION * move, ROUNDING)
    return accepted, rejected or (not accepted and (settled or walk.corrections >= MOST_CORRECTIONS))


def _keeps_its_curve(walk: _Walk, goal: float, care: Care, found: tuple[Numbers, float]) -> bool:
    """Check direction, orientation and that the goal is not passed."""
    (ahead, sign), climb, rate = found, walk.tangent[-1], walk.base[-1]
    if not walk.landing and walk.trial[-1] >= goal:
        return False
    # A curve that turns back so near the goal may have passed it, there and back, within the step.
    suspect = climb * ahead[-1] < 0 and rate + walk.step * climb >= goal
    if walk.points:
        if sum(map(mul, walk.tangent, ahead)) < care.alignment:
            return False
        suspect = suspect or sign != walk.sense
    return not (suspect and walk.step > SHORT * (1 + rate))


def _advance(walk: _Walk, ahead: Numbers, sign: float, care: Care) -> None:
    """Make the accepted point the new base and choose the next step from the size of the first correction."""
    way = list(map(sub, walk.trial, walk.base))
    length = sqrt(sum(map(mul, way, way)))
    walk.folds += walk.tangent[-1] * ahead[-1] < 0
    walk.crossings += walk.points > 0 and sign != walk.sense
    walk.bend = [(one - other) / (length or inf) for one, other in zip(ahead, walk.tangent, strict=True)]
    walk.base, walk.tangent, walk.sense = walk.trial, ahead, sign
    # The parabola misses the curve by the third power of the step, and so does the first correction.
    ratio = cbrt(care.aim / max(walk.first, ROUNDING))
    walk.step = length * min(max(ratio, 0.5), care.growth) or walk.step
    walk.points += 1


def _predict(walk: _Walk, goal: float, care: Care) -> None:
    """Place the next trial point on the parabola through base, tangent and bend; land where that reaches the goal."""
    step, bend = walk.step, walk.bend
    climb, missing = step * walk.tangent[-1] + step * step / 2 * bend[-1], goal - walk.base[-1]
    walk.landing = climb * STRETCH >= missing
    if walk.landing:
        walk.step = step = step * missing / climb
    half = step * step / 2
    walk.trial = [b + step * t + half * c for b, t, c in zip(walk.base, walk.tangent, bend, strict=True)]
    if walk.landing:
        walk.trial[-1] = goal
    walk.corrections, walk.limit = 0, care.largest


def solved(rows: list[Numbers], normal: Numbers) -> tuple[Numbers, Numbers, float] | None:
    """Return the correction at right angles to `normal`, the unit vector along the curve, the determinant's sign.

    By elimination with the largest pivot; nothing where there is none.
    """
    if len(rows) == 2:
        return _crossed(rows[0], rows[1], normal)
    rows = [*([*row, 0.0] for row in rows), [*normal, 0.0, 1.0]]
    sign, steps = 1.0, []
    while rows:
        sizes = [abs(row[0]) for row in rows]
        best = sizes.index(max(sizes))
        lead, *tail = rows.pop(best)
        if not lead:
            return None
        sign = sign if (lead > 0) == (best % 2 == 0) else -sign
        steps.append((lead, tail))
        rows = [_less(row, row[0] / lead, tail) for row in rows]
    correction: Numbers = []
    along: Numbers = []
    for lead, (*further, side, other) in reversed(steps):
        correction.insert(0, (side - sum(map(mul, further, correction))) / lead)
        along.insert(0, (other - sum(map(mul, further, along))) / lead)
    length = sqrt(sum(map(mul, along, along)))
    return correction, [each / length for each in along], sign


def _crossed(one: Numbers, other: Numbers, normal: Numbers) -> tuple[Numbers, Numbers, float] | None:
    """Return the same of two equations, whose curve runs at right angles to both rows, in a third of the time."""
    (a, b, c, right), (d, e, f, side), (x, y, z) = one, other, normal
    p, q, r = b * f - c * e, c * d - a * f, a * e - b * d
    determinant, length = p * x + q * y + r * z, sqrt(p * p + q * q + r * r)
    if not determinant:
        return None
    h, k = right / determinant, side / determinant
    correction = [
        h * (e * z - f * y) + k * (c * y - b * z),
        h * (f * x - d * z) + k * (a * z - c * x),
        h * (d * y - e * x) + k * (b * x - a * y),
    ]
    scale = copysign(length, determinant)
    return correction, [p / scale, q / scale, r / scale], copysign(1.0, determinant)


def _less(row: Numbers, factor: float, tail: Numbers) -> Numbers:
    """Return all but the first number of a row, less a multiple of the pivot's."""
    return [own - factor * other for own, other in zip(row[1:], tail, strict=True)]
