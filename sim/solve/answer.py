"""What is said of a solved game, a crisis or one that a file gives outright?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypedDict

from sim.solve.average import said_of_average
from sim.solve.crisis_solution import Solution
from sim.solve.game_solution import GameSolution
from sim.solve.words import brief
from sim.solve.words.crisis import told as crisis_told
from sim.solve.words.game import game_told
from sim.solve.words.verdicts import wrapped
from sim.telling.answer import Answer, Figure


def answer(solved: Solution | GameSolution, average: dict[str, Any] | None = None) -> Answer:
    """Return what is said of a solved game: its story, and the figures of its tree, of beliefs and of quantal play.

    What follows `on_average` over draws stands beside it, if it is given.
    """
    made, data, told = solved.provenance, solved.to_dict(), parts(solved)
    if average:
        data |= {"on_average": average}
        told["story"] += f"\n{wrapped(f'{said_of_average(data)}.')}"
    found, first = brief.finding(data), brief.table(data)
    return Answer("solution", made.title, solved.stamp(), (), (), data, found, first, naming=made.naming, **told)


class Parts(TypedDict):
    """The story of a solved game, and what draws its figures, in the words of the reference case."""

    story: str
    figures: Callable[[], list[Figure]]


def parts(solved: Solution | GameSolution) -> Parts:
    """Return the parts of an answer that tell a solved game."""

    def figures() -> list[Figure]:
        from sim.solve.figures.every import figures

        return figures(solved)

    data = solved.to_dict()
    return Parts(story=game_told(data) if isinstance(solved, GameSolution) else crisis_told(data), figures=figures)
