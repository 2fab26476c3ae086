"""How is a mistake in a file shown? Where it is, the line, a caret, and what would put it right."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from itertools import product

MOST_FAULTS = 50  # faults that are shown, and looked for in any one list: who has more will not read them
WIDEST_LINE = 110  # characters of a source line that are shown; of a longer one, the part around the caret
_MARGIN, _LEAST = 8, 20  # columns in front of a source line; and for one at the least


_PARTS = re.compile(r"[^\W_]+")
# Words and beginnings of words that turn what follows into its opposite.
_DENIALS = ("not", "no", "non", "never", "un", "in", "im", "ir", "il", "dis", "anti", "de")
_OPPOSITES = (
    ("best", "worst"), ("maximax", "maximin"), ("minimin", "minimax"), ("pooling", "separating"),
    ("denial", "punishment"), ("sender", "receiver"), ("resolute", "bluffing"), ("cautious", "opportunist"),
    ("low", "high"), ("lower", "higher"), ("lower", "raise"), ("least", "most"), ("lowers", "raises"),
    ("smallest", "largest"), ("minimum", "maximum"), ("optimism", "pessimism"), ("optimist", "pessimist"),
    ("alone", "backed"), ("fold", "hold"), ("exact", "inexact"), ("abandonment", "entrapment"),
    ("symmetric", "asymmetric"), ("abandonment", "backing"), ("overconfidence", "underconfidence"),
    ("minimise", "maximise"), ("within", "without"), ("first", "last"), ("before", "after"),
)  # fmt: skip
"""Words that are spelt alike, or stand beside like words, and mean the opposite."""

# Curly quotes, and the straight ones that they stand for.
_QUOTES = dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"') | dict.fromkeys("\u2018\u2019\u201a\u201b", "'")


@dataclass(frozen=True)
class Fault:
    """One mistake in a file."""

    path: str  # the file as the user named it, or the setting as the user typed it
    message: str
    hint: str = ""  # what is allowed or likely meant
    line: int = 0  # counted from 1, as the column is; 0 where the fault is with the file as a whole
    column: int = 0
    source: str = ""  # the line of the file, without its end
    width: int = 1  # characters that the caret underlines
    lines: tuple[str, ...] = ()  # what the file could have instead, ready to be pasted

    def __str__(self) -> str:
        """Render the fault in one to three lines, and those to be pasted; safe for any terminal."""
        return self.shown()

    def shown(self, width: int | None = None) -> str:
        """Render the fault for a screen of some width: a long line is cut around the caret, a long hint goes below."""
        most = WIDEST_LINE if width is None else max(width - _MARGIN, _LEAST)
        pasted = [f"    {_printable(line)}" for line in self.lines]
        if not self.line:
            hint = [f"    {_printable(self.hint)}"] if self.hint else []
            return "\n".join((_printable(f"{self.path}: {self.message}"), *hint, *pasted))
        start = max(0, self.column - 1 - most // 2) if len(self.source) > most else 0
        shown = self.source[start : start + most]
        before = shown[: self.column - 1 - start]
        carets = "^" * max(1, sum(_columns(c) for c in shown[len(before) : len(before) + self.width]))
        padding = "".join("\t" if character == "\t" else " " * _columns(character) for character in before)
        advice, marks = _printable(self.hint), f"{padding}{carets}"
        fits = width is None or len(marks) + 2 + len(advice) <= most
        under = (
            [f"{marks}  {advice}".rstrip()]
            if fits
            else [marks, *textwrap.wrap(advice, most, break_on_hyphens=False, break_long_words=False)]
        )
        return "\n".join(
            (
                _printable(f"{self.path}:{self.line}:{self.column}: {self.message}"),
                f"{self.line:>5} | {_printable(shown)}",
                *(f"{'':>5} | {each}" for each in under),
                *pasted,
            )
        )


class ScenarioError(ValueError):
    """Everything that is wrong with a scenario or register, at once."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.shown())

    def shown(self, width: int | None = None) -> str:
        """Render all faults, for a screen of some width if one is given."""
        more = [f"and at least {left} more faults"] if (left := len(self.faults) - MOST_FAULTS) > 0 else []
        return "\n".join([*(each.shown(width) for each in self.faults[:MOST_FAULTS]), *more])

    def __reduce__(self) -> tuple[type[ScenarioError], tuple[tuple[Fault, ...]]]:
        """Let the error cross process boundaries whole."""
        return type(self), (self.faults,)


def suggestion(word: str, known: Sequence[str], *, otherwise: str = "") -> str:
    """Return the hint for a word that is not known: the nearest known one, or all of them."""
    near = nearest_word(word, known)
    return f"did you mean {near!r}?" if near else otherwise or f"allowed: {', '.join(known)}"


def nearest_word(word: str, known: Sequence[str]) -> str | None:
    """Return the known word that was probably meant, or None if none is near."""
    found = _close(word, known, most=1)
    return next((each for each in found if not _opposed(word, each)), None)


def near_words(word: str, known: Sequence[str], most: int = 5, *, likeness: float = 0.6) -> list[str]:
    """Return the known words that were probably meant, the likeliest first; none of opposite meaning, nor two.

    >>> near_words("worst cas", ["best case", "worst case"]), near_words("maximax", ["maximin"])
    (['worst case'], [])
    """
    found: list[str] = []
    for each in _close(word, known, most, likeness):
        if not any(_opposed(other, each) for other in (word, *found)):
            found.append(each)
    return found


def _close(word: str, known: Sequence[str], most: int, likeness: float = 0.6) -> list[str]:
    """Return the known words that are spelt most alike."""
    by_small = {each.casefold(): each for each in reversed(known)}
    return [
        by_small[each] for each in get_close_matches(word[:100].casefold(), list(by_small), n=most, cutoff=likeness)
    ]


def mistyped(word: str, known: Sequence[str]) -> str | None:
    """Return the only known word that differs by slips of typing: a letter in each part, two exchanged, a space.

    Unlike `nearest_word` it takes no word for another that is like it: a likelihood is no place for a guess.
    """
    asked = _PARTS.findall(word[:100].casefold())
    near = [each for each in known if _by_slips(asked, _PARTS.findall(each.casefold()))]
    return near[0] if len(near) == 1 else None


def _by_slips(asked: Sequence[str], known: Sequence[str]) -> bool:
    """Whether the parts of a word are those of another but for slips."""
    same = len(asked) == len(known) and all(map(_by_one_slip, asked, known))
    return same or "".join(asked) == "".join(known)


def _by_one_slip(asked: str, known: str) -> bool:
    """Whether two parts are the same but for a letter left out, added or changed, or two that are exchanged."""
    if len(asked) == len(known):
        wrong = [i for i, (one, two) in enumerate(zip(asked, known, strict=True)) if one != two]
        exchanged = len(wrong) == 2 and [asked[i] for i in wrong] == [known[i] for i in reversed(wrong)]
        return len(wrong) <= 1 or (exchanged and wrong[1] == wrong[0] + 1)
    short, long = sorted((asked, known), key=len)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def _opposed(word: str, known: str) -> bool:
    """Whether one of two words denies a part of the other: unlikely, irresolute, not probable; or best, not worst."""
    one, two = set(_PARTS.findall(word.casefold())), set(_PARTS.findall(known.casefold()))
    if any(pair[0] in first - second and pair[1] in second - first for pair in _OPPOSITES for first, second in (
        (one, two), (two, one)
    )):  # fmt: skip
        return True
    pairs = [*product(one - two, two), *product(two - one, one)]
    return any(longer in _DENIALS or longer in {denial + part for denial in _DENIALS} for longer, part in pairs)


def disguised(character: str) -> str:
    """Return what a character is that is taken for another or cannot be seen, and what to type; nothing of others."""
    if character.isascii():
        return ""
    kind = unicodedata.category(character)
    name = f"{unicodedata.name(character, 'a control character')} (U+{ord(character):04X})"
    if kind in ("Cc", "Cf", "Zs", "Zl", "Zp"):
        return f"{name} cannot be seen: type a plain space or nothing"
    plain = "-" if kind == "Pd" or character == "\u2212" else unicodedata.normalize("NFKC", character)
    plain = _QUOTES.get(character, plain)
    if plain.isascii():
        return f"{name} is not {plain} but looks like it"
    if name.startswith(("CYRILLIC", "GREEK")) and character.isalpha():
        return f"{name} is no Latin letter"
    return f"{name} is not {int(character)}" if character.isdecimal() else ""


def percent_hint(text: str) -> str:
    """Return what to write for the percentage that a text ends with; empty if it ends with none."""
    found = re.search(r"(?<![\w.,])([0-9]{1,9}(?:\.[0-9]{1,9})?)[ \t]*(?:%|per ?cent|pct)[ \t]*$", text)
    return f"for {found[1]} % write {Decimal(found[1]).scaleb(-2)}" if found else ""


def range_hint(text: str) -> str:
    """Return what to write for two numbers with a dash or "to" between them, or a comma and no brackets; empty if none.

    >>> range_hint(" 0.2-0.5"), range_hint("[0.2 – 0.5]"), range_hint("0.2, 0.5"), range_hint("2024-06-06")
    ('a range is a list, as in interval = [0.2, 0.5]', 'write [0.2, 0.5]', 'a list stands in [ ]: [0.2, 0.5]', '')
    """
    number = r"([+-]?[0-9]{1,9}(?:\.[0-9]{1,9})?)"
    between = r"[ \t]*(-|–|—|−|\.\.+|to|,)[ \t]*"
    found = re.fullmatch(rf"[ \t]*(\[?)[ \t]*{number}{between}{number}[ \t]*\]?[ \t]*(?:#.*)?", text)
    if not found or (found[1] and found[3] == ","):
        return ""
    numbers = f"[{found[2]}, {found[4]}]"
    if found[1]:
        return f"write {numbers}"
    return f"a list stands in [ ]: {numbers}" if found[3] == "," else f"a range is a list, as in interval = {numbers}"


def point_hint(whole: str, part: str) -> str:
    """Return what to write for a number with a comma between these digits."""
    if len(part) == 3 and whole != "0":
        return f"write {whole}{part}, or {whole}.{part} if the comma is a decimal one"
    return f"write decimals with a point: {whole}.{part}"


def comma_hint(numbers: Sequence[float], wanted: int, *, signed: bool) -> str:
    """Return what to write if decimal commas cut every number in two, as they do 0.10; empty if they did not."""
    if len(numbers) != 2 * wanted or any(number % 1 for number in numbers):
        return ""
    pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
    if signed or not all(0 <= part < 100 for _, part in pairs):  # three digits are more likely thousands
        return "write decimals with a point, as in 0.10, and thousands without a comma"
    return f"write decimals with a point: [{', '.join(f'{whole:.0f}.{part:.0f}' for whole, part in pairs)}]"


def _columns(character: str) -> int:
    """Return how many columns of a terminal a character takes."""
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _printable(text: str) -> str:
    """Replace what could steer a terminal or fail to encode; keep the length."""
    return "".join(c if c.isprintable() or c == "\t" else "\ufffd" for c in text)
