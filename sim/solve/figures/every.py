"""Which figures does a solved game have? Its tree, the path of quantal response, and in equilibrium the beliefs."""

from __future__ import annotations

from sim.games.quantal.response import quantal_path
from sim.solve.crisis_solution import Solution
from sim.solve.figures.beliefs import beliefs
from sim.solve.figures.curves import path_labels
from sim.solve.figures.quantal import quantal
from sim.solve.figures.shown_game import played
from sim.solve.figures.titles import (
    beliefs_alt_text,
    beliefs_finding,
    quantal_alt_text,
    quantal_finding,
    tree_alt_text,
    tree_finding,
)
from sim.solve.figures.tree import tree
from sim.solve.game_solution import GameSolution
from sim.telling.answer import Figure

FARTHEST = 20.0
"""Rationality up to which the path of quantal response is drawn, or the one asked for if that is higher."""


def figures(solved: Solution | GameSolution, made: str) -> list[Figure]:
    """Return what can be drawn of a solved game; whether it can be read, its drawing tells."""
    path, shown = quantal_path(solved.game, up_to=max(FARTHEST, solved.play.rationality)), played(solved, None, None)
    drawn = [
        Figure("tree", lambda ax: tree(solved, ax=ax, made=made), tree_finding(shown), tree_alt_text(solved)),
        Figure(
            "quantal",
            lambda ax: quantal(path, ax=ax, labels=solved.labels, made=made),
            quantal_finding(path, path_labels(path, solved.labels)),
            quantal_alt_text(path, labels=solved.labels),
        ),
    ]
    if solved.play.concept == "equilibrium":
        # A belief is one number for two sender types only.
        finding, alt = (beliefs_finding(shown), beliefs_alt_text(solved)) if solved.game.types == 2 else ("", "")
        drawn.append(Figure("beliefs", lambda ax: beliefs(solved, ax=ax, made=made), finding, alt))
    return drawn
