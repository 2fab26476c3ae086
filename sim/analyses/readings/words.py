"""What do the readings show, in plain sentences? How far they move the answer, and what none of them changes."""

from __future__ import annotations

from sim.analyses.readings.analysis import Figure, Reading, Readings
from sim.telling.english import listed
from sim.telling.numbers import base_of, counts, frequency, half_width


def readings_finding(result: Readings) -> str:
    """Return from how few to how many crises each outcome runs over the readings, and which stance leads."""
    return "; ".join(filter(None, (strikes_told(result), hits_told(result))))


def strikes_told(result: Readings) -> str:
    """Return from how few to how many crises strikes run over the readings, without a full stop."""
    opening = f"Over {len(_held(result))} readings"
    ends = [_ends(result, stance, "strike") for stance in result.stances]
    if not any(high for _, high in ends):
        return f"{opening} Russia never strikes, whichever stance France is held to"
    base = base_of(high for _, high in ends)
    runs = [f"{_run(*counts(each, base))} ({stance})" for stance, each in zip(result.stances, ends, strict=True)]
    return f"{opening} Russia strikes in {listed(runs)} of {base:,} crises{_order(result, 'strike')}"


def hits_told(result: Readings) -> str:
    """Return the same of hits on French soldiers, to go on with; empty if there are none."""
    ends = [_ends(result, stance, "casualties") for stance in result.stances]
    if not any(high for _, high in ends):
        return ""
    base = base_of(high for _, high in ends)
    runs = [_run(*counts(each, base)) for each in ends]
    return f"it hits French soldiers in {listed(runs)} of {base:,}{_order(result, 'casualties')}"


def leaders(result: Readings, outcome: str) -> list[str | None]:
    """Return by reading the stance under which an outcome is likeliest, None if that is within the numerical error."""
    found: list[str | None] = []
    for reading in result.readings:
        means = {stance: mean_of(figure, outcome) or 0.0 for stance, figure in reading.figures.items()}
        leading = sorted(means, key=means.__getitem__, reverse=True)[:2]
        lead = means[leading[0]] - means[leading[-1]] if leading else 0.0
        errors = sum(error_of(reading.figures[stance], outcome) for stance in leading)
        found.append(leading[0] if len(leading) > 1 and lead > errors else None)
    return found


def readings_alt_text(result: Readings) -> str:
    """Return the figure in words: the finding, and for every reading and stance how often Russia strikes and hits."""
    rows = []
    for reading in result.readings:
        said = [
            f"{stance} in no draw"
            if figure.strike is None or figure.casualties is None
            else f"{stance} strikes {frequency(figure.strike)}, hits {frequency(figure.casualties)}"
            for stance, figure in reading.figures.items()
        ]
        rows.append(f"{reading.said}: {'; '.join(said)}")
    what = "Dots: strikes and French soldiers hit, in a row for each reading"
    return ". ".join([readings_finding(result), what, *rows, ""]).strip()


def _held(result: Readings) -> list[Reading]:
    """Return the readings in which France is held to the stance: only those answer one question."""
    return [each for each in result.readings if not each.chosen]


def _ends(result: Readings, stance: str, outcome: str) -> tuple[float, float]:
    """Return the least and the most that a stance gives over the readings."""
    found = [mean for each in _held(result) if (mean := mean_of(each.figures[stance], outcome)) is not None]
    return min(found, default=0.0), max(found, default=0.0)


def mean_of(figure: Figure, outcome: str) -> float | None:
    """Return the chance of one outcome."""
    return figure.strike if outcome == "strike" else figure.casualties


def error_of(figure: Figure, outcome: str) -> float:
    """Return the half-width of its 95 % interval."""
    return half_width((figure.strike_se if outcome == "strike" else figure.casualties_se) or 0.0)


def _run(low: str, high: str) -> str:
    """Return a range of counts."""
    return low if low == high else f"{low} to {high}"


def _order(result: Readings, outcome: str) -> str:
    """Return under which stance an outcome is likeliest in how many readings; nothing where none can be told apart."""
    every = zip(result.readings, leaders(result, outcome), strict=True)
    found = [leader for each, leader in every if leader and not each.chosen]
    if len(result.stances) < 2 or not found:
        return ""
    if len(set(found)) == 1 and len(found) == len(_held(result)):
        return f", in all of them most under {found[0]}"
    often = sorted(set(found), key=lambda stance: (-found.count(stance), stance))
    return f", most under {listed([f'{stance} in {found.count(stance)}' for stance in often])} of them"
