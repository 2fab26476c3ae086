"""How does a figure come to a lecturer's slide? With a title, a caption and a source of hers, at the size she wants."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis, Tick
from matplotlib.collections import Collection, PathCollection
from matplotlib.figure import SubFigure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Annotation, Text
from matplotlib.transforms import ScaledTranslation

from sim.drawing.parts import WIDE, room_for_text, wrapped

_WIDTH = 64  # characters of a line of a title; of a caption, as many as its own has
_AROUND = 0.5  # inches on both sides of a figure, or of a part of one, that no text needs


def read_scale(by: object, axes: object) -> tuple[float, float]:
    """Return how many times as large all is drawn, and how wide a share of the usual lines of text there is room for.

    In a part of a figure, such as half a slide, all is drawn as much smaller as the part is narrower, unless told.
    """
    part = axes.figure if isinstance(axes, Axes) else None
    share = 1.0
    if isinstance(part, SubFigure):
        share = (part.bbox.width / part.figure.dpi - _AROUND) / (WIDE - _AROUND)
    if by is None:
        return min(share, 1.0), 1.0
    if not isinstance(by, int | float) or isinstance(by, bool) or not 0.2 <= by <= 5:
        raise ValueError(f"scale must be a number from 0.2 to 5; it is {by!r}")
    return float(by), min(share / by, 1.0) if isinstance(part, SubFigure) else 1.0


def rescaled(axes: Axes, by: float) -> Axes:
    """Return axes with all letters, lines, marks and distances in them so many times as large."""
    if by == 1:
        return axes
    for axis in (axes.xaxis, axes.yaxis):
        _rescale_axis(axis, by)
    shown: Any = axes  # no type checker knows where its titles are
    offset = shown.titleOffsetTrans.transform((0.0, 0.0))[1] / axes.figure.figure.dpi
    further = ScaledTranslation(0, (by - 1) * offset, axes.figure.figure.dpi_scale_trans)
    for artist in axes.get_children():
        if isinstance(artist, Axes):
            rescaled(artist, by)
        elif isinstance(artist, Text) and not isinstance(artist, Annotation) and artist.get_text():
            if artist.get_text() == axes.get_title(loc="left"):
                artist.set_transform(artist.get_transform() + further)
            _enlarge(artist, by)
        elif not isinstance(artist, Axis):
            _rescale(artist, by)
    return axes


def _rescale_axis(axis: Axis, by: float) -> None:
    """Make an axis with its names so many times as large."""
    _enlarge(axis.label, by)
    axis.labelpad *= by
    ticks = axis.get_major_ticks()
    looks = [(by * float(tick.label1.get_fontsize()), by * _pad(tick)) for tick in ticks]
    if looks:
        axis.set_tick_params(labelsize=looks[0][0], pad=looks[0][1])  # of ticks that there will be, too
    for tick, (size, pad) in zip(ticks, looks, strict=True):
        tick.label1.set_fontsize(size)
        tick.set_pad(pad)


def _pad(tick: Tick) -> float:
    """Return how far the name of a tick is from it, in points."""
    known: Any = tick  # type checkers take it for a function that returns nothing
    return float(known.get_pad())


def _enlarge(text: Text, by: float) -> None:
    """Make letters so many times as large."""
    text.set_fontsize(by * float(text.get_fontsize()))


def _rescale(artist: Artist, by: float) -> None:
    """Make one part of axes so many times as large."""
    if isinstance(artist, Annotation):
        _enlarge(artist, by)
        if artist.anncoords == "offset points":
            artist.xyann = (by * artist.xyann[0], by * artist.xyann[1])
        if arrow := artist.arrow_patch:
            arrow.set_linewidth(by * arrow.get_linewidth())
            arrow.shrinkA, arrow.shrinkB = by * arrow.shrinkA, by * arrow.shrinkB
    elif isinstance(artist, Line2D):
        artist.set_linewidth(by * artist.get_linewidth())
        artist.set_markersize(by * artist.get_markersize())
        artist.set_markeredgewidth(by * artist.get_markeredgewidth())
    elif isinstance(artist, Patch):
        artist.set_linewidth(by * artist.get_linewidth())
    elif isinstance(artist, Collection):
        artist.set_linewidth((by * np.atleast_1d(artist.get_linewidth())).tolist())
        if isinstance(artist, PathCollection):
            artist.set_sizes(by**2 * artist.get_sizes())


def worded(axes: Axes, *, title: object, caption: object, source: object) -> Axes:
    """Return axes with these texts in place of their own; an empty one takes a text away, None leaves it."""
    for name, text in (("title", title), ("caption", caption), ("source", source)):
        if text is None:
            continue
        if not isinstance(text, str):
            raise TypeError(f"{name} must be a text; it is {text!r}")
        there = (own for own in _texts(axes, name) if own.get_text().split() != text.split())
        for own in there:
            # A caption has been broken into lines of as much room as there is.
            longest = max(map(len, own.get_text().split("\n"))) / room_for_text()
            width = _WIDTH if name == "title" else max(round(longest), 20)
            own.set_text(text if name == "source" else wrapped(text, width) if text else "")
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
