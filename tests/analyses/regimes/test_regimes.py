"""Are the borders of a regime map where paper and pencil put them, and is each node what one point solved alone is?

Deliberate breaks that turned a test red: the two axes swapped at the nodes; the tipping point read on the wrong axis;
draws of a place counted for its neighbour.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scenario_texts import OWN_STANCES, written

import sim
from sim.analyses.regimes import many_points as played
from sim.analyses.regimes.analysis import sweep, sweep_draws
from sim.analyses.regimes.axes import axis_of
from sim.analyses.regimes.kinds import Regime
from sim.analyses.regimes.many_points import Question
from sim.analyses.regimes.regime_map import RegimeMap
from sim.crisis.parameters import RECEIVER_TYPES, SENDER_TYPES, STANCES
from sim.crisis.play import Play
from sim.crisis.terms import READINGS
from sim.scenario.scenario import Scenario
from sim.solve.crisis_solution import Solution, draw_of, solution
from sim.telling.faults import ScenarioError

SCENARIO = sim.load_scenario("macron-2024")
PAIR = ("prior.resolute", "signal.commit.stance_value")
SMALL = 1e-5

CORE = {
    **dict.fromkeys(("escalation.war_if_alone", "escalation.war_if_backed", "escalation.nuclear_if_war"), 0.0),
    **dict.fromkeys(("signal.commit.deployment", "signal.commit.pinpoint"), 1.0),
    **dict.fromkeys(("signal.commit.ally_backing", "signal.commit.ambiguity", "signal.commit.stance_value"), 0.0),
    **dict.fromkeys(("signal.rule_out.stance_value", "signal.rule_out.isolation", "russia.training_harm"), 0.0),
    **dict.fromkeys(("russia.division_gain", "russia.attack_cost", "france.fight_cost.resolute"), 0.0),
    "signal.ambiguous.stance_value": -100.0,
    "signal.commit.audience_cost": 1.0,
    "france.training_value": 4.0,
    "france.fight_cost.bluffing": 9.0,
    "russia.retaliation_cost": 2.0,
}
"""The bluffing game (theory of `bluffing_game`) as a crisis: V = 4, A = 1 + 1 (humiliation, audience cost), w = 0,
G = 1, L = 2, and k, the isolation, moves."""


@pytest.fixture(autouse=True)
def _own_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make no maps of the other readings, at which these tests do not look: `test_maps_in_other_readings` does."""
    monkeypatch.setattr("sim.analyses.regimes.analysis.READINGS", ())


def over(scenario: Scenario, x: str, y: str, question: Question | None = None, *, grid: int = 40) -> RegimeMap:
    """Return a map at central values with the usual ranges."""
    return sweep(scenario, (axis_of(scenario, x), axis_of(scenario, y)), question or Question(), grid=grid)


@cache
def baseline() -> RegimeMap:
    """Return the map of the docs."""
    return over(SCENARIO, *PAIR)


@cache
def drawn() -> RegimeMap:
    """Return a small map over draws."""
    axes = axis_of(SCENARIO, PAIR[0]), axis_of(SCENARIO, PAIR[1])
    return sweep_draws(SCENARIO, axes, Question(outcome="war"), grid=4, draws=64, seed=0)


def pairs(found: RegimeMap) -> dict[frozenset[str], list[tuple[float, float]]]:
    """Return the places at which two regimes meet on an edge of the grid, in the units of the parameters."""
    meeting: dict[frozenset[str], list[tuple[float, float]]] = {}
    labels = found.borders.labels
    rows, columns = labels.shape
    for (j, i), place in np.ndenumerate(found.borders.across):
        if not np.isnan(place):
            point = (float(found.x.value(np.array(place))), float(found.y.value(np.array(j / (rows - 1)))))
            names = frozenset(found.regimes[labels[j, each]].name for each in (i, i + 1))
            meeting.setdefault(names, []).append(point)
    for (j, i), place in np.ndenumerate(found.borders.up):
        if not np.isnan(place):
            point = (float(found.x.value(np.array(i / (columns - 1)))), float(found.y.value(np.array(place))))
            names = frozenset(found.regimes[labels[each, i]].name for each in (j, j + 1))
            meeting.setdefault(names, []).append(point)
    return meeting


def named(france: str, russia: str, family: str = "pooling") -> str:
    """Return the name of a regime."""
    return f"{family}: {france}; {russia}"


AMBIGUOUS = named("bluffing ambiguous, resolute ambiguous", "after ambiguous opportunist")
HOLD = named("bluffing ambiguous, resolute ambiguous", "nobody strikes")
COMMIT = named("bluffing commit, resolute commit", "after commit opportunist")
MIXED = named(
    "bluffing ambiguous/commit, resolute commit",
    "after ambiguous opportunist, after commit opportunist sometimes",
    "semi_separating",
)


# -------------------------------------------------------------------------------------------------- paper and pencil


def test_computed_the_opportunist_stops_striking_where_the_transformed_payoffs_are_equal() -> None:
    p = SCENARIO.medians()
    d, find, backing = (p[f"signal.ambiguous.{name}"] for name in ("deployment", "pinpoint", "ally_backing"))
    doubt, pessimism = p["signal.ambiguous.ambiguity"], p["russia.pessimism.opportunist"]
    war = backing * p["escalation.war_if_backed"] + (1 - backing) * p["escalation.war_if_alone"]
    division = (1 - backing) * p["russia.division_gain"]
    clash = war * p["russia.war_cost.opportunist"] + (1 - war) * p["russia.retaliation_cost"]
    missed = -p["russia.training_harm"] * d * (1 - find) - (1 - d * find) * p["russia.failed_strike_cost"]
    price, extra = p["russia.attack_cost"], backing * p["russia.backing_cost"]
    bluffing = missed + d * find * (p["russia.humiliation_gain"] + division - price)
    resolute = missed + d * find * (division - clash - extra - price)
    hold = -p["russia.training_harm"] * d
    extreme = doubt * (pessimism * min(bluffing, resolute) + (1 - pessimism) * max(bluffing, resolute))
    first, second = ((1 - doubt) * worth + extreme - hold for worth in (bluffing, resolute))
    border = first / (first - second)
    met = pairs(baseline())[frozenset((AMBIGUOUS, HOLD))]
    assert [x for x, _ in met] == pytest.approx([border] * len(met), abs=SMALL)
    (line,) = baseline().lines["opportunist"]
    assert [float(baseline().x.value(np.array(u))) for u, _ in line] == pytest.approx([border] * len(line), abs=SMALL)
    assert baseline().beliefs["ambiguous"]["opportunist"].belief == pytest.approx(border)
    tip = next(tip for tip in baseline().tippings if (tip.parameter, tip.direction) == (PAIR[0], "lower"))
    assert tip.at == pytest.approx(border, abs=SMALL)
    assert tip.regime
    assert (baseline().baseline.name, tip.regime.name) == (HOLD, AMBIGUOUS)


def test_computed_the_bluffer_mixes_from_where_commitment_pays_the_resolute_to_where_no_strike_deters_it() -> None:
    p = SCENARIO.medians()
    d, find = p["signal.ambiguous.deployment"], p["signal.ambiguous.pinpoint"]
    backing = p["signal.ambiguous.ally_backing"]
    backed, alone = (
        chance * p["france.war_cost.resolute"] + (1 - chance) * p["france.fight_cost.resolute"]
        for chance in (p["escalation.war_if_backed"], p["escalation.war_if_alone"])
    )
    clash = backing * (1 - p["france.backing_relief"]) * backed + (1 - backing) * alone  # the same after either stance
    assert backing == p["signal.commit.ally_backing"]
    kept = p["signal.ambiguous.stance_value"] - p["signal.ambiguous.isolation"] + p["france.training_value"] * d
    folding = p["france.humiliation"] + p["signal.ambiguous.audience_cost"]
    bluffing = kept - p["prior.opportunist"] * d * find * (p["france.training_value"] + folding)  # if it is found out
    resolute = kept - p["prior.opportunist"] * d * find * (p["france.training_value"] + clash)
    untouched = bluffing + p["signal.commit.isolation"] - p["france.training_value"]  # stance value without any strike
    lost = p["signal.commit.pinpoint"] * (p["france.training_value"] + 1 + p["signal.commit.audience_cost"])
    borne = p["signal.commit.pinpoint"] * (p["france.training_value"] + clash)
    # Struck with s, a bluffer is indifferent at y = untouched + s lost; the resolute then gains s (lost - borne).
    begins = untouched + (resolute - bluffing) / (1 - borne / lost)  # there that is what ambiguity gives the resolute
    ends = untouched + p["prior.opportunist"] * lost  # s = P(opportunist)
    met = pairs(baseline())[frozenset((AMBIGUOUS, MIXED))]
    assert [y for _, y in met] == pytest.approx([begins] * len(met), abs=SMALL)
    met = pairs(baseline())[frozenset((COMMIT, MIXED))]
    assert [y for _, y in met] == pytest.approx([ends] * len(met), abs=SMALL)


def test_computed_the_bluffer_mixes_up_to_the_cut_off_and_while_the_threat_pays() -> None:
    scenario = SCENARIO.override(CORE)
    axes = axis_of(scenario, "prior.resolute", (0.01, 0.99)), axis_of(scenario, "signal.commit.isolation", (1.0, 6.0))
    found = sweep(scenario, axes, grid=30)
    both = ", ".join(f"after commit {kind} sometimes" for kind in RECEIVER_TYPES)
    mixing = named("bluffing rule_out/commit, resolute commit", both, "semi_separating")
    pooled = named("bluffing commit, resolute commit", "nobody strikes")
    out = named("bluffing rule_out, resolute rule_out", "nobody strikes")
    assert {regime.name for regime in found.regimes} == {mixing, pooled, out}
    met = pairs(found)
    cut_off = 1 / (1 + 2)  # G / (G + L)
    sides = met[frozenset((mixing, pooled))]
    assert [x for x, _ in sides] == pytest.approx([cut_off] * len(sides), abs=SMALL)
    for inside in (mixing, pooled):
        sides = met[frozenset((inside, out))]
        assert [y for _, y in sides] == pytest.approx([4.0] * len(sides), abs=SMALL)  # k = V
    shares = {regime.name: share for regime, share in zip(found.regimes, found.shares.tolist(), strict=True)}
    assert shares[mixing] == pytest.approx((cut_off - 0.01) / 0.98 * 3 / 5, abs=1e-3)


# ------------------------------------------------------------------------------------------------------ second route


def told(found: Solution, play: Play) -> dict[str, object]:
    """Return the regime of one point from what `sim solve` says, without the code under test."""
    solved = found.to_dict()
    row = solved["equilibria"][solved["selected"]]
    if play.concept == "quantal":
        sends = {kind: [max(row["strategy"][kind], key=row["strategy"][kind].__getitem__)] for kind in SENDER_TYPES}
    else:
        sends = {kind: [s for s in STANCES if row["strategy"][kind][s] > 1e-9] for kind in SENDER_TYPES}
    sent = [stance for stance in STANCES if any(stance in signals for signals in sends.values())]
    return {"family": row["family"], "sends": sends, "strikes": {s: _struck(row, s, play) for s in sent}}


def _struck(row: dict[str, dict[str, dict[str, object]]], stance: str, play: Play) -> dict[str, str]:
    """Return how often each type of Russia strikes after a signal."""
    levels = {}
    for kind in RECEIVER_TYPES:
        act = row["response"][kind][stance]
        chance = float(act == "strike") if isinstance(act, str) else float(act["strike"])  # type: ignore[index]
        if play.concept == "quantal":
            chance = float(chance > 0.5)
        levels[kind] = "never" if chance < 1e-9 else "always" if chance > 1 - 1e-9 else "sometimes"
    return levels


def comparable(regime: Regime) -> dict[str, object]:
    """Return a regime without its name."""
    return {key: value for key, value in regime.to_dict().items() if key != "name"}


@pytest.mark.parametrize(
    "play", [Play(), Play(refinement="d1", select="least_escalatory"), Play(select="most_escalatory"), Play("quantal")]
)
@pytest.mark.parametrize("pair", [PAIR, ("signal.ambiguous.isolation", "france.war_cost.resolute")])
def test_each_node_is_what_that_point_solved_alone_is(play: Play, pair: tuple[str, str]) -> None:
    found = over(SCENARIO, *pair, Question(play, "war"), grid=9)
    rows = [tuple(row.values()) for row in found.table()]
    for node in np.random.default_rng(0).choice(81, 6, replace=False).tolist():
        x, y, name, share, chance, error = rows[node]
        point = SCENARIO.override(dict(zip(pair, (float(str(x)), float(str(y))), strict=True)))
        regime, solved = found.regimes[found.borders.labels.ravel()[node]], solution(point, play=play)
        assert comparable(regime) == told(solved, play)
        assert (regime.name, share, error) == (name, 1.0, 0.0)
        assert chance == pytest.approx(float(solved.weights @ solved.ladder.outcomes["war"]), rel=1e-9, abs=1e-15)


def test_the_share_of_a_node_is_the_share_of_its_draws_solved_one_by_one() -> None:
    axes = axis_of(SCENARIO, PAIR[0]), axis_of(SCENARIO, PAIR[1])
    found = sweep_draws(SCENARIO, axes, grid=2, draws=16, seed=0)
    for j, i in ((0, 1), (1, 0)):
        point = SCENARIO.override({PAIR[0]: (axes[0].low, axes[0].high)[i], PAIR[1]: (axes[1].low, axes[1].high)[j]})
        each = [told(solution(point, draw=draw_of(point, n, draws=16, seed=0)), Play()) for n in range(16)]
        held = comparable(found.regimes[found.borders.labels[j, i]])
        assert found.presence[j, i] == sum(one == held for one in each) / 16
        assert found.presence[j, i] == max(sum(one == other for one in each) for other in each) / 16


@pytest.mark.parametrize("stance", [None, "commit"])
def test_the_mean_and_its_error_at_a_node_are_those_of_a_run(stance: str | None) -> None:
    axes = axis_of(SCENARIO, PAIR[0]), axis_of(SCENARIO, PAIR[1])
    found = sweep_draws(SCENARIO, axes, Question(outcome="war", doctrine=stance), grid=2, draws=64, seed=0)
    run = sim.run(SCENARIO.override({PAIR[0]: axes[0].high, PAIR[1]: axes[1].low}), 64, 0)
    said = run.doctrine[stance]["war"] if stance else run.equilibrium["selected"]["war"]
    assert (found.outcome[0, 1], found.outcome_error[0, 1]) == pytest.approx((said["mean"], said["se"]), rel=1e-9)


def test_a_type_of_russia_strikes_in_half_of_the_draws_on_its_line() -> None:
    scenario = SCENARIO.override({"russia.war_cost.cautious": 3.0, "russia.attack_cost": 0.0})
    axes = axis_of(scenario, PAIR[0]), axis_of(scenario, PAIR[1])
    found = sweep_draws(scenario, axes, Question(doctrine="commit"), grid=4, draws=64, seed=0)
    (line,) = found.lines["cautious"]
    places = np.linspace(0, 1, 4)
    u, v = line[0]
    assert v in places
    left = int(np.searchsorted(places, u)) - 1
    shares = []
    for place in places[left : left + 2]:
        fixed = {PAIR[0]: found.x.value(place).item(), PAIR[1]: found.y.value(np.array(v)).item()}
        run = sim.run(scenario.override(fixed), 64, 0)
        shares.append(run.doctrine["commit"]["strikes"]["cautious"])
    assert shares[0] > 0.5 > shares[1]
    assert np.interp(u, places[left : left + 2], shares) == pytest.approx(0.5)


def test_stances_of_a_scenario_are_mapped_with_its_belief_as_an_axis(tmp_path: Path) -> None:
    own = sim.load_scenario(written(tmp_path, OWN_STANCES))
    found = sweep(own, x="belief.resolute", y="signal.loud.stance_value", grid=6)
    assert found.stance == "quiet"
    assert found.x.baseline == 0.2
    assert {stance for regime in found.regimes for stance in regime.sent} <= set(own.names)
    assert tuple(found.beliefs) == own.names
    moved = sweep(SCENARIO, x="belief.resolute", y=PAIR[1], grid=4)  # not stated there: it begins at the prior
    assert moved.x.baseline == SCENARIO.medians()["prior.resolute"]
    run = sim.run(own.override(own.medians()), 16)
    here = axis_of(own, "belief.resolute", (0.2, 0.3)), axis_of(own, "signal.loud.stance_value", (0.1, 0.2))
    place = sweep(own, here, Question(outcome="strike"), grid=2)
    assert place.outcome[0, 0] == pytest.approx(run.equilibrium["selected"]["strike"]["mean"])
    assert place.baseline == found.baseline


def test_numbers_of_a_stance_without_a_target_are_no_axis_and_the_message_says_why() -> None:
    with pytest.raises(ScenarioError, match="nobody can be hit under rule_out"):
        axis_of(SCENARIO, "signal.rule_out.pinpoint")


# -------------------------------------------------------------------------------------------------------- invariance


def test_swapping_the_axes_turns_the_map() -> None:
    straight, turned = baseline(), over(SCENARIO, PAIR[1], PAIR[0])
    assert straight.regimes == turned.regimes
    np.testing.assert_array_equal(straight.borders.labels, turned.borders.labels.T)
    np.testing.assert_allclose(straight.borders.across, turned.borders.up.T)
    assert sorted(map(str, straight.tippings)) == sorted(map(str, turned.tippings))


def test_the_chunks_in_which_the_work_is_done_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = drawn()
    monkeypatch.setattr(played, "BLOCK", 40)
    axes = axis_of(SCENARIO, PAIR[0]), axis_of(SCENARIO, PAIR[1])
    parts = sweep_draws(SCENARIO, axes, Question(outcome="war"), grid=4, draws=64, seed=0)
    assert parts.to_dict() == whole.to_dict()
    np.testing.assert_allclose(parts.outcome, whole.outcome, rtol=1e-12)


def test_seed_0_is_a_seed_like_any_other() -> None:
    axes = axis_of(SCENARIO, PAIR[0]), axis_of(SCENARIO, PAIR[1])
    assert drawn().seed == 0
    other = sweep_draws(SCENARIO, axes, Question(outcome="war"), grid=4, draws=64)
    assert other.seed == SCENARIO.seed
    assert not np.allclose(other.outcome, drawn().outcome)


@settings(max_examples=6)
@given(st.integers(0, 2**32 - 1), st.sampled_from(["prior.resolute", "prior.opportunist", "france.war_cost.resolute"]))
def test_whatever_the_slice_the_map_is_covered_and_its_nearest_border_is_one(seed: int, x: str) -> None:
    others = [
        name
        for name in SCENARIO.entries
        if name not in ("prior.resolute", "prior.opportunist", "france.war_cost.resolute")
    ]
    y = str(np.random.default_rng(seed).choice(others))
    found = over(SCENARIO, x, y, grid=6)
    assert found.shares.sum() == pytest.approx(1)
    assert list(found.shares) == sorted(found.shares, reverse=True)
    for tip in found.tippings:
        if tip.at is None:
            continue
        step = 1e-5 * (1 if tip.direction == "higher" else -1) * abs(tip.at)
        here, beyond = (
            told(solution(SCENARIO.override({tip.parameter: tip.at + sign * step})), Play()) for sign in (-1, 1)
        )
        assert here == comparable(found.baseline)
        assert tip.regime is not None
        assert beyond == comparable(tip.regime)


# -------------------------------------------------------------------------------------------------------- degenerate


def test_parameters_that_change_nothing_give_one_regime_and_no_border() -> None:
    found = over(SCENARIO, "escalation.nuclear_if_war", "signal.commit.audience_cost", Question(outcome="war"))
    assert (len(found.regimes), found.shares.tolist(), found.baseline) == (1, [pytest.approx(1)], found.regimes[0])
    assert {tip.at for tip in found.tippings} == {None}
    assert found.outcome.max() == pytest.approx(found.outcome.min(), rel=1e-12)
    assert found.lines == {"cautious": [], "opportunist": []}


def test_a_baseline_off_the_map_has_no_distance_along_that_axis() -> None:
    axes = axis_of(SCENARIO, PAIR[0], (0.5, 0.9)), axis_of(SCENARIO, PAIR[1])
    found = sweep(SCENARIO, axes, grid=10)
    assert {tip.parameter for tip in found.tippings} == {PAIR[1]}
    assert found.baseline.name == HOLD
    smooth = sweep_draws(SCENARIO, axes, grid=2, draws=16, seed=0)
    assert {tip.parameter for tip in smooth.tippings} == {PAIR[1]}


def test_over_certain_parameters_alone_draws_add_nothing() -> None:
    scenario = SCENARIO.override(SCENARIO.medians())
    axes = axis_of(scenario, PAIR[0], (0.1, 0.7)), axis_of(scenario, PAIR[1], (-0.3, 0.4))
    central, over_draws = sweep(scenario, axes, grid=5), sweep_draws(scenario, axes, grid=5, draws=16, seed=0)
    unlike = {"probability", "standard_error"}
    one, other = (
        [{k: row[k] for k in row if k not in unlike} for row in each.table()] for each in (central, over_draws)
    )
    assert one == other
    assert (over_draws.presence == 1).all()
    assert (over_draws.error, over_draws.baseline_share) == (0, 1)


# -------------------------------------------------------------------------------------------------------- as told


def test_the_dict_is_json_and_holds_the_map_by_lines() -> None:
    for found in (baseline(), drawn()):
        answer = found.to_dict()
        assert json.loads(json.dumps(answer, allow_nan=False)) == answer
        assert [list(map(int, line.split())) for line in answer["map"]] == found.borders.labels.tolist()
        assert list(answer)[:4] == ["schema", "scenario", "draws", "seed"]
        assert answer["baseline"]["share_of_draws"] == found.baseline_share
    assert (drawn().to_dict()["draws"], drawn().to_dict()["seed"]) == (64, 0)


def test_the_table_has_a_row_for_each_node_line_by_line_and_no_probability_unless_one_is_asked_for() -> None:
    table = drawn().table()
    names = [*PAIR, "regime", "share_of_draws", "probability", "standard_error"]
    assert [list(row) for row in table] == [names] * 16
    assert [row["probability"] for row in table] == drawn().outcome.ravel().tolist()
    assert [row["standard_error"] for row in table] == drawn().outcome_error.ravel().tolist()
    assert [row["share_of_draws"] for row in table] == drawn().presence.ravel().tolist()
    assert [row[PAIR[0]] for row in table[:4]] == drawn().x.value(np.linspace(0, 1, 4)).tolist()
    assert [row[PAIR[1]] for row in table[::4]] == drawn().y.value(np.linspace(0, 1, 4)).tolist()
    assert {row["probability"] for row in baseline().table()} == {None}


def test_a_report_counts_up_to_all_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.analyses.regimes.analysis.READINGS", READINGS)
    said: list[tuple[int, int]] = []
    axes = axis_of(SCENARIO, PAIR[0]), axis_of(SCENARIO, PAIR[1])
    sweep_draws(SCENARIO, axes, grid=2, draws=16, report=lambda done, total: said.append((done, total)))
    assert said == [(done, 32) for done in range(1, 33)]  # draws, in both readings of the worst case
    said.clear()
    sweep(SCENARIO, axes, grid=70, report=lambda done, total: said.append((done, total)))
    assert said == [(4096, 9800), (4900, 9800), (8996, 9800), (9800, 9800)]


def test_what_cannot_be_asked_is_refused() -> None:
    axis = axis_of(SCENARIO, PAIR[0])
    axes = axis, axis_of(SCENARIO, PAIR[1])
    with pytest.raises(ScenarioError, match="the two axes must be different parameters"):
        sweep(SCENARIO, (axis, axis))
    with pytest.raises(ValueError, match=r"grid must lie in \[2, 1000\]; it is 1"):
        sweep(SCENARIO, axes, grid=1)
    with pytest.raises(ValueError, match="seed must be at least 0; it is -1"):
        sweep_draws(SCENARIO, axes, seed=-1)
    with pytest.raises(ValueError, match="draws must lie in"):
        sweep_draws(SCENARIO, axes, draws=0)
    with pytest.raises(ValueError, match="select must name the one equilibrium that is played; uniform names none"):
        Question(Play(select="uniform"))
    with pytest.raises(ValueError, match=r"outcome must be one of strike, .*; it is 'peace'"):
        Question(outcome="peace")
    with pytest.raises(ValueError, match="doctrine must be one of ambiguous, commit; it is 'rule_out'"):
        sweep(SCENARIO, axes, Question(doctrine="rule_out"))
    with pytest.raises(ValueError, match="doctrine must be one of ambiguous, commit; it is 'rule_out'"):
        sweep_draws(SCENARIO, axes, Question(doctrine="rule_out"))
