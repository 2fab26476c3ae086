"""Scenarios at the rims: numbers near zero or all one, types that are alike, ties, nobody ever there."""

from __future__ import annotations

from functools import cache

import sim
from sim.scenario.scenario import Scenario


def all_at(value: float, name: str, **others: float) -> Scenario:
    """Return the bundled scenario with every number at one value, but for those named with __ in place of dots."""
    base = sim.load_scenario("macron-2024")
    named = {key.replace("__", "."): each for key, each in others.items()}
    return sim.Scenario(**vars(base.override(dict.fromkeys(base.medians(), value) | named)) | {"name": name})


@cache
def degenerate() -> dict[str, Scenario]:
    """Return the scenarios by name."""
    base = sim.load_scenario("macron-2024")
    medians = base.medians()
    alike = {
        **{f"france.{cost}.bluffing": medians[f"france.{cost}.resolute"] for cost in ("fight_cost", "war_cost")},
        "russia.war_cost.opportunist": medians["russia.war_cost.cautious"],
        "russia.pessimism.opportunist": medians["russia.pessimism.cautious"],
    }
    same = {name: medians[name.replace("ambiguous", "commit")] for name in medians if ".ambiguous." in name}
    return {
        "zeros": all_at(0.0, "zeros"),
        "near zero": all_at(1e-9, "near-zero"),
        "halves": all_at(0.5, "halves"),
        "ones": all_at(1.0, "ones"),
        "certain prior": base.override({"prior.resolute": 1.0, "prior.opportunist": 0.0}),
        "never struck": base.override({"russia.failed_strike_cost": 1000.0}),
        "always struck": base.override({"russia.humiliation_gain": 1e6, "france.humiliation": 0.0}),
        "types alike": base.override(alike),
        "stances alike": base.override(
            same | {name.replace("ambiguous", "commit"): value for name, value in same.items()}
        ),
        "nobody there": base.override({"signal.ambiguous.deployment": 0.0, "signal.commit.deployment": 0.0}),
    }
