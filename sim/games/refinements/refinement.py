"""Which equilibria are plausible? The intuitive criterion, D1 and undefeated equilibrium, row by row.

Without refinement the receiver may believe anything after a signal that nobody sends. Each refinement restricts those
beliefs; an equilibrium survives if after every unsent signal some best response to a belief that is left deters both
types. Two sender types; receiver types share one belief.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.games.closed_form.candidate import Rows
from sim.games.closed_form.response_path import Bools, Paths, response_paths
from sim.games.equilibria import Equilibria
from sim.games.game import Floats, SignallingGame
from sim.games.refinements.attainable import attainable, some_response
from sim.games.refinements.dominance import certainty_deters, struck_out
from sim.games.refinements.undefeated import pairs, rivals

LARGEST_TIE = 1e-7
"""Scaled payoffs closer than this are tied in degenerate games, whose equilibria may come from a linear program."""


@dataclass(frozen=True, eq=False)
class Refinements:
    """Which equilibria survive which refinement, each an array of bool of shape (e,).

    Attributes
    ----------
    intuitive : ndarray of bool of shape (e,)
        Intuitive criterion: an unsent signal is not ascribed to a type that could only lose by sending it.
    d1 : ndarray of bool of shape (e,)
        D1: nor to a type that gains from fewer responses than the other type does.
    undefeated : ndarray of bool of shape (e,)
        Undefeated: no other equilibrium of the game explains the signal to the benefit of all who send it there.

    Examples
    --------
    See `refine`.
    """

    intuitive: NDArray[np.bool_]
    d1: NDArray[np.bool_]
    undefeated: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Cases:
    """Equilibria of games with two sender types, with payoffs in the units of the response paths.

    Attributes
    ----------
    game : SignallingGame
        Flat batch of n games.
    paths : Paths
        Their response paths.
    of : ndarray of int of shape (e,)
        Game of each equilibrium, ascending.
    sends : ndarray of bool of shape (m, t, e)
        Whether each type sends each signal.
    value : ndarray of shape (t, e)
        Equilibrium payoffs, scaled.
    prior, tolerance : ndarray of shape (e,)
        Probability of type 1; differences between scaled payoffs that count as none.
    """

    game: SignallingGame
    paths: Paths
    of: Rows
    sends: Bools
    value: Floats
    prior: Floats
    tolerance: Floats


def refine(game: SignallingGame, equilibria: Equilibria) -> Refinements:
    """Return which equilibria survive the intuitive criterion, D1, and comparison with the game's other equilibria.

    The intuitive criterion and D1 are those of [1]_ and [2]_, see `dominance`; undefeated is that of [3]_,
    see `undefeated`: all equilibria that send a signal restrict the one belief after it jointly. D1 survivors
    survive the intuitive criterion. Every generic game has a D1 survivor; a game with ties may have none.

    Every verdict is True where no signal is unsent, and where the sender's type is known (one type, or a prior of 0 or
    1): the belief then is what it is.

    References
    ----------
    .. [1] Cho, I.-K. and Kreps, D. M. (1987), "Signaling games and stable equilibria", Quarterly Journal of Economics
       102(2), 179-221, doi:10.2307/1885060.
    .. [2] Banks, J. S. and Sobel, J. (1987), "Equilibrium selection in signaling games", Econometrica 55(3), 647-661,
       doi:10.2307/1913604.
    .. [3] Mailath, G. J., Okuno-Fujiwara, M. and Postlewaite, A. (1993), "Belief-based refinements in signalling
       games", Journal of Economic Theory 60(2), 241-276, doi:10.1006/jeth.1993.1043.

    Examples
    --------
    Beer-quiche [1]_ (weak type first; fight or not): that both have quiche is implausible, since only the strong type
    could gain by drinking beer instead.

    >>> import sim
    >>> game = sim.SignallingGame(
    ...     prior=[0.1, 0.9],
    ...     sender=[[[0, 2], [1, 3]], [[1, 3], [0, 2]]],
    ...     receiver=[[[1, 0], [1, 0]], [[0, 1], [0, 1]]],
    ... )
    >>> verdicts = refine(game, sim.perfect_bayesian(game))
    >>> verdicts.intuitive.tolist(), verdicts.d1.tolist(), verdicts.undefeated.tolist()
    ([True, False], [True, False], [True, True])
    """
    if game.types > 2:
        raise ValueError(f"game must have one or two sender types; it has {game.types}")
    if np.any(falls := np.diff(equilibria.game) < 0):
        raise ValueError(f"equilibria must be sorted by game; row {int(np.argmax(falls)) + 1} comes too late")
    flat = game.flat()
    rows = np.flatnonzero(np.all(flat.prior < 1, axis=1)[equilibria.game])
    verdicts = np.ones((3, len(equilibria)), dtype=bool)
    if rows.size:
        open_rows = equilibria if rows.size == len(equilibria) else equilibria.take(rows)
        judged = judge(cases(flat, open_rows, response_paths(flat)))
        verdicts[:, rows] = judged.intuitive, judged.d1, judged.undefeated
    return Refinements(*verdicts)


def judge(case: Cases) -> Refinements:
    """Return the verdicts where the response paths are at hand already: `refine` without its checks."""
    intuitive, d1 = _dominance(case)
    return Refinements(intuitive, d1, _undefeated(case))


def cases(game: SignallingGame, equilibria: Equilibria, paths: Paths) -> Cases:
    """Return what the refinements look at."""
    of = equilibria.game
    return Cases(
        game,
        paths,
        of,
        sends=np.ascontiguousarray(np.moveaxis(equilibria.strategy > 0, 0, -1).swapaxes(0, 1)),
        value=(equilibria.sender_value.T - paths.low[:, of]) / paths.range[:, of],
        prior=game.prior[of, 1],
        tolerance=np.where(equilibria.degenerate, LARGEST_TIE, 0.0) + paths.tolerance[of],
    )


def unsent(case: Cases, signal: int) -> Rows:
    """Return the rows in which nobody sends the signal."""
    return np.flatnonzero(~case.sends[signal].any(axis=0))


def allowed_by_rivals(case: Cases) -> tuple[Floats, Floats]:
    """Return the lowest and highest belief (m, e) at each signal that all other equilibria that send it leave a row."""
    shape = len(case.sends), len(case.of)
    low, high = np.zeros(shape), np.ones(shape)
    for pair in pairs(case.of):
        found = rivals(pair, case.sends, case.value, prior=case.prior, tolerance=case.tolerance)
        at = found.signal, found.row
        low[at], high[at] = np.maximum(low[at], found.low), np.minimum(high[at], found.high)
    return low, high


def _dominance(case: Cases) -> Bools:
    """Judge each row by the intuitive criterion and D1: (2, e)."""
    passes = np.ones((2, len(case.of)), dtype=bool)
    for m in range(len(case.sends)):
        rows = unsent(case, m)
        for part, options in attainable(case.game, case.paths, m, case.of[rows]):
            here = rows[part]
            tolerance = case.tolerance[here]
            gain = options.value - case.value[:, here]
            tempts = ~certainty_deters(gain, options, tolerance)[::-1]
            for verdict, out in zip(passes, struck_out(gain, options, tolerance), strict=True):
                verdict[here] &= ~np.any(out & tempts, axis=0)
    return passes


def _undefeated(case: Cases) -> Bools:
    """Judge each row beside the other equilibria of its game: (e,)."""
    passes = np.ones(len(case.of), dtype=bool)
    lowest, highest = allowed_by_rivals(case)
    for m, (low, high) in enumerate(zip(lowest, highest, strict=True)):
        rows = np.flatnonzero((low > 0) | (high < 1))
        for part, options in attainable(case.game, case.paths, m, case.of[rows]):
            here = rows[part]
            unmoved = case.tolerance[here] - (options.value - case.value[:, here])
            passes[here] &= some_response(unmoved[:, 0], unmoved[:, 1], options, (low[here], high[here]))
    return passes
