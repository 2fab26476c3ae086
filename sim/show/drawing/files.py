"""How does a figure become files? PNG for a slide, SVG for a page, CSV for a spreadsheet; the same bytes every time."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence

from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.crisis.parameters import STANCES
from sim.show.figures import STYLE, ladder, ladder_alt_text
from sim.show.numbers import frequency
from sim.show.words import RUNGS, ladder_finding
from sim.study.result import Result


def figure_files(
    name: str,
    draw: Callable[[Axes], Axes],
    *,
    finding: str,
    alt_text: str,
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
) -> dict[str, bytes]:
    """Return a figure as files.

    Parameters
    ----------
    name : str
        What the files are called, without their endings.
    draw : callable
        Draws into the axes it is given, such as ``lambda axes: figures.ladder(result, ax=axes)``.
    finding, alt_text : str
        Title, and what the picture shows for who cannot see it: they go into the files.
    header : sequence of str
        Names of the columns of what is drawn.
    rows : iterable of sequence
        What is drawn, one row per mark.

    Returns
    -------
    dict of str to bytes
        NAME.png (2560 × 1440 pixels), NAME.svg with text as text, and NAME.csv with what is drawn.

    Examples
    --------
    >>> def draw(axes):
    ...     axes.plot([1.0, 2.0])
    ...     return axes
    >>> sorted(figure_files("line", draw, finding="It rises", alt_text="A line.", header=["y"], rows=[[1], [2]]))
    ['line.csv', 'line.png', 'line.svg']
    """
    png, svg = io.BytesIO(), io.BytesIO()
    about = {"Title": finding, "Description": alt_text}
    with style.context(STYLE):
        figure = Figure(layout="constrained")
        draw(figure.add_subplot())
        figure.savefig(png, format="png", metadata=about)
        figure.set_layout_engine("none")  # it is laid out already
        figure.savefig(svg, format="svg", metadata=about | {"Date": None})
    table = io.StringIO()
    csv.writer(table, lineterminator="\n").writerows([header, *rows])
    return {f"{name}.png": png.getvalue(), f"{name}.svg": svg.getvalue(), f"{name}.csv": table.getvalue().encode()}


def ladder_files(result: Result) -> dict[str, bytes]:
    """Return the ladder figure of a run as files.

    Parameters
    ----------
    result : Result
        From `sim.run`.

    Returns
    -------
    dict of str to bytes
        ladder.png, ladder.svg and ladder.csv.

    Examples
    --------
    >>> import sim
    >>> sorted(ladder_files(sim.run(sim.load_scenario("macron-2024"), draws=1024)))
    ['ladder.csv', 'ladder.png', 'ladder.svg']
    """
    shown = [(stance, rung, result.doctrine[stance][rung]) for stance in STANCES for rung in RUNGS]
    return figure_files(
        "ladder",
        lambda axes: ladder(result, ax=axes),
        finding=ladder_finding(result),
        alt_text=ladder_alt_text(result),
        header=("stance", "rung", "mean", "q05", "q95", "in_words"),
        rows=[
            (stance, rung, each["mean"], each["q05"], each["q95"], frequency(each["mean"]))
            for stance, rung, each in shown
        ],
    )
