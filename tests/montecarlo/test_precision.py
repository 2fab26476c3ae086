"""Draws until an error is small enough.

Deliberate break that turned a test red: standard errors held against the target in place of half-widths.
"""

from __future__ import annotations

import math

import pytest
from scipy.stats import t
from some_results import run_of

from sim.crisis.ladder import OUTCOMES
from sim.montecarlo.job import plan
from sim.montecarlo.precision import Precision, read_precision
from sim.montecarlo.run import run
from sim.scenario.scenario import Scenario, load_scenario
from sim.telling.numbers import STUDENT_T


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load_scenario("macron-2024")


def test_the_half_width_is_that_of_students_interval() -> None:
    assert pytest.approx(t.ppf(0.975, 15), abs=1e-12) == STUDENT_T


def test_draws_double_until_the_error_is_small_enough_and_no_further(scenario: Scenario) -> None:
    first = run_of(2**16)
    width = STUDENT_T * first.doctrine["commit"]["strike"]["se"]
    at_once = run(scenario, precision=Precision(1.01 * width, "commit", "strike"))
    later = run(scenario, precision=Precision(0.99 * width, "commit", "strike"))
    assert at_once.draws == 2**16
    assert later.draws > 2**16
    assert STUDENT_T * later.doctrine["commit"]["strike"]["se"] <= 0.99 * width
    half = run_of(later.draws // 2)
    assert STUDENT_T * half.doctrine["commit"]["strike"]["se"] > 0.99 * width


def test_the_result_is_that_of_a_run_of_as_many_draws_but_for_a_note(scenario: Scenario) -> None:
    precise, plain = run(scenario, precision=Precision(1.0)), run_of(2**16)
    assert precise.notes != plain.notes
    assert precise.to_dict() | {"notes": 0} == plain.to_dict() | {"notes": 0}


def test_every_probability_is_meant_where_none_is_named(scenario: Scenario) -> None:
    result = run(scenario, 1024)
    plays = [result.doctrine["ambiguous"], result.doctrine["commit"], result.equilibrium["selected"]]
    widest = STUDENT_T * max(figures[outcome]["se"] for figures in plays for outcome in OUTCOMES)
    told: list[float] = []
    run(scenario, 1024, progress=lambda _, __, width: told.append(width))
    assert told == [pytest.approx(widest)]


def test_an_uneven_number_of_draws_has_no_error_to_tell(scenario: Scenario) -> None:
    told: list[float] = []
    run(scenario, 64, chunk=8, progress=lambda _, __, width: told.append(width))
    assert [math.isnan(width) for width in told] == [True, False]


def test_a_target_that_is_out_of_reach_ends_with_the_draws_and_a_note(scenario: Scenario) -> None:
    result = run(scenario, 2**16, precision=Precision(1e-9, outcome="war"))
    assert result.draws == 2**16
    assert any("could not be brought under what was asked for" in note for note in result.notes)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("0.001", Precision(0.001)),
        ("war=1e-4", Precision(1e-4, None, "war")),
        ("equilibrium.strike=0.01", Precision(0.01, "equilibrium", "strike")),
    ],
)
def test_what_is_asked_for_can_be_written_in_three_ways(text: str, meant: Precision) -> None:
    assert read_precision(text) == meant


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("small", "half-width must be a number, such as commit.war=0.001; it is 'small'"),
        ("0", r"half-width must be a number above 0; it is 0\.0"),
        ("nan", "half-width must be a number above 0; it is nan"),
        ("wars=0.1", "outcome must be one of strike, .*; it is 'wars'"),
        ("commit.=0.1", "outcome must be one of strike, .*; it is ''"),
    ],
)
def test_anything_else_is_refused(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_precision(text)


def test_a_stance_that_the_scenario_has_not_is_refused(scenario: Scenario) -> None:
    with pytest.raises(ValueError, match="play must be one of rule_out, ambiguous, commit, equilibrium; it is 'bluff'"):
        plan(scenario, precision="bluff.war=0.1")


def test_few_draws_and_odd_chunks_are_refused_where_a_precision_is_asked_for(scenario: Scenario) -> None:
    with pytest.raises(ValueError, match="draws must be at least 65536 where a precision is asked for; it is 1000"):
        plan(scenario, 1000, precision=Precision(0.1))
    with pytest.raises(ValueError, match="chunk must divide 16 where a precision is asked for; it is 3"):
        plan(scenario, precision=Precision(0.1), chunk=3)
