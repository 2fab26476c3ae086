"""Is the game the crisis that the model describes? Against a walk of the tree, closed forms and limits.

Deliberate break that turned these red: weighing the best case by the pessimism (best and worst exchanged).
"""

from __future__ import annotations

import gc
import weakref
from collections.abc import Mapping

import numpy as np
import pytest
from crisis_tree import each, france_value, random_crises, russia_value, stands
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import ArrayLike

from sim.crisis.parameters import ACTIONS, BASELINE, PARAMETERS, RECEIVER_TYPES, SENDER_TYPES, STANCES, Stances
from sim.crisis.payoffs import chances, crisis, crisis_game
from sim.crisis.terms import WorstCase, as_stated
from sim.crisis.values import checked
from sim.games.game import SignallingGame

READINGS: tuple[WorstCase, ...] = ("type", "outcome")
IN_UNITS = [p for p in PARAMETERS if p.kind in ("cost", "value")]
FRENCH = [p.name for p in IN_UNITS if p.name.startswith(("france.", "signal."))]
RUSSIAN = [p.name for p in IN_UNITS if p.name.startswith("russia.")]
DOUBT = ("signal.ambiguous.ambiguity", "signal.commit.ambiguity")


def plain(**changes: float) -> dict[str, float]:
    """Make a crisis in which everything is 0 but what is said; "__" stands for a dot in the name."""
    return {p.name: 0.0 for p in PARAMETERS} | {name.replace("__", "."): value for name, value in changes.items()}


@pytest.mark.parametrize("worst_case", READINGS)
def test_payoffs_equal_a_walk_of_the_tree(worst_case: WorstCase) -> None:
    crises = random_crises(250, seed=0)
    game, after = crisis(crises, worst_case=worst_case)
    for n, p in enumerate(each(crises)):
        for m, stance in enumerate(STANCES[1:], 1):
            for t, france in enumerate(SENDER_TYPES):
                assert after.stands[n, t, m] == stands(p, stance, france)
                for a, action in enumerate(ACTIONS):
                    value = france_value(p, stance, france, action)
                    assert game.sender[n, t, m, a] == pytest.approx(value, rel=1e-12, abs=1e-12)
                    for k, russia in enumerate(RECEIVER_TYPES):
                        value = russia_value(p, stance, russia, action, belief=float(t), worst_case=worst_case)
                        assert game.receiver[n, k, t, m, a] == pytest.approx(value, rel=1e-12, abs=1e-12)


def test_ruling_out_leaves_one_payoff_and_no_target() -> None:
    crises = random_crises(20, seed=1)
    game, after = crisis(crises, worst_case="outcome")
    worth = crises["signal.rule_out.stance_value"] - crises["signal.rule_out.isolation"]
    assert np.array_equal(game.sender[:, :, 0, 0], np.stack([worth, worth], axis=1))
    assert not np.any(game.receiver[:, :, :, 0])
    assert game.available.tolist() == [[True, False], [True, True], [True, True]]
    assert not np.any(after.hit[:, 0])


def bargain(**changes: float) -> dict[str, float]:
    """Make the 2 x 2 deterrence game of Fearon's kind: a certain hit, G = 3 if France folds, -L = -4 if it stands."""
    numbers = {"signal.commit.deployment": 1.0, "signal.commit.pinpoint": 1.0, "france.humiliation": 1.0}
    numbers |= {"france.fight_cost.bluffing": 2.0, "russia.humiliation_gain": 3.0, "russia.retaliation_cost": 4.0}
    return plain() | numbers | {name.replace("__", "."): value for name, value in changes.items()}


def gain_from_striking(parameters: Mapping[str, float], worst_case: WorstCase, belief: float) -> float:
    payoff = crisis_game(parameters, worst_case=worst_case).receiver[1, :, 2]  # opportunist, commit: (t, a)
    return float(np.array([1 - belief, belief]) @ (payoff[:, 1] - payoff[:, 0]))


def test_worst_type_moves_the_cut_off_as_worked_out_by_hand() -> None:
    # Strike iff (1 - e) mu + e alpha < G / (G + L): the cut-off 3/7 becomes (3/7 - 1/4) / (1/2) = 5/14.
    assert gain_from_striking(bargain(), "type", 3 / 7) == pytest.approx(0, abs=1e-12)
    doubt = bargain(signal__commit__ambiguity=0.5, russia__pessimism__opportunist=0.5)
    assert gain_from_striking(doubt, "type", 5 / 14) == pytest.approx(0, abs=1e-12)
    assert gain_from_striking(doubt, "type", 5 / 14 - 1e-6) > 0 > gain_from_striking(doubt, "type", 5 / 14 + 1e-6)


@pytest.mark.parametrize("worst_case", READINGS)
def test_distrust_deters_from_the_pessimism_worked_out_by_hand(worst_case: WorstCase) -> None:
    # alpha > mu by worst type; alpha > mu (G + L) / (G + W) by worst outcome, with L = omega W + (1 - omega) r.
    war, omega, belief = 20.0, 0.125, 0.4
    chance = {"escalation__war_if_alone": omega, "escalation__war_if_backed": omega}
    crisis_at_war = bargain(russia__war_cost__opportunist=war, **chance)
    loss = omega * war + (1 - omega) * 4
    turn = belief if worst_case == "type" else belief * (3 + loss) / (3 + war)
    trusting = gain_from_striking(crisis_at_war, worst_case, belief)
    for pessimism, deters in ((turn - 0.01, False), (turn + 0.01, True)):
        doubt = {"signal.commit.ambiguity": 0.3, "russia.pessimism.opportunist": pessimism}
        assert (gain_from_striking(crisis_at_war | doubt, worst_case, belief) < trusting) == deters


def test_without_distrust_the_two_readings_agree_exactly() -> None:
    crises = random_crises(50, seed=2) | dict.fromkeys(DOUBT, np.zeros(50))
    by_type, by_outcome = (crisis_game(crises, worst_case=reading).receiver for reading in READINGS)
    assert np.array_equal(by_type, by_outcome)


def test_complete_distrust_of_a_pessimist_leaves_the_worst_case() -> None:
    crises = random_crises(50, seed=3) | {name: np.ones(50) for name in (*DOUBT, *pessimisms())}
    trusting = crisis_game(crises | dict.fromkeys(DOUBT, np.zeros(50))).receiver[..., 1:, 1]  # (n, k, t, m)
    by_type, by_outcome = (crisis_game(crises, worst_case=reading).receiver[..., 1:, :] for reading in READINGS)
    assert np.array_equal(by_type[..., 1], np.broadcast_to(trusting.min(axis=2, keepdims=True), by_type.shape[:-1]))
    held = -crises["russia.training_harm"][:, None, None, None]
    assert np.array_equal(by_outcome[..., 0], np.broadcast_to(held, by_outcome.shape[:-1]))
    failed = crises["russia.training_harm"] + crises["russia.failed_strike_cost"]
    clashes = [
        np.maximum(crises["russia.retaliation_cost"], crises[f"russia.war_cost.{kind}"]) for kind in RECEIVER_TYPES
    ]
    backed = crises["russia.backing_cost"] + crises["russia.attack_cost"]
    worst = np.stack([-np.maximum(failed, clash + backed) for clash in clashes], axis=1)
    np.testing.assert_allclose(by_outcome[..., 1], np.broadcast_to(worst[:, :, None, None], by_outcome.shape[:-1]))


def pessimisms() -> list[str]:
    return [f"russia.pessimism.{kind}" for kind in RECEIVER_TYPES]


@given(seed=st.integers(0, 2**32 - 1), unit=st.floats(1e-3, 1e3), worst_case=st.sampled_from(READINGS))
def test_each_players_unit_scales_its_own_payoffs_and_nothing_else(
    seed: int, unit: float, worst_case: WorstCase
) -> None:
    crises = random_crises(8, seed=seed)
    game, after = crisis(crises, worst_case=worst_case)
    french = crises | {name: unit * crises[name] for name in FRENCH}
    russian = crises | {name: unit * crises[name] for name in RUSSIAN}
    for changed, (sender, receiver) in ((french, (unit, 1)), (russian, (1, unit))):
        other, other_after = crisis(changed, worst_case=worst_case)
        assert np.allclose(other.sender, sender * game.sender, rtol=1e-9, atol=1e-9 * unit)
        assert np.allclose(other.receiver, receiver * game.receiver, rtol=1e-9, atol=1e-9 * unit)
        assert np.array_equal(other_after.stands, after.stands)


@given(seed=st.integers(0, 2**32 - 1), rise=st.floats(0, 4), worst_case=st.sampled_from(READINGS))
def test_dearer_war_never_makes_a_strike_or_a_stand_more_attractive(
    seed: int, rise: float, worst_case: WorstCase
) -> None:
    crises = random_crises(8, seed=seed)
    for name, side in (("russia.war_cost.cautious", "receiver"), ("france.war_cost.resolute", "sender")):
        before, after = (crisis(c, worst_case=worst_case) for c in (crises, crises | {name: crises[name] + rise}))
        assert np.all(getattr(after[0], side) <= getattr(before[0], side) + 1e-12)
        assert np.all(after[1].stands <= before[1].stands)


def test_where_nobody_is_or_nobody_is_found_no_strike_hits() -> None:
    for name in ("deployment", "pinpoint"):
        crises = random_crises(30, seed=4) | {f"signal.{stance}.{name}": np.zeros(30) for stance in STANCES[1:]}
        crises["russia.failed_strike_cost"] = np.abs(crises["russia.failed_strike_cost"])  # a hit site is no gain here
        game, after = crisis(crises)
        assert not np.any(after.hit)
        assert np.array_equal(game.sender[:, :, 1:, 0], game.sender[:, :, 1:, 1])
        assert np.all(game.receiver[..., 1:, 1] <= game.receiver[..., 1:, 0])


def test_the_chance_of_war_stays_a_probability_at_its_ends() -> None:
    backing = np.linspace(0, 1, 1001)
    for end in (0.0, 1.0):
        certain = {"escalation.war_if_alone": end, "escalation.war_if_backed": end}
        war = chances(plain() | certain | {"signal.ambiguous.ally_backing": backing}).war
        assert np.all(war == end)


def test_equal_russian_types_have_the_same_payoffs_to_the_last_bit() -> None:
    crises = random_crises(30, seed=5)
    crises |= {f"russia.{name}.cautious": crises[f"russia.{name}.opportunist"] for name in ("war_cost", "pessimism")}
    for reading in READINGS:
        receiver = crisis_game(crises, worst_case=reading).receiver
        assert np.array_equal(receiver[:, 0], receiver[:, 1])


def test_a_russia_that_meets_the_same_answer_from_both_types_does_not_care_which_it_faces() -> None:
    crises = random_crises(200, seed=6)
    game, after = crisis(crises)
    same = after.stands[:, 0] == after.stands[:, 1]
    assert 0 < same[:, 1:].mean() < 1
    equal = (game.receiver[:, :, 0] == game.receiver[:, :, 1]).all(axis=(1, 3))
    assert np.all(equal[:, 1:] >= same[:, 1:])


def test_the_worst_case_keeps_a_type_of_probability_zero() -> None:
    crises = random_crises(30, seed=7)
    sure, unsure = (crisis_game(crises | {"prior.resolute": np.full(30, chance)}) for chance in (0.0, 0.5))
    assert np.array_equal(sure.receiver, unsure.receiver)
    assert sure.prior.tolist() == [[1.0, 0.0]] * 30


def test_a_tie_is_a_fold_whatever_rounding_does_to_it() -> None:
    tied = {"france.humiliation": 3.0, "france.fight_cost.resolute": 3.0, "france.war_cost.resolute": 3.0}
    numbers: dict[str, ArrayLike] = {**plain(), **tied, "escalation.war_if_backed": 0.3}
    numbers |= {"escalation.war_if_alone": np.linspace(0, 1, 1001), "signal.commit.ally_backing": 0.7}
    after = chances(numbers)
    assert not np.any(after.stands[:, 1])
    cheaper = chances(numbers | {"france.humiliation": 3.0 + 1e-9})
    assert np.all(cheaper.stands[:, 1])


def test_a_game_without_vectors_has_no_batch_and_equals_its_row_of_a_batch() -> None:
    crises = random_crises(5, seed=8)
    batch, batch_after = crisis(crises)
    single, after = crisis(each(crises)[3])
    assert single.batch_shape == ()
    assert after.nuclear.shape == ()
    assert single.receiver.shape == (2, 2, 3, 2)
    assert single.sender.shape == (2, 3, 2)
    assert np.array_equal(single.receiver, batch.receiver[3])
    assert np.array_equal(single.sender, batch.sender[3])
    assert np.array_equal(after.war, batch_after.war[3])
    assert np.array_equal(after.flat().hit, batch_after.hit[[3]])


def test_scalars_are_repeated_and_defaults_filled() -> None:
    defaults = {p.name: p.default for p in PARAMETERS if p.default is not None}
    assert defaults
    short = {name: value for name, value in plain().items() if name not in defaults}
    game = crisis_game(short | {"prior.opportunist": [0.25, 0.75]})
    full = crisis_game(short | defaults | {"prior.opportunist": [0.25, 0.75], "prior.resolute": [0.0, 0.0]})
    assert np.array_equal(game.receiver, full.receiver)
    assert game.receiver_prior.tolist() == [[0.75, 0.25], [0.25, 0.75]]


def test_what_is_returned_does_not_change_with_what_was_given() -> None:
    crises = random_crises(4, seed=9)
    game, after = crisis(crises)
    kept = game.receiver.copy(), game.sender.copy(), after.nuclear.copy()
    for values in crises.values():
        values[:] = 0
    assert np.array_equal(game.receiver, kept[0])
    assert np.array_equal(game.sender, kept[1])
    assert np.array_equal(after.nuclear, kept[2])


def test_the_largest_values_still_make_a_legal_game() -> None:
    largest = {p.name: 1e99 if p.high > 1 else 1.0 for p in PARAMETERS}
    for reading in READINGS:
        assert_legal(crisis_game(largest, worst_case=reading))


@pytest.mark.parametrize(
    "targets", [(False, True, True), (True, False, True), (True, True, True), (False, False, True)]
)
@pytest.mark.parametrize("worst_case", READINGS)
def test_every_game_is_one_that_the_check_at_the_boundary_leaves_alone(
    worst_case: WorstCase, targets: tuple[bool, ...]
) -> None:
    stances = Stances(STANCES, targets)
    rng = np.random.default_rng(3)
    crises = {name: rng.random(50) for name in stances.by_name}
    assert_legal(crisis_game(crises, worst_case=worst_case, stances=stances))
    assert_legal(crisis_game({name: float(x[0]) for name, x in crises.items()}, stances=stances, last_move=2.0))


def assert_legal(game: SignallingGame) -> None:
    """Let a game that has passed no check pass it: nothing of it changes."""
    again = SignallingGame(game.prior, game.sender, game.receiver, game.receiver_prior, game.available)
    for name, array in vars(game).items():
        np.testing.assert_array_equal(array, getattr(again, name))


def test_what_is_worked_out_is_shared_by_those_alone_who_ask_for_the_same() -> None:
    crises = checked(random_crises(20, seed=2))
    assert as_stated(crises, BASELINE) is as_stated(checked(crises), BASELINE)
    everywhere = Stances(STANCES, (True, True, True))
    for stances, last_move in ((everywhere, None), (BASELINE, 3.0), (BASELINE, None)):
        again = as_stated(dict(crises), stances, last_move).terms
        for name in ("standing", "hit_worth"):
            kept = as_stated(crises, stances, last_move).terms
            np.testing.assert_array_equal(getattr(kept, name), getattr(again, name))
    shapes = {as_stated(crises, stances).strike.shape for stances in (everywhere, BASELINE)}
    assert len(shapes) == 2


def test_what_is_kept_with_parameters_goes_when_they_go() -> None:
    crises = checked(random_crises(20, seed=2))
    crisis(crises)
    kept = weakref.ref(as_stated(crises, BASELINE)), weakref.ref(as_stated(crises, BASELINE).terms)
    gc.disable()  # arrays are large and few: the collector of circles hardly ever comes by
    try:
        del crises
        assert [each() for each in kept] == [None, None]
    finally:
        gc.enable()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"prior.resolut": 0.5}, r"unknown: prior\.resolut; did you mean prior\.resolute\?"),
        ({"zzz": 0.5}, r"unknown: zzz$"),
        ({"prior.resolute": [0.5, 1.5]}, r"prior\.resolute must lie in \[0, 1\]; prior\.resolute\[1\] has 1\.5"),
        (
            {"france.war_cost.resolute": -0.5},
            r"france\.war_cost\.resolute must lie in \[0, 1e\+99\]; france\.war_cost\.resolute has -0\.5",
        ),
        ({"france.training_value": [0.0, 0.0, np.nan]}, r"france\.training_value\[2\] has nan"),
        ({"france.war_cost.resolute": np.inf}, r"france\.war_cost\.resolute has inf"),
        (
            {"france.war_cost.resolute": "dear"},
            r"france\.war_cost\.resolute must be a number or a vector of numbers; .*dear",
        ),
        ({"france.war_cost.resolute": [[1.0]]}, r"its shape is \(1, 1\)"),
        ({"france.war_cost.resolute": []}, r"its shape is \(0,\)"),
        (
            {"prior.resolute": [0.1, 0.2], "france.war_cost.resolute": [1, 2, 3]},
            r"france\.war_cost\.resolute must have the length of .*2",
        ),
    ],
)
def test_illegal_parameters_are_named(changes: dict[str, float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        crisis_game(plain() | changes)


def test_all_missing_names_are_listed() -> None:
    short = {name: 0.5 for name in plain() if name not in ("prior.resolute", "france.war_cost.resolute")}
    with pytest.raises(ValueError, match=r"missing: prior\.resolute, france\.war_cost\.resolute$"):
        chances(short)


def test_an_unknown_worst_case_is_refused() -> None:
    with pytest.raises(ValueError, match=r"worst_case must be one of type, outcome; it is 'worst'"):
        crisis_game(plain(), worst_case="worst")  # type: ignore[arg-type]


@pytest.mark.parametrize("rationality", [float("nan"), float("inf"), -1.0])
def test_a_last_move_without_a_rationality_is_refused(rationality: float) -> None:
    values = {parameter.name: 0.5 for parameter in PARAMETERS}
    with pytest.raises(ValueError, match="last_move must be finite and 0 or more, or None; it is "):
        crisis_game(values, last_move=rationality)
