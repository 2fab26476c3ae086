"""How is it told why an equilibrium stands or falls? Refinements, supporting beliefs, and a table of them all."""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sim.telling.english import listed, upper
from sim.telling.numbers import payoff, percent

WIDTH = 78  # columns of the text; terminals of 80 show it as it is
SURE = 1e-9  # distance from 0 or 1 within which a probability is told as never or always

REFINEMENTS = {"intuitive": "the intuitive criterion", "d1": "D1", "undefeated": "undefeated"}
"""Refinements as they are spoken of."""

_UNITS = re.compile(r" (?=%)|(?<=\(1) (?=in )|(?<=\(1 in) (?=\d)")


@dataclass(frozen=True)
class Cast:
    """Who plays, and how they are spoken of: "Russia", "a {} France" of some type, believed "it {}", and so on.

    Beliefs are told by the probability of the `second` sender type, empty if there is none; `answers` turns the
    receiver's action, or its probabilities, by its type into a clause that says who does what.
    """

    receiver: str
    sender_type: str
    believed: str
    second: str
    answers: Callable[[dict[str, Any]], str]


def overview(equilibria: Sequence[dict[str, Any]], weights: Sequence[float], values: Sequence[float]) -> str:
    """Return a table with a line for each equilibrium."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    judged, types = "survives" in equilibria[0], equilibria[0]["strategy"]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    marks = {kind: ", ruled out" if kind in equilibria[0].get("ruled_out", ()) else " sends" for kind in types}
    for head in ("", *(f"{kind}{mark}" for kind, mark in marks.items()), "payoff"):
        table.add_column(head, overflow="fold")
    for head in ("intuitive", "D1", "undefeated") if judged else ():
        table.add_column(head)
    for number, (each, weight, value) in enumerate(zip(equilibria, weights, values, strict=True)):
        sends = [_sent(strategy) for strategy in each["strategy"].values()]
        verdicts = ["yes" if survives else "no" for survives in each["survives"].values()] if judged else []
        table.add_row(f"{number + 1}{'*' if weight else ''}", *sends, payoff(value), *verdicts)
    text = io.StringIO()
    Console(file=text, width=WIDTH, highlight=False, markup=False, color_system=None).print(table)
    lines = [line.rstrip() for line in text.getvalue().splitlines() if line.strip()]
    return "\n".join([*lines, "* counts by the rule of selection"])


def verdicts(equilibrium: dict[str, Any], cast: Cast) -> list[str]:
    """Return which refinements an equilibrium survives, and for each failure why."""
    if "survives" not in equilibrium:
        return []
    passed = [REFINEMENTS[name] for name, survives in equilibrium["survives"].items() if survives]
    failed = [REFINEMENTS[name] for name, survives in equilibrium["survives"].items() if not survives]
    if not failed:
        return [f"Survives every refinement: {listed(passed)}."]
    said = f"Survives {listed(passed)}, fails {listed(failed)}." if passed else f"Fails {listed(failed)}."
    return [said, *(_why(reason, equilibrium, cast) for reason in equilibrium["fails"])]


def support(equilibrium: dict[str, Any], signal: str, cast: Cast) -> str:
    """Return which beliefs after a signal that nobody sends support the equilibrium."""
    spans = equilibrium.get("supported_by", {}).get(signal)
    if not spans or not cast.second:
        return ""
    if spans == [[0.0, 1.0]]:
        return "Any other belief would do as well."
    held = " or ".join(span_of_belief(low, high) for low, high in spans)
    return f"For this {cast.receiver} would have to believe {cast.believed.format(cast.second)} {held}."


def span_of_belief(low: float, high: float) -> str:
    """Return an interval of probabilities as a condition on a belief, such as with at most 31.0 %."""
    if high - low < SURE:
        return "for certain" if low > 1 - SURE else f"with exactly {percent(low)}" if high > SURE else "with 0 %"
    if low < SURE:
        return f"with at most {percent(high)}"
    return f"with at least {percent(low)}" if high > 1 - SURE else f"with {percent(low)} to {percent(high)}"


def article(kind: str) -> str:
    """Return the kind of a player with its article."""
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def wrapped(sentence: str) -> str:
    """Break a sentence into lines, but not between a number and its unit."""
    glued = _UNITS.sub("\u00a0", sentence)
    lines = textwrap.fill(glued, WIDTH, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
    return lines.replace("\u00a0", " ")


def _why(reason: dict[str, Any], equilibrium: dict[str, Any], cast: Cast) -> str:
    """Return one reason in a sentence."""
    signal, gainer = reason["signal"], cast.sender_type.format(reason["type"])
    others = [kind for kind in equilibrium["strategy"] if kind != reason["type"]]
    other = cast.sender_type.format(others[0]) if others else gainer
    gain = payoff(reason["gain"]) if reason["gain"] >= 0.005 else f"{reason['gain']:.1g}"
    so = f"{gainer} would gain {gain} by sending it, as then {cast.answers(reason['response'])}"
    if reason["refinement"] == "undefeated":
        return _undefeated(reason, cast, gainer, gain, so)
    belief = f"{cast.receiver} should believe {cast.believed.format(reason['type'])} for certain"
    if reason["refinement"] == "intuitive":
        opening = f"{other} could not gain by sending {signal}, whatever it made {cast.receiver} believe"
    else:
        opening = f"any answer that leaves {other} no worse off for sending {signal} tempts {gainer}"
    return f"{upper(REFINEMENTS[reason['refinement']])}: {opening}, so {belief}; {so}."


def _undefeated(reason: dict[str, Any], cast: Cast, gainer: str, gain: str, so: str) -> str:
    """Return why other equilibria defeat one."""
    rivals = [str(row + 1) for row in reason["rivals"]]
    names = f"equilibrium {rivals[0]}" if len(rivals) == 1 else f"equilibria {listed(rivals)}"
    if reason["beliefs"] is None:
        better = f"{gainer} is better off by {gain} in equilibrium {rivals[0]}"
        return f"Undefeated: {names} disagree on what {reason['signal']} says, so that no belief is left; {better}."
    held = f"{cast.believed.format(cast.second)} {span_of_belief(*reason['beliefs'])}"
    opening = f"{names} tell{'s' if len(rivals) == 1 else ''} {cast.receiver} how to read {reason['signal']}"
    return f"Undefeated: {opening}, to believe {held}; {so}."


def _sent(strategy: dict[str, float]) -> str:
    """Return what a type sends, briefly."""
    sent = {signal: share for signal, share in strategy.items() if share > SURE}
    return next(iter(sent)) if len(sent) == 1 else ", ".join(f"{name} {percent(p)}" for name, p in sent.items())
