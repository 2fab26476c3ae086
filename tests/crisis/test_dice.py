"""Do dice agree with the exact figures? A million crises, each outcome within four standard errors.

Deliberate breaks that turned these red: rolling for war as if France stood alone, also where allies back it; standing
at a tie; no relief by backing.
"""

from __future__ import annotations

import numpy as np
import pytest
from crisis_tree import each, random_crises
from numpy.typing import NDArray

from sim.crisis.dice import crisis_paths
from sim.crisis.ladder import OUTCOMES, Ladder, doctrine, equilibrium_ladder
from sim.crisis.parameters import SENDER_TYPES, STANCES
from sim.crisis.payoffs import chances, crisis
from sim.games.equilibria import Equilibria
from sim.games.game import Floats

Story = dict[str, NDArray[np.bool_] | NDArray[np.intp]]

CRISES = 1_000_000
FRANCE = {"france.humiliation": 1.0, "france.fight_cost.resolute": 0.1, "france.fight_cost.bluffing": 6.0}
FRANCE |= {"france.war_cost.resolute": 1.5, "signal.ambiguous.audience_cost": 0.1, "signal.commit.audience_cost": 0.3}
RUSSIA = {"russia.humiliation_gain": 9.0, "russia.war_cost.opportunist": 0.5, "russia.war_cost.cautious": 90.0}
RUSSIA |= {"russia.pessimism.cautious": 0.9, "russia.pessimism.opportunist": 0.1}
CHANCE = {"escalation.war_if_alone": 0.2, "escalation.war_if_backed": 0.6, "escalation.nuclear_if_war": 0.3}


def eventful(seed: int) -> dict[str, float]:
    """Make a crisis in which every rung can be reached: only the resolute type stands, only the opportunist strikes."""
    return each(random_crises(1, seed=seed))[0] | FRANCE | RUSSIA | CHANCE


def misses(story: Story, exact: dict[str, float]) -> list[str]:
    """Return the outcomes whose frequency is more than four standard errors away."""
    names = dict.fromkeys(OUTCOMES, "") | {"casualties": "hit", "retaliation": "stands"}
    wrong = []
    for outcome, key in names.items():
        error = np.sqrt(exact[outcome] * (1 - exact[outcome]) / CRISES)
        if abs(np.mean(story[key or outcome].astype(float)) - exact[outcome]) > 4 * error:
            wrong.append(outcome)
    return wrong


def roll(p: dict[str, float], strategy: Floats, response: Floats, seed: int) -> Story:
    play = np.broadcast_to(strategy, (CRISES, 2, 3)), np.broadcast_to(response, (CRISES, 2, 3, 2))
    return crisis_paths(p, *play, np.random.default_rng(seed))


def values(ladder: Ladder) -> dict[str, float]:
    return {name: float(array[0]) for name, array in ladder.outcomes.items()}


@pytest.mark.parametrize("stance", ["ambiguous", "commit"])
def test_dice_agree_with_a_doctrine(stance: str) -> None:
    p = eventful(30)
    ladder, strikes = doctrine(*crisis(p), stance)
    exact = values(ladder)
    assert min(exact.values()) > 0
    response = np.stack([~strikes[0], strikes[0]], axis=-1)[:, None].astype(float)
    strategy = np.eye(3)[STANCES.index(stance)]
    story = roll(p, strategy, response, seed=0)
    assert misses(story, exact) == []
    for outcome in OUTCOMES:  # the comparison has teeth: a relative error of a tenth would be seen
        assert outcome in misses(story, exact | {outcome: 1.1 * exact[outcome]})


def mixed_play(p: dict[str, float]) -> tuple[Floats, Floats, Ladder]:
    """Return arbitrary mixed strategies and responses and their exact ladder."""
    strategy = np.array([[0.5, 0.3, 0.2], [0.1, 0.3, 0.6]])
    strike = np.array([[0.0, 0.2, 0.1], [0.0, 0.9, 0.7]])
    response = np.stack([1 - strike, strike], axis=-1)
    play = Equilibria(
        game=np.zeros(1, dtype=np.intp),
        family=np.array(["both_mix"]),
        strategy=strategy[None],
        belief=np.full((1, 3, 2), 0.5),
        response=response[None],
        sender_value=np.zeros((1, 2)),
        degenerate=np.zeros(1, dtype=bool),
    )
    return strategy, response, equilibrium_ladder(*crisis(p), play)


def test_dice_agree_with_mixed_play_by_signal_too() -> None:
    p = eventful(31)
    strategy, response, ladder = mixed_play(p)
    story = roll(p, strategy, response, seed=1)
    assert misses(story, values(ladder)) == []
    for m in range(3):
        sent = story["signal"] == m
        assert abs(sent.mean() - ladder.sent[0, m]) < 4 * np.sqrt(0.25 / CRISES)
        after: Story = {key: array & sent for key, array in story.items() if array.dtype == bool}
        assert misses(after, {name: float(array[0, m]) for name, array in ladder.by_signal.items()}) == []


def test_every_row_is_a_story_without_contradiction() -> None:
    crises = random_crises(20_000, seed=32)
    rng = np.random.default_rng(33)
    strategy, response = rng.dirichlet(np.ones(3), (20_000, 2)), rng.dirichlet(np.ones(2), (20_000, 2, 3))
    response[:, :, 0] = [1, 0]
    story = crisis_paths(crises, strategy, response, rng)
    for later, earlier in (("hit", "strike"), ("hit", "present"), ("stands", "hit"), ("backed", "hit")):
        assert np.all(story[later] <= story[earlier])
    for rung, event in enumerate(("strike", "hit", "stands", "war", "nuclear"), 1):
        assert np.array_equal(story["rung"] >= rung, story[event])
    assert set(np.unique(story["rung"])) == set(range(6))
    assert np.array_equal(story["backdown"], story["hit"] & ~story["stands"])
    assert np.array_equal(story["abandonment"], story["hit"] & ~story["backed"])
    assert not np.any(story["strike"][story["signal"] == 0])


def test_the_same_seed_rolls_the_same_story_and_seed_zero_is_a_seed() -> None:
    p, play = eventful(34), (np.full((500, 2, 3), 1 / 3), np.full((500, 2, 3, 2), 0.5))
    first, again, other = (crisis_paths(p, *play, np.random.default_rng(seed)) for seed in (0, 0, 1))
    assert all(np.array_equal(first[key], again[key]) for key in first)
    assert not all(np.array_equal(first[key], other[key]) for key in first)


def test_whether_france_stands_is_what_the_exact_tree_says_crisis_by_crisis() -> None:
    crises = random_crises(20_000, seed=36)
    play = np.full((20_000, 2, 3), 1 / 3), np.broadcast_to([[1.0, 0.0], [0.0, 1.0], [0.0, 1.0]], (20_000, 2, 3, 2))
    story = crisis_paths(crises, *play, np.random.default_rng(37))
    (rows,) = np.nonzero(story["hit"])
    exact = chances(crises).stands[rows, story["resolute"][rows].astype(int), story["signal"][rows]]
    assert 0.05 < exact.mean() < 0.95
    assert np.array_equal(story["stands"][rows], exact)


def test_a_france_to_whom_both_are_worth_the_same_folds_by_the_dice_too() -> None:
    alike = dict.fromkeys([f"france.{cost}_cost.{kind}" for cost in ("fight", "war") for kind in SENDER_TYPES], 1.5)
    sure = {"signal.commit.audience_cost": 0.5, "signal.commit.deployment": 1.0, "signal.commit.pinpoint": 1.0}
    p = eventful(38) | alike | sure | {"france.humiliation": 1.0, "france.backing_relief": 0.0}
    play = np.broadcast_to([0.0, 0.0, 1.0], (200, 2, 3)), np.broadcast_to([0.0, 1.0], (200, 2, 3, 2))
    story = crisis_paths(p, *play, np.random.default_rng(0))
    assert story["hit"].all()
    assert not story["stands"].any()


@pytest.mark.parametrize("chance", [0.0, 1.0])
def test_certain_chances_leave_nothing_to_the_dice(chance: float) -> None:
    names = ("prior.resolute", "prior.opportunist", "signal.commit.deployment", "signal.commit.pinpoint")
    p = eventful(35) | dict.fromkeys(names, chance)
    commit, strike = np.broadcast_to([0.0, 0.0, 1.0], (200, 2, 3)), np.broadcast_to([0.0, 1.0], (200, 2, 3, 2))
    story = crisis_paths(p, commit, strike, np.random.default_rng(0))
    for key in ("resolute", "opportunist", "present", "hit"):
        assert np.all(story[key] == bool(chance))
    assert np.all(story["signal"] == 2)


def test_vectors_of_another_length_are_refused() -> None:
    play = (np.full((3, 2, 3), 1 / 3), np.full((3, 2, 3, 2), 0.5))
    with pytest.raises(ValueError, match="parameters must be scalars or have one value per row, 3; they have 2"):
        crisis_paths(random_crises(2, seed=0), *play, np.random.default_rng(0))
