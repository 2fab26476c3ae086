"""Are draws weighed anew as if they had been drawn under the shifted belief? Closed forms, fresh runs, and Kish.

Deliberate breaks that turned tests red: the sign of δz in the likelihood ratio turned; the slope of the gap taken at no
shift instead of at the flip; a lead held to be lost whatever its error.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.special import ndtr, ndtri

import sim
from sim.analyses.robustness import flipping
from sim.analyses.robustness.flipping import flips
from sim.analyses.robustness.regret import PAYOFF, contenders, held, scores
from sim.analyses.robustness.shifted_beliefs import CELLS, Tilts
from sim.crisis.parameters import PARAMETERS
from sim.draws.blocks import REPLICATES, blocks, parameter_values, uniforms
from sim.games.game import Floats
from sim.scenario.scenario import Scenario

NAMES = [parameter.name for parameter in PARAMETERS]


def tilted(worth_of: list[tuple[float, float]], *, draws: int = 2**14, seed: int = 0) -> Tilts:
    """Return tilts of stances worth mean + sd z, z the normal score of the only parameter."""
    sums = Tilts(("x",), tuple("abc"[: len(worth_of)]))
    listed = blocks(draws)
    for block, u in zip(listed, uniforms(seed, listed), strict=True):
        z = ndtri(u[:1])
        sums.add(block.replicate, u[:1], np.concatenate([mean + sd * z for mean, sd in worth_of]))
    return sums


def test_no_shift_is_the_run_itself() -> None:
    sums = Tilts(("x",), ("a", "b"))
    rng = np.random.default_rng(0)
    worth, u = rng.normal(size=(2, 500)), rng.random((1, 500))
    for replicate in range(REPLICATES):
        sums.add(replicate, u, worth)
    means, effective = sums.means("x", np.array([0.0]))
    assert means[0] == pytest.approx(worth.mean(axis=1))
    assert effective[0] == pytest.approx(1)


@pytest.mark.parametrize("seed", [0, 2024])
@pytest.mark.parametrize("shift", [-1.5, -0.4, 1.0])
def test_a_linear_function_of_a_normal_parameter_moves_by_shift_times_sd(shift: float, seed: int) -> None:
    sums = tilted([(0.3, 2.0), (0.3 + 2.0 * shift, 0.0)], draws=2**16, seed=seed)
    (means,), (effective,) = sums.means("x", np.array([shift]))
    _, error = sums.gap("x", shift, 0, 1)
    assert error < 0.05
    assert means[1] == pytest.approx(0.3 + 2.0 * shift)
    assert abs(means[0] - means[1]) < 4 * error + 1e-4  # the cells' share
    assert effective == pytest.approx(np.exp(-(shift**2)), rel=0.3)


@pytest.mark.parametrize(("lead", "sd", "expected"), [(0.5, 1.0, -0.5), (0.5, -2.0, 0.25), (1.4, 1.0, -1.4)])
def test_a_flip_of_a_linear_lead_is_where_it_must_be(lead: float, sd: float, expected: float) -> None:
    (flip,) = flips(tilted([(lead, sd), (0.0, 0.0)], draws=2**16), "a")
    assert flip.shift is not None
    assert flip.error is not None
    assert flip.shift == pytest.approx(expected, abs=max(4 * flip.error, 1e-4))
    assert flip.error < 0.05
    assert flip.overtaken_by == "b"


def false_flips(seed: int) -> int:
    """Return how many of 20 beliefs that have no say whatever are said to overturn a narrow lead."""
    sums, listed = Tilts(tuple(NAMES[:20]), ("a", "b")), blocks(1024)
    for block, u in zip(listed, uniforms(seed, listed), strict=True):
        sums.add(block.replicate, u[:20], np.stack([0.05 + ndtri(u[30]), 0 * u[30]]))
    return sum(each.shift is not None for each in flips(sums, "a"))


def test_beliefs_that_have_no_say_are_rarely_said_to_flip_a_narrow_lead(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sum(false_flips(seed) > 0 for seed in range(20)) <= 3
    monkeypatch.setattr(flipping, "FALSE_ALARMS", 20.0)  # the control: any loss of the lead counts
    assert sum(false_flips(seed) for seed in range(3)) > 10


def test_too_few_draws_tell_of_no_flip_however_small_the_shift() -> None:
    (few,), (enough,) = (flips(tilted([(0.1, 1.0), (0.0, 0.0)], draws=draws), "a") for draws in (64, 1024))
    assert (few.shift, few.reach) == (None, (0.0, 0.0))
    assert enough.shift == pytest.approx(-0.1, abs=0.02)


def test_the_third_stance_may_overtake_before_the_second() -> None:
    (flip,) = flips(tilted([(1.0, 0.0), (0.9, 0.0), (0.5, 1.0)]), "a")
    assert flip.overtaken_by == "c"
    assert flip.shift == pytest.approx(0.5, abs=0.01)


def test_a_flip_further_than_the_draws_can_tell_is_refused() -> None:
    (flip,) = flips(tilted([(2.0, 1.0), (0.0, 0.0)]), "a")
    assert (flip.shift, flip.error, flip.overtaken_by, flip.effective) == (None, None, None, None)
    assert flip.leads == pytest.approx((2.0 + flip.reach[0], 2.0 + flip.reach[1]), abs=0.05)
    assert flip.least_lead > 0
    (braver,) = flips(tilted([(2.0, 1.0), (0.0, 0.0)], draws=2**16), "a", least_share=0.01)
    assert braver.shift is not None
    assert braver.error is not None
    assert braver.shift == pytest.approx(-2.0, abs=4 * braver.error)


def test_the_fewer_draws_must_count_the_further_is_looked() -> None:
    held = tilted([(9.0, 1.0), (0.0, 0.0)], draws=2**16)
    near, far = (np.abs(flips(held, "a", least_share=share)[0].reach) for share in (0.05, 0.001))
    assert near.max() < 1.9 < 2.4 < far.min()  # where the share is exp(-shift²): 1.73 and 2.63


def bent(seed: int) -> Tilts:
    """Return tilts of "a", worth 2 - z², against nothing: the lead under a shift is 1 - δ², lost at -1 and 1."""
    sums = Tilts(("x",), ("a", "b"))
    listed = blocks(2048)
    for block, u in zip(listed, uniforms(seed, listed), strict=True):
        sums.add(block.replicate, u[:1], np.concatenate([2 - ndtri(u[:1]) ** 2, 0 * u[:1]]))
    return sums


@pytest.mark.parametrize(
    "made", [lambda seed: tilted([(0.8, 1.0), (0.0, 0.0)], draws=2048, seed=seed), bent], ids=["straight", "bent"]
)
def test_the_error_of_a_flip_covers_its_spread_over_seeds(made: Callable[[int], Tilts]) -> None:
    found = [flips(made(seed), "a")[0] for seed in range(30)]
    shifts = np.abs(np.array([each.shift for each in found], dtype=float))
    errors = np.array([each.error for each in found], dtype=float)
    assert 0.4 < shifts.std(ddof=1) / errors.mean() < 2.5


def test_a_bent_lead_is_lost_on_both_sides_and_the_nearer_one_is_told() -> None:
    (flip,) = flips(bent(0), "a")
    assert flip.shift is not None
    assert flip.error is not None
    assert abs(flip.shift) == pytest.approx(1, abs=4 * flip.error)
    assert max(flip.leads) < 0


def test_beliefs_are_ranked_by_how_small_a_shift_suffices() -> None:
    sums = Tilts(("far", "near", "never", "nearly"), ("a", "b"))
    listed = blocks(2**14)
    for block, u in zip(listed, uniforms(0, listed), strict=True):
        z = ndtri(u[:4])
        sums.add(block.replicate, u[:4], np.stack([1 - 0.8 * z[0] + 2 * z[1] + 0.1 * z[2] - 0.5 * z[3], 0 * z[0]]))
    found = flips(sums, "a")
    assert [each.parameter for each in found] == ["near", "far", "nearly", "never"]
    assert [each.shift is None for each in found] == [False, False, True, True]


def test_equal_weights_count_all_draws_and_one_weight_counts_one() -> None:
    sums = Tilts(("x",), ("a",))
    sums.add(0, ndtr(np.array([[-5.0, 5.0]])), np.zeros((1, 2)))
    _, effective = sums.means("x", np.array([0.0, 4.0]))
    assert (2 * effective).tolist() == pytest.approx([2, 1])


@given(arrays(np.float64, (2, 9), elements=st.floats(-5, 5)), st.floats(-2, 2), st.integers(0, 99))
def test_a_weighted_mean_stays_within_the_values_and_counts_at_most_all_draws(
    worth: Floats, shift: float, seed: int
) -> None:
    sums = Tilts(("x",), ("a", "b"))
    sums.add(0, np.random.default_rng(seed).random((1, 9)), worth)
    means, effective = sums.means("x", np.array([shift]))
    assert (means[0] >= worth.min(axis=1) - 1e-9).all()
    assert (means[0] <= worth.max(axis=1) + 1e-9).all()
    assert 1 / 9 - 1e-9 <= effective[0] <= 1 + 1e-9


@settings(max_examples=15)
@given(st.floats(-3, 3), st.floats(0.1, 10))
def test_a_constant_and_a_unit_move_no_flip(add: float, by: float) -> None:
    plain, moved = tilted([(0.5, 1.0), (0.0, 0.2)], draws=256), Tilts(("x",), ("a", "b"))
    moved.counts, moved.sums = plain.counts, by * (plain.sums + add * plain.counts[:, None])
    (first,), (second,) = flips(plain, "a"), flips(moved, "a")
    assert first.shift == pytest.approx(second.shift, abs=1e-7)


def fresh(scenario: Scenario, by: str, name: str, shift: float, draws: int) -> Floats:
    """Return each replicate's mean worth from a run of its own, with one quantile function shifted, (r, d)."""
    listed, row = blocks(draws), NAMES.index(name)
    sums = np.zeros((REPLICATES, len(contenders(by))))
    for block, u in zip(listed, uniforms(7, listed), strict=True):
        u[row] = ndtr(ndtri(u[row]) + shift)
        sums[block.replicate] += scores(held(parameter_values(scenario, u), worst_case="type"), by).sum(axis=1)
    return np.asarray(sums / (draws / REPLICATES))


@pytest.mark.parametrize(
    ("name", "shift", "by"),
    [
        ("signal.rule_out.stance_value", 1.5, PAYOFF),
        ("signal.ambiguous.pinpoint", 1.0, PAYOFF),
        ("prior.resolute", 1.2, "strike"),
        ("signal.commit.audience_cost", -0.8, "strike"),
        ("russia.failed_strike_cost", -1.0, "strike"),
    ],
)
def test_weighing_anew_agrees_with_a_fresh_run_of_the_real_case(name: str, shift: float, by: str) -> None:
    scenario, draws = sim.load_scenario("macron-2024"), 2**15
    sums, listed = Tilts((name,), contenders(by)), blocks(draws)
    for block, u in zip(listed, uniforms(0, listed), strict=True):
        worth = scores(held(parameter_values(scenario, u), worst_case="type"), by)
        sums.add(block.replicate, u[[NAMES.index(name)]], worth)
    again, (ahead, behind) = fresh(scenario, by, name, shift, draws), (1, 0)
    expected = again[:, ahead] - again[:, behind]
    (before, _), (after, own) = (sums.gap(name, each, ahead, behind) for each in (0.0, shift))
    error = np.hypot(own, expected.std(ddof=1) / np.sqrt(REPLICATES))
    assert abs(after - expected.mean()) < 4 * error
    assert abs(before - expected.mean()) > 6 * error  # the control: the run as it was is told apart


def test_a_fresh_run_under_the_flip_of_the_real_case_is_a_draw() -> None:
    name, scenario = "signal.rule_out.stance_value", sim.load_scenario("macron-2024")
    flip = next(each.flip for each in sim.robustness(scenario, 2**15, 0).ranking.shifts if each.flip.parameter == name)
    assert flip.shift is not None
    assert flip.error is not None
    leads = [(means := fresh(scenario, PAYOFF, name, at, 2**14).mean(axis=0))[1] - means[0] for at in (0.0, flip.shift)]
    slope = leads[0] / flip.shift  # the lead is linear here: the parameter is normal, and adds to one payoff
    assert abs(leads[1]) < 4 * flip.error * slope


def test_cells_reach_every_score_that_a_draw_can_have() -> None:
    sums = Tilts(("x",), ("a",))
    sums.add(0, np.array([[2.0**-31, 1 - 2.0**-31]]), np.ones((1, 2)))
    where = np.flatnonzero(sums.counts[0, 0])
    assert 0 < where[0] < where[-1] < CELLS - 1
