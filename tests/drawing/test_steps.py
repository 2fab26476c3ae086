"""Do a figure's axes come first, and then its answer on the very same layout? Pictures compared pixel by pixel.

Deliberate breaks that turned a test red: the answer made invisible before the layout, so that the axes grow; the
name of a row not marked as standing; the title left where it is.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from every_figure import every, looked_at
from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Canvas
from matplotlib.text import Text
from numpy.typing import NDArray
from places import ROOT
from some_results import real

import sim
from sim.drawing.saving import Wanted, figure_files, laid_out
from sim.drawing.steps import QUESTIONS, hide_answer

KEPT = {
    "ladder": "log scale", "exposure": "commit", "icons": "commit", "dots": "commit", "readings": "commit",
    "tree": "resolute\n31 of 100", "beliefs": "before any signal: 31.1 %", "quantal": "How often Russia plays “strike”",
    "sensitivity": "rests on", "regimes": "baseline", "robustness": "commit", "flips": "lead lost",
    "comparison": "strike", "survival": "strike", "plausible": "fact",
}  # fmt: skip
"""What the axes alone say, of figures that have more than an axis with ticks."""

ROOM = 14  # pixels that the thickest line reaches beyond what it measures


def test_there_is_a_question_for_every_figure_and_a_figure_for_every_question() -> None:
    public = {name for name in sim.figures.__all__ if name.islower() and not name.endswith("_alt_text")}
    assert {*every()} == public == {*QUESTIONS}


def test_the_page_asks_the_same_questions() -> None:
    page = (ROOT / "docs" / "figures.md").read_text(encoding="utf-8")
    for name, question in QUESTIONS.items():
        assert f"| {question} | `sim.figures.{name}` |" in page


def pixels(canvas: Canvas) -> NDArray[np.int64]:
    """Return a picture at 1280 × 720 pixels."""
    agg = FigureCanvasAgg(canvas)
    agg.draw()  # type: ignore[no-untyped-call]
    return np.asarray(agg.buffer_rgba())[..., :3].astype(np.int64)  # type: ignore[no-untyped-call]


def texts(axes: Axes) -> Iterator[tuple[str, bool, NDArray[np.int64]]]:
    """Yield what is written, whether it is drawn in this step, and its box in pixels, as slices need it."""
    height = axes.figure.figure.bbox.height
    for each in axes.figure.figure.findobj(Text):
        if isinstance(each, Text) and each.get_visible() and each.get_text().strip():
            box = Text.get_window_extent(each)
            ends = np.array([box.x0, height - box.y1, box.x1, height - box.y0])
            yield each.get_text(), not each.get_path_effects(), np.rint(ends).astype(np.int64)


def hidden(axes: Axes, question: str) -> NDArray[np.bool_]:
    """Return where artists lie that are not drawn in this step, and the question that is not in the other."""
    canvas = axes.figure.figure
    mask = np.zeros((round(canvas.bbox.height), round(canvas.bbox.width)), dtype=bool)
    for whole in (axes, *axes.child_axes):
        for artist in whole.get_children():
            if artist.get_path_effects() or (isinstance(artist, Text) and artist.get_text() == question):
                box = artist.get_tightbbox(canvas.canvas.get_renderer())  # type: ignore[attr-defined]
                if box is not None and np.isfinite(box.extents).all():
                    x0, y0, x1, y1 = (round(end) for end in box.padded(ROOM).extents)
                    mask[max(len(mask) - y1, 0) : max(len(mask) - y0, 0), max(x0, 0) : max(x1, 0)] = True
    return mask


@pytest.mark.parametrize("name", looked_at())
def test_outside_of_the_answer_both_pictures_are_the_same_to_the_pixel(name: str) -> None:
    axes, canvas = laid_out(every()[name])
    answer = pixels(canvas)
    before, finding = {text: box.tolist() for text, _, box in texts(axes)}, axes.get_title(loc="left")
    hide_answer(axes, QUESTIONS[name])
    alone = pixels(canvas)
    changed = (answer != alone).any(axis=-1)
    assert changed.mean() > 0.01
    assert not (changed & ~hidden(axes, QUESTIONS[name])).any()
    shown = {text: box for text, seen, box in texts(axes) if seen}
    asked = shown.pop(QUESTIONS[name])
    assert finding not in shown
    assert name not in KEPT or KEPT[name] in shown
    assert len(shown) >= 3  # names of what is compared, and where it comes from
    assert {text: before[text] for text in shown} == {text: box.tolist() for text, box in shown.items()}
    assert asked[0] >= 0 <= asked[1] + 1 and asked[2] <= canvas.bbox.width  # noqa: PT018 - one box
    assert [
        text for text, box in shown.items() if (np.minimum(asked, box)[2:] > np.maximum(asked, box)[:2]).all()
    ] == []


def test_files_of_both_steps_sort_and_only_the_second_holds_the_answer() -> None:
    files = figure_files(every()["promise"], Wanted(("png", "svg", "pdf"), steps=True))
    assert list(files) == [
        f"promise-{step}.{kind}" for step in ("1-axes", "2-answer") for kind in ("pdf", "png", "svg")
    ]
    finding = every()["promise"].finding
    first, second = (files[f"promise-{step}.svg"].decode() for step in ("1-axes", "2-answer"))
    assert QUESTIONS["promise"] in first
    assert finding in second
    assert finding not in first
    assert "28 of 100" in second
    assert "28 of 100" not in first
    assert files["promise-2-answer.svg"] == figure_files(every()["promise"])["promise.svg"]


def test_in_python_axes_alone_have_the_places_that_they_have_with_the_answer() -> None:
    places = []
    for step in (1, 2):
        with style.context(sim.figures.STYLE):
            canvas = Canvas(layout="constrained")
            axes = sim.figures.exposure(real(), ax=canvas.add_subplot(), steps=step)  # type: ignore[call-arg]
            canvas.draw_without_rendering()
        places.append(axes.get_position().bounds)
    assert places[0] == places[1]


@pytest.mark.parametrize("wrong", [0, 3, True, "axes"])
def test_a_step_that_there_is_not_is_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match=r"steps must be 1, the axes alone, or 2, with the answer; it is"):
        sim.figures.exposure(real(), steps=wrong)  # type: ignore[call-arg]
