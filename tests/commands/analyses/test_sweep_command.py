"""Does `sim sweep` keep its word? Output, files, options, and one clear message for each wrong command line.

Deliberate breaks that turned a test red: ``--y-range`` given to the first axis; ``--draws`` silently ignored at central
values.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sim.analyses.regimes import analysis as regimes
from sim.cli import main
from sim.commands.analyses.sweep import FEWEST_NODES, MOST_NODES, OUTCOMES
from sim.crisis import ladder

FAST = ("--grid", "6")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def call(*words: str) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(main, ["sweep", *words], terminal_width=80, prog_name="sim")


def test_the_choices_are_those_of_the_model() -> None:
    assert ladder.OUTCOMES == OUTCOMES
    assert (FEWEST_NODES, MOST_NODES) == (2, regimes.MOST_NODES)


def test_it_answers_three_questions_without_any_option(folder: Path) -> None:
    done = call("--full")
    assert done.exit_code == 0, done.output
    said = " ".join(done.stdout.split())
    assert "Which kinds of play are on this map?" in said
    assert "1* both stay ambiguous Russia holds 51.1 %" in said
    assert "prior.resolute 0.311 0.31 → 0.19 · France is resolute regime 4" in said
    assert "opportunist Russia strikes below 0.188 below 0.399" in said
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert (done.stderr, list(folder.iterdir())) == ("", [])


def test_json_is_the_dict_and_nothing_else() -> None:
    answer = json.loads(call("--x", "france.war_cost.resolute", "--x-range", "2", "50", *FAST, "--json").stdout)
    assert (answer["schema"], answer["draws"], answer["x"]["name"], answer["x"]["log"]) == (
        1,
        None,
        "france.war_cost.resolute",
        True,
    )
    assert (answer["x"]["low"], answer["x"]["high"], len(answer["map"])) == (2, 50, 6)


def test_each_axis_has_the_range_that_is_given_for_it() -> None:
    answer = json.loads(call("--x-range", "0.1", "0.2", "--y-range", "-0.3", "0.4", *FAST, "--json").stdout)
    ends = [(answer[axis]["low"], answer[axis]["high"]) for axis in ("x", "y")]
    assert ends == [(0.1, 0.2), (-0.3, 0.4)]


def test_play_doctrine_and_settings_reach_the_map() -> None:
    words = ("--concept", "quantal", "--rationality", "2", "--doctrine", "commit", "--set", "prior.opportunist=0.5")
    answer = json.loads(call(*words, "--outcome", "war", *FAST, "--json").stdout)
    assert (answer["concept"], answer["rationality"], answer["doctrine"], answer["outcome"]) == (
        "quantal",
        2,
        "commit",
        "war",
    )
    assert answer["settings"] == {"prior.opportunist": 0.5}
    assert {regime["family"] for regime in answer["regimes"]} == {"quantal"}
    assert answer["break_even_lines"]["stance"] == "commit"


def test_over_draws_says_how_often_and_how_exact() -> None:
    done = call("--over", "draws", "--grid", "3", "--draws", "20", "--seed", "0", "--full")
    said = " ".join(done.stdout.split())
    assert "32 draws of all else · seed 0" in said
    assert "* holds most often at the baseline, in" in said
    assert "Numerical error of a share of draws: ±" in said


def test_the_folder_holds_the_figure_the_nodes_and_the_answer(folder: Path) -> None:
    done = call(*FAST, "--outcome", "war", "--out", "map")
    assert done.stderr.startswith("Saved in map: sweep.json, regimes.png.\n")
    rows = list(csv.DictReader((folder / "map" / "regimes.csv").read_text(encoding="utf-8").splitlines()))
    answer = json.loads((folder / "map" / "sweep.json").read_text(encoding="utf-8"))
    assert len(rows) == 36
    labels = [int(label) for line in answer["map"] for label in line.split()]
    assert [row["regime"] for row in rows] == [answer["regimes"][label]["name"] for label in labels]
    assert all(0 <= float(row["probability"]) <= 1 for row in rows)
    assert call(*FAST, "--out", "map", "--force").exit_code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("--x", "prior.resolut"),
            "prior.resolut: no parameter is named 'prior.resolut' did you mean 'prior.resolute'?",
        ),
        (("--y", "prior.resolute"), "--x and --y must be different parameters; both are prior.resolute."),
        (("--x-range", "0.5", "0.1"), "range 0.5 0.1: the low end must come first did you mean 0.1 0.5?"),
        (("--x-range", "0.5", "1.1"), "the range must lie within the parameter's bounds allowed: 0 to 1"),
        (("--x-range", "0.5", "0.5"), "the ends must differ"),
        (("--x-range", "0.5"), "Option '--x-range' requires 2 arguments"),
        (("--outcome", "peace"), "'peace' is not one of 'strike'"),
        (("--doctrine", "rule_out"), "--doctrine must be one of ambiguous, commit; it is 'rule_out'."),
        (("--grid", "1"), "1 is not in the range 2<=x<=1000"),
        (("--draws", "64"), "--draws and --seed need --over draws."),
        (("--seed", "0"), "--draws and --seed need --over draws."),
        (("--select", "uniform"), "select must name the one equilibrium that is played; uniform names none."),
        (("textbook/spence",), "gives a game outright: it has no uncertain parameters"),
        (("--set", "prior.resolute=2"), "prior.resolute must lie in [0, 1]"),
    ],
    ids=" ".join,
)
def test_a_wrong_command_line_ends_with_2_and_says_why(folder: Path, words: tuple[str, ...], said: str) -> None:
    done = call(*words)
    assert done.exit_code == 2
    assert said in " ".join(done.stderr.split())
    assert (done.stdout, list(folder.iterdir())) == ("", [])
