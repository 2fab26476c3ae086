"""What can be asked from the command line? Each command parses, calls one use case and prints; nothing else."""

from __future__ import annotations

import gc
import io
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim import __version__
from sim.commands.campaign import campaign
from sim.commands.channels import channels
from sim.commands.compare import compare
from sim.commands.plausible import plausible
from sim.commands.replay import replay
from sim.commands.robustness import robustness
from sim.commands.run import run
from sim.commands.sensitivity import sensitivity
from sim.commands.sweep import sweep
from sim.options import (
    FAILED,
    JSON,
    WRONG_INPUT,
    at_point,
    examples,
    guarded,
    leave,
    show,
    with_play,
)
from sim.study.faults import ScenarioError

if TYPE_CHECKING:
    from sim.study.play import Play
    from sim.study.point import Draw
    from sim.study.scenario import Scenario
    from sim.study.textbook import GameFile

QUICK_DRAWS = 4096
"""Draws in which `check` looks for names that lose their meaning."""


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
    gc.set_threshold(
        100_000
    )  # loading makes many objects and no garbage: looking for it took a twentieth of a short run
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # an old terminal shows "?" for a dash rather than a traceback


@main.command(
    short_help="Every equilibrium at one point, in words.",
    epilog=examples("sim solve --set prior.resolute=0.6", "sim solve textbook/beer-quiche --json"),
)
@at_point
@JSON
@with_play
@click.option("--out", type=click.Path(path_type=Path), help="Folder to save the answer and its figures in.")
def solve(subject: Scenario | GameFile, drawn: Draw | None, play: Play, as_json: bool, out: Path | None) -> None:
    """Print every equilibrium at one point, in words: the medians of all parameters, or what --set or --draw says.

    For each: who sends what, what Russia then believes and does, which beliefs support it, which refinements it
    survives and why it fails others, how much anybody could gain by deviating, what it is worth to France and how far
    the crisis climbs. Then the three doctrines, in which France is held to a stance. SCENARIO may also be a game given
    outright, such as textbook/beer-quiche, or a two-player signalling game in a Gambit file (.efg).
    """
    from sim.show.solutions import solution_files, solution_told
    from sim.study.saving import save_folder
    from sim.study.solved import UNPROVEN
    from sim.study.solving import solve_at

    solved = solve_at(subject, drawn, play=play)
    show(solved.to_dict() if as_json else solution_told(solved))
    if out:
        files = solution_files(solved)
        save_folder(out, files, mark="solution.json")
        click.echo(f"Saved in {out}: {', '.join(sorted(files))}.", err=True)
    if not solved.solved.proven:
        leave(UNPROVEN, FAILED)


@main.command(
    short_help="Write the game of one point as a Gambit file.",
    epilog=examples("sim export --efg crisis.efg", "sim export textbook/spence --efg spence.efg --force"),
)
@at_point
@click.option("--efg", "target", type=click.Path(path_type=Path), required=True, metavar="FILE", help="File to write.")
@click.option("--force", is_flag=True, help="Overwrite the file if it is there.")
def export(subject: Scenario | GameFile, drawn: Draw | None, target: Path, force: bool) -> None:
    """Write the game of one point as an extensive-form file, which Gambit and Game Theory Explorer open.

    The point is the medians of all parameters, or what --set or --draw says; a game given outright is written as it is.
    """
    from sim.study.saving import save_file
    from sim.study.solving import efg_at

    save_file(target, efg_at(subject, drawn), force=force)
    click.echo(f"Wrote {target}.\nNext: open it in Gambit, or {shlex.join(['sim', 'solve', str(target)])}", err=True)


@main.command(
    short_help="Validate scenario files.",
    epilog=examples("sim check macron-2024", "sim check scenarios/*.toml"),
)
@click.argument("files", nargs=-1, required=True)
@guarded
def check(files: tuple[str, ...]) -> None:
    """Validate scenario files; report all faults of all of them.

    Warns as well if the names of the types lose their meaning in more than 1 % of draws, such as a "resolute" France
    to whom fighting costs more than to a "bluffing" one, and of games whose equilibria cannot be found. A warning alone
    leaves the exit code at 0.
    """
    from sim.show.words import all_is_fine, game_is_fine, label_warnings, pair_warnings
    from sim.study import montecarlo
    from sim.study.textbook import GameFile, load

    faults = []
    for file in files:
        try:
            scenario = load(file)
        except ScenarioError as error:
            faults.append(str(error))
            continue
        if isinstance(scenario, GameFile):
            click.echo(f"{file}: {game_is_fine(scenario)}")
            if refusal := _refusal(scenario):
                click.echo(f"{file}: warning: sim solve needs --concept quantal: {refusal}", err=True)
            continue
        click.echo(f"{file}: {all_is_fine(scenario)}")
        for warning in [*pair_warnings(scenario), *label_warnings(montecarlo.run(scenario, QUICK_DRAWS))]:
            click.echo(f"{file}: warning: {warning}", err=True)
    if faults:
        leave("\n".join(faults), WRONG_INPUT)


def _refusal(file: GameFile) -> str:
    """Return why no equilibria of a game can be found; nothing if they can."""
    from sim.games.perfect_bayesian import solvable

    try:
        solvable(file.game.flat())
    except ValueError as refusal:
        return str(refusal)
    return ""


main.add_command(campaign)
main.add_command(channels)
main.add_command(compare)
main.add_command(plausible)
main.add_command(replay)
main.add_command(robustness)
main.add_command(run)
main.add_command(sensitivity)
main.add_command(sweep)


if __name__ == "__main__":
    main(prog_name="sim")
