"""Which tables say what drives an answer? Shares of the variance, swings, and the claims behind the strongest."""

from __future__ import annotations

import textwrap
from itertools import zip_longest

from sim.analyses.sensitivity import words
from sim.analyses.sensitivity.analysis import Sensitivity
from sim.analyses.sensitivity.drivers import Drivers
from sim.analyses.sensitivity.words import footing, group_of, interval_text, level, share_text, shown, subject
from sim.crisis.parameters import label
from sim.scenario.voices import VOICE
from sim.telling.answer import NONE, Answer, Figure, Table
from sim.telling.names import quoting
from sim.telling.numbers import brief, half_width, payoff, points

_TEXT_WIDTH = 46  # characters of an assumption in a line
_FIRST_ROWS = 6  # drivers on a first screen
_ROUNDING = 1e-12  # errors below this are those of floating-point sums


def answer(result: Sensitivity, outcome: str) -> Answer:
    """Return what drives one outcome, as tables."""

    def figures() -> list[Figure]:
        from sim.analyses.sensitivity.figures import figures

        return figures(result, outcome)

    found = shown(result.outputs[outcome])
    tables: list[Table] = []
    notes = [f"{words.drivers_finding(result, outcome)}.", words.why_nothing(result, outcome)]
    if found.drivers:
        tables = [_drivers(result, outcome, found), _swings(result, outcome, found), _evidence(result, found)]
        notes = _notes(result, found)
    made, data = words.made(result), result.to_dict()
    first = _brief(result, outcome, found) if found.drivers else Table("", "", ("",), [(NONE,)])
    told = words.drivers_finding(result, outcome)
    naming = quoting(result.naming, [source for group in result.groups for source in group.evidence.values()])
    return Answer("sensitivity", result.title, made, tables, notes, data, told, first, figures, naming=naming)


def _brief(result: Sensitivity, outcome: str, found: Drivers) -> Table:
    """Return the first table of all: the strongest drivers, and what they rest on."""
    rows = [
        (
            label(driver.name),
            share_text(driver.first.share),
            share_text(driver.total.share),
            footing(group_of(result, driver.name)),
        )
        for driver in found.drivers[:_FIRST_ROWS]
    ]
    return Table(
        "",
        f"Alone: so much less would be uncertain about {subject(result, outcome)} if this number were known. In all: "
        "so much would still be uncertain if all the others were known; what is shared counts for each that shares it. "
        "A driver says what to find out, not what to change; one stated narrowly drives little.",
        ("", "alone", "in all", "rests on"),
        rows,
    )


def _drivers(result: Sensitivity, outcome: str, found: Drivers) -> Table:
    """Return the shares of the variance."""
    rows = []
    for driver, together in zip_longest(found.drivers, found.together[: len(found.drivers)]):
        shares = (driver.first, driver.total, together)
        cells = (f"{share_text(each.share)}\n{interval_text(each)}" if each else NONE for each in shares)
        rows.append((f"{driver.name}\n{footing(group_of(result, driver.name))}", *cells))
    return Table(
        f"Which parameters drive {subject(result, outcome)}?",
        f"{words.drivers_finding(result, outcome)}.\n"
        "Shares of the variance over what the scenario leaves open, with 95 % intervals. Alone (S1): how much of it "
        "would go, on average, if this parameter were known. In all (ST): how much would stay if everything else were "
        "known; what exceeds S1 is shared with other parameters, so the column adds up to more than 100 %. Together: "
        "how much would go if this one and all above it were known.",
        ("driver", "alone\nS1", "in all\nST", "together\nwith those above"),
        rows,
    )


def _swings(result: Sensitivity, outcome: str, found: Drivers) -> Table:
    """Return how far each parameter moves the answer alone."""
    rows, of_payoff = [], outcome == "france_payoff"
    for swing in found.swings:
        wide, error = abs(swing.width), half_width(swing.error)
        size = payoff(wide) if of_payoff else points(wide).removeprefix("± ")
        about = "0" if error < _ROUNDING else f"± {error:.2g}" if of_payoff else points(error)
        ends = zip(swing.means, swing.values, strict=True)
        at_ends = (f"{level(mean, outcome)}\nat {brief(end)}" for mean, end in ends)
        centrals = "\nto ".join(level(value, outcome) for value in swing.centrals)
        rows.append((swing.name, *at_ends, f"{'−' if swing.width < 0 else '+'}{size}\n{about}", centrals))
    unit = "payoff" if of_payoff else "percentage points"
    return Table(
        "How far does each parameter move it on its own?",
        f"{words.swing_finding(result, outcome)}.\n"
        f"Each parameter held at its 5 % and at its 95 % quantile; the others drawn, the same draws at both ends: mean "
        f"at either end, and the difference in {unit} with the half-width of its 95 % interval. On the right the same "
        f"with the others at their medians ({level(found.central, outcome)} if all are): one single crisis, in which "
        "players change their minds at a point, so it jumps or stays; that it stays does not say that the parameter "
        "is idle.",
        ("parameter", "mean\nat low", "mean\nat high", "difference", "the others\nat medians"),
        rows,
    )


def _evidence(result: Sensitivity, found: Drivers) -> Table:
    """Return the claims behind the drivers that the finding names."""
    rows: list[tuple[str, ...]] = []
    for driver in found.drivers[: words.leading(found)]:
        group = group_of(result, driver.name)
        rows.append((driver.name, ""))
        rows += [(f"– {claim}", source) for claim, source in group.evidence.items()]
        rows += [(textwrap.fill(f"– {text}", _TEXT_WIDTH), "assumption") for text in group.assumptions]
    return Table(
        "What stands behind the strongest drivers?",
        "Every claim that the scenario cites for them, by its id in the register, or what is assumed; and who says it.",
        ("driver and what is claimed", "who says it"),
        rows,
    )


def _notes(result: Sensitivity, found: Drivers) -> list[str]:
    """Return what a reader must bear in mind."""
    notes = [
        "A driver of what is uncertain is not a lever: it says what to find out, not what to change.",
        "Shares depend on the ranges in the scenario: a parameter stated narrowly drives little, however much it "
        "matters.",
    ]
    if any(driver.first.share < 0 for driver in found.drivers):
        notes.append("A share below 0 is a share near 0, estimated with an error; see its interval.")
    if any(driver.total.high - driver.total.low > 0.25 for driver in found.drivers):
        notes.append(f"Some intervals are wide: try more base points, such as --points {8 * result.draws}.")
    notes += [
        f"{group.name} is one slant behind {len(group.members)} numbers, in standard deviations: held, it moves them "
        f"all. What they have of their own stands as one driver, rest of {group.name}."
        for group in result.groups
        if group.name.startswith(f"{VOICE}.")
    ]
    if any(" + " in group.name for group in result.groups):
        notes.append(
            "Parameters that are drawn together have no shares of their own; they stand as one driver, joined by “+”. "
            "Their swings hold one of them and leave the others as they were drawn."
        )
    return notes
