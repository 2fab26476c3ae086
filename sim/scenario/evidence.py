"""Which number rests on which claim? The register of what the sources say."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sim.crisis.parameters import PARAMETER_BY_NAME
from sim.scenario.file.checking import Text, faults_of
from sim.scenario.file.documents import Document, read_document, read_text
from sim.scenario.file.key_paths import ONE_LINE
from sim.scenario.library import bundled
from sim.telling.faults import Fault, ScenarioError, suggestion

Direction = Literal["raises risk", "lowers risk", "cuts both ways", "neutral"]
"""What a claim, taken alone, says about the risk that the crisis climbs once France acts."""


@dataclass(frozen=True)
class Claim:
    """One thing that the source says, in our own words; scenarios cite it by its id."""

    id: str
    paragraph: int | None  # of the article, counted from 1; None in another source
    claim: str
    source: str  # who says it
    direction: Direction
    parameters: tuple[str, ...] = ()  # of the article's case that it bears on; none where a note says why
    wording: str | None = None  # hedge or word of probability that it uses
    note: str | None = None  # what a careful reader should know


class _ClaimTable(BaseModel):
    """A [[claim]] of the register as it is written."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    paragraph: Annotated[int, Field(ge=1)]
    claim: Text
    source: Text
    direction: Direction
    parameters: list[Text]
    wording: Text | None = None
    note: Text | None = None


class _ArticleTable(BaseModel):
    """The [article] of the register as it is written."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    title: Text
    published: Text
    description: Text
    limits: Text
    paragraphs: Annotated[int, Field(ge=1)]


class _RegisterTable(BaseModel):
    """The register as it is written."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    article: _ArticleTable
    claim: Annotated[list[_ClaimTable], Field(min_length=1)]


def load_register(path: Path | None = None) -> dict[str, Claim]:
    """Return the claims of a register by id, in the order of the file.

    >>> register = load_register()
    >>> register["limits-dropped"].direction
    'neutral'
    """
    table = _register(bundled("seeds") / "article.toml" if path is None else Path(path))
    fields = [each.model_dump() for each in table.claim]
    return {each["id"]: Claim(**each | {"parameters": tuple(each["parameters"])}) for each in fields}


def article() -> str:
    """Return the source of the bundled register: what it is, and when it was published.

    >>> article()
    'Commentary on French military trainers for Ukraine (early June 2024)'
    """
    source = _register(bundled("seeds") / "article.toml").article
    return f"{source.title} ({source.published.partition(',')[0]})"


def _register(path: Path) -> _RegisterTable:
    """Return a register, checked."""
    return _checked(path, read_text(path))


@lru_cache(maxsize=4)  # the same one is read with every scenario
def _checked(path: Path, _: str) -> _RegisterTable:
    """Return a register of this text, checked."""
    document = read_document(path)
    try:
        table = _RegisterTable.model_validate(document.tree)
    except ValidationError as error:
        raise ScenarioError(faults_of(error, document, (), _KEYS)) from None
    faults = _reference_faults(document, table)
    if faults:
        raise ScenarioError(faults)
    return table


_KEYS = [*_ClaimTable.model_fields, *_ArticleTable.model_fields, *_RegisterTable.model_fields]


def _reference_faults(document: Document, table: _RegisterTable) -> list[Fault]:
    """Check that ids differ, that paragraphs exist and that parameters are known."""
    faults: list[Fault] = []
    seen: set[str] = set()
    for number, claim in enumerate(table.claim):
        at = ("claim", number)
        if claim.id in seen:
            faults.append(document.fault((*at, "id"), f"two claims have the id {claim.id!r}", "ids must differ"))
        seen.add(claim.id)
        if claim.paragraph > table.article.paragraphs:
            message = f"claim[{number}].paragraph must be at most {table.article.paragraphs}; it is {claim.paragraph}"
            faults.append(document.fault((*at, "paragraph"), message, "article.paragraphs counts them"))
        if not (claim.parameters or claim.note):
            message = f"claim[{number}].parameters must have at least one item; it is empty"
            faults.append(document.fault((*at, "parameters"), message, "or add a note that says why it sets no number"))
        for item, name in enumerate(claim.parameters):
            if name not in PARAMETER_BY_NAME and name not in ONE_LINE:
                hint = suggestion(name, list(PARAMETER_BY_NAME), otherwise="sim.crisis.parameters lists them")
                faults.append(document.fault((*at, "parameters", item), f"no parameter is named {name!r}", hint))
    return faults
