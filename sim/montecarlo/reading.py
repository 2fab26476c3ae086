"""Can what the folder of a run holds be believed? Every figure is looked at before any is told."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal
from zipfile import BadZipFile

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from sim.crisis.labels import label_names
from sim.crisis.ladder import OUTCOMES
from sim.crisis.parameters import MOST_STANCES, RECEIVER_TYPES, Stances
from sim.crisis.play import CONCEPTS, LAST_MOVES, RULES
from sim.crisis.terms import READINGS
from sim.draws.blocks import MOST_DRAWS, rounded_draws
from sim.games.equilibria import FAMILIES
from sim.games.game import Floats
from sim.games.refinements import REFINEMENTS
from sim.montecarlo.beside import EXPOSURES
from sim.montecarlo.first_order import driven
from sim.montecarlo.summary import BINS, LEVELS
from sim.scenario.entries import LARGEST_SEED
from sim.scenario.file.checking import Number, dotted, rule_of, what
from sim.work.manifest import is_ordinary, plain_bytes

_NONE: Mapping[str, Any] = MappingProxyType({})
_STRICT = ConfigDict(extra="forbid", strict=True)
_ROUNDING = 1e-12  # by which a sum of shares may miss 0 or 1
Share = Annotated[Number, Field(ge=-_ROUNDING, le=1 + _ROUNDING)]
Positive = Annotated[Number, Field(ge=0)]

# What NumPy and its unpacking may say of a file that is none of theirs.
UNREADABLE = (OSError, ValueError, BadZipFile, zlib.error, LookupError, ArithmeticError, TypeError, AttributeError,
               EOFError, MemoryError, RuntimeError, SyntaxError, struct.error)  # fmt: skip


def content_of(file: Path, wanted: int) -> dict[str, Any]:
    """Return the fields of a result that a file holds, or say what does not fit."""
    try:
        content = json.loads(plain_bytes(file))
    except (OSError, ValueError, RecursionError) as fault:
        why = fault.strerror if isinstance(fault, OSError) and fault.strerror else fault
        raise ValueError(f"{file.parent} must be a run folder with a readable {file.name}; {why}") from fault
    schema = content.pop("schema", None) if isinstance(content, dict) else None
    if schema != wanted or not isinstance(content, dict):
        raise ValueError(f"{file} must have schema {wanted}; it has {schema if schema is None else what(schema)}")
    if wrong := _shape_fault(content):
        raise ValueError(f"{file} must have the fields of schema {wanted}; {wrong}")
    return content


def kept_draws(file: Path, draws: int) -> tuple[dict[str, Floats], dict[str, dict[str, Floats]]]:
    """Return the kept draws."""
    parameters: dict[str, Floats] = {}
    outcomes: dict[str, dict[str, Floats]] = {}
    if not is_ordinary(file):
        raise ValueError("it is not there")
    with np.load(file) as arrays:
        for key in arrays.files:
            array, (kind, *path) = arrays[key], key.split("/")
            known = (kind, len(path)) in (("parameters", 1), ("outcomes", 2))
            if not known or array.shape != (draws,) or array.dtype.kind != "f":
                raise ValueError(f"{key} must be {draws} numbers of a parameter or an outcome; it is not")
            if kind == "parameters":
                parameters[path[0]] = array
            else:
                outcomes.setdefault(path[0], {})[path[1]] = array
    return parameters, outcomes


def _shape_fault(content: Mapping[str, Any]) -> str:
    """Return what in a result does not fit its shape, with what is there and what is allowed; empty if all fits."""
    try:
        own = _Told.model_validate(content)
        names = tuple(own.stances)
        stances = Stances(names, tuple(name in own.struck for name in names))
        _result(content.get("concept") == "quantal", content.get("drivers") != {}, stances).model_validate(content)
    except ValidationError as error:
        findings = error.errors(include_url=False)
        more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
        return f"{_told(findings[0])}{more}"
    if rounded_draws(content["draws"]) != content["draws"]:
        return f"draws must be 16 · 2^k; it is {content['draws']}"
    driving = [each.keys() for play in content["drivers"].values() for each in play.values()]
    return "" if all(each == driving[0] for each in driving) else "drivers must name the same parameters throughout"


class _Told(BaseModel):
    """Which stances a result is of: the shape of all else goes by them."""

    model_config = ConfigDict(extra="ignore", strict=True)

    stances: Annotated[list[str], Field(min_length=2, max_length=MOST_STANCES)]
    struck: Annotated[list[str], Field(max_length=MOST_STANCES)]


def _told(finding: Mapping[str, Any]) -> str:
    """Put one finding into words."""
    key = dotted(finding["loc"])
    if finding["type"] == "extra_forbidden":
        return f"{key} must not be there: no result has it"
    given = "" if finding["type"] == "missing" else f"; it is {what(finding['input'])}"
    return f"{key} must {rule_of(finding)}{given}"


def _table(fields: Mapping[str, Any], *, others: bool = False, also: Mapping[str, Any] = _NONE) -> type[BaseModel]:
    """Return the shape of a table with these keys, those that may be there, and no others unless they are allowed."""
    config = ConfigDict(extra="allow", strict=True) if others else _STRICT
    every = {name: (kind, ...) for name, kind in fields.items()} | {name: (kind, None) for name, kind in also.items()}
    return create_model("Table", __config__=config, **every)  # type: ignore[call-overload, no-any-return]


def _each(names: Iterable[str], kind: object) -> type[BaseModel]:
    """Return the shape of a table with the same under each of these keys."""
    return _table(dict.fromkeys(names, kind))


@cache
def _result(quantal: bool, drives: bool, stances: Stances) -> type[BaseModel]:
    """Return the shape of a result: of quantal play or not, with drivers or, in a run of few draws, without."""
    strikes = _each(RECEIVER_TYPES, Share)
    quantiles = [f"q{100 * level:02.0f}" for level in LEVELS]
    figures = dict.fromkeys(OUTCOMES, _table({"mean": Share, "se": Positive, **dict.fromkeys(quantiles, Share)}))
    figures["france_payoff"] = _table({"mean": Number, "se": Positive, **dict.fromkeys(quantiles, Number)})
    bins = _each(OUTCOMES, Annotated[list[Share], Field(min_length=BINS + 1, max_length=BINS + 1)])
    edges = Annotated[list[Share], Field(min_length=BINS + 1, max_length=BINS + 1)]
    drivers = _each((name.partition(".")[0] for name in driven(stances)), _each(OUTCOMES, dict[str, Number]))
    held = _table({**dict.fromkeys(OUTCOMES, _table({"mean": Share, "se": Positive})), "strikes": strikes})
    parted = _table({"share": Share, **dict.fromkeys(OUTCOMES, Share | None)})
    played: dict[str, Any] = {
        "last_move": _each(LAST_MOVES, _beside()),
        "selected": _table(figures),
        "by_signal": _each(stances.names, _each(OUTCOMES, Share | None)),
        "sent": _each(stances.names, Share),
        "imposed_where_sent": _each(stances.names, Share | None),
    }
    return _table(
        {
            "scenario": Annotated[str, Field(min_length=1)],
            "title": str,
            "draws": Annotated[int, Field(ge=16, le=MOST_DRAWS)],
            "seed": Annotated[int, Field(ge=0, le=LARGEST_SEED)],
            "versions": _table({"sim": str, "stream": str}, others=True),
            "settings": dict[str, Number],
            "concept": Literal[CONCEPTS],
            "refinement": Literal[REFINEMENTS],
            "select": Literal[RULES],
            "last_move": Literal[LAST_MOVES],
            "stances": list[str],
            "struck": list[str],
            "worst_case": Literal[READINGS],
            "reference": str | None,
            "doctrine": _each(stances.names, _table(figures | {"strikes": strikes})),
            "equilibrium": _table(played | (_QUANTAL if quantal else _equilibrium())),
            "histograms": _table({"edges": edges, **dict.fromkeys((*stances.names, "selected"), bins)}),
            "drivers": drivers if drives else _table({}),
            "readings": _each(READINGS, _each(EXPOSURES, _each(stances.struck, held))),
            "standing": _each(stances.struck, parted),
            "empty_site": _each(stances.struck, parted),
            "labels": _each(label_names(stances), Share),
            "notes": list[str],
            "sha256": Annotated[str, Field(pattern="^[0-9a-f]{64}$")],
        },
        also={"naming": dict[str, str | list[str] | dict[str, str]]},
    )


_QUANTAL = {
    "failed_share": Share,
    "turned_share": Share,
    "rationality": Positive,
    "rationality_times_range": _each(("france", "russia"), Positive),
}


def _beside() -> type[BaseModel]:
    """Return the shape of quantal play as it stands beside the rest."""
    fields = dict.fromkeys(OUTCOMES, Share)
    return _table({**fields, "rationality": Positive, "draws": Annotated[int, Field(ge=16)], "failed_share": Share})


def _equilibrium() -> dict[str, Any]:
    """Return the shape of what only play in equilibrium has."""
    means = dict.fromkeys(OUTCOMES, Share)
    ends = _each(OUTCOMES, Annotated[list[Share], Field(min_length=2, max_length=2)])
    admitted = dict.fromkeys(REFINEMENTS, _table(means | {"no_survivor_share": Share}))
    return {
        "families": _each(FAMILIES, Share),
        "range": ends,
        "range_of_survivors": ends,
        "by_refinement": _table({**admitted, "quantal": _beside()}),
        "equilibria_per_draw": Positive,
        "degenerate_share": Share,
    }
