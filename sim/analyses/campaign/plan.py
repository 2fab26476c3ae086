"""What kind of campaign is asked about? How long, under which doctrine, by which concept, after which history."""

from __future__ import annotations

from dataclasses import dataclass
from operator import index

from sim.analyses.campaign.one_month import Rules

MOST_MONTHS = 240
"""Longest campaign: memory grows with it, since every month has its own histograms."""


@dataclass(frozen=True)
class CampaignPlan:
    """What kind of campaign is asked about.

    Attributes
    ----------
    months : int
        Encounters in a row, 1 to `MOST_MONTHS`.
    doctrine : {"rule_out", "ambiguous", "commit"} or None
        Stance that France is held to in every month; None if it chooses each time.
    concept : {"quantal", "equilibrium"}
        How the sides choose, as in `sim.analyses.campaign.one_month.Rules`.
    rationality : float
        Λ of quantal play and of the history, at least 0.
    history : int or None
        How often Russia held before the first month; None for what the scenario says.

    Raises
    ------
    ValueError
        If a value is not allowed.

    Examples
    --------
    >>> CampaignPlan(months=12, doctrine="commit").concept
    'quantal'
    """

    months: int = 24
    doctrine: str | None = None
    concept: str = "quantal"
    rationality: float = 5.0
    history: int | None = None

    def __post_init__(self) -> None:
        self.rules()
        if not 1 <= index(self.months) <= MOST_MONTHS:
            raise ValueError(f"months must lie in [1, {MOST_MONTHS}]; it is {self.months}")
        if self.history is not None and index(self.history) < 0:
            raise ValueError(f"history must be at least 0; it is {self.history}")

    def rules(self) -> Rules:
        """Return by which rules each month is played."""
        return Rules(self.doctrine, self.concept, self.rationality)
