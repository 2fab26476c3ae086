"""How much of an output's variance follows one input alone? An estimate from draws that were made for other ends.

Cut the range of an input into strata of equal probability: the variance of the means of the strata is what the input
explains on its own (Plischke, Borgonovo and Smith 2013, European Journal of Operational Research 226(3), 536-550). Each
mean is noisy, and noise looks like an effect (Strong and Oakley 2013, Medical Decision Making 33(6), 755-766).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.games.game import Floats


def first_order_from_strata(sums: Floats, counts: NDArray[np.int64], mean: Floats, variance: Floats) -> Floats:
    """Return the first-order Sobol' index of every input for every output, from sums over strata.

    With the share η² of the variance between s strata of n draws in all, it is 1 - (1 - η²)(n - 1) / (n - s): 0 on
    average for an input without effect (Kelley 1935, Proceedings of the National Academy of Sciences 21(9), 554-559).
    What varies inside a stratum is lost, about 1 / s²; points more even than chance can bring it (s - 1) / n too low.

    Shapes: sums (parameters, strata, outputs), counts (parameters, strata), others (outputs,) → (parameters, outputs).
    """
    draws, filled = counts.sum(axis=1), counts > 0
    strata = filled.sum(axis=1)
    if np.any(scarce := draws <= strata):
        first = int(np.argmax(scarce))
        raise ValueError(f"draws must be more than strata; parameter {first} has {draws[first]} in {strata[first]}")
    deviations = sums / np.maximum(counts, 1)[..., None] - mean  # (p, s, o)
    between = np.einsum("ps,pso->po", counts / draws[:, None], deviations**2)
    varies = np.asarray(variance) > 0
    share = between / np.where(varies, variance, 1.0)  # η²
    correction = ((draws - 1) / (draws - strata))[:, None]
    return np.where(varies, 1 - (1 - share) * correction, 0.0)
