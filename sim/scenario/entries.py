"""What does a scenario file say about each parameter? Its distribution, and what that rests on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from sim.beliefs.distributions import Distribution, Stated
from sim.beliefs.forms import FORMS, FORMS_OF_KIND, NUMBERS, FormError, distribution
from sim.crisis.parameters import Parameter
from sim.scenario.correlation import CORRELATION
from sim.scenario.file.checking import Number, Text, dotted, misplaced, not_a_table, tables_of, validated
from sim.scenario.file.documents import NAME, Document
from sim.scenario.file.key_paths import KeyPaths
from sim.scenario.file.positions import KeyPath
from sim.scenario.voices import VOICE
from sim.telling.faults import MOST_FAULTS, Fault, suggestion

_BELONGS = {"mass": "interval", "scale": "likelihood", "confidence": "likelihood"}
"""Options, and the only form that each may stand beside."""

_REASONS = {"evidence", "assumption", "rationale"}
"""Keys of a table that give the reasons."""

OTHER_TABLES = (CORRELATION, VOICE, "names", "claims", "register")
"""What else stands at the top of a file, and is read elsewhere."""

LARGEST_SEED = 2**63 - 1
"""Largest seed: TOML has no larger whole number."""


class HistoryTable(BaseModel):
    """How often Russia held in encounters like this one before the crisis, and under which stance."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    held: Annotated[int, Field(ge=0, le=1_000_000)]
    stance: Text = "ambiguous"


class ScenarioKeys(BaseModel):
    """The keys of a scenario file that are not parameters."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    name: Annotated[str, Field(pattern=NAME)] | None = None
    title: Text | None = None
    description: Text | None = None
    extends: Text | None = None
    draws: Annotated[int, Field(ge=16, le=2**30)] | None = None
    seed: Annotated[int, Field(ge=0, le=LARGEST_SEED)] | None = None
    stances: list[Text] | None = None
    reference: Text | None = None
    worst_case: Literal["type", "outcome"] | None = None
    encounters_per_year: Annotated[Number, Field(gt=0, le=1e6)] | None = None
    history: HistoryTable | None = None
    question: Text | None = None


@dataclass(frozen=True)
class Entry:
    """What is believed about one parameter, and why; a bare number has neither evidence nor an assumption."""

    distribution: Distribution
    evidence: tuple[str, ...] = ()  # ids of claims in the register
    assumption: str | None = None
    rationale: str = ""  # "default" for a parameter that the file leaves out
    shares: str | None = None  # the parameter on the same line whose draw this one shares

    @property
    def footing(self) -> dict[str, str | tuple[str, ...]]:
        """What the number rests on, as a file states it in full; a bare number states itself."""
        if self.evidence:
            return {"evidence": self.evidence, "rationale": self.rationale}
        assumption = self.assumption or "A bare number in the file, or the default."
        return {"assumption": assumption, "rationale": self.rationale or assumption}


Entries = dict[str, Entry | None]
"""By parameter; None of one that is stated and faulty."""


class StatedTable(BaseModel):
    """What a parameter written as a table may hold besides a form that lists numbers: other forms, options, reasons."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    value: Number | None = None
    likelihood: Text | None = None
    mass: Number | None = None
    scale: Text | None = None
    confidence: Text | None = None
    evidence: Annotated[list[Text], Field(min_length=1)] | None = None
    assumption: Text | None = None
    rationale: Text | None = None


_LISTED: dict[str, Any] = dict.fromkeys(NUMBERS, (list[Number] | None, None))
EntryTable = create_model("EntryTable", __base__=StatedTable, **_LISTED)
"""A parameter written as a table: exactly one form, its options, and its reasons."""


def certain(parameter: Parameter, value: float, rationale: str) -> Entry:
    """Return the entry of a parameter that is known."""
    return Entry(distribution(parameter, "value", {"value": value}), rationale=rationale)


def read_entries(document: Document, claims: Collection[str], paths: KeyPaths) -> tuple[Entries, list[Fault]]:
    """Return the parameters of one file, and everything that is wrong with them."""
    entries: Entries = {}
    faults: list[Fault] = []
    unknown = 0
    waiting: list[tuple[KeyPath, object]] = [((key,), value) for key, value in document.tree.items()]
    while waiting:
        path, value = waiting.pop()
        if paths.is_parameter(path, value):
            entry, found = _read_entry(document, path, value, paths.parameters[path], claims)
            first, *others = paths.names(path)
            entries |= {first: entry} | {name: entry and replace(entry, shares=first) for name in others}
            faults += found
        elif path in paths.groups and isinstance(value, dict):
            waiting += [((*path, key), each) for key, each in value.items()]
        elif path in paths.groups:
            faults.append(not_a_table(document, path, value, f"it holds: {', '.join(paths.children(path))}"))
        elif path[0] not in (*ScenarioKeys.model_fields, *OTHER_TABLES):
            unknown += 1
            if unknown <= MOST_FAULTS + 1:
                entries = dict.fromkeys(paths.meant(path, value)) | entries
                faults += [_unknown_key(document, path, paths)] if len(path) > 1 else []
    return entries, faults


def _unknown_key(document: Document, path: KeyPath, paths: KeyPaths) -> Fault:
    """Return the fault of a key that no group holds."""
    key = str(path[-1])
    hint = misplaced(key) or suggestion(key, paths.children(path[:-1]), otherwise=tables_of(key))
    return document.fault(path, f"unknown key {key!r} in {dotted(path[:-1])}", hint, mark="key")


def _read_entry(
    document: Document, path: KeyPath, value: object, parameter: Parameter, claims: Collection[str]
) -> tuple[Entry | None, list[Fault]]:
    """Read one parameter, bare number or table."""
    stated = value if isinstance(value, dict) else {"value": value}
    known = [*FORMS_OF_KIND[parameter.kind], *_BELONGS, *sorted(_REASONS)]
    sound, faults = validated(EntryTable, document, path, stated, known)
    table = EntryTable.model_validate(sound)
    if isinstance(value, dict):
        faults += _form_faults(document, path, tuple(value), parameter)
        faults += _reason_faults(document, path, tuple(value))
        faults += _claim_faults(document, path, table.evidence or (), claims)
    dumped = table.model_dump(exclude=_REASONS, exclude_none=True)
    given: dict[str, Stated] = {key: tuple(each) if isinstance(each, list) else each for key, each in dumped.items()}
    forms = [key for key in FORMS if key in stated]
    if len(forms) != 1 or forms[0] not in given:
        return None, faults
    own = {key: each for key, each in given.items() if forms[0] in (key, _BELONGS.get(key))}
    try:
        belief = distribution(parameter, forms[0], own)
    except FormError as error:
        found = [document.fault((*path, *each.place), each.message, each.hint) for each in (error, *error.others)]
        return None, faults + found
    entry = Entry(belief, tuple(table.evidence or ()), table.assumption, table.rationale or "")
    return (None if faults else entry), faults


def _form_faults(document: Document, path: KeyPath, keys: Sequence[str], parameter: Parameter) -> list[Fault]:
    """Check that there is exactly one form, with no option that belongs to another."""
    name, forms = dotted(path), [key for key in keys if key in FORMS]
    if len(forms) > 1:
        message = f"{name} must have exactly one form; it has {' and '.join(forms)}"
        return [document.fault((*path, forms[1]), message, "keep one", mark="key")]
    if forms:
        strangers = [key for key in keys if _BELONGS.get(key, forms[0]) != forms[0]]
        said = {key: f"{name} has {key}, which belongs to {_BELONGS[key]}" for key in strangers}
        return [document.fault((*path, key), message, "remove it", mark="key") for key, message in said.items()]
    if not set(keys) <= set(EntryTable.model_fields):  # the form is probably among the misspelt keys
        return []
    allowed = ", ".join(FORMS_OF_KIND[parameter.kind])
    return [document.fault(path, f"{name} must have a form; it has none", f"one of: {allowed}", mark="key")]


def _reason_faults(document: Document, path: KeyPath, keys: Sequence[str]) -> list[Fault]:
    """Check that there is a rationale, and either evidence or an assumption."""
    name, faults, both = dotted(path), [], {"evidence", "assumption"} <= {*keys}
    if both or not {"evidence", "assumption"} & {*keys}:
        add = 'add evidence = ["id", ...] from the register, or assumption = "..." where the register is silent'
        message = f"{name} must rest on evidence or on an assumption; it has {'both' if both else 'neither'}"
        at, hint = ((*path, "assumption"), "keep one") if both else (path, add)
        faults.append(document.fault(at, message, hint, mark="key"))
    if "rationale" not in keys:
        hint = 'add rationale = "how the number follows"'
        faults.append(document.fault(path, f"{name} must have a rationale; it has none", hint, mark="key"))
    return faults


def _claim_faults(document: Document, path: KeyPath, cited: Sequence[str], claims: Collection[str]) -> list[Fault]:
    """Check that every claim that is cited is in the register."""
    unknown = ((number, claim) for number, claim in enumerate(cited) if claim not in claims)
    return [
        document.fault(
            (*path, "evidence", number),
            f"no claim has the id {claim!r}",
            suggestion(claim, list(claims), otherwise="seeds/article.toml lists the ids"),
        )
        for number, claim in islice(unknown, MOST_FAULTS + 1)
    ]
