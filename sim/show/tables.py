"""What does a run say, in a terminal or a notebook? Title, tables and notes, for a console and as HTML."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from sim.show.panels import Panel, panels
from sim.study.result import Result

if TYPE_CHECKING:
    from rich.console import RenderableType


def terminal(result: Result) -> RenderableType:
    """Return the whole answer of a run for a Rich console: title, tables, notes.

    Parameters
    ----------
    result : Result
        From `sim.run`.

    Returns
    -------
    RenderableType
        To be printed by `rich.console.Console.print`.

    Examples
    --------
    >>> import sim
    >>> from rich.console import Console
    >>> result = sim.run(sim.load_scenario("macron-2024"), draws=1024)
    >>> with (console := Console(width=80)).capture() as said:
    ...     console.print(terminal(result))
    >>> said.get().splitlines()[0]
    'French trainers for Ukraine, June 2024'
    """
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    parts: list[RenderableType] = [Text(printable(result.title), style="bold"), Text(provenance(result))]
    for panel in panels(result):
        parts += [Text(), Text(panel.question, style="bold"), Text(panel.explanation), _table(panel)]
    notes = Table.grid(padding=(0, 1))
    for note in result.notes:
        notes.add_row("•", Text(printable(note)))
    return Group(*parts, Text(), Text("Read this with care", style="bold"), notes)


def html(result: Result) -> str:
    """Return the tables of a run as HTML, for a notebook: ``IPython.display.HTML(html(result))``.

    Parameters
    ----------
    result : Result
        From `sim.run`.

    Returns
    -------
    str
        A fragment; every text is escaped.

    Examples
    --------
    >>> import sim
    >>> html(sim.run(sim.load_scenario("macron-2024"), draws=1024)).startswith("<h3>French trainers")
    True
    """
    parts = [f"<h3>{escape(result.title)}</h3>", f"<p>{escape(provenance(result))}</p>"]
    for panel in panels(result):
        head = "".join(f'<th scope="col">{_lines(name)}</th>' for name in panel.columns)
        body = "".join(
            f'<tr><th scope="row">{_lines(row[0])}</th>'
            + "".join(f'<td style="text-align: right">{_lines(cell)}</td>' for cell in row[1:])
            + "</tr>"
            for row in panel.rows
        )
        caption = f"<caption><strong>{escape(panel.question)}</strong><br>{escape(panel.explanation)}</caption>"
        parts.append(f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")
    return "\n".join([*parts, "<ul>", *(f"<li>{escape(note)}</li>" for note in result.notes), "</ul>"])


def provenance(result: Result) -> str:
    """Return what makes the run repeatable, in one line.

    Examples
    --------
    >>> import sim
    >>> provenance(sim.run(sim.load_scenario("macron-2024"), draws=1024)).startswith("macron-2024 · 1,024 draws")
    True
    """
    changed = f", {len(result.settings)} set by hand" if result.settings else ""
    return f"{result.scenario}{changed} · {result.draws:,} draws · seed {result.seed} · sim {result.versions['sim']}"


def printable(text: str) -> str:
    r"""Return a scenario's text in one line, without characters that could steer a terminal.

    Examples
    --------
    >>> printable("two\nlines\x1b[31m")
    'two lines\ufffd[31m'
    """
    return "".join(c if c.isprintable() else "\ufffd" for c in " ".join(text.split()))


def _table(panel: Panel) -> RenderableType:
    """Return a panel's table for a Rich console."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for index, name in enumerate(panel.columns):
        table.add_column(name, justify="right" if index else "left", overflow="fold")
    for row in panel.rows:
        table.add_row(*(_cell(cell) for cell in row), end_section=row[0].startswith("nuclear"))
    return table


def _cell(text: str) -> RenderableType:
    """Return a cell, its second line dim."""
    from rich.text import Text

    first, line_end, second = text.partition("\n")
    return Text.assemble(first, line_end, (second, "dim"))


def _lines(cell: str) -> str:
    """Return a cell as HTML."""
    return escape(cell).replace("\n", "<br>")
