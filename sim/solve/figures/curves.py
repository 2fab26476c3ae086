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
    """One probability along a path.

    Attributes
    ----------
    kind : int
        Type of the player who chooses.
    signal : int
        What is chosen, or what the receiver has seen.
    action : int or None
        What the receiver chooses; None where the sender chooses the signal.
    values : ndarray of shape (p,)
        The probability at each point of the path.
    """

    kind: int
    signal: int
    action: int | None
    values: Floats


def curves(path: QuantalPath, labels: Names) -> tuple[list[Curve], list[Curve]]:
    """Return the sender's lines and the receiver's: of two alternatives one, since the other mirrors it.

    Examples
    --------
    >>> import sim
    >>> sender, receiver = [[[1, 3], [0, 2]], [[0, 2], [1, 3]]], [[[0, 1], [0, 1]], [[1, 0], [1, 0]]]
    >>> path = sim.quantal_path(sim.SignallingGame([0.9, 0.1], sender, receiver), up_to=2.0)
    >>> [len(part) for part in curves(path, path_labels(path, None))]
    [2, 2]
    """
    signals, actions = range(len(labels.signals)), range(len(labels.actions))
    sent = list(signals)[:1] if len(signals) <= 2 else list(signals)
    sender = [Curve(t, m, None, path.strategy[:, t, m]) for t in range(len(labels.types)) for m in sent]
    receiver = []
    for k in range(len(labels.receiver_types)):
        for m in signals:
            # At rationality 0 every action that there is has a chance.
            possible = [a for a in actions if path.response[0, k, m, a] > 0]
            shown = possible[1:] if len(possible) <= 2 else possible
            receiver += [Curve(k, m, a, path.response[:, k, m, a]) for a in shown]
    return sender, receiver


def turning_points(path: QuantalPath) -> list[int]:
    """Return where a path turns back or forth in rationality, as positions along it.

    Examples
    --------
    >>> import sim
    >>> sender, receiver = [[[1, 3], [0, 2]], [[0, 2], [1, 3]]], [[[0, 1], [0, 1]], [[1, 0], [1, 0]]]
    >>> path = sim.quantal_path(sim.SignallingGame([0.9, 0.1], sender, receiver), up_to=2.0)
    >>> turning_points(path)
    []
    """
    steps = np.diff(path.rationality)
    return (np.flatnonzero(steps[:-1] * steps[1:] < 0) + 1).tolist()


def path_labels(path: QuantalPath, labels: Labels | None) -> Names:
    """Return names for what is on a path.

    Examples
    --------
    >>> import sim
    >>> sender, receiver = [[[1, 3], [0, 2]], [[0, 2], [1, 3]]], [[[0, 1], [0, 1]], [[1, 0], [1, 0]]]
    >>> path = sim.quantal_path(sim.SignallingGame([0.9, 0.1], sender, receiver), up_to=2.0)
    >>> path_labels(path, None).types
    ('t1', 't2')
    """
    _, t, m = path.strategy.shape
    _, k, _, a = path.response.shape
    return named((t, k, m, a), labels, available=path.response[0, 0] > 0)
