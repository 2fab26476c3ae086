"""Is the bar shown when it helps, and only then?

Deliberate break that turned a test red: starting the bar at once.
"""

from __future__ import annotations

import math
import re
from contextlib import redirect_stderr
from io import StringIO

import pytest

import sim.telling.progress
from sim.telling.progress import progress


class Terminal(StringIO):
    """Text that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def seen(*, wanted: bool = True, screen: StringIO, half_width: float | None = None) -> str:
    """Return what work of two steps shows on a screen."""
    with redirect_stderr(screen), progress("Solving", wanted=wanted) as report:
        if report:
            report(1, 4) if half_width is None else report(1, 4, half_width)
    return screen.getvalue()


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing but the screen decide whether it is a terminal."""
    monkeypatch.setenv("TERM", "xterm")
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let any work take too long."""
    monkeypatch.setattr(sim.telling.progress, "PATIENCE_SECONDS", -1.0)


def test_short_work_goes_without_a_bar() -> None:
    assert "Solving" not in seen(screen=Terminal())


@pytest.mark.usefixtures("_impatient")
def test_long_work_shows_its_share_and_the_time_left() -> None:
    assert re.search(r"Solving.*25 % +time left", seen(screen=Terminal()))


@pytest.mark.usefixtures("_impatient")
def test_the_error_so_far_is_shown_where_there_is_one() -> None:
    assert re.search(r"25 %, error ± 0.12 points", seen(screen=Terminal(), half_width=0.0012))
    assert "error" not in seen(screen=Terminal(), half_width=math.nan)


@pytest.mark.usefixtures("_impatient")
def test_nothing_is_shown_where_nobody_watches_or_wants_it() -> None:
    assert seen(screen=StringIO()) == ""
    assert seen(screen=Terminal(), wanted=False) == ""
