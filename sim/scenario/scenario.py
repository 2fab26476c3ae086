"""What does a scenario assume? One TOML file, and the files it extends, as one checked object."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from sim.beliefs.forms import FormError
from sim.crisis.parameters import PARAMETER_BY_NAME, PARAMETERS
from sim.scenario.checking import faults_of
from sim.scenario.correlation import CORRELATION, StatedPairs, contradiction_faults, pairs_of, read_pairs
from sim.scenario.documents import Document, name_of, title_of
from sim.scenario.entries import GROUPS, Entry, HistoryTable, ScenarioKeys, certain, read_entries
from sim.scenario.evidence import Claim, load_register
from sim.scenario.library import chain
from sim.scenario.rescaling import read_on_scale
from sim.telling.faults import Fault, ScenarioError, suggestion

__all__ = ["DEFAULT_DRAWS", "DEFAULT_SEED", "Scenario", "ScenarioError", "load_scenario"]

DEFAULT_DRAWS = 65_536
"""Number of draws of a scenario that states none."""

DEFAULT_SEED = 2024
"""Seed of a scenario that states none."""

_OWN = ("name", "title", "description")
"""Keys that a child does not take over from the file it extends."""


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
        All parameters in the order of `PARAMETERS`, defaults filled in.
    draws : int
        Monte Carlo draws, 16 to 2^30.
    seed : int
        Seed of the draws, 0 to 2^63 - 1.
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

    Examples
    --------
    >>> scenario = load_scenario("macron-2024")
    >>> len(scenario.entries), scenario.worst_case
    (35, 'type')
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

    @property
    def cited(self) -> frozenset[str]:
        """Ids of all claims that a parameter rests on."""
        return frozenset(claim for entry in self.entries.values() for claim in entry.evidence)

    @property
    def sha256(self) -> str:
        """Fingerprint of all that is stated but draws and seed: the same for the file that is kept with a run."""
        left_out = ("name", "path", "settings", "readings", "entries", "draws", "seed", "history")
        content = {key: value for key, value in vars(self).items() if key not in left_out}
        content["history"] = self.history if self.history[0] else None
        content["entries"] = {
            name: [dict(entry.distribution.given), entry.footing] for name, entry in self.entries.items()
        }
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    def medians(self) -> dict[str, float]:
        """Return the central value of every parameter, in the order of `PARAMETERS`."""
        return {name: entry.distribution.median for name, entry in self.entries.items()}

    def override(self, values: Mapping[str, float]) -> Scenario:
        """Return the same scenario with some parameters fixed.

        Parameters
        ----------
        values : mapping of str to float
            New values by parameter name.

        Returns
        -------
        Scenario
            With certain entries for those parameters.

        Raises
        ------
        ScenarioError
            If a name is unknown or a value out of bounds; it lists all that are.

        Examples
        --------
        >>> load_scenario("macron-2024").override({"prior.resolute": 0.5}).medians()["prior.resolute"]
        0.5
        """
        entries, faults = dict(self.entries), []
        for name, value in values.items():
            setting = f"{name}={value}"
            if name not in PARAMETER_BY_NAME:
                hint = suggestion(name, list(PARAMETER_BY_NAME), otherwise="docs/model.md lists them")
                faults.append(Fault(setting, f"no parameter is named {name!r}", hint))
                continue
            try:
                entries[name] = certain(PARAMETER_BY_NAME[name], float(value), "set by hand")
            except FormError as error:
                faults.append(Fault(setting, error.message, error.hint))
        if faults:
            raise ScenarioError(faults)
        readings = {name: reading for name, reading in self.readings.items() if name not in values}
        settings = self.settings | {name: float(value) for name, value in values.items()}
        return replace(self, entries=entries, settings=settings, readings=readings)

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
        >>> central = load_scenario("macron-2024")
        >>> for each in (central, central.on_scale("phia")):
        ...     print(round(each.medians()["signal.commit.ally_backing"], 2))
        0.32
        0.3
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
    keys: dict[str, Any] = {}
    entries: dict[str, Entry | None] = {}
    pairs: StatedPairs = {}
    for document in reversed(documents):
        inherited = {key: value for key, value in keys.items() if key not in _OWN}
        own_keys, own_entries, own_faults = _contents(document, claims)
        own_pairs, pair_faults = read_pairs(document)
        keys, entries, pairs = inherited | own_keys, entries | own_entries, pairs | own_pairs
        faults = own_faults + pair_faults + faults
    faults += contradiction_faults(pairs, documents)
    if missing_matters:
        faults += _missing(documents[0], entries)
    if faults:
        files = [str(document.path) for document in documents]
        raise ScenarioError(sorted(faults, key=lambda fault: _order(fault, files)))
    return replace(_assembled(documents[0], keys, entries), correlation=pairs_of(pairs))


def _contents(
    document: Document, claims: Collection[str]
) -> tuple[dict[str, object], dict[str, Entry | None], list[Fault]]:
    """Return the keys and parameters that one file states, and its faults."""
    top = {key: value for key, value in document.tree.items() if (key,) not in GROUPS and key != CORRELATION}
    entries, faults = read_entries(document, claims)
    try:
        keys = ScenarioKeys.model_validate(top).model_dump(exclude_none=True)
    except ValidationError as error:
        tables = sorted([CORRELATION, *(str(each[0]) for each in GROUPS if len(each) == 1)])
        known = [*ScenarioKeys.model_fields, *tables]
        return {}, entries, faults + faults_of(error, document, (), known, {"history": [*HistoryTable.model_fields]})
    return keys, entries, faults


def _missing(document: Document, entries: Mapping[str, object]) -> list[Fault]:
    """Return one fault that names every parameter without a value."""
    names = [each.name for each in PARAMETERS if each.default is None and each.name not in entries]
    if not names:
        return []
    count = "a parameter is missing" if len(names) == 1 else f"{len(names)} parameters are missing"
    hint = 'extends = "name of a bundled scenario" takes what is not stated from there'
    return [document.fault((), f"{count}: {', '.join(names)}", hint)]


def _assembled(document: Document, keys: Mapping[str, Any], entries: Mapping[str, Entry | None]) -> Scenario:
    """Build the scenario of a file whose faults, if any, are known to be none."""
    filled = {}
    for parameter in PARAMETERS:
        stated = entries.get(parameter.name)
        filled[parameter.name] = stated or certain(parameter, parameter.default or 0.0, "default")
    return Scenario(
        name=keys.get("name", name_of(document.path)),
        title=keys.get("title", title_of(document.path)),
        description=keys.get("description", ""),
        entries=filled,
        draws=keys.get("draws", DEFAULT_DRAWS),
        seed=keys.get("seed", DEFAULT_SEED),
        worst_case=keys.get("worst_case", "type"),
        encounters_per_year=keys.get("encounters_per_year", 1.0),
        path=document.path,
        history=tuple(keys.get("history", {"held": 0, "stance": "ambiguous"}).values()),
    )


def _order(fault: Fault, files: Sequence[str]) -> tuple[int, float, int]:
    """Sort by file, the child first, then by place; faults of a whole file come after those in it."""
    file = files.index(fault.path) if fault.path in files else len(files)
    return file, fault.line or math.inf, fault.column
