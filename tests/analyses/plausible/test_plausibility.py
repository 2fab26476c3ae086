"""Is a run set beside facts by the rule that is stated, with ratios of means and rates over time as they should be?

Deliberate breaks that turned a test red: both readings taken from the scenario's own worst case; a ratio averaged
over draws without weights; below and above swapped; the probability per encounter multiplied by the number of
encounters; the mean converted in place of every draw's.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scenario_texts import OWN_STANCES, written

import sim
from sim.analyses.plausible.analysis import ComparedFact, event_by_draw, over_time, verdict
from sim.analyses.plausible.base_rates import RUNGS, BaseRate, load_base_rates
from sim.analyses.plausible.table import answer, plausibility_finding
from sim.crisis.terms import READINGS, WorstCase
from sim.draws.blocks import REPLICATES
from sim.draws.tally import WeightedTally

DRAWS = 2048
BASE = sim.load_scenario("macron-2024")
BARE = BaseRate("a", "A", "It was so.", "count", "S", "computed", "Not this.", 1, 10, 0.1, (0.05, 0.2), "war", "strike")
PLAYS = {"ambiguous": "ambiguous", "commit": "commit", "equilibrium": "selected"}
CHEAP = {
    "france.fight_cost.bluffing": 0.1,
    "france.fight_cost.resolute": 0.1,
    "russia.war_cost.cautious": 0.1,
    "russia.war_cost.opportunist": 0.1,
}


@pytest.fixture(scope="module")
def found() -> sim.Plausibility:
    """Return the article's case beside the bundled register."""
    return sim.plausibility(BASE, draws=DRAWS, seed=0)


@pytest.fixture(scope="module")
def result() -> sim.Result:
    """Return a run with the same draws, all of them kept."""
    return sim.run(BASE, DRAWS, 0, keep_draws=True)


def row(found: sim.Plausibility, name: str) -> ComparedFact:
    """Return the row of a fact."""
    return next(each for each in found.rows if each.fact.id == name)


# ----------------------------------------------------------------------------------------------------- by another route


@pytest.mark.parametrize("play", PLAYS)
def test_a_share_of_encounters_is_the_ratio_of_the_means_of_a_run(
    found: sim.Plausibility, result: sim.Result, play: str
) -> None:
    figures = result.equilibrium["selected"] if play == "equilibrium" else result.doctrine[play]
    for each in found.rows:
        model = each.models[play]
        assert model is not None
        if each.fact.given:
            expected = figures[each.fact.event]["mean"] / figures[each.fact.given]["mean"]
            assert model.mean == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("own", ["type", "outcome"])
def test_both_readings_of_the_worst_case_are_those_of_runs_that_read_it_so(own: WorstCase) -> None:
    beside = sim.plausibility(replace(BASE, worst_case=own), draws=256, seed=0)
    assert beside.worst_case == own
    for reading in READINGS:
        run = sim.run(replace(BASE, worst_case=reading), 256, 0)
        for each in (each for each in beside.rows if each.fact.given):
            for play in PLAYS:
                figures = run.equilibrium["selected"] if play == "equilibrium" else run.doctrine[play]
                model = each.readings[reading][play]
                assert model is not None
                expected = figures[each.fact.event]["mean"] / figures[each.fact.given]["mean"]
                assert model.mean == pytest.approx(expected, rel=1e-9)
            assert each.models == each.readings[own]


@pytest.mark.parametrize("play", PLAYS)
def test_a_figure_over_time_converts_every_draw(found: sim.Plausibility, result: sim.Result, play: str) -> None:
    assert result.outcomes is not None
    for each in (each for each in found.rows if not each.fact.given):
        per_encounter = result.outcomes[PLAYS[play]][str(each.fact.event)]
        years = each.fact.years
        by_draw = 1 - (1 - per_encounter) ** (years * BASE.encounters_per_year) if years else per_encounter
        model = each.models[play]
        assert model is not None
        assert model.mean == pytest.approx(by_draw.mean(), rel=1e-9)
        assert [model.q05, model.q95] == pytest.approx(np.quantile(by_draw, [0.05, 0.95]), rel=0.03, abs=1e-9)
        means = by_draw.reshape(REPLICATES, -1).mean(axis=1)
        assert model.se == pytest.approx(means.std(ddof=1) / 4, rel=1e-9)


def test_ten_years_by_hand() -> None:
    """1 - 0.9^10 = 0.6513215599, once a year; twice a year in five years is the same."""
    assert over_time(np.array([0.1]), 10).item() == pytest.approx(0.6513215599, abs=1e-12)
    values = {"commit.war": np.array([0.1, 0.0, 1.0])}
    decade = replace(BARE, given=None, years=5.0)
    share, weight = event_by_draw(values, decade, "commit", per_year=2)
    assert share == pytest.approx([0.6513215599, 0, 1], abs=1e-12)
    assert weight.tolist() == [1, 1, 1]


def test_twice_the_encounters_make_events_over_time_likelier_and_shares_no_other() -> None:
    busy = replace(BASE, encounters_per_year=2.0)
    once, twice = (sim.plausibility(each, draws=256, seed=0) for each in (BASE, busy))
    assert "encounters_per_year = 2 " in " ".join(twice.notes)
    for before, after in zip(once.rows, twice.rows, strict=True):
        one, two = before.models["commit"], after.models["commit"]
        assert one is not None
        assert two is not None
        assert (one.mean < two.mean) if before.fact.years else (one == two)


def test_a_certain_event_stays_certain_and_an_impossible_one_impossible() -> None:
    assert over_time(np.array([0.0, 1.0]), 0.3).tolist() == [0.0, 1.0]


@given(st.floats(1e-15, 1e-9), st.floats(0.1, 20))
def test_a_small_probability_grows_with_time_in_proportion(probability: float, encounters: float) -> None:
    assert over_time(np.array([probability]), encounters).item() == pytest.approx(probability * encounters, rel=1e-6)


# -------------------------------------------------------------------------------------------------- sums with weights


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0.01, 5)), min_size=1, max_size=10))
def test_weighted_sums_are_those_of_numpy(pairs: list[tuple[float, float]]) -> None:
    values, weights = np.resize(np.array(pairs), (16 * REPLICATES, 2)).T
    tally = WeightedTally(("p",))
    for replicate, places in enumerate(np.split(np.arange(len(values)), REPLICATES)):
        tally.add(replicate, {"p": (values[places], weights[places])})
    assert tally.mean("p") == pytest.approx(np.average(values, weights=weights))
    below = [weights[values < each - 2e-4].sum() for each in tally.quantiles("p", (0.05, 0.5, 0.95))]
    assert all(each <= level * weights.sum() for each, level in zip(below, (0.05, 0.5, 0.95), strict=True))


def test_equal_weights_give_the_error_of_plain_means() -> None:
    rng = np.random.default_rng(0)
    values = rng.random((REPLICATES, 50))
    tally = WeightedTally(("p",))
    for replicate, block in enumerate(values):
        tally.add(replicate, {"p": (block, np.full(50, 3.0))})
    assert tally.standard_error("p") == pytest.approx(values.mean(axis=1).std(ddof=1) / 4)


def test_the_error_of_a_ratio_covers_its_truth() -> None:
    """1,000 ratios of means of independent draws; the truth, 0.3, lies within 2.13 errors of about 95 % of them."""
    rng, inside = np.random.default_rng(0), 0
    for _ in range(1000):
        tally = WeightedTally(("p",))
        for replicate in range(REPLICATES):
            weight = rng.random(40)
            tally.add(replicate, {"p": (np.clip(0.3 + 0.2 * (rng.random(40) - 0.5), 0, 1), weight)})
        inside += abs(tally.mean("p") - 0.3) < 2.13 * tally.standard_error("p")
    assert 920 <= inside <= 980


# ------------------------------------------------------------------------------------------------------------- verdicts


@pytest.mark.parametrize(
    ("mean", "half_width", "expected"),
    [
        (0.0, 0.049, "below"),
        (0.04, 0.011, "inside"),
        (0.049, 0.0, "below"),
        (0.05, 0.0, "inside"),
        (0.2, 0.0, "inside"),
        (0.201, 0.0, "above"),
        (0.3, 0.09, "above"),
        (0.3, 0.11, "inside"),
    ],
)
def test_the_verdict_compares_the_mean_and_its_error_with_the_interval(
    mean: float, half_width: float, expected: str
) -> None:
    assert verdict(mean, half_width, BARE) == expected


def test_without_an_interval_the_value_counts() -> None:
    point = replace(BARE, interval=None)
    assert [verdict(mean, 0.001, point) for mean in (0.09, 0.1, 0.11)] == ["below", "inside", "above"]


def test_nothing_lies_below_a_count_of_none() -> None:
    none = replace(BARE, count=0, value=0.0, interval=(0.0, 0.2))
    assert [verdict(mean, 0.0, none) for mean in (0.0, 0.2, 0.21)] == ["inside", "inside", "above"]


@pytest.mark.parametrize("play", PLAYS)
def test_draws_below_and_above_are_those_of_a_run(found: sim.Plausibility, result: sim.Result, play: str) -> None:
    assert result.outcomes is not None
    outcomes = result.outcomes[PLAYS[play]]
    for each in found.rows:
        fact, model = each.fact, each.models[play]
        assert model is not None
        low, high = fact.interval or (fact.value or 0.0, fact.value or 0.0)
        event, weight = outcomes[str(fact.event)], np.ones(DRAWS)
        if fact.given:
            weight = outcomes[fact.given]
            event = np.divide(event, weight, out=np.zeros(DRAWS), where=weight > 0)
        elif fact.years:
            event = 1 - (1 - event) ** (fact.years * BASE.encounters_per_year)
        expected = [np.average(event < low, weights=weight), np.average(event > high, weights=weight)]
        assert [model.draws_below, model.draws_above] == pytest.approx(expected, abs=0.003)


def test_a_mean_may_lie_above_a_fact_that_the_draws_lie_on_both_sides_of(found: sim.Plausibility) -> None:
    """Such as strikes and the market: a rule that asked for the whole range could never call the model above."""
    market = row(found, "market-clash-2026").models["commit"]
    assert market is not None
    assert (market.q05, market.verdict) == (0.0, "above")
    assert market.draws_below > 0.5
    assert market.draws_above > 0.2


def test_a_model_in_which_war_is_all_but_sure_lies_above_the_record() -> None:
    mad = {"escalation.war_if_alone": 0.9, "escalation.war_if_backed": 0.9, "france.war_cost": 0.1}
    reckless = BASE.override(mad | CHEAP)
    model = row(sim.plausibility(reckless, draws=64, seed=0), "small-first-deaths-to-war").models["commit"]
    assert model is not None
    assert model.verdict == "above"
    assert model.mean == pytest.approx(0.9)


def test_where_the_model_never_strikes_there_is_nothing_to_compare() -> None:
    never = sim.plausibility(BASE.override({"russia.failed_strike_cost": 1000.0}), draws=64, seed=0)
    assert row(never, "disputes-to-war-1946").models == dict.fromkeys(PLAYS)
    strike = row(never, "force-used-1946").models["commit"]
    assert strike is not None
    assert (strike.mean, strike.verdict) == (0.0, "below")


def test_rule_out_is_never_compared_as_if_its_zeros_were_a_finding(found: sim.Plausibility) -> None:
    assert "rule_out" not in json.dumps(found.to_dict()["rows"])
    assert any(note.startswith("rule_out is left out") for note in found.notes)


def test_stances_of_a_scenario_that_have_a_target_are_compared_whatever_their_names(tmp_path: Path) -> None:
    own = sim.load_scenario(written(tmp_path, OWN_STANCES))
    beside, run = sim.plausibility(own, draws=DRAWS, seed=0), sim.run(own, DRAWS, 0)
    assert beside.struck == ("quiet", "loud", "rule_out")
    for play in beside.struck:
        model = row(beside, "disputes-to-war-1946").models[play]
        assert model is not None
        figures = run.doctrine[play]
        assert model.mean == pytest.approx(figures["war"]["mean"] / figures["strike"]["mean"], rel=1e-9)
    assert not any("left out" in note for note in beside.notes)
    taken = {name for each in beside.bearings for name in each.parameters}
    assert not {name for name in taken if name.startswith("signal.")}
    assert "under loud, below" in plausibility_finding(beside)
    assert answer(beside).tables[0].columns == ("the mean lies …", "quiet", "loud", "rule out", "France\nchooses")


# ---------------------------------------------------------------------------------------------------------- the answer


def test_every_fact_of_the_register_has_its_place(found: sim.Plausibility) -> None:
    assert [each.fact for each in found.rows] == [fact for fact in load_base_rates() if fact.event]
    assert [each.fact for each in found.bearings] == [fact for fact in load_base_rates() if not fact.event]
    for bearing in found.bearings:
        for name, taken in bearing.parameters.items():
            assert taken["median"] == pytest.approx(BASE.medians()[name])
            assert taken["q05"] <= taken["median"] <= taken["q95"]


def test_the_dict_is_json_and_begins_as_all_do(found: sim.Plausibility) -> None:
    read = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert list(read)[:5] == ["schema", "scenario", "title", "draws", "seed"]
    assert read == found.to_dict()
    assert list(read["rows"][0]["models"]) == list(PLAYS)


def test_the_table_has_a_row_for_each_fact_and_way_of_playing_that_gets_so_far(found: sim.Plausibility) -> None:
    table = found.table()
    assert [(each["fact"], each["worst_case"], each["stance"]) for each in table] == [
        (each.fact.id, reading, play) for each in found.rows for reading in READINGS for play in PLAYS
    ]
    first, model = table[1], found.rows[0].models["commit"]
    assert model is not None
    assert {name: first[name] for name in vars(model)} == vars(model)
    assert (first["value"], (first["low"], first["high"])) == (found.rows[0].fact.value, found.rows[0].fact.interval)
    bare = next(each.fact.id for each in found.rows if each.fact.interval is None)
    assert {(each["low"], each["high"]) for each in table if each["fact"] == bare} == {(None, None)}
    never = sim.plausibility(BASE.override({"russia.failed_strike_cost": 1000.0}), draws=16, seed=0)
    assert "disputes-to-war-1946" not in {each["fact"] for each in never.table()}


def test_nothing_that_is_told_is_a_ratio_of_the_model_to_a_fact(found: sim.Plausibility) -> None:
    told = [cell for table in answer(found).tables for row in table.rows for cell in row]
    assert not [cell for cell in told if "÷" in cell or "×" in cell]
    assert not {"factor", "ratio"} & {key for row in found.table() for key in row}


def test_facts_may_be_ones_own() -> None:
    mine = sim.plausibility(BASE, draws=16, seed=0, facts=[BARE])
    assert [each.fact.id for each in mine.rows] == ["a"]
    assert mine.bearings == ()
    assert not any("encounters_per_year" in note for note in mine.notes)


def test_rounded_draws_are_owned_up_to() -> None:
    assert "Draws were rounded up from 17 to 32, the next 16 · 2^k." in sim.plausibility(BASE, draws=17).notes


def test_a_negative_seed_is_refused() -> None:
    with pytest.raises(ValueError, match="seed must be at least 0; it is -1"):
        sim.plausibility(BASE, draws=16, seed=-1)


def test_rungs_are_the_ladder() -> None:
    assert RUNGS == ("strike", "casualties", "retaliation", "war", "nuclear")
