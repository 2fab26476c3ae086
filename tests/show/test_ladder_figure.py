"""Does the figure show the result? Its data, labels and files; pixels are for eyes.

Deliberate break that turned a test red: drawing the 95 % quantile in place of the mean.
"""

from __future__ import annotations

import csv
import io
import sys
import xml.etree.ElementTree as ET

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from some_results import made, real

import sim
from sim.show.figures.files import ladder_files
from sim.show.words import RUNGS, ladder_finding
from sim.study.result import Result


def texts(axes: Axes) -> list[str]:
    """Return all that is written inside the axes."""
    return [text.get_text() for text in axes.findobj(Text) if isinstance(text, Text) and text.get_text()]


def never(axes: Axes) -> float:
    """Return the height at which zero is drawn."""
    (place,) = (tick for tick, label in zip(axes.get_yticks(), axes.get_yticklabels()) if label.get_text() == "never")
    return float(place)


def drawn(axes: Axes) -> dict[str, list[float]]:
    """Return the heights of each line, 0 for "never"."""
    zero = never(axes)
    return {
        str(line.get_label()): [0.0 if y == zero else float(y) for y in line.get_ydata()]  # type: ignore[union-attr]
        for line in axes.get_lines()
    }


RESULTS = {
    "real": real(),
    "peace": made(),
    "one stance alone": made(commit={rung: 0.1 for rung in RUNGS}),
    "ambiguity the worse": made(ambiguous=dict.fromkeys(RUNGS, 0.3), commit=dict.fromkeys(RUNGS, 0.2)),
    "tiny": made(ambiguous=dict.fromkeys(RUNGS, 1e-12), commit={"strike": 1.0, "war": 1e-14}),
    "below all ticks": made(commit={"strike": 0.5, "war": 1e-30}),
}


@pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS)
def test_the_lines_are_the_means(result: Result) -> None:
    axes = sim.figures.ladder(result)
    means = {stance: [figures[rung]["mean"] for rung in RUNGS] for stance, figures in result.doctrine.items()}
    shown = {stance: [mean if mean > 1e-15 else 0.0 for mean in values] for stance, values in means.items()}
    assert drawn(axes) == shown
    assert axes.get_ylim()[0] < never(axes) < min((y for ys in shown.values() for y in ys if y), default=1.0)


@pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS)
def test_the_figure_says_what_it_finds_whose_lines_these_are_and_where_it_comes_from(result: Result) -> None:
    axes = sim.figures.ladder(result)
    said = [" ".join(text.split()) for text in texts(axes)]
    assert axes.get_title(loc="left").replace("\n", " ") == ladder_finding(result)
    assert [label.get_text() for label in axes.get_xticklabels()] == list(RUNGS)
    assert {text.split()[0] for text in said if text.split()[0] in COLOURED} == COLOURED
    assert any(text.startswith("rule_out: zero by construction") for text in said)
    assert f"macron-2024 · 4,096 draws · seed 2024 · sim {sim.__version__}" in said


COLOURED = {"rule_out", "ambiguous", "commit"}


def test_the_pale_bars_run_from_the_5_to_the_95_per_cent_quantile() -> None:
    axes = sim.figures.ladder(real())
    bars = [collection.get_segments()[0][:, 1].tolist() for collection in axes.collections]  # type: ignore[attr-defined]
    ends = [
        [real().doctrine[stance][rung][quantile] or never(axes) for quantile in ("q05", "q95")]
        for stance in ("ambiguous", "commit")
        for rung in RUNGS
    ]
    assert bars == ends


def test_the_figure_is_drawn_where_it_is_asked_for_and_leaves_no_state_behind() -> None:
    own = Figure().add_subplot()
    assert sim.figures.ladder(real(), ax=own) is own
    assert "matplotlib.pyplot" not in sys.modules or not sys.modules["matplotlib.pyplot"].get_fignums()


def test_labels_at_the_line_ends_do_not_overlap() -> None:
    for result in RESULTS.values():
        with sim_style():
            figure = Figure(layout="constrained")
            axes = sim.figures.ladder(result, ax=figure.add_subplot())
            figure.draw_without_rendering()
            boxes = [text.get_window_extent() for text in axes.texts if text.get_text().split("\n")[0] in COLOURED]
        assert len(boxes) == 3
        assert not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[:i])


def test_all_text_but_the_provenance_is_large_enough_for_a_hall_and_inside_the_figure() -> None:
    with sim_style():
        figure = Figure(layout="constrained")
        axes = sim.figures.ladder(real(), ax=figure.add_subplot())
        figure.draw_without_rendering()
        written = [text for text in axes.findobj(Text) if isinstance(text, Text) and text.get_text()]
        sizes = {text.get_text(): text.get_fontsize() for text in written}
        inside = [figure.bbox.padded(1).containsx(x) for text in written for x in text.get_window_extent().intervalx]
    assert all(size >= 18 for text, size in sizes.items() if "· seed" not in text)
    assert all(inside)


def sim_style():  # type: ignore[no-untyped-def]
    """Return a context in which figures have the looks of the package."""
    from matplotlib import style

    return style.context(sim.figures.STYLE)


def test_the_files_are_the_same_bytes_every_time() -> None:
    assert ladder_files(real()) == ladder_files(real())


def test_the_svg_holds_text_as_text_a_description_and_no_date() -> None:
    source = ladder_files(real())["ladder.svg"].decode()
    ET.fromstring(source)
    assert ladder_finding(real()).split(":")[0][:20] in source
    assert "Under rule_out every rung is zero by construction" in source
    assert ">casualties<" in source
    assert "<dc:date>" not in source


def test_the_png_is_sixteen_to_nine_at_twice_a_projector() -> None:
    content = ladder_files(real())["ladder.png"]
    size = int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")
    assert size == (2560, 1440)


def test_the_csv_holds_what_is_drawn() -> None:
    rows = list(csv.DictReader(io.StringIO(ladder_files(real())["ladder.csv"].decode())))
    assert len(rows) == 15
    for row in rows:
        figures = real().doctrine[row["stance"]][row["rung"]]
        assert [float(row[name]) for name in ("mean", "q05", "q95")] == [figures[n] for n in ("mean", "q05", "q95")]
