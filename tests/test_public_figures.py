"""Figures that are given the wrong thing say what they take.

Deliberate break that turned a test red: the check left out, so that an attribute is missed instead.
"""

from __future__ import annotations

import inspect

import pytest
from some_results import real

import sim

FIGURES = [name for name in sim.figures.__all__ if name != "STYLE"]


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_says_what_it_takes_and_what_makes_it(name: str) -> None:
    with pytest.raises(TypeError, match=rf"{name} must be given the \w+ that sim\.[\w.]+ returns; this is of type str"):
        getattr(sim.figures, name)("macron-2024")


def test_a_result_is_sent_to_the_figure_for_it() -> None:
    with pytest.raises(TypeError, match=r"this is of type Result, for ladder$"):
        sim.figures.tree(real())  # type: ignore[arg-type]


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_keeps_its_signature_and_docstring(name: str) -> None:
    figure = getattr(sim.figures, name)
    assert figure.__doc__
    assert "ax" in inspect.signature(figure).parameters or name.endswith("_alt_text")
