"""What is said of a solved game, a crisis or one that a file gives outright?"""

from __future__ import annotations

from sim.montecarlo.identity import versions
from sim.solve.crisis_solution import Solution
from sim.solve.game_solution import GameSolution
from sim.solve.words.crisis import told
from sim.solve.words.game import game_told
from sim.telling.answer import Answer, Figure


def solution_told(solved: Solution | GameSolution) -> str:
    """Return a solution in plain words.

    Examples
    --------
    >>> from sim.solve.game_solution import game_solution
    >>> from sim.scenario.game_file import load
    >>> solution_told(game_solution(load("textbook/spence"))).splitlines()[0]
    'Is education worth its cost if it teaches nothing?'
    """
    return game_told(solved.to_dict()) if isinstance(solved, GameSolution) else told(solved.to_dict())


def solved_provenance(solved: Solution | GameSolution) -> str:
    """Return what makes a solution repeatable, in one line: scenario or file, point, sim version.

    Examples
    --------
    >>> import sim
    >>> from sim.solve.crisis_solution import solution
    >>> solved_provenance(solution(sim.load_scenario("macron-2024"))).split(" · ")[:2]
    ['macron-2024', 'all at their medians']
    """
    version = f"sim {versions()['sim']}"
    if isinstance(solved, GameSolution):
        return f"{solved.file.name} · {version}"
    settings, draw = solved.scenario.settings, solved.draw
    changed = f", {len(settings)} set by hand" if settings else ""
    point = f"draw {draw.number:,} of {draw.draws:,} · seed {draw.seed}" if draw else "all at their medians"
    return f"{solved.scenario.name}{changed} · {point} · {version}"


def answer(solved: Solution | GameSolution) -> Answer:
    """Return what is said of a solved game: its story, and the figures of its tree, of beliefs and of quantal play."""

    def figures() -> list[Figure]:
        from sim.solve.figures.every import figures

        return figures(solved, stamp)

    title = solved.file.title if isinstance(solved, GameSolution) else solved.scenario.title
    stamp, story = solved_provenance(solved), solution_told(solved)
    return Answer("solution", title, stamp, (), (), solved.to_dict(), figures=figures, story=story)
