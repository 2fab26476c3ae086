"""Does every command begin with a screen that one can read? At most 25 lines of 80, with what to do next.

Two scenarios stand for all here; `SIM_EVERY_CRISIS=1 python -m pytest tests/commands/test_first_screens.py` counts all.

Deliberate break: five more rows in the first table of `sim sweep` turned it red.
"""

from __future__ import annotations

import os
import re
import shlex
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from places import ROOT

import sim
from sim.cli import main
from sim.commands.running.show import PARTS

pytestmark = pytest.mark.usefixtures("no_layout")

LINES, COLUMNS = 25, 80
ASKED = (
    "run {} --draws 64 --out run",
    "solve {}",
    "channels {} --draws 16",
    "compare {} --vary prior.resolute=0.6 --draws 16",
    "compare macron-2024 {} columnist --draws 16",
    "compare heisbourg {} training-site-pays world-war-shadow --draws 16",
    "sweep {} --grid 4",
    "sensitivity {} --points 1024",
    "readings {} --draws 16",
    "robustness {} --draws 64",
    "campaign {} --draws 16 --months 6",
    "plausible {} --draws 16",
    "show run",
    "replay run --draw 3",
    "list",
    "parameters --of {}",
    "evidence --of {}",
    "explain --of {}",
    "new mine --from {} --force",
)
BUNDLED = sorted(path.stem for path in (ROOT / "scenarios").glob("*.toml"))
SCENARIOS = BUNDLED if os.environ.get("SIM_EVERY_CRISIS") else ("macron-2024", "author-slant")


@pytest.fixture(autouse=True)
def _narrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", str(COLUMNS))


def screen(line: str) -> list[str]:
    """Return what somebody sees who types this, talk included."""
    done = CliRunner().invoke(main, shlex.split(line), prog_name="sim")
    assert done.exit_code == 0, done.output
    return done.output.splitlines()


@cache
def screens(scenario: str) -> dict[str, list[str]]:
    """Return what each question shows of a scenario, asked one after the other in the folder of whoever looks first."""
    return {line: screen(line.format(scenario)) for line in ASKED}


def folded(lines: list[str]) -> int:
    """Return how many lines a terminal of 80 takes for them."""
    return sum(max(1, -(-len(line) // COLUMNS)) for line in lines)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_no_first_screen_is_over_25_lines_and_each_says_what_is_next(scenario: str) -> None:
    for line, said in screens(scenario).items():
        assert folded(said) <= LINES, (line, said)
        assert said[-1].startswith("Next: "), line


@pytest.mark.parametrize("game", ["beer-quiche", "spence", "cheap-talk", "deterrence"])
def test_textbook_games_too(game: str) -> None:
    assert folded(screen(f"solve textbook/{game}")) <= LINES


def test_no_dotted_name_stands_there() -> None:
    for line, said in screens("macron-2024").items():
        if "--vary" not in line and not line.startswith(("parameters", "evidence", "new")):
            talk = [each for each in said if each.startswith(("Next: ", "Saved "))]
            assert not re.search(r"\b[a-z_]+\.[a-z_]+", " ".join(each for each in said if each not in talk)), line


def test_full_says_more_and_show_says_the_rest_of_a_run() -> None:
    first = screen("run --draws 64 --out run")
    shown, full = screen("show run --full"), screen("run --draws 64 --out other --full")
    assert len(shown) > 3 * len(first)
    without_talk = [[line for line in said if not line.startswith(("Next: ", "Saved "))] for said in (shown, full)]
    assert without_talk[0] == without_talk[1]


@pytest.mark.parametrize("part", ["ladder", "hinges", "equilibria", "ranges", "errors", "behind", "notes"])
def test_each_part_of_a_run_is_shown_alone(part: str) -> None:
    sim.run("macron-2024", 16).save("run")
    said = screen(f"show run {part}")
    whole = screen("show run --full")
    assert len(said) < len(whole) / 2
    assert [line for line in said[:3] if line not in whole] == []


def test_show_lists_the_parts_and_each_can_be_asked_for() -> None:
    sim.run("macron-2024", 16).save("run")
    listed = screen("show run")
    parts = [line.split()[0] for line in listed[5:-2]]
    assert parts == ["ladder", "hinges", "equilibria", "ranges", "errors", "behind", "notes"]
    assert listed[-1].endswith("show run hinges")
    questions = [line.split(maxsplit=1)[1].strip() for line in listed[5:-2]]
    assert [screen(f"show run {part}")[0] for part in parts] == questions
    nexts = [screen(f"show run {part}")[-1] for part in parts]
    assert [line.rpartition("show run ")[2] for line in nexts[:-1]] == parts[1:]
    assert nexts[-1].endswith("solve run/scenario.toml")
    done = CliRunner().invoke(main, ["show", "run", "ladder", "--full"], prog_name="sim")
    assert (done.exit_code, "--full prints every part" in done.stderr) == (2, True)


def test_a_part_alone_is_that_of_the_latest_run() -> None:
    sim.run("macron-2024", 16).save("runs/mine")
    assert screen("show hinges")[:-1] == screen("show runs/mine hinges")[:-1]
    assert PARTS == ("ladder", "hinges", "equilibria", "ranges", "errors", "behind", "drivers", "notes")


@pytest.mark.parametrize(
    "words",
    [
        "--out here --force --steps",
        "--out=here --label hold=wait",
        "--set prior.resolute=0.5 --out here -- macron-2024",
    ],
)
def test_the_next_command_drops_what_only_saving_needs_and_works_as_printed(words: str) -> None:
    following = screen(f"solve {words}")[-1].removeprefix("Next: sim ")
    assert "here" not in following
    assert ("prior.resolute=0.5" in following) is ("--set" in words)
    assert len(screen(following)) > len(screen(f"solve {words.partition(' --out')[0] if '--set' in words else ''}"))


def test_an_unknown_part_is_answered_with_those_that_there_are() -> None:
    sim.run("macron-2024", 16).save("run")
    done = CliRunner().invoke(main, ["show", "run", "laddr"], prog_name="sim")
    assert done.exit_code == 2
    assert "did you mean 'ladder'?" in done.stderr
    none = CliRunner().invoke(main, ["show", "nowhere"], prog_name="sim")
    assert none.exit_code == 2
    assert "nowhere" in none.stderr


def test_the_next_command_is_typed_as_this_one_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIM_CALLED_AS", "python3 '../a copy/dev.py' sim")
    said = screen("solve --set prior.resolute=0.6")
    assert said[-1] == "Next: python3 '../a copy/dev.py' sim solve --set prior.resolute=0.6 --full"
