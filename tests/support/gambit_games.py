"""Which games and profiles are shown to Gambit? The same ones, to the last bit, in the tests and in the script."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
from textbook_games import TEXTBOOK, TextbookGame

from sim.games.gambit.efg import Labels
from sim.games.game import Floats, SignallingGame

RANDOM_SHAPES = ((1, 1, 1, 2), (1, 2, 2, 2), (2, 2, 3, 2), (3, 2, 3, 2), (2, 2, 3, 3), (1, 3, 4, 3), (3, 2, 4, 3))
"""Receiver types, sender types, signals, actions; unavailable actions wherever there are at least three signals."""

Profile = tuple[Floats, Floats]


def shown_games() -> dict[str, tuple[SignallingGame, Labels | None]]:
    """List textbook games with their names, and random ones without."""
    shown: dict[str, tuple[SignallingGame, Labels | None]] = {}
    for name, entry in TEXTBOOK.items():
        shown[name] = entry.game, labels_of(entry)
    for seed, shape in enumerate(RANDOM_SHAPES):
        shown[f"random-{seed}"] = random_game(shape, seed=seed), None
    return shown


def labels_of(entry: TextbookGame) -> Labels:
    """Take a textbook game's names."""
    return Labels(
        title=entry.title,
        comment=entry.note,
        types=entry.types,
        signals=entry.signals,
        actions=entry.actions,
        receiver_types=entry.receiver_types,
    )


def random_game(shape: tuple[int, int, int, int], *, seed: int) -> SignallingGame:
    """Draw payoffs of all sizes; Python's dice, whose numbers never change between versions."""
    dice = random.Random(seed)
    count = int(np.prod(shape))
    sender, receiver = (
        np.reshape([dice.uniform(-1, 1) * 10 ** dice.randint(-3, 3) for _ in range(count)], shape) for _ in range(2)
    )
    receivers, types, signals, actions = shape
    available = np.ones((signals, actions), dtype=bool)
    available[0, 1:] = signals < 3  # so the other signals still tell the order of all actions
    return SignallingGame(_shares(types, dice), sender, receiver, _shares(receivers, dice), available)


def random_profile(game: SignallingGame, *, seed: int) -> Profile:
    """Draw a strategy (t, m) and a response (k, m, a), every probability above 0 where the action is available."""
    dice = random.Random(seed)
    strategy = np.array([_shares(game.signals, dice) for _ in range(game.types)])
    response = np.zeros((game.receiver_types, game.signals, game.actions))
    for k, m in np.ndindex(response.shape[:2]):
        response[k, m, game.available[m]] = _shares(int(game.available[m].sum()), dice)
    return strategy, response


def expected_payoffs(game: SignallingGame, profile: Profile) -> Floats:
    """Return what the players get on average, sender first."""
    flat, (strategy, response) = game.flat(), profile
    reach = np.einsum("t,k,tm,kma->ktma", flat.prior[0], flat.receiver_prior[0], strategy, response)
    return np.array([np.sum(reach * flat.sender[0]), np.sum(reach * flat.receiver[0])])


def nested(game: SignallingGame, profile: Profile) -> list[list[list[float]]]:
    """Write a profile as Gambit does: by player and information set, available actions only."""
    strategy, response = profile
    return [strategy.tolist(), [own[m, game.available[m]].tolist() for own in response for m in range(game.signals)]]


def unnested(game: SignallingGame, profile: Sequence[Sequence[Sequence[float]]]) -> Profile:
    """Write Gambit's profile as arrays."""
    response = np.zeros((game.receiver_types, game.signals, game.actions))
    for own, (k, m) in zip(profile[1], np.ndindex(response.shape[:2]), strict=True):
        response[k, m, game.available[m]] = own
    return np.array(profile[0], dtype=np.float64), response


def _shares(size: int, dice: random.Random) -> Floats:
    weights = np.array([dice.randint(1, 9) for _ in range(size)], dtype=np.float64)
    shares: Floats = weights / weights.sum()
    return shares
