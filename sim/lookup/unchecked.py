"""What does a scenario file say, before anything is checked? Its stances, its words, and what it states of each number.

Checking a file loads large libraries; whoever starts a file or asks for a word need not wait for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.crisis.parameters import STANCES, all_parameters, label
from sim.scenario.file.documents import Document, read_document
from sim.scenario.file.key_paths import ONE_LINE, KeyPaths, key_paths
from sim.scenario.file.listed import listed_stances, spoken_of
from sim.scenario.library import bundled, bundled_games, chain
from sim.telling.faults import Fault, ScenarioError
from sim.telling.names import slug, speaker, stance_label

GAME, GAME_HINT = "this gives a game outright: it has no uncertain numbers", "sim solve reads it"
PLAYERS = {"sender": "france", "receiver": "russia"}


@dataclass(frozen=True)
class Found:
    """A number as a file states it: the value or table, and the file."""

    value: object
    file: str


def own_words(source: str | Path | None) -> tuple[tuple[str, ...], dict[str, Any]]:
    """Return the stances that a scenario may speak of, and what it calls things; of none, those of the article's case.

    >>> own_words(None)
    (('rule_out', 'ambiguous', 'commit'), {})
    """
    documents = read(source) if source else []
    return tuple(dict.fromkeys((*STANCES, *spoken_of(documents)))), _called(documents)


def spelt(name: str, called: Mapping[str, Any]) -> str:
    """Return a number's name as a scenario spells it whose players have names of their own.

    >>> spelt("russia.attack_cost", {"receiver": {"name": "the Soviet Union"}})
    'soviet_union.attack_cost'
    """
    head, dot, rest = name.partition(".")
    role = next((role for role, ours in PLAYERS.items() if ours == head and role in called), None)
    return f"{slug(called[role]['name']) if role else head}{dot}{rest}"


def read(source: str | Path) -> list[Document]:
    """Return a file and those it extends, or say what cannot be read."""
    if source in bundled_games():
        raise ScenarioError([Fault(str(source), GAME, GAME_HINT)])
    documents, faults = chain(source)
    if faults:
        raise ScenarioError(faults)
    if "game" in documents[0].tree:
        raise ScenarioError([documents[0].fault(("game",), GAME, GAME_HINT, mark="key")])
    return documents


def stances_of(documents: list[Document]) -> tuple[str, ...]:
    """Return the stances that a scenario lists."""
    return listed_stances(documents)[0]


def stated(documents: list[Document]) -> dict[str, Found]:
    """Return what the files state of each number, by its name in the model; the child's word is the last."""
    paths, called = key_paths(spoken_of(documents)), _called(documents)
    own = {slug(called[role]["name"]): ours for role, ours in PLAYERS.items() if role in called}
    every: dict[str, Found] = {}
    for document in reversed(documents):
        for name, found in _in_one(document, paths, own):
            _part(every, name)
            every[name] = found
    return every


def _in_one(document: Document, paths: KeyPaths, own: Mapping[str, str]) -> Iterator[tuple[str, Found]]:
    """Yield what one file states."""
    waiting: list[tuple[tuple[str, ...], object]] = [((key,), value) for key, value in document.tree.items()]
    while waiting:
        stated_path, value = waiting.pop(0)
        path = (own.get(stated_path[0], stated_path[0]), *stated_path[1:])
        if paths.is_parameter(path, value):
            yield ".".join(path), Found(value, document.path.stem)
        elif path in paths.groups and isinstance(value, dict):
            waiting += [((*stated_path, key), each) for key, each in value.items()]


def _part(every: dict[str, Found], name: str) -> None:
    """Let a line that gives two numbers, and lines that give one of them, take each other's place."""
    for line, both in ONE_LINE.items():
        if name == line:
            for each in both:
                every.pop(each, None)
        elif name in both and (found := every.pop(line, None)):
            every.update(dict.fromkeys(both, found))


def _called(documents: list[Document]) -> dict[str, Any]:
    """Return what the files call things, the child's word being the last; what is no such table counts for nothing."""
    merged: dict[str, Any] = {}
    for document in reversed(documents):
        table = document.tree.get("names")
        for key, value in table.items() if isinstance(table, dict) else ():
            if key in PLAYERS:
                merged |= {key: value} if isinstance(value, dict) and isinstance(value.get("name"), str) else {}
            elif isinstance(value, dict):
                merged[key] = {**merged.get(key, {}), **{one: str(each) for one, each in value.items()}}
            else:
                merged[key] = value
    return merged


def parameter_labels(source: str | Path) -> dict[str, str]:
    """Return what each number of a scenario is, by the names that its file can give it.

    >>> parameter_labels("macron-2024")["escalation.war_if_alone"]
    'chance of war if France stands alone'
    """
    documents = read(source)
    stances, called = stances_of(documents), _called(documents)
    said, words = speaker(called), {each: stance_label(called, each) for each in stances}
    names = [
        each.name for each in all_parameters(tuple(dict.fromkeys((*STANCES, *stances)))) if _is_of(each.name, stances)
    ]
    return {spelt(name, called): said(label(name, words)) for name in [*names, *ONE_LINE]}


def stance_labels(source: str | Path) -> dict[str, str]:
    """Return what a scenario calls its stances, by their names."""
    documents = read(source)
    called = _called(documents)
    return {each: stance_label(called, each) for each in stances_of(documents)}


def voices(source: str | Path) -> tuple[str, ...]:
    """Return the voices of a scenario.

    >>> voices("author-slant")
    ('author',)
    """
    tables = (document.tree.get("voice") for document in reversed(read(source)))
    return tuple(dict.fromkeys(name for table in tables if isinstance(table, dict) for name in table))


def claim_texts(source: str | Path) -> dict[str, str]:
    """Return what each claim says that a scenario may cite, by id."""
    found: dict[str, str] = {}
    for document in [read_document(bundled("seeds") / "article.toml"), *reversed(read(source))]:
        listed, own = document.tree.get("claim"), document.tree.get("claims")
        tables = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
        tables += (
            [{"id": name, **each} for name, each in own.items() if isinstance(each, dict)]
            if isinstance(own, dict)
            else []
        )
        found |= {str(each.get("id")): " ".join(str(each.get("claim", "")).split()) for each in tables}
    return found


def _is_of(name: str, stances: tuple[str, ...]) -> bool:
    """Whether a number is one of a stance in the list, or of none."""
    head, *rest = name.split(".")
    return head != "signal" or rest[0] in stances
