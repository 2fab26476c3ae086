"""What can drive an answer, and what does it rest on? Uncertain parameters, groups drawn together, and voices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.scenario.evidence import Claim
from sim.scenario.movable import Movable, lines, slants
from sim.scenario.scenario import Scenario


@dataclass(frozen=True)
class Group:
    """Parameters that are drawn together, mostly a single one, and what they rest on."""

    name: str  # of all, joined by " + "; voice.NAME; rest of voice.NAME, for what its followers have of their own
    members: tuple[str, ...]  # the uncertain parameters
    inputs: tuple[int, ...]  # rows of the draws of all that are tied together, certain ones included
    evidence: dict[str, str]  # who says it, by the id of each claim that a member cites
    assumptions: tuple[str, ...]  # one sentence for each member without evidence

    @property
    def sources(self) -> tuple[str, ...]:
        """Who says it, each once, in the order of the claims."""
        return tuple(dict.fromkeys(self.evidence.values()))


def groups(scenario: Scenario, register: Mapping[str, Claim]) -> tuple[Group, ...]:
    """Return what is uncertain in groups that are independent of each other."""
    names = [parameter.name for parameter in scenario.parameters]
    voices, found = slants(scenario), []
    for together in _tied(names, scenario, voices):
        own = [line for line in lines(scenario) if line.parameters[0] in together]
        members = tuple(name for line in own for name in line.parameters)
        followed = [voice.name for voice in voices if set(voice.parameters) & set(members)]
        name = f"rest of {' + '.join(followed)}" if followed else " + ".join(line.name for line in own)
        if members:
            found.append(_group(name, members, [names.index(each) for each in together], scenario, register))
    return (*found, *(_group(each.name, each.parameters, [each.row], scenario, register) for each in voices))


def alone(scenario: Scenario, register: Mapping[str, Claim]) -> tuple[Group, ...]:
    """Return what can be moved by itself, each with what it rests on: every uncertain parameter, and every voice."""
    moved = (*lines(scenario), *slants(scenario))
    return tuple(_group(each.name, each.parameters, [each.row], scenario, register) for each in moved)


def _tied(names: list[str], scenario: Scenario, voices: Sequence[Movable]) -> list[list[str]]:
    """Return the connected sets of parameters, in the order of the first one of each."""
    pairs = [(one, other) for one, other, coefficient in scenario.correlation if coefficient]
    pairs += [(voice.parameters[0], other) for voice in voices for other in voice.parameters[1:]]
    sets = {name: [name] for name in names}
    for one, other in pairs:
        if one in sets and other in sets and sets[one] is not sets[other]:
            joined = sorted(sets[one] + sets[other], key=names.index)
            sets |= dict.fromkeys(joined, joined)
    return [sets[name] for name in names if sets[name][0] == name]


def _group(
    name: str, members: tuple[str, ...], inputs: Sequence[int], scenario: Scenario, register: Mapping[str, Claim]
) -> Group:
    """Gather what a group rests on; a number that one line gives to two parameters is one."""
    entries = [scenario.entries[each] for each in members]
    given = [entry for entry in entries if not entry.shares]
    return Group(
        name=name,
        members=members,
        inputs=tuple(inputs),
        evidence={claim: register[claim].source for entry in given for claim in entry.evidence},
        assumptions=tuple(entry.assumption or "no reason is given" for entry in given if not entry.evidence),
    )
