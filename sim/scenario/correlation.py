"""Which parameters does a scenario file draw together? Its table [correlation], checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sim.beliefs.consistency import contradictions, nearest_pairs
from sim.beliefs.copula import Pairs
from sim.crisis.parameters import Parameter
from sim.scenario.file.checking import misplaced, not_a_table, number_faults
from sim.scenario.file.documents import Document
from sim.telling.faults import MOST_FAULTS, Fault, suggestion

CORRELATION = "correlation"
"""Name of the table."""

LARGEST_CORRELATION = 0.999
"""Largest coefficient, either sign: beyond, the one parameter is a function of the other."""

_EXAMPLE = '"prior.resolute ~ prior.opportunist" = -0.3'


@dataclass(frozen=True)
class Stated:
    """A coefficient, where it is stated (the file, and the key in its table), and the two places in the draws."""

    coefficient: float
    document: Document
    key: str
    order: tuple[int, int]


StatedPairs = dict[tuple[str, str], Stated]
"""By the two parameters, in the order of the model."""


def read_pairs(document: Document, parameters: Sequence[Parameter]) -> tuple[StatedPairs, list[Fault]]:
    """Return the pairs that one file correlates, and everything that is wrong with them one by one."""
    table = document.tree.get(CORRELATION, {})
    if not isinstance(table, dict):
        hint = f"write [{CORRELATION}] and below it {_EXAMPLE}"
        return {}, [not_a_table(document, (CORRELATION,), table, hint)]
    order = {parameter.name: parameter.dimension for parameter in parameters}
    pairs: StatedPairs = {}
    keys: dict[tuple[str, str], str] = {}
    faults: list[Fault] = []
    for key, value in table.items():
        if len(faults) > MOST_FAULTS:
            break
        pair, found = _pair(document, key, order)
        if pair and keys.setdefault(pair, key) != key:
            hint = f"it is {keys[pair]!r} as well; keep one"
            found.append(document.fault((CORRELATION, key), "a pair is given twice", hint, mark="key"))
        if pair or not isinstance(value, dict):  # a key without quotes becomes a table: its own fault says enough
            found += number_faults(document, (CORRELATION, key), value, "a rank correlation", LARGEST_CORRELATION)
        if pair and not found:
            pairs[pair] = Stated(float(value), document, key, (order[pair[0]], order[pair[1]]))
        faults += found
    return pairs, faults


def contradiction_faults(stated: StatedPairs, documents: Sequence[Document]) -> list[Fault]:
    """Return a fault for each group of pairs that cannot hold together, with the nearest pairs that can."""
    faults = []
    for group in contradictions(pairs_of(stated)):
        members = [stated[one, other] for one, other, _ in group]
        first = next(each for document in documents for each in members if each.document is document)
        named = ", ".join(f"{one} ~ {other}" for one, other, _ in group)
        message = f"these rank correlations cannot hold together, all others being 0: {named}"
        fault = first.document.fault((CORRELATION, first.key), message, "the nearest that can:")
        faults.append(replace(fault, lines=tuple(as_toml(nearest_pairs(group)))))
    return faults


def pairs_of(stated: Mapping[tuple[str, str], Stated]) -> Pairs:
    """Return the pairs that are correlated, in the order of the model: the same for files that differ in order alone.

    A coefficient of 0 says that a pair is not correlated, which dissolves a pair of the file that is extended.
    """
    kept = [(*pair, each.coefficient) for pair, each in stated.items() if each.coefficient]
    return tuple(sorted(kept, key=lambda pair: stated[pair[0], pair[1]].order))


def as_toml(pairs: Pairs) -> list[str]:
    """Return pairs as lines of the table.

    >>> as_toml((("prior.resolute", "prior.opportunist", -0.3),))
    ['"prior.resolute ~ prior.opportunist" = -0.3']
    """
    return [f'"{one} ~ {other}" = {coefficient!r}' for one, other, coefficient in pairs]


def _pair(document: Document, key: str, order: Mapping[str, int]) -> tuple[tuple[str, str] | None, list[Fault]]:
    """Read a key "a ~ b"."""
    at = (CORRELATION, key)
    names = [name.strip() for name in key.split("~")]
    if len(names) != 2 or not all(names):
        message = f"{key[:60]!r} must name two parameters"
        return None, [document.fault(at, message, misplaced(key) or f"as in {_EXAMPLE}, with its quotes", mark="key")]
    faults = []
    for name in (name for name in names if name not in order):
        hint = suggestion(name, list(order), otherwise="docs/scenarios.md lists them")
        faults.append(document.fault(at, f"no parameter is named {name[:60]!r}", hint, mark="key"))
    if names[0] == names[1]:
        faults.append(document.fault(at, "a parameter cannot be paired with itself", "name two", mark="key"))
    if faults:
        return None, faults
    one, other = sorted(names, key=order.__getitem__)
    return (one, other), []
