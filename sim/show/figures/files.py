"""How does a figure become files? PNG for a slide, SVG for a page, CSV for a spreadsheet; the same bytes every time."""

from __future__ import annotations

import csv
import io

from matplotlib import style
from matplotlib.figure import Figure

from sim.crisis.parameters import STANCES
from sim.show.figures import STYLE, ladder, ladder_alt_text
from sim.show.numbers import frequency
from sim.show.words import RUNGS, ladder_finding
from sim.study.result import Result


def ladder_files(result: Result) -> dict[str, bytes]:
    """Return the ladder figure of a run as files.

    Parameters
    ----------
    result : Result
        From `sim.run`.

    Returns
    -------
    dict of str to bytes
        ladder.png (2560 × 1440 pixels), ladder.svg with text as text, and ladder.csv with what is drawn.

    Examples
    --------
    >>> import sim
    >>> sorted(ladder_files(sim.run(sim.load_scenario("macron-2024"), draws=1024)))
    ['ladder.csv', 'ladder.png', 'ladder.svg']
    """
    png, svg = io.BytesIO(), io.BytesIO()
    about = {"Title": ladder_finding(result), "Description": ladder_alt_text(result)}
    with style.context(STYLE):
        figure = Figure(layout="constrained")
        ladder(result, ax=figure.add_subplot())
        figure.savefig(png, format="png", metadata=about)
        figure.set_layout_engine("none")  # it is laid out already
        figure.savefig(svg, format="svg", metadata=about | {"Date": None})
    return {"ladder.png": png.getvalue(), "ladder.svg": svg.getvalue(), "ladder.csv": _ladder_csv(result)}


def _ladder_csv(result: Result) -> bytes:
    """Return what the ladder figure shows, one row per stance and rung."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(("stance", "rung", "mean", "q05", "q95", "in_words"))
    for stance in STANCES:
        for rung in RUNGS:
            figures = result.doctrine[stance][rung]
            drawn = (figures["mean"], figures["q05"], figures["q95"], frequency(figures["mean"]))
            writer.writerow((stance, rung, *drawn))
    return table.getvalue().encode()
