"""What kind of campaign is asked about? How long, under which doctrine, by which concept, after which history."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from operator import index

MOST_MONTHS = 240
"""Longest campaign: memory grows with it, since every month has its own histograms."""

_CONCEPTS, _LAST_MOVES = ("quantal", "equilibrium"), ("exact", "logit")


@dataclass(frozen=True)
class CampaignPlan:
    """What kind of campaign is asked about; ValueError if a value is not allowed.

    Attributes
    ----------
    months : int
        Encounters in a row, 1 to `MOST_MONTHS`.
    doctrine : str or None
        Stance of the scenario that France is held to in every month, so that it carries no news; None if it chooses
        each time.
    concept : {"quantal", "equilibrium"}
        quantal: every free choice of signal, strike or hold is logit; under a doctrine only Russia's, at what it
        believes. equilibrium: exact best replies, and the equilibrium that is best for France where France chooses.
    rationality : float
        Λ of quantal play and of the history, at least 0.
    history : int or None
        How often Russia held before the first month; None for what the scenario says.
    last_move : {"exact", "logit"}
        Whether under quantal play a France that is hit errs, too, when it folds or stands.
    """

    months: int = 24
    doctrine: str | None = None
    concept: str = "quantal"
    rationality: float = 5.0
    history: int | None = None
    last_move: str = "exact"

    def __post_init__(self) -> None:
        for name, allowed in (("concept", _CONCEPTS), ("last_move", _LAST_MOVES)):
            if getattr(self, name) not in allowed:
                raise ValueError(f"{name} must be one of {', '.join(allowed)}; it is {getattr(self, name)!r}")
        if not (isfinite(self.rationality) and self.rationality >= 0):
            raise ValueError(f"rationality must be finite and at least 0; it is {self.rationality}")
        if not 1 <= index(self.months) <= MOST_MONTHS:
            raise ValueError(f"months must lie in [1, {MOST_MONTHS}]; it is {self.months}")
        if self.history is not None and index(self.history) < 0:
            raise ValueError(f"history must be at least 0; it is {self.history}")

    @property
    def last_rationality(self) -> float | None:
        """Λ of France's choice between folding and standing; None where it takes the better."""
        return self.rationality if self.concept == "quantal" and self.last_move == "logit" else None

    def check_doctrine(self, names: tuple[str, ...]) -> None:
        """Refuse a doctrine that is none of a scenario's stances."""
        if self.doctrine is not None and self.doctrine not in names:
            raise ValueError(f"doctrine must be one of {', '.join(names)}; it is {self.doctrine!r}")
