"""How is an equilibrium told? Who sends what, what Russia then believes and does, and what comes of it."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

from sim.crisis.ladder import OUTCOMES
from sim.crisis.parameters import RECEIVER_TYPES, SENDER_TYPES, STANCES
from sim.solve.named_rows import EXACT
from sim.solve.words.continua import continua_told
from sim.solve.words.verdicts import SURE, WIDTH, Cast, overview, support, verdicts, wrapped
from sim.telling.english import listed
from sim.telling.numbers import LEAST_WHOLE, frequency, payoff, percent

_FAMILIES = {
    "pooling": "Both types of France send the same signal",
    "separating": "Each type of France sends a signal of its own",
    "semi_separating": "One type of France mixes two signals, the other sends one of them",
    "both_mix": "Both types of France mix the same two signals",
    "quantal": "Both types of France err, and so do both of Russia",
}
_OF_LADDER = "How far it climbs is told for the equilibria listed above; along a continuum it can vary too."
_RULES = {
    "sender_best": "it is best for France (sender_best): this favours France",
    "least_escalatory": "its expected rung is the lowest (least_escalatory)",
    "most_escalatory": "its expected rung is the highest (most_escalatory)",
}


def told(solved: dict[str, Any]) -> str:
    """Return a solved point in plain words.

    Examples
    --------
    >>> from sim.solve.crisis_solution import solution
    >>> from sim.scenario.scenario import load_scenario
    >>> told(solution(load_scenario("macron-2024")).to_dict()).splitlines()[0]
    'macron-2024 at one point: the median of every parameter, or what --set says.'
    """
    found, weights = solved["equilibria"], solved["weights"]
    parts = [_opening(solved), textwrap.fill(_hit(solved), WIDTH)]
    if not solved["quantal"]:
        parts += ["One equilibrium." if len(found) == 1 else f"{len(found)} equilibria."]
        parts += ["", overview(found, weights, [each["france_payoff"] for each in found])]
    for number, equilibrium in enumerate(found):
        mark = f"  [{_mark(weights[number])}]" if weights[number] and not solved["quantal"] else ""
        heading = "QUANTAL RESPONSE" if solved["quantal"] else f"EQUILIBRIUM {number + 1}: {equilibrium['family']}"
        parts.append(f"\n{heading}{mark}")
        parts += [wrapped(sentence) for sentence in equilibrium_sentences(equilibrium)]
    parts += continua_told(solved["continua"], CAST, note=_OF_LADDER)
    parts.append("\nDOCTRINES: what if France were held to a stance, whatever its type?")
    parts += [wrapped(doctrine_sentence(stance, figures)) for stance, figures in solved["doctrine"].items()]
    return "\n".join([*parts, "", *(wrapped(note) for note in _notes(solved))])


def equilibrium_sentences(equilibrium: dict[str, Any]) -> list[str]:
    """Return one equilibrium in sentences."""
    erring = ("France", "Russia") if equilibrium["family"] == "quantal" else None
    values = ", ".join(f"{payoff(equilibrium['sender_value'][kind])} if {kind}" for kind in SENDER_TYPES)
    return [
        f"{_FAMILIES[equilibrium['family']]}.",
        *(f"A {kind} France {choice(equilibrium['strategy'][kind])}." for kind in SENDER_TYPES),
        *(_after(equilibrium, stance) for stance in STANCES),
        f"France's payoff: {values}; {payoff(equilibrium['france_payoff'])} before it knows which it is.",
        f"How far it climbs: {_climb(equilibrium['outcomes'])}.",
        *verdicts(equilibrium, CAST),
        certified(equilibrium["certificate"], players=erring),
    ]


def doctrine_sentence(stance: str, figures: dict[str, Any]) -> str:
    """Return what follows if France is held to a stance, in one sentence."""
    worth = f"France's payoff: {payoff(figures['france_payoff'])}."
    if stance == "rule_out":
        return f"rule_out: every rung is zero by construction, nobody is there to be hit. {worth}"
    strikers = [kind for kind in RECEIVER_TYPES if figures["strikes"][kind]]
    if not strikers:
        return f"{stance}: neither a cautious nor an opportunist Russia strikes. {worth}"
    who = f"only {_article(strikers[0])} Russia strikes" if len(strikers) == 1 else "Russia strikes whatever its type"
    return f"{stance}: {who}. How far it climbs: {_climb(figures['outcomes'])}. {worth}"


def choice(strategy: dict[str, float]) -> str:
    """Return what a type sends.

    Examples
    --------
    >>> choice({"ambiguous": 0.25, "commit": 0.75}), choice({"ambiguous": 0.0, "commit": 1.0})
    ('sends ambiguous with 25.0 % and commit with 75.0 %', 'always sends commit')
    """
    sent = {stance: share for stance, share in strategy.items() if share > SURE}
    if len(sent) == 1:
        return f"always sends {next(iter(sent))}"
    return f"sends {listed([f'{stance} with {percent(share)}' for stance, share in sent.items()])}"


def certified(gains: dict[str, float], *, players: Sequence[str] | None = None) -> str:
    """Return the certificate: what could be gained by deviating."""
    most = max(0.0, gains["sender_gain"], gains["receiver_gain"])
    if players and gains["bayes_error"] < EXACT:
        costs = [payoff(max(0.0, gains[f"{role}_gain"])) for role in ("sender", "receiver")]
        return (
            f"What erring costs at most, against a best reply and in a type's own yardstick: {costs[0]} for "
            f"{players[0]}, {costs[1]} for {players[1]}; beliefs follow Bayes' rule."
        )
    if all(gain < EXACT for gain in gains.values()):  # a gain that is no number is a failure
        return (
            "Checked: no type of either player gains anything by deviating, and beliefs follow Bayes' rule "
            f"(largest gain {_tiny(most)}, largest error {_tiny(gains['bayes_error'])})."
        )
    return f"CHECK FAILED: a type gains {most:.2g} by deviating; error in Bayes' rule {gains['bayes_error']:.2g}."


def _after(equilibrium: dict[str, Any], stance: str) -> str:
    """Return what Russia believes and does after a signal, sent or not."""
    sent = equilibrium["sent"][stance] > SURE
    opening = f"After {stance}" if sent else f"Nobody sends {stance}; if France did,"
    if stance == "rule_out":
        return f"{opening} Russia {'holds' if sent else 'would hold'}: nobody is there to be struck."
    belief = equilibrium["belief"][stance]["resolute"]
    response = {kind: equilibrium["response"][kind][stance] for kind in RECEIVER_TYPES}
    thought = "believes" if sent else "would believe"
    needed = "" if sent else support(equilibrium, stance, CAST)
    return f"{opening} Russia {thought} it {_sure(belief)}: {_answers(response)}. {needed}".rstrip()


def _answers(response: dict[str, Any]) -> str:
    """Return what both Russian types do."""
    acts = {kind: float(act == "strike") if isinstance(act, str) else act["strike"] for kind, act in response.items()}
    return _acts(acts)


def _sure(belief: float) -> str:
    """Return a belief, also one that leaves no doubt."""
    if belief < SURE:
        return "bluffing for certain"
    return "resolute for certain" if belief > 1 - SURE else f"resolute with {percent(belief)}"


def _acts(strikes: dict[str, float]) -> str:
    """Return what both Russian types do."""
    if max(strikes.values()) < SURE:
        return "both its types hold"
    if min(strikes.values()) > 1 - SURE:
        return "both its types strike"
    return ", ".join(f"{_article(kind)} one {_act(share)}" for kind, share in strikes.items())


def _act(share: float) -> str:
    """Return what one Russian type does."""
    if share < SURE:
        return "holds"
    return "strikes" if share > 1 - SURE else f"strikes with {percent(share)}"


def _article(kind: str) -> str:
    """Return a Russian type with its article."""
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _climb(outcomes: dict[str, float]) -> str:
    """Return the probability of every outcome."""
    if not outcomes["strike"]:
        return "no rung is reached, Russia never strikes"
    return ", ".join(f"{name} {_likely(outcomes[name])}" for name in OUTCOMES)


def _likely(probability: float) -> str:
    """Return a probability, rare ones as a natural frequency too."""
    rare = 0 < probability < LEAST_WHOLE
    return percent(probability) + (f" ({frequency(probability)})" if rare else "")


def _tiny(number: float) -> str:
    """Return the size of a rounding error."""
    return f"{number:.0e}" if number else "0"


def _hit(solved: dict[str, Any]) -> str:
    """Return whether each type of France stands after a hit, in each stance under which it can be hit."""
    said = []
    for stance, stands in solved["stands"].items():
        standing = [kind for kind in SENDER_TYPES if stands[kind]]
        who = {0: "neither type of France stands", 1: f"only a {''.join(standing)} France stands"}
        said.append(f"after {stance} {who.get(len(standing), 'either type of France stands')}")
    return f"Once its soldiers are hit: {'; '.join(said)}. Otherwise it folds."


def _opening(solved: dict[str, Any]) -> str:
    """Return which point this is."""
    if not (draw := solved["draw"]):
        return f"{solved['scenario']} at one point: the median of every parameter, or what --set says."
    where = f"of {draw['draws']:,} with seed {draw['seed']}, counted from 0"
    return f"{solved['scenario']} at one point: draw {draw['number']} {where}."


def _mark(weight: float) -> str:
    """Return how an equilibrium counts."""
    return "selected" if weight > 1 - SURE else f"counts {percent(weight)}"


def _notes(solved: dict[str, Any]) -> list[str]:
    """Return what to keep in mind."""
    return [
        _of_quantal(solved["quantal"]) if solved["quantal"] else _of_selection(solved),
        "Payoffs to France are in units of what folding after a hit costs it. Probabilities are per encounter and "
        "follow from these parameter values; they are no forecast.",
        "At one point a type of Russia strikes or does not, so that stances can look alike here that differ on "
        "average: means over everything that the scenario finds credible are what sim run reports.",
    ]


def _of_quantal(quantal: dict[str, Any]) -> str:
    """Return what quantal play is, and whether it was found."""
    reach = quantal["rationality_times_range"]
    ended = " The branch could not be followed so far; its end is told." if quantal["failed"] else ""
    return (
        f"Logit quantal response with rationality {quantal['rationality']:g} on the principal branch: players err "
        f"more, the less is at stake. Rationality times payoff range is {reach['sender']:.1f} for France and "
        f"{reach['receiver']:.1f} for Russia; their yardsticks cannot be compared.{ended}"
    )


def _of_selection(solved: dict[str, Any]) -> str:
    """Return which equilibrium counts and why, and what refinement is applied."""
    if solved["select"] == "uniform":
        said = "All admitted equilibria count alike (uniform)."
    else:
        said = f"Equilibrium {solved['selected'] + 1} is selected because {_RULES[solved['select']]}."
    if solved["refinement"] == "none":
        return (
            f"{said} No refinement is applied: some equilibria may rest on far-fetched beliefs after signals that "
            "nobody sends."
        )
    if solved["no_survivor"]:
        return f"{said} The refinement {solved['refinement']} would discard every equilibrium here; all are admitted."
    return f"{said} Only equilibria that survive the refinement {solved['refinement']} are admitted."


CAST = Cast("Russia", "a {} France", "it {}", "resolute", _answers)
"""France and Russia as refinements speak of them."""
