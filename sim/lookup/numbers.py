"""What is each number of a scenario? What it means, its unit, what it may be, what the scenario believes, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sim.beliefs.distributions import Distribution, Stated
from sim.beliefs.forms import NUMBERS
from sim.crisis.parameters import Parameter, label
from sim.lookup.unchecked import GAME, GAME_HINT, spelt
from sim.scenario.entries import Entry
from sim.scenario.evidence import Claim, load_register
from sim.scenario.file.key_paths import ONE_LINE
from sim.scenario.game_file import GameFile, load
from sim.scenario.naming import canonical
from sim.scenario.scenario import Scenario
from sim.telling.faults import Fault, ScenarioError, near_words
from sim.telling.names import Speaker, quoting, speaker, stance_label

_ALLOWED = {
    "probability": "a probability, from 0 to 1",
    "weight": "a weight, from 0 to 1",
    "cost": "0 or more",
    "value": "any sign",
}
_UNITS = {
    "france": "1 is what folding after a hit costs France’s standing",
    "russia": "1 is what humiliating France is worth to Russia",
}


@dataclass(frozen=True)
class Number:
    """One number of a scenario."""

    parameter: Parameter
    entry: Entry
    label: str

    @property
    def name(self) -> str:
        """Its name in files."""
        return self.parameter.name

    @property
    def allowed(self) -> str:
        """Its unit, and what it may be."""
        kind = self.parameter.kind
        if kind in ("probability", "weight"):
            return _ALLOWED[kind]
        player = (
            "russia" if self.name.startswith("russia.") else "france"
        )  # stances are worth something to France alone
        return f"{_ALLOWED[kind]}; {_UNITS[player]}"

    @property
    def footing(self) -> str:
        """What it rests on, in a word or two."""
        if count := len(self.entry.evidence):
            return f"{count} claim{'s' * (count > 1)}"
        return "assumption" if self.entry.assumption else "default" if self.entry.rationale == "default" else "as given"


@dataclass(frozen=True)
class Numbers:
    """The numbers of a scenario, and the claims that they may rest on."""

    scenario: Scenario
    claims: Mapping[str, Claim]

    @cached_property
    def every(self) -> tuple[Number, ...]:
        """All numbers, in the order of the draws."""
        called = {each: stance_label(self.scenario.called, each) for each in self.scenario.names}
        entries = self.scenario.entries
        return tuple(Number(each, entries[each.name], label(each.name, called)) for each in self.scenario.parameters)

    @cached_property
    def said(self) -> Speaker:
        """What turns our texts into the scenario's words; what it or a source says itself stays."""
        own = [text for each in self.every for text in (each.entry.assumption, each.entry.rationale) if text]
        own += [text for each in self.claims.values() for text in (each.claim, each.source, each.note) if text]
        return speaker(quoting(self.scenario.naming, [" ".join(text.split()) for text in own]))

    def spelt(self, number: Number) -> str:
        """Return a number's name as the scenario's own files spell it."""
        return spelt(number.name, self.scenario.called)

    def resting_on(self, claim: str) -> list[Number]:
        """Return the numbers that cite a claim."""
        return [each for each in self.every if claim in each.entry.evidence]


def numbers_of(source: str) -> Numbers:
    """Return the numbers of a scenario."""
    scenario = load(source)
    if isinstance(scenario, GameFile):
        raise ScenarioError([Fault(source, GAME, GAME_HINT)])
    return Numbers(scenario, {**load_register(), **scenario.claims})


def matching(numbers: Numbers, word: str) -> tuple[list[Number], str]:
    """Return the numbers that a word names, and what it was taken for if it is only near.

    A word is a number's name or the last part of it, the name of a table or of a stance; or close to one of these.
    """
    asked = canonical(word.strip(), numbers.scenario.called)
    if found := _named(numbers.every, asked):
        return found, ""
    known = list(dict.fromkeys(name for each in numbers.every for name in _names(each.name)))
    close = near_words(asked, known, 1, likeness=0.75)
    return (_named(numbers.every, close[0]), close[0]) if close else ([], "")


def speaking_of(numbers: Numbers, word: str) -> list[Number]:
    """Return the numbers that have a word, or its plural, in their name or in what is said of them.

    >>> [each.name for each in speaking_of(numbers_of("macron-2024"), "Ally") if each.name.startswith("russia")]
    ['russia.division_gain', 'russia.attack_cost']
    """
    asked = word.strip().casefold()
    one = re.sub("ies$", "y", asked).removesuffix("s")
    forms = "|".join(map(re.escape, {asked, one, f"{one}s", re.sub("y$", "ies", one)}))
    whole = re.compile(rf"\b(?:{forms})\b")
    told = (
        (each, f"{re.sub('[._]', ' ', each.name)}; {each.label}; {each.parameter.meaning}") for each in numbers.every
    )
    return [each for each, said in told if asked and whole.search(numbers.said(said).casefold())]


def belief(distribution: Distribution) -> str:
    """Return what is believed about a number, briefly.

    >>> from sim.scenario.scenario import load_scenario
    >>> entries = load_scenario("macron-2024").entries
    >>> [belief(entries[name].distribution) for name in ("prior.resolute", "signal.commit.deployment")]
    ['0.1 to 0.6', '1']
    """
    given = dict(distribution.given)
    numbers = given[distribution.form]
    if distribution.form == "likelihood":
        return f"“{numbers}”"
    if not isinstance(numbers, tuple):
        return _brief(numbers)
    if NUMBERS[distribution.form][0] != "low":  # a family's own, and no places
        return f"{distribution.form} {' and '.join(map(_brief, numbers))}"
    likeliest = f", likeliest {_brief(numbers[1])}" if len(numbers) == 3 else ""
    return f"{_brief(numbers[0])} to {_brief(numbers[-1])}{likeliest}"


def in_full(distribution: Distribution) -> str:
    """Return what is believed about a number in a sentence without its full stop."""
    if distribution.certain:
        return f"certainly {belief(distribution)}"
    given = dict(distribution.given)
    if distribution.form == "interval":
        outside = (1 - float(str(given.get("mass", 0.9)))) / 2
        meant = f"with {100 * outside:.3g} % of the belief below and as much above"
    else:
        meant = f"stated as {distribution.describe()}"
    return f"{belief(distribution)}, {meant}; its middle is {distribution.median:.3g}"


def as_data(number: Number) -> dict[str, Any]:
    """Return a number as JSON can hold it; no limit is null."""
    parameter, entry = number.parameter, number.entry
    ends = {
        key: None if abs(end) == float("inf") else end
        for key, end in (("low", parameter.low), ("high", parameter.high))
    }
    return {
        "name": number.name,
        "label": number.label,
        "meaning": parameter.meaning,
        "symbol": parameter.symbol,
        "kind": parameter.kind,
        **ends,
        "stated": {key: list(each) if isinstance(each, tuple) else each for key, each in entry.distribution.given},
        "median": entry.distribution.median,
        "evidence": list(entry.evidence),
        "assumption": entry.assumption,
        "rationale": entry.rationale,
    }


def _names(name: str) -> Iterator[str]:
    """Yield the words that name a number: itself, tables that hold it, its last part, its stance."""
    parts = name.split(".")
    for start in range(len(parts)):
        for end in range(start + 1, len(parts) + 1):
            yield ".".join(parts[start:end])


def _named(every: Sequence[Number], word: str) -> list[Number]:
    """Return the numbers of a name; the exact one goes first."""
    exact = [each for each in every if each.name == word or each.name in ONE_LINE.get(word, ())]
    return exact or [each for each in every if word.casefold() in _names(each.name)]


def _brief(value: Stated) -> str:
    """Return a number without needless digits, with a true minus."""
    return f"{value:g}".replace("-", "−") if isinstance(value, float | int) else str(value)
