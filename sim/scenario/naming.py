"""What does a scenario call its players, stances, types and rungs? Its table [names], checked and merged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from sim.crisis.ladder import OUTCOMES
from sim.crisis.parameters import RECEIVER_TYPES, SENDER_TYPES, STANCES
from sim.scenario.file.checking import not_a_table, validated
from sim.scenario.file.documents import Document
from sim.scenario.file.positions import KeyPath
from sim.scenario.file.written import toml_lines
from sim.telling.faults import Fault, suggestion
from sim.telling.names import slug
from sim.telling.rendering import printable

NAMES = "names"
"""Name of the table."""

PLAYERS = {"sender": "france", "receiver": "russia"}
"""The tables of both players' parameters, as the reference case has them."""

LONGEST = 40
"""Characters of a name: it stands in sentences, tables and figures."""

_WITH_PLAYERS = ("sender", "receiver", "protege", "deployed")
_LABELLED = {"types": (*SENDER_TYPES, *RECEIVER_TYPES), "rungs": OUTCOMES}
_EXAMPLES = {
    "sender": 'sender = { name = "the United States", adjective = "American" }',
    "receiver": 'receiver = { name = "China", adjective = "Chinese" }',
    "protege": 'protege = "Taiwan"',
    "deployed": 'deployed = "advisers"',
}


Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST), AfterValidator(printable)
]
"""A word or a few, in one line."""


class Player(BaseModel):
    """A player: its name as it stands in a sentence, and what goes before what is its own."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    name: Name
    adjective: Name


class NamesTable(BaseModel):
    """The table [names]; whatever it leaves out keeps the words of the reference case."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    sender: Player | None = None
    receiver: Player | None = None
    protege: Name | None = None
    allies: Name | None = None
    alliance: Name | None = None
    deployed: Name | None = None
    hit: Name | None = None
    strike: Name | None = None
    war: Name | None = None
    stances: dict[str, Name] | None = None
    types: dict[str, Name] | None = None
    rungs: dict[str, Name] | None = None


def names_of(documents: Sequence[Document], stances: Sequence[str]) -> tuple[dict[str, Any], list[Fault]]:
    """Return what a file and those that it extends, the child first, call things, and what is wrong with that."""
    merged: dict[str, Any] = {}
    faults: list[Fault] = []
    labelled = _LABELLED | {"stances": tuple(dict.fromkeys((*STANCES, *stances)))}
    for document in reversed(documents):
        table = document.tree.get(NAMES, {})
        if not isinstance(table, dict):
            hint = f"write [{NAMES}] and below it {_EXAMPLES['sender']}"
            faults.append(not_a_table(document, (NAMES,), table, hint))
            continue
        sound, found = _read(document, table, labelled)
        faults += found
        merged |= {key: merged.get(key, {}) | value if key in labelled else value for key, value in sound.items()}
    stating = next((document for document in documents if document.tree.get(NAMES)), None)
    lacking = [key for key in _WITH_PLAYERS if key not in merged]
    if stating and lacking and not faults and PLAYERS.keys() & merged.keys():
        # Else sentences would be half in the words of the reference case.
        said = f"{NAMES} must give {', '.join(_WITH_PLAYERS)} together; it lacks {', '.join(lacking)}"
        example = f"such as {'; '.join(_EXAMPLES[key] for key in lacking)}"
        faults.append(stating.fault((NAMES,), said, example, mark="key"))
    return merged, faults


def spelt_as_ours(documents: Sequence[Document]) -> tuple[list[Document], list[Fault]]:
    """Return documents in which tables of parameters under the players' own names have those of the reference case.

    >>> from pathlib import Path
    >>> names = {"sender": {"name": "the United States", "adjective": "American"}}
    >>> tree = {"names": names, "united_states": {"war_cost": 9.0}}
    >>> spelt_as_ours([Document(Path("some.toml"), "", tree, {})])[0][0].tree["france"]
    {'war_cost': 9.0}
    """
    own: dict[str, str] = {}
    for document in documents:
        table = document.tree.get(NAMES)
        for role, ours in PLAYERS.items():
            player = table.get(role) if isinstance(table, dict) else None
            name = player.get("name") if isinstance(player, dict) else None
            if isinstance(name, str) and (spelt := slug(name)) and spelt not in PLAYERS.values():
                own.setdefault(spelt, ours)
    faults = [fault for document in documents for fault in _twice(document, own)]
    return [_spelt(document, own) for document in documents], faults


def canonical(name: str, naming: Mapping[str, Any]) -> str:
    """Return a parameter's dotted name as the model has it, also if it begins with a player's own name.

    >>> canonical("china.war_cost.cautious", {"receiver": {"name": "China", "adjective": "Chinese"}})
    'russia.war_cost.cautious'
    """
    head, dot, rest = name.partition(".")
    own = {slug(naming[role]["name"]): ours for role, ours in PLAYERS.items() if role in naming}
    return f"{head if head in PLAYERS.values() else own.get(head, head)}{dot}{rest}"


def names_toml(naming: Mapping[str, Any]) -> list[str]:
    """Return names as lines of a scenario file.

    >>> names_toml({"protege": "Taiwan", "stances": {"commit": "guarantee"}})
    ['', '[names]', 'protege = "Taiwan"', 'stances = { "commit" = "guarantee" }']
    """
    return ["", f"[{NAMES}]", *toml_lines(naming)] if naming else []


def _read(
    document: Document, table: Mapping[str, object], labelled: Mapping[str, Sequence[str]]
) -> tuple[dict[str, Any], list[Fault]]:
    """Return what one table says that is sound, and what is wrong with the rest."""
    sound, faults = validated(NamesTable, document, (NAMES,), table, [*NamesTable.model_fields], _INNER)
    faults = [replace(each, hint=each.hint or _hint(each)) for each in faults]
    for key, known in labelled.items():
        for name in sound.get(key) or ():
            if name not in known:
                at = (NAMES, key, name)
                faults.append(document.fault(at, f"unknown key {name!r}", suggestion(name, list(known)), mark="key"))
    return sound, faults


_INNER = {role: tuple(Player.model_fields) for role in PLAYERS}


def _hint(fault: Fault) -> str:
    """Return what a player looks like where one is wanted and something else stands."""
    role = next((role for role in PLAYERS if f"{NAMES}.{role}" in fault.message), None)
    return f"write {_EXAMPLES[role]}" if role else ""


def _twice(document: Document, own: Mapping[str, str]) -> Iterator[Fault]:
    """Yield a fault for each key of a player's table that stands in the table of the reference case as well."""
    for spelt, ours in own.items():
        one, other = document.tree.get(spelt), document.tree.get(ours)
        for key in one if isinstance(one, dict) and isinstance(other, dict) else ():
            if key in other:  # type: ignore[operator]
                yield document.fault(
                    (spelt, key), f"{spelt}.{key} is given as {ours}.{key} too", "keep one", mark="key"
                )


def _spelt(document: Document, own: Mapping[str, str]) -> Document:
    """Return a document with the players' own names, as the first part of a parameter's name, replaced."""
    pattern = {key: value for key, value in own.items() if key in document.text or key in document.tree}
    if not pattern:
        return document

    def ours(key: str) -> str:
        if "~" in key:
            return "~".join(part.replace(part.strip(), ours(part.strip())) for part in key.split("~"))
        head, dot, rest = key.partition(".")
        return f"{pattern.get(head, head)}{dot}{rest}"

    def path(keys: KeyPath) -> KeyPath:
        if keys[0] in pattern:
            return (pattern[str(keys[0])], *keys[1:])
        inner = len(keys) - 1 if keys[0] in ("correlation", "voice") and len(keys) > 1 else None
        return (*keys[:inner], ours(str(keys[inner]))) if inner else keys

    tree: dict[str, object] = {}
    for key, value in document.tree.items():
        known, spelt = pattern.get(key, key), tree.get(pattern.get(key, key))
        if isinstance(value, dict) and isinstance(spelt, dict):
            tree[known] = {**spelt, **value}
        elif key in ("correlation", "voice") and isinstance(value, dict):
            tree[key] = {ours(name): _inner(each, ours) for name, each in value.items()}
        else:
            tree[known] = value
    return replace(document, tree=tree, places={path(keys): place for keys, place in document.places.items()})


def _inner(value: object, ours: Callable[[str], str]) -> object:
    """Return the table of a voice with its parameters' names replaced."""
    return {ours(name): each for name, each in value.items()} if isinstance(value, dict) else value
