"""What is said of a solved game, a crisis or one that a file gives outright?"""

from __future__ import annotations

from sim.solve.crisis_solution import Solution
from sim.solve.game_solution import GameSolution
from sim.solve.words.crisis import told
from sim.solve.words.game import game_told
from sim.telling.answer import Answer, Figure


def answer(solved: Solution | GameSolution) -> Answer:
    """Return what is said of a solved game: its story, and the figures of its tree, of beliefs and of quantal play."""

    def figures() -> list[Figure]:
        from sim.solve.figures.every import figures

        return figures(solved)

    data = solved.to_dict()
    story = game_told(data) if isinstance(solved, GameSolution) else told(data)
    return Answer("solution", solved.provenance.title, solved.stamp(), (), (), data, figures=figures, story=story)
