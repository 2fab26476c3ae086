"""How do players choose who err more, the less is at stake? Logit agent quantal response equilibria, by continuation.

At rationality 0 everybody plays at random; the equilibrium reported is the one met first when rationality is raised
from there along the principal branch, which for almost all games is one curve. Payoffs are those of the information
set: of its type for a sender, of its type and the signal seen for a receiver.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.games.game import Bools, Floats, SignallingGame
from sim.games.quantal.continuation import CAREFUL, QUICK, Care, Ints, Traced, follow
from sim.games.quantal.logit import LogitGame, LogitPlay, linearise, logit_game, settle
from sim.games.quantal.one_curve import follow_one
from sim.games.quantal.one_game import equations, one_game, settled

STATUSES = ("converged", "turned", "bifurcated", "failed")
"""How the branch was followed: straight; round turning points; past points where others cross it; not all the way."""

ACCURACY = 1e-10  # largest residual of a solution, in probability
ROUNDING = 1e-14  # residual that rounding may leave, per unit of rationality times payoff range
LEAST_ACCURACY = 1e-8  # residual beyond which nothing counts as solved, whatever rounding leaves
ROUNDED = 1e4  # rationality times payoff range beyond which the residual of plain numbers could share their rounding
LARGEST_RATIONALITY = 1e100  # rationality beyond this is refused: its product with a payoff must stay finite
FARTHEST = 1e12  # rationality times payoff range is not followed beyond: rounding decides the play long before
TINY = np.finfo(np.float64).tiny  # keeps 0 / 0 out where nobody has anything at stake

DRAWN = Care(aim=0.005, accept=1e-6, largest=0.1, alignment=0.98, growth=1.5, start=0.05, sweeps=8_000)
"""How closely a branch is followed for a figure."""

Solved: TypeAlias = tuple[Traced, dict[str, NDArray[Any]], Floats]
"""Where the branches were left; strategy, belief and response there, games first; their residuals."""

CELLS_AT_ONCE, LEAST_AT_ONCE, SETTLED_AT_ONCE = 40_000, 32, 4_096
"""Payoff cells, least games followed at once and games settled at once: the working set stays in the cache."""


@dataclass(frozen=True, eq=False)
class QuantalResponse:
    """The logit equilibrium of each game of a batch, whose shape is written ``...``.

    Attributes
    ----------
    strategy : ndarray of shape (..., t, m)
        Probability that each sender type sends each signal.
    belief : ndarray of shape (..., m, t)
        Receiver's belief after each signal, by Bayes' rule.
    response : ndarray of shape (..., k, m, a)
        Probability that each receiver type takes each action; 0 where the action is unavailable.
    status : ndarray of str of shape (...)
        One of `STATUSES`. Where an even number of branches crosses at one point, as in cheap talk with three or more
        signals that all mean the same, it goes unnoticed.
    rationality : ndarray of shape (...)
        What was asked for; where the status is failed, the value that the branch was followed to and that the
        probabilities belong to.
    residual : ndarray of shape (...)
        Largest difference between a probability and the logit reply to the other player's probabilities: at most
        1e-10 unless the status is failed, or 1e-14 times rationality and payoff range if that is more, never above
        1e-8.
    folds : ndarray of int of shape (...)
        Turning points of the branch passed on the way; two so close that one step passes both are not counted.
    sender_range, receiver_range : ndarray of shape (...)
        Largest difference that play can make to a payoff of the player, times the rationality asked for.
    """

    strategy: Floats
    belief: Floats
    response: Floats
    status: NDArray[np.str_]
    rationality: Floats
    residual: Floats
    folds: Ints
    sender_range: Floats
    receiver_range: Floats


@dataclass(frozen=True, eq=False)
class QuantalPath:
    """The principal branch of one game at p points, in the order in which they are met.

    Attributes
    ----------
    rationality : ndarray of shape (p,)
        From 0; it falls between two turning points.
    strategy, belief, response : ndarray of shape (p, t, m), (p, m, t), (p, k, m, a)
        As in `QuantalResponse`.
    status : str
        One of `STATUSES`; a branch that failed ends before the rationality asked for.
    """

    rationality: Floats
    strategy: Floats
    belief: Floats
    response: Floats
    status: str


def quantal_response(game: SignallingGame, rationality: float = 5.0) -> QuantalResponse:
    """Return the logit agent quantal response equilibrium of every game on its principal branch [1]_.

    Sender type t sends m with probability proportional to exp(Λ U_t(m)), receiver type k takes a after m with one
    proportional to exp(Λ E[v | k, m, a]), beliefs follow Bayes' rule. Where the branch turns back before it reaches Λ,
    the first point with that Λ is returned. One small game alone is followed in plain numbers, all others in arrays,
    which agree to 1e-12. Multiplying every payoff by c does the same as multiplying Λ by c.

    Parameters
    ----------
    game : SignallingGame
        Batch of games, with any number of types of either player.
    rationality : float
        Λ, from 0 to 1e100, in units of 1 / payoff: the same for both players.

    Returns
    -------
    QuantalResponse
        With the batch shape of `game`.

    Raises
    ------
    ValueError
        If `rationality` is out of range.

    References
    ----------
    .. [1] McKelvey and Palfrey (1998), "Quantal response equilibria for extensive form games", Experimental
       Economics 1:9-41, doi:10.1023/A:1009905800005.

    Examples
    --------
    Beer or quiche: nearly every strong type has beer, and so do most weak ones.

    >>> sender = [[[1, 3], [0, 2]], [[0, 2], [1, 3]]]  # strong, weak; beer, quiche; fight, not
    >>> receiver = [[[0, 1], [0, 1]], [[1, 0], [1, 0]]]
    >>> q = quantal_response(SignallingGame([0.9, 0.1], sender, receiver), rationality=2.0)
    >>> q.strategy[:, 0].round(4).tolist(), q.response[0, :, 0].round(4).tolist(), str(q.status)
    ([0.9884, 0.61], [0.1489, 0.7608], 'converged')
    """
    return _response(game, rationality, lambda logit, goal: _alone(logit, goal) or _in_arrays(logit, goal))


def quantal_responses(game: SignallingGame, rationality: float) -> QuantalResponse:
    """Return what `quantal_response` does, by arrays even where there is one small game.

    So do runs, whose blocks can be of any size: a game has the same bits however many are solved with it.
    """
    return _response(game, rationality, _in_arrays)


def _response(
    game: SignallingGame, rationality: float, solve: Callable[[LogitGame, Floats], Solved]
) -> QuantalResponse:
    """Follow the branch of every game to the rationality asked for, settle there, and say how it went."""
    logit = logit_game(game)
    goal = _goal(logit, rationality)
    traced, answer, residual = solve(logit, goal)
    reached = traced.landed & (rationality * logit.scale <= FARTHEST)
    solved = reached & (residual <= _allowed(goal))
    answer |= {
        "status": _status(traced, solved),
        "rationality": np.where(reached, rationality, traced.point[-1] / np.maximum(logit.scale, TINY)),
        "residual": residual,
        "folds": traced.folds,
        "sender_range": rationality * logit.sender_range,
        "receiver_range": rationality * logit.receiver_range,
    }
    batch = game.batch_shape
    return QuantalResponse(**{name: array.reshape((*batch, *array.shape[1:])) for name, array in answer.items()})


def _goal(logit: LogitGame, rationality: float) -> Floats:
    """Return the rationality in units of 1 / payoff range, (n,), no farther than can be followed."""
    if not 0 <= rationality <= LARGEST_RATIONALITY:
        raise ValueError(f"rationality must lie in [0, {LARGEST_RATIONALITY:g}]; it is {rationality}")
    return np.minimum(rationality * logit.scale, FARTHEST)


def _allowed(goal: Floats) -> Floats:
    """Return the residual of a solution, (n,): accurate, as far as rounding lets it be, and never beyond a limit."""
    return np.minimum(np.maximum(ROUNDING * goal, ACCURACY), LEAST_ACCURACY)


def _trace(logit: LogitGame, goal: Floats) -> Traced:
    """Follow every game quickly, then again with care those that got lost or met a crossing."""
    block = max(LEAST_AT_ONCE, CELLS_AT_ONCE // int(np.prod(logit.sender.shape[:-1])))
    quick = follow(partial(linearise, logit), goal, unknowns=logit.unknowns, care=QUICK, block=block)
    # A long step may have jumped to another branch: only what short steps find is believed to cross.
    again = np.flatnonzero(~quick.landed | (quick.crossings > 0))
    if not again.size:
        return quick
    careful = follow(
        lambda rows, points: linearise(logit, again[rows], points),
        goal[again],
        unknowns=logit.unknowns,
        care=CAREFUL,
        block=block,
    )
    for name, array in vars(quick).items():
        array[..., again] = getattr(careful, name)
    return quick


def _in_arrays(logit: LogitGame, goal: Floats) -> Solved:
    """Solve all games in arrays."""
    return _settled(logit, _trace(logit, goal))


def _alone(logit: LogitGame, goal: Floats) -> Solved | None:
    """Solve a small game that is the only one as `_in_arrays` does; nothing if it is not that, or gets lost."""
    game = one_game(logit)
    if game is None:
        return None
    follow_it = partial(follow_one, partial(equations, game), float(goal[0]), unknowns=logit.unknowns)
    traced = follow_it(care=QUICK)
    if traced and not (traced.landed[0] and not traced.crossings[0]):
        traced = follow_it(care=CAREFUL)
    if traced is None:
        return None
    if goal[0] > ROUNDED:
        return _settled(logit, traced)
    return traced, *settled(game, traced.point[:, 0].tolist())


def _settled(logit: LogitGame, traced: Traced) -> Solved:
    """Settle all games in arrays where their branches were left, block by block to save memory."""
    count = traced.point.shape[-1]
    if count < 2 * SETTLED_AT_ONCE:
        play, residual = settle(logit, np.arange(count), traced.point)
        return traced, _games_first(play), residual
    blocks = np.array_split(np.arange(count), count // SETTLED_AT_ONCE)
    done = [settle(logit, rows, traced.point[:, rows]) for rows in blocks]
    answers = zip(*(vars(answer).values() for answer, _ in done), strict=True)
    play = LogitPlay(*(np.concatenate(parts, axis=-1) for parts in answers))
    return traced, _games_first(play), np.concatenate([residual for _, residual in done])


def _games_first(play: LogitPlay) -> dict[str, NDArray[Any]]:
    """Return σ (n, t, m), μ (n, m, t) and ρ (n, k, m, a)."""
    return {
        "strategy": np.ascontiguousarray(play.strategy.transpose(2, 0, 1)),
        "belief": np.ascontiguousarray(play.belief.transpose(2, 1, 0)),
        "response": np.ascontiguousarray(play.response.transpose(3, 0, 2, 1)),
    }


def _status(traced: Traced, solved: Bools) -> NDArray[np.str_]:
    """Name what happened on the way."""
    kind = np.where(traced.crossings > 0, 2, np.where(traced.folds > 0, 1, 0))
    return np.array(STATUSES)[np.where(solved, kind, 3)]


def quantal_path(game: SignallingGame, *, up_to: float) -> QuantalPath:
    """Return the principal branch of one game, point by point, from rationality 0 to its first point at `up_to`.

    Parameters
    ----------
    game : SignallingGame
        A single game, or a batch of one.
    up_to : float
        The last rationality, from 0 to 1e100, in units of 1 / payoff.

    Returns
    -------
    QuantalPath
        Points close enough for a smooth line.

    Raises
    ------
    ValueError
        If there is not exactly one game, or `up_to` is out of range.

    Examples
    --------
    >>> sender, receiver = [[[1, 3], [0, 2]], [[0, 2], [1, 3]]], [[[0, 1], [0, 1]], [[1, 0], [1, 0]]]
    >>> path = quantal_path(SignallingGame([0.9, 0.1], sender, receiver), up_to=2.0)
    >>> path.rationality[[0, -1]].tolist(), path.strategy[[0, -1], 0, 0].round(4).tolist(), path.status
    ([0.0, 2.0], [0.5, 0.9884], 'converged')
    """
    logit = logit_game(game)
    if logit.scale.size != 1:
        raise ValueError(f"game must be a single game; its batch shape is {game.batch_shape}")
    visited: list[Floats] = []
    goal = _goal(logit, up_to)
    traced = follow(partial(linearise, logit), goal, unknowns=logit.unknowns, care=DRAWN, visit=visited.append)
    points = np.concatenate(visited, axis=-1)
    answer, residual = settle(logit, np.zeros(points.shape[-1], dtype=np.intp), points)
    solved = traced.landed & bool(np.all(residual <= _allowed(goal)))
    rationality = points[-1] / np.maximum(logit.scale, TINY)
    rationality[-1] = np.where(traced.landed[0], up_to, rationality[-1])
    return QuantalPath(rationality=rationality, **_games_first(answer), status=str(_status(traced, solved)[0]))
