"""Do the figures of drivers show the analysis? Their data, labels and files; pixels are for eyes.

Deliberate break that turned a test red: the two ends of a swing in the wrong order.
"""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from some_sensitivities import FACT, JOURNALIST, SEVERAL, made, real

import sim
from sim.analyses.sensitivity.analysis import Sensitivity
from sim.analyses.sensitivity.figures import figures
from sim.analyses.sensitivity.words import (
    MOST_DRAWN,
    drivers_finding,
    footing,
    group_of,
    named,
    shown,
    swing_finding,
)
from sim.drawing.saving import files_of
from sim.telling.names import figure_speaker

Draw = Callable[..., Axes]

CASES: dict[str, Callable[[], tuple[Sensitivity, str]]] = {
    "strike, ambiguous": lambda: (real(), "strike"),
    "payoff, commit": lambda: (real("commit"), "france_payoff"),
    "nuclear, commit": lambda: (real("commit"), "nuclear"),
    "payoff, rule_out": lambda: (real("rule_out"), "france_payoff"),
    "strike, equilibrium": lambda: (real("equilibrium"), "strike"),
    "one driver": lambda: (made([0.6], JOURNALIST), "strike"),
    "three footings": lambda: (made([0.1, 0.2, 0.3], SEVERAL, FACT, ()), "strike"),
    "nothing": lambda: (real("rule_out"), "strike"),
}
DRAWN = [name for name in CASES if name != "nothing"]


def texts(axes: Axes) -> list[str]:
    """Return all that is written in and around the axes, in one line each."""
    return [" ".join(text.get_text().split()) for text in axes.findobj(Text) if isinstance(text, Text)]


@cache
def finished(draw: Draw, case: str) -> tuple[Figure, Axes]:
    """Return the figure of a case with the looks of the package, laid out."""
    result, outcome = CASES[case]()
    with style.context(sim.figures.STYLE):
        figure = Figure(layout="constrained")
        axes = draw(result, outcome, ax=figure.add_subplot())
        figure.draw_without_rendering()
    return figure, axes


@pytest.mark.parametrize("case", DRAWN)
def test_the_dots_are_the_indices_and_the_lines_their_intervals(case: str) -> None:
    result, outcome = CASES[case]()
    axes, drivers = sim.figures.sensitivity(result, outcome), shown(result.outputs[outcome], MOST_DRAWN).drivers
    dots = {str(line.get_label()): np.asarray(line.get_xdata()).tolist() for line in axes.get_lines()}
    assert dots["alone"] == [driver.first.share for driver in drivers]
    assert dots["in all"] == [driver.total.share for driver in drivers]
    lines = [c.get_segments()[0][:, 0].tolist() for c in axes.collections]  # type: ignore[attr-defined]
    assert lines == [[each.low, each.high] for driver in drivers for each in (driver.first, driver.total)]
    low, high = axes.get_xlim()
    assert all(low <= end <= high for line in lines for end in line)


@pytest.mark.parametrize("case", DRAWN)
def test_the_bars_run_from_the_low_to_the_high_end_around_the_mean(case: str) -> None:
    result, outcome = CASES[case]()
    axes, found = sim.figures.tornado(result, outcome), shown(result.outputs[outcome], MOST_DRAWN)
    dots = {str(line.get_label()): np.asarray(line.get_xdata()).tolist() for line in axes.get_lines()}
    assert dots["low"] == [swing.means[0] for swing in found.swings]
    assert dots["high"] == [swing.means[1] for swing in found.swings]
    assert dots["mean"] == [found.mean, found.mean]


@pytest.mark.parametrize("draw", [sim.figures.sensitivity, sim.figures.tornado], ids=["sensitivity", "tornado"])
@pytest.mark.parametrize("case", CASES)
class TestBoth:
    """What holds for either figure."""

    def test_it_says_what_it_finds_and_where_it_comes_from(self, draw: Draw, case: str) -> None:
        (result, outcome), (_, axes) = CASES[case](), finished(draw, case)
        finding = drivers_finding if draw is sim.figures.sensitivity else swing_finding
        assert axes.get_title(loc="left").replace("\n", " ") == finding(result, outcome)
        assert any(f"seed {result.seed} · sim {sim.__version__}" in text for text in texts(axes))

    def test_each_row_has_the_name_of_a_parameter_and_what_it_rests_on(self, draw: Draw, case: str) -> None:
        (result, outcome), (_, axes) = CASES[case](), finished(draw, case)
        found = shown(result.outputs[outcome], MOST_DRAWN)
        names = [each.name for each in (found.drivers if draw is sim.figures.sensitivity else found.swings)]
        if names:
            written = [" ".join(label.get_text().split()) for label in axes.get_yticklabels()]
            assert written == [figure_speaker({})(named(result, name)) for name in names]
        said = texts(axes)
        for name in names:
            assert footing(group_of(result, name)) in said

    def test_all_text_is_inside_the_figure_and_large_enough_for_a_hall(self, draw: Draw, case: str) -> None:
        figure, axes = finished(draw, case)
        low, high = sorted(axes.get_xlim())
        beyond = {id(tick.label1) for tick in axes.xaxis.get_major_ticks() if not low <= tick.get_loc() <= high}
        found = [text for text in axes.findobj(Text) if isinstance(text, Text) and text.get_text()]
        written = [text for text in found if id(text) not in beyond]  # labels of ticks off the axis are not drawn
        small = [text.get_text() for text in written if float(text.get_fontsize()) < 18]
        boxes = [text.get_window_extent() for text in written if text.get_visible()]
        assert len(small) == 1
        assert "seed" in small[0]
        assert min(box.x0 for box in boxes) >= 0
        assert max(box.x1 for box in boxes) <= figure.bbox.x1
        assert min(box.y0 for box in boxes) >= 0
        assert max(box.y1 for box in boxes) <= figure.bbox.y1

    def test_labels_of_the_rows_do_not_cover_each_other(self, draw: Draw, case: str) -> None:
        _, axes = finished(draw, case)
        boxes = [text.get_window_extent() for text in axes.texts if text.get_text() and text.get_visible()]
        ticks = [label.get_window_extent() for label in axes.get_yticklabels() if label.get_text()]
        for place, box in enumerate(boxes):
            assert not any(box.overlaps(other) for other in [*boxes[place + 1 :], *ticks])


def test_an_outcome_that_does_not_vary_is_said_and_not_drawn() -> None:
    axes = sim.figures.sensitivity(real("rule_out"), "strike")
    assert not axes.get_lines()
    assert any("nobody is there to be hit" in text for text in texts(axes))


def test_a_long_group_is_named_by_its_first_parameter() -> None:
    result = real()
    name = " + ".join(["france.war_cost.resolute", "russia.failed_strike_cost", "prior.resolute"])
    group = replace(group_of(result, "france.war_cost.resolute"), name=name)
    found = result.outputs["strike"]
    driver = replace(found.drivers[0], name=name)
    other = replace(result, groups=(group,), outputs={"strike": replace(found, drivers=(driver,))})
    axes = sim.figures.sensitivity(other, "strike")
    assert [label.get_text() for label in axes.get_yticklabels()] == ["what war costs a resolute\nFrance + 2 more"]


def test_the_figure_is_drawn_where_it_is_asked_for() -> None:
    own = Figure().add_subplot()
    assert sim.figures.sensitivity(real(), ax=own) is own
    assert sim.figures.tornado(real(), ax=own) is own


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """Return the files of a real analysis."""
    return files_of(figures(real(), "strike"), print)


def test_the_files_are_the_same_bytes_every_time(files: dict[str, bytes]) -> None:
    assert files_of(figures(real(), "strike"), print) == files


def test_the_svgs_hold_text_as_text(files: dict[str, bytes]) -> None:
    for name in ("sensitivity.svg", "tornado.svg"):
        source = files[name].decode()
        ET.fromstring(source)
        assert ">assumption<" in source
        assert "<dc:date>" not in source


def test_the_csvs_hold_what_is_drawn(files: dict[str, bytes]) -> None:
    found = shown(real().outputs["strike"])
    shares = list(csv.DictReader(io.StringIO(files["sensitivity.csv"].decode())))
    moved = list(csv.DictReader(io.StringIO(files["tornado.csv"].decode())))
    assert [float(row["total"]) for row in shares] == [driver.total.share for driver in found.drivers]
    assert [float(row["first_low"]) for row in shares] == [driver.first.low for driver in found.drivers]
    assert [float(row["mean_at_high"]) for row in moved] == [swing.means[1] for swing in found.swings]
    assert [float(row["low"]) for row in moved] == [swing.values[0] for swing in found.swings]
    assert {row["rests_on"] for row in shares} >= {"assumption"}
