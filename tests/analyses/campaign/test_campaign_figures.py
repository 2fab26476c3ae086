"""Do the figures of a campaign show it? Their data, words and files; pixels are for eyes.

Deliberate break that turned a test red: drawing what has not happened in place of what has.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable
from functools import cache
from itertools import combinations

import numpy as np
import pytest
from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Annotation, Text
from some_campaigns import CAMPAIGNS, made, rolled

import sim
from sim.analyses.campaign.analysis import BELIEFS, Campaign
from sim.analyses.campaign.figures import figures
from sim.analyses.campaign.words import belief_finding, survival_finding
from sim.drawing.saving import files_of
from sim.montecarlo.told.words import RUNGS

FIGURES: dict[str, Callable[..., Axes]] = {"survival": sim.figures.survival, "belief_fans": sim.figures.belief_fans}
FINDINGS = {"survival": survival_finding, "belief_fans": belief_finding}

each_figure = pytest.mark.parametrize("name", FIGURES)


@pytest.fixture(params=CAMPAIGNS)
def case(request: pytest.FixtureRequest) -> str:
    """Return one name after the other."""
    return str(request.param)


@pytest.fixture
def result(case: str) -> Campaign:
    """Return one campaign after the other."""
    return found(case)


@cache
def found(case: str) -> Campaign:
    """Return a campaign."""
    return CAMPAIGNS[case]()


@cache
def finished(name: str, case: str) -> tuple[Figure, Axes]:
    """Return the figure of a campaign with the looks of the package, laid out."""
    with style.context(sim.figures.STYLE):
        figure = Figure(layout="constrained")
        axes = FIGURES[name](found(case), ax=figure.add_subplot())
        figure.draw_without_rendering()
    return figure, axes


def lines(axes: Axes) -> dict[str, list[float]]:
    """Return the heights of each line, as shares."""
    drawn = {str(line.get_label()): np.asarray(line.get_ydata()) / 100 for line in axes.get_lines()}
    return {name: heights.tolist() for name, heights in drawn.items()}


def test_the_curves_are_how_many_have_got_to_each_rung_all_on_one_log_scale(result: Campaign) -> None:
    axes, months = sim.figures.survival(result), result.plan.months
    assert axes.get_yscale() == "log"
    never = min(axes.get_yticks())
    assert [line.get_label() for line in axes.get_lines()] == list(RUNGS)
    ends = [-1.0]
    for line in axes.get_lines():
        reached = [1 - share for share in result.survival[str(line.get_label())][1:]]
        shown = [share if share >= 1e-12 else never for share in reached]
        assert np.asarray(line.get_ydata()) == pytest.approx(shown, rel=1e-9)
        across = np.asarray(line.get_xdata())
        assert np.diff(across) == pytest.approx(np.ones(months - 1))
        assert across[0] > ends[-1]
        ends.append(float(across[-1]))


def test_the_fans_are_median_mean_and_bands(result: Campaign) -> None:
    axes = sim.figures.belief_fans(result)
    drawn = lines(axes)
    for name in BELIEFS:
        assert drawn[f"{name} q50"] == pytest.approx(result.belief[name]["q50"], abs=1e-15)
        assert drawn[f"{name} mean"] == pytest.approx(result.belief[name]["mean"], abs=1e-15)
    bands = [np.asarray(path.vertices) for band in axes.collections for path in band.get_paths()]
    tops = [float(corners[:, 1].max()) / 100 for corners in bands]
    assert tops == pytest.approx([max(result.belief[name][q]) for name in BELIEFS for q in ("q95", "q75")], abs=1e-12)


def test_a_line_leads_from_the_end_of_each_band_to_its_label(case: str, result: Campaign) -> None:
    _, axes = finished("belief_fans", case)
    words = {"5 %": "q05", "25 %": "q25", "median": "q50", "mean": "mean", "75 %": "q75", "95 %": "q95"}
    labels = [each for each in axes.texts if isinstance(each, Annotation) and each.get_text() in words]
    assert len(labels) == len(words) * len(BELIEFS)
    for place, label in enumerate(labels):
        fan = result.belief[list(BELIEFS)[place // len(words)]]
        assert label.arrow_patch is not None
        assert label.xy[1] == pytest.approx(100 * fan[words[label.get_text()]][-1], abs=1e-12)
    second = axes.transData.transform((float(np.asarray(axes.get_lines()[2].get_xdata())[0]), 0.0))[0]
    assert max(Text.get_window_extent(label).x1 for label in labels[: len(words)]) < second


@each_figure
def test_the_title_is_the_finding_and_the_corner_makes_it_repeatable(name: str, case: str, result: Campaign) -> None:
    _, axes = finished(name, case)
    assert axes.get_title(loc="left").replace("\n", " ") == FINDINGS[name](result)
    assert result.stamp(counted="campaigns") in [text.get_text() for text in axes.texts]
    assert [label.get_text() for label in axes.get_xticklabels()][-1] == str(result.plan.months)


@each_figure
def test_all_text_is_inside_the_figure_large_enough_and_apart(name: str, case: str, result: Campaign) -> None:
    figure, axes = finished(name, case)
    written = [text for text in axes.findobj(Text) if isinstance(text, Text) and text.get_text() and text.get_visible()]
    assert [text.get_text() for text in written if float(text.get_fontsize()) < 18] == [
        result.stamp(counted="campaigns")
    ]
    boxes = [text.get_window_extent() for text in written]
    assert min(box.x0 for box in boxes) >= 0
    assert min(box.y0 for box in boxes) >= 0
    assert max(box.x1 for box in boxes) <= figure.bbox.x1
    assert max(box.y1 for box in boxes) <= figure.bbox.y1
    inside = [Text.get_window_extent(text) for text in axes.texts]  # without the line that leads to a label
    assert not any(a.overlaps(b) for a, b in combinations(inside, 2))


@each_figure
def test_it_is_drawn_where_it_is_asked_for_and_leaves_no_state_behind(name: str) -> None:
    own = Figure().add_subplot()
    assert FIGURES[name](rolled(), ax=own) is own
    assert "matplotlib.pyplot" not in sys.modules or not sys.modules["matplotlib.pyplot"].get_fignums()


def test_the_labels_say_how_many_have_got_so_far() -> None:
    curves = {"strike": [1.0, 0.4], "casualties": [1.0, 0.69], "war": [1.0, 0.999]}
    said = [text.get_text() for text in sim.figures.survival(made(curves)).texts]
    assert said[:10] == [
        *("60 of 100", "strike", "31 of 100", "casualties", "never", "retaliation"),
        *("1 in 1,000", "war", "never", "nuclear"),
    ]
    assert "have got so far" in said[10]


def test_the_files_hold_what_is_drawn_and_more() -> None:
    result = rolled()
    files = files_of(figures(result), print)
    assert sorted(files) == [f"{name}.{kind}" for name in ("belief_fans", "survival") for kind in ("csv", "png", "svg")]
    curves = list(csv.DictReader(io.StringIO(files["survival.csv"].decode())))
    assert len(curves) == 7 * 25
    for row in curves:
        assert float(row["not_yet"]) == result.survival[row["outcome"]][int(row["month"])]
        assert float(row["se"]) == result.survival_se[row["outcome"]][int(row["month"])]
    fans = list(csv.DictReader(io.StringIO(files["belief_fans.csv"].decode())))
    assert len(fans) == 2 * 25
    assert float(fans[3]["q95"]) == result.belief["resolute"]["q95"][3]
    assert files_of(figures(result), print) == files
