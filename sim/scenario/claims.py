"""Which sources does a scenario bring itself? Its table [claims], or that of a file; cited like the article's."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pydantic import BaseModel, ConfigDict

from sim.scenario.evidence import Claim, Direction
from sim.scenario.file.checking import Text, not_a_table, validated, what
from sim.scenario.file.documents import Document, read_document
from sim.scenario.file.written import toml_lines
from sim.scenario.library import beside
from sim.telling.faults import Fault, ScenarioError, suggestion

CLAIMS, REGISTER = "claims", "register"
"""Name of the table, and the key that names a file which holds it."""

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_EXAMPLE = '[claims.press-club-speech] with claim = "…" and source = "who, where, when"'


class ClaimTable(BaseModel):
    """A claim as a scenario writes it: what is said, and who says it where; the rest may be left out."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    claim: Text
    source: Text
    direction: Direction = "neutral"
    wording: Text | None = None
    note: Text | None = None


def claims_of(documents: Sequence[Document], known: Mapping[str, Claim]) -> tuple[dict[str, Claim], list[Fault]]:
    """Return the claims that a file and those it extends bring, and everything that is wrong with them."""
    claims: dict[str, Claim] = {}
    faults: list[Fault] = []
    for document in [holder for each in reversed(documents) for holder in _holders(each, faults)]:
        table = document.tree.get(CLAIMS, {})
        if not isinstance(table, Mapping):
            faults.append(not_a_table(document, (CLAIMS,), table, f"write {_EXAMPLE}"))
            continue
        for name, stated in table.items():
            claim, found = _read(document, name, stated)
            if name in claims or known.get(name):  # a register may claim to have every id
                whose = "this scenario already" if name in claims else "the article's register"
                message = f"{name!r} is the id of a claim of {whose}"
                found.append(document.fault((CLAIMS, name), message, "take another id", mark="key"))
            faults += found
            if claim and not found:
                claims[name] = claim
    return claims, faults


def _holders(document: Document, faults: list[Fault]) -> list[Document]:
    """Return the file itself, and the register that it names, if that can be read."""
    name = document.tree.get(REGISTER)
    if name is None:
        return [document]
    if not isinstance(name, str) or not name.strip():
        message = f"{REGISTER} must name a file; it is {what(name)}"
        faults.append(document.fault((REGISTER,), message, 'as in register = "my-claims.toml"'))
        return [document]
    found = beside(document.path, name.strip())
    if isinstance(found, str):
        hint = "name a file in the same folder or below"
        faults.append(document.fault((REGISTER,), f"{REGISTER} must name a file; {name!r} {found}", hint))
        return [document]
    try:
        register = read_document(found)
    except ScenarioError as error:
        faults += error.faults
        return [document]
    strange = [key for key in register.tree if key != CLAIMS]
    hint = suggestion(strange[0], [CLAIMS]) if strange else ""
    faults += [register.fault((key,), f"unknown key {key!r} in a register", hint, mark="key") for key in strange]
    if CLAIMS not in register.tree:
        faults.append(Fault(str(found), f"the register has no table {CLAIMS}", f"write {_EXAMPLE}"))
    return [document, register]


def _read(document: Document, name: str, stated: object) -> tuple[Claim | None, list[Fault]]:
    """Return one claim, and everything that is wrong with it."""
    at = (CLAIMS, name)
    if not isinstance(stated, Mapping):
        fault = document.fault(at, f"{CLAIMS}.{name} must be a table; it is {what(stated)}", f"write {_EXAMPLE}")
        return None, [fault]
    sound, faults = validated(ClaimTable, document, at, stated)
    if not _ID.fullmatch(name):
        message = f"{name[:60]!r} must be lower-case letters, digits and -, such as press-club-speech"
        faults.append(document.fault(at, message, mark="key"))
    return (None if faults else Claim(id=name, paragraph=None, **sound)), faults


def claims_toml(claims: Mapping[str, Claim]) -> list[str]:
    """Return claims as lines of a scenario file."""
    lines = []
    for name, claim in claims.items():
        stated = {key: value for key, value in vars(claim).items() if key not in ("id", "paragraph") and value}
        lines += ["", f"[{CLAIMS}.{name}]", *toml_lines(stated)]
    return lines
