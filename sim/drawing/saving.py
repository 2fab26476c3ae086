"""How does a figure become files? PNG for a slide, SVG for a page, CSV for a spreadsheet; the same bytes every time."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from pathlib import Path

from matplotlib import style
from matplotlib.figure import Figure as Canvas

from sim.drawing.parts import UnreadableError
from sim.telling.answer import Answer, Figure

STYLE = Path(__file__).resolve().with_name("sim.mplstyle")
"""Style sheet of all figures."""


def answer_files(answer: Answer, say: Callable[[str], object]) -> dict[str, bytes]:
    """Return an answer as files: its data, its story if it has one, and its figures."""
    return answer.files() | files_of(answer.figures(), say)


def drawn(answer: Answer, say: Callable[[str], object]) -> dict[str, bytes]:
    """Return the figures of an answer as files; of one that cannot be drawn, `say` is told, and the others go on."""
    files: dict[str, bytes] = {}
    for figure in answer.figures():
        try:
            files |= files_of([figure], say)
        except Exception as fault:  # noqa: BLE001 - whatever is wrong with a figure, the answer stands
            say(f"no figure {figure.name}: {type(fault).__name__}: {fault}")
    return files


def files_of(figures: Iterable[Figure], say: Callable[[str], object]) -> dict[str, bytes]:
    """Return all figures as files; of one that could not be read, `say` is told why it is left out."""
    files: dict[str, bytes] = {}
    for figure in figures:
        try:
            files |= figure_files(figure)
        except UnreadableError as fault:
            say(f"no figure {figure.name}: {fault}")
    return files


def figure_files(figure: Figure) -> dict[str, bytes]:
    """Return NAME.png (2560 × 1440 pixels) and NAME.svg with title and alt text inside, and NAME.csv if it has a table.

    Examples
    --------
    >>> def draw(axes):
    ...     axes.plot([1.0, 2.0])
    ...     return axes
    >>> sorted(figure_files(Figure("line", draw, "It rises", "A line.", header=["y"], rows=[[1], [2]])))
    ['line.csv', 'line.png', 'line.svg']
    """
    png, svg = io.BytesIO(), io.BytesIO()
    about = {"Title": figure.finding, "Description": figure.alt}
    with style.context(STYLE):
        canvas = Canvas(layout="constrained")
        figure.draw(canvas.add_subplot())
        canvas.savefig(png, format="png", metadata=about)
        canvas.set_layout_engine("none")  # it is laid out already
        canvas.savefig(svg, format="svg", metadata=about | {"Date": None})
    files = {f"{figure.name}.png": png.getvalue(), f"{figure.name}.svg": svg.getvalue()}
    if figure.header:
        table = io.StringIO()
        csv.writer(table, lineterminator="\n").writerows([figure.header, *figure.rows])
        files[f"{figure.name}.csv"] = table.getvalue().encode()
    return files
