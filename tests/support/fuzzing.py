"""What do the fuzzers share? Nonsense, a way of asking that notices tracebacks, and how many they try.

Each is a program, `python tests/support/fuzz_NAME.py N SEED`, that tries N cases and says what came of them; the tests
try a few.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from click.testing import CliRunner, Result

from sim.cli import main

NUMBERS = (
    "0",
    "-1",
    "1",
    "0.5",
    "1e308",
    "1e-308",
    "1e6",
    "1000001",
    "nan",
    "-inf",
    "9" * 30,
    "2e9999",
    "0x10",
    "1_000",
)
TEXTS = ("", " ", "x", "été", "日本", "\x7f", "\u202e", "a\nb", "[bold]", "%s", "{0}", "$x^2$", "..", "/", "'", "\\")

ENDS = (0, 1, 2)
"""Exit codes that a command may end with."""


class FoundError(AssertionError):
    """A case that went wrong, told so that it can be tried again."""


def ask(*words: str) -> Result:
    """Ask a command in this process; anything but a regular end is a find."""
    done = CliRunner().invoke(main, words, prog_name="sim")
    if (done.exception and not isinstance(done.exception, SystemExit)) or done.exit_code not in ENDS:
        raise FoundError(f"sim {' '.join(map(ascii, words))}: {done.exit_code}, {done.exception!r}") from done.exception
    if done.exit_code and not done.stderr.strip():
        raise FoundError(f"sim {' '.join(map(ascii, words))} ends with {done.exit_code} and says nothing")
    return done


@contextmanager
def playground() -> Iterator[Path]:
    """Stand in an empty folder, and spare the time of drawing."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as place, patch("sim.drawing.saving.files_of", lambda *_: {"picture.png": b"p"}):
        os.chdir(place)
        try:
            yield Path(place)
        finally:
            os.chdir(before)


def picture(folder: Path) -> dict[str, object]:
    """Return all that is in a folder, so that a change shows."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else path.lstat().st_mode
        for path in folder.rglob("*")
    }


def nonsense(chance: random.Random) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return some value that nobody expects."""
    values: Sequence[object] = (
        None,
        True,
        -1,
        0,
        10**400,
        1.5,
        -1e308,
        float("nan"),
        "",
        "x\x1b[31m",
        [],
        [[]],
        {},
        {"a": 1},
    )
    return chance.choice([*values, chance.random(), "y" * 5000, [0.5] * 33])


def run_as_program(fuzz: Callable[[int, int], Counter[str]]) -> None:
    """Do what the command line says: how many, and from which seed on."""
    count, seed = (int(word) for word in (*sys.argv[1:], *["1000", "0"][len(sys.argv) - 1 :]))
    told = fuzz(count, seed)
    print(f"{sum(told.values())} cases:", ", ".join(f"{name} {each}" for name, each in told.most_common()))  # noqa: T201
