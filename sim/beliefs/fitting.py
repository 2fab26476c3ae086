"""Which Beta has these two quantiles?"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from scipy.special import betainc, betaincc, ndtri

from sim.games.game import Floats

_CLOSE = 1e-9  # error in normal scores of the two tails below which a fit counts: far below what anyone can judge
_STEPS = 200  # Newton steps before giving up; ordinary intervals need fewer than ten
_LONGEST_STEP = 0.5  # in the logarithms of a and b, so that a poor start cannot overshoot into underflow
_NUDGE = 1e-6  # step of the finite differences, in the logarithms of a and b


@lru_cache(maxsize=1024)  # a scenario is read again and again with the same intervals
def beta_with_quantiles(low: float, high: float, tail: float) -> tuple[float, float] | None:
    """Return the Beta with probability `tail` below `low` and above `high`, if floating point can find it."""
    if low == 0:  # one-sided at either end, with probability 1 - 2 tail inside
        return 1.0, float(np.log(2 * tail) / np.log1p(-high))
    if high == 1:
        return float(np.log(2 * tail) / np.log(low)), 1.0

    # On the normal scores of the two tails, with the logarithms of a and b, the problem is nearly linear.
    def scores(logs: Floats) -> Floats:
        a, b = np.exp(logs)
        return np.asarray(ndtri([betainc(a, b, low), betaincc(a, b, high)]) - ndtri(tail))

    with np.errstate(all="ignore"):
        return _newton(scores, _start(low, high, tail))


def _newton(scores: Callable[[Floats], Floats], logs: Floats) -> tuple[float, float] | None:
    """Solve for the parameters whose tails are the wanted ones; None if floating point cannot follow."""
    for _ in range(_STEPS):
        miss = scores(logs)
        if not np.isfinite(miss).all():
            return None
        if np.abs(miss).max() < _CLOSE:
            return float(np.exp(logs[0])), float(np.exp(logs[1]))
        slope = np.stack([(scores(logs + d) - scores(logs - d)) / (2 * _NUDGE) for d in _NUDGE * np.eye(2)], axis=1)
        if not np.isfinite(slope).all() or np.linalg.det(slope) == 0:
            return None
        # Shortened as a whole and not entry by entry: it keeps its direction, along which the misses shrink.
        step = np.linalg.solve(slope, miss)
        logs = logs - step * min(1.0, _LONGEST_STEP / float(np.abs(step).max()))
    return None


def _start(low: float, high: float, tail: float) -> Floats:
    """Return the logarithms of a and b with the mean and spread that a normal would have."""
    mean = (low + high) / 2
    spread = (high - low) / (-2 * ndtri(tail))
    size = max(mean * (1 - mean) / spread**2 - 1, 0.5)
    return np.log([mean * size, (1 - mean) * size])
