"""Where in a TOML text does each key and value stand? Only for text that tomllib has accepted."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

KeyPath = tuple[str | int, ...]
"""Keys from the top of the file down; an int is the place in a list or an array of tables."""

Ranges = dict[KeyPath, tuple[int, int, int, int]]
"""Offsets into the text: start and end of the key, start and end of the value."""

DEEPEST = 32
"""Parts of a key path beyond which a file is refused: those of a scenario have four."""

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_STRING = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}'
    r"|'''(?:[^']|'{1,2}(?!'))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_BRACKET = re.compile(rf"(?:{_STRING.pattern})|#[^\n]*|[][]", re.DOTALL)
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_DOT = re.compile(r"[ \t]*\.[ \t]*")
_SCALAR = re.compile(r"[^,\]}#\r\n]+")


@dataclass(frozen=True)
class Span:
    """A stretch of one line: line and column counted from 1, and its length in characters."""

    line: int
    column: int
    length: int


@dataclass(frozen=True)
class Place:
    """Where a key and its value stand; for a table or a list element both are the same."""

    key: Span
    value: Span


@lru_cache(maxsize=16)  # the same files are read again and again
def positions(text: str) -> dict[KeyPath, Place]:
    r"""Return where each key and each value of a TOML text stands.

    Keys of implicit tables are placed where they are first named; a value of several lines is placed at its first.

    >>> places = positions("[a]\n'b c'.d = [1, 22]")
    >>> places["a", "b c", "d", 1].value
    Span(line=2, column=15, length=2)
    """
    ranges: Ranges = {}
    table: KeyPath = ()
    counts: dict[KeyPath, int] = {}
    at = _skip(text, 0)
    while at < len(text):
        if text[at] == "[":
            table, at = _header(text, at, ranges, counts)
        else:
            at = _pair(text, at, table, ranges)
        at = _skip(text, at)
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    return {
        path: Place(_span(text, starts, first, end), _span(text, starts, value, value_end))
        for path, (first, end, value, value_end) in ranges.items()
    }


def open_list(text: str, end: int) -> int | None:
    """Return the offset of the innermost ``[`` that is still open at an offset; None if there is none.

    >>> open_list("a = [1, [2], ']', # ]", 21)
    4
    """
    opened: list[int] = []
    for match in _BRACKET.finditer(text, 0, end):
        if match.group() == "[":
            opened.append(match.start())
        elif match.group() == "]" and opened:
            opened.pop()
    return opened[-1] if opened else None


def _header(text: str, at: int, ranges: Ranges, counts: dict[KeyPath, int]) -> tuple[KeyPath, int]:
    """Read ``[a.b]`` or ``[[a.b]]``; return the path of the table it opens."""
    double = text.startswith("[[", at)
    keys, at = _keys(text, _skip(text, at + 1 + double))
    path: KeyPath = ()
    for number, (part, start, end) in enumerate(keys):
        path = (*path, part)
        ranges.setdefault(path, (start, end, start, end))
        if double and number == len(keys) - 1:
            counts[path] = counts.get(path, 0) + 1
        if path in counts:
            path = (*path, counts[path] - 1)
            ranges.setdefault(path, (start, end, start, end))
    return path, _skip(text, at) + 1 + double


def _pair(text: str, at: int, table: KeyPath, ranges: Ranges) -> int:
    """Read ``key = value``; return the offset after it."""
    keys, at = _keys(text, at)
    path = table
    for part, start, end in keys:
        path = (*path, part)
        ranges.setdefault(path, (start, end, start, end))
    value = _skip(text, _skip(text, at) + 1)
    end = _value(text, value, path, ranges)
    ranges[path] = (*ranges[path][:2], value, end)
    return end


def _keys(text: str, at: int) -> tuple[list[tuple[str, int, int]], int]:
    """Read a dotted key; return its parts with their offsets, and the offset after it."""
    parts = []
    while True:
        match = _STRING.match(text, at) or _BARE_KEY.match(text, at)
        end = match.end() if match else at + 1
        raw = text[at:end]
        name = next(iter(tomllib.loads(f"{raw} = 0"))) if raw[0] in "\"'" else raw
        parts.append((name, at, end))
        dot = _DOT.match(text, end)
        if not dot:
            return parts, end
        at = dot.end()


def _value(text: str, at: int, path: KeyPath, ranges: Ranges) -> int:
    """Read a value and what it contains; return the offset after it."""
    if len(path) > DEEPEST:
        raise RecursionError("lists or tables are nested too deeply")
    if text[at] in "[{":
        return _inside(text, at, path, ranges)
    match = (_STRING if text[at] in "\"'" else _SCALAR).match(text, at)
    return at + len(match.group().rstrip()) if match else at + 1


def _inside(text: str, at: int, path: KeyPath, ranges: Ranges) -> int:
    """Read a list or an inline table; return the offset after it."""
    is_list, index, at = text[at] == "[", 0, _skip(text, at + 1)
    while text[at] not in "]}":
        if is_list:
            item = (*path, index)
            end = _value(text, at, item, ranges)
            ranges[item] = (at, end, at, end)
            index += 1
        else:
            end = _pair(text, at, path, ranges)
        at = _skip(text, end)
        at = _skip(text, at + 1) if text[at] == "," else at
    return at + 1


def _skip(text: str, at: int) -> int:
    """Return the offset after blanks, line ends and comments."""
    match = _BLANK.match(text, at)
    return match.end() if match else at


def _span(text: str, starts: list[int], start: int, end: int) -> Span:
    """Turn offsets into a line, a column and a length on that line."""
    line = bisect_right(starts, start)
    stop = text.find("\n", start, end)
    return Span(line, start - starts[line - 1] + 1, max(1, (end if stop < 0 else stop) - start))
