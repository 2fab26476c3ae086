"""What does one crisis look like? Each row rolls every chance, knowing nothing of the exact figures that it checks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit

from sim.crisis.parameters import ACTIONS, BASELINE, Stances
from sim.crisis.values import TIE_TOLERANCE, parameter_values
from sim.games.game import Bools, Floats


def crisis_paths(
    parameters: Mapping[str, ArrayLike],
    strategy: Floats,
    response: Floats,
    rng: np.random.Generator,
    *,
    stances: Stances = BASELINE,
    last_move: float | None = None,
) -> dict[str, Bools | NDArray[np.intp]]:
    """Roll one crisis per row. France's type is drawn from the truth, whatever Russia believes.

    Shapes: parameters (n,), strategy (n, t, m), response (n, k, m, a) → (n,).
    """
    count = len(strategy)
    p, batch = parameter_values(parameters, stances)
    if batch not in ((), (count,)):
        raise ValueError(f"parameters must be scalars or have one value per row, {count}; they have {batch[0]}")
    p = {name: np.broadcast_to(values, (count,)) for name, values in p.items()}
    dice = rng.random((9 if last_move is None else 10, count))
    row = np.arange(count)

    resolute = dice[0] < p["prior.resolute"]
    opportunist = dice[1] < p["prior.opportunist"]
    chosen = strategy[row, resolute.astype(int)]  # (n, m)
    signal = (dice[2][:, None] >= np.cumsum(chosen[:, :-1], axis=1)).sum(axis=1)
    after = partial(_after, signal, stances.names, p)
    present = dice[3] < after("deployment")
    strike = dice[4] < response[row, opportunist.astype(int), signal, ACTIONS.index("strike")]
    hit = strike & present & (dice[5] < after("pinpoint"))
    fold, stand = _costs(after, resolute, p)
    stands = hit & (
        stand < fold * (1 - TIE_TOLERANCE) if last_move is None else dice[9] < expit(last_move * (fold - stand))
    )
    backed = hit & (dice[6] < after("ally_backing"))
    to_war = np.where(backed, p["escalation.war_if_backed"], p["escalation.war_if_alone"])
    war = stands & (dice[7] < to_war)
    nuclear = war & (dice[8] < p["escalation.nuclear_if_war"])
    return {
        "resolute": resolute,
        "opportunist": opportunist,
        "signal": signal,
        "present": present,
        "strike": strike,
        "hit": hit,
        "stands": stands,
        "backed": backed,
        "war": war,
        "nuclear": nuclear,
        "rung": np.sum([strike, hit, stands, war, nuclear], axis=0),
        "backdown": hit & ~stands,
        "abandonment": hit & ~backed,
    }


def _costs(after: Callable[[str], Floats], resolute: Bools, p: dict[str, Floats]) -> tuple[Floats, Floats]:
    """Return what folding costs a France that is hit, and what standing is expected to."""
    folding = p["france.humiliation"] + after("audience_cost")
    limited, at_war = (
        np.where(resolute, p[f"france.{cost}.resolute"], p[f"france.{cost}.bluffing"])
        for cost in ("fight_cost", "war_cost")
    )
    alone, backed = (
        chance * at_war + (1 - chance) * limited
        for chance in (p["escalation.war_if_alone"], p["escalation.war_if_backed"])
    )
    backing = after("ally_backing")
    return folding, (1 - backing) * alone + backing * (1 - p["france.backing_relief"]) * backed


def _after(signal: NDArray[np.intp], names: tuple[str, ...], p: dict[str, Floats], name: str) -> Floats:
    """Return the parameter that applies after the signal each row has drawn; 0 where the stance has none."""
    own = [signal == m for m in range(len(names))]
    return np.select(own, [p.get(f"signal.{stance}.{name}", np.zeros(len(signal))) for stance in names])
