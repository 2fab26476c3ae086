"""Are two actions, whose payoff lines cross once at most, the case of three of which one is never best?

Deliberate break that turned these red: the second action taken to begin where both tie and the first is steeper.
"""

from __future__ import annotations

import numpy as np
import pytest

from sim.games.closed_form.response_path import response_paths
from sim.games.game import SignallingGame

GAMES = 2_000


@pytest.mark.parametrize("receivers", [1, 2])
@pytest.mark.parametrize("whole", [False, True])
def test_an_action_that_is_never_best_leaves_the_path_of_the_other_two(receivers: int, *, whole: bool) -> None:
    rng = np.random.default_rng([receivers, whole])
    sender, receiver = rng.normal(size=(2, GAMES, receivers, 2, 2, 2))
    if whole:  # ties at a belief of 0, at one of 1, at both
        sender, receiver = np.round(sender), np.round(receiver)
    prior = np.full((GAMES, 2), 0.5)
    weight = np.full((GAMES, receivers), 1 / receivers)
    worse = np.concatenate([receiver, receiver.min(axis=-1, keepdims=True) - 1], axis=-1)
    never = np.concatenate([sender, sender[..., :1]], axis=-1)
    two = response_paths(SignallingGame(prior, sender, receiver, weight))
    three = response_paths(SignallingGame(prior, never, worse, weight))
    assert two.together is None
    for path, wider in zip(two.signals, three.signals, strict=True):
        edges = receivers
        assert path.edges == edges
        assert wider.edges == 2 * edges
        np.testing.assert_array_equal(wider.belief[:edges], path.belief)
        assert np.all(np.isinf(wider.belief[edges:]))
        np.testing.assert_array_equal(wider.value[: edges + 1], path.value)
        np.testing.assert_array_equal(wider.action[:, : edges + 1], path.action)
        np.testing.assert_array_equal(wider.tied, path.tied)
        np.testing.assert_array_equal(wider.hard, path.hard)
        assert 0 < np.isfinite(path.belief).mean() < 1
        assert path.tied.any() == whole
