"""Concepts, refinements and rules of selection in a run.

Deliberate break: taking the survivors of d1 for those of undefeated fails
`test_a_refinement_chosen_for_the_headline_gives_its_column`.
"""

from functools import cache

import numpy as np
import pytest

from sim.crisis.ladder import OUTCOMES
from sim.crisis.payoffs import crisis_game
from sim.crisis.play import Play
from sim.games.closed_form.perfect_bayesian import perfect_bayesian
from sim.games.quantal.response import quantal_responses
from sim.games.refinements import REFINEMENTS
from sim.montecarlo.encounter import quantal_play
from sim.montecarlo.result import Result
from sim.montecarlo.run import run
from sim.scenario.scenario import Scenario, load_scenario

DRAWS = 4096
RUNGS = OUTCOMES[:5]


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load_scenario("macron-2024")


@pytest.fixture(scope="module")
def plain(scenario: Scenario) -> Result:
    return run(scenario, DRAWS)


@cache
def refined(refinement: str) -> Result:
    """Return the run with a refinement."""
    return run("macron-2024", DRAWS, play=Play(refinement=refinement))


def means(figures: dict[str, dict[str, float]]) -> list[float]:
    """Return the means of all outcomes."""
    return [figures[outcome]["mean"] for outcome in OUTCOMES]


@pytest.mark.parametrize("refinement", REFINEMENTS)
def test_a_refinement_chosen_for_the_headline_gives_its_column(plain: Result, refinement: str) -> None:
    result = refined(refinement)
    column = plain.equilibrium["by_refinement"][refinement]
    assert means(result.equilibrium["selected"]) == pytest.approx([column[outcome] for outcome in OUTCOMES], abs=1e-15)
    assert result.refinement == refinement
    assert result.doctrine == plain.doctrine


@pytest.mark.parametrize("refinement", REFINEMENTS)
def test_survivors_range_within_all_equilibria(refinement: str) -> None:
    play = refined(refinement).equilibrium
    for outcome in OUTCOMES:
        (low, high), (least, most) = play["range_of_survivors"][outcome], play["range"][outcome]
        assert least - 1e-15 <= low <= play["selected"][outcome]["mean"] + 1e-15
        assert play["selected"][outcome]["mean"] - 1e-15 <= high <= most + 1e-15


def test_the_rules_by_escalation_enclose_the_others(scenario: Scenario) -> None:
    rungs = {}
    for rule in ("least_escalatory", "uniform", "sender_best", "most_escalatory"):
        selected = run(scenario, 1024, play=Play(select=rule)).equilibrium["selected"]
        rungs[rule] = sum(selected[rung]["mean"] for rung in RUNGS)
    assert rungs["least_escalatory"] < rungs["uniform"] < rungs["most_escalatory"]
    assert rungs["least_escalatory"] <= rungs["sender_best"] <= rungs["most_escalatory"]


def test_quantal_play_as_the_concept_agrees_with_its_column(scenario: Scenario, plain: Result) -> None:
    column = plain.equilibrium["by_refinement"]["quantal"]
    quantal = run(scenario, column["draws"], play=Play(concept="quantal"))
    assert means(quantal.equilibrium["selected"]) == pytest.approx([column[outcome] for outcome in OUTCOMES], rel=1e-9)
    assert "range" not in quantal.equilibrium
    assert quantal.equilibrium["rationality_times_range"]["france"] > 0


def test_without_rationality_both_players_toss_coins(scenario: Scenario) -> None:
    result = run(scenario, 64, play=Play(concept="quantal", rationality=0))
    assert list(result.equilibrium["sent"].values()) == pytest.approx([1 / 3] * 3)
    assert result.equilibrium["selected"]["strike"]["mean"] == pytest.approx(1 / 3)  # half of two stances of three


def test_quantal_rows_are_the_solvers_answer_and_its_payoffs(scenario: Scenario) -> None:
    game = crisis_game(scenario.medians())
    rows, answer = quantal_play(game, 5.0).rows, quantal_responses(game, 5.0)
    assert np.array_equal(rows.strategy[0], answer.strategy)
    by_hand = sum(
        answer.strategy[1, m] * game.receiver_prior[k] * answer.response[k, m, a] * game.sender[1, m, a]
        for m in range(3)
        for k in range(2)
        for a in range(2)
    )
    assert rows.sender_value[0, 1] == pytest.approx(by_hand)


def test_notes_name_the_refinement_and_the_rule(scenario: Scenario) -> None:
    said = " ".join(run(scenario, 64, play=Play(refinement="d1", select="uniform")).notes)
    assert "The refinement d1 is applied" in said
    assert "uniform" in said
    said = " ".join(run(scenario, 64, play=Play(concept="quantal")).notes)
    assert "logit quantal response with rationality 5" in said


def test_refinements_only_ever_remove_equilibria_and_nest(scenario: Scenario) -> None:
    equilibria = perfect_bayesian(crisis_game(dict.fromkeys(scenario.medians(), 0.5) | scenario.medians()))
    assert np.all(equilibria.intuitive[equilibria.d1])


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"concept": "nash"}, "concept must be one of equilibrium, quantal; it is 'nash'"),
        ({"refinement": "d2"}, "refinement must be one of none, intuitive, d1, undefeated; it is 'd2'"),
        ({"select": "best"}, "select must be one of sender_best"),
        ({"rationality": -1.0}, "rationality must be finite and at least 0; it is -1.0"),
        ({"rationality": float("nan")}, "rationality must be finite and at least 0; it is nan"),
    ],
)
def test_play_that_does_not_exist_is_refused(wrong: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Play(**wrong)  # type: ignore[arg-type]
