"""How is a scenario changed on the command line? Parameters set by hand, voices held, words read on another scale."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import click

from sim.beliefs.scales import SCALES
from sim.commands.completion import Complete, settings, voice_names
from sim.commands.spelling import Decorator, choice, number_hint

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario


def read_settings(_: click.Context, option: click.Parameter, given: tuple[str, ...]) -> dict[str, float]:
    """Read pairs of a name and a number; names and bounds are checked with the scenario."""
    values = {}
    pair, such = ("VOICE=X", "author=+1") if option.name == "voices" else ("NAME=VALUE", "prior.resolute=0.5")
    for setting in given:
        name, equals, number = setting.partition("=")
        try:
            values[name.strip()] = float(number)
        except ValueError:
            value = pair.partition("=")[2]
            fault, hint = f"it must read {pair}, such as {such}", number_hint(number)
            if equals:
                allowed = f"{value} must be a number{'' if hint else f', as in {such}'}"
                fault = f"{allowed}; {setting!r} has {number!r}{f': {hint}' if hint else ''}"
            raise click.BadParameter(fault, param=option) from None
    return values


def pairs(
    named: tuple[str, str, str], read: Callable[..., object], said: str, *, complete: Complete | None = None
) -> Decorator:
    """Return an option that may be given several times: its name, how it is spelt, what follows it; who reads it."""
    name, option, pair = named
    return click.option(name, option, metavar=pair, multiple=True, callback=read, help=said, shell_complete=complete)


CHANGES = ("settings", "voices", "scale")  # names of the options that change a scenario

SETTINGS = pairs(
    ("settings", "--set", "NAME=VALUE"),
    read_settings,
    "Fix a parameter, such as prior.resolute=0.5; may be given several times.",
    complete=settings,
)
VOICES = pairs(
    ("voices", "--voice", "VOICE=X"),
    read_settings,
    "Hold a voice of the scenario, such as author=+1, X standard deviations from its middle.",
    complete=voice_names,
)
SCALE = click.option(
    "--scale", type=choice(tuple(SCALES)), help="Read every likelihood on this scale of words, not the file's."
)


def changed_by(
    scenario: Scenario, settings: Mapping[str, float], voices: Mapping[str, float], scale: str | None
) -> Scenario:
    """Return a scenario with parameters set by hand, voices held, and the other words read on a scale, if named."""
    scenario = scenario.override(settings).with_voices(voices)
    return scenario.on_scale(scale) if scale else scenario
