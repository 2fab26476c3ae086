"""How does the receiver's best response to a signal change as its belief runs from 0 to 1?

With two sender types a belief is one number, the probability of type 1. Along it each receiver type's best action
changes at a few break-points, so the aggregate response is a path: vertices (every receiver type plays one action,
over an interval of beliefs) joined by edges (at one belief, a break-point, some receiver type mixes two actions).
A place on the path is one number: j at vertex j, j + τ on the edge from j to j + 1 with weight τ on its far end.
Arrays here have the batch as their last axis, so that each operation runs over contiguous memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.games.closed_form.envelope import ROUNDING, TIE, envelopes
from sim.games.game import Bools, Floats, SignallingGame

FEW = 64  # up to so many games times signals a call costs more than its arithmetic: all signals go through it at once


@dataclass(frozen=True, eq=False)
class ResponsePath:
    """Best responses to one signal, for n games, along the belief from 0 to 1."""

    belief: Floats  # (j, n): break-points in (0, 1), ascending; inf where a game has fewer
    value: Floats  # (j + 1, t, n): sender's expected payoff at each vertex, scaled; repeated where a game has fewer
    action: NDArray[np.int8]  # (k, j + 1, n): of each receiver type at each vertex
    tied: Bools  # (n,): whether two actions or break-points tie, with consequences or without
    hard: Bools  # (n,): whether ties that matter to the sender make the best responses more than this path

    @property
    def edges(self) -> int:
        """Number of edges, j."""
        return len(self.belief)

    def take(self, rows: NDArray[np.intp]) -> ResponsePath:
        """Return the paths of the games at `rows`."""
        return ResponsePath(**{name: np.take(array, rows, axis=-1) for name, array in vars(self).items()})


@dataclass(frozen=True, eq=False)
class Paths:
    """Response paths of n games after every signal; the sender's payoffs are low + range * value, type by type."""

    signals: list[ResponsePath]
    low: Floats  # (t, n): smallest payoff of each sender type
    range: Floats  # (t, n): largest minus smallest, 1 where that is 0
    tolerance: Floats  # (n,): what counts as a tie between scaled payoffs; more where they are large beside their range
    together: ResponsePath | None = None  # few games without ties that matter: all signals side by side, (..., m n)

    @cached_property
    def sure(self) -> Floats:
        """What each sender type is sure of by its best signal, whatever the receiver believes, (t, n)."""
        return np.asarray(np.max([path.value.min(axis=0) for path in self.signals], axis=0))

    def groups(self) -> Iterator[Group]:
        """Yield the signals that are looked at in one go: all of few games, one by one of many."""
        games = len(self.tolerance)
        if self.together is not None:
            yield Group(slice(0, len(self.signals)), self.together, games)
            return
        for m, path in enumerate(self.signals):
            yield Group(slice(m, m + 1), path, games)

    def corners(self) -> tuple[Floats, Floats]:
        """Return break-points (m, j, n) and vertices (m, j + 1, t, n) of paths that stand together."""
        path, m, n = next(self.groups()).path, len(self.signals), len(self.tolerance)
        belief = path.belief.reshape(path.edges, m, n).swapaxes(0, 1)
        return belief, path.value.reshape(path.edges + 1, 2, m, n).transpose(2, 0, 1, 3)

    def take(self, rows: NDArray[np.intp]) -> Paths:
        """Return the paths of the games at `rows`."""
        signals = [path.take(rows) for path in self.signals]
        return Paths(signals, self.low[:, rows], self.range[:, rows], self.tolerance[rows])


@dataclass(frozen=True, eq=False)
class Group:
    """Signals whose response paths stand side by side, those of n games for each."""

    signals: slice
    path: ResponsePath  # (..., g n) for g signals
    games: int  # n

    def marked(self, mask: Bools) -> tuple[NDArray[np.intp] | int, NDArray[np.intp]]:
        """Return where a mask (g, r) holds: the signal, counted from the first of the group, and the row."""
        at = mask.ravel().nonzero()[0]
        return (0, at) if len(mask) == 1 else np.divmod(at, mask.shape[1])

    def columns(self, signal: NDArray[np.intp] | int, game: NDArray[np.intp]) -> NDArray[np.intp]:
        """Return where the path after a signal, counted from the first of the group, stands for a game."""
        return game if isinstance(signal, int) else signal * self.games + game


def response_paths(game: SignallingGame) -> Paths:
    """Return the response path after each signal, for flat games with two sender types."""
    receiver = np.ascontiguousarray(game.receiver.transpose(1, 2, 3, 4, 0))
    sender = game.sender.transpose(1, 2, 3, 4, 0)
    if sender.strides[0] == 0:  # the same whichever receiver type answers: once is enough
        sender = sender[:1]
    weight = np.ascontiguousarray(game.receiver_prior.T)
    used = _of_possible_receivers(sender[:, :, game.available], weight)
    low, high = used.min(axis=2).min(axis=0), used.max(axis=2).max(axis=0)
    reach = np.where(high > low, high - low, 1.0)
    tolerance = TIE + ROUNDING * (np.maximum(np.abs(high), np.abs(low)) / reach).max(axis=0)
    if game.signals * len(tolerance) <= FEW and len(set(game.available.sum(axis=1).tolist())) == 1:
        together = _side_by_side(game, (sender, receiver), (low, reach, tolerance))
        return Paths(_parted(together, game.signals), low, reach, tolerance, None if together.hard.any() else together)
    paths = []
    for m in range(game.signals):
        actions = np.flatnonzero(game.available[m])
        scaled = (sender[:, :, m, actions] - low[:, None]) / reach[:, None]
        path = _path(receiver[:, :, m, actions], scaled, weight, tolerance=tolerance)
        paths.append(replace(path, action=np.take(actions.astype(np.int8), path.action)))
    return Paths(paths, low, reach, tolerance)


def _side_by_side(
    game: SignallingGame, payoffs: tuple[Floats, Floats], ends: tuple[Floats, Floats, Floats]
) -> ResponsePath:
    """Return the paths after all signals, which have as many actions each: (..., m n); payoffs (k, t, m, a, n)."""
    actions = game.available.nonzero()[1].reshape(game.signals, -1)  # (m, a)
    low, reach, tolerance = ends
    sender, receiver = (array[:, :, np.arange(game.signals)[:, None], actions] for array in payoffs)
    scaled = (sender - low[:, None, None]) / reach[:, None, None]
    weight = np.concatenate([game.receiver_prior.T] * game.signals, axis=-1)
    path = _path(_beside(receiver), _beside(scaled), weight, tolerance=np.concatenate([tolerance] * game.signals))
    signal = np.repeat(np.arange(game.signals), len(tolerance))
    return replace(path, action=actions.astype(np.int8)[signal, path.action])


def _beside(payoffs: Floats) -> Floats:
    """Put signals side by side: (k, t, m, a, n) to (k, t, a, m n)."""
    k, t, m, a, n = payoffs.shape
    return payoffs.transpose(0, 1, 3, 2, 4).reshape(k, t, a, m * n)


def _parted(together: ResponsePath, signals: int) -> list[ResponsePath]:
    """Return the path after each signal, as views."""
    n = len(together.hard) // signals
    places = [slice(m * n, (m + 1) * n) for m in range(signals)]
    return [ResponsePath(**{name: array[..., at] for name, array in vars(together).items()}) for at in places]


def _of_possible_receivers(used: Floats, weight: Floats) -> Floats:
    """Return the sender's payoffs (k, t, cell, n) with those from impossible receiver types replaced by others'."""
    if len(used) == 1 or np.all(weight > 0):
        return used
    likely = np.take_along_axis(used, weight.argmax(axis=0)[None, None, None], axis=0)
    return np.where(weight[:, None, None] > 0, used, likely)


def _path(receiver: Floats, sender: Floats, weight: Floats, *, tolerance: Floats) -> ResponsePath:
    """Merge the receiver types' envelopes into one path; payoffs (k, t, a, n)."""
    breaks, sequence, doubtful = envelopes(receiver)
    weighted = sender * weight[:, None, None]
    along = _picked(weighted, sequence)
    start, steps = along[:, :, 0].sum(axis=0), np.diff(along, axis=2)
    # Each switch of a receiver type adds its own step: in the order of all break-points they make the common path.
    k, _, s, n = steps.shape
    rank = _ranks(breaks.reshape(k * s, n))
    belief = _in_order(breaks.reshape(k * s, n), rank)
    ordered = _in_order(steps.transpose(0, 2, 1, 3).reshape(k * s, 2, n), rank)
    value = np.empty((k * s + 1, 2, n))
    value[0], so_far = start, np.zeros((2, n))
    for vertex, step in zip(value[1:], ordered, strict=True):
        so_far += step
        np.add(start, so_far, out=vertex)
    tied = doubtful.any(axis=(0, 1))
    hard = _matters(weighted, doubtful, tolerance) if tied.any() else np.zeros(n, dtype=bool)
    together, apart = _collapse(belief, value, rank, tolerance)
    tied, hard = tied | together, hard | apart
    return ResponsePath(belief, value, _vertex_actions(sequence, rank.reshape(k, s, n)), tied | hard, hard)


def _matters(weighted: Floats, doubtful: Bools, tolerance: Floats) -> Bools:
    """Whether the sender's payoffs differ between actions that tie for the receiver: (n,)."""
    tied = doubtful[:, None]
    high = np.where(tied, weighted, -np.inf).max(axis=2)
    low = np.where(tied, weighted, np.inf).min(axis=2)
    return np.asarray(np.any(high - low > tolerance, axis=(0, 1)))


def _ranks(breaks: Floats) -> NDArray[np.intp]:
    """Return the place of each break-point in ascending order, earlier rows first among equals: (j, n)."""
    rank = np.zeros(breaks.shape, dtype=np.intp)
    for i in range(len(breaks)):
        for j in range(i):
            later = breaks[j] <= breaks[i]
            rank[i] += later
            rank[j] += ~later
    return rank


def _in_order(rows: Floats, rank: NDArray[np.intp]) -> Floats:
    """Put rows (j, ..., n) into the places that their ranks (j, n) name; a loop over few rows beats put_along_axis."""
    ordered = np.empty_like(rows)
    for row, own in zip(rows, rank, strict=True):
        for place in range(len(rows)):
            np.copyto(ordered[place], row, where=own == place)
    return ordered


def _collapse(belief: Floats, value: Floats, rank: NDArray[np.intp], tolerance: Floats) -> tuple[Bools, Bools]:
    """Join edges at one belief where that loses nothing, in place; return where there are any and where it would.

    Receiver types that switch at the same belief and push the sender's payoffs the same way mix as one.
    """
    together, hard = np.zeros((2, belief.shape[1]), dtype=bool)
    for j in range(len(belief) - 1):
        close = belief[j + 1] <= np.minimum(belief[j], 1) + TIE  # never where belief j + 1 is missing (inf)
        if close.any():
            one, two = value[j + 1] - value[j], value[j + 2] - value[j + 1]
            lengths = np.abs(one).max(axis=0) * np.abs(two).max(axis=0)
            parallel = np.abs(one[0] * two[1] - one[1] * two[0]) <= tolerance * lengths
            same_way = np.all(one * two >= 0, axis=0)
            together |= close
            hard |= close & ~(parallel & same_way)
            # The first edge shrinks to a point and the second does its work: the places of later vertices stay.
            value[j + 1] = np.where(close, value[j], value[j + 1])
            rank[(rank == j) & close] = j + 1
    return together, hard


def _vertex_actions(sequence: NDArray[np.intp], rank: NDArray[np.intp]) -> NDArray[np.int8]:
    """Return each receiver type's action at every vertex: (k, j + 1, n)."""
    k, s, n = rank.shape
    action = np.empty((k, k * s + 1, n), dtype=np.int8)
    for j in range(k * s + 1):
        action[:, j], switches = sequence[:, 0], (rank < j).sum(axis=1)
        for step in range(s):
            np.copyto(action[:, j], sequence[:, step + 1], where=switches > step, casting="unsafe")
    return action


def _picked(weighted: Floats, sequence: NDArray[np.intp]) -> Floats:
    """Return payoffs (k, t, a, n) in the order of a sequence of actions (k, a, n)."""
    picked = weighted[:, :, :1]
    for action in range(1, weighted.shape[2]):
        picked = np.where((sequence == action)[:, None], weighted[:, :, action, None], picked)
    return picked
