"""Are first-order indices from strata right? Closed forms, the analysis of variance, and noise that must not count.

Deliberate break that turned a test red: leaving the correction for noise out.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from known_functions import ADDITIVE, ISHIGAMI_FIRST, additive, ishigami
from scipy import stats
from scipy.stats import qmc

from sim.draws.strata import first_order_from_strata
from sim.games.game import Floats


def indices(scores: Floats, outputs: Floats, strata: int) -> Floats:
    """Return the indices of draws: scores of shape (parameters, n), outputs of shape (outputs, n)."""
    cells = (scores * strata).astype(int)
    counts = np.array([np.bincount(row, minlength=strata) for row in cells])
    sums = [[np.bincount(row, weights=output, minlength=strata) for output in outputs] for row in cells]
    return first_order_from_strata(np.moveaxis(np.array(sums), 1, 2), counts, outputs.mean(axis=1), outputs.var(axis=1))


def sobol(inputs: int, points: int, seed: int) -> Floats:
    """Return scrambled Sobol' points, (inputs, points)."""
    return np.ascontiguousarray(qmc.Sobol(inputs, rng=np.random.default_rng(seed)).random(points).T)


@pytest.mark.parametrize("seed", [0, 1])
def test_the_indices_of_ishigami_are_those_of_the_closed_form(seed: int) -> None:
    scores = sobol(3, 2**16, seed)
    assert indices(scores, ishigami(scores), 64)[:, 0] == pytest.approx(ISHIGAMI_FIRST, abs=0.005)


@pytest.mark.parametrize("seed", [0, 1])
def test_the_indices_of_a_sum_are_the_shares_of_its_terms(seed: int) -> None:
    scores = sobol(3, 2**14, seed)
    assert indices(scores, additive(scores), 32)[:, 0] == pytest.approx(ADDITIVE, abs=0.005)


def test_what_varies_inside_a_stratum_is_lost() -> None:
    scores = sobol(1, 2**14, 0)
    for strata in (4, 8, 16):
        assert indices(scores, scores, strata)[0, 0] == pytest.approx(1 - strata**-2, abs=1e-3)


def test_noise_is_no_effect_on_average_and_would_be_without_the_correction() -> None:
    rng, strata, draws = np.random.default_rng(0), 50, 500
    found = [indices(rng.random((4, draws)), rng.random((3, draws)), strata) for _ in range(100)]
    assert np.mean(found) == pytest.approx(0, abs=0.003)
    assert (strata - 1) / (draws - 1) > 0.09  # what the uncorrected share would be


def test_the_analysis_of_variance_gives_the_same_numbers() -> None:
    rng, strata, draws = np.random.default_rng(1), 12, 700
    scores = rng.random((1, draws))
    output = np.sin(5 * scores[0]) + rng.random(draws)
    groups = [output[(scores[0] * strata).astype(int) == cell] for cell in range(strata)]
    f = stats.f_oneway(*groups).statistic
    expected = (f - 1) / (f + (draws - strata) / (strata - 1))  # Kelley (1935), as an F ratio
    assert indices(scores, output[None], strata)[0, 0] == pytest.approx(expected, abs=1e-12)


@given(st.floats(-100, 100), st.sampled_from([0.01, -3.0, 1e4]), st.permutations(range(3)))
def test_shift_scale_and_the_order_of_parameters_and_strata_change_no_index(
    shift: float, scale: float, order: list[int]
) -> None:
    scores = sobol(3, 512, 0)
    outputs = np.concatenate([ishigami(scores), additive(scores)])
    plain = indices(scores, outputs, 8)
    moved = indices(1 - 1e-12 - scores[order], shift + scale * outputs, 8)  # mirrored: strata in reverse
    assert moved == pytest.approx(plain[order], abs=1e-8)


def test_an_output_that_does_not_vary_has_indices_of_zero() -> None:
    scores = sobol(2, 256, 0)
    outputs = np.concatenate([np.zeros((1, 256)), scores[:1]])
    assert indices(scores, outputs, 8)[:, 0].tolist() == [0, 0]


def test_empty_strata_are_passed_over() -> None:
    rng = np.random.default_rng(2)
    scores = rng.random((1, 400)) / 2
    output = rng.random((1, 400)) + scores
    assert indices(scores, output, 16)[0, 0] == pytest.approx(indices(2 * scores, output, 8)[0, 0], abs=1e-12)


def test_fewer_draws_than_strata_are_refused() -> None:
    scores = sobol(1, 8, 0)
    with pytest.raises(ValueError, match="draws must be more than strata; parameter 0 has 8 in 8"):
        indices(scores, scores, 64)
