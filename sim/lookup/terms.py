"""What does a word mean? The glossary, and what parameters, scenarios and commands say of themselves."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from sim.crisis.parameters import Parameter, all_parameters, label
from sim.lookup.catalogue import games, scenarios
from sim.lookup.lines import filled
from sim.scenario.file.key_paths import ONE_LINE
from sim.telling.faults import near_words
from sim.telling.names import speaker

_LIKENESS = (
    0.7  # of a suggestion: more than elsewhere, since among so many words there is always one that is a little like
)
GLOSSARY = Path(__file__).with_name("glossary.toml")


@dataclass(frozen=True)
class Term:
    """A word, what it means, and where more is said."""

    name: str
    says: str
    also: tuple[str, ...] = ()
    see: tuple[str, ...] = ()
    where: str = ""
    command: tuple[str, ...] = ()  # what tells more


def plain(word: str) -> str:
    """Return a word as it is compared: in small letters, single spaces between its parts, without apostrophes.

    >>> plain("Sobol’ index"), plain("semi_separating"), plain("Shapley-value")
    ('sobol index', 'semi separating', 'shapley value')
    """
    return " ".join(re.sub(r"[-_\u2010-\u2013]", " ", re.sub(r"[’'`]", "", word)).casefold().split())


@cache
def glossary() -> tuple[Term, ...]:
    """Return the terms of the glossary, in its order."""
    tables = tomllib.loads(GLOSSARY.read_text(encoding="utf-8"))
    return tuple(
        Term(name, table["says"], tuple(table.get("also", ())), tuple(table.get("see", ())), table["where"])
        for name, table in tables.items()
    )


def found(word: str, terms: Sequence[Term]) -> Term | None:
    """Return the term that a word names, by its name or another spelling; the exact one goes first."""
    for spelling in (str, plain):
        for each in terms:
            if spelling(word) in (spelling(name) for name in (each.name, *each.also)):
                return each
    return _in_one_number(word, terms)


def near(word: str, terms: Sequence[Term], most: int = 3) -> list[str]:
    """Return the names of terms that were probably meant, the likeliest first; never one of opposite meaning."""
    by_spelling = {plain(name): each.name for each in reversed(terms) for name in (*each.also, each.name)}
    close = near_words(plain(word), list(by_spelling), likeness=_LIKENESS)
    parts = [spelt for spelt in by_spelling if plain(word) in spelt.split()]
    return list(dict.fromkeys(by_spelling[each] for each in [*close, *parts]))[:most]


def every_term(commands: Sequence[str], stances: Sequence[str], own: Mapping[str, Any]) -> tuple[Term, ...]:
    """Return all terms, in the words of a file: of the glossary, parameters, scenarios, commands, and its own."""
    said = speaker(own)
    ours = (replace(each, says=said(each.says)) for each in (*glossary(), *_of_parameters(stances)))
    return (
        *_own_words(own),
        *ours,
        *_of_scenarios(),
        *(Term(f"sim {name}", "A command.", (name,), command=(name, "--help")) for name in commands),
    )


def _in_one_number(word: str, terms: Sequence[Term]) -> Term | None:
    """Return the term of which a word is the plural, or the singular."""
    other = word.removesuffix("s") if word.endswith("s") else f"{word}s"
    names = ((each, plain(name)) for each in terms for name in (each.name, *each.also))
    return next((each for each, name in names if name == plain(other)), None)


def _own_words(own: Mapping[str, Any]) -> Iterator[Term]:
    """Yield what a scenario calls stances, types, rungs and players."""
    said = speaker(own)
    by_name = {plain(name): each for each in glossary() for name in (each.name, *each.also)}
    for group in ("stances", "types", "rungs"):
        for key, name in own.get(group, {}).items():
            meant = by_name.get(plain(key))
            says = (
                f"What this scenario calls {key}. {said(meant.says)}"
                if meant
                else f"A name of this scenario for {key}."
            )
            yield Term(name, says, see=(meant.name,) if meant else (), where=meant.where if meant else "")
    for role, text in (("sender", "takes a stance"), ("receiver", "may strike")):
        if player := own.get(role):
            yield Term(player["name"], f"Who {text} in this scenario.", where="scenarios/README.md")


def _of_parameters(stances: Sequence[str]) -> Iterator[Term]:
    """Yield the parameters, and the tables that hold them."""
    for each in all_parameters(tuple(stances)):
        yield Term(each.name, _told(each), (each.symbol,), command=("parameters", each.name))
    for line, both in ONE_LINE.items():
        yield Term(line, f"A line that gives {' and '.join(both)} one number.", command=("parameters", line))


def _told(parameter: Parameter) -> str:
    """Return what a parameter is, in two sentences."""
    name = label(parameter.name)
    return f"A number of the model: {name}. In full: {parameter.meaning}; a {parameter.kind}."


def _of_scenarios() -> Iterator[Term]:
    """Yield the bundled scenarios and games."""
    for kind, group, command in (("scenario", scenarios(), "run"), ("textbook game", games(), "solve")):
        for each in group:
            asked = f" For class: {each.question}" if each.question else ""
            also = (each.name.rpartition("/")[2],)
            yield Term(each.name, f"A {kind}: {each.title}{asked}", also, command=(command, each.name))


def term_lines(term: Term) -> list[str]:
    """Return a term as lines of a screen."""
    see = filled(f"See also: {', '.join(term.see)}") if term.see else []
    where = filled(f"More: {term.where}") if term.where else []
    return [term.name, *filled(term.says, "  ", ""), *see, *where]


def terms_lines(terms: Iterable[Term]) -> list[str]:
    """Return the names of terms in lines, in the order of the alphabet."""
    names = ", ".join(sorted((each.name for each in terms), key=plain))
    return ["Terms (sim explain TERM says what one means):", *filled(names, "  ", "")]
