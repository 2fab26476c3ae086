"""What does a scenario say once parameters are set by hand, or its words of probability read on another scale?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sim.beliefs import scales
from sim.beliefs.forms import FormError, distribution
from sim.crisis.parameters import Parameter
from sim.scenario.entries import Entry, certain
from sim.scenario.file.filling import by_name, in_order, lacking, stances_of, unshared
from sim.scenario.file.key_paths import ONE_LINE
from sim.telling.faults import Fault, ScenarioError, suggestion


def fixed(
    entries: Mapping[str, Entry], names: tuple[str, ...], values: Mapping[str, float]
) -> tuple[dict[str, Entry], set[str]]:
    """Return the entries with some of them certain, and which those are."""
    known, every = by_name(names), dict(entries)
    faults: list[Fault] = []
    moved: set[str] = set()
    for name, value in values.items():
        setting = f"{name}={value}"
        for each in ONE_LINE.get(name, (name,)):
            if each not in known:
                hint = suggestion(name, list(known), otherwise="docs/model.md lists them")
                faults.append(Fault(setting, f"no parameter is named {name!r}", hint))
                break
            try:
                every[each] = certain(replace(known[each], name=name), float(value), "set by hand")
                moved.add(each)
            except FormError as error:
                faults.append(Fault(setting, error.message, error.hint))
                break
    every = in_order(names, unshared(every))
    if not faults and (what := lacking(stances_of(names, every), every)):
        faults.append(Fault(", ".join(map(str, values)), *what))
    if faults:
        raise ScenarioError(faults)
    return every, moved


def read_on_scale(entries: Mapping[str, Entry], scale: str) -> tuple[dict[str, Entry], dict[str, str]]:
    """Return the entries with every `likelihood` read on one scale, and what was read as what.

    A word keeps its `confidence`. A word that the scale has is read there; one that it lacks is read as its only
    counterpart (`sim.beliefs.scales.counterparts`).

    >>> resolute = Parameter("prior.resolute", "", "probability", "")
    >>> stated = distribution(resolute, "likelihood", {"likelihood": "unlikely"})
    >>> read_on_scale({"prior.resolute": Entry(stated)}, "kent")[1]["prior.resolute"]
    '"unlikely" (icd203: 20-45 %) as "probably not" (kent: 20-40 %)'
    """
    setting = f"scale {scale}"
    if scale not in scales.SCALES:
        hint = suggestion(scale, list(scales.SCALES))
        raise ScenarioError([Fault(setting, f"there is no scale {scale!r}", hint)])
    read, readings, faults = dict(entries), {}, []
    for name, entry in entries.items():
        given = dict(entry.distribution.given)
        before = str(given.get("scale", scales.DEFAULT_SCALE))
        if entry.distribution.form != "likelihood" or before == scale:
            continue
        word = str(given["likelihood"])
        found = scales.counterparts(word, before, scale)
        if len(found) != 1:
            why = f"lies as near to {' as to '.join(map(repr, found))}" if found else "has no counterpart there"
            there = ", ".join(label.split(" / ")[0] for label in scales.SCALES[scale])
            hint = f"words of {scale}: {there}; state the number as an interval for this scale"
            faults.append(Fault(f"{setting}, {name}", f"{word!r} {why}", hint))
            continue
        readings[name] = f"{_shown(before, word)} as {_shown(scale, found[0])}"
        stated = given | {"likelihood": found[0], "scale": scale}
        belief = distribution(Parameter(name, "", "probability", ""), "likelihood", stated)
        rationale = f"{entry.rationale.rstrip()} Read anew: {readings[name]}."
        read[name] = replace(entry, distribution=belief, rationale=rationale)
    if faults:
        raise ScenarioError(faults)
    return read, readings


def _shown(scale: str, word: str) -> str:
    """Return a word with its scale and band."""
    label = scales.label_of(scale, word) or word
    low, high = scales.SCALES[scale][label]
    return f'"{word}" ({scale}: {low}-{high} %)'
