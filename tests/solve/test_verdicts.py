"""Is it told truly why an equilibrium stands or falls? Reasons made by hand, one for each kind.

Deliberate break that turned a test red: the lower end of an interval of beliefs told for the upper.
"""

from __future__ import annotations

from typing import Any

import pytest

from sim.solve.words.verdicts import WIDTH, Cast, overview, span_of_belief, support, verdicts, wrapped

CAST = Cast("Russia", "a {} France", "it {}", "resolute", lambda response: f"it answers {response['k1']}")


def equilibrium(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any part of it
    """Return an equilibrium that survives all."""
    types = {"bluffing": {"m1": 1.0, "m2": 0.0}, "resolute": {"m1": 0.25, "m2": 0.75}}
    survives = {"intuitive": True, "d1": True, "undefeated": True}
    return {"strategy": types, "survives": survives, "fails": [], "supported_by": {}} | changes


def reason(refinement: str, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any part of it
    """Return why an equilibrium fails a refinement."""
    stated = {"signal": "m2", "beliefs": [1.0, 1.0], "type": "resolute", "gain": 0.5, "rivals": []}
    return stated | {"refinement": refinement, "response": {"k1": "hold"}} | changes


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.0, 0.31, "with at most 31.0 %"),
        (0.69, 1.0, "with at least 69.0 %"),
        (0.2, 0.4, "with 20.0 % to 40.0 %"),
        (0.353, 0.353, "with exactly 35.3 %"),
        (1.0, 1.0, "for certain"),
        (0.0, 0.0, "with 0 %"),
    ],
)
def test_an_interval_of_beliefs_reads_as_a_condition(low: float, high: float, said: str) -> None:
    assert span_of_belief(low, high) == said


def test_beliefs_that_are_apart_are_joined_with_or() -> None:
    told = support(equilibrium(supported_by={"m2": [[0.0, 0.25], [0.5, 1.0]]}), "m2", CAST)
    expected = "with at most 25.0 % or with at least 50.0 %."
    assert told == f"For this Russia would have to believe it resolute {expected}"


def test_a_signal_on_which_every_belief_will_do_and_one_without_are_told_apart() -> None:
    free = equilibrium(supported_by={"m2": [[0.0, 1.0]]})
    assert support(free, "m2", CAST) == "Any other belief would do as well."
    assert support(free, "m1", CAST) == ""


def test_the_intuitive_criterion_names_the_type_that_could_not_gain() -> None:
    failed = equilibrium(survives={"intuitive": False, "d1": True, "undefeated": True}, fails=[reason("intuitive")])
    assert verdicts(failed, CAST) == [
        "Survives D1 and undefeated, fails the intuitive criterion.",
        "The intuitive criterion: a bluffing France could not gain by sending m2, whatever it made Russia believe, so "
        "Russia should believe it resolute for certain; a resolute France would gain 0.50 by sending it, as then it "
        "answers hold.",
    ]


def test_a_contradiction_of_rivals_and_an_equilibrium_that_fails_all_are_told() -> None:
    fails = [reason("undefeated", beliefs=None, rivals=[1, 2], gain=0.001)]
    failed = equilibrium(survives=dict.fromkeys(("intuitive", "d1", "undefeated"), False), fails=fails)
    assert verdicts(failed, CAST) == [
        "Fails the intuitive criterion, D1 and undefeated.",
        "Undefeated: equilibria 2 and 3 disagree on what m2 says, so that no belief is left; a resolute France is "
        "better off by 0.001 in equilibrium 2.",
    ]


def test_quantal_play_has_no_verdicts() -> None:
    assert verdicts({"family": "quantal"}, CAST) == []


def test_the_table_has_a_line_for_each_equilibrium_and_marks_those_that_count() -> None:
    failed = equilibrium(survives={"intuitive": True, "d1": False, "undefeated": True})
    lines = [line.split() for line in overview([equilibrium(), failed], [0.0, 1.0], [1.25, -0.5]).splitlines()]
    assert lines[2][:3] == ["1", "m1", "m1"]
    assert lines[2][-4:] == ["1.25", "yes", "yes", "yes"]
    assert next(line for line in lines if line[0] == "2*")[-4:] == ["−0.50", "yes", "no", "yes"]
    assert lines[-1][0] == "*"


def test_long_names_fold_in_the_table_rather_than_widen_it() -> None:
    name = "a signal with a name of forty characters"
    long = equilibrium(strategy={f"{name[:30]} {t}": {name: 1.0} for t in range(2)})
    assert max(len(line) for line in overview([long], [1.0], [0.0]).splitlines()) <= WIDTH


def test_a_number_stays_with_its_unit_at_the_end_of_a_line() -> None:
    lines = wrapped("x" * (WIDTH - 7) + " 12.5 % and more").splitlines()
    assert lines[1].strip() == "12.5 % and more"
