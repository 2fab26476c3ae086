"""What a scenario may call things, and how its parameters may be spelt.

Deliberate breaks that turned a test red: a child's table [names] in place of its parent's; places of a respelt table
lost; a player's own name not known to --set.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from places import ROOT
from scenario_texts import PLAYERS, child, faults, written

from sim.scenario.scenario import load_scenario
from sim.scenario.writing import scenario_toml

TOP = 'extends = "macron-2024"\n'


def test_ten_lines_rename_a_crisis(tmp_path: Path) -> None:
    scenario = child(tmp_path, f'{PLAYERS}stances = {{ commit = "guarantee" }}')
    assert scenario.called["protege"] == "Taiwan"
    assert scenario.called["stances"] == {"commit": "guarantee"}
    assert load_scenario("macron-2024").called == {}


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ('[names]\nsendr = "x"', "some.toml:3:1: unknown key 'sendr'", "did you mean 'sender'?"),
        ('[names]\nsender = "China"', "names.sender must be a table; it is 'China'", 'write sender = { name = "the Un'),
        ('[names.sender]\nname = "China"', "names.sender.adjective must be given", ""),
        (
            '[names.sender]\nname = "A"\nadjectiv = "B"\nadjective = "C"',
            "unknown key 'adjectiv'",
            "did you mean 'adjective'",
        ),
        ('[names]\nprotege = ""', "names.protege must not be blank", ""),
        (f'[names]\nwar = "{"w" * 41}"', "names.war must have at most 40 characters", ""),
        ('[names.stances]\ncomit = "promise"', "some.toml:3:1: unknown key 'comit'", "did you mean 'commit'?"),
        ('[names.rungs]\nboom = "b"', "unknown key 'boom'", "allowed: strike, casualties"),
        ('[names.types]\nresolut = "firm"', "unknown key 'resolut'", "did you mean 'resolute'?"),
        ("names = 3", "names must be a table; it is 3", "write [names] and below it sender"),
        (
            '[names]\nsender = { name = "X", adjective = "Y" }',
            "it lacks receiver, protege, deployed",
            'protege = "Taiwan"',
        ),
        (
            f"{PLAYERS}[united_states]\nwar_cost = 4\n[france]\nwar_cost = 5",
            "united_states.war_cost is given as france",
            "",
        ),
    ],
)
def test_a_faulty_table_is_told_what_is_wrong(tmp_path: Path, text: str, message: str, hint: str) -> None:
    said = faults(tmp_path, text)
    assert message in said
    assert hint in said


def test_a_child_takes_over_what_it_does_not_rename(tmp_path: Path) -> None:
    written(tmp_path, f'{TOP}{PLAYERS}[names.stances]\ncommit = "guarantee"\nambiguous = "wait"\n', name="parent.toml")
    child = '[names]\nprotege = "Quemoy"\nstances = { commit = "promise" }\n'
    called = load_scenario(written(tmp_path, f'extends = "parent.toml"\n{child}', name="child.toml")).called
    assert called["protege"] == "Quemoy"
    assert called["sender"]["name"] == "the United States"
    assert called["stances"] == {"commit": "promise", "ambiguous": "wait"}


def test_parameters_may_stand_under_the_players_own_names(tmp_path: Path) -> None:
    table = "[united_states]\nwar_cost = 4\n[china.war_cost]\ncautious = 50\n"
    pair = '[correlation]\n"united_states.fight_cost.bluffing ~ china.attack_cost" = 0.3\n'
    voice = '[voice.author]\n"china.training_harm" = 0.5\n'
    scenario = child(tmp_path, PLAYERS + table + pair + voice)
    medians = scenario.medians()
    assert (medians["france.war_cost.resolute"], medians["france.war_cost.bluffing"]) == (4, 4)
    assert medians["russia.war_cost.cautious"] == 50
    assert scenario.correlation == (("france.fight_cost.bluffing", "russia.attack_cost", 0.3),)
    assert scenario.voices[0].loadings == (("russia.training_harm", 0.5),)
    assert scenario.override({"china.attack_cost": 2}).settings == {"russia.attack_cost": 2.0}


def test_a_child_may_spell_as_its_parent_names(tmp_path: Path) -> None:
    written(tmp_path, TOP + PLAYERS, name="parent.toml")
    child = written(tmp_path, 'extends = "parent.toml"\n[china]\nattack_cost = 0.7\n', name="child.toml")
    assert load_scenario(child).medians()["russia.attack_cost"] == 0.7


def test_a_fault_in_such_a_table_is_shown_where_it_is(tmp_path: Path) -> None:
    said = faults(tmp_path, f'{PLAYERS}[china.attack_cost]\ninterval = [3, 1]\nassumption = "a"\nrationale = "r"')
    assert "some.toml:8:12: russia.attack_cost" in said
    assert "[3, 1]" in said


def test_a_player_called_russia_leaves_the_tables_as_they_are(tmp_path: Path) -> None:
    names = PLAYERS.replace("the United States", "Russia").replace("China", "France")
    assert child(tmp_path, f"{names}[russia]\nattack_cost = 0.7\n").medians()["russia.attack_cost"] == 0.7


def test_what_was_run_is_renamed_again() -> None:
    scenario = load_scenario(ROOT / "tests" / "support" / "renamed.toml")
    again = scenario_toml(scenario, draws=64, seed=0)
    assert '[names]\nsender = { "name" = "the United States", "adjective" = "American" }' in again
    assert '"quiet_visit"' not in again.partition("[names]")[2].partition("\n\n")[0]


def test_a_scenario_read_back_is_the_same(tmp_path: Path) -> None:
    scenario = load_scenario(ROOT / "tests" / "support" / "renamed.toml")
    again = load_scenario(written(tmp_path, scenario_toml(scenario, draws=64, seed=0)))
    assert (again.called, again.claims, again.question) == (scenario.called, scenario.claims, scenario.question)
    assert again.sha256 == scenario.sha256


def test_names_belong_to_the_fingerprint_and_a_question_does_not(tmp_path: Path) -> None:
    plain = child(tmp_path, 'title = "T"\n')
    asked = child(tmp_path, 'title = "T"\nquestion = "Why?"\n')
    assert asked.sha256 == plain.sha256
    assert child(tmp_path, f'title = "T"\n{PLAYERS}').sha256 != plain.sha256


def test_texts_of_the_scenario_are_its_own() -> None:
    quoted = load_scenario(ROOT / "tests" / "support" / "renamed.toml").naming["quoted"]
    assert "Would France and Russia have done the same?" in quoted
    assert "France and its trainers are not asked." in quoted
    assert "A made-up minister of Russia, to test what is quoted" in quoted


def test_the_examples_of_the_readme_are_sound(tmp_path: Path) -> None:
    page = (ROOT / "scenarios" / "README.md").read_text(encoding="utf-8")
    blocks = [block.partition("```")[0] for block in page.split("```toml\n")[1:]]
    examples = [block for block in blocks if block.startswith(("[names]", "[claims."))]
    assert len(examples) == 2
    scenario = child(tmp_path, "".join(examples))
    assert scenario.called["war"] == "war in the strait"
    assert [*scenario.claims] == ["press-club"]
