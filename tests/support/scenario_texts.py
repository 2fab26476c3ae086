"""Small scenario files and a register for the tests of scenarios."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.crisis.parameters import PARAMETERS
from sim.scenario.evidence import Claim
from sim.scenario.scenario import Scenario, ScenarioError, load_scenario

REGISTER = {
    name: Claim(name, 1, "Something is said.", "journalist", "neutral", ("prior.resolute",))
    for name in ("far-from-front", "allies-rule-out")
}
"""A register of two claims."""

SMALL = "".join(f"{parameter.name} = 0.25\n" for parameter in PARAMETERS if parameter.default is None)
"""Every parameter that must be given, as a bare number."""

QUIET = """\
[signal.quiet]
deployment = 0.8
pinpoint = 0.1
ally_backing = 0.4
stance_value = 0.05
isolation = 0.02
audience_cost = 0.0
ambiguity = 0.4
"""
"""A stance of one's own: a quiet mission."""

TARGET = """\
[signal.rule_out]
deployment = 0.3
pinpoint = 0.4
ally_backing = 0.2
audience_cost = 0.0
ambiguity = 0.1
"""
"""Somebody to be hit though the mission is ruled out."""

PLAYERS = """\
[names]
sender = { name = "the United States", adjective = "American" }
receiver = { name = "China", adjective = "Chinese" }
protege = "Taiwan"
deployed = "advisers"
"""
"""Names of other players."""

OWN_STANCES = f"""
extends = "macron-2024"
stances = ["quiet", "loud", "rule_out"]
[belief]
resolute = 0.2
{QUIET}[signal.loud]
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
{TARGET}"""
"""Stances that no code knows by name, one that denies and has a target, and a belief apart from the truth."""


def written(folder: Path, text: str | bytes, name: str = "bad.toml") -> Path:
    """Write a file and return its path."""
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def child(folder: Path, text: str) -> Scenario:
    """Load a child of the bundled scenario, some.toml, that says this too."""
    return load_scenario(written(folder, f'extends = "macron-2024"\n{text}', name="some.toml"))


def faults(folder: Path, text: str) -> str:
    """Return what is wrong with such a child."""
    with pytest.raises(ScenarioError, match=r"\w") as caught:
        child(folder, text)
    return str(caught.value)
