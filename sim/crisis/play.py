"""How is the crisis taken to be played? The concept, the refinement and the rule behind the headline figures."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from sim.games.refinements import REFINEMENTS

CONCEPTS = ("equilibrium", "quantal")  # equilibrium: perfect Bayesian; quantal: logit agent quantal response

LAST_MOVES = ("exact", "logit")
"""How a France that is hit chooses under quantal play: the better of fold and stand, or by logit as all others do."""

RULES = ("sender_best", "least_escalatory", "most_escalatory", "uniform")
"""sender_best: the highest expected payoff of the sender before it learns its type, which favours France; the two by
escalation: the lowest or the highest expected rung; uniform: every admitted equilibrium with equal weight."""


@dataclass(frozen=True)
class Play:
    """What is reported as play, besides the doctrines.

    Attributes
    ----------
    concept : {"equilibrium", "quantal"}
        Perfect Bayesian equilibrium, or logit quantal response.
    refinement : {"none", "intuitive", "d1", "undefeated"}
        Which equilibria are admitted; all, in a draw in which none survives.
    select : {"sender_best", "least_escalatory", "most_escalatory", "uniform"}
        Which of the admitted equilibria is played.
    rationality : float
        Λ of quantal response, at least 0; the same number for both players, each in units of its own yardstick.
    last_move : {"exact", "logit"}
        Whether under quantal play France errs when it folds or stands too; elsewhere it never does.

    Raises
    ------
    ValueError
        If a value is not allowed.

    Examples
    --------
    >>> Play(refinement="d1")
    Play(concept='equilibrium', refinement='d1', select='sender_best', rationality=5.0, last_move='exact')
    """

    concept: str = "equilibrium"
    refinement: str = "none"
    select: str = "sender_best"
    rationality: float = 5.0
    last_move: str = "exact"

    def __post_init__(self) -> None:
        choices = {"concept": CONCEPTS, "refinement": REFINEMENTS, "select": RULES, "last_move": LAST_MOVES}
        for name, allowed in choices.items():
            if getattr(self, name) not in allowed:
                raise ValueError(f"{name} must be one of {', '.join(allowed)}; it is {getattr(self, name)!r}")
        if not (isfinite(self.rationality) and self.rationality >= 0):
            raise ValueError(f"rationality must be finite and at least 0; it is {self.rationality}")

    @property
    def last_rationality(self) -> float | None:
        """Λ of France's choice between folding and standing; None where it takes the better."""
        return self.rationality if self.concept == "quantal" and self.last_move == "logit" else None
