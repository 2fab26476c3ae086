"""Are the rungs' probabilities those of the tree? Doctrines and arbitrary mixed play, leaf by leaf.

Deliberate break that turned these red: taking the stands of the types without weighing them by the signals they send.
"""

from __future__ import annotations

import numpy as np
import pytest
from crisis_tree import each, france_value, probabilities, random_crises, russia_value
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.crisis.ladder import OUTCOMES, TOLD, Ladder, doctrine, doctrines, equilibrium_ladder, held_payoff
from sim.crisis.parameters import ACTIONS, RECEIVER_TYPES, SENDER_TYPES, STANCES, Stances
from sim.crisis.payoffs import crisis
from sim.crisis.terms import WorstCase, as_stated
from sim.games.equilibria import Equilibria
from sim.games.game import Floats

READINGS: tuple[WorstCase, ...] = ("type", "outcome")


def any_play(rows: int, *, seed: int) -> tuple[Floats, Floats]:
    """Draw mixed strategies and responses, an equilibrium or not; nobody strikes after rule_out."""
    rng = np.random.default_rng(seed)
    strategy, response = rng.dirichlet(np.ones(3), (rows, 2)), rng.dirichlet(np.ones(2), (rows, 2, 3))
    response[:, :, 0] = [1, 0]
    return strategy, response


def rows_of(games: NDArray[np.intp], strategy: Floats, response: Floats, value: Floats) -> Equilibria:
    """Dress any play as rows of equilibria."""
    count = len(games)
    return Equilibria(
        game=games,
        family=np.full(count, "both_mix"),
        strategy=strategy,
        belief=np.full((count, 3, 2), 0.5),
        response=response,
        sender_value=value,
        degenerate=np.zeros(count, dtype=bool),
    )


def assert_is_a_ladder(ladder: Ladder) -> None:
    rungs = [ladder.outcomes[name] for name in OUTCOMES[:5]]
    for lower, higher in zip([np.ones_like(rungs[0]), *rungs], rungs, strict=False):
        assert np.all(higher <= lower + 1e-15)
        assert np.all(higher >= 0)
    hit = ladder.outcomes["casualties"]
    assert np.allclose(ladder.outcomes["retaliation"] + ladder.outcomes["backdown"], hit, rtol=0, atol=1e-14)
    assert np.all((ladder.outcomes["abandonment"] >= 0) & (ladder.outcomes["abandonment"] <= hit + 1e-15))
    for name in OUTCOMES:
        assert np.allclose(ladder.by_signal[name].sum(axis=1), ladder.outcomes[name], rtol=0, atol=1e-15)
        assert np.all(ladder.by_signal[name] <= ladder.sent + 1e-15)
    assert np.allclose(ladder.sent.sum(axis=1), 1, rtol=0, atol=1e-12)


@pytest.mark.parametrize("worst_case", READINGS)
@pytest.mark.parametrize("stance", STANCES)
def test_doctrines_equal_a_walk_of_the_tree(stance: str, worst_case: WorstCase) -> None:
    crises = random_crises(200, seed=10)
    ladder, strikes = doctrine(*crisis(crises, worst_case=worst_case), stance)
    assert strikes.shape == (200, 2)
    strategy = np.tile(np.eye(3)[STANCES.index(stance)], (2, 1))
    for n, p in enumerate(each(crises)):
        belief = p["prior.resolute"]
        hold, strike = (
            [russia_value(p, stance, k, a, belief=belief, worst_case=worst_case) for k in RECEIVER_TYPES]
            for a in ACTIONS
        )
        wanted = [better > worse for better, worse in zip(strike, hold, strict=True)]
        assert strikes[n].tolist() == wanted
        response = np.zeros((2, 3, 2))
        for k, action in enumerate(wanted):
            response[k, :, int(action)] = 1
        for name, chance in probabilities(p, strategy, response).items():
            assert ladder.outcomes[name][n] == pytest.approx(chance, abs=1e-12)
        assert ladder.france_payoff[n] == pytest.approx(france_expects(p, strategy, response), abs=1e-12)
    assert 0 < strikes.mean() < 1 or stance == "rule_out"


def france_expects(p: dict[str, float], strategy: Floats, response: Floats) -> float:
    """Sum France's payoff over types, signals and actions."""
    chance_t, chance_k = ([1 - p[f"prior.{name}"], p[f"prior.{name}"]] for name in ("resolute", "opportunist"))
    return sum(
        float(chance_t[t] * chance_k[k] * strategy[t, m] * response[k, m, a]) * france_value(p, stance, france, action)
        for t, france in enumerate(SENDER_TYPES)
        for k in range(2)
        for m, stance in enumerate(STANCES)
        for a, action in enumerate(ACTIONS)
    )


def test_mixed_play_equals_a_walk_of_the_tree_row_by_row() -> None:
    crises = random_crises(40, seed=11)
    games = np.sort(np.random.default_rng(12).integers(0, 40, 60))
    strategy, response = any_play(60, seed=13)
    value = np.random.default_rng(14).normal(size=(60, 2))
    ladder = equilibrium_ladder(*crisis(crises), rows_of(games, strategy, response, value))
    singles = each(crises)
    for row, game in enumerate(games):
        p = singles[game]
        prior = np.array([1 - p["prior.resolute"], p["prior.resolute"]])
        for name, chance in probabilities(p, strategy[row], response[row]).items():
            assert ladder.outcomes[name][row] == pytest.approx(chance, abs=1e-12)
        for m in range(3):
            for name, chance in probabilities(p, strategy[row], response[row], signal=m).items():
                assert ladder.by_signal[name][row, m] == pytest.approx(chance, abs=1e-12)
        assert ladder.sent[row] == pytest.approx(prior @ strategy[row], abs=1e-12)
        assert ladder.france_payoff[row] == pytest.approx(prior @ value[row], abs=1e-12)


@given(seed=st.integers(0, 2**32 - 1), worst_case=st.sampled_from(READINGS))
def test_every_ladder_goes_up_in_ever_less_likely_rungs(seed: int, worst_case: WorstCase) -> None:
    game, chances = crisis(random_crises(6, seed=seed), worst_case=worst_case)
    play = rows_of(np.arange(6), *any_play(6, seed=seed), np.zeros((6, 2)))
    assert_is_a_ladder(equilibrium_ladder(game, chances, play))
    for stance in STANCES:
        assert_is_a_ladder(doctrine(game, chances, stance)[0])


def test_a_doctrine_is_the_play_that_it_describes() -> None:
    game, chances = crisis(random_crises(30, seed=15))
    ladder, strikes = doctrine(game, chances, "ambiguous")
    response = np.zeros((30, 2, 3, 2))
    response[..., 1] = strikes[:, :, None]
    response[..., 0] = 1 - response[..., 1]
    strategy = np.broadcast_to([0.0, 1.0, 0.0], (30, 2, 3))
    other = equilibrium_ladder(game, chances, rows_of(np.arange(30), strategy, response, np.zeros((30, 2))))
    for name in OUTCOMES:
        assert np.allclose(ladder.by_signal[name], other.by_signal[name][:, [1]], rtol=0, atol=1e-15)
        assert not other.by_signal[name][:, [0, 2]].any()


def test_ruled_out_trainers_are_never_struck_and_pay_what_the_stance_is_worth() -> None:
    crises = random_crises(30, seed=16)
    ladder, strikes = doctrine(*crisis(crises, worst_case="outcome"), "rule_out")
    assert not np.any(strikes)
    assert not any(np.any(array) for array in ladder.outcomes.values())
    worth = crises["signal.rule_out.stance_value"] - crises["signal.rule_out.isolation"]
    assert np.allclose(ladder.france_payoff, worth, rtol=1e-14, atol=1e-15)


def test_an_indifferent_russia_holds_whatever_rounding_does_to_the_tie() -> None:
    # A certain hit: fold 3, limited clash -4, indifferent at 3/7; thirds of everything to provoke rounding.
    crises = random_crises(1, seed=0) | {"signal.commit.ambiguity": np.zeros(1), "prior.resolute": np.array([3 / 7])}
    crises |= {name: np.ones(1) for name in ("signal.commit.deployment", "signal.commit.pinpoint")}
    zero = ["escalation.war_if_alone", "escalation.war_if_backed", "russia.division_gain", "russia.training_harm"]
    zero += ["france.backing_relief", "russia.attack_cost", "russia.backing_cost"]
    crises |= {name: np.zeros(1) for name in (*zero, "france.fight_cost.resolute")}
    crises |= {"france.fight_cost.bluffing": np.array([9.0]), "signal.commit.audience_cost": np.zeros(1)}
    for unit in (1e-6, 0.1, 1 / 3, 1.0, 7.7, 1e9):
        tied = crises | {"russia.humiliation_gain": np.array([3 * unit])}
        tied |= {"russia.retaliation_cost": np.array([4 * unit]), "russia.failed_strike_cost": np.zeros(1)}
        assert not np.any(doctrine(*crisis(tied), "commit")[1])
        tied |= {"prior.resolute": np.array([3 / 7 - 1e-9])}
        assert np.all(doctrine(*crisis(tied), "commit")[1])


@pytest.mark.parametrize("resolute", [0.0, 1.0])
def test_a_known_type_alone_decides_between_backdown_and_retaliation(resolute: float) -> None:
    crises = random_crises(100, seed=17) | {"prior.resolute": np.full(100, resolute)}
    game, chances = crisis(crises)
    ladder, _ = doctrine(game, chances, "commit")
    stands = chances.stands[:, int(resolute), 2]
    assert np.array_equal(ladder.outcomes["retaliation"], np.where(stands, ladder.outcomes["casualties"], 0))
    assert np.array_equal(ladder.outcomes["backdown"], np.where(stands, 0, ladder.outcomes["casualties"]))


def test_without_nuclear_risk_the_top_rung_is_never_reached() -> None:
    crises = random_crises(30, seed=18) | {"escalation.nuclear_if_war": np.zeros(30)}
    ladder, _ = doctrine(*crisis(crises), "commit")
    assert not np.any(ladder.outcomes["nuclear"])
    assert np.any(ladder.outcomes["war"])


def test_a_single_game_is_a_batch_of_one() -> None:
    crises = random_crises(3, seed=19)
    batch, _ = doctrine(*crisis(crises), "commit")
    single, strikes = doctrine(*crisis(each(crises)[2]), "commit")
    assert strikes.shape == (1, 2)
    for name in OUTCOMES:
        assert single.outcomes[name].tolist() == batch.outcomes[name][2:].tolist()


@pytest.mark.parametrize("worst_case", READINGS)
@pytest.mark.parametrize("targets", [(False, True, True), (True, False, True), (True, True, True)])
def test_all_doctrines_at_once_are_each_alone_to_the_last_bit(worst_case: WorstCase, targets: tuple[bool, ...]) -> None:
    stances = Stances(STANCES, targets)
    rng = np.random.default_rng(4)
    crises = {name: rng.random(200) for name in stances.by_name}
    exposed = dict(crises)
    for stance in stances.struck:
        exposed |= {f"signal.{stance}.{name}": crises[f"signal.commit.{name}"] for name in ("deployment", "pinpoint")}
    own = as_stated(crises, stances)
    for values, exposure in ((crises, own), (exposed, own.terms.exposed_as("commit"))):
        game, after = crisis(values, worst_case=worst_case, stances=stances)
        together = doctrines(exposure, worst_case)
        alone = [doctrine(game, after, stance, stances) for stance in stances.struck]
        assert 0 < np.mean([strikes for _, strikes in alone]) < 1
        payoff = held_payoff(own.terms.truth, np.moveaxis(game.sender, 0, -1)[:, np.array(targets)], together.strike)
        for row, (stance, (ladder, strikes)) in enumerate(zip(stances.struck, alone, strict=True)):
            told = together.told(stance, row)
            assert [name.removeprefix(f"{stance}.") for name in told] == list(TOLD)
            for outcome in OUTCOMES:
                np.testing.assert_array_equal(told[f"{stance}.{outcome}"], ladder.outcomes[outcome])
            for k, kind in enumerate(RECEIVER_TYPES):
                np.testing.assert_array_equal(told[f"{stance}.strikes.{kind}"], strikes[:, k])
            np.testing.assert_array_equal(payoff[row], ladder.france_payoff)


def test_an_unknown_stance_is_refused() -> None:
    with pytest.raises(ValueError, match=r"stance must be one of rule_out, ambiguous, commit; it is 'bluff'"):
        doctrine(*crisis(random_crises(1, seed=0)), "bluff")
