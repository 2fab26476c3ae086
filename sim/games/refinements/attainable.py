"""What can a signal earn the sender, over all best responses to it? Pure responses and the mixtures that join them.

The responses that are best at one belief form a polytope, and the sender's payoffs there are the convex hull of its
payoffs from the pure ones. Whether some mixture gives two payoffs at least so much is whether the hull meets a
quadrant, which is unbounded: if it meets the hull, it meets a segment between two pure responses. So these tell all
that refinements ask, ties included. Without ties they are the response path.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise, product

import numpy as np
from numpy.typing import NDArray

from sim.games.closed_form.candidate import Rows
from sim.games.closed_form.envelope import TIE, tie
from sim.games.closed_form.response_path import Group, Paths, ResponsePath
from sim.games.game import Bools, Floats, SignallingGame

Beliefs = tuple[Floats | float, Floats | float]
"""Lowest and highest probability of type 1: numbers, or arrays of shape (r,)."""


@dataclass(frozen=True, eq=False)
class Attainable:
    """Best responses to one signal in r games: v pure ones, s segments between them, and what they earn the sender."""

    value: Floats  # (v, t, r): sender's scaled payoffs
    low: Floats  # (v, r): lowest and highest belief at which each is best
    high: Floats
    action: NDArray[np.int8]  # (k, v, r): of each receiver type
    joined: tuple[tuple[int, int], ...]  # pure responses whose mixtures are best responses too
    joined_low: Floats  # (s, r): beliefs at which those mixtures are best; inf where a game has no such segment
    joined_high: Floats


def after(
    game: SignallingGame, paths: Paths, group: Group, looked_at: tuple[Rows | int, Rows]
) -> Iterator[tuple[Rows, Attainable]]:
    """Yield what `attainable` does, for signals of a group (counted from its first) and games, (r,) each."""
    signal, games = looked_at
    if isinstance(signal, int):
        yield from attainable(game, paths, group.signals.start, games)
    elif games.size:
        yield np.arange(len(games)), _along(group.path, group.columns(signal, games))


def attainable(game: SignallingGame, paths: Paths, signal: int, games: Rows) -> Iterator[tuple[Rows, Attainable]]:
    """Yield positions in `games` (r,) and best responses to a signal: those without ties that matter, then others."""
    path = paths.signals[signal]
    hard = path.hard[games]
    easy = (~hard).nonzero()[0]
    if easy.size:
        yield easy, _along(path, games[easy])
    for i in np.unique(games[hard]).tolist():
        rows = np.flatnonzero(games == i)
        yield rows, _tied(game, paths, signal, (i, len(rows)))


def some_response(one: Floats, two: Floats, options: Attainable, beliefs: Beliefs = (0.0, 1.0)) -> Bools:
    """Whether some best response makes two quantities, each affine in the response, at least 0: (v, r) twice → (r,)."""
    first, second = one >= 0, two >= 0
    found = np.any(first & second & allowed(options, beliefs), axis=0)
    for (i, j), low, high in zip(options.joined, options.joined_low, options.joined_high, strict=True):
        onwards = (first[j] > first[i]) & (second[i] > second[j])
        back = (first[i] > first[j]) & (second[j] > second[i])
        rows = ((onwards | back) & ~found & _overlap(low, high, beliefs)).nonzero()[0]
        if rows.size:
            # Each end fails one of the two: the segment meets the quadrant if it passes the origin on the upper side.
            cross = one[j, rows] * two[i, rows] - one[i, rows] * two[j, rows]
            found[rows] |= np.where(onwards[rows], cross >= 0, cross <= 0)
    return np.asarray(found)


def allowed(options: Attainable, beliefs: Beliefs) -> Bools:
    """Mark the pure responses that are best at some belief between the ends: (v, r)."""
    return _overlap(options.low, options.high, beliefs)


def _overlap(low: Floats, high: Floats, beliefs: Beliefs) -> Bools:
    """Whether beliefs [low, high] share a point with the given ones, which may be none (lowest above highest)."""
    lowest, highest = beliefs
    return np.asarray((low <= highest + TIE) & (high >= lowest - TIE) & (lowest <= highest))


def _along(path: ResponsePath, games: Rows) -> Attainable:
    """Return the vertices and edges of response paths."""
    breaks = np.take(path.belief, games, axis=1)
    bounds = np.zeros((path.edges + 2, len(games)))
    bounds[1:-1], bounds[-1] = np.minimum(breaks, 1.0), 1.0
    value, action = np.take(path.value, games, axis=2), np.take(path.action, games, axis=2)
    return Attainable(value, bounds[:-1], bounds[1:], action, tuple(pairwise(range(path.edges + 1))), breaks, breaks)


def _tied(game: SignallingGame, paths: Paths, signal: int, column: tuple[int, int]) -> Attainable:
    """Return the best responses in one game whatever its ties; `column` is the game and how many rows need them."""
    i, repeats = column
    actions = np.flatnonzero(game.available[signal])
    receiver, sender = (array[i][:, :, signal, actions] for array in (game.receiver, game.sender))
    earned = (sender - paths.low[:, i, None]) / paths.range[:, i, None] * game.receiver_prior[i][:, None, None]
    pure: list[tuple[int, ...]] = []
    joined: list[tuple[int, int]] = []
    ends: list[tuple[float, float]] = []
    # At one belief any mixture of best actions is a best response, and so is whatever the receiver types combine.
    for beliefs, best in _cells(receiver):
        start = len(pure)
        pure += product(*(np.flatnonzero(own).tolist() for own in best))
        ends += [beliefs] * (len(pure) - start)
        joined += combinations(range(start, len(pure)), 2)
    chosen = np.array(pure).T  # (k, v)
    value = np.take_along_axis(earned, chosen[:, None], axis=2).sum(axis=0).T  # (v, t)
    spans = np.array(ends).T
    joined_spans = spans[:, [pair[0] for pair in joined]]
    low, high, joined_low, joined_high = (np.repeat(end[:, None], repeats, axis=1) for end in (*spans, *joined_spans))
    action = np.repeat(actions[chosen].astype(np.int8)[..., None], repeats, axis=2)
    many = np.repeat(value[..., None], repeats, axis=2)
    return Attainable(many, low, high, action, tuple(joined), joined_low, joined_high)


def _cells(receiver: Floats) -> Iterator[tuple[tuple[float, float], Bools]]:
    """Yield beliefs and the best actions (k, a) there, points and the intervals between them; payoffs (k, t, a)."""
    at_zero, at_one = (line[:, :, None] - line[:, None] for line in np.moveaxis(receiver, 1, 0))
    crossing = np.divide(at_zero, at_zero - at_one, out=np.zeros_like(at_zero), where=at_zero * at_one < 0)
    points = [0.0]
    for point in [*np.unique(crossing[(crossing > TIE) & (crossing < 1 - TIE)]).tolist(), 1.0]:
        if point - points[-1] > TIE:
            points.append(point)
    spans = [(0.0, 0.0)] + [span for low, high in pairwise(points) for span in ((low, high), (high, high))]
    tolerance = tie(receiver.min(axis=(1, 2)), receiver.max(axis=(1, 2)))[:, None]
    for low, high in spans:
        middle = (low + high) / 2
        expected = (1 - middle) * receiver[:, 0] + middle * receiver[:, 1]
        yield (low, high), expected >= expected.max(axis=1, keepdims=True) - tolerance
