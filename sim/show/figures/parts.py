"""What do the figures share? Names for what a game is made of, colours, lines of text, and labels kept apart."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.crisis.parameters import ACTIONS, RECEIVER_TYPES, SENDER_TYPES, STANCES
from sim.games.equilibria import Equilibria
from sim.games.game import SignallingGame

DOCTRINE_COLOURS = {"rule_out": "#666666", "ambiguous": "#0072B2", "commit": "#D55E00"}
"""Grey, and blue and vermillion of Okabe and Ito (2008): told apart with any kind of colour vision."""

INK, FAINT_INK, PALE = "#222222", "#6B6B6B", "#C4C4C4"
"""Of text, of text that matters less (5 : 1 on white), and of lines that are hardly there."""

SURE = 1e-9
"""Probabilities below this one are drawn as 0."""

WIDE, HIGH = 12.8, 7.2
"""Inches: 16 : 9."""

_SIGNAL_COLOURS = ("#0072B2", "#D55E00", "#666666", "#009E73", "#A0527F")


@dataclass(frozen=True)
class Labels:
    """The names that a figure writes for what a game is made of.

    Attributes
    ----------
    types, receiver_types, signals, actions : tuple of str
        Along the axes t, k, m and a.
    sender, receiver : str
        The players, as they are spoken of in a sentence.

    Examples
    --------
    >>> Labels(("strong", "weak"), ("k1",), ("beer", "quiche"), ("fight", "not")).of_type(1)
    'a weak sender'
    """

    types: tuple[str, ...]
    receiver_types: tuple[str, ...]
    signals: tuple[str, ...]
    actions: tuple[str, ...]
    sender: str = "the sender"
    receiver: str = "the receiver"

    def of_type(self, t: int) -> str:
        """Return the sender of type `t` with its article."""
        return _article(self.types[t], self.sender)

    def of_receiver_type(self, k: int) -> str:
        """Return the receiver of type `k` with its article; its type goes unsaid if there is only one."""
        return _article(self.receiver_types[k], self.receiver) if len(self.receiver_types) > 1 else self.receiver

    def colour(self, m: int) -> str:
        """Return the colour of signal `m`: that of its doctrine, if it is one."""
        return DOCTRINE_COLOURS.get(self.signals[m], _SIGNAL_COLOURS[m % len(_SIGNAL_COLOURS)])


CRISIS = Labels(SENDER_TYPES, RECEIVER_TYPES, STANCES, ACTIONS, sender="France", receiver="Russia")
"""Names in the game of the crisis."""

_ONLY_HOLD = (0, 1)  # the crisis has no action but hold after rule_out


class Solved(Protocol):
    """A game with its equilibria, such as `sim.study.point.Solution`."""

    @property
    def game(self) -> SignallingGame:
        """Return the game."""

    @property
    def equilibria(self) -> Equilibria:
        """Return its equilibria."""

    @property
    def selected(self) -> int:
        """Return the row of the equilibrium to show."""


@dataclass(frozen=True, eq=False)
class Played:
    """One game in one of its equilibria.

    Attributes
    ----------
    game : SignallingGame
        Flat batch of one.
    equilibrium : Equilibria
        One row.
    labels : Labels
        Names of everything.
    sent : tuple of float
        Probability of each signal.
    """

    game: SignallingGame
    equilibrium: Equilibria
    labels: Labels
    sent: tuple[float, ...]


def played(solution: Solved, row: int | None, labels: Labels | None) -> Played:
    """Return one equilibrium of a solution, the selected one if `row` is None, with names.

    Parameters
    ----------
    solution : Solved
        A game and its equilibria.
    row : int, optional
        Row of the equilibrium, in [0, e).
    labels : Labels, optional
        As in `named`.

    Returns
    -------
    Played
        The equilibrium and its game alone.

    Raises
    ------
    ValueError
        If there is no such row, or the labels do not fit.
    """
    found = solution.equilibria
    at = solution.selected if row is None else row
    if not 0 <= at < len(found):
        raise ValueError(f"row must lie in [0, {len(found)}); it is {at}")
    game = solution.game.take([found.game[at]])
    shape = game.types, game.receiver_types, game.signals, game.actions
    crisis = game.available.sum() == game.available.size - 1 and not game.available[_ONLY_HOLD]
    names = named(shape, labels if labels is not None else getattr(solution, "labels", None), crisis=bool(crisis))
    equilibrium = found.take(np.array([at]))
    sent = game.prior[0] @ equilibrium.strategy[0]
    return Played(game, equilibrium, names, tuple(sent.tolist()))


def named(shape: tuple[int, ...], given: Labels | None, *, crisis: bool) -> Labels:
    """Return names for a game of shape (t, k, m, a).

    Parameters
    ----------
    shape : tuple of int
        Numbers of types, receiver types, signals and actions.
    given : Labels, optional
        Names to use if there are any.
    crisis : bool
        Whether a game of the crisis' shape is the crisis.

    Returns
    -------
    Labels
        Those given, those of the crisis, or "type 0" and so on.

    Raises
    ------
    ValueError
        If the names given are not as many as the shape asks for.

    Examples
    --------
    >>> named((2, 1, 2, 2), None, crisis=False).signals
    ('signal 0', 'signal 1')
    """
    if given is not None:
        lengths = _lengths(given)
        if lengths != shape:
            raise ValueError(f"labels must name {shape} types, receiver types, signals, actions; they name {lengths}")
        return given
    if crisis and shape == _lengths(CRISIS):
        return CRISIS
    kinds = zip(("type", "receiver type", "signal", "action"), shape, strict=True)
    return Labels(*(tuple(f"{kind} {i}" for i in range(count)) for kind, count in kinds))


def hall(ax: Axes | None) -> Axes:
    """Return where to draw: the axes given, or those of a 16 : 9 figure of its own."""
    return Figure(figsize=(WIDE, HIGH), layout="constrained").add_subplot() if ax is None else ax


def wrapped(text: str, width: int) -> str:
    """Break a text into lines of about the same length, as few as the width allows.

    Examples
    --------
    >>> wrapped("one two three four", 12)
    'one two\\nthree four'
    """
    lines = math.ceil(len(text) / width)
    return textwrap.fill(text, min(width, len(text) // lines + 10)) if lines > 1 else text


def apart(places: Sequence[float], least: float, *, low: float = 0.0, high: float = 1.0) -> list[float]:
    """Return places near those given that are at least so far from each other and, if there is room, in [low, high].

    Examples
    --------
    >>> apart([0.0, 1.0, 0.05], 0.25), apart([1.0, 1.0], 0.5)
    ([0.0, 1.0, 0.25], [0.5, 1.0])
    """
    order = sorted(range(len(places)), key=lambda i: (places[i], i))
    moved, floor, ceiling = list(places), low, high
    for i in order:
        moved[i] = max(places[i], floor)
        floor = moved[i] + least
    for i in reversed(order):
        moved[i] = min(moved[i], ceiling)
        ceiling = moved[i] - least
    return moved


def upper(sentence: str) -> str:
    """Return a sentence with a capital at its beginning, other letters as they are."""
    return sentence[:1].upper() + sentence[1:]


def _article(kind: str, player: str) -> str:
    """Return a player of some type, such as "a weak sender"."""
    noun = player.removeprefix("the ")
    return f"{'an' if kind[:1] in 'aeiou' else 'a'} {kind} {noun}"


def _lengths(names: Labels) -> tuple[int, ...]:
    """Return how many there are of each."""
    return len(names.types), len(names.receiver_types), len(names.signals), len(names.actions)
