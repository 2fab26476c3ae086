"""Campaigns to look at: real ones, and others with figures of our own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import sim
from sim.analyses.campaign.analysis import BELIEFS, Campaign
from sim.analyses.campaign.plan import CampaignPlan
from sim.crisis.ladder import OUTCOMES


@cache
def rolled(plan: CampaignPlan | None = None) -> Campaign:
    """Return a small campaign of the bundled scenario."""
    return sim.campaign(sim.load_scenario("macron-2024"), plan, draws=256)


def made(survival: dict[str, list[float]], belief: dict[str, list[float]] | None = None) -> Campaign:
    """Return a campaign with these curves (1 if not given) and beliefs that are the same in every quantile."""
    months = len(next(iter(survival.values()))) - 1
    flat, beliefs = [1.0] * (months + 1), belief or {}
    fans = {
        name: dict.fromkeys(
            ("mean", "q05", "q25", "q50", "q75", "q95", "sure"), beliefs.get(name, [0.5] * (months + 1))
        )
        | {"se": [0.0] * (months + 1)}
        for name in BELIEFS
    }
    return replace(
        rolled(),
        plan=CampaignPlan(months=months, history=0),
        survival={name: survival.get(name, flat) for name in OUTCOMES},
        survival_se={name: [0.0] * (months + 1) for name in OUTCOMES},
        going=flat,
        belief=fans,
    )


CAMPAIGNS: dict[str, Callable[[], Campaign]] = {
    "France chooses": lambda: rolled(),
    "commit": lambda: rolled(CampaignPlan(doctrine="commit", months=100)),
    "one month of equilibrium": lambda: rolled(CampaignPlan(doctrine="ambiguous", concept="equilibrium", months=1)),
    "rule out": lambda: rolled(CampaignPlan(doctrine="rule_out", months=7)),
    "peace": lambda: made({"strike": [1.0, 1.0, 1.0]}),
    "all at once": lambda: made({name: [1.0, 0.0] for name in OUTCOMES}, {name: [0.5, 1.0] for name in BELIEFS}),
    "rare": lambda: made({"strike": [1.0, 1 - 1e-9]}, {name: [0.0, 0.0] for name in BELIEFS}),
}
