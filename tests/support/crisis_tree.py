"""What is one crisis worth, walked branch by branch? Plain loops over the tree; shares no code with `sim`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from sim.crisis.parameters import ACTIONS, PARAMETERS, RECEIVER_TYPES, SENDER_TYPES, STANCES

Numbers = Mapping[str, float]

NAMES = (SENDER_TYPES, RECEIVER_TYPES, STANCES, ACTIONS)
OUTCOMES = ("strike", "casualties", "retaliation", "war", "nuclear", "backdown", "abandonment")


@dataclass(frozen=True)
class Ending:
    """A leaf: its probability, what has happened on the way, and what it is worth."""

    probability: float
    events: frozenset[str]
    france: float
    russia: float


def random_crises(count: int, *, seed: int) -> dict[str, NDArray[np.float64]]:
    """Draw legal values of every parameter; costs reach 4, values lie between -1 and 1."""
    rng = np.random.default_rng(seed)
    low = {"value": -1.0}
    high = {"value": 1.0, "cost": 4.0, "probability": 1.0, "weight": 1.0}
    return {p.name: rng.uniform(low.get(p.kind, 0.0), high[p.kind], count) for p in PARAMETERS}


def each(crises: Mapping[str, NDArray[np.float64]]) -> list[dict[str, float]]:
    """Split a batch into single crises."""
    count = len(next(iter(crises.values())))
    return [{name: float(values[i]) for name, values in crises.items()} for i in range(count)]


def branches(probability: float) -> tuple[tuple[bool, float], tuple[bool, float]]:
    return (True, probability), (False, 1 - probability)


def after_hit(p: Numbers, stance: str, france: str, russia: str, stands: bool) -> Iterator[Ending]:
    """Yield the leaves below France's move, without what the stance itself is worth."""
    events = {"strike", "casualties"} | ({"retaliation"} if stands else {"backdown"})
    for backed, chance in branches(p[f"signal.{stance}.ally_backing"]):
        apart = events if backed else events | {"abandonment"}
        gain = 0.0 if backed else p["russia.division_gain"]
        if not stands:
            price = p["france.humiliation"] + p[f"signal.{stance}.audience_cost"]
            yield Ending(chance, frozenset(apart), -price, p["russia.humiliation_gain"] + gain)
            continue
        limited = -p["russia.retaliation_cost"] + gain
        at_war = -p[f"russia.war_cost.{russia}"] + gain
        for war, risk in branches(p["escalation.war_if_backed" if backed else "escalation.war_if_alone"]):
            if not war:
                yield Ending(chance * risk, frozenset(apart), -p[f"france.fight_cost.{france}"], limited)
                continue
            for nuclear, worse in branches(p["escalation.nuclear_if_war"]):
                top = {"war", "nuclear"} if nuclear else {"war"}
                yield Ending(chance * risk * worse, frozenset(apart | top), -p["france.war_cost"], at_war)


def stands(p: Numbers, stance: str, france: str) -> bool:
    """Compare France's two expectations; as good as folding is a fold."""
    fold, stand = (
        sum(e.probability * e.france for e in after_hit(p, stance, france, "cautious", choice))
        for choice in (False, True)
    )
    return stand > fold


def endings(p: Numbers, stance: str, france: str, russia: str, action: str) -> list[Ending]:
    """List the leaves below Russia's move."""
    start = p[f"signal.{stance}.stance_value"] - p[f"signal.{stance}.isolation"]
    if stance == "rule_out":
        return [Ending(1.0, frozenset(), start, 0.0)]
    leaves = []
    for present, chance in branches(p[f"signal.{stance}.deployment"]):
        work, harm = (p["france.training_value"], p["russia.training_harm"]) if present else (0.0, 0.0)
        if action == "hold":
            leaves.append(Ending(chance, frozenset(), start + work, -harm))
            continue
        for found, luck in branches(p[f"signal.{stance}.pinpoint"]):
            if not (present and found):
                cost = harm + p["russia.failed_strike_cost"]
                leaves.append(Ending(chance * luck, frozenset({"strike"}), start + work, -cost))
                continue
            for leaf in after_hit(p, stance, france, russia, stands(p, stance, france)):
                reached = chance * luck * leaf.probability
                leaves.append(Ending(reached, leaf.events, start + leaf.france, leaf.russia))
    return leaves


def france_value(p: Numbers, stance: str, france: str, action: str) -> float:
    return sum(e.probability * e.france for e in endings(p, stance, france, "cautious", action))


def russia_value(p: Numbers, stance: str, russia: str, action: str, *, belief: float, worst_case: str) -> float:
    """Return neo-additive expected utility at a belief that France is resolute, from its definition."""
    by_type = [
        sum(e.probability * e.russia for e in endings(p, stance, france, russia, action)) for france in SENDER_TYPES
    ]
    expected = (1 - belief) * by_type[0] + belief * by_type[1]
    if stance == "rule_out":
        return expected
    v, z, gain = p["russia.training_harm"], p["russia.failed_strike_cost"], p["russia.division_gain"]
    hit = [p["russia.humiliation_gain"], -p["russia.retaliation_cost"], -p[f"russia.war_cost.{russia}"]]
    terminal = [-z, -v - z, *hit, *(end + gain for end in hit)] if action == "strike" else [0.0, -v]
    cases = by_type if worst_case == "type" else terminal
    pessimism, doubt = p[f"russia.pessimism.{russia}"], p[f"signal.{stance}.ambiguity"]
    return (1 - doubt) * expected + doubt * (pessimism * min(cases) + (1 - pessimism) * max(cases))


def probabilities(
    p: Numbers, strategy: NDArray[np.float64], response: NDArray[np.float64], signal: int | None = None
) -> dict[str, float]:
    """Sum the leaves at which each outcome has happened, after one signal or after all."""
    total = dict.fromkeys(OUTCOMES, 0.0)
    for (t, france), (k, russia), (m, stance), (a, action) in product(*map(enumerate, NAMES)):
        types = abs(1 - t - p["prior.resolute"]) * abs(1 - k - p["prior.opportunist"])
        reached = float(types * strategy[t, m] * response[k, m, a])
        if signal in (None, m) and reached > 0:
            for leaf in endings(p, stance, france, russia, action):
                for outcome in leaf.events:
                    total[outcome] += reached * leaf.probability
    return total
