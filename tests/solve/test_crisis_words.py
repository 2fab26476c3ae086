"""Is an equilibrium told truly? The example of docs/model.md, worked there by hand, and games told badly on purpose.

Deliberate breaks that turned a test red: reading the probability of hold for that of strike; beliefs told
of the bluffing type where they are about the resolute one.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from places import DOCS
from some_scenarios import alike, four_stances
from some_solutions import misjudged

import sim
from sim.crisis.play import Play
from sim.scenario.scenario import Scenario
from sim.solve.crisis_solution import draw_of, solution
from sim.solve.words.crisis import doctrine_sentence, equilibrium_sentences, told
from sim.solve.words.verdicts import WIDTH

PAGE = DOCS / "model.md"


@pytest.fixture
def by_hand(tmp_path: Path) -> Scenario:
    """Return the scenario of the worked example."""
    (block,) = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    (tmp_path / "by-hand.toml").write_text(block, encoding="utf-8")
    return sim.load_scenario(tmp_path / "by-hand.toml")


def solved(scenario: Scenario) -> dict[str, Any]:
    """Return a solved point."""
    return solution(scenario).to_dict()


def test_the_solution_of_the_worked_example_is_the_one_on_the_page(by_hand: Scenario) -> None:
    point = solved(by_hand)
    pooling, mixing = point["equilibria"]
    assert [pooling["family"], mixing["family"], point["selected"]] == ["pooling", "semi_separating", 1]
    assert mixing["strategy"]["bluffing"]["commit"] == pytest.approx(0.3460, abs=5e-5)
    assert mixing["belief"]["commit"]["resolute"] == pytest.approx(0.5533, abs=5e-5)
    assert mixing["response"]["opportunist"]["commit"]["strike"] == pytest.approx(0.6118, abs=5e-5)
    assert mixing["france_payoff"] == pytest.approx(0.08904, abs=5e-6)
    assert point["doctrine"]["commit"]["outcomes"]["war"] == pytest.approx(0.00225, rel=1e-12)
    assert point["doctrine"]["commit"]["strikes"] == {"cautious": False, "opportunist": True}
    assert point["stands"]["commit"] == {"bluffing": False, "resolute": True}


def test_the_sentences_of_the_worked_example_say_so(by_hand: Scenario) -> None:
    said = " ".join(told(solved(by_hand)).split())
    for sentence in (
        "1 ambiguous ambiguous 0.07 yes no no",
        "* counts by the rule of selection EQUILIBRIUM 1: pooling Both types of France send the same signal.",
        "EQUILIBRIUM 2: semi_separating [selected]",
        "A bluffing France sends ambiguous with 65.4 % and commit with 34.6 %. A resolute France always sends commit.",
        "13.1 %: both its types strike. For this Russia would have to believe it resolute with at most 26.3 %.",
        "Survives the intuitive criterion, fails D1 and undefeated.",
        "D1: any answer that leaves a bluffing France no worse off for sending commit tempts a resolute France, so "
        "Russia should believe it resolute for certain; a resolute France would gain 0.12 by sending it, as then both "
        "its types hold.",
        "Undefeated: equilibrium 2 tells Russia how to read commit, to believe it resolute with at least 30.0 %; a "
        "resolute France would gain 0.01 by sending it",
        "Survives every refinement: the intuitive criterion, D1 and undefeated.",
        "Nobody sends rule_out; if France did, Russia would hold: nobody is there to be struck.",
        "After ambiguous Russia believes it bluffing for certain: a cautious one holds, an opportunist one strikes.",
        "After commit Russia believes it resolute with 55.3 %: a cautious one holds, an opportunist one strikes "
        "with 61.2 %.",
        "France's payoff: 0.07 if bluffing, 0.13 if resolute; 0.09 before it knows which it is.",
        "no type of either player gains anything by deviating",
        "ambiguous: only an opportunist Russia strikes.",
        "after commit only a resolute France stands",
        "Equilibrium 2 is selected because it is best for France (sender_best): this favours France.",
        "No refinement is applied",
    ):
        assert sentence in said


def test_no_line_is_too_wide_and_no_number_loses_its_unit(by_hand: Scenario) -> None:
    lines = told(solved(by_hand)).splitlines()
    assert max(len(line) for line in lines) <= WIDTH
    assert [line for line in lines if line.lstrip().startswith("%")] == []


def test_a_failed_certificate_is_not_passed_over(by_hand: Scenario) -> None:
    wrong = solved(by_hand)["equilibria"][0]
    wrong["certificate"]["receiver_gain"] = 0.25
    assert equilibrium_sentences(wrong)[-1] == ("CHECK FAILED: a type gains 0.25 by deviating; error in Bayes' rule 0.")


@pytest.mark.parametrize(
    ("strikes", "said"),
    [
        ((True, True), "commit: Russia strikes whatever its type."),
        ((True, False), "commit: only a cautious Russia strikes."),
        ((False, False), "commit: neither a cautious nor an opportunist Russia strikes."),
    ],
)
def test_a_doctrine_names_who_strikes(by_hand: Scenario, strikes: tuple[bool, bool], said: str) -> None:
    figures = solved(by_hand)["doctrine"]["commit"]
    changed = figures | {"strikes": dict(zip(("cautious", "opportunist"), strikes, strict=True))}
    assert doctrine_sentence("commit", changed, target=True).startswith(said)


def test_rule_out_is_never_told_as_safe(by_hand: Scenario) -> None:
    said = doctrine_sentence("rule_out", solved(by_hand)["doctrine"]["rule_out"], target=False)
    assert said == "rule_out: every rung is zero by construction, nobody is there to be hit. France's payoff: −0.20."


def test_a_france_whose_signals_separate_and_a_russia_that_never_strikes_are_told(by_hand: Scenario) -> None:
    calm = told(solved(by_hand.override({"russia.humiliation_gain": 0, "russia.division_gain": 0})))
    assert "no rung is reached, Russia never strikes" in " ".join(calm.split())
    assert "both its types hold" in " ".join(calm.split())


def test_the_refinement_and_the_rule_that_are_applied_are_said_and_none_else(by_hand: Scenario) -> None:
    refined = told(solution(by_hand, play=Play(refinement="d1", select="most_escalatory")).to_dict())
    said = " ".join(refined.split())
    assert "No refinement is applied" not in said
    assert "Equilibrium 2 is selected because its expected rung is the highest (most_escalatory)." in said
    assert "Only equilibria that survive the refinement d1 are admitted." in said


def test_equilibria_that_count_alike_are_marked_alike(by_hand: Scenario) -> None:
    said = told(solution(by_hand, play=Play(select="uniform")).to_dict())
    assert said.count("[counts 50.0 %]") == 2
    assert "All admitted equilibria count alike (uniform)." in said


def test_a_refinement_that_leaves_nothing_is_said_to(by_hand: Scenario) -> None:
    lost = solved(by_hand) | {"refinement": "d1", "no_survivor": True}
    assert "would discard every equilibrium here; all are admitted" in " ".join(told(lost).split())


def test_quantal_play_is_told_as_errors_and_not_as_an_equilibrium(by_hand: Scenario) -> None:
    point = solution(by_hand, play=Play("quantal", rationality=2.5))
    said = " ".join(told(point.to_dict()).split())
    gains = point.certificate
    reach = point.to_dict()["quantal"]["rationality_times_range"]
    assert "QUANTAL RESPONSE Both types of France err, and so do both of Russia." in said
    assert f"{gains.sender_gain[0]:.2f} for France, {gains.receiver_gain[0]:.2f} for Russia; beliefs follow" in said
    assert "Logit quantal response with rationality 2.5 on the principal branch" in said
    assert f"payoff range is {reach['sender']:.1f} for France and {reach['receiver']:.1f} for Russia" in said
    assert [word for word in ("EQUILIBRI", "Survives", "refinement", "CHECK FAILED", "selected") if word in said] == []


def test_a_branch_that_could_not_be_followed_is_said_to_end(by_hand: Scenario) -> None:
    point = solution(by_hand, play=Play("quantal")).to_dict()
    failed = point | {"quantal": point["quantal"] | {"failed": True}}
    assert "could not be followed so far" in " ".join(told(failed).split())
    assert "could not be followed" not in told(point)


def test_a_draw_is_told_with_what_repeats_it(by_hand: Scenario) -> None:
    scenario = sim.load_scenario("macron-2024")
    said = told(solution(scenario, draw=draw_of(scenario, 3, draws=16, seed=0)).to_dict())
    assert said.startswith("macron-2024 at one point: draw 3 of 16 with seed 0, counted from 0.")


@pytest.mark.parametrize("size", [0.0, 1e-9, 1.0])
@pytest.mark.parametrize("concept", ["equilibrium", "quantal"])
def test_degenerate_scenarios_are_told_without_contradiction(size: float, concept: str) -> None:
    """Every number alike, both types of each side too: nothing may be said that the figures do not bear out."""
    point = solution(alike(size), play=Play(concept)).to_dict()
    said = " ".join(told(point).split())
    assert "CHECK FAILED" not in said
    for stance, figures in point["doctrine"].items():
        strikes = any(figures["strikes"].values())
        quiet = f"{stance}: every rung is zero by construction" in said
        assert quiet == (stance not in point["struck"])
        assert strikes == (figures["outcomes"]["strike"] > 0)
        assert quiet or (f"{stance}: neither a cautious nor an opportunist Russia strikes" in said) == (not strikes)


def test_stances_of_any_name_and_what_russia_misjudges_are_told(tmp_path: Path) -> None:
    scenario = four_stances(tmp_path).override({"belief.resolute": 0.25, "prior.resolute": 0.5})
    said = " ".join(told(solved(scenario)).split())
    assert "Russia believes from the start that France is resolute with 25.0 %; in truth it is so with 50.0 %" in said
    assert "zero by construction" not in said
    assert "after quiet only a resolute France stands" in said
    assert all(f"{stance}: " in said for stance in scenario.names)
    equal = " ".join(told(solved(scenario.override({"belief.resolute": 0.5}))).split())
    assert "from the start" not in equal


def test_a_signal_that_only_a_type_ruled_out_sends_is_told_to_be_ruled_out() -> None:
    said = " ".join(told(misjudged().to_dict()).split())
    assert "After commit, which Russia rules out, Russia believes it " in said
    assert "Both types of France send the same signal" not in said
    assert "Russia is sure of the type from the start: no signal tells it anything." in said
    assert (
        "A bluffing France always sends ambiguous. A resolute France, which Russia rules out, always sends commit."
        in said
    )
    assert "bluffing sends resolute, ruled out payoff" in said
    assert "Russia believes from the start that France is resolute with 0 %; in truth it is so with 60.0 %" in said


@pytest.mark.parametrize(("belief", "kind"), [(0.0, "resolute"), (1.0, "bluffing"), (0.5, "")])
def test_whoever_russia_rules_out_still_errs_under_quantal_play(belief: float, kind: str) -> None:
    scenario = sim.load_scenario("macron-2024").override({"belief.resolute": belief, "prior.resolute": 0.6})
    said = " ".join(told(solution(scenario, play=Play("quantal")).to_dict()).split())
    assert "Both types of France err" in said
    assert [who for who in ("bluffing", "resolute") if f"A {who} France, which Russia rules out, sends" in said] == (
        [kind] if kind else []
    )


def test_under_quantal_play_both_last_moves_are_told(by_hand: Scenario) -> None:
    exact, logit = (
        " ".join(told(solution(by_hand, play=Play("quantal", last_move=move)).to_dict()).split())
        for move in ("exact", "logit")
    )
    for said in (exact, logit):
        assert "If France, once hit, takes the better of folding and standing: strike" in said
        assert "If it errs there too: strike" in said
    assert ("here it errs in it" in exact, "here it errs in it" in logit) == (False, True)
    assert "once hit" not in told(solved(by_hand))
