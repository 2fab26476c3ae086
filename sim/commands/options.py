"""Which arguments and options do commands share, and what becomes of what goes wrong in them?"""

from __future__ import annotations

import functools
import json
import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.beliefs.scales import SCALES
from sim.commands.spelling import Whole, choice, number_hint
from sim.telling.faults import ScenarioError

if TYPE_CHECKING:
    from sim.crisis.play import Play
    from sim.scenario.scenario import Scenario
    from sim.solve.crisis_solution import Draw
    from sim.telling.answer import Answer

FAILED, WRONG_INPUT, INTERRUPTED = 1, 2, 130
"""Exit codes besides 0, as the help of `main` lists them."""

CONCEPTS = ("equilibrium", "quantal")
REFINEMENTS = ("none", "intuitive", "d1", "undefeated")
RULES = ("sender_best", "least_escalatory", "most_escalatory", "uniform")
LAST_MOVES = ("exact", "logit")
"""Choices, as `sim.crisis.play.Play` has them: stated here so that help needs no NumPy; a test compares the two."""

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
        except KeyboardInterrupt:
            leave("\nsim: interrupted; nothing was saved", INTERRUPTED)

    return safely


def leave(message: str, code: int) -> None:
    """End with a message on standard error."""
    click.echo(message, err=True)
    raise click.exceptions.Exit(code)


def reason(error: OSError) -> str:
    """Return what the system says, without its number."""
    return f"{error.filename}: {error.strerror}" if error.filename else error.strerror or str(error)


def read_settings(_: click.Context, option: click.Parameter, given: tuple[str, ...]) -> dict[str, float]:
    """Read NAME=VALUE pairs; names and bounds are checked with the scenario."""
    values = {}
    for setting in given:
        name, equals, number = setting.partition("=")
        try:
            values[name.strip()] = float(number)
        except ValueError:
            fault = f"VALUE must be a number; {setting!r} has {number!r}" if equals else "it must read NAME=VALUE"
            hint = number_hint(number)
            instead = f": {hint}" if hint else ", such as prior.resolute=0.5"
            raise click.BadParameter(f"{fault}{instead}", param=option) from None
    return values


def decorated(command: Command, decorators: Sequence[Decorator]) -> Command:
    """Give a command arguments and options, the last of them first in its help."""
    return functools.reduce(lambda inner, decorate: decorate(inner), decorators, command)


JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, and nothing else, to standard output.")
SETTINGS = click.option(
    "settings",
    "--set",
    metavar="NAME=VALUE",
    multiple=True,
    callback=read_settings,
    help="Fix a parameter, such as prior.resolute=0.5; may be given several times.",
)
SCALE = click.option(
    "--scale", type=choice(tuple(SCALES)), help="Read every likelihood on this scale of words, not the file's."
)
DRAWS = click.option(
    "--draws", type=Whole(1, 2**30), metavar="N", help="Sets of values to try; rounded up to 16 · 2^k."
)
SEED = click.option("--seed", type=click.IntRange(0), metavar="N", help="Seed of the draws.")
SCENARIO = click.argument("scenario", default="macron-2024")


def on_scenario(command: Command) -> Command:
    """Give a command a checked scenario with uncertain parameters."""

    @functools.wraps(command)
    def with_scenario(scenario: str, settings: Mapping[str, float], scale: str | None, **options: object) -> None:
        from sim.scenario.game_file import GameFile, load

        subject = load(scenario)
        if isinstance(subject, GameFile):
            text = f"sim: {scenario} gives a game outright: it has no uncertain parameters to draw."
            leave(f"{text}\nNext: {shlex.join(['sim', 'solve', scenario])}", WRONG_INPUT)
        else:
            command(scenario=changed_by(subject, settings, scale), **options)

    return decorated(guarded(with_scenario), (SCALE, SETTINGS, SCENARIO))


def changed_by(scenario: Scenario, settings: Mapping[str, float], scale: str | None) -> Scenario:
    """Return a scenario with parameters set by hand and the other words read on a scale, if one is named."""
    scenario = scenario.override(settings)
    return scenario.on_scale(scale) if scale else scenario


def at_point(command: Command) -> Command:
    """Give a command a game outright, or a scenario and the draw that is its point, if not the medians."""

    @functools.wraps(command)
    def with_point(
        scenario: str,
        settings: Mapping[str, float],
        scale: str | None,
        draw: int | None,
        draws: int | None,
        seed: int | None,
        **options: object,
    ) -> None:
        from sim.scenario.game_file import GameFile, load

        subject = load(scenario)
        refuse(draw is None and (draws, seed) != (None, None), "--draws and --seed say which run --draw N is from")
        refuse(bool(settings) and draw is not None, "--draw and --set exclude each other: a draw sets every parameter")
        if isinstance(subject, GameFile):
            unfit = bool(settings or scale) or draw is not None
            refuse(unfit, f"{scenario} has no parameters: --set, --scale and --draw do not apply")
            command(subject=subject, drawn=None, **options)
        else:
            point = changed_by(subject, settings, scale)
            drawn = None if draw is None else one_draw(point, draw, draws=draws, seed=seed)
            command(subject=point, drawn=drawn, **options)

    choose = click.option(
        "--draw", type=click.IntRange(0), metavar="N", help="Draw N of a run, from 0, in place of the medians."
    )
    draws = click.option("--draws", type=Whole(1, 2**30), metavar="N", help="Draws of that run.")
    seed = click.option("--seed", type=click.IntRange(0), metavar="N", help="Seed of that run.")
    return decorated(guarded(with_point), (seed, draws, choose, SCALE, SETTINGS, SCENARIO))


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


def one_draw(scenario: Scenario, number: int, *, draws: int | None, seed: int | None) -> Draw:
    """Return a draw, or say which there are."""
    from sim.solve.crisis_solution import draw_of

    try:
        return draw_of(scenario, number, draws=draws, seed=seed)
    except ValueError as fault:
        raise click.UsageError(f"{fault}.") from None


def with_play(command: Command) -> Command:
    """Give a command how the crisis is taken to be played, from the options of all that solve it."""
    decorators = (
        one_of("--last-move", LAST_MOVES, "exact", "Under quantal response: whether a France that is hit errs too."),
        rationality("response"),
        one_of("--select", RULES, "sender_best", "Which of the admitted equilibria is played."),
        one_of("--refinement", REFINEMENTS, "none", "Which equilibria are admitted."),
        one_of("--concept", CONCEPTS, "equilibrium", "Perfect Bayesian equilibrium, or logit quantal response."),
    )
    return made_of_options(command, "play", "sim.crisis.play.Play", decorators)


def one_of(option: str, names: Sequence[str], default: str, said: str) -> Decorator:
    """Return an option that is one of these names, and its default."""
    return click.option(option, type=choice(names), default=default, show_default=True, help=said)


def rationality(of: str) -> Decorator:
    """Return the option of how seldom players err in quantal play or response."""
    said = f"Λ of quantal {of}: 0 is blind chance; the higher, the fewer errors."
    bounds = click.FloatRange(0, 1e100)
    return click.option("--rationality", type=bounds, default=5.0, show_default=True, metavar="X", help=said)


def made_of_options(command: Command, name: str, kind: str, decorators: Sequence[Decorator]) -> Command:
    """Give a command an object of a class, loaded when it runs, from options of the names that it takes."""
    module, _, kind = kind.rpartition(".")

    @functools.wraps(command)
    def with_options(**options: object) -> None:
        make = getattr(import_module(module), kind)
        given = {field: options.pop(field) for field in signature(make).parameters}
        try:
            options[name] = make(**given)
        except ValueError as fault:
            raise click.UsageError(f"{fault}.") from None
        command(**options)

    return decorated(with_options, decorators)


def changed(play: Play) -> dict[str, str]:
    """Return the options of play that are not the default ones, spelt."""
    from sim.crisis.play import Play

    default = vars(Play())
    spelling = {name: value if isinstance(value, str) else brief(value) for name, value in vars(play).items()}
    return {
        name: f"--{name.replace('_', '-')}={value}"
        for name, value in spelling.items()
        if vars(play)[name] != default[name]
    }


def spelt(play: Play) -> str:
    """Return the scenario, settings, scale and play of this command line, to be given to another command."""
    given = click.get_current_context().params
    settings = [f"--set={name}={brief(value)}" for name, value in given["settings"].items()]
    scale = [f"--scale={given['scale']}"] if given["scale"] else []
    return shlex.join([given["scenario"], *settings, *scale, *changed(play).values()])


def brief(value: float) -> str:
    """Return a number without needless digits, and with all that it needs."""
    return f"{value:g}" if float(f"{value:g}") == value else repr(value)


def show(answer: object) -> None:
    """Print JSON, or what Rich can render, to standard output."""
    if isinstance(answer, dict):
        click.echo(json.dumps(answer, indent=1, allow_nan=False))
        return
    from rich.console import Console

    Console(highlight=False, markup=False, emoji=False).print(answer)


def deliver(answer: Answer, how: Delivery) -> None:
    """Print an answer as the options ask, and save it with its figures if they name a folder.

    It is saved as NAME.json, by which the folder is known as ours.
    """
    from sim.telling.rendering import in_terminal
    from sim.work.saving import save_folder

    show(dict(answer.data) if how.as_json else in_terminal(answer))
    if how.out:
        from sim.drawing.saving import answer_files

        saved = answer_files(answer, lambda text: click.echo(f"sim: {text}", err=True))
        save_folder(how.out, saved, mark=f"{answer.name}.json")
        click.echo(f"Saved in {how.out}: {', '.join(sorted(saved))}.", err=True)


@dataclass(frozen=True)
class Delivery:
    """How an answer is wanted: as JSON or for a reader, and saved in which folder, if in any."""

    as_json: bool
    out: Path | None


def with_delivery(command: Command) -> Command:
    """Give a command the options `--json` and `--out` as one argument, `how`."""

    @functools.wraps(command)
    def with_options(as_json: bool, out: Path | None, **options: object) -> None:
        command(how=Delivery(as_json, out), **options)

    help_text = "Folder to save the answer and its figures in."
    return decorated(with_options, (click.option("--out", type=click.Path(path_type=Path), help=help_text), JSON))
