"""Drivers of a run from the draws that were made anyway.

Deliberate breaks that turned tests red: the sums divided by the draws of a block in place of a stratum; the mean over
all draws left out of the deviations; the values kept in the order of the draws.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.analyses.sensitivity.analysis import sensitivity
from sim.crisis.parameters import PARAMETERS
from sim.draws.blocks import Block, uniforms
from sim.montecarlo.first_order import DRIVEN, STRATA, first_order, looked_at, nothing, stratum_sums
from sim.montecarlo.job import plan
from sim.montecarlo.run import carry_out, run
from sim.scenario.scenario import Scenario, load_scenario


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load_scenario("macron-2024")


def indices(of: np.ndarray, seed: int = 0) -> np.ndarray:
    """Return the indices of a weighted sum of the scores, (parameter,)."""
    sums = nothing(len(of))
    values = []
    for scores in uniforms(seed, [Block(replicate, 0, 4096) for replicate in range(16)]):
        value = of @ scores
        values.append(value[:512])
        sums += stratum_sums(scores, dict.fromkeys(DRIVEN, value))
    return first_order(sums, looked_at(4096), np.full(len(DRIVEN), np.var(values)))[:, 0]


@pytest.mark.parametrize("seed", [0, 1])
def test_a_sum_gives_each_term_its_share(seed: int) -> None:
    # Y = Σ w X with X uniform: S1 = w² / Σ w², less what varies inside a stratum, 1 / 16²
    weights = np.zeros(len(PARAMETERS))
    weights[[2, 5, 30]] = 0.1, 0.2, 0.4
    exact = weights**2 / np.sum(weights**2)
    assert indices(weights, seed) == pytest.approx(exact, abs=1 / STRATA**2 + 0.002)


def test_sums_are_those_of_a_plain_loop() -> None:
    (scores,) = uniforms(3, [Block(4, 0, 64)])
    value = scores[7] ** 2
    sums = stratum_sums(scores, dict.fromkeys(DRIVEN, value))
    for parameter in (0, 7, 34):
        for stratum in range(STRATA):
            inside = (scores[parameter] >= stratum / STRATA) & (scores[parameter] < (stratum + 1) / STRATA)
            assert inside.sum() == 64 // STRATA
            assert sums[parameter, stratum, 3] / 2**32 == pytest.approx(value[inside].sum(), abs=1e-8)


def test_a_run_agrees_with_pick_freeze(scenario: Scenario) -> None:
    free = run(scenario, 2**15).drivers["commit"]["strike"]
    asked = sensitivity(scenario, points=2**11, seed=1, doctrine="commit").to_dict()["outputs"]["strike"]["drivers"]
    exact = {each["name"]: each["first"]["share"] for each in asked}
    for name in ("france.war_cost.resolute", "signal.commit.audience_cost"):
        assert free[name] == pytest.approx(exact[name], abs=0.04)


def test_the_drivers_do_not_depend_on_how_a_run_is_cut(scenario: Scenario) -> None:
    whole = carry_out(plan(scenario, 2**12)).drivers
    assert carry_out(plan(scenario, 2**12, chunk=3)).drivers == whole


def test_what_is_certain_or_correlated_has_no_share_and_another_stance_none_to_speak_of(scenario: Scenario) -> None:
    pair = ("prior.resolute", "prior.opportunist")
    tied = replace(scenario.override({"france.war_cost.resolute": 9.0}), correlation=((*pair, 0.5),))
    shares = run(tied, 2**14).drivers["ambiguous"]["strike"]
    assert not {"france.war_cost.resolute", "france.humiliation", *pair} & shares.keys()
    assert max(abs(share) for name, share in shares.items() if name.startswith("signal.commit")) < 0.01


def test_few_draws_tell_nothing(scenario: Scenario) -> None:
    assert run(scenario, 512).drivers == {}
    assert run(scenario, 1024).drivers


def test_what_never_varies_has_no_driver(scenario: Scenario) -> None:
    shares = run(scenario.override(scenario.medians() | {"prior.resolute": 0.3}), 1024).drivers
    assert shares == {play: {outcome: {} for outcome in shares[play]} for play in shares}


def of_output(scores: np.ndarray, value: np.ndarray) -> np.ndarray:
    """Return the indices of one output over one block of at most 512 draws, (parameter,)."""
    sums = stratum_sums(scores, dict.fromkeys(DRIVEN, value))
    return first_order(sums, scores.shape[1], np.full(len(DRIVEN), np.var(value)))[:, 0]


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 2**31),
    parts=st.lists(st.floats(-1, 1), min_size=3, max_size=3),
    scale=st.floats(0.01, 100).flatmap(lambda size: st.sampled_from([size, -size])),
    shift=st.floats(-100, 100),
)
def test_a_shift_or_scale_of_the_output_changes_no_index(
    seed: int, parts: list[float], scale: float, shift: float
) -> None:
    (scores,) = uniforms(seed, [Block(3, 0, 512)])
    value = parts[0] * scores[1] + parts[1] * scores[4] ** 2 + parts[2] * scores[1] * scores[9] + 0.1 * scores[20]
    found = of_output(scores, value)
    np.testing.assert_allclose(of_output(scores, scale * value + shift), found, atol=1e-5)  # summed in units of 2^-32
    assert found.max() <= 1 + 1e-9


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 2**31), draws=st.sampled_from([64, 256, 512]))
def test_the_order_of_the_draws_changes_no_bit(seed: int, draws: int) -> None:
    (scores,) = uniforms(seed, [Block(0, 0, draws)])
    value = scores[2] * scores[5]
    order = np.random.default_rng(seed).permutation(draws)
    shuffled = stratum_sums(scores[:, order], dict.fromkeys(DRIVEN, value[order]))
    np.testing.assert_array_equal(shuffled, stratum_sums(scores, dict.fromkeys(DRIVEN, value)))
