"""Does `sim check` know what `sim solve` would refuse, and say the same of it?

Deliberate break that turned a test red: sizes of payoffs looked at by `sim solve` alone.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sim.cli import main
from sim.games.gambit.efg import Labels, efg
from sim.scenario.game_file import GameFile, load

GAME = """title = "Mutual destruction"
[game]
types = ["firm", "bluff"]
signals = ["threat", "quiet"]
actions = ["attack", "hold"]
prior = [0.3, 0.7]
sender = [[[1, 3], [0, 2]], [[-5, 2], [0, 2.5]]]
receiver = [[[1, 0], [1, 0]], [[2, 0], [1, 0]]]
"""


def call(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "[[1, 3]",
            "[[-1e9, 3]",
            ":7:13: sender's payoff when firm sends threat and the answer is attack is -1e+09, more",
        ),
        ("2.5]]]", "-1e15]]]", ":7:43: sender's payoff when bluff sends quiet and the answer is hold is -1e+15, more"),
        (
            "receiver = [[[1, 0], [1, 0]], [[2, 0], [1, 0]]]",
            "receiver_prior = [0.5, 0.5]\nreceiver_types = ['mild', 'grim']\n"
            "receiver = [[[[1, 0], [1, 0]], [[2, 0], [1, 0]]], [[[1, 0], [1, 2]], [[2, 0], [3, 1e12]]]]",
            ":10:83: receiver's payoff when bluff sends quiet to type grim and the answer is hold is 1e+12, more",
        ),
    ],
)
def test_a_payoff_that_dwarfs_all_others_is_named_with_its_line(tmp_path: Path, old: str, new: str, says: str) -> None:
    file = tmp_path / "game.toml"
    file.write_text(GAME.replace(old, new), encoding="utf-8")
    checked, solved = call("check", str(file)), call("solve", str(file))
    assert (checked.exit_code, solved.exit_code) == (2, 2)
    assert checked.stderr == solved.stderr
    assert checked.stderr.startswith(f"{file}{says} than 1e+08 times the median")


def test_such_a_payoff_of_a_gambit_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "game.toml").write_text(GAME.replace("[[1, 3]", "[[-1e9, 3]"), encoding="utf-8")
    found = load(str(tmp_path / "game.toml"))
    assert isinstance(found, GameFile)
    (tmp_path / "game.efg").write_text(efg(found.game, labels=Labels(types=("a", "b"))), encoding="utf-8")
    solved = call("solve", str(tmp_path / "game.efg"))
    assert solved.exit_code == 2
    assert "game.efg: sender's payoff when a sends m1 and the answer is a1 is -1e+09" in solved.stderr


def test_a_game_too_large_to_be_solved_in_time_is_refused_by_both(tmp_path: Path) -> None:
    file, row = tmp_path / "game.toml", [[0.1 * a for a in range(7)] for _ in range(20)]
    text = f"types = ['t1', 't2']\nsignals = {[f'm{m}' for m in range(20)]}\nactions = {[f'a{a}' for a in range(7)]}\n"
    file.write_text(
        f"[game]\n{text}prior = [0.5, 0.5]\nsender = {[row, row]}\nreceiver = {[row, row]}\n", encoding="utf-8"
    )
    for command in ("check", "solve"):
        done = call(command, str(file))
        assert done.exit_code == 2
        assert done.stderr.startswith(f"{file}: a game must have at most 120 answers")
        assert "it has 140\n    --concept quantal works for any number" in done.stderr
