"""Is one point solved as a run solves it? Draws to the last bit, verdicts, and what counts.

Deliberate break that turned a test red: blocks counted as twice as large as they are.
"""

from __future__ import annotations

import json

import numpy as np
import pytest

import sim
from sim.crisis.ladder import OUTCOMES
from sim.crisis.play import Play
from sim.draws.blocks import parameter_blocks
from sim.scenario.scenario import Scenario
from sim.solve.crisis_solution import draw_of, solution


@pytest.fixture
def scenario() -> Scenario:
    """Return the bundled scenario."""
    return sim.load_scenario("macron-2024")


@pytest.mark.parametrize("seed", [0, 2024])
def test_a_draw_has_the_values_it_has_in_the_run_to_the_last_bit(scenario: Scenario, seed: int) -> None:
    kept = sim.run(scenario, 512, seed, keep_draws=True).parameters
    assert kept is not None
    for number in (0, 31, 32, 511):
        drawn = draw_of(scenario, number, draws=512, seed=seed)
        assert drawn.parameters == {name: values[number] for name, values in kept.items()}


def test_a_draw_of_a_later_block_is_found(scenario: Scenario) -> None:
    (block, values), *_ = parameter_blocks(scenario, 2**17, 1, first=21, last=22)
    found = draw_of(scenario, 21 * 4096 + 7, draws=2**17, seed=1).parameters
    assert (block.replicate, block.start) == (5, 4096)
    assert found == {name: array[7] for name, array in values.items()}


def test_draws_are_rounded_up_as_in_a_run_and_taken_from_the_scenario(scenario: Scenario) -> None:
    assert draw_of(scenario, 5, draws=1000).draws == 1024
    assert (draw_of(scenario, 5).draws, draw_of(scenario, 5).seed) == (scenario.draws, scenario.seed)


@pytest.mark.parametrize(
    ("number", "draws", "seed", "message"),
    [
        (16, 16, 1, r"draw must lie in \[0, 15\] in a run of 16 draws; it is 16"),
        (-1, 16, 1, "draw must lie in"),
        (0, 0, 1, "draws must lie in"),
        (0, 16, -1, "seed must be at least 0; it is -1"),
    ],
)
def test_a_draw_that_is_not_there_is_refused(
    scenario: Scenario, number: int, draws: int, seed: int, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        draw_of(scenario, number, draws=draws, seed=seed)


@pytest.mark.parametrize("play", [Play(), Play(refinement="d1", select="uniform"), Play("quantal", rationality=3)])
def test_the_points_of_all_draws_average_to_the_run(scenario: Scenario, play: Play) -> None:
    result = sim.run(scenario, 16, 0, play=play)
    points = [solution(scenario, play=play, draw=draw_of(scenario, n, draws=16, seed=0)) for n in range(16)]
    for outcome in OUTCOMES:
        mean = np.mean([point.weights @ point.ladder.outcomes[outcome] for point in points])
        assert mean == pytest.approx(result.equilibrium["selected"][outcome]["mean"], rel=1e-9, abs=1e-15)


def test_every_failure_has_a_reason_and_every_survivor_none(scenario: Scenario) -> None:
    failed = 0
    for number in range(40):
        for each in solution(scenario, draw=draw_of(scenario, number, draws=64)).to_dict()["equilibria"]:
            given = {reason["refinement"] for reason in each["fails"]}
            assert given == {name for name, survives in each["survives"].items() if not survives}
            failed += len(given)
    assert failed > 0


def test_the_belief_told_after_an_unsent_signal_is_one_that_supports(scenario: Scenario) -> None:
    seen = 0
    for number in range(40):
        for each in solution(scenario, draw=draw_of(scenario, number, draws=64)).to_dict()["equilibria"]:
            for signal, spans in each["supported_by"].items():
                belief = each["belief"][signal]["resolute"]
                assert any(low - 1e-9 <= belief <= high + 1e-9 for low, high in spans)
                seen += 1
    assert seen > 40


def test_the_dict_is_json_and_says_what_was_asked(scenario: Scenario) -> None:
    drawn = draw_of(scenario, 3, draws=16, seed=0)
    answer = solution(scenario, play=Play("quantal", refinement="d1", rationality=2), draw=drawn).to_dict()
    assert json.loads(json.dumps(answer, allow_nan=False)) == answer
    assert answer["draw"] == {"number": 3, "draws": 16, "seed": 0}
    assert (answer["concept"], answer["quantal"]["rationality"], len(answer["equilibria"])) == ("quantal", 2, 1)
    assert "survives" not in answer["equilibria"][0]
