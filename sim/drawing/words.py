"""How does a drawn figure come to speak of the players that its scenario has?"""

from __future__ import annotations

from collections.abc import Collection

from matplotlib.axes import Axes
from matplotlib.text import Text
from matplotlib.ticker import FixedLocator, Formatter, FuncFormatter

from sim.telling.names import Speaker


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
    own = [each for each in figure.axes if each not in others]
    for side in (side for each in own for side in (each.xaxis, each.yaxis)):
        if isinstance(side.get_major_locator(), FixedLocator):  # its labels are words, or may be
            side.set_major_formatter(_saying(side.get_major_formatter(), said))
    for text in figure.findobj(Text) if not others else (text for each in own for text in each.findobj(Text)):
        text.set_text(said(text.get_text()))
    return axes


def _saying(shown: Formatter, said: Speaker) -> FuncFormatter:
    """Return what writes the labels of an axis in a scenario's words."""
    return FuncFormatter(lambda value, place: said(shown(value, place)))
