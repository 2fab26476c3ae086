"""Does a solved game name its continua? Against hand-worked games, and nothing where nothing ties.

Deliberate breaks that turned tests red: continua only of games that the solver flags; the bound on plans dropped.
"""

from __future__ import annotations

import json
from pathlib import Path
from time import process_time

import numpy as np
import pytest
from textbook_games import TEXTBOOK

import sim
from sim.crisis.play import Play
from sim.games.gambit.efg import Labels, completed
from sim.games.game import SignallingGame
from sim.scenario.game_file import GameFile
from sim.solve import named_continua as tied
from sim.solve.crisis_solution import draw_of, solution
from sim.solve.game_solution import game_solution
from sim.solve.named_continua import MOST_PLANS, named_ties, ties
from sim.solve.named_rows import rows

EXACT = 1e-9


def of(game: SignallingGame, labels: Labels = Labels(), play: Play = Play()) -> dict[str, object]:  # noqa: B008 - frozen
    """Return the continua of a game as `sim solve --json` gives them."""
    file = GameFile("some", "Some", "", "", game, completed(labels, game), Path("some"))
    answer = game_solution(file, play=play).to_dict()
    assert json.loads(json.dumps(answer, allow_nan=False)) == answer
    return answer


def spence(high_cost: float) -> SignallingGame:
    """Spence's education: productivity 1 or 2, wages 1, 3/2, 2, unit costs 7/10 and `high_cost`, four levels."""
    wages = np.array([1, 1.5, 2])
    sender = wages - np.array([0.7, high_cost])[:, None, None] * np.arange(4)[:, None]
    receiver = -((wages - np.array([1.0, 2.0])[:, None, None]) ** 2)
    return SignallingGame([0.5, 0.5], sender, np.broadcast_to(receiver, (2, 4, 3)))


def test_beer_or_quiche_at_even_odds_varies_in_the_answer_and_the_payoffs_alone() -> None:
    # by hand: at 1/2 the fighter does not mind; a fight with at most 1/2 keeps both at their breakfast
    beer = TEXTBOOK["beer-quiche"]
    even = SignallingGame([0.5, 0.5], beer.game.sender, beer.game.receiver)
    continua = of(even, Labels(types=beer.types, signals=beer.signals, actions=beer.actions))["continua"]
    assert isinstance(continua, dict)
    assert continua["left_out"] is None
    both_beer, both_quiche = continua["sets"]
    for found, signal, other in ((both_beer, "beer", "quiche"), (both_quiche, "quiche", "beer")):
        assert (found["family"], found["isolated"], found["varies"]) == ("pooling", False, ["response", "value"])
        assert found["strategy"]["weak"] == {signal: [1.0, 1.0], other: [0.0, 0.0]}
        assert found["belief"][other] is None
        assert found["belief"][signal]["strong"] == pytest.approx([0.5, 0.5], abs=EXACT)
        assert found["response"]["k1"][signal]["fight"] == pytest.approx([0, 0.5], abs=EXACT)
    assert both_beer["sender_value"]["strong"] == pytest.approx([2, 3], abs=EXACT)
    assert both_beer["sender_value"]["weak"] == pytest.approx([1, 2], abs=EXACT)


def test_a_continuum_that_the_solver_does_not_flag_is_named_all_the_same() -> None:
    # in rationals: at unit cost 3/10, low sends e1 with λ/3 and high with λ, 0 <= λ <= 1, high e2 otherwise
    answer = of(spence(0.3))
    continua = answer["continua"]
    assert isinstance(continua, dict)
    (family,) = [found for found in continua["sets"] if not found["isolated"]]
    assert family["varies"] == ["strategy"]
    assert family["strategy"]["t1"]["m2"] == pytest.approx([0, 1 / 3], abs=EXACT)
    assert family["strategy"]["t2"]["m2"] == pytest.approx([0, 1], abs=EXACT)
    assert len(continua["sets"]) == 5
    assert of(spence(0.2))["continua"] is None


def test_games_without_ties_and_quantal_play_have_nothing_to_name() -> None:
    named = {name: of(stored.game)["continua"] for name, stored in TEXTBOOK.items()}
    sets = {name: found["sets"] for name, found in named.items() if isinstance(found, dict)}
    moving = {name for name, found in sets.items() if not all(each["isolated"] for each in found)}
    assert moving == {"watson-29-6", "cheap-talk-aligned", "cheap-talk-opposed"}
    assert {"banks-camerer-porter-2", "brandts-holt-1"} <= sets.keys()  # ties, and yet one equilibrium each
    assert not {"beer-quiche", "spence", "brandts-holt-2", "deterrence-half"} & sets.keys()
    assert of(TEXTBOOK["watson-29-6"].game, play=Play("quantal"))["continua"] is None


def test_the_draws_of_the_crisis_have_no_ties() -> None:
    scenario = sim.load_scenario("macron-2024")
    points = [solution(scenario, draw=draw_of(scenario, number, draws=64, seed=0)) for number in range(20)]
    assert [ties(point.game, point.solved) for point in points] == [None] * 20


def test_a_crisis_in_which_two_stances_and_both_types_are_alike_is_one_continuum() -> None:
    scenario = sim.load_scenario("macron-2024")
    medians = scenario.medians()
    alike = {name: medians[name.replace("ambiguous", "commit")] for name in medians if ".ambiguous." in name}
    alike |= dict.fromkeys(("signal.ambiguous.stance_value", "signal.commit.stance_value"), 1.0)
    alike["france.fight_cost.resolute"] = medians["france.fight_cost.bluffing"]
    (found,) = solution(scenario.override(alike)).to_dict()["continua"]["sets"]
    assert found["belief"]["rule_out"] is None
    assert "strategy" in found["varies"]
    for kind in ("bluffing", "resolute"):
        assert found["strategy"][kind]["commit"] == pytest.approx([0, 1], abs=EXACT)
        low, high = found["sender_value"][kind]
        assert high - low < EXACT


def test_a_receiver_type_of_probability_zero_has_no_ranges() -> None:
    absent = SignallingGame([0.4, 0.6], np.ones((2, 2, 2, 2)), np.ones((2, 2, 2, 2)), [1.0, 0.0])
    continua = of(absent)["continua"]
    assert isinstance(continua, dict)
    (found,) = continua["sets"]
    assert (found["response"]["k1"]["m1"]["a1"], found["response"]["k2"]) == ([0.0, 1.0], None)


@pytest.mark.parametrize(("signals", "left_out"), [(3, ""), (4, "size"), (7, "size")])
def test_a_game_too_large_is_left_out_and_none_takes_over_a_second(signals: int, left_out: str) -> None:
    game = SignallingGame([0.5, 0.5], np.ones((2, signals, 2)), np.ones((2, signals, 2)))
    solved = rows(game, Play()) if signals < 7 else rows(spence(0.3), Play())
    if signals == 7:
        solved.equilibria.degenerate[:] = True  # to solve so large a game outright would take long
    started = process_time()
    found = ties(game, solved)
    assert process_time() - started < 3  # generous: half a second where nothing else runs
    assert found is not None
    assert found.left_out == left_out
    assert bool(found.found) == (not left_out)


def test_the_search_stops_at_the_plans_it_may_try(monkeypatch: pytest.MonkeyPatch) -> None:
    game = TEXTBOOK["cheap-talk-aligned"].game  # 9 plans
    monkeypatch.setattr(tied, "MOST_PLANS", 8)
    found = ties(game, rows(game, Play()))
    assert found is not None
    assert found.left_out == "size"
    assert MOST_PLANS > 49  # three messages, two answers, all tied: promised in its docstring


def test_a_type_known_for_sure_and_payoffs_at_the_tolerance_are_left_out_by_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    certain = SignallingGame([0.0, 1.0], np.ones((2, 2, 2)), np.ones((2, 2, 2)))
    assert of(certain)["continua"] == {"left_out": "known", "sets": []}

    def nothing(_: SignallingGame) -> None:
        raise ArithmeticError("no equilibrium found")

    monkeypatch.setattr(tied, "continua", nothing)
    assert of(TEXTBOOK["watson-29-6"].game)["continua"] == {"left_out": "rounding", "sets": []}


def test_the_order_of_types_and_signals_changes_only_the_order() -> None:
    game = TEXTBOOK["watson-29-6"].game
    swapped = SignallingGame(game.prior[::-1], game.sender[::-1, ::-1], game.receiver[::-1, ::-1])
    names, other = Labels(types=("a", "b"), signals=("x", "y")), Labels(types=("b", "a"), signals=("y", "x"))
    found, expected = of(game, names)["continua"], of(swapped, other)["continua"]
    assert isinstance(found, dict)
    assert isinstance(expected, dict)
    key = lambda each: each["strategy"]["a"]["x"]  # noqa: E731
    for one, two in zip(sorted(found["sets"], key=key), sorted(expected["sets"], key=key), strict=True):
        for name in ("strategy", "belief"):
            for kind, spans in one[name].items():
                for inner, span in spans.items():
                    assert span == pytest.approx(two[name][kind][inner], abs=EXACT)


def test_nothing_is_named_of_nothing() -> None:
    assert named_ties(None, Labels()) is None
