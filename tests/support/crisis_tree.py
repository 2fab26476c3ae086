"""What is one crisis worth, walked branch by branch? Plain loops over the tree; shares no code with `sim`.

Numbers may be floats or fractions: with fractions the walk is exact, but for the exponential of a logit last move.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.crisis.parameters import ACTIONS, BASELINE, RECEIVER_TYPES, SENDER_TYPES, Stances

Number: TypeAlias = float | Fraction
Numbers: TypeAlias = Mapping[str, Number]

OUTCOMES = ("strike", "casualties", "retaliation", "war", "nuclear", "backdown", "abandonment")


@dataclass(frozen=True)
class Ending:
    """A leaf: its probability, what has happened on the way, and what it is worth."""

    probability: Number
    events: frozenset[str]
    france: Number
    russia: Number


def random_crises(
    count: int, *, seed: int, stances: Stances = BASELINE, belief: bool = False
) -> dict[str, NDArray[np.float64]]:
    """Draw legal values of every parameter; costs reach 4, values lie between -1 and 1."""
    rng = np.random.default_rng(seed)
    low = {"value": -1.0}
    high = {"value": 1.0, "cost": 4.0, "probability": 1.0, "weight": 1.0}
    asked = [each for each in stances.by_name.values() if belief or each.name != "belief.resolute"]
    return {p.name: rng.uniform(low.get(p.kind, 0.0), high[p.kind], count) for p in asked}


def each(crises: Mapping[str, NDArray[np.float64]]) -> list[dict[str, float]]:
    """Split a batch into single crises."""
    count = len(next(iter(crises.values())))
    return [{name: float(values[i]) for name, values in crises.items()} for i in range(count)]


def exactly(p: Mapping[str, float]) -> dict[str, Fraction]:
    """Return the same numbers as fractions, to the last bit."""
    return {name: Fraction(value) for name, value in p.items()}


def branches(probability: Number) -> tuple[tuple[bool, Number], tuple[bool, Number]]:
    return (True, probability), (False, 1 - probability)


def after_hit(p: Numbers, stance: str, france: str, russia: str, stands: bool) -> Iterator[Ending]:
    """Yield the leaves below France's move, without what the stance itself is worth."""
    events = {"strike", "casualties"} | ({"retaliation"} if stands else {"backdown"})
    price = p["russia.attack_cost"]
    for backed, chance in branches(p[f"signal.{stance}.ally_backing"]):
        apart = events if backed else events | {"abandonment"}
        gain = 0 if backed else p["russia.division_gain"]
        borne = 1 - p["france.backing_relief"] if backed else 1
        extra = p["russia.backing_cost"] if backed else 0
        if not stands:
            folding = p["france.humiliation"] + p[f"signal.{stance}.audience_cost"]
            yield Ending(chance, frozenset(apart), -folding, p["russia.humiliation_gain"] + gain - price)
            continue
        limited = -p["russia.retaliation_cost"] + gain - extra - price
        at_war = -p[f"russia.war_cost.{russia}"] + gain - extra - price
        for war, risk in branches(p["escalation.war_if_backed" if backed else "escalation.war_if_alone"]):
            if not war:
                clash = -borne * p[f"france.fight_cost.{france}"]
                yield Ending(chance * risk, frozenset(apart), clash, limited)
                continue
            for nuclear, worse in branches(p["escalation.nuclear_if_war"]):
                top = {"war", "nuclear"} if nuclear else {"war"}
                cost = -borne * p[f"france.war_cost.{france}"]
                yield Ending(chance * risk * worse, frozenset(apart | top), cost, at_war)


def standing(p: Numbers, stance: str, france: str, last_move: float | None = None) -> Number:
    """Compare France's two expectations; as good as folding is a fold, and a logit choice may err."""
    fold, stand = (
        sum(e.probability * e.france for e in after_hit(p, stance, france, "cautious", choice))
        for choice in (False, True)
    )
    if last_move is None:
        return int(stand > fold)
    return 1 / (1 + math.exp(-last_move * float(stand - fold)))


def stands(p: Numbers, stance: str, france: str) -> bool:
    return bool(standing(p, stance, france))


def endings(  # noqa: PLR0913 - each is asked for by name
    p: Numbers,
    stance: str,
    france: str,
    russia: str,
    action: str,
    *,
    struck: tuple[str, ...] = BASELINE.struck,
    last_move: float | None = None,
) -> list[Ending]:
    """List the leaves below Russia's move."""
    start = p[f"signal.{stance}.stance_value"] - p[f"signal.{stance}.isolation"]
    if stance not in struck:
        return [Ending(1, frozenset(), start, 0)]
    leaves = []
    for present, chance in branches(p[f"signal.{stance}.deployment"]):
        work, harm = (p["france.training_value"], p["russia.training_harm"]) if present else (0, 0)
        if action == "hold":
            leaves.append(Ending(chance, frozenset(), start + work, -harm))
            continue
        for found, luck in branches(p[f"signal.{stance}.pinpoint"]):
            if not (present and found):
                cost = harm + p["russia.failed_strike_cost"]
                leaves.append(Ending(chance * luck, frozenset({"strike"}), start + work, -cost))
                continue
            for choice, likely in branches(standing(p, stance, france, last_move)):
                for leaf in after_hit(p, stance, france, russia, choice) if likely else ():
                    reached = chance * luck * likely * leaf.probability
                    leaves.append(Ending(reached, leaf.events, start + leaf.france, leaf.russia))
    return leaves


def france_value(
    p: Numbers,
    stance: str,
    france: str,
    action: str,
    *,
    struck: tuple[str, ...] = BASELINE.struck,
    last_move: float | None = None,
) -> Number:
    leaves = endings(p, stance, france, "cautious", action, struck=struck, last_move=last_move)
    return sum(e.probability * e.france for e in leaves)


def ends_of_a_strike(p: Numbers, russia: str) -> list[Number]:
    """List every ending of a strike that there can be, whatever the chances."""
    v, z, c = p["russia.training_harm"], p["russia.failed_strike_cost"], p["russia.attack_cost"]
    alone, backed = p["russia.division_gain"] - c, -p["russia.backing_cost"] - c
    clash = [-p["russia.retaliation_cost"], -p[f"russia.war_cost.{russia}"]]
    fold = [p["russia.humiliation_gain"] - c, p["russia.humiliation_gain"] + alone]
    return [-z, -v - z, *fold, *(end + more for end in clash for more in (alone, backed))]


def russia_value(  # noqa: PLR0913 - each is asked for by name
    p: Numbers,
    stance: str,
    russia: str,
    action: str,
    *,
    belief: Number,
    worst_case: str,
    struck: tuple[str, ...] = BASELINE.struck,
    last_move: float | None = None,
) -> Number:
    """Return neo-additive expected utility at a belief that France is resolute, from its definition."""
    by_type = [
        sum(
            e.probability * e.russia
            for e in endings(p, stance, france, russia, action, struck=struck, last_move=last_move)
        )
        for france in SENDER_TYPES
    ]
    expected = (1 - belief) * by_type[0] + belief * by_type[1]
    if stance not in struck:
        return expected
    terminal = ends_of_a_strike(p, russia) if action == "strike" else [0, -p["russia.training_harm"]]
    cases = by_type if worst_case == "type" else terminal
    pessimism, doubt = p[f"russia.pessimism.{russia}"], p[f"signal.{stance}.ambiguity"]
    return (1 - doubt) * expected + doubt * (pessimism * min(cases) + (1 - pessimism) * max(cases))


def probabilities(
    p: Numbers,
    strategy: NDArray[np.float64],
    response: NDArray[np.float64],
    signal: int | None = None,
    *,
    stances: Stances = BASELINE,
    last_move: float | None = None,
) -> dict[str, float]:
    """Sum the leaves at which each outcome has happened, after one signal or after all; types by the truth."""
    total: dict[str, float] = dict.fromkeys(OUTCOMES, 0.0)
    names = (SENDER_TYPES, RECEIVER_TYPES, stances.names, ACTIONS)
    for (t, france), (k, russia), (m, stance), (a, action) in product(*map(enumerate, names)):
        types = abs(1 - t - p["prior.resolute"]) * abs(1 - k - p["prior.opportunist"])
        reached = float(types) * float(strategy[t, m] * response[k, m, a])
        if signal in (None, m) and reached > 0:
            for leaf in endings(p, stance, france, russia, action, struck=stances.struck, last_move=last_move):
                for outcome in leaf.events:
                    total[outcome] += reached * float(leaf.probability)
    return total
