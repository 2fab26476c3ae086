"""What does the model give for the event of a fact, and how do the two compare?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np

from sim.analyses.plausible.base_rates import BaseRate
from sim.games.game import Floats

Verdict = Literal["below", "inside", "above"]
"""The model's mean makes the event rarer than the fact does, as likely as its interval allows, or likelier."""


def event_by_draw(values: Mapping[str, Floats], fact: BaseRate, play: str, *, per_year: float) -> tuple[Floats, Floats]:
    """Return the probability of a fact's event in each draw, and how much the draw counts.

    Shapes: values (n,) → (n,), (n,).

    Examples
    --------
    >>> from sim.analyses.plausible.base_rates import load_base_rates
    >>> fact = load_base_rates()[0]
    >>> values = {"commit.war": np.array([0.01, 0.0]), "commit.strike": np.array([0.5, 0.0])}
    >>> [each.tolist() for each in event_by_draw(values, fact, "commit", per_year=1)]
    [[0.02, 0.0], [0.5, 0.0]]
    """
    event = values[f"{play}.{fact.event}"]
    if fact.given:
        reached = values[f"{play}.{fact.given}"]
        share = np.divide(event, reached, out=np.zeros_like(event), where=reached > 0)
        return np.minimum(share, 1.0), reached
    return (over_time(event, per_year * fact.years) if fact.years else event), np.ones_like(event)


def over_time(probability: Floats, encounters: float) -> Floats:
    """Return the probability that an event comes about at least once in so many encounters.

    Examples
    --------
    >>> over_time(np.array([0.0, 0.1, 1.0]), 2).round(6).tolist()
    [0.0, 0.19, 1.0]
    """
    with np.errstate(divide="ignore"):  # the logarithm of 0 is minus infinity, and that is the right limit
        return -np.expm1(encounters * np.log1p(-probability))


def bounds(fact: BaseRate) -> tuple[float, float]:
    """Return the ends of a fact's interval; its value twice if it has none.

    Examples
    --------
    >>> from sim.analyses.plausible.base_rates import load_base_rates
    >>> bounds(load_base_rates()[0])
    (0.0359, 0.0522)
    """
    return fact.interval or (float(fact.value or 0), float(fact.value or 0))


def verdict(mean: float, half_width: float, fact: BaseRate) -> Verdict:
    """Return on which side of a fact's interval, or of its value if it has none, the model's mean lies.

    Examples
    --------
    >>> from sim.analyses.plausible.base_rates import load_base_rates
    >>> fact = load_base_rates()[0]
    >>> fact.interval, verdict(0.06, 0.001, fact), verdict(0.01, 0.001, fact), verdict(0.06, 0.01, fact)
    ((0.0359, 0.0522), 'above', 'below', 'inside')
    """
    least, most = bounds(fact)
    if mean - half_width > most:
        return "above"
    return "below" if mean + half_width < least else "inside"
