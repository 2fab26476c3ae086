"""Is the split of a step the Shapley value? All orders by brute force, on games of numbers and on the tree.

Deliberate breaks that turned these red: weights that give each coalition the same share; the audience cost left where
the step starts; allowing strikes after a stance without a target; that stance found by the name rule_out.
"""

from __future__ import annotations

from itertools import permutations, product
from math import factorial

import numpy as np
import pytest
from crisis_tree import each, france_value, probabilities, random_crises, russia_value
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.analyses.channels.shapley import CHANNELS, MEASURES, shapley, split
from sim.crisis.ladder import OUTCOMES, doctrine
from sim.crisis.parameters import ACTIONS, BASELINE, RECEIVER_TYPES, SENDER_TYPES, STANCES, Stances
from sim.crisis.payoffs import crisis
from sim.crisis.terms import WorstCase
from sim.games.game import Floats

READINGS: tuple[WorstCase, ...] = ("type", "outcome")
PAIRS = [(start, end) for start in STANCES for end in STANCES if start != end]
FOUR = Stances(("rule_out", "quiet", "ambiguous", "commit"), (True, True, True, True))
THREE = Stances(("quiet", "loud", "rule_out"), (True, True, False))
STEPS = [
    *((start, end, BASELINE) for start, end in PAIRS),
    ("rule_out", "quiet", FOUR),
    ("quiet", "loud", THREE),
    ("loud", "rule_out", THREE),
]
"""Among them a stance that denies and has a target, and stances that no code knows by name."""

EXACT = 1e-12


def by_orders(worth: Floats, players: int) -> Floats:
    """Return the mean of what each player adds when all join one by one, over all orders."""
    total = np.zeros((players, *worth.shape[players:]))
    for order in permutations(range(players)):
        inside = [0] * players
        for player in order:
            before = worth[tuple(inside)]
            inside[player] = 1
            total[player] += worth[tuple(inside)] - before
    return total / factorial(players)


def walked(
    p: dict[str, float], start: str, end: str, changed: tuple[int, ...], *, worst_case: str, stances: Stances = BASELINE
) -> list[float]:
    """Return the measures under one of 128 mixed stances from the tree; what one end lacks, the other gives."""
    source = {name: end if moves else start for name, moves in zip(CHANNELS, changed, strict=True)}
    alone = Stances(("mixed",), (source["deployment"] in stances.struck,))
    mixed = {name: value for name, value in p.items() if not name.startswith("signal.")}
    for name, origin in source.items():
        other = end if origin == start else start
        where = origin if f"signal.{origin}.{name}" in p else other
        mixed[f"signal.mixed.{name}"] = p.get(f"signal.{where}.{name}", 0.0)
    truth, response, payoff = p["prior.resolute"], np.zeros((2, 1, 2)), 0.0
    for k, russia in enumerate(RECEIVER_TYPES):
        belief = p.get("belief.resolute", truth)
        hold, strike = (
            russia_value(mixed, "mixed", russia, each, belief=belief, worst_case=worst_case, struck=alone.struck)
            for each in ACTIONS
        )
        response[k, :, int(strike > hold)] = 1
        share, action = abs(1 - k - p["prior.opportunist"]), ACTIONS[int(strike > hold)]
        for t, france in enumerate(SENDER_TYPES):
            payoff += share * abs(1 - t - truth) * france_value(mixed, "mixed", france, action, struck=alone.struck)
    return [*probabilities(mixed, np.ones((2, 1)), response, stances=alone).values(), payoff]


def tempting(count: int, *, seed: int) -> dict[str, Floats]:
    """Draw crises in which a Russia that distrusts its estimate would now and then strike at nobody."""
    return random_crises(count, seed=seed) | {"russia.failed_strike_cost": np.zeros(count)}


def telling(
    count: int, *, seed: int, worst_case: WorstCase, ends: tuple[str, str], stances: Stances
) -> dict[str, Floats]:
    """Draw many crises, Russia's belief apart from the truth, and keep those in which most channels act on strikes."""
    crises = random_crises(500, seed=seed, stances=stances, belief=True)
    parts = split(crises, start=ends[0], end=ends[1], worst_case=worst_case, stances=stances)["strike"].parts
    kept = np.argsort(-np.sum(parts != 0, axis=0), kind="stable")[:count]
    return {name: values[kept] for name, values in crises.items()}


@pytest.mark.parametrize("players", [1, 2, 3, 7])
def test_the_formula_is_the_mean_over_all_orders(players: int) -> None:
    worth = np.random.default_rng(0).normal(size=(*[2] * players, 3))
    assert shapley(worth, players) == pytest.approx(by_orders(worth, players), abs=EXACT)


@pytest.mark.parametrize("right", [2, 4])
def test_the_glove_game_has_its_published_value(right: int) -> None:
    # One left glove and some right ones; a pair is worth 1, anything less nothing. The left one gets n / (n + 1) and
    # each of the n right ones 1 / (n (n + 1)): N. Meyvis, "A Shapley example"; n = 2 also Wikipedia, "Shapley value".
    worth = np.zeros((2,) * (1 + right))
    worth[1] = 1
    worth[(1, *[0] * right)] = 0
    assert shapley(worth, 1 + right) == pytest.approx(
        [right / (right + 1), *[1 / (right * (right + 1))] * right], abs=EXACT
    )


@given(st.lists(st.floats(-100, 100), min_size=16, max_size=16), st.integers(0, 3))
def test_the_value_is_efficient_symmetric_and_nothing_to_a_dummy(numbers: list[float], dummy: int) -> None:
    worth = np.array(numbers).reshape(2, 2, 2, 2)
    assert shapley(worth, 4).sum() == pytest.approx(worth[1, 1, 1, 1] - worth[0, 0, 0, 0], abs=1e-10)
    idle = np.repeat(np.take(worth, [0], axis=dummy), 2, axis=dummy)
    assert shapley(idle, 4)[dummy] == 0.0
    alike = shapley(worth + worth.swapaxes(1, 2), 4)
    assert alike[1] == pytest.approx(alike[2], abs=1e-10)


@pytest.mark.parametrize("worst_case", READINGS)
@pytest.mark.parametrize(("start", "end", "stances"), STEPS)
def test_the_parts_are_the_mean_over_all_5040_orders_of_steps_on_the_tree(
    start: str, end: str, stances: Stances, worst_case: WorstCase
) -> None:
    crises = telling(4, seed=1, worst_case=worst_case, ends=(start, end), stances=stances)
    steps = split(crises, start=start, end=end, worst_case=worst_case, stances=stances)
    walks = [
        [walked(p, start, end, changed, worst_case=worst_case, stances=stances) for p in each(crises)]
        for changed in product((0, 1), repeat=7)
    ]
    worth = np.array(walks).reshape(*[2] * 7, 4, len(MEASURES))
    parts = by_orders(worth, 7)
    acting = 5 if {start, end} <= {*stances.struck} else 1
    assert np.sum(np.any(parts[..., 0] != 0, axis=1)) == acting  # so that the case is not an empty one
    for row, measure in enumerate(MEASURES):
        step = steps[measure]
        assert step.parts == pytest.approx(parts[..., row], abs=EXACT)
        assert step.before == pytest.approx(worth[(0,) * 7][:, row], abs=EXACT)
        assert step.after == pytest.approx(worth[(1,) * 7][:, row], abs=EXACT)
        for channel in range(7):
            alone = np.eye(7, dtype=int)[channel]
            first = worth[tuple(alone)] - worth[(0,) * 7]
            last = worth[(1,) * 7] - worth[tuple(1 - alone)]
            assert step.first[channel] == pytest.approx(first[:, row], abs=EXACT)
            assert step.last[channel] == pytest.approx(last[:, row], abs=EXACT)


@pytest.mark.parametrize("worst_case", READINGS)
@pytest.mark.parametrize(("start", "end"), PAIRS)
def test_the_ends_are_the_doctrines_and_the_parts_add_up_to_the_step(
    start: str, end: str, worst_case: WorstCase
) -> None:
    crises = tempting(500, seed=2)
    game, chances = crisis(crises, worst_case=worst_case)
    steps = split(crises, start=start, end=end, worst_case=worst_case)
    for place in ("before", "after"):
        ladder, _ = doctrine(game, chances, start if place == "before" else end)
        for measure, wanted in zip(MEASURES, [*ladder.outcomes.values(), ladder.france_payoff], strict=True):
            assert getattr(steps[measure], place) == pytest.approx(wanted, abs=EXACT)
    for step in steps.values():
        assert step.parts.sum(axis=0) == pytest.approx(step.after - step.before, abs=EXACT)


def test_where_russia_would_strike_at_nothing_rule_out_still_counts_no_strike() -> None:
    crises = tempting(500, seed=3)
    nobody_there = {"signal.commit.deployment": np.zeros(500), "signal.commit.ambiguity": np.ones(500)}
    game, chances = crisis(crises | nobody_there, worst_case="outcome")
    assert doctrine(game, chances, "commit")[1].any()  # so that the case is not an empty one
    strike = split(crises | nobody_there, start="commit", end="rule_out", worst_case="outcome")["strike"]
    assert np.all(strike.after == 0)
    assert strike.parts[0] == pytest.approx(-strike.before, abs=EXACT)
    assert np.any(strike.before > 0)


@pytest.mark.parametrize(("start", "end"), [(start, end) for start, end in PAIRS if "rule_out" in (start, end)])
def test_only_presence_acts_on_the_rungs_of_a_step_that_begins_or_ends_with_nobody_there(start: str, end: str) -> None:
    steps = split(random_crises(200, seed=4), start=start, end=end)
    for measure in OUTCOMES:
        assert np.all(steps[measure].parts[1:] == 0)
        assert np.any(steps[measure].parts[0] != 0)
    acting = [CHANNELS[c] for c in range(7) if np.any(steps["france_payoff"].parts[c] != 0)]
    assert acting == ["deployment", "isolation", "stance_value"]


@pytest.mark.parametrize("start", STANCES)
def test_a_step_to_where_it_starts_changes_exactly_nothing(start: str) -> None:
    for step in split(random_crises(50, seed=0), start=start, end=start).values():
        assert np.all(step.before == step.after)
        for parts in (step.parts, step.first, step.last):
            assert np.all(parts == 0)


@pytest.mark.parametrize(("start", "end"), PAIRS)
def test_the_way_back_has_the_same_parts_with_the_other_sign(start: str, end: str) -> None:
    crises = random_crises(200, seed=5)
    there, back = split(crises, start=start, end=end), split(crises, start=end, end=start)
    for measure in MEASURES:
        assert there[measure].parts == pytest.approx(-back[measure].parts, abs=EXACT)
        assert there[measure].first == pytest.approx(-back[measure].last, abs=EXACT)


@pytest.mark.parametrize("channel", range(7))
def test_a_channel_that_does_not_change_contributes_exactly_nothing(channel: int) -> None:
    crises, name = random_crises(200, seed=6), CHANNELS[channel]
    crises[f"signal.ambiguous.{name}"] = crises[f"signal.commit.{name}"]
    for step in split(crises, start="commit", end="ambiguous").values():
        for parts in (step.parts, step.first, step.last):
            assert np.all(parts[channel] == 0)


def test_presence_and_visibility_that_matter_alike_count_alike() -> None:
    # Trainers whose work is worth nothing to either side, so that only d λ matters; both change by the same amounts.
    crises = random_crises(300, seed=7)
    crises |= {"france.training_value": np.zeros(300), "russia.training_harm": np.zeros(300)}
    for stance in ("ambiguous", "commit"):
        crises[f"signal.{stance}.pinpoint"] = crises[f"signal.{stance}.deployment"]
    for step in split(crises, start="commit", end="ambiguous").values():
        assert step.parts[0] == pytest.approx(step.parts[1], abs=EXACT)
    assert np.any(split(crises, start="commit", end="ambiguous")["strike"].parts[0] != 0)


def test_presence_and_visibility_share_a_step_as_the_closed_form_says() -> None:
    # Both types fold and both Russias strike, so casualties are d λ. A product of two splits into
    # (d' - d)(λ + λ') / 2 and (λ' - λ)(d + d') / 2.
    crises = random_crises(100, seed=8)
    crises |= {"france.humiliation": np.zeros(100), "russia.humiliation_gain": np.full(100, 1e6)}
    crises |= {f"signal.{stance}.audience_cost": np.zeros(100) for stance in ("ambiguous", "commit")}
    (d0, d1), (l0, l1) = (
        [crises[f"signal.{stance}.{name}"] for stance in ("commit", "ambiguous")] for name in CHANNELS[:2]
    )
    step = split(crises, start="commit", end="ambiguous")["casualties"]
    assert np.all(split(crises, start="commit", end="ambiguous")["strike"].before == pytest.approx(1.0))
    assert step.parts[0] == pytest.approx((d1 - d0) * (l0 + l1) / 2, abs=EXACT)
    assert step.parts[1] == pytest.approx((l1 - l0) * (d0 + d1) / 2, abs=EXACT)
    assert step.parts[2:] == pytest.approx(np.zeros((5, 100)), abs=EXACT)


def test_the_value_of_the_stance_and_isolation_pass_to_the_payoff_as_they_are() -> None:
    crises = random_crises(100, seed=9)
    step = split(crises, start="commit", end="ambiguous")["france_payoff"]
    for name, sign in (("isolation", -1), ("stance_value", 1)):
        change = sign * (crises[f"signal.ambiguous.{name}"] - crises[f"signal.commit.{name}"])
        assert np.all(step.parts[CHANNELS.index(name)] == change)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(PAIRS), st.floats(0.1, 50), st.floats(0.1, 50))
def test_the_yardsticks_of_the_players_do_not_matter(
    seed: int, pair: tuple[str, str], of_france: float, of_russia: float
) -> None:
    crises = random_crises(20, seed=seed)
    money = ("stance_value", "isolation", "audience_cost")
    scaled = {
        name: values
        * (of_russia if name.startswith("russia.") and "pessimism" not in name else 1)
        * (of_france if (name.startswith("france.") and "relief" not in name) or name.endswith(money) else 1)
        for name, values in crises.items()
    }
    plain, other = (split(each_of, start=pair[0], end=pair[1]) for each_of in (crises, scaled))
    for measure in MEASURES:
        unit = of_france if measure == "france_payoff" else 1
        assert other[measure].parts == pytest.approx(unit * plain[measure].parts, rel=1e-9, abs=1e-9)


def test_scalars_count_as_one_crisis() -> None:
    (p,) = each(random_crises(1, seed=10))
    steps = split(p, start="commit", end="ambiguous")
    assert {step.parts.shape for step in steps.values()} == {(7, 1)}


@pytest.mark.parametrize(("start", "end"), [("bluster", "commit"), ("commit", "bluster")])
def test_an_unknown_stance_is_refused(start: str, end: str) -> None:
    with pytest.raises(ValueError, match="start and end must be one of rule_out, ambiguous, commit; one is 'bluster'"):
        split(random_crises(1, seed=0), start=start, end=end)
