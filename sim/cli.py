"""What can be asked from the command line? Each command parses, calls one use case and prints; nothing else."""

from __future__ import annotations

import gc
import io
import sys
from importlib import import_module

import click

from sim import __version__
from sim.commands.options import examples

COMMANDS = (
    "campaign", "channels", "check", "compare", "export", "plausible", "readings", "replay", "robustness", "run",
    "sensitivity", "solve", "sweep",
)  # fmt: skip
"""Names of the commands; each stands in a module of its name in `sim.commands`."""


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
    gc.set_threshold(100_000)  # loading makes many objects and no garbage; looking for it took a twentieth of a run
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # an old terminal shows "?" for a dash rather than a traceback


for name in COMMANDS:
    main.add_command(getattr(import_module(f"sim.commands.{name}"), name))


if __name__ == "__main__":
    main(prog_name="sim")
