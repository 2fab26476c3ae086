"""Sobol' points: those of SciPy bit for bit, any stretch of them alone.

Deliberate break that turned a test red: the recurrence of the direction numbers without the shift of its last term.
"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import qmc

from sim.draws.sobol import BITS, Scrambling, direction_columns, scrambling


@pytest.mark.parametrize("dimensions", [1, 2, 35, 256])
@pytest.mark.parametrize("seed", [0, 1])
def test_the_points_are_those_of_scipy(dimensions: int, seed: int) -> None:
    # SciPy scrambles with a child of the generator it is given
    ours = scrambling(dimensions, np.random.default_rng(seed).spawn(1)[0])
    theirs = qmc.Sobol(dimensions, scramble=True, rng=np.random.default_rng(seed))
    for start in (0, 64, 128):
        assert np.array_equal(ours.points(start, 64), theirs.random(64).T)


def test_the_first_unscrambled_points_are_the_published_ones() -> None:
    # Bratley and Fox (1988), "Algorithm 659", ACM TOMS 14(1): van der Corput's sequence in Gray code, and the second
    plain = Scrambling(direction_columns(2), np.zeros(2, dtype=np.uint32))
    assert plain.points(0, 8)[0].tolist() == [0, 0.5, 0.75, 0.25, 0.375, 0.875, 0.625, 0.125]
    assert plain.points(0, 8)[1].tolist() == [0, 0.5, 0.25, 0.75, 0.375, 0.875, 0.125, 0.625]


@given(st.integers(0, 12), st.integers(0, 40), st.integers(0, 9))
def test_a_stretch_is_the_same_alone_and_in_a_longer_one(power: int, number: int, seed: int) -> None:
    points = scrambling(3, np.random.default_rng(seed))
    size = 2**power
    long = points.points(number // 2 * 2 * size, 2 * size)
    half = number % 2
    assert np.array_equal(points.points(number * size, size), long[:, half * size : (half + 1) * size])


@given(st.integers(0, 10), st.integers(0, 5))
def test_every_cell_of_a_dimension_holds_one_point(power: int, seed: int) -> None:
    size = 2**power
    points = scrambling(5, np.random.default_rng(seed)).points(3 * size, size)
    cells = np.sort(np.floor(points * size), axis=1)
    assert np.array_equal(cells, np.broadcast_to(np.arange(size), cells.shape))


def test_the_last_stretch_is_there_and_none_beyond() -> None:
    points = scrambling(2, np.random.default_rng(0))
    assert points.points(2**BITS - 4, 4).shape == (2, 4)
    with pytest.raises(ValueError, match="start 1073741824 has size 4"):
        points.points(2**BITS, 4)


@pytest.mark.parametrize(("start", "size"), [(0, 3), (2, 4), (-4, 4), (0, 0)])
def test_other_stretches_are_refused(start: int, size: int) -> None:
    with pytest.raises(ValueError, match=f"start {start} has size {size}"):
        scrambling(2, np.random.default_rng(0)).points(start, size)


@pytest.mark.parametrize("dimensions", [0, 257])
def test_dimensions_beyond_the_table_are_refused(dimensions: int) -> None:
    with pytest.raises(ValueError, match=rf"dimensions must lie in \[1, 256\]; it is {dimensions}"):
        direction_columns(dimensions)
