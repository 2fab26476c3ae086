"""Which equilibria are there at one point, in words?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sim.commands.delivery import Delivery, deliver, with_delivery
from sim.commands.ending import FAILED, leave
from sim.commands.games.points import at_point
from sim.commands.options import examples, with_play

if TYPE_CHECKING:
    from sim.crisis.play import Play
    from sim.scenario.game_file import GameFile
    from sim.scenario.scenario import Scenario
    from sim.solve.crisis_solution import Draw


@click.command(
    short_help="Every equilibrium at one point, in words.",
    epilog=examples("sim solve --set prior.resolute=0.6", "sim solve textbook/beer-quiche --json"),
)
@at_point
@with_play
@with_delivery
def solve(subject: Scenario | GameFile, drawn: Draw | None, play: Play, how: Delivery) -> None:
    """Print every equilibrium at one point, in words: the medians of all parameters, or what --set or --draw says.

    For each: who sends what, what Russia then believes and does, which beliefs support it, which refinements it
    survives and why it fails others, how much anybody could gain by deviating, what it is worth to France and how far
    the crisis climbs. Then the doctrines, in which France is held to a stance, and whether the medians point where the
    average over 4,096 draws does. SCENARIO may also be a game given
    outright, such as textbook/beer-quiche, or a two-player signalling game in a Gambit file (.efg).
    """
    from sim.solve.answer import answer
    from sim.solve.named_rows import UNPROVEN
    from sim.solve.solving import solve_at

    solved = solve_at(subject, drawn, play=play)
    deliver(answer(solved, average_beside(subject, drawn)), how)
    if not solved.solved.proven:
        leave(UNPROVEN, FAILED)


def average_beside(subject: Scenario | GameFile, drawn: Draw | None) -> dict[str, Any] | None:
    """Return what follows on average over draws, where the point is the middle of them and stances can differ."""
    from sim.scenario.game_file import GameFile
    from sim.solve.average import on_average

    if isinstance(subject, GameFile) or drawn or len(subject.stances.struck) < 2:
        return None
    return on_average(subject)
