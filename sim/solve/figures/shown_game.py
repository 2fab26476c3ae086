"""Which game does a figure show, in which equilibrium, and what is everything in it called?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sim.drawing.parts import UnreadableError
from sim.games.closed_form.response_path import response_paths
from sim.games.equilibria import Equilibria
from sim.games.gambit.efg import Labels
from sim.games.game import Bools, SignallingGame
from sim.solve.crisis_solution import LABELS

SURE = 1e-9  # probabilities below this one are drawn as 0
INSTEAD = (
    "; read it in words instead: solution.txt, or sim.figures.{}_alt_text in Python"  # where it is too much to draw
)

_AVAILABLE = [[True, False], [True, True], [True, True]]  # in the crisis: only hold after rule_out


@dataclass(frozen=True)
class Names:
    """The names that a figure writes, along the axes t, k, m and a, and the players as a sentence speaks of them."""

    types: tuple[str, ...]
    receiver_types: tuple[str, ...]
    signals: tuple[str, ...]
    actions: tuple[str, ...]
    sender: str = "the sender"
    receiver: str = "the receiver"

    def of_type(self, t: int) -> str:
        """Return the sender of type `t` with its article."""
        return _article(self.types[t], self.sender)

    def of_receiver_type(self, k: int | None) -> str:
        """Return the receiver of type `k` with its article; its type goes unsaid if it is None or the only one."""
        alone = k is None or len(self.receiver_types) == 1
        return self.receiver if alone else _article(self.receiver_types[k or 0], self.receiver)


class Solved(Protocol):
    """A game with its equilibria, such as `sim.solve.crisis_solution.Solution`."""

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
    """A flat game, alone in its batch, one row of equilibrium, names of everything, and how likely each signal is."""

    game: SignallingGame
    equilibrium: Equilibria
    labels: Names
    frequency: NDArray[np.float64]  # (t,), in truth: the game's prior is what the receiver believes
    sent: tuple[float, ...]


def played(solution: Solved, row: int | None = None, labels: Labels | None = None) -> Played:
    """Return one equilibrium of a solution, the selected one if `row` is None, with names."""
    found = solution.equilibria
    at = solution.selected if row is None else row
    if not 0 <= at < len(found):
        raise ValueError(f"row must lie in [0, {len(found)}); it is {at}")
    game = solution.game.take([found.game[at]])
    shape = game.types, game.receiver_types, game.signals, game.actions
    given = labels if labels is not None else getattr(solution, "labels", None)
    names = named(shape, given, available=game.available)
    equilibrium = replace(found.take(np.array([at])), game=np.zeros(1, dtype=np.intp))
    frequency = np.asarray(getattr(solution, "frequency", game.prior[0]))
    sent = frequency @ equilibrium.strategy[0]
    return Played(game, equilibrium, names, frequency, tuple(sent.tolist()))


def with_beliefs(solution: Solved, row: int | None, labels: Labels | None) -> Played:
    """Return one equilibrium as `played` does, unless a belief in it is more, or less, than one number."""
    shown = played(solution, row, labels)
    if shown.game.types != 2:
        raise UnreadableError(
            f"game must have two sender types, so that a belief is one number; it has {shown.game.types}"
        )
    return shown


def named(shape: tuple[int, ...], given: Labels | None, *, available: Bools) -> Names:
    """Return names for a game of shape (t, k, m, a); it is the crisis if what is `available`, (m, a), is too."""
    is_crisis = shape == (2, 2, 3, 2) and np.array_equal(available, _AVAILABLE)
    labels = given or (LABELS if is_crisis else Labels())
    fields = labels.types, labels.receiver_types, labels.signals, labels.actions
    types, receiver_types, signals, actions = full = [
        names or tuple(f"{letter}{i + 1}" for i in range(size))
        for names, letter, size in zip(fields, "tkma", shape, strict=True)
    ]
    lengths = tuple(len(names) for names in full)
    if lengths != shape:
        raise ValueError(f"labels must name {shape} types, receiver types, signals, actions; they name {lengths}")
    sender, receiver = (name if name[:1].isupper() else f"the {name}" for name in labels.players)
    return Names(types, receiver_types, signals, actions, sender=sender, receiver=receiver)


@dataclass(frozen=True)
class Course:
    """One way through the game, and how often it is taken; the receiver's type is None where it does not matter."""

    type: int
    signal: int
    receiver_type: int | None
    action: int
    probability: float


def courses(shown: Played) -> list[Course]:
    """Return every course of the game that is taken at all."""
    play = shown.equilibrium
    reached = shown.frequency[:, None] * play.strategy[0]  # (t, m)
    taken = []
    for t, m in np.argwhere(reached > SURE).tolist():
        for k, share in chosen(shown, m):
            acts = play.response[0, k or 0, m]
            taken += [
                Course(t, m, k, a, float(reached[t, m] * share * acts[a])) for a in np.flatnonzero(acts > SURE).tolist()
            ]
    return [course for course in taken if course.probability > SURE]


def chosen(shown: Played, m: int) -> list[tuple[int | None, float]]:
    """Return who chooses after signal `m`: receiver types and their shares, or None if the type does not matter."""
    if shown.game.receiver_types == 1 or shown.game.available[m].sum() == 1:
        return [(None, 1.0)]
    return list(enumerate(shown.game.receiver_prior[0].tolist()))


@dataclass(frozen=True)
class Stretch:
    """An action of a receiver type after a signal, and the beliefs from `low` to `high` at which it is best."""

    action: int
    low: float
    high: float


def best_actions(shown: Played, m: int, k: int) -> list[Stretch]:
    """Return the best actions of receiver type `k` after signal `m`, as the belief runs from 0 to 1."""
    path = response_paths(shown.game).signals[m]
    stretches = [Stretch(int(path.action[k, 0, 0]), 0.0, 1.0)]
    for belief, action in zip(path.belief[:, 0].tolist(), path.action[k, 1:, 0].tolist(), strict=True):
        if np.isfinite(belief) and action != stretches[-1].action:
            stretches[-1] = replace(stretches[-1], high=belief)
            stretches.append(Stretch(action, belief, 1.0))
    return stretches


def _article(kind: str, player: str) -> str:
    """Return a player of some type, such as "a weak sender"."""
    noun = player.removeprefix("the ")
    return f"{'an' if kind[:1].lower() in 'aeiou' else 'a'} {kind} {noun}"
