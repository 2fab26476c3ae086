"""Is every text of a drawn figure whole, and none over another? Boxes measured, as a projector shows them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.text import Text
from matplotlib.transforms import Bbox

_SLACK = 1.0  # pixels that a text may reach beyond the rim
_LEAST = 4.0  # pixels of a text that can be seen
_TOUCH = 2.0  # pixels in which letters that only touch may lie in each other's boxes


def boxes(canvas: Canvas) -> list[tuple[str, Bbox]]:
    """Return every text that is seen with its box in pixels, its background left out."""
    unseen = {id(text) for axes in canvas.findobj(Axes) if isinstance(axes, Axes) for text in _unseen(axes)}
    every = (each for each in canvas.findobj(Text) if isinstance(each, Text) and id(each) not in unseen)
    return [(each.get_text(), Text.get_window_extent(each)) for each in every if is_read(each)]


def is_read(text: Text) -> bool:
    """Whether a text says anything where it is drawn."""
    return text.get_visible() and bool(text.get_text().strip())


def _unseen(axes: Axes) -> Iterator[Artist]:
    """Yield texts of axes that are never drawn: of an axis that is switched off, of ticks beyond its ends."""
    for axis in (axes.xaxis, axes.yaxis):
        if not axes.axison:
            yield from axis.findobj(Text)
        low, high = sorted(axis.get_view_interval())
        for tick in [*axis.get_major_ticks(), *axis.get_minor_ticks()]:
            if not low <= tick.get_loc() <= high:
                yield from (tick.label1, tick.label2)


def faults(canvas: Canvas) -> list[str]:
    """Return which texts of a figure that is laid out are cut, or lie over each other."""
    whole, found = canvas.bbox.padded(_SLACK), boxes(canvas)
    cut = [text for text, box in found if not (whole.contains(*box.p0) and whole.contains(*box.p1))]
    inner = [(text, box.padded(-_TOUCH)) for text, box in found if min(box.width, box.height) > _LEAST]
    over = [(one, other) for (one, a), (other, b) in combinations(inner, 2) if a.overlaps(b)]
    return [
        *(f"{_short(text)} is cut" for text in cut),
        *(f"{_short(one)} and {_short(other)} lie over each other" for one, other in over),
    ]


def _short(text: str) -> str:
    """Return the beginning of a text in one line."""
    line = " ".join(text.split())
    return repr(line if len(line) <= 40 else f"{line[:39]}…")
