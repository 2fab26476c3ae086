"""How does a command end that cannot do what it was asked? With one clear message and the exit code it stands for."""

from __future__ import annotations

import functools
import shutil

import click

from sim.commands.spelling import Command
from sim.telling.faults import ScenarioError

FAILED, WRONG_INPUT, INTERRUPTED = 1, 2, 130  # exit codes besides 0, as the help of `main` lists them

TROUBLE = (ValueError, ArithmeticError, MemoryError)
"""What the work itself may end with, whichever command asked for it."""


def guarded(command: Command) -> Command:
    """Turn what can go wrong into one clear message and the exit code it stands for."""

    @functools.wraps(command)
    def safely(**options: object) -> None:
        try:
            command(**options)
        except ScenarioError as error:
            leave(on_this_screen(error), WRONG_INPUT)
        except BrokenPipeError:
            raise  # click ends quietly when nobody reads on
        except FileExistsError as error:
            leave(f"sim: {reason(error)}", WRONG_INPUT)
        except OSError as error:
            leave(f"sim: the result could not be saved: {reason(error)}", FAILED)
        except TROUBLE as error:
            leave(f"sim: {trouble(error)}", FAILED)
        except RuntimeError as error:
            from sim.work.executors import RunError  # nobody else need load what workers need

            if not isinstance(error, RunError):
                raise
            leave(f"sim: the work failed: {error}", FAILED)

    return safely


def on_this_screen(error: ScenarioError) -> str:
    """Return all faults of a file, as wide as the terminal is."""
    return error.shown(shutil.get_terminal_size().columns)


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


def refuse(wrong: bool, why: str) -> None:
    """End with a usage error if something is wrong."""
    if wrong:
        raise unusable(why)


def unusable(why: object) -> click.UsageError:
    """Return a usage error that says why, as a sentence."""
    text = str(why)
    return click.UsageError(text if text.endswith(("?", ".")) else f"{text}.")
