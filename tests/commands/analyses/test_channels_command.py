"""Does `sim channels` keep its word? Its contract for programs, files, exit codes and choices.

Deliberate breaks that turned these red: --from and --to exchanged; talk on standard output.
"""

from __future__ import annotations

import doctest
import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from places import DOCS

import sim
from sim.analyses.channels.shapley import MEASURES
from sim.cli import main
from sim.commands.analyses import channels as command

FEW = ("--draws", "16")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def call(*words: str) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(main, ["channels", *words], terminal_width=80, prog_name="sim")


def test_the_choices_are_those_of_the_model() -> None:
    assert command.MEASURES == MEASURES


def test_the_table_says_what_makes_the_difference() -> None:
    done = call(*FEW, "--full")
    assert done.exit_code == 0
    assert done.stderr == ""
    assert "What makes the difference between commit and ambiguous to a strike?" in done.stdout
    assert "read casualties beside them" in done.stdout


def test_json_is_the_dict_and_nothing_else() -> None:
    words = ("--from", "rule_out", "--to", "commit", "--outcome", "war", "--seed", "0", "--json")
    told = json.loads(call(*FEW, *words).stdout)
    scenario = sim.load_scenario("macron-2024")
    assert told == sim.channels(scenario, 16, 0, start="rule_out", end="commit", outcome="war").to_dict()
    assert (told["from"], told["to"], told["outcome"]) == ("rule_out", "commit", "war")
    assert sum(told["channels"].values()) == pytest.approx(told["total"], abs=1e-12)


def test_settings_reach_the_split_and_are_told() -> None:
    told = json.loads(call(*FEW, "--set", "signal.ambiguous.deployment=1", "--json").stdout)
    assert told["settings"] == {"signal.ambiguous.deployment": 1.0}
    assert told["channels"]["deployment"] == 0.0


def test_a_folder_takes_the_answer_and_the_figure(folder: Path) -> None:
    done = call(*FEW, "--out", "here", "--quiet")
    names = ["channels.csv", "channels.json", "channels.png", "channels.svg"]
    assert sorted(path.name for path in (folder / "here").iterdir()) == [*names, "manifest.json"]
    assert done.stderr == "Saved in here: channels.json, channels.png.\n"
    told = json.loads((folder / "here" / "channels.json").read_text(encoding="utf-8"))
    assert told == json.loads(call(*FEW, "--json").stdout)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--from", "bluster"), "--from must be one of rule_out, ambiguous, commit; it is 'bluster'"),
        (("--outcome", "peace"), "'peace' is not one of 'strike'"),
        (("--draws", "0"), "0 is not in the range"),
        (("--from", "commit", "--to", "commit"), "--from and --to must be different stances; both are commit"),
        (("--set", "signal.commit.pinpoint=2"), "signal.commit.pinpoint=2"),
        (("textbook/beer-quiche",), "gives a game outright"),
    ],
)
def test_what_cannot_be_asked_ends_with_one_message(words: tuple[str, ...], message: str) -> None:
    done = call(*words)
    assert done.exit_code == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


PAGE = DOCS / "channels.md"
CONSOLE = "\n".join(re.findall(r"```console\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL))
COMMANDS = re.findall(r"^\$ sim channels (.*)\n((?:(?!\$ ).*\n)*)", CONSOLE, flags=re.MULTILINE)


@pytest.mark.parametrize(("arguments", "shown"), COMMANDS, ids=["baseline", "caution"])
def test_the_page_shows_what_the_command_prints(arguments: str, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    printed = [line.rstrip() for line in call(*shlex.split(arguments)).stdout.splitlines()]
    place = 0
    for line in (line for line in shown.splitlines() if line not in ("…", "")):
        assert line in printed[place:]
        place = printed.index(line, place) + 1


def test_the_example_of_the_page_runs() -> None:
    assert doctest.testfile(str(PAGE), module_relative=False) == doctest.TestResults(failed=0, attempted=4)
