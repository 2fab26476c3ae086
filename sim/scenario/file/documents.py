"""How does a file on disk become a tree of values of which each knows its place?"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal, TypeVar

from sim.scenario.file.positions import DEEPEST, KeyPath, Place, open_list, positions
from sim.telling.faults import Fault, ScenarioError, disguised, percent_hint, point_hint, range_hint
from sim.telling.rendering import printable

T = TypeVar("T")

LARGEST_FILE = 1 << 20
"""Largest file that is read, in bytes: a scenario takes some ten thousand."""

NAME = r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"
"""What the name of a scenario reads like: it can be part of that of a folder, on every system."""

_QUOTES = 'text begins with " and ends with " on its line; """...""" holds several lines'
_SYNTAX_HINTS = {
    "Invalid value": "text needs quotes, true and false are lower-case, and 0.3 needs its 0",
    "Expected '=' after": "a line reads key = value; quote a key that holds anything but letters, digits, - and _",
    "Cannot overwrite": "this key is given twice",
    "Cannot declare": "this table is opened twice",
    "Expected newline or end": "one key = value a line",
    "Unclosed inline table": "a table that opens with { ends with } on its line, and commas stand between its keys",
    "Unclosed array": "commas stand between the items of a list, and ] at its end",
    "Illegal character": _QUOTES,
    "Unescaped '\\'": "write \\\\ for a backslash, or use '...' around the text",
}
_CURLY = "“”„‟‘’‚‛«»"
_CURLY_END = re.compile(rf"[{_CURLY}][\s,\]}}]*(?:#.*)?$")
_TEXT = re.compile(r'"(?:[^"\\]|\\.)*+"')
_AFTER_TEXT = (
    "Unclosed inline table",
    "Invalid value",
    "Expected newline or end",
    "Illegal character",
    "Unterminated string",
)
_COMMA = re.compile(r"([0-9]+),([0-9]+)")
_AFTER_LIST = re.compile(r"\s*(?:\Z|\[|[\w.-]+[ \t]*=)")
_PART = r"""(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')"""
_DEEP_KEY = re.compile(rf"(?<![\w.-]){_PART}(?:[ \t]*+\.[ \t]*+{_PART}){{{DEEPEST}}}")  # its cost grows with its square
_EFG = re.compile(r"\s*EFG\s")
_TOML = re.compile(r"""\s*(?:#|\[|[\w."'-]+\s*=)""")
_OTHERS = {
    re.compile(r"\s*NFG\s"): "this is a game in strategic form (.nfg), which does not say who knows what",
    re.compile(
        r"\s*(?:<\?xml[^>]*>\s*)?(?:<!DOCTYPE[^>]*>\s*)?<gambit"
    ): "this is a workbook of Gambit (.gbt), no game",
}
_NO_TEXT = {
    b"{\\rtf": "a document in rich text (RTF)",
    b"PK\x03\x04": "a document of Word or LibreOffice, or another archive",
    b"\xd0\xcf\x11\xe0": "a document of an old Word",
    b"%PDF": "a PDF",
}
"""How files begin that people save from a word processor."""

_POSITION = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


@dataclass(frozen=True)
class Document:
    """A TOML file that could be read: its text, its values and where each stands."""

    path: Path  # as the user named it
    text: str  # line ends as line feeds
    tree: Mapping[str, object]
    places: Mapping[KeyPath, Place]

    def fault(self, at: KeyPath, message: str, hint: str = "", *, mark: Literal["key", "value"] = "value") -> Fault:
        """Return a fault at a key path, or at the nearest table above it that has a place."""
        place = self.places.get(self.nearest(at))
        if place is None:
            return Fault(str(self.path), message, hint)
        span = place.key if mark == "key" else place.value
        source = self._lines[span.line - 1]
        return Fault(str(self.path), message, hint, span.line, span.column, source, span.length)

    @cached_property
    def _lines(self) -> list[str]:
        """Lines of the text; a file can have many faults."""
        return self.text.split("\n")

    def nearest(self, at: KeyPath) -> KeyPath:
        """Return the key path itself if the file states it, else the nearest above it that does."""
        while at and at not in self.places:
            at = at[:-1]
        return at


def read_text(path: Path, *, missing: str = "") -> str:
    """Return the text of a file, or say why it cannot be had; files of Gambit that are no games for us are told."""
    text = _decoded(path, _content(path, missing))
    for pattern, message in _OTHERS.items():
        if pattern.match(text):
            raise ScenarioError([Fault(str(path), message, "save the game in Gambit as an extensive game (.efg)")])
    return text


def is_efg(text: str) -> bool:
    """Whether a text is a Gambit file, whatever its name ends with.

    >>> is_efg('EFG 2 R "Beer" { "A" "B" }'), is_efg('title = "EFG 2"')
    (True, False)
    """
    return bool(_EFG.match(text))


def looks_like_toml(text: str) -> bool:
    """Whether the first line that says anything is one of a TOML file."""
    return bool(_TOML.match(text))


def read_document(path: Path, *, missing: str = "") -> Document:
    """Read a TOML file."""
    text = read_text(path, missing=missing)
    if is_efg(text):
        message = "this is a Gambit file: it gives a game outright, with no uncertain parameters"
        raise ScenarioError([Fault(str(path), message, "sim solve reads it")])
    if not text.strip():
        raise ScenarioError([Fault(str(path), "the file is empty", "start from a copy of a bundled scenario")])
    if line := _line_of_deep_key(text):
        message = f"line {line} has a key of more than {DEEPEST} parts; no parameter has so many"
        raise ScenarioError([Fault(str(path), message)])
    try:
        return Document(path, text, _copied(_tree(text)), positions(text))
    except RecursionError:
        raise ScenarioError([Fault(str(path), "lists or tables are nested too deeply")]) from None
    except tomllib.TOMLDecodeError as error:
        raise ScenarioError([_syntax_fault(path, text, str(error))]) from None
    except ValueError:
        raise ScenarioError([_long_number(path, text)]) from None


@lru_cache(maxsize=16)  # the same files are read again and again
def _line_of_deep_key(text: str) -> int:
    """Return the line of the first key of too many parts; 0 if there is none."""
    deep = _DEEP_KEY.search(text)
    return text.count("\n", 0, deep.start()) + 1 if deep else 0


@lru_cache(maxsize=16)
def _tree(text: str) -> dict[str, object]:
    """Return the values of a text, to be copied before use."""
    return tomllib.loads(text)


def _copied(tree: T) -> T:
    """Return a copy of what a TOML file can hold, tables and lists anew: five times as quick as a deep copy."""
    if isinstance(tree, dict):
        return {key: _copied(value) for key, value in tree.items()}  # type: ignore[return-value]
    return [_copied(value) for value in tree] if isinstance(tree, list) else tree  # type: ignore[return-value]


def name_of(path: Path) -> str:
    """Return the name of a file that states none: its own, with - for what no name can hold.

    >>> [name_of(Path(f"{each}.toml")) for each in ("mine", "my two", "été", "日本")]
    ['mine', 'my-two', 'ete', 'scenario']
    """
    if re.fullmatch(NAME, path.stem):
        return path.stem
    letters = unicodedata.normalize("NFKD", path.stem)
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", "".join(c for c in letters if not unicodedata.combining(c)))
    return plain.lstrip("-_")[:64].rstrip("-") or "scenario"


def title_of(path: Path) -> str:
    """Return the title of a file that states none: its own name, as far as it is text."""
    return printable(path.stem) or "scenario"


def _content(path: Path, missing: str) -> bytes:
    """Return the bytes of a regular file of reasonable size."""
    try:
        if path.is_dir():
            raise ScenarioError([Fault(str(path), "this is a folder, not a file", "name a .toml file in it")])
        if not path.exists():
            raise ScenarioError([Fault(str(path), "there is no such file", missing)])
        if not path.is_file():
            raise ScenarioError([Fault(str(path), "this is not a regular file")])
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise ScenarioError([Fault(str(path), f"the file cannot be read: {error.strerror}")]) from None
    if len(content) > LARGEST_FILE:
        raise ScenarioError([Fault(str(path), f"the file must have at most {LARGEST_FILE} bytes; it has more")])
    return content


def _decoded(path: Path, content: bytes) -> str:
    """Return the text of a UTF-8 file, line ends as line feeds, or say which byte is none."""
    for start, what in _NO_TEXT.items():
        if content.startswith(start):
            hint = "save it as plain text (UTF-8), with a name that ends with .toml"
            raise ScenarioError([Fault(str(path), f"this is {what}, not plain text", hint)])
    save = "save it as UTF-8"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ScenarioError([Fault(str(path), "the file must be UTF-8 text; it is UTF-16", save)])
    if b"\0" in content:
        offset = content.index(b"\0")
        raise ScenarioError([Fault(str(path), f"the file must be UTF-8 text; it is binary (byte {offset} is 0)")])
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        source = content.split(b"\n")[line - 1].decode("utf-8", "replace").rstrip("\r")
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        message = f"the file must be UTF-8 text; byte {error.start} is 0x{content[error.start]:02x}"
        raise ScenarioError([Fault(str(path), message, save, line, column, source)]) from None


def _syntax_fault(path: Path, text: str, report: str) -> Fault:
    """Turn a report of tomllib into a fault."""
    found = _POSITION.search(report)
    said = report[: found.start()] if found else report
    lines = text.split("\n")
    if found and found[1]:
        line, column = int(found[1]), int(found[2])
    else:
        line = max((number for number, each in enumerate(lines, 1) if each.strip()), default=1)
        column = len(lines[line - 1]) + 1
    opened = _unclosed(text, sum(len(each) + 1 for each in lines[: line - 1]) + column - 1, said)
    if opened is not None:
        line, column = _line_and_column(text, opened)
        return Fault(str(path), "not TOML: unclosed array", "a list ends with ]", line, column, lines[line - 1])
    hint = next((hint for start, hint in _SYNTAX_HINTS.items() if said.startswith(start)), "")
    message, hint = _slip(lines[line - 1], column - 1, said) or (f"{said[0].lower()}{said[1:]}", hint)
    return Fault(str(path), f"not TOML: {message}", hint, line, column, lines[line - 1])


def _unclosed(text: str, at: int, said: str) -> int | None:
    """Return where a list opens that lacks its end, if the text goes on with a new line that is no item."""
    if not said.startswith(("Unclosed array", "Invalid value")) or not _AFTER_LIST.match(text, at):
        return None
    opened = open_list(text, at)
    return opened if opened is not None and ("\n" in text[opened:at] or not text[at:].strip()) else None


def _slip(source: str, at: int, said: str) -> tuple[str, str] | None:
    """Recognise what is right on paper and not in TOML: percentages, curly quotes, decimal commas, what looks alike."""
    character = source[at : at + 1]
    if (hint := range_hint(source.partition("=")[2])) and not re.search(r"[0-9]+,[0-9]", source):
        return "a range where a number or a list is wanted", hint
    if re.match(r"[ \t]*(?:per ?cent|pct)\b", source[at:]):
        return "a number stands alone", percent_hint(source[:at] + "%")
    if character == "%":
        hint = percent_hint(source[: at + 1])
        return "a number has no % sign", hint or "write a share of one: for 10 % write 0.10"
    if (character and character in _CURLY) or (said.startswith("Illegal character") and _CURLY_END.search(source)):
        return "curly quotes", 'use straight quotes: " in place of “ and ”'
    if said.startswith(_AFTER_TEXT) and '""' not in source and _TEXT.sub("", source).partition("#")[0].count('"') == 1:
        return "a quote is missing", _QUOTES
    if character and (hint := disguised(character)):
        return "a character that is not what it looks like", hint
    last = at - said.startswith("Expected '='")  # in an inline table tomllib goes on past the digits
    whole, part = next(
        (each.groups() for each in _COMMA.finditer(source) if each.start() < last < each.end()), ("", "")
    )
    return ("a comma inside a number", point_hint(whole, part)) if part else None


def _long_number(path: Path, text: str) -> Fault:
    """Find the whole number that is too long for Python to read."""
    found = re.search(r"[0-9][0-9_]{999,}", text)
    message = "a number has too many digits to be read"
    if not found:
        return Fault(str(path), message)
    line, column = _line_and_column(text, found.start())
    return Fault(str(path), message, "", line, column, text.split("\n")[line - 1])


def _line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Return where an offset is, counted from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
