"""Which arguments and options do commands share?"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from inspect import signature

import click

from sim.commands.completion import scenario_names
from sim.commands.ending import WRONG_INPUT, guarded, leave, unusable
from sim.commands.settings import SCALE, SETTINGS, VOICES, changed_by
from sim.commands.spelling import Command, Decorator, Whole, choice, to_type
from sim.crisis.play import CONCEPTS, LAST_MOVES, RULES, Play
from sim.games.refinements import REFINEMENTS

Numeric = click.IntRange | click.FloatRange


def examples(*lines: str) -> str:
    """Return the epilogue of a command's help."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def decorated(command: Command, decorators: Sequence[Decorator]) -> Command:
    """Give a command arguments and options, the last of them first in its help."""
    return functools.reduce(lambda inner, decorate: decorate(inner), decorators, command)


LARGEST_SEED = 2**63 - 1  # as `sim.scenario.entries` has it

SCENARIO = click.argument("scenario", default="macron-2024", shell_complete=scenario_names)


def on_scenario(command: Command) -> Command:
    """Give a command a checked scenario with uncertain parameters."""

    @functools.wraps(command)
    def with_scenario(
        scenario: str, settings: Mapping[str, float], voices: Mapping[str, float], scale: str | None, **options: object
    ) -> None:
        from sim.scenario.game_file import GameFile, load

        subject = load(scenario)
        if isinstance(subject, GameFile):
            text = f"sim: {scenario} gives a game outright: it has no uncertain parameters to draw."
            leave(f"{text}\nNext: {to_type('solve', scenario)}", WRONG_INPUT)
        else:
            command(scenario=changed_by(subject, settings, voices, scale), **options)

    return decorated(guarded(with_scenario), (SCALE, VOICES, SETTINGS, SCENARIO))


def with_play(command: Command) -> Command:
    """Give a command how the crisis is taken to be played, from the options of all that solve it."""
    decorators = (
        one_of(
            "--last-move", LAST_MOVES, "exact", "In quantal response, whether France errs too when it folds or stands."
        ),
        rationality("response"),
        one_of("--select", RULES, "sender_best", "Which of the admitted equilibria is played."),
        one_of("--refinement", REFINEMENTS, "none", "Which equilibria are admitted."),
        one_of("--concept", CONCEPTS, "equilibrium", "Perfect Bayesian equilibrium, or logit quantal response."),
    )
    return made_of_options(command, "play", Play, decorators)


def one_of(option: str, names: Sequence[str], default: str, said: str) -> Decorator:
    """Return an option that is one of these names, and its default."""
    return click.option(option, type=choice(names), default=default, show_default=True, help=said)


def number(
    option: str, kind: click.IntRange | click.FloatRange, letter: str, said: str, *, default: float | None = None
) -> Decorator:
    """Return an option that is a number, its default being shown."""
    shown = default is not None
    return click.option(option, type=kind, default=default, show_default=shown, metavar=letter, help=said)


def rationality(of: str) -> Decorator:
    """Return the option of how seldom players err in quantal play or response."""
    said = f"Λ of quantal {of}: 0 is blind chance; the higher, the fewer errors."
    return number("--rationality", click.FloatRange(0, 1e100), "X", said, default=5.0)


DRAWS = number("--draws", Whole(1, 2**30), "N", "Sets of values to try; rounded up to 16 · 2^k.")
WORKERS = number("--workers", click.IntRange(1), "N", "Processes that share the work.", default=1)
SEED = number("--seed", click.IntRange(0, LARGEST_SEED), "N", "Seed of the draws.")


def made_of_options(
    command: Command, name: str, make: Callable[..., object], decorators: Sequence[Decorator]
) -> Command:
    """Give a command an object that is made of the options whose names are those of its parts."""

    @functools.wraps(command)
    def with_options(**options: object) -> None:
        given = {field: options.pop(field) for field in signature(make).parameters}
        try:
            made = make(**given)
        except ValueError as fault:
            raise unusable(fault) from None
        command(**options, **{name: made})

    return decorated(with_options, decorators)
