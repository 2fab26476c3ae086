"""What may stand in a scenario file, as a JSON Schema for editors? Made of the tables that the reader uses.

An editor that knows the schema completes names, explains a number where the cursor is, and marks what is wrong as it is
typed. It cannot see all that `sim check` sees: whether claims exist, intervals can be fitted, stances have a target.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, get_args

from pydantic import BaseModel

from sim.beliefs.forms import ABOUT, FORMS_OF_KIND, LARGEST_NUMBER, MASS_RANGE
from sim.beliefs.scales import CONFIDENCE, SCALES, words
from sim.crisis.parameters import STANCES, Kind, Parameter, label
from sim.scenario.claims import CLAIMS, REGISTER, ClaimTable
from sim.scenario.correlation import CORRELATION, LARGEST_CORRELATION
from sim.scenario.entries import ScenarioKeys, StatedTable
from sim.scenario.file.key_paths import key_paths
from sim.scenario.game_file import FileKeys, GameTable
from sim.scenario.naming import NAMES, PLAYERS, NamesTable
from sim.scenario.voices import AT, FARTHEST, VOICE

Schema = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"
"""The dialect that both language servers for TOML understand in full."""

_KEYS = {
    "name": "Short name: letters, digits, - and _. Left out, the file's.",
    "title": "The question in a sentence, or what it is about.",
    "description": "What it is about, at any length.",
    "extends": "A bundled scenario, or a file in this folder or below: what is not stated here is taken from there.",
    "draws": "How many sets of values are tried. Left out, 65536.",
    "seed": "The same seed gives the same result to the last bit. Left out, 2024.",
    "stances": 'Two to four stances, in the order that breaks ties. Left out, ["rule_out", "ambiguous", "commit"].',
    "reference": "The stance whose exposure all take in figures of equal exposure.",
    "worst_case": 'Russia’s worst case: a resolute France ("type"), or a war, however unlikely. Left out, "type".',
    "encounters_per_year": "To set results beside annual rates. Left out, 1.",
    "history": 'How often Russia held before, as in { held = 3, stance = "ambiguous" }.',
    "question": "A question for class.",
    REGISTER: "A file in this folder or below with claims of its own.",
}
"""What an editor says of the keys at the top; a test compares them with the reader's."""

_FOOTINGS = {
    "evidence": "Ids of claims, which sim evidence lists.",
    "assumption": "What you assume, where no source speaks to it.",
    "rationale": "Why these numbers and no others.",
}


def scenario_schema() -> Schema:
    """Return the schema of scenario files."""
    properties = {key: {**each, "description": _KEYS[key]} for key, each in _of(ScenarioKeys)["properties"].items()}
    properties[REGISTER] = {"type": "string", "minLength": 1, "description": _KEYS[REGISTER]}
    groups = {key: _group((key,)) for key in dict.fromkeys(str(path[0]) for path in key_paths(STANCES).parameters)}
    players = [groups[key]["properties"] for key in PLAYERS.values()]
    either = {key: {"anyOf": [each[key] for each in players if key in each]} for key in {**players[0], **players[1]}}
    return {
        "$schema": DRAFT,
        "title": "A scenario of strategic-ambiguity",
        "description": "For each number of the model what is believed about it, what that rests on, and why.",
        "type": "object",
        "properties": properties | groups | _tables(),
        "additionalProperties": {
            "description": "A table of numbers under a player's own name.",
            **_object(either),
        },
        "anyOf": [{"required": ["extends"]}, {"required": [key for key in groups if key != "belief"]}],
        "definitions": {"stance": _stance()} | {f"{kind}_number": _number(kind) for kind in get_args(Kind)},
    }


def game_schema() -> Schema:
    """Return the schema of files that give a game outright."""
    table = _of(FileKeys)
    return {
        "$schema": DRAFT,
        "title": "A game given outright to strategic-ambiguity",
        **table,
        "properties": table["properties"] | {"game": _of(GameTable)},
    }


def _group(path: tuple[str, ...]) -> Schema:
    """Return the schema of a table that holds numbers, or tables of them."""
    if path == ("signal",):
        named = {name: {"$ref": "#/definitions/stance", "description": f"What {name} means."} for name in STANCES}
        return {"type": "object", "properties": named, "additionalProperties": {"$ref": "#/definitions/stance"}}
    paths = key_paths(STANCES)
    inside = {}
    for key in paths.children(path):
        own = (*path, key)
        one = _reference(paths.parameters[own]) if own in paths.parameters else None
        several = _group(own) if own in paths.groups else None
        inside[key] = one if several is None else several if one is None else {"anyOf": [one, several]}
    return _object({key: each for key, each in inside.items() if each is not None})


def _stance() -> Schema:
    """Return the schema of a stance, which are all alike."""
    paths = key_paths(STANCES)
    found = {key: paths.parameters["signal", "commit", key] for key in paths.children(("signal", "commit"))}
    return _object({key: _reference(each, label(each.name).rpartition(" (")[0]) for key, each in found.items()})


def _reference(parameter: Parameter, what: str = "") -> Schema:
    """Return the schema of a number: that of its kind, and what it is."""
    said = f"{what or label(parameter.name)} ({parameter.symbol}). In full: {parameter.meaning}."
    return {"allOf": [{"$ref": f"#/definitions/{parameter.kind}_number"}], "description": said}


def _number(kind: Kind) -> Schema:
    """Return the schema of a number of a kind, given bare or as a table."""
    limits = _limits(kind)
    forms = {form: {**_form(form, limits), "description": ABOUT[form].said} for form in FORMS_OF_KIND[kind]}
    reasons = {
        key: {**each, "description": _FOOTINGS[key]}
        for key, each in _of(StatedTable)["properties"].items()
        if key in _FOOTINGS
    }
    options: Schema = {"mass": {"type": "number", "minimum": MASS_RANGE[0], "maximum": MASS_RANGE[1]}}
    if "likelihood" in forms:
        options |= {"scale": {"enum": [*SCALES]}, "confidence": {"enum": [*CONFIDENCE]}}
    table = _object(forms | options | reasons, required=["rationale"])
    table["allOf"] = [_exactly_one(forms), _exactly_one(("evidence", "assumption"))]
    return {
        **table,
        "type": ["number", "object"],
        **limits,
    }  # one schema, not two to choose from: faults are told better


def _form(form: str, limits: Mapping[str, float]) -> Schema:
    """Return the schema of what a form is followed by."""
    if form == "likelihood":
        known = sorted({word for scale in SCALES for word in words(scale)})
        return {"type": "string", "minLength": 1, "examples": known}
    if form == "value":
        return {"type": "number", **limits}
    names, within = ABOUT[form].numbers, ABOUT[form].within
    if within:
        limits = {key: each for key, each in zip(("minimum", "maximum"), within, strict=True) if math.isfinite(each)}
    return {
        "type": "array",
        "items": {"type": "number", **limits},
        "minItems": len(names),
        "maxItems": len(names),
        "examples": [f"[{', '.join(names)}]"],
    }


def _limits(kind: Kind) -> dict[str, float]:
    """Return between which values a number of a kind lies."""
    one = Parameter("", "", kind, "")
    return {"minimum": max(one.low, -LARGEST_NUMBER), "maximum": min(one.high, LARGEST_NUMBER)}


def _tables() -> Schema:
    """Return the schemas of the tables that are no numbers."""
    loading = {"type": "number", "minimum": -1, "maximum": 1}
    held = {"type": "number", "minimum": -FARTHEST, "maximum": FARTHEST}
    pair = {"type": "number", "minimum": -LARGEST_CORRELATION, "maximum": LARGEST_CORRELATION}
    voice = {"type": "object", "properties": {AT: held}, "additionalProperties": loading}
    said: dict[str, tuple[str, Schema]] = {
        NAMES: ("What players, stances, types and rungs are called.", _of(NamesTable)),
        CLAIMS: ("Sources of one's own, by id.", {"type": "object", "additionalProperties": _of(ClaimTable)}),
        CORRELATION: (
            'Numbers that move together: "one ~ other" = 0.5.',
            {"type": "object", "additionalProperties": pair},
        ),
        VOICE: ("Slants behind many numbers at once.", {"type": "object", "additionalProperties": voice}),
    }
    return {key: {**each, "description": what} for key, (what, each) in said.items()}


def _object(properties: Mapping[str, Any], required: Sequence[str] = ()) -> Schema:
    """Return the schema of a table that holds these keys and no others."""
    must = {"required": [*required]} if required else {}
    return {"type": "object", "properties": dict(properties), "additionalProperties": False, **must}


def _exactly_one(keys: Sequence[str] | Mapping[str, Any]) -> Schema:
    """Return the condition that one of some keys is there, and no second; a bare number has none."""
    return {"oneOf": [{"type": "number"}, *({"type": "object", "required": [key]} for key in keys)]}


def _of(model: type[BaseModel]) -> Schema:
    """Return the schema of a table that Pydantic reads, in place of references what they refer to, without nulls."""
    whole = model.model_json_schema()
    found: Schema = _resolved(whole, whole.get("$defs", {}))
    return {key: found[key] for key in ("type", "properties", "required", "additionalProperties") if key in found}


def _resolved(value: Any, models: Mapping[str, Any]) -> Any:  # noqa: ANN401 - a tree of JSON
    """Return a part of Pydantic's schema as an editor wants it."""
    if isinstance(value, list):
        return [_resolved(each, models) for each in value]
    if not isinstance(value, dict):
        return value
    if "$ref" in value:
        return _resolved(models[value["$ref"].rpartition("/")[2]], models)
    if "anyOf" in value:
        return _resolved(next(each for each in value["anyOf"] if each != {"type": "null"}), models)
    kept = {
        key: each
        for key, each in value.items()
        if key not in ("default", "$defs") and not (key == "title" and isinstance(each, str))
    }
    return {key: _resolved(each, models) for key, each in kept.items()}
