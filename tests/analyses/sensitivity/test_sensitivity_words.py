"""Do findings say what the analysis found? Counts, shares and footings are computed; nothing is said of nothing.

Deliberate break that turned a test red: `>` in place of `>=` where drivers reach enough.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.console import Console
from some_sensitivities import FACT, JOURNALIST, SEVERAL, made, real, share

import sim
from sim.analyses.sensitivity.analysis import OUTPUTS, Sensitivity
from sim.analyses.sensitivity.drivers import Driver
from sim.analyses.sensitivity.groups import Group
from sim.analyses.sensitivity.table import answer
from sim.analyses.sensitivity.words import (
    MOST_DRAWN,
    MOST_ROWS,
    drivers_finding,
    footing,
    leading,
    named,
    sensitivity_alt_text,
    share_text,
    shown,
    swing_finding,
    tornado_alt_text,
)
from sim.crisis.parameters import PARAMETERS
from sim.scenario.evidence import load_register
from sim.scenario.scenario import load_scenario
from sim.telling.rendering import in_html, in_terminal


@pytest.mark.parametrize(
    ("result", "finding"),
    [
        (
            made([0.2, 0.4, 0.7, 0.8], (), JOURNALIST, JOURNALIST, SEVERAL),
            "Three parameters carry 70 % of what is uncertain about a strike if France commits: two rest on the "
            "journalist alone and one on no evidence",
        ),
        (
            made([0.5, 0.6], JOURNALIST, ()),
            "One parameter carries 50 % of what is uncertain about a strike if France commits: it rests on the "
            "journalist alone",
        ),
        (
            made([0.1, 0.2, 0.3], (), SEVERAL, FACT),
            "Even the three strongest parameters together carry only 30 % of what is uncertain about a strike if "
            "France commits: one rests on no evidence, one on more than one claim and one on a single claim",
        ),
        (
            made([0.3, 0.9], (), ()),
            "Two parameters carry 90 % of what is uncertain about a strike if France commits: two rest on no evidence",
        ),
    ],
    ids=["three", "one", "not enough", "no evidence at all"],
)
def test_the_finding_counts_the_fewest_that_carry_half_and_what_they_rest_on(result: Sensitivity, finding: str) -> None:
    assert drivers_finding(result, "strike") == finding


def test_drivers_that_do_nothing_are_neither_counted_nor_taken_for_evidence() -> None:
    result = made([0.1, 0.2, 0.2, 0.2], (), JOURNALIST, SEVERAL, SEVERAL)
    found = result.outputs["strike"]
    idle = tuple(replace(driver, total=share(0.0)) for driver in found.drivers[2:])
    result = replace(result, outputs={"strike": replace(found, drivers=(*found.drivers[:2], *idle))})
    assert drivers_finding(result, "strike") == (
        "Even the two strongest parameters together carry only 20 % of what is uncertain about a strike if France "
        "commits: one rests on no evidence and one on the journalist alone"
    )
    alone = replace(result, outputs={"strike": replace(found, drivers=(found.drivers[0], *idle))})
    assert drivers_finding(alone, "strike").startswith("One parameter carries 10 % of what is uncertain")


def test_where_nothing_is_seen_to_drive_what_varies_no_driver_is_named() -> None:
    result = made([0.0], JOURNALIST)
    found = result.outputs["strike"]
    idle = tuple(replace(driver, total=share(0.0)) for driver in found.drivers)
    result = replace(result, outputs={"strike": replace(found, drivers=idle)})
    told = answer(result, "strike")
    assert told.tables == []
    assert told.notes[0] == "What drives a strike if France commits cannot be told from 1,024 base points."
    assert told.notes[1].startswith("It differs in so few of the crises")


def with_strongest(result: Sensitivity, driver: Driver) -> Sensitivity:
    """Return the same analysis with another driver of a strike in front."""
    found = result.outputs["strike"]
    return replace(result, outputs={"strike": replace(found, drivers=(driver, *found.drivers[1:]))})


def test_a_group_of_several_parameters_is_called_a_driver_and_may_be_assumed_in_part() -> None:
    group = Group("a + b", ("a", "b"), (0, 1), {"claim": "journalist"}, ("As we guess.",))
    result = with_strongest(replace(made([0.6], JOURNALIST), groups=(group,)), Driver("a + b", share(0.5), share(0.6)))
    assert drivers_finding(result, "strike").startswith("One driver carries 60 %")
    assert drivers_finding(result, "strike").endswith("it rests on assumptions in part")
    assert footing(group) == "journalist alone, part assumed"


def test_of_what_does_not_vary_it_is_said_what_it_always_is() -> None:
    result = real("rule_out")
    assert drivers_finding(result, "war").endswith("if France rules trainers out: it never happens")
    assert swing_finding(result, "war").startswith("Nothing moves a NATO–Russia war")
    told = answer(result, "war")
    assert told.tables == []
    assert "by construction" in told.notes[1]
    assert sensitivity_alt_text(result, "war") == f"{drivers_finding(result, 'war')}."


def test_a_certain_scenario_is_told_apart_from_one_whose_outcome_happens_not_to_vary() -> None:
    scenario = load_scenario("macron-2024")
    certain = sim.sensitivity(scenario.override(scenario.medians()), doctrine="commit", points=1024)
    assert answer(certain, "strike").notes[1] == "No parameter of the scenario is uncertain."
    assert drivers_finding(certain, "strike").endswith(": it is always 29 of 100")
    folds = sim.sensitivity(scenario.override({"signal.ambiguous.pinpoint": 0.0}), points=1024)
    assert answer(folds, "war").notes[1].startswith("It is the same in all 2,048 crises that were drawn")
    assert drivers_finding(certain, "france_payoff").endswith("if it commits: it is always −0.14")


def test_the_widest_swing_makes_the_other_title() -> None:
    finding = swing_finding(made([0.6], (), JOURNALIST), "strike")
    assert finding == (
        "A strike if France commits: 20 of 100 → 60 of 100 as the chance that France is resolute goes from 0.1 to 40; "
        "no other does as much"
    )


def swinging(widths: list[float], error: float) -> Sensitivity:
    """Return an analysis whose swings have these widths and this error each."""
    result = made([0.6], *[()] * len(widths))
    found = result.outputs["strike"]
    swings = tuple(
        replace(swing, means=(0.2, 0.2 + width), error=error) for swing, width in zip(found.swings, widths, strict=True)
    )
    return replace(result, outputs={"strike": replace(found, swings=swings)})


@pytest.mark.parametrize(
    ("widths", "error", "said"),
    [
        ([0.4], 0.1, "no other does as much"),
        ([0.4, 0.35], 0.01, "no other does as much"),  # 2.13 · (0.01 + 0.01) = 0.043 < 0.05
        ([0.4, -0.35], 0.012, "the chance that Russia is the opportunist may do as much"),  # 0.051 > 0.05
        ([0.4, 0.4], 0.0, "the chance that Russia is the opportunist may do as much"),
        ([0.4, 0.39, -0.38, 0.0], 0.1, "two others may do as much"),
        ([0.4] * 13, 0.0, "12 others may do as much"),
    ],
)
def test_that_no_other_parameter_does_as_much_is_said_only_beyond_the_errors(
    widths: list[float], error: float, said: str
) -> None:
    assert swing_finding(swinging(widths, error), "strike").rpartition("; ")[2] == said


@pytest.mark.parametrize("outcome", ["strike", "france_payoff"])
def test_an_error_that_is_rounding_alone_is_none(outcome: str) -> None:
    result = made([0.6], (), outcome=outcome)
    found = result.outputs[outcome]
    swings = tuple(replace(swing, error=1.5e-17) for swing in found.swings)
    told = answer(replace(result, outputs={outcome: replace(found, swings=swings)}), outcome)
    assert told.tables[1].rows[0][3].partition("\n")[2] == "0"
    assert answer(result, outcome).tables[1].rows[0][3].partition("\n")[2].startswith("± 0")


@pytest.mark.parametrize("outcome", OUTPUTS)
def test_the_tables_hold_every_driver_that_is_shown_with_its_footing(outcome: str) -> None:
    told, found = answer(real(), outcome), shown(real().outputs[outcome])
    drivers, swings, evidence = told.tables
    assert [row[0].partition("\n")[0] for row in drivers.rows] == [driver.name for driver in found.drivers]
    assert [row[1].partition("\n")[0] for row in drivers.rows] == [share_text(d.first.share) for d in found.drivers]
    assert [row[2].partition("\n")[0] for row in drivers.rows] == [share_text(d.total.share) for d in found.drivers]
    assert [row[0] for row in swings.rows] == [swing.name for swing in found.swings]
    assert 0 < len(drivers.rows) <= MOST_ROWS
    cited = [row[0] for row in evidence.rows if not row[0].startswith("– ")]
    assert cited == [driver.name for driver in found.drivers[: leading(found)]]


def test_the_evidence_table_crosses_a_driver_with_its_claims_and_who_made_them() -> None:
    rows = answer(real(), "strike").tables[2].rows
    register, scenario = load_register(), load_scenario("macron-2024")
    owner, cited = "", 0
    for text, source in rows:
        if not source:
            owner = text
            continue
        entry, said = scenario.entries[owner], " ".join(text.removeprefix("– ").split())
        if source == "assumption":
            assert said == entry.assumption
        else:
            assert register[said].source == source
            assert said in entry.evidence
            cited += 1
    assert cited > 0


def test_an_idle_parameter_has_no_row() -> None:
    names = {driver.name for driver in shown(real().outputs["france_payoff"]).drivers}
    idle = {parameter.name for parameter in PARAMETERS if parameter.name.startswith("signal.commit")}
    assert not names & idle
    assert not any(swing.name in idle for swing in shown(real().outputs["france_payoff"]).swings)


def test_a_negative_share_and_a_wide_interval_are_explained_and_others_are_not() -> None:
    calm = made([0.6], ())
    wild = with_strongest(calm, Driver("prior.resolute", share(-0.01), share(0.5, 0.2)))
    assert not any("below 0" in note or "--points" in note for note in answer(calm, "strike").notes)
    told = answer(wild, "strike")
    assert "A share below 0 is a share near 0" in " ".join(told.notes)
    assert f"--points {8 * wild.draws}" in " ".join(told.notes)
    assert told.tables[0].rows[0][1].startswith("−1 %")


def test_where_it_comes_from_says_how_france_is_taken_to_play() -> None:
    made_by = f"macron-2024 · ambiguous · 1,024 base points · seed 0 · sim {sim.__version__}"
    assert answer(real(), "strike").stamp == made_by
    assert "· equilibrium (refinement none, sender best) ·" in answer(real("equilibrium"), "strike").stamp
    quantal = replace(real("equilibrium"), concept="quantal", rationality=2.5)
    assert "· equilibrium (quantal, Λ = 2.5) ·" in answer(quantal, "strike").stamp


@pytest.mark.parametrize("outcome", ["strike", "nuclear", "france_payoff"])
def test_the_alternative_texts_hold_every_mark(outcome: str) -> None:
    found = shown(real().outputs[outcome], MOST_DRAWN)
    said, moved = sensitivity_alt_text(real(), outcome), tornado_alt_text(real(), outcome)
    assert all(
        named(real(), driver.name) in said and share_text(driver.total.share) in said for driver in found.drivers
    )
    assert all(named(real(), swing.name) in moved for swing in found.swings)


def test_the_answer_fits_a_terminal_of_eighty_columns_and_is_escaped_as_html() -> None:
    told = answer(real(), "strike")
    with (console := Console(width=80)).capture() as printed:
        console.print(in_terminal(told))
    lines = printed.get().splitlines()
    assert max(map(len, lines)) <= 80
    words = {word for line in lines for word in line.split()}
    names = {swing.name for swing in shown(real().outputs["strike"]).swings}
    assert names <= words  # none is broken
    assert "<caption><strong>Which parameters drive a strike" in in_html(told)
