"""Which of some equilibria survive the refinements? Of any rows, not only of all that a game has."""

from __future__ import annotations

import numpy as np

from sim.games.closed_form.response_path import response_paths
from sim.games.equilibria import Equilibria
from sim.games.game import SignallingGame
from sim.games.refinements.refinement import Refinements, cases, judge


def refine(game: SignallingGame, equilibria: Equilibria) -> Refinements:
    """Judge rows, sorted by game, beside each other; all survive where the sender's type is known."""
    flat = game.flat()
    rows = np.flatnonzero(np.all(flat.prior > 0, axis=1)[equilibria.game] & (flat.types == 2))
    verdicts = np.ones((3, len(equilibria)), dtype=bool)
    if rows.size:
        judged = judge(cases(flat, equilibria.take(rows), response_paths(flat)))
        verdicts[:, rows] = judged.intuitive, judged.d1, judged.undefeated
    return Refinements(*verdicts)
