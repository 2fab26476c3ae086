"""Are the readings what their commands show? Each against a run, and against the tree walked leaf by leaf.

Deliberate breaks that turned a test red: hits at the exposure as stated where equal exposure is read; draws in which a
resolute France folds counted where it stands; a stance weighed by the prior in place of how often it is sent.
"""

from __future__ import annotations

import json
import shlex
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from crisis_tree import probabilities, stands
from some_scenarios import alike, certain, four_stances

import sim
from sim.analyses.readings.analysis import FOLLOWED, TOLD, Readings
from sim.analyses.readings.looks import looks
from sim.analyses.readings.table import answer
from sim.analyses.readings.words import leaders, readings_alt_text, readings_finding
from sim.cli import main
from sim.crisis.payoffs import crisis
from sim.draws.blocks import parameter_blocks
from sim.montecarlo.encounter import quantal_play
from sim.scenario.scenario import Scenario, load_scenario

KEYS = [
    "central", "stands", "folds", "free-hit", "outcome", "exposed-type", "exposed-outcome", "equal-doubt", "columnist",
    "heisbourg", "misperceived", "allies-back", "allies-veto", "author-1", "author+1", "quantal-exact", "quantal-logit",
]  # fmt: skip
DRAWS, SEED = 256, 3


@cache
def found() -> Readings:
    """Return the readings of the bundled scenario."""
    return sim.readings("macron-2024", DRAWS, SEED)


@cache
def shown(command: str) -> dict[str, Any]:
    """Return what a command prints for programs, with the draws of `found`."""
    words = [*shlex.split(command)[1:], "--draws", str(DRAWS), "--seed", str(SEED), "--json", "--quiet"]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in an empty folder, and spare the time of drawing."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sim.drawing.saving.files_of", lambda *_: {})


def in_the_run(key: str, run: dict[str, Any], stance: str) -> tuple[float, ...]:
    """Return strikes, hits and wars of a reading where the run that its command makes shows them."""
    places: dict[str, dict[str, Any]] = {
        "stands": run["standing"][stance],
        "outcome": run["readings"]["outcome"]["as_stated"][stance],
        "exposed-type": run["readings"]["type"]["equal_exposure"][stance],
        "exposed-outcome": run["readings"]["outcome"]["equal_exposure"][stance],
    }
    place = run["equilibrium"]["by_signal"][stance] if key.startswith("quantal") else places.get(key)
    told = [(place or run["doctrine"][stance])[outcome] for outcome in FOLLOWED]
    return tuple(each["mean"] if isinstance(each, dict) else each for each in told)


def test_every_reading_that_was_asked_for_is_there() -> None:
    assert [each.key for each in found().readings] == KEYS
    assert len({each.said for each in found().readings}) == len(KEYS)


@pytest.mark.parametrize("key", [key for key in KEYS if key != "folds"])
def test_a_command_shows_the_figures_of_its_line(key: str) -> None:
    (each,) = (each for each in found().readings if each.key == key)
    run = shown(each.command)
    for stance, figure in each.figures.items():
        own = figure.strike, figure.casualties, figure.war
        assert own == pytest.approx(in_the_run(key, run, stance), rel=1e-8, abs=1e-12)


def test_where_a_resolute_france_stands_and_where_it_folds_make_up_the_whole() -> None:
    central, kept, lost = found().readings[:3]
    for stance in found().stances:
        one, other, whole = (each.figures[stance] for each in (kept, lost, central))
        assert one.share + other.share == pytest.approx(1)
        for outcome in TOLD:
            parts = [each.share * getattr(each, outcome) for each in (one, other)]
            assert sum(parts) == pytest.approx(getattr(whole, outcome), abs=1e-12)


def walked(scenario: Scenario, kept: str) -> dict[str, tuple[float, float]]:
    """Return strikes and hits by stance from the tree, draw by draw; Russia's replies are those of the run."""
    stances = scenario.stances
    kept_draws = sim.run(scenario, 64, 5, keep_draws=True)
    drawn = [values for _, values in parameter_blocks(scenario, 64, 5)]
    parameters = {name: np.concatenate([part[name] for part in drawn]) for name in drawn[0]}
    told = {}
    for m, stance in enumerate(stances.names):
        if stance not in stances.struck:
            continue
        sums, count = np.zeros(2), 0
        strikes = (kept_draws.outcomes or {})[stance]["strike"]
        for n in range(64):
            p = {name: float(values[n]) for name, values in parameters.items()}
            if kept != "all" and stands(p, stance, "resolute") != (kept == "stands"):
                continue
            reply, held = np.zeros((2, len(stances.names), 2)), np.zeros((2, len(stances.names)))
            reply[:, m] = [[1 - strikes[n], strikes[n]]] * 2
            held[:, m] = 1.0
            outcomes = probabilities(p, held, reply, stances=stances)
            sums += [outcomes[outcome] for outcome in TOLD]
            count += 1
        told[stance] = tuple(sums / count)
    return told


@pytest.mark.parametrize("target", [True, False])
@pytest.mark.parametrize(("key", "kept"), [("central", "all"), ("stands", "stands"), ("folds", "folds")])
def test_four_stances_are_read_as_the_tree_has_them(tmp_path: Path, target: bool, key: str, kept: str) -> None:
    scenario = four_stances(tmp_path, target=target).override({"belief.resolute": 0.3})
    (each,) = (each for each in sim.readings(scenario, 64, 5).readings if each.key == key)
    expected = walked(scenario, kept)
    assert list(each.figures) == list(expected) == list(scenario.stances.struck)
    for stance, figure in each.figures.items():
        assert (figure.strike, figure.casualties) == pytest.approx(expected[stance], abs=1e-12)


@pytest.mark.parametrize("move", ["exact", "logit"])
def test_players_who_err_are_those_of_the_general_solver(tmp_path: Path, move: str) -> None:
    scenario = four_stances(tmp_path)
    (look,) = (each for each in looks(scenario) if each.key == f"quantal-{move}")
    assert look.play
    sums = {stance: np.zeros(3) for stance in scenario.stances.struck}
    for _, parameters in parameter_blocks(scenario, 64, 5):
        game, chances = crisis(parameters, stances=scenario.stances, last_move=look.play.last_rationality)
        rows = quantal_play(game, 5.0).rows
        for stance, total in sums.items():
            m = scenario.stances.index(stance)
            sent = (chances.frequency * rows.strategy[:, :, m]).sum(axis=1)
            strike = (game.receiver_prior * rows.response[:, :, m, 1]).sum(axis=1)
            total += [float(part.sum()) for part in (sent, sent * strike, sent * strike * chances.hit[:, m])]
    (each,) = (each for each in sim.readings(scenario, 64, 5).readings if each.key == look.key)
    for stance, (sent, strike, hit) in sums.items():
        figure = each.figures[stance]
        assert (figure.share, figure.strike, figure.casualties) == pytest.approx(
            (sent / 64, strike / sent, hit / sent), abs=1e-8
        )


def test_other_scenarios_have_no_voices_but_all_that_is_the_models(tmp_path: Path) -> None:
    result = sim.readings(four_stances(tmp_path), 64)
    assert [each.key for each in result.readings] == [*KEYS[:8], *KEYS[-2:]]
    assert any("readings of macron-2024 alone" in note for note in result.notes)
    assert not any("readings of macron-2024 alone" in note for note in found().notes)
    shown_by = {shlex.split(each.command)[2] for each in result.readings}
    assert shown_by == {str(tmp_path / "four.toml")}


def test_a_number_set_by_hand_stays_and_silences_whoever_speaks_of_it() -> None:
    scenario = load_scenario("macron-2024")
    keys = {
        name: [each.key for each in looks(scenario.override({name: 0.4}))]
        for name in ("prior.opportunist", "prior.resolute", "signal.commit.pinpoint", "russia.attack_cost")
    }
    assert "heisbourg" not in keys["prior.opportunist"]
    assert "columnist" not in keys["prior.opportunist"]
    assert "misperceived" in keys["prior.opportunist"]
    assert {"columnist", "misperceived"}.isdisjoint(keys["prior.resolute"])
    assert keys["signal.commit.pinpoint"] == keys["russia.attack_cost"] == KEYS
    commands = [each.command for each in looks(scenario.override({"signal.commit.pinpoint": 0.4}))]
    assert all("--set=signal.commit.pinpoint=0.4" in command for command in commands)
    assert "free-hit" not in [each.key for each in looks(scenario.override({"russia.attack_cost": 0.0}))]


def test_a_scenario_with_voices_of_its_own_leans_by_them() -> None:
    slanted = [each for each in looks(load_scenario("author-slant")) if each.key.startswith("author")]
    assert [each.command for each in slanted] == [f"sim run author-slant --voice=author={at}" for at in ("-1", "+1")]
    assert [each.scenario.voices[0].at for each in slanted] == [-1.0, 1.0]


def test_the_finding_says_no_more_than_the_figures() -> None:
    result, said = found(), readings_finding(found())
    for outcome in TOLD:
        for number, leader in enumerate(leaders(result, outcome)):
            means = {stance: getattr(each, outcome) for stance, each in result.readings[number].figures.items()}
            assert leader is None or means[leader] == max(means.values())
    led = [leader for leader, each in zip(leaders(result, "strike"), result.readings, strict=True) if not each.chosen]
    assert said.startswith(f"Over {len(led)} readings")
    often = [f"{stance} in {led.count(stance)}" for stance in ("commit", "ambiguous") if stance in led]
    assert f"most under {' and '.join(often)} of them" in said
    alt = readings_alt_text(result)
    assert alt.startswith(f"{said}. ")
    assert all(each.said in alt for each in result.readings)


@pytest.mark.parametrize("size", [0.0, 1e-9, 1.0])
def test_degenerate_scenarios_are_read_without_contradiction(size: float) -> None:
    result = sim.readings(alike(size), 16)
    strikes = [figure.strike for each in result.readings for figure in each.figures.values() if not each.chosen]
    said = readings_finding(result)
    assert ("never strikes" in said) == (not any(strikes))
    assert " most under " not in said  # all stances are alike, so that none leads
    assert json.loads(json.dumps(result.to_dict(), allow_nan=False))["schema"] == 1
    assert len(answer(result).tables[0].rows) == len(result.readings)


def test_a_label_that_never_loses_its_meaning_leaves_a_line_without_figures() -> None:
    result = sim.readings(load_scenario("macron-2024").override({"france.humiliation": 1e6}), 64)
    (lost,) = (each for each in result.readings if each.key == "folds")
    assert [(figure.share, figure.strike, figure.casualties_se) for figure in lost.figures.values()] == [
        (0.0, None, None)
    ] * 2
    (row,) = (row for row in answer(result).tables[0].rows if row[0].startswith("a resolute France folds"))
    assert row[1:] == ("·", "·")
    assert "ambiguous in no draw" in readings_alt_text(result)


def test_one_target_or_none_is_read_too() -> None:
    one, none = (sim.readings(certain(**away), 16) for away in ({"ambiguous": 0}, {"ambiguous": 0, "commit": 0}))
    assert one.stances == ["commit"]
    assert not any(each.key.startswith("exposed") for each in one.readings)
    assert " most under " not in readings_finding(one)
    assert readings_finding(none).endswith("Russia never strikes, whichever stance France is held to")
    assert list(answer(none).figures()) == []


def test_the_table_has_a_row_for_each_reading_and_stance() -> None:
    rows = found().table()
    assert len(rows) == 2 * len(KEYS)
    names = (
        "reading",
        "stance",
        "share",
        "strike",
        "strike_se",
        "casualties",
        "casualties_se",
        "war",
        "war_se",
        "command",
    )
    assert tuple(rows[0]) == names


def test_the_belief_that_is_called_half_the_truth_is_as_near_to_it_as_the_note_says() -> None:
    misperceived = sim.load_scenario("misperceived")
    drawn = [each for _, each in parameter_blocks(misperceived, 65536, 0)]
    ratios = np.concatenate([each["belief.resolute"] / each["prior.resolute"] for each in drawn])
    low, high = np.quantile(ratios, [0.025, 0.975])
    notes = " ".join(sim.readings("macron-2024", draws=16).notes)
    assert f"{low:.2f} to {high:.2f} times the truth in 19 of 20 draws" in notes
    other = sim.load_scenario("columnist")
    assert "times the truth" not in " ".join(sim.readings(other, draws=16).notes)
