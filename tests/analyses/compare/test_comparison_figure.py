"""Does the figure of a comparison show what was found, and say it in its title?

Deliberate breaks that turned a test red: means before and after swapped; a bar from 0 in place of the 5 % quantile; a
title that ignores the error.
"""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import numpy as np
import pytest
from degenerate_scenarios import degenerate
from matplotlib import style
from matplotlib.figure import Figure
from scenario_texts import OWN_STANCES, written

import sim
from sim.analyses.compare.behaviour import QUANTITIES
from sim.analyses.compare.figure import figures
from sim.analyses.compare.table import answer
from sim.analyses.compare.words import comparison_finding, from_to
from sim.crisis.ladder import OUTCOMES
from sim.drawing.saving import files_of
from sim.montecarlo.told.words import RUNGS
from sim.telling.answer import NONE
from sim.telling.numbers import half_width

MANY = {
    "prior.resolute": 0.25,
    "prior.opportunist": 0.25,
    "signal.commit.audience_cost": 1.25,
    "france.war_cost.resolute": 25.5,
}
BASE = sim.load_scenario("macron-2024")
DRAWN = RUNGS[:2]  # of three ways to play, seven rows at most


def against(settings: dict[str, float], draws: int = 1024) -> sim.Comparison:
    """Return the article's case beside a variant."""
    return sim.compare([BASE, BASE.override(settings)], draws=draws, seed=0)


@pytest.fixture(scope="module")
def firm() -> sim.Comparison:
    """Return a comparison with a firmer France."""
    return against({"prior.resolute": 0.6}, 4096)


def test_dots_and_bars_stand_where_the_comparison_says(firm: sim.Comparison) -> None:
    axes = sim.figures.comparison(firm)
    change = firm.differences[firm.labels[1]]
    for line, bars in zip(axes.get_lines()[:3], axes.collections, strict=True):
        figures = [change[str(line.get_label())][rung] for rung in DRAWN]
        assert np.asarray(line.get_xdata()).tolist() == [each["mean"] for each in figures]
        ends = [[point[0] for point in segment] for segment in bars.get_segments()]  # type: ignore[attr-defined]
        assert ends == [[each["q05"], each["q95"]] for each in figures]


def test_the_scale_is_linear_says_so_and_shows_nothing_large_that_is_small() -> None:
    axes = sim.figures.comparison(against({"escalation.nuclear_if_war": 0.5}))
    assert axes.get_xscale() == "linear"
    assert any("percentage points per encounter, linear scale" in text.get_text() for text in axes.texts)
    low, high = axes.get_xlim()
    assert min(-low, high) >= 0.01
    assert 0 < len([text for text in axes.texts if text.get_text() in ("stay ambiguous", "commit", "chosen")]) <= 7


def test_both_means_are_written_beside_each_row(firm: sim.Comparison) -> None:
    written = [text.get_text() for text in sim.figures.comparison(firm).texts]
    for play in ("ambiguous", "commit", "equilibrium"):
        for rung in DRAWN:
            assert from_to(firm, firm.labels[1], play, rung) in written
    assert "28 → 15 of 100" in written
    assert any(text.endswith(f"4,096 draws · seed 0 · sim {sim.__version__}") for text in written)


def test_the_title_says_how_much_likelier_a_strike_becomes(firm: sim.Comparison) -> None:
    title = sim.figures.comparison(firm).get_title(loc="left").replace("\n", " ")
    assert title == comparison_finding(firm, firm.labels[1])
    assert "a strike is less likely (26 → 20 of 100) if France stays ambiguous and less likely" in title


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"russia.failed_strike_cost": 1000.0}, "a strike is impossible under either stance"),
        ({"signal.rule_out.isolation": 0.5}, "every outcome is as likely as in macron-2024, in every draw"),
        ({"signal.commit.ally_backing": 0.5}, "exactly as likely if France stays ambiguous and"),
        ({"escalation.nuclear_if_war": 0.5}, "a strike is exactly as likely under either stance; what follows"),
    ],
)
def test_the_finding_names_what_cannot_change(settings: dict[str, float], said: str) -> None:
    found = against(settings)
    label = found.labels[1]
    if "isolation" in next(iter(settings)):  # France's choice may change, so only the doctrines are left alone
        assert {found.differences[label]["commit"][rung]["equal"] for rung in RUNGS} == {1.0}
    else:
        assert said in comparison_finding(found, label)


def test_a_difference_within_its_error_is_called_none() -> None:
    found = against({"signal.commit.stance_value": 0.0, "prior.resolute": 0.35}, 16)
    commit = found.differences[found.labels[1]]["commit"]["strike"]
    assert abs(commit["mean"]) < 2.13 * commit["se"]
    assert "as likely, as far as these draws can tell" in comparison_finding(found, found.labels[1])


def test_two_scenarios_in_which_nothing_happens_are_told_apart_from_equal_ones() -> None:
    never = BASE.override({"russia.failed_strike_cost": 1000.0})
    back = sim.compare([never, BASE], draws=1024, seed=0)
    assert "no longer impossible (" in comparison_finding(back, "macron-2024")


def test_a_label_that_is_not_there_is_refused(firm: sim.Comparison) -> None:
    with pytest.raises(ValueError, match=r"label must be one of macron-2024 with .*; it is 'macron-2025'"):
        sim.figures.comparison(firm, label="macron-2025")


@pytest.mark.parametrize("settings", [{"prior.resolute": 0.6}, MANY], ids=["one setting", "many settings"])
def test_no_text_leaves_the_picture_or_covers_another(settings: dict[str, float]) -> None:
    long = dataclasses.replace(BASE, name="n" * 64)
    with style.context(sim.figures.STYLE):
        figure = Figure(layout="constrained")
        found = sim.compare([long, long.override(settings), BASE, BASE.override(MANY)], draws=256, seed=0)
        axes = sim.figures.comparison(found, ax=figure.add_subplot())
        figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in axes.texts]
    assert all(figure.bbox.x0 <= box.x0 and box.x1 <= figure.bbox.x1 for box in boxes)
    assert all(float(text.get_fontsize()) >= 18 for text in axes.texts[:-1])
    rows = boxes[:-2]
    shrunk = [box.shrunk(1, 0.7) for box in rows]
    assert not any(one.overlaps(other) for place, one in enumerate(shrunk) for other in shrunk[:place])


def test_a_figure_comes_for_each_scenario_that_is_set_against_the_first_and_is_named_after_both() -> None:
    files = files_of(figures(sim.compare(["macron-2024", "columnist", "heisbourg"], draws=16, seed=0)), print)
    names = [f"comparison-{each}-with-macron-2024" for each in ("columnist", "heisbourg")]
    assert sorted(files) == sorted(f"{name}.{kind}" for name in names for kind in ("csv", "png", "svg"))
    header = files[f"{names[0]}.csv"].decode().splitlines()[0]
    assert header == "stance,rung,difference,q05,q95,before,after"


def test_names_of_files_are_apart_and_hold_no_character_that_a_system_refuses() -> None:
    odd = [dataclasses.replace(BASE, name="n" * 64, settings={"a/b: *?": float(number)}) for number in (1, 1, 2)]
    names = [figure.name for figure in figures(sim.compare([BASE, *odd], draws=16, seed=0))]
    assert len({*names}) == len(names) == 3
    assert all(re.fullmatch(r"[\w.-]+", name) and len(name) < 150 for name in names)


def test_the_words_for_those_who_cannot_see_it_hold_every_mean(firm: sim.Comparison) -> None:
    label = firm.labels[1]
    text = sim.figures.comparison_alt_text(firm, label)
    for play in ("ambiguous", "commit", "equilibrium"):
        assert all(f"{rung} {from_to(firm, label, play, rung)}" in text for rung in DRAWN)


def test_with_many_stances_the_figure_and_its_words_say_how_many_rungs_they_show(tmp_path: Path) -> None:
    own = sim.load_scenario(written(tmp_path, OWN_STANCES))
    found = sim.compare([own, own.override({"prior.resolute": 0.9})], draws=64, seed=0)
    axes = sim.figures.comparison(found)
    lines = [line for line in axes.get_lines() if not str(line.get_label()).startswith("_")]
    assert {len(np.asarray(line.get_xdata())) for line in lines} == {1}
    assert [line.get_label() for line in lines] == ["quiet", "loud", "rule_out", "equilibrium"]
    said = " ".join(text.get_text().replace("\n", " ") for text in axes.texts)
    assert "1 of 5 rungs are drawn; the tables have all." in said
    told = sim.figures.comparison_alt_text(found, found.labels[1])
    assert "strike" in told
    assert "casualties" not in told


def test_every_cell_holds_one_number_and_every_row_one_unit(firm: sim.Comparison) -> None:
    told = answer(firm)
    changes, behaviour, readings, levels = told.tables[:6:2], told.tables[1:6:2], told.tables[6], told.tables[7:]
    assert [row[0] for row in readings.rows][:2] == ["strike, ambiguous", "strike, commit"]
    assert [len(levels), *(len(change.rows) for change in changes)] == [3, 8, 8, 8]
    for table in (*told.tables, told.brief):
        assert table is not None
        for row in table.rows:
            numbers = [cell for cell in row[1:] if cell != NONE]
            assert all(re.fullmatch(r"\(?[+−]?[\d,.]+(?: ± [\d.]+)?\)?", cell) for cell in numbers), row
    assert changes[0].rows[0][:3] == ("strike, of 100", "25.9", "20.3")
    assert re.fullmatch(r"−5\.6 ± 0\.\d", changes[0].rows[0][3])
    assert "separate random samples" in told.notes[-1]
    assert [len(table.rows) for table in behaviour] == [len(QUANTITIES), len(QUANTITIES), 3]


def test_no_difference_is_called_a_change_whose_interval_spans_0() -> None:
    found = against({"russia.retaliation_cost": 1.0}, 256)
    spanning = 0
    for play, table in zip(("ambiguous", "commit", "equilibrium"), answer(found).tables[::2], strict=False):
        for outcome, row in zip(OUTCOMES, table.rows, strict=False):
            change = found.differences[found.labels[1]][play][outcome]
            spans = abs(change["mean"]) <= half_width(change["se"]) and change["se"] > 0
            assert row[3].startswith("(") == spans
            spanning += spans
    assert spanning > 0


@pytest.mark.parametrize("name", degenerate())
def test_at_the_rims_no_title_says_what_its_table_denies(name: str) -> None:
    rim = degenerate()[name]
    for pair in ([BASE, rim], [rim, rim.override({"prior.resolute": 0.4})]):
        found = sim.compare(pair, draws=16, seed=0)
        (label,) = found.differences
        said, changes = comparison_finding(found, label), found.differences[label]
        if said.endswith("in every draw"):
            assert {each["equal"] for play in changes.values() for each in list(play.values())[:-1]} == {1.0}
        for play, phrase in (("ambiguous", "if France stays ambiguous"), ("commit", "if it commits")):
            part = next((part for part in said.split(" and ") if phrase in part), "")
            told = re.search(r"likelier|less likely|exactly as likely|these draws can tell,", part)
            if told is None:
                continue
            strike = changes[play]["strike"]
            clearly = abs(strike["mean"]) > half_width(strike["se"])
            assert clearly == ("likelier" in told[0] or "less" in told[0])
            assert not clearly or (strike["mean"] > 0) == ("likelier" in told[0])
            assert ("exactly" in told[0]) == (strike["equal"] == 1)
        assert " times" not in said


def test_no_rung_of_ours_is_broken_within_a_word() -> None:
    nobody = {"signal.ambiguous.deployment": 0.0, "signal.commit.deployment": 0.0}
    base = sim.load_scenario("macron-2024").override(nobody)
    found = sim.compare([base, base.override({"prior.resolute": 0.6})], draws=64, seed=0)
    texts = {text.get_text() for text in sim.figures.comparison(found).texts}
    assert {"strike", "casualties", "retaliation", "war", "nuclear"} <= texts
