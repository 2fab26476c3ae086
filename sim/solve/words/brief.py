"""What is said first of a solved game? How many equilibria there are, and who does what in the one that counts."""

from __future__ import annotations

from typing import Any

from sim.crisis.parameters import RECEIVER_TYPES, SENDER_TYPES
from sim.solve.average import said_of_average
from sim.solve.words.verdicts import SURE, article
from sim.telling.answer import Table
from sim.telling.english import listed
from sim.telling.numbers import percent

_MOST_TYPES = 4  # of a sender, for whose beliefs a terminal of 80 has room
_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
_WAYS = {
    "pooling": "all types send the same signal",
    "separating": "each type sends a signal of its own",
    "semi_separating": "one type mixes two signals and the other sends one of them",
    "both_mix": "both types mix the same two signals",
    "quantal": "both players err, the less so the more is at stake",
}


def finding(solved: dict[str, Any]) -> str:
    """Return how many equilibria there are, what kind of play counts, and what imposed stances would meet."""
    equilibria, counting = solved["equilibria"], _counting(solved)
    if solved["quantal"]:
        return f"Quantal response: {_WAYS['quantal']}"
    count = len(equilibria)
    number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    which = "" if count == 1 else " in the one that counts," if counting else " of which all count alike; in the first"
    said = f"{number} {'equilibrium' if count == 1 else 'equilibria'}:{which} {_WAYS[_first(solved)['family']]}"
    return f"{said}. {_imposed(solved)}" if "doctrine" in solved else said


def table(solved: dict[str, Any]) -> Table:
    """Return who sends what, what is then believed and done, in the equilibrium that counts."""
    crisis, played = "doctrine" in solved, _first(solved)
    types, kinds = list(played["strategy"]), list(played["response"])
    believed = [] if len(types) > _MOST_TYPES else types[1:] if len(types) == 2 else types
    rows = [
        (
            signal if played["sent"][signal] > SURE else f"({signal})",
            *(_share(played["strategy"][kind][signal]) for kind in types),
            *(_share(played["belief"][signal][kind]) for kind in believed),
            *(_act(played["response"][kind][signal]) for kind in kinds),
        )
        for signal in played["sent"]
    ]
    heads = (
        *(f"{kind}\n{'France' if crisis else 'sends it'}" for kind in types),
        *(f"believed\n{kind}" for kind in believed),
        *(f"{kind}\n{'Russia' if crisis else 'answers'}" if len(kinds) > 1 else "the\nanswer" for kind in kinds),
    )
    return Table("", _explained(solved, believed), ("stance" if crisis else "signal", *heads), rows)


def _explained(solved: dict[str, Any], believed: list[str]) -> str:
    """Return how the table is read."""
    belief = " what the receiver believes once it sees it, and" * bool(believed)
    said = f"How often each type sends a signal,{belief} what it then does. In brackets: what nobody sends."
    if "doctrine" not in solved:
        return said
    said = (
        "How often each type of France takes a stance, how likely Russia then thinks that it is resolute, and what "
        "each type of Russia does. In brackets: what nobody takes."
    )
    point = "draw" if solved["draw"] else "set of values, the medians unless set by hand"
    told = f"{said}\nThis is one {point}: a type strikes or it does not. "
    if "on_average" in solved:
        return f"{told}{said_of_average(solved)}. More of that in sim run."
    return (
        f"{told}What follows on average over all that the scenario finds credible, sim run says; the two can point in "
        "opposite directions."
    )


def _counting(solved: dict[str, Any]) -> bool:
    """Whether one equilibrium alone counts."""
    return bool(max(solved["weights"]) > 1 - SURE)


def _first(solved: dict[str, Any]) -> dict[str, Any]:
    """Return the equilibrium that counts, or the first that does."""
    played: dict[str, Any] = solved["equilibria"][solved["selected"]]
    return played


def _imposed(solved: dict[str, Any]) -> str:
    """Return who strikes if France is held to a stance, in one sentence."""
    by_striker: dict[str, list[str]] = {}
    for stance in solved["struck"]:
        strikers = [kind for kind in RECEIVER_TYPES if solved["doctrine"][stance]["strikes"][kind]]
        one = f"only {article(strikers[0])} Russia" if strikers else "nobody"
        by_striker.setdefault("every Russia" if len(strikers) > 1 else one, []).append(stance)
    if not by_striker:
        return "Nobody is there to be struck, whatever France says"
    (first, after), *others = by_striker.items()
    said = [f"{first} strikes under {listed(after)}", *(f"{who} under {listed(stances)}" for who, stances in others)]
    return f"If France is held to a stance, {', '.join(said)}{_standing(solved)}"


def _standing(solved: dict[str, Any]) -> str:
    """Return whether France folds whatever its type; empty if some type of it stands."""
    folds = not any(solved["stands"][stance][kind] for stance in solved["stands"] for kind in SENDER_TYPES)
    return "; hit, France would fold whatever its type" * folds


def _share(share: float) -> str:
    """Return how often, or how likely: certainty in words as short as a number."""
    return "always" if share > 1 - SURE else "·" if share < SURE else percent(share)


def _act(response: str | dict[str, float]) -> str:
    """Return what one type of the receiver does after a signal: an action, or the likeliest and how likely it is."""
    if isinstance(response, str):
        return response
    act, share = max(response.items(), key=lambda each: each[1])
    return act if share > 1 - SURE else f"{act} {percent(share)}"
