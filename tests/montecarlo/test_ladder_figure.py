"""Does the figure show the result? Its data, labels and files; pixels are for eyes.

Deliberate break that turned a test red: drawing the 95 % quantile in place of the mean.
"""

from __future__ import annotations

import csv
import io
import sys
import xml.etree.ElementTree as ET
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.collections import Collection
from matplotlib.figure import Figure
from matplotlib.text import Text
from places import ROOT
from some_results import made, real
from some_scenarios import certain, four_stances
from some_solutions import faults

import sim
from sim.drawing.saving import files_of
from sim.montecarlo.result import Result
from sim.montecarlo.told.figure import figures
from sim.montecarlo.told.table import tables
from sim.montecarlo.told.words import RUNGS, at_equal_exposure, headline, ladder_finding
from sim.telling.names import stance_label
from sim.telling.numbers import base_of, counts


def texts(axes: Axes) -> list[str]:
    """Return all that is written inside the axes."""
    return [text.get_text() for text in axes.findobj(Text) if isinstance(text, Text) and text.get_text()]


def never(axes: Axes) -> float:
    """Return the height at which zero is drawn."""
    labels = [label.get_text() for label in axes.get_yticklabels()]
    return float(axes.get_yticks()[labels.index("never")])


def drawn(axes: Axes) -> dict[str, list[float]]:
    """Return the heights of each line, 0 for "never"."""
    zero = never(axes)
    heights = {str(line.get_label()): np.asarray(line.get_ydata()).tolist() for line in axes.get_lines()}
    return {stance: [0.0 if y == zero else y for y in ys] for stance, ys in heights.items()}


def finished(result: Result) -> tuple[Figure, Axes]:
    """Return the figure with the looks of the package, laid out."""
    with style.context(sim.figures.STYLE):
        figure = Figure(layout="constrained")
        axes = sim.figures.ladder(result, ax=figure.add_subplot())
        figure.draw_without_rendering()
    return figure, axes


def ranges(axes: Axes) -> list[Collection]:
    """Return the pale bars."""
    return [each for each in axes.collections if each.get_label() != "_rules"]


COLOURED = {"rule out", "stay ambiguous", "commit"}
STANCES = {"rule_out", "quiet", "ambiguous", "commit"}


@pytest.mark.parametrize("target", [True, False])
def test_four_stances_are_told_apart_and_nothing_is_written_over(tmp_path: Path, target: bool) -> None:
    result = sim.run(four_stances(tmp_path, target=target), 256)
    with style.context(sim.figures.STYLE):
        axes = sim.figures.ladder(result, ax=Figure(layout="constrained").add_subplot())
        assert [each for each in faults(axes) if "sim 0" not in each] == []
    assert len({str(line.get_color()) for line in axes.get_lines()}) == 4
    names = {text.get_text().split("\n")[0]: text.get_color() for text in axes.texts}
    assert {str(line.get_label()): line.get_color() for line in axes.get_lines()} == {
        name: names[stance_label({}, name)] for name in STANCES
    }
    assert len(ranges(axes)) == len(RUNGS) * len(result.struck)
    assert any("Zero by construction" in text for text in texts(axes)) != target


def test_one_target_or_none_is_drawn_too() -> None:
    for scenario in (certain(ambiguous=0), certain(ambiguous=0, commit=0)):
        assert len(sim.figures.ladder(sim.run(scenario, 64)).get_lines()) == 3


RESULTS = {
    "real": real(),
    "peace": made(),
    "one stance alone": made(commit=dict.fromkeys(RUNGS, 0.1)),
    "ambiguity the worse": made(ambiguous=dict.fromkeys(RUNGS, 0.3), commit=dict.fromkeys(RUNGS, 0.2)),
    "tiny": made(ambiguous=dict.fromkeys(RUNGS, 2e-12), commit={"strike": 1.0, "war": 1e-13}),
    "below all ticks": made(commit={"strike": 0.5, "war": 1e-30}),
}


@pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS)
def test_the_lines_are_the_means(result: Result) -> None:
    axes = sim.figures.ladder(result)
    means = {stance: [figures[rung]["mean"] for rung in RUNGS] for stance, figures in result.doctrine.items()}
    shown = {stance: [mean if mean > 1e-12 else 0.0 for mean in values] for stance, values in means.items()}
    assert drawn(axes) == shown
    assert axes.get_ylim()[0] < never(axes) < min((y for ys in shown.values() for y in ys if y), default=1.0)


@pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS)
def test_the_figure_says_what_it_finds_whose_lines_these_are_and_where_it_comes_from(result: Result) -> None:
    axes = sim.figures.ladder(result)
    said = [" ".join(text.split()) for text in texts(axes)]
    assert axes.get_title(loc="left").replace("\n", " ") == headline(result)
    beside = at_equal_exposure(result)
    assert not beside or f"{beside[0].upper()}{beside[1:]}" in said
    assert [label.get_text().strip() for label in axes.get_xticklabels()] == list(RUNGS)
    assert {name for text in axes.texts if (name := text.get_text().split("\n")[0]) in COLOURED} == COLOURED
    assert "Zero by construction, not a finding" in said
    assert "log scale" in said
    assert f"macron-2024 · 4,096 draws · seed 2024 · sim {sim.__version__}" in said


def test_the_pale_bars_run_from_the_5_to_the_95_per_cent_quantile() -> None:
    axes = sim.figures.ladder(real())
    bars = [collection.get_segments()[0][:, 1].tolist() for collection in ranges(axes)]  # type: ignore[attr-defined]
    ends = [
        [real().doctrine[stance][rung][quantile] or never(axes) for quantile in ("q05", "q95")]
        for stance in ("ambiguous", "commit")
        for rung in RUNGS
    ]
    assert bars == ends


@pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS)
def test_strikes_and_hits_are_bars_on_a_linear_scale_from_zero_with_their_counts(result: Result) -> None:
    panels = sim.figures.ladder(result).child_axes
    means = {stance: [result.doctrine[stance][rung]["mean"] for rung in RUNGS[:2]] for stance in result.struck}
    if not any(map(any, means.values())):
        assert panels == []
        return
    (panel,) = panels
    assert (panel.get_yscale(), panel.get_ylim()[0]) == ("linear", 0.0)
    drawn = {str(bars.get_label()): [bar.get_height() for bar in bars] for bars in panel.containers}
    assert drawn == means
    base = base_of(mean for each in means.values() for mean in each)
    said = [text.get_text() for text in panel.texts]
    assert said[-1] == f"of {base:,} crises"
    assert said[:-1] == [count for each in means.values() for count in counts(each, base)]


def test_the_linear_panel_speaks_of_the_scenario_s_own_rungs() -> None:
    axes = sim.figures.ladder(sim.run(sim.load_scenario(ROOT / "tests" / "support" / "renamed.toml"), 64))
    assert [label.get_text().strip() for label in axes.child_axes[0].get_xticklabels()] == ["attack", "dead sailors"]


def test_the_figure_is_drawn_where_it_is_asked_for_and_leaves_no_state_behind() -> None:
    own = Figure().add_subplot()
    assert sim.figures.ladder(real(), ax=own) is own
    assert "matplotlib.pyplot" not in sys.modules or not sys.modules["matplotlib.pyplot"].get_fignums()


@pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS)
def test_labels_at_the_line_ends_do_not_overlap(result: Result) -> None:
    _, axes = finished(result)
    boxes = [text.get_window_extent() for text in axes.texts if text.get_text().split("\n")[0] in COLOURED]
    assert len(boxes) == 3
    assert not any(a.overlaps(b) for a, b in combinations(boxes, 2))


@pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS)
def test_all_text_is_inside_the_figure_and_large_enough_for_a_hall(result: Result) -> None:
    figure, axes = finished(result)
    written = [text for text in axes.findobj(Text) if isinstance(text, Text) and text.get_text()]
    small = [text.get_text() for text in written if float(text.get_fontsize()) < 18]
    boxes = [text.get_window_extent() for text in written if text.get_visible()]
    assert small == [f"macron-2024 · 4,096 draws · seed 2024 · sim {sim.__version__}"]
    assert min(box.x0 for box in boxes) >= 0
    assert max(box.x1 for box in boxes) <= figure.bbox.x1
    assert max(box.y1 for box in boxes) <= figure.bbox.y1


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """Return the files of the real run."""
    return files_of(figures(real()), print)


def test_the_files_are_the_same_bytes_every_time(files: dict[str, bytes]) -> None:
    assert files_of(figures(real()), print) == files


def test_the_svg_holds_text_as_text_a_description_and_no_date(files: dict[str, bytes]) -> None:
    source = files["ladder.svg"].decode()
    ET.fromstring(source)
    assert ladder_finding(real()).split(":")[0][:20] in source
    assert "Zero by construction, not a finding" in source
    assert ">casualties<" in source
    assert "<dc:date>" not in source


def test_the_png_is_sixteen_to_nine_at_twice_a_projector(files: dict[str, bytes]) -> None:
    content = files["ladder.png"]
    size = int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")
    assert size == (2560, 1440)


def test_the_csv_holds_what_is_drawn(files: dict[str, bytes]) -> None:
    rows = list(csv.DictReader(io.StringIO(files["ladder.csv"].decode())))
    assert len(rows) == 15
    for row in rows:
        figures = real().doctrine[row["stance"]][row["rung"]]
        assert [float(row[name]) for name in ("mean", "q05", "q95")] == [figures[n] for n in ("mean", "q05", "q95")]


def test_in_quantal_play_figure_and_table_say_that_stances_stay_exact() -> None:
    scenario = sim.load_scenario("macron-2024")
    for concept, expected in (("quantal", True), ("equilibrium", False)):
        result = sim.run(scenario, draws=256, play=sim.Play(concept))
        said = " ".join(" ".join(texts(sim.figures.ladder(result))).split())
        assert ("Russia replies exactly: the quantal play asked for is only where France chooses" in said) is expected
        assert ("Stances that France is held to are played exactly" in tables(result)[0].explanation) is expected
