"""Does `sim readings` keep its word? What it prints, saves, and refuses.

Deliberate break that turned a test red: `--seed` not handed on.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import sim
from sim.cli import main


def call(*words: str) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(main, words, terminal_width=80, prog_name="sim")


def test_json_is_the_dict_of_the_readings_and_a_folder_has_the_figure(tmp_path: Path) -> None:
    done = call("readings", "--draws", "64", "--seed", "7", "--json", "--out", str(tmp_path / "here"))
    assert json.loads(done.stdout) == sim.readings("macron-2024", 64, 7).to_dict()
    names = ["manifest.json", "readings.csv", "readings.json", "readings.png", "readings.svg"]
    assert sorted(path.name for path in (tmp_path / "here").iterdir()) == names


def test_the_table_fits_a_terminal_and_has_every_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    done = call("readings", "--draws", "64", "--full")
    lines = done.stdout.splitlines()
    assert max(map(len, lines)) <= 80
    said = " ".join(done.stdout.split())
    assert [each.command for each in sim.readings("macron-2024", 64).readings if each.command not in said] == []


def test_a_game_given_outright_has_no_readings() -> None:
    done = call("readings", "textbook/spence")
    assert done.exit_code == 2
    assert "has no uncertain parameters to draw" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("author-slant", "--voice", "author=9"), "a voice must be held within 5 standard deviations; it is 9"),
        (("macron-2024", "--voice", "author=+1"), "the scenario has no voice 'author'"),
        (("author-slant", "--voice", "author"), "it must read VOICE=X, such as author=+1"),
    ],
)
def test_a_voice_that_cannot_be_held_is_refused(words: tuple[str, ...], said: str) -> None:
    done = call("run", *words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in " ".join(done.stderr.split())


def test_a_voice_that_is_held_moves_what_rests_on_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sim.drawing.saving.files_of", lambda *_: {})
    runs = [
        json.loads(call("run", "author-slant", "--draws", "256", f"--voice=author={at}", "--json").stdout)
        for at in ("-1", "+1")
    ]
    strikes = [run["doctrine"]["commit"]["strike"]["mean"] for run in runs]
    assert strikes[0] > strikes[1] + 0.2
    assert "author, behind 17 numbers, held at -1 standard deviations in all draws" in " ".join(runs[0]["notes"])
    assert len(list((tmp_path / "runs").iterdir())) == 2
