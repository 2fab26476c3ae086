"""What does a scenario assume? One TOML file, and the files it extends, as one checked object."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from sim.beliefs.copula import Voice
from sim.crisis.parameters import BELIEF, STANCES, VOICE_DIMENSION, Parameter, Stances
from sim.scenario.changing import fixed, read_on_scale
from sim.scenario.correlation import pairs_of
from sim.scenario.entries import Entry
from sim.scenario.evidence import Claim, load_register
from sim.scenario.file.checking import misplaced
from sim.scenario.file.documents import Document, name_of, title_of
from sim.scenario.file.filling import as_stated, filled, lacking, stances_of
from sim.scenario.file.gathering import Stated, gathered, in_file_order
from sim.scenario.file.listed import choice_faults
from sim.scenario.library import chain
from sim.scenario.naming import canonical
from sim.scenario.voices import held, median, voices_of
from sim.telling.faults import ScenarioError
from sim.telling.names import speaker

__all__ = ["DEFAULT_DRAWS", "DEFAULT_SEED", "Scenario", "ScenarioError", "load_scenario"]

DEFAULT_DRAWS = 65_536
"""Number of draws of a scenario that states none."""

DEFAULT_SEED = 2024
"""Seed of a scenario that states none."""


@dataclass(frozen=True)
class Scenario:
    """A checked scenario: every parameter, and how to run it.

    Attributes
    ----------
    name : str
        Short name; the file's, without ``.toml`` and with - for what no name can hold, if it gives none.
    title, description : str
        The idea of the scenario in its own words; without a title, the name of the file.
    entries : dict of str to Entry
        All parameters that the game needs or a file states, in the order of the draws; Russia's belief is left out
        where it is the prior itself.
    draws, seed : int
        Monte Carlo draws, 16 to 2^30, and their seed, 0 to 2^63 - 1.
    worst_case : {"type", "outcome"}
        What a pessimist's worst case runs over.
    encounters_per_year : float
        For conversion to rates, above 0.
    path : Path
        The file.
    settings : dict of str to float
        Parameters that were set by hand (`override`), by name.
    correlation : tuple of (str, str, float)
        Pairs of parameters that are drawn together, with their rank correlation (Spearman's); none by default.
    readings : dict of str to str
        Words of probability that are read on another scale than the file's (`on_scale`), by parameter name.
    history : tuple of (int, str)
        How often Russia held in encounters like this one before the crisis, and the stance of those; none by default.
    names : tuple of str
        The stances in the file's order, which breaks ties.
    reference : str or None
        The stance whose deployment and pinpoint all take in figures of equal exposure.
    voices : tuple of Voice
        Slants behind many judgements at once; none by default.
    question : str
        A question for whoever runs it; empty by default.
    called : dict of str to str or dict
        What the scenario calls players, stances, types and rungs, as in its table ``[names]``; empty by default.
    claims : dict of str to Claim
        Claims of its own, by id; none by default.

    Examples
    --------
    >>> scenario = load_scenario("macron-2024")
    >>> scenario.worst_case, scenario.entries["prior.resolute"].distribution.describe()
    ('type', 'interval = [0.1, 0.6]')
    """

    name: str
    title: str
    description: str
    entries: dict[str, Entry]
    draws: int
    seed: int
    worst_case: Literal["type", "outcome"]
    encounters_per_year: float
    path: Path
    settings: dict[str, float] = field(default_factory=dict)
    correlation: tuple[tuple[str, str, float], ...] = ()
    readings: dict[str, str] = field(default_factory=dict)
    history: tuple[int, str] = (0, "ambiguous")
    names: tuple[str, ...] = STANCES
    reference: str | None = "commit"
    voices: tuple[Voice, ...] = ()
    question: str = ""
    called: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)

    @property
    def stances(self) -> Stances:
        """Which stances there are, and which have a target: all but those whose deployment is certainly 0."""
        return stances_of(self.names, self.entries)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """What the game needs, in the order of the draws."""
        own = self.stances.by_name.values()
        return tuple(each for each in own if each.name != BELIEF or BELIEF in self.entries)

    @property
    def dimensions(self) -> tuple[int, ...]:
        """The dimensions of the stream that the draws take: one a parameter, then one a voice."""
        own = tuple(each.dimension for each in self.parameters)
        return own + tuple(VOICE_DIMENSION + number for number in range(len(self.voices)))

    @property
    def naming(self) -> dict[str, Any]:
        """What the scenario calls things, and as "quoted" texts of its own that would read otherwise in those words."""
        own = [self.name, self.title, self.description, self.question]
        own += [each.assumption or "" for each in self.entries.values()]
        own += [text for claim in self.claims.values() for text in (claim.claim, claim.source)]
        said = speaker(table := self.called | ({"listed": list(self.names)} if self.names != STANCES else {}))
        quoted = [text for text in dict.fromkeys(own) if said(text) != text]
        return table | ({"quoted": quoted} if quoted else {})

    @property
    def cited(self) -> frozenset[str]:
        """Ids of all claims that a parameter rests on."""
        return frozenset(claim for entry in self.entries.values() for claim in entry.evidence)

    @property
    def sha256(self) -> str:
        """Fingerprint of all that is stated but draws and seed: the same for the file that is kept with a run."""
        stated = "title description worst_case encounters_per_year correlation names reference"
        content = {key: getattr(self, key) for key in stated.split()}
        content["history"] = self.history if self.history[0] else None
        content["entries"] = as_stated(self.entries)
        added = {"called": self.called, "claims": {name: vars(claim) for name, claim in self.claims.items()}}
        content |= {key: value for key, value in added.items() if value}
        content["voices"] = [[voice.name, sorted(voice.loadings), voice.at] for voice in self.voices]
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    def medians(self) -> dict[str, float]:
        """Return the central value of every parameter that the game needs, in the order of the draws."""
        names = (parameter.name for parameter in self.parameters)
        return {name: median(self.entries[name].distribution, name, self.voices) for name in names}

    def override(self, values: Mapping[str, float]) -> Scenario:
        """Return the same scenario with some parameters fixed.

        Parameters
        ----------
        values : mapping of str to float
            New values by parameter name; ``france.war_cost`` is that of both types.

        Returns
        -------
        Scenario
            With certain entries for those parameters; a deployment of 0 leaves a stance without a target.

        Raises
        ------
        ScenarioError
            If a name is unknown, a value out of bounds, or a stance that gets a target lacks what that needs.

        Examples
        --------
        >>> load_scenario("macron-2024").override({"prior.resolute": 0.5}).medians()["prior.resolute"]
        0.5
        """
        given = {canonical(name, self.called): value for name, value in values.items()}
        entries, moved = fixed(self.entries, self.names, given)
        readings = {name: reading for name, reading in self.readings.items() if name not in moved}
        settings = self.settings | {name: float(value) for name, value in given.items()}
        return replace(self, entries=entries, settings=settings, readings=readings)

    def with_voices(self, values: Mapping[str, float]) -> Scenario:
        """Return the same scenario with the factors of some of its voices held.

        Parameters
        ----------
        values : mapping of str to float
            By voice: where its factor is held in all draws, in standard deviations.

        Returns
        -------
        Scenario
            With `Voice.at` set.

        Raises
        ------
        ScenarioError
            If a voice is unknown, or held farther out than five standard deviations.

        Examples
        --------
        >>> load_scenario("macron-2024").with_voices({}).voices
        ()
        """
        return replace(self, voices=held(self.voices, values))

    def on_scale(self, scale: str) -> Scenario:
        """Return the same scenario with every `likelihood` read on one scale of words.

        Parameters
        ----------
        scale : str
            ``"icd203"``, ``"phia"``, ``"kent"``, ``"ipcc"`` or ``"readers"``.

        Returns
        -------
        Scenario
            The same one if it has no word that this changes; else `readings` says what was read as what. Read once
            more on a third scale, it starts from the words as they were read last.

        Raises
        ------
        ScenarioError
            If there is no such scale, or a word has no counterpart on it; it lists all that have none.

        Examples
        --------
        >>> load_scenario("macron-2024").on_scale("phia").readings  # that file states no number in words
        {}
        """
        entries, readings = read_on_scale(self.entries, scale)
        return replace(self, entries=entries, readings=self.readings | readings)


def load_scenario(source: str | Path, *, register: Mapping[str, Claim] | None = None) -> Scenario:
    """Read and check a scenario file.

    Parameters
    ----------
    source : str or Path
        A file, or the name of a bundled scenario.
    register : mapping of str to Claim, optional
        Claims that the scenario may cite; the bundled register if left out.

    Returns
    -------
    Scenario
        With the files it extends merged in and every default filled in.

    Raises
    ------
    ScenarioError
        If anything is wrong, in this file or in one it extends; it lists everything that is.

    Examples
    --------
    >>> load_scenario("macron-2024").seed
    2024
    """
    claims = load_register() if register is None else register
    documents, faults = chain(source)
    missing_matters = not faults
    stated = gathered(documents, claims)
    missing_matters = missing_matters and not any(fault.hint == misplaced("extends") for fault in stated.faults)
    faults = stated.faults + faults
    entries = filled(stated.names, stated.entries)
    stances = stances_of(stated.names, entries)
    faults += choice_faults(documents, stances.struck)
    if missing_matters and (what := lacking(stances, entries)):
        faults.append(documents[0].fault((), *what))
    if faults:
        raise ScenarioError(in_file_order(faults, documents))
    return _assembled(documents[0], stated, entries, stances.struck)


def _assembled(
    document: Document, stated: Stated, entries: Mapping[str, Entry | None], struck: Sequence[str]
) -> Scenario:
    """Build the scenario of a file whose faults, if any, are known to be none."""
    by_default = next((name for name in ("commit", *reversed(struck)) if name in struck), None)
    keys: dict[str, Any] = {"name": name_of(document.path), "title": title_of(document.path), "description": ""}
    keys |= {"draws": DEFAULT_DRAWS, "seed": DEFAULT_SEED, "worst_case": "type", "encounters_per_year": 1.0}
    keys |= {"reference": by_default, "history": {"held": 0, "stance": "ambiguous"}} | stated.keys
    return Scenario(
        **{key: value for key, value in keys.items() if key not in ("extends", "stances", "history")},
        history=tuple(keys["history"].values()),
        entries={name: entry for name, entry in entries.items() if entry is not None},
        path=document.path,
        correlation=pairs_of(stated.pairs),
        names=stated.names,
        voices=voices_of(stated.voices),
        called=stated.called,
        claims=stated.claims,
    )
