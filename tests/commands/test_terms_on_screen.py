"""Is every term that stands on a first screen or in the head of a table in the glossary?

What commands print is taken from the record of answers. Deliberate break that turned it red: the regime left out of the
glossary, the intuitive criterion likewise. Whoever brings a new word to a screen explains it in the glossary, or lists
it below if everybody knows it.
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

EVERYDAY = frozenset(
    re.findall(
        r"\w+",
        """
        about above advises after against alike all along always and another answers any are average because
        been before behind being below beside best better between both brackets but by came can certain chance
        chances change changed changes claimed come construction could crises day did difference directions does
        done doubt doubting doubts down during each either else encounter ends equal equally errs even ever
        every exact exp faces few fewer file finding finds first five folder follows for four france french from
        gain gains game goes got had half hand has have held her here high him his how into its itself june just
        keep keeps kept know knowing known largest last later least left less let like likely loss low made make
        makes many map may might more much must name named nato near need needs nerve never new next nobody none
        nor not nothing now number off often old once one ones only opposite order other others our out outside
        over own people per place put rather rests risk risks rule ruled run russia safety same say says second
        see seen send sends set settle several shall she shift should show shown shows sim since six small
        smaller soldiers some something soon still strong such suits takes taking ten text than that the their
        them then there these thing things thinks third this those three through thus time times together told
        too took toward trainers turn two types ukraine unchanged under unless unlike until upon use used using
        values very was way weak well were what where whether which while who whole whom whose why will with
        within without would year yet you your zero
        """,
    )
)


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
    forms = {word, f"{word}s", word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ed")}
    return bool(forms & known) or (len(word) > 5 and any(each.startswith(word) for each in known))


@pytest.mark.parametrize("lines", [heads, first_screens])
def test_every_term_on_a_screen_is_in_the_glossary(lines: Callable[[], Iterator[tuple[str, str]]]) -> None:
    known = explained() | EVERYDAY
    shown = [*lines()]
    assert len(shown) > 20
    assert {word: typed for typed, line in shown for word in words(line) if not is_known(word, known)} == {}


def test_everyday_words_are_no_terms() -> None:
    names = {plain(term.name) for term in glossary()}
    assert EVERYDAY & names == set()
