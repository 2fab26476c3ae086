"""What are players, stances and rungs called on a page? Its sentences are filled with a scenario's words here."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

from sim.scenario.scenario import Scenario
from sim.telling.names import speaker, stance_label
from sim.telling.vocabulary import does

STRINGS = Path(__file__).with_name("strings.toml")
"""Every sentence that a page shows."""

WORDS = {
    "sender": "France",
    "adjective": "French",
    "receiver": "Russia",
    "deployed": "trainers",
    "war": "a NATO–Russia war",
}
"""What the names in the sentences stand for in the reference case; a scenario's own words take their place."""

COLOURS = {"rule_out": "grey", "ambiguous": "blue", "commit": "vermillion"}
"""Colours of the doctrines, by their names in the style sheet; those of `sim.drawing.parts`."""

_FURTHER = ("blue", "vermillion", "grey", "purple", "green")

_NAME = re.compile(r"\{(\w+)\}")

Strings = dict[str, dict[str, str]]


def strings() -> Strings:
    """Return every sentence that a page shows, by section and key, its names open."""
    with STRINGS.open("rb") as file:
        return tomllib.load(file)


def spoken(said: Callable[[str], str] = str) -> Strings:
    """Return every sentence with its names filled in and told in a scenario's words; numbers stay open.

    >>> spoken()["rungs"]["casualties"], spoken()["numbers"]["of"]
    ('French soldiers hit', '{count} of {base}')
    """

    def filled(text: str) -> str:
        return said(_NAME.sub(lambda name: WORDS.get(name[1], name[0]), text))

    return {section: {key: filled(text) for key, text in own.items()} for section, own in strings().items()}


def stances_of(scenario: Scenario) -> dict[str, dict[str, str]]:
    """Return what each stance is called, by itself and as what one does or two do that take it, and its colour.

    >>> from sim.scenario.scenario import load_scenario
    >>> stances_of(load_scenario("macron-2024"))["commit"]
    {'label': 'commit', 'does': 'commits', 'do': 'commit', 'colour': 'vermillion'}
    """
    naming = scenario.naming
    said = speaker(naming)
    left = [each for each in _FURTHER if each not in {COLOURS.get(name) for name in scenario.names}]
    others = [name for name in scenario.names if name not in COLOURS]
    colours = COLOURS | dict(zip(others, left, strict=False))
    return {
        name: {
            "label": stance_label(naming, name),
            "does": said(f"it {does(name)}").removeprefix("it "),
            "do": said(f"they {does(name, many=True)}").removeprefix("they "),
            "colour": colours[name],
        }
        for name in scenario.names
    }
