"""How is a solved game shown, and which files hold it? Words, JSON and figures, for a crisis or a game outright."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sim.show.game_sentences import game_told
from sim.show.sentences import told
from sim.study.identity import versions
from sim.study.outright import GameSolution
from sim.study.point import Solution

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FARTHEST = 20.0
"""Rationality up to which the path of quantal response is drawn, or the one asked for if that is higher."""


def solution_told(solved: Solution | GameSolution) -> str:
    """Return a solution in plain words.

    Parameters
    ----------
    solved : Solution or GameSolution
        From `sim.study.solving.solve_at`.

    Returns
    -------
    str
        Paragraphs.

    Examples
    --------
    >>> from sim.study.outright import game_solution
    >>> from sim.study.textbook import load
    >>> solution_told(game_solution(load("textbook/spence"))).splitlines()[0]
    'Is education worth its cost if it teaches nothing?'
    """
    return game_told(solved.to_dict()) if isinstance(solved, GameSolution) else told(solved.to_dict())


def solved_provenance(solved: Solution | GameSolution) -> str:
    """Return what makes a solution repeatable, in one line: scenario or file, point, sim version.

    Parameters
    ----------
    solved : Solution or GameSolution
        From `sim.study.solving.solve_at`.

    Returns
    -------
    str
        Parts between middle dots.

    Examples
    --------
    >>> import sim
    >>> from sim.study.point import solution
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


def solution_files(solved: Solution | GameSolution) -> dict[str, bytes]:
    """Return a solution as files: the answer, and the figures that can be drawn of it.

    Parameters
    ----------
    solved : Solution or GameSolution
        From `sim.study.solving.solve_at`.

    Returns
    -------
    dict of str to bytes
        solution.json, solution.txt, and as .png and .svg: tree (the game in the selected equilibrium), beliefs (what
        the receiver would do at every belief; for equilibria) and quantal (the path of quantal response). A figure of a
        game too large to be read is left out.

    Examples
    --------
    >>> from sim.study.outright import game_solution
    >>> from sim.study.textbook import load
    >>> sorted(solution_files(game_solution(load("textbook/beer-quiche"))))[:4]
    ['beliefs.png', 'beliefs.svg', 'quantal.png', 'quantal.svg']
    """
    text = json.dumps(solved.to_dict(), indent=1, ensure_ascii=False, allow_nan=False)
    files = {"solution.json": f"{text}\n".encode(), "solution.txt": f"{solution_told(solved)}\n".encode()}
    for name, draw in _drawings(solved).items():
        files |= _drawn(name, draw)
    return files


def _drawings(solved: Solution | GameSolution) -> dict[str, Callable[[Axes], Axes]]:
    """Return how each figure is drawn."""
    from sim.games.quantal import quantal_path
    from sim.show import figures

    made = solved_provenance(solved)
    path = quantal_path(solved.game, up_to=max(FARTHEST, solved.play.rationality))
    drawings: dict[str, Callable[[Axes], Axes]] = {
        "tree": lambda ax: figures.tree(solved, ax=ax, made=made),
        "quantal": lambda ax: figures.quantal(path, ax=ax, labels=solved.labels, made=made),
    }
    if solved.play.concept == "equilibrium":
        drawings["beliefs"] = lambda ax: figures.beliefs(solved, ax=ax, made=made)
    return drawings


def _drawn(name: str, draw: Callable[[Axes], Axes]) -> dict[str, bytes]:
    """Return a figure as PNG and SVG; nothing if the game is too large for it."""
    from matplotlib import style
    from matplotlib.figure import Figure

    from sim.show.figures import STYLE

    png, svg = io.BytesIO(), io.BytesIO()
    plain: dict[str, Any] = {"Date": None}
    with style.context(STYLE):
        figure = Figure(layout="constrained")
        try:
            draw(figure.add_subplot())
        except ValueError:
            return {}  # the figure says that it cannot hold so much
        figure.savefig(png, format="png")
        figure.savefig(svg, format="svg", metadata=plain)
    return {f"{name}.png": png.getvalue(), f"{name}.svg": svg.getvalue()}
