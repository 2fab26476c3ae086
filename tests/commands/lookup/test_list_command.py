"""Does `sim list` show what there is, on one screen?

Deliberate breaks that turned a test red: runs sorted the earliest first; variants given a line each however many.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sim.cli import main
from sim.lookup.catalogue import Listed, head_of
from sim.lookup.listing import lines
from sim.scenario.library import bundled_games, bundled_scenarios


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def call(*words: str) -> Result:
    """Call the program."""
    return CliRunner().invoke(main, words)


def saved(folder: Path, name: str, when: int, draws: int = 64) -> None:
    """Save what a list reads of a run."""
    place = folder / "runs" / name
    place.mkdir(parents=True)
    (place / "result.json").write_text(json.dumps({"title": f"About {name}", "draws": draws}), encoding="utf-8")
    os.utime(place / "result.json", (when, when))


def test_every_scenario_and_game_is_named_with_and_without_full() -> None:
    for words in ((), ("--full",)):
        said = call("list", *words).stdout
        assert [name for name in (*bundled_scenarios(), *bundled_games()) if name not in said] == []


def test_full_has_every_title_and_question() -> None:
    said = " ".join(call("list", "--full").stdout.split())
    told = json.loads(call("list", "--json").stdout)
    for each in told["scenarios"] + told["games"]:
        assert each["title"] in said
        assert each["question"] in said


def test_a_list_is_a_screen_however_many_scenarios_files_and_runs_there_are(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crises = [Listed(f"crisis-{n}", "What happened there? " * 9, "?", "base", renamed=True) for n in range(9)]
    variants = [Listed(f"what-if-{n}", "What if it were otherwise?", "?", "macron-2024") for n in range(16)]
    monkeypatch.setattr("sim.lookup.listing.scenarios", lambda: [*crises, *variants])
    for n in range(12):
        (folder / f"own-{n}.toml").write_text('extends = "macron-2024"\n', encoding="utf-8")
        saved(folder, f"run-{n}", n)
    done = call("list")
    said = done.stdout.splitlines()
    assert len(said) + len(done.stderr.splitlines()) <= 25
    assert max(map(len, said)) <= 80
    assert "what-if-15" in done.stdout
    assert re.search(r"and (9|1[01]) more", done.stdout)


def test_the_latest_runs_come_first_and_what_is_no_run_is_left_out(folder: Path) -> None:
    for n, name in enumerate(("first", "second", "third", "fourth", "fifth")):
        saved(folder, name, 1000 + n, draws=10**n)
    (folder / "runs" / "broken").mkdir()
    (folder / "runs" / "broken" / "result.json").write_text("[", encoding="utf-8")
    os.utime(folder / "runs" / "broken" / "result.json", (1, 1))
    said = call("list").stdout
    assert [said.index(name) for name in ("fifth", "fourth", "third")] == sorted(
        said.index(name) for name in ("fifth", "fourth", "third")
    )
    assert "second" not in said
    assert "10,000 draws" in said
    assert [run["folder"] for run in json.loads(call("list", "--json").stdout)["runs"]][-1] == "runs/first"


def test_only_files_that_are_scenarios_are_called_so(folder: Path) -> None:
    (folder / "mine.toml").write_text('title = "Mine"\n[prior.resolute]\nvalue = 0.5\n', encoding="utf-8")
    (folder / "pyproject.toml").write_text('[project]\nname = "other"\n', encoding="utf-8")
    (folder / "broken.toml").write_text("\0", encoding="utf-8")
    said = "\n".join(lines(folder, full=False))
    assert "mine.toml  Mine" in said
    assert "pyproject" not in said


def test_the_head_of_a_file_is_read_also_where_a_text_has_a_bracket_at_the_start_of_a_line() -> None:
    assert head_of('title = """\n[not a table\n"""\n[prior]\n')["title"] == "[not a table\n"
    assert head_of("[") == {}
