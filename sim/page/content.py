"""What stands on the page of a crisis? As plain data: figures of the run, numbers, draws and sources."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from typing import Any

from sim import __version__
from sim.analyses.channels.analysis import channels
from sim.analyses.plausible.analysis import Plausibility, plausibility
from sim.analyses.robustness.analysis import robustness
from sim.analyses.robustness.words import regret_finding
from sim.draws.blocks import rounded_draws
from sim.montecarlo.result import SCENARIO_FILE, Result
from sim.montecarlo.run import run
from sim.page.draws import DRAWS
from sim.page.naming import spoken, stances_of
from sim.page.presets import pooled, presets, told
from sim.scenario.evidence import load_register
from sim.scenario.library import bundled_scenarios
from sim.scenario.scenario import Scenario
from sim.telling.names import Speaker, speaker

SHOWN = 7
"""Sliders that stand on the page before "more" is opened."""

FEWER = 4096
"""Draws of the analyses beside the run."""

_KEPT = (
    "draws", "seed", "versions", "settings", "concept", "refinement", "select",
    "stances", "struck", "doctrine", "equilibrium",
)  # fmt: skip
"""What a page shows of a run."""


def crisis_content(scenario: Scenario, result: Result, draws: int = DRAWS) -> dict[str, Any]:
    """Return what the page of a scenario and a run of it shows."""
    draws = rounded_draws(draws)
    own, said = told(scenario, draws, result.seed), speaker(scenario.naming)
    others = presets(scenario, own, draws, result.seed)
    columns = pooled([own, *others])
    stances = zip(scenario.stances.names, scenario.stances.targets, strict=True)
    return {
        "kind": "crisis",
        "strings": spoken(said),
        "stances": stances_of(scenario),
        "scenario": {
            "command": command_name(scenario),
            "reference": scenario.reference,
            "stances": [{"name": name, "hasTarget": target} for name, target in stances],
        },
        "count": draws,
        "columns": columns,
        "base": own,
        "presets": others,
        "drivers": strongest(own["lines"], result.drivers or run(scenario, DRAWS, result.seed).drivers),
        "claims": _claims(scenario, (own, *others)),
        "run": _run(result),
        "channels": _channels(scenario),
        "facts": _facts(plausibility(scenario, draws=FEWER, seed=result.seed)),
        "robustness": _robustness(scenario, result.seed, said),
        "fewer": FEWER,
        "version": __version__,
    }


def _run(result: Result) -> dict[str, Any]:
    """Return what a page shows of a run; of the readings of the worst case, the means."""
    kept = {key: value for key, value in result.to_dict().items() if key in _KEPT}
    means = {
        reading: {
            exposure: {
                stance: {outcome: found["mean"] for outcome, found in outcomes.items() if "mean" in found}
                for stance, outcomes in plays.items()
            }
            for exposure, plays in by.items()
        }
        for reading, by in result.readings.items()
    }
    return kept | {"settings": result.settings, "readings": means}


def strongest(lines: Mapping[str, Any], drivers: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the numbers that move a strike most, each on its own, strongest first, as a run ranks them.

    Where the run tells of fewer, such as where most are drawn together, the first that are uncertain fill up.
    """
    plays = [outcomes["strike"] for outcomes in drivers.values()]
    shares = {name: max(play[name] for play in plays) for name in plays[0]} if plays else {}
    by_line = {name: line for line, about in lines.items() for name in about["parameters"]}
    ranked = sorted(shares, key=lambda name: -shares[name])
    found = {by_line[name]: max(shares[name], 0.0) for name in ranked if name in by_line}
    for line, about in lines.items():
        if about["range"]:
            found.setdefault(line, 0.0)
    return [{"line": line, "share": share} for line, share in list(found.items())[:SHOWN]]


def command_name(scenario: Scenario) -> str:
    """Return what to write for a scenario on the command line."""
    known = bundled_scenarios()
    path = scenario.path
    if known.get(scenario.name) == path:
        return scenario.name
    return shlex.quote(f"{path.parent.name}/{path.name}" if path.name == SCENARIO_FILE else path.name)


def _claims(scenario: Scenario, told: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the claims that the scenario, or one that the page can switch to, rests on."""
    register = load_register() | scenario.claims
    cited = {name for each in told for line in each["lines"].values() if line for name in line["evidence"]}
    kept = ("claim", "source", "paragraph")
    return {name: {key: getattr(register[name], key) for key in kept} for name in sorted(cited & register.keys())}


def _channels(scenario: Scenario) -> dict[str, Any] | None:
    """Return what makes the difference between two stances in strikes and hits; None where there are no two."""
    if len(scenario.stances.struck) < 2:
        return None
    end, start = scenario.stances.struck[-2:]
    found = channels(scenario, FEWER, start=start, end=end)
    data = found.to_dict()
    steps = {}
    for outcome in ("strike", "casualties"):
        step = data["readings"][data["worst_case"]]["as_stated"][outcome]
        steps[outcome] = {key: step[key] for key in ("before", "after", "total", "channels", "se")}
    return {"from": found.start, "to": found.end, "levels": data["levels"], "steps": steps}


def _facts(found: Plausibility) -> list[dict[str, Any]]:
    """Return the facts that are shown beside a run, and what the model gives for each."""
    return [
        {
            "title": row.fact.title,
            "claim": row.fact.claim,
            "differs": row.fact.differs,
            "source": row.fact.source,
            "event": row.fact.event,
            "given": row.fact.given,
            "value": row.fact.value,
            "interval": row.fact.interval,
            "models": {play: {"mean": model.mean} for play, model in row.models.items() if model},
        }
        for row in found.rows
        if row.fact.shown and row.fact.value is not None
    ]


def _robustness(scenario: Scenario, seed: int, said: Speaker) -> dict[str, Any]:
    """Return in how many draws each stance is best for the sender, with and without what it is worth in itself."""
    found = robustness(scenario, FEWER, seed)
    kinds = ("france_payoff", "payoff_without_stance_value")
    regret = {kind: {name: each["best"] for name, each in found.regret[kind].items()} for kind in kinds}
    return {"best": regret, "finding": said(regret_finding(found))}
