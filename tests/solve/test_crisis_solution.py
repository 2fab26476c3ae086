"""Is one point solved as a run solves it? Draws to the last bit, verdicts, and what counts.

Deliberate break that turned a test red: blocks counted as twice as large as they are.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from crisis_tree import probabilities
from some_scenarios import four_stances

import sim
from sim.crisis.ladder import OUTCOMES
from sim.crisis.parameters import RECEIVER_TYPES
from sim.crisis.play import Play
from sim.draws.blocks import parameter_blocks
from sim.scenario.game_file import GameFile, load
from sim.scenario.scenario import Scenario
from sim.solve.crisis_solution import draw_of, solution
from sim.solve.solving import efg_at


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


def test_a_scenario_may_be_named_as_everywhere_else_and_something_else_is_refused(scenario: Scenario) -> None:
    assert sim.solution("macron-2024").to_dict() == sim.solution(scenario).to_dict()
    with pytest.raises(TypeError, match=r"scenario must be a Scenario, the name of a bundled one .* type dict"):
        sim.solution({})  # type: ignore[arg-type]


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


@pytest.fixture(scope="module")
def told() -> list[dict[str, Any]]:
    """Return what is told of every equilibrium of 40 draws."""
    scenario = sim.load_scenario("macron-2024")
    points = (solution(scenario, draw=draw_of(scenario, number, draws=64)) for number in range(40))
    return [each for point in points for each in point.to_dict()["equilibria"]]


def test_every_failure_has_a_reason_and_every_survivor_none(told: list[dict[str, Any]]) -> None:
    failed = 0
    for each in told:
        given = {reason["refinement"] for reason in each["fails"]}
        assert given == {name for name, survives in each["survives"].items() if not survives}
        failed += len(given)
    assert failed > 0


def test_the_belief_told_after_an_unsent_signal_is_one_that_supports(told: list[dict[str, Any]]) -> None:
    seen = 0
    for each in told:
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


SHAPES = [(target, concept, move) for target in (True, False) for concept, move in (
    ("equilibrium", "exact"), ("quantal", "exact"), ("quantal", "logit"))]  # fmt: skip


@pytest.mark.parametrize(("target", "concept", "move"), SHAPES)
@pytest.mark.parametrize("number", [0, 5, 11])
def test_four_stances_are_solved_as_the_tree_walked_leaf_by_leaf_has_them(
    tmp_path: Path, target: bool, concept: str, move: str, number: int
) -> None:
    scenario = four_stances(tmp_path, target=target).override({"belief.resolute": 0.25})
    play = Play(concept, last_move=move)
    point = solution(scenario, play=play, draw=draw_of(scenario, number, draws=16, seed=0))
    told, stances, eq = point.to_dict(), scenario.stances, point.equilibria
    assert (told["stances"], told["struck"]) == (list(stances.names), list(stances.struck))
    assert told["prior"]["resolute"] == 0.25 != told["frequency"]["resolute"]
    assert set(told["stands"]) == set(stances.struck)
    for row, each in enumerate(told["equilibria"]):
        walked = probabilities(
            point.parameters, eq.strategy[row], eq.response[row], stances=stances, last_move=play.last_rationality
        )
        assert each["outcomes"] == pytest.approx(walked, abs=1e-12)
        sent = point.frequency @ eq.strategy[row]
        assert list(each["sent"].values()) == pytest.approx(sent.tolist())
    for m, stance in enumerate(stances.names):
        strikes = [float(told["doctrine"][stance]["strikes"][kind]) for kind in RECEIVER_TYPES]
        reply = np.zeros((2, 4, 2))
        reply[:, m, 1], reply[:, m, 0] = strikes, [1 - strike for strike in strikes]
        held = np.zeros((2, 4))
        held[:, m] = 1.0
        walked = probabilities(point.parameters, held, reply, stances=stances)
        assert told["doctrine"][stance]["outcomes"] == pytest.approx(walked, abs=1e-12)


def test_both_last_moves_stand_side_by_side_wherever_play_is_quantal(scenario: Scenario) -> None:
    for move in ("exact", "logit"):
        answer = solution(scenario, play=Play("quantal", last_move=move)).to_dict()
        assert answer["last_move"] == move
        assert answer["by_last_move"][move] == pytest.approx(answer["equilibria"][0]["outcomes"], rel=1e-12)
        assert answer["by_last_move"]["exact"] != answer["by_last_move"]["logit"]
    assert solution(scenario).to_dict()["by_last_move"] is None


def test_the_file_for_gambit_has_the_stances_of_the_scenario(tmp_path: Path) -> None:
    text = efg_at(four_stances(tmp_path))
    assert '"quiet"' in text
    assert '"quiet"' not in efg_at(sim.load_scenario("macron-2024"))
    (tmp_path / "four.efg").write_text(text, encoding="utf-8")
    read = load(str(tmp_path / "four.efg"))
    assert isinstance(read, GameFile)
    assert read.game.signals == 4
