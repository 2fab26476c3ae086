"""What does a stance cost, draw by draw, against the best stance of that draw? Its regret (Savage 1951 [1]_).

Regret is a difference, in the unit of the quantity compared: of France's payoff, over all three stances; of the
probability of an outcome, where less is better, between `ambiguous` and `commit` alone, since under `rule_out` every
probability is zero by construction.

References
----------
.. [1] Savage, L. J. (1951), "The theory of statistical decision", Journal of the American Statistical Association 46,
   55-67, doi:10.1080/01621459.1951.10500768.
"""

from __future__ import annotations

import numpy as np

from sim.crisis.ladder import OUTCOMES, doctrine
from sim.crisis.parameters import STANCES
from sim.crisis.payoffs import WorstCase, crisis
from sim.games.game import Floats

PAYOFF = "france_payoff"
"""The one quantity of which more is better."""

QUANTITIES = (PAYOFF, *OUTCOMES)
"""What stances can be compared by."""


def contenders(by: str) -> tuple[str, ...]:
    """Return the stances that are compared by a quantity.

    Examples
    --------
    >>> contenders("france_payoff"), contenders("war")
    (('rule_out', 'ambiguous', 'commit'), ('ambiguous', 'commit'))
    """
    if by not in QUANTITIES:
        raise ValueError(f"by must be one of {', '.join(QUANTITIES)}; it is {by!r}")
    return STANCES if by == PAYOFF else STANCES[1:]


def held(parameters: dict[str, Floats], *, worst_case: WorstCase) -> dict[str, dict[str, Floats]]:
    """Return what each doctrine gives in each draw, exact.

    Shapes: parameters (n,) → (n,).

    Examples
    --------
    >>> from sim.crisis.parameters import PARAMETERS
    >>> half = {parameter.name: np.array([0.5]) for parameter in PARAMETERS}
    >>> values = held(half, worst_case="type")
    >>> values["war"]["rule_out"].tolist(), sorted(values["war"])
    ([0.0], ['ambiguous', 'commit', 'rule_out'])
    """
    game, chances = crisis(parameters, worst_case=worst_case)
    ladders = {stance: doctrine(game, chances, stance)[0] for stance in STANCES}
    payoffs = {stance: ladder.france_payoff for stance, ladder in ladders.items()}
    return {PAYOFF: payoffs} | {
        outcome: {stance: ladder.outcomes[outcome] for stance, ladder in ladders.items()} for outcome in OUTCOMES
    }


def scores(values: dict[str, dict[str, Floats]], by: str) -> Floats:
    """Return the stances' values so that more is better: payoffs, or probabilities with their sign turned.

    Shapes: values (n,) → (d, n).

    Examples
    --------
    >>> scores({"war": {"ambiguous": np.array([0.1]), "commit": np.array([0.3])}}, "war").tolist()
    [[-0.1], [-0.3]]
    """
    rows = np.stack([values[by][stance] for stance in contenders(by)])
    return rows if by == PAYOFF else -rows


def regrets(rows: Floats) -> Floats:
    """Return how much better the best stance of each draw does.

    Shapes: rows (d, n) → (d, n).

    Examples
    --------
    >>> regrets(np.array([[1.0, 0.0], [3.0, -2.0]])).tolist()
    [[2.0, 0.0], [0.0, 2.0]]
    """
    return np.asarray(rows.max(axis=0) - rows)


def shares_best(regret: Floats) -> Floats:
    """Return each stance's part in being best in a draw: 1 alone, 1/2 each if two tie, and so on.

    Shapes: regret (d, n) → (d, n).

    Examples
    --------
    >>> shares_best(np.array([[2.0, 0.0], [0.0, 0.0]])).tolist()
    [[0.0, 0.5], [1.0, 0.5]]
    """
    best = regret == 0
    return np.asarray(best / best.sum(axis=0))
