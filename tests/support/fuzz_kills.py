"""Does a kill at any moment of a save lose anything? `fuzz_kills.py N SEED` saves over and over, and is killed N times.

python fuzz_kills.py save FOLDER ONE OTHER    saves the runs in two folders into a third, in turn, until it is killed
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from fuzzing import FoundError, run_as_program

import sim
from sim.work.folders import taken
from sim.work.manifest import MANIFEST, edited

PICTURES = ({"old.png": b"o" * 100_000}, {"new.svg": b"n" * 100_000, "new.csv": b"c"})


def fuzz(count: int, seed: int) -> Counter[str]:
    """Kill a process that saves, and look what it leaves."""
    told: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as home:
        runs = [sim.run("macron-2024", 64 * (1 + n)).save(Path(home, name)) for n, name in enumerate(("one", "other"))]
        for number in range(seed, seed + count):
            told[_killed(Path(home, "here"), runs, random.Random(number), number)] += 1
    return told


def _killed(folder: Path, runs: list[Path], chance: random.Random, number: int) -> str:
    """Begin to save, kill, and read what is there; the next save finds what this one left."""
    command = [sys.executable, __file__, "save", str(folder), *map(str, runs)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as saving:
        assert saving.stdout is not None
        saving.stdout.readline()  # it begins
        time.sleep(chance.uniform(0, 0.4))
        saving.send_signal(signal.SIGKILL)
    if not folder.exists() or (not (folder / MANIFEST).exists() and not (folder / ".sim-new" / MANIFEST).exists()):
        return "nothing yet"
    finished = not (folder / ".sim-new").exists()
    wanted = [sim.load_result(run).to_dict() for run in runs]
    for moment in ("after the kill", "once it is taken"):
        if sim.load_result(folder).to_dict() not in wanted or edited(folder):
            raise FoundError(f"case {number}: {moment} the folder holds neither run whole")
        with taken(folder, "run"):  # raises if anything is taken for somebody else's
            pass
    names = {path.name for path in folder.iterdir()}
    if names & {*PICTURES[0]} and names & {*PICTURES[1]}:
        raise FoundError(f"case {number}: files of both runs are there: {names}")
    return "whole" if finished else "gone on with"


def save(folder: str, *runs: str) -> None:
    """Save two runs in turn, each with its pictures afterwards."""
    results = [sim.load_result(run) for run in runs]
    print("begins", flush=True)  # noqa: T201 - what the fuzzer waits for
    while True:
        for result, pictures in zip(results, PICTURES, strict=True):
            with taken(Path(folder), "run") as place:
                result.save(folder, force=True)
                place.add(pictures)


if __name__ == "__main__":
    if sys.argv[1:2] == ["save"]:
        save(*sys.argv[2:])
    else:
        run_as_program(fuzz)
