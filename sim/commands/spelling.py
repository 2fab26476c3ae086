"""How may a number or a choice be spelt on the command line? As people write them, if there is no doubt."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Sequence
from decimal import Decimal

import click

from sim.crisis.play import Play
from sim.telling.faults import percent_hint, point_hint

Command = Callable[..., None]
Decorator = Callable[[Command], Command]

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


def spelt(play: Play) -> str:
    """Return the scenario, settings, scale and play of this command line, to be given to another command."""
    given = click.get_current_context().params
    settings = [f"--set={name}={brief(value)}" for name, value in given["settings"].items()]
    scale = [f"--scale={given['scale']}"] if given["scale"] else []
    voices = [f"--voice={name}={value:+g}" for name, value in given["voices"].items()]
    return shlex.join([given["scenario"], *settings, *voices, *scale, *changed(play).values()])


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
