"""How is the solution of a game that a file gives outright told, in the file's own names?"""

from __future__ import annotations

import textwrap
from functools import partial
from typing import Any

from sim.solve.words.continua import continua_told
from sim.solve.words.story import after, borne_out, equilibria_told, of_quantal, of_selection, play_told, shared
from sim.solve.words.verdicts import SURE, WIDTH, Cast, wrapped
from sim.telling.english import listed
from sim.telling.numbers import payoff
from sim.telling.rendering import printable

_FAMILIES = {
    "pooling": "All types send the same signal",
    "separating": "Each type sends a signal of its own",
    "semi_separating": "One type mixes two signals, the other sends one of them",
    "both_mix": "Both types mix the same two signals",
    "quantal": "All types of both players err",
}


def game_told(solved: dict[str, Any]) -> str:
    """Return a solved game in plain words."""
    sender, quantal, sentences = _player(solved, 0), solved["quantal"], partial(game_sentences, solved)
    parts = [
        printable(solved["title"]),
        *_paragraph(solved["description"]),
        *_paragraph(solved["source"], "Source: "),
        *([] if quantal else [""]),
        *equilibria_told(solved, "value", sentences, counts="counts"),
        *continua_told(solved["continua"], _cast(solved)),
        "",
    ]
    note = (
        of_quantal(quantal, sender, _player(solved, 1)) if quantal else of_selection(solved, f"it is best for {sender}")
    )
    return "\n".join([*parts, wrapped(note)])


def game_sentences(solved: dict[str, Any], equilibrium: dict[str, Any]) -> list[str]:
    """Return one equilibrium in sentences."""
    cast, sender = _cast(solved), _player(solved, 0)
    values = ", ".join(f"{payoff(value)} for {kind}" for kind, value in equilibrium["sender_value"].items())
    return [
        *play_told(equilibrium, _FAMILIES[equilibrium["family"]], cast),
        *(_after(equilibrium, signal, len(usable) > 1, cast) for signal, usable in solved["available"].items()),
        f"The payoff of {sender}: {values}; {payoff(equilibrium['value'])} before it knows its type.",
        *borne_out(equilibrium, cast, sender),
    ]


def _after(equilibrium: dict[str, Any], signal: str, choice: bool, cast: Cast) -> str:
    """Return what the receiver believes and does after a signal, sent or not, and with or without a choice."""
    belief = _likely(equilibrium["belief"][signal])
    held = f"type {next(iter(belief))} for certain" if len(belief) == 1 else shared(belief, "type {}")
    only = cast.answers({kind: acts[signal] for kind, acts in equilibrium["response"].items()})
    idle = "" if choice else f"there is no choice: {only}"
    return after(equilibrium, signal, cast, unsent="after it", held=f"in {held};", idle=idle)


def _cast(solved: dict[str, Any]) -> Cast:
    """Return who plays."""
    types = list(solved["prior"])
    answers = partial(_answers, len(solved["receiver_prior"]) == 1)
    return Cast(_player(solved, 1), "type {}", "in type {}", types[1] if len(types) == 2 else "", answers)


def _answers(alone: bool, response: dict[str, Any]) -> str:
    """Return what each type of the receiver does, or its only one."""
    acts = {kind: _act(action) for kind, action in response.items()}
    if alone:
        return f"the answer is {next(iter(acts.values()))}"
    return listed([f"type {kind} answers {act}" for kind, act in acts.items()])


def _act(action: str | dict[str, float]) -> str:
    """Return an action, or a mixture of actions."""
    if isinstance(action, str):
        return action
    likely = _likely(action)
    return next(iter(likely)) if len(likely) == 1 else shared(likely)


def _likely(chances: dict[str, float]) -> dict[str, float]:
    """Return what has a chance."""
    return {name: share for name, share in chances.items() if share > SURE}


def _player(solved: dict[str, Any], place: int) -> str:
    """Return what a player is called."""
    name = str(solved["players"][place])
    return f"the {name}" if name in ("sender", "receiver") else name


def _paragraph(text: str, opening: str = "") -> list[str]:
    """Return a file's text in lines; nothing if there is none."""
    return [textwrap.fill(printable(opening + text), WIDTH)] if text else []
