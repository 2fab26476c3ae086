"""Comparisons to look at: the bundled case, a contested one, one of equal stances, one without any doubt."""

from __future__ import annotations

from functools import cache

import sim
from sim.scenario.scenario import Scenario

SAME = {
    f"signal.{stance}.{name}": value
    for stance in ("ambiguous", "commit")
    for name, value in {
        "deployment": 0.6,
        "pinpoint": 0.3,
        "ally_backing": 0.2,
        "stance_value": 0.1,
        "isolation": 0.05,
        "audience_cost": 0.2,
        "ambiguity": 0.2,
    }.items()
}
"""Settings that make both stances the same."""


def case() -> Scenario:
    """Return the bundled scenario."""
    return sim.load_scenario("macron-2024")


@cache
def real(by: str = "france_payoff") -> sim.Robustness:
    """Return a small comparison of the bundled scenario."""
    return sim.robustness(case(), 4096, 0, by=by)


@cache
def tied() -> sim.Robustness:
    """Return a comparison in which ambiguous and commit are the same stance."""
    return sim.robustness(case().override(SAME), 1024, 0, by="casualties")


@cache
def sure() -> sim.Robustness:
    """Return a comparison without any uncertainty."""
    return sim.robustness(case().override(case().medians()), 64, 0)


@cache
def bold() -> sim.Robustness:
    """Return a comparison in which several beliefs can overturn a narrow lead."""
    settings = {
        "signal.rule_out.stance_value": 0.05,
        "signal.ambiguous.stance_value": 0.05,
        "signal.commit.audience_cost": 3.0,
        "france.fight_cost.resolute": 0.1,
    }
    return sim.robustness(case().override(settings), 4096, 0)
