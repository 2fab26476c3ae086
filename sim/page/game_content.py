"""What stands on the page of a game that a file gives outright? The game, and its equilibria prior by prior."""

from __future__ import annotations

import shlex
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from sim import __version__
from sim.crisis.play import Play
from sim.games.game import SignallingGame
from sim.page.naming import spoken
from sim.scenario.game_file import GameFile
from sim.scenario.library import bundled_games
from sim.solve.game_solution import game_solution
from sim.solve.named_rows import described, named

PRIORS = 101
"""Priors that are solved, from 0 to 1: a step of the slider each."""

_DIGITS = 12  # of what is carried: far more than anybody sees, far fewer than rounding makes


def game_content(file: GameFile) -> dict[str, Any]:
    """Return what the page of a game shows: solved at the file's own prior, and at others where it has two types.

    What cannot be solved raises the fault that `sim solve` would end with.
    """
    concept = "equilibrium" if file.game.types <= 2 else "quantal"
    game, labels = file.game, file.labels
    return {
        "kind": "game",
        "strings": spoken(),
        "scenario": {"command": _command_name(file)},
        "title": file.title,
        "description": " ".join(file.description.split()),
        "source": file.source,
        "text": file.document.text if file.document else "",
        "concept": concept,
        "players": list(labels.players),
        "types": list(labels.types),
        "signals": list(labels.signals),
        "actions": list(labels.actions),
        "receiver_types": list(labels.receiver_types),
        "prior": game.flat().prior[0].tolist(),
        "receiver_prior": game.flat().receiver_prior[0].tolist(),
        "available": game.available.tolist(),
        "sender": game.flat().sender[0].tolist(),
        "receiver": game.flat().receiver[0].tolist(),
        "own": _solved(file, concept),
        "solved": _over_priors(file) if game.types == 2 else [],
        "version": __version__,
    }


def _over_priors(file: GameFile) -> list[dict[str, Any]]:
    """Return the equilibria at every prior of the slider, the probability of the second type rising from 0 to 1."""
    found = []
    for second in np.linspace(0.0, 1.0, PRIORS).round(_DIGITS):
        game = file.game
        moved = SignallingGame([1 - second, second], game.sender, game.receiver, game.receiver_prior, game.available)
        found.append(_solved(replace(file, game=moved)))
    return found


def _solved(file: GameFile, concept: str = "equilibrium") -> dict[str, Any]:
    """Return of a solved game what the page shows; continua, which take long to find, are left to `sim solve`."""
    found = game_solution(file, play=Play(concept))
    kept = ("family", "degenerate", "strategy", "belief", "response", "sender_value", "survives")
    told = zip(described(found.game, found.solved, found.labels), found.values.tolist(), strict=True)
    rows = [{key: _rounded(row[key]) for key in kept if key in row} | {"value": _rounded(value)} for row, value in told]
    return {
        "prior": named(found.game.flat().prior[0], found.labels.types),
        "selected": found.selected,
        "equilibria": rows,
    }


def _rounded(value: Any) -> Any:  # noqa: ANN401 - nested as the solution is
    """Return numbers without the last digits, which rounding makes, however deep they stand."""
    if isinstance(value, dict):
        return {key: _rounded(each) for key, each in value.items()}
    return round(value, _DIGITS) if isinstance(value, float) else value


def _command_name(file: GameFile) -> str:
    """Return what to write for a game on the command line."""
    name = next((name for name, path in bundled_games().items() if path == file.path), Path(file.path).name)
    return shlex.quote(name)
