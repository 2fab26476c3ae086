"""Does a small file with much in it cost little, and is it answered shortly?

Deliberate breaks that turned tests red: keys of any depth read; a chain of any length followed; every fault told.
"""

from __future__ import annotations

import time
import tracemalloc
from pathlib import Path

import pytest

from sim.scenario.file.positions import DEEPEST
from sim.scenario.game_file import load
from sim.scenario.library import LONGEST
from sim.telling.faults import MOST_FAULTS, ScenarioError

CHILD = 'extends = "macron-2024"\n'
REASONS = 'value = 0.5\nrationale = "x"\n'

MANY = {
    "parts of a key": ".".join("a" * 5000) + " = 1\n",
    "quoted parts of a key": " . ".join(['"a b"'] * 3000) + " = 1\n",
    "parts of a heading": "[" + ".".join("a" * 5000) + "]\n",
    "tables in tables": "x = " + "{a=" * 60 + "1" + "}" * 60 + "\n",
    "lists in lists": "x = [" + ",".join("[" * 100 + "1" + "]" * 100 for _ in range(200)) + "]\n",
    "unknown claims": f"{CHILD}[signal.commit.pinpoint]\n{REASONS}evidence = {[f'unknown-{i}' for i in range(2000)]}\n",
    "unknown keys": CHILD + "".join(f"unknown{i} = 1\n" for i in range(2000)),
    "unknown keys in a table": f"{CHILD}[signal.commit]\n" + "".join(f"unknown{i} = 1\n" for i in range(2000)),
    "unknown pairs": f"{CHILD}[correlation]\n" + "".join(f'"u{i} ~ v{i}" = 0.5\n' for i in range(2000)),
    "cells that are no numbers": (
        f"[game]\ntypes = ['a', 'b']\nsignals = ['m']\nactions = {[f'a{i}' for i in range(2000)]}\nprior = [0.5, 0.5]\n"
        f"sender = {[[['x'] * 2000]] * 2}\nreceiver = {[[['x'] * 2000]] * 2}\n"
    ),
    "names that are repeated": (
        f"[game]\ntypes = {['a'] * 3000}\nsignals = ['m']\nactions = ['a']\nprior = [1]\nsender = [[[1]]]\n"
        "receiver = [[[1]]]\n"
    ),
}


@pytest.mark.parametrize("what", list(MANY))
def test_many_faults_are_found_for_little_and_told_in_short(tmp_path: Path, what: str) -> None:
    (tmp_path / "many.toml").write_text(MANY[what], encoding="utf-8")
    tracemalloc.start()
    began = time.process_time()
    with pytest.raises(ScenarioError, match=r"many\.toml") as caught:
        load(str(tmp_path / "many.toml"))
    seconds, most = time.process_time() - began, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert str(caught.value).count("many.toml") <= MOST_FAULTS
    assert seconds < 10
    assert most < 60e6


def test_who_has_more_faults_is_told_that_there_are_more(tmp_path: Path) -> None:
    (tmp_path / "many.toml").write_text(MANY["unknown pairs"], encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"\nand at least \d+ more faults$"):
        load(str(tmp_path / "many.toml"))


def test_keys_as_deep_as_may_be_are_read_and_told_where_they_stand(tmp_path: Path) -> None:
    (tmp_path / "deep.toml").write_text(CHILD + "\n# x.y\n" + ".".join("a" * DEEPEST) + " = 1\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"deep\.toml:4:1: unknown key"):
        load(str(tmp_path / "deep.toml"))


def test_a_chain_of_files_has_an_end(tmp_path: Path) -> None:
    for i in range(LONGEST + 5):
        (tmp_path / f"{i}.toml").write_text(f'extends = "{i + 1}.toml"\n', encoding="utf-8")
    (tmp_path / f"{LONGEST + 5}.toml").write_text(CHILD, encoding="utf-8")
    with pytest.raises(ScenarioError, match=rf"extends must lead through at most {LONGEST} files"):
        load(str(tmp_path / "0.toml"))
    assert load(str(tmp_path / "8.toml")).path.name == "8.toml"
