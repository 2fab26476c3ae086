"""Does `--table` print one table for an essay and nothing else, with the numbers of the answer?

Deliberate breaks that turned a test red: the first screen printed too; means before and after swapped; a renamed
scenario told in the words of the reference case.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from places import ROOT

import sim
from sim.cli import main
from sim.telling.numbers import half_width

pytestmark = pytest.mark.usefixtures("no_layout")

FEW = ("--draws", "64", "--seed", "0")
RENAMED = ROOT / "tests" / "support" / "renamed.toml"


@pytest.fixture(autouse=True)
def _apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def ran(*words: str) -> Result:
    """Run a command."""
    return CliRunner().invoke(main, words, prog_name="sim")


def records(text: str) -> list[dict[str, str]]:
    """Read CSV."""
    return list(csv.DictReader(io.StringIO(text)))


def test_csv_of_a_run_has_every_number_of_it() -> None:
    rows = records(ran("run", "--out", "out", "--table", "csv", *FEW).stdout)
    expected = sim.run("macron-2024", 64, 0).table()
    assert len(rows) == len(expected)
    for row, own in zip(rows, expected, strict=True):
        assert (row["stance"], row["outcome"]) == (own["stance"], own["outcome"])
        assert [float(row[key]) for key in list(own)[2:]] == [own[key] for key in list(own)[2:]]
        assert float(row["half_width"]) == half_width(own["se"])
        assert (row["scenario"], row["draws"], row["seed"]) == ("macron-2024", "64", "0")
        assert row["version"] == sim.__version__


def test_csv_of_a_comparison_has_levels_of_both_and_their_difference() -> None:
    rows = records(ran("compare", "columnist", "--table", "csv", *FEW).stdout)
    one, other = (sim.run(name, 64, 0).table() for name in ("macron-2024", "columnist"))
    assert len(rows) == len(one)
    for row, before, after in zip(rows, one, other, strict=True):
        assert (row["stance"], row["outcome"]) == (before["stance"], before["outcome"])
        assert [float(row["before"]), float(row["after"])] == [before["mean"], after["mean"]]
        assert float(row["difference"]) == pytest.approx(after["mean"] - before["mean"], abs=1e-12)
        assert (row["scenario"], row["against"]) == ("columnist", "macron-2024")


@pytest.mark.parametrize(
    ("form", "first", "last"),
    [("markdown", "| stance |", "seed 0."), ("latex", r"% needs \usepackage{booktabs}", r"\end{table}")],
)
def test_a_table_stands_alone_and_names_its_source(form: str, first: str, last: str) -> None:
    done = ran("compare", "macron-2024", "columnist", "heisbourg", "--table", form, "--quiet", *FEW)
    assert (done.exit_code, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0].startswith(first.replace("stance", "scenario"))
    assert lines[-1].endswith(last)
    source = f"sim {sim.__version__}, scenarios macron-2024, columnist and heisbourg, 64 draws, seed 0."
    assert source in done.stdout
    assert "Next:" not in done.output


def test_settings_are_part_of_the_source() -> None:
    done = ran("run", "--set", "prior.resolute=0.5", "--table", "markdown", "--out", "out", *FEW)
    assert r"scenario macron-2024 with prior.resolute=0.5, 64 draws, seed 0." in done.stdout
    done = ran("compare", "columnist", "--set", "prior.opportunist=0.5", "--table", "markdown", *FEW)
    assert r"scenarios macron-2024 and columnist with prior.opportunist=0.5, 64 draws" in done.stdout


def test_a_renamed_scenario_is_told_in_its_words_and_read_by_programs_in_ours() -> None:
    for command in (("run", "--out", "out"), ("compare", "--vary", "prior.resolute=0.5")):
        for form in ("markdown", "latex"):
            done = ran(command[0], str(RENAMED), *command[1:], "--table", form, "--force", *FEW)
            assert done.exit_code == 0, done.output
            assert not [word for word in ("France", "Russia", "trainers") if word in done.stdout]
    assert {row["stance"] for row in records(ran("run", str(RENAMED), "--table", "csv", *FEW).stdout)} >= {"commit"}


@pytest.mark.parametrize("other", ["--json", "--full"])
@pytest.mark.parametrize("command", ["run", "compare"])
def test_only_one_way_of_printing_is_possible(command: str, other: str) -> None:
    done = ran(command, "columnist", "--table", "csv", other, *FEW)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "--table, --json and --full exclude each other" in done.stderr


def test_with_out_the_answer_is_saved_all_the_same() -> None:
    done = ran("compare", "columnist", "--table", "markdown", "--out", "out", *FEW)
    assert done.exit_code == 0
    assert (Path("out") / "comparison-columnist-with-macron-2024.png").exists()
    assert done.stdout.startswith("| stance |")
