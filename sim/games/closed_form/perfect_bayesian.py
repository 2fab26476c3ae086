"""Which perfect Bayesian equilibria does a signalling game with two sender types have? All of them, for a batch.

Who sends which signal fixes the beliefs, the beliefs fix places on the response paths, and indifference fixes the
places on edges: so each family of equilibria is a short list of candidates in closed form. What is left is to ask
whether each unsent signal has a place on its path that leaves neither type better off. Where a tie would let more than
these be equilibria, the game is searched by linear programs instead.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.games.closed_form.candidate import SEMI_SEPARATING, Candidate
from sim.games.closed_form.deterrence import deterring_place
from sim.games.closed_form.envelope import TIE
from sim.games.closed_form.families import candidates
from sim.games.closed_form.known_type import known_type_equilibria
from sim.games.closed_form.response_path import Paths, response_paths
from sim.games.equilibria import FAMILIES, Equilibria
from sim.games.game import Bools, Floats, SignallingGame
from sim.games.refinements.refinement import cases, judge
from sim.games.ties.enumeration import enumerate_equilibria
from sim.games.ties.payoff_sizes import far_apart, sound_rows
from sim.games.ties.sender_ties import sender_ties, third_ties

RARE = 1e-6  # in games with ties, types rarer are too rare for linear programs: members found without are listed


def perfect_bayesian(game: SignallingGame) -> Equilibria:
    """Return every perfect Bayesian equilibrium of each game, one row per on-path outcome.

    With one or two sender types a belief is one number and each equilibrium is in closed form: pooling, separating,
    semi-separating, or both types mixing the same two signals. Beliefs after unsent signals are unrestricted; which
    rows survive which refinement stands beside them.

    Games with ties are flagged `degenerate`: their equilibria can come in continua. Of every way to send signals that
    an equilibrium has, and every set of best replies that it rests on, at least one member is returned; of all members
    one that is best for the sender before it learns its type is among them. (Where, besides, a type is rarer than one
    in a million, or six or more signals are free and mean nothing, only those are that a game without ties could have.)
    Receiver types that switch at the same belief, and whom the sender need not tell apart, mix as one. A prior of 0 or
    1 is a game with one type, whose belief stays what it is after every signal: a row for each signal it may send.

    Parameters
    ----------
    game : SignallingGame
        Batch of games with one or two sender types, any number of signals, actions and receiver types.

    Returns
    -------
    Equilibria
        At least one row per game, sorted by game, then family, then the signals sent; rows that need a tie come last.

    Raises
    ------
    ValueError
        If the games have more than two sender types, or a payoff is so large beside the others of its type that their
        differences would count as ties. The message names the entry.
    ArithmeticError
        If rounding hides every equilibrium of a game: payoffs that differ by hardly more than the tolerance for ties.

    References
    ----------
    .. [1] Fudenberg, D. and Tirole, J. (1991), "Perfect Bayesian equilibrium and sequential equilibrium", Journal of
       Economic Theory 53(2), 236-260, doi:10.1016/0022-0531(91)90155-W.
    .. [2] Cho, I.-K. and Kreps, D. M. (1987), "Signaling games and stable equilibria", Quarterly Journal of Economics
       102(2), 179-221, doi:10.2307/1885060.

    Examples
    --------
    Beer-quiche [2]_ (weak type first; fight or not): both drink beer, or both have quiche.

    >>> eq = perfect_bayesian(SignallingGame(
    ...     prior=[0.1, 0.9],
    ...     sender=[[[0, 2], [1, 3]], [[1, 3], [0, 2]]],
    ...     receiver=[[[1, 0], [1, 0]], [[0, 1], [0, 1]]],
    ... ))
    >>> eq.family.tolist(), eq.strategy[:, 1].tolist()
    (['pooling', 'pooling'], [[1.0, 0.0], [0.0, 1.0]])
    """
    flat = game.flat()
    suspect = solvable(flat)
    known = (flat.prior == 0).any(axis=1) | (flat.types == 1)
    if not len(known):
        return known_type_equilibria(flat)
    if not known.any():
        return _two_types(flat, suspect)
    parts = []
    for rows, solver in ((np.flatnonzero(~known), _two_types), (np.flatnonzero(known), _known_type)):
        if len(rows):
            found = solver(flat if len(rows) == len(known) else flat.take(rows), suspect[rows])
            parts.append(replace(found, game=rows[found.game]))
    return _joined(parts)


def solvable(game: SignallingGame) -> Bools:
    """Raise the ValueError of `perfect_bayesian` if it refuses flat games; return those whose rows must be checked."""
    if game.types > 2:
        raise ValueError(f"game must have one or two sender types; it has {game.types}")
    return far_apart(game)


def _known_type(game: SignallingGame, suspect: Bools) -> Equilibria:
    """Solve games in which one type is certain."""
    return sound_rows(game, known_type_equilibria(game), suspect)


def _two_types(game: SignallingGame, suspect: Bools) -> Equilibria:
    """Solve games in which both types have positive probability."""
    paths, prior = response_paths(game), np.ascontiguousarray(game.prior[:, 1])
    tied, hard = _receiver_ties(paths, prior)
    hard |= sender_ties(paths)
    common = np.abs(prior - 0.5) < 0.5 - RARE  # both types are common enough for the arithmetic of ties
    easy = (~(hard & common)).nonzero()[0]
    if len(easy) == len(prior):
        found = _in_closed_form(game, paths, prior)
    else:
        found = _in_closed_form(game.take(easy), paths.take(easy), prior[easy])
        found = replace(found, game=easy[found.game])
    hard[found.game[found.degenerate]] = True
    if np.any(exact := hard & common):
        parts = [found.take(~exact[found.game])]
        solved: dict[bytes, Equilibria] = {}  # where a scenario ties it is often the same game again and again
        for i in np.flatnonzero(exact):
            one = game.take([i])
            key = b"".join(each.tobytes() for each in (one.prior, one.sender, one.receiver, one.receiver_prior))
            if key not in solved:
                solved[key] = _enumerated(one, paths.take(np.array([i])), prior[[i]])
            parts.append(replace(solved[key], game=np.full(len(solved[key]), i)))
        found = _joined(parts)
    found = sound_rows(game, replace(found, degenerate=(tied | hard)[found.game]), suspect)
    return replace(found, **vars(judge(cases(game, found, paths))))


def _enumerated(game: SignallingGame, paths: Paths, prior: Floats) -> Equilibria:
    """Enumerate the equilibria of one game; where rounding hides them, or there are too many, take closed forms."""
    try:
        return enumerate_equilibria(game)
    except ArithmeticError:
        found = _in_closed_form(game, paths, prior)
        if not len(found):
            raise
        return found


def _receiver_ties(paths: Paths, prior: Floats) -> tuple[Bools, Bools]:
    """Where a receiver type is indifferent, and where so that the response path does not tell all: (n,), (n,)."""
    tied, hard = np.zeros((2, len(prior)), dtype=bool)
    together = paths.together
    if together is not None and not together.tied.any() and not (np.abs(paths.corners()[0] - prior) <= TIE).any():
        return tied, hard
    for path in paths.signals:
        tied |= path.tied
        hard |= path.hard
        for belief, start, end in zip(path.belief, path.value, path.value[1:], strict=False):
            if np.any(near := np.abs(belief - prior) <= TIE):
                tied |= near
                hard |= near & np.any(np.abs(end - start) > paths.tolerance, axis=0)
    return tied, hard


def _in_closed_form(game: SignallingGame, paths: Paths, prior: Floats) -> Equilibria:
    """Keep the candidates that no unsent signal upsets, as rows sorted by game; flag those that one ties with."""
    with np.errstate(over="ignore"):  # beyond the largest float where a type is rarer than 1e-308
        odds = np.minimum(game.prior[:, 1] / game.prior[:, 0], np.finfo(np.float64).max)
    rows = _rows(candidates(paths, prior, odds), len(paths.signals))
    alive = np.ones(len(rows.game), dtype=bool)
    for group in paths.groups():
        places, beliefs = rows.place[group.signals], rows.belief[group.signals]
        signal, unsent = group.marked(np.isnan(places) & alive)
        games = rows.game[unsent]
        target = np.take(rows.value, unsent, axis=1) + paths.tolerance[games]
        columns = group.columns(signal, games)
        breaks, value = (np.take(array, columns, axis=-1) for array in (group.path.belief, group.path.value))
        place, belief = deterring_place(breaks, value, prior[games], target=target)
        places[signal, unsent], beliefs[signal, unsent] = place, belief
        alive[unsent[np.isnan(place)]] = False
    kept = alive.nonzero()[0]
    kept = kept[np.lexsort((rows.family[kept], rows.game[kept]))]
    index = rows.game[kept]
    strategy, value, belief, place = (
        np.take(array, kept, axis=-1) for array in (rows.strategy, rows.value, rows.belief, rows.place)
    )
    low, reach = (np.take(array, index, axis=1) for array in (paths.low, paths.range))
    return Equilibria(
        game=index,
        family=np.array(FAMILIES)[rows.family[kept]],
        strategy=strategy.transpose(2, 0, 1),
        belief=np.stack([1 - belief, belief], axis=1).transpose(2, 0, 1),
        response=_responses(paths, place, index, game.actions),
        sender_value=(low + reach * value).T,
        degenerate=_binding(paths, rows, kept),
    )


def _binding(paths: Paths, rows: _Rows, kept: NDArray[np.intp]) -> Bools:
    """Whether a row in which a type mixes leaves one indifferent to a third signal: (kept,)."""
    binds = np.zeros(len(kept), dtype=bool)
    mixed = (rows.family[kept] >= SEMI_SEPARATING).nonzero()[0]
    for m, path in enumerate(paths.signals if len(paths.signals) > 2 and len(mixed) else []):
        own = mixed[~rows.strategy[:, m, kept[mixed]].any(axis=0)]
        games = rows.game[kept[own]]
        binds[own] |= third_ties(np.take(path.value, games, axis=-1), rows.value[:, kept[own]], paths.tolerance[games])
    return binds


@dataclass(frozen=True, eq=False)
class _Rows:
    """Candidates side by side: game (r,), family (r,), value (t, r), strategy (t, m, r), belief and place (m, r)."""

    game: NDArray[np.intp]
    family: NDArray[np.intp]
    value: Floats
    strategy: Floats
    belief: Floats
    place: Floats


def _rows(found: Iterable[Candidate], signals: int) -> _Rows:
    """Lay candidates side by side; belief and place are nan after unsent signals."""
    kept = [candidate for candidate in found if len(candidate.rows)]
    count = sum(len(candidate.rows) for candidate in kept)
    strategy, places = np.zeros((2, signals, count)), np.full((2, signals, count), np.nan)
    start = 0
    for candidate in kept:
        stop = start + len(candidate.rows)
        for sent in candidate.sent:
            strategy[0, sent.signal, start:stop], strategy[1, sent.signal, start:stop] = sent.weights
            places[0, sent.signal, start:stop], places[1, sent.signal, start:stop] = sent.belief, sent.place
        start = stop
    if not kept:
        return _Rows(np.zeros(0, np.intp), np.zeros(0, np.intp), np.zeros((2, 0)), strategy, places[0], places[1])
    family = np.repeat([candidate.family for candidate in kept], [len(candidate.rows) for candidate in kept])
    value = np.concatenate([candidate.value for candidate in kept], axis=1)
    return _Rows(np.concatenate([candidate.rows for candidate in kept]), family, value, strategy, places[0], places[1])


def _responses(paths: Paths, place: Floats, games: NDArray[np.intp], actions: int) -> Floats:
    """Return the receiver's behaviour (e, k, m, a) at the given places (m, e) on the paths."""
    types = paths.signals[0].action.shape[0]
    response = np.zeros((types, len(paths.signals), actions, len(games)))
    row = np.arange(len(games))
    for group in paths.groups():
        path, places = group.path, place[group.signals]
        signal = np.arange(len(places))[:, None] if len(places) > 1 else 0
        vertex, columns, m = places.astype(np.intp), group.columns(signal, games), signal + group.signals.start
        weight = places - vertex
        for k in range(types):
            response[k, m, path.action[k, vertex, columns], row] = 1 - weight
        if len(mixed := weight.ravel().nonzero()[0]):
            at, of = np.divmod(mixed, len(games))
            onwards, column = vertex.ravel()[mixed] + 1, group.columns(at if len(places) > 1 else 0, games[of])
            for k in range(types):
                response[k, at + group.signals.start, path.action[k, onwards, column], of] += weight.ravel()[mixed]
    return response.transpose(3, 0, 1, 2)


def _joined(parts: list[Equilibria]) -> Equilibria:
    """Return the rows of all parts, sorted by game."""
    if len(parts) == 1:
        return parts[0]
    joined = Equilibria(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in vars(parts[0])})
    return joined.take(np.argsort(joined.game, kind="stable"))
