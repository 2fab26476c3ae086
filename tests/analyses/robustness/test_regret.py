"""Is regret what a stance falls short of the best one, draw by draw? By hand, by invariance, and on the real case.

Deliberate break that turned tests red: `rows.max(axis=0)` replaced by `rows.max(axis=1, keepdims=True)`, the best over
all draws instead of in each.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import sim
from sim.analyses.robustness.regret import BARE, PAYOFF, QUANTITIES, contenders, held, regrets, scores, shares_best
from sim.crisis.parameters import STANCES
from sim.games.game import Floats

WORTH = arrays(np.float64, (3, 7), elements=st.integers(-1000, 1000).map(float))


def test_three_draws_worked_by_hand() -> None:
    worth = np.array([[1.0, 0.0, 2.0], [0.0, 3.0, 2.0], [-1.0, 1.0, 0.0]])  # Savage's table: stances by draws
    assert regrets(worth).tolist() == [[0, 3, 0], [1, 0, 0], [2, 2, 2]]
    assert shares_best(regrets(worth)).tolist() == [[1, 0, 0.5], [0, 1, 0.5], [0, 0, 0]]


@given(WORTH)
def test_regret_is_never_negative_and_zero_for_somebody_in_every_draw(worth: Floats) -> None:
    regret = regrets(worth)
    assert (regret >= 0).all()
    assert (regret.min(axis=0) == 0).all()
    assert shares_best(regret).sum(axis=0) == pytest.approx(1)


@given(WORTH, st.integers(-50, 50), st.integers(1, 9))
def test_a_constant_for_all_stances_changes_no_regret_and_a_unit_scales_it(worth: Floats, add: int, by: int) -> None:
    assert np.array_equal(regrets(worth + add), regrets(worth))
    assert np.array_equal(regrets(by * worth), by * regrets(worth))


@given(WORTH)
def test_renaming_the_stances_renames_their_regrets(worth: Floats) -> None:
    assert np.array_equal(regrets(worth[::-1]), regrets(worth)[::-1])


def test_identical_stances_tie_in_every_draw() -> None:
    worth = np.array([[0.3, -1.2], [0.3, -1.2]])
    assert regrets(worth).tolist() == [[0, 0], [0, 0]]
    assert shares_best(regrets(worth)).tolist() == [[0.5, 0.5], [0.5, 0.5]]


def test_of_probabilities_less_is_better_and_rule_out_does_not_take_part() -> None:
    values = {"war": {"rule_out": np.zeros(2), "ambiguous": np.array([0.1, 0.4]), "commit": np.array([0.3, 0.2])}}
    assert regrets(scores(values, "war")) == pytest.approx(np.array([[0, 0.2], [0.2, 0]]))
    assert contenders("france_payoff") == STANCES


def test_doctrines_are_those_of_a_run() -> None:
    scenario = sim.load_scenario("macron-2024")
    run = sim.run(scenario, draws=256, seed=0, keep_draws=True)
    assert run.parameters is not None
    assert run.outcomes is not None
    values = held(run.parameters, worst_case=scenario.worst_case)
    for quantity in QUANTITIES:
        for stance in STANCES:
            stated = run.parameters[f"signal.{stance}.stance_value"] if quantity == BARE else 0.0
            wanted = run.outcomes[stance][PAYOFF if quantity == BARE else quantity] - stated
            assert np.array_equal(values[quantity][stance], wanted)


def test_an_unknown_quantity_is_refused() -> None:
    with pytest.raises(
        ValueError, match=r"by must be one of france_payoff, payoff_without_stance_value, strike, .*; it is 'peace'"
    ):
        contenders("peace")
