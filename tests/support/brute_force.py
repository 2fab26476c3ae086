"""Which on-path outcomes can any perfect Bayesian equilibrium of one small game have? Every support profile is tried.

Fix which signals each sender type sends and which actions each receiver type mixes after each signal. The belief
conditions are then linear in the weights x(t, m) = prior(t) strategy(t, m), the sender's conditions are linear in the
responses, and the two do not touch (a finite union of products of polytopes). Equalities are solved by least squares;
where they leave freedom, and for signals nobody sends, a linear program decides. Two sender types, positive priors.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, combinations, product

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from sim.games.game import Floats, SignallingGame

SLACK = 1e-9
"""Rounding allowed in an equation or inequality; payoffs are scaled to at most 1 in size first."""

POSITIVE = 1e-8
"""A probability inside a support is above this."""

Support = tuple[int, ...]
Senders = tuple[Support, Support]


@dataclass(frozen=True, eq=False)
class Outcome:
    """What is seen on the path of an equilibrium; one member of the continuum where there is one."""

    senders: Senders
    strategy: Floats  # (t, m)
    response: Floats  # (k, m, a), nan after signals nobody sends
    sender_value: Floats  # (t,)
    continuum: bool

    @property
    def family(self) -> str:
        """One of the four families, or "other" where more than two signals or unlike supports are at work."""
        first, second = map(set, self.senders)
        if len(first) == len(second) == 1:
            return "pooling" if first == second else "separating"
        if len(first | second) > 2:
            return "other"
        return "both_mix" if first == second else "semi_separating"


@dataclass(frozen=True, eq=False)
class Face:
    """Actions per receiver type that are jointly optimal after one signal for the beliefs in [low, high]."""

    signal: int
    actions: tuple[Support, ...]  # per k
    low: float
    high: float
    floor: Floats  # (t,), least sender payoff on the face
    ceiling: Floats  # (t,)


@dataclass(frozen=True, eq=False)
class Table:
    """The game with payoffs scaled to at most 1, and its faces per signal."""

    prior: Floats  # (t,)
    sender: Floats  # (k, t, m, a), receiver prior multiplied in
    faces: list[list[Face]]
    widest: list[list[Face]]
    scale: float


def brute_force(game: SignallingGame) -> list[Outcome]:
    """List the on-path outcomes of all perfect Bayesian equilibria of one game, one per support profile."""
    flat = game.flat()
    if flat.prior.shape != (1, 2) or not (flat.prior.all() and flat.receiver_prior.all()):
        raise ValueError(f"game must be one game with two sender types of positive probability; prior is {game.prior}")
    table = _table(flat)
    supports = _subsets(range(game.signals))
    profiles = [(zero, one) for zero in supports for one in supports]
    found = (_outcome(table, senders, cell) for senders in profiles for cell in _cells(table, senders))
    return [outcome for outcome in found if outcome is not None]


def _table(flat: SignallingGame) -> Table:
    """Scale the payoffs and list, signal by signal, the faces that some belief makes optimal."""
    scale = float(np.abs(flat.sender).max()) or 1.0
    sender = flat.receiver_prior[0][:, None, None, None] * flat.sender[0] / scale
    receiver = flat.receiver[0] / (np.abs(flat.receiver).max() or 1.0)
    faces = [list(_faces(sender, receiver, m, np.flatnonzero(flat.available[m]))) for m in range(flat.signals)]
    widest = [[face for face in here if not any(_inside(face, other) for other in here)] for here in faces]
    return Table(flat.prior[0], sender, faces, widest, scale)


def _faces(sender: Floats, receiver: Floats, m: int, usable: NDArray[np.intp]) -> Iterator[Face]:
    """Yield every profile of action sets that one common belief makes optimal for all receiver types."""
    subsets = _subsets(int(a) for a in usable)
    spans = [{actions: _span(own[:, m], actions, usable) for actions in subsets} for own in receiver]
    for profile in product(subsets, repeat=len(receiver)):
        low = max(span[actions][0] for span, actions in zip(spans, profile, strict=True))
        high = min(span[actions][1] for span, actions in zip(spans, profile, strict=True))
        if low <= high + SLACK:
            cells = [sender[k, :, m, list(actions)] for k, actions in enumerate(profile)]  # each (a, t)
            floor, ceiling = sum(cell.min(axis=0) for cell in cells), sum(cell.max(axis=0) for cell in cells)
            middle = (low + high) / 2
            yield Face(m, profile, min(low, middle), max(high, middle), np.asarray(floor), np.asarray(ceiling))


def _span(payoff: Floats, actions: Support, usable: NDArray[np.intp]) -> tuple[float, float]:
    """Return the beliefs (probability of type 1) at which all of `actions` are optimal; (2, -1) if none."""
    low, high = 0.0, 1.0
    for a, other in product(actions, usable):
        at_zero, at_one = payoff[:, a] - payoff[:, other]
        slope = at_one - at_zero
        if abs(slope) > SLACK:
            low, high = (max(low, -at_zero / slope), high) if slope > 0 else (low, min(high, -at_zero / slope))
        elif at_zero < -SLACK:
            return 2.0, -1.0
    return low, high


def _cells(table: Table, senders: Senders) -> Iterator[tuple[Face, ...]]:
    """Yield the on-path faces that pass the cheap tests: beliefs that fit the senders, payoffs that can be equal."""
    sent = sorted(set(chain(*senders)))
    fitting = [[face for face in table.faces[m] if _fits(face, senders)] for m in sent]
    unsent = [here for m, here in enumerate(table.widest) if m not in sent]
    outside = [np.min([face.floor for face in here], axis=0) for here in unsent]
    for cell in product(*fitting):
        equal = all(_can_be_equal(cell, outside, senders[t], t) for t in (0, 1))
        if equal and _averages(cell, senders, table.prior[1]):
            yield cell


def _fits(face: Face, senders: Senders) -> bool:
    """Whether the face is optimal at certainty (one type sends) or somewhere inside (both send)."""
    by_zero, by_one = (face.signal in support for support in senders)
    if by_zero and by_one:
        return face.high > POSITIVE and face.low < 1 - POSITIVE
    return face.high >= 1 - SLACK if by_one else face.low <= SLACK


def _can_be_equal(cell: tuple[Face, ...], outside: list[Floats], support: Support, t: int) -> bool:
    """Whether the ranges of type t's payoffs leave a common value on its support that beats the rest."""
    best = min(face.ceiling[t] for face in cell if face.signal in support)
    return all(face.floor[t] <= best + SLACK for face in cell) and all(floor[t] <= best + SLACK for floor in outside)


def _averages(cell: tuple[Face, ...], senders: Senders, prior: float) -> bool:
    """Whether beliefs on the faces can average to the prior."""
    beliefs = [_beliefs(face, senders) for face in cell]
    return min(low for low, _ in beliefs) <= prior + SLACK and max(high for _, high in beliefs) >= prior - SLACK


def _beliefs(face: Face, senders: Senders) -> tuple[float, float]:
    """Range of the belief after a signal that is sent."""
    by_zero, by_one = (face.signal in support for support in senders)
    return (face.low, face.high) if by_zero and by_one else (float(by_one), float(by_one))


def _outcome(table: Table, senders: Senders, cell: tuple[Face, ...]) -> Outcome | None:
    """Solve the three blocks of one support profile: responses, weights, then signals nobody sends."""
    responses = _solve(*_response_block(table, senders, cell, ()))
    weights = _solve(*_weight_block(table, senders, cell)) if responses else None
    if responses is None or weights is None:
        return None
    unsent = [here for m, here in enumerate(table.widest) if all(m != face.signal for face in cell)]
    if responses[1] and unsent:
        trials = [_solve(*_response_block(table, senders, cell, outside)) for outside in product(*unsent)]
        supported = [trial for trial in trials if trial is not None]
        if not supported:
            return None
        responses = supported[0]
    elif not all(any(_solve(*_response_block(table, senders, cell, (face,))) for face in here) for here in unsent):
        return None
    continuum = responses[1] or weights[1]
    return _assemble(table, senders, cell, (responses[0], weights[0], continuum))


def _response_block(
    table: Table, senders: Senders, cell: tuple[Face, ...], outside: tuple[Face, ...]
) -> tuple[Floats, Floats, Floats, NDArray[np.bool_], int]:
    """Sender's conditions: variables are the two values, then responses face by face (sent signals first)."""
    faces = (*cell, *outside)
    places = [(f, k, a) for f, face in enumerate(faces) for k, actions in enumerate(face.actions) for a in actions]
    size = 2 + len(places)
    equal: list[Floats] = []
    at_most: list[Floats] = []
    for f, face in enumerate(faces):
        for t in (0, 1):
            row = np.zeros(size)
            row[2:] = [table.sender[k, t, face.signal, a] if g == f else 0.0 for g, k, a in places]
            row[t] = -1.0
            (equal if face.signal in senders[t] else at_most).append(row)  # payoff - value = 0, or <= 0
    to = [0.0] * len(equal)
    for key in dict.fromkeys((f, k) for f, k, _ in places):
        equal.append(np.array([0.0, 0.0, *((f, k) == key for f, k, _ in places)]))
        to.append(1.0)
    on_path = np.array([False, False, *(f < len(cell) for f, _, _ in places)])
    return np.array(equal), np.array(to), np.array(at_most).reshape(-1, size), on_path, 2


def _weight_block(
    table: Table, senders: Senders, cell: tuple[Face, ...]
) -> tuple[Floats, Floats, Floats, NDArray[np.bool_], int]:
    """Bayes and receiver: variables are x(t, m) over the supports, beliefs are kept within the faces."""
    places = [(t, m) for t in (0, 1) for m in senders[t]]
    equal = [np.array([float(s == t) for s, _ in places]) for t in (0, 1)]
    at_most: list[Floats] = []
    to = [*table.prior]
    for face in cell:
        if all(face.signal in support for support in senders):
            bounds = [
                np.array([(m == face.signal) * (end if t == 0 else end - 1.0) for t, m in places])
                for end in (face.low, face.high)
            ]  # low (x0 + x1) <= x1 <= high (x0 + x1)
            if face.high - face.low <= SLACK:
                equal.append(bounds[0])
                to.append(0.0)
            else:
                at_most.extend([bounds[0], -bounds[1]])
    block = np.array(at_most).reshape(-1, len(places))
    return np.array(equal), np.array(to), block, np.ones(len(places), dtype=bool), 0


def _solve(
    equal: Floats, to: Floats, at_most: Floats, positive: NDArray[np.bool_], free: int
) -> tuple[Floats, bool] | None:
    """Return a point with equal @ x = to, at_most @ x <= 0, x > 0 where `positive`, and whether it is one of many.

    The first `free` variables have any sign, all others are at least 0; only `positive` ones count for "many".
    """
    solved = np.linalg.lstsq(equal, to, rcond=SLACK)
    point, rank = np.asarray(solved[0], dtype=np.float64), solved[2]
    if np.abs(equal @ point - to).max() > SLACK:
        return None
    if rank == len(point):
        inside = np.all(point[positive] > POSITIVE) and np.all(point[free:] >= -SLACK)
        return (point, False) if inside and np.all(at_most @ point <= SLACK) else None
    size = len(point)
    margin = np.append(np.zeros(size), -1.0)  # maximise the least probability inside a support
    above = np.column_stack([-np.eye(size)[positive], np.ones(positive.sum())])
    limits = np.vstack([np.column_stack([at_most, np.zeros(len(at_most))]), above])
    bounds = [(None, None)] * free + [(0, None)] * (size - free) + [(0, 1)]
    answer = linprog(margin, limits, np.zeros(len(limits)), np.column_stack([equal, np.zeros(len(to))]), to, bounds)
    if answer.status != 0 or answer.x[-1] <= POSITIVE:
        return None
    room = [
        sum(linprog(sign * axis, at_most, np.zeros(len(at_most)), equal, to, bounds[:-1]).fun for sign in (1, -1))
        for axis in np.eye(size)[positive]
    ]  # min x - max x
    return answer.x[:-1], bool(min(room) < -1e-7)


def _assemble(table: Table, senders: Senders, cell: tuple[Face, ...], solved: tuple[Floats, Floats, bool]) -> Outcome:
    """Write the solved variables back into the arrays of the game."""
    responses, weights, continuum = solved
    receivers, _, signals, actions = table.sender.shape
    strategy, response = np.zeros((2, signals)), np.full((receivers, signals, actions), np.nan)
    sent = [(t, m) for t in (0, 1) for m in senders[t]]
    for (t, m), weight in zip(sent, weights, strict=True):
        strategy[t, m] = weight / table.prior[t]
    places = ((face.signal, k, a) for face in cell for k, own in enumerate(face.actions) for a in own)
    for face in cell:
        response[:, face.signal] = 0.0
    for (m, k, a), probability in zip(places, responses[2:], strict=False):
        response[k, m, a] = probability
    return Outcome(senders, strategy, response, responses[:2] * table.scale, continuum)


def _subsets(items: Iterator[int] | range) -> list[Support]:
    members = tuple(items)
    return [chosen for size in range(1, len(members) + 1) for chosen in combinations(members, size)]


def _inside(face: Face, other: Face) -> bool:
    """Whether another face has all the actions of this one."""
    pairs = zip(face.actions, other.actions, strict=True)
    return face is not other and all(set(own) <= set(more) for own, more in pairs)
