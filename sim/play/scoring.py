"""What is a choice worth on average, what is the best one worth, and which beliefs would make it the best?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.crisis.parameters import ACTIONS, RECEIVER_TYPES, SENDER_TYPES
from sim.crisis.values import TIE_TOLERANCE
from sim.games.game import Floats
from sim.play.endings import costs_after_hit
from sim.play.worlds import World

HIT_ANSWERS = ("fold", "stand")


@dataclass(frozen=True)
class Span:
    """The beliefs, all in [low, high], at which a choice is the best; none if low is above high."""

    low: float = 0.0
    high: float = 1.0

    @property
    def empty(self) -> bool:
        """Whether no belief is in it."""
        return self.low > self.high

    @property
    def whole(self) -> bool:
        """Whether every belief is in it: the choice tells nothing."""
        return self.low <= 0 and self.high >= 1

    def shared(self, other: Span) -> Span:
        """Return the beliefs in both."""
        return Span(max(self.low, other.low), min(self.high, other.high))


NOWHERE = Span(1.0, 0.0)


def to_russia_at(world: World, signal: str, belief: float) -> dict[str, float]:
    """Return what each action is worth to this Russia at a belief, its distrust of its own estimate included."""
    return {action: float(row @ (1 - belief, belief)) for action, row in russian_lines(world, signal).items()}


def russian_lines(world: World, signal: str, kind: str = "") -> dict[str, Floats]:
    """Return by action what it is worth to a type of Russia, or to this one, facing each type of France, (t,)."""
    own = world.receiver[RECEIVER_TYPES.index(kind or world.opponent), :, world.stances.index(signal)]  # (t, a)
    can = ACTIONS if signal in world.struck else ACTIONS[:1]
    return {action: own[:, ACTIONS.index(action)] for action in can}


def french_lines(world: World) -> dict[str, Floats]:
    """Return by stance what it is worth to this France against a cautious and an opportunist Russia, (k,).

    Both do what the equilibrium has them do; once hit, France takes the better of folding and standing.
    """
    payoff = world.sender[SENDER_TYPES.index(world.france)]  # (m, a)
    hold, strike = (payoff[:, ACTIONS.index(action)] for action in ("hold", "strike"))
    worth = hold + world.response * (strike - hold)  # (k, m)
    return {stance: worth[:, m] for m, stance in enumerate(world.stances)}


def to_france_on_average(world: World) -> dict[str, float]:
    """Return what each stance is worth to this France on average."""
    return {stance: float(line @ world.russia) for stance, line in french_lines(world).items()}


def loss_after_hit(world: World, stance: str, answer: str) -> float:
    """Return what the worse answer to a hit costs France on average, before it is known whether one comes."""
    costs = dict(zip(HIT_ANSWERS, costs_after_hit(world, stance, world.france), strict=True))
    exposed = world.of(stance, "deployment") * world.of(stance, "pinpoint")
    struck = float(world.response[:, world.stances.index(stance)] @ world.russia)
    return struck * exposed * (costs[answer] - min(costs.values()))


def stands_by_itself(world: World, stance: str) -> bool:
    """Whether France does best to stand once hit; a tie is a fold."""
    fold, stand = costs_after_hit(world, stance, world.france)
    return stand < fold * (1 - TIE_TOLERANCE)


def best(worth: Mapping[str, float]) -> tuple[str, ...]:
    """Return the choices that are worth most, several where they tie."""
    most = max(worth.values())
    return tuple(choice for choice, value in worth.items() if value >= most - _slack(most, value))


def span(lines: Mapping[str, Floats], choice: str) -> Span:
    """Return at which chances of the second type a choice is the best; what each is worth is linear in it.

    >>> span({"hold": np.array([0.0, 0.0]), "strike": np.array([1.0, -3.0])}, "hold")
    Span(low=0.25, high=1.0)
    """
    found = Span()
    for other, line in lines.items():
        gain = lines[choice] - line
        if other != choice:
            found = found.shared(_not_below(float(gain[0]), float(gain[1]), _slack(*lines[choice], *line)))
    return found


def _not_below(first: float, second: float, slack: float) -> Span:
    """Return where a line from one end to the other is 0 or more, but for rounding."""
    if min(first, second) >= -slack:
        return Span()
    if max(first, second) < -slack:
        return NOWHERE
    root = min(max(first / (first - second), 0.0), 1.0)
    return Span(0.0, root) if first > second else Span(root, 1.0)


def _slack(*values: float) -> float:
    """Return within what values count as equal."""
    return 1e-9 * float(np.abs(values).max())
