"""Can anybody play, on any terminal? Keys, wrong keys, ends of input, seeds, what is saved, other names.

Deliberate breaks that turned a test red: the file refused only after the game; rounds that depend on whether a file is
wanted; Ctrl-C that forgets the rounds played.
"""

from __future__ import annotations

import csv
import io
import json
import re
import signal
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from places import ROOT
from programs import started

from sim.cli import main
from sim.commands.running import terminal

RENAMED = str(ROOT / "tests" / "support" / "renamed.toml")
PROMPT = "h hold · s strike · q stop > "
AS_FRANCE = ("--as", "france")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder, at a terminal of 80 columns."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path


def play(typed: str, *words: str) -> Result:
    """Play with what is typed, a line a word."""
    return CliRunner().invoke(main, ["play", *words], input="".join(f"{word}\n" for word in typed.split()))


def rounds(text: str) -> list[str]:
    """Return what is seen of each round before anything is chosen."""
    return re.findall(r"^Round \d+ of \d+\. .*?(?= > |\n\n)", text, flags=re.MULTILINE | re.DOTALL)


def test_a_game_is_played_to_its_end_and_explained() -> None:
    done = play("h hold 1 H ho h 1 h", "--seed", "7")
    assert done.exit_code == 0
    assert len(rounds(done.stdout)) == 10
    assert "10 rounds: you got " in done.stdout
    assert "a Russia that believes France resolute with" in " ".join(done.stdout.split())
    assert done.stderr.startswith("Next: ")
    assert max(map(len, done.stdout.splitlines())) <= 79


def test_the_next_command_shows_the_round_that_cost_most() -> None:
    done = play("s " * 9, "--rounds", "9")
    dear = int(re.findall(r"most\s+in\s+round\s+(\d+)", done.stdout)[0])
    assert done.stderr.strip().endswith(f" solve macron-2024 --draw {dear - 1} --seed 2024")
    shown = CliRunner().invoke(main, ["solve", "macron-2024", "--draw", str(dear - 1), "--seed", "2024", "--json"])
    assert shown.exit_code == 0
    seen = rounds(done.stdout)[dear - 1]
    believed = re.search(r"resolute with ([\d.]+) %", " ".join(seen.split()))
    assert believed
    parameters = json.loads(shown.stdout)["parameters"]
    assert float(believed[1]) == pytest.approx(100 * parameters["prior.resolute"], abs=0.05)


def test_everybody_has_the_same_rounds_whatever_they_choose() -> None:
    meek, bold, other = (
        play(typed, "--rounds", "8", "--seed", seed)
        for typed, seed in (("h " * 8, "3"), ("s " * 8, "3"), ("h " * 8, "0"))
    )
    assert rounds(meek.stdout) == rounds(bold.stdout)
    assert rounds(meek.stdout) != rounds(other.stdout)
    assert rounds(play("1 " * 8, *AS_FRANCE).stdout)[0] == rounds(play("3 f " * 9, *AS_FRANCE).stdout)[0]


def test_a_wrong_key_is_answered_and_asked_again() -> None:
    done = play("x 3 7 hol", "--rounds", "1")
    assert done.exit_code == 0
    assert done.stdout.count(PROMPT) == 4
    assert "In 1 of 1 round with something to decide" in " ".join(done.stdout.split())
    assert "'x' is none of them." in done.stdout
    empty = CliRunner().invoke(main, ["play", "--rounds", "1"], input="\n \nh\n")
    assert empty.stdout.count("Type one of the letters or numbers.") == 2
    assert empty.exit_code == 0


@pytest.mark.parametrize("typed", ["", "q", "QUIT", "\x1a"])
def test_who_ends_the_input_or_stops_is_taken_leave_of(typed: str, folder: Path) -> None:
    done = play(typed, "--save", "mine.csv")
    assert done.exit_code == 0
    assert "No round was played." in done.stdout
    assert done.stderr.startswith("Next: ")
    assert list(folder.iterdir()) == []
    some = play(f"h {typed}", "--save", "mine.csv")
    assert "rounds: you got" in some.stdout
    assert (folder / "mine.csv").exists()


def test_ctrl_c_ends_with_130_and_keeps_what_was_played(folder: Path) -> None:
    command = [sys.executable, "-m", "sim", "play", "--save", "mine.csv"]
    with started(command, asks=True) as running:
        assert running.stdout
        said = ""
        while PROMPT not in said:
            said += running.stdout.read(1)
        running.send_signal(signal.SIGINT)
        running.wait(timeout=20)
        _, talk = running.communicate(timeout=20)
    assert (running.returncode, talk) == (130, "\nsim: interrupted; 0 rounds of 10 played\n")
    assert list(folder.iterdir()) == []


def test_ctrl_c_later_saves_the_rounds_before(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = iter(["h", "s"])

    def line(_: str) -> str:
        typed = next(lines, None)
        if typed is None:
            raise KeyboardInterrupt
        return typed

    monkeypatch.setattr(terminal, "_line", line)
    done = play("", "--save", "mine.csv")
    assert done.exit_code == 130
    kept = list(csv.DictReader(io.StringIO((folder / "mine.csv").read_text(encoding="utf-8"))))
    assert [row["choice"] for row in kept] == ["hold", "hold", "strike"]  # in round 2 there is nobody to be struck
    assert done.stderr.endswith("sim: interrupted; 3 rounds of 10 played and saved in mine.csv\n")


def test_choices_are_saved_as_a_table_that_scores_as_the_screen_does(folder: Path) -> None:
    done = play("s h s h s h s h s h", "--seed", "9", "--save", "deep/mine.csv")
    rows = list(csv.DictReader(io.StringIO((folder / "deep" / "mine.csv").read_text(encoding="utf-8"))))
    assert len(rows) == 10
    assert {row["seed"] for row in rows} == {"9"}
    assert [int(row["round"]) for row in rows] == [int(row["draw"]) + 1 for row in rows] == list(range(1, 11))
    worth, best = (sum(float(row[name]) for row in rows) for name in ("worth", "best_worth"))
    text = " ".join(done.stdout.replace("−", "-").split())
    assert f"your choices are worth {worth:.2f}, the best replies of the equilibrium {best:.2f}" in text
    for row in rows:
        inside = row["fits_beliefs_from"] and (
            float(row["fits_beliefs_from"]) <= float(row["belief"]) <= float(row["fits_beliefs_to"])
        )
        assert bool(inside) == (row["choice"] in row["best_reply"].split(" or "))
    assert "Saved in deep/mine.csv: 10 rounds." in done.stderr.replace("\\", "/")


def test_a_file_that_is_there_is_refused_before_anybody_has_played(folder: Path) -> None:
    (folder / "mine.csv").write_text("kept", encoding="utf-8")
    done = play("h", "--rounds", "1", "--save", "mine.csv")
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "it is there already (--force overwrites it)" in done.stderr
    assert (folder / "mine.csv").read_text(encoding="utf-8") == "kept"
    assert play("h", "--rounds", "1", "--save", "mine.csv", "--force").exit_code == 0
    assert (folder / "mine.csv").read_text(encoding="utf-8").startswith("round,seed,draw,")


@pytest.mark.parametrize("scenario", ["macron-2024", RENAMED, "author-slant"])
@pytest.mark.parametrize("side", ["russia", "france"])
def test_the_first_screen_and_the_last_have_at_most_25_lines(scenario: str, side: str) -> None:
    first = play("", scenario, "--as", side)
    assert len(first.output.splitlines()) <= 25
    last = play("2 " * 40, scenario, "--as", side).output
    assert len(last[last.rindex("Round 10 of 10") :].splitlines()) <= 25 + 6  # with the last round before it


def test_both_sides_are_called_as_the_scenario_calls_them() -> None:
    for side in ("china", "China", "receiver", "russia"):
        assert "You are China, for one round" in play("h", RENAMED, "--as", side, "--rounds", "1").stdout
    played = play("2 " * 60, RENAMED, "--as", "the United States", "--rounds", "20")
    assert "1 disclaim · 2 quiet visit · 3 keep silent · 4 draw a line · q stop" in played.stdout
    assert played.exit_code == 0
    assert "h hold · g gamble · q stop > " in play("h", "cuba-1962", "--rounds", "1").stdout
    wrong = play("h", RENAMED, "--as", "germany")
    assert wrong.exit_code == 2
    assert "--as must be china or united_states; it is 'germany'." in wrong.stderr
    assert "--as must be russia or france; it is 'germany'." in play("h", "--as", "germany").stderr


def test_a_game_given_outright_and_too_many_rounds_are_refused() -> None:
    assert "has no uncertain parameters to draw" in play("h", "textbook/spence").stderr
    assert play("h", "--rounds", "101").exit_code == 2


def test_what_is_typed_and_is_no_text_is_a_wrong_key() -> None:
    done = CliRunner().invoke(main, ["play", "--rounds", "1"], input=b"\xff\xfe\nh\n")
    assert done.exit_code == 0
    assert "is none of them." in done.stdout


def test_a_set_parameter_holds_in_every_round_and_in_the_next_command() -> None:
    done = play("s " * 9, "--rounds", "4", "--set", "prior.resolute=0.5")
    seen = [" ".join(each.split()) for each in rounds(done.stdout)]
    believed = re.findall(r"France for resolute with ([\d.]+) %", " ".join(seen))
    assert len(believed) >= 2
    assert {*believed} == {"50.0"}
    assert done.stderr.strip().endswith("play macron-2024 --set=prior.resolute=0.5 --as france --seed 2024")
