"""Which action is best for one receiver type at which belief, and when do two count as equally good?

Arrays have the batch as their last axis: k receiver types, t sender types, a actions, n games.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.games.game import Bools, Floats

TIE = 1e-11  # payoffs closer, relative to their range in the game, are tied: far above rounding, far below data
ROUNDING = 1e-15  # rounding of a payoff relative to its size, after the few additions made here


def tie(low: Floats, high: Floats) -> Floats:
    """Return the difference that counts as a tie between payoffs that run from `low` to `high`."""
    return np.asarray(TIE * (high - low) + ROUNDING * np.maximum(np.abs(high), np.abs(low)))


def envelopes(receiver: Floats) -> tuple[Floats, NDArray[np.intp], Bools]:
    """Return break-points (k, a - 1, n), best actions in order (k, a, n), and actions in doubtful ties (k, a, n).

    The upper envelope of the actions' payoff lines, walked from belief 0: of the actions that cross the present one
    next, the steepest takes over.
    """
    if receiver.shape[2] == 2:
        return _one_crossing(receiver)
    intercept, slope = receiver[:, 0], receiver[:, 1] - receiver[:, 0]
    tolerance = _tie_within(receiver)[:, None]
    best = intercept >= intercept.max(axis=1, keepdims=True) - tolerance
    k, actions, n = intercept.shape
    breaks, sequence = np.full((k, actions - 1, n), np.inf), np.empty((k, actions, n), dtype=np.intp)
    doubtful = best & (best.sum(axis=1, keepdims=True) > 1)
    current = _steepest(best, slope)
    sequence[:, :1] = current
    for step in range(actions - 1):
        rise = slope - np.take_along_axis(slope, current, axis=1)
        drop = np.take_along_axis(intercept, current, axis=1) - intercept
        crossing = np.divide(drop, rise, out=np.full_like(drop, np.inf), where=rise > tolerance)
        nearest = crossing.min(axis=1, keepdims=True)
        next_up = crossing <= nearest + TIE
        inside, at_end = nearest < 1 - TIE, np.abs(nearest - 1) <= TIE
        several = inside & (next_up.sum(axis=1, keepdims=True) > 1)
        if np.any(several | at_end):
            here = np.arange(actions)[:, None] == current
            doubtful |= (several | at_end) & (next_up | here)
        breaks[:, step] = np.where(inside, nearest, np.inf)[:, 0]
        current = np.where(inside, _steepest(next_up, slope), current)
        sequence[:, step + 1 : step + 2] = current
    return breaks, sequence, doubtful


def _one_crossing(receiver: Floats) -> tuple[Floats, NDArray[np.intp], Bools]:
    """Return what `_envelopes` does for two actions, whose payoff lines cross once at most."""
    (first, second), (first_later, second_later) = receiver[:, 0].swapaxes(0, 1), receiver[:, 1].swapaxes(0, 1)
    slope, other_slope, tolerance = first_later - first, second_later - second, _tie_within(receiver)
    least = np.maximum(first, second) - tolerance
    in_play, other_in_play = first >= least, second >= least
    begins = other_in_play & (~in_play | (other_slope > slope))  # with the second action
    ahead, faster = first - second, other_slope - slope
    crosses = np.where(begins, -faster, faster) > tolerance
    crossing = np.divide(ahead, faster, out=np.full_like(ahead, np.inf), where=crosses)
    inside = crossing < 1 - TIE
    doubtful = in_play & other_in_play | (np.abs(crossing - 1) <= TIE)
    sequence = np.stack([begins, begins ^ inside], axis=1).astype(np.intp)
    breaks = np.where(inside, crossing, np.inf)[:, None]
    return breaks, sequence, np.broadcast_to(doubtful[:, None], sequence.shape)


def _tie_within(receiver: Floats) -> Floats:
    """Return what counts as a tie for each receiver type, (k, n)."""
    return tie(receiver.min(axis=2).min(axis=1), receiver.max(axis=2).max(axis=1))


def _steepest(among: Bools, slope: Floats) -> NDArray[np.intp]:
    """Return the action of steepest slope among those marked: (k, 1, n); a loop over few actions beats argmax."""
    top = np.where(among[:, 0], slope[:, 0], -np.inf)
    chosen = np.zeros(top.shape, dtype=np.intp)
    for a in range(1, slope.shape[1]):
        higher = among[:, a] & (slope[:, a] > top)
        top, chosen = np.where(higher, slope[:, a], top), np.where(higher, a, chosen)
    return chosen[:, None]
