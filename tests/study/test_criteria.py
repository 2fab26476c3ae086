"""Do the classical rules pick what their authors say? Milnor's and Savage's tables, invariance, ties, agreement.

Deliberate break that turned tests red: `least=rule == "minimax_regret"` left out, so that the largest regret won.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.games.game import Floats
from sim.study.criteria import Criterion, Extremes, criteria, criterion
from sim.study.draws import REPLICATES
from sim.study.regret import regrets

WORTH = arrays(np.float64, (4, 5), elements=st.integers(-1000, 1000).map(float))


def said(worth: Floats, hurwicz: float = 0.5) -> dict[str, Criterion]:
    """Return what the rules say of a table, given in every replicate alike, in two blocks."""
    found = Extremes(tuple("abcdefg"[: len(worth)]))
    for replicate in range(REPLICATES):
        for part in np.split(worth, [1], axis=1):
            found.add(replicate, part, regrets(part))
    return criteria(found, draws=REPLICATES * worth.shape[1], hurwicz=hurwicz)


def test_each_rule_picks_its_own_row_of_milnors_table() -> None:
    # Milnor (1954), "Games against nature", in Decision Processes, Wiley: one row each for Laplace, Wald, Hurwicz
    # (with more weight on the best case than on the worst) and Savage.
    worth = np.array([[2.0, 2, 0, 1], [1, 1, 1, 1], [0, 4, 0, 0], [1, 3, 0, 0]])
    rules = said(worth, hurwicz=0.25)
    assert {rule: each.recommends for rule, each in rules.items()} == {
        "laplace": ("a",),
        "maximin": ("b",),
        "hurwicz": ("c",),
        "minimax_regret": ("d",),
    }
    assert rules["laplace"].values == {"a": 1.25, "b": 1.0, "c": 1.0, "d": 1.0}
    assert rules["minimax_regret"].values == {"a": 2.0, "b": 3.0, "c": 2.0, "d": 1.0}
    assert {each.agreement for each in rules.values()} == {REPLICATES}


@pytest.mark.parametrize(("weight", "pick"), [(0.74, ("c",)), (0.75, ("b", "c")), (0.76, ("b",))])
def test_hurwicz_leaves_his_row_where_milnor_says(weight: float, pick: tuple[str, ...]) -> None:
    assert (
        said(np.array([[2.0, 2, 0, 1], [1, 1, 1, 1], [0, 4, 0, 0], [1, 3, 0, 0]]), weight)["hurwicz"].recommends == pick
    )


@given(WORTH, st.floats(0, 1))
def test_the_rules_are_what_they_are_over_a_whole_table(worth: Floats, weight: float) -> None:
    rules = said(worth, weight)
    low, high = worth.min(axis=1), worth.max(axis=1)
    expected = {
        "laplace": worth.mean(axis=1),
        "maximin": low,
        "hurwicz": weight * low + (1 - weight) * high,
        "minimax_regret": (worth.max(axis=0) - worth).max(axis=1),
    }
    for rule, values in expected.items():
        assert list(rules[rule].values.values()) == pytest.approx(values.tolist())


@given(WORTH)
def test_weight_one_is_maximin_and_a_constant_changes_no_advice(worth: Floats) -> None:
    rules, moved = said(worth, 1.0), said(2 * worth + 8, 1.0)
    assert rules["hurwicz"].values == rules["maximin"].values
    assert {rule: each.recommends for rule, each in moved.items()} == {r: e.recommends for r, e in rules.items()}


def test_identical_stances_are_all_recommended() -> None:
    assert {each.recommends for each in said(np.ones((2, 3))).values()} == {("a", "b")}


def test_agreement_counts_the_replicates_that_say_the_same_alone() -> None:
    parts = np.array([[1.0, 0.0]] * 5 + [[0.0, 1.0]] * 11)
    assert criterion(("a", "b"), np.array([9.0, 8.0]), parts=parts).agreement == 5
    assert criterion(("a", "b"), np.array([9.0, 8.0]), parts=parts, least=True).agreement == 5
    assert criterion(("a", "b"), np.array([9.0, 8.0])).agreement is None


def test_one_draw_at_odds_decides_maximin_and_is_told_by_the_agreement() -> None:
    found = Extremes(("safe", "good"))
    for replicate in range(REPLICATES):
        worth = np.array([[0.0, 0.0], [1.0, 1.0 - 5 * (replicate == 3)]])
        found.add(replicate, worth, regrets(worth))
    rule = criteria(found, draws=2 * REPLICATES, hurwicz=0.5)["maximin"]
    assert (rule.recommends, rule.agreement) == (("safe",), 1)
