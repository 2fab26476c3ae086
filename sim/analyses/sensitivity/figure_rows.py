"""How do figures with a row for each parameter look? Names on the left, what they rest on at the right, margins."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from matplotlib.axes import Axes

from sim.analyses.sensitivity.analysis import Sensitivity
from sim.analyses.sensitivity.table import made_by
from sim.analyses.sensitivity.words import footing, group_of
from sim.drawing.parts import FAINT_INK, INK, MARGIN, sign, title_at_margin, wrapped

HEADER = -0.95
"""Where the heading of the marks stands, in rows above the first."""

_TITLE_WIDTH, _CAPTION_WIDTH, _NAME_WIDTH = 64, 100, 32  # characters
_RIGHT = 0.985  # margin of the figure
_COUNT = re.compile(r"(?<=\d) (?=of |in |%)|(?<=\d of) (?=\d)|(?<=\d in) (?=\d)")  # "16 of 100" stays in one line
_LEAST_ROWS = 5  # few rows stay as close as many


def lay_rows(axes: Axes, result: Sensitivity, names: Sequence[str]) -> None:
    """Set one row for each name, from the top, with what it rests on at the right."""
    axes.set_ylim(max(len(names), _LEAST_ROWS) - 0.4, HEADER - 0.45)
    axes.set_yticks(range(len(names)), [_short(name) for name in names])
    axes.grid(visible=False, axis="y")
    axes.grid(visible=True, axis="x")
    for row, name in enumerate(names):
        said = footing(group_of(result, name))
        assumed = said == "assumption"
        _at_right(axes, said, row, colour=INK if assumed else FAINT_INK, weight="bold" if assumed else "normal")
    _at_right(axes, "rests on", HEADER, colour=FAINT_INK, weight="normal")


def write_margins(axes: Axes, result: Sensitivity, *, title: str, caption: str) -> None:
    """Write the finding above, what the marks mean below, and what makes the figure repeatable in the corner."""
    _write_title(axes, title)
    below = functools.partial(
        axes.annotate, xycoords=("figure fraction", "axes fraction"), textcoords="offset points", va="top"
    )
    told = below(wrapped(caption, _CAPTION_WIDTH), (MARGIN, 0), (0, -40))
    sign(axes, made_by(result), under=told, right=(_RIGHT, "figure fraction"))


def say_nothing(axes: Axes, result: Sensitivity, *, title: str, why: str) -> None:
    """Write that there is nothing to draw."""
    axes.set_axis_off()
    axes.set_xticks([])
    axes.set_yticks([])
    _write_title(axes, title)
    axes.text(0.0, 0.6, wrapped(why, _TITLE_WIDTH), transform=axes.transAxes)
    axes.text(1, 0, made_by(result), transform=axes.transAxes, ha="right", fontsize="x-small", color="#666666")


def _write_title(axes: Axes, title: str) -> None:
    """Write the title, no count of it broken."""
    glued = _COUNT.sub("\u00a0", title)
    title_at_margin(axes, wrapped(glued, _TITLE_WIDTH).replace("\u00a0", " "), pad=10)


def _at_right(axes: Axes, text: str, row: float, *, colour: str, weight: str) -> None:
    """Write beside a row, outside the axis."""
    axes.annotate(
        text,
        (1, row),
        (14, 0),
        xycoords=("axes fraction", "data"),
        textcoords="offset points",
        va="center_baseline",
        color=colour,
        weight=weight,
    )


def _short(name: str) -> str:
    """Return a driver's name, of a long one the first parameter and how many more."""
    first, *others = name.split(" + ")
    return name if len(name) <= _NAME_WIDTH else f"{first} + {len(others)} more"
