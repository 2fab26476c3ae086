"""What becomes of a draw that cannot be solved, in commands that solve many?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sim.commands.options import FAILED, leave
from sim.telling.faults import ScenarioError


@contextmanager
def solving() -> Iterator[None]:
    """Say in one line that a draw of a scenario cannot be solved, and end."""
    try:
        yield
    except ScenarioError:
        raise
    except ValueError as fault:
        hint = "does a parameter reach values far beyond all others?"
        leave(f"sim: a draw cannot be solved: {fault} ({hint})", FAILED)
