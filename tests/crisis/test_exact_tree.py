"""Are payoffs and rungs those of the tree, exactly? Leaf by leaf in fractions, for 240 random crises of every shape.

Both readings of the worst case, two to four stances, a strike after ruling out, a belief apart from the truth, and
both last moves. Parameters are multiples of 1/256, which floats hold exactly, so that all differences are rounding.

Deliberate breaks that turned these red: relief granted to a France that is not backed; the cost of a backed clash
charged where France folds; the price of an attack charged on misses; doctrines weighed by the belief.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from crisis_tree import each, exactly, france_value, probabilities, random_crises, russia_value, standing
from numpy.typing import NDArray

from sim.crisis.dice import crisis_paths
from sim.crisis.ladder import OUTCOMES, doctrine, equilibrium_ladder
from sim.crisis.parameters import ACTIONS, BASELINE, RECEIVER_TYPES, SENDER_TYPES, Stances
from sim.crisis.payoffs import crisis
from sim.crisis.terms import WorstCase
from sim.games.equilibria import Equilibria
from sim.games.game import Floats

COUNT = 60
"""Crises of each shape."""

SHAPES: list[tuple[Stances, WorstCase, float | None]] = [
    (BASELINE, "type", None),
    (Stances(("rule_out", "commit"), (True, True)), "outcome", None),
    (Stances(("rule_out", "quiet", "ambiguous", "commit"), (True, True, True, True)), "type", 2.5),
    (Stances(("quiet", "rule_out", "open", "ambiguous"), (True, False, True, False)), "outcome", 0.75),
]
SHAPE = pytest.mark.parametrize(("stances", "worst_case", "last_move"), SHAPES)


def crises_of(stances: Stances, count: int = COUNT, *, seed: int) -> dict[str, NDArray[np.float64]]:
    """Draw crises in multiples of 1/256, with a belief of Russia's own."""
    drawn = random_crises(count, seed=seed, stances=stances, belief=True)
    return {name: np.round(256 * values) / 256 for name, values in drawn.items()}


def test_there_are_240_of_them() -> None:
    assert COUNT * len(SHAPES) == 240
    assert {len(stances.names) for stances, *_ in SHAPES} == {2, 3, 4}


@SHAPE
def test_payoffs_are_those_of_the_leaves(stances: Stances, worst_case: WorstCase, last_move: float | None) -> None:
    crises = crises_of(stances, seed=40)
    game, after = crisis(crises, worst_case=worst_case, stances=stances, last_move=last_move)
    how = {"struck": stances.struck, "last_move": last_move}
    np.testing.assert_array_equal(game.prior[:, 1], crises["belief.resolute"])
    assert game.available.tolist() == [[True, name in stances.struck] for name in stances.names]
    for n, floats in enumerate(each(crises)):
        p = exactly(floats)
        for m, stance in enumerate(stances.names):
            for t, france in enumerate(SENDER_TYPES):
                if stance in stances.struck:
                    assert after.stands[n, t, m] == bool(standing(p, stance, france))
                    assert after.standing[n, t, m] == pytest.approx(standing(p, stance, france, last_move), rel=1e-12)
                for a, action in enumerate(ACTIONS):
                    if not game.available[m, a]:
                        continue
                    value = france_value(p, stance, france, action, **how)  # type: ignore[arg-type]
                    assert game.sender[n, t, m, a] == pytest.approx(float(value), rel=1e-12, abs=1e-12)
                    for k, russia in enumerate(RECEIVER_TYPES):
                        value = russia_value(p, stance, russia, action, belief=t, worst_case=worst_case, **how)  # type: ignore[arg-type]
                        assert game.receiver[n, k, t, m, a] == pytest.approx(float(value), rel=1e-12, abs=1e-12)


@SHAPE
def test_doctrines_are_those_of_the_leaves(stances: Stances, worst_case: WorstCase, last_move: float | None) -> None:
    crises, how = crises_of(stances, 30, seed=41), {"struck": stances.struck, "last_move": last_move}
    game, after = crisis(crises, worst_case=worst_case, stances=stances, last_move=last_move)
    for m, stance in enumerate(stances.names):
        ladder, strikes = doctrine(game, after, stance, stances)
        strategy = np.tile(np.eye(len(stances.names))[m], (2, 1))
        for n, floats in enumerate(each(crises)):
            p = exactly(floats)
            hold, strike = (
                [
                    russia_value(p, stance, k, a, belief=p["belief.resolute"], worst_case=worst_case, **how)  # type: ignore[arg-type]
                    for k in RECEIVER_TYPES
                ]
                for a in ACTIONS
            )
            wanted = [stance in stances.struck and more > less for more, less in zip(strike, hold, strict=True)]
            assert strikes[n].tolist() == wanted
            response = np.zeros((2, len(stances.names), 2))
            response[:, :, 0] = 1
            response[np.flatnonzero(wanted), m] = [0, 1]
            told = probabilities(p, strategy, response, stances=stances, last_move=last_move)
            for name, chance in told.items():
                assert ladder.outcomes[name][n] == pytest.approx(chance, rel=1e-12, abs=1e-12)


def any_play(stances: Stances, rows: int, *, seed: int) -> tuple[Floats, Floats]:
    """Draw mixed strategies and responses; nobody strikes where there is no target."""
    rng, count = np.random.default_rng(seed), len(stances.names)
    strategy, response = rng.dirichlet(np.ones(count), (rows, 2)), rng.dirichlet(np.ones(2), (rows, 2, count))
    response[:, :, ~np.array(stances.targets)] = [1, 0]
    return strategy, response


def rows_of(strategy: Floats, response: Floats) -> Equilibria:
    """Dress any play as rows of equilibria, one a game."""
    count, _, signals = strategy.shape
    return Equilibria(
        game=np.arange(count),
        family=np.full(count, "both_mix"),
        strategy=strategy,
        belief=np.full((count, signals, 2), 0.5),
        response=response,
        sender_value=np.zeros((count, 2)),
        degenerate=np.zeros(count, dtype=bool),
    )


@SHAPE
def test_mixed_play_climbs_the_rungs_of_the_leaves(
    stances: Stances, worst_case: WorstCase, last_move: float | None
) -> None:
    crises, play = crises_of(stances, 20, seed=42), any_play(stances, 20, seed=43)
    game, after = crisis(crises, worst_case=worst_case, stances=stances, last_move=last_move)
    ladder = equilibrium_ladder(game, after, rows_of(*play))
    for n, floats in enumerate(each(crises)):
        p = exactly(floats)
        for m in range(len(stances.names)):
            told = probabilities(p, play[0][n], play[1][n], m, stances=stances, last_move=last_move)
            for name, chance in told.items():
                assert ladder.by_signal[name][n, m] == pytest.approx(chance, rel=1e-12, abs=1e-12)


@SHAPE
def test_dice_agree(stances: Stances, worst_case: WorstCase, last_move: float | None) -> None:
    crises, count = each(crises_of(stances, 1, seed=44))[0], 400_000
    crises |= {"france.fight_cost.resolute": 0.25, "france.war_cost.resolute": 0.5, "france.humiliation": 1.0}
    crises |= {"france.fight_cost.bluffing": 9.0, "france.war_cost.bluffing": 12.0}  # one type stands, one folds
    strategy, response = any_play(stances, 1, seed=45)
    game, after = crisis(crises, worst_case=worst_case, stances=stances, last_move=last_move)
    exact = equilibrium_ladder(game, after, rows_of(strategy, response)).outcomes
    sends, strikes = (np.broadcast_to(play, (count, *play.shape[1:])) for play in (strategy, response))
    rng = np.random.default_rng(46)
    story = crisis_paths(crises, sends, strikes, rng, stances=stances, last_move=last_move)
    names = dict(zip(OUTCOMES, OUTCOMES, strict=True)) | {"casualties": "hit", "retaliation": "stands"}
    for outcome, key in names.items():
        chance = float(exact[outcome][0])
        assert chance > 0
        assert abs(story[key].mean() - chance) < 4.5 * math.sqrt(chance * (1 - chance) / count), outcome
    assert abs(story["resolute"].mean() - crises["prior.resolute"]) < 4.5 * 0.5 / math.sqrt(count)
