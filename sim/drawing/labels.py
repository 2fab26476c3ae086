"""How does a figure come to speak a lecturer's words? Hers in place of those it shows, and whole texts of hers."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from unicodedata import east_asian_width

from sim.drawing.steps import QUESTIONS
from sim.telling.faults import near_words, suggestion
from sim.telling.names import Speaker

OWN = ("title", "caption", "source")
"""Texts that a figure has one of."""

FILES = ("regrets",)
"""Figures that files call otherwise than Python does."""

_LONGEST_FILE = 1 << 20  # bytes
_PHRASE = 45  # letters of the longest text that is told phrase by phrase, and not as a whole
_BETWEEN = re.compile(r"[^\w’'-]*(?:\d[\d.,]*|[\n:;.,·()“”\"→←↑=<>+%±–—/]|(?<!\w)[-−])+[^\w’'-]*")
"""What phrases stand between: numbers and signs."""

_WORD = re.compile(r"[^\W\d_][\w’'-]*")


@dataclass(frozen=True, eq=False)
class Labels:
    """Words by ours, for all figures and, by name, for one alone, where texts of its own may stand as well."""

    words: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    strict: frozenset[str] = frozenset()  # words that some figure must show
    heard: set[str] = field(default_factory=set)  # words that a figure has shown
    shown: dict[str, None] = field(default_factory=dict)  # every text that was asked for, once, in order

    def of(self, names: Iterable[str]) -> dict[str, str]:
        """Return what is stated for a figure that goes by these names."""
        return {key: text for name in names for key, text in self.own.get(name, {}).items()}

    def texts(self, names: Iterable[str]) -> dict[str, str | None]:
        """Return a figure's title, caption and source; None where it keeps its own."""
        stated = self.of(names)
        return {name: stated.get(name) for name in OWN}

    def letters(self) -> list[str]:
        """Return every text that may be drawn in place of ours."""
        return [*self.words.values(), *(text for each in self.own.values() for text in each.values())]

    def speaking(self, names: Iterable[str], said: Speaker) -> Speaker:
        """Return what turns a text into a scenario's words, and these into the lecturer's."""
        words = {**self.words, **{key: text for key, text in self.of(names).items() if key not in OWN}}
        replace = _replacing(words, self.heard)

        def speak(text: str) -> str:
            told = said(text)
            self.shown[told] = None
            return replace(told)

        return speak

    def unheard(self) -> list[str]:
        """Return the words that no figure has shown, with the nearest that one has."""
        parts = (part for text in self.shown for part in (*phrases_of(text), text, *_WORD.findall(text)))
        phrases = list(dict.fromkeys(parts))
        own = (word for each in self.own.values() for word in each if word not in OWN)
        missed = [word for word in dict.fromkeys([*self.words, *own]) if word not in self.heard]
        return [f"{word!r}{_near(word, phrases)}" for word in missed]

    def check(self, say: Callable[[str], object]) -> None:
        """Refuse a word that was to be shown and is not; `say` is told of others, which other figures may show."""
        if self.strict - self.heard:
            missed = Labels(
                {word: "" for word in self.words if word in self.strict}, heard=self.heard, shown=self.shown
            )
            raise ValueError(
                f"labels must stand for words that a figure shows; none shows {', '.join(missed.unheard())}"
            )
        if missing := self.unheard():
            say(f"no figure here shows {', '.join(missing)}")


def _near(word: str, phrases: list[str]) -> str:
    """Return the words that were probably meant."""
    near = near_words(word, phrases, 3, likeness=0.7)
    return f" (did you mean {' or '.join(map(repr, near))}?)" if near else ""


def _replacing(words: Mapping[str, str], heard: set[str]) -> Speaker:
    """Return what puts words in the place of others, the longest first, and notes which were there."""
    if not words:
        return str
    by_ours = {" ".join(ours.split()): ours for ours in words}
    pattern = re.compile("|".join(map(_whole, sorted(by_ours, key=len, reverse=True))))

    def replaced(found: re.Match[str]) -> str:
        there = " ".join(found[0].split())
        ours = by_ours.get(there) or by_ours[there[0].lower() + there[1:]]
        heard.add(ours)
        theirs = words[ours]
        return theirs if there in by_ours else theirs[:1].upper() + theirs[1:]

    return lambda text: pattern.sub(replaced, text)


def _whole(phrase: str) -> str:
    """Return a pattern of a phrase as whole words, that may begin a sentence; its blanks may be line ends."""
    first = f"[{phrase[0]}{phrase[0].upper()}]" if phrase[0].islower() else re.escape(phrase[0])
    inside = first + re.sub(r"(?:\\ )+", r"\\s+", re.escape(phrase[1:]))
    before, after = (r"\b" if _spaced(end) else "" for end in (phrase[0], phrase[-1]))
    return f"{before}{inside}{after}"


def _spaced(letter: str) -> bool:
    """Whether a letter is of a script that puts blanks between words."""
    return (letter.isalnum() or letter == "_") and east_asian_width(letter) not in "WF"


def phrases_of(text: str) -> list[str]:
    r"""Return the phrases of a text between its numbers and signs; a sentence or a question is one.

    >>> phrases_of("stay ambiguous\n1 in 2,300"), phrases_of("strikes in 100 crises"), phrases_of("7.5 %")
    (['stay ambiguous', 'in'], ['strikes in', 'crises'], [])
    """
    if len(text) > _PHRASE or text.endswith("?"):
        return [" ".join(text.split())]
    parts = (part.strip() for part in _BETWEEN.split(text))
    return [part for part in parts if any(letter.isalpha() for letter in part)]


def read_labels(file: Path | None, pairs: Iterable[str] = ()) -> Labels:
    """Return the words of a file and of pairs WORD=WORDS; ValueError says what is wrong with either."""
    words, own = _read(file) if file else ({}, {})
    strict: dict[str, str] = {}
    for pair in pairs:
        ours, sign, theirs = (part.strip() for part in pair.partition("="))
        if not (ours and sign and theirs):
            raise ValueError(f"a label must read WORD=WORDS, such as strike=Angriff; it is {pair!r}")
        strict[ours] = theirs
    return Labels(words | strict, own, frozenset(strict))


def _read(file: Path) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Return the words of a file, for all figures and for one each."""
    if file.stat().st_size > _LONGEST_FILE:
        raise ValueError(f"{file} must hold at most {_LONGEST_FILE:,} bytes; it holds {file.stat().st_size:,}")
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as fault:
        raise ValueError(f'{file} must be TOML, lines such as strike = "Angriff"; {fault}') from None
    own = {name: each for name, each in table.items() if isinstance(each, dict)}
    for name in own:
        if name not in (*QUESTIONS, *FILES):
            raise ValueError(f"{file}: there is no figure {name!r}; {suggestion(name, [*QUESTIONS])}")
    words = {name: each for name, each in table.items() if name not in own}
    for name, theirs in [*words.items(), *(pair for each in own.values() for pair in each.items())]:
        if not (isinstance(theirs, str) and name.strip() and (theirs.strip() or name in OWN)):
            raise ValueError(f"{file}: {name!r} must be given words between quotation marks; it is given {theirs!r}")
    return words, own


def mapped(given: object) -> Labels:
    """Return labels as Python gives them: words by ours, all of which the figure must show."""
    if given is None:
        return Labels()
    if not isinstance(given, Mapping) or not all(isinstance(each, str) and each for each in [*given, *given.values()]):
        raise TypeError(f"labels must be a mapping of words to words, such as {{'strike': 'Angriff'}}; it is {given!r}")
    return Labels(dict(given), strict=frozenset(given))
