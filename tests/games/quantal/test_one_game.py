"""Does a game alone have the logit equilibrium that it has among others, which end sooner or later?"""

from __future__ import annotations

import numpy as np
import pytest

from sim.games.game import SignallingGame
from sim.games.quantal.response import quantal_response


@pytest.mark.parametrize("signals", [1, 2, 3, 4])
def test_a_game_alone_is_answered_as_among_others(signals: int) -> None:
    rng = np.random.default_rng(signals)
    size = rng.uniform(0, 20, (24, 1, 1, 1, 1))
    size[0] = 0.0  # nothing at stake: at its goal from the start
    sender, receiver = size * rng.normal(size=(2, 24, 2, 2, signals, 2))
    games = SignallingGame(np.full((24, 2), 0.5), sender, receiver, np.full((24, 2), 0.5))
    together = quantal_response(games, 3.0)
    for i in range(24):
        alone = quantal_response(games.take([i]), 3.0)
        assert (alone.status[0], alone.folds[0]) == (together.status[i], together.folds[i])
        for name in ("strategy", "belief", "response", "rationality"):
            assert getattr(alone, name)[0] == pytest.approx(getattr(together, name)[i], abs=1e-9)
