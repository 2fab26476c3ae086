"""Which judgements lean together because one voice makes them? The tables [voice.NAME] of a scenario file, checked."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum, isfinite

import numpy as np
from scipy.special import ndtr

from sim.beliefs.copula import Voice
from sim.beliefs.distributions import Distribution
from sim.crisis.parameters import MOST_VOICES, Parameter
from sim.scenario.file.checking import misplaced, not_a_table, number_faults
from sim.scenario.file.documents import Document
from sim.scenario.file.positions import KeyPath
from sim.telling.faults import Fault, ScenarioError, suggestion

VOICE = "voice"
"""Name of the tables."""

AT = "at"
"""Key of a table that holds its factor in all draws."""

FARTHEST = 5.0
"""Standard deviations beyond which a factor is not held: nobody leans one way in one of three million worlds."""

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,31}")
_EXAMPLE = '"prior.resolute" = 0.7'


@dataclass(frozen=True)
class Loading:
    """A number of a voice's table, and where it is stated."""

    value: float
    document: Document


StatedVoices = dict[str, dict[str, Loading]]
"""By voice, then parameter or `AT`, in the order of the files."""


def read_voices(document: Document, parameters: Sequence[Parameter]) -> tuple[StatedVoices, list[Fault]]:
    """Return the voices of one file, and everything that is wrong with them one by one."""
    tables = document.tree.get(VOICE, {})
    if not isinstance(tables, dict):
        return {}, [not_a_table(document, (VOICE,), tables, f"write [{VOICE}.author] and below it {_EXAMPLE}")]
    voices: StatedVoices = {}
    faults: list[Fault] = []
    names = [parameter.name for parameter in parameters]
    for name, table in tables.items():
        at = (VOICE, name)
        if not _NAME.fullmatch(name):
            message = f"{name[:60]!r} must be lower-case letters, digits, - and _, such as author"
            faults.append(document.fault(at, message, mark="key"))
        elif not isinstance(table, dict):
            faults.append(not_a_table(document, at, table, f"write [{VOICE}.{name}] and below it {_EXAMPLE}"))
        else:
            found = [fault for key, value in table.items() for fault in _faults(document, (*at, key), value, names)]
            voices[name] = {} if found else {key: Loading(float(each), document) for key, each in table.items()}
            faults += found
    return voices, faults


def merged(parent: StatedVoices, child: StatedVoices) -> StatedVoices:
    """Return the voices of a file and of the one that it extends; a loading of 0 takes a parameter out."""
    return parent | {name: parent.get(name, {}) | table for name, table in child.items()}


def crowd_faults(stated: StatedVoices) -> list[Fault]:
    """Return a fault if there are more voices than have a place in the stream of draws, at the first without one."""
    voices = voices_of(stated)
    if len(voices) <= MOST_VOICES:
        return []
    first = voices[MOST_VOICES]
    message = f"there must be at most {MOST_VOICES} voices; there are {len(voices)}"
    document = stated[first.name][first.loadings[0][0]].document
    return [document.fault((VOICE, first.name), message, "numbers that lean the same way can follow one", mark="key")]


def overload_faults(stated: StatedVoices) -> list[Fault]:
    """Return a fault for each parameter that follows several voices more closely than there is room."""
    own: dict[str, list[tuple[str, Loading]]] = {}
    for voice, table in stated.items():
        for name, loading in table.items():
            own.setdefault(name, []).append((voice, loading))
    faults = []
    for name, loadings in own.items():
        if name != AT and (total := fsum(each.value**2 for _, each in loadings)) > 1 + 1e-12:
            voice, last = loadings[-1]
            message = f"the squares of the loadings of {name} must add up to 1 at most; they add up to {total:.3g}"
            faults.append(last.document.fault((VOICE, voice, name), message, "each is the share that a voice explains"))
    return faults


def voices_of(stated: StatedVoices) -> tuple[Voice, ...]:
    """Return the voices without loadings of 0, which say that a parameter does not follow, and without empty ones."""
    return tuple(
        Voice(name, loadings, at.value if (at := table.get(AT)) else None)
        for name, table in stated.items()
        if (loadings := tuple((key, each.value) for key, each in table.items() if key != AT and each.value))
    )


def held(voices: Sequence[Voice], values: Mapping[str, float]) -> tuple[Voice, ...]:
    """Return the voices with the factors of some held at a value."""
    known = [voice.name for voice in voices]
    faults = []
    for name, value in values.items():
        setting = f"voice {name}={value:+g}"
        if name not in known:
            there = f"its voices: {', '.join(known)}" if known else "it has none; see scenarios/author-slant.toml"
            faults.append(Fault(setting, f"the scenario has no voice {name!r}", there))
        elif not (isfinite(value) and abs(value) <= FARTHEST):
            message = f"a voice must be held within {FARTHEST:g} standard deviations; it is {value:g}"
            faults.append(Fault(setting, message, "+1 or -1 is a usual slant"))
    if faults:
        raise ScenarioError(faults)
    return tuple(replace(each, at=float(values[each.name])) if each.name in values else each for each in voices)


def median(own: Distribution, name: str, voices: Sequence[Voice]) -> float:
    """Return the value that half of a parameter's draws lie below, given the voices that are held."""
    lean = fsum(dict(voice.loadings).get(name, 0.0) * voice.at for voice in voices if voice.at is not None)
    return float(own.quantile(np.array([ndtr(lean)]))[0]) if lean else own.median


def voice_toml(voices: Sequence[Voice]) -> list[str]:
    """Return voices as lines of a scenario file.

    >>> voice_toml([Voice("author", (("prior.resolute", 0.7),), at=1.0)])
    ['', '[voice.author]', 'at = 1.0', '"prior.resolute" = 0.7']
    """
    lines = []
    for voice in voices:
        lines += ["", f"[{VOICE}.{voice.name}]"] + ([] if voice.at is None else [f"{AT} = {voice.at!r}"])
        lines += [f'"{name}" = {loading!r}' for name, loading in voice.loadings]
    return lines


def _faults(document: Document, at: KeyPath, value: object, names: Collection[str]) -> list[Fault]:
    """Check one line of a voice's table."""
    key = str(at[-1])
    if isinstance(value, dict):
        return [document.fault(at, "a parameter must stand in quotes", f"as in {_EXAMPLE}", mark="key")]
    if key != AT and key not in names:
        hint = misplaced(key) or suggestion(key, [*names, AT], otherwise="docs/scenarios.md lists them")
        return [document.fault(at, f"no parameter is named {key[:60]!r}", hint, mark="key")]
    held = key == AT
    return number_faults(
        document, at, value, "at, in standard deviations," if held else "a loading", FARTHEST if held else 1.0
    )
