"""Are the draws counted in which a type's name misleads? Cases by hand.

Deliberate break that turned these red: reading the bluffing type's stand instead of the resolute type's.
"""

from __future__ import annotations

import numpy as np
from crisis_tree import each, random_crises, stands
from numpy.typing import ArrayLike

from sim.crisis.labels import labels_lost
from sim.crisis.payoffs import chances


def test_labels_are_lost_where_costs_are_in_the_wrong_order() -> None:
    crises = random_crises(4, seed=20)
    crises |= {"france.fight_cost.resolute": np.array([1.0, 2, 2, 1]), "france.fight_cost.bluffing": np.full(4, 1.5)}
    crises |= {"russia.war_cost.opportunist": np.array([3.0, 3, 2, 1]), "russia.war_cost.cautious": np.full(4, 2.0)}
    lost = labels_lost(crises, chances(crises))
    assert lost["fight_cost"].tolist() == [False, True, True, False]
    assert lost["war_cost"].tolist() == [True, True, False, False]


def test_resolute_types_that_fold_are_those_of_the_tree() -> None:
    crises = random_crises(100, seed=21)
    lost = labels_lost(crises, chances(crises))
    for stance in ("ambiguous", "commit"):
        folds = [not stands(p, stance, "resolute") for p in each(crises)]
        assert lost[f"resolute_folds.{stance}"].tolist() == folds
        assert any(folds)


def test_scalars_fill_the_batch() -> None:
    crises: dict[str, ArrayLike] = {**each(random_crises(1, seed=22))[0], "prior.resolute": np.array([0.2, 0.4, 0.6])}
    assert {array.shape for array in labels_lost(crises, chances(crises)).values()} == {(3,)}
