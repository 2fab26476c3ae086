"""Which probabilities does a path of quantal equilibria hold that are worth a line of their own?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.games.gambit.efg import Labels
from sim.games.game import Floats
from sim.games.quantal.response import QuantalPath
from sim.solve.figures.shown_game import Names, named


@dataclass(frozen=True, eq=False)
class Curve:
    """One probability along a path, (p,): a type of a player chooses a signal, or an action after it, if any."""

    kind: int
    signal: int
    action: int | None
    values: Floats


def curves(path: QuantalPath) -> tuple[list[Curve], list[Curve]]:
    """Return the sender's lines and the receiver's: of two alternatives one, since the other mirrors it."""
    _, types, signals = path.strategy.shape
    _, kinds, _, actions = path.response.shape
    sent = range(1 if signals <= 2 else signals)
    sender = [Curve(t, m, None, path.strategy[:, t, m]) for t in range(types) for m in sent]
    receiver = []
    for k, m in np.ndindex(kinds, signals):
        # At rationality 0 every action that there is has a chance.
        possible = [a for a in range(actions) if path.response[0, k, m, a] > 0]
        shown = possible[1:] if len(possible) <= 2 else possible
        receiver += [Curve(k, m, a, path.response[:, k, m, a]) for a in shown]
    return sender, receiver


def turning_points(path: QuantalPath) -> list[int]:
    """Return where a path turns back or forth in rationality, as positions along it."""
    steps = np.diff(path.rationality)
    return (np.flatnonzero(steps[:-1] * steps[1:] < 0) + 1).tolist()


def path_labels(path: QuantalPath, labels: Labels | None) -> Names:
    """Return names for what is on a path."""
    _, t, m = path.strategy.shape
    _, k, _, a = path.response.shape
    return named((t, k, m, a), labels, available=path.response[0, 0] > 0)
