"""Is every term that stands on a first screen or in the head of a table in the glossary?

What commands print is taken from the record of answers. Whoever brings a new word to a screen explains it in the
glossary, or adds it to tests/support/everyday_words.txt if everybody knows it. Deliberate breaks that turned it red:
the regime left out of the glossary, and the intuitive criterion.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sim.lookup.terms import glossary, plain

RECORD = Path(__file__).resolve().parents[1] / "recorded" / "answers.json.gz"
WORDS = Path(__file__).resolve().parents[1] / "support" / "everyday_words.txt"

EVERYDAY = frozenset(WORDS.read_text(encoding="utf-8").split()) - {
    word for term in glossary() for word in plain(term.name).split()
}
"""What everybody knows; a word that is a term of ours is one all the same."""


def recorded() -> dict[str, str]:
    """Return what commands printed, by the line that was typed."""
    with gzip.open(RECORD) as file:
        return {line: answer["said"] for line, answer in json.load(file).items()}


def heads() -> Iterator[tuple[str, str]]:
    """Yield the lines of all heads of tables, with the line that was typed."""
    for typed, said in recorded().items():
        lines = said.splitlines()
        for number, line in enumerate(lines):
            if re.fullmatch(r"\s*─[─ ]*", line):
                above = number - 1
                while above >= 0 and lines[above].strip():
                    yield typed, lines[above]
                    above -= 1


def first_screens() -> Iterator[tuple[str, str]]:
    """Yield the lines of all first screens in the words of the article's case, with the line that was typed."""
    for typed, said in recorded().items():
        command, *words = typed.split()
        if command in ("run", "solve") and "--full" not in words and words[0] == "macron-2024":
            yield from ((typed, line) for line in said.splitlines())


def words(text: str) -> list[str]:
    """Return the words of a text that could be terms: no names of files or numbers, nothing of one or two letters."""
    bare = re.sub(r"\b\w+(?:[.=/]\w+)+|\b[\w-]+-\d+|\b\w+ sends\b|\b(?:sim|seed) .*", " ", text)
    return [each for each in re.findall(r"[^\W\d_]+", bare.casefold()) if len(each) > 2]


def explained() -> set[str]:
    """Return every word of a term's name or of another spelling of it."""
    return {word for term in glossary() for name in (term.name, *term.also) for word in plain(name).split()}


def is_known(word: str, known: set[str]) -> bool:
    """Whether a word, in one number or the other, or cut by the edge of a cell, is among those that are known."""
    stems = {word.removesuffix(end) for end in ("", "s", "es", "d", "ed", "r", "er", "st", "est", "ing", "ly")}
    forms = stems | {f"{stem}{end}" for stem in stems for end in ("s", "e")}
    return bool(forms & known) or (len(word) > 5 and any(each.startswith(word) for each in known))


@pytest.mark.parametrize("lines", [heads, first_screens])
def test_every_term_on_a_screen_is_in_the_glossary(lines: Callable[[], Iterator[tuple[str, str]]]) -> None:
    known = explained() | EVERYDAY
    shown = [*lines()]
    assert len(shown) > 20
    unknown = {word: typed for typed, line in shown for word in words(line) if not is_known(word, known)}
    assert unknown == {}, "explain these in sim/lookup/glossary.toml, or add them to tests/support/everyday_words.txt"
