"""Do the sentences say what the numbers do, and no more?

Deliberate breaks that turned these red: reasons taken in the order of the list in place of their size; a total within
its error told as a difference.
"""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from degenerate_scenarios import degenerate
from hypothesis import given
from hypothesis import strategies as st
from some_channels import made, split

import sim
from sim.analyses.channels.shapley import CHANNELS, MEASURES
from sim.analyses.channels.table import answer
from sim.analyses.channels.words import (
    NOTHING,
    REASONS,
    channels_alt_text,
    clear,
    crises,
    finding,
    notes,
    reason,
    signed_whole,
    whole_parts,
    zero_parts,
)
from sim.telling.vocabulary import EVENTS


def test_every_channel_and_every_probability_has_words() -> None:
    assert list(REASONS) == list(CHANNELS)
    assert [*EVENTS, "france_payoff"] == list(MEASURES)


def test_the_finding_gives_the_difference_and_its_largest_parts_in_their_order() -> None:
    result = made(0.6, {"audience_cost": 0.08, "pinpoint": -0.09, "deployment": -0.11, "ambiguity": -0.03}, se=1e-4)
    assert finding(result) == (
        "A strike in 15 fewer of 100 crises if France stays ambiguous than if it commits: trainers less often there "
        "−11, trainers harder to find −9, the rest +5"
    )


def test_a_rise_is_told_as_a_rise() -> None:
    assert finding(made(0.5, {"audience_cost": 0.2})).startswith("A strike in 20 more of 100 crises if France stays")


def test_rare_outcomes_are_counted_among_more_crises() -> None:
    result = made(0.0013, {"deployment": -0.001, "pinpoint": -0.0002}, outcome="war")
    assert crises(result) == 10_000
    assert finding(result).startswith("A NATO–Russia war in 12 fewer of 10,000 crises")


def test_a_count_that_is_not_sure_is_about_so_many() -> None:
    assert "in about 15 fewer" in finding(made(0.6, {"deployment": -0.15}, se=0.01))
    assert "in 15 fewer" in finding(made(0.6, {"deployment": -0.15}, se=0.001))


def test_a_total_within_its_error_is_no_difference_and_its_parts_are_told() -> None:
    said = finding(made(0.6, {"deployment": -0.1, "audience_cost": 0.101}, se=0.002))
    assert said.startswith("A strike is as likely if France stays ambiguous as if it commits, within the error: ")
    assert said.endswith("folding costs France less +10, trainers less often there −10")


def test_a_part_within_its_error_is_no_reason() -> None:
    assert "harder to find" not in finding(made(0.6, {"deployment": -0.3, "pinpoint": -0.02}, se=0.01))


def test_parts_too_small_to_count_leave_no_colon_behind() -> None:
    said = finding(made(0.6, {"deployment": -0.004}, se=1e-5))
    assert said == "A strike is almost as likely if France stays ambiguous as if it commits"


def test_a_scenario_in_which_nothing_acts_is_told() -> None:
    assert finding(made(0.0, {})) == "Nothing that differs between commit and ambiguous moves a strike"


def test_a_step_to_where_it_starts_is_told() -> None:
    assert finding(split("commit", "commit", draws=16)) == "From commit to commit nothing changes"


@pytest.mark.parametrize(("start", "end"), [("rule_out", "commit"), ("commit", "rule_out")])
def test_the_zero_of_rule_out_is_never_told_as_a_finding(start: str, end: str) -> None:
    result = split(start, end)
    wanted = "Under rule_out nobody is there, so by construction there is never a strike; 28 of 100 under commit"
    assert finding(result) == wanted
    assert any("not a finding that it is safe" in note for note in notes(result))


def test_the_payoff_is_in_its_own_unit() -> None:
    result = made(-0.37, {"isolation": 0.127, "deployment": 0.3}, se=1e-4, outcome="france_payoff")
    assert finding(result) == (
        "France’s payoff is 0.43 higher if France stays ambiguous than if it commits: trainers less often there +0.30, "
        "allies disapprove less +0.13"
    )
    assert not any("casualties" in note for note in notes(result))


@given(st.lists(st.floats(-0.13, 0.13), min_size=7, max_size=7), st.sampled_from(["strike", "france_payoff"]))
def test_whole_parts_add_up_to_the_whole_difference_and_are_within_one_of_their_own(
    sizes: list[float], outcome: str
) -> None:
    """By integers alone: each part is its value rounded down or up, and no sum of seven roundings is ever off."""
    result = made(0.93, dict(zip(CHANNELS, sizes, strict=True)), se=1e-6, outcome=outcome)
    scale = 100 if outcome == "france_payoff" else crises(result)
    parts = whole_parts(result)
    assert sum(parts.values()) == round(result.step.total.mean * scale)
    assert all(abs(parts[name] - size * scale) < 1 + 1e-9 for name, size in zip(CHANNELS, sizes, strict=True))


def test_the_parts_that_a_finding_names_and_the_rest_add_up_to_the_difference_that_it_says() -> None:
    """Rounded by themselves, three of −2.4 and one of −1.4 make −7 of a difference of −8.6."""
    parts = {"deployment": -0.024, "pinpoint": -0.0239, "audience_cost": -0.0238, "ambiguity": -0.0143}
    for result in (made(0.6, parts, se=1e-5), split(), split(outcome="casualties"), split(outcome="france_payoff")):
        said, _, reasons = finding(result).partition(": ")
        told = [float(each.replace("−", "-")) for each in re.findall(r"[+−][\d.]+", reasons)]
        difference = re.search(r"([\d.]+) (fewer|more|lower|higher)", said)
        assert difference is not None
        sign = -1 if difference[2] in ("fewer", "lower") else 1
        assert sum(told) == pytest.approx(sign * float(difference[1]), abs=1e-9)


def test_a_whole_part_has_its_sign_and_nothing_has_none() -> None:
    counted, paid = split(), split(outcome="france_payoff")
    assert [signed_whole(counted, whole) for whole in (-3, 0, 4)] == ["−3", "0", "+4"]
    assert [signed_whole(paid, whole) for whole in (-3, 0, 113)] == ["−0.03", "0.00", "+1.13"]


def test_strikes_come_with_the_advice_to_read_casualties() -> None:
    assert any("read casualties beside them" in note for note in notes(split()))


def test_the_reason_follows_the_mean_of_the_parameter() -> None:
    result = split()
    there, back = (replace(result, levels=result.levels | {"pinpoint": ends}) for ends in ((0.4, 0.2), (0.2, 0.4)))
    assert (reason(there, "pinpoint"), reason(back, "pinpoint")) == (
        "trainers harder to find",
        "trainers easier to find",
    )
    still = replace(result, levels=result.levels | {"pinpoint": (0.2, 0.201)})
    assert reason(still, "pinpoint") == "pinpoint as before"
    assert reason(split("rule_out", "commit"), "ambiguity") == "rule_out has none"


def test_channels_without_a_part_are_named_with_the_reason() -> None:
    assert zero_parts(split()) == ["isolation, stance value: act on France’s payoff only"]
    assert zero_parts(split("rule_out", "commit")) == [
        "isolation, stance value: act on France’s payoff only",
        "pinpoint, audience cost, ally backing, ambiguity: rule_out has none",
    ]
    assert "deployment: no effect" in zero_parts(made(0.5, dict.fromkeys(CHANNELS[1:5], 0.01)))


def test_the_text_for_who_cannot_see_gives_both_ends_and_every_part() -> None:
    said = channels_alt_text(made(0.6, {"deployment": -0.11, "audience_cost": 0.08, "ambiguity": -0.0001}, se=1e-5))
    assert "Waterfall of a strike, from 60.0 % under commit to 57.0 % under ambiguous" in said
    assert "Parts, in 100 crises: deployment −11, audience cost +8, ambiguity 0." in said


def test_nothing_that_acts_is_not_told_as_certain_where_parts_are_within_their_errors() -> None:
    said = finding(made(0.6, {"deployment": 0.001}, se=0.01))
    assert said.endswith("moves a strike, as far as these draws can tell")


def test_stances_that_only_the_scenario_knows_are_named() -> None:
    result = replace(split(), stances=("quiet", "loud"), struck=("quiet", "loud"), start="quiet", end="loud")
    assert "if France takes the stance loud than if it takes the stance quiet" in finding(result)
    denied = replace(split("commit", "rule_out"), struck=("rule_out", "ambiguous", "commit"))
    assert "by construction" not in finding(denied)
    assert not any("by construction" in note for note in notes(denied))


@pytest.mark.parametrize("name", degenerate())
@pytest.mark.parametrize("outcome", ["strike", "casualties", "france_payoff"])
def test_at_the_rims_no_title_says_what_its_table_denies(name: str, outcome: str) -> None:
    result = sim.channels(degenerate()[name], 64, 0, outcome=outcome)
    said, step, first = finding(result), result.step, answer(result).tables[0]
    assert said in first.explanation
    if said.startswith("Nothing"):
        assert not any(clear(part) for part in step.parts.values())
        certain = all(part == NOTHING for part in step.parts.values())
        assert certain == (not said.endswith("as far as these draws can tell"))
    elif "within the error" in said:
        assert not clear(step.total)
    elif "by construction" not in said and "almost" not in said:
        assert clear(step.total)
        assert (step.total.mean > 0) == (" more of " in said or " higher " in said)
        assert " 0 more" not in said
        assert " 0 fewer" not in said
        assert " 0.00 " not in said
    for channel, (start, end) in result.levels.items():
        if start is not None and start == end:
            assert reason(result, channel).endswith("as before")
