"""How is OpenSpiel asked, and how are its answers read? Games travel as extensive-form files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from importlib import import_module
from statistics import median
from typing import Any

import numpy as np

from benchmarks.others.judgement import Profile
from sim.games.gambit.efg import efg
from sim.games.game import SignallingGame

ITERATIONS = 1000
"""Of CFR+, on each game."""

FRACTION = re.compile(r"(?<= )\d+/\d+(?= )")
"""OpenSpiel reads probabilities as decimals only."""

Trained = tuple[Any, Any]
"""A game and its solver."""


def loaded(games: Sequence[SignallingGame]) -> list[Any]:
    """Let OpenSpiel read the games."""
    pyspiel = import_module("pyspiel")
    decimals = [FRACTION.sub(lambda found: repr(float(Fraction(found[0]))), efg(game)) for game in games]
    return [pyspiel.load_efg_game(text) for text in decimals]


def cfr_plus(games: Sequence[Any]) -> list[Trained]:
    """Minimise counterfactual regret."""
    pyspiel = import_module("pyspiel")
    solvers = [pyspiel.CFRPlusSolver(game) for game in games]
    for solver in solvers:
        for _ in range(ITERATIONS):
            solver.evaluate_and_update_policy()
    return list(zip(games, solvers, strict=True))


def read_averages(games: Sequence[SignallingGame], trained: Sequence[Trained]) -> list[list[Profile]]:
    """Read the average policy of each game."""
    return [[_profile(game, solver)] for game, (_, solver) in zip(games, trained, strict=True)]


def distance(trained: Sequence[Trained]) -> str:
    """Say how much both players together gain by replying best to the average policies."""
    pyspiel = import_module("pyspiel")
    sums = [pyspiel.nash_conv(game, solver.average_policy()) for game, solver in trained]
    return f"NashConv median {median(sums):.0e}, largest {max(sums):.0e}"


def _profile(game: SignallingGame, solver: Any) -> Profile:  # noqa: ANN401 - pyspiel has no types
    """Put information states, whose names begin with the player's number and theirs, into the order of the file."""
    table = solver.tabular_average_policy().policy_table()
    places = sorted(table, key=lambda state: [int(number) for number in state.split("-")[1:3]])
    play = [p for state in places for _, p in table[state]]
    cut = game.types * game.signals
    return Profile(
        np.reshape(play[:cut], (game.types, game.signals)),
        np.reshape(play[cut:], (game.receiver_types, game.signals, game.actions)),
    )
