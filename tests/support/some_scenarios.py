"""Scenarios to look at: of four stances, of fewer targets, and degenerate ones."""

from __future__ import annotations

from pathlib import Path

from scenario_texts import QUIET, TARGET, written

from sim.crisis.parameters import PARAMETERS
from sim.scenario.scenario import Scenario, load_scenario


def four_stances(folder: Path, *, target: bool = True) -> Scenario:
    """Return the bundled scenario with a quiet mission beside the three, and a target after ruling out if wanted."""
    text = f"""extends = "macron-2024"
name = "four"
title = "Four stances"
stances = ["rule_out", "quiet", "ambiguous", "commit"]

{TARGET if target else ""}{QUIET}"""
    return load_scenario(written(folder, text, "four.toml"))


def certain(**deployments: float) -> Scenario:
    """Return the bundled scenario with the deployments of some stances known."""
    settings = {f"signal.{stance}.deployment": value for stance, value in deployments.items()}
    return load_scenario("macron-2024").override(settings)


def alike(size: float) -> Scenario:
    """Return a scenario in which every number is the same, and both types of each side are."""
    names = [parameter.name for parameter in PARAMETERS if size or not parameter.name.endswith("deployment")]
    return load_scenario("macron-2024").override(dict.fromkeys(names, size))
