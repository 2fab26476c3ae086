"""When does an unsent signal deter? Places on paths made by hand, and games in which a gain is the tolerance itself.

Deliberate breaks that turned these red: a gain of just the tolerance tempts, at a vertex or by the response that all
are sure of; the last edge that deters in place of the first; the first vertex preferred to the response to the prior.
"""

from __future__ import annotations

import numpy as np
import pytest

from sim.games.closed_form.deterrence import deterring_place
from sim.games.closed_form.perfect_bayesian import perfect_bayesian
from sim.games.closed_form.response_path import response_paths
from sim.games.game import Floats, SignallingGame

NONE = (None, None)


def place_on(breaks: list[float], value: list[tuple[float, float]], *, prior: float = 0.5) -> tuple[float | None, ...]:
    """Return place and belief that deter types who get 0 without the signal; None where there are none."""
    path = np.array(breaks)[:, None], np.array(value, dtype=np.float64)[:, :, None]
    found = deterring_place(*path, np.array([prior]), target=np.zeros((2, 1)))
    return tuple(None if np.isnan(each[0]) else float(each[0]) for each in found)


def test_the_response_to_the_prior_comes_first_then_the_first_vertex_then_the_first_edge() -> None:
    breaks = [0.25, 0.75]
    assert place_on(breaks, [(-1, -1), (-1, -1), (-1, -1)]) == (1, 0.5)
    assert place_on(breaks, [(-1, -1), (-1, -1), (-1, -1)], prior=0.25) == (0, 0.25)  # at a break: the one before
    assert place_on(breaks, [(-1, -1), (1, -1), (-1, -1)]) == (0, 0.125)
    assert place_on(breaks, [(1, -1), (-1, 1), (-1, -1)]) == (2, 0.875)
    assert place_on(breaks, [(1, -2), (-2, 1), (1, -2)]) == (0.5, 0.25)
    assert place_on(breaks, [(1, 1), (1, -1), (-2, 0.5)]) == (1 + (1 / 3 + 2 / 3) / 2, 0.75)
    assert place_on(breaks, [(1, -1), (2, 2), (-1, 1)]) == NONE
    assert place_on(breaks, [(1, -1), (-0.25, 3), (-1, 4)]) == NONE  # one is tempted until after the other is


def test_a_type_that_would_be_as_well_off_is_deterred() -> None:
    assert place_on([], [(0, 0)]) == (0, 0.5)
    assert place_on([0.25], [(1, 1), (0, 0)]) == (1, 0.5)
    assert place_on([0.25], [(0, -1), (1, 1)]) == (0, 0.125)
    assert place_on([0.25], [(1, -1), (-1, 1)]) == (0.5, 0.25)  # a single weight deters both
    above = float(np.nextafter(0, 1))
    assert place_on([], [(above, 0)]) == place_on([], [(0, above)]) == NONE


@pytest.mark.parametrize("games", [1, 40])
@pytest.mark.parametrize("more", [0.0, 1e-15])
def test_a_gain_of_just_the_tolerance_upsets_no_equilibrium(games: int, more: float) -> None:
    # The first signal is worth 1/2, the second to type 0 by the tolerance more, the third is there for the scale.
    tolerance = float(response_paths(_three_signals(0.5, 1).flat()).tolerance[0])
    found = perfect_bayesian(_three_signals(0.5 + tolerance + more, games))
    pooled = (found.strategy[:, :, 0] == 1).all(axis=1)
    assert pooled.sum() == (0 if more else games)


def _three_signals(second: float, games: int) -> SignallingGame:
    """Return games whose receiver prefers the first action; what a signal is worth is what it brings then."""
    sender = np.zeros((games, 2, 3, 2))
    sender[:, :, 0] = 0.5
    sender[:, 0, 1] = second
    sender[:, :, 2, 1] = 1.0
    receiver: Floats = np.broadcast_to([1.0, 0.0], sender.shape)
    return SignallingGame(np.full((games, 2), 0.5), sender, receiver)
