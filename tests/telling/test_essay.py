r"""Are tables for essays what they say, whatever a scenario calls things? Read back by other programs.

Deliberate breaks that turned a test red: "|" left as it is in Markdown; "_" in LaTeX; "−" left to LaTeX; the columns of
words aligned like numbers.
"""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from sim.telling.essay import Essay, written

AWKWARD = "R&D_1 | 5% $x$ #2 {a} ~b^c \\d <e> *f* `g` [h](i) !"
PRINTED = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=20)


def essay(*names: str) -> Essay:
    """Return a table whose every text is awkward."""
    rows = [(name, "−1.5", "2") for name in names]
    records = [{"name": name, "mean": -1.5, "draws": 2} for name in names]
    return Essay(f"Caption of {names[0]}.", ("", *(f"{name} (x)" for name in names[:1]), "±"), rows, records)


def cells_of(markdown: str) -> list[list[str]]:
    """Return the texts of a table, as a reader of Markdown finds them."""
    rows: list[list[str]] = []
    for token in MarkdownIt("commonmark").enable("table").parse(markdown):
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline" and rows and token.level == 4:
            assert token.children is not None
            kinds = {child.type for child in token.children}
            assert kinds <= {"text", "text_special"}
            rows[-1].append("".join(child.content for child in token.children))
    return rows


def from_latex(text: str) -> str:
    """Return what a line of LaTeX prints, or fail at a character that is a command and none of ours."""
    words = {
        "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "textless": "<", "textgreater": ">",
        "textbar": "|", "textquotedbl": '"', "ldots": "…",
    }  # fmt: skip
    maths = {"-": "−", r"\pm": "±", r"\to": "→", r"\cdot": "·", r"\geq": "≥", r"\leq": "≤", r"\times": "×"}
    maths |= {r"\Lambda": "Λ"}
    token = re.compile(r"\\([&%$#_{}])|\\([a-z]+)\{\}|\$([^$]+)\$|(~)|([^\\&%$#_{}~^])", re.IGNORECASE)
    out, place = "", 0
    while place < len(text):
        found = token.match(text, place)
        assert found is not None, (text, place)
        sign, word, maths_in, blank, plain = found.groups()
        out += sign or (word and words[word]) or (maths_in and maths[maths_in]) or (blank and "\u00a0") or plain
        place = found.end()
    return out


def test_markdown_reads_back_with_names_that_markdown_would_take_for_its_own() -> None:
    text = written(essay(AWKWARD, "plain"), "markdown")
    assert cells_of(text) == [["", f"{AWKWARD} (x)", "±"], [AWKWARD, "−1.5", "2"], ["plain", "−1.5", "2"]]
    assert text.splitlines()[1] == "| :--- | ---: | ---: |"
    assert text.splitlines()[-1].startswith("Table: Caption of R\\&D")


def test_latex_reads_back_and_needs_nothing_but_booktabs() -> None:
    lines = written(essay(AWKWARD, "NATO–Russia “war”…"), "latex").splitlines()
    body = lines[lines.index(r"\midrule") + 1 : lines.index(r"\bottomrule")]
    cells = [re.split(r"(?<!\\) & ", line.removesuffix(r" \\")) for line in body]
    assert [from_latex(cell) for cell in cells[0]] == [AWKWARD, "−1.5", "2"]
    assert cells[1] == ["NATO--Russia ``war''\\ldots{}", "$-$1.5", "2"]
    assert r"\begin{tabular}{lrr}" in lines
    caption = next(line for line in lines if line.startswith(r"\caption{"))
    assert from_latex(caption.removeprefix(r"\caption{").removesuffix("}")) == f"Caption of {AWKWARD}."
    assert [line for line in lines if line.startswith("\\") and "rule" in line] == [
        r"\toprule",
        r"\midrule",
        r"\bottomrule",
    ]


def test_csv_reads_back_as_numbers() -> None:
    text = written(essay(AWKWARD, 'with "quotes", commas'), "csv")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["name"] for row in rows] == [AWKWARD, 'with "quotes", commas']
    assert {(float(row["mean"]), int(row["draws"])) for row in rows} == {(-1.5, 2)}


@given(PRINTED)
def test_any_name_reads_back(name: str) -> None:
    (_, row) = cells_of(written(essay(f"x{name}x"), "markdown"))
    assert row[0] == f"x{name}x"
    line = written(essay(f"x{name}x"), "latex").splitlines()[8]
    untouched = not re.search("[–—“”‘’]", name)
    if untouched:
        assert from_latex(re.split(r"(?<!\\) & ", line)[0]) == f"x{name}x"


def test_a_name_over_several_lines_takes_one() -> None:
    for form in ("markdown", "latex"):
        text = written(essay("two\n lines\x1b[31m"), form)
        assert "two lines\ufffd" in text
        assert "\x1b" not in text


def test_an_unknown_form_is_a_fault() -> None:
    with pytest.raises(KeyError, match="html"):
        written(essay("a"), "html")
