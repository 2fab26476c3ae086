"""Does `sim plausible` keep its word? Output, files, wrong options.

Deliberate break that turned a test red: `--seed 0` read as no seed.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from places import DOCS

import sim
from sim.analyses.plausible.base_rates import load_base_rates
from sim.cli import main

FEW = ("--draws", "16", "--seed", "0")
PAGE = DOCS / "plausible.md"


def ran(*arguments: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(main, ["plausible", *arguments])


def test_json_is_what_the_function_returns_and_nothing_else() -> None:
    done = ran("--json", "--set", "prior.resolute=0.6", *FEW)
    scenario = sim.load_scenario("macron-2024").override({"prior.resolute": 0.6})
    assert (done.exit_code, done.stderr) == (0, "")
    assert json.loads(done.stdout) == sim.plausibility(scenario, draws=16, seed=0).to_dict()


def test_a_reader_gets_tables_and_the_folder_its_files(tmp_path: Path) -> None:
    folder = tmp_path / "beside"
    done = ran("--out", str(folder), "--full", *FEW)
    assert done.exit_code == 0
    assert "Where does the model lie beside what has happened" in done.stdout
    names = [f"plausible.{kind}" for kind in ("csv", "json", "png", "svg")]
    assert sorted(path.name for path in folder.iterdir()) == ["manifest.json", *names]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["no-such"], "no-such"),
        (["--set", "prior.resolut=1"], "no parameter is named 'prior.resolut'"),
        (["textbook/beer-quiche"], "gives a game outright"),
        (["--draws", "0"], "0 is not in the range"),
    ],
)
def test_a_wrong_command_line_is_refused_in_one_message(arguments: list[str], said: str) -> None:
    done = ran(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_the_page_shows_what_the_command_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    (block,) = re.findall(
        r"```console\n\$ sim plausible --all --full\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL
    )
    printed = [line.rstrip() for line in ran("--all", "--full").stdout.splitlines()]
    shown = [line for line in block.splitlines() if line and line != "…"]
    assert len(shown) > 12
    assert [line for line in shown if line not in printed] == []


def test_without_all_only_the_facts_of_the_figure_are_shown_and_the_others_are_named() -> None:
    facts = load_base_rates()
    few, every = (" ".join(ran(*words, "--full", *FEW).stdout.split()) for words in ((), ("--all",)))
    left = sum(not (fact.shown and fact.event) for fact in facts)
    assert f"{left} more facts are in the register: --all shows them." in few
    assert len(few) < len(every) / 2
    assert "--all" not in every
    counted = "the model’s mean lies"
    assert few[few.index(counted) :][:90] == every[every.index(counted) :][:90]


def test_the_page_lists_every_fact_with_its_source() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for fact in load_base_rates():
        assert fact.title in page
        assert fact.source in page
        assert all(link in page for link in fact.links)
