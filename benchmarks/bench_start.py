"""How long does a command take that answers at once? Whole processes, imports included."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from benchmarks.harness import Benchmark

COMMANDS = {
    "sim --help": ("--help",),
    "sim list": ("list",),
    "sim explain d1": ("explain", "d1"),
    "sim run, figure and files included": ("run",),
}


def answered(words: tuple[str, ...]) -> str:
    """Run a command in a folder of its own, and return what it printed."""
    with tempfile.TemporaryDirectory() as place:
        own = ("--quiet", "--out", str(Path(place, "run"))) if words == ("run",) else ()
        code = "import sys; from sim.cli import main; main(sys.argv[1:], standalone_mode=False)"
        done = subprocess.run([sys.executable, "-c", code, *words, *own], capture_output=True, text=True, check=True)
    return done.stdout


def benchmarks() -> list[Benchmark]:
    """List the commands."""
    return [
        Benchmark(
            f"start: {name}",
            setup=partial(tuple, words),
            call=answered,
            check=lambda printed: len(printed) > 100,
            note="a process of its own",
        )
        for name, words in COMMANDS.items()
    ]
