"""Are stances data? Two to four of them, with and without a target, in any order, through a whole run.

Deliberate breaks that turned these red: the parameters of a fourth stance drawn in the place of the first one's; a
stance without a target found by the name rule_out.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from places import DOCS
from scenario_texts import QUIET, TARGET, written

import sim
from sim.crisis.ladder import OUTCOMES
from sim.crisis.parameters import (
    LATER,
    LATER_DIMENSION,
    MOST_VOICES,
    PARAMETERS,
    VOICE_DIMENSION,
    Stances,
    all_parameters,
)
from sim.draws.sobol import MOST_DIMENSIONS
from sim.scenario.scenario import Scenario, ScenarioError, load_scenario
from sim.scenario.writing import scenario_toml

THREE, FOUR = '["rule_out", "ambiguous", "commit"]', '["rule_out", "quiet", "ambiguous", "commit"]'


def scenario(folder: Path, stances: str, tables: str = "", more: str = "") -> Scenario:
    """Load a child of the bundled scenario that lists stances."""
    text = f'extends = "macron-2024"\nstances = {stances}\n{more}\n{tables}'
    return load_scenario(written(folder, text, "some.toml"))


def test_a_fourth_stance_changes_nothing_under_the_others(tmp_path: Path) -> None:
    three, four = sim.run("macron-2024", 1024), sim.run(scenario(tmp_path, FOUR, QUIET), 1024)
    for stance in ("rule_out", "ambiguous", "commit"):
        assert four.doctrine[stance] == three.doctrine[stance]
        assert four.readings["type"]["as_stated"].get(stance) == three.readings["type"]["as_stated"].get(stance)
    assert four.stances == ["rule_out", "quiet", "ambiguous", "commit"]
    assert four.struck == ["quiet", "ambiguous", "commit"]
    assert set(four.doctrine) == set(four.equilibrium["sent"]) == set(four.stances)
    assert sum(four.equilibrium["sent"].values()) == pytest.approx(1)
    assert four.equilibrium["sent"]["quiet"] > 0
    assert set(four.drivers) == {"quiet", "ambiguous", "commit", "selected"}
    assert json.dumps(four.to_dict())


def test_the_order_of_stances_changes_no_doctrine_and_only_breaks_ties(tmp_path: Path) -> None:
    one = sim.run(scenario(tmp_path, FOUR, QUIET), 512)
    other = sim.run(scenario(tmp_path, '["commit", "quiet", "rule_out", "ambiguous"]', QUIET), 512)
    assert one.doctrine == other.doctrine
    for outcome in OUTCOMES:
        first, second = (each.equilibrium["range"][outcome] for each in (one, other))
        assert first == pytest.approx(second, abs=1e-9)
        chosen, again = (each.equilibrium["selected"][outcome]["mean"] for each in (one, other))
        assert chosen == pytest.approx(again, abs=1e-9)


def test_two_stances_leave_the_doctrines_of_three(tmp_path: Path) -> None:
    two, three = sim.run(scenario(tmp_path, '["ambiguous", "commit"]'), 512), sim.run("macron-2024", 512)
    assert list(two.doctrine) == ["ambiguous", "commit"]
    assert all(two.doctrine[stance] == three.doctrine[stance] for stance in two.doctrine)
    assert not any("zero by construction" in note for note in two.notes)
    assert any("zero by construction" in note for note in three.notes)


def test_what_is_ruled_out_can_be_struck_where_somebody_is_there(tmp_path: Path) -> None:
    struck = scenario(tmp_path, THREE, TARGET)
    assert struck.stances == Stances(targets=(True, True, True))
    result = sim.run(struck, 1024)
    assert result.doctrine["rule_out"]["strike"]["mean"] > 0
    assert result.struck == ["rule_out", "ambiguous", "commit"]
    assert result.doctrine["commit"] == sim.run("macron-2024", 1024).doctrine["commit"]
    assert set(result.labels) > {"resolute_folds.rule_out"}


def test_a_target_is_a_matter_of_the_deployment_and_of_no_name(tmp_path: Path) -> None:
    central = load_scenario("macron-2024")
    nobody = central.override({"signal.ambiguous.deployment": 0})
    assert nobody.stances.struck == ("commit",)
    assert "signal.ambiguous.pinpoint" not in nobody.medians()
    assert "signal.ambiguous.pinpoint" in nobody.override({"signal.ambiguous.deployment": 0.4}).medians()
    result = sim.run(nobody, 256)
    assert result.doctrine["ambiguous"]["strike"]["mean"] == 0
    assert result.doctrine["commit"] == sim.run(central, 256).doctrine["commit"]
    unsure = '{ uniform = [0, 0.5], assumption = "a", rationale = "r" }'
    tables = TARGET.replace("deployment = 0.3", f"deployment = {unsure}")
    assert scenario(tmp_path, '["rule_out", "commit"]', tables).stances.targets == (True, True)


def test_a_stance_that_gets_a_target_by_hand_must_have_what_that_needs() -> None:
    with pytest.raises(ScenarioError, match=r"4 parameters are missing: signal\.rule_out\.pinpoint, "):
        load_scenario("macron-2024").override({"signal.rule_out.deployment": 0.5})


def test_a_run_of_four_is_kept_and_repeated(tmp_path: Path) -> None:
    four = scenario(tmp_path, FOUR, QUIET, 'reference = "quiet"')
    again = load_scenario(written(tmp_path, scenario_toml(four, draws=256, seed=1), "again.toml"))
    assert (again.sha256, again.stances, again.reference) == (four.sha256, four.stances, "quiet")
    first, second = sim.run(four, 256, 1), sim.run(again)
    assert first.doctrine == second.doctrine
    assert first.equilibrium == second.equilibrium


def test_quantal_play_and_stories_follow(tmp_path: Path) -> None:
    four = scenario(tmp_path, FOUR, QUIET)
    quantal = sim.run(four, 64, play=sim.Play("quantal", last_move="logit"))
    assert sum(quantal.equilibrium["sent"].values()) == pytest.approx(1)
    story = sim.paths(four, crises=500)
    assert set(np.unique(story["signal"])) <= set(range(4))
    assert sim.paths(four, doctrine="quiet", crises=200)["signal"].tolist() == [1] * 200


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ('stances = ["commit"]', "stances must list 2 to 4 names; it lists 1"),
        ('stances = ["a", "b", "c", "d", "e"]', "stances must list 2 to 4 names; it lists 5"),
        ('stances = ["commit", "commit"]', "'commit' is listed twice"),
        ('stances = ["commit", "selected"]', "'selected' is a word of the results"),
        ('stances = ["commit", "Quiet mission"]', "'Quiet mission' must be lower-case letters"),
        ('stances = ["commit", "quiet"]', "7 parameters are missing: signal.quiet.deployment"),
        ("stances = 3", "stances must be a list in [ ]; it is 3"),
        ('reference = "rule_out"', "reference must be 'ambiguous' or 'commit'; it is 'rule_out'"),
        (
            'stances = ["rule_out", "commit"]\nhistory = { held = 2, stance = "ambiguous" }',
            "history.stance must be 'commit'",
        ),
    ],
)
def test_a_faulty_list_is_told_what_is_wrong(tmp_path: Path, lines: str, message: str) -> None:
    with pytest.raises(ScenarioError, match=r"\w") as caught:
        load_scenario(written(tmp_path, f'extends = "macron-2024"\n{lines}\n'))
    assert message in str(caught.value)


def test_the_places_in_the_stream_are_a_parameters_own() -> None:
    four = [each.dimension for each in all_parameters(("quiet", "loud", "rule_out", "commit")) if each not in LATER]
    three = [each.dimension for each in all_parameters() if each not in LATER]
    assert four == list(range(len(four)))
    assert three == four[: len(three)]
    assert [each.dimension for each in PARAMETERS if each not in LATER] == three[: len(PARAMETERS) - len(LATER)]
    most = all_parameters(("a", "b", "c", "d"))
    assert max(each.dimension for each in most if each not in LATER) < VOICE_DIMENSION == LATER_DIMENSION - MOST_VOICES
    assert [each.dimension for each in LATER] == list(range(LATER_DIMENSION, LATER_DIMENSION + len(LATER)))


def test_the_table_of_directions_has_room_for_later_parameters_in_the_fullest_scenario() -> None:
    asked = Stances(("rule_out", "a", "b", "c"), (True,) * 4).by_name
    left = MOST_DIMENSIONS // 2 - len(asked) - MOST_VOICES  # sensitivity draws every input twice
    told = f"{left} places are left"
    assert told in (DOCS / "architecture.md").read_text(encoding="utf-8"), f"docs/architecture.md must say: {told}"
    assert LATER_DIMENSION + len(LATER) + left <= MOST_DIMENSIONS
