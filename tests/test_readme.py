"""Does the README show what the program does? Its commands are run, its figure measured, its links followed.

Deliberate breaks that turned a test red: a digit of the table changed; a link to a file that is not there; the figure
saved at twice the size; a scenario of the page that lacks a rationale; an option misspelt.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.analyses.readings.looks import looks
from sim.cli import main
from sim.montecarlo.result import Result, load_result
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
    "docs/python.md",
    "docs/play.md",
    "docs/readings.md",
    "docs/results.md",
    "docs/robustness.md",
    "docs/scenarios.md",
    "docs/sensitivity.md",
    "docs/sweep.md",
    "docs/trust.md",
]
BLOCK = re.compile(r"```(?P<kind>console|toml)\n(?P<text>.*?)```", flags=re.DOTALL)
COMMAND = re.compile(r"^\$ sim (.*)\n((?:(?!\$ ).*\n)*)", flags=re.MULTILINE)
QUESTION = re.compile(r"`sim ([^`]+)`")
MOST_LINES, MOST_WORDS = 105, 950  # two screens of a browser, and what is read in five minutes
MOST_BYTES = 200_000


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder, and open no browser."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("webbrowser.open", lambda _: True)
    return tmp_path


def ask(line: str) -> str:
    """Type a command, as it stands on the page, and return what it prints on both streams."""
    line, _, file = line.partition(" > ")
    done = CliRunner().invoke(main, shlex.split(line), input="h\n" * 20, env={"COLUMNS": "80"}, prog_name="sim")
    assert done.exit_code == 0, f"sim {line}: {done.output}"
    if file:
        Path(file).write_text(done.stdout, encoding="utf-8")
    return done.output


@pytest.mark.slow
@pytest.mark.usefixtures("no_pixels", "no_layout")
def test_whoever_types_the_blocks_in_their_order_sees_what_stands_there(folder: Path, compared_once: None) -> None:
    asked = []
    for block in BLOCK.finditer(README):
        if block["kind"] == "toml":
            (folder / "allies.toml").write_text(block["text"], encoding="utf-8")
            continue
        for line, shown in COMMAND.findall(block["text"]):
            asked.append(line.split()[0])
            printed = [each.rstrip() for each in ask(line).splitlines()]
            place = 0
            for each in (each for each in shown.splitlines() if each != "…"):
                assert each in printed[place:], line
                place = printed.index(each, place) + 1
    assert asked == ["run", "compare", "compare", "compare", "play", "page"]
    assert (folder / "table.md").read_text(encoding="utf-8").startswith("| stance |")
    assert [*(folder / "changed").glob("*.png")]
    (saved,) = (folder / "runs").iterdir()
    told_in_one_line(load_result(saved))


def test_it_is_two_screens_and_every_command_it_names_is_one() -> None:
    assert len(README.splitlines()) <= MOST_LINES
    assert len(README.split()) <= MOST_WORDS
    named = {line.split()[0] for line in QUESTION.findall(README)} - {"…"}
    assert {"show", "readings", "solve", "campaign"} <= named <= set(main.commands)


@pytest.mark.parametrize(
    "line", ['explain "worst case"', "parameters allies", "parameters pinpoint", "list", "evidence"]
)
def test_what_it_says_to_look_up_is_found(folder: Path, line: str) -> None:
    assert f"`sim {line}`" in README
    assert ask(line)


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


def told_in_one_line(result: Result) -> None:
    """Assert that the one line of the finding is what a run says."""
    by_stance = result.doctrine
    hits, strikes = (
        [by_stance[stance][rung]["mean"] for stance in ("ambiguous", "commit")] for rung in ("casualties", "strike")
    )
    numbers = [round(100 * each) for each in (*hits, *strikes)]
    told = (
        f"hits French soldiers in {numbers[0]} of 100 crises where France stays ambiguous and in {numbers[1]} where it "
        f"commits, and strikes in {numbers[2]} and {numbers[3]}."
    )
    assert told in " ".join(README.split())
    assert hits[0] < hits[1] / 2  # fewer
    assert abs(strikes[0] - strikes[1]) < 0.03  # hardly fewer


def test_there_are_as_many_readings_as_the_finding_says() -> None:
    assert len(looks(load_scenario("macron-2024"))) == 17  # readings side by side
