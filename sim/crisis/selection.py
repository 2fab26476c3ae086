"""Which of several equilibria is played? A rule picks one row per game; a range shows what no rule can settle."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.games.equilibria import Equilibria
from sim.games.game import Floats, SignallingGame

RULES = ("sender_best",)
"""sender_best: the highest expected payoff of the sender before it learns its type, which favours France."""

PAYOFF_TOLERANCE = 1e-9
"""Equilibrium payoffs closer than this, relative to their size, are tied: a solver's rounding must not choose."""


def select(equilibria: Equilibria, game: SignallingGame, rule: str = "sender_best") -> NDArray[np.intp]:
    """Return the row of the equilibrium that is played in each game.

    Parameters
    ----------
    equilibria : Equilibria
        At least one row for every game, sorted by game.
    game : SignallingGame
        Batch of n games.
    rule : {"sender_best"}
        One of `RULES`. Among tied rows the first is played.

    Returns
    -------
    ndarray of int of shape (n,)
        Indices into the rows of `equilibria`.

    Raises
    ------
    ValueError
        If the rule is unknown, the rows are not sorted by game, or a game has none.

    Examples
    --------
    >>> import sim
    >>> game = sim.SignallingGame([0.4, 0.6], sender=[[[1, 0]], [[1, 2]]], receiver=[[[0, 1]], [[0, -1]]])
    >>> select(sim.perfect_bayesian(game), game).tolist()
    [0]
    """
    if rule not in RULES:
        raise ValueError(f"rule must be one of {', '.join(RULES)}; it is {rule!r}")
    prior = game.flat().prior
    starts = _starts(equilibria, len(prior))
    weight = prior[equilibria.game]
    score = np.einsum("et,et->e", weight, equilibria.sender_value)
    size = np.einsum("et,et->e", weight, np.abs(equilibria.sender_value))
    least = np.maximum.reduceat(score, starts) - PAYOFF_TOLERANCE * np.maximum.reduceat(size, starts)
    tied = np.flatnonzero(score >= least[equilibria.game])
    return tied[np.searchsorted(equilibria.game[tied], np.arange(len(prior)))]


def per_game_range(equilibria: Equilibria, values: Floats, count: int) -> tuple[Floats, Floats]:
    """Return the smallest and the largest value over the equilibria of each game.

    Parameters
    ----------
    equilibria : Equilibria
        At least one row for every game, sorted by game.
    values : ndarray of shape (e,)
        One value per row.
    count : int
        Number of games, n.

    Returns
    -------
    smallest, largest : ndarray of shape (n,)
        Range of the values within each game.

    Raises
    ------
    ValueError
        If the rows are not sorted by game, or a game has none.

    Examples
    --------
    >>> import numpy as np, sim
    >>> game = sim.SignallingGame([0.4, 0.6], sender=[[[1, 0]], [[1, 2]]], receiver=[[[0, 1]], [[0, -1]]])
    >>> low, high = per_game_range(sim.perfect_bayesian(game), np.array([0.25]), 1)
    >>> low.tolist(), high.tolist()
    ([0.25], [0.25])
    """
    starts = _starts(equilibria, count)
    return np.minimum.reduceat(values, starts), np.maximum.reduceat(values, starts)


def _starts(equilibria: Equilibria, count: int) -> NDArray[np.intp]:
    """Return the first row of each game."""
    rows = equilibria.game
    if np.any(rows[1:] < rows[:-1]):
        raise ValueError("equilibria must be sorted by game; game has a smaller index after a larger one")
    found = np.bincount(rows, minlength=count)
    if len(found) != count:
        raise ValueError(f"equilibria must belong to the {count} games; game has index {len(found) - 1}")
    if np.any(found == 0):
        raise ValueError(f"equilibria must have a row for every game; game {int(np.argmin(found))} has none")
    return np.cumsum(found) - found
