"""Are the signalling games that Gambit distributes, and our library lacks, solved as an independent enumeration says?

tests/reference/gambit_games.json has their payoffs, which are facts, with their sources, and the outcomes that
brute_force.py computes: none is published. The large-payoff game of that collection is refused: see test_stakes.py.
Deliberate break that turned these red: a payoff of Myerson's game changed in the file.
"""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from brute_force import brute_force
from places import REFERENCE
from reference_games import OnPath, mismatches, on_path

from sim.games.certificate import certificate
from sim.games.closed_form.perfect_bayesian import perfect_bayesian
from sim.games.equilibria import FAMILIES
from sim.games.game import Floats, SignallingGame
from sim.games.ties.continua import continua

GAMES: dict[str, Any] = json.loads((REFERENCE / "gambit_games.json").read_text(encoding="utf-8"))
SAME = 1e-7


def floats(values: Any) -> Floats:  # noqa: ANN401 - JSON
    """Turn nested lists of numbers, fractions and nulls into floats."""
    if isinstance(values, list):
        return np.array([floats(value) for value in values])
    return np.asarray(np.nan if values is None else float(Fraction(values)))


def game(name: str) -> SignallingGame:
    """Build the game."""
    return SignallingGame(*(floats(GAMES[name][key]) for key in ("prior", "sender", "receiver")))


def isolated(name: str) -> list[OnPath]:
    """List the outcomes that are no continuum."""
    rows = [row for row in GAMES[name]["outcomes"] if not row["continuum"]]
    names = ("strategy", "response", "sender_value")
    return [OnPath(row["family"], *(floats(row[key]) for key in names)) for row in rows]


def listed_supports(name: str, *, families: tuple[str, ...] = (*FAMILIES, "other")) -> set[str]:
    """Which signals each type sends, outcome by outcome."""
    return {str(row["senders"]) for row in GAMES[name]["outcomes"] if row["family"] in families}


@pytest.mark.parametrize("name", GAMES)
def test_the_file_says_what_the_enumeration_computes(name: str) -> None:
    found = brute_force(game(name))
    assert [str([list(own) for own in row.senders]) for row in found] == [
        str(row["senders"]) for row in GAMES[name]["outcomes"]
    ]
    assert [row.continuum for row in found] == [row["continuum"] for row in GAMES[name]["outcomes"]]
    points = [OnPath(row.family, row.strategy, row.response, row.sender_value) for row in found if not row.continuum]
    assert mismatches(points, isolated(name), tolerance=SAME) == []


@pytest.mark.parametrize("name", GAMES)
def test_the_solver_finds_these_outcomes_and_no_other(name: str) -> None:
    these = game(name)
    eq = perfect_bayesian(these)
    proof = certificate(these, eq)
    assert max(figure.max() for figure in vars(proof).values()) <= 1e-9
    rows = on_path(eq, these.flat().prior[eq.game])
    shown = {str([np.flatnonzero(own > 0).tolist() for own in strategy]) for strategy in eq.strategy}
    several = any(row["continuum"] for row in GAMES[name]["outcomes"])
    # Of a continuum over three signals, its ends and perhaps a member.
    assert listed_supports(name, families=FAMILIES) <= shown <= listed_supports(name)
    if several:
        assert eq.degenerate.all()
        assert [row for row in isolated(name) if min(row.differs(own) for own in rows) > SAME] == []
    else:
        assert mismatches(rows, isolated(name), tolerance=SAME) == []


@pytest.mark.parametrize("name", GAMES)
def test_continua_are_described_where_the_enumeration_finds_them(name: str) -> None:
    found = continua(game(name))
    several = any(row["continuum"] for row in GAMES[name]["outcomes"])
    assert any(not piece.isolated for piece in found) == several
    supports = {str([np.flatnonzero(own).tolist() for own in piece.sends.T]) for piece in found}
    wide = {str(row["senders"]) for row in GAMES[name]["outcomes"] if row["family"] == "other"}
    assert wide <= supports <= listed_supports(name)
    for row in isolated(name):  # each is one of the pieces, or on the border of one
        inside = [
            np.all((piece.value_low <= row.sender_value + SAME) & (row.sender_value <= piece.value_high + SAME))
            and np.all((piece.strategy_low <= row.strategy + SAME) & (row.strategy <= piece.strategy_high + SAME))
            for piece in found
        ]
        assert any(inside)
