"""Does `sim compare` keep its word? Output, files, every fault at once.

Deliberate breaks that turned a test red: only the first file's faults reported; variants of one parameter merged into
one; `--against` counted from 0; what differs told in the article's words of others.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from places import DOCS, ROOT

import sim
from sim.cli import main

FEW = ("--draws", "16", "--seed", "0")


def ran(*arguments: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(main, ["compare", *arguments])


def test_json_is_what_the_function_returns_and_nothing_else() -> None:
    done = ran("--vary", "prior.resolute=0.6", "--json", *FEW)
    base = sim.load_scenario("macron-2024")
    expected = sim.compare([base, base.override({"prior.resolute": 0.6})], draws=16, seed=0)
    assert (done.exit_code, done.stderr) == (0, "")
    assert json.loads(done.stdout) == expected.to_dict()


def test_the_same_parameter_may_be_varied_more_than_once() -> None:
    done = ran("--vary", "prior.resolute=0.3", "--vary", "prior.resolute=0.6", "--json", *FEW)
    given = [settings.get("prior.resolute") for settings in json.loads(done.stdout)["settings"].values()]
    assert given == [None, 0.3, 0.6]


def test_against_counts_from_one() -> None:
    done = ran("--vary", "prior.resolute=0.3", "--against", "2", "--json", *FEW)
    assert json.loads(done.stdout)["scenario"] == "macron-2024 with prior.resolute=0.3"


def test_a_reader_gets_tables_and_the_folder_its_files(tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    done = ran("macron-2024", "macron-2024", "--out", str(folder), "--full", *FEW)
    assert done.exit_code == 0
    assert "What changes with macron-2024 (2) if France commits?" in done.stdout
    assert sorted(path.name for path in folder.iterdir()) == [
        "comparison-macron-2024-2-with-macron-2024.csv",
        "comparison-macron-2024-2-with-macron-2024.png",
        "comparison-macron-2024-2-with-macron-2024.svg",
        "comparison.json",
        "manifest.json",
    ]
    assert "Saved in" in done.stderr


def test_a_file_alone_is_compared_with_what_it_extends(tmp_path: Path) -> None:
    middle, own = tmp_path / "middle.toml", tmp_path / "own.toml"
    middle.write_text('extends = "columnist"\n', encoding="utf-8")
    own.write_text('extends = "middle.toml"\n', encoding="utf-8")
    for source, parent in ((str(own), "middle"), (str(middle), "columnist"), ("columnist", "macron-2024")):
        done = ran(source, "--json", *FEW)
        assert json.loads(done.stdout)["labels"] == [parent, Path(source).stem]
        assert done.stderr.startswith(f"sim: {source} extends {parent}: compared with {parent}\n")
    assert ran("columnist", "--json", "--quiet", *FEW).stderr == ""
    assert json.loads(ran("columnist", "--vary", "prior.resolute=0.4", "--json", *FEW).stdout)["labels"] == [
        "columnist",
        "columnist with prior.resolute=0.4",
    ]


def test_a_file_that_extends_none_is_compared_with_the_central_scenario_and_that_is_said(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_bytes((ROOT / "scenarios" / "macron-2024.toml").read_bytes())
    done = ran(str(own), "--json", *FEW)
    assert json.loads(done.stdout)["labels"][0] == "macron-2024"
    assert done.stderr == f"sim: {own} extends no scenario: compared with macron-2024\nsim: no numbers differ\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["tied-hands"], "1 number differs: what folding costs on top (commit)"),
        (["tied-hands", "macron-2024", "--against", "2"], "1 number differs: what folding costs on top (commit)"),
        (["columnist"], "2 numbers differ: chance that France is resolute; chance that Russia is the opportunist"),
        (["one-voice"], "no numbers differ; also: how numbers are tied"),
        (["world-war-shadow"], "no numbers differ; also: what Russia's worst case is"),
        (["allies-back"], "2 numbers differ: chance that allies back France (stay ambiguous, commit)"),
        (["macron-2024", "cuba-1962"], "; and others"),
        (["macron-2024", "cuba-1962"], "chance that the Soviet Union is the opportunist"),
    ],
)
def test_what_differs_between_two_is_said_in_their_words(words: list[str], said: str) -> None:
    assert said in ran(*words, *FEW).stderr
    assert "differ" not in ran(*words, "--quiet", *FEW).stderr


def test_a_parameter_is_set_in_all_scenarios_and_its_faults_are_told_once() -> None:
    done = ran("columnist", "--set", "prior.resolute=0.4", "--vary", "prior.opportunist=0.2", "--json", *FEW)
    told = json.loads(done.stdout)
    assert list(told["settings"].values()) == [
        {"prior.resolute": 0.4},
        {"prior.resolute": 0.4, "prior.opportunist": 0.2},
    ]
    assert told["labels"] == ["columnist", "columnist with prior.opportunist=0.2"]
    assert "Set by hand: prior.resolute = 0.4." in told["notes"]
    assert "columnist, prior.opportunist=0.2, each with chance that France is resolute at 0.4" in ran(
        "columnist", "--set", "prior.resolute=0.4", "--vary", "prior.opportunist=0.2", "--full", *FEW
    ).stdout.replace("\n", " ").replace("  ", " ")
    wrong = ran("macron-2024", "columnist", "--set", "prior.resolut=0.4", *FEW)
    assert (wrong.exit_code, wrong.stderr.count("no parameter is named 'prior.resolut'")) == (2, 1)


def test_all_faults_of_all_files_and_variants_come_at_once(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text("sede = 7\n", encoding="utf-8")
    done = ran("macron-2024", str(bad), "no-such", "textbook/beer-quiche", "--vary", "prior.resolut=2", *FEW)
    assert (done.exit_code, done.stdout) == (2, "")
    for said in ("unknown key 'sede'", "no-such", "gives a game outright", "no parameter is named 'prior.resolut'"):
        assert said in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["macron-2024"], "there must be two scenarios to compare"),
        (["macron-2024", "macron-2024", "--against", "3"], "--against must be at most 2"),
        (["--vary", "prior.resolute"], "it must read NAME=VALUE"),
    ],
)
def test_a_wrong_command_line_is_refused_in_one_message(arguments: list[str], said: str) -> None:
    done = ran(*arguments, *FEW)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_the_page_shows_what_the_command_prints(monkeypatch: pytest.MonkeyPatch, compared_once: None) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    page = (DOCS / "compare.md").read_text(encoding="utf-8")
    varied = ("--vary", "prior.resolute=0.6")
    printed = [line.rstrip() for more in ((), ("--full",)) for line in ran(*varied, *more).stdout.splitlines()]
    blocks = re.findall(
        r"```console\n((?:\$ sim compare --vary prior\.resolute=0\.6\n|\$ sim[^\n]*--full|What).*?)```", page, re.S
    )
    shown = [line for block in blocks for line in block.splitlines() if line and line != "…" and line[0] != "$"]
    assert [len(blocks), len(shown) > 25] == [3, True]
    assert [line for line in shown if line not in printed] == []
    (essay,) = re.findall(r"^\| commit \| .*$", page, re.M)
    assert essay in ran("columnist", "--table", "markdown", "--quiet").stdout.splitlines()
