"""What does a page carry of a scenario? Its draws, so that moving a slider solves the same worlds anew."""

from __future__ import annotations

from base64 import b64encode
from contextlib import suppress
from typing import Any

import numpy as np

from sim.draws.blocks import parameter_blocks, rounded_draws
from sim.scenario.scenario import Scenario, ScenarioError

DRAWS = 2048
"""Draws that a page carries unless told otherwise."""


def carried(scenario: Scenario, draws: int = DRAWS, seed: int | None = None) -> dict[str, Any]:
    """Return the draws of a scenario as JSON can hold them: those that a run of as many draws has, in its order.

    Keys: count; stances, each with its name and whether it has a target; values, by parameter a number where it is the
    same in every draw, else a text: the base64 of little-endian doubles, to the last bit those of the run. Of two costs
    that are drawn as one the second is left out of the values and stands under apart, as it is drawn where the first is
    set by hand. `drawsOf` of the engine reads all that.

    >>> from sim.scenario.scenario import load_scenario
    >>> told = carried(load_scenario("macron-2024"), 16)
    >>> told["count"], told["stances"][0], told["values"]["france.humiliation"]
    (16, {'name': 'rule_out', 'hasTarget': False}, 1.0)
    """
    count, stream = rounded_draws(draws), scenario.seed if seed is None else seed
    stances = zip(scenario.stances.names, scenario.stances.targets, strict=True)
    shared = {name: entry.shares for name, entry in scenario.entries.items() if entry.shares}
    values = _columns(_with_targets(scenario), count, stream)
    # A first cost that is set by hand leaves the second to be drawn by itself.
    parted = _columns(scenario.override(dict.fromkeys(shared.values(), 1.0)), count, stream) if shared else {}
    return {
        "count": count,
        "stances": [{"name": name, "hasTarget": target} for name, target in stances],
        "values": {
            name: 0.0 if _never_there(scenario, name) else column
            for name, column in values.items()
            if name not in shared
        },
        "apart": {name: parted[name] for name in shared},
    }


def _with_targets(scenario: Scenario) -> Scenario:
    """Return the scenario with a target after every stance for which it states all that this takes."""
    for stance, target in zip(scenario.stances.names, scenario.stances.targets, strict=True):
        if not target:
            with suppress(ScenarioError):  # it lacks chances and costs of a hit, and stays without a target
                scenario = scenario.override({f"signal.{stance}.deployment": 0.5})
    return scenario


def _never_there(scenario: Scenario, name: str) -> bool:
    """Return whether a parameter is the deployment of a stance without a target."""
    stances = scenario.stances
    return name in {f"signal.{stance}.deployment" for stance in stances.names if stance not in stances.struck}


def _columns(scenario: Scenario, count: int, seed: int) -> dict[str, float | str]:
    """Return every parameter that the game needs: a number if it is certain, or its numbers as text."""
    parts = [values for _, values in parameter_blocks(scenario, count, seed)]
    told: dict[str, float | str] = {}
    for parameter in scenario.parameters:
        column = np.concatenate([part[parameter.name] for part in parts])
        certain = scenario.entries[parameter.name].distribution.certain
        told[parameter.name] = float(column[0]) if certain else b64encode(column.astype("<f8").tobytes()).decode()
    return told
