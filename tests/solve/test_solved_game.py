"""Does the table of a solution hold what was solved, a row per equilibrium, type and signal, in plain numbers?

Deliberate break that turned a test red: the belief after a signal taken from the strategy.
"""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path

import numpy as np
import pytest

import sim
from sim.crisis.play import Play
from sim.drawing.saving import files_of
from sim.games.gambit.efg import Labels, completed
from sim.games.game import SignallingGame
from sim.scenario.game_file import GameFile, load
from sim.solve.crisis_solution import draw_of, solution
from sim.solve.figures.every import figures
from sim.solve.game_solution import GameSolution, game_solution
from sim.solve.solved_game import SolvedGame
from sim.solve.solving import solve_at

SCENARIO = sim.load_scenario("macron-2024")
SOLVED: dict[str, SolvedGame] = {
    "crisis": solution(SCENARIO.override({"signal.ambiguous.stance_value": 0.0}), play=Play(select="uniform")),
    "quantal crisis": solution(SCENARIO, play=Play("quantal")),
    "beer or quiche": solve_at(load("textbook/beer-quiche"), play=Play()),
    "three actions": solve_at(load("textbook/cheap-talk"), play=Play()),
}
each = pytest.mark.parametrize("solved", SOLVED.values(), ids=SOLVED)


def one_type() -> GameSolution:
    """Return the solution of a game whose sender has one type."""
    game = SignallingGame([1.0], [[[1, 0], [0, 2]]], [[[1, 0], [0, 1]]])
    return game_solution(GameFile("one", "One", "", "", game, completed(Labels(), game), Path("one")))


@each
def test_the_table_has_a_row_per_equilibrium_type_and_signal_and_is_json(solved: SolvedGame) -> None:
    table, names = solved.table(), solved.labels
    count = len(solved.equilibria)
    expected = [(e + 1, t, m) for e in range(count) for t in names.types for m in names.signals]
    assert [(row["equilibrium"], row["type"], row["signal"]) for row in table] == expected
    assert json.loads(json.dumps(table, allow_nan=False)) == table
    assert len({tuple(row) for row in table}) == 1  # the same columns in every row


@each
def test_its_numbers_are_those_of_the_solution(solved: SolvedGame) -> None:
    told, names = solved.to_dict(), solved.labels
    for row in solved.table():
        found, kind, signal = told["equilibria"][row["equilibrium"] - 1], row["type"], row["signal"]
        assert (row["family"], row["payoff"]) == (found["family"], found["sender_value"][kind])
        assert (row["sends"], row["belief"]) == (found["strategy"][kind][signal], found["belief"][signal][kind])
        assert row["weight"] == told["weights"][row["equilibrium"] - 1]
        acts = {f"{k}: {a}": share for k in names.receiver_types for a, share in found["response"][k][signal].items()}
        assert {name: row[name] for name in acts} == acts
        assert {name: row[name] for name in found.get("survives", {})} == found.get("survives", {})


@each
def test_what_is_sent_and_what_is_believed_follow_bayes_rule_in_the_table_alone(solved: SolvedGame) -> None:
    by_signal = sorted(solved.table(), key=lambda row: (row["equilibrium"], row["signal"]))
    for _, rows in groupby(by_signal, key=lambda row: (row["equilibrium"], row["signal"])):
        types = list(rows)
        joint = np.array([row["prior"] * row["sends"] for row in types])
        assert sum(row["belief"] for row in types) == pytest.approx(1)
        if joint.sum() > 1e-9:
            assert [row["belief"] for row in types] == pytest.approx((joint / joint.sum()).tolist(), abs=1e-9)


def test_where_a_solution_comes_from_is_said_in_one_way() -> None:
    drawn = solution(SCENARIO.override({"prior.resolute": 0.5}), draw=draw_of(SCENARIO, 7, draws=1024, seed=3))
    made = drawn.provenance
    assert (made.scenario, made.title, made.draws, made.seed) == ("macron-2024", SCENARIO.title, 1024, 3)
    assert drawn.stamp() == f"macron-2024, 1 set by hand · draw 7 of 1,024 · seed 3 · sim {sim.__version__}"
    assert solution(SCENARIO).stamp() == f"macron-2024 · all at their medians · sim {sim.__version__}"
    assert (solution(SCENARIO).provenance.draws, one_type().provenance.draws) == (0, 0)
    assert one_type().stamp() == f"one · sim {sim.__version__}"


def test_a_game_of_one_type_has_no_figure_of_beliefs_and_its_texts_say_why() -> None:
    drawn, said = figures(one_type()), list[str]()
    why = "game must have two sender types, so that a belief is one number; it has 1"
    (beliefs,) = [figure for figure in drawn if figure.name == "beliefs"]
    assert (beliefs.finding, beliefs.alt) == (why, why)
    assert all(figure.finding and figure.alt for figure in drawn)
    assert {"tree.svg", "quantal.svg", "beliefs.svg"} - set(files_of(drawn, said.append)) == {"beliefs.svg"}
    assert said == [f"no figure beliefs: {why}"]
    with pytest.raises(ValueError, match=why):
        sim.figures.beliefs_alt_text(one_type())


def test_keys_of_a_game_s_file_are_words_in_its_figures_and_stay_keys_in_its_data() -> None:
    solved = sim.game_solution("textbook/deterrence")
    for name in ("tree", "beliefs"):
        said = [text.get_text() for text in getattr(sim.figures, name)(solved).texts]
        assert "hold back" in said
        assert not [text for text in said if "_" in text]
    assert "hold_back" in solved.to_dict()["available"]
