"""Does the figure of a run beside base rates show the facts, and does its title count them rightly?

Deliberate breaks that turned a test red: the fact's interval drawn from the model's range; a missing model drawn as
never, or counted as inside; both stances counted under `ambiguous`.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from degenerate_scenarios import degenerate
from matplotlib import style
from matplotlib.figure import Figure
from scenario_texts import OWN_STANCES, written

import sim
from sim.analyses.plausible.base_rates import load_base_rates
from sim.analyses.plausible.figure import figures
from sim.analyses.plausible.table import answer, drawn_finding, event_told, plausibility_finding, said_of, shown
from sim.crisis.terms import READINGS
from sim.drawing.saving import files_of
from sim.telling.names import stance_label

BASE = sim.load_scenario("macron-2024")
NEVER = BASE.override({"russia.failed_strike_cost": 1000.0})
BELLICOSE = BASE.override(
    {
        **{"france.war_cost": 0.1, "escalation.war_if_alone": 0.9, "escalation.war_if_backed": 0.9},
        **{"russia.attack_cost": 0.0, "russia.backing_cost": 0.0},
    }
)


@pytest.fixture(scope="module")
def found() -> sim.Plausibility:
    """Return the article's case beside the bundled register."""
    return sim.plausibility(BASE, draws=4096, seed=0)


def test_dots_and_diamonds_stand_where_model_and_fact_are(found: sim.Plausibility) -> None:
    lines = {str(line.get_label()): np.asarray(line.get_xdata()) for line in sim.figures.plausible(found).get_lines()}
    rows = shown(found)
    for stance in ("ambiguous", "commit"):
        assert lines[stance].tolist() == [model.mean for row in rows if (model := row.models[stance])]
    facts = [row.fact.value for row in rows]
    assert [fact for fact in facts if fact] == [x for x, fact in zip(lines["fact"], facts, strict=True) if fact]


def test_rings_stand_where_the_means_are_in_the_other_reading_of_the_worst_case(found: sim.Plausibility) -> None:
    axes = sim.figures.plausible(found)
    lines = {str(line.get_label()): np.asarray(line.get_xdata()) for line in axes.get_lines()}
    end = lines["fact"].min()  # where 0 stands
    for stance in ("ambiguous", "commit"):
        means = [model.mean for row in shown(found) if (model := row.readings["outcome"][stance])]
        assert lines[f"other:{stance}"].tolist() == [max(mean, end) for mean in means]
        assert means != lines[stance].tolist()


def test_a_figure_that_leaves_stances_out_says_how_many_it_shows(tmp_path: Path) -> None:
    own = sim.plausibility(sim.load_scenario(written(tmp_path, OWN_STANCES)), draws=64, seed=0)
    said = " ".join(text.get_text().replace("\n", " ") for text in sim.figures.plausible(own).texts)
    assert "(2 of 3 stances)" in said


def test_intervals_of_facts_are_drawn_in_ink(found: sim.Plausibility) -> None:
    drawn = {
        tuple(point[0] for point in segment)
        for bars in sim.figures.plausible(found).collections
        for segment in bars.get_segments()  # type: ignore[attr-defined]
    }
    assert {row.fact.interval for row in shown(found) if row.fact.interval and row.fact.interval[0] > 0} <= drawn


def test_rows_run_from_farthest_below_the_fact_to_farthest_above(found: sim.Plausibility) -> None:
    rows = ((row.fact.value, row.models["commit"]) for row in shown(found))
    factors = [model.mean / value for value, model in rows if model and value]
    assert factors == sorted(factors)


def counts(found: sim.Plausibility, play: str, reading: str = "type") -> tuple[int, int]:
    """Return how many means lie below the fact's interval and above it by more than their error."""
    sides = [0, 0]
    for row in found.rows:
        least, most = row.fact.interval or (row.fact.value or 0.0, row.fact.value or 0.0)
        if model := row.readings[reading][play]:
            sides[0] += model.mean + 2.1314 * model.se < least
            sides[1] += model.mean - 2.1314 * model.se > most
    return sides[0], sides[1]


def test_the_title_counts_means_below_and_above_by_stance(found: sim.Plausibility) -> None:
    drawn = sim.figures.plausible(found).get_title(loc="left").replace("\n", " ")
    assert drawn == drawn_finding(found)
    assert f" of {len(shown(found))} facts" in drawn
    title = plausibility_finding(found)
    below, above = zip(counts(found, "ambiguous"), counts(found, "commit"), strict=True)
    endings = [counts(found, play, "outcome") for play in ("ambiguous", "commit")]
    assert endings[0][0] != endings[1][0]
    assert endings[0][1] == endings[1][1] == 0
    assert title == (
        f"Under ambiguity the model’s mean lies below {below[0]} of 25 facts and above {above[0]}; "
        f"under commitment, below {below[1]} of 25 facts and above {above[1]}; with the worst case over all endings, "
        f"below {endings[0][0]} and {endings[1][0]} and above none"
    )
    assert below[0] > above[0] > 0
    assert below[1] > above[1] > 0


def test_a_bellicose_model_lies_above_most_facts_and_the_title_says_so() -> None:
    finding = plausibility_finding(sim.plausibility(BELLICOSE, draws=4096, seed=0))
    assert "under commitment, below 10 of 25 facts and above 14; with the worst case over all endings, " in finding


def test_facts_that_cannot_be_compared_leave_the_count() -> None:
    finding = plausibility_finding(sim.plausibility(NEVER, draws=64, seed=0))
    assert finding == (
        "Under either stance the model’s mean lies below 10 of 10 facts and above none (15 have no case); with the "
        "worst case over all endings, below 10 and above none (15 have no case)"
    )
    rows = answer(sim.plausibility(NEVER, draws=64, seed=0)).tables[0].rows
    assert [row[1:] for row in rows] == [("10 · 10",) * 3, ("0 · 0",) * 3, ("0 · 0",) * 3, ("15 · 15",) * 3]


def test_where_the_draws_lie_adds_up_to_a_hundred(found: sim.Plausibility) -> None:
    cells = "\n".join(cell for row in answer(found).tables[1].rows for cell in row[2:])
    lines = [line for line in cells.split("\n") if " · " in line]
    assert len(lines) == 2 * 3 * len(found.rows)
    assert {sum(map(int, line.split(" · "))) for line in lines} == {100}


def test_what_never_arises_is_written_as_no_case_and_not_drawn() -> None:
    never = sim.plausibility(NEVER, draws=64, seed=0)
    axes = sim.figures.plausible(never)
    missing = sum(row.models["commit"] is None for row in shown(never))
    assert missing > 0
    assert len(axes.get_lines()[1].get_ydata()) == len(shown(never)) - missing  # type: ignore[arg-type]
    assert [text.get_text() for text in axes.texts].count("no case") == 2 * missing


def test_without_a_fact_to_show_the_figure_is_refused() -> None:
    hidden = [fact for fact in load_base_rates() if not fact.shown]
    with pytest.raises(ValueError, match="facts must have one with shown = true; none has"):
        sim.figures.plausible(sim.plausibility(BASE, draws=16, seed=0, facts=hidden))


@pytest.mark.parametrize("scenario", [BASE, NEVER, BELLICOSE], ids=["base", "never", "bellicose"])
def test_no_text_leaves_the_picture_or_covers_another(scenario: sim.Scenario) -> None:
    with style.context(sim.figures.STYLE):
        figure = Figure(layout="constrained")
        axes = sim.figures.plausible(sim.plausibility(scenario, draws=1024, seed=0), ax=figure.add_subplot())
        figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in axes.texts]
    assert all(figure.bbox.x0 <= box.x0 and box.x1 <= figure.bbox.x1 for box in boxes)
    assert all(float(text.get_fontsize()) >= 18 for text in axes.texts[:-1])
    shrunk = [box.shrunk(1, 0.7) for box in boxes]
    assert not any(one.overlaps(other) for place, one in enumerate(shrunk) for other in shrunk[:place])
    ticks = [label.get_window_extent() for label in axes.get_xticklabels()]
    assert not any(one.overlaps(other) for place, one in enumerate(ticks) for other in ticks[:place])


def test_the_tables_hold_every_fact_with_its_verdict(found: sim.Plausibility) -> None:
    told = answer(found)
    counts, facts, bearings = told.tables
    for side in (0, 1):
        assert sum(int(row[1].split(" · ")[side]) for row in counts.rows) == len(found.rows)
    events = {event_told(row.fact) for row in found.rows}
    assert len(facts.rows) == len(found.rows) + len(events)
    assert {row[0].removeprefix("MODEL: ") for row in facts.rows if row[0].startswith("MODEL: ")} == events
    (small,) = (row for row in facts.rows if row[0] == "War after a first deadly incident, 1993–2014 †")
    assert small[1] == "3 of 100\n0.88 – 8.0 %"
    assert [cell.partition("\n")[0] for cell in small[2:]] == ["inside"] * 3
    assert len(bearings.rows) == len(found.bearings)
    notes = " ".join(told.notes)
    register = load_base_rates()
    assert all(fact.title in notes and " ".join(fact.differs.split()) in " ".join(notes.split()) for fact in register)


def test_second_hand_figures_say_so(found: sim.Plausibility) -> None:
    bearings = answer(found).tables[2]
    assert [row[0].endswith("\nsecond-hand") for row in bearings.rows].count(True) == 3


def test_the_words_for_those_who_cannot_see_it_hold_every_fact(found: sim.Plausibility) -> None:
    text = sim.figures.plausible_alt_text(found)
    assert all(f"{row.fact.title}: {said_of(row.fact)}; in the model" in text for row in shown(found))


def test_the_files_hold_what_is_drawn(found: sim.Plausibility) -> None:
    lines = files_of(figures(found), print)["plausible.csv"].decode().splitlines()
    assert lines[0] == "fact,value,low,high,worst_case,stance,mean,q05,q95,draws_below,draws_above,verdict"
    assert len(lines) == 1 + 2 * 3 * len(shown(found))


@pytest.mark.parametrize("name", degenerate())
def test_at_the_rims_the_title_counts_what_the_table_counts(name: str) -> None:
    result = sim.plausibility(degenerate()[name], draws=16, seed=0)
    said, counts = plausibility_finding(result), answer(result).tables[0]
    assert said in counts.explanation
    told = {row[0].partition("\n")[0]: dict(zip(counts.columns[1:], row[1:], strict=True)) for row in counts.rows}
    first = stance_label(None, result.struck[0]) if result.struck else "France\nchooses"
    place = READINGS.index(result.worst_case)
    own = {verdict: cells[first].split(" · ")[place] for verdict, cells in told.items()}
    compared = len(result.rows) - int(own["no case"])
    below, above = (own[verdict] if own[verdict] != "0" else "none" for verdict in ("below", "above"))
    assert f"lies below {below} of {compared} facts and above {above}" in said
