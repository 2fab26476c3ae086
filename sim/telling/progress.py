"""How long will it take? A bar with the time left, once waiting is worth a word, and only where somebody watches."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from sim.telling.numbers import points


class Report(Protocol):
    """Takes the work done and the work to do, and the 95 % half-width so far, if there is one (NaN if not)."""

    def __call__(self, done: int, total: int, half_width: float = ..., /) -> None: ...  # noqa: D102


PATIENCE_SECONDS = 1.0  # work that takes less goes without a bar


@contextmanager
def progress(label: str, *, wanted: bool = True) -> Iterator[Report | None]:
    """Give a function to call with the work done and the work to do; it draws a bar on standard error."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    if not wanted or not console.is_terminal:
        yield None
        return
    started = time.monotonic()
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:.0f} %{task.fields[error]}"))
    bar = Progress(*columns, TextColumn("time left"), TimeRemainingColumn(), console=console, transient=True)
    task = bar.add_task(label, error="")

    def report(done: int, total: int, half_width: float = math.nan, /) -> None:
        error = "" if math.isnan(half_width) else f", error {points(half_width)} points"
        bar.update(task, completed=done, total=total, error=error)
        if time.monotonic() - started > PATIENCE_SECONDS:
            bar.start()

    try:
        yield report
    finally:
        bar.stop()
