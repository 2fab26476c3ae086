"""The command `sim campaign`: what it prints, saves and refuses.

Deliberate break that turned a test red: `--history` not handed to the plan.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import sim
from sim.analyses.campaign.plan import MOST_MONTHS, CampaignPlan
from sim.cli import main
from sim.commands.analyses.campaign import MOST_HISTORY, campaign

FEW = ("--draws", "64", "--months", "3")


def run(*arguments: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(main, ["campaign", *arguments])


def test_json_is_the_campaign_and_nothing_else() -> None:
    answer = run(*FEW, "--json", "--doctrine", "commit", "--history", "2", "--seed", "0", "--rationality", "3")
    assert answer.exit_code == 0
    plan = CampaignPlan(months=3, doctrine="commit", rationality=3.0, history=2)
    expected = sim.campaign(sim.load_scenario("macron-2024"), plan, draws=64, seed=0).to_dict()
    assert json.loads(answer.stdout) == expected
    assert list(expected)[:4] == ["schema", "scenario", "draws", "seed"]
    assert [len(curve) for curve in expected["survival"].values()] == [4] * 7


def test_the_answer_names_the_question_and_what_to_do_next() -> None:
    answer = run(*FEW, "--set", "prior.resolute=0.5", "--full")
    assert answer.exit_code == 0
    assert "How likely is it that a campaign has got at least so far?" in answer.stdout
    assert "Read this with care" in answer.stdout
    assert answer.stderr == ""


def test_quiet_says_nothing_beside_the_answer() -> None:
    assert run(*FEW, "--quiet").stderr == ""


def test_out_saves_the_answer_and_both_figures(tmp_path: Path) -> None:
    answer = run(*FEW, "--json", "--out", str(tmp_path / "saved"), "--concept", "equilibrium")
    assert answer.exit_code == 0
    names = {path.name for path in (tmp_path / "saved").iterdir()}
    assert names >= {"campaign.json", "survival.png", "survival.csv", "belief_fans.svg"}
    assert json.loads((tmp_path / "saved" / "campaign.json").read_text(encoding="utf-8")) == json.loads(answer.stdout)


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--months", "0", "is not in the range"),
        ("--months", "1.5", "is not a valid integer range"),
        ("--history", "-1", "is not in the range"),
        ("--doctrine", "bluff", "--doctrine must be one of rule_out, ambiguous, commit; it is 'bluff'"),
        ("--concept", "level-k", "is not one of"),
        ("--rationality", "-1", "is not in the range"),
        ("--rationality", "nan", "rationality must be finite and at least 0; it is nan."),
        ("--set", "prior.bold=1", "no parameter is named 'prior.bold'"),
    ],
)
def test_a_wrong_option_is_named_and_nothing_is_run(option: str, value: str, said: str) -> None:
    answer = run(option, value)
    assert answer.exit_code == 2
    assert said in answer.stderr
    assert "Traceback" not in answer.output


def test_a_game_given_outright_has_nothing_to_draw() -> None:
    answer = run("textbook/beer-quiche")
    assert answer.exit_code == 2
    assert "it has no uncertain parameters to draw" in answer.stderr


def test_the_limits_of_the_options_are_those_of_the_code() -> None:
    options = {option.name: option.type for option in campaign.params}
    assert options["months"].max == MOST_MONTHS  # type: ignore[attr-defined]
    assert CampaignPlan(months=MOST_MONTHS, history=MOST_HISTORY).months == 240
