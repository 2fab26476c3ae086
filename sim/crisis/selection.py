"""Which of several equilibria is played? A rule weighs the rows of a game; a range shows what no rule can settle."""

from __future__ import annotations

from collections.abc import Sequence

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
    left = np.ones(len(equilibria), dtype=bool) if admitted is None else admitted
    return weights_among([left], equilibria, game, rule, escalation=escalation, frequency=frequency)[0]


def weights_among(
    admitted: Sequence[Bools],
    equilibria: Equilibria,
    game: SignallingGame,
    rule: str,
    *,
    escalation: Floats | None,
    frequency: Floats | None,
) -> list[Floats]:
    """Return what `selection_weights` does, for each of several sets of admitted equilibria."""
    if rule not in RULES:
        raise ValueError(f"rule must be one of {', '.join(RULES)}; it is {rule!r}")
    if rule.endswith("escalatory") and escalation is None:
        raise ValueError(f"escalation must be given for the rule {rule}; it is None")
    prior, rows = game.flat().prior if frequency is None else frequency, equilibria.game
    starts = _starts(equilibria, len(prior))
    if not all(np.all(np.logical_or.reduceat(left, starts)) for left in admitted):
        raise ValueError("admitted must leave an equilibrium in every game; a game has none")
    if rule != "uniform":
        parts = (prior[rows] * equilibria.sender_value).T if rule == "sender_best" else np.asarray(escalation)[None]
        score, size = (part.sum(axis=0) for part in (parts, np.abs(parts)))
        score, margin = -score if rule == "least_escalatory" else score, np.maximum.reduceat(size, starts)
        admitted = [_first_of_the_best(np.where(left, score, -np.inf), margin, rows, starts) for left in admitted]
    return [np.asarray(left / np.add.reduceat(left.astype(float), starts)[rows]) for left in admitted]


def _first_of_the_best(score: Floats, size: Floats, rows: NDArray[np.intp], starts: NDArray[np.intp]) -> Bools:
    """Return the first row of each game whose score ties with the best, (e,); what ties depends on `size`, (n,)."""
    least = np.maximum.reduceat(score, starts) - PAYOFF_TOLERANCE * size
    tied = np.flatnonzero(score >= least[rows])
    chosen = np.zeros(len(rows), dtype=bool)
    chosen[tied[np.diff(rows[tied], prepend=-1) > 0]] = True
    return chosen


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
    least, most = (np.take(rows, starts, axis=-1) for rows in (low, high))
    found = np.diff(starts, append=len(equilibria))
    # Most games have two or three: a step through all their second rows at once is quicker than `reduceat`.
    for step in range(1, found.max(initial=1)):
        games = np.flatnonzero(found > step)
        rows = starts[games] + step
        least[..., games] = np.minimum(least[..., games], np.take(low, rows, axis=-1))
        most[..., games] = np.maximum(most[..., games], np.take(high, rows, axis=-1))
    return least, most


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
