"""Does the figure of a run beside base rates show the facts, and does its title count them rightly?

Deliberate breaks that turned a test red: the fact's interval drawn from the model's range; tamer counted under
`ambiguous` alone; a missing model drawn as never.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from matplotlib import style
from matplotlib.figure import Figure

import sim
from sim.show.drawing.plausible_files import plausible_files
from sim.show.plausibility import event_told, plausibility_answer, plausibility_finding, said_of, shown
from sim.study.base_rates import load_base_rates

BASE = sim.load_scenario("macron-2024")
NEVER = BASE.override({"russia.failed_strike_cost": 1000.0})


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


def test_intervals_of_facts_are_drawn_in_ink(found: sim.Plausibility) -> None:
    drawn = {
        tuple(point[0] for point in segment)
        for bars in sim.figures.plausible(found).collections
        for segment in bars.get_segments()  # type: ignore[attr-defined]
    }
    assert {row.fact.interval for row in shown(found) if row.fact.interval and row.fact.interval[0] > 0} <= drawn


def test_rows_run_from_the_tamest_to_the_boldest(found: sim.Plausibility) -> None:
    factors = [model.factor for row in shown(found) if (model := row.models["commit"]) and model.factor]
    assert factors == sorted(factors)


def test_the_title_counts_verdicts_under_both_stances(found: sim.Plausibility) -> None:
    both = Counter(
        next(iter(verdicts))
        for row in found.rows
        if len(verdicts := {model.verdict if (model := row.models[play]) else "" for play in ("ambiguous", "commit")})
        == 1
    )
    title = sim.figures.plausible(found).get_title(loc="left").replace("\n", " ")
    assert title == plausibility_finding(found)
    assert f"tamer than {both['tamer']} of {len(found.rows)} base rates" in title
    assert title.endswith(f"bolder than {both['bolder'] or 'none'}")


def test_a_reckless_model_is_said_to_be_bolder() -> None:
    mad = {"escalation.war_if_alone": 0.9, "escalation.war_if_backed": 0.9, "france.war_cost": 0.1}
    cheap = {"france.fight_cost.bluffing": 0.1, "france.fight_cost.resolute": 0.1}
    keen = {"russia.war_cost.cautious": 0.1, "russia.war_cost.opportunist": 0.1}
    reckless = BASE.override(mad | cheap | keen)
    assert plausibility_finding(sim.plausibility(reckless, draws=64, seed=0)).startswith("The model is bolder than ")


def test_facts_that_agree_are_said_to_agree() -> None:
    facts = [fact for fact in load_base_rates() if fact.id in ("force-used-1946", "nuclear-rivals")]
    agreed = plausibility_finding(sim.plausibility(BASE, draws=64, seed=0, facts=facts))
    assert agreed == "Under neither stance is the model clearly bolder or tamer than any of 2 base rates and forecasts"


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


@pytest.mark.parametrize("scenario", [BASE, NEVER], ids=["base", "never"])
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
    answer = plausibility_answer(found)
    counts, facts, bearings = answer.panels
    assert sum(int(row[1]) for row in counts.rows) == len(found.rows)
    events = {event_told(row.fact) for row in found.rows}
    assert len(facts.rows) == len(found.rows) + len(events)
    assert {row[0].removeprefix("MODEL: ") for row in facts.rows if row[0].startswith("MODEL: ")} == events
    (small,) = (row for row in facts.rows if row[0] == "War after a first deadly incident, 1993–2014 †")
    assert small[1] == "3 of 100\n0.88 – 8.0 %"
    assert [cell.partition("\n")[0] for cell in small[2:]] == ["within"] * 3
    assert len(bearings.rows) == len(found.bearings)
    told = " ".join(answer.notes)
    register = load_base_rates()
    assert all(fact.title in told and fact.differs in told for fact in register)


def test_second_hand_figures_say_so(found: sim.Plausibility) -> None:
    bearings = plausibility_answer(found).panels[2]
    assert [row[0].endswith("\nsecond-hand") for row in bearings.rows].count(True) == 2


def test_the_words_for_those_who_cannot_see_it_hold_every_fact(found: sim.Plausibility) -> None:
    text = sim.figures.plausible_alt_text(found)
    assert all(f"{row.fact.title}: {said_of(row.fact)}; in the model" in text for row in shown(found))


def test_the_files_hold_what_is_drawn(found: sim.Plausibility) -> None:
    lines = plausible_files(found)["plausible.csv"].decode().splitlines()
    assert lines[0] == "fact,value,low,high,stance,mean,q05,q95,verdict,factor"
    assert len(lines) == 1 + 3 * len(shown(found))
