"""How is an answer shown? Title, finding, tables and notes, for a console and as HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from sim.telling.answer import Answer, Table

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
    from rich.measure import Measurement

_DOTTED = re.compile(r"[a-z_]+(?:\.[a-z_]+)+")

_LONG_FINDING = 400  # characters
NOTES = "notes"  # the part of an answer that says what not to read into it
_CARE = "Read this with care"


def first_screen(answer: Answer) -> RenderableType:
    """Return what is read first of an answer, for a Rich console: its finding and one table."""
    from rich.console import Group
    from rich.text import Text

    brief = answer.brief or answer.tables[0]
    # A long finding stands close to its table, so that both and what follows fit a screen.
    apart = [] if len(answer.finding) > _LONG_FINDING else [Text()]
    return Group(*_head(answer), *apart, _grid(brief, edges=False), Text(brief.explanation))


def in_terminal(answer: Answer, part: str = "") -> RenderableType:
    """Return all of an answer for a Rich console, or one part of it."""
    from rich.console import Group
    from rich.text import Text

    if part == NOTES:
        return _notes(answer)
    for each in answer.tables:
        if part and part == each.part:
            return _panel(each)
    head = [] if answer.story and not answer.tables else [*_head(answer), Text(printable(answer.stamp))]
    story = [Text(f"{chr(10) * bool(head)}{answer.story}")] if answer.story else []
    panels = [Group(Text(), _panel(each)) for each in answer.tables]
    return Group(*head, *panels, *([Text(), _notes(answer)] if answer.notes else []), *story)


def parts_of(answer: Answer) -> dict[str, str]:
    """Return the words by which the parts of an answer are known, with the question that each answers."""
    return {each.part: each.question for each in answer.tables} | {NOTES: _CARE}


def in_parts(answer: Answer) -> RenderableType:
    """Return which parts an answer has, for a Rich console."""
    from rich.console import Group
    from rich.text import Text

    listed = Table("", "", ("part", "what it answers"), list(parts_of(answer).items()))
    return Group(Text(printable(answer.title), style="bold"), Text(printable(answer.stamp)), _grid(listed, left=True))


def _head(answer: Answer) -> list[RenderableType]:
    """Return the title and the finding."""
    from rich.text import Text

    finding = [Text(printable(f"{answer.finding}."), style="bold")] if answer.finding else []
    return [Text(printable(answer.title), style="bold"), *finding]


def _panel(table: Table) -> RenderableType:
    """Return a table under its question and what explains it."""
    from rich.console import Group
    from rich.text import Text

    return Group(Text(table.question, style="bold"), Text(table.explanation), _grid(table))


def _notes(answer: Answer) -> RenderableType:
    """Return what is to be read with care."""
    from rich.console import Group
    from rich.table import Table as Grid
    from rich.text import Text

    notes = Grid.grid(padding=(0, 1))
    for note in answer.notes:
        notes.add_row("•", Text(printable(note)))
    return Group(Text(_CARE, style="bold"), notes)


def in_html(answer: Answer) -> str:
    """Return an answer as a fragment of HTML; every text is escaped."""
    finding = [f"<p><strong>{escape(answer.finding)}.</strong></p>"] if answer.finding else []
    parts = [f"<h3>{escape(answer.title)}</h3>", *finding, f"<p>{escape(answer.stamp)}</p>"]
    for each in answer.tables:
        head = "".join(f'<th scope="col">{_lines(name)}</th>' for name in each.columns)
        body = "".join(
            f'<tr><th scope="row">{_lines(row[0])}</th>'
            + "".join(f'<td style="text-align: right">{_lines(cell)}</td>' for cell in row[1:])
            + "</tr>"
            for row in each.rows
        )
        caption = f"<caption><strong>{escape(each.question)}</strong><br>{escape(each.explanation)}</caption>"
        parts.append(f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")
    return "\n".join([*parts, "<ul>", *(f"<li>{escape(note)}</li>" for note in answer.notes), "</ul>"])


def printable(text: str) -> str:
    """Return a scenario's text in one line, without characters that could steer a terminal."""
    return "".join(c if c.isprintable() else "\ufffd" for c in " ".join(text.split()))


def _grid(table: Table, *, edges: bool = True, left: bool = False) -> RenderableType:
    """Return a table for a Rich console; its columns after the first are numbers unless they stand on the left."""
    from rich import box
    from rich.table import Table as Grid

    grid = Grid(box=box.SIMPLE_HEAD, show_edge=edges, pad_edge=False, padding=(0, 1, 0, 0))
    for index, name in enumerate(table.columns):
        grid.add_column(name, justify="right" if index and not left else "left", overflow="fold")
    for row in table.rows:
        grid.add_row(*(_cell(cell) for cell in row), end_section=row[0].startswith("nuclear"))
    return grid


def _cell(text: str) -> RenderableType:
    """Return a cell, its second line dim; the name of a parameter breaks after its dots."""
    from rich.text import Text

    if _DOTTED.fullmatch(text):
        return _Name(text)
    first, line_end, second = text.partition("\n")
    return Text.assemble(first, line_end, (second, "dim"))


@dataclass(frozen=True)
class _Name:
    """A name that breaks after dots where it is wider than its column, and elsewhere only if it must."""

    text: str

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        from rich.measure import Measurement

        return Measurement(max(map(len, self._parts())), len(self.text)).with_maximum(options.max_width)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from rich.text import Text

        lines = [""]
        for part in self._parts():
            if lines[-1] and len(lines[-1] + part) > options.max_width:
                lines.append("")
            lines[-1] += part
        yield Text("\n".join(lines), overflow="fold")

    def _parts(self) -> list[str]:
        """Return the name in pieces that are not broken, dots at their ends."""
        return re.findall(r"[^.]+\.?", self.text)


def _lines(cell: str) -> str:
    """Return a cell as HTML."""
    return escape(cell).replace("\n", "<br>")
