"""Are continua told as what they are? Ends in per cent, what stays, who stands alone, and why they are left out.

Deliberate break that turned a test red: what is fixed told among what varies.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from textbook_games import TEXTBOOK

import sim
from sim.games.gambit.efg import Labels, completed
from sim.games.game import SignallingGame
from sim.scenario.game_file import GameFile
from sim.solve.crisis_solution import solution
from sim.solve.game_solution import game_solution
from sim.solve.words.continua import continua_told
from sim.solve.words.crisis import CAST, told
from sim.solve.words.game import game_told
from sim.solve.words.verdicts import WIDTH


def words(game: SignallingGame, labels: Labels = Labels()) -> str:  # noqa: B008 - frozen
    """Return what is told of a game, on one line, from its continua on."""
    file = GameFile("some", "Some", "", "", game, completed(labels, game), Path("some"))
    lines = game_told(game_solution(file).to_dict())
    assert max(map(len, lines.splitlines())) <= WIDTH
    _, mark, said = " ".join(lines.split()).partition("CONTINUA ")
    return mark + said


def test_watsons_duel_tells_its_two_continua() -> None:
    duel = TEXTBOOK["watson-29-6"]
    said = words(duel.game, Labels(types=duel.types, signals=duel.signals, actions=duel.actions))
    for sentence in (
        "CONTINUA Payoffs tie here: there are 2 continua. Each equilibrium listed above is one of these or lies in "
        "one. Continua may touch or overlap. CONTINUUM 1: semi_separating",
        "Varies: type weak sends up with 0 to 100 % and stay with 0 to 100 %; after up the receiver believes in type "
        "weak with 0 to 50.0 %. Stays the same: type strong sends up always; after stay the receiver believes in type "
        "weak for certain; after up the answer is surrender; after stay the answer is fight; type strong gets 1.00; "
        "type weak gets −1.00. These numbers move together",
        "CONTINUUM 2: semi_separating Varies: type strong sends up with 0 to 50.0 % and stay with 50.0 % to 100 %; "
        "after stay the receiver believes in type weak with 50.0 % to 66.7 %. Stays the same: type weak sends stay "
        "always; after up the receiver believes in type strong for certain;",
    ):
        assert sentence in said


def test_answers_and_payoffs_that_vary_are_told_with_their_ends() -> None:
    beer = TEXTBOOK["beer-quiche"]
    even = SignallingGame([0.5, 0.5], beer.game.sender, beer.game.receiver)
    said = words(even, Labels(types=beer.types, signals=beer.signals, actions=beer.actions))
    assert (
        "CONTINUUM 1: pooling Varies: after beer the receiver answers fight with 0 to 50.0 % and not with 50.0 % to "
        "100 %; type strong gets 2.00 to 3.00; type weak gets 1.00 to 2.00. Stays the same: type strong sends beer "
        "always; type weak sends beer always; after beer the receiver believes in type weak with 50.0 %. Nobody sends "
        "quiche."
    ) in said


def test_equilibria_that_stand_alone_are_counted() -> None:
    aligned = TEXTBOOK["cheap-talk-aligned"].game
    assert "there is one continuum beside 2 equilibria that stand alone." in words(aligned)
    assert words(TEXTBOOK["spence"].game) == ""


def test_two_receiver_types_are_told_one_by_one_and_nothing_may_stay() -> None:
    said = words(SignallingGame([0.4, 0.6], np.ones((2, 2, 2, 2)), np.ones((2, 2, 2, 2)), [0.5, 0.5]))
    assert "after m1 the receiver of type k1 answers a1 with 0 to 100 % and a2 with 0 to 100 % and the receiver" in said
    assert "Stays the same: type t1 gets 1.00; type t2 gets 1.00." in said


def test_the_crisis_speaks_of_france_and_russia_and_of_the_ladder() -> None:
    scenario = sim.load_scenario("macron-2024")
    medians = scenario.medians()
    alike = {name: medians[name.replace("ambiguous", "commit")] for name in medians if ".ambiguous." in name}
    alike |= dict.fromkeys(("signal.ambiguous.stance_value", "signal.commit.stance_value"), 1.0)
    alike["france.fight_cost.resolute"] = medians["france.fight_cost.bluffing"]
    said = " ".join(told(solution(scenario.override(alike)).to_dict()).split())
    assert "a bluffing France sends ambiguous with 0 to 100 % and commit with 0 to 100 %" in said
    assert "after commit Russia believes it resolute with" in said
    assert "How far it climbs is told for the equilibria listed above" in said
    assert said.index("CONTINUUM 1") < said.index("DOCTRINES")
    assert "CONTINU" not in told(solution(scenario).to_dict())


@pytest.mark.parametrize(
    ("left_out", "why"), [("known", "known for sure"), ("size", "over a second"), ("rounding", "cannot be made out")]
)
def test_continua_left_out_say_why(left_out: str, why: str) -> None:
    said = " ".join(" ".join(continua_told({"left_out": left_out, "sets": []}, CAST)).split())
    assert said.startswith("CONTINUA Payoffs tie here: equilibria may come in continua")
    assert why in said


def test_ties_that_leave_every_equilibrium_alone_are_said_to() -> None:
    said = " ".join(" ".join(continua_told({"left_out": None, "sets": [{"isolated": True}]}, CAST)).split())
    assert said == "CONTINUA Payoffs tie here, and yet every equilibrium stands alone."
