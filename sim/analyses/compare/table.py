"""How is a comparison of scenarios told? A finding in a sentence, and one table a question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sim.analyses.compare.analysis import Comparison
from sim.crisis.ladder import OUTCOMES
from sim.telling.answer import Answer, Figure, Table
from sim.telling.numbers import frequency, half_width, percent, points, times
from sim.telling.rendering import printable
from sim.telling.vocabulary import EVENTS, UNDER

SHOWN = {"ambiguous": "ambiguous", "commit": "commit", "equilibrium": "France\nchooses"}
"""What is played, without rule_out: nothing can differ there but France's payoff."""

SLIGHTLY = 1.05
"""Ratio of two probabilities below which a difference is called slight."""

LONGEST_LABEL = 40
"""Characters of a label on a figure."""

_CONDITIONS = {"ambiguous": UNDER["ambiguous"], "commit": "if it commits"}
_RANKED = ("war", "retaliation", "casualties", "strike")


def answer(result: Comparison) -> Answer:
    """Return what a comparison says, for a terminal or a notebook."""

    def figures() -> list[Figure]:
        from sim.analyses.compare.figure import figures

        return figures(result)

    panels = [panel for label in result.differences for panel in (_change(result, label), _worlds(result, label))]
    levels = [_level(result, play) for play in SHOWN]
    notes = [*result.notes, *_worth(result)]
    title, tables = f"Compared with {result.scenario}", [*panels, *levels]
    made = stamp(result, [printable(short(result, label)) for label in result.labels])
    return Answer("comparison", title, made, tables, notes, result.to_dict(), figures=figures)


def stamp(result: Comparison, names: Sequence[str]) -> str:
    """Return what makes a comparison of scenarios, as they are called here, repeatable, in one line."""
    return f"{', '.join(names)} · {result.draws:,} draws · seed {result.seed} · sim {result.versions['sim']}"


def short(result: Comparison, label: str) -> str:
    """Return a label without the name of the scenario compared with, if it is a variant of it."""
    return label.removeprefix(f"{result.scenario} with ")


def clipped(label: str) -> str:
    """Return a label that leaves room for others on a line of a figure: a name cut, settings left out from the end.

    Examples
    --------
    >>> clipped("macron-2024"), clipped("prior.resolute=0.2, prior.opportunist=0.2, france.war_cost=30")
    ('macron-2024', 'prior.resolute=0.2, …')
    """
    if len(label) <= LONGEST_LABEL:
        return label
    fits, separator, _ = label[:LONGEST_LABEL].rpartition(", ")
    return f"{fits}, …" if separator else f"{label[: LONGEST_LABEL - 1]}…"


def comparison_finding(result: Comparison, label: str) -> str:
    """Return what a scenario changes, in one sentence: how much likelier war, or the highest rung below it, becomes.

    A difference within the error of the paired differences is called none.

    Examples
    --------
    >>> import sim
    >>> base = sim.load_scenario("macron-2024")
    >>> comparison_finding(sim.compare([base, base], draws=1024), "macron-2024 (2)")
    'In macron-2024 (2) every outcome is as likely as in macron-2024, in every draw'
    """
    variant = short(result, label) != label
    lead = f"{'With' if variant else 'In'} {clipped(short(result, label))}"
    changes = result.differences[label]
    if all(changes[play][outcome]["equal"] == 1 for play in SHOWN for outcome in OUTCOMES):
        return f"{lead} every outcome is as likely as in {result.scenario}, in every draw"
    both = (result.figures[result.scenario], result.figures[label])
    ways = [each[play] for each in both for play in _CONDITIONS]
    reached = [event for event in _RANKED if any(_mean(each[event]) > 0 for each in ways)]
    if not reached:
        return f"{lead}, as in {result.scenario}, Russia never strikes under either stance"
    said = {play: _phrase(result, label, play, reached[0]) for play in _CONDITIONS}
    if len(set(said.values())) == 1:
        return f"{lead}, {EVENTS[reached[0]]} is {said['commit']} under either stance"
    return f"{lead}, {EVENTS[reached[0]]} is " + " and ".join(f"{said[play]} {_CONDITIONS[play]}" for play in said)


def comparison_alt_text(result: Comparison, label: str) -> str:
    """Return the figure of a comparison in words, for those who cannot see it.

    Parameters
    ----------
    result : Comparison
        From `sim.compare`.
    label : str
        One of the scenarios in `result.differences`.

    Returns
    -------
    str
        Whole sentences with every mean that is drawn.
    """
    said = [f"{comparison_finding(result, label)}.", f"Dots and ranges of what {label} changes in {result.scenario}."]
    for play, name in SHOWN.items():
        rungs = ", ".join(f"{rung} {from_to(result, label, play, rung)}" for rung in OUTCOMES[:5])
        said.append(f"{name.replace(chr(10), ' ')}: {rungs}.")
    return " ".join(said)


def from_to(result: Comparison, label: str, play: str, outcome: str) -> str:
    """Return both means as counts of cases, such as ``44 → 40 of 100``; one if they are alike."""
    old, new = (frequency(_mean(result.figures[each][play][outcome])) for each in (result.scenario, label))
    if old == new:
        return old
    if old.startswith("1 in ") and new.startswith("1 in "):
        return f"{old} → {new.removeprefix('1 in ')}"
    return f"{old.removesuffix(' of 100')} → {new}" if new.endswith(" of 100") else f"{old} → {new}"


def _phrase(result: Comparison, label: str, play: str, event: str) -> str:
    """Return how likely an event is, against the other scenario."""
    change = result.differences[label][play][event]
    old, new = (_mean(result.figures[each][play][event]) for each in (result.scenario, label))
    if change["equal"] == 1:
        return "exactly as likely"
    if abs(_mean(change)) <= half_width(change["se"]):
        return "as likely, as far as these draws can tell,"
    if not old or not new:
        return f"no longer impossible ({frequency(new)})" if new else "impossible"
    ratio = max(old, new) / min(old, new)
    much = "slightly" if ratio < SLIGHTLY else times(ratio)
    if new < old:
        return f"{much} less likely"
    return "slightly likelier" if ratio < SLIGHTLY else f"{much} as likely"


def _change(result: Comparison, label: str) -> Table:
    """Return the paired differences with their errors, and both means as counts."""
    changes = result.differences[label]
    rows: list[tuple[str, ...]] = []
    for outcome in OUTCOMES:
        cells = (f"{_signed(changes[play][outcome])}\n{from_to(result, label, play, outcome)}" for play in SHOWN)
        rows.append((outcome, *cells))
    rows.append(("France's payoff", *(_signed_payoff(changes[play]["france_payoff"]) for play in SHOWN)))
    return Table(
        f"What changes with {printable(short(result, label))}?",
        f"Mean difference from {result.scenario} in percentage points, ± the half-width of its own 95 % interval, from "
        "paired differences; below it both means. Payoffs: in units of the humiliation of folding.",
        ("at least …", *SHOWN.values()),
        rows,
    )


def _worlds(result: Comparison, label: str) -> Table:
    """Return how the differences vary over draws."""
    changes = result.differences[label]
    return Table(
        f"In how many worlds, and how much, with {printable(short(result, label))}?",
        "5–95 % range over draws of the difference in percentage points; below it the share of draws in which the "
        "outcome becomes more likely (↑) and less likely (↓). In the rest it is exactly as likely.",
        ("at least …", *SHOWN.values()),
        [(outcome, *(_spread(changes[play][outcome]) for play in SHOWN)) for outcome in OUTCOMES],
    )


def _level(result: Comparison, play: str) -> Table:
    """Return every scenario's means with their own errors."""
    heading = "where France chooses" if play == "equilibrium" else f"under {play}"
    plays = [result.figures[label][play] for label in result.labels]
    rows = [(outcome, *(_with_error(each[outcome]) for each in plays)) for outcome in OUTCOMES]
    return Table(
        f"What does each scenario give {heading}?",
        "Mean over all draws; below it the half-width of its 95 % interval, in percentage points.",
        ("at least …", *(printable(short(result, label)) for label in result.labels)),
        rows,
    )


def _with_error(figures: dict[str, Any]) -> str:
    """Return a mean, and below it the half-width of its interval."""
    error = half_width(figures["se"])
    return f"{percent(_mean(figures), error=error)}\n{points(error)}"


def _worth(result: Comparison) -> list[str]:
    """Return what common draws save, over all outcomes and stances that differ."""
    worth = [row["worth"] for row in result.table() if row["stance"] in SHOWN and row["worth"] is not None]
    if not worth:
        return []
    return [
        f"For these differences one common draw is worth {min(worth):.1f} to {max(worth):.1f} draws of two separate "
        "random samples, depending on stance and outcome."
    ]


def _mean(figures: dict[str, Any]) -> float:
    """Return the mean, which is always there."""
    return float(figures["mean"])


def _signed(change: dict[str, Any]) -> str:
    """Return a difference in percentage points, with one digit of its error and no finer one of its own."""
    mean, error = 100 * _mean(change), 100 * half_width(change["se"])
    if error == 0:
        return _points(mean / 100)
    digits = max(0, -int(f"{error:.0e}".partition("e")[2]))
    return f"{mean:+.{digits}f} ± {error:.{digits}f}".replace("-", "−")


def _signed_payoff(change: dict[str, Any]) -> str:
    """Return a difference of payoffs, with as many digits as its error has."""
    return _signed({"mean": _mean(change) / 100, "se": change["se"] / 100})


def _spread(change: dict[str, Any]) -> str:
    """Return the range of a difference over draws, and the shares of draws on each side."""
    low, high = (change[end] for end in ("q05", "q95"))
    ends = "0" if low == high == 0 else f"{_points(low)} to {_points(high)}"
    return f"{ends}\n↑ {percent(change['higher'])}, ↓ {percent(change['lower'])}"


def _points(difference: float) -> str:
    """Return a difference in percentage points, signed."""
    size = percent(abs(difference)).removesuffix(" %")
    return size if not difference else f"{'+' if difference > 0 else '−'}{size}"
