"""Do the lectures still say what they show? Each is built anew and compared with the one that is kept.

Deliberate breaks that turned a test red: another number in the source; a digit changed in a kept output; a cell that
defines a function; a warning from within a cell.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import nbformat
import pytest

HOME = Path(__file__).resolve().parent.parent / "notebooks"
NAMES = sorted(path.stem for path in HOME.glob("*.py") if path.name != "build.py")
MOST_CELLS = 12
LONGEST_SECONDS = 30
"""For one notebook, its kernel's start included."""

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
    """Return what each cell printed and returned; pictures are named only, and rounding dust is 0."""
    outputs = [cell.get("outputs", []) for cell in notebook.cells]
    texts = [[output.get("text") or output["data"]["text/plain"] for output in cell] for cell in outputs]
    return [[re.sub(r"\b\d(\.\d+)?e[+-]\d+\b", "0", text) for text in cell] for cell in texts]


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
    assert [dict(cell.metadata) for cell in notebook.cells] == [{}] * len(notebook.cells)
    assert "version" not in notebook.metadata.language_info
    assert not any(re.search(r"0x[0-9a-f]{6}", text) for cell in said(notebook) for text in cell)
