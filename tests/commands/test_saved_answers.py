"""Does every command keep to one rule of folders, save before it prints, and say in a line what went wrong?

Deliberate breaks that turned a test red: an answer printed before it is saved; figures drawn before that; a folder
that is looked at only when the answer is there; an error of the solver left to a single command.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import sim
from sim.cli import main

ASKED = {
    "readings": ("--draws", "16"),
    "campaign": ("--draws", "16", "--months", "2"),
    "channels": ("--draws", "16"),
    "compare": ("--draws", "16", "--vary", "prior.resolute=0.5"),
    "plausible": ("--draws", "16"),
    "replay": ("RUN", "--draw", "0"),
    "robustness": ("--draws", "64"),
    "run": ("--draws", "16"),
    "sensitivity": ("--points", "1024"),
    "solve": (),
    "sweep": ("--grid", "3"),
}
"""A quick question to each command that saves."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder, and spare the time of drawing."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sim.drawing.saving.files_of", lambda *_: {"picture.png": b"p"})
    return tmp_path


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the folder of a run."""
    return str(sim.run("macron-2024", 16).save(tmp_path_factory.mktemp("saved") / "run"))


def call(*words: str) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(main, words, terminal_width=80, prog_name="sim")


def asked(command: str, run: str, *words: str) -> Result:
    """Ask a command its question."""
    return call(command, *(run if word == "RUN" else word for word in ASKED[command]), *words)


def test_every_command_that_saves_is_asked() -> None:
    folders = {
        name
        for name, each in main.commands.items()
        if any(one.name == "out" and one.metavar != "FILE" for one in each.params)
    }
    assert folders - {"figures"} == set(ASKED)  # those of a run that is there: no answer stands beside them


@pytest.mark.parametrize("command", ASKED)
def test_one_rule_for_all_folders(folder: Path, run: str, command: str) -> None:
    place = folder / "here"
    first = asked(command, run, "--out", "here")
    assert first.exit_code == 0
    said = json.loads((place / "manifest.json").read_text(encoding="utf-8"))
    assert said["kind"] == command
    assert {*said["files"], "manifest.json"} == {path.name for path in place.iterdir()}
    (place / "thesis.txt").write_text("years of work", encoding="utf-8")
    for force in ([], ["--force"]):
        mine = asked(command, run, "--out", "here", *force)
        assert (mine.exit_code, mine.stdout) == (2, "")
        assert f"here must be a new, an empty or a {command} folder; it holds something else: thesis.txt" in mine.stderr
    (place / "thesis.txt").unlink()
    other = asked("solve" if command != "solve" else "run", run, "--out", "here", "--force")
    assert (other.exit_code, other.stdout) == (2, "")
    assert f"it holds an answer of sim {command}" in other.stderr
    again = asked(command, run, "--out", "here", *([] if command != "run" else ["--seed", "1"]))
    assert (again.exit_code, again.stdout) == (2, "")
    assert "--force replaces it, --out names another folder" in again.stderr
    assert asked(command, run, "--out", "here", "--force").stdout == first.stdout


@pytest.mark.parametrize("command", ASKED)
def test_a_folder_is_looked_at_before_any_work_begins(folder: Path, run: str, command: str, no_games: None) -> None:
    (folder / "thesis.txt").write_text("years of work", encoding="utf-8")
    done = asked(command, run, "--out", ".")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "it holds something else: thesis.txt" in done.stderr


@pytest.fixture
def no_games(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every game that is set up fail."""
    broken(monkeypatch, AssertionError("no game is to be set up"))


def broken(monkeypatch: pytest.MonkeyPatch, fault: BaseException) -> None:
    """Let every game that is set up fail in a certain way."""

    def failing(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr("sim.games.game.SignallingGame.__init__", failing)
    monkeypatch.setattr("sim.games.game._unchecked", failing)  # one that is made of a checked one


# ---------------------------------------------------------------------------------------------- first saved, then said


@pytest.mark.parametrize("command", ["run", "compare"])
def test_an_answer_is_there_even_if_nobody_reads_it(folder: Path, run: str, command: str) -> None:
    words = " ".join([command, *ASKED[command], "--out here"])
    line = f'"{sys.executable}" -m sim.cli {words} | true; test "${{PIPESTATUS[0]}}" -lt 2'
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr.count("Traceback")) == (0, 0)
    names = {path.suffix for path in (folder / "here").iterdir()}
    assert {".json", ".png", ".svg"} <= names


@pytest.mark.parametrize("command", ASKED)
def test_a_figure_that_cannot_be_drawn_costs_a_line_and_not_the_answer(
    folder: Path, run: str, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> dict[str, bytes]:
        assert list((folder / "here").glob("*.json"))  # the answer is there already
        raise RuntimeError("no room for the labels")

    monkeypatch.setattr("sim.drawing.saving.files_of", failing)
    done = asked(command, run, "--out", "here")
    assert done.exit_code == 0
    assert done.stdout
    assert "RuntimeError: no room for the labels" in done.stderr
    assert done.stderr.count("sim: no figure ") == done.stderr.count("no room")
    assert (folder / "here" / "manifest.json").exists()


def test_figures_that_cannot_be_saved_cost_a_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "tree.png")

    monkeypatch.setattr("sim.work.folders.Place.add", full)
    done = call("solve", "--out", "here")
    assert done.exit_code == 0
    assert done.stderr == (
        "sim: no figures: tree.png: No space left on device\nSaved in here: solution.json.\nNext: sim solve --full\n"
    )


def test_a_drawing_library_that_cannot_be_loaded_costs_a_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sim.drawing.saving", None)
    done = call("run", "--draws", "16", "--out", "here")
    assert done.exit_code == 0
    assert "sim: no figures: " in done.stderr
    assert sim.load_result(folder / "here").draws == 16


def test_an_answer_that_cannot_be_saved_is_printed_all_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "solution.json")

    monkeypatch.setattr("sim.work.folders.Place.put", full)
    done = call("solve", "--out", "here", "--full")
    assert done.exit_code == 1
    assert "EQUILIBRIUM 1" in done.stdout
    assert done.stderr == "sim: the result could not be saved: solution.json: No space left on device\n"
    assert list(folder.iterdir()) == []


# -------------------------------------------------------------------------------------------- what the work ends with


@pytest.mark.parametrize("command", [*ASKED, "export"])
@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (
            ValueError("payoffs lie too far apart"),
            "a game cannot be solved: payoffs lie too far apart (does a",
        ),
        (MemoryError("8 GiB"), "the run failed for want of memory (8 GiB)"),
        (FloatingPointError("overflow"), "the run failed: overflow"),
    ],
    ids=["too far apart", "no memory", "overflow"],
)
def test_what_the_work_ends_with_is_said_in_one_line(
    folder: Path, run: str, command: str, fault: Exception, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken(monkeypatch, fault)
    done = call("export", "--efg", "a.efg") if command == "export" else asked(command, run)
    assert (done.exit_code, done.stdout) == (1, "")
    assert f"sim: {said}" in done.stderr
    assert list(folder.iterdir()) == []


# ---------------------------------------------------------------------------------------------- runs that can be read


NAMES = ["my two.toml", "été.toml", "日本.toml", "-.toml", " .toml", "a" * 90 + ".toml", "new\nline.toml", "\x7f.toml"]


@pytest.mark.skipif(sys.platform == "win32", reason="no such names there")
@pytest.mark.parametrize("name", [*NAMES, b"\xff.toml"], ids=ascii)
def test_a_run_of_a_file_of_any_name_can_be_replayed(folder: Path, name: Any) -> None:  # noqa: ANN401 - text or bytes
    file = folder / (name if isinstance(name, str) else name.decode(errors="surrogateescape"))
    file.write_text('extends = "macron-2024"\n', encoding="utf-8")
    assert call("run", str(file), "--draws", "16", "--out", "here").exit_code == 0
    assert call("replay", "here", "--draw", "3").exit_code == 0
    again = sim.load_scenario(folder / "here" / "scenario.toml")
    assert again.sha256 == sim.load_result(folder / "here").sha256


def test_delete_in_a_title_survives(folder: Path) -> None:
    text = 'extends = "macron-2024"\ntitle = "rub\\u007fout"\n[prior]\nresolute = 0.5\n'
    (folder / "odd.toml").write_text(text, encoding="utf-8")
    assert call("run", "odd.toml", "--draws", "16", "--out", "here").exit_code == 0
    assert sim.load_scenario(folder / "here" / "scenario.toml").title == "rub\x7fout"


def test_seeds_end_where_those_of_a_file_end(folder: Path) -> None:
    largest = str(2**63 - 1)
    assert call("run", "--draws", "16", "--seed", largest, "--out", "here").exit_code == 0
    assert call("replay", "here", "--draw", "3").exit_code == 0
    for words in (("run",), ("solve", "--draw", "1"), ("channels",)):
        assert call(*words, "--seed", str(2**63)).exit_code == 2
    with pytest.raises(ValueError, match=f"seed must be at most {largest}; it is {2**63}"):
        sim.run("macron-2024", 16, 2**63)


def test_what_cannot_be_read_back_does_not_count_as_saved(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.montecarlo.run.scenario_toml", lambda *_, **__: 'name = "no name"\n')
    done = call("run", "--draws", "16", "--out", "here")
    assert done.exit_code == 1
    assert "what was to be saved cannot be read back" in done.stderr
    assert "1 finished chunk is kept in here" in done.stderr
    assert not (folder / "here" / "result.json").exists()


# ------------------------------------------------------------------------------------------------ runs edited by hand


@pytest.mark.parametrize("words", [(), ("--resume",)], ids=["anew", "resume"])
def test_an_edited_run_is_neither_reprinted_nor_replaced_unasked(folder: Path, words: tuple[str, ...]) -> None:
    few = ("run", "--draws", "16")
    assert call(*few).exit_code == 0
    (place,) = (folder / "runs").iterdir()
    for name in ("result.json", "table.csv", "scenario.toml"):
        content = (place / name).read_bytes()
        (place / name).write_bytes(content.replace(b"0.1", b"0.2", 1) + b"\n")
        done = call(*few, *words)
        assert (done.exit_code, done.stdout) == (2, "")
        assert name in done.stderr
        assert "was changed after it was saved" in done.stderr
        assert "--force replaces it" in done.stderr
        (place / name).write_bytes(content)
    assert call(*few, *words).exit_code == 0
    (place / "table.csv").write_bytes(b"")
    assert call(*few, *words, "--force").exit_code == 0
    assert (place / "table.csv").read_bytes() != b""
