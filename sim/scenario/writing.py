"""How is a scenario told again? As one file that repeats the run, and in a line to whoever checks it."""

from __future__ import annotations

from sim.crisis.parameters import STANCES
from sim.scenario.claims import claims_toml
from sim.scenario.correlation import CORRELATION, as_toml
from sim.scenario.file.key_paths import ONE_LINE
from sim.scenario.file.written import toml_lines
from sim.scenario.naming import names_toml
from sim.scenario.scenario import Scenario
from sim.scenario.voices import voice_toml


def scenario_toml(scenario: Scenario, *, draws: int, seed: int) -> str:
    """Return a scenario file that runs what was run.

    >>> import tomllib
    >>> from sim.scenario.scenario import load_scenario
    >>> text = scenario_toml(load_scenario("macron-2024").override({"prior.resolute": 0.5}), draws=64, seed=0)
    >>> tomllib.loads(text)["prior"]["resolute"]["value"]
    0.5
    """
    head = {
        "name": scenario.name,
        "title": scenario.title,
        "description": scenario.description,
        "question": scenario.question,
        "draws": draws,
        "seed": seed,
        "stances": list(scenario.names) if scenario.names != STANCES else "",
        "reference": scenario.reference or "",
        "worst_case": scenario.worst_case,
        "encounters_per_year": scenario.encounters_per_year,
    }
    lines = ["# The scenario as it was run: what it extends and what was set by hand, in one file.", *toml_lines(head)]
    held, stance = scenario.history
    lines += [f'history = {{ held = {held}, stance = "{stance}" }}'] if held else []
    lines += names_toml(scenario.called) + claims_toml(scenario.claims)
    both = {first: name for name, (first, second) in ONE_LINE.items() if scenario.entries[second].shares == first}
    for name, entry in scenario.entries.items():
        if entry.shares is None:
            stated = both.get(name, name)
            lines += ["", f"[{stated}]", *toml_lines(dict(entry.distribution.given)), *toml_lines(entry.footing)]
    if scenario.correlation:
        lines += ["", f"[{CORRELATION}]", *as_toml(scenario.correlation)]
    lines += voice_toml(scenario.voices)
    return "\n".join(lines) + "\n"


def all_is_fine(scenario: Scenario) -> str:
    """Return what a checked scenario contains, in a line.

    >>> from sim.scenario.scenario import load_scenario
    >>> all_is_fine(load_scenario("macron-2024"))[-25:]
    '; 65,536 draws, seed 2024'
    """
    entries = scenario.entries.values()
    uncertain = sum(not entry.distribution.certain for entry in entries)
    cited = sum(bool(entry.evidence) for entry in entries)
    assumed = sum(entry.assumption is not None for entry in entries)
    count = len(scenario.correlation)
    pairs = f"{count} pair{'s' * (count != 1)} correlated, " if count else ""
    return (
        f"fine: {len(entries)} parameters, {uncertain} uncertain, {pairs}{cited} rest on evidence, "
        f"{assumed} on assumptions; {scenario.draws:,} draws, seed {scenario.seed}"
    )


def pair_warnings(scenario: Scenario) -> list[str]:
    """Return a warning for each correlated pair that changes nothing, since one of the two is certain.

    It is no fault: a file that fixes a parameter may extend one that correlates it.
    """
    fixed = {name for name, entry in scenario.entries.items() if entry.distribution.certain}
    pairs = [(one, other, [name for name in (one, other) if name in fixed]) for one, other, _ in scenario.correlation]
    return [
        f"the correlation {one} ~ {other} changes nothing: {' and '.join(names)} {'are' if names[1:] else 'is'} certain"
        for one, other, names in pairs
        if names
    ]
