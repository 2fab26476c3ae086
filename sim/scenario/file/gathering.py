"""What do a scenario's files state together? Keys, parameters, pairs and voices; a child replaces what it states."""

from __future__ import annotations

import math
from collections import ChainMap
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ValidationError

from sim.crisis.parameters import all_parameters
from sim.scenario.claims import claims_of
from sim.scenario.correlation import StatedPairs, contradiction_faults, read_pairs
from sim.scenario.entries import OTHER_TABLES, Entries, HistoryTable, ScenarioKeys, read_entries
from sim.scenario.evidence import Claim
from sim.scenario.file.checking import faults_of
from sim.scenario.file.documents import Document
from sim.scenario.file.key_paths import KeyPaths, key_paths
from sim.scenario.file.listed import listed_stances, spoken_of
from sim.scenario.naming import names_of, spelt_as_ours
from sim.scenario.voices import StatedVoices, crowd_faults, merged, overload_faults, read_voices
from sim.telling.faults import Fault

Keys = dict[str, object]

_OWN = ("name", "title", "description", "question")
"""Keys that a child does not take over from the file it extends."""


@dataclass
class Stated:
    """What the files state, merged, and everything that is wrong with them."""

    names: tuple[str, ...]
    keys: dict[str, Any] = field(default_factory=dict)
    entries: Entries = field(default_factory=dict)
    pairs: StatedPairs = field(default_factory=dict)
    voices: StatedVoices = field(default_factory=dict)
    called: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def gathered(documents: Sequence[Document], claims: Mapping[str, Claim]) -> Stated:
    """Return what a file and those that it extends, the child first, state together."""
    names, faults = listed_stances(documents)
    called, naming_faults = names_of(documents, spoken_of(documents))
    documents, spelling_faults = spelt_as_ours(documents)
    own, claim_faults = claims_of(documents, claims)
    every = ChainMap(own, claims)  # type: ignore[arg-type]  # it is only read
    paths, known = key_paths(spoken_of(documents)), all_parameters(spoken_of(documents))
    stated = Stated(names, called=called, claims=own)
    for document in reversed(documents):
        inherited = {key: value for key, value in stated.keys.items() if key not in _OWN}
        keys, entries, own_faults = _contents(document, every, paths)
        pairs, pair_faults = read_pairs(document, known)
        voices, voice_faults = read_voices(document, known)
        stated.keys = inherited | keys
        stated.entries |= entries
        stated.pairs |= pairs
        stated.voices = merged(stated.voices, voices)
        stated.faults = own_faults + pair_faults + voice_faults + stated.faults
    stated.faults += faults + naming_faults + spelling_faults + claim_faults
    stated.faults += contradiction_faults(stated.pairs, documents)
    stated.faults += overload_faults(stated.voices) + crowd_faults(stated.voices)
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
    apart = {*paths.groups, *((name,) for name in OTHER_TABLES)}
    top = {key: value for key, value in document.tree.items() if (key,) not in apart}
    entries, faults = read_entries(document, claims, paths)
    try:
        keys = ScenarioKeys.model_validate(top).model_dump(exclude_none=True)
    except ValidationError as error:
        tables = sorted(str(each[0]) for each in apart if len(each) == 1)
        known = [*ScenarioKeys.model_fields, *tables]
        found = faults_of(error, document, (), known, {"history": [*HistoryTable.model_fields]})
        return {}, entries, faults + [_of_stance(fault, top, paths) for fault in found]
    return keys, entries, faults


def _of_stance(fault: Fault, top: Mapping[str, object], paths: KeyPaths) -> Fault:
    """Return a fault with the hint that a stance's table stands under signal, if that is what is wrong."""
    stances = [key for key in paths.children(("signal",)) if key in top and fault.message == f"unknown key {key!r}"]
    return replace(fault, hint=f"write [signal.{stances[0]}], or [signal.{stances[0]}.pinpoint]") if stances else fault
