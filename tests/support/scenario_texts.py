"""Small scenario files and a register for the tests of scenarios."""

from __future__ import annotations

from pathlib import Path

from sim.crisis.parameters import PARAMETERS
from sim.scenario.evidence import Claim

REGISTER = {
    name: Claim(name, 1, "Something is said.", "journalist", "neutral", ("prior.resolute",))
    for name in ("far-from-front", "allies-rule-out")
}
"""A register of two claims."""

SMALL = "".join(f"{parameter.name} = 0.25\n" for parameter in PARAMETERS if parameter.default is None)
"""Every parameter that must be given, as a bare number."""

OWN_STANCES = """
extends = "macron-2024"
stances = ["quiet", "loud", "rule_out"]
[belief]
resolute = 0.2
[signal.quiet]
deployment = 0.8
pinpoint = 0.1
ally_backing = 0.4
stance_value = 0.05
isolation = 0.02
audience_cost = 0.0
ambiguity = 0.4
[signal.loud]
deployment = 1.0
ally_backing = 0.3
stance_value = 0.1
isolation = 0.2
audience_cost = 0.5
ambiguity = 0.2
[signal.loud.pinpoint]
interval = [0.2, 0.6]
assumption = "A test."
rationale = "A test."
[signal.rule_out]
deployment = 0.3
pinpoint = 0.4
ally_backing = 0.2
audience_cost = 0.0
ambiguity = 0.1
"""
"""Stances that no code knows by name, one that denies and has a target, and a belief apart from the truth."""


def written(folder: Path, text: str | bytes, name: str = "bad.toml") -> Path:
    """Write a file and return its path."""
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path
