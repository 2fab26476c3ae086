"""Which draws does a record of holding make likelier, and what do both sides believe after it?"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.analyses.campaign.record import after_holding, log_likelihood
from sim.draws.blocks import Block, parameter_blocks
from sim.games.game import Floats
from sim.scenario.scenario import Scenario


def remembered(
    scenario: Scenario, draws: int, seed: int, *, held: int, rationality: float
) -> Iterator[tuple[Block, dict[str, Floats], Floats]]:
    """Yield every block of a run as it is after Russia held so often, and how much each draw counts.

    Bayes' rule twice: in each draw France learns about Russia, which moves `prior.opportunist`; and we learn which
    draws are credible, in proportion to how likely they made the record.

    Shapes: → (size,), (size,).

    Examples
    --------
    >>> from sim.scenario.scenario import load_scenario
    >>> seen = remembered(load_scenario("macron-2024"), 1024, 0, held=5, rationality=5.0)
    >>> bool(max(weights.max() for _, _, weights in seen) == 1)
    True
    """
    if not held:
        for block, drawn in parameter_blocks(scenario, draws, seed):
            yield block, drawn, np.ones(block.size)
        return
    stance, worst_case = scenario.history[1], scenario.worst_case

    def likelihood(drawn: dict[str, Floats]) -> Floats:
        return log_likelihood(drawn, held, stance=stance, rationality=rationality, worst_case=worst_case)

    best = max(float(likelihood(drawn).max()) for _, drawn in parameter_blocks(scenario, draws, seed))
    for block, drawn in parameter_blocks(scenario, draws, seed):
        after = after_holding(drawn, held, stance=stance, rationality=rationality, worst_case=worst_case)
        yield block, after, np.exp(likelihood(drawn) - best)
