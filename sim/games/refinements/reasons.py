"""Why does one equilibrium fail a refinement, and which beliefs after an unsent signal support it? Slow and plain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from sim.games.closed_form.envelope import TIE
from sim.games.closed_form.response_path import response_paths
from sim.games.equilibria import Equilibria
from sim.games.game import Floats, SignallingGame
from sim.games.refinements.attainable import Attainable, allowed, attainable, some_response
from sim.games.refinements.refinement import Cases, allowed_by_rivals, cases, rivals, struck_out


@dataclass(frozen=True, eq=False)
class Reason:
    """Why one equilibrium fails one refinement: an unsent signal that the beliefs it leaves do not deter.

    Of the pure best responses to these beliefs `response` tempts least, and yet the type gains; if no belief is left,
    it is the response in the first rival.
    """

    refinement: str  # intuitive, d1 or undefeated
    signal: int  # the one nobody sends
    beliefs: tuple[float, float]  # lowest and highest probability of type 1 left; nan if rivals contradict each other
    type: int  # of the sender types not struck out the one most tempted by `response`
    response: Floats  # (k, a)
    gain: float  # what the type gains by the signal if that is the response, in the units of the game; above 0
    rivals: tuple[int, ...] = ()  # rows of the equilibria that restrict the belief, for undefeated


@dataclass(frozen=True, eq=False)
class _Row:
    """One equilibrium among those of its game: its position there, and the rows of all."""

    case: Cases
    at: int
    rows: tuple[int, ...]


def explain(game: SignallingGame, equilibria: Equilibria, row: int) -> list[Reason]:
    """Return why an equilibrium fails the refinements it fails, signal by signal."""
    alone = _alone(game, equilibria, row)
    if alone is None:
        return []
    lowest, highest = (end[:, alone.at] for end in allowed_by_rivals(alone.case))
    reasons = []
    for m in np.flatnonzero(~alone.case.sends[:, :, alone.at].any(axis=1)).tolist():
        options, gain = _gains(alone, m)
        for name, (low, high), types in _restrictions(alone, options, gain, (lowest[m], highest[m])):
            unmoved = alone.case.tolerance[alone.at] - gain
            if some_response(unmoved[:, 0], unmoved[:, 1], options, (low, high))[0]:
                continue
            by = _defeating(alone, m) if name == "undefeated" else ()
            if low > high:
                reasons.append(_contradiction(equilibria, alone, m, by))
                continue
            # Each of these responses tempts a type that may have sent the signal: show the one that tempts least.
            tempting = np.where(allowed(options, (low, high)), gain[:, types].max(axis=1), np.inf)
            mildest = int(tempting[:, 0].argmin())
            kind = types[int(gain[mildest, types, 0].argmax())]
            response = np.eye(game.actions)[options.action[:, mildest, 0]]
            earned = float(gain[mildest, kind, 0] * alone.case.paths.range[kind, 0])
            reasons.append(Reason(name, m, (float(low), float(high)), kind, response, earned, by))
    return reasons


def supporting_beliefs(
    game: SignallingGame, equilibria: Equilibria, row: int, *, signal: int
) -> list[tuple[float, float]]:
    """Return the beliefs after an unsent signal that support an equilibrium, as intervals."""
    alone = _alone(game, equilibria, row)
    if not 0 <= signal < game.signals:
        raise ValueError(f"signal must lie in [0, {game.signals}); it is {signal}")
    prior = game.flat().prior[equilibria.game[row]]
    if np.any(equilibria.strategy[row, prior > 0, signal] > 0):
        raise ValueError(f"signal must be one that nobody sends; in row {row} signal {signal} is sent")
    if alone is None:
        belief = float(prior[-1]) if game.types == 2 else 0.0
        return [(belief, belief)]
    options, gain = _gains(alone, signal)
    unmoved = alone.case.tolerance[alone.at] - gain
    ends = np.concatenate([options.low, options.high, options.joined_low, options.joined_high])
    points = np.unique(ends[np.isfinite(ends)]).tolist()
    spans = []
    for low, high in [(point, point) for point in points] + list(pairwise(points)):
        # A response that is best at the middle of a stretch without break-points is best on all of it.
        middle = (low + high) / 2
        if some_response(unmoved[:, 0], unmoved[:, 1], options, (middle, middle))[0]:
            spans.append((low, high))
    return _merged(sorted(spans))


def _alone(game: SignallingGame, equilibria: Equilibria, row: int) -> _Row | None:
    """Return the row among the equilibria of its game; nothing if the sender's type is known."""
    if not 0 <= row < len(equilibria):
        raise ValueError(f"row must lie in [0, {len(equilibria)}); it is {row}")
    rows = np.flatnonzero(equilibria.game == equilibria.game[row])
    own = game.take([equilibria.game[row]])
    if own.types == 1 or np.any(own.prior == 0):
        return None
    among = replace(equilibria.take(rows), game=np.zeros(len(rows), dtype=np.intp))
    return _Row(cases(own, among, response_paths(own)), int(np.searchsorted(rows, row)), tuple(rows.tolist()))


def _gains(alone: _Row, signal: int) -> tuple[Attainable, Floats]:
    """Return the best responses to a signal and what each type gains from them: (v, t, 1)."""
    _, options = next(attainable(alone.case.game, alone.case.paths, signal, np.zeros(1, dtype=np.intp)))
    return options, options.value - alone.case.value[:, alone.at, None]


def _restrictions(
    alone: _Row, options: Attainable, gain: Floats, by_rivals: tuple[float, float]
) -> Iterator[tuple[str, tuple[float, float], list[int]]]:
    """Yield each refinement that restricts the belief, the beliefs it leaves, and the types it does not strike out."""
    tolerance = alone.case.tolerance[[alone.at]]
    for name, out in zip(("intuitive", "d1"), struck_out(gain, options, tolerance), strict=True):
        for left in np.flatnonzero(out[::-1, 0]).tolist():
            yield name, (float(left), float(left)), [left]
    yield "undefeated", by_rivals, [0, 1]


def _defeating(alone: _Row, signal: int) -> tuple[int, ...]:
    """Return the rows of the equilibria that restrict the belief after a signal."""
    found: list[int] = []
    for these in rivals(alone.case):
        found += these.rival[(these.signal == signal) & (these.row == alone.at)].tolist()
    return tuple(alone.rows[rival] for rival in sorted(found))


def _contradiction(equilibria: Equilibria, alone: _Row, signal: int, by: tuple[int, ...]) -> Reason:
    """Return the reason where no belief is left: the sender of the signal who gains most in the first rival."""
    rise = equilibria.sender_value[by[0]] - equilibria.sender_value[alone.rows[alone.at]]
    rise = np.where(equilibria.strategy[by[0], :, signal] > 0, rise, -np.inf)
    kind = int(rise.argmax())
    response = equilibria.response[by[0], :, signal]
    return Reason("undefeated", signal, (np.nan, np.nan), kind, response, float(rise[kind]), by)


def _merged(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Join closed intervals that touch; sorted by their lower ends."""
    merged = spans[:1]
    for low, high in spans[1:]:
        if low <= merged[-1][1] + TIE:
            merged[-1] = merged[-1][0], max(merged[-1][1], high)
        else:
            merged.append((low, high))
    return merged
