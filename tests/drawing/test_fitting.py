"""Does the measure of texts find what it is there for, and nothing else?

Deliberate breaks that turned a test red: boxes that never overlap; texts beyond the rim left uncounted; ticks that are
never drawn measured.
"""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure as Canvas

from sim.drawing.fitting import faults


def measured(*texts: tuple[float, float, str]) -> list[str]:
    """Return what is wrong with texts at places of an empty figure."""
    canvas = Canvas(figsize=(12.8, 7.2), dpi=100)
    for x, y, text in texts:
        canvas.text(x, y, text, fontsize=20)
    canvas.draw_without_rendering()
    return faults(canvas)


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ([(0.1, 0.5, "one"), (0.1, 0.6, "two")], []),
        ([(0.1, 0.5, "one"), (0.11, 0.5, "two")], ["'one' and 'two' lie over each other"]),
        ([(0.1, 0.5, "one"), (0.11, 0.5, " ")], []),
        ([(0.95, 0.5, "beyond the rim")], ["'beyond the rim' is cut"]),
        ([(0.5, 0.995, "above")], ["'above' is cut"]),
    ],
)
def test_texts_that_are_cut_or_lie_over_each_other_are_found(
    texts: list[tuple[float, float, str]], found: list[str]
) -> None:
    assert measured(*texts) == found


def test_a_text_over_a_tick_is_found_and_a_tick_that_is_not_drawn_is_none() -> None:
    canvas = Canvas(figsize=(12.8, 7.2), dpi=100)
    axes = canvas.add_subplot()
    axes.set(xlim=(0, 1), xticks=[0.5], xticklabels=["half"], yticks=[])
    canvas.draw_without_rendering()
    assert faults(canvas) == []
    box = axes.get_xticklabels()[0].get_window_extent()
    x, y = canvas.transFigure.inverted().transform(box.p0)
    canvas.text(x, y, "over")
    assert faults(canvas) == ["'half' and 'over' lie over each other"]
    axes.set_xlim(0.6, 1)
    canvas.draw_without_rendering()
    assert faults(canvas) == []
