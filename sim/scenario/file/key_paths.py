"""Which key paths can a scenario file have? Those of the parameters, given the stances that it may speak of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from sim.crisis.parameters import Parameter, all_parameters
from sim.scenario.file.positions import KeyPath
from sim.telling.faults import nearest_word

ONE_LINE = {"france.war_cost": ("france.war_cost.resolute", "france.war_cost.bluffing")}
"""Costs of both types that one line can give: the two then are one number, drawn once."""


@dataclass(frozen=True)
class KeyPaths:
    """The parameters of a file and the tables that hold them, by key path."""

    parameters: Mapping[KeyPath, Parameter]  # a line that gives two is among them, with the number of the first
    groups: frozenset[KeyPath]  # tables that hold parameters or tables of them

    def is_parameter(self, path: KeyPath, value: object) -> bool:
        """Return whether a value states a parameter; where a table could also hold parameters, its keys tell."""
        if path not in self.parameters or path not in self.groups:
            return path in self.parameters
        return not isinstance(value, dict) or not any((*path, key) in self.parameters for key in value)

    def names(self, path: KeyPath) -> tuple[str, ...]:
        """Return the parameters that a path gives."""
        name = self.parameters[path].name
        return ONE_LINE.get(name, (name,))

    def children(self, path: KeyPath) -> list[str]:
        """Return the keys that a group may hold, in the order of the parameters."""
        depth = len(path)
        inside = (each[depth] for each in self.parameters if each[:depth] == path and len(each) > depth)
        return list(dict.fromkeys(str(key) for key in inside))

    def meant(self, path: KeyPath, value: object) -> list[str]:
        """Return the parameters that a value states if each unknown key in it stands for the nearest known one."""
        if path not in self.parameters and path not in self.groups:
            path = (*path[:-1], nearest_word(str(path[-1]), self.children(path[:-1])) or "")
        if self.is_parameter(path, value):
            return [*self.names(path)]
        if path not in self.groups or not isinstance(value, dict):
            return []
        return [name for key, each in value.items() for name in self.meant((*path, key), each)]


@cache
def key_paths(stances: tuple[str, ...]) -> KeyPaths:
    """Return the key paths of files whose scenario may have these stances.

    >>> key_paths(("rule_out", "quiet")).children(("signal",))
    ['rule_out', 'ambiguous', 'commit', 'quiet']
    """
    parameters: dict[KeyPath, Parameter] = {}
    for parameter in all_parameters(stances):
        for name, (first, _) in ONE_LINE.items():
            if parameter.name == first:
                parameters[tuple(name.split("."))] = replace(parameter, name=name)
        parameters[tuple(parameter.name.split("."))] = parameter
    groups = frozenset(path[:depth] for path in parameters for depth in range(1, len(path)))
    return KeyPaths(parameters, groups)
