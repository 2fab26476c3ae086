"""Does the scanner find every key and value where a reader would point?

Deliberate break that turned tests red: counting columns from the offset of the line's end before instead of its start.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario.file.documents import read_document
from sim.scenario.file.positions import KeyPath, Place, Span, open_list, positions


def pointed(text: str, place: Span) -> str:
    """Return what a span underlines."""
    return text.split("\n")[place.line - 1][place.column - 1 :][: place.length]


@pytest.mark.parametrize(
    ("text", "path", "key", "value"),
    [
        ("a = 1", ("a",), "a", "1"),
        ("# c\n\n  a.b . c = 0x1F # d", ("a", "b", "c"), "c", "0x1F"),
        ("# c\n\n  a.b . c = 0x1F # d", ("a", "b"), "b", "b"),
        ("[t]\nx = true", ("t", "x"), "x", "true"),
        ("[ t . 'u v' ]\nx = -inf", ("t", "u v"), "'u v'", "'u v'"),
        ('"a\\u0062" = "x # y"', ("ab",), '"a\\u0062"', '"x # y"'),
        ("a = [1, # one ]\n  [2, 3],\n]\nb = 2", ("a", 1, 0), "2", "2"),
        ("a = [1, # one ]\n  [2, 3],\n]\nb = 2", ("b",), "b", "2"),
        ('a = {b = {c = "}"}, d.e = 3}', ("a", "d", "e"), "e", "3"),
        ('a = {b = {c = "}"}, d.e = 3}', ("a", "b"), "b", '{c = "}"}'),
        ("[[c]]\nid = 1\n[[c]]\nid = 2\n[c.d]\nx = 3", ("c", 1, "id"), "id", "2"),
        ("[[c]]\nid = 1\n[[c]]\nid = 2\n[c.d]\nx = 3", ("c", 1, "d", "x"), "x", "3"),
        ("[[c]]\n[[c.e]]\n[[c.e]]\ny = 4", ("c", 0, "e", 1, "y"), "y", "4"),
        ('a = """x\n"" = [ \\"""\n"""""\nb = 2', ("b",), "b", "2"),
        ('a = """x\n"" = [ \\"""\n"""""\nb = 2', ("a",), "a", '"""x'),
        ("a = '''x\n'' [ \n'''''\nb = 2", ("b",), "b", "2"),
        ("a = ''''''\nb = ''", ("b",), "b", "''"),
        ("a = 1979-05-27 07:32:00 # noon\nb = 2", ("a",), "a", "1979-05-27 07:32:00"),
        ("\ta = 1", ("a",), "a", "1"),
        ("'é' = 'ü' # ß", ("é",), "'é'", "'ü'"),
    ],
)
def test_a_span_underlines_the_key_and_the_value(text: str, path: KeyPath, key: str, value: str) -> None:
    tomllib.loads(text)
    place = positions(text)[path]
    assert (pointed(text, place.key), pointed(text, place.value)) == (key, value)


def test_lines_and_columns_count_from_one() -> None:
    place = Place(Span(2, 3, 1), Span(2, 7, 2))
    assert positions("\n  a = 12")["a",] == place


def test_an_empty_text_has_no_places() -> None:
    assert positions("") == {}


@pytest.mark.parametrize(
    ("text", "opened"),
    [("", None), ("a = 1", None), ("a = [1, [2], 3", 4), ("a = [[1], [2", 10), ('[t]\na = [\']\', "\\"]", # ]\n', 8)],
)
def test_the_innermost_open_list_is_found_outside_texts_and_comments(text: str, opened: int | None) -> None:
    assert open_list(text, len(text)) == opened
    closed = text if opened is None else f"{text}{']' * 9}"
    assert open_list(closed, len(closed)) is None
    assert open_list(closed, len(text)) == opened


KEYS = st.one_of(st.from_regex(r"[A-Za-z0-9_-]{1,4}", fullmatch=True), st.text("ab .]#=\"'\\\t\u00e9[", max_size=4))
LEAVES = st.one_of(st.integers(), st.booleans(), st.text("ab\n\"'#]}[{,=\\", max_size=6))
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=8
)


def quoted(text: str) -> str:
    """Return a text as a basic string of TOML."""
    for plain, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t")):
        text = text.replace(plain, escaped)
    return f'"{text}"'


def inline(value: object) -> str:
    """Return a value as TOML on one line, or several for a text with line ends."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        plain = "'" not in value and "\\" not in value
        return f"'''{chr(10)}{value}'''" if "\n" in value and plain else quoted(value)
    if isinstance(value, list):
        return f"[ {''.join(f'{inline(each)}, # ,]{chr(10)}' for each in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{quoted(key)} = {inline(each)}' for key, each in value.items())}}}"
    return str(value)


def leaves(value: object, path: KeyPath = ()) -> dict[KeyPath, object]:
    """Return every value inside a tree by its key path."""
    items: Iterable[tuple[str | int, object]] = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    found: dict[KeyPath, object] = {path: value} if path else {}
    for key, each in items:
        found |= leaves(each, (*path, key))
    return found


@given(st.dictionaries(KEYS, VALUES, max_size=4), st.dictionaries(KEYS, VALUES, max_size=3))
def test_every_value_that_tomllib_reads_has_a_place_and_no_other_does(first: object, second: dict[str, Any]) -> None:
    assert isinstance(first, dict)
    lines = [f"{quoted(key)} = {inline(value)}" for key, value in first.items()]
    lines += [line for name in second for line in ("[[ 't t' ]] # [x]", f" {quoted(name)}={inline(second[name])}")]
    text = "\n".join(lines) if "t t" not in first else ""
    tree = tomllib.loads(text)
    places = positions(text)
    assert set(places) == set(leaves(tree))
    for path, value in leaves(tree).items():
        if isinstance(value, (bool, int)):
            assert pointed(text, places[path].value) == str(value).lower()


def test_what_is_done_to_a_tree_does_not_reach_whoever_reads_the_file_next(tmp_path: Path) -> None:
    file = tmp_path / "some.toml"
    file.write_text("a = [1, {b = 2}]\n", encoding="utf-8")
    tree: Any = read_document(file).tree
    tree["a"][1]["b"] = 3
    assert read_document(file).tree == {"a": [1, {"b": 2}]}
