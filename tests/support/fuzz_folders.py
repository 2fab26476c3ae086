"""Does any edit of a run's folder by hand end in a traceback, or in edited figures? `fuzz_folders.py N SEED` asks."""

from __future__ import annotations

import functools
import hashlib
import json
import os
import random
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fuzzing import FoundError, ask, nonsense, picture, playground, run_as_program

import sim
from sim.crisis.play import Play

RUN = ("run", "--draws", "1024", "--quiet", "--json", "--out", "here")
PLAYS = {"equilibrium": Play(), "quantal": Play(concept="quantal")}
NAMES = ("result.json", "manifest.json", "scenario.toml", "draws.npz", "table.csv")


@functools.cache
def result(concept: str) -> sim.Result:
    """Return the run whose folder is edited."""
    return sim.run("macron-2024", 1024, keep_draws=True, play=PLAYS[concept])


def fuzz(count: int, seed: int) -> Counter[str]:
    """Edit folders, and ask all that reads them."""
    told: Counter[str] = Counter()
    for number in range(seed, seed + count):
        chance = random.Random(number)
        concept = chance.choice([*PLAYS])
        with playground() as place:
            home = result(concept).save(place / "here")
            edits = [_edit(chance, home) for _ in range(chance.choice((1, 1, 2)))]
            if chance.random() < 0.5:
                _hashed_anew(home)
            try:
                told[_tried(place, concept)] += 1
            except FoundError as found:
                raise FoundError(f"case {number} ({'; '.join(edits)}): {found}") from found
    return told


def _tried(place: Path, concept: str) -> str:
    """Read the folder in every way, and see that nothing is lost or believed that is not so."""
    before = picture(place)
    try:
        loaded = sim.load_result("here").to_dict()
    except ValueError as fault:
        loaded, said = None, str(fault)
        if not said:
            raise FoundError("it is refused without a word") from fault
    ask("replay", "here", "--draw", "3")
    done = ask(*RUN, "--concept", concept, "--resume")
    if done.exit_code and picture(place) != before:
        raise FoundError(f"a run that was refused changed {set(picture(place).items()) ^ set(before.items())}")
    if not done.exit_code and json.loads(done.stdout) != result(concept).to_dict() and loaded is None:
        raise FoundError("figures are told that no run gave")
    return "refused" if done.exit_code else "told again"


def _edit(chance: random.Random, home: Path) -> str:
    """Change something, and say what."""
    name = chance.choice(NAMES if chance.random() < 0.5 else NAMES[:2])
    file = home / name
    if not file.is_file() or file.is_symlink():
        return "nothing"
    kinds: list[Callable[[random.Random, Path], None]] = [_bytes, _replaced]
    kinds += [_value] * 8 if name.endswith(".json") else []
    kind = chance.choice(kinds)
    kind(chance, file)
    return f"{kind.__name__} in {name}"


def _value(chance: random.Random, file: Path) -> None:
    """Change a value somewhere in a tree of JSON, or a key."""
    try:
        tree = json.loads(file.read_bytes())
    except (ValueError, RecursionError):
        return
    at: Any = tree
    while isinstance(at, dict | list) and at:
        key = chance.choice([*at]) if isinstance(at, dict) else chance.randrange(len(at))
        if chance.random() < 0.3 or not isinstance(at[key], dict | list) or not at[key]:
            break
        at = at[key]
    if not isinstance(at, dict | list) or not at:
        tree = nonsense(chance)
    elif chance.random() < 0.2:
        del at[key]
    elif chance.random() < 0.2 and isinstance(at, dict):
        at[chance.choice(("", "x", "../x", "\ud800", *map(str, at)))] = at.pop(key)
    elif isinstance(at[key], float) and chance.random() < 0.4:
        at[key] = min(1.0, at[key] * 1.5)
    else:
        at[key] = nonsense(chance)
    file.write_text(json.dumps(tree), encoding="utf-8")


def _bytes(chance: random.Random, file: Path) -> None:
    """Change some bytes."""
    content = bytearray(file.read_bytes() or b" ")
    for _ in range(chance.choice((1, 2, 50))):
        content[chance.randrange(len(content))] = chance.randrange(256)
    file.write_bytes(content[: chance.randint(0, len(content))] if chance.random() < 0.3 else content)


def _replaced(chance: random.Random, file: Path) -> None:
    """Put something else in the place of a file."""
    file.unlink()
    kind = chance.randrange(6)
    if kind == 0:
        file.mkdir()
    elif kind == 1:
        file.symlink_to(chance.choice(("table.csv", "nowhere", file.name)))
    elif kind == 2:
        os.mkfifo(file)
    elif kind == 3:
        file.write_text("[" * 5000, encoding="utf-8")
    elif kind == 4:
        shutil.copy(Path(__file__), file)


def _hashed_anew(home: Path) -> None:
    """Let the manifest have the hashes of what is there, so that more than they must find the edit."""
    try:
        manifest = json.loads((home / "manifest.json").read_bytes()) if (home / "manifest.json").is_file() else {}
        for name in manifest["files"]:
            if (home / name).is_file():
                manifest["files"][name] = hashlib.sha256((home / name).read_bytes()).hexdigest()
    except (ValueError, TypeError, KeyError, OSError, RecursionError):
        return
    (home / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


if __name__ == "__main__":
    run_as_program(fuzz)
