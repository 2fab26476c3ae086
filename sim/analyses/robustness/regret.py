"""What does a stance cost, draw by draw, against the best stance of that draw? Its regret (Savage 1951, in `rules`).

Regret is a difference, in the unit of the quantity compared: of France's payoff, over all stances; of the probability
of an outcome, where less is better, between those that leave Russia a target, since under the others every probability
is zero by construction. France's payoff is taken as it is and without what a stance is worth in itself: claims about
deterrence are no evidence for that number, and must not be counted twice.
"""

from __future__ import annotations

import numpy as np

from sim.crisis.ladder import OUTCOMES, doctrine
from sim.crisis.parameters import BASELINE, Stances
from sim.crisis.payoffs import crisis
from sim.crisis.terms import WorstCase
from sim.games.game import Floats

PAYOFF, BARE = "france_payoff", "payoff_without_stance_value"
"""France's payoff, and the same without what the stance itself is worth to it."""

PAYOFFS = (PAYOFF, BARE)
"""The quantities of which more is better."""

QUANTITIES = (*PAYOFFS, *OUTCOMES)
"""What stances can be compared by."""

ROUNDING = 1e-12
"""Differences below this, relative to the largest value of a draw, are rounding: such stances tie."""

_FEWEST = 2  # stances that a comparison needs


def contenders(by: str, stances: Stances = BASELINE) -> tuple[str, ...]:
    """Return the stances that are compared by a quantity."""
    if by not in QUANTITIES:
        raise ValueError(f"by must be one of {', '.join(QUANTITIES)}; it is {by!r}")
    return stances.names if by in PAYOFFS else stances.struck


def comparable(stances: Stances) -> tuple[str, ...]:
    """Return what these stances can be compared by: no outcome, where fewer than two can be struck."""
    return QUANTITIES if len(stances.struck) >= _FEWEST else PAYOFFS


def held(
    parameters: dict[str, Floats], *, worst_case: WorstCase, stances: Stances = BASELINE
) -> dict[str, dict[str, Floats]]:
    """Return what each doctrine gives in each draw, exact, by quantity and stance."""
    game, chances = crisis(parameters, worst_case=worst_case, stances=stances)
    ladders = {stance: doctrine(game, chances, stance, stances)[0] for stance in stances.names}
    payoffs = {stance: ladder.france_payoff for stance, ladder in ladders.items()}
    bare = {stance: _without(payoff, parameters[f"signal.{stance}.stance_value"]) for stance, payoff in payoffs.items()}
    return {PAYOFF: payoffs, BARE: bare} | {
        outcome: {stance: ladder.outcomes[outcome] for stance, ladder in ladders.items()} for outcome in OUTCOMES
    }


def _without(payoff: Floats, part: Floats) -> Floats:
    """Return a payoff without a part of it; 0 where what is left is rounding."""
    left = payoff - part
    return np.where(np.abs(left) > ROUNDING * np.abs(part), left, 0.0)


def scores(values: dict[str, dict[str, Floats]], by: str, stances: Stances = BASELINE) -> Floats:
    """Return the stances' values, (d, n), so that more is better: payoffs, or probabilities with their sign turned."""
    rows = np.stack([values[by][stance] for stance in contenders(by, stances)])
    return rows if by in PAYOFFS else -rows


def regrets(rows: Floats) -> Floats:
    """Return by how much the best stance of each draw does better, (d, n); 0 where rounding alone tells them apart."""
    lost = rows.max(axis=0) - rows
    return np.where(lost > ROUNDING * np.abs(rows).max(axis=0), lost, 0.0)


def shares_best(regret: Floats) -> Floats:
    """Return each stance's part in being best in a draw, (d, n): 1 alone, 1/2 each if two tie, and so on."""
    best = regret == 0
    return np.asarray(best / best.sum(axis=0))
