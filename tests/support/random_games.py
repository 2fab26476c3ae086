"""Which random games do the tests run on? Every shape of a small signalling game, from explicit seeds."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from sim.games.game import Floats, SignallingGame


@dataclass(frozen=True)
class Shape:
    """Numbers of signals, actions and receiver types; whether the sender cares for k; whether actions are missing."""

    signals: int
    actions: int
    receiver_types: int = 1
    by_receiver: bool = False
    unavailable: bool = False


SHAPES = tuple(
    Shape(*sizes)
    for sizes in product((2, 3, 4), (2, 3), (1, 2, 3), (False, True), (False, True))
    if sizes[2] > 1 or not sizes[3]
)
"""2-4 signals, 2-3 actions, 1-3 receiver types, sender's payoffs with and without k, all actions and some: 60."""


def random_games(count: int, shape: Shape, *, seed: int) -> SignallingGame:
    """Draw normal payoffs and uniform priors: ties have probability 0."""
    rng = np.random.default_rng(seed)
    cells = (2, shape.signals, shape.actions)
    by_receiver = (shape.receiver_types, *cells)
    return SignallingGame(
        rng.dirichlet(np.ones(2), size=count),
        rng.normal(size=(count, *(by_receiver if shape.by_receiver else cells))),
        rng.normal(size=(count, *by_receiver)),
        rng.dirichlet(np.ones(shape.receiver_types), size=count),
        _available(shape, rng),
    )


def tied_games(count: int, shape: Shape, *, seed: int) -> SignallingGame:
    """Draw payoffs from {0, 1, 2} and priors from quarters and halves: most games have ties."""
    rng = np.random.default_rng(seed)
    cells = (2, shape.signals, shape.actions)
    by_receiver = (shape.receiver_types, *cells)
    resolute = rng.integers(1, 4, size=count) / 4
    return SignallingGame(
        np.column_stack([1 - resolute, resolute]),
        rng.integers(0, 3, size=(count, *(by_receiver if shape.by_receiver else cells))),
        rng.integers(0, 3, size=(count, *by_receiver)),
        np.full((count, shape.receiver_types), 1 / shape.receiver_types),
        _available(shape, rng),
    )


def one(game: SignallingGame, row: int) -> SignallingGame:
    """Return one game of a batch as a game without batch axis."""
    flat = game.flat()
    return SignallingGame(
        flat.prior[row], flat.sender[row], flat.receiver[row], flat.receiver_prior[row], available=game.available
    )


def stack(first: SignallingGame, second: SignallingGame) -> SignallingGame:
    """Put two flat batches of one shape behind each other."""
    names = ("prior", "sender", "receiver", "receiver_prior")
    prior, sender, receiver, receivers = (
        np.concatenate([getattr(first.flat(), name), getattr(second.flat(), name)]) for name in names
    )
    return SignallingGame(prior, sender, receiver, receivers, available=first.available)


def rescaled(game: SignallingGame, *, sender: tuple[Floats, Floats], receiver: tuple[Floats, Floats]) -> SignallingGame:
    """Return shift + factor * payoff for both players; shifts and factors broadcast against (n, k, t, m, a)."""
    flat = game.flat()
    return SignallingGame(
        flat.prior,
        sender[0] + sender[1] * flat.sender,
        receiver[0] + receiver[1] * flat.receiver,
        flat.receiver_prior,
        available=game.available,
    )


def _available(shape: Shape, rng: np.random.Generator) -> NDArray[np.bool_] | None:
    """Take one action away after every signal but the last."""
    if not shape.unavailable:
        return None
    available = np.ones((shape.signals, shape.actions), dtype=bool)
    available[np.arange(shape.signals - 1), rng.integers(shape.actions, size=shape.signals - 1)] = False
    return available
