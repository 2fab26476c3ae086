"""Does `sim open` find the figure that is meant, and say where it is if nothing can show it? No viewer is started.

Deliberate breaks that turned a test red: the path not printed; the earliest run taken for the latest; a run that was
saved without its figure left without it.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from sim.cli import main
from sim.lookup.pictures import has_screen


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder with two runs, on a machine with a screen."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sim.lookup.pictures.has_screen", lambda: True)
    for when, name in ((2, "late"), (1, "early")):
        place = tmp_path / "runs" / name
        place.mkdir(parents=True)
        for file in ("ladder.png", "ladder.svg", "tree.png", "table.csv"):
            (place / file).write_bytes(b"")
        (place / "result.json").write_text(json.dumps({"title": name, "draws": 64}), encoding="utf-8")
        os.utime(place / "result.json", (when, when))
    return tmp_path


@pytest.fixture
def launched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note what would be shown."""
    shown: list[str] = []

    def launch(url: str) -> int:
        shown.append(url)
        return 0

    monkeypatch.setattr(click, "launch", launch)
    return shown


def call(*words: str) -> Result:
    """Call the program."""
    return CliRunner().invoke(main, words)


@pytest.mark.parametrize(
    ("words", "file"),
    [
        ((), "runs/late/ladder.png"),
        (("early",), "runs/early/ladder.png"),
        (("runs/early",), "runs/early/ladder.png"),
        (("early", "tree"), "runs/early/tree.png"),
        (("early", "ladder.svg"), "runs/early/ladder.svg"),
    ],
    ids=" ".join,
)
def test_the_figure_that_is_meant_is_shown_and_its_path_said(
    launched: list[str], words: tuple[str, ...], file: str
) -> None:
    done = call("open", *words)
    assert (done.exit_code, done.stderr) == (0, "")
    assert launched == [str(Path(file))]
    assert done.stdout.strip() == str(Path(file))


def test_without_a_screen_nothing_is_started(launched: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.lookup.pictures.has_screen", lambda: False)
    done = call("open")
    assert (done.exit_code, launched) == (0, [])
    assert "no screen here" in done.stderr
    assert done.stdout.strip() == str(Path("runs/late/ladder.png"))


def test_without_a_viewer_the_path_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(click, "launch", lambda _: 1)
    done = call("open")
    assert "no viewer was found" in done.stderr
    assert done.stdout.strip() == str(Path("runs/late/ladder.png"))


def test_a_screen_is_known_by_what_the_desktop_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert not has_screen()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert has_screen()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("lat",), "did you mean 'runs/late'?"),
        (("nothing-like-it",), "the latest runs: runs/late"),
        (("late", "lader"), "did you mean 'ladder'?"),
        (("late", "x"), "it has ladder, tree"),
        (("runs",), "runs holds no figure and no page"),
    ],
    ids=" ".join,
)
def test_what_is_not_there_is_said(launched: list[str], words: tuple[str, ...], said: str) -> None:
    done = call("open", *words)
    assert (done.exit_code, launched) == (2, [])
    assert said in " ".join(done.stderr.split())


def test_where_nothing_was_run_the_next_step_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    assert "there is no run in runs: sim run saves one" in call("open").stderr


def test_a_run_that_was_saved_without_its_figure_gets_the_same_one_when_it_is_asked_for(
    launched: list[str], tmp_path: Path
) -> None:
    assert call("run", "--draws", "16", "--out", "with").exit_code == 0
    without = call("run", "--draws", "16", "--out", "without", "--no-figure")
    assert "ladder" not in without.stderr
    assert not list((tmp_path / "without").glob("ladder.*"))
    assert call("open", "without").exit_code == 0
    assert launched == [str(Path("without", "ladder.png"))]
    files = {each.name: each.read_bytes() for each in (tmp_path / "with").iterdir()}
    assert {each.name: each.read_bytes() for each in (tmp_path / "without").iterdir()} == files


@pytest.mark.parametrize("way", [["--steps"], ["--label", "strike=attack"]])
def test_a_way_to_save_figures_is_refused_where_none_is_saved(way: list[str], tmp_path: Path) -> None:
    done = call("run", "--draws", "16", "--out", "none", "--no-figure", *way)
    assert done.exit_code == 2
    assert "say how figures are saved: --no-figure saves none" in " ".join(done.stderr.split())
    assert not (tmp_path / "none").exists()


def test_what_is_no_run_is_not_drawn_and_said(launched: list[str], tmp_path: Path) -> None:
    (tmp_path / "runs" / "late").rename(tmp_path / "runs" / "other")
    for file in (tmp_path / "runs" / "other").glob("*.*g"):
        file.unlink()
    done = call("open", "other")
    assert (done.exit_code, launched) == (2, [])
    assert "Error: runs/other" in done.stderr.replace("\\", "/")
