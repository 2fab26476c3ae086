"""Does an axis show the range it should? Defaults, scales, and ranges that are refused.

Deliberate break that turned a test red: the two ends of a logarithmic scale swapped in `Axis.place`.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sim
from sim.analyses.regimes.axes import Axis, axis_of
from sim.crisis.parameters import PARAMETERS
from sim.telling.faults import ScenarioError

SCENARIO = sim.load_scenario("macron-2024")


@pytest.mark.parametrize("name", [parameter.name for parameter in PARAMETERS])
def test_every_parameter_has_an_axis_within_its_bounds_with_its_median_on_it(name: str) -> None:
    axis = axis_of(SCENARIO, name)
    assert axis.parameter.low <= axis.low < axis.high <= axis.parameter.high
    assert axis.baseline == SCENARIO.medians()[name]
    assert 0 <= axis.home <= 1


def test_an_uncertain_parameter_is_shown_between_its_1_and_99_per_cent_quantiles() -> None:
    distribution = SCENARIO.entries["prior.resolute"].distribution
    axis = axis_of(SCENARIO, "prior.resolute")
    assert (axis.low, axis.high) == tuple(distribution.quantile(np.array([0.01, 0.99])))


@pytest.mark.parametrize(
    ("name", "value", "ends"),
    [
        ("prior.resolute", 0.5, (0.0, 1.0)),
        ("signal.commit.ambiguity", 0.5, (0.0, 1.0)),
        ("france.war_cost.resolute", 5.0, (0.0, 10.0)),
        ("france.war_cost.resolute", 0.0, (0.0, 1.0)),
        ("france.training_value", -0.5, (-1.5, 0.5)),
    ],
)
def test_a_certain_parameter_has_a_sensible_range(name: str, value: float, ends: tuple[float, float]) -> None:
    axis = axis_of(SCENARIO.override({name: value}), name)
    assert (axis.low, axis.high, axis.log) == (*ends, False)


def test_costs_that_span_a_decade_are_logarithmic_and_probabilities_of_everyday_size_are_not() -> None:
    assert axis_of(SCENARIO, "russia.retaliation_cost").log
    assert not axis_of(SCENARIO, "france.war_cost.resolute").log  # its ends are less than ten times apart
    assert not axis_of(SCENARIO, "prior.opportunist").log
    assert axis_of(SCENARIO, "prior.resolute", (0.0001, 0.5)).log
    assert not axis_of(SCENARIO, "france.training_value", (0.001, 10.0)).log


@given(st.floats(1e-6, 1e6), st.floats(1.01, 1e6), st.booleans(), st.floats(0, 1))
def test_places_and_values_are_inverse(low: float, ratio: float, log: bool, place: float) -> None:
    axis = Axis("france.war_cost.resolute", low, low * ratio, log, low)
    value = float(axis.value(np.array(place)))
    assert axis.low <= value <= axis.high
    assert axis.place(value) == pytest.approx(place, abs=1e-6)


def test_a_value_of_0_is_off_a_logarithmic_axis() -> None:
    assert (
        axis_of(SCENARIO.override({"france.war_cost.resolute": 0.0}), "france.war_cost.resolute", (1.0, 100.0)).home
        == -np.inf
    )


@pytest.mark.parametrize(
    ("name", "span", "message"),
    [
        ("prior.resolut", None, "no parameter is named 'prior.resolut'\n    did you mean 'prior.resolute'?"),
        ("prior.resolute", (0.5, 0.2), "the low end must come first\n    did you mean 0.2 0.5?"),
        ("prior.resolute", (0.2, 0.2), "the ends must differ"),
        ("prior.resolute", (0.2, 1.5), "the range must lie within the parameter's bounds\n    allowed: 0 to 1"),
        ("france.war_cost.resolute", (-1.0, 1.5), "the range must lie within the parameter's bounds"),
        ("france.war_cost.resolute", (1.0, 1e300), "the range must lie within the parameter's bounds"),
        ("prior.resolute", (float("nan"), 0.5), "both ends must be finite numbers"),
        ("france.war_cost.resolute", (1.0, float("inf")), "both ends must be finite numbers"),
    ],
)
def test_a_wrong_axis_is_refused_with_a_hint(name: str, span: tuple[float, float] | None, message: str) -> None:
    with pytest.raises(ScenarioError, match=r"must|no parameter") as fault:
        axis_of(SCENARIO, name, span)
    assert message in str(fault.value)
