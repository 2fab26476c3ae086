"""Which parameters drive a run's answer, each on its own? First-order indices from the draws that were made anyway.

Each stratum of a parameter's score holds the same number of them, as even as Sobol' points are.
"""

from __future__ import annotations

import numpy as np

from sim.crisis.ladder import OUTCOMES
from sim.crisis.parameters import BASELINE, Stances
from sim.draws.blocks import REPLICATES
from sim.draws.strata import first_order_from_strata
from sim.draws.tally import Counts
from sim.games.game import Floats

STRATA = 16  # strata of equal probability: what varies inside one is lost, a share of about 1 / 16²

# Draws of a replicate that are looked at: more would change nothing that anyone could see, fewer give noise of 1 %.
MOST, LEAST = 512, 64


def driven(stances: Stances) -> tuple[str, ...]:
    """Return the quantities whose drivers are looked for: after a stance without a target nothing happens."""
    return tuple(f"{play}.{outcome}" for play in (*stances.struck, "selected") for outcome in OUTCOMES)


DRIVEN = driven(BASELINE)  # those of the three stances of the baseline
_SCALE = 2.0**32  # probabilities are summed as whole numbers of its inverse: the order of the sums then changes no bit


def stratum_sums(scores: Floats, values: dict[str, Floats], quantities: tuple[str, ...] = DRIVEN) -> Counts:
    """Return the sum of every driven quantity over each stratum of each parameter, in units of 2^-32.

    Shapes: scores (parameters, n), values (n,) → (parameters, strata, quantities).
    """
    rows = np.rint(np.stack([values[name][:MOST] for name in quantities]) * _SCALE).astype(np.int64)
    sums = np.empty((len(scores), STRATA, len(rows)), dtype=np.int64)
    strata = np.floor(scores[:, :MOST] * STRATA).astype(np.uint8)
    for parameter, own in enumerate(strata):
        order = np.argsort(own, kind="stable")
        sums[parameter] = rows[:, order].reshape(len(rows), STRATA, -1).sum(axis=2).T
    return sums


def first_order(sums: Counts, draws: int, variances: Floats) -> Floats:
    """Return the first-order index of every parameter for every driven quantity.

    Shapes: sums (parameters, strata, quantities), variances (quantities,) → (parameters, quantities).
    """
    floats = sums / _SCALE
    counts = np.full(sums.shape[:2], draws // STRATA, dtype=np.int64)
    return first_order_from_strata(floats, counts, floats[0].sum(axis=0) / draws, variances)


def looked_at(block: int) -> int:
    """Return how many draws of a run are looked at, given those in a block: none if there are too few."""
    return REPLICATES * min(block, MOST) if block >= LEAST else 0


def nothing(dimensions: int, quantities: tuple[str, ...] = DRIVEN) -> Counts:
    """Return sums over no draws."""
    return np.zeros((dimensions, STRATA, len(quantities)), dtype=np.int64)
