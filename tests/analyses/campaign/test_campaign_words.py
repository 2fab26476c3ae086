"""What is said of a campaign, in titles, tables and for those who cannot see the figures.

Deliberate breaks that turned tests red: the share of the sure taken at the beginning in the title; few strikes told as
none.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from degenerate_scenarios import degenerate
from rich.console import Console
from some_campaigns import CAMPAIGNS, made, rolled

import sim
from sim.analyses.campaign.analysis import Campaign
from sim.analyses.campaign.plan import CampaignPlan
from sim.analyses.campaign.table import answer, shown_months
from sim.analyses.campaign.words import belief_finding, survival_caption, survival_finding
from sim.crisis.ladder import OUTCOMES
from sim.telling.rendering import in_html, in_terminal


@pytest.fixture(params=CAMPAIGNS)
def result(request: pytest.FixtureRequest) -> Campaign:
    """Return one campaign after the other."""
    return CAMPAIGNS[request.param]()


def test_the_finding_names_strikes_and_hits_and_leaves_war_to_the_table() -> None:
    all_of_it = made({"strike": [1.0, 0.5, 0.2], "casualties": [1.0, 0.9, 0.8], "war": [1.0, 1.0, 0.99]})
    assert survival_finding(all_of_it) == (
        "If France chooses, 80 of 100 campaigns see a strike within 2 encounters, 20 of 100 a strike that hits"
    )
    hits = made({"strike": [1.0, 0.0], "casualties": [1.0, 0.9]})
    assert survival_finding(hits).endswith(
        "all campaigns see a strike within 1 encounter, 10 of 100 a strike that hits"
    )
    assert survival_finding(made({"strike": [1.0, 0.5]})) == (
        "If France chooses, 50 of 100 campaigns see a strike within 1 encounter"
    )
    assert survival_finding(made({"strike": [1.0, 1.0]})) == "If France chooses, Russia never strikes in 1 encounter"


def test_the_finding_on_beliefs_counts_the_sure_at_the_end() -> None:
    result = made({"strike": [1.0, 0.5]}, {"resolute": [0.1, 0.25], "opportunist": [0.2, 0.5]})
    assert belief_finding(result) == (
        "If France chooses, 25 of 100 campaigns leave Russia sure of France’s type after 1 encounter, "
        "50 of 100 France of Russia’s (before the first: 10 of 100 and 20 of 100)"
    )
    certain = made({"strike": [1.0, 0.5]}, {"resolute": [0.0, 1.0], "opportunist": [1.0, 0.0]})
    assert belief_finding(certain).endswith(
        "all campaigns leave Russia sure of France’s type after 1 encounter, none France of Russia’s "
        "(before the first: none and all)"
    )
    assert belief_finding(made({"strike": [1.0, 0.5]})).endswith(
        "neither side learns anything about the other in 1 encounter"
    )


@pytest.mark.parametrize("doctrine", ["ambiguous", "commit"])
def test_the_findings_say_which_stance_france_is_held_to(doctrine: str) -> None:
    begins = {"ambiguous": "If France stays ambiguous, ", "commit": "If France commits, "}[doctrine]
    result = rolled(CampaignPlan(doctrine=doctrine, months=3))
    assert survival_finding(result).startswith(begins)
    assert belief_finding(result).startswith(begins)


def test_the_alternative_texts_begin_with_the_finding_and_are_whole(result: Campaign) -> None:
    for text, finding in (
        (sim.figures.survival_alt_text(result), survival_finding(result)),
        (sim.figures.belief_fans_alt_text(result), belief_finding(result)),
    ):
        assert text.startswith(finding)
        assert text.endswith(".")
    assert f"by encounter {result.plan.months}" in sim.figures.survival_alt_text(result)


def test_the_rows_are_every_curve_month_by_month(result: Campaign) -> None:
    rows = result.table()
    assert [(row["outcome"], row["month"]) for row in rows] == [
        (outcome, month) for outcome in OUTCOMES for month in range(result.plan.months + 1)
    ]
    assert all(row["not_yet"] == result.survival[row["outcome"]][row["month"]] for row in rows)
    assert all(row["se"] == result.survival_se[row["outcome"]][row["month"]] for row in rows)


def test_tables_show_few_months_and_the_ends_always() -> None:
    for months in range(1, 241):
        shown = shown_months(months)
        assert len(shown) <= 4
        assert (shown[0], shown[-1]) == (1, months)


def test_the_tables_fit_a_narrow_terminal_without_broken_words(result: Campaign) -> None:
    console = Console(width=80)
    with console.capture() as said:
        console.print(in_terminal(answer(result)))
    text = said.get()
    for word in ("retaliation", "abandonment", "still going", "median"):
        assert f" {word} " in text
    assert max(len(line) for line in text.splitlines()) <= 80
    assert result.notes[0].split(":")[0] in in_html(answer(result))


def test_the_table_holds_the_probabilities_of_having_got_so_far() -> None:
    likely = answer(made({"strike": [1.0, 0.5, 0.25]})).tables[0]
    assert likely.rows[0][:3] == ("strike", "50.0 %\n50 of 100", "75.0 %\n75 of 100")
    assert likely.rows[3][:3] == ("war", "0", "0")


def test_a_step_is_a_month_only_where_the_scenario_counts_twelve_encounters_a_year() -> None:
    yearly = made({"strike": [1.0, 0.5, 0.25]})
    monthly = replace(yearly, encounters_per_year=12.0)
    assert survival_finding(yearly).count("within 2 encounters") == 1
    assert survival_finding(monthly).count("within 2 months") == 1
    assert survival_caption(yearly).startswith("At 1 encounter a year, 2 encounters take 2 years; ")
    assert survival_caption(monthly).startswith("A month is one encounter; ")
    assert survival_caption(replace(yearly, encounters_per_year=4.0)).startswith(
        "At 4 encounters a year, 2 encounters take 0.5 years; "
    )


@pytest.mark.parametrize("name", degenerate())
def test_at_the_rims_no_finding_says_what_its_rows_deny(name: str) -> None:
    result = sim.campaign(degenerate()[name], CampaignPlan(doctrine="ambiguous", months=3), draws=64)
    said, last = survival_finding(result), {row["outcome"]: row["not_yet"] for row in result.table()}
    assert ("nobody is there" in said or "never strikes" in said) == (last["strike"] == 1)
    assert ("a strike that hits" in said) == (last["casualties"] < 1)
    assert ("all campaigns see a strike" in said) == (last["strike"] == 0)
    learnt = belief_finding(result)
    moved = any(len(set(curve)) > 1 for fan in result.belief.values() for key, curve in fan.items() if key != "se")
    assert ("neither side learns" in learnt) <= (not moved)
