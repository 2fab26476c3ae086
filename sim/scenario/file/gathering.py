"""What do a scenario's files state together? Keys, parameters, pairs and voices; a child replaces what it states."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from sim.crisis.parameters import all_parameters
from sim.scenario.correlation import CORRELATION, StatedPairs, contradiction_faults, read_pairs
from sim.scenario.entries import Entries, HistoryTable, ScenarioKeys, read_entries
from sim.scenario.file.checking import faults_of
from sim.scenario.file.documents import Document
from sim.scenario.file.key_paths import KeyPaths, key_paths
from sim.scenario.file.listed import listed_stances, spoken_of
from sim.scenario.voices import VOICE, StatedVoices, merged, overload_faults, read_voices
from sim.telling.faults import Fault

Keys = dict[str, object]

_OWN = ("name", "title", "description")
"""Keys that a child does not take over from the file it extends."""


@dataclass
class Stated:
    """What the files state, merged, and everything that is wrong with them."""

    names: tuple[str, ...]
    keys: dict[str, Any] = field(default_factory=dict)
    entries: Entries = field(default_factory=dict)
    pairs: StatedPairs = field(default_factory=dict)
    voices: StatedVoices = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def gathered(documents: Sequence[Document], claims: Collection[str]) -> Stated:
    """Return what a file and those that it extends, the child first, state together."""
    names, faults = listed_stances(documents)
    paths, known = key_paths(spoken_of(documents)), all_parameters(spoken_of(documents))
    stated = Stated(names)
    for document in reversed(documents):
        inherited = {key: value for key, value in stated.keys.items() if key not in _OWN}
        keys, entries, own_faults = _contents(document, claims, paths)
        pairs, pair_faults = read_pairs(document, known)
        voices, voice_faults = read_voices(document, known)
        stated.keys = inherited | keys
        stated.entries |= entries
        stated.pairs |= pairs
        stated.voices = merged(stated.voices, voices)
        stated.faults = own_faults + pair_faults + voice_faults + stated.faults
    stated.faults += faults + contradiction_faults(stated.pairs, documents) + overload_faults(stated.voices)
    return stated


def in_file_order(faults: Sequence[Fault], documents: Sequence[Document]) -> list[Fault]:
    """Sort faults by file, the child first, then by place; faults of a whole file come after those in it."""
    files = [str(document.path) for document in documents]

    def order(fault: Fault) -> tuple[int, float, int]:
        file = files.index(fault.path) if fault.path in files else len(files)
        return file, fault.line or math.inf, fault.column

    return sorted(faults, key=order)


def _contents(document: Document, claims: Collection[str], paths: KeyPaths) -> tuple[Keys, Entries, list[Fault]]:
    """Return the keys and parameters that one file states, and its faults."""
    apart = (CORRELATION, VOICE)
    top = {key: value for key, value in document.tree.items() if (key,) not in paths.groups and key not in apart}
    entries, faults = read_entries(document, claims, paths)
    try:
        keys = ScenarioKeys.model_validate(top).model_dump(exclude_none=True)
    except ValidationError as error:
        tables = sorted([*apart, *(str(each[0]) for each in paths.groups if len(each) == 1)])
        known = [*ScenarioKeys.model_fields, *tables]
        return {}, entries, faults + faults_of(error, document, (), known, {"history": [*HistoryTable.model_fields]})
    return keys, entries, faults
