"""How is a solved point of the crisis told? Who sends what, what Russia then believes and does, what comes of it."""

from __future__ import annotations

import textwrap
from typing import Any

from sim.crisis.ladder import OUTCOMES
from sim.crisis.parameters import RECEIVER_TYPES, SENDER_TYPES
from sim.solve.words.continua import continua_told
from sim.solve.words.story import after, borne_out, equilibria_told, of_quantal, of_selection, play_told
from sim.solve.words.verdicts import SURE, WIDTH, Cast, article, wrapped
from sim.telling.numbers import LEAST_WHOLE, frequency, payoff, percent

_FAMILIES = {
    "pooling": "Both types of France send the same signal",
    "separating": "Each type of France sends a signal of its own",
    "semi_separating": "One type of France mixes two signals, the other sends one of them",
    "both_mix": "Both types of France mix the same two signals",
    "quantal": "Both types of France err, and so do both of Russia",
}
_OF_LADDER = "How far it climbs is told for the equilibria listed above; along a continuum it can vary too."
_ERRS = " That is what is best: here it errs in it, as in all else."
_RULES = {
    "sender_best": "it is best for France (sender_best): this favours France",
    "least_escalatory": "its expected rung is the lowest (least_escalatory)",
    "most_escalatory": "its expected rung is the highest (most_escalatory)",
}


def told(solved: dict[str, Any]) -> str:
    """Return a solved point in plain words."""
    struck = solved["struck"]
    doctrines = [
        doctrine_sentence(stance, figures, target=stance in struck) for stance, figures in solved["doctrine"].items()
    ]
    parts = [
        _opening(solved),
        *(textwrap.fill(said, WIDTH) for said in (_hit(solved), _misjudged(solved)) if said),
        *equilibria_told(solved, "france_payoff", equilibrium_sentences, counts="counts {}"),
        *continua_told(solved["continua"], CAST, note=_OF_LADDER),
        "\nDOCTRINES: what if France were held to a stance, whatever its type?",
    ]
    return "\n".join([*parts, *map(wrapped, doctrines), "", *map(wrapped, _notes(solved))])


def equilibrium_sentences(equilibrium: dict[str, Any]) -> list[str]:
    """Return one equilibrium in sentences."""
    values = ", ".join(f"{payoff(equilibrium['sender_value'][kind])} if {kind}" for kind in SENDER_TYPES)
    return [
        *play_told(equilibrium, _FAMILIES[equilibrium["family"]], CAST),
        *(_after(equilibrium, stance, target=stance in equilibrium["struck"]) for stance in equilibrium["sent"]),
        f"France's payoff: {values}; {payoff(equilibrium['france_payoff'])} before it knows which it is.",
        f"How far it climbs: {_climb(equilibrium['outcomes'])}.",
        *borne_out(equilibrium, CAST, "France"),
    ]


def doctrine_sentence(stance: str, figures: dict[str, Any], *, target: bool) -> str:
    """Return what follows if France is held to a stance, in one sentence."""
    worth = f"France's payoff: {payoff(figures['france_payoff'])}."
    if not target:
        return f"{stance}: every rung is zero by construction, nobody is there to be hit. {worth}"
    strikers = [kind for kind in RECEIVER_TYPES if figures["strikes"][kind]]
    if not strikers:
        return f"{stance}: neither a cautious nor an opportunist Russia strikes. {worth}"
    who = f"only {article(strikers[0])} Russia strikes" if len(strikers) == 1 else "Russia strikes whatever its type"
    return f"{stance}: {who}. How far it climbs: {_climb(figures['outcomes'])}. {worth}"


def _after(equilibrium: dict[str, Any], stance: str, *, target: bool) -> str:
    """Return what Russia believes and does after a signal, sent or not."""
    holds = "holds" if equilibrium["sent"][stance] > SURE else "would hold"
    idle = f"Russia {holds}: nobody is there to be struck" if not target else ""
    belief = equilibrium["belief"][stance]["resolute"]
    kind = "bluffing" if belief < SURE else "resolute"
    sure = "for certain" if not SURE <= belief <= 1 - SURE else f"with {percent(belief)}"
    return after(equilibrium, stance, CAST, unsent="if France did,", held=f"it {kind} {sure}:", idle=idle)


def _answers(response: dict[str, Any]) -> str:
    """Return what both Russian types do."""
    strikes = {
        kind: float(act == "strike") if isinstance(act, str) else act["strike"] for kind, act in response.items()
    }
    if max(strikes.values()) < SURE:
        return "both its types hold"
    if min(strikes.values()) > 1 - SURE:
        return "both its types strike"
    return ", ".join(f"{article(kind)} one {_act(share)}" for kind, share in strikes.items())


def _act(share: float) -> str:
    """Return what one Russian type does."""
    if share < SURE:
        return "holds"
    return "strikes" if share > 1 - SURE else f"strikes with {percent(share)}"


def _climb(outcomes: dict[str, float]) -> str:
    """Return the probability of every outcome."""
    if not outcomes["strike"]:
        return "no rung is reached, Russia never strikes"
    return ", ".join(f"{name} {_likely(outcomes[name])}" for name in OUTCOMES)


def _likely(probability: float) -> str:
    """Return a probability, rare ones as a natural frequency too."""
    rare = 0 < probability < LEAST_WHOLE
    return percent(probability) + (f" ({frequency(probability)})" if rare else "")


def _hit(solved: dict[str, Any]) -> str:
    """Return whether each type of France stands after a hit, in each stance under which it can be hit."""
    said = []
    for stance, stands in solved["stands"].items():
        standing = [kind for kind in SENDER_TYPES if stands[kind]]
        who = {0: "neither type of France stands", 1: f"only a {''.join(standing)} France stands"}
        said.append(f"after {stance} {who.get(len(standing), 'either type of France stands')}")
    if not said:
        return "Nobody is there to be hit, whatever France says."
    errs = bool(solved["by_last_move"]) and solved["last_move"] == "logit"
    return f"Once its soldiers are hit: {'; '.join(said)}. Otherwise it folds.{_ERRS * errs}"


def _misjudged(solved: dict[str, Any]) -> str:
    """Return what Russia believes and what is true, if the two differ; empty if they do not."""
    belief, truth = solved["prior"]["resolute"], solved["frequency"]["resolute"]
    if belief == truth:
        return ""
    believed, true = (percent(chance) if chance else "0 %" for chance in (belief, truth))
    return (
        f"Russia believes from the start that France is resolute with {believed}; in truth it is so with {true}, and "
        "that is what is counted here."
    )


def _opening(solved: dict[str, Any]) -> str:
    """Return which point this is."""
    if not (draw := solved["draw"]):
        return f"{solved['scenario']} at one point: the median of every parameter, or what --set says."
    where = f"of {draw['draws']:,} with seed {draw['seed']}, counted from 0"
    return f"{solved['scenario']} at one point: draw {draw['number']} {where}."


def _notes(solved: dict[str, Any]) -> list[str]:
    """Return what to keep in mind."""
    far_fetched = ": some equilibria may rest on far-fetched beliefs after signals that nobody sends"
    return [
        of_quantal(solved["quantal"], "France", "Russia", "; their yardsticks cannot be compared")
        if solved["quantal"]
        else of_selection(solved, _RULES.get(solved["select"], ""), far_fetched),
        *_of_last_move(solved["by_last_move"]),
        "Payoffs to France are in units of what folding after a hit costs it. Probabilities are per encounter and "
        "follow from these parameter values; they are no forecast.",
        "At one point a type of Russia strikes or does not, so that stances can look alike here that differ on "
        "average: means over everything that the scenario finds credible are what sim run reports.",
    ]


def _of_last_move(moves: dict[str, dict[str, float]] | None) -> list[str]:
    """Return what a France that errs when it folds or stands changes; nothing in equilibrium."""
    if not moves:
        return []
    exact, logit = (_climb(moves[move]) for move in ("exact", "logit"))
    return [f"If France, once hit, takes the better of folding and standing: {exact}. If it errs there too: {logit}."]


CAST = Cast("Russia", "a {} France", "it {}", "resolute", _answers)
"""France and Russia as refinements speak of them."""
