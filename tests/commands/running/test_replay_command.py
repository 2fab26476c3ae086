"""Is a draw told as it was? The same numbers, from the folder alone.

Deliberate break that turned a test red: the draw made with the scenario's seed in place of the run's.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from some_scenarios import four_stances

import sim
from sim.cli import main
from sim.crisis.play import Play
from sim.solve.replay import replay
from sim.solve.words.replay import answer


def call(*words: str) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(main, words, terminal_width=80, prog_name="sim")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, sim.Result]:
    """Return a run and its folder."""
    scenario = sim.load_scenario("macron-2024").override({"france.war_cost.resolute": 7.0})
    result = sim.run(scenario, draws=256, seed=0, keep_draws=True, play=Play(refinement="d1"))
    return result.save(tmp_path_factory.mktemp("runs") / "run"), result


@pytest.mark.parametrize("number", [0, 17, 255])
def test_a_draw_has_the_parameters_and_outcomes_of_the_run_to_the_last_bit(
    run: tuple[Path, sim.Result], number: int
) -> None:
    folder, result = run
    again = replay(folder, number)
    assert result.parameters is not None
    assert result.outcomes is not None
    assert again.same
    assert again.solution.parameters == {name: values[number] for name, values in result.parameters.items()}
    told = again.to_dict()["solution"]
    assert told["refinement"] == "d1"
    assert told["doctrine"]["commit"]["outcomes"]["war"] == result.outcomes["commit"]["war"][number]
    selected = told["equilibria"][told["selected"]]["outcomes"]["strike"]
    assert selected == pytest.approx(result.outcomes["selected"]["strike"][number], abs=1e-15)


def test_a_draw_of_four_stances_in_which_france_errs_once_hit_is_played_so_again(tmp_path: Path) -> None:
    play = Play("quantal", rationality=3.0, last_move="logit")
    result = sim.run(four_stances(tmp_path), 64, 1, keep_draws=True, play=play)
    again = replay(result.save(tmp_path / "run"), 9)
    assert again.solution.play == play
    assert result.outcomes is not None
    told = again.to_dict()["solution"]
    for outcome, values in result.outcomes["selected"].items():
        here = told["equilibria"][0]["outcomes"] | {"france_payoff": told["equilibria"][0]["france_payoff"]}
        assert here[outcome] == pytest.approx(values[9], rel=1e-9, abs=1e-15)
    climbed = answer(again).tables[1]
    assert climbed.columns == ("at least …", "rule out", "quiet", "stay ambiguous", "commit", "France chooses")


def test_the_story_has_parameters_equilibria_and_the_ladder(run: tuple[Path, sim.Result]) -> None:
    done = call("replay", str(run[0]), "--draw", "17", "--full")
    assert done.exit_code == 0
    assert "Draw 17 of French trainers for Ukraine" in done.stdout
    assert "france.war_cost.resolute" in done.stdout
    assert "EQUILIBRIUM 1" in done.stdout
    assert "How far does this draw climb?" in done.stdout


def test_json_names_the_run(run: tuple[Path, sim.Result]) -> None:
    told = json.loads(call("replay", str(run[0]), "--draw", "17", "--json").stdout)
    assert told["run"] == {"scenario": "macron-2024", "draws": 256, "seed": 0}
    assert told["ranges"]["france.war_cost.resolute"] == [7.0, 7.0, 7.0]


def test_another_machine_or_version_is_said_to_be_one(tmp_path: Path) -> None:
    result = sim.run(sim.load_scenario("macron-2024"), draws=16)
    folder = replace(result, versions=result.versions | {"stream": "0" * 16}).save(tmp_path / "run")
    said = " ".join(call("replay", str(folder), "--draw", "0", "--full").stdout.split())
    assert "do not draw and solve to the last bit as the run did" in said


@pytest.mark.parametrize(
    ("before", "after"), [("value = 7.0", "value = 8.0"), ("encounters_per_year = 1.0", "encounters_per_year = 2.0")]
)
def test_a_scenario_that_was_changed_after_the_run_is_said_to_be(tmp_path: Path, before: str, after: str) -> None:
    scenario = sim.load_scenario("macron-2024").override({"france.war_cost.resolute": 7.0})
    folder = sim.run(scenario, draws=16, seed=0).save(tmp_path / "run")
    file = folder / "scenario.toml"
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")
    done = " ".join(call("replay", str(folder), "--draw", "0", "--full").stdout.split())
    assert "scenario.toml in this folder was changed after the run" in done
    assert "This machine or these versions" not in done


def test_a_comment_or_another_number_of_draws_in_the_kept_scenario_is_no_change(tmp_path: Path) -> None:
    folder = sim.run(sim.load_scenario("one-voice"), draws=16, seed=0).save(tmp_path / "run")
    file = folder / "scenario.toml"
    text = file.read_text(encoding="utf-8").replace("draws = 16", "draws = 64  # more")
    file.write_text(text, encoding="utf-8")
    again = replay(folder, 0)
    assert (again.changed, again.same) == (False, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nowhere", "--draw", "0"), "nowhere must be a run folder; there is no such folder"),
        (("RUN", "--draw", "256"), "draw must lie in [0, 255] in a run of 256 draws; it is 256"),
        (("RUN",), "Missing option '--draw'"),
    ],
)
def test_what_cannot_be_replayed_is_refused(run: tuple[Path, sim.Result], words: tuple[str, ...], said: str) -> None:
    done = call("replay", *(str(run[0]) if word == "RUN" else word for word in words))
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in " ".join(done.stderr.split())


def test_a_scenario_with_fewer_stances_is_told_by_the_numbers_that_its_game_needs(tmp_path: Path) -> None:
    folder = sim.run("syria-2013", 16).save(tmp_path / "run")
    done = call("replay", str(folder), "--draw", "3", "--full")
    assert done.exit_code == 0
    assert "rule_out" not in done.stdout
