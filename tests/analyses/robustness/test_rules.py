"""Do the classical rules pick what their authors say? Milnor's and Savage's tables, invariance, ties, agreement.

Deliberate break that turned tests red: `least=rule == "minimax_regret"` left out, so that the largest regret won.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.analyses.robustness.regret import regrets
from sim.analyses.robustness.rules import Criterion, Extremes, criteria, criterion
from sim.draws.blocks import REPLICATES
from sim.games.game import Floats

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
    assert {rule: each.margin for rule, each in rules.items()} == {
        "laplace": 0.25,
        "maximin": 1.0,
        "hurwicz": 0.75,
        "minimax_regret": 1.0,
    }
    assert {(each.scatter, each.firm) for each in rules.values()} == {(0.0, True)}


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


def test_identical_stances_are_all_recommended_and_not_firmly() -> None:
    rules = said(np.ones((2, 3))).values()
    assert {(each.recommends, each.margin, each.firm) for each in rules} == {(("a", "b"), 0.0, False)}


def test_the_scatter_of_a_mean_shrinks_with_the_replicates_and_that_of_an_extreme_does_not() -> None:
    rng = np.random.default_rng(0)
    worth = rng.normal(size=(REPLICATES, 2, 50)) + np.array([[1.0], [0.0]])
    found = Extremes(("a", "b"))
    for replicate, part in enumerate(worth):
        found.add(replicate, part, regrets(part))
    rules = criteria(found, draws=50 * REPLICATES, hurwicz=1.0)
    means, lows = worth.mean(axis=2), worth.min(axis=2)
    assert rules["laplace"].scatter == pytest.approx((means[:, 0] - means[:, 1]).std(ddof=1) / 4)
    assert rules["maximin"].scatter == pytest.approx((lows[:, 0] - lows[:, 1]).std(ddof=1))
    assert rules["laplace"].firm
    assert criterion(("a", "b"), np.array([9.0, 8.0])).firm is None


def test_one_draw_at_odds_decides_maximin_but_not_firmly() -> None:
    found = Extremes(("safe", "good"))
    for replicate in range(REPLICATES):
        worth = np.array([[0.0, 0.0], [1.0, 1.0 - 5 * (replicate == 3)]])
        found.add(replicate, worth, regrets(worth))
    rules = criteria(found, draws=2 * REPLICATES, hurwicz=0.5)
    assert (rules["maximin"].recommends, rules["maximin"].margin) == (("safe",), 4.0)
    assert [rules[rule].firm for rule in ("laplace", "maximin", "minimax_regret")] == [True, False, False]


@pytest.mark.parametrize("seed", range(5))
def test_a_firm_mean_is_right_far_more_often_than_not(seed: int) -> None:
    rng = np.random.default_rng(seed)
    wrong = 0
    for _ in range(100):
        parts = rng.normal(size=(REPLICATES, 2)) + np.array([0.2, 0.0])
        found = criterion(("a", "b"), parts.mean(axis=0), parts=parts / np.sqrt(REPLICATES), agree=0)
        wrong += bool(found.firm) and found.recommends == ("b",)
    assert wrong <= 5
