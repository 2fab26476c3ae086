"""How does a figure come to a lecturer's slide? With a title, a caption and a source of hers, at the size she wants."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from matplotlib import rc_context, rcParams
from matplotlib.axes import Axes
from matplotlib.text import Text

from sim.drawing.parts import wrapped

_SIZES = (
    "font.size", "axes.titlesize", "axes.labelsize", "xtick.labelsize", "ytick.labelsize", "lines.linewidth",
    "lines.markersize",
)  # fmt: skip
_WIDTH = 64  # characters of a line of a title; of a caption, as many as its own has


@contextmanager
def scaled(by: object) -> Iterator[None]:
    """Draw meanwhile letters, lines and marks so many times as large; as they are if it is None."""
    if by is None:
        yield
        return
    if not isinstance(by, int | float) or isinstance(by, bool) or not 0.2 <= by <= 5:
        raise ValueError(f"scale must be a number from 0.2 to 5; it is {by!r}")
    settings: dict[Any, Any] = dict(rcParams)
    larger: dict[Any, Any] = {name: settings[name] * by for name in _SIZES if not isinstance(settings[name], str)}
    with rc_context(larger):
        yield


def worded(axes: Axes, *, title: object, caption: object, source: object) -> Axes:
    """Return axes with these texts in place of their own; an empty one takes a text away, None leaves it."""
    for name, text in (("title", title), ("caption", caption), ("source", source)):
        if text is None:
            continue
        if not isinstance(text, str):
            raise TypeError(f"{name} must be a text; it is {text!r}")
        there = (own for own in _texts(axes, name) if own.get_text().split() != text.split())
        for own in there:
            width = _WIDTH if name == "title" else max(map(len, own.get_text().split("\n")), default=_WIDTH)
            own.set_text(text if name == "source" else wrapped(text, max(width, 20)) if text else "")
    return axes


def text_of(axes: Axes, name: str) -> str:
    """Return the title, the caption or the source of a figure; empty if it has none."""
    return next((text.get_text() for text in _texts(axes, name)), "")


def _texts(axes: Axes, name: str) -> list[Text]:
    """Return the title of axes, or what is marked as their caption or source."""
    every = [text for text in axes.findobj(Text) if isinstance(text, Text)]
    if name == "title":
        return [text for text in every if text.get_text() and text.get_text() == axes.get_title(loc="left")]
    return [text for text in every if text.get_gid() == name]
