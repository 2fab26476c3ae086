"""What did a caller mean? A scenario, given as one or by name or file, and whole numbers of draws and seed."""

from __future__ import annotations

from operator import index
from pathlib import Path
from typing import SupportsIndex, TypeAlias

from sim.scenario.entries import LARGEST_SEED
from sim.scenario.scenario import Scenario, load_scenario

Source: TypeAlias = Scenario | str | Path
"""What may stand for a scenario: itself, the name of a bundled one, or a file."""


def as_scenario(source: Source) -> Scenario:
    """Return the scenario that is meant."""
    if isinstance(source, Scenario):
        return source
    if isinstance(source, str | Path):
        return load_scenario(source)
    kinds = "a Scenario, the name of a bundled one such as 'macron-2024', or a file"
    raise TypeError(f"scenario must be {kinds}; it is of type {type(source).__name__}")


def whole(name: str, value: SupportsIndex) -> int:
    """Return a whole number of any integer type.

    >>> whole("draws", 1e6)
    Traceback (most recent call last):
    TypeError: draws must be a whole number; it is 1000000.0: write 1000000
    """
    try:
        return index(value)
    except TypeError:
        hint = f": write {int(value)}" if isinstance(value, float) and value.is_integer() else ""
        raise TypeError(f"{name} must be a whole number; it is {value!r}{hint}") from None


def draws_and_seed(scenario: Scenario, draws: int | None, seed: int | None) -> tuple[int, int]:
    """Return how many draws are asked for, and their seed: the scenario's where none is given."""
    asked = scenario.draws if draws is None else whole("draws", draws)
    stream = scenario.seed if seed is None else whole("seed", seed)
    if not 0 <= stream <= LARGEST_SEED:
        raise ValueError(f"seed must be at {'least 0' if stream < 0 else f'most {LARGEST_SEED}'}; it is {stream}")
    return asked, stream
