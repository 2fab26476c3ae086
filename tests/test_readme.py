"""Does the README show what the program does? Its commands are run, its figure measured, its links followed.

The Python lines run as a doctest. Deliberate breaks that turned a test red: a digit of the table changed; a link to a
file that is not there; the figure saved at twice the size.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.analyses.readings.looks import looks
from sim.cli import main
from sim.montecarlo.run import run
from sim.scenario.scenario import load_scenario

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [
    "README.md",
    "CONTRIBUTING.md",
    "scenarios/README.md",
    "docs/architecture.md",
    "docs/first-scenario.md",
    "docs/model-in-words.md",
    "docs/how-to.md",
    "docs/exercises.md",
    "docs/model.md",
    "docs/evidence.md",
    "docs/figures.md",
    "docs/large-runs.md",
    "docs/campaign.md",
    "docs/channels.md",
    "docs/compare.md",
    "docs/plausible.md",
    "docs/play.md",
    "docs/readings.md",
    "docs/results.md",
    "docs/robustness.md",
    "docs/scenarios.md",
    "docs/sensitivity.md",
    "docs/sweep.md",
]
(CONSOLE,) = re.findall(r"```console\n(.*?)```", README, flags=re.DOTALL)
COMMANDS = re.findall(r"^\$ sim (.*)\n((?:(?!\$ ).*\n)*)", CONSOLE, flags=re.MULTILINE)
MOST_BYTES = 200_000


def test_the_two_commands_are_there() -> None:
    assert [arguments.split()[0] for arguments, _ in COMMANDS] == ["check", "run"]


@pytest.mark.parametrize(("arguments", "shown"), COMMANDS, ids=[arguments for arguments, _ in COMMANDS])
def test_a_command_prints_what_the_readme_shows(
    arguments: str, shown: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    done = CliRunner().invoke(main, shlex.split(arguments))
    printed = [line.rstrip() for line in done.output.splitlines()]
    assert done.exit_code == 0
    place = 0
    for line in (line for line in shown.splitlines() if line != "…"):
        assert line in printed[place:]
        place = printed.index(line, place) + 1


def test_the_figure_is_of_the_size_of_a_slide_and_quick_to_load() -> None:
    content = (ROOT / "docs/ladder.png").read_bytes()
    width, height = (int.from_bytes(content[start : start + 4], "big") for start in (16, 20))  # the header's fields
    assert (width, height) == (1280, 720)
    assert len(content) < MOST_BYTES


@pytest.mark.parametrize("page", PAGES)
def test_every_link_to_a_file_leads_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#\s]+)", text) if "://" not in link]
    assert [link for link in links if not (ROOT / page).parent.joinpath(link).exists()] == []


def test_every_file_that_the_architecture_names_is_there() -> None:
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    files = set(re.findall(r"`((?:\w+/)+[\w-]+\.(?:py|toml|md))`", text))
    assert files
    assert [name for name in files if not (ROOT / name).exists() and "NAME" not in name and "gap" not in name] == []


def test_the_numbers_on_the_front_page_are_those_of_the_run() -> None:
    result = run(load_scenario("macron-2024"))
    text = " ".join(README.split())
    strikes, hits = (
        [round(100 * result.doctrine[stance][rung]["mean"]) for stance in ("ambiguous", "commit")]
        for rung in ("strike", "casualties")
    )
    exposed = {
        reading: [round(100 * by["equal_exposure"][s]["strike"]["mean"]) for s in ("ambiguous", "commit")]
        for reading, by in result.readings.items()
    }
    assert f"are hit in {hits[0]} of 100 crises if France stays ambiguous and in {hits[1]} if it commits" in text
    assert f"at about as many ({strikes[0]} and {strikes[1]})" in text
    assert (
        f"strikes in {exposed['type'][0]} and {exposed['type'][1]} of 100 if its worst case is a resolute France"
        in text
    )
    assert f"in {exposed['outcome'][0]} and {exposed['outcome'][1]} if it is a war, however unlikely" in text
    assert abs(strikes[0] - strikes[1]) <= 2
    assert len(looks(load_scenario("macron-2024"))) == 17
