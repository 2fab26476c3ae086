"""Which figures does a solved game have? Its tree, the path of quantal response, and in equilibrium the beliefs."""

from __future__ import annotations

from sim.games.quantal.response import quantal_path
from sim.solve.crisis_solution import Solution
from sim.solve.figures import titles
from sim.solve.figures.beliefs import beliefs
from sim.solve.figures.curves import path_labels
from sim.solve.figures.quantal import quantal
from sim.solve.figures.shown_game import played
from sim.solve.figures.tree import tree
from sim.solve.game_solution import GameSolution
from sim.telling.answer import Figure

FARTHEST = 20.0  # rationality up to which the path is drawn, or the one asked for if that is higher


def figures(solved: Solution | GameSolution) -> list[Figure]:
    """Return what can be drawn of a solved game; whether it can be read, its drawing tells."""
    made, names, shown = solved.stamp(), solved.labels, played(solved)
    path = quantal_path(solved.game, up_to=max(FARTHEST, solved.play.rationality))
    growing = titles.quantal_finding(path, path_labels(path, names)), titles.quantal_alt_text(path, labels=names)
    grown = titles.tree_finding(shown), titles.tree_alt_text(solved)
    drawn = [
        Figure("tree", lambda ax: tree(solved, ax=ax, made=made), *grown),
        Figure("quantal", lambda ax: quantal(path, ax=ax, labels=names, made=made), *growing),
    ]
    if solved.play.concept == "equilibrium":
        drawn.append(Figure("beliefs", lambda ax: beliefs(solved, ax=ax, made=made), *_of_beliefs(solved)))
    return drawn


def _of_beliefs(solved: Solution | GameSolution) -> tuple[str, str]:
    """Return the finding of the figure of beliefs and its text, or as both why there is no such figure."""
    try:
        text = titles.beliefs_alt_text(solved)
    except ValueError as fault:
        return str(fault), str(fault)
    return titles.beliefs_finding(played(solved)), text
