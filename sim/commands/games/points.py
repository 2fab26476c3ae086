"""Which point is meant? The medians of a scenario, a draw of it, or a game that a file gives outright."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import click

from sim.commands.ending import guarded, refuse, unusable
from sim.commands.options import LARGEST_SEED, SCENARIO, decorated, number
from sim.commands.settings import CHANGES, SCALE, SETTINGS, VOICES, changed_by
from sim.commands.spelling import Command, Whole

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario
    from sim.solve.crisis_solution import Draw


def at_point(command: Command) -> Command:
    """Give a command a game outright, or a scenario and the draw that is its point, if not the medians."""

    @functools.wraps(command)
    def with_point(
        scenario: str,
        draw: int | None,
        draws: int | None,
        seed: int | None,
        **options: Any,  # noqa: ANN401 - those of the command, and how the scenario is changed
    ) -> None:
        from sim.scenario.game_file import GameFile, load

        subject = load(scenario)
        refuse(draw is None and (draws, seed) != (None, None), "--draws and --seed say which run --draw N is from")
        how = {name: options.pop(name) for name in CHANGES}
        both = bool(how["settings"]) and draw is not None
        refuse(both, "--draw and --set exclude each other: a draw sets every parameter")
        if isinstance(subject, GameFile):
            unfit = any(how.values()) or draw is not None
            refuse(unfit, f"{scenario} has no parameters: --set, --scale and --draw do not apply")
            command(subject=subject, drawn=None, **options)
        else:
            point = changed_by(subject, **how)
            drawn = None if draw is None else one_draw(point, draw, draws=draws, seed=seed)
            command(subject=point, drawn=drawn, **options)

    choose = number("--draw", click.IntRange(0), "N", "Draw N of a run, from 0, in place of the medians.")
    draws = number("--draws", Whole(1, 2**30), "N", "Draws of that run.")
    seed = number("--seed", click.IntRange(0, LARGEST_SEED), "N", "Seed of that run.")
    return decorated(guarded(with_point), (seed, draws, choose, SCALE, VOICES, SETTINGS, SCENARIO))


def one_draw(scenario: Scenario, number: int, *, draws: int | None, seed: int | None) -> Draw:
    """Return a draw, or say which there are."""
    from sim.solve.crisis_solution import draw_of

    try:
        return draw_of(scenario, number, draws=draws, seed=seed)
    except ValueError as fault:
        raise unusable(fault) from None
