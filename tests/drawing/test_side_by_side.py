"""Do two figures stand on one slide without lying over each other? Their text boxes measured, in halves of a slide.

Deliberate breaks that turned a test red: distances in points left as they are while letters shrink; the margin of the
whole figure taken for that of the half; lines of text as wide as ever where letters are larger.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from every_figure import taken
from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from some_results import real

import sim
from sim.drawing.fitting import boxes, faults
from sim.drawing.steps import QUESTIONS

ON_A_SLIDE: Any = sim.figures  # what it takes besides is added when it is loaded, which no type checker sees
NAMES = [*QUESTIONS]


def halves(*names: str, **options: object) -> tuple[Canvas, list[Axes]]:
    """Return a slide with two figures on it."""
    with style.context(sim.figures.STYLE):
        canvas = Canvas(layout="constrained")
        parts: Any = canvas.subfigures(1, len(names))
        drawn = [
            getattr(ON_A_SLIDE, name)(taken()[name], ax=part.add_subplot(), **options)
            for name, part in zip(names, parts, strict=True)
        ]
        canvas.draw_without_rendering()
    return canvas, drawn


def outside(axes: Axes) -> list[str]:
    """Return what is written in axes and reaches beyond their half."""
    part: Any = axes.figure
    return [text for text, box in boxes(part) if box.x0 < part.bbox.x0 - 1 or box.x1 > part.bbox.x1 + 1]


@pytest.mark.parametrize(("left", "right"), [*pairwise(NAMES), (NAMES[-1], NAMES[0])][::2])
def test_two_figures_fit_on_one_slide(left: str, right: str) -> None:
    canvas, drawn = halves(left, right)
    assert (canvas.bbox.width, canvas.bbox.height) == (1280, 720)
    assert faults(canvas) == []
    assert [text for axes in drawn for text in outside(axes)] == []


def test_at_half_the_scale_letters_lines_and_distances_are_half_as_large() -> None:
    _, (half, _) = halves("ladder", "promise", scale=0.5)
    with style.context(sim.figures.STYLE):
        whole = sim.figures.ladder(real())
    for part, full in ((half, whole), (half.child_axes[0], whole.child_axes[0])):
        pairs: list[tuple[Any, Any]] = list(zip(part.texts, full.texts, strict=True))
        assert [text.get_fontsize() for text, _ in pairs] == [text.get_fontsize() / 2 for _, text in pairs]
        offsets = [(one.xyann, other.xyann) for one, other in pairs if getattr(one, "anncoords", "") == "offset points"]
        assert len(offsets) > 1
        assert all(one == (other[0] / 2, other[1] / 2) for one, other in offsets)
        assert [line.get_linewidth() for line in part.lines] == [line.get_linewidth() / 2 for line in full.lines]
        ticks: Any = zip(part.xaxis.get_major_ticks(), full.xaxis.get_major_ticks(), strict=True)
        assert all(2 * one.get_pad() == other.get_pad() for one, other in ticks)


@pytest.mark.parametrize("name", ["promise", "exposure", "icons", "dots"])
def test_larger_letters_in_half_a_slide_are_broken_into_more_lines(name: str) -> None:
    canvas, drawn = halves(name, name, scale=0.65)
    assert faults(canvas) == []
    usual = halves(name, name)[1][0].get_title(loc="left")
    assert drawn[0].get_title(loc="left").count("\n") >= usual.count("\n")
    assert [text for axes in drawn for text in outside(axes)] == []


def test_what_is_drawn_elsewhere_on_the_slide_stays_as_it_is() -> None:
    canvas = Canvas(layout="constrained")
    parts: Any = canvas.subfigures(1, 2)
    left, right = parts
    mine = left.add_subplot()
    mine.set_title("Russia strikes", loc="left")
    size = mine.title.get_fontsize()
    ON_A_SLIDE.promise(real(), ax=right.add_subplot(), labels={"Russia": "Moscow"})
    assert (mine.get_title(loc="left"), mine.title.get_fontsize()) == ("Russia strikes", size)
