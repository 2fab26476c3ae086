"""Which arguments and options do commands share, and what becomes of what goes wrong in them?"""

from __future__ import annotations

import functools
import json
import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.commands.settings import SCALE, SETTINGS, VOICES, changed_by
from sim.commands.spelling import Whole, choice
from sim.crisis.play import CONCEPTS, LAST_MOVES, RULES, Play
from sim.games.refinements import REFINEMENTS
from sim.telling.faults import ScenarioError

if TYPE_CHECKING:
    from sim.telling.answer import Answer
    from sim.work.folders import Place

FAILED, WRONG_INPUT, INTERRUPTED = 1, 2, 130
"""Exit codes besides 0, as the help of `main` lists them."""

Command = Callable[..., None]
Decorator = Callable[[Command], Command]


def examples(*lines: str) -> str:
    """Return the epilogue of a command's help."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def guarded(command: Command) -> Command:
    """Turn what can go wrong into one clear message and the exit code it stands for."""

    @functools.wraps(command)
    def safely(**options: object) -> None:
        try:
            command(**options)
        except ScenarioError as error:
            leave(str(error), WRONG_INPUT)
        except BrokenPipeError:
            raise  # click ends quietly when nobody reads on
        except FileExistsError as error:
            leave(f"sim: {reason(error)}", WRONG_INPUT)
        except OSError as error:
            leave(f"sim: the result could not be saved: {reason(error)}", FAILED)
        except TROUBLE as error:
            leave(f"sim: {trouble(error)}", FAILED)

    return safely


TROUBLE = (ValueError, ArithmeticError, MemoryError)
"""What the work itself may end with, whichever command asked for it."""


def trouble(error: Exception) -> str:
    """Return what the work ended with, in words."""
    if isinstance(error, MemoryError):
        return f"the run failed for want of memory{f' ({error})' * bool(str(error))}"
    if isinstance(error, ArithmeticError):
        return f"the run failed: {error}"
    return f"a game cannot be solved: {error} (does a parameter reach values far beyond all others?)"


def leave(message: str, code: int) -> None:
    """End with a message on standard error."""
    click.echo(message, err=True)
    raise click.exceptions.Exit(code)


def interrupted(left: str) -> None:
    """End after Ctrl-C, with word of what is left."""
    # Where Ctrl-C came while Python ran a text, as it does for every dataclass, `python -m` would forget the exit code
    # and end by the signal, unless another text has run since.
    exec("")
    leave(f"\nsim: interrupted; {left}", INTERRUPTED)


def tell(text: str) -> None:
    """Say something to whoever watches, apart from the answer."""
    click.echo(f"sim: {text}", err=True)


def reason(error: OSError) -> str:
    """Return what the system says, without its number."""
    return f"{error.filename}: {error.strerror}" if error.filename else error.strerror or str(error)


def decorated(command: Command, decorators: Sequence[Decorator]) -> Command:
    """Give a command arguments and options, the last of them first in its help."""
    return functools.reduce(lambda inner, decorate: decorate(inner), decorators, command)


JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, and nothing else, to standard output.")
DRAWS = click.option(
    "--draws", type=Whole(1, 2**30), metavar="N", help="Sets of values to try; rounded up to 16 · 2^k."
)
LARGEST_SEED = 2**63 - 1
"""As `sim.scenario.entries` has it."""

SEED = click.option("--seed", type=click.IntRange(0, LARGEST_SEED), metavar="N", help="Seed of the draws.")
SCENARIO = click.argument("scenario", default="macron-2024")


def on_scenario(command: Command) -> Command:
    """Give a command a checked scenario with uncertain parameters."""

    @functools.wraps(command)
    def with_scenario(
        scenario: str,
        settings: Mapping[str, float],
        voices: Mapping[str, float],
        scale: str | None,
        **options: object,
    ) -> None:
        from sim.scenario.game_file import GameFile, load

        subject = load(scenario)
        if isinstance(subject, GameFile):
            text = f"sim: {scenario} gives a game outright: it has no uncertain parameters to draw."
            leave(f"{text}\nNext: {shlex.join(['sim', 'solve', scenario])}", WRONG_INPUT)
        else:
            command(scenario=changed_by(subject, settings, voices, scale), **options)

    return decorated(guarded(with_scenario), (SCALE, VOICES, SETTINGS, SCENARIO))


def known_stance(option: str, given: str, stances: Sequence[str]) -> str:
    """Return a stance as the scenario spells it, or end with those that there are."""
    found = next((each for each in stances if each.casefold() == given.casefold()), None)
    if found is None:
        raise click.UsageError(f"{option} must be one of {', '.join(stances)}; it is {given!r}.")
    return found


def refuse(wrong: bool, why: str) -> None:
    """End with a usage error if something is wrong."""
    if wrong:
        raise click.UsageError(f"{why}.")


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


def rationality(of: str) -> Decorator:
    """Return the option of how seldom players err in quantal play or response."""
    said = f"Λ of quantal {of}: 0 is blind chance; the higher, the fewer errors."
    bounds = click.FloatRange(0, 1e100)
    return click.option("--rationality", type=bounds, default=5.0, show_default=True, metavar="X", help=said)


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
            raise click.UsageError(f"{fault}.") from None
        command(**options, **{name: made})

    return decorated(with_options, decorators)


def show(answer: object) -> None:
    """Print JSON, or what Rich can render, to standard output."""
    if isinstance(answer, dict):
        click.echo(json.dumps(answer, indent=1, allow_nan=False))
        return
    from rich.console import Console

    Console(highlight=False, markup=False, emoji=False).print(answer)


def deliver(answer: Answer, how: Delivery) -> None:
    """Save an answer if the options name a folder, then its figures, and print it as the options ask."""
    from sim.work.folders import taken
    from sim.work.manifest import MANIFEST

    saved: list[str] = []

    def save() -> None:
        if how.out is not None:
            with taken(how.out, how.kind, replacing=how.force) as place:
                place.put(answer.files())
                saved.extend([*answer.files(), *add_figures(answer, place)])

    try:
        present(answer, how.as_json, save)
    except KeyboardInterrupt:
        if how.out is not None and (how.out / MANIFEST).exists():
            interrupted(f"an answer is in {how.out}")
        raise
    if saved:
        click.echo(f"Saved in {how.out}: {', '.join(sorted(saved))}.", err=True)


def present(answer: Answer, as_json: bool, save: Callable[[], object]) -> None:
    """Save an answer and print it; should it not be possible to save it, it is printed all the same."""
    from sim.telling.rendering import in_terminal

    try:
        save()
    except OSError:
        show(dict(answer.data) if as_json else in_terminal(answer))
        raise
    show(dict(answer.data) if as_json else in_terminal(answer))


def add_figures(answer: Answer, place: Place, say: Callable[[str], object] = tell) -> list[str]:
    """Draw the figures of a saved answer, and save them; whatever fails costs a line, and not the answer."""
    try:
        from sim.drawing.saving import drawn

        place.add(files := drawn(answer, say))
    except Exception as fault:  # noqa: BLE001 - a library that cannot be loaded, a full disk: the answer stands
        say(f"no figures: {reason(fault) if isinstance(fault, OSError) else fault}")
        return []
    return [*files]


@dataclass(frozen=True)
class Delivery:
    """How an answer is wanted: as JSON or for a reader, and saved in which folder, if in any.

    The folder is of a kind, the name of the command: an answer of another is never replaced, one of its own by force.
    """

    as_json: bool
    out: Path | None
    force: bool
    kind: str


FORCE = click.option("--force", is_flag=True, help="Replace an earlier answer of this command in the folder.")


def with_delivery(command: Command) -> Command:
    """Give a command the options `--json`, `--out` and `--force` as one argument, `how`."""

    @functools.wraps(command)
    def with_options(as_json: bool, out: Path | None, force: bool, **options: object) -> None:
        kind = click.get_current_context().info_name or ""
        if out is not None:
            from sim.work.folders import allow

            allow(out, kind, replacing=force)  # before the work, which may take minutes
        command(how=Delivery(as_json, out, force, kind), **options)

    out = click.option("--out", type=click.Path(path_type=Path), help="Folder to save the answer and its figures in.")
    return decorated(guarded(with_options), (FORCE, out, JSON))
