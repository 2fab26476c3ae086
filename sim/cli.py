"""What can be asked from the command line? Each command parses, calls one use case and prints; nothing else."""

from __future__ import annotations

import gc
import io
import sys

import click

from sim import __version__
from sim.commands.campaign import campaign
from sim.commands.channels import channels
from sim.commands.check import check
from sim.commands.compare import compare
from sim.commands.export import export
from sim.commands.options import examples
from sim.commands.plausible import plausible
from sim.commands.replay import replay
from sim.commands.robustness import robustness
from sim.commands.run import run
from sim.commands.sensitivity import sensitivity
from sim.commands.solve import solve
from sim.commands.sweep import sweep


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


for command in (
    campaign,
    channels,
    check,
    compare,
    export,
    plausible,
    replay,
    robustness,
    run,
    sensitivity,
    solve,
    sweep,
):
    main.add_command(command)


if __name__ == "__main__":
    main(prog_name="sim")
