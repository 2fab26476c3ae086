"""Which of several equilibria is played? A rule weighs the rows of a game; a range shows what no rule can settle."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.crisis.play import RULES
from sim.games.equilibria import Equilibria
from sim.games.game import Bools, Floats, SignallingGame
from sim.games.refinements import REFINEMENTS

PAYOFF_TOLERANCE = 1e-9  # payoffs closer, relative to their size, are tied: a solver's rounding must not choose


def survivors(equilibria: Equilibria, refinement: str, count: int) -> tuple[Bools, Bools]:
    """Return the equilibria that a refinement admits, (e,): all those of a game in which it admits none, (n,)."""
    if refinement not in REFINEMENTS:
        raise ValueError(f"refinement must be one of {', '.join(REFINEMENTS)}; it is {refinement!r}")
    starts = _starts(equilibria, count)
    passes = np.ones(len(equilibria), dtype=bool) if refinement == "none" else getattr(equilibria, refinement)
    none_left = ~np.logical_or.reduceat(passes, starts)
    return passes | none_left[equilibria.game], none_left


def selection_weights(
    equilibria: Equilibria,
    game: SignallingGame,
    rule: str = "sender_best",
    *,
    escalation: Floats | None = None,
    admitted: Bools | None = None,
    frequency: Floats | None = None,
) -> Floats:
    """Return how much each equilibrium counts in its game, (e,), by the rule.

    `frequency`, (n, t), is how often the sender is of each type in truth; if left out, what the receiver believes.
    """
    if rule not in RULES:
        raise ValueError(f"rule must be one of {', '.join(RULES)}; it is {rule!r}")
    if rule.endswith("escalatory") and escalation is None:
        raise ValueError(f"escalation must be given for the rule {rule}; it is None")
    prior, rows = game.flat().prior if frequency is None else frequency, equilibria.game
    starts = _starts(equilibria, len(prior))
    chosen = np.ones(len(rows), dtype=bool) if admitted is None else admitted
    if not np.all(np.logical_or.reduceat(chosen, starts)):
        raise ValueError("admitted must leave an equilibrium in every game; a game has none")
    if rule != "uniform":
        parts = prior[rows] * equilibria.sender_value if rule == "sender_best" else np.asarray(escalation)[:, None]
        score, size = (part.sum(axis=1) for part in (parts, np.abs(parts)))
        ranked = np.where(chosen, -score if rule == "least_escalatory" else score, -np.inf)
        least = np.maximum.reduceat(ranked, starts) - PAYOFF_TOLERANCE * np.maximum.reduceat(size, starts)
        tied = np.flatnonzero(ranked >= least[rows])
        chosen = np.zeros(len(rows), dtype=bool)
        chosen[tied[np.searchsorted(rows[tied], np.arange(len(prior)))]] = True
    return np.asarray(chosen / np.add.reduceat(chosen.astype(float), starts)[rows])


def per_game_mean(equilibria: Equilibria, values: Floats, weights: Floats) -> Floats:
    """Return the weighted mean over the equilibria of each game: values (..., e), weights (e,) → (..., n)."""
    starts = _starts(equilibria, int(equilibria.game[-1]) + 1 if len(equilibria) else 0)
    return np.asarray(np.add.reduceat(values * weights, starts, axis=-1))


def per_game_range(
    equilibria: Equilibria, values: Floats, count: int, *, admitted: Bools | None = None
) -> tuple[Floats, Floats]:
    """Return the smallest and the largest value (..., e) over the admitted equilibria of each game, (..., n)."""
    starts = _starts(equilibria, count)
    low, high = (values, values) if admitted is None else (np.where(admitted, values, end) for end in (np.inf, -np.inf))
    return np.minimum.reduceat(low, starts, axis=-1), np.maximum.reduceat(high, starts, axis=-1)


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
