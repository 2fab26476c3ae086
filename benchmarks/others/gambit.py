"""How is Gambit asked, and how are its answers read? Games travel as extensive-form files."""

from __future__ import annotations

import io
from collections.abc import Sequence
from time import process_time
from typing import Any

import numpy as np

from benchmarks.others.judgement import RATIONALITY, Profile
from sim.games.gambit.efg import efg
from sim.games.game import SignallingGame

SECONDS = 5.0
"""Processor time that `enumpoly_solve` may spend on one game: other work on the machine costs it nothing."""

Search = tuple[list[Any], bool]
"""Profiles found, and whether the search came to its end."""


def trees(games: Sequence[SignallingGame]) -> list[Any]:
    """Let Gambit read the games."""
    import pygambit

    return [pygambit.read_efg(io.BytesIO(efg(game).encode())) for game in games]


def enumpoly(games: Sequence[Any]) -> list[Search]:
    """Go through the supports of behaviour, keeping what is found in time."""
    return [_within_time(game) for game in games]


def enummixed(games: Sequence[Any]) -> list[Search]:
    """List the extreme points of the Nash equilibria of the strategic form."""
    import pygambit

    found = (pygambit.nash.enummixed_solve(game, rational=False).equilibria for game in games)
    return [([profile.as_behavior() for profile in profiles], True) for profiles in found]


def lcp(games: Sequence[Any]) -> list[Search]:
    """Follow Lemke's path through the sequence form."""
    import pygambit

    return [([pygambit.nash.lcp_solve(game, rational=False).equilibrium], True) for game in games]


def logit(games: Sequence[Any]) -> list[Any]:
    """Trace the principal branch."""
    import pygambit

    return [pygambit.qre.logit_solve_lambda(game, RATIONALITY)[0] for game in games]


def read_searches(games: Sequence[SignallingGame], searches: Sequence[Search]) -> list[list[Profile]]:
    """Read what was found in each game."""
    return [
        [_profile(game, _probabilities(profile)) for profile in found]
        for game, (found, _) in zip(games, searches, strict=True)
    ]


def read_logits(games: Sequence[SignallingGame], answers: Sequence[Any]) -> list[list[Profile]]:
    """Read one logit equilibrium a game."""
    pairs = zip(games, answers, strict=True)
    return [[_profile(game, [answer[i] for i in range(len(answer))])] for game, answer in pairs]


def unfinished(searches: Sequence[Search]) -> str:
    """Say how many searches ran out of time; empty if none did."""
    stopped = sum(not finished for _, finished in searches)
    return f"{stopped} of {len(searches)} searches stopped after {SECONDS:g} s" if stopped else "every search complete"


def _within_time(game: Any) -> Search:  # noqa: ANN401 - pygambit has no types
    """Search one game, looking at the clock before every support."""
    import pygambit

    found: list[Any] = []
    stop = process_time() + SECONDS

    def look(_: object) -> None:
        if process_time() > stop:
            raise TimeoutError

    try:
        pygambit.nash.enumpoly_solve(game, nash_callback=found.append, event_callback=look)
    except RuntimeError:  # what Gambit turns every error of a callback into
        if process_time() <= stop:
            raise
        return found, False
    return found, True


def _probabilities(profile: Any) -> list[float]:  # noqa: ANN401 - pygambit has no types
    """List the probabilities of actions, by player, information set and action."""
    players = ("sender", "receiver")
    return [float(p) for player in players for _, actions in profile[player] for _, p in actions]


def _profile(game: SignallingGame, probabilities: Sequence[float]) -> Profile:
    """Cut the list into strategy and response; information sets come in the order of the file."""
    cut = game.types * game.signals
    return Profile(
        np.reshape(probabilities[:cut], (game.types, game.signals)),
        np.reshape(probabilities[cut:], (game.receiver_types, game.signals, game.actions)),
    )
