"""Does a shell offer the names that may stand where the cursor is, those of the file at hand among them?

Deliberate breaks that turned a test red: names of the article's case offered for a file about others; `signal.commit`
offered for a file that lists no such stance; an error from a file that is half typed.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import BashComplete, ShellComplete
from places import ROOT

from sim.cli import main
from sim.lookup.terms import glossary
from sim.scenario.evidence import load_register
from sim.scenario.library import bundled_games, bundled_scenarios
from sim.scenario.scenario import load_scenario

OTHER = """
extends = "macron-2024"
stances = ["rule_out", "quiet"]
[names]
sender = { name = "the United States", adjective = "American" }
receiver = { name = "China", adjective = "Chinese" }
protege = "Taiwan"
deployed = "advisers"
stances = { quiet = "go in quietly" }
[claims.press-club]
claim = "Said."
source = "Somebody"
[voice.author]
"prior.resolute" = 0.5
[signal.quiet]
deployment = 0.5
pinpoint = 0.1
ally_backing = 0.5
stance_value = 0
isolation = 0
audience_cost = 0
ambiguity = 0.1
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder with a scenario of one's own, and a run."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "other.toml").write_text(OTHER, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("", encoding="utf-8")
    (tmp_path / "runs" / "first").mkdir(parents=True)
    (tmp_path / "runs" / "first" / "result.json").write_text(
        json.dumps({"title": "One", "draws": 64}), encoding="utf-8"
    )
    return tmp_path


def offered(*words: str) -> dict[str, str | None]:
    """Return what is offered for the last word, with what is said of it."""
    found = ShellComplete(main, {}, "sim", "_SIM_COMPLETE").get_completions([*words[:-1]], words[-1])
    return {item.value: item.help for item in found}


def test_scenarios_and_files_are_offered() -> None:
    names = offered("run", "")
    assert {*bundled_scenarios(), *bundled_games(), "other.toml"} <= names.keys()
    assert "notes.txt" not in names
    assert list(offered("run", "macr")) == ["macron-2024"]
    assert offered("run", "macr")["macron-2024"] == "French trainers for Ukraine, June 2024"
    for command in (("solve",), ("compare", "macron-2024"), ("check",), ("page",), ("new", "mine", "--from")):
        assert list(offered(*command, "oth")) == ["other.toml"]


def test_files_of_a_folder_are_offered_as_it_is_typed(folder: Path) -> None:
    (folder / "mine").mkdir()
    (folder / "mine" / "a.toml").write_text("", encoding="utf-8")
    assert "mine/" in offered("run", "mi")
    assert list(offered("run", "mine/")) == ["mine/a.toml"]
    assert offered("run", "no-such-folder/") == {}


def test_numbers_are_offered_with_their_meaning_and_the_sign_that_a_value_follows() -> None:
    named = offered("run", "--set", "")
    scenario = load_scenario("macron-2024")
    assert {f"{name}=" for name in scenario.entries} <= named.keys()
    assert named["signal.ambiguous.pinpoint="] == "chance that a strike finds them (stay ambiguous)"
    assert list(offered("run", "--set", "escalation.nuc")) == ["escalation.nuclear_if_war="]
    assert "prior.resolute=" in offered("compare", "--vary", "prior.")
    assert "prior.resolute" in offered("sweep", "--x", "prior.")


def test_numbers_are_those_of_the_file_at_hand_under_its_own_names() -> None:
    named = offered("run", "other.toml", "--set", "")
    assert "signal.quiet.pinpoint=" in named
    assert "united_states.war_cost=" in named
    assert named["signal.quiet.pinpoint="] == "chance that a strike finds them (go in quietly)"
    assert [
        name for name in named if name.startswith(("signal.commit", "signal.ambiguous", "france.", "russia."))
    ] == []
    for name in named:
        load_scenario("other.toml").override({name.removesuffix("="): load_value(name)})


def load_value(name: str) -> float:
    """Return a value that every number but a deployment of nobody may have."""
    return 0.0 if "rule_out" in name else 0.5


def test_stances_voices_and_rungs_are_offered() -> None:
    assert list(offered("channels", "--from", "")) == ["rule_out", "ambiguous", "commit"]
    assert offered("channels", "other.toml", "--to", "") == {"rule_out": "rule out", "quiet": "go in quietly"}
    assert list(offered("sweep", "other.toml", "--doctrine", "q")) == ["quiet"]
    assert list(offered("campaign", "--doctrine", "c")) == ["commit"]
    assert list(offered("run", "author-slant", "--voice", "")) == ["author="]
    assert list(offered("robustness", "--ceiling", "w")) == ["war="]
    assert list(offered("channels", "--outcome", "nuc")) == ["nuclear"]


def test_runs_terms_and_claims_are_offered() -> None:
    assert offered("open", "") == {"runs/first": "One"}
    assert list(offered("show", "ru")) == ["runs/first"]
    assert {term.name for term in glossary()} <= offered("explain", "").keys()
    assert load_register().keys() <= offered("evidence", "").keys()
    assert "press-club" in offered("evidence", "--of", "other.toml", "")
    assert "pinpoint" not in offered("parameters", "")
    assert "signal.ambiguous.pinpoint" in offered("parameters", "signal.amb")


def test_a_file_that_cannot_be_read_is_no_fault_while_a_line_is_typed(folder: Path) -> None:
    (folder / "broken.toml").write_text("[", encoding="utf-8")
    assert "prior.resolute=" in offered("run", "broken.toml", "--set", "prior")


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")
def test_bash_offers_names_as_the_manual_says(folder: Path) -> None:
    program = folder / "bin" / "sim"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m sim.cli "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    script = """
eval "$(_SIM_COMPLETE=bash_source sim)"
COMP_WORDS=(sim run other.toml --set united_states.war_cost.b)
COMP_CWORD=4
_sim_completion sim
printf '%s\\n' "${COMPREPLY[@]}"
"""
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "--norc", "-c", script],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PATH": path},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.split() == ["united_states.war_cost.bluffing="], done.stderr


def test_the_manual_tells_how_to_switch_it_on_in_every_shell_that_click_knows() -> None:
    text = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    for shell in ("bash", "zsh", "fish"):
        assert f"_SIM_COMPLETE={shell}_source sim" in text
    assert BashComplete.name == "bash"
