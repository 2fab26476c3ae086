"""Sums and quantiles without keeping draws.

Deliberate break: dividing by the number of replicates instead of its square root in `standard_error` fails
`test_means_and_errors_are_those_of_the_kept_draws`.
"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.draws.blocks import REPLICATES
from sim.draws.tally import Tally


def tally_of(probability: np.ndarray, payoff: np.ndarray) -> Tally:
    """Return a tally of draws laid out by replicate, (replicates, size)."""
    tally = Tally(("p",), ("u",), ("other",))
    for replicate in range(REPLICATES):
        block = {"p": probability[replicate], "u": payoff[replicate], "other": payoff[replicate] ** 2}
        tally.add(replicate, block)
    return tally


def test_means_and_errors_are_those_of_the_kept_draws() -> None:
    rng = np.random.default_rng(0)
    p, u = rng.random((REPLICATES, 500)), rng.normal(size=(REPLICATES, 500))
    tally = tally_of(p, u)
    assert tally.mean("p") == pytest.approx(p.mean(), abs=1e-15)
    assert tally.mean("other") == pytest.approx((u**2).mean(), abs=1e-14)
    assert tally.standard_error("u") == pytest.approx(u.mean(axis=1).std(ddof=1) / 4, abs=1e-15)


@pytest.mark.parametrize("level", [0.05, 0.25, 0.5, 0.95])
@pytest.mark.parametrize("power", [1, 4, 16])
def test_quantiles_are_those_of_the_kept_draws_to_the_cell(level: float, power: int) -> None:
    rng = np.random.default_rng(1)
    p, u = rng.random((REPLICATES, 4000)) ** power, rng.normal(size=(REPLICATES, 4000)) * power
    tally = tally_of(p, u)
    exact = np.quantile(p, level, method="inverted_cdf"), np.quantile(u, level, method="inverted_cdf")
    assert tally.quantile("p", level) == pytest.approx(exact[0], rel=4e-3, abs=1e-9)
    half_cell = 16 / 2**15  # of the inverse hyperbolic sine
    assert np.arcsinh(tally.quantile("u", level)) == pytest.approx(np.arcsinh(exact[1]), abs=1.001 * half_cell)


@given(st.sampled_from([0.0, 1.0]))
def test_certain_outcomes_have_exact_quantiles(value: float) -> None:
    tally = tally_of(np.full((REPLICATES, 4), value), np.zeros((REPLICATES, 4)))
    assert [tally.quantile("p", level) for level in (0.05, 0.5, 0.95)] == [value] * 3
    assert tally.standard_error("p") == 0


def test_a_zero_is_not_confused_with_a_tiny_probability() -> None:
    p = np.zeros((REPLICATES, 10))
    p[:, 5:] = 1e-12
    tally = tally_of(p, np.zeros((REPLICATES, 10)))
    assert tally.quantile("p", 0.4) == 0
    assert 0 < tally.quantile("p", 0.6) < 1e-11


def test_payoffs_beyond_the_grid_are_counted_at_its_ends() -> None:
    u = np.tile([-1e9, 1e9], (REPLICATES, 4))
    tally = tally_of(np.zeros((REPLICATES, 8)), u)
    assert tally.quantile("u", 0.05) < -1e6
    assert tally.quantile("u", 0.95) > 1e6


@pytest.mark.parametrize("size", [1, 7, 4096])
def test_blocks_added_at_once_leave_the_bits_of_one_after_the_other(size: int) -> None:
    rng = np.random.default_rng(size)
    p, never = rng.random(3 * size) ** 4, np.zeros(3 * size)
    values = {
        "p": p,
        "never": never,
        "u": rng.normal(size=3 * size),
        "again": p,
        "always": np.ones(3 * size, dtype=bool),
    }
    apart, together = (Tally(("p", "never", "q"), ("u",), ("again", "always")) for _ in range(2))
    values["q"] = p.copy()
    blocks = [slice(place * size, (place + 1) * size) for place in range(3)]
    alone = [apart.add(5 - row, {name: array[own] for name, array in values.items()}) for row, own in enumerate(blocks)]
    np.testing.assert_array_equal(together.add_blocks([5, 4, 3], values), alone)
    np.testing.assert_array_equal(together.sums, apart.sums)
    np.testing.assert_array_equal(together.sizes, apart.sizes)
    np.testing.assert_array_equal(together.counts, apart.counts)
    assert together.sums[5, 0] == p[:size].sum() == together.sums[5, 2]
    assert together.sums[4, 4:6].tolist() == [p[size : 2 * size].sum(), size]
    assert together.counts[1, 0] == 3 * size == together.counts[0].sum()
