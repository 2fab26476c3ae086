"""Splits to look at: real ones, and others made from them with figures of our own."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import sim
from sim.analyses.channels.result import Channels, Estimate, Step
from sim.analyses.channels.shapley import CHANNELS


@cache
def split(start: str = "commit", end: str = "ambiguous", outcome: str = "strike", draws: int = 1024) -> Channels:
    """Return a small split of the bundled scenario."""
    return sim.channels(sim.load_scenario("macron-2024"), draws, start=start, end=end, outcome=outcome)


def made(before: float, parts: dict[str, float], *, se: float = 0.0, outcome: str = "strike") -> Channels:
    """Return a split with these parts (0 if not given), all with one standard error except the zeros."""
    each = {name: Estimate(parts.get(name, 0.0), se if name in parts else 0.0) for name in CHANNELS}
    total = sum(parts.values())
    step = Step(Estimate(before, se), Estimate(before + total, se), Estimate(total, se), each, each, each)
    base = split()
    steps = base.steps | {outcome: step}
    readings = base.readings | {base.worst_case: base.readings[base.worst_case] | {"as_stated": steps}}
    return replace(base, outcome=outcome, readings=readings)
