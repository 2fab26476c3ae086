"""What is a scenario whose parameters are set by hand?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sim.beliefs.forms import FormError
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
