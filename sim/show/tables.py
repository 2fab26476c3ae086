"""What does a run say, in a terminal or a notebook? One small table per question, so that no two uncertainties mix."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from sim.crisis.ladder import OUTCOMES
from sim.crisis.parameters import RECEIVER_TYPES, STANCES
from sim.show.numbers import frequency, half_width, payoff, percent, points, span
from sim.study.result import Result

if TYPE_CHECKING:
    from rich.console import RenderableType

NONE = "·"
"""Cell of a question that does not arise."""

_PLAYS = ("rule_out*", "ambiguous", "commit", "France\nchooses")
_MEANINGS = {
    "strike": "Russia strikes",
    "casualties": "soldiers hit",
    "retaliation": "France answers",
    "war": "NATO in a war",
    "nuclear": "nuclear use",
    "backdown": "France folds",
    "abandonment": "allies absent",
}


@dataclass(frozen=True)
class Panel:
    """One question and the table that answers it.

    Attributes
    ----------
    question, explanation : str
        Heading, and what the figures mean.
    columns : tuple of str
        Headings; the first is that of the row names.
    rows : list of tuple of str
        Cells; a cell may have several lines.
    """

    question: str
    explanation: str
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]


def panels(result: Result) -> list[Panel]:
    """Return the tables of a run: how likely, how sure of the world, how exact the computation, what stands behind it.

    Parameters
    ----------
    result : Result
        From `sim.run`.

    Returns
    -------
    list of Panel
        Four, to be shown in this order.

    Examples
    --------
    >>> import sim
    >>> likely = panels(sim.run(sim.load_scenario("macron-2024"), draws=1024))[0]
    >>> likely.columns[1:4], likely.rows[0][1]
    (('rule_out*', 'ambiguous', 'commit'), '0')
    """
    return [_likely(result), _unknown(result), _exact(result), _behind(result)]


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
    return f"{result.scenario} · {result.draws:,} draws · seed {result.seed} · sim {result.versions['sim']}"


def printable(text: str) -> str:
    r"""Return a scenario's text in one line, without characters that could steer a terminal.

    Examples
    --------
    >>> printable("two\nlines\x1b[31m")
    'two lines\ufffd[31m'
    """
    return "".join(c if c.isprintable() else "\ufffd" for c in " ".join(text.split()))


def _likely(result: Result) -> Panel:
    """Return the means, with the range over equilibria as a column of its own."""
    plays = _plays(result)
    rows = []
    for outcome in OUTCOMES:
        figures = [play[outcome] for play in plays]
        cells = [
            f"{percent(each['mean'], error=half_width(each['se']))}\n{frequency(each['mean'])}" for each in figures
        ]
        cells[0] = cells[0].partition("\n")[0]
        ends = span(*result.equilibrium["range"][outcome]).replace(" – ", " –\n")
        rows.append((f"{outcome}\n{_MEANINGS[outcome]}", *cells, ends))
    return Panel(
        "How likely is each rung of the ladder?",
        "Probability of getting at least so far, per encounter: mean over all draws. On the left France is held to a "
        "stance; under “France chooses” it picks one knowing its own type (equilibrium play). A game can have several "
        "equilibria: the last column runs from the mildest to the worst, which theory leaves open.\n"
        "*rule_out is zero by construction, since nobody is there to be hit: not a finding that it is safe.",
        ("at least …", *_PLAYS, "all\nequilibria"),
        rows,
    )


def _unknown(result: Result) -> Panel:
    """Return the ranges over draws."""
    plays = _plays(result)
    return Panel(
        "How much do we not know about the world?",
        "5–95 % range: of the sets of values that the scenario finds credible, nine out of ten give a probability in "
        "this range. More draws do not narrow it; better evidence does.",
        ("at least …", *_PLAYS),
        [(outcome, *(span(play[outcome]["q05"], play[outcome]["q95"]) for play in plays)) for outcome in OUTCOMES],
    )


def _exact(result: Result) -> Panel:
    """Return the numerical errors."""
    plays = _plays(result)
    return Panel(
        "How exact is the computation?",
        "Numerical error of the means above: half-width of their 95 % intervals, in percentage points. It comes from "
        "the finite number of draws and from nothing else; more draws narrow it.",
        ("at least …", *_PLAYS),
        [(outcome, *(points(half_width(play[outcome]["se"])) for play in plays)) for outcome in OUTCOMES],
    )


def _behind(result: Result) -> Panel:
    """Return how often each Russian type strikes, what France gains, and what it sends when it chooses."""
    strikes = [
        (f"{kind} Russia strikes", *(percent(result.doctrine[s]["strikes"][kind]) for s in STANCES), NONE)
        for kind in RECEIVER_TYPES
    ]
    chosen = result.equilibrium
    after = [chosen["by_signal"][stance]["strike"] for stance in STANCES]
    return Panel(
        "What stands behind these figures?",
        "Each Russian type strikes in so many of the draws; payoffs to France count folding after a hit as −1. When "
        "France chooses, who chooses a stance is no accident and Russia knows it, so strikes after it differ from "
        "strikes against the same stance imposed: a selection effect.",
        ("", *_PLAYS),
        [
            *strikes,
            ("France's payoff", *(payoff(play["france_payoff"]["mean"]) for play in _plays(result))),
            ("sent, if France chooses", *(percent(chosen["sent"][stance]) for stance in STANCES), NONE),
            ("… struck, once sent", *(NONE if share is None else percent(share) for share in after), NONE),
        ],
    )


def _plays(result: Result) -> list[dict[str, Any]]:
    """Return the figures of each column of `_PLAYS`."""
    return [*(result.doctrine[stance] for stance in STANCES), result.equilibrium["selected"]]


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
