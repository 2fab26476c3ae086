"""Does `sim new` start a scenario that runs, and whose every line can be put to use?

Deliberate breaks that turned a test red: a parameter's group left out; costs that one line gives taken apart;
the file of another folder taken as what is extended.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sim.cli import main
from sim.scenario.library import bundled_scenarios
from sim.scenario.scenario import load_scenario


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def call(*words: str) -> Result:
    """Call the program."""
    return CliRunner().invoke(main, words)


@pytest.mark.parametrize("source", bundled_scenarios())
def test_a_new_file_is_sound_and_changes_one_number(folder: Path, source: str) -> None:
    done = call("new", "mine", "--from", source)
    assert done.exit_code == 0, done.stderr
    assert done.stderr.endswith("compare mine.toml\n")
    mine, whole = load_scenario(folder / "mine.toml"), load_scenario(source)
    changed = [name for name in whole.entries if mine.entries[name] != whole.entries[name]]
    assert changed == ["prior.resolute"]
    assert mine.name == "mine"


@pytest.mark.parametrize("source", bundled_scenarios())
def test_every_commented_number_can_be_put_to_use_and_is_what_the_other_scenario_has(folder: Path, source: str) -> None:
    call("new", "mine", "--from", source)
    file = folder / "mine.toml"
    text, count = re.subn(r"^#(?=[a-z_]+\.)", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    file.write_text(text, encoding="utf-8")
    mine, whole = load_scenario(file), load_scenario(source)
    stated = {name: entry.distribution.given for name, entry in mine.entries.items() if entry.rationale == "…"}
    assert stated.keys() <= whole.entries.keys() | {"belief.resolute"}
    assert {name: dict(whole.entries[name].distribution.given) for name in stated if name in whole.entries} == {
        name: dict(given) for name, given in stated.items() if name in whole.entries
    }
    lines = sum(whole.entries[each.name].shares is None for each in whole.parameters)
    assert count >= lines - 1  # the example is there already


def test_a_new_file_says_what_each_number_is_and_fits_a_student_s_screen(folder: Path) -> None:
    call("new", "mine")
    lines = (folder / "mine.toml").read_text(encoding="utf-8").splitlines()
    assert "# chance that a strike finds them (stay ambiguous)" in lines
    assert "#signal.ambiguous.pinpoint = { interval = [0.05, 0.4], " in "\n".join(lines)
    assert max(len(line) for line in lines if line.startswith("# ")) <= 80


def test_a_line_that_gives_both_costs_of_war_stays_one(folder: Path) -> None:
    text = 'extends = "macron-2024"\n[france.war_cost]\ninterval = [2.0, 9.0]\nassumption = "A"\nrationale = "R"\n'
    (folder / "one.toml").write_text(text, encoding="utf-8")
    call("new", "mine", "--from", "one.toml")
    said = (folder / "mine.toml").read_text(encoding="utf-8")
    assert "#france.war_cost = { interval = [2.0, 9.0]" in said
    assert "france.war_cost.resolute" not in said


def test_own_words_and_stances_are_those_of_the_scenario(folder: Path) -> None:
    (folder / "other.toml").write_text(
        'extends = "macron-2024"\nstances = ["rule_out", "quiet"]\n[names]\n'
        'sender = { name = "the United States", adjective = "American" }\n'
        'receiver = { name = "China", adjective = "Chinese" }\nprotege = "Taiwan"\ndeployed = "advisers"\n'
        "[signal.quiet]\ndeployment = 0.5\npinpoint = 0.1\nally_backing = 0.5\nstance_value = 0\n"
        "isolation = 0\naudience_cost = 0\nambiguity = 0.1\n[united_states]\ntraining_value = 0.2\n",
        encoding="utf-8",
    )
    done = call("new", "mine", "--from", "other.toml")
    said = (folder / "mine.toml").read_text(encoding="utf-8")
    assert done.exit_code == 0
    assert "An example to replace: the chance that the United States is resolute." in said
    assert "#signal.quiet.pinpoint = 0.1" in said
    assert "#united_states.training_value = 0.2" in said
    assert "signal.commit." not in said
    assert load_scenario(folder / "mine.toml").names == ("rule_out", "quiet")


def test_a_file_is_overwritten_only_by_force(folder: Path) -> None:
    (folder / "mine.toml").write_text("precious", encoding="utf-8")
    done = call("new", "mine")
    assert (done.exit_code, (folder / "mine.toml").read_text(encoding="utf-8")) == (2, "precious")
    assert "--force overwrites it" in done.stderr
    assert call("new", "mine", "--force").exit_code == 0
    assert "extends" in (folder / "mine.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("new",), "Missing argument 'NAME'"),
        (("new", "Kiev, 2022?"), "NAME must be letters, digits, - and _, such as Kiev-2022; it is 'Kiev, 2022?'"),
        (("new", "../mine"), "NAME must be letters, digits, - and _, such as mine"),
        (("new", "…"), "NAME must be letters, digits, - and _, such as my-crisis"),
        (("new", "columnist"), "'columnist' is a bundled scenario"),
        (("new", "mine", "--from", "columnst"), "did you mean 'columnist'?"),
        (("new", "mine", "--from", "textbook/spence"), "this gives a game outright"),
        (("new", "mine", "--from", "elsewhere.toml"), "there is no such file"),
        (("new", "mine", "--from", "game.toml"), "this gives a game outright"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_started_is_said_and_nothing_written(folder: Path, words: tuple[str, ...], said: str) -> None:
    (folder / "game.toml").write_text("[game]\n", encoding="utf-8")
    done = call(*words)
    assert done.exit_code == 2
    assert said in " ".join(done.stderr.split())
    assert [path.name for path in folder.iterdir()] == ["game.toml"]


def test_a_file_of_another_folder_cannot_be_extended(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other") / "far.toml"
    other.write_text('extends = "macron-2024"\n', encoding="utf-8")
    done = call("new", "mine", "--from", str(other))
    assert done.exit_code == 2
    assert "a file in this folder or below" in " ".join(done.stderr.split())
