"""How does a drawn figure come to speak of the players that its scenario has?"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.text import Text
from matplotlib.ticker import FixedLocator, Formatter, FuncFormatter

from sim.telling.names import Speaker

_NARROW, _BROAD = 16, 36  # letters of a label under an axis, and of a line that is one of a sentence
_TITLE = 60  # letters of a title on a line
_SAID = "\u2063"  # stands around what is in a scenario's words already; it cannot be seen, and is taken away again

_speaker: ContextVar[Speaker | None] = ContextVar("_speaker", default=None)


@contextmanager
def speaking(said: Speaker) -> Iterator[None]:
    """Let all that is drawn meanwhile be broken into lines in a scenario's words, not in ours."""
    before = _speaker.set(said)
    try:
        yield
    finally:
        _speaker.reset(before)


def in_lines(text: str, broken: Callable[[str], str]) -> str:
    """Return a text broken into lines, in the words of the scenario that is being drawn, if one is."""
    said = _speaker.get()
    return broken(text) if said is None else f"{_SAID}{broken(said(text))}{_SAID}"


def shown_lines(text: str) -> list[str]:
    """Return the lines of a text as they will be read."""
    return text.replace(_SAID, "").splitlines()


def spoken(text: str, said: Speaker) -> str:
    """Return a text in a scenario's words, but for what is in them already."""
    return "".join(part if place % 2 else _refilled(part, said) for place, part in enumerate(text.split(_SAID)))


def say_in_words(axes: Axes, said: Speaker, *, others: Collection[Axes] = ()) -> Axes:
    """Return axes, with every text of their figure in a scenario's words: titles, labels, legends, ticks.

    What stands in other axes of the figure is somebody else's.

    >>> from sim.drawing.parts import hall
    >>> from sim.telling.names import speaker
    >>> axes = hall(None)
    >>> title = axes.set_title("France commits", loc="left")
    >>> china = {"sender": {"name": "China", "adjective": "Chinese"}}
    >>> say_in_words(axes, speaker(china)).get_title(loc="left")
    'China commits'
    """
    figure = axes.figure.figure
    own = [each for whole in figure.axes if whole not in others for each in (whole, *whole.child_axes)]
    for side in (side for each in own for side in (each.xaxis, each.yaxis)):
        if isinstance(side.get_major_locator(), FixedLocator):  # its labels are words, or may be
            names = [side.get_major_formatter()(place, number) for number, place in enumerate(side.get_majorticklocs())]
            side.set_major_formatter(_saying(side.get_major_formatter(), said))
            longest = max((len(line) for name in names if (line := spoken(name, said)) != name), default=0)
            if side.axis_name == "x" and longest > _NARROW:  # so that they keep out of each other's way
                side.set_tick_params(labelsize=float(side.get_ticklabels()[0].get_fontsize()) * _NARROW / longest)
    for text in figure.findobj(Text) if not others else (text for each in own for text in each.findobj(Text)):
        text.set_text(spoken(text.get_text(), said))
    return axes


def _saying(shown: Formatter, said: Speaker) -> FuncFormatter:
    """Return what writes the labels of an axis in a scenario's words."""
    return FuncFormatter(lambda value, place: spoken(shown(value, place), said))


def _refilled(ours: str, said: Speaker) -> str:
    r"""Return a text in a scenario's words; sentences that were broken into lines, or get longer, are broken anew.

    >>> longer = lambda text: text.replace("Russia", "The Soviet Union")
    >>> _refilled("Russia strikes in about 26 (ambiguous) and 28\nof 100 crises.\nDots: means of Russia", longer)
    'The Soviet Union strikes in about 26\n(ambiguous) and 28 of 100 crises.\nDots: means of The Soviet Union'
    """
    theirs, lines = said(ours), ours.split("\n")
    widest = max(map(len, lines))
    if theirs == ours or widest < _BROAD:
        return theirs
    paragraphs = [lines[0]]
    for before, line in pairwise(lines):
        if len(before) + 1 + len(line.split(" ")[0]) > widest:  # it had to be broken there
            paragraphs[-1] += f" {line}"
        else:
            paragraphs.append(line)
    width = widest if lines[1:] else max(widest, _TITLE)
    return "\n".join(textwrap.fill(said(paragraph), width) for paragraph in paragraphs)
