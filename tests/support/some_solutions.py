"""Solved games to look at: the crisis, pooling and semi-separating, and games of the textbooks."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from textbook_games import TEXTBOOK

import sim
from sim.games.equilibria import Equilibria
from sim.games.gambit.efg import Labels
from sim.games.game import SignallingGame
from sim.solve.crisis_solution import Solution, solution


@dataclass(frozen=True, eq=False)
class Solved:
    """A game with its equilibria and names."""

    game: SignallingGame
    equilibria: Equilibria
    labels: Labels | None = None
    selected: int = 0


@cache
def crisis(*, mixed: bool = False, quantal: bool = False) -> Solution:
    """Return the bundled scenario at its medians: all stay ambiguous; or a variant with a semi-separating row.

    Under quantal play nobody is there while France stays ambiguous, so that the tree can be read; commit is sent seldom
    and struck seldom.
    """
    scenario = sim.load_scenario("macron-2024")
    if quantal:
        seldom = {"signal.ambiguous.deployment": 0.0, "signal.commit.isolation": 2.5, "russia.attack_cost": 8.0}
        return solution(scenario.override(seldom), play=sim.Play("quantal", rationality=5.0))
    return solution(scenario.override({"signal.ambiguous.stance_value": 0.0}) if mixed else scenario)


@cache
def misjudged() -> Solution:
    """Return a variant in which Russia takes France for certainly bluffing, and a resolute one commits all the same."""
    values = {"belief.resolute": 0.0, "prior.resolute": 0.6, "signal.commit.stance_value": 0.4}
    return solution(sim.load_scenario("macron-2024").override(values))


@cache
def textbook(name: str) -> Solved:
    """Return a game of the textbooks, solved, with its names."""
    entry = TEXTBOOK[name]
    names = Labels(types=entry.types, receiver_types=entry.receiver_types, signals=entry.signals, actions=entry.actions)
    return Solved(entry.game, sim.perfect_bayesian(entry.game), names)


def unlabelled(game: SignallingGame) -> Solved:
    """Return a game, solved, without names."""
    return Solved(game, sim.perfect_bayesian(game))


def looked_at(axes: Axes) -> list[Text]:
    """Return all that is written anywhere in the axes and is seen: not the ticks of an axis that is switched off."""
    unseen = [] if axes.axison else [*axes.xaxis.findobj(Text), *axes.yaxis.findobj(Text)]
    hidden = {id(text) for text in unseen}
    written = [text for text in axes.findobj(Text) if isinstance(text, Text) and id(text) not in hidden]
    return [text for text in written if text.get_text() and text.get_visible()]


def finished() -> Axes:
    """Return axes in a figure with room for everything."""
    return Figure(layout="constrained").add_subplot()


def faults(axes: Axes) -> list[str]:
    """Lay the figure out and return what is small, cut off, or written over something else that is written."""
    figure = axes.get_figure()
    if not isinstance(figure, Figure):
        raise TypeError("axes must be in a figure")
    figure.draw_without_rendering()
    seen = looked_at(axes)
    boxes = [(text.get_text(), Text.get_window_extent(text)) for text in seen]
    found = [f"small: {text.get_text()}" for text in seen if float(text.get_fontsize()) < 18]
    found += [
        f"cut off: {text}"
        for text, box in boxes
        if box.x0 < 0 or box.y0 < 0 or box.x1 > figure.bbox.x1 or box.y1 > figure.bbox.y1
    ]
    for (one, a), (other, b) in combinations(boxes, 2):
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 3:
            found.append(f"over each other: {one!r} and {other!r}")
    return found


def svg(axes: Axes) -> str:
    """Return the figure as SVG."""
    figure, buffer = axes.get_figure(), io.BytesIO()
    if not isinstance(figure, Figure):
        raise TypeError("axes must be in a figure")
    figure.savefig(buffer, format="svg", metadata={"Date": None})
    return buffer.getvalue().decode()
