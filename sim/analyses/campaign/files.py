"""How do the figures of a campaign become files? PNG, SVG and CSV of the survival curves and of the belief fans."""

from __future__ import annotations

from sim.analyses.campaign.analysis import Campaign
from sim.analyses.campaign.figure_beliefs import belief_fans
from sim.analyses.campaign.figure_survival import survival
from sim.analyses.campaign.words import (
    BELIEF_HEADS,
    FANS,
    belief_fans_alt_text,
    belief_finding,
    survival_alt_text,
    survival_finding,
)
from sim.crisis.ladder import OUTCOMES
from sim.telling.answer import Figure


def figures(result: Campaign) -> list[Figure]:
    """Return both figures of a campaign."""
    months = range(result.plan.months + 1)
    fields = ("mean", "se", *FANS, "sure")
    curves = Figure(
        "survival",
        lambda axes: survival(result, ax=axes),
        finding=survival_finding(result),
        alt=survival_alt_text(result),
        header=("outcome", "month", "not_yet", "se"),
        rows=[(name, m, result.survival[name][m], result.survival_se[name][m]) for name in OUTCOMES for m in months],
    )
    fans = Figure(
        "belief_fans",
        lambda axes: belief_fans(result, ax=axes),
        finding=belief_finding(result),
        alt=belief_fans_alt_text(result),
        header=("belief", "month", *fields),
        rows=[(name, m, *(result.belief[name][field][m] for field in fields)) for name in BELIEF_HEADS for m in months],
    )
    return [curves, fans]
