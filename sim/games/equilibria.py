"""What does a solver return? One row per equilibrium, for a whole batch of games."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.games.game import Bools, Floats
from sim.games.refinements import REFINEMENTS

FAMILIES = ("pooling", "separating", "semi_separating", "both_mix")
"""The four families of equilibria with two sender types, in the order in which rows are listed within a game."""


def _unjudged() -> Bools:
    """Return no verdict."""
    return np.zeros(0, dtype=bool)


@dataclass(frozen=True, eq=False)
class Equilibria:
    """Equilibria of a batch of games: e rows, sorted by game, then family, then the signals sent.

    Attributes
    ----------
    game : ndarray of int of shape (e,)
        Index into the flattened batch; a game with several equilibria has several rows.
    family : ndarray of str of shape (e,)
        One of `FAMILIES`: which signals are sent by whom, one row per on-path outcome.
    strategy : ndarray of shape (e, t, m)
        Probability that each sender type sends each signal.
    belief : ndarray of shape (e, m, t)
        Receiver's belief after each signal; after a signal nobody sends, one belief that supports the equilibrium.
    response : ndarray of shape (e, k, m, a)
        Probability that each receiver type takes each action; 0 where the action is unavailable.
    sender_value : ndarray of shape (e, t)
        Equilibrium payoff of each sender type, in the units of the game.
    degenerate : ndarray of bool of shape (e,)
        Whether the game has ties, so that equilibria may come in continua of which the rows are members; True in every
        game that has a continuum, and in some whose equilibria all stand alone.
    intuitive, d1, undefeated : ndarray of bool of shape (e,)
        Whether the row survives the intuitive criterion, D1, and comparison with the game's other equilibria; True in
        rows that nobody has judged, and where no signal is unsent or the sender's type is known.

    Examples
    --------
    >>> import sim
    >>> game = sim.SignallingGame([0.4, 0.6], sender=[[[1, 0]], [[1, 2]]], receiver=[[[0, 1]], [[0, -1]]])
    >>> eq = sim.perfect_bayesian(game)
    >>> eq.family.tolist(), eq.response[0, 0, 0].tolist()
    (['pooling'], [1.0, 0.0])
    """

    game: NDArray[np.intp]
    family: NDArray[np.str_]
    strategy: Floats
    belief: Floats
    response: Floats
    sender_value: Floats
    degenerate: Bools
    intuitive: Bools = field(default_factory=_unjudged)
    d1: Bools = field(default_factory=_unjudged)
    undefeated: Bools = field(default_factory=_unjudged)

    def __post_init__(self) -> None:
        for name in REFINEMENTS[1:]:
            if not getattr(self, name).size:
                object.__setattr__(self, name, np.ones(len(self.game), dtype=bool))

    def __len__(self) -> int:
        return len(self.game)

    def take(self, rows: NDArray[np.intp] | Bools) -> Equilibria:
        """Return the rows at `rows` (indices or a mask), in that order."""
        return Equilibria(**{name: array[rows] for name, array in vars(self).items()})
