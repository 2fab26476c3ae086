"""Crises for the tests of campaigns: draws of the bundled scenario, and the example of docs/model.md, section 9."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import Any

import numpy as np
from places import DOCS

import sim
from sim.draws.blocks import parameter_blocks
from sim.games.game import Floats

PAGE = DOCS / "model.md"


@cache
def _drawn() -> dict[str, Floats]:
    blocks = [values for _, values in parameter_blocks(sim.load_scenario("macron-2024"), 16384, 3)]
    return {name: np.concatenate([block[name] for block in blocks]) for name in blocks[0]}


def drawn(count: int) -> dict[str, Floats]:
    """Return the parameters of some draws, spread over all replicates; at most 16,384."""
    return {name: array[:: len(array) // count][:count].copy() for name, array in _drawn().items()}


def by_hand() -> dict[str, float]:
    """Return the parameters of the example that is worked by hand."""
    (text,) = re.findall(r"```toml\n(\[prior\].+?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    return dict(_flat(tomllib.loads(text)))


def repeated(crisis: dict[str, float], count: int) -> dict[str, Floats]:
    """Return one crisis many times."""
    return {name: np.full(count, value) for name, value in crisis.items()}


def _flat(tree: dict[str, Any], stem: str = "") -> list[tuple[str, float]]:
    found: list[tuple[str, float]] = []
    for key, value in tree.items():
        name = f"{stem}{key}"
        found += _flat(value, f"{name}.") if isinstance(value, dict) else [(name, float(value))]
    return found
