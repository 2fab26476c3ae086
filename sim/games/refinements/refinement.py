"""Which equilibria are plausible? The intuitive criterion, D1 and undefeated equilibrium, row by row.

Each restricts what the receiver may believe after a signal that nobody sends; an equilibrium survives if after every
such signal some best response to a belief that is left deters both types. All rivals that send a signal restrict the
belief after it jointly. The criteria are those of Cho and Kreps (1987), doi:10.2307/1885060, Banks and Sobel (1987),
doi:10.2307/1913604, and Mailath, Okuno-Fujiwara and Postlewaite (1993), doi:10.1006/jeth.1993.1043.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.games.closed_form.candidate import Rows
from sim.games.closed_form.response_path import Paths, ResponsePath
from sim.games.equilibria import Equilibria
from sim.games.game import Bools, Floats, SignallingGame
from sim.games.refinements.attainable import Attainable, after, some_response

LARGEST_TIE = 1e-7
"""Scaled payoffs closer than this are tied in degenerate games, whose equilibria may come from a linear program."""


@dataclass(frozen=True, eq=False)
class Refinements:
    """Which equilibria survive which refinement, (e,) each."""

    intuitive: Bools  # an unsent signal is not ascribed to a type that could only lose by sending it
    d1: Bools  # nor to a type that gains from fewer responses than the other type does
    undefeated: Bools  # no other equilibrium explains the signal to the benefit of all who send it there


@dataclass(frozen=True, eq=False)
class Cases:
    """Equilibria of a flat batch of n games with two sender types, with payoffs in the units of the response paths."""

    game: SignallingGame
    paths: Paths
    of: Rows  # (e,): game of each equilibrium, ascending
    sends: Bools  # (m, t, e): whether each type sends each signal
    value: Floats  # (t, e): equilibrium payoffs, scaled
    prior: Floats  # (e,): probability of type 1
    tolerance: Floats  # (e,): differences between scaled payoffs that count as none


@dataclass(frozen=True, eq=False)
class Rivals:
    """Pairs of equilibria of one game, (p,) each, with a signal at which the second may defeat the first."""

    signal: Rows
    row: Rows  # the equilibrium that does not send the signal
    rival: Rows  # the one that does, which all its senders prefer
    low: Floats  # lowest and highest belief at the signal with which the first is not defeated
    high: Floats


def judge(case: Cases) -> Refinements:
    """Return which equilibria survive the intuitive criterion, D1 and the game's other equilibria.

    D1 survivors survive the intuitive criterion. Every generic game has a D1 survivor; a game with ties may have none.
    """
    intuitive, d1 = _dominance(case)
    return Refinements(intuitive, d1, _undefeated(case))


def cases(game: SignallingGame, equilibria: Equilibria, paths: Paths) -> Cases:
    """Return what the refinements look at."""
    of = equilibria.game
    return Cases(
        game,
        paths,
        of,
        sends=np.ascontiguousarray((equilibria.strategy > 0).transpose(2, 1, 0)),
        value=(equilibria.sender_value.T - paths.low[:, of]) / paths.range[:, of],
        prior=game.prior[of, 1],
        tolerance=np.where(equilibria.degenerate, LARGEST_TIE, 0.0) + paths.tolerance[of],
    )


def _dominance(case: Cases) -> Bools:
    """Judge each row by the intuitive criterion and D1: (2, e)."""
    passes = np.ones((2, len(case.of)), dtype=bool)
    for group in case.paths.groups():
        unsent = np.asarray(~case.sends[group.signals].any(axis=1))
        signal, rows = group.marked(unsent)
        unsent[unsent] = _certainty_may_tempt(case, group.path, group.columns(signal, case.of[rows]), rows)
        signal, rows = group.marked(unsent)
        for part, options in after(case.game, case.paths, group, (signal, case.of[rows])):
            here = rows[part]
            tolerance = case.tolerance[here]
            gain = options.value - case.value[:, here]
            # With one type struck out the receiver is certain of the other; a row fails if that deters nobody.
            tempts = ~_certainty_deters(gain, options, tolerance)[::-1]
            for verdict, out in zip(passes, struck_out(gain, options, tolerance), strict=True):
                verdict[here[np.any(out & tempts, axis=0)]] = False
    return passes


def _certainty_may_tempt(case: Cases, path: ResponsePath, columns: Rows, rows: Rows) -> Bools:
    """Whether being taken for some type may pay after a signal that r equilibria leave unsent: (r,); else they pass."""
    # Certainty of type 0 is answered by the first vertex, if by no other response, and that of type 1 by the last.
    own, tolerance = case.value[:, rows], case.tolerance[rows]
    gains = (np.take(path.value[vertex], columns, axis=-1) - own for vertex in (0, -1))
    zero, one = ((tolerance - gain < 0).any(axis=0) for gain in gains)
    return np.asarray(zero | one)


def struck_out(gain: Floats, options: Attainable, tolerance: Floats) -> tuple[Bools, Bools]:
    """Return which types the intuitive criterion and D1 strike out as senders of an unsent signal, (t, r) each.

    The intuitive criterion strikes out a type that no best response makes as well off as in the equilibrium, D1 also
    one for which every best response that makes it at least as well off makes the other type better off, if some best
    response does that. What each response gains a type is `gain`, (v, t, r); `tolerance` is (r,).
    """
    loses = np.all(gain < -tolerance, axis=0)
    tempted = np.any(gain > tolerance, axis=0)
    willing, unmoved = gain + tolerance, tolerance - gain
    alone = [some_response(willing[:, t], unmoved[:, 1 - t], options) for t in (0, 1)]
    return loses, ~np.stack(alone) & tempted[::-1]


def _certainty_deters(gain: Floats, options: Attainable, tolerance: Floats) -> Bools:
    """Whether certainty that the sender is type t leaves a best response that deters both types: (t, r)."""
    unmoved = tolerance - gain
    return np.stack([some_response(unmoved[:, 0], unmoved[:, 1], options, (t, t)) for t in (0.0, 1.0)])


def _undefeated(case: Cases) -> Bools:
    """Judge each row beside the other equilibria of its game: (e,)."""
    passes = np.ones(len(case.of), dtype=bool)
    if not np.any(case.of[1:] == case.of[:-1]):
        return passes
    lowest, highest = allowed_by_rivals(case)
    for group in case.paths.groups():
        low, high = lowest[group.signals], highest[group.signals]
        limited = (low > 0) | (high < 1)
        signal, rows = group.marked(limited)
        low, high = low[limited], high[limited]
        for part, options in after(case.game, case.paths, group, (signal, case.of[rows])):
            here = rows[part]
            unmoved = case.tolerance[here] - (options.value - case.value[:, here])
            deterred = some_response(unmoved[:, 0], unmoved[:, 1], options, (low[part], high[part]))
            passes[here[~deterred]] = False
    return passes


def allowed_by_rivals(case: Cases) -> tuple[Floats, Floats]:
    """Return the lowest and highest belief (m, e) at each signal that all other equilibria that send it leave a row."""
    shape = len(case.sends), len(case.of)
    low, high = np.zeros(shape), np.ones(shape)
    for found in rivals(case):
        at = found.signal, found.row
        low[at], high[at] = np.maximum(low[at], found.low), np.minimum(high[at], found.high)
    return low, high


def rivals(case: Cases) -> Iterator[Rivals]:
    """Yield the pairs and signals at which the second equilibrium may defeat the first; each row once as a first.

    The second sends the signal, the first does not, and every type that sends it in the second weakly prefers the
    second, at least one strictly. The receiver should then believe that the sender is one of those types: all that
    strictly prefer the second send the signal, of those that are indifferent any share. The definition is for senders
    that play pure strategies; here a type that mixes counts among those that send.
    """
    for row, rival in _pairs(case.of):
        rise = case.value[:, rival] - case.value[:, row]
        better, worse = rise > case.tolerance[row], rise < -case.tolerance[row]
        zero, one = case.sends[:, 0, rival], case.sends[:, 1, rival]  # (m, p)
        gains, loses = zero & better[0] | one & better[1], zero & worse[0] | one & worse[1]
        signal, at = np.nonzero(gains & ~loses & ~(case.sends[:, 0, row] | case.sends[:, 1, row]))
        zero, one = zero[signal, at], one[signal, at]
        zero_gains, one_gains = zero & better[0, at], one & better[1, at]
        own = case.prior[row[at]]
        low = np.where(zero_gains, np.where(one_gains, own, 0.0), np.where(zero, own, 1.0))
        high = np.where(one_gains, np.where(zero_gains, own, 1.0), np.where(one, own, 0.0))
        yield Rivals(signal, row[at], rival[at], low, high)


def _pairs(game: Rows) -> Iterator[tuple[Rows, Rows]]:
    """Yield ordered pairs of rows of one game, each row at most once as the first of a pair at a time."""
    # Rows of a game stand together, so a shift by one pairs neighbours, by two the next but one, and so on.
    first = np.arange(len(game))
    for step in range(1, len(game)):
        first = first[: np.searchsorted(first, len(game) - step)]
        first = first[game[first + step] == game[first]]
        if not first.size:
            return
        yield first, first + step
        yield first + step, first
