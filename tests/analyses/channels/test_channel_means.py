"""Are the means of a split what runs of mixed scenarios say, and its errors honest?

Deliberate breaks that turned these red: first and last exchanged; the seed left out of the draws; another reading of
the worst case than the scenario's.
"""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations, permutations, product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scenario_texts import OWN_STANCES, written

import sim
from sim.analyses.channels.result import Estimate
from sim.analyses.channels.shapley import CHANNELS, MEASURES
from sim.crisis.terms import READINGS
from sim.montecarlo.beside import EXPOSURES
from sim.scenario.scenario import Scenario, load_scenario

FEW = 64
PAIRS = [("commit", "ambiguous"), ("ambiguous", "commit"), ("rule_out", "ambiguous"), ("commit", "rule_out")]


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return sim.load_scenario("macron-2024")


def names(stance: str) -> list[str]:
    return [f"signal.{stance}.{channel}" for channel in CHANNELS]


@pytest.mark.parametrize(
    ("start", "end", "reading"), [*((start, end, "type") for start, end in PAIRS), ("commit", "ambiguous", "outcome")]
)
def test_the_ends_are_the_means_of_a_run_and_the_parts_add_up(
    scenario: Scenario, start: str, end: str, reading: str
) -> None:
    read = replace(scenario, worst_case=reading)  # type: ignore[arg-type]
    result, run = sim.channels(read, FEW, start=start, end=end), sim.run(read, FEW)
    assert (result.draws, result.seed) == (run.draws, run.seed)
    for measure in MEASURES:
        step = result.steps[measure]
        for place, stance in ((step.before, start), (step.after, end)):
            wanted = run.doctrine[stance][measure]
            if measure != "france_payoff":  # the run has both readings of the probabilities, at both exposures
                for one, other in product(READINGS, EXPOSURES if {start, end} <= {*run.struck} else ()):
                    found = getattr(result.readings[one][other][measure], "before" if place is step.before else "after")
                    assert found.mean == pytest.approx(run.readings[one][other][stance][measure]["mean"], abs=1e-12)
            assert place.mean == pytest.approx(wanted["mean"], abs=1e-12)
            assert place.se == pytest.approx(wanted["se"], abs=1e-12)
        assert sum(part.mean for part in step.parts.values()) == pytest.approx(step.total.mean, abs=1e-12)
        assert step.after.mean - step.before.mean == pytest.approx(step.total.mean, abs=1e-12)


def test_runs_of_scenarios_set_by_hand_give_the_same_parts_over_all_orders(scenario: Scenario) -> None:
    # A second route: three channels differ, each mixed stance is a scenario of its own, and `sim.run` solves it.
    medians, moving = scenario.medians(), ("deployment", "pinpoint", "audience_cost")
    alike = {f"signal.ambiguous.{channel}": medians[f"signal.commit.{channel}"] for channel in CHANNELS}
    differ = {channel: {f"signal.ambiguous.{channel}": medians[f"signal.ambiguous.{channel}"]} for channel in moving}
    base = scenario.override({name: medians[name] for name in names("commit")} | alike)
    few, apart = 16, {"signal.commit.stance_value": 1.0}  # stances that are alike tie, which takes long to play
    runs: dict[tuple[str, ...], Any] = {(): sim.run(base.override(apart), few).doctrine["ambiguous"]}
    for chosen in (part for size in (1, 2, 3) for part in combinations(moving, size)):
        mixed = base.override({name: value for channel in chosen for name, value in differ[channel].items()})
        runs[chosen] = sim.run(mixed.override(apart), few).doctrine["ambiguous"]
    result = sim.channels(mixed, few)  # the last of them: all three have moved
    for measure in MEASURES:
        worth, step = {chosen: run[measure]["mean"] for chosen, run in runs.items()}, result.steps[measure]
        for channel in moving:
            gains = [
                worth[_sorted(moving, (*before, channel))] - worth[_sorted(moving, before)]
                for order in permutations(moving)
                for before in [order[: order.index(channel)]]
            ]
            others = tuple(c for c in moving if c != channel)
            assert step.parts[channel].mean == pytest.approx(np.mean(gains), abs=1e-12)
            assert step.first[channel].mean == pytest.approx(worth[(channel,)] - worth[()], abs=1e-12)
            assert step.last[channel].mean == pytest.approx(worth[moving] - worth[others], abs=1e-12)
        assert all(step.parts[channel] == Estimate(0.0, 0.0) for channel in CHANNELS if channel not in moving)
    strike = result.steps["strike"]
    assert strike.first["deployment"].mean != pytest.approx(strike.last["deployment"].mean)  # so that order matters


def _sorted(order: tuple[str, ...], chosen: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(channel for channel in order if channel in chosen)


def test_the_caution_of_the_front_page_depends_on_the_reading(scenario: Scenario) -> None:
    result = sim.channels(scenario, 4096)
    equal = {reading: result.readings[reading]["equal_exposure"]["strike"] for reading in READINGS}
    for step in equal.values():
        assert step.parts["deployment"] == step.parts["pinpoint"] == Estimate(0.0, 0.0)
    assert result.step.parts["deployment"].mean + result.step.parts["pinpoint"].mean < 0
    assert equal["type"].total.mean > result.step.total.mean
    assert equal["outcome"].total.mean < 0


def test_a_step_to_where_it_starts_is_nothing_with_no_error(scenario: Scenario) -> None:
    for step in sim.channels(scenario, 16, 0, start="ambiguous", end="ambiguous").steps.values():
        nothing = [step.total, *step.parts.values(), *step.first.values(), *step.last.values()]
        assert nothing == [Estimate(0.0, 0.0)] * 22


def test_the_way_back_has_the_other_sign_and_the_same_error(scenario: Scenario) -> None:
    there = sim.channels(scenario, FEW).step
    back = sim.channels(scenario, FEW, start="ambiguous", end="commit").step
    for channel in CHANNELS:
        assert there.parts[channel].mean == pytest.approx(-back.parts[channel].mean, abs=1e-12)
        assert there.parts[channel].se == pytest.approx(back.parts[channel].se, abs=1e-12)


def test_the_errors_cover_a_far_larger_run(scenario: Scenario) -> None:
    # 14 seeds x 4 channels: the mean square of Student's t with 15 degrees of freedom is 15/13.
    truth = sim.channels(scenario, 2**12).step.parts  # has an eighth of their error
    scores = [
        (part.mean - truth[name].mean) / part.se
        for seed in range(14)
        for name, part in sim.channels(scenario, FEW, seed).step.parts.items()
        if name in ("deployment", "pinpoint", "audience_cost", "ambiguity")
    ]
    assert 0.5 < np.mean(np.square(scores)) < 2.0


@settings(max_examples=4, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=14, max_size=14), st.sampled_from(PAIRS))
def test_whatever_the_stances_are_the_parts_of_a_rung_add_up_within_bounds(
    values: list[float], pair: tuple[str, str]
) -> None:
    stances = dict(zip(names("commit") + names("ambiguous"), values, strict=True))
    scenario = sim.load_scenario("macron-2024").override(stances)
    steps = sim.channels(scenario, 16, start=pair[0], end=pair[1]).steps
    for step in steps.values():
        assert sum(part.mean for part in step.parts.values()) == pytest.approx(step.total.mean, abs=1e-12)
        for channel in ("isolation", "stance_value"):
            assert step.parts[channel] == step.first[channel] == step.last[channel]
    assert all(abs(part.mean) <= 1 for part in steps["strike"].parts.values())


def test_the_dict_keeps_its_contract_and_is_json(scenario: Scenario) -> None:
    result = sim.channels(scenario, 16, 0, outcome="casualties")
    told = json.loads(json.dumps(result.to_dict(), allow_nan=False))
    assert list(told)[:10] == [
        "schema", "scenario", "draws", "seed", "from", "to", "outcome", "total", "channels", "se",
    ]  # fmt: skip
    assert (told["from"], told["to"], told["outcome"], told["seed"]) == ("commit", "ambiguous", "casualties", 0)
    assert told["channels"].keys() == set(CHANNELS)
    assert told["se"].keys() == {*CHANNELS, "total"}
    assert told["total"] == pytest.approx(told["after"]["mean"] - told["before"]["mean"], abs=1e-12)
    assert told["outcomes"].keys() == set(MEASURES)
    assert {reading: set(by) for reading, by in told["readings"].items()} == {key: set(EXPOSURES) for key in READINGS}
    own = told["readings"][told["worst_case"]]["as_stated"]["casualties"]
    assert (own["channels"], own["before"]) == (told["channels"], told["before"])
    assert told["outcomes"]["casualties"]["channels"] == told["channels"]


def test_the_table_has_a_row_for_each_measure_and_channel(scenario: Scenario) -> None:
    result = sim.channels(scenario, 16, 0)
    table = result.table()
    assert [(row["outcome"], row["channel"]) for row in table] == list(product(MEASURES, CHANNELS))
    row, step = table[len(CHANNELS)], result.steps[MEASURES[1]]
    for way, names in (("parts", ("mean", "se")), ("first", ("first", "first_se")), ("last", ("last", "last_se"))):
        assert [row[name] for name in names] == list(vars(getattr(step, way)["deployment"]).values())


def test_the_same_inputs_give_the_same_bits_and_another_seed_others(scenario: Scenario) -> None:
    first, again, other = (sim.channels(scenario, FEW, seed).to_dict() for seed in (0, 0, 1))
    assert first == again
    assert first["channels"] != other["channels"]


def test_progress_is_told_to_its_end(scenario: Scenario) -> None:
    told: list[tuple[int, int]] = []
    sim.channels(scenario, 30, progress=lambda done, total: told.append((done, total)))
    assert told == [(32, 32)]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"outcome": "peace"}, "outcome must be one of strike, .*france_payoff; it is 'peace'"),
        ({"start": "bluster"}, "start and end must be one of rule_out, ambiguous, commit; one is 'bluster'"),
        ({"seed": -1}, "seed must be at least 0; it is -1"),
        ({"draws": 0}, "draws must lie in"),
    ],
)
def test_what_cannot_be_asked_is_refused(scenario: Scenario, wrong: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        sim.channels(scenario, **wrong)  # type: ignore[arg-type]


def test_a_scenario_with_stances_of_its_own_is_split_between_any_two_of_them(tmp_path: Path) -> None:
    own = load_scenario(written(tmp_path, OWN_STANCES))
    result, run = sim.channels(own, FEW), sim.run(own, FEW)
    assert (result.start, result.end) == ("rule_out", "loud")
    for start, end in (("rule_out", "loud"), ("loud", "quiet"), ("quiet", "rule_out")):
        step = sim.channels(own, FEW, start=start, end=end).step
        for place, stance in ((step.before, start), (step.after, end)):
            assert place.mean == pytest.approx(run.doctrine[stance]["strike"]["mean"], abs=1e-12)
    assert result.targets == (True, True)
    assert result.readings["type"].keys() == set(EXPOSURES)
