"""What do stated entries amount to? Stances with and without a target, defaults filled in, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from sim.crisis.parameters import LATER, Parameter, Stances, all_parameters
from sim.scenario.entries import Entry, certain
from sim.scenario.file.key_paths import ONE_LINE

E = TypeVar("E", bound=Entry | None)


def stances_of(names: tuple[str, ...], entries: Mapping[str, Entry | None]) -> Stances:
    """Return the stances with what is known of their targets: there is none where nobody is ever in the country."""
    return Stances(names, tuple(_has_target(name, entries) for name in names))


def filled(names: tuple[str, ...], entries: Mapping[str, E]) -> dict[str, E | Entry]:
    """Return the entries in the order of the draws, with the defaults of what the game needs and no file states."""
    known = by_name(names)
    every: dict[str, E | Entry] = {**entries}
    for first, second in ONE_LINE.values():  # a cost that is given for one type alone is that of both
        if second not in every and (one := every.get(first)) is not None:
            every[second] = replace(one, shares=first)
    for name in stances_of(names, entries).by_name:
        if name not in every and (default := known[name].default) is not None:
            every[name] = certain(known[name], default, "default")
    return in_order(names, unshared(every))


def unshared(entries: Mapping[str, E]) -> dict[str, E | Entry]:
    """Return the entries with two that were given on one line drawn by themselves where only one was stated anew."""
    every: dict[str, E | Entry] = {**entries}
    for first, second in ONE_LINE.values():
        other = every.get(second)
        if other is not None and other.shares and every.get(first) != (own := replace(other, shares=None)):
            every[second] = own
    return every


def in_order(names: tuple[str, ...], entries: Mapping[str, E]) -> dict[str, E]:
    """Return the entries that a scenario with these stances can have, in the order of the draws."""
    return {name: entries[name] for name in by_name(names) if name in entries}


def by_name(names: tuple[str, ...]) -> dict[str, Parameter]:
    """Return every parameter that a scenario with these stances can have, by name."""
    return {each.name: each for each in all_parameters(names)}


def as_stated(entries: Mapping[str, Entry]) -> dict[str, list[Any]]:
    """Return what is stated of each parameter, and on what it rests, as JSON can hold it.

    A later parameter at its default is left out: what was stated before there was any stays what it was.
    """
    defaults = {each.name: certain(each, each.default, "default") for each in LATER if each.default is not None}
    told, unstated = (
        {name: [dict(each.distribution.given), each.footing, each.shares] for name, each in some.items()}
        for some in (entries, defaults)
    )
    return {name: each for name, each in told.items() if each != unstated.get(name)}


def lacking(stances: Stances, entries: Mapping[str, object]) -> tuple[str, str] | None:
    """Return what is missing, in one line that names every parameter without a value, and what to do."""
    names = [each.name for each in stances.parameters if each.default is None and each.name not in entries]
    if not names:
        return None
    count = "a parameter is missing" if len(names) == 1 else f"{len(names)} parameters are missing"
    return f"{count}: {', '.join(names)}", 'extends = "name of a bundled scenario" takes what is not stated from there'


def _has_target(name: str, entries: Mapping[str, Entry | None]) -> bool:
    """Return whether a stance has a target; of one that says nothing the default of its deployment decides."""
    deployment = f"signal.{name}.deployment"
    if deployment not in entries:
        return by_name((name,))[deployment].default != 0
    entry = entries[deployment]
    return entry is None or not (entry.distribution.certain and entry.distribution.median == 0)
