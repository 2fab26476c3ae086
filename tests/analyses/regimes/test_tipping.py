"""Is the nearest border found on either side, and not one behind it? Steps and slopes at known places.

Deliberate breaks that turned a test red: an interpolated border counted from its far side; the search towards lower
values begun at the upper end.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sim.analyses.regimes.axes import Axis, exact_tippings, line_places, smooth_tippings
from sim.analyses.regimes.borders import Labels
from sim.analyses.regimes.kinds import regime_of
from sim.games.game import Floats

AXIS = Axis("signal.commit.stance_value", -1.0, 3.0, False, 1.0)


def told(tip: object) -> tuple[object, ...]:
    """Return a tipping without its parameter, the regime as it is told."""
    found = vars(tip)
    return found["direction"], found["at"], found["regime"] and found["regime"].name


@given(st.lists(st.floats(0.02, 0.98), min_size=1, max_size=4, unique=True))
def test_the_nearest_of_several_steps_is_found_on_each_side(steps: list[float]) -> None:
    edges = np.sort(steps)
    assume(np.abs(edges - 0.5).min() > 0.01 and np.diff(edges).min(initial=1) > 0.01)  # places are nearer to each other

    def codes(places: Floats) -> Labels:
        return np.searchsorted(edges, places).astype(np.int64)

    lower, higher = exact_tippings(AXIS, 201, codes)
    below, above = edges[edges < 0.5], edges[edges > 0.5]
    assert lower.at == (pytest.approx(AXIS.value(below[-1:])[0], abs=1e-6) if below.size else None)
    assert higher.at == (pytest.approx(AXIS.value(above[:1])[0], abs=1e-6) if above.size else None)
    assert lower.regime == (regime_of(below.size - 1) if below.size else None)
    assert higher.regime == (regime_of(below.size + 1) if above.size else None)


def test_a_smooth_border_is_where_two_straight_scores_cross() -> None:
    places = line_places(AXIS, 6)
    rising, falling = places - 0.83, 0.21 - places
    scores = np.stack([np.zeros_like(places), rising, falling])
    lower, higher = smooth_tippings(AXIS, 6, np.array([5, 6, 7]), scores)
    assert told(lower) == ("lower", pytest.approx(-1 + 4 * 0.21), regime_of(7).name)
    assert told(higher) == ("higher", pytest.approx(-1 + 4 * 0.83), regime_of(6).name)


def test_without_a_border_or_a_baseline_nothing_tips() -> None:
    flat = list(smooth_tippings(AXIS, 4, np.array([5]), np.ones((1, 5))))
    assert [(tip.direction, tip.at, tip.regime) for tip in flat] == [("lower", None, None), ("higher", None, None)]
    off = Axis("france.war_cost.resolute", 2.0, 3.0, True, 0.0)
    assert line_places(off, 3).tolist() == [0, 0.5, 1]
    assert list(smooth_tippings(off, 3, np.array([5, 6]), np.array([[1.0, 1, 0], [0.0, 0, 1]]))) == []
