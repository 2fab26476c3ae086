"""Figures that are given the wrong thing say what they take.

Deliberate breaks that turned a test red: the check left out, so that an attribute is missed instead; a caption that
is not marked as one.
"""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from matplotlib import style
from matplotlib.text import Text
from some_results import real

import sim

ON_A_SLIDE: Any = sim.figures  # what it takes besides is added when it is loaded, which no type checker sees
FIGURES = [name for name in sim.figures.__all__ if name != "STYLE"]


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_says_what_it_takes_and_what_makes_it(name: str) -> None:
    with pytest.raises(TypeError, match=rf"{name} must be given the \w+ that sim\.[\w.]+ returns; this is of type str"):
        getattr(sim.figures, name)("macron-2024")


def test_a_result_is_sent_to_the_figure_for_it() -> None:
    with pytest.raises(TypeError, match=r"this is of type Result, for ladder and promise and"):
        sim.figures.tree(real())  # type: ignore[arg-type]


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_keeps_its_signature_and_docstring(name: str) -> None:
    figure = getattr(sim.figures, name)
    assert figure.__doc__
    assert "ax" in inspect.signature(figure).parameters or name.endswith("_alt_text")


def test_a_figure_takes_a_title_a_caption_and_a_source_of_somebody_else_s() -> None:
    axes = ON_A_SLIDE.ladder(real(), title="Does it deter?", caption="Look left.", source="Lecture 3")
    marked = {str(text.get_gid()): text.get_text() for text in axes.findobj(Text) if isinstance(text, Text)}
    assert axes.get_title(loc="left") == "Does it deter?"
    assert (marked["caption"], marked["source"]) == ("Look left.", "Lecture 3")
    bare = ON_A_SLIDE.ladder(real(), title="", caption="", source="")
    said = [text.get_text() for text in bare.findobj(Text) if isinstance(text, Text)]
    assert bare.get_title(loc="left") == ""
    assert not [text for text in said if "seed" in text or "draws" in text]


@pytest.mark.parametrize("name", [name for name in FIGURES if not name.endswith("_alt_text")])
def test_every_figure_says_that_it_takes_what_a_slide_needs(name: str) -> None:
    assert {"title", "caption", "source", "scale"} <= {*inspect.signature(getattr(sim.figures, name)).parameters}


def test_a_scale_makes_letters_lines_and_marks_larger_and_is_a_number() -> None:
    with style.context(sim.figures.STYLE):
        plain, large = (ON_A_SLIDE.dots(real(), scale=by) for by in (None, 1.25))
        sizes = [[float(text.get_fontsize()) for text in axes.texts] for axes in (plain, large)]
        assert sizes[1] == pytest.approx([1.25 * size for size in sizes[0]])
        for wrong in (0, "large", True, 100):
            with pytest.raises(ValueError, match=r"scale must be a number from 0\.2 to 5; it is"):
                ON_A_SLIDE.dots(real(), scale=wrong)
