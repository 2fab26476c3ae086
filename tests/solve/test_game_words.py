"""Are games that a file gives outright told in their own names? Beer and quiche, a striker with types, three senders.

Deliberate break that turned a test red: the belief in the first type told where the second was meant.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textbook_games import TEXTBOOK

from sim.crisis.play import Play
from sim.drawing.parts import UnreadableError
from sim.drawing.saving import files_of
from sim.games.gambit.efg import Labels
from sim.games.game import SignallingGame
from sim.scenario.game_file import GameFile, load
from sim.solve.answer import answer
from sim.solve.game_solution import GameSolution, game_solution
from sim.solve.words.game import game_told

pytestmark = pytest.mark.usefixtures("no_layout")


def of(name: str, play: Play = Play()) -> GameSolution:  # noqa: B008 - frozen
    """Return the solution of one of the textbook games."""
    stored = TEXTBOOK[name]
    labels = Labels(
        types=stored.types, signals=stored.signals, actions=stored.actions, receiver_types=stored.receiver_types
    )
    return game_solution(GameFile(name, stored.title, "", "", stored.game, labels, Path(name)), play=play)


def words(solved: GameSolution) -> str:
    """Return what is told, on one line."""
    return " ".join(answer(solved).story.split())


def test_beer_and_quiche_is_told_with_its_published_answers() -> None:
    file = load("textbook/beer-quiche")
    assert isinstance(file, GameFile)
    said = words(game_solution(file))
    for sentence in (
        "2 equilibria.",
        "1* beer beer 2.90 yes yes yes 2 quiche quiche 2.10 no no yes",
        "EQUILIBRIUM 1: pooling [selected] All types send the same signal. Type strong always sends beer.",
        "Nobody sends quiche; after it the receiver would believe",
        "For this the receiver would have to believe in type weak with at least 50.0 %.",
        "After beer the receiver believes in type strong with 90.0 % and type weak with 10.0 %; the answer is not.",
        "The payoff of the sender: 3.00 for strong, 2.00 for weak; 2.90 before it knows its type.",
        "The intuitive criterion: type weak could not gain by sending beer, whatever it made the receiver believe, so "
        "the receiver should believe in type strong for certain; type strong would gain 1.00 by sending it, as then "
        "the answer is not.",
        "Equilibrium 1 is selected because it is best for the sender. No refinement is applied.",
    ):
        assert sentence in said
    assert [name for name in ("France", "Russia") if name in said] == []


def test_mixed_answers_and_signals_without_a_choice_are_told() -> None:
    said = words(of("deterrence-quarter"))
    assert "the answer is hold with 50.0 % and strike with 50.0 %" in said
    assert "After “hold back” there is no choice: the answer is hold." in said


def test_receiver_types_are_told_one_by_one() -> None:
    assert "type wary answers" in words(of("private-receivers"))


def test_ties_and_several_rules_are_told() -> None:
    said = words(of("cheap-talk-aligned", Play(refinement="d1", select="uniform")))
    assert "Payoffs tie here" in said
    assert said.index("EQUILIBRIUM 5") < said.index("CONTINUUM 1: both_mix") < said.index("All admitted equilibria")
    assert "All admitted equilibria count alike (uniform). Only equilibria that survive the refinement d1" in said
    lost = of("beer-quiche", Play(refinement="d1")).to_dict() | {"no_survivor": True}
    assert "would discard every equilibrium here" in " ".join(game_told(lost).split())


def test_any_number_of_sender_types_can_be_told_in_quantal_play() -> None:
    game = SignallingGame([0.2, 0.3, 0.5], [[[0, 1], [1, 0]]] * 3, [[[0, 1], [1, 0]]] * 3)
    labels = Labels(types=("a", "b", "c"), signals=("m", "n"), actions=("x", "y"), receiver_types=("k1",))
    three = GameFile("three", "Three", "", "", game, labels, Path("three"))
    said = words(game_solution(three, play=Play("quantal", rationality=2)))
    assert "the receiver believes in type a with 20.0 %, type b with 30.0 % and type c with 50.0 %" in said
    assert "Logit quantal response with rationality 2" in said
    assert "selected" not in said


@pytest.mark.parametrize(
    ("play", "figures"),
    [(Play(), {"tree", "beliefs", "quantal"}), (Play("quantal"), {"tree", "quantal"})],
    ids=["equilibrium", "quantal"],
)
def test_a_solution_is_saved_with_the_figures_it_has(play: Play, figures: set[str]) -> None:
    said = answer(of("beer-quiche", play))
    files = said.files() | files_of(said.figures(), print)
    expected = {f"{name}.{kind}" for name in figures for kind in ("png", "svg")} | {"solution.json", "solution.txt"}
    assert set(files) == expected
    assert files["tree.png"].startswith(b"\x89PNG")


def test_a_figure_that_cannot_be_drawn_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_large(*_: object, **__: object) -> Any:  # noqa: ANN401 - never returns
        raise UnreadableError("game must be smaller; it is large")

    monkeypatch.setattr("sim.solve.figures.every.tree", too_large)
    monkeypatch.setattr("sim.solve.figures.every.beliefs", too_large)
    monkeypatch.setattr("sim.solve.figures.every.quantal", too_large)
    assert files_of(answer(of("beer-quiche")).figures(), print) == {}
