"""Survival curves and belief fans over draws: against static runs, known curves, and what must hold.

Deliberate breaks that turned a test red: chances summed over all campaigns, also those that have had the outcome; the
history left out; draws not weighed by how likely they made the record.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import sim
from sim.analyses.campaign.analysis import BELIEFS, Campaign, survival_curves
from sim.analyses.campaign.history import Past, likeliest, remembered
from sim.analyses.campaign.months import campaigns
from sim.analyses.campaign.plan import CampaignPlan
from sim.crisis.ladder import OUTCOMES
from sim.crisis.play import Play
from sim.draws.blocks import blocks, parameter_blocks

SCENARIO = sim.load_scenario("macron-2024")
DRAWS = 2048


@cache
def rolled(plan: CampaignPlan, seed: int = 2024, draws: int = DRAWS) -> Campaign:
    """Return a small campaign."""
    return sim.campaign(SCENARIO, plan, draws=draws, seed=seed)


PLANS = [
    CampaignPlan(months=6),
    CampaignPlan(months=6, doctrine="commit"),
    CampaignPlan(months=6, doctrine="ambiguous", concept="equilibrium"),
    CampaignPlan(months=6, doctrine="rule_out"),
]


def test_one_month_of_quantal_play_is_the_quantal_run() -> None:
    static = sim.run(SCENARIO, DRAWS, play=Play(concept="quantal")).equilibrium["selected"]
    month = rolled(CampaignPlan(months=1))
    for outcome in OUTCOMES:
        assert 1 - month.survival[outcome][1] == pytest.approx(static[outcome]["mean"], abs=1e-9)
        assert month.survival_se[outcome][1] == pytest.approx(static[outcome]["se"], rel=1e-4)


@pytest.mark.parametrize("stance", ["ambiguous", "commit"])
def test_one_month_under_a_doctrine_in_equilibrium_is_the_run(stance: str) -> None:
    static = sim.run(SCENARIO, DRAWS).doctrine[stance]
    month = rolled(CampaignPlan(months=1, doctrine=stance, concept="equilibrium"))
    for outcome in OUTCOMES:
        assert 1 - month.survival[outcome][1] == pytest.approx(static[outcome]["mean"], abs=1e-12)


def test_one_month_in_equilibrium_is_the_run() -> None:
    static = sim.run(SCENARIO, DRAWS).equilibrium["selected"]
    month = rolled(CampaignPlan(months=1, concept="equilibrium"))
    for outcome in OUTCOMES:
        assert 1 - month.survival[outcome][1] == pytest.approx(static[outcome]["mean"], abs=1e-12)


@pytest.mark.parametrize("plan", PLANS, ids=str)
def test_survival_begins_at_one_never_rises_and_rungs_are_in_order(plan: CampaignPlan) -> None:
    result = rolled(plan)
    curves = np.array([result.survival[outcome] for outcome in OUTCOMES])
    assert curves.shape == (7, plan.months + 1)
    assert np.all(curves[:, 0] == 1)
    assert np.all(np.diff(curves, axis=1) <= 0)
    assert np.all(curves >= 0)
    assert np.all(np.diff(curves[:5], axis=0) >= 0)
    assert np.all(np.diff(result.going) <= 0)


@pytest.mark.parametrize("plan", PLANS, ids=str)
def test_a_campaign_ends_by_a_fold_or_in_war(plan: CampaignPlan) -> None:
    result = rolled(plan)
    ended = 1 - np.array(result.going)
    either = 2 - np.array(result.survival["war"]) - np.array(result.survival["backdown"])
    np.testing.assert_allclose(ended, either, rtol=0, atol=5e-3)


def test_the_curve_of_independent_months_is_a_power() -> None:
    curve, error = survival_curves(np.full((16, 3, 5), 2.0), np.full((16, 3, 5), 10.0))
    np.testing.assert_allclose(curve, np.broadcast_to([1, 0.8, 0.64, 0.512], (5, 4)), rtol=1e-15)
    np.testing.assert_allclose(error, 0, atol=1e-15)


def test_the_jackknife_of_one_month_is_the_standard_error_of_a_mean() -> None:
    chance = np.random.default_rng(0).random((16, 1, 1))
    _, error = survival_curves(chance, np.ones((16, 1, 1)))
    assert error[0, 1] == pytest.approx(chance.std(ddof=1) / 4, rel=1e-12)


def test_a_curve_stays_level_where_nobody_is_left() -> None:
    chance, at_risk = np.zeros((16, 2, 1)), np.zeros((16, 2, 1))
    chance[:, 0], at_risk[:, 0] = 1.0, 2.0
    assert survival_curves(chance, at_risk)[0].tolist() == [[1.0, 0.5, 0.5]]


def test_other_seeds_differ_by_about_the_stated_error() -> None:
    plan, seeds = CampaignPlan(months=6, doctrine="commit"), range(8)
    for outcome in ("strike", "casualties", "backdown"):
        last = np.array([rolled(plan, seed, 1024).survival[outcome][-1] for seed in seeds])
        stated = np.mean([rolled(plan, seed, 1024).survival_se[outcome][-1] for seed in seeds])
        assert 0.3 < last.std(ddof=1) / stated < 2.5


@pytest.mark.parametrize("plan", PLANS, ids=str)
def test_the_mean_belief_does_not_drift(plan: CampaignPlan) -> None:
    for name in BELIEFS:
        fan = rolled(plan).belief[name]
        for mean, error in zip(fan["mean"], fan["se"], strict=True):
            assert abs(mean - fan["mean"][0]) <= 4 * np.hypot(error, fan["se"][0]) + 1e-12


def test_a_fan_is_ordered_and_widens() -> None:
    fan = rolled(PLANS[0]).belief["opportunist"]
    ordered = np.array([fan[name] for name in ("q05", "q25", "q50", "q75", "q95")])
    assert np.all(np.diff(ordered, axis=0) >= 0)
    assert ordered[-1, -1] - ordered[0, -1] > ordered[-1, 0] - ordered[0, 0]
    assert fan["sure"][-1] > fan["sure"][0]


def test_same_seed_same_bits_and_seed_0_is_a_seed() -> None:
    plan = CampaignPlan(months=2)
    first, again = (sim.campaign(SCENARIO, plan, draws=256, seed=0).to_dict() for _ in range(2))
    assert first == again
    assert first["seed"] == 0
    assert first["survival"] != rolled(plan, 1, 256).survival


def test_longer_campaigns_begin_like_shorter_ones() -> None:
    short, long = (rolled(CampaignPlan(months=months), draws=256) for months in (2, 4))
    assert long.survival["war"][:3] == short.survival["war"]
    assert long.belief["resolute"]["q50"][:3] == short.belief["resolute"]["q50"]


def test_history_makes_russia_look_cautious_and_none_changes_nothing() -> None:
    never, plain, often = (rolled(CampaignPlan(months=1, history=held)) for held in (0, None, 6))
    assert never.to_dict() == plain.to_dict()
    start = [result.belief["opportunist"]["mean"][0] for result in (plain, often)]
    assert start[1] < start[0] - 0.01
    assert often.survival["strike"][1] > plain.survival["strike"][1] + 0.1
    assert sum("Russia held 6 times in encounters like this one under ambiguous" in note for note in often.notes) == 1


def test_the_history_of_a_scenario_file_is_used_and_the_option_replaces_it(tmp_path: Path) -> None:
    path = tmp_path / "past.toml"
    path.write_text('extends = "macron-2024"\n[history]\nheld = 3\nstance = "commit"\n', encoding="utf-8")
    scenario = sim.load_scenario(path)
    assert scenario.history == (3, "commit")
    stated = sim.campaign(scenario, CampaignPlan(months=1), draws=256)
    assert stated.to_dict()["history"] == {"held": 3, "stance": "commit"}
    assert any("under commit" in note for note in stated.notes)
    none = sim.campaign(scenario, CampaignPlan(months=1, history=0), draws=256)
    assert none.survival == rolled(CampaignPlan(months=1), draws=256).survival
    assert stated.belief["opportunist"]["mean"][0] < none.belief["opportunist"]["mean"][0]


@pytest.mark.parametrize("held", [1, 5])
def test_a_history_is_as_many_months_in_which_russia_held(held: int) -> None:
    # Bayes over draws as well as within them: the hazard of the next month, given none before.
    plan = CampaignPlan(months=held + 1, doctrine="ambiguous")
    lived = sim.campaign(SCENARIO, plan, draws=2**14, seed=0)
    told = sim.campaign(SCENARIO, CampaignPlan(months=1, doctrine="ambiguous", history=held), draws=2**14, seed=0)
    curve = lived.survival["strike"]
    error = np.hypot(told.survival_se["strike"][1], lived.survival_se["strike"][-1] / curve[held])
    assert abs((1 - curve[held + 1] / curve[held]) - (1 - told.survival["strike"][1])) < 4 * error
    alone = sim.campaign(SCENARIO, CampaignPlan(months=1, doctrine="ambiguous"), draws=2**14, seed=0)
    assert (1 - alone.survival["strike"][1]) - (1 - told.survival["strike"][1]) > 10 * error  # and it is news


def test_draws_count_by_the_likelihood_of_the_record() -> None:
    every, past = blocks(64), Past(SCENARIO, 4, 2.0)
    plain = [values for _, values, _ in remembered(every, past=replace(past, held=0), seed=3)]
    best = max(likeliest(some, past=past, seed=3) for some in (every[:5], every[5:]))
    found = list(remembered(every, past=replace(past, best=best), seed=3))
    own, weights = [], np.concatenate([each for _, _, each in found])
    for values in plain:
        for n in range(4):
            one = {name: array[n] for name, array in values.items()}
            game = sim.crisis_game(one)
            expected = [
                sum(game.prior[t] * (game.receiver[k, t, 1, 1] - game.receiver[k, t, 1, 0]) for t in range(2))
                for k in range(2)
            ]
            holds = [1 / (1 + np.exp(2.0 * gain)) for gain in expected]
            kappa = one["prior.opportunist"]
            own.append((1 - kappa) * holds[0] ** 4 + kappa * holds[1] ** 4)
    assert weights == pytest.approx(np.array(own) / max(own))
    after = np.concatenate([values["prior.opportunist"] for _, values, _ in found])
    assert after[0] != plain[0]["prior.opportunist"][0]


def test_a_long_record_leaves_few_draws_and_says_so() -> None:
    result = sim.campaign(SCENARIO, CampaignPlan(months=1, history=1000), draws=1024, seed=0)
    assert result.effective_draws < 200
    assert any("no more than a hint" in note for note in result.notes)
    assert result.to_dict()["effective_draws"] == result.effective_draws
    assert rolled(CampaignPlan(months=1)).effective_draws == rolled(CampaignPlan(months=1)).draws


def test_a_run_says_that_it_does_not_learn_from_the_history() -> None:
    run = sim.run(replace(SCENARIO, history=(3, "commit")), 64)
    assert any("history (Russia held 3 times) is not used here" in note for note in run.notes)
    assert run.doctrine == sim.run(SCENARIO, 64).doctrine


def test_what_holding_under_commit_teaches_carries_over_to_a_saved_scenario(tmp_path: Path) -> None:
    from sim.scenario.writing import scenario_toml

    path = tmp_path / "past.toml"
    path.write_text('extends = "macron-2024"\nhistory = { held = 2 }\n', encoding="utf-8")
    saved = tmp_path / "saved.toml"
    saved.write_text(scenario_toml(sim.load_scenario(path), draws=64, seed=1), encoding="utf-8")
    assert sim.load_scenario(saved).history == (2, "ambiguous")


def test_red_lines_crossed_five_times_without_war_are_no_surprise() -> None:
    """HIMARS, tanks, cruise missiles, ATACMS, F-16: each warned against, each sent, no direct war."""
    for doctrine in ("ambiguous", "commit", None):
        result = rolled(CampaignPlan(months=6, doctrine=doctrine))
        assert result.survival["war"][5] > 0.9


def test_notes_say_how_months_relate_to_years_and_what_is_not_modelled() -> None:
    notes = rolled(PLANS[0]).notes
    assert "at that rate 6 of them take 6 years" in notes[0]
    assert any("myopic" in note for note in notes)
    assert any("one hold teaches nothing or everything" in note for note in rolled(PLANS[2]).notes)
    assert any("Not a finding that ruling out is safe" in note for note in rolled(PLANS[3]).notes)
    rounded = sim.campaign(SCENARIO.override({"prior.resolute": 0.5}), CampaignPlan(months=1), draws=17)
    assert rounded.draws == 32
    assert rounded.notes[0] == "Set by hand: prior.resolute = 0.5."
    assert rounded.notes[-1] == "Draws were rounded up from 17 to 32, the next 16 · 2^k."


def test_progress_is_reported_to_its_end() -> None:
    seen: list[tuple[int, int]] = []
    sim.campaign(SCENARIO, CampaignPlan(months=1), draws=2**15, progress=lambda *done: seen.append(done))
    assert seen == [(2**14, 2**15), (2**15, 2**15)]


def test_wrong_plans_are_refused() -> None:
    with pytest.raises(ValueError, match=r"months must lie in \[1, 240\]; it is 0"):
        CampaignPlan(months=0)
    with pytest.raises(ValueError, match="history must be at least 0; it is -1"):
        CampaignPlan(history=-1)
    with pytest.raises(ValueError, match="doctrine must be one of rule_out, ambiguous, commit; it is 'bluff'"):
        sim.campaign(SCENARIO, CampaignPlan(doctrine="bluff"))
    with pytest.raises(ValueError, match="seed must be at least 0; it is -1"):
        sim.campaign(SCENARIO, seed=-1)
    with pytest.raises(TypeError, match=r"draws must be a whole number; it is 1\.5"):
        sim.campaign(SCENARIO, draws=1.5)  # type: ignore[arg-type]


@pytest.mark.parametrize("plan", PLANS[:3], ids=str)
def test_the_curves_are_what_plain_counting_of_other_campaigns_gives(plan: CampaignPlan) -> None:
    result = sim.campaign(SCENARIO, plan, draws=4096)
    counted, total = np.zeros((plan.months + 1, len(OUTCOMES))), 0
    for block, parameters in parameter_blocks(SCENARIO, 4096, 99):
        rolls = campaigns(parameters, plan, np.random.default_rng(block.replicate))
        counted += rolls.happened.sum(axis=-1)
        total += block.size
    for outcome, shares in zip(OUTCOMES, counted.T / total, strict=True):
        curve = 1 - np.array(result.survival[outcome])
        assert np.all(np.abs(shares - curve) <= 4 * np.sqrt(curve * (1 - curve) / total) + 1e-15)
