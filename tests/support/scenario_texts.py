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


def written(folder: Path, text: str | bytes, name: str = "bad.toml") -> Path:
    """Write a file and return its path."""
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path
