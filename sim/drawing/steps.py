"""How does a figure come in two steps? Its axes under their question first, then the answer, nothing moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from weakref import WeakSet

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.patheffects import AbstractPathEffect
from matplotlib.spines import Spine
from matplotlib.text import Annotation, Text

from sim.drawing.words import in_lines

QUESTIONS = {
    "ladder": "How far up the ladder does each stance let the crisis go?",
    "promise": "Does it matter whether a promise is imposed or chosen?",
    "exposure": "What is left with trainers equally exposed, in both readings?",
    "icons": "How rare is it?",
    "dots": "How uncertain is it?",
    "readings": "What moves the answer?",
    "tree": "What is the game, as it is played?",
    "beliefs": "What is believed after each signal, and what is best then?",
    "quantal": "How does play grow from random to rational?",
    "sensitivity": "Which parameters drive the answer, on what do they rest?",
    "tornado": "How far does each parameter move the answer on its own?",
    "channels": "Why does a change of stance change the outcome?",
    "regimes": "Which kind of play, where?",
    "robustness": "Which stance regrets least?",
    "flips": "Which belief could overturn the ranking?",
    "comparison": "What does another scenario change?",
    "survival": "How long until each rung?",
    "belief_fans": "What do both sides learn?",
    "plausible": "Where does the model lie beside history?",
}
"""What each figure answers: it stands over its axes while they are alone."""

AXES, ANSWER = 1, 2
"""The two steps: the axes alone, and all there is."""

STEP_NAMES = {AXES: "axes", ANSWER: "answer"}
"""What the file of each step is called after its number, so that the two sort as they are shown."""

_SOURCE = "source"  # gid of what makes a figure repeatable: it stands in both steps

_standing: WeakSet[Artist] = WeakSet()  # what is marked: labels and gids of artists say other things


class _Unseen(AbstractPathEffect):
    """Draws nothing: what has this effect keeps its place in the layout, and no file holds it."""

    def draw_path(self, *_: object, **__: object) -> None:
        """Draw nothing."""


def stands(*artists: Artist | Iterable[Artist]) -> None:
    """Mark what belongs to the axes of a figure, such as the name of a row: it is there before the answer is.

    Ticks, their labels, spines and grids need no mark.
    """
    for each in artists:
        for artist in [each] if isinstance(each, Artist) else each:
            _standing.add(artist)


def read_step(step: object) -> int:
    """Return a step; ValueError if there is no such step."""
    if step is None:
        return ANSWER
    if not isinstance(step, int) or isinstance(step, bool) or step not in STEP_NAMES:
        raise ValueError(f"steps must be {AXES}, the axes alone, or {ANSWER}, with the answer; it is {step!r}")
    return step


def hide_answer(axes: Axes, question: str) -> None:
    """Leave of a finished figure its axes, with the question that it answers in place of its title."""
    titles = [text for text in _texts(axes) if text.get_text() and text.get_text() == axes.get_title(loc="left")]
    for artist in _answer(axes):
        artist.set_path_effects([_Unseen()])
        if isinstance(artist, Text) and (ground := artist.get_bbox_patch()):
            ground.set_path_effects([_Unseen()])
        if isinstance(artist, Annotation) and artist.arrow_patch:
            artist.arrow_patch.set_path_effects([_Unseen()])
    for title in titles[:1]:
        asked = axes.annotate(in_lines(question, str), (0, 1), xycoords=title, va="top", fontsize=title.get_fontsize())
        asked.set(weight=title.get_fontweight(), color=title.get_color(), in_layout=False)


def _texts(axes: Axes) -> list[Text]:
    """Return the texts that are parts of axes."""
    return [each for each in axes.get_children() if isinstance(each, Text)]


def _answer(axes: Axes) -> Iterator[Artist]:
    """Yield all of a figure that is not its axes, and not what makes it repeatable; of charts inside it, too."""
    for artist in axes.get_children():
        if isinstance(artist, Axes):
            heading = artist.get_title(loc="left")  # of a chart inside, such as "How often France sends each signal"
            own = (each for each in _answer(artist) if not (isinstance(each, Text) and each.get_text() == heading))
            yield from own
        elif not isinstance(artist, Axis | Spine) and artist is not axes.patch and not _is_marked(artist):
            yield artist


def _is_marked(artist: Artist) -> bool:
    """Whether a part of axes is there before the answer."""
    return artist in _standing or artist.get_gid() == _SOURCE
