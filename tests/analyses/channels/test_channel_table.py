"""Do the tables show the split, in 80 columns, with digits that the error leaves?

Deliberate breaks that turned these red: first and last exchanged; the sign left out.
"""

from __future__ import annotations

import csv
import io

import pytest
from rich.console import Console
from some_channels import made, split

from sim.analyses.channels.figure import figures
from sim.analyses.channels.result import Channels, Estimate
from sim.analyses.channels.shapley import CHANNELS
from sim.analyses.channels.table import answer, margin, signed
from sim.crisis.terms import READINGS
from sim.drawing.saving import files_of
from sim.montecarlo.beside import EXPOSURES
from sim.telling.rendering import in_html, in_terminal

RESULTS = {
    "base": split(),
    "payoff": split(outcome="france_payoff"),
    "side outcome": split(outcome="abandonment"),
    "rule_out": split("rule_out", "commit"),
    "nothing": made(0.0, {}),
    "all": made(0.0, {"deployment": 1.0}),
}


@pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS)
def test_the_answer_fits_into_80_columns_and_is_html_as_well(result: Channels) -> None:
    told = answer(result)
    with (console := Console(width=80)).capture() as said:
        console.print(in_terminal(told))
    assert max(len(line) for line in said.get().splitlines()) <= 80
    assert in_html(told).count("<table>") == 3
    for panel in told.tables:
        assert {len(row) for row in panel.rows} == {len(panel.columns)}


def test_the_first_table_holds_parts_errors_and_both_extreme_orders() -> None:
    result = split()
    rows = {row[0].partition("\n")[0]: row[1:] for row in answer(result).tables[0].rows}
    assert list(rows) == [*sorted(CHANNELS, key=lambda name: -abs(result.step.parts[name].mean)), "all seven"]
    step = result.step
    assert rows["deployment"] == (
        "1.00 → 0.41",
        signed(step.parts["deployment"], "strike"),
        margin(step.parts["deployment"], "strike"),
        signed(step.first["deployment"], "strike"),
        signed(step.last["deployment"], "strike"),
    )
    assert rows["deployment"][3] != rows["deployment"][4]


def test_the_third_table_sets_strikes_beside_casualties_and_both_ends_around_the_parts() -> None:
    result = split()
    panel = answer(result).tables[2]
    assert panel.columns[1:3] == ("strike", "casualties")
    assert (panel.rows[0][0], panel.rows[-1][0]) == ("commit", "stay ambiguous")
    deployment = next(row for row in panel.rows if row[0] == "deployment")
    assert deployment[2] == signed(result.steps["casualties"].parts["deployment"], "casualties")


def test_a_side_outcome_that_was_asked_for_is_in_the_third_table_too() -> None:
    assert "abandonment" in answer(split(outcome="abandonment")).tables[2].columns


def test_both_readings_and_equal_exposure_stand_side_by_side_and_in_the_first_explanation() -> None:
    result = split()
    first, beside, _ = answer(result).tables
    assert beside.columns == ("channel", "type *", "outcome", "type *\nequal exp.", "outcome\nequal exp.")
    rows = {row[0]: row[1:] for row in beside.rows}
    kinds = [(reading, exposure) for exposure in EXPOSURES for reading in READINGS]
    for column, (reading, exposure) in enumerate(kinds):
        step = result.readings[reading][exposure]["strike"]
        assert rows["ambiguity"][column] == signed(step.parts["ambiguity"], "strike")
        assert rows["all seven"][column] == signed(step.total, "strike")
        assert signed(step.total, "strike") in first.explanation.splitlines()[1]
    assert rows["deployment"][2:] == rows["pinpoint"][2:] == ("0", "0")
    assert answer(split("rule_out", "commit")).tables[1].columns == ("channel", "type *", "outcome")


@pytest.mark.parametrize(
    ("mean", "se", "measure", "written"),
    [
        (-0.1129, 0.0, "strike", "−11.3"),
        (0.1129, 0.02, "strike", "+11"),
        (0.0004, 0.001, "strike", "0.0"),
        (-1.66e-5, 0.0, "war", "−0.0017"),
        (-1.0, 0.0, "strike", "−100"),
        (0.0, 0.0, "strike", "0"),
        (-0.127, 0.0, "france_payoff", "−0.13"),
        (0.001, 0.0, "france_payoff", "0.00"),
    ],
)
def test_numbers_keep_their_sign_and_lose_worthless_digits(mean: float, se: float, measure: str, written: str) -> None:
    assert signed(Estimate(mean, se), measure) == written


def test_the_margin_is_that_of_student_s_t_in_the_unit_of_the_part() -> None:
    assert margin(Estimate(0.1, 0.01), "strike") == "± 2.1"
    assert margin(Estimate(0.1, 0.01), "france_payoff") == "± 0.021"


def test_the_files_hold_what_is_drawn() -> None:
    result = split()
    files = files_of(figures(result), print)
    assert sorted(files) == ["channels.csv", "channels.png", "channels.svg"]
    rows = list(csv.DictReader(io.StringIO(files["channels.csv"].decode())))
    assert [row["channel"] for row in rows] == ["commit", *CHANNELS, "ambiguous"]
    assert float(rows[1]["mean"]) == result.step.parts["deployment"].mean
    assert b"trainers less often there" in files["channels.svg"]
    assert files == files_of(figures(result), print)
