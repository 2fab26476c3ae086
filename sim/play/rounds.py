"""How does somebody play a round, and what is kept of it?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from sim.crisis.parameters import ACTIONS
from sim.play import scoring
from sim.play.endings import Ending, ending, hits, to_france, to_russia
from sim.play.worlds import World

ROLES = ("russia", "france")
HOLD, STRIKE = ACTIONS
FOLD, STAND = scoring.HIT_ANSWERS


class StoppedError(Exception):
    """Whoever plays has had enough."""


class Player(Protocol):
    """Whoever plays: is shown what can be seen, chooses, and is told what came of it."""

    def russia(self, world: World, signal: str) -> str:
        """Hold or strike, having seen a signal."""

    def france(self, world: World) -> str:
        """Take a stance, knowing one's own type."""

    def hit(self, world: World, stance: str) -> str:
        """Fold or stand, one's soldiers having been hit."""

    def told(self, played: Sequence[Round]) -> None:
        """Hear how the last round ended."""


@dataclass(frozen=True, eq=False)
class Round:
    """One round as it was played, and what it scored in the player's own yardstick."""

    world: World
    role: str
    signal: str  # the stance that France took
    choice: str  # hold or strike; or the stance
    answer: str  # fold or stand where the player was asked, else empty
    end: Ending
    payoff: float  # what the ending is worth
    worth: float  # what the choice is worth on average, and the answer with it
    best: tuple[str, ...]  # the equilibrium's best reply, several if they tie
    best_worth: float
    fits: scoring.Span  # at which beliefs the choice is the best: that France is resolute, or Russia an opportunist

    @property
    def decided(self) -> bool:
        """Whether there was anything to decide."""
        return self.role == "france" or self.signal in self.world.struck


def played_by(player: Player, worlds: Iterable[World], role: str, played: list[Round]) -> None:
    """Let somebody play one side through some worlds, adding each round to those played once it is over."""
    one_round = {"russia": _as_russia, "france": _as_france}[role]
    for world in worlds:
        played.append(one_round(world, player))
        player.told(played)


def _as_russia(world: World, player: Player) -> Round:
    """Play one round against a France that plays the equilibrium."""
    signal = world.signal
    choice = player.russia(world, signal) if signal in world.struck else HOLD
    worth = scoring.to_russia_at(world, signal, float(world.belief[world.stances.index(signal)]))
    end = ending(world, signal, strike=choice == STRIKE, stands=scoring.stands_by_itself(world, signal))
    return Round(
        world=world,
        role="russia",
        signal=signal,
        choice=choice,
        answer="",
        end=end,
        payoff=to_russia(world, world.opponent, end),
        worth=worth[choice],
        best=scoring.best(worth),
        best_worth=max(worth.values()),
        fits=scoring.span(scoring.russian_lines(world, signal), choice),
    )


def _as_france(world: World, player: Player) -> Round:
    """Play one round against a Russia that plays the equilibrium."""
    stance, worth = player.france(world), scoring.to_france_on_average(world)
    strike = world.strikes(stance)
    answer = player.hit(world, stance) if strike and hits(world, stance) else ""
    end = ending(world, stance, strike=strike, stands=answer == STAND)
    lost = scoring.loss_after_hit(world, stance, answer) if answer else 0.0
    return Round(
        world=world,
        role="france",
        signal=stance,
        choice=stance,
        answer=answer,
        end=end,
        payoff=to_france(world, stance, world.france, end),
        worth=worth[stance] - lost,
        best=scoring.best(worth),
        best_worth=max(worth.values()),
        fits=scoring.span(scoring.french_lines(world), stance),
    )
