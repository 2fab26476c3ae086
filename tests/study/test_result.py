"""Results as tables, dicts and folders.

Deliberate break: writing straight into the target folder fails `test_a_failed_write_leaves_nothing_behind`.
"""

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from sim.study.montecarlo import run
from sim.study.result import Result, load_result
from sim.study.scenario import load_scenario


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
    assert names == {"result.json", "table.csv", "scenario.toml", "draws.npz", "note.txt"}
    with (folder / "table.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 32
    assert float(rows[8]["mean"]) == result.table()[8]["mean"]


def test_the_dict_is_plain_json_and_a_copy(result: Result) -> None:
    taken = result.to_dict()
    assert json.loads(json.dumps(taken)) == taken
    taken["doctrine"].clear()
    assert result.doctrine


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


def test_a_failed_write_leaves_nothing_behind(result: Result, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="no/such"):
        result.save(tmp_path / "run", files={"no/such/folder.txt": b""})
    assert list(tmp_path.iterdir()) == []


def test_a_failed_write_leaves_the_earlier_run_whole(result: Result, tmp_path: Path) -> None:
    result.save(tmp_path / "run")
    with pytest.raises(OSError, match="no/such"):
        result.save(tmp_path / "run", files={"no/such/folder.txt": b""})
    assert load_result(tmp_path / "run").to_dict() == result.to_dict()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "must be a run folder with a readable result.json"),
        ("{", "must be a run folder with a readable result.json"),
        ("[]", "must have schema 1; it has None"),
        ('{"schema": 99}', "must have schema 1; it has 99"),
        ('{"schema": 1, "draws": 16}', "must have the fields of schema 1"),
    ],
)
def test_what_is_no_run_is_refused(tmp_path: Path, content: str | None, message: str) -> None:
    (tmp_path / "scenario.toml").write_text("", encoding="utf-8")
    if content is not None:
        (tmp_path / "result.json").write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        load_result(tmp_path)
