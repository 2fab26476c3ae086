"""Correlated draws: the ranks that were asked for, the same distributions, and the same bits however they are made.

Deliberate breaks that turned tests red: the coefficient taken for that of the normal scores; the rows of the factor not
scaled by what is left; sums over parameters by a matrix product, whose bits change with the length of the array; no
clipping of the scores.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.beliefs.consistency import contradictions
from sim.beliefs.copula import Pairs, correlated, pearson, spearman
from sim.crisis.parameters import PARAMETERS
from sim.draws.blocks import Block, parameter_blocks, parameter_values, uniforms
from sim.games.game import Floats
from sim.montecarlo.run import run
from sim.scenario.scenario import Scenario, load_scenario

NAMES = [parameter.name for parameter in PARAMETERS]
PAIRS: Pairs = (
    ("prior.resolute", "prior.opportunist", -0.6),
    ("prior.resolute", "russia.retaliation_cost", 0.3),
    ("signal.ambiguous.pinpoint", "signal.commit.pinpoint", 0.9),
)
TIED = {name for pair in PAIRS for name in pair[:2]}


def central(pairs: Pairs = PAIRS) -> Scenario:
    """Return the central scenario with pairs drawn together."""
    return replace(load_scenario("macron-2024"), correlation=pairs)


def drawn(scenario: Scenario, draws: int, seed: int) -> dict[str, Floats]:
    """Return all values of a run."""
    parts = [values for _, values in parameter_blocks(scenario, draws, seed)]
    return {name: np.concatenate([part[name] for part in parts]) for name in NAMES}


def some_scores(size: int = 256) -> Floats:
    """Return the first scores of a run with seed 0."""
    return next(uniforms(0, [Block(0, 0, size)]))


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_ranks_are_correlated_as_asked_and_others_are_not(seed: int) -> None:
    values = drawn(central(), 2**14, seed)
    for one, other, asked in PAIRS:
        assert scipy.stats.spearmanr(values[one], values[other]).statistic == pytest.approx(asked, abs=0.01)
    for one, other in [("prior.opportunist", "russia.retaliation_cost"), ("prior.resolute", "signal.commit.pinpoint")]:
        assert scipy.stats.spearmanr(values[one], values[other]).statistic == pytest.approx(0, abs=0.01)


@pytest.mark.parametrize("rank", [0.3, -0.6, 0.9])
def test_the_share_below_both_medians_is_that_of_the_binormal(rank: float) -> None:
    # Second route: the closed form of Sheppard (1899), P(both below) = 1/4 + asin(r) / (2 π), and SciPy's integral.
    below = correlated(some_scores(4096), (("prior.resolute", "prior.opportunist", rank),))[:2] < 0.5
    r = 2 * np.sin(np.pi * rank / 6)
    law = scipy.stats.multivariate_normal(cov=[[1, r], [r, 1]])
    share = np.mean(below.all(axis=0))
    assert share == pytest.approx(0.25 + np.arcsin(r) / (2 * np.pi), abs=0.005)
    assert share == pytest.approx(law.cdf([0, 0]), abs=0.005)


def test_the_normal_scores_of_three_have_the_covariance_of_their_matrix() -> None:
    # Second route: SciPy's density of the whole matrix is the product of the densities of what was drawn.
    scores = some_scores(64)
    tied = scipy.stats.norm.ppf(correlated(scores, PAIRS))
    names = ["prior.resolute", "prior.opportunist", "russia.retaliation_cost"]
    rows = [NAMES.index(name) for name in names]
    cov = np.eye(3)
    cov[0, 1] = cov[1, 0] = 2 * np.sin(-np.pi * 0.1)
    cov[0, 2] = cov[2, 0] = 2 * np.sin(np.pi * 0.05)
    joint = scipy.stats.multivariate_normal(cov=cov).logpdf(tied[rows].T)
    free = scipy.stats.norm.logpdf(scipy.stats.norm.ppf(scores[rows])).sum(axis=0)
    np.testing.assert_allclose(joint, free - np.linalg.slogdet(cov)[1] / 2, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", sorted(TIED))
def test_each_distribution_stays_what_it_was(name: str) -> None:
    free, tied = (np.sort(drawn(scenario, 2**14, 3)[name]) for scenario in (central(()), central()))
    apart = scipy.stats.ks_2samp(free, tied).statistic
    assert apart < 0.006  # plain dice would differ by 0.0096 on average
    assert tied.mean() == pytest.approx(free.mean(), abs=0.005 * free.std())


def test_a_scenario_without_pairs_has_the_bits_it_always_had() -> None:
    scores = some_scores()
    assert correlated(scores, ()) is scores
    values = parameter_values(load_scenario("macron-2024"), scores)
    by_hand = (
        load_scenario("macron-2024")
        .entries["russia.retaliation_cost"]
        .distribution.quantile(scores[NAMES.index("russia.retaliation_cost")])
    )
    assert np.array_equal(values["russia.retaliation_cost"], by_hand)


def test_parameters_without_pairs_and_the_first_of_each_group_keep_their_draws() -> None:
    scores = some_scores()
    free, tied = parameter_values(central(()), scores), parameter_values(central(), scores)
    moved = [name for name in NAMES if not np.array_equal(free[name], tied[name])]
    assert moved == ["prior.opportunist", "signal.commit.pinpoint", "russia.retaliation_cost"]


def test_fixing_a_parameter_that_is_tied_moves_no_other() -> None:
    scores = some_scores()
    free = parameter_values(central(), scores)
    for name in sorted(TIED):
        fixed = parameter_values(central().override({name: 0.3}), scores)
        assert np.all(fixed[name] == 0.3)
        assert all(np.array_equal(free[other], fixed[other]) for other in NAMES if other != name)


def test_a_pair_elsewhere_changes_no_bit_of_a_group() -> None:
    scores = some_scores()
    alone, both = correlated(scores, PAIRS[:2]), correlated(scores, PAIRS)
    rows = [NAMES.index(name) for name in ("prior.resolute", "prior.opportunist", "russia.retaliation_cost")]
    assert np.array_equal(alone[rows], both[rows])


@given(st.permutations(PAIRS), st.lists(st.booleans(), min_size=3, max_size=3))
def test_the_order_of_the_pairs_and_of_their_names_changes_no_bit(
    pairs: list[tuple[str, str, float]], turned: list[bool]
) -> None:
    scores = some_scores(16)
    again = tuple((b, a, rank) if turn else (a, b, rank) for (a, b, rank), turn in zip(pairs, turned, strict=True))
    assert np.array_equal(correlated(scores, again), correlated(scores, PAIRS))


def test_no_bit_depends_on_how_many_draws_come_at_once() -> None:
    scores = some_scores(1024)
    whole = correlated(scores, PAIRS)
    for start, stop in [(0, 1), (1, 4), (7, 600), (1000, 1024)]:
        part = correlated(np.ascontiguousarray(scores[:, start:stop]), PAIRS)
        assert np.array_equal(part, whole[:, start:stop])


RANKS = st.floats(-0.999, 0.999)
EDGES = st.sampled_from([2.0**-31, 0.5, 1 - 2.0**-31, 1e-300, 1 - 2.0**-53])


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), RANKS), max_size=6), EDGES, EDGES)
@settings(deadline=None)
def test_whatever_holds_together_gives_scores_strictly_inside(
    listed: list[tuple[str, str, float]], odd: float, even: float
) -> None:
    pairs = tuple({frozenset(pair[:2]): pair for pair in listed if pair[0] != pair[1]}.values())
    if contradictions(pairs):
        return
    scores = np.full((len(NAMES), 2), odd)
    scores[::2] = even
    tied = correlated(scores, pairs)
    assert tied.min() > 0
    assert tied.max() < 1
    free = [number for number, name in enumerate(NAMES) if not any(name in pair for pair in pairs)]
    assert np.array_equal(tied[free], scores[free])


def test_scores_that_the_sum_drives_to_the_end_stay_inside() -> None:
    # Five parameters that each tie to a sixth: at the same extreme score the sixth's normal score is far beyond 8.3.
    sixth = NAMES[5]
    pairs = tuple((name, sixth, 0.42) for name in NAMES[:5])
    tied = correlated(np.full((len(NAMES), 1), 1 - 2.0**-31), pairs)
    assert tied[5, 0] == 1 - 2.0**-53
    assert correlated(np.full((len(NAMES), 1), 2.0**-31), pairs)[5, 0] == 2.0**-53
    parameter_values(central(pairs), np.full((len(NAMES), 1), 1 - 2.0**-31))


def test_almost_perfect_correlation_gives_almost_the_same_score() -> None:
    scores = some_scores(4096)
    same = correlated(scores, (("prior.resolute", "prior.opportunist", 0.999),))
    opposite = correlated(scores, (("prior.resolute", "prior.opportunist", -0.999),))
    assert np.abs(same[1] - same[0]).max() < 0.1
    assert np.abs(opposite[1] - (1 - opposite[0])).max() < 0.1


def test_correlations_that_no_distribution_has_are_refused_where_a_file_cannot_have_refused_them() -> None:
    names = NAMES[:3]
    pairs = ((names[0], names[1], 0.9), (names[1], names[2], 0.9), (names[0], names[2], -0.9))
    with pytest.raises(ValueError, match="correlation must be positive definite; it leaves nothing to some"):
        correlated(some_scores(16), pairs)


@given(RANKS)
def test_the_two_coefficients_turn_into_each_other_and_keep_their_order(rank: float) -> None:
    assert spearman(pearson(rank)) == pytest.approx(rank, abs=1e-12)
    assert abs(rank) <= abs(pearson(rank)) <= abs(rank) * np.pi / 3 + 1e-15


def test_a_run_says_which_parameters_are_drawn_together_and_differs_for_it() -> None:
    free, tied = run(central(()), 256, seed=0), run(central(), 256, seed=0)
    assert tied.notes[0] == (
        "Drawn together (rank correlation): prior.resolute ~ prior.opportunist -0.6, "
        "prior.resolute ~ russia.retaliation_cost 0.3, signal.ambiguous.pinpoint ~ signal.commit.pinpoint 0.9."
    )
    assert tied.doctrine["commit"]["war"] != free.doctrine["commit"]["war"]
    assert tied.sha256 != free.sha256
