"""Do many linear programs at once have the answers that each has alone, and is the most even strategy the inner one?

Deliberate breaks that turned a test red: the columns of the second block beside those of the first; a half with an
empty polytope passed over whole; even play taken though the beliefs that it leaves lie outside their cells.
"""

from __future__ import annotations

import numpy as np
import pytest
from random_games import Shape, tied_games

from sim.games.closed_form.envelope import TIE
from sim.games.ties.enumeration import inner_strategies
from sim.games.ties.plans import plans, sender_payoffs, strategies
from sim.games.ties.polytope import Polytope, inner_points, least, least_of_each


def random_polytope(rng: np.random.Generator, numbers: int) -> Polytope:
    """Return shares that sum to one, between random bounds; some have no point."""
    high = rng.uniform(0.1, 0.6, numbers)
    above = rng.normal(size=(rng.integers(0, 3), numbers))
    return Polytope(np.ones((1, numbers)), np.ones(1), above, np.zeros(numbers), high)


@pytest.mark.parametrize("count", [1, 2, 15, 16, 17, 100])
def test_each_of_many_polytopes_has_the_least_values_that_it_has_alone(count: int) -> None:
    rng, goals = np.random.default_rng(count), np.random.default_rng(0).normal(size=(3, 4))
    many = [random_polytope(rng, 4) for _ in range(count)]
    alone = [least(polytope, goals) for polytope in many]
    assert count < 15 or 0 < sum(each is None for each in alone) < count
    for polytope, one, found in zip(many, alone, least_of_each(many, goals), strict=True):
        assert (one is None) == (found is None)
        if one is not None and found is not None:
            assert (found * goals).sum(axis=1) == pytest.approx((one * goals).sum(axis=1), abs=1e-9)
            assert np.all(found @ polytope.above.T >= -1e-9)


def test_no_strategy_of_a_plan_has_a_larger_smallest_probability_than_the_inner_one() -> None:
    even = 0
    for number in range(20):
        game = tied_games(1, Shape(3, 2, 2), seed=number).flat()
        every = list(plans(game, sender_payoffs(game).weighted))
        for plan, found in zip(every, inner_strategies(every, game.prior[0]), strict=True):
            allowed, sends = strategies(plan, game.prior[0]), plan.sends.T
            (best,) = inner_points([allowed], [sends.ravel()])
            if best is None or best[1] <= TIE:
                assert found is None
                continue
            assert found is not None
            assert found[sends].min() == pytest.approx(best[1], abs=1e-9)
            assert np.all(allowed.above @ found.ravel() >= -1e-9)
            even += len(allowed.above) > 0 and len({*found[0][sends[0]]}) == len({*found[1][sends[1]]}) == 1
    assert even > 0
