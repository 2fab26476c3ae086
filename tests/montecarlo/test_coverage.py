"""Is the reported error honest, and how much is gained by spreading the points evenly?

Deliberate break that turned a test red: the half-width of a normal interval at 68 %.
"""

from __future__ import annotations

import numpy as np
import pytest

from sim.crisis.ladder import OUTCOMES, doctrine
from sim.crisis.payoffs import crisis
from sim.draws.blocks import REPLICATES, blocks, parameter_blocks, parameter_values, uniforms
from sim.scenario.scenario import load_scenario
from sim.telling.numbers import STUDENT_T

pytestmark = pytest.mark.slow

SCENARIO = load_scenario("macron-2024")
SEEDS, DRAWS = 220, 4096  # with 2,048 draws the rarest outcome, nuclear use under ambiguity, is covered in 91 % only
PLAYS = [(stance, outcome) for stance in ("ambiguous", "commit") for outcome in OUTCOMES]


def replicate_means(draws: int, seed: int) -> np.ndarray:
    """Return the mean of every outcome under each doctrine, by replicate, (doctrine and outcome, replicate)."""
    means, listed = np.zeros((len(PLAYS), REPLICATES)), blocks(draws)
    scores = np.concatenate(list(uniforms(seed, listed, SCENARIO.dimensions)), axis=1)
    game, after = crisis(parameter_values(SCENARIO, scores))
    for stance in ("ambiguous", "commit"):
        ladder, _ = doctrine(game, after, stance)
        for outcome in OUTCOMES:
            by_block = ladder.outcomes[outcome].reshape(-1, REPLICATES, listed[0].size)
            means[PLAYS.index((stance, outcome))] = by_block.mean(axis=(0, 2))
    return means


@pytest.fixture(scope="module")
def truth() -> np.ndarray:
    """Return the means of a run of 32 times as many draws: its own error is a tenth of theirs, or less."""
    return np.asarray(replicate_means(2**17, 10_000).mean(axis=1))


@pytest.fixture(scope="module")
def runs() -> np.ndarray:
    """Return the means by replicate of many runs, (seed, doctrine and outcome, replicate)."""
    return np.array([replicate_means(DRAWS, seed) for seed in range(SEEDS)])


def test_the_95_percent_interval_covers_the_true_mean_as_often_as_it_says(runs: np.ndarray, truth: np.ndarray) -> None:
    width = STUDENT_T * runs.std(axis=2, ddof=1) / np.sqrt(REPLICATES)
    covered = (np.abs(runs.mean(axis=2) - truth) <= width).mean(axis=0)
    assert covered.min() >= 0.92, dict(zip(PLAYS, covered, strict=True))
    assert covered.max() <= 0.98, dict(zip(PLAYS, covered, strict=True))


def test_the_error_is_below_that_of_independent_draws(runs: np.ndarray, truth: np.ndarray) -> None:
    # Less than the factor of ten of a smooth function: within a draw the chance of a strike is one of four values.
    together = [parameters for _, parameters in parameter_blocks(SCENARIO, 2**16, 1)]
    game, after = crisis({name: np.concatenate([each[name] for each in together]) for name in together[0]})
    for stance, least in (("ambiguous", 1.4), ("commit", 1.4)):
        spread = doctrine(game, after, stance)[0].outcomes["strike"].std()
        row = PLAYS.index((stance, "strike"))
        error = np.sqrt(np.mean((runs[:, row].mean(axis=1) - truth[row]) ** 2))
        assert spread / np.sqrt(DRAWS) / error > least
