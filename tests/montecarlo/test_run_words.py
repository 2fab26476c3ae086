"""Is the sentence true? Findings, captions and warnings on results of which we know what they say.

Deliberate break that turned a test red: naming the stances in the order of the file, not of the danger.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from some_results import made, real

from sim.montecarlo.words import exactness, label_warnings, ladder_alt_text, ladder_finding


def test_the_finding_compares_the_chances_of_war() -> None:
    result = made(ambiguous={"strike": 0.3, "war": 0.001}, commit={"strike": 0.4, "war": 0.01})
    assert ladder_finding(result) == (
        "A NATO–Russia war is 10 times as likely if France commits as if it stays ambiguous: "
        "1 in 100 against 1 in 1,000"
    )


def test_the_finding_turns_round_when_ambiguity_is_the_more_dangerous() -> None:
    result = made(ambiguous={"strike": 0.3, "war": 0.02}, commit={"strike": 0.4, "war": 0.01})
    assert ladder_finding(result).startswith(
        "A NATO–Russia war is 2.0 times as likely if France stays ambiguous as if it commits: 2 of 100"
    )


def test_a_difference_within_the_numerical_error_is_called_none() -> None:
    result = made(ambiguous={"war": 0.0100}, commit={"war": 0.0101}, se=0.01)
    assert ladder_finding(result).endswith(
        "is as likely if France commits as if it stays ambiguous, as far as these draws can tell"
    )


def test_a_ratio_that_is_not_well_known_is_not_given() -> None:
    result = made(ambiguous={"war": 0.001}, commit={"war": 0.01}, se=0.1)
    assert ladder_finding(result) == (
        "A NATO–Russia war is likelier if France commits than if it stays ambiguous: about 1 in 100 against 1 in 1,000"
    )


def test_a_stance_without_danger_is_never_divided_by() -> None:
    result = made(commit={"strike": 0.4, "war": 0.01})
    assert (
        ladder_finding(result)
        == "A NATO–Russia war follows if France commits (1 in 100), and never if it stays ambiguous"
    )


@pytest.mark.parametrize(
    ("rung", "event"), [("strike", "A strike"), ("casualties", "A strike that hits"), ("retaliation", "A French retal")]
)
def test_without_war_the_finding_is_about_the_highest_rung_that_is_reached(rung: str, event: str) -> None:
    assert ladder_finding(made(ambiguous={rung: 0.2}, commit={rung: 0.4})).startswith(event)


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
    assert said.endswith("Under rule_out every rung is zero by construction; not a finding.")


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
