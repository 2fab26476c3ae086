"""Where do the types' names lose their meaning? "Resolute" and "opportunist" are labels; the costs decide."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.crisis.parameters import SENDER_TYPES, STANCES
from sim.crisis.payoffs import Chances

_RESOLUTE = SENDER_TYPES.index("resolute")


def labels_lost(parameters: Mapping[str, ArrayLike], chances: Chances) -> dict[str, NDArray[np.bool_]]:
    """Return in which games a label does not describe its type; the mean over games is the share to report.

    Shapes: parameters (n,) → (...).

    Examples
    --------
    >>> from sim.crisis.parameters import PARAMETERS
    >>> from sim.crisis.payoffs import chances
    >>> crisis = {parameter.name: 0.5 for parameter in PARAMETERS} | {"france.fight_cost.resolute": 9.0}
    >>> {name: bool(lost) for name, lost in labels_lost(crisis, chances(crisis)).items()}
    {'fight_cost': True, 'war_cost': False, 'resolute_folds.ambiguous': True, 'resolute_folds.commit': True}
    """
    batch = chances.nuclear.shape
    pairs = {
        "fight_cost": ("france.fight_cost.resolute", "france.fight_cost.bluffing"),
        "war_cost": ("russia.war_cost.opportunist", "russia.war_cost.cautious"),
    }
    lost = {name: np.greater(parameters[more], parameters[less]) for name, (more, less) in pairs.items()}
    for signal, stance in enumerate(STANCES):
        if stance != "rule_out":
            lost[f"resolute_folds.{stance}"] = ~chances.stands[..., _RESOLUTE, signal]
    return {name: np.broadcast_to(array, batch) for name, array in lost.items()}
