"""Do campaigns go by the truth while both sides play by the belief, under any stances and with either last move?

Deliberate breaks that turned these red: chances of a month by Russia's belief; types drawn by it; fold or stand learnt
from as if no type erred; the stance after the one that is struck taken for it; all draws beside the first few.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from crisis_tree import Numbers, random_crises, russia_value, standing
from crisis_tree import probabilities as by_leaves
from other_scenarios import TEXTS, other
from some_crises import by_hand, drawn, repeated

import sim
from sim.analyses.campaign.analysis import BELIEFS
from sim.analyses.campaign.history import after_holding
from sim.analyses.campaign.months import Campaigns, campaigns
from sim.analyses.campaign.one_month import Conduct, conduct
from sim.analyses.campaign.plan import CampaignPlan
from sim.analyses.campaign.table import answer
from sim.analyses.campaign.words import belief_caption, belief_finding, survival_finding
from sim.crisis.ladder import OUTCOMES
from sim.crisis.parameters import BASELINE, RECEIVER_TYPES, SENDER_TYPES, Stances
from sim.crisis.payoffs import Chances, crisis
from sim.crisis.play import Play
from sim.games.game import Floats, SignallingGame
from sim.telling.numbers import frequency

FOUR = Stances(("rule_out", "quiet", "ambiguous", "commit"), (True, True, True, True))
SOME = [
    BASELINE,
    FOUR,
    Stances(("quiet", "rule_out", "commit"), (True, False, True)),
    Stances(("a", "b"), (True, True)),
]
PLANS = [
    CampaignPlan(months=3),
    CampaignPlan(months=3, last_move="logit"),
    CampaignPlan(months=3, doctrine="commit"),
    CampaignPlan(months=3, doctrine="commit", last_move="logit"),
    CampaignPlan(months=3, concept="equilibrium"),
]
COUNT = 2048


def apart(count: int) -> dict[str, Floats]:
    """Return draws of the bundled scenario in which Russia believes something of its own."""
    return drawn(count) | {"belief.resolute": np.random.default_rng(0).uniform(0.02, 0.98, count)}


def rolled(crises: dict[str, Floats], plan: CampaignPlan, stances: Stances = BASELINE, seed: int = 0) -> Campaigns:
    """Roll campaigns with a seed."""
    return campaigns(crises, plan, np.random.default_rng(seed), stances=stances)


def both(crises: dict[str, Floats], stances: Stances, plan: CampaignPlan) -> tuple[SignallingGame, Chances]:
    """Return games and chances as a campaign has them."""
    game, chances = crisis(crises, stances=stances, last_move=plan.last_rationality)
    return game.flat(), chances.flat()


# ---------------------------------------------------------------------------------------------- against the tree


def leaves(crises: dict[str, Floats], play: Conduct, stances: Stances, last_move: float | None) -> Floats:
    """Return the probability of each outcome of one month, (outcome, n), by walking the tree of every crisis."""
    found = []
    for n in range(len(crises["prior.resolute"])):
        p = {name: float(values[n]) for name, values in crises.items()}
        response = np.stack([1 - play.strike[..., n], play.strike[..., n]], axis=-1)
        told = by_leaves(p, play.strategy[..., n], response, stances=stances, last_move=last_move)
        found.append([told[outcome] for outcome in OUTCOMES])
    return np.array(found).T


def strikes(crises: dict[str, Floats], stance: str, stances: Stances, plan: CampaignPlan) -> Floats:
    """Return how likely each Russian type strikes by logit at what it believes, (k, n), from the tree."""
    found = np.zeros((len(RECEIVER_TYPES), len(crises["prior.resolute"])))
    how: dict[str, Any] = {"worst_case": "type", "struck": stances.struck, "last_move": plan.last_rationality}
    for k, russia in enumerate(RECEIVER_TYPES):
        for n in range(found.shape[1]):
            p = {name: float(values[n]) for name, values in crises.items()}
            hold, strike = (
                float(russia_value(p, stance, russia, action, belief=p["belief.resolute"], **how))
                for action in ("hold", "strike")
            )
            found[k, n] = 1 / (1 + math.exp(plan.rationality * (hold - strike)))
    return found


@pytest.mark.parametrize("last_move", ["exact", "logit"])
@pytest.mark.parametrize("held", [False, True], ids=["chooses", "held"])
@pytest.mark.parametrize("stances", SOME, ids=lambda each: "-".join(each.names))
def test_a_month_is_the_tree_walked_leaf_by_leaf(stances: Stances, held: bool, last_move: str) -> None:
    crises = random_crises(12, seed=3, stances=stances, belief=True)
    for doctrine in stances.names if held else (None,):
        plan = CampaignPlan(months=1, doctrine=doctrine, last_move=last_move)
        game, chances = both(crises, stances, plan)
        if doctrine in stances.struck:
            found = conduct(game, chances, plan, stances).strike[:, stances.index(doctrine)]
            np.testing.assert_allclose(found, strikes(crises, doctrine, stances, plan), rtol=0, atol=1e-12)
        wanted = leaves(crises, conduct(game, chances, plan, stances), stances, plan.last_rationality)
        np.testing.assert_allclose(rolled(crises, plan, stances).chance[0], wanted, rtol=0, atol=1e-13)


def exactly(p: Numbers, belief: float, months: int, t: int, k: int) -> tuple[float, float]:
    """Return the probability of casualties and of an end within some months under `commit`, from the tree alone."""
    if not months:
        return 0.0, 0.0
    last = 5.0
    values = [
        float(russia_value(p, "commit", RECEIVER_TYPES[k], action, belief=belief, worst_case="type", last_move=last))
        for action in ("hold", "strike")
    ]
    strike = 1 / (1 + math.exp(-5.0 * (values[1] - values[0])))
    hit = strike * float(p["signal.commit.deployment"] * p["signal.commit.pinpoint"])
    stands = [float(standing(p, "commit", france, last)) for france in SENDER_TYPES]
    backing = float(p["signal.commit.ally_backing"])
    war = backing * float(p["escalation.war_if_backed"]) + (1 - backing) * float(p["escalation.war_if_alone"])
    told = belief * stands[1] / (belief * stands[1] + (1 - belief) * stands[0])
    _, ended = exactly(p, told, months - 1, t, k)
    unhit, later = exactly(p, belief, months - 1, t, k)
    goes_on = stands[t] * (1 - war)
    return hit + (1 - hit) * unhit, hit * (1 - goes_on + goes_on * ended) + (1 - hit) * later


def test_months_in_which_both_types_can_stand_are_what_the_tree_says() -> None:
    p = by_hand() | {"prior.resolute": 0.6, "belief.resolute": 0.2, "signal.commit.pinpoint": 0.9}
    p |= {"france.fight_cost.bluffing": 1.0, "france.war_cost.bluffing": 12.0}  # either type can stand
    wanted = np.zeros(2)
    for t, k in ((t, k) for t in range(2) for k in range(2)):
        weight = abs(1 - t - p["prior.resolute"]) * abs(1 - k - p["prior.opportunist"])
        wanted += weight * np.array(exactly(p, 0.2, 5, t, k))
    rolls = rolled(repeated(p, 40_000), CampaignPlan(months=5, doctrine="commit", last_move="logit"))
    stood, odds = rolls.happened[1, OUTCOMES.index("retaliation")], 0.2 / 0.8
    odds *= float(standing(p, "commit", "resolute", 5.0)) / float(standing(p, "commit", "bluffing", 5.0))
    assert stood.sum() > 100
    np.testing.assert_allclose(rolls.resolute[1, stood], odds / (1 + odds), rtol=1e-12)
    ours = [rolls.happened[-1, OUTCOMES.index("casualties")].mean(), 1 - rolls.going[-1].mean()]
    np.testing.assert_allclose(ours, wanted, rtol=0, atol=4 * np.sqrt(0.25 / 40_000))


@pytest.mark.parametrize("concept", ["quantal", "equilibrium"])
@pytest.mark.parametrize("name", ["four", "struck and quiet", "one target", "believed", "outcome", "two"])
def test_one_month_in_which_france_chooses_is_the_run(name: str, concept: str) -> None:
    scenario = other(name)
    static = sim.run(scenario, 512, play=Play(concept=concept)).equilibrium["selected"]
    month = sim.campaign(scenario, CampaignPlan(months=1, concept=concept), draws=512)
    for outcome in OUTCOMES:
        assert 1 - month.survival[outcome][1] == pytest.approx(static[outcome]["mean"], abs=1e-9)


@pytest.mark.parametrize("name", ["four", "struck and quiet", "believed"])
def test_one_month_of_exact_replies_under_a_doctrine_is_the_run(name: str) -> None:
    scenario = other(name)
    static = sim.run(scenario, 256).doctrine
    for stance in scenario.names:
        month = sim.campaign(scenario, CampaignPlan(months=1, doctrine=stance, concept="equilibrium"), draws=256)
        for outcome in OUTCOMES:
            assert 1 - month.survival[outcome][1] == pytest.approx(static[stance][outcome]["mean"], abs=1e-12)


# ----------------------------------------------------------------------------------------------- belief and truth


def after_a_month(game: SignallingGame, chances: Chances, plan: CampaignPlan, *, resolute: Floats) -> Floats:
    """Return the mean of Russia's belief after one month, branch by branch, if France is resolute so often, (n,)."""
    play, believed = conduct(game, chances, plan), game.prior[:, 1]
    russia = game.receiver_prior.T
    mean = np.zeros(len(believed))
    for m in range(game.signals):
        struck = (russia * play.strike[:, m]).sum(axis=0) * chances.hit[:, m]
        stands = chances.standing[:, :, m].T
        for seen in (1 - struck, struck * stands, struck * (1 - stands)):
            often = seen * play.strategy[:, m]  # by type, (t, n)
            own, rest = believed * often[1], (1 - believed) * often[0]
            told = np.divide(own, own + rest, out=believed.copy(), where=own + rest > 0)
            mean += ((1 - resolute) * often[0] + resolute * often[1]) * told
    return mean


@pytest.mark.parametrize("plan", PLANS, ids=str)
def test_the_belief_is_a_martingale_for_who_believes_and_none_in_the_world(plan: CampaignPlan) -> None:
    crises = apart(512)
    game, chances = both(crises, BASELINE, plan)
    believed, truth = crises["belief.resolute"], crises["prior.resolute"]
    np.testing.assert_allclose(after_a_month(game, chances, plan, resolute=believed), believed, rtol=0, atol=1e-12)
    drift = after_a_month(game, chances, plan, resolute=truth) - believed
    assert np.abs(drift).max() > 1e-3
    assert np.all(drift * (truth - believed) >= -1e-12)  # it only ever moves towards the truth


@pytest.mark.parametrize("plan", PLANS, ids=str)
def test_campaigns_drift_in_the_world_and_not_where_the_belief_is_true(plan: CampaignPlan) -> None:
    crises = drawn(COUNT) | {"belief.resolute": np.full(COUNT, 0.9)}
    long = replace(plan, months=8)
    rolls = rolled(crises, long)
    change = rolls.resolute[-1] - rolls.resolute[0]
    assert change.mean() < -4 * change.std() / np.sqrt(COUNT)
    honest = rolled(drawn(COUNT) | {"belief.resolute": drawn(COUNT)["prior.resolute"]}, long)
    for path in (rolls.truly_resolute, rolls.opportunist, honest.resolute):
        moved = path[-1] - path[0]
        assert abs(moved.mean()) < 4 * moved.std() / np.sqrt(COUNT) + 1e-12


@pytest.mark.parametrize("plan", PLANS, ids=str)
def test_a_belief_that_is_the_prior_changes_no_bit(plan: CampaignPlan) -> None:
    crises = drawn(256)
    plain, told = rolled(crises, plan), rolled(crises | {"belief.resolute": crises["prior.resolute"]}, plan)
    for name, array in vars(plain).items():
        np.testing.assert_array_equal(array, getattr(told, name))
    np.testing.assert_array_equal(plain.resolute, plain.truly_resolute)


@pytest.mark.parametrize("ruled_out", [0.0, 1.0])
@pytest.mark.parametrize("plan", PLANS, ids=str)
def test_a_type_that_russia_rules_out_in_error_still_acts(plan: CampaignPlan, ruled_out: float) -> None:
    rolls = rolled(drawn(512) | {"belief.resolute": np.full(512, ruled_out)}, plan)
    assert np.all(rolls.resolute == ruled_out)
    assert np.any(rolls.truly_resolute[-1] != rolls.truly_resolute[0])


def test_the_record_of_holding_goes_by_what_russia_believes() -> None:
    crises = apart(64)
    as_believed = crises | {"prior.resolute": crises["belief.resolute"]}
    for name in ("prior.opportunist",):
        one, other_ = (after_holding(each, 3)[0][name] for each in (crises, as_believed))
        np.testing.assert_array_equal(one, other_)


@pytest.mark.parametrize("stance", ["quiet", "rule_out"])
def test_a_record_under_any_stance_is_as_many_months_in_which_russia_held(stance: str) -> None:
    crises = random_crises(1024, seed=1, stances=FOUR)
    rolls = rolled(crises, CampaignPlan(months=3, doctrine=stance), FOUR)
    quiet = ~rolls.happened[-1, 0]
    told = after_holding(crises, 3, stance=stance, stances=FOUR)[0]["prior.opportunist"]
    assert quiet.sum() > 20
    np.testing.assert_allclose(rolls.opportunist[-1, quiet], told[quiet], rtol=1e-9)


# ---------------------------------------------------------------------------------------------------- what is said


@pytest.mark.parametrize("name", TEXTS)
def test_every_scenario_has_an_answer_that_speaks_of_its_own_stances(name: str) -> None:
    scenario = other(name)
    struck, quiet_ones = (
        scenario.stances.struck,
        [each for each in scenario.names if each not in scenario.stances.struck],
    )
    for doctrine in (None, *struck[:1], *quiet_ones[:1]):
        result = sim.campaign(scenario, CampaignPlan(months=2, doctrine=doctrine, history=2), draws=64)
        said = " ".join([survival_finding(result), belief_finding(result), *result.notes])
        quiet = doctrine not in (None, *scenario.stances.struck)
        assert ("zero by construction" in said) == (quiet or not scenario.stances.struck)
        assert result.stance in scenario.names
        for absent in {"rule_out", "ambiguous", "commit"} - set(scenario.names):
            assert absent not in said
        assert answer(result).tables


def test_a_belief_of_its_own_is_said_to_drift_and_any_other_not_to() -> None:
    plan = CampaignPlan(months=2)
    own, common = sim.campaign(other("believed"), plan, draws=64), sim.campaign(other("two"), plan, draws=64)
    assert "Russia’s began apart from the truth" in belief_caption(own)
    assert "The mean stays level" in belief_caption(common)
    told = [" ".join(table.explanation for table in answer(each).tables) for each in (own, common)]
    assert [text.count("The mean may drift") for text in told] == [1, 0]
    assert [text.count("The mean cannot drift") for text in told] == [1, 2]


@pytest.mark.parametrize("history", [0, 5])
def test_who_was_sure_before_the_first_month_is_told_apart_from_who_became_so(history: int) -> None:
    result = sim.campaign("macron-2024", CampaignPlan(months=6, history=history), draws=1024)
    said = belief_finding(result)
    before, after = ([frequency(result.belief[name]["sure"][month]) for name in BELIEFS] for month in (0, -1))
    assert f"{after[0]} campaigns leave Russia sure" in said
    assert f"{after[1]} France of Russia’s" in said
    assert f"(before the first: {before[0]} and {before[1]})" in said


def test_both_last_moves_stand_beside_each_other_under_quantal_play_alone() -> None:
    plan = CampaignPlan(months=3, doctrine="commit")
    exact, logit = (
        sim.campaign("macron-2024", replace(plan, last_move=move), draws=256) for move in ("exact", "logit")
    )
    assert exact.by_last_move == logit.by_last_move
    for result in (exact, logit):
        for outcome in OUTCOMES:
            own = result.by_last_move[result.plan.last_move][outcome]
            assert own == pytest.approx(1 - result.survival[outcome][-1], abs=1e-15)
    assert exact.by_last_move["logit"]["retaliation"] != exact.by_last_move["exact"]["retaliation"]
    assert sim.campaign("macron-2024", replace(plan, concept="equilibrium"), draws=64).by_last_move == {}


def test_of_many_draws_only_the_first_few_set_the_last_moves_beside_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.analyses.campaign.analysis.FEW", 64)
    few, many = (sim.campaign("macron-2024", CampaignPlan(months=2), draws=draws) for draws in (64, 256))
    assert many.by_last_move == few.by_last_move
    assert many.survival != few.survival
