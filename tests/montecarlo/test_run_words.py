"""Is the sentence true? Findings, captions and warnings on results of which we know what they say.

Deliberate breaks that turned a test red: strikes as stated told as those at equal exposure; 0 for what is rare.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from some_results import made, real
from some_scenarios import alike, certain, four_stances

from sim.montecarlo.run import run
from sim.montecarlo.told.table import tables
from sim.montecarlo.told.words import (
    by_construction,
    exactness,
    headline,
    label_warnings,
    ladder_alt_text,
    ladder_finding,
    run_finding,
)
from sim.scenario.scenario import load_scenario
from sim.telling.numbers import frequency


def test_the_finding_is_strikes_and_hits_and_what_is_left_at_equal_exposure() -> None:
    result = made(
        ambiguous={"strike": 0.266, "casualties": 0.0215},
        commit={"strike": 0.282, "casualties": 0.11, "war": 0.01},
        exposed={"type": (0.29, 0.28), "outcome": (0.013, 0.031)},
    )
    assert ladder_finding(result) == (
        "If its worst case is a resolute France, Russia hits French soldiers in 2 (ambiguous) and 11 (commit) of 100 "
        "crises, and strikes in 27 and 28. With trainers equally exposed it strikes in 29 and 28 of 100; if its worst "
        "case is a NATO–Russia war, however unlikely, in 1 and 3"
    )


def test_no_ratio_of_assumed_tails_is_a_finding() -> None:
    result = made(ambiguous={"strike": 0.3, "war": 0.001}, commit={"strike": 0.4, "war": 0.01})
    assert ladder_finding(result) == (
        "If its worst case is a resolute France, Russia hits French soldiers in 0 (ambiguous) and 0 (commit) of 100 "
        "crises, and strikes in 30 and 40"
    )


def test_what_is_not_well_known_is_said_to_be_about_so() -> None:
    means = {"strike": 0.3, "casualties": 0.2}
    known, unknown = (made(ambiguous=means, commit={"strike": 0.4}, se=se) for se in (0.001, 0.1))
    assert "Russia hits French soldiers in 20 (ambiguous)" in headline(known)
    assert "Russia hits French soldiers in about 20 (ambiguous)" in headline(unknown)


def test_rare_strikes_are_counted_in_more_crises_and_never_rounded_to_none() -> None:
    rare = made(ambiguous={"strike": 0.0003, "casualties": 1e-5}, commit={"strike": 0.0004})
    assert headline(rare) == (
        "If its worst case is a resolute France, Russia hits French soldiers in under 1 (ambiguous) and 0 (commit) of "
        "10,000 crises, and strikes in 3 and 4"
    )


def test_strikes_that_come_only_at_equal_exposure_are_told() -> None:
    assert ladder_finding(made(exposed={"type": (0.5, 1.0), "outcome": (0.0, 0.999)})) == (
        "Russia never strikes, whichever stance France is held to. With trainers equally exposed it strikes in 50 and "
        "100 of 100; if its worst case is a NATO–Russia war, however unlikely, in 0 and over 99"
    )


def test_two_to_four_stances_are_told_by_their_own_names(tmp_path: Path) -> None:
    four, one = (run(each, 256) for each in (four_stances(tmp_path), certain(ambiguous=0)))
    assert "(rule_out), " in headline(four)
    assert " (quiet), " in headline(four)
    assert (by_construction(four), by_construction(one)) == (
        "",
        "Rule_out and ambiguous: zero by construction, not a finding",
    )
    assert "equally exposed" not in ladder_finding(one)
    assert "if its worst case is a NATO–Russia war, however unlikely, in" in ladder_finding(one)
    for result in (four, one):
        said = ladder_alt_text(result)
        assert [stance for stance in result.struck if f"Under {stance}: strike" not in said] == []


@pytest.mark.parametrize("size", [1e-9, 0.0, 1.0])
def test_what_is_found_on_degenerate_scenarios_is_what_the_tables_have(size: float) -> None:
    result = run(alike(size), 64)
    strikes = [result.doctrine[stance]["strike"]["mean"] for stance in result.struck]
    assert headline(result).startswith("Russia never strikes") == (not any(strikes))
    for panel in tables(result):
        assert all(cell not in ("nan", "") for row in panel.rows for cell in row[1:])
    assert "times as likely" not in ladder_finding(result)


def test_what_to_know_before_it_is_quoted_stands_beside_it(tmp_path: Path) -> None:
    said = run_finding(real())
    assert said.startswith(f"{ladder_finding(real())}. In ")
    pays, folds = real().empty_site["commit"]["share"], real().labels["resolute_folds.ambiguous"]
    assert f"In {frequency(pays)} draws striking an empty site pays; the 0 of ruling out omits that" in said
    assert f"In {frequency(folds).split()[0]} and " in said
    firm = run(load_scenario("macron-2024").override({"france.humiliation": 1e6, "russia.failed_strike_cost": 0.1}), 64)
    assert run_finding(firm) == ladder_finding(firm)
    struck = run(four_stances(tmp_path), 64)
    assert "finds nobody" not in run_finding(struck)


def test_peace_is_a_finding_too() -> None:
    assert ladder_finding(made()) == "Russia never strikes, whichever stance France is held to"


def test_the_caption_admits_a_large_numerical_error() -> None:
    means = {"strike": 0.3}
    assert exactness(made(ambiguous=means, se=0.01)) == "numerical error is smaller than the dots"
    assert exactness(made(ambiguous=means, se=0.1)) == "numerical error is up to ± 21 % of a mean"
    assert exactness(made(ambiguous=means, se=0.5)) == "numerical error is as large as some means"
    assert exactness(made()) == "numerical error is smaller than the dots"


def test_the_alternative_text_gives_every_mean_and_says_why_rule_out_is_zero() -> None:
    said = ladder_alt_text(made(ambiguous={"strike": 0.3}, commit={"strike": 0.4, "war": 0.001}))
    assert "Under ambiguous: strike 30 of 100, casualties never" in said
    assert "war 1 in 1,000, nuclear never" in said
    assert said.endswith("Rule_out: zero by construction, not a finding.")


def test_a_name_that_loses_its_meaning_in_more_than_one_draw_of_a_hundred_is_warned_of() -> None:
    sound = dict.fromkeys(real().labels, 0.0)
    lost = replace(real(), labels=sound | {"war_cost": 0.0101, "fight_cost": 0.01})
    assert label_warnings(lost) == [
        "in 1.0 % of draws war costs an opportunist Russia more than a cautious one (russia.war_cost)"
    ]


def test_a_resolute_france_that_folds_in_more_than_one_draw_of_ten_is_warned_of() -> None:
    sound = dict.fromkeys(real().labels, 0.0)
    lost = replace(real(), labels=sound | {"resolute_folds.ambiguous": 0.101, "resolute_folds.commit": 0.1})
    assert label_warnings(lost) == ["in 10.1 % of draws even a resolute France folds after a hit under ambiguous"]
