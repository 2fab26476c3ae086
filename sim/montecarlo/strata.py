"""How much of an output's variance follows one input alone? An estimate from draws that were made for other ends.

Cut the range of an input into strata of equal probability: the variance of the means of the strata is what the input
explains on its own [1]_. Each mean is noisy, and noise looks like an effect [2]_; the correction takes it out [3]_.

References
----------
.. [1] Plischke, E., Borgonovo, E. and Smith, C. L. (2013), "Global sensitivity measures from given data", European
   Journal of Operational Research 226(3), 536-550, doi:10.1016/j.ejor.2012.11.047.
.. [2] Strong, M. and Oakley, J. E. (2013), "An efficient method for computing single-parameter partial expected value
   of perfect information", Medical Decision Making 33(6), 755-766, doi:10.1177/0272989X12465123.
.. [3] Kelley, T. L. (1935), "An unbiased correlation ratio measure", Proceedings of the National Academy of Sciences
   21(9), 554-559, doi:10.1073/pnas.21.9.554.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.games.game import Floats


def first_order_from_strata(sums: Floats, counts: NDArray[np.int64], mean: Floats, variance: Floats) -> Floats:
    """Return the first-order Sobol' index of every input for every output, from sums over strata.

    With the share η² of the variance between s strata of n draws in all, the index is 1 - (1 - η²)(n - 1) / (n - s),
    Kelley's unbiased correlation ratio: of an input without effect it is 0 on average.
    What varies inside a stratum is lost, a share of the order 1 / s².
    Points spread more evenly than chance are less noisy, so that the index can come out up to (s - 1) / n too low.

    Shapes: sums (parameters, strata, outputs), counts (parameters, strata), mean (outputs,), variance (outputs,) →
    (parameters, outputs).

    >>> score = (np.arange(1000) + 0.5) / 1000
    >>> stratum, output = (score * 20).astype(int), score**2
    >>> sums, counts = np.bincount(stratum, weights=output), np.bincount(stratum)
    >>> index = first_order_from_strata(sums[None, :, None], counts[None], output.mean(), output.var())
    >>> float(index[0, 0].round(2))
    1.0
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
