"""Which parameters stand as one driver, and what does it rest on? Connected sets of correlated ones; claims of all.

Deliberate break that turned a test red: joining two pairs without their earlier partners (`[one, other]`).
"""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from sim.analyses.sensitivity.groups import Group, groups
from sim.crisis.parameters import PARAMETERS
from sim.scenario.evidence import load_register
from sim.scenario.scenario import Scenario, load_scenario

NAMES = [parameter.name for parameter in PARAMETERS]


def found(*pairs: tuple[str, str, float]) -> dict[str, Group]:
    """Return the groups of the bundled scenario with these correlations, by name."""
    return {group.name: group for group in groups(tied(*pairs), load_register())}


def tied(*pairs: tuple[str, str, float]) -> Scenario:
    """Return the bundled scenario with these correlations."""
    return replace(load_scenario("macron-2024"), correlation=pairs)


def test_every_uncertain_parameter_stands_alone_unless_it_is_drawn_with_others() -> None:
    scenario = load_scenario("macron-2024")
    uncertain = [name for name in NAMES if not scenario.entries[name].distribution.certain]
    assert list(found()) == uncertain
    assert all(group.members == (name,) and group.inputs == (NAMES.index(name),) for name, group in found().items())


PAIRS = (
    ("signal.commit.pinpoint", "prior.resolute", 0.5),
    ("france.war_cost.resolute", "russia.division_gain", -0.3),
    ("russia.division_gain", "prior.resolute", 0.2),
)


@pytest.mark.parametrize("order", list(permutations(PAIRS)))
def test_pairs_that_share_a_parameter_are_one_group_in_whatever_order_they_come(
    order: tuple[tuple[str, str, float], ...],
) -> None:
    name = "prior.resolute + signal.commit.pinpoint + france.war_cost.resolute + russia.division_gain"
    groups_found = found(*order)
    assert next(iter(groups_found)) == name
    assert groups_found[name].inputs == tuple(NAMES.index(member) for member in groups_found[name].members)
    assert len(groups_found) == len(found()) - 3


def test_pairs_that_share_nothing_are_groups_of_their_own() -> None:
    assert {"prior.resolute + signal.commit.pinpoint", "france.war_cost.resolute + russia.division_gain"} <= set(
        found(*PAIRS[:2])
    )


def test_a_correlation_of_zero_ties_nothing() -> None:
    assert list(found(("prior.resolute", "france.war_cost.resolute", 0.0))) == list(found())


def test_a_certain_parameter_ties_others_but_has_no_place_in_the_name() -> None:
    pairs = (("france.humiliation", "prior.resolute", 0.5), ("france.humiliation", "france.war_cost.resolute", 0.5))
    group = found(*pairs)["prior.resolute + france.war_cost.resolute"]
    assert group.inputs == tuple(
        NAMES.index(name) for name in ("prior.resolute", "france.humiliation", "france.war_cost.resolute")
    )


def test_a_group_rests_on_the_claims_and_assumptions_of_all_its_members() -> None:
    scenario, register = load_scenario("macron-2024"), load_register()
    group = found(("signal.commit.pinpoint", "france.war_cost.resolute", 0.5))[
        "signal.commit.pinpoint + france.war_cost.resolute"
    ]
    assert tuple(group.evidence) == scenario.entries["signal.commit.pinpoint"].evidence
    assert group.sources == ("journalist",)
    assert all(register[claim].source == source for claim, source in group.evidence.items())
    assert group.assumptions == (scenario.entries["france.war_cost.resolute"].assumption,)


def test_every_voice_is_named_once_in_the_order_of_the_claims() -> None:
    assert found()["signal.commit.ally_backing"].sources == (
        "journalist",
        "reported fact",
        "Joe Biden as reported",
    )


def test_a_certain_scenario_has_no_groups() -> None:
    scenario = load_scenario("macron-2024")
    assert groups(scenario.override(scenario.medians()), load_register()) == ()
