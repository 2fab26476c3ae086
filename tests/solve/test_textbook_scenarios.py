"""Are games that files give outright read as they stand, and every mistake in them found? Checked against the library.

Deliberate break that turned a test red: receiver and sender payoffs exchanged in the file of beer and quiche.
"""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from places import DOCS
from textbook_games import TEXTBOOK

import sim
from sim.crisis.play import Play
from sim.games.gambit.efg import read_efg
from sim.scenario.game_file import GameFile, load
from sim.scenario.library import bundled, bundled_games
from sim.scenario.scenario import Scenario
from sim.solve.game_solution import game_solution
from sim.solve.solving import efg_at
from sim.telling.faults import ScenarioError

SAME = {
    "beer-quiche": "beer-quiche",
    "spence": "spence",
    "brandts-holt-3": "brandts-holt-3",
    "banks-camerer-porter-3": "banks-camerer-porter-3",
    "deterrence": "deterrence-quarter",
    "cheap-talk": "cheap-talk-aligned",
}
"""Bundled files, and the games of the library that they state."""

SMALL = """title = "Small"
[game]
types = ["a", "b"]
signals = ["m", "n"]
actions = ["x", "y"]
prior = [0.25, 0.75]
sender = [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]
receiver = [[[1, 0], [0, 1]], [[0, 1], [1, 0]]]
"""


def game(text: str, folder: Path) -> GameFile:
    """Read a game from a file with this text."""
    (folder / "small.toml").write_text(text, encoding="utf-8")
    read = load(str(folder / "small.toml"))
    assert isinstance(read, GameFile)
    return read


def faults(text: str, folder: Path) -> list[str]:
    """Return the first line of every fault of a file with this text, without the folder."""
    with pytest.raises(ScenarioError, match=r"small\.toml") as caught:
        game(text, folder)
    return [str(fault).splitlines()[0].removeprefix(f"{folder}/") for fault in caught.value.faults]


def test_every_bundled_game_is_one_of_those_compared_here() -> None:
    assert sorted(bundled_games()) == sorted(f"textbook/{name}" for name in SAME)


@pytest.mark.parametrize(("name", "same"), SAME.items())
def test_a_bundled_game_has_the_numbers_and_names_of_the_library(name: str, same: str) -> None:
    read, stored = load(f"textbook/{name}"), TEXTBOOK[same]
    assert isinstance(read, GameFile)
    for field, array in vars(stored.game).items():
        np.testing.assert_array_equal(getattr(read.game, field), array)
    names = (read.labels.types, read.labels.signals, read.labels.actions)
    assert names == (stored.types, stored.signals, stored.actions)
    assert read.source == stored.source


def test_a_file_by_its_path_and_a_scenario_of_the_crisis_are_told_apart() -> None:
    by_path = load(str(bundled("scenarios") / "textbook" / "spence.toml"))
    assert isinstance(by_path, GameFile)
    assert isinstance(load("macron-2024"), Scenario)
    assert isinstance(load(str(bundled("scenarios") / "macron-2024.toml")), Scenario)


def test_a_name_that_is_nearly_right_is_recognised() -> None:
    with pytest.raises(ScenarioError, match="did you mean 'textbook/beer-quiche'"):
        load("textbook/beer-quich")


def test_what_is_left_out_is_filled_in(tmp_path: Path) -> None:
    read = game(SMALL, tmp_path)
    assert (read.name, read.title, read.description, read.source) == ("small", "Small", "", "")
    assert read.labels.receiver_types == ("k1",)
    assert read.game.available.all()
    assert game(SMALL.replace('title = "Small"', 'name = "other"'), tmp_path).title == "small"


def test_receiver_types_availability_and_payoffs_that_do_not_matter_are_read(tmp_path: Path) -> None:
    more = """receiver_types = ["k", "l"]
receiver_prior = [0.5, 0.5]
available = [[true, true], [true, false]]
"""
    by_type = "[[[[1, 0], [0, nan]], [[0, 1], [1, 0]]], [[[9, 0], [0, 1]], [[0, 1], [1, 0]]]]"
    text = SMALL.replace("[[[1, 0], [0, 1]], [[0, 1], [1, 0]]]", by_type) + more
    read = game(text, tmp_path)
    assert read.game.receiver_types == 2
    assert read.game.receiver[1, 0, 0, 0] == 9
    assert read.game.receiver[0, 0, 1, 1] == 0
    assert read.game.available.tolist() == [[True, True], [True, False]]


def test_every_fault_of_a_file_is_found_at_once_and_has_its_place(tmp_path: Path) -> None:
    text = """titel = "Bad"
[game]
types = ["a", "a"]
signals = ["m", "n"]
actions = ["x", "y"]
prior = [0.25, 0.25]
receiver_prior = [0.5, "half"]
sender = [[[1, 2], [3, true]], [[5, 6], [7]]]
receiver = [[[1, 0], [0, inf]], [[0, 1], [1, 0]]]
available = [[true, true], [false, false]]
colour = "red"
"""
    assert faults(text, tmp_path) == [
        "small.toml:1:1: unknown key 'titel'",
        "small.toml:3:15: game.types must be different names; 'a' is repeated",
        "small.toml:6:9: game.prior must sum to 1; its sum is 0.5",
        "small.toml:7:24: game.receiver_prior[1] must be a number; it is 'half'",
        "small.toml:8:24: game.sender[0][1][1] must be a number; it is true",
        "small.toml:8:41: game.sender[1][1] must be a list with 2 entries, one per action; it has 1",
        "small.toml:10:28: game.available must leave an action after every signal; 'n' has none",
        "small.toml:11:1: unknown key 'colour'",
    ]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("prior = [0.25, 0.75]", "prior = [1]", "game.prior must have an entry for each of the 2 game.types; it has 1"),
        ("prior = [0.25, 0.75]", "prior = [-0.5, 1.5]", "game.prior[0] must be at least 0; it is -0.5"),
        ("prior = [0.25, 0.75]", "", "game.prior must be given"),
        ('"n"]', '"n\\\\"]', "game.signals[1] must be printable, with single spaces and no backslash"),
        ('"n"]', f'"{"n" * 41}"]', "game.signals[1] must have at most 40 characters; it has 41"),
        ('"n"]', "2]", "game.signals[1] must be text in quotes; it is 2"),
        ("[3, 4]", "[3, inf]", "game.sender[0][1][1] must be finite and at most 1e100 in size; it is inf"),
        ("[[1, 2], [3, 4]]", "7", "game.sender[0] must be a list with 2 entries, one per signal; it is 7"),
        ("prior", 'receiver_types = ["k", "l"]\nprior', "game.receiver_types must have a game.receiver_prior"),
        (
            "prior",
            "available = [[1, true], [true, true]]\nprior",
            "game.available[0][0] must be true or false; it is 1",
        ),
    ],
)
def test_each_rule_has_its_message(tmp_path: Path, old: str, new: str, fault: str) -> None:
    found = faults(SMALL.replace(old, new, 1), tmp_path)
    assert [line for line in found if fault in line] != []


def test_a_game_that_is_no_table_is_refused(tmp_path: Path) -> None:
    assert "small.toml:1:8: game must be" in faults("game = 7\n", tmp_path)[0]


@given(st.text(alphabet='[]{}"=,.0123456789 \n\\abgmnstyepriorxactnlvud', max_size=60))
def test_no_change_to_a_game_breaks_the_reader(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("games")
    for changed in (SMALL.replace("[[[1, 2]", text, 1), SMALL + text):
        with suppress(ScenarioError):
            game(changed, folder)


def test_the_example_of_the_manual_is_beer_and_quiche(tmp_path: Path) -> None:
    page = (DOCS / "scenarios.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```toml game\n(.*?)```", page, flags=re.DOTALL)
    read, beer = game(block, tmp_path), TEXTBOOK["beer-quiche"]
    np.testing.assert_array_equal(read.game.sender, beer.game.sender)
    np.testing.assert_array_equal(read.game.receiver, beer.game.receiver)


def test_a_gambit_file_is_read_and_solved_as_the_game_it_was_written_from(tmp_path: Path) -> None:
    beer = load("textbook/beer-quiche")
    (tmp_path / "beer.efg").write_text(efg_at(beer), encoding="utf-8")
    again = load(str(tmp_path / "beer.efg"))
    assert isinstance(beer, GameFile)
    assert isinstance(again, GameFile)
    assert (again.title, again.description, again.labels.types) == (beer.title, beer.source, ("strong", "weak"))
    np.testing.assert_array_equal(game_solution(again).values, game_solution(beer).values)


def test_a_game_may_be_named_and_a_scenario_is_sent_where_it_belongs(tmp_path: Path) -> None:
    beer = sim.game_solution("textbook/beer-quiche")
    assert beer.to_dict() == game_solution(beer.file).to_dict()
    (tmp_path / "beer.efg").write_text(efg_at(load("textbook/beer-quiche")), encoding="utf-8")
    assert sim.game_solution(tmp_path / "beer.efg").values.tolist() == beer.values.tolist()
    with pytest.raises(TypeError, match=r"game must be one that a file gives outright; macron-2024 .* sim\.solution"):
        sim.game_solution("macron-2024")


def test_the_crisis_goes_to_gambit_with_its_names_and_where_it_comes_from() -> None:
    _, labels = read_efg(efg_at(load("macron-2024")))
    assert (labels.players, labels.comment) == (("France", "Russia"), "macron-2024, one point")
    assert labels.types == ("bluffing", "resolute")
    assert labels.signals == ("rule_out", "ambiguous", "commit")


@pytest.mark.parametrize(
    ("content", "fault"), [(b"EFG", "broken.efg"), (b"\xff\xfe\x00", "must be UTF-8 text"), (b"", "broken.efg")]
)
def test_a_broken_gambit_file_is_a_fault_of_that_file(tmp_path: Path, content: bytes, fault: str) -> None:
    (tmp_path / "broken.efg").write_bytes(content)
    with pytest.raises(ScenarioError, match=fault):
        load(str(tmp_path / "broken.efg"))


def test_a_gambit_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "large.efg").write_bytes(b" " * (2**20 + 1))
    with pytest.raises(ScenarioError, match="at most 1048576 bytes"):
        load(str(tmp_path / "large.efg"))


def test_a_game_with_three_sender_types_is_for_quantal_play_only(tmp_path: Path) -> None:
    three = SMALL.replace('["a", "b"]', '["a", "b", "c"]').replace("[0.25, 0.75]", "[0.25, 0.25, 0.5]")
    three = three.replace("[[[1, 2]", "[[[1, 2], [3, 4]], [[1, 2]").replace("[[[1, 0]", "[[[1, 0], [0, 1]], [[1, 0]")
    read = game(three, tmp_path)
    assert len(game_solution(read, play=Play("quantal")).equilibria) == 1
    with pytest.raises(ScenarioError, match="at most two sender types; this game has 3"):
        game_solution(read)


def test_a_rule_that_needs_a_ladder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="no ladder, so that --select must be sender_best or uniform"):
        game_solution(game(SMALL, tmp_path), play=Play(select="most_escalatory"))
