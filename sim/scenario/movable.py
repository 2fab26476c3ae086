"""What can be moved by itself? Uncertain numbers, two that one line gives as one, and the slants of voices."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sim.scenario.file.key_paths import ONE_LINE
from sim.scenario.scenario import Scenario
from sim.scenario.voices import VOICE


@dataclass(frozen=True)
class Movable:
    """Its name, the parameters that it moves, and the row of its scores among those of `Scenario.dimensions`."""

    name: str
    parameters: tuple[str, ...]
    row: int


def lines(scenario: Scenario) -> tuple[Movable, ...]:
    """Return the uncertain parameters in the order of the draws; two that one line gives move as one.

    >>> from sim.scenario.scenario import load_scenario
    >>> [each.name for each in lines(load_scenario("macron-2024"))][:2]
    ['prior.resolute', 'prior.opportunist']
    """
    names, found, sharing = [parameter.name for parameter in scenario.parameters], [], defaultdict[str, list[str]](list)
    for name in names:
        if shares := scenario.entries[name].shares:
            sharing[shares].append(name)
    for row, name in enumerate(names):
        entry = scenario.entries[name]
        if not (entry.distribution.certain or entry.shares):
            moved = (name, *sharing[name])
            found.append(Movable(next((line for line, both in ONE_LINE.items() if both == moved), name), moved, row))
    return tuple(found)


def slants(scenario: Scenario) -> tuple[Movable, ...]:
    """Return the factors of the voices that are drawn, each with the uncertain parameters that follow it.

    >>> from sim.scenario.scenario import load_scenario
    >>> [(each.name, each.parameters[0]) for each in slants(load_scenario("author-slant"))]
    [('voice.author', 'prior.resolute')]
    """
    open_lines, first, found = lines(scenario), len(scenario.parameters), []
    for number, voice in enumerate(scenario.voices):
        names = {name for name, _ in voice.loadings}
        follow = tuple(name for line in open_lines if line.parameters[0] in names for name in line.parameters)
        if follow and voice.at is None:
            found.append(Movable(f"{VOICE}.{voice.name}", follow, first + number))
    return tuple(found)


def tied(scenario: Scenario) -> tuple[str, ...]:
    """Return the parameters that are drawn together with others, or follow a voice, in the order of the draws.

    >>> from sim.scenario.scenario import load_scenario
    >>> tied(load_scenario("macron-2024")), tied(load_scenario("one-voice"))[:2]
    ((), ('prior.resolute', 'prior.opportunist'))
    """
    names = {name for one, other, _ in scenario.correlation for name in (one, other)}
    names |= {name for slant in slants(scenario) for name in slant.parameters}
    return tuple(each.name for each in scenario.parameters if each.name in names)
