"""How is the solution of a game that a file gives outright told, in the file's own names?"""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import Any

from sim.solve.words.continua import continua_told
from sim.solve.words.crisis import certified, choice
from sim.solve.words.verdicts import SURE, WIDTH, Cast, overview, support, verdicts, wrapped
from sim.telling.english import listed
from sim.telling.numbers import payoff, percent
from sim.telling.rendering import printable

_FAMILIES = {
    "pooling": "All types send the same signal",
    "separating": "Each type sends a signal of its own",
    "semi_separating": "One type mixes two signals, the other sends one of them",
    "both_mix": "Both types mix the same two signals",
    "quantal": "All types of both players err",
}


def game_told(solved: dict[str, Any]) -> str:
    """Return a solved game in plain words.

    Examples
    --------
    >>> from sim.solve.game_solution import game_solution
    >>> from sim.scenario.game_file import load
    >>> game_told(game_solution(load("textbook/beer-quiche")).to_dict()).splitlines()[0]
    'Beer or quiche: can a habit show strength?'
    """
    found, weights, quantal = solved["equilibria"], solved["weights"], solved["quantal"]
    parts = [printable(solved["title"]), *_paragraph(solved["description"]), *_paragraph(solved["source"], "Source: ")]
    if not quantal:
        parts += ["", "One equilibrium." if len(found) == 1 else f"{len(found)} equilibria.", ""]
        parts += [overview(found, weights, [each["value"] for each in found])]
    for number, equilibrium in enumerate(found):
        mark = "" if quantal or not weights[number] else "  [selected]" if weights[number] > 1 - SURE else "  [counts]"
        heading = "QUANTAL RESPONSE" if quantal else f"EQUILIBRIUM {number + 1}: {equilibrium['family']}"
        parts.append(f"\n{heading}{mark}")
        parts += [wrapped(sentence) for sentence in game_sentences(equilibrium, solved)]
    parts += continua_told(solved["continua"], _cast(solved))
    return "\n".join([*parts, "", wrapped(_note(solved))])


def game_sentences(equilibrium: dict[str, Any], solved: dict[str, Any]) -> list[str]:
    """Return one equilibrium in sentences."""
    cast = _cast(solved)
    values = ", ".join(f"{payoff(value)} for {kind}" for kind, value in equilibrium["sender_value"].items())
    erring = (_player(solved, 0), _player(solved, 1)) if solved["quantal"] else None
    return [
        f"{_FAMILIES[equilibrium['family']]}.",
        *(f"Type {kind} {choice(strategy)}." for kind, strategy in equilibrium["strategy"].items()),
        *(_after(equilibrium, signal, solved, cast) for signal in equilibrium["sent"]),
        f"The payoff of {_player(solved, 0)}: {values}; {payoff(equilibrium['value'])} before it knows its type.",
        *verdicts(equilibrium, cast),
        certified(equilibrium["certificate"], players=erring),
    ]


def _after(equilibrium: dict[str, Any], signal: str, solved: dict[str, Any], cast: Cast) -> str:
    """Return what the receiver believes and does after a signal, sent or not."""
    sent = equilibrium["sent"][signal] > SURE
    response = {kind: acts[signal] for kind, acts in equilibrium["response"].items()}
    opening = f"After {signal}" if sent else f"Nobody sends {signal}; after it"
    answer = cast.answers(response)
    if len(solved["available"][signal]) == 1:
        return f"{opening} there is no choice: {answer}."
    thought = f"{cast.receiver} {'believes' if sent else 'would believe'} {_belief(equilibrium['belief'][signal])}"
    needed = "" if sent else support(equilibrium, signal, cast)
    return f"{opening} {thought}; {answer}. {needed}".rstrip()


def _belief(belief: dict[str, float]) -> str:
    """Return a belief, also one that leaves no doubt."""
    likely = {kind: share for kind, share in belief.items() if share > SURE}
    if len(likely) == 1:
        return f"in type {next(iter(likely))} for certain"
    return f"in {listed([f'type {kind} with {percent(share)}' for kind, share in likely.items()])}"


def _cast(solved: dict[str, Any]) -> Cast:
    """Return who plays."""
    types = list(solved["prior"])
    second = types[1] if len(types) == 2 else ""
    return Cast(_player(solved, 1), "type {}", "in type {}", second, _answers(len(solved["receiver_prior"])))


def _answers(count: int) -> Callable[[dict[str, Any]], str]:
    """Return how the actions of so many receiver types are told."""

    def said(response: dict[str, Any]) -> str:
        acts = {kind: _act(action) for kind, action in response.items()}
        if count == 1:
            return f"the answer is {next(iter(acts.values()))}"
        return listed([f"type {kind} answers {act}" for kind, act in acts.items()])

    return said


def _act(action: str | dict[str, float]) -> str:
    """Return an action, or a mixture of actions."""
    if isinstance(action, str):
        return action
    likely = {name: share for name, share in action.items() if share > SURE}
    if len(likely) == 1:
        return next(iter(likely))
    return listed([f"{name} with {percent(share)}" for name, share in likely.items()])


def _player(solved: dict[str, Any], place: int) -> str:
    """Return what a player is called."""
    name = str(solved["players"][place])
    return f"the {name}" if name in ("sender", "receiver") else name


def _note(solved: dict[str, Any]) -> str:
    """Return what to keep in mind."""
    if quantal := solved["quantal"]:
        reach = quantal["rationality_times_range"]
        ended = " The branch could not be followed so far; its end is told." if quantal["failed"] else ""
        return (
            f"Logit quantal response with rationality {quantal['rationality']:g} on the principal branch: players err "
            f"more, the less is at stake. Rationality times payoff range is {reach['sender']:.1f} for "
            f"{_player(solved, 0)} and {reach['receiver']:.1f} for {_player(solved, 1)}.{ended}"
        )
    if solved["select"] == "uniform":
        said = "All admitted equilibria count alike (uniform)."
    else:
        said = f"Equilibrium {solved['selected'] + 1} is selected because it is best for {_player(solved, 0)}."
    if solved["refinement"] == "none":
        return f"{said} No refinement is applied."
    if solved["no_survivor"]:
        return f"{said} The refinement {solved['refinement']} would discard every equilibrium here; all are admitted."
    return f"{said} Only equilibria that survive the refinement {solved['refinement']} are admitted."


def _paragraph(text: str, opening: str = "") -> list[str]:
    """Return a file's text in lines; nothing if there is none."""
    return [textwrap.fill(printable(opening + text), WIDTH)] if text else []
