"""Which readings of a scenario are there? Each changes one thing, and has the command that shows it in full."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from sim.crisis.play import LAST_MOVES, Play
from sim.crisis.terms import READINGS
from sim.scenario.library import bundled_scenarios
from sim.scenario.scenario import Scenario, load_scenario

Kept = Literal["all", "stands", "folds"]
"""Which draws count: all, or those in which a resolute France stands after a hit, or folds."""

CENTRAL = "macron-2024"  # the scenario whose voices are known
PRICE = "russia.attack_cost"  # what hitting soldiers of an ally costs Russia, whatever France does

_SLANTED = "author-slant"

VOICES = {
    "columnist": "the author at his word",
    "heisbourg": "Heisbourg at his word",
    "misperceived": "Russia believes half the truth",
    "allies-back": "allies side with France",
    "allies-veto": "allies leave France alone",
}
"""Bundled scenarios that are readings of the central one, and what they are called."""

_SHORT = {"type": "resolute France", "outcome": "war"}  # what Russia's worst case is, in a line of a table

_LEANS = {-1.0: "against the French plan", 1.0: "for the French plan"}


@dataclass(frozen=True)
class Look:
    """One reading: the scenario as read, which draws count, and how it is played."""

    key: str
    said: str
    command: str
    scenario: Scenario
    exposed: bool = False
    kept: Kept = "all"
    play: Play | None = None


def looks(scenario: Scenario) -> list[Look]:
    """Return all readings of a scenario, the central one first."""
    shown = _command(scenario)
    return [
        Look("central", "central", shown, scenario),
        Look("stands", "a resolute France stands", shown, scenario, kept="stands"),
        Look("folds", "a resolute France folds", shown, scenario, kept="folds"),
        *_free_hit(scenario),
        *_worst_cases(scenario),
        *_equal_doubt(scenario),
        *_voices(scenario),
        *_slants(scenario),
        *_last_moves(scenario),
    ]


def _command(scenario: Scenario, *more: str, name: str = "") -> str:
    """Return the command line that runs a scenario, or another bundled one with the same numbers set by hand."""
    bundled = bundled_scenarios().get(scenario.name) == scenario.path
    own = name or ("" if scenario.name == CENTRAL and bundled else scenario.name if bundled else str(scenario.path))
    settings = [f"--set={key}={value:g}" for key, value in scenario.settings.items()]
    return shlex.join(["sim", "run", *([own] if own else []), *settings, *more])


def _free_hit(scenario: Scenario) -> Iterator[Look]:
    """Yield what is left without a price for hitting soldiers of an ally, if there is one."""
    price = scenario.entries[PRICE].distribution
    if not (price.certain and price.median == 0):
        free = scenario.override({PRICE: 0.0})
        yield Look("free-hit", "a hit on an ally's soldiers is free", _command(free), free)


def _worst_cases(scenario: Scenario) -> Iterator[Look]:
    """Yield the other reading of the worst case, and equal exposure in both."""
    shown, read = _command(scenario), {each: replace(scenario, worst_case=each) for each in READINGS}
    for reading in READINGS:
        if reading != scenario.worst_case:
            yield Look(reading, f"worst case: {_SHORT[reading]}", shown, read[reading])
    if len(scenario.stances.struck) > 1:
        for reading in READINGS:
            said = "equally exposed" + f", worst case: {_SHORT[reading]}" * (reading != scenario.worst_case)
            yield Look(f"exposed-{reading}", said, shown, read[reading], exposed=True)


def _equal_doubt(scenario: Scenario) -> Iterator[Look]:
    """Yield what is left if Russia trusts its estimate equally after all stances: as after the one of reference."""
    doubts = {stance: scenario.entries[f"signal.{stance}.ambiguity"].distribution for stance in scenario.stances.struck}
    if len(doubts) > 1 and scenario.reference and any(each != doubts[scenario.reference] for each in doubts.values()):
        middle = float(f"{doubts[scenario.reference].median:.2g}")
        others = [stance for stance in doubts if stance != scenario.reference]
        alike = scenario.override({f"signal.{stance}.ambiguity": middle for stance in others})
        yield Look("equal-doubt", "equally distrusted", _command(alike), alike)


def _voices(scenario: Scenario) -> Iterator[Look]:
    """Yield the quoted voices, of the central scenario alone; one that speaks of a number set by hand is not heard."""
    if not _is_central(scenario):
        return
    central = load_scenario(CENTRAL)
    for name, said in VOICES.items():
        other = load_scenario(name)
        spoken = {key for key, entry in other.entries.items() if entry != central.entries.get(key)}
        spoken |= {key for first, second, _ in other.correlation for key in (first, second)}
        if not spoken & scenario.settings.keys():
            yield Look(name, said, _command(scenario, name=name), other.override(scenario.settings))


def _slants(scenario: Scenario) -> Iterator[Look]:
    """Yield one slant of each voice, either way: the scenario's own voices, or the author's of the central one."""
    slanted, name = scenario, ""
    if _is_central(scenario):
        slanted, name = load_scenario(_SLANTED).override(scenario.settings), _SLANTED
    for voice in slanted.voices:
        for at, leans in _LEANS.items():
            shown = _command(scenario, f"--voice={voice.name}={at:+g}", name=name)
            held = slanted.with_voices({voice.name: at})
            yield Look(f"{voice.name}{at:+g}", f"{voice.name} leans {leans}", shown, held)


def _last_moves(scenario: Scenario) -> Iterator[Look]:
    """Yield quantal play, with a France that folds or stands exactly and with one that errs there too."""
    for move in LAST_MOVES:
        play = Play("quantal", last_move=move)
        also = ", France once hit too" if move == "logit" else ""
        shown = _command(scenario, "--concept=quantal", f"--last-move={move}")
        yield Look(f"quantal-{move}", f"both sides err{also}", shown, scenario, play=play)


def _is_central(scenario: Scenario) -> bool:
    """Whether a scenario is the central one but for what was set by hand."""
    return scenario.sha256 == load_scenario(CENTRAL).override(scenario.settings).sha256
