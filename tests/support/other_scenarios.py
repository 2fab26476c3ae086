"""Scenarios beside the bundled one: four stances, a struck one that denies, voices, and degenerate ones."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from scenario_texts import written

import sim
from sim.crisis.parameters import PARAMETERS
from sim.scenario.scenario import Scenario, load_scenario

STANCE = {"deployment": 0.6, "pinpoint": 0.3, "ally_backing": 0.2, "audience_cost": 0.2, "ambiguity": 0.2}
WORTH = {"stance_value": 0.1, "isolation": 0.05}
TARGET: dict[str, float | str] = {
    "deployment": 0.3,
    "pinpoint": 0.4,
    "ally_backing": 0.2,
    "audience_cost": 0.0,
    "ambiguity": 0.1,
}
QUIET = TARGET | {"deployment": 0.8, "pinpoint": 0.1, "stance_value": 0.05, "isolation": 0.02, "ambiguity": 0.4}

TEXTS: dict[str, tuple[str, dict[str, dict[str, float | str]]]] = {
    "four": ('stances = ["rule_out", "quiet", "ambiguous", "commit"]', {"quiet": QUIET}),
    "struck": ("", {"rule_out": TARGET}),
    "struck and quiet": (
        'stances = ["quiet", "rule_out", "commit", "ambiguous"]',
        {"quiet": QUIET, "rule_out": TARGET},
    ),
    "two": ('stances = ["ambiguous", "commit"]', {}),
    "one target": ('stances = ["rule_out", "commit"]', {}),
    "no target": ('stances = ["rule_out", "quiet"]', {"quiet": {"deployment": 0.0, **WORTH}}),
    "outcome": ('worst_case = "outcome"', {"rule_out": TARGET}),
    "believed": ("", {"belief": {"resolute": 0.8}}),
    "slant": ("", {"voice.author": {'"prior.resolute"': 0.7, '"russia.failed_strike_cost"': -0.6}}),
    "one line": ("", {"france": {"war_cost": "{ interval = [4, 40], assumption = 'a', rationale = 'r' }"}}),
}
"""By name: what a child of the bundled scenario states at its top, and its tables."""


@cache
def other(name: str) -> Scenario:
    """Return one of `TEXTS`."""
    top, tables = TEXTS[name]
    lines = ['extends = "macron-2024"', top]
    for table, entries in tables.items():
        head = table if "." in table or table in ("belief", "france") else f"signal.{table}"
        lines += [f"[{head}]", *(f"{key} = {value}" for key, value in entries.items())]
    return _loaded("\n".join(lines), name)


DEGENERATE = {
    "zeros": (0.0, 0.0),
    "ones": (1.0, 1.0),
    "near zero": (0.0, 1e-9),
    "small": (0.0, 1e-3),
    "near one": (1 - 1e-9, 1.0),
    "about one": (0.99, 1.0),
    "halves": (0.5, 0.5),
    "anything": (0.0, 1.0),
}
"""By name: the ends between which every number lies."""


@cache
def degenerate(name: str) -> Scenario:
    """Return one of `DEGENERATE`, "twins", whose two stances are one, or "rare", where Russia seldom strikes."""
    if name in ("twins", "rare"):
        central = sim.load_scenario("macron-2024")
        same = {f"signal.{stance}.{key}": value for stance in ("ambiguous", "commit") for key, value in SAME.items()}
        return central.override(same if name == "twins" else RARE)
    low, high = DEGENERATE[name]
    entry = f"{low!r}" if low == high else f"{{ uniform = [{low!r}, {high!r}], assumption = 'a', rationale = 'r' }}"
    return _loaded("".join(f"{parameter.name} = {entry}\n" for parameter in PARAMETERS), name)


RARE = {"russia.attack_cost": 2.6, "russia.failed_strike_cost": 0.1}
"""What leaves a strike worth it in one or two of a thousand draws."""

SAME = STANCE | WORTH
"""What makes two stances one."""


def _loaded(text: str, name: str) -> Scenario:
    """Return the scenario of a text."""
    with TemporaryDirectory() as folder:
        return load_scenario(written(Path(folder), text, f"{name.replace(' ', '-')}.toml"))
