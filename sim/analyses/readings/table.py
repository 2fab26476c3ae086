"""How are the readings told? One table, a line a reading, with the command that shows it."""

from __future__ import annotations

from sim.analyses.readings.analysis import Figure, Readings
from sim.analyses.readings.words import error_of, readings_finding
from sim.telling.answer import NONE, Answer, Table
from sim.telling.answer import Figure as Drawn
from sim.telling.numbers import frequency, percent, points

_ALL = 1 - 1e-9  # a share of draws that rounding leaves of all of them


def answer(result: Readings) -> Answer:
    """Return what the readings say."""

    def figures() -> list[Drawn]:
        from sim.analyses.readings.figure import figures

        return figures(result)

    title, stamp, finding = result.title, result.stamp(), readings_finding(result)
    notes = [*result.notes, *_of_error(result)]
    return Answer("readings", title, stamp, [_table(result)], notes, result.to_dict(), finding, figures)


def _table(result: Readings) -> Table:
    """Return the readings, one a line."""
    rows = [
        (f"{each.said}\n{each.command}", *(_cell(each.figures[stance], each.chosen) for stance in result.stances))
        for each in result.readings
    ]
    return Table(
        "What moves the answer?",
        "Strikes, and hits on French soldiers below them, with France held to the stance, over all draws if no share "
        "of them is given. Below each reading stands the command that shows it in full.",
        ("reading", *result.stances),
        rows,
    )


def _cell(figure: Figure, chosen: bool) -> str:
    """Return strikes and hits, and in how many draws if not in all, or how often the stance is sent."""
    if figure.strike is None or figure.casualties is None:
        return NONE
    share = "" if figure.share >= _ALL else f"\n{'sent' if chosen else 'in'} {frequency(figure.share)}"
    return f"{percent(figure.strike)}\n{percent(figure.casualties)} hit{share}"


def _of_error(result: Readings) -> list[str]:
    """Return how large the numerical error is at most."""
    errors = [error_of(figure, "strike") for each in result.readings for figure in each.figures.values()]
    return [f"Numerical error of strikes: {points(max(errors))} points at most."] if any(errors) else []
