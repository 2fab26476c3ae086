"""Where do the types' names lose their meaning? "Resolute" and "opportunist" are labels; the costs decide."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from sim.crisis.parameters import BASELINE, SENDER_TYPES, Stances
from sim.crisis.payoffs import Chances
from sim.games.game import Bools

ORDERINGS = {
    "fight_cost": ("france.fight_cost.resolute", "france.fight_cost.bluffing"),
    "france_war_cost": ("france.war_cost.resolute", "france.war_cost.bluffing"),
    "war_cost": ("russia.war_cost.opportunist", "russia.war_cost.cautious"),
}
"""By name of the ordering: the cost that its label makes the lower one, and the one that it must not exceed."""

FOLDS = "resolute_folds"  # the other way to lose a meaning: a resolute France that does best to fold, by stance

_RESOLUTE = SENDER_TYPES.index("resolute")


def label_names(stances: Stances = BASELINE) -> tuple[str, ...]:
    """Return the ways in which a type's name can lose its meaning: the orderings, and by stance whether it stands."""
    return (*ORDERINGS, *(f"{FOLDS}.{stance}" for stance in stances.struck))


def labels_lost(parameters: Mapping[str, ArrayLike], chances: Chances, stances: Stances = BASELINE) -> dict[str, Bools]:
    """Return in which games a label does not describe its type; the mean over games is the share to report."""
    batch = chances.nuclear.shape
    lost = {
        name: np.greater(parameters[lower], parameters.get(higher, parameters[lower]))
        for name, (lower, higher) in ORDERINGS.items()
    }
    for signal, stance in enumerate(stances.names):
        if stances.targets[signal]:
            lost[f"{FOLDS}.{stance}"] = ~chances.stands[..., _RESOLUTE, signal]
    return {name: np.broadcast_to(array, batch) for name, array in lost.items()}
