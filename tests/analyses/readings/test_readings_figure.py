"""Does the figure show the readings? Its data, labels and words; pixels are for eyes.

Deliberate breaks that turned a test red: rings of the strikes in place of the hits; the first ten readings drawn.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pytest
from matplotlib import style
from matplotlib.figure import Figure
from some_scenarios import four_stances
from some_solutions import faults

import sim
from sim.analyses.readings.figure import MOST_ROWS, drawn_readings, figures
from sim.analyses.readings.words import hits_told, strikes_told
from sim.drawing.saving import figure_files
from sim.scenario.scenario import Scenario, load_scenario
from sim.telling.names import figure_speaker


def scenarios(folder: Path) -> dict[str, Scenario]:
    """Return scenarios of two, three and four stances with a target."""
    central, four = load_scenario("macron-2024"), four_stances(folder)
    return {"two": central, "three": four_stances(folder, target=False), "four": four}


@pytest.mark.parametrize("which", ["two", "three", "four"])
def test_every_row_has_its_dots_and_rings(tmp_path: Path, which: str) -> None:
    result = sim.readings(scenarios(tmp_path)[which], 64)
    axes = sim.figures.readings(result)
    drawn = drawn_readings(result)
    assert [label.get_text() for label in axes.get_yticklabels()] == [each.said for each in drawn]
    lines = {str(line.get_label()): line for line in axes.get_lines()}
    for stance in result.stances:
        for outcome in ("strike", "casualties"):
            shown = [getattr(each.figures[stance], outcome) for each in drawn]
            expected = [100 * mean for mean in shown if mean is not None]
            assert np.asarray(lines[f"{outcome}:{stance}"].get_xdata()).tolist() == pytest.approx(expected)
    assert len({line.get_color() for line in lines.values()}) == len(result.stances)


def test_those_that_move_the_answer_farthest_are_drawn_in_their_order_and_the_caption_counts_them() -> None:
    result = sim.readings("macron-2024", 64)
    drawn, moved = drawn_readings(result), {}
    for each in result.readings:
        pairs = [(each.figures[stance], result.readings[0].figures[stance]) for stance in result.stances]
        strikes = [abs((one.strike or 0) - (other.strike or 0)) for one, other in pairs]
        hits = [abs((one.casualties or 0) - (other.casualties or 0)) for one, other in pairs]
        moved[each.key] = max(*strikes, *hits)
    left_out = [each.key for each in result.readings if each not in drawn]
    assert (len(drawn), drawn[0]) == (MOST_ROWS, result.readings[0])
    assert max(moved[key] for key in left_out) <= min(moved[each.key] for each in drawn[1:])
    assert [each for each in result.readings if each in drawn] == drawn
    caption = " ".join(" ".join(text.get_text() for text in sim.figures.readings(result).texts).split())
    assert f"{MOST_ROWS} of {len(result.readings)} readings are drawn, those that move it most" in caption


@pytest.mark.parametrize("which", ["two", "three", "four"])
def test_all_that_is_written_is_large_whole_and_apart(tmp_path: Path, which: str) -> None:
    result = sim.readings(scenarios(tmp_path)[which], 64)
    with style.context(sim.figures.STYLE):
        axes = sim.figures.readings(result, ax=Figure(layout="constrained").add_subplot())
        found = [each for each in faults(axes) if result.stamp() not in each]
    assert found == []
    said = [" ".join(text.get_text().split()) for text in axes.texts]
    own = figure_speaker(result.naming)
    assert axes.get_title(loc="left").replace("\n", " ") == own(strikes_told(result))
    assert own(f"I{hits_told(result)[1:]}") in said
    assert {own(stance) for stance in result.stances} <= set(said)


def test_the_files_hold_what_is_drawn() -> None:
    result = sim.readings("macron-2024", 64)
    (drawn,) = figures(result)
    files = figure_files(drawn)
    assert sorted(files) == ["readings.csv", "readings.png", "readings.svg"]
    rows = list(csv.DictReader(io.StringIO(files["readings.csv"].decode())))
    assert [row["reading"] for row in rows][::2] == [each.key for each in result.readings]
    assert float(rows[0]["strike"]) == result.readings[0].figures["ambiguous"].strike
    assert drawn.alt in files["readings.svg"].decode().replace("&amp;", "&")
