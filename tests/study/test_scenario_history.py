"""Is the history of a scenario applied wherever it is drawn or solved, and once only?

Deliberate break that turned a test red: the history applied to draws and not to the central values.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import sim
from sim.crisis.history import after_holding
from sim.study.draws import parameter_blocks
from sim.study.history import central, with_history
from sim.study.point import solution
from sim.study.scenario import Scenario

HELD = (4, "commit")


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return sim.load_scenario("macron-2024")


@pytest.fixture(scope="module")
def seasoned(scenario: Scenario) -> Scenario:
    """Return the scenario with a history."""
    return replace(scenario, history=HELD)


def test_every_draw_is_updated_and_nothing_else_of_it(scenario: Scenario, seasoned: Scenario) -> None:
    (_, before), *_ = parameter_blocks(scenario, 256, 0)
    (_, after), *_ = parameter_blocks(seasoned, 256, 0)
    expected = after_holding(before, HELD[0], stance=HELD[1])
    assert np.array_equal(after["prior.opportunist"], expected["prior.opportunist"])
    assert after["prior.opportunist"].mean() < before["prior.opportunist"].mean()
    assert all(np.array_equal(after[name], before[name]) for name in before if name != "prior.opportunist")


def test_a_run_and_a_point_play_the_updated_belief_and_the_run_says_so(scenario: Scenario, seasoned: Scenario) -> None:
    run, plain = sim.run(seasoned, 4096), sim.run(scenario, 4096)
    assert run.doctrine["commit"]["strike"]["mean"] < plain.doctrine["commit"]["strike"]["mean"]
    assert any("Russia held 4 times before in encounters like this one under commit" in note for note in run.notes)
    assert not any("History" in note for note in plain.notes)
    assert solution(seasoned).parameters["prior.opportunist"] == central(seasoned)["prior.opportunist"]
    assert central(scenario) == scenario.medians()


def test_a_campaign_counts_the_history_once(scenario: Scenario, seasoned: Scenario) -> None:
    plan = sim.CampaignPlan(months=1, doctrine="commit", concept="equilibrium")
    by_key = sim.campaign(seasoned, plan, draws=1024)
    by_option = sim.campaign(replace(scenario, history=(0, "commit")), replace(plan, history=4), draws=1024)
    assert by_key.survival == by_option.survival
    run = sim.run(seasoned, 1024)
    assert 1 - by_key.survival["strike"][1] == pytest.approx(run.doctrine["commit"]["strike"]["mean"], abs=1e-12)


def test_no_history_gives_the_very_same_arrays(scenario: Scenario) -> None:
    (_, drawn), *_ = parameter_blocks(scenario, 16, 0)
    assert with_history(drawn, scenario) is drawn


def test_the_saved_scenario_repeats_the_run(seasoned: Scenario, tmp_path: object) -> None:
    folder = sim.run(seasoned, 64).save(f"{tmp_path}/run")
    again = sim.run(sim.load_scenario(folder / "scenario.toml"))
    assert again.doctrine == sim.run(seasoned, 64).doctrine
