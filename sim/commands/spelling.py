"""How may a number or a choice be spelt on the command line? As people write them, if there is no doubt."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

import click

from sim.crisis.play import Play
from sim.telling.faults import percent_hint, point_hint

Command = Callable[..., None]
Decorator = Callable[[Command], Command]

TYPED = "sim.typed"  # under which the words of the command line are kept
_SAVING, _SAVING_WITH_VALUE = ("--force", "--steps"), ("--out", "--label", "--labels")

_WITH_POWER = re.compile(r"[0-9]{1,20}(?:\.[0-9]{1,20})?[eE]\+?[0-9]{1,2}")
_WITH_UNIT = re.compile(r"([0-9]{1,20}(?:\.[0-9]{1,20})?) ?([kKmM])")
_GROUPED = re.compile(r"[0-9]{1,3}(?:[, '][0-9]{3})+")
_COMMA = re.compile(r" *[+-]?([0-9]+),([0-9]+) *")


class Whole(click.IntRange):
    """A whole number within bounds, also written 1e6 or 1_000_000."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read what was typed, or say how it is written."""
        text = str(value).strip()
        if _WITH_POWER.fullmatch(text) and Decimal(text) % 1 == 0:
            text = str(int(Decimal(text)))
        elif meant := _meant(text):
            self.fail(f"{text!r} is not a valid integer: write {meant}.", param, ctx)
        number: int = super().convert(text, param, ctx)  # type: ignore[arg-type]
        return number


def number_hint(text: str) -> str:
    """Return what to write for a text where a number is wanted; empty if nothing is likely."""
    found = _COMMA.fullmatch(text)
    return point_hint(found[1], found[2]) if found else percent_hint(text)


def choice(names: Sequence[str]) -> click.Choice[str]:
    """Return the type of an option that is one of these names, in any case."""
    return click.Choice(tuple(names), case_sensitive=False)


def changed(play: Play) -> dict[str, str]:
    """Return the options of play that are not the default ones, spelt."""
    default = vars(Play())
    other = {name: value for name, value in vars(play).items() if value != default[name]}
    spelling = {name: value if isinstance(value, str) else brief(value) for name, value in other.items()}
    return {name: f"--{name.replace('_', '-')}={value}" for name, value in spelling.items()}


def spelt(play: Play) -> list[str]:
    """Return the scenario, settings, scale and play of this command line, to be given to another command."""
    given = click.get_current_context().params
    settings = [f"--set={name}={brief(value)}" for name, value in given["settings"].items()]
    scale = [f"--scale={given['scale']}"] if given["scale"] else []
    voices = [f"--voice={name}={value:+g}" for name, value in given["voices"].items()]
    return [given["scenario"], *settings, *voices, *scale, *changed(play).values()]


def to_type(*words: str) -> str:
    """Return a command line of this program as it can be typed where the user stands, its environment active or not."""
    if called := os.environ.get("SIM_CALLED_AS"):  # dev.py says how it was called
        return f"{called} {quoted(words)}"
    own = Path(sys.argv[0])
    if own.parent.name == "sim" and own.suffix == ".py":
        python = shutil.which("python")
        active = python is not None and Path(python).samefile(sys.executable)
        return quoted(["python" if active else sys.executable, "-m", "sim", *words])
    elsewhere = own.stem == "sim" and own.exists() and shutil.which("sim") != str(own)
    return quoted([str(own) if elsewhere else "sim", *words])


def quoted(words: Sequence[str]) -> str:
    """Return words as the shell of this system reads them."""
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)


def again(*more: str) -> str:
    """Return this command line without what only saving needs, with more words, as it can be typed."""
    typed, kept = list(click.get_current_context().find_root().meta[TYPED]), []
    while typed and typed[0] != "--":
        option, equals, _ = (word := typed.pop(0)).partition("=")
        if option in _SAVING_WITH_VALUE:
            typed = typed if equals else typed[1:]
        elif word not in _SAVING:
            kept.append(word)
    return to_type(*kept, *more, *typed)


def brief(value: float) -> str:
    """Return a number without needless digits, and with all that it needs."""
    return f"{value:g}" if float(f"{value:g}") == value else repr(value)


def _meant(text: str) -> str:
    """Return the whole number that 10k, 1.5M or 1,000,000 stands for; empty if none."""
    if found := _WITH_UNIT.fullmatch(text):
        number = Decimal(found[1]) * {"k": 10**3, "m": 10**6}[found[2].lower()]
        return str(int(number)) if number % 1 == 0 else ""
    return re.sub(r"\D", "", text) if _GROUPED.fullmatch(text) else ""


def known_stance(option: str, given: str, stances: Sequence[str]) -> str:
    """Return a stance as the scenario spells it, or end with those that there are."""
    found = next((each for each in stances if each.casefold() == given.casefold()), None)
    if found is None:
        raise click.UsageError(f"{option} must be one of {', '.join(stances)}; it is {given!r}.")
    return found
