"""What has happened, and what do others expect? The register of base rates and forecasts beside which a run is set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sim.crisis.ladder import OUTCOMES
from sim.crisis.parameters import PARAMETER_BY_NAME
from sim.scenario.file.checking import Number, Text, faults_of
from sim.scenario.file.documents import Document, read_document
from sim.scenario.file.positions import KeyPath
from sim.scenario.library import bundled
from sim.telling.faults import Fault, ScenarioError, suggestion

RUNGS = OUTCOMES[:5]  # what a fact can stand beside: the rungs of the ladder, lowest first

Kind = Literal["count", "forecast", "opinion", "case", "estimate"]
"""So many of so many; a probability that somebody gave; a poll; a thing that happened; a range from experiments."""

Grade = Literal["computed", "read", "second-hand"]
"""By us from the data; in a copy of the source; quoted by somebody else."""


@dataclass(frozen=True)
class BaseRate:
    """A fact beside which a run or a number of a scenario stands; the head of the register explains the fields."""

    id: str
    title: str
    claim: str
    kind: Kind
    source: str
    grade: Grade
    differs: str
    count: int | None = None
    of: int | None = None
    value: float | None = None
    interval: tuple[float, float] | None = None
    event: str | None = None
    given: str | None = None
    years: float | None = None
    parameters: tuple[str, ...] = ()
    background_of: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    shown: bool = False

    @property
    def bounds(self) -> tuple[float, float]:
        """Ends of the interval; the value twice if it has none."""
        return self.interval or (float(self.value or 0), float(self.value or 0))


Share = Annotated[Number, Field(ge=0, le=1)]


class _Table(BaseModel):
    """A table of the register, with no keys but its own."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _FactTable(_Table):
    """A [[fact]] of the register as it is written."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    title: Annotated[Text, Field(max_length=48)]
    claim: Text
    kind: Kind
    source: Text
    grade: Grade
    differs: Text
    count: Annotated[int, Field(ge=0)] | None = None
    of: Annotated[int, Field(ge=1)] | None = None
    value: Share | None = None
    interval: Annotated[list[Share], Field(min_length=2, max_length=2)] | None = None
    event: Literal["strike", "casualties", "retaliation", "war", "nuclear"] | None = None
    given: Literal["strike", "casualties", "retaliation", "war"] | None = None
    years: Annotated[Number, Field(gt=0)] | None = None
    parameters: list[Text] = []
    background_of: list[Text] = []
    links: list[Text] = []
    shown: bool = False


class _HeadTable(_Table):
    """The [about] as it is written."""

    title: Text
    limits: Text


class _RegisterFile(_Table):
    """The file as it is written."""

    about: _HeadTable
    fact: Annotated[list[_FactTable], Field(min_length=1)]


def load_base_rates(path: Path | None = None) -> tuple[BaseRate, ...]:
    """Return the facts of a register in the order of the file."""
    document = read_document(bundled("seeds") / "base-rates.toml" if path is None else Path(path))
    faults: list[Fault] = []
    try:
        _RegisterFile.model_validate(document.tree)
    except ValidationError as error:
        faults += faults_of(error, document, (), _KEYS)
    facts, ids = dict(_valid(document)), set[str]()
    for number, fact in facts.items():
        if fact.id in ids:
            faults.append(
                document.fault(("fact", number, "id"), f"two facts have the id {fact.id!r}", "ids must differ")
            )
        ids.add(fact.id)
        for key, message, hint in (*_value_faults(fact), *_place_faults(fact), *_reference_faults(fact)):
            faults.append(document.fault(("fact", number, *key), f"fact[{number}].{message}", hint))
    if faults:
        raise ScenarioError(faults)
    return tuple(_fact(each) for each in facts.values())


def _fact(table: _FactTable) -> BaseRate:
    """Return a checked fact."""
    given: dict[str, Any] = table.model_dump()
    given |= {name: tuple(each) for name, each in given.items() if isinstance(each, list)}
    if table.count is not None and table.of is not None:
        given["value"] = table.count / table.of
    return BaseRate(**given)


_KEYS = [*_FactTable.model_fields, *_HeadTable.model_fields, *_RegisterFile.model_fields]

_NEEDED = {
    "count": ("count", "of", "interval"),
    "estimate": ("interval",),
    "forecast": ("value",),
    "opinion": ("value",),
}
"""Figures that a kind of fact must have."""

_Finding = tuple[KeyPath, str, str]


def _valid(document: Document) -> Iterator[tuple[int, _FactTable]]:
    """Yield the facts that are well formed, by their place, so that the rest does not hide what is wrong with them."""
    listed = document.tree.get("fact")
    for number, each in enumerate(listed if isinstance(listed, list) else []):
        try:
            yield number, _FactTable.model_validate(each)
        except ValidationError:
            continue  # its faults are listed already


def _value_faults(fact: _FactTable) -> Iterator[_Finding]:
    """Check that each kind has the figures it needs, and that they fit together."""
    needed = _NEEDED.get(fact.kind, ())
    barred = {name for name in ("count", "of", "value") if name not in needed}
    barred |= {"interval"} if fact.kind == "case" else set()
    for name in needed:
        if getattr(fact, name) is None:
            yield (), f"{name} must be given", f"a fact of kind {fact.kind!r} has {' and '.join(needed)}"
    for name in sorted(barred):
        if getattr(fact, name) is not None:
            yield (name,), f"{name} must be left out", f"a fact of kind {fact.kind!r} has none"
    value = fact.value
    if fact.count is not None and fact.of is not None:
        value = fact.count / fact.of
        if value > 1:
            yield ("count",), f"count must be at most {fact.of}; it is {fact.count}", "of says of how many"
    if fact.interval and not fact.interval[0] <= (fact.interval[0] if value is None else value) <= fact.interval[1]:
        yield ("interval",), f"interval must hold {value:g}; it is {fact.interval}", "low before high, as probabilities"


def _place_faults(fact: _FactTable) -> Iterator[_Finding]:
    """Check that a fact stands beside something of the model, and that this exists."""
    if fact.kind in ("count", "forecast") and fact.event is None:
        yield (), "event must be given", f"one of {', '.join(RUNGS)}"
    if fact.kind not in ("count", "forecast"):
        if fact.event is not None:
            yield ("event",), "event must be left out", f"a fact of kind {fact.kind!r} bears on parameters"
        if not fact.parameters:
            yield (), "parameters must be given", "the numbers of the model that it bears on"
    if fact.given and fact.event and RUNGS.index(fact.given) >= RUNGS.index(fact.event):
        yield ("given",), f"given must be a rung below {fact.event}; it is {fact.given}", ", ".join(RUNGS)
    if fact.given and fact.years is not None:
        yield ("years",), "years must be left out where there is a given", "a share of encounters has no duration"


def _reference_faults(fact: _FactTable) -> Iterator[_Finding]:
    """Check that parameters are known and that links are addresses."""
    for key in ("parameters", "background_of"):
        for item, name in enumerate(getattr(fact, key)):
            if name not in PARAMETER_BY_NAME:
                hint = suggestion(name, list(PARAMETER_BY_NAME), otherwise="sim.crisis.parameters lists them")
                yield (key, item), f"{key}[{item}] must be a parameter; it is {name!r}", hint
    for item, link in enumerate(fact.links):
        if not link.startswith("https://"):
            yield ("links", item), f"links[{item}] must begin with https://; it is {link!r}", ""
