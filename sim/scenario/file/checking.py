"""How do Pydantic's findings read as faults of a file?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints, ValidationError

from sim.beliefs.forms import LARGEST_NUMBER, NUMBERS
from sim.crisis.parameters import all_parameters
from sim.scenario.file.documents import Document
from sim.scenario.file.positions import KeyPath
from sim.telling.faults import MOST_FAULTS, Fault, mistyped, nearest_word, percent_hint, range_hint, suggestion

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""Words that are there: not empty, not blank."""

Number = Annotated[float, Field(allow_inf_nan=False)]
"""A finite number; true and false are none."""

_RULES = {
    "float_type": "be a number",
    "int_type": "be a whole number",
    "string_type": "be text in quotes",
    "list_type": "be a list in [ ]",
    "model_type": "be a table",
    "finite_number": "be finite",
    "string_too_short": "not be blank",
    "string_too_long": "have at most {max_length} characters",
    "greater_than": "be above {gt}",
    "greater_than_equal": "be at least {ge}",
    "less_than_equal": "be at most {le}",
    "too_short": "have at least one item",
    "literal_error": "be {expected}",
    "missing": "be given",
    "string_pattern_mismatch": "be letters, digits and -, such as low-risk-2",
}
TOP_KEYS = (
    "name", "title", "description", "extends", "draws", "seed", "stances", "reference", "worst_case",
    "encounters_per_year", "history", "question", "register",
)  # fmt: skip
"""Keys that stand at the top of a scenario file, above its tables."""

_NUMBER = re.compile(r"[+-]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_NUMBER_IN_WORDS = re.compile(r"(?<![\w.,])(?<![eE]-)-?[0-9]+(?:\.[0-9]+)?(?![\w.]|,[0-9])")
_HISTORY = 'history = { held = 4, stance = "ambiguous" }'
_KINDS: dict[type, str] = {str: "text", list: "a list", dict: "a table", type(None): "nothing"}


def faults_of(
    error: ValidationError,
    document: Document,
    at: KeyPath,
    known: Sequence[str],
    inner: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> list[Fault]:
    """Return one fault for each finding of Pydantic, in our words and with its place."""
    return [
        _fault(finding, document, at, {"": known, **inner}) for finding in error.errors(include_url=False)[:MOST_FAULTS]
    ]


def validated(
    model: type[BaseModel],
    document: Document,
    at: KeyPath,
    stated: Mapping[str, object],
    known: Sequence[str] = (),
    inner: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> tuple[dict[str, Any], list[Fault]]:
    """Return the keys of a table that are sound, and a fault for each of the others."""
    try:
        return model.model_validate(stated).model_dump(exclude_none=True), []
    except ValidationError as error:
        wrong = {finding["loc"][0] for finding in error.errors()}
        sound = {key: value for key, value in stated.items() if key not in wrong}
        return sound, faults_of(error, document, at, known or [*model.model_fields], inner)


def not_a_table(document: Document, at: KeyPath, value: object, hint: str) -> Fault:
    """Return the fault of a value that stands where a table is wanted."""
    return document.fault(at, f"{dotted(at)} must be a table; it is {what(value)}", hint)


def number_faults(document: Document, at: KeyPath, value: object, kind: str, most: float) -> list[Fault]:
    """Check that a value is a number of either sign, at most so large; `kind` says of what."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return [document.fault(at, f"{kind} must be a number; it is {what(value)}", "write a number such as 0.3")]
    if abs(value) <= most:  # not so for nan
        return []
    hint = f"for {value:.12g} % write {value / 100:.12g}" if most < 1 and 2 <= abs(value) <= 100 else ""
    return [document.fault(at, f"{kind} must lie in [-{most:g}, {most:g}]; it is {what(value)}", hint)]


def misplaced(key: str) -> str:
    """Return where a key belongs that stands in a table and should not; empty for others.

    >>> misplaced("extends"), misplaced("interval")
    ('extends stands above the first [table]', '')
    """
    return f"{key} stands above the first [table]" if key in TOP_KEYS else ""


def tables_of(key: str) -> str:
    """Return which tables have a number of this name, or of the nearest one; empty if none has.

    >>> tables_of("ally_backin"), tables_of("interval")
    ('ally_backing stands in [signal.ambiguous] or [signal.commit] or [signal.rule_out]', '')
    """
    if key in (each.name for each in all_parameters()):
        return f"write {key} without quotes"  # in quotes its points belong to the name
    names = [each.name.rpartition(".") for each in all_parameters()]
    last = nearest_word(key, [name for _, _, name in names])
    tables = dict.fromkeys(f"[{table}]" for table, _, name in names if name == last)
    return f"{last} stands in {' or '.join(tables)}" if tables else ""


def dotted(path: KeyPath) -> str:
    """Return a key path as a reader would write it: ``signal.commit.evidence[0]``."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


def what(value: object) -> str:
    """Return what a TOML value is, briefly: itself if it is short.

    >>> what(7), what(True), what({"a": 1}), what("x" * 99)
    ('7', 'true', 'a table', 'text')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and abs(value) >= 10**20:
        return "a whole number of many digits"
    if isinstance(value, (int, float)):
        return f"{value:.12g}" if isinstance(value, float) else str(value)
    if isinstance(value, str) and len(value) <= 40:
        return repr(value)
    if isinstance(value, list) and not value:
        return "empty"
    return _KINDS.get(type(value), "a date or time")


def _fault(finding: Mapping[str, Any], document: Document, at: KeyPath, known: Mapping[str, Sequence[str]]) -> Fault:
    """Put one finding into words; `known` has the keys of the table itself under the empty name."""
    path = (*at, *finding["loc"])
    if finding["type"] == "extra_forbidden":
        key = str(path[-1])
        table = str(finding["loc"][0]) if len(finding["loc"]) > 1 else ""
        hint = misplaced(key) if len(path) > 1 else ""
        hint = hint or suggestion(key, known.get(table, known[""]), otherwise=tables_of(key))
        return document.fault(path, f"unknown key {key!r}", hint, mark="key")
    value, path = finding["input"], path if finding["type"] == "missing" else document.nearest(path)
    if finding["type"] == "float_type" and type(value) is int:
        return document.fault(path, f"{dotted(path)} must be at most {LARGEST_NUMBER:g} in size; it is {what(value)}")
    rule = rule_of(finding)
    if finding["type"] == "missing":
        return document.fault(path, f"{dotted(path)} must {rule}", _example(path), mark="key")
    return document.fault(path, f"{dotted(path)} must {rule}; it is {what(value)}", _hint(path, finding, value))


def rule_of(finding: Mapping[str, Any]) -> str:
    """Return what a value must do by the rule that it breaks, such as "be at least 0"."""
    limits = {key: what(limit) if isinstance(limit, float) else limit for key, limit in finding.get("ctx", {}).items()}
    return _RULES.get(finding["type"], "be valid: {msg}").format(msg=finding["msg"], **limits)


def _example(path: KeyPath) -> str:
    """Return what a table that holds few keys looks like."""
    return f"write {_HISTORY}" if path[0] == "history" else ""


def _hint(path: KeyPath, finding: Mapping[str, Any], value: object) -> str:
    """Return the likely fix."""
    kind = finding["type"]
    if kind == "literal_error" and isinstance(value, str):
        near = mistyped(value, re.findall("'([^']*)'", finding["ctx"]["expected"]))
        return f"did you mean {near!r}?" if near else ""
    if kind == "model_type" or (kind == "int_type" and isinstance(value, str) and not _NUMBER.fullmatch(value.strip())):
        return _example(path) or (_number_hint(kind, str(value)) if kind == "int_type" else "")
    if kind in ("float_type", "int_type") and isinstance(value, str):
        return _number_hint(kind, value)
    if kind == "float_type" and isinstance(value, list) and at_parameter(path, value):
        return f"write [{dotted(path)}] and below it interval = {value}, with its reason"
    if kind == "too_short" and path[-1] == "evidence":
        return "cite at least one claim, or give an assumption instead"
    if kind == "int_type" and isinstance(value, float) and value.is_integer() and abs(value) < 1e18:
        return f"write {int(value)}"
    if kind == "list_type" and isinstance(value, str) and path[-1] in NUMBERS:
        return _list_hint(NUMBERS[str(path[-1])], value)
    if kind == "list_type" and isinstance(value, str):
        return f'write ["{value}"]' if len(value) <= 40 else "put it in [ ]"
    return ""


def at_parameter(path: KeyPath, value: Sequence[object]) -> bool:
    """Return whether two numbers stand where one number of a parameter is wanted."""
    return path[-1] != "value" and len(value) == 2 and all(isinstance(each, int | float) for each in value)


def _number_hint(kind: str, value: str) -> str:
    """Return what to write for a text where a number is wanted."""
    if _NUMBER.fullmatch(value.strip()):
        return "write the number without quotes"
    if kind == "int_type":
        return "write a whole number such as 1000"
    return percent_hint(value) or range_hint(value) or "write a number such as 0.05"


def _list_hint(names: Sequence[str], value: str) -> str:
    """Return the list of numbers that a text such as "0.1 to 0.6" stands for, or what such a list holds."""
    numbers = [Decimal(each).scaleb(-2 if "%" in value else 0) for each in _NUMBER_IN_WORDS.findall(value[:100])]
    return f"write [{', '.join(map(str, numbers if len(numbers) == len(names) else names))}]"
