"""Does the regime map show what was found, and can it be read from the back row? Regions, labels, files.

Deliberate breaks that turned a test red: pieces of one region given to the next; the baseline drawn with its axes
swapped; labels placed without regard to the baseline; labels on break-even lines, not beside them.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from functools import cache
from itertools import combinations

import numpy as np
import pytest
from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text

import sim
from sim.analyses.regimes.axes import Axis, axis_of
from sim.analyses.regimes.figure import faded, figures, tint
from sim.analyses.regimes.figure_marks import contour_levels
from sim.analyses.regimes.many_points import Question
from sim.analyses.regimes.placing import RASTER, fits, innermost, raster, roomiest, without
from sim.analyses.regimes.regime_map import RegimeMap
from sim.analyses.regimes.words import france_of, map_provenance, regimes_finding, russia_of
from sim.crisis.parameters import label
from sim.crisis.play import Play
from sim.drawing.saving import files_of
from sim.telling.english import upper
from sim.telling.names import figure_speaker

SCENARIO = sim.load_scenario("macron-2024")
CHEAP = SCENARIO.override({"russia.attack_cost": 0.0, "russia.division_gain": 2.0})
"""A crisis in which Russia strikes at the baseline."""


@pytest.fixture(autouse=True)
def _own_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make no maps of the other readings, at which these tests do not look: `test_maps_in_other_readings` does."""
    monkeypatch.setattr("sim.analyses.regimes.analysis.READINGS", ())


@cache
def maps() -> dict[str, RegimeMap]:
    """Return one map of each kind."""

    def pair(x: str, y: str) -> tuple[Axis, Axis]:
        return axis_of(SCENARIO, x), axis_of(SCENARIO, y)

    base = pair("prior.resolute", "signal.commit.stance_value")
    wide = (
        axis_of(SCENARIO, "signal.rule_out.stance_value", (-0.5, 0.3)),
        axis_of(SCENARIO, "signal.ambiguous.stance_value", (-0.4, 0.4)),
    )
    return {
        "base": sim.sweep(SCENARIO, base, grid=40),
        "war": sim.sweep(CHEAP, base, Question(outcome="war"), grid=60),
        "draws": sim.sweep_draws(SCENARIO, base, Question(outcome="war"), grid=6, draws=64, seed=0),
        "all stances": sim.sweep(SCENARIO, wide, grid=60),
        "logarithmic": sim.sweep(
            SCENARIO, pair("russia.attack_cost", "prior.resolute"), Question(doctrine="commit"), grid=60
        ),
        "one regime": sim.sweep(SCENARIO, pair("escalation.nuclear_if_war", "france.fight_cost.bluffing"), grid=5),
        "quantal": sim.sweep(SCENARIO, base, Question(Play("quantal")), grid=20),
    }


KINDS = ("base", "war", "draws", "all stances", "logarithmic", "one regime", "quantal")


@cache
def finished(kind: str) -> tuple[Figure, Axes]:
    """Return a figure with the looks of the package, laid out."""
    with style.context(sim.figures.STYLE):
        figure = Figure(layout="constrained")
        axes = sim.figures.regimes(maps()[kind], ax=figure.add_subplot())
        figure.draw_without_rendering()
    return figure, axes


def written(kind: str) -> list[Text]:
    """Return all text of a figure."""
    return [text for text in finished(kind)[1].findobj(Text) if isinstance(text, Text) and text.get_text()]


def one_line(text: str) -> str:
    """Return a text without line ends."""
    return " ".join(text.split())


@pytest.mark.parametrize("kind", KINDS)
def test_each_node_lies_in_a_polygon_of_its_regime(kind: str) -> None:
    found, axes = maps()[kind], finished(kind)[1]
    regions = {str(c.get_label()): c for c in axes.collections if isinstance(c, PolyCollection)}
    assert list(regions) == [regime.name for regime in found.regimes]
    rows, columns = found.borders.labels.shape
    rng = np.random.default_rng(0)
    for _ in range(5):
        j, i = int(rng.integers(rows)), int(rng.integers(columns))
        u, v = np.clip(i / (columns - 1), 1e-9, 1 - 1e-9), np.clip(j / (rows - 1), 1e-9, 1 - 1e-9)
        at = float(found.x.value(np.array(u))), float(found.y.value(np.array(v)))
        x, y = axes.transData.transform(at).tolist()
        inside = [
            name
            for name, region in regions.items()
            if any(path.transformed(axes.transData).contains_point((x, y), radius=0.01) for path in region.get_paths())
        ]
        assert found.regimes[found.borders.labels[j, i]].name in inside
        assert len(inside) <= 2


@pytest.mark.parametrize("kind", KINDS)
def test_the_figure_says_what_it_finds_what_the_axes_are_and_where_it_comes_from(kind: str) -> None:
    found, axes = maps()[kind], finished(kind)[1]
    said = [one_line(text.get_text()) for text in written(kind)]
    assert one_line(axes.get_title(loc="left")) == figure_speaker({})(one_line(regimes_finding(found)))
    across, up = (upper(figure_speaker({})(label(axis.name))) for axis in (found.x, found.y))
    assert axes.get_xlabel() == f"{across} →"
    assert f"↑ {up}" in said
    assert map_provenance(found) in said
    assert axes.get_xlim() == (found.x.low, found.x.high)
    assert (axes.get_xscale(), axes.get_yscale()) == (
        "log" if found.x.log else "linear",
        "log" if found.y.log else "linear",
    )


@pytest.mark.parametrize("kind", KINDS)
def test_every_region_is_named_in_words_or_the_caption_says_how_many_are_not(kind: str) -> None:
    found, axes = maps()[kind], finished(kind)[1]
    said = figure_speaker({})
    names = [f"{said(france_of(each))} {said(russia_of(each))}" for each in found.regimes]
    inside = [one_line(text.get_text()) for text in axes.texts if text.get_transform() == axes.transAxes]
    named = [name for name in names if any(text.replace(";", "").startswith(name) for text in inside)]
    whole = " ".join(one_line(text.get_text()) for text in written(kind))
    left_out = re.search(r"(\d+) of (\d+) regions are too small to be named; the tables name all", whole)
    assert len(names) - len(named) == (int(left_out[1]) if left_out else 0)
    assert not [text for text in inside if text.isdigit()]
    assert len(named) >= min(len(names), 2)


def test_a_line_leads_from_a_name_that_has_no_room_to_its_region() -> None:
    found = sim.sweep(SCENARIO, (axis_of(SCENARIO, "prior.resolute"), axis_of(SCENARIO, "russia.failed_strike_cost")))
    axes = sim.figures.regimes(found)
    leaders = [line for line in axes.lines if line.get_label() == "_leader"]
    texts = {tuple(text.get_position()): one_line(text.get_text()) for text in axes.texts}
    assert leaders
    for line in leaders:
        (start, *_), (u, v) = np.asarray(line.get_data()).T.tolist(), np.asarray(line.get_data()).T.tolist()[-1]
        rows, columns = found.borders.labels.shape
        regime = found.regimes[found.borders.labels[round(v * (rows - 1)), round(u * (columns - 1))]]
        assert texts[tuple(start)].startswith(france_of(regime))
        assert texts[tuple(start)].endswith(russia_of(regime))


@pytest.mark.parametrize("kind", KINDS)
def test_labels_on_the_map_do_not_overlap_and_stay_on_it(kind: str) -> None:
    axes = finished(kind)[1]
    inside = [text for text in axes.texts if text.get_transform() == axes.transAxes or text.get_text() == "baseline"]
    boxes = [text.get_window_extent() for text in inside]
    assert not [
        (a.get_text(), b.get_text())
        for (a, first), (b, second) in combinations(zip(inside, boxes, strict=True), 2)
        if first.overlaps(second)
    ]
    whole = axes.get_window_extent()
    assert all(whole.x0 - 2 <= box.x0 and box.x1 <= whole.x1 + 2 for box in boxes)
    assert all(whole.y0 - 4 <= box.y0 and box.y1 <= whole.y1 + 4 for box in boxes)


@pytest.mark.parametrize("kind", KINDS)
def test_all_text_is_inside_the_figure_and_large_enough_for_a_hall(kind: str) -> None:
    figure, axes = finished(kind)
    small = [text.get_text() for text in written(kind) if float(text.get_fontsize()) < 18]
    assert small == [map_provenance(maps()[kind])]
    ticks = [*axes.get_xticklabels(), *axes.get_yticklabels()]  # those beyond the ends are never drawn
    boxes = [text.get_window_extent() for text in written(kind) if text not in ticks]
    assert min(box.x0 for box in boxes) >= 0
    assert max(box.x1 for box in boxes) <= figure.bbox.x1
    assert min(box.y0 for box in boxes) >= 0
    assert max(box.y1 for box in boxes) <= figure.bbox.y1
    assert axes.get_window_extent().height > 0.25 * figure.bbox.height


def test_the_baseline_is_where_the_medians_are_and_absent_off_the_map() -> None:
    found, axes = maps()["base"], finished("base")[1]
    (dot,) = [line for line in axes.lines if line.get_marker() == "o"]
    assert np.array(dot.get_data()).ravel() == pytest.approx([found.x.baseline, found.y.baseline])
    span = axis_of(SCENARIO, "prior.resolute", (0.5, 0.9)), found.y
    off = sim.figures.regimes(sim.sweep(SCENARIO, span, grid=10))
    assert not [line for line in off.lines if line.get_marker() == "o"]
    assert off.get_title(loc="left").replace("\n", " ").endswith("on this map, which leaves out the baseline")


def test_break_even_lines_are_labelled_at_their_ends() -> None:
    found, axes = maps()["base"], finished("base")[1]
    (line,) = [line for line in axes.lines if line.get_label() == "opportunist"]
    assert np.asarray(line.get_xdata()) == pytest.approx(found.beliefs["ambiguous"]["opportunist"].belief, abs=1e-5)
    (written_there,) = [text for text in axes.texts if text.get_text() == "opportunist breaks even"]
    assert written_there.get_window_extent().y0 >= axes.get_window_extent().y1
    both = {str(line.get_label()) for line in finished("logarithmic")[1].lines} & {"cautious", "opportunist"}
    assert both == {kind for kind, drawn in maps()["logarithmic"].lines.items() if drawn}
    assert both


def test_the_label_of_a_break_even_line_stands_beside_all_such_lines_and_the_caption_says_when() -> None:
    axes_of_it = axis_of(SCENARIO, "prior.resolute"), axis_of(SCENARIO, "france.war_cost.resolute")
    found = sim.sweep_draws(SCENARIO, axes_of_it, grid=12, draws=64, seed=0)
    with style.context(sim.figures.STYLE):
        figure = Figure(layout="constrained")
        axes = sim.figures.regimes(found, ax=figure.add_subplot())
        figure.draw_without_rendering()
    labels = [text for text in axes.texts if text.get_text().endswith("strikes in half of draws")]
    lines = [line for line in axes.lines if line.get_label() in ("cautious", "opportunist")]
    assert {text.get_text().split()[0] for text in labels} == {str(line.get_label()) for line in lines}
    for line in lines:
        x, y = line.get_transform().transform(np.asarray(line.get_data()).T).T
        along = np.linspace(0, 1, 2000)
        place = np.linspace(0, 1, len(x))
        points = np.stack([np.interp(along, place, x), np.interp(along, place, y)], axis=1)
        assert not [text for text in labels if text.get_window_extent().count_contains(points)]
    said = " ".join(one_line(text.get_text()) for text in axes.texts)
    assert "Strikes in half of draws if France is held to ambiguous." in said


def test_contours_are_drawn_where_the_outcome_has_that_probability() -> None:
    found, axes = maps()["war"], finished("war")[1]
    labels = [text.get_text() for text in axes.texts if text.get_text().startswith("1 in ")]
    assert labels
    thin = [line for line in axes.lines if line.get_alpha() == 0.6]
    assert len(thin) == len(labels)
    for line, often in zip(thin, labels, strict=True):
        x, y = (float(np.asarray(values)[len(np.asarray(values)) // 2]) for values in line.get_data())
        point = sim.sweep(
            CHEAP,
            (axis_of(CHEAP, found.x.name, (x, x + 1e-9)), axis_of(CHEAP, found.y.name, (y, y + 1e-9))),
            Question(outcome="war"),
            grid=2,
        )
        assert point.outcome[0, 0] == pytest.approx(1 / float(often.removeprefix("1 in ").replace(",", "")), rel=0.02)


def test_colours_differ_are_pale_enough_for_black_text_and_stronger_the_more_of_russia_strikes() -> None:
    for found in maps().values():
        taken: list[str] = []
        for regime in found.regimes:
            taken.append(tint(regime, taken))
        assert len(set(taken)) == len(taken)
        for colour in taken:
            linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]
            luminance = float(np.dot(linear, [0.2126, 0.7152, 0.0722]))
            assert (luminance + 0.05) / 0.05 > 7  # contrast with black: WCAG 2.1, level AAA
    by_russia = {"nobody strikes": 0.0, "after ambiguous opportunist": 0.0}
    for regime in maps()["base"].regimes:
        if (said := regime.name.partition("; ")[2]) in by_russia and regime.family == "pooling":
            by_russia[said] = sum(to_rgb(tint(regime, [])))
    assert by_russia["nobody strikes"] > by_russia["after ambiguous opportunist"]
    assert faded("#123456", 1.0) == to_hex("#123456")


def test_the_figure_is_drawn_where_it_is_asked_for() -> None:
    own = Figure().add_subplot()
    assert sim.figures.regimes(maps()["one regime"], ax=own) is own


def test_the_files_are_the_same_bytes_every_time_and_the_svg_has_text() -> None:
    files = files_of(figures(maps()["one regime"]), print)
    assert files == files_of(figures(maps()["one regime"]), print)
    source = files["regimes.svg"].decode()
    ET.fromstring(source)
    assert ">baseline<" in source
    assert "<dc:date>" not in source
    assert "<image" not in source
    assert len(source) < 1_000_000


# ----------------------------------------------------------------------------------------------------------- placing


def test_a_box_goes_where_it_fits_or_nowhere() -> None:
    free = np.zeros((RASTER, RASTER), dtype=bool)
    free[: RASTER // 4] = True
    index, u, v = roomiest(free, [(0.5, 0.3), (0.9, 0.2)]) or (None, 0.0, 0.0)
    assert index == 1
    assert (abs(u - 0.5) < 0.02, abs(v - 0.125) < 0.02) == (True, True)
    assert fits(free, (u, v), (0.9, 0.2))
    assert not fits(free, (u, v), (0.9, 0.3))
    assert not fits(free, (0.1, 0.1), (0.3, 0.1))
    assert roomiest(free, [(0.5, 0.3)]) is None
    assert roomiest(~free & free, [(0.1, 0.1)]) is None
    assert not fits(without(free, (0.4, 0.0, 0.6, 0.1)), (u, v), (0.9, 0.2))
    assert innermost(~free & free, free)[1] == pytest.approx(0.125, abs=0.01)


def test_a_raster_shows_the_nearest_node() -> None:
    labels = np.arange(9).reshape(3, 3)
    cells = raster(labels)
    assert cells.shape == (RASTER, RASTER)
    assert [cells[0, 0], cells[RASTER // 2, RASTER // 2], cells[-1, 0]] == [0, 4, 6]


@pytest.mark.parametrize(
    ("values", "levels"),
    [([0.0, 0.0], []), ([np.nan, np.nan], []), ([0.1, 0.1], []), ([0.3, 0.7], [0.4, 0.5, 0.6]), ([1e-9, 1.0], None)],
)
def test_contours_are_few_and_round(values: list[float], levels: list[float] | None) -> None:
    found = contour_levels(np.array(values))
    assert found == levels if levels is not None else 2 <= len(found) <= 7
