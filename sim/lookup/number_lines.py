"""How are the numbers of a scenario told? On a screen, a table at a time, or one with all that it rests on."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set

from sim.lookup.lines import LINES, WIDTH, cut, filled
from sim.lookup.numbers import Number, Numbers, belief, in_full
from sim.scenario.evidence import Claim
from sim.telling.answer import NONE

Telling = Callable[[Numbers, Sequence[Number]], list[str]]

_LEAST = 12  # columns for what a number is, however long its values are
_TABLES = {
    "prior": "what each side is",
    "belief": "what Russia believes",
    "signal": "what each stance means",
    "escalation": "how a clash grows",
    "france": "what things are worth to France",
    "russia": "what things are worth to Russia",
}


def overview(numbers: Numbers) -> list[str]:
    """Return all numbers on one screen: those of stances once, those of both players by their table."""
    stances = numbers.scenario.names
    lines = [f"The {len(numbers.every)} numbers of {numbers.scenario.name}: what each is, and between which values"]
    for table, what in _TABLES.items():
        own = [each for each in numbers.every if each.name.startswith(f"{table}.")]
        if table == "signal":
            lines += filled(f"signal.STANCE: {what} ({' | '.join(stances)})")
            lines += [_of_every_stance(numbers, last, own) for last in dict.fromkeys(_last(each) for each in own)]
        elif table in ("france", "russia"):
            inside = ", ".join(dict.fromkeys(each.name.split(".")[1] for each in own))
            spelt = numbers.spelt(own[0]).partition(".")[0]
            lines += filled(f"{spelt}: {numbers.said(what)}, {len(own)} numbers: {inside}")
        elif own:
            lines.append(f"{table}: {numbers.said(what)}")
            lines += [_in_a_line(numbers, each) for each in own]
    return lines


def table_lines(numbers: Numbers, some: Sequence[Number]) -> list[str]:
    """Return numbers in three lines each: name, what it is, what is believed and on what that rests."""
    lines = []
    for each in some:
        allowed = each.allowed.partition(";")[0]
        lines.append(f"{numbers.spelt(each)}  ({each.parameter.symbol}: {allowed})")
        lines += filled(numbers.said(each.label), "    ")
        lines += filled(f"{belief(each.entry.distribution)}; rests on: {each.footing}", "    ")
    return lines


def on_a_screen(numbers: Numbers, some: Sequence[Number]) -> list[str]:
    """Return as much of some numbers as fits a screen: all, all but what their claims say, a few lines each, or one."""
    return fullest((details, without_claims, table_lines, _in_lines), numbers, some)


def fullest(tellings: Sequence[Telling], numbers: Numbers, some: Sequence[Number]) -> list[str]:
    """Return the first telling that fits a screen, the next command under it; of the last as much as does."""
    told = [telling(numbers, some) for telling in tellings]
    best = next((each for each in told if len(each) < LINES), told[-1])
    return best if len(best) < LINES else [*best[: LINES - 2], "…"]


def details(numbers: Numbers, some: Sequence[Number]) -> list[str]:
    """Return all that is to be said of some numbers; a claim that several rest on is told in full once."""
    lines: list[str] = []
    told: set[str] = set()
    for each in some:
        lines += _detail(numbers, each, told)
        told.update(each.entry.evidence)
    return lines


def without_claims(numbers: Numbers, some: Sequence[Number]) -> list[str]:
    """Return all that is to be said of some numbers but what the claims that they rest on say."""
    return [line for each in some for line in _detail(numbers, each, frozenset(each.entry.evidence))]


def _detail(numbers: Numbers, number: Number, told: Set[str]) -> list[str]:
    """Return all of a number: meaning, symbol, unit, belief, reason, and in full those claims that are not told."""
    said, entry = numbers.said, number.entry
    lines = [f"{numbers.spelt(number)}  ({number.parameter.symbol} in docs/model.md)"]
    lines += filled(said(f"What it is: {number.label}. In full: {number.parameter.meaning}."), "  ")
    lines += filled(said(f"Unit: {number.allowed}."), "  ")
    lines += filled(f"In {numbers.scenario.name}: {in_full(entry.distribution)}.", "  ")
    reason = " ".join(entry.rationale.split())
    lines += filled(f"Why: {reason}", "  ") if reason not in ("", "default") else []
    lines += (
        filled(f"It rests on an assumption: {' '.join(entry.assumption.split())}", "  ") if entry.assumption else []
    )
    if not entry.evidence:
        return lines if entry.assumption else [*lines, f"  It rests on: {number.footing}"]
    known, new = ([name for name in entry.evidence if (name in told) is wanted] for wanted in (True, False))
    lines += filled(f"It rests on {number.footing}: {', '.join(known)}", "  ")
    for name in new:
        lines += claim_lines(numbers.claims[name], "    ")
    return lines


def claim_lines(claim: Claim, before: str = "") -> list[str]:
    """Return a claim: its id, what is said, by whom, and where."""
    where = f", paragraph {claim.paragraph} of the article, in our words" if claim.paragraph else ""
    return [f"{before}{claim.id}", *filled(f"{claim.claim.strip()} ({claim.source}{where})", f"{before}  ", "")]


def _in_lines(numbers: Numbers, some: Sequence[Number]) -> list[str]:
    """Return numbers in a line each: the name, and what is believed."""
    widest = max(len(numbers.spelt(each)) for each in some)
    return [f"{numbers.spelt(each):<{widest}}  {belief(each.entry.distribution)}" for each in some]


def _in_a_line(numbers: Numbers, number: Number) -> str:
    """Return a number in one line."""
    return _aligned(_last(number), numbers.said(number.label), belief(number.entry.distribution))


def _of_every_stance(numbers: Numbers, last: str, own: Sequence[Number]) -> str:
    """Return what stances have, in one line: the range of each, in their order."""
    by_stance = {each.name.split(".")[1]: each for each in own if _last(each) == last}
    what = next(iter(by_stance.values())).label.rpartition(" (")[0]
    ranges = (_briefly(by_stance[each]) if each in by_stance else NONE for each in numbers.scenario.names)
    return _aligned(last, numbers.said(what), " | ".join(ranges))


def _aligned(name: str, what: str, values: str) -> str:
    """Return a name, what it is and its values in one line; what it is gives way if there is no room for both."""
    start = f" {name:<14} "
    values = cut(values, WIDTH - len(start) - _LEAST - 1)
    room = WIDTH - len(start) - len(values) - 1
    return f"{start}{cut(what, room):<{room}} {values}"


def _briefly(number: Number) -> str:
    """Return the range of a number without words."""
    return belief(number.entry.distribution).partition(",")[0].replace(" to ", "–")


def _last(number: Number) -> str:
    """Return the last part of a name."""
    return number.name.rpartition(".")[2]
