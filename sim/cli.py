"""What can be asked from the command line? Each command parses, calls one use case and prints; nothing else."""

from __future__ import annotations

import atexit
import gc
import io
import logging
import os
import sys
from collections.abc import Iterator, MutableMapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import click

from sim import __version__
from sim.commands.ending import FAILED, interrupted, leave, reason
from sim.commands.options import examples
from sim.commands.spelling import TYPED
from sim.telling.plain import speak_plainly

SECTIONS = {
    "One scenario, run or played": ("running", ("run", "show", "open", "figures", "replay", "page", "play")),
    "Questions to ask of it": (
        "analyses", ("readings", "compare", "channels", "sensitivity", "robustness", "sweep", "campaign", "plausible"),
    ),
    "Your own scenario, and what words and numbers mean": (
        "lookup", ("list", "new", "check", "parameters", "evidence", "explain", "schema"),
    ),
    "One game": ("games", ("solve", "export")),
}  # fmt: skip
"""What the help says of some commands, the folder of `sim.commands` that has them, and their names: each a module."""

COMMANDS = {name: f"sim.commands.{folder}.{name}" for folder, names in SECTIONS.values() for name in names}


@contextmanager
def on_any_terminal() -> Iterator[None]:
    """Say plainly what a terminal has no character for; what is cut short or unseen is no success, be it help."""
    if sys.stdout is None:
        leave("sim: nobody would see the answer: standard output is closed", FAILED)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            speak_plainly(stream)
    try:
        yield
    except BrokenPipeError:
        raise  # click ends quietly when nobody reads on
    except KeyboardInterrupt:
        interrupted("nothing was saved")
    except OSError as error:
        leave(f"sim: the answer could not be shown: {reason(error)}", FAILED)


class Commands(MutableMapping[str, click.Command]):
    """The commands by name, each loaded when it is asked for: a line needs one of them, help all."""

    def __init__(self) -> None:
        self._loaded: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        """Return a command."""
        if name not in self._loaded:
            self._loaded[name] = getattr(import_module(COMMANDS[name]), name)
        return self._loaded[name]

    def __setitem__(self, name: str, command: click.Command) -> None:
        """Put a command in the place of another."""
        self._loaded[name] = command

    def __delitem__(self, name: str) -> None:
        """Load a command anew when it is next asked for."""
        del self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        """Yield the names."""
        return iter(COMMANDS)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(COMMANDS)


class Sim(click.Group):
    """All commands; their help as well is for any terminal."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands section by section, aligned."""
        widest = max(map(len, COMMANDS))
        for title, (_, names) in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(name.ljust(widest), self.commands[name].get_short_help_str(70)) for name in names])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read what stands before the command."""
        ctx.meta[TYPED] = tuple(args)
        with on_any_terminal():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        with on_any_terminal():
            try:
                return super().invoke(ctx)
            except click.UsageError as error:
                if "unexpected extra argument" in error.message and (file := in_two_words(ctx.meta[TYPED])):
                    said = f"{error.message}: a name with a space stands in quotes: {file!r}"
                    raise click.UsageError(said, error.ctx) from None
                raise


def in_two_words(arguments: Sequence[str]) -> str:
    """Return the file whose name is some arguments with spaces between them; empty if there is none.

    >>> in_two_words(["run", "no", "such file.toml"])
    ''
    """
    runs = (arguments[i:j] for i in range(len(arguments)) for j in range(i + 2, len(arguments) + 1))
    return next((name for name in map(" ".join, runs) if Path(name).is_file()), "")


@click.group(
    cls=Sim,
    commands=Commands(),
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples("sim run", "sim check my-scenario.toml"),
)
@click.version_option(__version__, "--version", prog_name="sim")
def main() -> None:
    """Escalation probabilities of a crisis, from signalling games solved exactly for every draw.

    SCENARIO is a file or the name of a bundled scenario. Results go to standard output, talk and progress to standard
    error. Exit codes: 0 fine, 1 the run failed, 2 wrong command line or scenario, 130 interrupted.
    """
    os.environ["MPLBACKEND"] = "agg"  # figures go to files: whatever the user draws on screens with matters nothing
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # nor what it thinks of settings that are not used
    gc.set_threshold(100_000)  # loading makes many objects and no garbage; looking for it took a twentieth of a run
    atexit.register(gc.freeze)  # nor need anybody look for it once more at the end: that took a tenth


if __name__ == "__main__":
    main(prog_name="sim")
