"""How does a scenario of one's own begin? A file that runs at once, and shows every number that it could change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sim.crisis.parameters import BELIEF, all_parameters, label
from sim.lookup.lines import WIDTH, filled
from sim.lookup.unchecked import Found, own_words, read, spelt, stances_of, stated
from sim.scenario.file.documents import NAME
from sim.scenario.file.key_paths import ONE_LINE
from sim.scenario.file.written import in_toml
from sim.scenario.library import bundled_scenarios
from sim.telling.names import speaker, stance_label

SCHEMA_FILE = "scenario.schema.json"  # as `sim schema` is told to save it
EXAMPLE = "prior.resolute"  # the number that the new file changes

_REASONS = ("evidence", "assumption", "rationale")
_GROUPS = {
    "prior": "What each side is",
    "belief": "What Russia believes",
    "signal": "What each stance means",
    "france": "What things are worth to France; 1 is what folding costs its standing",
    "russia": "What things are worth to Russia; 1 is what humiliating France is worth",
    "escalation": "How a clash grows",
}


def file_name(name: str) -> str:
    """Return the name of the file for a scenario's name, given with or without its ending.

    >>> file_name("my-crisis"), file_name("my-crisis.toml")
    ('my-crisis.toml', 'my-crisis.toml')
    """
    stem = name.removesuffix(".toml")
    if not re.fullmatch(NAME, stem):
        such = re.sub(r"[^A-Za-z0-9_]+", "-", stem).strip("-_") or "my-crisis"
        raise ValueError(f"NAME must be letters, digits, - and _, such as {such}; it is {name!r}")
    if stem in bundled_scenarios():
        raise ValueError(f"NAME must be new; {stem!r} is a bundled scenario, such as my-{stem} would not be")
    return f"{stem}.toml"


def extended(source: str, folder: Path) -> str:
    """Return how a file in a folder names the one that it extends, or say why it cannot.

    >>> extended("macron-2024", Path("."))
    'macron-2024'
    """
    if source in bundled_scenarios():
        return source
    found, here = Path(source).resolve(), folder.resolve()
    if found.exists() and not found.is_relative_to(here):
        raise ValueError(f"--from must be a bundled scenario or a file in this folder or below; {source} is elsewhere")
    return found.relative_to(here).as_posix() if found.exists() else source


def new_file(stem: str, source: str, extends: str) -> str:
    """Return the text of a new scenario that extends another."""
    documents = read(source)
    numbers, stances, (_, called) = stated(documents), stances_of(documents), own_words(source)
    said = speaker(called)
    example = numbers.pop(EXAMPLE, None)
    parts = [
        *_head(stem, extends, said(label(EXAMPLE))),
        _line(EXAMPLE, _changed(example)),
        "",
        *_comment(f"Every other number as {extends} has it. Take away the # before one to change it."),
    ]
    group = ""
    for name, found in _in_order(numbers, stances, example):
        first = name.partition(".")[0]
        parts += ["", *_comment(f"-- {said(_GROUPS[first])} --"), ""] if first != group else []
        group = first
        stance = {each: stance_label(called, each) for each in stances}
        parts += [
            *_comment(f"{said(label(name, stance))}{_note(name)}"),
            f"#{_line(spelt(name, called), _own(found.value))}",
        ]
    return "\n".join(parts) + "\n"


def _head(stem: str, extends: str, changed: str) -> list[str]:
    """Return what stands above the numbers."""
    return [
        *_comment("A scenario of your own: one idea, a few numbers changed, each with its reason."),
        f"# What does it change? sim compare {stem}.toml",
        f"# What does it say?    sim run {stem}.toml",
        "# What is a number?    sim parameters pinpoint    (or any other below)",
        "",
        f"extends = {in_toml(extends)}    # all that is not stated below is taken from there",
        f"name = {in_toml(stem)}",
        f"title = {in_toml(f'What if …? ({stem})')}    # your question, in a sentence",
        "# draws = 65536    # how many sets of values are tried",
        "# seed = 2024      # the same seed gives the same result to the last bit",
        "",
        *_comment(f"An example to replace: the {changed}."),
        "# interval = [low, high]: 5 % of your belief lies below, 5 % above. Give either",
        '# an assumption, or evidence = ["id"] with claims that sim evidence lists; and',
        "# always a rationale: how the numbers follow.",
    ]


def _in_order(
    numbers: Mapping[str, Found], stances: tuple[str, ...], prior: Found | None
) -> Iterator[tuple[str, Found]]:
    """Yield every number that a scenario with these stances could state, as it is stated or by default."""
    lines = {both[0]: line for line, both in ONE_LINE.items() if line in numbers}
    for each in sorted(all_parameters(stances), key=lambda one: _place(one.name, stances)):
        if each.name == EXAMPLE or len(stances) in _place(each.name, stances)[1:]:
            continue
        if each.name in numbers or each.name in lines:
            name = lines.get(each.name, each.name)
            yield name, numbers[name]
        elif each.name == BELIEF and prior:
            yield each.name, prior
        elif each.default is not None:
            yield each.name, Found(each.default, "")


def _place(name: str, stances: tuple[str, ...]) -> tuple[int, int]:
    """Return the place of a number's group, and that of its stance, which is behind all others if none is listed."""
    head, *rest = name.split(".")
    order = (stances.index(rest[0]) if rest[0] in stances else len(stances)) if head == "signal" else -1
    return list(_GROUPS).index(head), order


def _note(name: str) -> str:
    """Return what must be known of a number that is left out."""
    return "; left out, it is what is true on average" if name == BELIEF else ""


def _changed(found: Found | None) -> dict[str, Any]:
    """Return the example: half of the range that is there, or one of its own."""
    table = found.value if found and isinstance(found.value, dict) else {}
    ends = table.get("interval")
    plain = isinstance(ends, list) and all(isinstance(end, float) and 0.01 <= end <= 0.9 for end in ends)
    interval = [round(end / 2, 4) for end in ends] if plain and ends else [0.1, 0.4]
    return {
        "interval": interval,
        "assumption": "An example: say here what you assume.",
        "rationale": "An example: half of the range that it extends. Say here why your numbers follow.",
    }


def _own(value: object) -> object:
    """Return what a file states of a number with room for one's own reasons."""
    if not isinstance(value, dict):
        return value
    form = {key: each for key, each in value.items() if key not in _REASONS}
    return form | {"assumption": "…", "rationale": "…"}


def _line(name: str, value: object) -> str:
    """Return a number in one line."""
    if not isinstance(value, dict):
        return f"{name} = {in_toml(value)}"
    return f"{name} = {{ {', '.join(f'{key} = {in_toml(each)}' for key, each in value.items())} }}"


def _comment(text: str) -> list[str]:
    """Return a text as comment lines."""
    return [f"# {line}" for line in filled(text, hanging="", width=WIDTH - 2)]
