"""What do the figures share? Colours, where to draw, lines of text, and labels kept apart."""

from __future__ import annotations

import functools
import math
import re
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from unicodedata import east_asian_width

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Annotation
from matplotlib.transforms import blended_transform_factory

from sim.drawing.words import in_lines, shown_lines


class UnreadableError(ValueError):
    """What is to be drawn is more than a figure can hold and be read."""


COLOURS = {"rule_out": "#666666", "ambiguous": "#0072B2", "commit": "#D55E00"}
"""Grey, and blue and vermillion of Okabe and Ito (2008): told apart with any kind of colour vision."""

_FURTHER = ("#0072B2", "#D55E00", "#666666", "#CC79A7", "#009E73")
"""For signals of other names, those first that nobody has: the same three, then reddish purple and bluish green."""

INK, FAINT_INK, PALE, RULE = "#222222", "#6B6B6B", "#C4C4C4", "#E4E4E4"
"""Of text, of text that matters less (5 : 1 on white), of lines that are hardly there, and of those of a scale."""

_BESIDE = "\u2061"  # stands for the second half of a wide letter while lines are counted

MARGIN = 0.015  # of a figure, on the left, as a share of its width

WIDE, HIGH = 12.8, 7.2  # inches: 16 : 9

_SIGNED = 130  # letters of provenance on a line: with more, it would reach beyond the left end of captions
_UNDER = 6  # points between a caption and what makes the figure repeatable


def colours(signals: Sequence[str]) -> dict[str, str]:
    """Return a colour for every signal: a doctrine's own, and one that is left for each of the others."""
    taken = {COLOURS[name] for name in signals if name in COLOURS}
    left = [each for each in _FURTHER if each not in taken] or list(_FURTHER)
    others = [name for name in signals if name not in COLOURS]
    own = {name: left[place % len(left)] for place, name in enumerate(others)}
    return {name: COLOURS.get(name) or own[name] for name in signals}


_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
"""What XML cannot hold, what turns the direction of text, and what cannot be seen."""


def harmless(text: str) -> str:
    """Return a text without characters that would break an SVG file or turn the text beside them."""
    return _STEERING.sub("\ufffd", text)


def colour(signals: tuple[str, ...], m: int) -> str:
    """Return the colour of signal `m` among all of them."""
    return colours(signals)[signals[m]]


def hall(ax: Axes | None) -> Axes:
    """Return where to draw: the axes given, or those of a 16 : 9 figure of its own."""
    return Figure(figsize=(WIDE, HIGH), layout="constrained").add_subplot() if ax is None else ax


def title_at_margin(axes: Axes, title: str, *, pad: float) -> None:
    """Write a title from the left margin of the figure, where names of rows leave little room above the axis."""
    written = axes.set_title(title, loc="left", x=MARGIN, pad=pad)
    written.set_transform(blended_transform_factory(axes.figure.transSubfigure, written.get_transform()))


_narrower: ContextVar[float] = ContextVar("_narrower", default=1.0)


@contextmanager
def narrower(share: float) -> Iterator[None]:
    """Break texts meanwhile as if so wide a share of their usual width were there."""
    before = _narrower.set(share)
    try:
        yield
    finally:
        _narrower.reset(before)


def room_for_text() -> float:
    """Return the share of their usual width that lines of text have."""
    return _narrower.get()


def wrapped(text: str, width: int, *, most: int | None = None) -> str:
    """Break a text into lines of about the same length, as few as the width allows; of more than `most`, cut it."""
    room = max(round(width * room_for_text()), 8)
    return in_lines(text, functools.partial(_cut, width=room, most=most))


def lines_of(text: str, width: int) -> int:
    """Return how many lines a text takes in the words of the scenario that is being drawn."""
    return len(shown_lines(wrapped(text, width)))


def letters_of(text: str) -> int:
    """Return how many letters wide a text is in the words of the scenario that is being drawn."""
    return letters_wide(in_lines(text, str))


def letters_wide(text: str) -> int:
    """Return how many letters wide the longest line of a text is, a wide letter being two."""
    return max((len(_counted(line)) for line in shown_lines(text)), default=0)


def _cut(text: str, *, width: int, most: int | None) -> str:
    """Return a text in lines, at most so many."""
    lines = _evenly(text, width).split("\n")
    return "\n".join(lines if most is None or len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1]}…"])


def _counted(text: str) -> str:
    """Return a text in which a letter that is as wide as two is followed by one that is taken away again."""
    return "".join(letter + _BESIDE * (east_asian_width(letter) in "WF") for letter in text)


def _evenly(text: str, width: int) -> str:
    """Return a text in lines; a letter that is as wide as two counts for two."""
    counted = _counted(text)
    lines = math.ceil(len(counted) / width)
    broken = textwrap.fill(counted, min(width, len(counted) // lines + 10)) if lines > 1 else counted
    return broken.replace(_BESIDE, "")


def sign(axes: Axes, made: str, *, under: Annotation, right: tuple[float, str] = (1, "axes fraction")) -> Annotation:
    """Write what makes the figure repeatable, small, at the lower right: under the caption, however long that is."""
    under.set_gid("caption")
    lines = [""]
    for part in (line for each in made.split(" · ") for line in textwrap.wrap(each, _SIGNED) or [each]):
        longer = f"{lines[-1]} · {part}" if lines[-1] else part
        lines = [*lines[:-1], longer] if len(longer) <= _SIGNED else [*filter(None, lines), part]
    signed = axes.annotate(
        "\n".join(lines),
        (right[0], 0),
        (0, -_UNDER),
        xycoords=(right[1], under),
        textcoords="offset points",
        ha="right",
        va="top",
        fontsize="x-small",
        color=FAINT_INK,
    )
    signed.set_gid("source")
    return signed


def apart(places: Sequence[float], least: float, *, low: float = 0.0, high: float = 1.0) -> list[float]:
    """Return places near those given that are at least so far from each other and, if there is room, in [low, high]."""
    order = sorted(range(len(places)), key=lambda i: (places[i], i))
    moved, floor, ceiling = list(places), low, high
    for i in order:
        moved[i] = max(places[i], floor)
        floor = moved[i] + least
    for i in reversed(order):
        moved[i] = min(moved[i], ceiling)
        ceiling = moved[i] - least
    return moved
