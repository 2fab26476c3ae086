"""Are regions cut where their borders are? Half-planes with known areas, random labels, and lines that can be followed.

Deliberate breaks that turned a test red: crossings on the upper side of a cell taken from its lower side; the share
between two nodes counted from the far one; what an edge is told read one place too far along it.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analyses.regimes.borders import HALVINGS, Asked, Labels, bisected, interpolated, lines, tiles
from sim.games.game import Floats


def grid(asked: Asked, size: int) -> Labels:
    """Return what is said at the nodes."""
    places = np.linspace(0, 1, size)
    return asked(np.tile(places, size), np.repeat(places, size)).reshape(size, size)


def areas(pieces: list[tuple[int, float]]) -> dict[int, float]:
    """Add up the areas by label."""
    return {label: sum(area for mine, area in pieces if mine == label) for label, _ in pieces}


def half_plane(u: Floats, v: Floats) -> Labels:
    """Say on which side of u + 2 v = 1.2 a place lies; below it there is the area 0.35."""
    return (u + 2 * v > 1.2).astype(np.int64)


@pytest.mark.parametrize("size", [2, 3, 10])
@pytest.mark.parametrize("longest", [None, 1, 3])
def test_a_straight_border_is_found_and_cuts_exact_areas_whatever_the_grid(size: int, longest: int | None) -> None:
    borders = bisected(grid(half_plane, size), half_plane)
    found = areas([(tile.label, tile.area) for tile in tiles(borders, longest=longest)])
    assert found == pytest.approx({0: 0.35, 1: 0.65}, abs=1e-6)


def test_the_border_of_two_smooth_scores_is_where_they_are_equal() -> None:
    places = np.linspace(0, 1, 6)
    score = places[None, :] + 2 * places[:, None] - 1.2
    smooth, exact = interpolated(np.stack([-score, score])), bisected(grid(half_plane, 6), half_plane)
    np.testing.assert_array_equal(smooth.labels, exact.labels)
    np.testing.assert_allclose(smooth.across, exact.across, atol=1e-6)
    np.testing.assert_allclose(smooth.up, exact.up, atol=1e-6)


def test_three_regions_meet_in_one_cell() -> None:
    def sectors(u: Floats, v: Floats) -> Labels:
        return np.where(v > 0.55, 2, u > 0.35).astype(np.int64)

    found = areas([(tile.label, tile.area) for tile in tiles(bisected(grid(sectors, 21), sectors))])
    assert found == pytest.approx({0: 0.55 * 0.35, 1: 0.55 * 0.65, 2: 0.45}, abs=2e-3)


def test_a_line_runs_along_the_border_from_rim_to_rim() -> None:
    (line,) = lines(bisected(grid(half_plane, 12), half_plane))
    ends = sorted([line[0], line[-1]])
    assert np.array(ends) == pytest.approx(np.array([(0.0, 0.6), (1.0, 0.1)]), abs=1e-6)
    assert [u + 2 * v for u, v in line] == pytest.approx([1.2] * len(line), abs=1e-6)
    steps = np.diff(np.array(sorted(line)), axis=0)
    assert np.all(steps[:, 0] > 0)
    assert np.hypot(*steps.T).max() < 2 / 11


def test_a_line_round_an_island_closes() -> None:
    def island(u: Floats, v: Floats) -> Labels:
        return ((u - 0.5) ** 2 + (v - 0.5) ** 2 < 0.09).astype(np.int64)

    borders = bisected(grid(island, 40), island)
    (line,) = lines(borders)
    assert line[0] == line[-1]
    found = areas([(tile.label, tile.area) for tile in tiles(borders)])
    assert found[1] == pytest.approx(np.pi * 0.09, rel=2e-3)


def test_one_region_has_no_border() -> None:
    def same(u: Floats, v: Floats) -> Labels:
        return np.zeros(len(u), dtype=np.int64)

    borders = bisected(grid(same, 4), same)
    assert lines(borders) == []
    assert np.isnan(borders.across).all()
    assert [(tile.label, round(tile.area, 12)) for tile in tiles(borders)] == [(0, round(1 / 3, 12))] * 3


@given(st.integers(0, 2**32 - 1), st.integers(2, 7), st.integers(1, 4))
def test_whatever_the_labels_the_pieces_cover_the_map_once(seed: int, size: int, regions: int) -> None:
    labels = np.random.default_rng(seed).integers(0, regions, (size, size))

    def nearest(u: Floats, v: Floats) -> Labels:
        return np.asarray(labels[np.rint(v * (size - 1)).astype(int), np.rint(u * (size - 1)).astype(int)])

    borders = bisected(labels, nearest)
    assert sum(tile.area for tile in tiles(borders)) == pytest.approx(1)
    for crossings, neighbours in (
        (borders.across, (labels[:, 1:], labels[:, :-1])),
        (borders.up, (labels[1:], labels[:-1])),
    ):
        np.testing.assert_array_equal(~np.isnan(crossings), neighbours[0] != neighbours[1])


@pytest.mark.parametrize(("size", "edges"), [(3, (1, 101)), (12, (101, 1001)), (40, (1001, 10000))])
def test_however_many_halvings_are_asked_about_at_once_an_edge_ends_where_they_lead_one_by_one(
    size: int, edges: tuple[int, int]
) -> None:
    def stripes(u: Floats, v: Floats) -> Labels:  # several borders on an edge
        return np.floor(37 * u + 53 * v).astype(np.int64) % 3

    borders = bisected(grid(stripes, size), stripes)
    places, crossings = np.linspace(0, 1, size), np.argwhere(~np.isnan(borders.across))
    assert len(crossings) + (~np.isnan(borders.up)).sum() in range(*edges)
    for line, start in crossings[:: len(crossings) // 20 + 1]:
        near, far, still = places[start], places[start + 1], places[[line]]
        for _ in range(HALVINGS):
            middle = (near + far) / 2
            same = stripes(np.array([middle]), still)[0] == borders.labels[line, start]
            near, far = (middle, far) if same else (near, middle)
        assert borders.across[line, start] == (near + far) / 2


@given(st.integers(0, 2**32 - 1))
def test_turning_the_map_turns_its_borders(seed: int) -> None:
    scores = np.random.default_rng(seed).random((3, 4, 5))
    straight, turned = interpolated(scores), interpolated(scores.swapaxes(1, 2))
    np.testing.assert_array_equal(straight.labels, turned.labels.T)
    np.testing.assert_allclose(straight.across, turned.up.T)
    np.testing.assert_allclose(straight.up, turned.across.T)
