"""Does ``sim robustness`` keep its word? Output, files, and one clear message for what is wrong.

Deliberate break that turned a test red: a ceiling refused if it is below 0 or above 1, which lets "nan" pass.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from places import DOCS

import sim
from sim.analyses.robustness import regret
from sim.cli import main
from sim.commands.analyses.robustness import QUANTITIES

PAGE = DOCS / "robustness.md"
FEW = ("--draws", "64", "--seed", "0")


def call(*words: str) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(main, ("robustness", *words), terminal_width=80, prog_name="sim")


def test_the_quantities_are_those_that_can_be_compared() -> None:
    assert QUANTITIES == regret.QUANTITIES


def test_it_prints_five_tables_and_what_to_bear_in_mind() -> None:
    said = call(*FEW, "--full")
    assert said.exit_code == 0
    for question in (
        "How much does each stance regret?",
        "What would the classical rules advise?",
        "flips the ranking?",
    ):
        assert question in said.stdout
    assert "Read this with care" in said.stdout
    assert said.stderr == ""


def test_json_is_the_answer_and_nothing_else() -> None:
    said = call(*FEW, "--json", "--by", "war", "--hurwicz", "0.9", "--ceiling", "war=0.01", "--ceiling", "strike=0.5")
    scenario = sim.load_scenario("macron-2024")
    expected = sim.robustness(scenario, 64, 0, by="war", hurwicz=0.9, ceilings={"war": 0.01, "strike": 0.5})
    assert json.loads(said.stdout) == json.loads(json.dumps(expected.to_dict()))


def test_a_folder_holds_the_answer_and_both_figures(tmp_path: Path) -> None:
    said = call(*FEW, "--out", str(tmp_path / "new"))
    names = sorted(path.name for path in (tmp_path / "new").iterdir())
    assert [name for name in names if name != "manifest.json"] == [
        *(f"{name}.{end}" for name in ("flips", "regrets") for end in ("csv", "png", "svg")),
        "robustness.json",
    ]
    assert said.stderr.startswith("Saved in ")
    assert "Saved" not in said.stdout


def test_the_tables_of_the_page_are_real_output() -> None:
    blocks = re.findall(
        r"^```\n( stance .*?| rule .*?| belief.*?)```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    printed = {line.rstrip() for line in call("--quiet", "--full").stdout.splitlines()}
    lines = [line.rstrip() for block in blocks for line in block.splitlines()]
    assert len(lines) > 20
    assert [line for line in lines if line not in printed] == []


def test_a_setting_changes_the_answer_and_is_told() -> None:
    said = call(*FEW, "--set", "signal.rule_out.stance_value=1.5", "--full")
    assert "Ruling out is best for France in all draws" in said.stdout
    assert "Set by hand: signal.rule_out.stance_value = 1.5." in said.stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--by", "peace"), "'peace' is not one of"),
        (("--ceiling", "peace=0.1"), "RUNG must be one of strike, casualties"),
        (("--ceiling", "war"), "P must be a number, such as war=0.01; it is 'war'"),
        (("--ceiling", "war=2"), "P must lie between 0 and 1; 'war=2' has 2"),
        (("--ceiling", "war=nan"), "P must lie between 0 and 1; 'war=nan' has nan"),
        (("--hurwicz", "1.5"), "1.5 is not in the range"),
        (("--draws", "0"), "0 is not in the range"),
        (("no-such-scenario",), "no-such-scenario"),
        (("textbook/beer-quiche",), "it has no uncertain parameters to draw"),
    ],
)
def test_what_is_wrong_gets_one_clear_message_and_exit_code_2(words: tuple[str, ...], message: str) -> None:
    said = call(*words)
    assert said.exit_code == 2
    assert message in " ".join(said.stderr.split())
    assert "Traceback" not in said.stderr
    assert said.stdout == ""
