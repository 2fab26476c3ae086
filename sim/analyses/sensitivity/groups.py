"""What can drive an answer, and what does it rest on? Uncertain parameters, in groups if they are drawn together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.crisis.parameters import PARAMETERS
from sim.scenario.evidence import Claim
from sim.scenario.scenario import Scenario


@dataclass(frozen=True)
class Group:
    """Parameters that are drawn together, mostly a single one, and what they rest on.

    Attributes
    ----------
    name : str
        Names of the uncertain parameters, joined by " + ".
    members : tuple of str
        The uncertain parameters.
    inputs : tuple of int
        Positions in `PARAMETERS` of all that are tied together, certain ones included.
    evidence : dict of str to str
        Who says it, by the id of each claim that a member cites.
    assumptions : tuple of str
        What is assumed where the register is silent, one sentence for each member without evidence.
    """

    name: str
    members: tuple[str, ...]
    inputs: tuple[int, ...]
    evidence: dict[str, str]
    assumptions: tuple[str, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """Who says it, each once, in the order of the claims."""
        return tuple(dict.fromkeys(self.evidence.values()))


def groups(scenario: Scenario, register: Mapping[str, Claim]) -> tuple[Group, ...]:
    """Return the uncertain parameters in groups that are independent of each other.

    Examples
    --------
    >>> from sim.scenario.evidence import load_register
    >>> from sim.scenario.scenario import load_scenario
    >>> first = groups(load_scenario("macron-2024"), load_register())[0]
    >>> first.name, first.sources[0]
    ('prior.resolute', 'journalist')
    """
    names = [parameter.name for parameter in PARAMETERS]
    found = []
    for tied in _tied(names, scenario):
        members = tuple(name for name in tied if not scenario.entries[name].distribution.certain)
        if members:
            found.append(_group(members, tuple(names.index(name) for name in tied), scenario, register))
    return tuple(found)


def _tied(names: list[str], scenario: Scenario) -> list[list[str]]:
    """Return the connected sets of parameters, in the order of the first one of each."""
    sets = {name: [name] for name in names}
    for one, other, coefficient in scenario.correlation:
        if coefficient and sets[one] is not sets[other]:
            joined = sorted(sets[one] + sets[other], key=names.index)
            sets |= dict.fromkeys(joined, joined)
    return [sets[name] for name in names if sets[name][0] == name]


def _group(
    members: tuple[str, ...], inputs: tuple[int, ...], scenario: Scenario, register: Mapping[str, Claim]
) -> Group:
    """Gather what a group rests on."""
    entries = [scenario.entries[name] for name in members]
    return Group(
        name=" + ".join(members),
        members=members,
        inputs=inputs,
        evidence={claim: register[claim].source for entry in entries for claim in entry.evidence},
        assumptions=tuple(entry.assumption or "no reason is given" for entry in entries if not entry.evidence),
    )
