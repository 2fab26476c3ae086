"""How is a scenario changed on the command line? Parameters set by hand, voices held, words read on another scale."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from sim.beliefs.scales import SCALES
from sim.commands.spelling import choice, number_hint

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario


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


CHANGES = ("settings", "voices", "scale")
"""Names of the options that change a scenario."""

SETTINGS = click.option(
    "settings",
    "--set",
    metavar="NAME=VALUE",
    multiple=True,
    callback=read_settings,
    help="Fix a parameter, such as prior.resolute=0.5; may be given several times.",
)
VOICES = click.option(
    "voices",
    "--voice",
    metavar="NAME=SD",
    multiple=True,
    callback=read_settings,
    help="Hold a voice of the scenario, such as author=+1, at so many standard deviations in all draws.",
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
