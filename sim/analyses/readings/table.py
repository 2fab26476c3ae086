"""How are the readings told? One table, a line a reading, with the command that shows it."""

from __future__ import annotations

from sim.analyses.readings.analysis import Figure, Readings
from sim.analyses.readings.words import error_of, readings_finding
from sim.telling.answer import NONE, Answer, Table
from sim.telling.answer import Figure as Drawn
from sim.telling.names import stance_label
from sim.telling.numbers import counts, frequency, percent, points

_LATER = ("folds", "quantal-logit")  # lines that the first screen leaves to --full
_ABREAST = 2  # stances whose hits a first screen has room for beside their strikes
_ALL = 1 - 1e-9  # a share of draws that rounding leaves of all of them


def answer(result: Readings) -> Answer:
    """Return what the readings say."""

    def figures() -> list[Drawn]:
        from sim.analyses.readings.figure import figures

        return figures(result)

    title, stamp, finding = result.title, result.stamp(), readings_finding(result)
    errors = [error_of(figure, "strike") for each in result.readings for figure in each.figures.values()]
    largest = [f"Numerical error of strikes: {points(max(errors))} points at most."] if any(errors) else []
    rows = [
        (f"{each.said}\n{each.command}", *(_cell(each.figures[stance], each.chosen) for stance in result.stances))
        for each in result.readings
    ]
    table = Table(
        "What moves the answer?",
        "Strikes, and below them hits on French soldiers and wars, with France held to the stance, over all draws if "
        "no share of them is given; where both sides err, once France has sent it. Below each reading stands the "
        "command that shows it in full.",
        ("reading", *result.stances),
        rows,
    )
    notes, data = [*result.notes, *largest], result.to_dict()
    naming, first = result.naming, _brief(result)
    return Answer("readings", title, stamp, [table], notes, data, finding, first, figures, naming=naming)


def _brief(result: Readings) -> Table:
    """Return the first table of all: a line a reading, strikes and hits side by side."""
    shown = 2 if len(result.stances) <= _ABREAST else 1
    rows = [
        (each.said, *(cell for stance in result.stances for cell in _counts(each.figures[stance])[:shown]))
        for each in result.readings
        if each.key not in _LATER
    ]
    heads = (head for stance in result.stances for head in (stance_label(result.naming, stance), "hit")[:shown])
    what = "strikes, hits" if shown > 1 else "strikes"
    return Table("", f"Of 100 crises: {what}. Where both sides err France chooses. More: --full", ("", *heads), rows)


def _counts(figure: Figure) -> tuple[str, str]:
    """Return strikes and hits as counts of 100 cases."""
    if figure.strike is None or figure.casualties is None:
        return NONE, NONE
    strike, hit = counts([figure.strike, figure.casualties])
    return strike, hit


def _cell(figure: Figure, chosen: bool) -> str:
    """Return strikes and hits, and in how many draws if not in all, or how often the stance is sent."""
    if figure.strike is None or figure.casualties is None:
        return NONE
    share = "" if figure.share >= _ALL else f"\n{'sent' if chosen else 'in'} {frequency(figure.share)}"
    war = f"\n{percent(figure.war)} war" if figure.war else ""
    return f"{percent(figure.strike)}\n{percent(figure.casualties)} hit{war}{share}"
