"""How are the continua of a game with ties told? What varies, between which ends, and what stays the same."""

from __future__ import annotations

from typing import Any

from sim.solve.words.verdicts import SURE, Cast, wrapped
from sim.telling.english import listed
from sim.telling.numbers import payoff, percent

FIXED = 1e-7  # width of a range below which a number is told as fixed: the width at which `continua` counts it so

_MAY = "may come in continua, of which those listed above are members"
_LEFT_OUT = {
    "known": f"equilibria {_MAY}. With a type known for sure, or nearly so, continua are not described",
    "size": f"equilibria {_MAY}. To describe them would take over a second in so large a game; sim.games.ties does",
    "rounding": f"equilibria {_MAY}. Payoffs differ by so little that the continua cannot be made out",
}


def continua_told(continua: dict[str, Any] | None, cast: Cast, *, note: str = "") -> list[str]:
    """Return the continua of a solved game in plain words."""
    if continua is None:
        return []
    if continua["left_out"]:
        return ["\nCONTINUA", wrapped(f"Payoffs tie here: {_LEFT_OUT[continua['left_out']]}.")]
    moving = [each for each in continua["sets"] if not each["isolated"]]
    if not moving:
        return ["\nCONTINUA", wrapped("Payoffs tie here, and yet every equilibrium stands alone.")]
    alone = len(continua["sets"]) - len(moving)
    beside = {0: "", 1: " beside one equilibrium that stands alone"}
    count = "there is one continuum" if len(moving) == 1 else f"there are {len(moving)} continua"
    touch = " Continua may touch or overlap." if len(moving) > 1 else ""
    opening = f"Payoffs tie here: {count}{beside.get(alone, f' beside {alone} equilibria that stand alone')}."
    parts = ["\nCONTINUA", wrapped(f"{opening} Each equilibrium listed above is one of these or lies in one.{touch}")]
    for number, each in enumerate(moving):
        parts.append(f"\nCONTINUUM {number + 1}: {each['family']}")
        parts += [wrapped(sentence) for sentence in _sentences(each, cast)]
    return [*parts, *([wrapped(note)] if note else [])]


def _sentences(each: dict[str, Any], cast: Cast) -> list[str]:
    """Return what varies in one continuum and what does not."""
    sent = [signal for signal, belief in each["belief"].items() if belief]
    plays = [_play(kind, spans, cast) for kind, spans in each["strategy"].items()]
    beliefs = [_belief(signal, each["belief"][signal], cast) for signal in sent]
    answers = [_answer(signal, each["response"], cast) for signal in sent]
    worths = [_worth(kind, span, cast) for kind, span in each["sender_value"].items()]
    every = [*plays, *beliefs, *answers, *worths]
    unsent = [signal for signal in each["belief"] if signal not in sent]
    return [
        f"Varies: {'; '.join(said for moves, said in every if moves)}.",
        f"Stays the same: {'; '.join([said for moves, said in every if not moves] or ['nothing'])}.",
        *([f"Nobody sends {listed(unsent)}."] if unsent else []),
        "These numbers move together: not every combination of them is an equilibrium.",
    ]


def _play(kind: str, spans: dict[str, list[float]], cast: Cast) -> tuple[bool, str]:
    """Return whether a type's strategy varies, and the strategy."""
    used = {signal: span for signal, span in spans.items() if span[1] > SURE}
    said = listed([f"{signal} {_often(span)}" for signal, span in used.items()])
    return any(map(_moves, used.values())), f"{cast.sender_type.format(kind)} sends {said}"


def _belief(signal: str, spans: dict[str, list[float]], cast: Cast) -> tuple[bool, str]:
    """Return whether the belief after a signal varies, and the belief in the second type."""
    (first, _), (second, span) = spans.items()
    sure = not _moves(span) and not SURE < span[0] < 1 - SURE
    held = f"{first if sure and span[0] < SURE else second} {'for certain' if sure else _often(span)}"
    return _moves(span), f"after {signal} {cast.receiver} believes {cast.believed.format(held)}"


def _answer(signal: str, response: dict[str, Any], cast: Cast) -> tuple[bool, str]:
    """Return whether the response to a signal varies, and the response."""
    spans = {kind: acts[signal] for kind, acts in response.items() if acts}
    moving = any(_moves(span) for acts in spans.values() for span in acts.values())
    if not moving:
        fixed = {kind: {act: span[0] for act, span in acts.items()} for kind, acts in spans.items()}
        return False, f"after {signal} {cast.answers(fixed)}"
    said = []
    for kind, acts in spans.items():
        who = cast.receiver if len(spans) == 1 else f"{cast.receiver} of type {kind}"
        taken = listed([f"{act} {_often(span)}" for act, span in acts.items() if span[1] > SURE])
        said.append(f"{who} answers {taken}")
    return True, f"after {signal} {listed(said)}"


def _worth(kind: str, span: list[float], cast: Cast) -> tuple[bool, str]:
    """Return whether a type's payoff varies, and the payoff."""
    ends = f"{payoff(span[0])} to {payoff(span[1])}" if payoff(span[0]) != payoff(span[1]) else payoff(span[0])
    return _moves(span), f"{cast.sender_type.format(kind)} gets {ends}"


def _often(span: list[float]) -> str:
    """Return how often something is done, or how likely it is."""
    if _moves(span):
        low, high = (percent(round(end, 9)) for end in span)  # linear programs are exact up to 1e-10
        return f"with {low} to {high}"
    return "always" if span[0] > 1 - SURE else f"with {percent(span[0])}"


def _moves(span: list[float]) -> bool:
    """Whether a number is not fixed."""
    return span[1] - span[0] > FIXED
