"""Is a difference between two payoffs lost beside a huge one elsewhere in the game? Then an answer would be chance.

Ties are judged beside a type's largest payoff, so that a tie stays one in any unit. Payoffs a hundred million times
what is usual in the game would make ties of differences that matter: such games are refused. Short of that, a row that
owes its place to such a tie is found by what a player could gain against it, beside what that player compares.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.games.equilibria import Equilibria
from sim.games.game import Bools, Floats, SignallingGame

WIDEST = 1e8  # largest payoff, beside the median of a type's payoffs that are not 0, that leaves ties worth their name
SUSPECT = 1e3  # rows are checked in games where one type's largest payoff is so many times its smallest that is not 0
EXACT = 1e-9  # most that a player may gain against a row, relative to the payoffs it compares
ROUNDED = 1e-14  # rounding that this gain may hold besides, relative to the largest payoff of the type

COMPARED = {"sender": (0, 2, 3), "receiver": (1, 3)}
"""Axes of payoffs (k, t, m, a) that one player compares: a receiver type those after one signal only."""


class FarApartError(ValueError):
    """A payoff beside which differences between others count as ties: whose it is, and its cell (n, k, t, m, a)."""

    player = ""
    cell: tuple[int, ...] = ()


def far_apart(game: SignallingGame) -> Bools:
    """Return which flat games have a type's payoffs so far apart that rows should be checked, (n,).

    Raise FarApartError if a payoff is over `WIDEST` times the median size of those it is compared with that are not 0:
    of the whole game for a sender type, after one signal for a receiver type.
    """
    suspect = np.zeros(len(game.prior), dtype=bool)
    for name, compared in COMPARED.items():
        size = _sizes(game, name)
        counted = np.where(size > 0, size, np.inf)
        if size.max(initial=0.0) <= SUSPECT * counted.min(initial=np.inf):  # as in most games alone
            continue
        largest = size.max(axis=compared, initial=0.0)
        least = counted.min(axis=compared, initial=np.inf)
        suspect |= np.any(largest > SUSPECT * least, axis=tuple(range(largest.ndim - 1)))
        wide = np.flatnonzero(np.any(largest > WIDEST * least, axis=tuple(range(largest.ndim - 1))))
        if wide.size:
            _refuse(game.take(wide), name, wide)
    return suspect


def sound_rows(game: SignallingGame, eq: Equilibria, suspect: Bools) -> Equilibria:
    """Return the rows of suspect games that no player gains by leaving, beside what it compares, and all other rows."""
    rows = np.flatnonzero(suspect[eq.game])
    if not rows.size:
        return eq
    holds, own, played = np.ones(len(eq), dtype=bool), eq.take(rows), game.take(eq.game[rows])
    holds[rows] = _sender_content(played, own) & _receiver_content(played, own)
    if holds.all():
        return eq
    kept = eq.take(holds)
    if np.any(lost := ~np.isin(eq.game, kept.game)):
        raise ArithmeticError(
            f"no equilibrium of game {eq.game[lost][0]} is certain: "
            f"payoffs that differ count as ties beside larger ones"
        )
    return kept


def _sizes(game: SignallingGame, name: str) -> Floats:
    """Return the sizes of a player's payoffs (k, t, m, a, n), 0 where they do not count."""
    payoffs = getattr(game, name).transpose(1, 2, 3, 4, 0)
    if payoffs.strides[0] == 0:  # the same for every receiver type
        payoffs = payoffs[:1]
    size: Floats = np.abs(payoffs, order="C")
    if len(size) == game.receiver_types and not np.all(game.receiver_prior > 0):
        size *= (game.receiver_prior > 0).T[:, None, None, None]
    return size


def _refuse(game: SignallingGame, name: str, names: NDArray[np.intp]) -> None:
    """Raise if a payoff dwarfs the median of those it is compared with, in games called `names`."""
    compared, size = COMPARED[name], _sizes(game, name)
    wrong = np.moveaxis(size > WIDEST * np.expand_dims(_upper_median(size, compared), compared), -1, 0)
    if wrong.any():
        place = tuple(np.argwhere(wrong)[0].tolist())
        where = ", ".join(map(str, (names[place[0]], *place[1:])))
        fault = FarApartError(
            f"{name}[{where}] of the flat batch has {getattr(game, name)[place]:g}, more than {WIDEST:g} times the "
            f"median of the payoffs it is compared with: their differences would count as ties"
        )
        fault.player, fault.cell = name, (int(names[place[0]]), *place[1:])
        raise fault


def _upper_median(size: Floats, compared: tuple[int, ...]) -> Floats:
    """Return the upper median over some axes of what is not 0; inf where all is 0."""
    last = np.moveaxis(np.where(size > 0, size, np.inf), compared, range(-len(compared), 0))
    ordered = np.sort(last.reshape(*last.shape[: -len(compared)], -1), axis=-1)
    middle = np.isfinite(ordered).sum(axis=-1, keepdims=True) // 2
    return np.asarray(np.take_along_axis(ordered, np.minimum(middle, ordered.shape[-1] - 1), axis=-1)[..., 0])


def _sender_content(played: SignallingGame, eq: Equilibria) -> Bools:
    """Whether each type of the sender does as well as by any other signal: (e,)."""
    weight = (played.receiver_prior[:, :, None, None] * eq.response)[:, :, None]  # (e, k, 1, m, a)
    terms = weight * played.sender
    counted = np.where(played.receiver_prior[:, :, None, None, None] > 0, np.abs(played.sender), 0.0)
    largest = counted.max(axis=(1, 3, 4))[..., None]
    gaps = _content(eq.strategy, terms.sum(axis=(1, 4)), np.abs(terms).sum(axis=(1, 4)), largest)
    return np.asarray(np.all(gaps, axis=1))


def _receiver_content(played: SignallingGame, eq: Equilibria) -> Bools:
    """Whether each possible type of the receiver does as well as by any other action, after every signal: (e,)."""
    terms = eq.belief.transpose(0, 2, 1)[:, None, :, :, None] * played.receiver  # (e, k, t, m, a)
    payoff = np.where(played.available, terms.sum(axis=2), -np.inf)
    largest = np.abs(played.receiver).max(axis=(2, 4))[..., None]
    content = _content(eq.response, payoff, np.abs(terms).sum(axis=2), largest)
    return np.asarray(np.all(content | (played.receiver_prior == 0)[..., None], axis=(1, 2)))


def _content(plays: Floats, payoff: Floats, size: Floats, largest: Floats) -> Bools:
    """Whether nothing on the last axis is worth more than something played, beside the sizes of the two."""
    worst = np.where(plays > 0, payoff, np.inf).argmin(axis=-1, keepdims=True)
    own, own_size = (np.take_along_axis(array, worst, axis=-1) for array in (payoff, size))
    allowed = EXACT * np.maximum(size, own_size) + ROUNDED * largest
    return np.asarray(np.all(payoff - own <= allowed, axis=-1))
