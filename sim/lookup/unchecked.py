"""What does a scenario file say, before anything is checked? Its stances, its words, and what it states of each number.

Checking a file loads large libraries; whoever starts a file or asks for a word need not wait for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.crisis.parameters import STANCES
from sim.scenario.file.documents import Document
from sim.scenario.file.key_paths import ONE_LINE, KeyPaths, key_paths
from sim.scenario.file.listed import listed_stances, spoken_of
from sim.scenario.library import chain
from sim.telling.faults import ScenarioError
from sim.telling.names import slug

PLAYERS = {"sender": "france", "receiver": "russia"}


@dataclass(frozen=True)
class Found:
    """A number as a file states it: its name as spelt there, the value or table, and the file."""

    spelt: str
    value: object
    file: str


def own_words(source: str | Path | None) -> tuple[tuple[str, ...], dict[str, Any]]:
    """Return the stances that a scenario may speak of, and what it calls things; of none, those of the article's case.

    >>> own_words(None)
    (('rule_out', 'ambiguous', 'commit'), {})
    """
    documents = read(source) if source else []
    return tuple(dict.fromkeys((*STANCES, *spoken_of(documents)))), _called(documents)


def read(source: str | Path) -> list[Document]:
    """Return a file and those it extends, or say what cannot be read."""
    documents, faults = chain(source)
    if faults:
        raise ScenarioError(faults)
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
        spelt, value = waiting.pop(0)
        path = (own.get(spelt[0], spelt[0]), *spelt[1:])
        if paths.is_parameter(path, value):
            yield ".".join(path), Found(".".join(spelt), value, document.path.stem)
        elif path in paths.groups and isinstance(value, dict):
            waiting += [((*spelt, key), each) for key, each in value.items()]


def _part(every: dict[str, Found], name: str) -> None:
    """Let a line that gives two numbers, and lines that give one of them, take each other's place."""
    for line, both in ONE_LINE.items():
        if name == line:
            for each in both:
                every.pop(each, None)
        elif name in both and (found := every.pop(line, None)):
            last = found.spelt.split(".")
            every.update(
                {each: Found(".".join([last[0], *each.split(".")[1:]]), found.value, found.file) for each in both}
            )


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
