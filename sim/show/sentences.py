"""How is an equilibrium told? Who sends what, what Russia then believes and does, and what comes of it."""

from __future__ import annotations

import re
import textwrap
from typing import Any

from sim.crisis.ladder import OUTCOMES
from sim.crisis.parameters import RECEIVER_TYPES, SENDER_TYPES, STANCES
from sim.show.numbers import LEAST_WHOLE, frequency, payoff, percent

WIDTH = 78
"""Columns of the text; terminals of 80 show it as it is."""

EXACT = 1e-6
"""Gain from deviating, or error in Bayes' rule, below which a certificate is called exact up to rounding."""

SURE = 1e-9
"""Distance from 0 or 1 within which a probability is told as never or always."""

_UNITS = re.compile(r" (?=%)|(?<=\(1) (?=in )|(?<=\(1 in) (?=\d)")
_FAMILIES = {
    "pooling": "Both types of France send the same signal",
    "separating": "Each type of France sends a signal of its own",
    "semi_separating": "One type of France mixes two signals, the other sends one of them",
    "both_mix": "Both types of France mix the same two signals",
}


def told(solved: dict[str, Any]) -> str:
    """Return a solved point in plain words.

    Parameters
    ----------
    solved : dict
        From `Solution.to_dict`.

    Returns
    -------
    str
        Paragraphs of at most `WIDTH` columns: each equilibrium, then each doctrine, then what to keep in mind.

    Examples
    --------
    >>> from sim.study.point import solution
    >>> from sim.study.scenario import load_scenario
    >>> told(solution(load_scenario("macron-2024")).to_dict()).splitlines()[0]
    'macron-2024 at one point: the median of every parameter, or what --set says.'
    """
    found = solved["equilibria"]
    count = "One equilibrium" if len(found) == 1 else f"{len(found)} equilibria"
    parts = [f"{solved['scenario']} at one point: the median of every parameter, or what --set says."]
    parts += [textwrap.fill(_hit(solved), WIDTH), f"{count}."]
    for number, equilibrium in enumerate(found):
        mark = "  [selected]" if number == solved["selected"] else ""
        parts.append(f"\nEQUILIBRIUM {number + 1}: {equilibrium['family']}{mark}")
        parts += [_wrapped(sentence) for sentence in equilibrium_sentences(equilibrium)]
    parts.append("\nDOCTRINES: what if France were held to a stance, whatever its type?")
    parts += [_wrapped(doctrine_sentence(stance, figures)) for stance, figures in solved["doctrine"].items()]
    return "\n".join([*parts, "", *(_wrapped(note) for note in _notes(solved))])


def equilibrium_sentences(equilibrium: dict[str, Any]) -> list[str]:
    """Return one equilibrium in sentences.

    Parameters
    ----------
    equilibrium : dict
        One of the equilibria of `Solution.to_dict`.

    Returns
    -------
    list of str
        The family, France's signals, Russia's belief and action after each signal, payoffs, ladder, certificate.
    """
    values = ", ".join(f"{payoff(equilibrium['sender_value'][kind])} if {kind}" for kind in SENDER_TYPES)
    return [
        f"{_FAMILIES[equilibrium['family']]}.",
        *(f"A {kind} France {_choice(equilibrium['strategy'][kind])}." for kind in SENDER_TYPES),
        *(_after(equilibrium, stance) for stance in STANCES),
        f"France's payoff: {values}; {payoff(equilibrium['france_payoff'])} before it knows which it is.",
        f"How far it climbs: {_climb(equilibrium['outcomes'])}.",
        _certified(equilibrium["certificate"]),
        *(["Payoffs tie here: equilibria may come in continua, of which this is one."] * equilibrium["degenerate"]),
    ]


def doctrine_sentence(stance: str, figures: dict[str, Any]) -> str:
    """Return what follows if France is held to a stance, in one sentence.

    Parameters
    ----------
    stance : {"rule_out", "ambiguous", "commit"}
        What France is held to.
    figures : dict
        Of that stance, from `Solution.to_dict`.

    Returns
    -------
    str
        Who strikes, how far the crisis climbs, and what it is worth to France.
    """
    worth = f"France's payoff: {payoff(figures['france_payoff'])}."
    if stance == "rule_out":
        return f"rule_out: every rung is zero by construction, nobody is there to be hit. {worth}"
    strikers = [kind for kind in RECEIVER_TYPES if figures["strikes"][kind]]
    if not strikers:
        return f"{stance}: neither a cautious nor an opportunist Russia strikes. {worth}"
    who = f"only {_article(strikers[0])} Russia strikes" if len(strikers) == 1 else "Russia strikes whatever its type"
    return f"{stance}: {who}. How far it climbs: {_climb(figures['outcomes'])}. {worth}"


def _choice(strategy: dict[str, float]) -> str:
    """Return what a type sends."""
    sent = {stance: share for stance, share in strategy.items() if share > SURE}
    if len(sent) == 1:
        return f"always sends {next(iter(sent))}"
    return "sends " + " and ".join(f"{stance} with {percent(share)}" for stance, share in sent.items())


def _after(equilibrium: dict[str, Any], stance: str) -> str:
    """Return what Russia believes and does after a signal, sent or not."""
    sent = equilibrium["sent"][stance] > SURE
    opening = f"After {stance}" if sent else f"Nobody sends {stance}; if France did,"
    if stance == "rule_out":
        return f"{opening} Russia {'holds' if sent else 'would hold'}: nobody is there to be struck."
    belief = equilibrium["belief"][stance]["resolute"]
    acts = {kind: equilibrium["response"][kind][stance]["strike"] for kind in RECEIVER_TYPES}
    thought = "believes" if sent else "would believe"
    return f"{opening} Russia {thought} it {_sure(belief)}: {_acts(acts)}."


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


def _certified(gains: dict[str, float]) -> str:
    """Return the certificate: what could be gained by deviating."""
    most = max(0.0, gains["sender_gain"], gains["receiver_gain"])
    if most < EXACT and gains["bayes_error"] < EXACT:
        return (
            "Checked: no type of either player gains anything by deviating, and beliefs follow Bayes' rule "
            f"(largest gain {_tiny(most)}, largest error {_tiny(gains['bayes_error'])})."
        )
    return f"CHECK FAILED: a type gains {most:.2g} by deviating; error in Bayes' rule {gains['bayes_error']:.2g}."


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


def _notes(solved: dict[str, Any]) -> list[str]:
    """Return what to keep in mind."""
    selected = f"Equilibrium {solved['selected'] + 1} is selected because it is best for France (sender_best): "
    return [
        selected + "this favours France. No refinement is applied: some equilibria may rest on far-fetched beliefs "
        "after signals that nobody sends.",
        "Payoffs to France are in units of what folding after a hit costs it. Probabilities are per encounter and "
        "follow from these parameter values; they are no forecast.",
    ]


def _wrapped(sentence: str) -> str:
    """Break a sentence into lines, but not between a number and its unit."""
    glued = _UNITS.sub("\u00a0", sentence)
    lines = textwrap.fill(glued, WIDTH, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
    return lines.replace("\u00a0", " ")
