"""Which stances does a scenario have? Its list, checked, and the one by whose exposure others are measured."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sim.crisis.parameters import MOST_STANCES, STANCES
from sim.games.refinements import REFINEMENTS
from sim.scenario.file.documents import Document
from sim.telling.faults import Fault, nearest_word

RESERVED = ("selected", "equilibrium", "edges", "quantal", "least", "most", "family", "sent", "joint", *REFINEMENTS)
"""Names that results use for something else."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")
_FEWEST = 2


def listed_stances(documents: Sequence[Document]) -> tuple[tuple[str, ...], list[Fault]]:
    """Return the stances of a scenario, given its file and those it extends, and what is wrong with the list.

    The nearest list counts. Where it is faulty the stances of the baseline are returned, so that reading can go on.
    """
    for document in documents:
        stated = document.tree.get("stances")
        if isinstance(stated, list) and all(isinstance(name, str) for name in stated):  # else its type is at fault
            faults = _list_faults(document, stated)
            return (STANCES if faults else tuple(stated)), faults
    return STANCES, []


def spoken_of(documents: Sequence[Document]) -> tuple[str, ...]:
    """Return every stance that one of the files lists: each may speak of all of them."""
    lists = (document.tree.get("stances") for document in documents)
    names = [name for stated in lists if isinstance(stated, list) for name in stated if isinstance(name, str)]
    return tuple(dict.fromkeys(name for name in names if _NAME.fullmatch(name)))


def choice_faults(documents: Sequence[Document], struck: Sequence[str]) -> list[Fault]:
    """Check that the stance of the record and the reference, where the nearest file states them, have a target."""
    faults = []
    for path in (("history", "stance"), ("reference",)):
        stating = next((document for document in documents if path in document.places), None)
        name = _value(stating, path) if stating else None
        if stating and isinstance(name, str) and name not in struck:
            allowed = " or ".join(map(repr, struck)) or "a stance with a target, of which there is none"
            message = f"{'.'.join(path)} must be {allowed}; it is {name!r}"
            near = nearest_word(name, struck)
            faults.append(stating.fault(path, message, f"did you mean {near!r}?" if near else ""))
    return faults


def _value(document: Document, path: Sequence[str]) -> object:
    """Return what a file states at a path."""
    value: object = document.tree
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _list_faults(document: Document, names: Sequence[str]) -> list[Fault]:
    """Return what is wrong with a list of names."""
    if not _FEWEST <= len(names) <= MOST_STANCES:
        message = f"stances must list {_FEWEST} to {MOST_STANCES} names; it lists {len(names)}"
        return [document.fault(("stances",), message, 'as in stances = ["rule_out", "ambiguous", "commit"]')]
    faults = []
    for number, name in enumerate(names):
        at = ("stances", number)
        if name in names[:number]:
            faults.append(document.fault(at, f"{name!r} is listed twice", "keep one"))
        elif name in RESERVED:
            faults.append(document.fault(at, f"{name!r} is a word of the results", "take another name"))
        elif not _NAME.fullmatch(name):
            message = f"{name[:60]!r} must be lower-case letters, digits and _, such as quiet_mission"
            faults.append(document.fault(at, message))
    return faults
