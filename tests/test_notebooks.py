"""Do the lectures still say what they show? Each is built anew and compared with the one that is kept.

Deliberate breaks that turned a test red: another number in the source; a digit changed in a kept output; a cell that
defines a function; a warning from within a cell; a room of the package imported; a number in a note that no cell
prints; a figure shown without its text; a style sheet from elsewhere in the deck; a strike dearer by another amount in
an exercise.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import time
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import nbformat
import pytest

import sim

HOME = Path(__file__).resolve().parent.parent / "notebooks"
NAMES = sorted(path.stem for path in HOME.glob("*.py") if path.name != "build.py")
MOST_CELLS = 12
LONGEST_SECONDS = 30
"""For one notebook, its kernel's start included."""

ALLOWED = {"collections", "matplotlib.style", "matplotlib.figure", "numpy", "IPython.display", "sim", "textwrap"}
"""What a lecture may import."""

STRUCK = ("ambiguous", "commit")
RUNGS = ("strike", "casualties", "retaliation", "war")

Notebook = Any  # nbformat's nodes name their fields at run time


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, float]:
    """Build every notebook with the documented command; return the folder and the seconds it took."""
    folder = tmp_path_factory.mktemp("notebooks")
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, str(HOME / "build.py"), str(folder)], capture_output=True, text=True, timeout=1200, check=False
    )
    if done.returncode:
        pytest.fail(done.stderr, pytrace=False)
    return folder, time.perf_counter() - start


def load(folder: Path, name: str) -> Notebook:
    """Read and validate a notebook."""
    notebook: Notebook = nbformat.read(folder / f"{name}.ipynb", as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(notebook)
    return notebook


def said(notebook: Notebook) -> list[list[str]]:
    """Return what each cell printed, and its pictures in words; rounding dust is 0."""
    outputs = [cell.get("outputs", []) for cell in notebook.cells]
    texts = [[output.get("text") or output.metadata["image/png"]["alt"] for output in cell] for cell in outputs]
    return [[re.sub(r"\b\d(\.\d+)?e[+-]\d+\b", "0", text) for text in cell] for cell in texts]


def prose(notebook: Notebook) -> list[str]:
    """Return what is written beside the code: markdown without code and numbers of lists, and ideas of cells."""
    markdown = (cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    bare = [re.sub(r"```.*?```|`[^`]*`|^\d+\. ", "", text, flags=re.DOTALL | re.MULTILINE) for text in markdown]
    return bare + [source.splitlines()[0] for source in code(notebook)]


def numbers(text: str) -> set[str]:
    """Return the numbers in a text.

    >>> sorted(numbers("1 in 4,900, 0.40; D1"))
    ['0.40', '1', '4,900']
    """
    return set(re.findall(r"(?<![\w.,])\d+(?:[.,]\d+)*(?!\w)", text))


def code(notebook: Notebook) -> list[str]:
    """Return the sources of the code cells, without magics."""
    cells = (cell.source for cell in notebook.cells if cell.cell_type == "code")
    return [re.sub(r"^%.*$", "", source, flags=re.MULTILINE) for source in cells]


def test_there_is_a_notebook_and_every_one_has_its_source() -> None:
    assert NAMES
    assert sorted(path.stem for path in HOME.glob("*.ipynb")) == NAMES


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_built_anew_is_the_one_that_is_kept(name: str, built: tuple[Path, float]) -> None:
    fresh, kept = load(built[0], name), load(HOME, name)
    assert [(cell.id, cell.cell_type, cell.source) for cell in kept.cells] == [
        (cell.id, cell.cell_type, cell.source) for cell in fresh.cells
    ]
    assert said(kept) == said(fresh)
    assert kept.metadata == fresh.metadata


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_is_built_in_time(name: str, built: tuple[Path, float]) -> None:
    assert built[1] < LONGEST_SECONDS * len(NAMES), name


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_shows_a_picture_and_no_warning(name: str) -> None:
    outputs = [output for cell in load(HOME, name).cells for output in cell.get("outputs", [])]
    assert any("image/png" in output.get("data", {}) for output in outputs)
    assert [output["text"] for output in outputs if output.get("name") == "stderr"] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_lecture_is_short_begins_with_a_guess_and_ends_with_an_exercise(name: str) -> None:
    cells = load(HOME, name).cells
    assert len(cells) <= MOST_CELLS
    assert cells[0].source.startswith("# Guess first\n")
    assert cells[-1].source.startswith("# Exercise\n")


@pytest.mark.parametrize("name", NAMES)
def test_a_lecture_defines_nothing_and_every_cell_begins_with_its_idea(name: str) -> None:
    defining = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
    for source in code(load(HOME, name)):
        assert not any(isinstance(node, defining) for node in ast.walk(ast.parse(source)))
        assert source.startswith("# ")


@pytest.mark.parametrize("name", NAMES)
def test_nothing_in_a_notebook_depends_on_when_or_where_it_was_built(name: str) -> None:
    notebook = load(HOME, name)
    assert [cell.id for cell in notebook.cells] == [f"cell-{number}" for number in range(1, len(notebook.cells) + 1)]
    assert {tuple(cell.metadata) for cell in notebook.cells} == {("slideshow",)}
    assert "version" not in notebook.metadata.language_info
    assert not any(re.search(r"0x[0-9a-f]{6}", text) for cell in said(notebook) for text in cell)


@pytest.mark.parametrize("name", NAMES)
def test_a_lecture_imports_public_names_only(name: str) -> None:
    for node in (node for source in code(load(HOME, name)) for node in ast.walk(ast.parse(source))):
        if isinstance(node, ast.Import):
            assert {each.name for each in node.names} <= ALLOWED
        if isinstance(node, ast.ImportFrom):
            assert node.module in ALLOWED - {"sim"}
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "sim":
            assert node.attr in sim.__all__


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_has_its_part_in_the_deck_and_the_speaker_has_notes(name: str) -> None:
    cells = load(HOME, name).cells
    parts = [cell.metadata["slideshow"]["slide_type"] for cell in cells]
    assert parts[0] == parts[-1] == "slide"
    assert set(parts) == {"slide", "notes"}
    assert parts.count("notes") >= 4
    assert all(cell.cell_type == "markdown" for cell, part in zip(cells, parts, strict=True) if part == "notes")


@pytest.mark.parametrize("name", NAMES)
def test_every_number_in_the_prose_is_one_that_a_cell_prints(name: str) -> None:
    notebook = load(HOME, name)
    printed = numbers(" ".join(text for cell in said(notebook) for text in cell))
    assert [numbers(text) - printed for text in prose(notebook) if numbers(text) - printed] == []


@pytest.mark.parametrize("name", NAMES)
def test_answers_are_hidden_until_they_are_asked_for(name: str) -> None:
    exercise = load(HOME, name).cells[-1].source
    asked, summary, answers = exercise.partition("<details><summary>Answers</summary>\n\n")
    assert summary
    assert answers.endswith("\n\n</details>")
    assert len(re.findall(r"^\d\. ", answers, re.MULTILINE)) == len(re.findall(r"^\d\. ", asked, re.MULTILINE))


# --------------------------------------------------------------------------------------------- answers to exercises


def done(name: str, **given: object) -> dict[str, Any]:
    """Return what the exercise of a notebook finds, with what its cells have made."""
    found: dict[str, Any] = {"sim": sim, **given}
    (block,) = re.findall(r"```python\n(.*?)```", load(HOME, name).cells[-1].source, re.DOTALL)
    exec(block, found)
    return found


def test_the_answers_about_a_reputation_and_burnt_bridges_are_true() -> None:
    scenario = sim.load_scenario("macron-2024")
    found = done("article-as-a-game", scenario=scenario)
    plain, tougher, tied = (found[each].doctrine for each in ("plain", "tougher", "tied"))
    strike = {stance: (plain[stance]["strike"]["mean"], tougher[stance]["strike"]["mean"]) for stance in STRUCK}
    assert strike["commit"][0] - strike["commit"][1] > strike["ambiguous"][0] - strike["ambiguous"][1] > 0
    assert strike["commit"][1] < strike["ambiguous"][1]
    rungs = {rung: tougher["ambiguous"][rung]["mean"] - plain["ambiguous"][rung]["mean"] for rung in RUNGS}
    assert [change > 0 for change in rungs.values()] == [False, False, True, True]
    share = {name: each["commit"]["retaliation"]["mean"] / each["commit"]["casualties"]["mean"]
             for name, each in (("plain", plain), ("tied", tied))}  # fmt: skip
    assert share["tied"] > share["plain"]
    assert tied["commit"]["strike"]["mean"] < plain["commit"]["strike"]["mean"] / 2
    for name, value in (("russia.attack_cost", 1.5), ("russia.division_gain", 0.1)):
        changed = sim.run(scenario.override({name: value}), draws=4096).doctrine
        assert changed["commit"]["strike"]["mean"] < changed["ambiguous"]["strike"]["mean"]


def test_the_answers_about_bluffs_are_true() -> None:
    threat = sim.game_solution("textbook/deterrence")
    found = done("who-bluffs", threat=threat)
    before, tied, likelier = threat.equilibria, found["tied"], found["likelier"]
    kept = [before.d1.tolist().index(True), tied.d1.tolist().index(True), likelier.d1.tolist().index(True)]
    bluffs = [each.strategy[row, 1, 0] for each, row in zip((before, tied, likelier), kept, strict=True)]
    strikes = [each.response[row, 0, 0, 1] for each, row in zip((before, tied, likelier), kept, strict=True)]
    assert bluffs == pytest.approx([2 / 3, 2 / 3, 1])
    assert strikes == pytest.approx([1 / 2, 1 / 3, 0])
    for each in (tied, likelier):
        assert each.strategy[~each.d1, :, 1].tolist() == [[1, 1]]


def test_the_answers_about_what_decides_are_true() -> None:
    found = done("deep-uncertainty", scenario=sim.load_scenario("macron-2024"))
    hits, promise, freer = found["by_hits"], found["promise"], found["freer"]
    assert (hits.ranking.best, hits.ranking.told_apart) == ("ambiguous", True)
    assert {shift.flip.overtaken_by for shift in hits.ranking.shifts} == {None}
    assert [swing.name for swing in promise.outputs["strike"].swings[:2]] == ["russia.attack_cost", "prior.resolute"]
    assert freer.ranking.best == "rule_out"


# ------------------------------------------------------------------------------------------------- pages and decks


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Export every kept notebook as a page and as a deck, as the documented commands do; return the folder."""
    folder = tmp_path_factory.mktemp("exported")
    deck = ["--to", "slides", "--template", "deck", f"--TemplateExporter.extra_template_basedirs={HOME}"]
    both = [
        [*how, f"--output-dir={folder}", *(str(HOME / f"{name}.ipynb") for name in NAMES)]
        for how in (["--to", "html", "--template", "classic"], deck)
    ]
    program = (  # one, since it takes longer to load than to work
        "from nbconvert.nbconvertapp import NbConvertApp\n"
        f"for words in {both!r}:\n"
        "    NbConvertApp.launch_instance(words)\n"
        "    NbConvertApp.clear_instance()\n"
    )
    made = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=600, check=False)
    if made.returncode:
        pytest.fail(made.stderr, pytrace=False)
    return folder


class Tags(HTMLParser):
    """The tags of a page, in order, with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag."""
        self.found.append((tag, dict(attrs)))

    def of(self, tag: str) -> list[dict[str, str | None]]:
        """Return the attributes of all tags of a kind."""
        return [attributes for each, attributes in self.found if each == tag]


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["html", "slides.html"])
@pytest.mark.parametrize("name", NAMES)
def test_every_picture_on_a_page_or_in_a_deck_has_its_text(name: str, ending: str, exported: Path) -> None:
    tags = Tags((exported / f"{name}.{ending}").read_text(encoding="utf-8"))
    outputs = [output for cell in load(HOME, name).cells for output in cell.get("outputs", [])]
    texts = [output.metadata["image/png"]["alt"] for output in outputs if "image/png" in output.get("data", {})]
    assert [image["alt"] for image in tags.of("img")] == texts
    assert all(len(text) > 40 for text in texts)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_deck_asks_nobody_for_anything_and_has_a_screen_for_every_idea_and_picture(name: str, exported: Path) -> None:
    page, cells = (exported / f"{name}.slides.html").read_text(encoding="utf-8"), load(HOME, name).cells
    tags, slides = Tags(page), [cell for cell in cells if cell.metadata["slideshow"]["slide_type"] == "slide"]
    sources = [attributes[key] for _, attributes in tags.found for key in ("src", "href") if key in attributes]
    assert all(str(source).startswith(("data:", "#")) for source in sources)
    assert not re.search(r"https?://|@import|url\(", page)
    screens = [attributes for attributes in tags.of("div") if attributes.get("class") == "screen"]
    assert len(screens) == len(slides) + len(tags.of("img"))
    assert len(tags.of("aside")) == len(cells) - len(slides)
    assert len(tags.of("details")) == 1
