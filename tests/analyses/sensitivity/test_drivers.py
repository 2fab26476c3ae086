"""Does an analysis say what drives the crisis? Idle parameters, groups, certain scenarios, seeds and the shape of it.

Deliberate break that turned a test red: ranking by the first-order index.
"""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

import sim
from sim.analyses.sensitivity.analysis import OUTPUTS, POINTS, Sensitivity, sensitivity
from sim.analyses.sensitivity.drivers import LEADING
from sim.commands.analyses import sensitivity as command
from sim.crisis.parameters import PARAMETERS
from sim.crisis.play import Play
from sim.scenario.scenario import Scenario, load_scenario

SCENARIO = load_scenario("macron-2024")
POINTS_HERE = 1024


@pytest.fixture(scope="module")
def ambiguous() -> Sensitivity:
    """Return an analysis of the doctrine of ambiguity on few points."""
    found = sensitivity(SCENARIO, points=POINTS_HERE, seed=0)
    assert list(found.outputs) == list(OUTPUTS)
    return found


@pytest.fixture(scope="module")
def ruled_out() -> Sensitivity:
    """Return one of the doctrine of ruling out."""
    return sensitivity(SCENARIO, doctrine="rule_out", points=POINTS_HERE, seed=0)


@pytest.fixture(scope="module")
def by_default() -> tuple[Sensitivity, list[tuple[int, int]]]:
    """Return one with the scenario's own seed, and what was told of its progress."""
    told: list[tuple[int, int]] = []
    return sensitivity(SCENARIO, points=POINTS_HERE, progress=lambda done, most: told.append((done, most))), told


def only(*names: str) -> Scenario:
    """Return the bundled scenario with all other parameters at their medians."""
    return SCENARIO.override({name: value for name, value in SCENARIO.medians().items() if name not in names})


def totals(found: Sensitivity, outcome: str) -> dict[str, float]:
    """Return the total index of every driver."""
    return {driver.name: driver.total.share for driver in found.outputs[outcome].drivers}


def test_parameters_of_another_stance_are_exactly_idle_under_a_doctrine(ambiguous: Sensitivity) -> None:
    for outcome in OUTPUTS:
        idle = [share for name, share in totals(ambiguous, outcome).items() if name.startswith("signal.commit")]
        assert len(idle) == 6
        assert not any(idle)


def test_every_uncertain_parameter_is_a_driver_and_no_certain_one(ambiguous: Sensitivity) -> None:
    uncertain = {name for name, entry in SCENARIO.entries.items() if not entry.distribution.certain}
    assert set(totals(ambiguous, "war")) == uncertain
    assert {swing.name for swing in ambiguous.outputs["war"].swings} == uncertain


def test_drivers_are_ranked_by_their_total_and_the_leading_ones_are_taken_together(ambiguous: Sensitivity) -> None:
    for found in ambiguous.outputs.values():
        shares = [driver.total.share for driver in found.drivers]
        assert shares == sorted(shares, reverse=True)
        assert len(found.together) == LEADING
        assert found.together[0] == found.drivers[0].first
        assert found.together[-1].share > found.together[0].share


def test_what_the_leading_ones_do_together_is_what_the_rest_leaves(ambiguous: Sensitivity) -> None:
    names = [driver.name for driver in ambiguous.outputs["strike"].drivers[:LEADING]]
    few = sensitivity(only(*names), points=2048).outputs["strike"]
    assert few.together[-1].share == pytest.approx(1, abs=0.1)


def test_the_nuclear_rung_depends_on_its_own_chance_and_the_war_rung_does_not(ambiguous: Sensitivity) -> None:
    assert totals(ambiguous, "war")["escalation.nuclear_if_war"] == 0
    assert totals(ambiguous, "nuclear")["escalation.nuclear_if_war"] > 0.1


def test_under_rule_out_nothing_varies_but_what_the_stance_is_worth(ruled_out: Sensitivity) -> None:
    for outcome in OUTPUTS[:-1]:
        drivers = ruled_out.outputs[outcome]
        assert (drivers.varies, drivers.drivers, drivers.together, drivers.mean) == (False, (), (), 0)
    strongest = ruled_out.outputs["france_payoff"].drivers[0]
    assert strongest.name == "signal.rule_out.stance_value"
    assert strongest.first.share == pytest.approx(1, abs=0.1)


def test_the_only_uncertain_parameter_carries_everything() -> None:
    found = sensitivity(only("signal.commit.isolation"), doctrine="commit", points=POINTS_HERE)
    (driver,) = found.outputs["france_payoff"].drivers
    assert (driver.first.share, driver.total.share) == pytest.approx((1, 1), abs=0.05)
    assert not found.outputs["war"].varies


def test_a_scenario_without_uncertainty_has_no_drivers() -> None:
    found = sensitivity(only(), doctrine="commit", points=1024)
    assert found.groups == ()
    assert not any(drivers.varies or drivers.swings for drivers in found.outputs.values())
    assert found.outputs["strike"].mean == found.outputs["strike"].central > 0


def test_correlated_parameters_stand_as_one_driver_with_the_index_of_the_set() -> None:
    pairs = (("france.war_cost.resolute", "russia.failed_strike_cost", 0.5),)
    found = sensitivity(replace(SCENARIO, correlation=pairs), points=POINTS_HERE, seed=0)
    name = "france.war_cost.resolute + russia.failed_strike_cost"
    strongest = found.outputs["strike"].drivers[0]
    assert strongest.name == name
    assert "france.war_cost.resolute" not in totals(found, "strike")
    assert {"france.war_cost.resolute", "russia.failed_strike_cost"} <= {s.name for s in found.outputs["strike"].swings}


def test_a_group_of_independent_parameters_explains_what_the_two_do_together(ambiguous: Sensitivity) -> None:
    first, second = ambiguous.outputs["strike"].drivers[:2]
    pairs = ((first.name, second.name, 1e-9),)  # as good as independent: only the grouping differs
    grouped = sensitivity(replace(SCENARIO, correlation=pairs), points=POINTS_HERE, seed=0).outputs["strike"]
    assert grouped.drivers[0].first.share == pytest.approx(ambiguous.outputs["strike"].together[1].share, abs=1e-6)


def test_equilibrium_play_is_what_a_run_reports_under_the_same_play(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.analyses.sensitivity.pick_freeze.FEWEST_POINTS", 256)  # that is for intervals' sake
    play = Play(refinement="d1", select="most_escalatory")
    found = sensitivity(SCENARIO, doctrine="equilibrium", points=256, seed=0, play=play)
    expected = sim.run(SCENARIO, draws=256, seed=0, play=play).equilibrium["selected"]
    for outcome in OUTPUTS:
        assert found.outputs[outcome].mean == pytest.approx(expected[outcome]["mean"], rel=1e-9)
    assert (found.refinement, found.select) == ("d1", "most_escalatory")


def test_the_dict_is_json_that_begins_with_schema_and_holds_indices_quantiles_and_evidence(
    ambiguous: Sensitivity,
) -> None:
    content = json.loads(json.dumps(ambiguous.to_dict(), allow_nan=False))
    assert list(content)[:5] == ["schema", "scenario", "title", "draws", "seed"]
    assert (content["schema"], content["draws"], content["seed"]) == (1, POINTS_HERE, 0)
    strongest = content["outputs"]["strike"]["drivers"][0]
    assert set(strongest) == {"name", "first", "total"}
    assert set(strongest["total"]) == {"share", "low", "high"}
    low, high = content["outputs"]["strike"]["swings"][0]["values"]
    assert low < high
    (pinpoint,) = (group for group in content["groups"] if group["name"] == "signal.commit.pinpoint")
    assert pinpoint["evidence"]["more-public"] == "journalist"


def test_the_table_has_a_row_for_each_driver_of_each_outcome_that_varies(
    ambiguous: Sensitivity, ruled_out: Sensitivity
) -> None:
    rows = ambiguous.table()
    drivers = [(outcome, driver) for outcome, found in ambiguous.outputs.items() for driver in found.drivers]
    assert [(row["outcome"], row["driver"]) for row in rows] == [(outcome, each.name) for outcome, each in drivers]
    for row, (_, driver) in zip(rows, drivers, strict=True):
        for index in ("first", "total"):
            share = getattr(driver, index)
            assert [row[index], row[f"{index}_low"], row[f"{index}_high"]] == [share.share, share.low, share.high]
    assert {row["outcome"] for row in ruled_out.table()} == {"france_payoff"}


def test_the_seed_decides_and_the_scenarios_is_the_default(
    ambiguous: Sensitivity, by_default: tuple[Sensitivity, list[tuple[int, int]]]
) -> None:
    assert sensitivity(SCENARIO, points=POINTS_HERE, seed=0) == ambiguous
    assert by_default[0].seed == SCENARIO.seed
    assert by_default[0].outputs != ambiguous.outputs


def test_progress_rises_and_never_passes_its_end(by_default: tuple[Sensitivity, list[tuple[int, int]]]) -> None:
    told = by_default[1]
    done = [each for each, _ in told]
    assert done == sorted(done)
    assert len({most for _, most in told}) == 1
    assert done[-1] <= told[0][1]
    assert done[-1] > 0.5 * told[0][1]


@pytest.mark.parametrize(
    ("keywords", "message"),
    [
        ({"doctrine": "bluff"}, "doctrine must be one of rule_out, ambiguous, commit, equilibrium; it is 'bluff'"),
        ({"points": 1023}, "points must be at least 1024, as with fewer, intervals"),
        ({"seed": -1}, "seed must be at least 0; it is -1"),
    ],
)
def test_wrong_arguments_are_refused(keywords: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        sensitivity(SCENARIO, **keywords)  # type: ignore[arg-type]


def test_the_command_line_offers_what_can_be_analysed() -> None:
    assert command.OUTPUTS == OUTPUTS
    options = {option.name: option for option in command.sensitivity.params}
    assert options["points"].default == POINTS


def test_every_parameter_has_a_dimension_so_that_fixing_one_changes_no_others_draws(ruled_out: Sensitivity) -> None:
    free = ruled_out.outputs["france_payoff"]
    fixed = sensitivity(
        SCENARIO.override({"prior.resolute": 0.3, "france.war_cost.resolute": 9.0}),
        doctrine="rule_out",
        points=1024,
        seed=0,
    ).outputs["france_payoff"]
    assert len(SCENARIO.dimensions) == len(PARAMETERS)
    assert free.drivers[0].total.share == pytest.approx(fixed.drivers[0].total.share, abs=1e-9)
    assert np.isclose(free.mean, fixed.mean)
