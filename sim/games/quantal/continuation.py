"""Where does a curve of solutions lead? Many curves F(s, λ) = 0, followed at once from s = 0, λ = 0 to a λ for each.

The method is pseudo-arclength continuation with a predictor and a Newton corrector (Allgower and Georg 1990, "Numerical
Continuation Methods", chapters 2 and 6): λ is one more unknown, so that a curve can be followed round a turn in λ.

Three guards keep a step on its curve: a correction must be small and shrink quickly, the tangent may turn only a
little, and the determinant of the bordered Jacobian keeps its sign. That sign survives turning points and changes
where an odd number of further branches crosses the curve, or where a step has jumped to another one; a change is
therefore believed only over a very short step, and counted. A crossing by an even number of branches leaves no trace.

Arrays have the curves on their last axis c; points list the u unknowns s and then λ.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.games.game import Bools, Floats
from sim.games.quantal.newton import Corrected, Linearisation, correct

Ints = NDArray[np.intp]

LANDED = 1e-6  # largest correction at landing; Newton's method is quadratic, so about its square is left after it
CONTRACTION = 0.3  # a correction may be at most this multiple of the one before
ROUNDING = 1e-11  # corrections below this size need not shrink: they are rounding
MOST_CORRECTIONS = 4  # corrections tried before a step is called too long
SHRINK = 0.25  # factor on the length of a rejected step
STRETCH = 1.2  # a step that comes this close to its goal is stretched to land on it
SHORT = 1e-6  # step, relative to 1 + λ, at which a change of the determinant's sign is believed to be a crossing
SHORTEST = 1e-11  # step, relative to 1 + λ, at which a curve is given up


@dataclass(frozen=True)
class Care:
    """How closely curves are followed; every size is one of `Linearisation.movement`."""

    aim: float  # size of the first correction that the choice of the step length aims at
    accept: float  # largest last correction of an accepted point
    largest: float  # largest first correction
    alignment: float  # smallest cosine between the tangents of neighbouring points
    growth: float  # largest ratio of a step to the one before
    start: float  # length of the first step
    sweeps: int  # evaluations of a curve before it is given up


QUICK = Care(aim=0.2, accept=5e-3, largest=0.5, alignment=0.95, growth=1.7, start=1.0, sweeps=2_000)
CAREFUL = Care(aim=0.005, accept=1e-4, largest=0.1, alignment=0.98, growth=1.5, start=0.05, sweeps=8_000)


@dataclass(frozen=True, eq=False)
class Traced:
    """Where each curve was left; two turning points so close together that one step passes both are not counted."""

    point: Floats  # (u + 1, c): at the λ asked for, or the last one reached
    landed: Bools  # (c,): whether the λ asked for was reached; it is the first time the curve is there
    folds: Ints  # (c,): turning points passed
    crossings: Ints  # (c,): points passed at which other branches cross


@dataclass(frozen=True, eq=False)
class _Walk:
    """The state of every curve, updated in place: (u + 1, c) from base to trial, (c,) all others."""

    goal: Floats  # λ asked for
    base: Floats  # last accepted point
    tangent: Floats  # of the curve there
    bend: Floats  # change of the unit tangent per unit of length
    trial: Floats  # point under correction
    first: Floats  # size of the step's first correction
    sense: Floats  # sign of the determinant at the base
    step: Floats  # length
    limit: Floats  # largest size of the next correction
    landing: Bools  # whether the trial is at the goal
    landed: Bools
    lost: Bools
    corrections: Ints  # of this step
    folds: Ints
    crossings: Ints
    points: Ints  # accepted so far
    sweeps: Ints  # evaluations so far


def follow(
    linearise: Callable[[Ints, Floats], Linearisation],
    goal: Floats,
    *,
    unknowns: int,
    care: Care = QUICK,
    block: int = 1024,
    visit: Callable[[Floats], None] | None = None,
) -> Traced:
    """Follow each of c curves from s = 0, λ = 0, which must solve it, to the first point with λ = `goal`, (c,).

    `linearise` gets the curves and their points. At most `block` curves are under way at a time, so that the working
    set stays small; `visit` is shown the accepted points as they come.
    """
    walk = _start(goal, unknowns, care)
    active = np.arange(goal.size)
    while active.size:
        # Each sweep makes one correction of every curve in the block; those that ended make room for others.
        rows = active[:block]
        corrected = _correct(linearise, walk, rows)
        accepted, rejected = _judge(walk, rows, corrected, care)
        if visit is not None and accepted.any():
            visit(corrected.point[:, accepted])
        if accepted.any():
            _advance(walk, rows, corrected, accepted, care)
        _retreat(walk, rows, rejected, care)
        ended = walk.landed[rows] | walk.lost[rows]
        if np.any(onwards := (accepted | rejected) & ~ended):
            _predict(walk, rows[onwards], care)
        if ended.any():
            active = np.concatenate([rows[~ended], active[block:]])
    return Traced(point=walk.base, landed=walk.landed, folds=walk.folds, crossings=walk.crossings)


def _start(goal: Floats, unknowns: int, care: Care) -> _Walk:
    """Put every curve at its start, to be judged there as a step of no length."""
    base, tangent, bend, trial = np.zeros((4, unknowns + 1, goal.size))
    tangent[-1] = 1.0
    first, sense, step, limit = np.zeros((4, goal.size))
    step[:], limit[:] = care.start, care.largest
    landed, lost = np.zeros((2, goal.size), dtype=bool)
    corrections, folds, crossings, points, sweeps = np.zeros((5, goal.size), dtype=np.intp)
    numbers = (first, sense, step, limit)
    flags = (goal == 0, landed, lost)
    return _Walk(goal, base, tangent, bend, trial, *numbers, *flags, corrections, folds, crossings, points, sweeps)


def _correct(linearise: Callable[[Ints, Floats], Linearisation], walk: _Walk, rows: Ints) -> Corrected:
    """Make one Newton correction at right angles to the last tangent, or at fixed λ when landing."""
    point, tangent = walk.trial[:, rows], walk.tangent[:, rows]
    across = np.zeros_like(tangent)
    across[-1] = 1.0
    return correct(linearise(rows, point), point, normal=np.where(walk.landing[rows], across, tangent))


def _judge(walk: _Walk, rows: Ints, corrected: Corrected, care: Care) -> tuple[Bools, Bools]:
    """Say which corrected points end their step and which steps are to be retried shorter."""
    move = corrected.move
    # "Not at most" rather than "more": a move that is no number is to be rejected.
    rejected = ~(move <= walk.limit[rows]) | (corrected.point[-1] < 0)
    settled = ~rejected & (move <= np.where(walk.landing[rows], LANDED, care.accept))
    accepted = settled & _keeps_its_curve(walk, rows, corrected, care)
    walk.first[rows] = np.where(walk.corrections[rows] == 0, move, walk.first[rows])
    walk.corrections[rows] += 1
    walk.sweeps[rows] += 1
    rejected |= ~accepted & (settled | (walk.corrections[rows] >= MOST_CORRECTIONS))
    walk.trial[:, rows] = corrected.point
    walk.limit[rows] = np.maximum(CONTRACTION * move, ROUNDING)
    return accepted, rejected


def _keeps_its_curve(walk: _Walk, rows: Ints, corrected: Corrected, care: Care) -> Bools:
    """Check direction, orientation and that the goal is not passed."""
    begun, length, rate = walk.points[rows] > 0, walk.step[rows], walk.base[-1, rows]
    climb = walk.tangent[-1, rows]
    # A curve that turns back so near the goal may have passed it, there and back, within the step.
    overturn = (climb * corrected.tangent[-1] < 0) & (rate + length * climb >= walk.goal[rows])
    suspect = overturn | begun & (corrected.sense != walk.sense[rows])
    passed = ~walk.landing[rows] & (corrected.point[-1] >= walk.goal[rows])
    bent = begun & ((walk.tangent[:, rows] * corrected.tangent).sum(axis=0) < care.alignment)
    return np.asarray(~passed & ~bent & ~(suspect & (length > SHORT * (1 + rate))))


def _advance(walk: _Walk, rows: Ints, corrected: Corrected, accepted: Bools, care: Care) -> None:
    """Make accepted points the new bases and choose the next step from the size of the first correction."""
    rows, point, ahead = rows[accepted], corrected.point[:, accepted], corrected.tangent[:, accepted]
    before, sense = walk.tangent[:, rows], corrected.sense[accepted]
    length = np.sqrt(((point - walk.base[:, rows]) ** 2).sum(axis=0))
    walk.folds[rows] += before[-1] * ahead[-1] < 0
    walk.crossings[rows] += (walk.points[rows] > 0) & (sense != walk.sense[rows])
    walk.bend[:, rows] = (ahead - before) / np.where(length > 0, length, np.inf)
    walk.base[:, rows], walk.tangent[:, rows], walk.sense[rows] = point, ahead, sense
    # The parabola misses the curve by the third power of the step, and so does the first correction.
    ratio = np.cbrt(care.aim / np.maximum(walk.first[rows], ROUNDING))
    walk.step[rows] = np.where(length > 0, length * np.clip(ratio, 0.5, care.growth), walk.step[rows])
    walk.points[rows] += 1
    walk.landed[rows] = walk.landing[rows]


def _retreat(walk: _Walk, rows: Ints, rejected: Bools, care: Care) -> None:
    """Shorten rejected steps; give a curve up whose steps are too short or too many."""
    walk.step[rows[rejected]] *= SHRINK
    hopeless = rejected & (walk.step[rows] < SHORTEST * (1 + walk.base[-1, rows]))
    walk.lost[rows] = (hopeless | (walk.sweeps[rows] >= care.sweeps)) & ~walk.landed[rows]


def _predict(walk: _Walk, rows: Ints, care: Care) -> None:
    """Place the next trial points on the parabola through base, tangent and bend; land where that reaches the goal."""
    base, length = walk.base[:, rows], walk.step[rows]
    point = _parabola(walk, rows, length)
    climb, missing = point[-1] - base[-1], walk.goal[rows] - base[-1]
    landing = climb * STRETCH >= missing
    length = np.where(landing, length * missing / np.where(landing, climb, 1.0), length)
    point = _parabola(walk, rows, length)
    point[-1] = np.where(landing, walk.goal[rows], point[-1])
    walk.trial[:, rows], walk.step[rows], walk.landing[rows] = point, length, landing
    walk.corrections[rows] = 0
    walk.limit[rows] = care.largest


def _parabola(walk: _Walk, rows: Ints, length: Floats) -> Floats:
    """Return base + length · tangent + length²/2 · bend."""
    return walk.base[:, rows] + length * walk.tangent[:, rows] + length**2 / 2 * walk.bend[:, rows]
