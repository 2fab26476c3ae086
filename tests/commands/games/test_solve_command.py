"""Does `sim solve` end as its answer deserves? Fine if every equilibrium is borne out, failed if one is not.

Deliberate breaks that turned tests red: the exit code left at 0; Bayes' rule alone asked of equilibria.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

import sim
from sim.cli import main
from sim.games.certificate import Certificate, certificate
from sim.games.equilibria import Equilibria
from sim.games.game import SignallingGame
from sim.solve.named_rows import UNPROVEN

FIGURES = ("sender_gain", "receiver_gain", "bayes_error")


def call(*words: str) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(main, words, terminal_width=80, prog_name="sim")


@pytest.fixture
def spoilt(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Let the last equilibrium of every game miss its certificate in one figure."""
    name, value = request.param

    def missed(game: SignallingGame, equilibria: Equilibria) -> Certificate:
        found = certificate(game, equilibria)
        figures = np.array(getattr(found, name))
        figures[-1] = value
        return replace(found, **{name: figures})

    monkeypatch.setattr("sim.solve.named_rows.certificate", missed)


@pytest.mark.parametrize("words", [(), ("textbook/cheap-talk",), ("--concept", "quantal"), ("--json",)])
def test_what_is_borne_out_ends_well(words: tuple[str, ...]) -> None:
    done = call("solve", *words, "--full")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "CHECK FAILED" not in done.stdout


@pytest.mark.parametrize("spoilt", [(name, 0.25) for name in FIGURES] + [("sender_gain", np.nan)], indirect=True)
@pytest.mark.parametrize("words", [(), ("textbook/beer-quiche",)])
@pytest.mark.usefixtures("spoilt")
def test_a_failed_check_is_printed_and_ends_with_1(words: tuple[str, ...]) -> None:
    done = call("solve", *words, "--full")
    assert done.exit_code == 1
    assert done.stdout.count("CHECK FAILED") == 1
    assert done.stderr == f"{UNPROVEN}\n"


@pytest.mark.parametrize("spoilt", [("receiver_gain", 0.25)], indirect=True)
@pytest.mark.usefixtures("spoilt")
def test_json_and_folder_of_a_failed_check_are_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.solve.figures.every.figures", lambda *_: [])
    done = call("solve", "textbook/beer-quiche", "--json", "--out", str(tmp_path / "here"))
    assert done.exit_code == 1
    assert json.loads(done.stdout)["equilibria"][-1]["certificate"]["receiver_gain"] == 0.25
    assert "CHECK FAILED" in (tmp_path / "here" / "solution.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("spoilt", "code"), [(("bayes_error", 0.25), 1), (("sender_gain", 0.25), 0)], indirect=["spoilt"]
)
@pytest.mark.usefixtures("spoilt")
def test_players_who_err_gain_by_deviating_and_still_follow_bayes_rule(code: int) -> None:
    done = call("solve", "--concept", "quantal", "--full")
    assert (done.exit_code, "CHECK FAILED" in done.stdout) == (code, bool(code))


@pytest.mark.parametrize("spoilt", [("sender_gain", 0.25)], indirect=True)
@pytest.mark.usefixtures("spoilt")
def test_a_replayed_draw_that_fails_its_check_ends_with_1_too(tmp_path: Path) -> None:
    folder = sim.run(sim.load_scenario("macron-2024"), draws=16, seed=0).save(tmp_path / "run")
    done = call("replay", str(folder), "--draw", "3", "--full")
    assert (done.exit_code, done.stderr) == (1, f"{UNPROVEN}\n")
    assert "CHECK FAILED" in done.stdout


def test_a_third_type_that_cannot_be_is_left_out(tmp_path: Path) -> None:
    two = """[game]
types = ["strong", "weak"]
signals = ["beer", "quiche"]
actions = ["fight", "leave"]
prior = [0.9, 0.1]
sender = [[[1, 3], [0, 2]], [[0, 2], [1, 3]]]
receiver = [[[0, 1], [0, 1]], [[1, 0], [1, 0]]]
"""
    three = two.replace('"weak"', '"ghost", "weak"').replace("0.9, 0.1", "0.9, 0, 0.1")
    three = three.replace("]], [[", "]], [[7, 7], [7, 7]], [[")
    (tmp_path / "game.toml").write_text(two, encoding="utf-8")
    expected = CliRunner().invoke(main, ["solve", str(tmp_path / "game.toml"), "--json"])
    (tmp_path / "game.toml").write_text(three, encoding="utf-8")
    assert CliRunner().invoke(main, ["solve", str(tmp_path / "game.toml"), "--json"]).stdout == expected.stdout
    assert '"strong"' in expected.stdout
    quantal = CliRunner().invoke(main, ["solve", str(tmp_path / "game.toml"), "--json", "--concept", "quantal"])
    assert "ghost" in quantal.stdout
