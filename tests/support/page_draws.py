"""What do Python and the page's engine say of the same draws? Both in the shape of the engine, to be held together."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from page_engine import evaluated, keep

from sim.crisis.ladder import OUTCOMES
from sim.crisis.parameters import RECEIVER_TYPES, Stances
from sim.crisis.play import Play
from sim.crisis.terms import WorstCase
from sim.draws.blocks import parameter_blocks, rounded_draws
from sim.games.equilibria import FAMILIES
from sim.games.game import Floats
from sim.montecarlo.beside import equally_exposed
from sim.montecarlo.encounter import evaluate
from sim.page.draws import carried
from sim.scenario.scenario import Scenario

PLAIN = Play()
"""What is selected unless something else is asked for."""


def parameters_of(scenario: Scenario, draws: int) -> dict[str, Floats]:
    """Return all draws of a run, one column a parameter."""
    parts = [values for _, values in parameter_blocks(scenario, rounded_draws(draws), scenario.seed)]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def by_python(
    scenario: Scenario,
    draws: int,
    worst_case: WorstCase,
    *,
    play: Play = PLAIN,
    equal: bool = False,
) -> dict[str, Any]:
    """Return what Python says, soldiers hit also draw by draw."""
    stances, parameters = scenario.stances, parameters_of(scenario, draws)
    if equal:
        parameters = equally_exposed(parameters, stances, scenario.reference)
    return figures(parameters, stances, worst_case, play=play)


def figures(
    parameters: dict[str, Floats], stances: Stances, worst_case: WorstCase, *, play: Play = PLAIN
) -> dict[str, Any]:
    """Return what Python says of any parameters, columns of one length."""
    draws = len(parameters["prior.resolute"])
    values = evaluate(parameters, worst_case=worst_case, play=play, stances=stances)
    means = {name: float(np.broadcast_to(array, draws).mean()) for name, array in values.items()}

    def told(prefix: str) -> dict[str, float]:
        return {name: means[f"{prefix}.{name}"] for name in (*OUTCOMES, "france_payoff")}

    def given(name: str, stance: str) -> float | None:
        return means[name] / means[f"sent.{stance}"] if means[f"sent.{stance}"] > 0 else None

    return {
        "doctrine": {
            stance: told(stance)
            | {"strikes": {kind: means[f"{stance}.strikes.{kind}"] for kind in RECEIVER_TYPES}}
            | {"resolute_folds": means.get(f"labels.resolute_folds.{stance}")}
            for stance in stances.names
        },
        "equilibrium": {
            "selected": told("selected"),
            "sent": {stance: means[f"sent.{stance}"] for stance in stances.names},
            "by_signal": {
                stance: {name: given(f"joint.{stance}.{name}", stance) for name in OUTCOMES} for stance in stances.names
            },
            "imposed_where_sent": {stance: given(f"imposed.{stance}", stance) for stance in stances.names},
            "families": {family: means[f"family.{family}"] for family in FAMILIES},
            "range": {name: [means[f"least.{name}"], means[f"most.{name}"]] for name in OUTCOMES},
            "equilibria_per_draw": means["equilibria"],
            "degenerate_share": means["degenerate"],
            "no_survivor_share": means[f"no_survivor.{play.refinement}"],
        },
        "kept": {
            "doctrine": {name: {"casualties": values[f"{name}.casualties"].tolist()} for name in stances.names},
            "selected": {"casualties": values["selected.casualties"].tolist()},
        },
    }


def carry(scenario: Scenario, draws: int) -> None:
    """Give the engine the draws of a scenario."""
    keep("draws", f"engine.drawsOf({json.dumps(carried(scenario, draws))})")


def carry_columns(parameters: dict[str, Floats], stances: Stances) -> None:
    """Give the engine any parameters as draws."""
    told = {name: values.tolist() for name, values in parameters.items()}
    own = [{"name": name, "hasTarget": target} for name, target in zip(stances.names, stances.targets, strict=True)]
    count = len(parameters["prior.resolute"])
    columns = f"Object.fromEntries(Object.entries({json.dumps(told)}).map(([k, v]) => [k, Float64Array.from(v)]))"
    keep("draws", f"({{count: {count}, stances: {json.dumps(own)}, values: {columns}}})")


def by_engine(
    worst_case: WorstCase,
    *,
    play: Play = PLAIN,
    equal: str | None = None,
    draws: str = "draws",
) -> dict[str, Any]:
    """Return what the engine says of the draws that it has."""
    options = {
        "worstCase": worst_case,
        "equalExposure": equal,
        "equilibria": True,
        "refinement": play.refinement,
        "select": play.select,
        "keep": ["casualties"],
    }
    keep("solved", f"engine.solveDraws({draws}, {json.dumps(options)})")
    plain = "(_, value) => value instanceof Float64Array ? Array.from(value) : value"
    return dict(evaluated(f"JSON.parse(JSON.stringify(solved, {plain}))"))


def gaps(expected: Any, found: Any, place: str = "") -> list[str]:  # noqa: ANN401 - nested tables
    """Say where two nested tables differ by more than a billionth; what Python has no figure for is not looked at."""
    if expected is None and place.endswith("resolute_folds"):
        return []
    if isinstance(expected, dict):
        return [gap for key, own in expected.items() for gap in gaps(own, found.get(key), f"{place}.{key}")]
    if isinstance(expected, list):
        return [gap for i, own in enumerate(expected) for gap in gaps(own, found[i], f"{place}[{i}]")]
    if expected is None or found is None:
        return [] if expected is found else [f"{place} is {found}, not {expected}"]
    return [] if abs(expected - found) <= 1e-9 else [f"{place} is {found}, not {expected}"]
