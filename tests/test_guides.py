"""Do the pages for beginners say what the program does? Every command on them is run, every number computed anew.

Deliberate breaks that turned a test red: a number in the tutorial's paragraph changed; an option misspelt in a recipe;
another loss in the last solution; the model in words made longer than a page.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from places import DOCS

import sim
from sim.cli import main

TUTORIAL, WORDS, RECIPES, EXERCISES = (
    (DOCS / f"{name}.md").read_text(encoding="utf-8")
    for name in ("first-scenario", "model-in-words", "how-to", "exercises")
)
BLOCK = re.compile(r"```(?P<kind>console|toml)\n(?P<text>.*?)```", flags=re.DOTALL)
COMMAND = re.compile(r"^\$ sim (.*)\n((?:(?!\$ ).*\n)*)", flags=re.MULTILINE)
QUICKLY = {"sensitivity": "--points 1024"} | dict.fromkeys(("readings", "compare", "run", "page"), "--draws 16")
"""Options that make a command quick where no output of it is shown."""


def typed(page: str) -> Iterator[tuple[str, str]]:
    """Yield what a page has somebody do: a command and what it shows of the answer, or a file to write."""
    for block in BLOCK.finditer(page):
        if block["kind"] == "toml":
            yield "", block["text"]
        else:
            yield from COMMAND.findall(block["text"])


def inline(page: str) -> list[str]:
    """Return the commands in the text of a page, outside blocks, that name all they need."""
    found = re.findall(r"`sim ([^`]+)`", BLOCK.sub("", page))
    return [line for line in (" ".join(each.split()) for each in found) if line.split()[0] in main.commands]


def ask(line: str) -> str:
    """Run a command in this folder as it stands on a page, and return what it prints on both streams."""
    line, _, file = line.partition(" > ")
    done = CliRunner().invoke(main, shlex.split(line), input="h\n1\nf\n" * 40, env={"COLUMNS": "80"}, prog_name="sim")
    assert done.exit_code == 0, f"sim {line}: {done.output}"
    if file:
        Path(file).write_text(done.stdout, encoding="utf-8")
    return done.output


def shows(shown: str, printed: str) -> bool:
    """Whether the lines on a page stand in an answer, in their order."""
    lines, place = [line.rstrip() for line in printed.splitlines()], 0
    for line in (line.rstrip() for line in shown.splitlines()):
        if line and line != "…":
            if line not in lines[place:]:
                return False
            place = lines.index(line, place) + 1
    return True


@pytest.fixture(autouse=True)
def folder(no_pixels: None, no_layout: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder, without a screen to open pictures on."""
    monkeypatch.chdir(tmp_path)
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.mark.slow
def test_the_tutorial_leads_to_a_paragraph_a_table_and_a_figure(folder: Path, compared_once: None) -> None:
    answers: dict[str, str] = {}
    for command, text in typed(TUTORIAL):
        if not command:
            (folder / "drones.toml").write_text(text, encoding="utf-8")
            continue
        answers[command] = ask(command)
        assert shows(text, answers[command]), f"sim {command}: {answers[command]}"
    assert (folder / "table.md").read_text(encoding="utf-8").startswith("| stance | rung |")
    assert {path.suffix for path in (folder / "changed").iterdir()} >= {".png", ".svg", ".csv"}
    assert answers["open"].splitlines()[0].endswith("ladder.png")
    paragraph = " ".join(re.findall(r"^> (.*)$", TUTORIAL, flags=re.MULTILINE))
    (ours,), (theirs,) = ([*(folder / "runs").glob(f"{name}*")] for name in ("drones", "macron-2024"))
    doctrines = [sim.load_result(run).doctrine["ambiguous"] for run in (ours, theirs)]
    changed, before = ({k: 100 * each[k]["mean"] for k in ("strike", "casualties")} for each in doctrines)
    assert f"in {changed['strike']:.0f} instead of {before['strike']:.0f} of 100 crises" in paragraph
    assert f"hit its soldiers in {changed['casualties']:.1f} instead of {before['casualties']:.1f}" in paragraph
    assert re.findall(r"\d+ on assumptions", answers["check drones.toml"])[0].split()[0] in paragraph
    for line in inline(TUTORIAL):
        ask(f"{line} {QUICKLY.get(line.split()[0], '')}")


@pytest.mark.slow
def test_every_recipe_works_in_its_order(folder: Path) -> None:
    lines = [command for command, _ in typed(RECIPES)]
    assert len(lines) >= 15
    for line in lines:
        ask(line)
    assert (folder / "table.tex").read_text(encoding="utf-8").startswith("% needs")
    assert (folder / "choices.csv").exists()
    own = sim.load_result("my-run").to_dict()
    assert own in [sim.load_result(path).to_dict() for path in (folder / "runs").iterdir()]


def test_the_page_on_play_runs() -> None:
    lines = [command for command, _ in typed((DOCS / "play.md").read_text(encoding="utf-8"))]
    assert ["10 rounds" in ask(line) or "5 rounds" in ask(f"{line} --force") for line in lines] == [True, True]


def test_no_beginners_page_is_long_and_the_model_in_words_has_no_formula() -> None:
    assert len(TUTORIAL.split()) <= 900
    assert len(WORDS.split()) <= 700
    assert "$" not in WORDS
    assert max(len(BLOCK.findall(part)) for part in RECIPES.split("\n## ")) <= 1


def number(text: str, pattern: str) -> list[float]:
    """Return the numbers in a sentence of a page."""
    found = re.search(pattern, " ".join(text.split()))
    assert found, pattern
    return [float(each) for each in found.groups()]


@pytest.fixture(scope="module")
def central() -> sim.Result:
    """Return the central scenario at few draws."""
    return sim.run("macron-2024", 4096)


def mean(result: sim.Result, stance: str, outcome: str = "strike") -> float:
    """Return a probability in per cent."""
    return float(100 * result.doctrine[stance][outcome]["mean"])


def near(page: list[float], computed: list[float]) -> bool:
    """Whether numbers are those of a page, which were rounded."""
    return all(abs(one - other) <= 1 for one, other in zip(page, computed, strict=True))


def test_solution_1_belief_matters_most_after_a_promise(central: sim.Result) -> None:
    sure = sim.run(sim.load_scenario("macron-2024").override({"prior.resolute": 0.6}), 4096)
    said = number(
        EXERCISES, r"strikes fall from (\d+) to (\d+) of 100 crises if France commits, from (\d+) to (\d+) if"
    )
    assert near(said, [mean(each, stance) for stance in ("commit", "ambiguous") for each in (central, sure)])


def test_solution_2_is_what_solve_says() -> None:
    said = ask("solve --full")
    assert "after commit only a resolute France stands" in " ".join(said.split())
    assert "commit: only an opportunist Russia strikes." in " ".join(said.split())
    assert "ambiguous: neither a cautious nor an opportunist Russia strikes." in " ".join(said.split())
    assert sim.load_scenario("macron-2024").medians()["prior.resolute"] == pytest.approx(0.31, abs=0.005)


def test_solution_3_is_no_zero() -> None:
    berlin = sim.run("berlin-1961", 4096)
    assert near(number(EXERCISES, r"draws strikes in about (\d+) of 100"), [mean(berlin, "rule_out")])


def test_solution_4_is_absence(central: sim.Result) -> None:
    same = sim.run("same-mission", 4096)
    hits = number(EXERCISES, r"soldiers are hit in (\d+) instead of (\d+) of 100 crises")
    assert near(hits, [mean(each, "ambiguous", "casualties") for each in (same, central)])
    strikes = number(EXERCISES, r"Strikes hardly change \((\d+) and (\d+)\)")
    assert near(strikes, [mean(each, "ambiguous") for each in (central, same)])
    other = central.readings["outcome"]["equal_exposure"]
    ends = number(EXERCISES, r"both stances see far fewer strikes \((\d+) and (\d+) of 100\)")
    assert near(ends, [100 * other[stance]["strike"]["mean"] for stance in ("ambiguous", "commit")])


def test_solution_5_both_types_change_their_minds(central: sim.Result) -> None:
    tied = sim.run("tied-hands", 4096)
    fall = number(EXERCISES, r"on a France that commits fall from (\d+) to (\d+) of 100 crises")
    assert near(fall, [mean(each, "commit") for each in (central, tied)])
    types = number(
        EXERCISES, r"strikes in (\d+) instead of (\d+) of 100 draws, the opportunist in (\d+) instead of (\d+)"
    )
    by_type = [
        100 * each.doctrine["commit"]["strikes"][k] for k in ("cautious", "opportunist") for each in (tied, central)
    ]
    assert near(types, by_type)
    compared = " ".join(ask("compare tied-hands --draws 4096").split())
    stands = number(EXERCISES, r"it does in (\d+) instead of (\d+) of 100 draws")
    assert f"a bluffing France stands in {stands[0]:.0f} instead of {stands[1]:.0f} of 100 draws" in compared


def test_solution_6_is_how_the_rules_score() -> None:
    from sim.play import scoring
    from sim.play.closing import closing
    from sim.play.rounds import HOLD, STRIKE, Round, played_by
    from sim.play.worlds import World, worlds

    class Rule:
        """A Russia that strikes always, never, or where it pays even against a resolute France."""

        def __init__(self, name: str) -> None:
            self.name = name

        def russia(self, world: World, signal: str) -> str:
            lines = scoring.russian_lines(world, signal)
            pays = {"always": True, "never": False, "sure": lines[STRIKE].min() > lines[HOLD].max()}[self.name]
            return STRIKE if pays else HOLD

        def france(self, world: World) -> str:
            raise AssertionError("the exercise is played as Russia")

        def hit(self, world: World, stance: str) -> str:
            raise AssertionError("the exercise is played as Russia")

        def told(self, played: object) -> None:
            """Hear nothing."""

    said = {}
    for name in ("always", "never", "sure"):
        played: list[Round] = []
        played_by(Rule(name), worlds("macron-2024", 10, 2024), "russia", played)
        said[name] = " ".join(closing(played, "russia"))
    always, never = re.findall(r"Always striking gives up ([\d.]+), never striking ([\d.]+)\.", EXERCISES)[0]
    assert f"you gave up {always}," in said["always"]
    assert f"you gave up {never}," in said["never"]
    assert "nobody could do better" in said["sure"]
    least = re.findall(r"resolute with more than ([\d.]+ %); under ambiguity", " ".join(EXERCISES.split()))[0]
    assert f"believes France resolute with more than {least}." in said["sure"]
    assert "Your choices are right at any belief." in said["sure"]


def test_every_command_of_the_exercises_is_there() -> None:
    for line in inline(EXERCISES):
        quick = "" if "--draws" in line or line.startswith(("play", "solve")) else QUICKLY.get(line.split()[0], "")
        ask(f"{line.replace('--draws 4096', '--draws 16')} {quick}")
