"""What holding teaches about Russia: Bayes' rule by hand, and what campaigns in which Russia held believe.

Deliberate break that turned a test red: the difference of the two logarithms taken the other way round.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from some_crises import by_hand, drawn, repeated

from sim.analyses.campaign.history import after_holding
from sim.analyses.campaign.months import campaigns
from sim.analyses.campaign.plan import CampaignPlan

NAME = "prior.opportunist"


def belief(crisis: dict[str, float], held: int, **options: float) -> float:
    """Return the belief that Russia is the opportunist after it held."""
    return float(after_holding(crisis, held, **options)[0][NAME][0])  # type: ignore[arg-type]


def test_the_odds_of_the_example_by_hand_are_multiplied_by_the_ratio_of_holding() -> None:
    """docs/model.md, section 9: at π = 0.3 a strike gains the cautious −0.1106 and the opportunist 0.0096."""
    gains = 0.3 * (-0.3405 + 0.05) + 0.7 * (-0.0835 + 0.05), 0.3 * (-0.1258 + 0.05) + 0.7 * (-0.0038 + 0.05)
    cautious, opportunist = (1 / (1 + math.exp(5 * gain)) for gain in gains)
    odds = 0.25 / 0.75 * (opportunist / cautious) ** 4
    assert belief(by_hand(), 4) == pytest.approx(odds / (1 + odds), rel=1e-12)
    assert belief(by_hand(), 4) < 0.25


@pytest.mark.parametrize("stance", ["ambiguous", "commit"])
def test_it_is_what_a_campaign_in_which_russia_held_believes(stance: str) -> None:
    parameters, months = drawn(1024), 5
    rolls = campaigns(parameters, CampaignPlan(months, stance), np.random.default_rng(0))
    quiet = ~rolls.happened[-1, 0]
    assert quiet.sum() > 20
    expected = after_holding(parameters, months, stance=stance)[0][NAME]
    np.testing.assert_allclose(rolls.opportunist[-1, quiet], expected[quiet], rtol=1e-9)


def test_a_history_of_none_changes_no_bit_and_other_parameters_never_change() -> None:
    parameters = drawn(64)
    for held in (0, 7):
        updated, _ = after_holding(parameters, held)
        assert list(updated) == list(parameters)
        same = [name for name, array in updated.items() if np.array_equal(array, parameters[name])]
        assert set(parameters) - set(same) == (set() if held == 0 else {NAME})


@pytest.mark.parametrize("certain", [0.0, 1.0])
def test_certainty_stays_whatever_is_seen(certain: float) -> None:
    assert belief(by_hand() | {NAME: certain}, 1_000_000) == certain


def test_nothing_is_learnt_from_coins_from_twins_and_after_ruling_out() -> None:
    twins = {f"russia.{name}.opportunist": by_hand()[f"russia.{name}.cautious"] for name in ("war_cost", "pessimism")}
    assert belief(by_hand(), 9, rationality=0.0) == 0.25
    assert belief(by_hand() | twins, 9) == 0.25
    assert after_holding(by_hand(), 9, stance="rule_out")[0][NAME].tolist() == [0.25]


def test_wrong_histories_are_refused() -> None:
    with pytest.raises(ValueError, match="stance must be one of rule_out, ambiguous, commit; it is 'bluff'"):
        after_holding(by_hand(), 1, stance="bluff")
    with pytest.raises(ValueError, match=r"held and rationality must be at least 0; they are -1 and 5\.0"):
        after_holding(by_hand(), -1)
    with pytest.raises(ValueError, match="held and rationality must be at least 0; they are 1 and inf"):
        after_holding(by_hand(), 1, rationality=math.inf)


@given(first=st.integers(0, 30), second=st.integers(0, 30), rationality=st.floats(0, 1e3))
def test_two_histories_in_a_row_are_one_and_beliefs_stay_probabilities(
    first: int, second: int, rationality: float
) -> None:
    parameters = drawn(32)
    before, _ = after_holding(parameters, first, rationality=rationality)
    once, _ = after_holding(before, second, rationality=rationality)
    whole, _ = after_holding(parameters, first + second, rationality=rationality)
    np.testing.assert_allclose(once[NAME], whole[NAME], rtol=0, atol=1e-9)
    assert np.all((whole[NAME] >= 0) & (whole[NAME] <= 1))


def test_every_crisis_of_a_batch_is_updated_by_its_own_numbers() -> None:
    batch = repeated(by_hand(), 2) | {"russia.war_cost.opportunist": np.array([5.0, 50.0])}
    own, twin = after_holding(batch, 3, stance="commit")[0][NAME]
    assert own < 0.25
    assert twin == pytest.approx(0.25, abs=1e-15)
