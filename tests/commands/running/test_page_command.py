"""What does `sim page` write, and what does it say when it cannot?

Deliberate breaks that turned a test red: a file replaced unasked; the figures of a folder made anew instead of taken.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sim.cli import main

FEW = ("--draws", "16")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder, and spare the time of drawing and of figures that nobody looks at here."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sim.page.game_content.PRIORS", 3)
    monkeypatch.setattr("sim.page.content.FEWER", 64)
    monkeypatch.setattr("sim.page.content.DRAWS", 1024)
    monkeypatch.setattr("sim.drawing.saving.files_of", lambda *_: {})
    return tmp_path


def call(*words: str) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(main, words, terminal_width=80, prog_name="sim")


def data_of(file: Path) -> dict[str, Any]:
    """Return what a page carries."""
    text = file.read_text(encoding="utf-8").partition('id="page-data">')[2].partition("</script>")[0]
    found: dict[str, Any] = json.loads(text)
    return found


def test_a_page_is_named_after_its_scenario_and_carries_as_many_draws_as_asked(folder: Path) -> None:
    done = call("page", *FEW, "--set", "prior.resolute=0.5")
    assert done.exit_code == 0
    assert done.stdout == ""
    assert done.stderr.startswith("Wrote macron-2024.html (")
    data = data_of(folder / "macron-2024.html")
    assert data["count"] == 16
    assert data["base"]["medians"]["prior.resolute"] == 0.5
    assert "value = 0.5" in data["base"]["tables"]["prior.resolute"]
    assert len(data["drivers"]) == 7
    assert {"columnist", "heisbourg", "macron-2024"} <= {each["name"] for each in data["presets"]}


def test_a_page_is_not_replaced_unasked(folder: Path) -> None:
    assert call("page", "textbook/beer-quiche", "--out", "game.html").exit_code == 0
    again = call("page", "textbook/beer-quiche", "--out", "game.html")
    assert again.exit_code == 2
    assert again.stderr == "sim: game.html must be a new file; it is there already (--force overwrites it)\n"
    assert call("page", "textbook/beer-quiche", "--out", "game.html", "--force").exit_code == 0
    assert data_of(folder / "game.html")["kind"] == "game"


def test_the_page_of_a_run_has_the_figures_of_its_folder(folder: Path) -> None:
    assert (
        call("run", "columnist", "--draws", "1024", "--seed", "7", "--refinement", "d1", "--out", "here").exit_code == 0
    )
    assert call("page", "here", *FEW, "--out", "lecture.html").exit_code == 0
    data, saved = data_of(folder / "lecture.html"), json.loads((folder / "here" / "result.json").read_text())
    assert (data["run"]["draws"], data["run"]["seed"]) == (1024, 7)
    assert data["run"]["doctrine"] == saved["doctrine"]
    assert data["run"]["equilibrium"] == saved["equilibrium"]
    assert data["run"]["refinement"] == "d1"
    assert "seed = 7" in data["base"]["head"]
    assert data["scenario"]["command"] == "here/scenario.toml"


def test_a_run_saves_its_page_beside_it_and_the_folder_stays_a_run_s(folder: Path) -> None:
    done = call("run", *FEW, "--out", "here", "--page")
    assert done.exit_code == 0
    assert "; the page is page.html there" in done.stderr
    assert data_of(folder / "here" / "page.html")["run"]["draws"] == 16
    assert "page.html" in json.loads((folder / "here" / "manifest.json").read_text())["files"]
    assert call("run", *FEW, "--out", "here").exit_code == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("nowhere",), 2, "nowhere"),
        ((".",), 2, "result.json"),
        (("textbook/spence", "--set", "prior.resolute=0.5"), 2, "which has no parameters"),
        (("--draws", "100000"), 2, "is not in the range"),
        (("textbook/beer-quiche", "--out", "file/page.html"), 2, "file: File exists"),
        (("textbook/beer-quiche", "--out", "."), 2, "it is a folder"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line_and_leaves_nothing(
    folder: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    (folder / "file").write_text("in the way")
    done = call("page", *words)
    assert done.exit_code == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in folder.iterdir()] == ["file"]


def test_a_browser_that_does_not_open_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def refuse(address: str) -> bool:
        asked.append(address)
        return False

    monkeypatch.setattr("webbrowser.open", refuse)
    done = call("page", "textbook/beer-quiche", "--open")
    assert done.exit_code == 0
    assert asked[0].startswith("file://")
    assert asked[0].endswith("/beer-quiche.html")
    assert "no browser could be opened" in done.stderr
