"""Functions whose Sobol' indices are known in closed form."""

from __future__ import annotations

import numpy as np

from sim.games.game import Floats

ISHIGAMI_A, ISHIGAMI_B = 7.0, 0.1
"""As in Saltelli et al. (2008), Global Sensitivity Analysis: The Primer, Wiley, section 4.6."""

_ALONE = np.array([(1 + ISHIGAMI_B * np.pi**4 / 5) ** 2 / 2, ISHIGAMI_A**2 / 8, 0.0])
_PAIR = ISHIGAMI_B**2 * np.pi**8 * (1 / 18 - 1 / 50)  # of the first and the third input
_VARIANCE = _ALONE.sum() + _PAIR

ISHIGAMI_FIRST = _ALONE / _VARIANCE
ISHIGAMI_TOTAL = (_ALONE + np.array([_PAIR, 0.0, _PAIR])) / _VARIANCE


def ishigami(scores: Floats) -> Floats:
    """Return sin x1 + a sin² x2 + b x3⁴ sin x1, x uniform on [-π, π], as one output of shape (1, n)."""
    x = np.pi * (2 * scores - 1)
    return np.asarray(np.sin(x[:1]) + ISHIGAMI_A * np.sin(x[1:2]) ** 2 + ISHIGAMI_B * x[2:3] ** 4 * np.sin(x[:1]))


def additive(scores: Floats) -> Floats:
    """Return u1 + 2 u2 + 3 u3, u uniform, as one output: shares 1, 4 and 9 of 14."""
    return np.asarray(scores[:1] + 2 * scores[1:2] + 3 * scores[2:3])


ADDITIVE = np.array([1.0, 4.0, 9.0]) / 14
