"""Results as tables, dicts and folders.

Deliberate break: writing straight into the target folder fails `test_a_failed_write_leaves_nothing_behind`.
"""

import csv
import json
import os
from pathlib import Path

import numpy as np
import pytest

from sim.crisis.play import Play
from sim.montecarlo.job import plan
from sim.montecarlo.result import Result, load_result
from sim.montecarlo.run import run
from sim.scenario.scenario import load_scenario


@pytest.fixture(scope="module")
def result() -> Result:
    return run(load_scenario("macron-2024"), 256, keep_draws=True)


def test_what_is_saved_is_what_is_loaded(result: Result, tmp_path: Path) -> None:
    loaded = load_result(result.save(tmp_path / "run"))
    assert loaded.to_dict() == result.to_dict()
    assert loaded.text == result.text
    assert loaded.parameters is not None
    assert result.parameters is not None
    assert np.array_equal(loaded.parameters["prior.resolute"], result.parameters["prior.resolute"])
    assert loaded.outcomes is not None
    assert result.outcomes is not None
    assert np.array_equal(loaded.outcomes["commit"]["war"], result.outcomes["commit"]["war"])


def test_the_folder_holds_the_result_the_table_the_scenario_and_further_files(result: Result, tmp_path: Path) -> None:
    folder = result.save(tmp_path / "deep" / "run", files={"note.txt": b"hello"})
    names = {path.name for path in folder.iterdir()}
    assert names == {"result.json", "manifest.json", "table.csv", "scenario.toml", "draws.npz", "note.txt"}
    with (folder / "table.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 32
    assert float(rows[8]["mean"]) == result.table()[8]["mean"]


def test_the_dict_is_plain_json_and_a_copy(result: Result) -> None:
    taken = result.to_dict()
    assert json.loads(json.dumps(taken)) == taken
    taken["doctrine"].clear()
    assert result.doctrine


def test_a_run_with_another_last_move_is_another_run(result: Result) -> None:
    scenario = load_scenario("macron-2024")
    assert result.differences(plan(scenario, 256)) == ""
    other = result.differences(plan(scenario, 256, play=Play(last_move="logit")))
    assert other == "last_move is 'exact' there and 'logit' here"


def test_an_earlier_run_is_replaced_whole(result: Result, tmp_path: Path) -> None:
    result.save(tmp_path / "run", files={"old.txt": b""})
    folder = result.save(tmp_path / "run")
    assert not (folder / "old.txt").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_a_folder_of_other_things_is_not_touched(result: Result, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(FileExistsError, match="must be a new, an empty or a run folder"):
        result.save(tmp_path)
    with pytest.raises(FileExistsError, match="must be a new, an empty or a run folder"):
        result.save(tmp_path / "thesis.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize("pretender", ["result.json", "manifest.json"])
def test_a_folder_that_looks_like_a_run_is_not_touched(result: Result, tmp_path: Path, pretender: str) -> None:
    (tmp_path / pretender).write_text('{"my": "tool"}', encoding="utf-8")
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(FileExistsError, match="must be a new, an empty or a run folder"):
        result.save(tmp_path)
    assert (tmp_path / "thesis.txt").exists()


def test_a_run_with_notes_of_ones_own_in_it_is_not_replaced(result: Result, tmp_path: Path) -> None:
    (result.save(tmp_path / "run") / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError, match="it holds something else"):
        result.save(tmp_path / "run")
    assert (tmp_path / "run" / "notes.txt").read_text(encoding="utf-8") == "mine"


def no_place_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the last file but the manifest fail."""
    count = 0

    def failing(_: int) -> None:
        nonlocal count
        count += 1
        if count == 3:
            raise OSError("no place left")

    monkeypatch.setattr(os, "fsync", failing)


def test_a_failed_write_leaves_nothing_behind(result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    no_place_left(monkeypatch)
    with pytest.raises(OSError, match="no place left"):
        result.save(tmp_path / "run")
    assert list(tmp_path.iterdir()) == []


def test_a_failed_write_leaves_the_earlier_run_whole(
    result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result.save(tmp_path / "run", files={"old.txt": b""})
    no_place_left(monkeypatch)
    with pytest.raises(OSError, match="no place left"):
        result.save(tmp_path / "run")
    assert load_result(tmp_path / "run").to_dict() == result.to_dict()
    assert (tmp_path / "run" / "old.txt").exists()


@pytest.mark.parametrize("name", ["no/such/folder.txt", "result.json", "..", ""])
def test_further_files_have_plain_names_of_their_own(result: Result, tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="files must have plain names"):
        result.save(tmp_path / "run", files={name: b""})
    assert list(tmp_path.iterdir()) == []


def test_damaged_draws_are_named(result: Result, tmp_path: Path) -> None:
    folder = result.save(tmp_path / "run")
    (folder / "draws.npz").write_bytes(b"PK nonsense")
    with pytest.raises(ValueError, match=r"draws\.npz must hold the kept draws"):
        load_result(folder)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "must be a run folder with a readable result.json"),
        ("{", "must be a run folder with a readable result.json"),
        ("[]", "must have schema 2; it has None"),
        ('{"schema": 99}', "must have schema 2; it has 99"),
        ('{"schema": 2, "draws": 16}', "must have the fields of schema 2"),
    ],
)
def test_what_is_no_run_is_refused(tmp_path: Path, content: str | None, message: str) -> None:
    (tmp_path / "scenario.toml").write_text("", encoding="utf-8")
    if content is not None:
        (tmp_path / "result.json").write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        load_result(tmp_path)
