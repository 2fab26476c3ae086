"""Does the engine of the page find all equilibria that Python finds, of random games and of those with names?

Some random games have small whole payoffs, so that most have ties: both must flag the same ones. Where their equilibria
are no short list, the members must agree in who sends what, in the ends of each type's payoff and in the best payoff
beforehand; every row of the engine passes the certificate of Python, which shares no code with either.

In full: `python tests/support/page_games.py 100000` (ten minutes, most of it Python's linear programs).

Deliberate breaks that turned these tests red: no edge deters; only the second type mixes alone; the type that does not
mix not asked whether it stays; break-even beliefs not in order; types alike not mixed as one; corners on edges unseen;
a type that does not send a signal made indifferent; negative right sides in a linear program; certainty of the wrong
type in D1; bounds of `undefeated` without the prior; rounding that chooses; unsent signals answered kindly where the
type is known.
"""

from __future__ import annotations

import numpy as np
import pytest
from page_engine import called
from page_games import OWN_SHAPES, differences
from py_mini_racer import JSEvalException
from random_games import random_games, rescaled, tied_games

import sim
from sim.crisis.parameters import RECEIVER_TYPES, SENDER_TYPES
from sim.crisis.play import Play
from sim.crisis.selection import selection_weights
from sim.games.game import SignallingGame
from sim.page.script import engine_script
from sim.scenario.game_file import GameFile, load
from sim.scenario.scenario import load_scenario
from sim.solve.crisis_solution import solution
from sim.solve.game_solution import game_solution

SIZE = 40


@pytest.mark.parametrize("number", range(len(OWN_SHAPES)))
def test_random_games_have_the_same_equilibria_families_and_verdicts(number: int) -> None:
    assert differences(random_games(SIZE, OWN_SHAPES[number], seed=number))[0] == []


@pytest.mark.parametrize("number", range(12))
def test_games_with_ties_are_flagged_alike_and_their_members_agree(number: int) -> None:
    assert differences(tied_games(3, OWN_SHAPES[number], seed=100 + number))[0] == []


def test_a_corner_on_another_signals_edge_makes_a_tie() -> None:
    assert differences(tied_games(300, OWN_SHAPES[1], seed=100).take([44, 175]))[0] == []


def test_both_receiver_types_alike_mix_as_one() -> None:
    drawn = random_games(SIZE, OWN_SHAPES[8], seed=7).flat()
    receiver = np.repeat(drawn.receiver[:, :1], 2, axis=1)
    game = SignallingGame(drawn.prior, drawn.sender[:, 0], receiver, drawn.receiver_prior)
    assert sim.perfect_bayesian(game).degenerate.mean() > 0.5
    assert differences(game)[0] == []


def test_types_that_are_certain_or_impossible_agree() -> None:
    drawn = random_games(SIZE, OWN_SHAPES[10], seed=8).flat()
    known, mute = np.array([0.0, 1.0]), np.array([1.0, 0.0])
    certain = SignallingGame(np.tile(known, (SIZE, 1)), drawn.sender, drawn.receiver, drawn.receiver_prior)
    assert differences(certain)[0] == []
    assert differences(SignallingGame(drawn.prior, drawn.sender, drawn.receiver, np.tile(mute, (SIZE, 1))))[0] == []
    tied = tied_games(SIZE, OWN_SHAPES[10], seed=8).flat()
    assert (
        differences(SignallingGame(np.tile(known, (SIZE, 1)), tied.sender, tied.receiver, tied.receiver_prior))[0] == []
    )


def test_rounding_does_not_choose_between_equilibria_that_pay_the_same() -> None:
    pays = [[1.0 + 1e-10, -1.0], [1.0, -1.0]]  # more than what ties, less than what counts
    game = SignallingGame([0.4, 0.6], [pays, pays], [[[0, 1], [0, 1]], [[1, 0], [1, 0]]])
    assert differences(game)[0] == []
    given = {key: getattr(game, key).tolist() for key in ("prior", "sender", "receiver")}
    equilibria = sim.perfect_bayesian(game)
    assert equilibria.sender_value[0].max() < equilibria.sender_value.max()
    assert called("solveGame", given)["weights"] == selection_weights(equilibria, game).tolist()


def test_units_and_origins_change_nothing() -> None:
    game = random_games(SIZE, OWN_SHAPES[8], seed=9)
    moved = rescaled(game, sender=(np.array(50.0), np.array(1000.0)), receiver=(np.array(-3.0), np.array(1e-6)))
    assert differences(SignallingGame(moved.prior, moved.sender / 1000, moved.receiver, moved.receiver_prior))[0] == []


@pytest.mark.parametrize("name", ["beer-quiche", "deterrence"])
def test_games_of_textbooks_are_solved_and_selected_alike(name: str) -> None:
    file = load(f"textbook/{name}")
    assert isinstance(file, GameFile)
    assert differences(file.game)[0] == []
    game = file.game
    given = {key: getattr(game, key).tolist() for key in ("prior", "sender", "receiver", "receiver_prior", "available")}
    found = called("solveGame", given, {"refinement": "d1"})
    expected = game_solution(file, play=Play(refinement="d1"))
    assert (found["selected"], found["weights"]) == (expected.selected, expected.weights.tolist())


@pytest.mark.parametrize("name", ["macron-2024", "misperceived", "heisbourg"])
def test_a_point_is_solved_as_the_command_solves_it(name: str) -> None:
    scenario = load_scenario(name)
    listed = zip(scenario.stances.names, scenario.stances.targets, strict=True)
    stances = [{"name": stance, "hasTarget": target} for stance, target in listed]
    found = called("solvePoint", scenario.medians(), stances, {"worstCase": scenario.worst_case})
    solved = solution(scenario)
    told = solved.to_dict()
    assert len(found["equilibria"]) == len(told["equilibria"])
    assert found["selected"] == told["selected"]
    for row, each in enumerate(told["equilibria"]):
        assert found["outcomes"][row] == pytest.approx(each["outcomes"], abs=1e-12)
        assert found["france_payoff"][row] == pytest.approx(each["france_payoff"], abs=1e-12)
        assert found["sent"][row] == pytest.approx(list(each["sent"].values()), abs=1e-12)
    for stance, each in told["doctrine"].items():
        own = found["doctrine"][stance]
        assert {name: own[name] for name in each["outcomes"]} == pytest.approx(each["outcomes"], abs=1e-12)
        assert own["strikes"] == {kind: int(each["strikes"][kind]) for kind in RECEIVER_TYPES}
    assert found["stands"] == {stance: {t: each[t] for t in SENDER_TYPES} for stance, each in told["stands"].items()}
    flat = solved.game.flat()
    taken = flat.available
    for key, payoffs in (("sender", flat.sender[0, 0]), ("receiver", flat.receiver[0])):
        own = np.array(found[key], dtype=float)  # None, where an action cannot be taken, becomes nan
        assert np.allclose(own[..., taken], payoffs[..., taken], rtol=0, atol=1e-12)
        assert np.isnan(own[..., ~taken]).all()


def test_the_example_by_hand_has_its_break_even_beliefs() -> None:
    """Section 9 of docs/model.md, step 6."""
    game = {
        "prior": [0.7, 0.3],
        "receiver_prior": [0.75, 0.25],
        "sender": [[[-0.2, 0], [0.1, -0.02], [0.2, -0.65]], [[-0.2, 0], [0.1, 0.013], [0.2, -0.235]]],
        "receiver": [
            [[[0, 0], [-0.05, -0.0835], [-0.1, 0.575]], [[0, 0], [-0.05, -0.3405], [-0.1, -1.995]]],
            [[[0, 0], [-0.05, -0.0038], [-0.1, 0.575]], [[0, 0], [-0.05, -0.1258], [-0.1, -0.645]]],
        ],
        "available": [[True, False], [True, True], [True, True]],
    }
    found = called("solveGame", game)
    assert [[None if belief is None else round(belief, 4) for belief in own] for own in found["break_even"]] == [
        [None, None, 0.2626],
        [None, 0.3787, 0.5533],
    ]
    assert [row["family"] for row in found["equilibria"]] == ["pooling", "semi_separating"]
    assert round(found["equilibria"][1]["strategy"][0][2], 4) == 0.346
    assert found["selected"] == 1


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"prior": [1.0]}, "two sender types"),
        ({"receiver_prior": [0.2, 0.3, 0.5]}, "at most two receiver types"),
    ],
)
def test_games_that_it_does_not_take_are_refused(change: dict[str, object], fault: str) -> None:
    game = {"prior": [0.4, 0.6], "sender": [[[1, 0]], [[1, 2]]], "receiver": [[[0, 1]], [[0, -1]]]}
    with pytest.raises(JSEvalException, match=fault):
        called("solveGame", game | change)


def test_the_script_is_the_modules_in_an_order_in_which_they_can_be_read() -> None:
    script = engine_script()
    assert "import {" not in script
    assert "\nexport " not in script
    assert script == engine_script()
