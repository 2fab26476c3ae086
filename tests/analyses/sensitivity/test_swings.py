"""Does a swing hold one parameter and nothing else? Against whole runs with that parameter set, and by hand.

Deliberate breaks that turned tests red: the 16 replicates' spread without `ddof=1`; the ends of an interval exchanged;
the values held in the medians' place off by one; replicates that take turns cut as if they did not.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sim
from sim.analyses.sensitivity.analysis import OUTPUTS, Sensitivity, sensitivity
from sim.analyses.sensitivity.swings import Swings, swings
from sim.draws.blocks import Block, parameter_values, uniforms
from sim.games.game import Floats
from sim.scenario.scenario import load_scenario

SCENARIO = load_scenario("macron-2024")
DRAWS = 1024


def linear(values: dict[str, Floats]) -> Floats:
    """Return 3 π + κ² and a constant, (2, n)."""
    return np.stack([3 * values["prior.resolute"] + values["prior.opportunist"] ** 2, 0 * values["prior.resolute"]])


@pytest.fixture(scope="module")
def moved() -> Swings:
    """Return the swings of a function that can be worked out by hand."""
    names = ["prior.resolute", "prior.opportunist", "france.war_cost.resolute"]
    found = swings(linear, SCENARIO, names, draws=DRAWS, seed=0)
    assert found.means.shape == found.centrals.shape == (3, 2, 2)
    return found


def test_the_values_are_the_ends_of_each_interval(moved: Swings) -> None:
    assert moved.values == pytest.approx(np.array([[0.1, 0.6], [0.1, 0.55], [3.0, 15.0]]), rel=1e-9)


def test_an_additive_output_moves_by_the_same_whatever_the_others_are_and_without_error(moved: Swings) -> None:
    assert np.diff(moved.means[:, :, 0]).ravel() == pytest.approx([1.5, 0.55**2 - 0.1**2, 0], abs=1e-9)
    assert np.diff(moved.centrals[:, :, 0]).ravel() == pytest.approx([1.5, 0.55**2 - 0.1**2, 0], abs=1e-9)
    assert moved.error == pytest.approx(np.zeros((3, 2)), abs=1e-12)


def test_an_output_without_variation_has_no_swing(moved: Swings) -> None:
    assert not moved.means[:, :, 1].any()
    assert not moved.centrals[:, :, 1].any()


def test_the_others_stand_at_their_medians_in_the_central_reading(moved: Swings) -> None:
    medians = SCENARIO.medians()
    assert moved.central[0] == pytest.approx(3 * medians["prior.resolute"] + medians["prior.opportunist"] ** 2)
    assert moved.centrals[0, 0, 0] == pytest.approx(0.3 + medians["prior.opportunist"] ** 2)


@pytest.mark.parametrize("each", [64, 128, 512])
def test_the_error_is_that_of_the_mean_of_sixteen_replicates_however_many_turns_they_take(
    each: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("draws.blocks", "analyses.sensitivity.swings"):
        monkeypatch.setattr(f"sim.{module}.BLOCK", 128)

    def product(values: dict[str, Floats]) -> Floats:
        return (values["prior.resolute"] * values["prior.opportunist"])[None]

    found = swings(product, SCENARIO, ["prior.resolute"], draws=16 * each, seed=0)
    replicates = (Block(number, 0, each) for number in range(16))
    drawn = [parameter_values(SCENARIO, scores) for scores in uniforms(0, replicates, SCENARIO.dimensions)]
    by_replicate = 0.5 * np.array([values["prior.opportunist"].mean() for values in drawn])
    assert found.error[0, 0] == pytest.approx(by_replicate.std(ddof=1) / 4, rel=1e-6)
    assert found.means[0, 1, 0] - found.means[0, 0, 0] == pytest.approx(by_replicate.mean(), rel=1e-6)


NAMES = ("prior.resolute", "prior.opportunist", "signal.ambiguous.deployment", "france.fight_cost.bluffing")
numbers = st.floats(-10, 10)


@settings(max_examples=25, deadline=None)
@given(
    parts=st.lists(numbers, min_size=4, max_size=4),
    pair=numbers,
    scale=st.floats(0.01, 100).flatmap(lambda size: st.sampled_from([size, -size])),
    shift=st.floats(-100, 100),
    seed=st.integers(0, 2**31),
)
def test_a_shift_or_scale_of_the_output_shifts_means_and_scales_swings_and_errors(
    parts: list[float], pair: float, scale: float, shift: float, seed: int
) -> None:
    def model(values: dict[str, Floats]) -> Floats:
        alone = sum(part * values[name] for part, name in zip(parts, NAMES, strict=True))
        return np.asarray(alone + pair * values[NAMES[0]] * values[NAMES[3]])[None]

    found = swings(model, SCENARIO, NAMES, draws=64, seed=seed)
    other = swings(lambda values: scale * model(values) + shift, SCENARIO, NAMES, draws=64, seed=seed)
    near = 1e-9 * (abs(shift) + abs(scale) * 100)
    for name in ("mean", "means", "central", "centrals"):
        np.testing.assert_allclose(getattr(other, name), scale * getattr(found, name) + shift, rtol=0, atol=near)
    np.testing.assert_allclose(other.error, abs(scale) * found.error, rtol=0, atol=near)
    np.testing.assert_array_equal(other.values, found.values)


@settings(max_examples=25, deadline=None)
@given(parts=st.lists(numbers, min_size=4, max_size=4), seed=st.integers(0, 2**31))
def test_a_linear_output_swings_by_its_slope_times_the_interval_in_both_readings(parts: list[float], seed: int) -> None:
    def model(values: dict[str, Floats]) -> Floats:
        return np.asarray(sum(part * values[name] for part, name in zip(parts, NAMES, strict=True)))[None]

    found = swings(model, SCENARIO, NAMES, draws=64, seed=seed)
    widths = np.array(parts) * np.diff(found.values)[:, 0]
    for reading in (found.means, found.centrals):
        np.testing.assert_allclose(reading[:, 1, 0] - reading[:, 0, 0], widths, atol=1e-9)
    np.testing.assert_allclose(found.error, 0, atol=1e-9)


@pytest.fixture(scope="module")
def analysed() -> Sensitivity:
    """Return an analysis on few points; its seed is 0."""
    return sensitivity(SCENARIO, doctrine="commit", points=DRAWS, seed=0)


@pytest.mark.parametrize("name", ["prior.opportunist", "france.war_cost.resolute"])
def test_the_ends_of_a_swing_are_the_means_of_runs_with_the_parameter_set(analysed: Sensitivity, name: str) -> None:
    ends = {swing.name: swing.values for swing in analysed.outputs["strike"].swings}[name]
    low, high = (sim.run(SCENARIO.override({name: value}), draws=DRAWS, seed=0).doctrine["commit"] for value in ends)
    for outcome, found in analysed.outputs.items():
        (swing,) = (each for each in found.swings if each.name == name)
        assert swing.means == pytest.approx((low[outcome]["mean"], high[outcome]["mean"]), rel=1e-9, abs=1e-15)


def test_the_mean_is_that_of_a_run_with_as_many_draws(analysed: Sensitivity) -> None:
    figures = sim.run(SCENARIO, draws=DRAWS, seed=0).doctrine["commit"]
    for outcome in OUTPUTS:
        assert analysed.outputs[outcome].mean == pytest.approx(figures[outcome]["mean"], rel=1e-9)


def test_at_the_medians_a_strike_is_a_step_and_swings_are_sorted_by_their_width(analysed: Sensitivity) -> None:
    found = analysed.outputs["strike"]
    kappa = SCENARIO.medians()["prior.opportunist"]
    steps = np.array([0, kappa, 1 - kappa, 1])
    others = [value for swing in found.swings if swing.name != "prior.opportunist" for value in swing.centrals]
    assert all(np.isclose(steps, value).any() for value in others)
    widths = [abs(swing.width) for swing in found.swings]
    assert widths == sorted(widths, reverse=True)
    assert widths[0] > 0.1
