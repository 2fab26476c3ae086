"""What does a doctrine give in one crisis, walked leaf by leaf? Shares no code with `sim`."""

from __future__ import annotations

import numpy as np
from crisis_tree import Numbers, france_value, probabilities, russia_value

from sim.crisis.parameters import RECEIVER_TYPES, SENDER_TYPES, Stances


def by_tree(p: Numbers, stance: str, stances: Stances, worst_case: str = "type") -> dict[str, float]:
    """Return every outcome and France's payoff if it is held to a stance: types by the truth, Russia by its belief."""
    m, belief = stances.names.index(stance), p.get("belief.resolute", p["prior.resolute"])
    struck, strikes = stances.struck, []
    for russia in RECEIVER_TYPES:
        hold, strike = (
            russia_value(p, stance, russia, action, belief=belief, worst_case=worst_case, struck=struck)
            for action in ("hold", "strike")
        )
        strikes.append(stance in struck and strike > hold)
    response = np.zeros((2, len(stances.names), 2))
    response[:, m] = [[1 - each, each] for each in strikes]
    strategy = np.zeros((2, len(stances.names)))
    strategy[:, m] = 1
    payoff = 0.0
    for t, france in enumerate(SENDER_TYPES):
        for k in range(len(RECEIVER_TYPES)):
            chance = abs(1 - t - p["prior.resolute"]) * abs(1 - k - p["prior.opportunist"])
            action = "strike" if strikes[k] else "hold"
            payoff += float(chance * france_value(p, stance, france, action, struck=struck))
    return probabilities(p, strategy, response, stances=stances) | {"france_payoff": payoff}
