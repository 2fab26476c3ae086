"""What can be asked from the command line? Each command parses, calls one use case and prints; nothing else."""

from __future__ import annotations

import functools
import hashlib
import io
import json
import shlex
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim import __version__
from sim.study.faults import ScenarioError

if TYPE_CHECKING:
    from sim.study.result import Result
    from sim.study.scenario import Scenario

FAILED, WRONG_INPUT, INTERRUPTED = 1, 2, 130
"""Exit codes besides 0, as the help of `main` lists them."""

QUICK_DRAWS = 4096
"""Draws in which `check` looks for names that lose their meaning."""

Command = Callable[..., None]


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
            leave(f"sim: the run could not be saved: {reason(error)}", FAILED)
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
            raise click.BadParameter(f"{fault}, such as prior.resolute=0.5", param=option) from None
    return values


def on_scenario(command: Command) -> Command:
    """Give a command a checked scenario, from the argument and options of all that work on one."""

    @functools.wraps(command)
    def with_scenario(scenario: str, settings: Mapping[str, float], **options: object) -> None:
        from sim.study.scenario import load_scenario

        command(load_scenario(scenario).override(settings), **options)

    decorators = (
        click.option("--json", "as_json", is_flag=True, help="Print JSON, and nothing else, to standard output."),
        click.option(
            "settings",
            "--set",
            metavar="NAME=VALUE",
            multiple=True,
            callback=read_settings,
            help="Fix a parameter, such as prior.resolute=0.5; may be given several times.",
        ),
        click.argument("scenario", default="macron-2024"),
    )
    return functools.reduce(lambda decorated, decorate: decorate(decorated), decorators, guarded(with_scenario))


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples("sim run", "sim check my-scenario.toml"),
)
@click.version_option(__version__, "--version", prog_name="sim")
def main() -> None:
    """Escalation probabilities of a crisis, from signalling games solved exactly for every draw.

    SCENARIO is a file or the name of a bundled scenario. Results go to standard output, talk and progress to standard
    error. Exit codes: 0 fine, 1 the run failed, 2 wrong command line or scenario, 130 interrupted.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # an old terminal shows "?" for a dash rather than a traceback


@main.command(
    short_help="Escalation probabilities by stance, with errors and ranges.",
    epilog=examples("sim run", "sim run macron-2024 --draws 4096 --set prior.resolute=0.5 --out runs/bold"),
)
@on_scenario
@click.option(
    "--draws", type=click.IntRange(1, 2**30), metavar="N", help="Sets of values to try; rounded up to 16 · 2^k."
)
@click.option("--seed", type=click.IntRange(0), metavar="N", help="Seed of the draws.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder to save in.  [default: runs/NAME-HASH]")
@click.option("--quiet", is_flag=True, help="Say nothing on standard error unless something goes wrong.")
def run(scenario: Scenario, as_json: bool, draws: int | None, seed: int | None, out: Path | None, quiet: bool) -> None:
    """Print how likely each rung of escalation is under each stance, and how sure that is.

    Also saves a run folder: result.json, table.csv, scenario.toml, and the figure as ladder.png, .svg and .csv. Its
    default name holds a hash of scenario, draws, seed and version, so that the same inputs give the same folder.
    """
    from sim.show.figures.files import ladder_files
    from sim.show.progress import progress
    from sim.show.tables import terminal
    from sim.study import montecarlo

    with progress("Solving", wanted=not quiet) as report:
        result = with_settings(montecarlo.run(scenario, draws, seed, progress=report))
    show(result.to_dict() if as_json else terminal(result))
    folder = out or default_folder(result)
    result.save(folder, files=ladder_files(result))
    if not quiet:
        click.echo(f"Saved in {folder}; the figure is ladder.png there.\nNext: sim solve {spelt()}", err=True)


@main.command(
    short_help="Every equilibrium at one point, in words.",
    epilog=examples("sim solve", "sim solve macron-2024 --set prior.resolute=0.6 --json"),
)
@on_scenario
def solve(scenario: Scenario, as_json: bool) -> None:
    """Print every equilibrium at one point, in words: the medians of all parameters, or what --set says.

    For each: who sends what, what Russia then believes and does, how much anybody could gain by deviating, what it is
    worth to France and how far the crisis climbs. Then the three doctrines, in which France is held to a stance.
    """
    from sim.show.sentences import told
    from sim.study.point import solution

    solved = solution(scenario).to_dict()
    show(solved if as_json else told(solved))


@main.command(
    short_help="Validate scenario files.",
    epilog=examples("sim check macron-2024", "sim check scenarios/*.toml"),
)
@click.argument("files", nargs=-1, required=True)
@guarded
def check(files: tuple[str, ...]) -> None:
    """Validate scenario files; report all faults of all of them.

    Warns as well if the names of the types lose their meaning in more than 1 % of draws, such as a "resolute" France
    to whom fighting costs more than to a "bluffing" one. A warning alone leaves the exit code at 0.
    """
    from sim.show.words import all_is_fine, label_warnings
    from sim.study import montecarlo
    from sim.study.scenario import load_scenario

    faults = []
    for file in files:
        try:
            scenario = load_scenario(file)
        except ScenarioError as error:
            faults.append(str(error))
            continue
        click.echo(f"{file}: {all_is_fine(scenario)}")
        for warning in label_warnings(montecarlo.run(scenario, QUICK_DRAWS)):
            click.echo(f"{file}: warning: {warning}", err=True)
    if faults:
        leave("\n".join(faults), WRONG_INPUT)


def with_settings(result: Result) -> Result:
    """Let a result say which parameters were set by hand."""
    given = click.get_current_context().params["settings"]
    notes = [f"Set by hand: {', '.join(f'{name} = {value:g}' for name, value in given.items())}."] if given else []
    return replace(result, notes=notes + result.notes)


def show(answer: object) -> None:
    """Print JSON, or what Rich can render, to standard output."""
    if isinstance(answer, dict):
        click.echo(json.dumps(answer, indent=1, allow_nan=False))
        return
    from rich.console import Console

    Console(highlight=False, markup=False, emoji=False).print(answer)


def default_folder(result: Result) -> Path:
    """Return the folder that is the same for the same inputs and different for others."""
    inputs = json.dumps([result.sha256, result.draws, result.seed, __version__])
    return Path("runs", f"{result.scenario}-{hashlib.sha256(inputs.encode()).hexdigest()[:8]}")


def spelt() -> str:
    """Return the scenario and settings of this command line, to be given to another command."""
    given = click.get_current_context().params
    return shlex.join([given["scenario"], *(f"--set={name}={value:g}" for name, value in given["settings"].items())])


if __name__ == "__main__":
    main(prog_name="sim")
