"""How does a test start a program? One that hears Ctrl-C, whoever started the tests, and never outlives its test."""

from __future__ import annotations

import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

LONGEST_SECONDS = 120
"""After which a program is killed: every wait for it ends, and the test fails instead of hanging."""


@contextmanager
def started(
    command: Sequence[str], *, folder: Path | None = None, own_session: bool = False, asks: bool = False
) -> Iterator[subprocess.Popen[str]]:
    """Start a program whose output is read, and kill it if it is still there in the end; one that asks can wait."""
    # A shell starts what it runs in the background deaf to Ctrl-C, and programs inherit that from the tests. A handler
    # is not inherited: the program begins with the default.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        program = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.PIPE if asks else None,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=own_session,
        )
    finally:
        signal.signal(signal.SIGINT, before)
    watchdog = threading.Timer(LONGEST_SECONDS, program.kill)
    watchdog.daemon = True
    watchdog.start()
    with program:
        try:
            yield program
        finally:
            watchdog.cancel()
            program.kill()


def wait_until(there: Callable[[], object], program: subprocess.Popen[str]) -> None:
    """Wait for what a program does while it runs, or for its end."""
    while not there() and program.poll() is None:
        time.sleep(0.01)
