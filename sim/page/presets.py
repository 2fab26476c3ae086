"""Which scenarios can a page switch to? The bundled ones of the same case, carried as what they change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np

from sim.beliefs.distributions import Distribution
from sim.crisis.parameters import Parameter
from sim.page.draws import carried
from sim.page.naming import stances_of
from sim.scenario.entries import Entry
from sim.scenario.file.key_paths import ONE_LINE
from sim.scenario.library import bundled_scenarios, chain
from sim.scenario.scenario import Scenario, load_scenario
from sim.scenario.writing import scenario_toml

ENDS = (0.001, 0.999)
"""Quantiles between which a number without bounds of its own can be moved."""

_STEPS = 200.0  # about so many places of a slider
_LEAST_DEPLOYMENT = 0.01  # at 0 there would be nobody to strike at, which is another game


def told(scenario: Scenario, draws: int, seed: int) -> dict[str, Any]:
    """Return one scenario as a page carries it: its words, its numbers line by line, its file and its draws."""
    columns = carried(scenario, draws, seed)
    numbers = lines(scenario)
    head, tables = file_parts(scenario_toml(scenario, draws=draws, seed=seed), next(iter(numbers)))
    return {
        "name": scenario.name,
        "title": scenario.title,
        "description": " ".join(scenario.description.split()),
        "worst_case": scenario.worst_case,
        "head": head,
        "tables": tables,
        "lines": numbers,
        "medians": scenario.medians(),
        "values": columns["values"],
        "apart": columns["apart"],
    }


def presets(scenario: Scenario, own: Mapping[str, Any], draws: int, seed: int) -> list[dict[str, Any]]:
    """Return the bundled scenarios of the same case with stances of the same names, each as it differs from `own`."""
    root, stances, found = _root_of(scenario), stances_of(scenario), []
    for name in bundled_scenarios():
        other = _bundled(name) if _bundled_root(name) == root else scenario
        same = other.stances == scenario.stances and stances_of(other) == stances
        if same and other.sha256 != scenario.sha256:
            found.append(difference(told(other, draws, seed), own))
    return found


def difference(other: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return a mapping with its nested ones cut down to what differs; None stands for what is only in `own`.

    >>> difference({"a": 1, "b": {"x": 1, "y": 2}}, {"a": 0, "b": {"x": 1, "z": 3}})
    {'a': 1, 'b': {'y': 2, 'z': None}}
    """
    cut = {}
    for key, value in other.items():
        if not isinstance(value, Mapping):
            cut[key] = value
            continue
        changed = {name: each for name, each in value.items() if name not in own[key] or own[key][name] != each}
        cut[key] = changed | dict.fromkeys(name for name in own[key] if name not in value)
    return cut


def pooled(carriers: Sequence[dict[str, Any]]) -> list[str]:
    """Return the different columns of draws of several scenarios, and leave in each of these the numbers of its own.

    >>> one, other = {"values": {"x": "AAA", "y": 1.0}, "apart": {}}, {"values": {"x": "BBB", "z": "AAA"}, "apart": {}}
    >>> pooled([one, other]), one["values"], other["values"]
    (['AAA', 'BBB'], {'x': '0', 'y': 1.0}, {'x': '1', 'z': '0'})
    """
    places: dict[str, int] = {}
    for carrier in carriers:
        for kind in ("values", "apart"):
            for name, column in carrier[kind].items():
                if isinstance(column, str):
                    carrier[kind][name] = str(places.setdefault(column, len(places)))
    return list(places)


def file_parts(text: str, first: str) -> tuple[str, dict[str, str]]:
    r"""Return what stands above the first number of a file that `scenario_toml` wrote, and each table from there on.

    >>> file_parts('name = "x"\n\n[[claim]]\nid = "y"\n\n[prior.resolute]\nvalue = 0.5\n', "prior.resolute")
    ('name = "x"\n\n[[claim]]\nid = "y"', {'prior.resolute': 'value = 0.5'})
    """
    head, start, rest = text.rstrip("\n").partition(f"\n\n[{first}]\n")
    tables = f"{start}{rest}".split("\n\n[")[1:]
    return head, {name: body for name, _, body in (each.partition("]\n") for each in tables)}


def lines(scenario: Scenario) -> dict[str, dict[str, Any]]:
    """Return what can be moved by hand, in the order of the draws: a parameter, or two that the file gives as one."""
    entries, found = scenario.entries, {}
    both = {first: name for name, (first, second) in ONE_LINE.items() if entries[second].shares == first}
    for parameter in scenario.parameters:
        entry = entries[parameter.name]
        if entry.shares is None:
            key = both.get(parameter.name, parameter.name)
            found[key] = _line(parameter, entry) | {"parameters": list(ONE_LINE.get(key, (key,)))}
    return found


def _line(parameter: Parameter, entry: Entry) -> dict[str, Any]:
    """Return how far one number can be moved, what is believed of it, and what that rests on."""
    belief = entry.distribution
    low, high = _reach(parameter, belief)
    step = 10.0 ** np.floor(np.log10((high - low) / (_STEPS / 4)))
    low, high = (float(np.round(end(bound / step) * step, 9)) for end, bound in ((np.floor, low), (np.ceil, high)))
    if parameter.name.endswith(".deployment"):
        low = _LEAST_DEPLOYMENT
    return {
        "kind": parameter.kind,
        "low": low,
        "high": high,
        "step": float(np.round(step, 9)),
        "median": belief.median,
        "range": None if belief.certain else belief.quantile(np.array([0.05, 0.95])).tolist(),
        "stated": belief.describe(),
        "evidence": list(entry.evidence),
        "assumption": entry.assumption or "",
        "rationale": " ".join(entry.rationale.split()),
    }


def _reach(parameter: Parameter, belief: Distribution) -> tuple[float, float]:
    """Return between which values a number can be moved."""
    if parameter.kind in ("probability", "weight"):
        return 0.0, 1.0
    if belief.certain:
        size = max(1.0, 2 * abs(belief.median))
        return (-size if parameter.kind == "value" else 0.0), size
    low, high = belief.quantile(np.array(ENDS)).tolist()
    return min(low, 0.0), max(high, 0.0)


def _root_of(scenario: Scenario) -> str:
    """Return the case of a scenario: that of the bundled one of its name, or of the file itself."""
    return _bundled_root(scenario.name) if scenario.name in bundled_scenarios() else _root(str(scenario.path))


@cache
def _bundled(name: str) -> Scenario:
    """Return a bundled scenario, which nobody changes."""
    return load_scenario(name)


@cache
def _bundled_root(name: str) -> str:
    """Return the case of a bundled scenario."""
    return _root(name)


def _root(source: str) -> str:
    """Return the last of the files that a scenario extends."""
    return str(chain(source)[0][-1].path.resolve())
