"""Does the command say, save and refuse what it should? As a user types it.

Deliberate break that turned a test red: the seed left out of the call.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from places import DOCS

from sim.analyses.sensitivity.analysis import sensitivity
from sim.cli import main
from sim.scenario.scenario import load_scenario


def said(*words: str) -> Result:
    """Return what the command does."""
    return CliRunner().invoke(main, ["sensitivity", *words], catch_exceptions=False)


def test_it_prints_drivers_swings_and_evidence_of_a_strike_under_ambiguity() -> None:
    result = said("--points", "1024", "--full")
    assert result.exit_code == 0
    assert result.stderr == ""
    for part in ("Which parameters drive a strike if France stays ambiguous?", "on its own?", "What stands behind"):
        assert part in result.stdout


def test_outcome_and_doctrine_choose_what_is_explained() -> None:
    result = said("macron-2024", "--outcome", "france_payoff", "--doctrine", "commit", "--points", "1024", "--full")
    assert "Which parameters drive France's payoff if it commits?" in result.stdout
    assert "· commit · 1,024 base points" in result.stdout


def test_json_is_the_dict_of_the_analysis_and_nothing_else() -> None:
    content = json.loads(said("--json", "--points", "1025", "--seed", "0", "--doctrine", "commit").stdout)
    expected = sensitivity(load_scenario("macron-2024"), doctrine="commit", points=1025, seed=0).to_dict()
    assert content == json.loads(json.dumps(expected))
    assert (content["draws"], content["seed"]) == (2048, 0)


def test_a_parameter_set_by_hand_drives_nothing() -> None:
    result = said("--points", "1024", "--set", "france.war_cost.resolute=10", "--full")
    assert "1 set by hand" in result.stdout
    assert "france.war_cost.resolute" not in result.stdout


def test_play_applies_to_equilibrium() -> None:
    result = said("--doctrine", "equilibrium", "--refinement", "d1", "--points", "1024", "--full")
    assert "refinement d1" in " ".join(result.stdout.split())


def test_what_never_happens_is_said_in_a_sentence() -> None:
    result = said("--doctrine", "rule_out", "--points", "1024")
    assert result.exit_code == 0
    assert "it never happens" in " ".join(result.stdout.split())
    assert "nan" not in result.stdout


def test_out_saves_the_answer_and_both_figures(tmp_path: Path) -> None:
    result = said("--points", "1024", "--out", str(tmp_path / "drivers"))
    assert result.exit_code == 0
    saved = {path.name for path in (tmp_path / "drivers").iterdir()}
    figures = {f"{name}.{kind}" for name in ("sensitivity", "tornado") for kind in ("png", "svg", "csv")}
    assert saved == figures | {"sensitivity.json", "manifest.json"}
    assert "Saved in" in result.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--outcome", "peace"], "'peace' is not one of 'strike'"),
        (["--doctrine", "bluff"], "--doctrine must be one of rule_out, ambiguous, commit, equilibrium; it is 'bluff'"),
        (["--points", "1023"], "1023 is not in the range 1024<=x<=262144"),
        (["--seed", "-1"], "-1 is not in the range"),
        (["--refinement", "d1"], "--refinement=d1 needs --doctrine equilibrium"),
        (["nowhere"], "nowhere"),
        (["textbook/beer-quiche"], "no uncertain parameters to draw"),
        (["--set", "prior.resolut=1"], "prior.resolute"),
    ],
)
def test_a_wrong_command_line_is_refused_with_one_clear_message(words: list[str], message: str) -> None:
    result = said(*words)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_the_help_ends_with_examples_that_work() -> None:
    lines = said("--help").stdout.splitlines()
    examples = [line.split() for line in lines[-2:]]
    assert all(words[:2] == ["sim", "sensitivity"] for words in examples)
    assert said(*examples[0][2:], "--points", "1024").exit_code == 0


def test_the_table_in_the_documentation_is_what_the_command_prints() -> None:
    page = (DOCS / "sensitivity.md").read_text(encoding="utf-8")
    lines = [line.split() for line in page.partition("S1        ST")[2].partition("```")[0].splitlines()]
    rows = [words for words in lines if words and words[-1] == "%"]
    printed = [line.split() for line in said("--full").stdout.splitlines()]
    assert len(rows) == 5
    assert [words for words in rows if words not in printed] == []
