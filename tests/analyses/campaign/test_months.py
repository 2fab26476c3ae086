"""Do campaigns follow Bayes' rule, agree with the static model, and end where they should? Also against plain dice.

Deliberate breaks that turned a test red: beliefs that go on after the end; `_learnt` without the branch for a hit;
conduct solved at the first month's beliefs for ever.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from some_crises import by_hand, drawn, repeated

from sim.analyses.campaign.months import Campaigns, bayes, campaigns
from sim.analyses.campaign.one_month import Conduct, conduct
from sim.analyses.campaign.plan import CampaignPlan
from sim.crisis.ladder import OUTCOMES, doctrine
from sim.crisis.parameters import STANCES
from sim.crisis.payoffs import Chances, crisis
from sim.crisis.play import Play
from sim.games.game import Floats, SignallingGame
from sim.montecarlo.encounter import evaluate


def plan(doctrine: str | None = None, concept: str = "quantal", rationality: float = 5.0) -> CampaignPlan:
    """Return how every month is played; each test says how many there are."""
    return CampaignPlan(doctrine=doctrine, concept=concept, rationality=rationality)


ALL_RULES = [plan(stance, concept) for stance in (None, *STANCES) for concept in ("quantal", "equilibrium")]
HELD = [rules for rules in ALL_RULES if rules.doctrine]


def rolled(parameters: dict[str, Floats], rules: CampaignPlan, months: int, seed: int = 0) -> Campaigns:
    """Roll campaigns with a seed."""
    return campaigns(parameters, replace(rules, months=months), np.random.default_rng(seed))


def logit_hold(gain: float, rationality: float) -> float:
    """Return the probability of holding."""
    return 1 / (1 + math.exp(rationality * gain))


# ------------------------------------------------------------------------------------------------ against known answers


def test_beliefs_follow_bayes_in_the_example_by_hand() -> None:
    """In docs/model.md a strike after `ambiguous` gains 0.3·(−0.2905) + 0.7·(−0.0335) or 0.3·(−0.0758) + 0.7·0.0462."""
    rolls = rolled(repeated(by_hand(), 400), plan("ambiguous"), months=3, seed=5)
    hold = [logit_hold(0.3 * -0.2905 + 0.7 * -0.0335, 5.0), logit_hold(0.3 * -0.0758 + 0.7 * 0.0462, 5.0)]
    quiet = ~rolls.happened[3, OUTCOMES.index("strike")]
    assert quiet.any()
    odds = 0.25 / 0.75 * (hold[1] / hold[0]) ** 3
    np.testing.assert_allclose(rolls.opportunist[3, quiet], odds / (1 + odds), rtol=1e-12)
    np.testing.assert_array_equal(rolls.resolute[3, quiet], 0.3)
    struck = ~quiet & ~rolls.happened[3, OUTCOMES.index("casualties")]
    counts = {round(float(value), 12) for value in rolls.opportunist[3, struck]}
    ratio, other = hold[1] / hold[0], (1 - hold[1]) / (1 - hold[0])
    expected = {ratio ** (3 - strikes) * other**strikes / 3 for strikes in (1, 2, 3)}
    assert counts <= {round(each / (1 + each), 12) for each in expected}
    assert counts


def test_a_stand_reveals_the_resolute_and_a_fold_the_bluffer() -> None:
    rolls = rolled(repeated(by_hand() | {"signal.commit.pinpoint": 1.0}, 400), plan("commit"), months=1)
    stood, folded = (rolls.happened[1, OUTCOMES.index(name)] for name in ("retaliation", "backdown"))
    assert stood.sum() > 10 < folded.sum()
    np.testing.assert_array_equal(rolls.resolute[1], np.where(stood, 1.0, np.where(folded, 0.0, 0.3)))


def test_news_that_both_types_bring_alike_leaves_every_bit() -> None:
    belief, like = np.array([0.1, 0.3, 0.7, 0.0, 1.0]), np.array([0.3, 0.7, 0.0, 0.9, 0.2])
    np.testing.assert_array_equal(bayes(belief, like, like), belief)
    np.testing.assert_array_equal(bayes(np.array([0.0, 1.0]), np.array([0.9, 0.1]), np.array([0.1, 0.7])), [0, 1])
    np.testing.assert_array_equal(bayes(np.full(2, 0.3), np.array([0.6, 0.0]), np.array([0.0, 0.6])), [1, 0])


# ----------------------------------------------------------------------------------- one month is the static model


def test_one_month_in_equilibrium_is_equilibrium_play() -> None:
    parameters = drawn(512)
    static = evaluate(parameters, worst_case="type", play=Play())
    month = rolled(parameters, plan(concept="equilibrium"), months=1).chance[0]
    for outcome, chance in zip(OUTCOMES, month, strict=True):
        np.testing.assert_allclose(chance, static[f"selected.{outcome}"], rtol=0, atol=1e-13)


def test_one_month_of_quantal_play_is_static_quantal_play() -> None:
    parameters = drawn(512)
    static = evaluate(parameters, worst_case="type", play=Play(concept="quantal"))
    month = rolled(parameters, plan(), months=1).chance[0]
    for outcome, chance in zip(OUTCOMES, month, strict=True):
        np.testing.assert_allclose(chance, static[f"selected.{outcome}"], rtol=0, atol=1e-9)


@pytest.mark.parametrize("stance", STANCES)
def test_one_month_under_a_doctrine_in_equilibrium_is_the_static_doctrine(stance: str) -> None:
    parameters = drawn(512)
    static = doctrine(*crisis(parameters), stance)[0].outcomes
    month = rolled(parameters, plan(stance, "equilibrium"), months=1).chance[0]
    for outcome, chance in zip(OUTCOMES, month, strict=True):
        np.testing.assert_allclose(chance, static[outcome], rtol=0, atol=1e-15)


@pytest.mark.parametrize("signal", [1, 2])
def test_one_month_under_a_doctrine_with_errors_is_a_logit_expectation(signal: int) -> None:
    parameters = drawn(64)
    game, chances = crisis(parameters)
    month = rolled(parameters, plan(STANCES[signal], rationality=7.0), months=1).chance[0]
    for n in range(64):
        strike = stands = 0.0
        for k in range(2):
            worth = [float(game.prior[n] @ game.receiver[n, k, :, signal, a]) for a in range(2)]
            strike += game.receiver_prior[n, k] * (1 - logit_hold(worth[1] - worth[0], 7.0))
        for t in range(2):
            stands += game.prior[n, t] * chances.stands[n, t, signal]
        hit = strike * chances.hit[n, signal]
        war = hit * stands * chances.war[n, signal]
        rungs = [strike, hit, hit * stands, war, war * chances.nuclear[n]]
        aside = [hit * (1 - stands), hit * (1 - chances.backing[n, signal])]
        np.testing.assert_allclose(month[:, n], [*rungs, *aside], rtol=0, atol=1e-13)


# ---------------------------------------------------------------------------------------------- beliefs do not drift


def expected_beliefs(game: SignallingGame, chances: Chances, rules: CampaignPlan, n: int) -> tuple[float, float]:
    """Return the mean of both beliefs after one month, branch by branch."""
    play, (pi, kappa) = conduct(game, chances, rules), (game.prior[n, 1], game.receiver_prior[n, 1])
    means, types = np.zeros(2), (np.array([1 - pi, pi]), np.array([1 - kappa, kappa]))
    for m in range(3):
        sent = types[0] * play.strategy[:, m, n]
        for strikes in (True, False):
            russia = types[1] * (play.strike[:, m, n] if strikes else 1 - play.strike[:, m, n])
            hit = chances.hit[n, m] if strikes else 0.0
            stands = chances.stands[n, :, m].astype(float)
            for france in (sent * (1 - hit), sent * hit * stands, sent * hit * (1 - stands)):
                if (weight := france.sum() * russia.sum()) > 0:
                    means += weight * np.array([france[1] / france.sum(), russia[1] / russia.sum()])
    return means[0], means[1]


@pytest.mark.parametrize("rules", ALL_RULES, ids=str)
def test_nobody_expects_to_change_a_belief(rules: CampaignPlan) -> None:
    game, chances = crisis(drawn(16))
    for n in range(16):
        assert expected_beliefs(game, chances, rules, n) == pytest.approx(
            (game.prior[n, 1], game.receiver_prior[n, 1]), abs=1e-12
        )


@pytest.mark.parametrize("rules", [plan(), plan("commit"), plan("ambiguous", "equilibrium")], ids=str)
def test_mean_beliefs_stay_where_they_began(rules: CampaignPlan) -> None:
    rolls = rolled(drawn(8192), rules, months=8, seed=1)
    for path in (rolls.resolute, rolls.opportunist):
        change = path[-1] - path[0]
        assert np.abs(change).max() > 0.1
        assert abs(change.mean()) < 4 * change.std() / np.sqrt(8192)


def test_strikes_come_as_often_as_the_beliefs_of_the_month_say() -> None:
    always = by_hand() | {"prior.opportunist": 0.5, "russia.war_cost.opportunist": 0.0}
    rolls = rolled(repeated(always, 20_000), plan("commit", rationality=3.0), months=4, seed=2)
    strikes_last = rolls.happened[4, 0] & ~rolls.happened[3, 0] & rolls.going[3]
    quiet = ~rolls.happened[3, 0]
    predicted = rolls.chance[3, 0, quiet]
    error = np.sqrt((predicted * (1 - predicted)).sum())
    assert abs(strikes_last[quiet].sum() - predicted.sum()) < 4 * error


# --------------------------------------------------------------------------------------------------- a second route


def plain_campaign(
    known: Callable[[float, float], Conduct],
    game: SignallingGame,
    chances: Chances,
    months: int,
    dice: np.random.Generator,
) -> int:
    """Roll one campaign with nothing but comparisons; return the highest of struck 1, hit 2, ended 3, else 0."""
    pi, kappa = float(game.prior[0, 1]), float(game.receiver_prior[0, 1])
    resolute, opportunist, highest = int(dice.random() < pi), int(dice.random() < kappa), 0
    for _ in range(months):
        play = known(pi, kappa)
        sends, strikes = play.strategy[:, :, 0], play.strike[:, :, 0]
        m = int(dice.choice(3, p=sends[resolute] / sends[resolute].sum()))
        pi = pi * sends[1, m] / (pi * sends[1, m] + (1 - pi) * sends[0, m])
        struck = dice.random() < strikes[opportunist, m]
        seen = strikes[:, m] if struck else 1 - strikes[:, m]
        kappa = kappa * seen[1] / (kappa * seen[1] + (1 - kappa) * seen[0])
        highest = max(highest, int(struck))
        if struck and dice.random() < chances.hit[0, m]:
            stands = chances.stands[0, :, m]
            if not stands[resolute] or dice.random() < chances.war[0, m]:
                return 3
            highest = 2
            pi = pi * stands[1] / (pi * stands[1] + (1 - pi) * stands[0])
    return highest


@pytest.mark.parametrize("rules", [plan(rationality=8.0), plan("commit", rationality=8.0)], ids=str)
def test_plain_dice_tell_the_same(rules: CampaignPlan) -> None:
    game, chances = (each.flat() for each in crisis(by_hand()))
    assert isinstance(game, SignallingGame)
    assert isinstance(chances, Chances)
    dice, plain, months = np.random.default_rng(9), 250, 4

    @cache
    def known(pi: float, kappa: float) -> Conduct:
        now = SignallingGame([[1 - pi, pi]], game.sender, game.receiver, [[1 - kappa, kappa]], game.available)
        return conduct(now, chances, rules)

    ends = np.bincount([plain_campaign(known, game, chances, months, dice) for _ in range(plain)], minlength=4) / plain
    rolls = rolled(repeated(by_hand(), 5_000), rules, months=months)
    last, hit = ~rolls.going[-1], rolls.happened[-1, OUTCOMES.index("casualties")]
    struck = rolls.happened[-1, 0]
    ours = np.array([(~struck).mean(), (struck & ~hit).mean(), (hit & ~last).mean(), last.mean()])
    assert np.all(np.abs(ends - ours) < 4 * np.sqrt(ours * (1 - ours) / plain + 1e-4))


def test_an_exact_chain_gives_the_same_under_a_doctrine() -> None:
    """Russia acts on π alone, which a stand lifts to 1: two phases per pair of types, and no dice."""
    crisis_now = by_hand() | {"prior.opportunist": 0.5}
    game, chances = (each.flat() for each in crisis(crisis_now))
    assert isinstance(game, SignallingGame)
    assert isinstance(chances, Chances)
    gain, months = game.receiver[0, :, :, 2, 1] - game.receiver[0, :, :, 2, 0], 6
    ended = np.zeros(months + 1)
    for t, k in ((t, k) for t in range(2) for k in range(2)):
        weight = game.prior[0, t] * game.receiver_prior[0, k]
        strike = [1 - logit_hold(float(np.array([1 - mu, mu]) @ gain[k]), 5.0) for mu in (0.3, 1.0)]
        hit, war = chances.hit[0, 2], chances.war[0, 2] if t else 1.0
        phase = np.array([1.0, 0.0])
        for month in range(1, months + 1):
            met = [phase[i] * strike[i] * hit for i in range(2)]
            phase = np.array([phase[0] - met[0], phase[1] + met[0] * (1 - war) - met[1] * war])
            ended[month] += weight * (1 - phase.sum())
    rolls = rolled(repeated(crisis_now, 40_000), plan("commit"), months=months)
    shares = 1 - rolls.going.mean(axis=1)
    np.testing.assert_allclose(shares, ended, rtol=0, atol=4 * np.sqrt(0.25 / 40_000))
    chance = rolls.chance[:, OUTCOMES.index("war")] + rolls.chance[:, OUTCOMES.index("backdown")]
    np.testing.assert_allclose(np.cumsum(chance.mean(axis=1)), ended[1:], rtol=0, atol=4e-3)


# ---------------------------------------------------------------------------------------------------- what must hold


@pytest.mark.parametrize("rules", ALL_RULES, ids=str)
def test_an_end_absorbs_and_beliefs_freeze(rules: CampaignPlan) -> None:
    rolls = rolled(drawn(1024), rules, months=5)
    over = ~rolls.going
    assert np.all(over[1:] >= over[:-1])
    assert over[-1].any() or rules.doctrine == "rule_out"
    ended = over[:-1]
    assert np.all(rolls.chance[np.broadcast_to(ended[:, None], rolls.chance.shape)] == 0)
    assert np.all(rolls.signal[ended] == -1)
    for path in (rolls.resolute, rolls.opportunist):
        np.testing.assert_array_equal(path[1:][ended], path[:-1][ended])
    fold_or_war = rolls.happened[:, OUTCOMES.index("war")] | rolls.happened[:, OUTCOMES.index("backdown")]
    np.testing.assert_array_equal(over, fold_or_war)


def test_tossing_coins_teaches_nothing_about_russia_nor_by_signals() -> None:
    rolls = rolled(drawn(512), plan(rationality=0.0), months=6)
    np.testing.assert_array_equal(rolls.opportunist, np.broadcast_to(rolls.opportunist[0], rolls.opportunist.shape))
    unhit = ~rolls.happened[-1, OUTCOMES.index("casualties")]
    np.testing.assert_allclose(rolls.resolute[-1, unhit], rolls.resolute[0, unhit], rtol=1e-13)


@pytest.mark.parametrize("rules", [plan(), plan("ambiguous"), plan("commit", "equilibrium")], ids=str)
def test_russian_types_with_the_same_costs_teach_nothing(rules: CampaignPlan) -> None:
    parameters = drawn(512)
    for name in ("war_cost", "pessimism"):
        parameters[f"russia.{name}.opportunist"] = parameters[f"russia.{name}.cautious"]
    rolls = rolled(parameters, rules, months=6)
    assert rolls.happened[-1, 0].any()
    np.testing.assert_array_equal(rolls.opportunist, np.broadcast_to(rolls.opportunist[0], rolls.opportunist.shape))


@pytest.mark.parametrize("certain", [0.0, 1.0])
@pytest.mark.parametrize("rules", ALL_RULES, ids=str)
def test_certainty_stays(rules: CampaignPlan, certain: float) -> None:
    parameters = drawn(128) | {name: np.full(128, certain) for name in ("prior.resolute", "prior.opportunist")}
    rolls = rolled(parameters, rules, months=4)
    assert np.all(rolls.resolute == certain)
    assert np.all(rolls.opportunist == certain)


@pytest.mark.parametrize("stance", ["ambiguous", "commit"])
def test_under_a_doctrine_in_equilibrium_a_month_teaches_nothing_or_everything_about_russia(stance: str) -> None:
    rolls = rolled(drawn(2048), plan(stance, "equilibrium"), months=6)
    known = (rolls.opportunist == 0) | (rolls.opportunist == 1)
    assert np.all(known | (rolls.opportunist == rolls.opportunist[0]))
    assert 0.02 < known[-1].mean() < 0.98


def test_after_ruling_out_nothing_happens_and_nothing_is_learnt() -> None:
    rolls = rolled(drawn(64), plan("rule_out"), months=3)
    assert rolls.chance.max() == 0
    np.testing.assert_array_equal(rolls.opportunist[-1], rolls.opportunist[0])


def test_the_same_dice_give_the_same_bits_and_others_other_ones() -> None:
    first, again, other = (rolled(drawn(64), plan(), months=3, seed=seed) for seed in (0, 0, 1))
    for name, array in vars(first).items():
        np.testing.assert_array_equal(array, getattr(again, name))
    assert np.any(first.opportunist[-1] != other.opportunist[-1])


def test_wrong_rules_are_refused() -> None:
    with pytest.raises(ValueError, match="doctrine must be one of rule_out, ambiguous, commit; it is 'bluff'"):
        rolled(drawn(16), plan("bluff"), months=1)
    with pytest.raises(ValueError, match="concept must be one of quantal, equilibrium; it is 'level-k'"):
        plan(concept="level-k")
    with pytest.raises(ValueError, match="rationality must be finite and at least 0; it is nan"):
        plan(rationality=math.nan)


@settings(max_examples=25)
@given(
    first=st.integers(0, 16_383 - 16),
    rules=st.sampled_from(ALL_RULES),
    rationality=st.floats(0, 40),
    ends=st.lists(st.sampled_from([0.0, 0.3, 1.0]), min_size=3, max_size=3),
)
def test_chances_are_probabilities_in_order_whatever_the_crisis(
    first: int, rules: CampaignPlan, rationality: float, ends: list[float]
) -> None:
    parameters = {name: array[first : first + 16] for name, array in drawn(16_384).items()}
    names = ("prior.resolute", "signal.commit.pinpoint", "escalation.nuclear_if_war")
    parameters |= {name: np.full(16, end) for name, end in zip(names, ends, strict=True)}
    rolls = rolled(parameters, plan(rules.doctrine, rules.concept, rationality), months=3)
    rungs = rolls.chance[:, :5]
    assert np.all((rolls.chance >= 0) & (rolls.chance <= 1 + 1e-12))
    assert np.all(rungs[:, 1:] <= rungs[:, :-1] + 1e-12)
    assert np.all(rolls.happened[:, 1:5] <= rolls.happened[:, :4])
    for path in (rolls.resolute, rolls.opportunist):
        assert np.all((path >= 0) & (path <= 1))
