"""Whose behaviour is behind a change? What Russia meets and does under each stance, draw by draw in both scenarios.

Under a stance Russia strikes with probability S = Σ_k w_k s_k, k its types, w_k how likely it is of each and s_k
whether that type strikes. Between two scenarios, both evaluated in the same draw, M being the mean of the two,

    ΔS = Σ_k M(w_k) Δs_k + Δw M(s_opportunist - s_cautious),     Δ(S h) = M(h) ΔS + M(S) Δh,

h being the chance that a strike hits: the parts add up exactly. What Russia meets (whether France would stand, whether
it is believed to, whether a strike would hit) has no part in such a sum; it is told by how far it moves where S moves.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np

from sim.crisis.parameters import BELIEF, RECEIVER_TYPES, SENDER_TYPES, Stances
from sim.crisis.payoffs import crisis
from sim.draws.tally import Tally
from sim.games.game import Floats
from sim.montecarlo.encounter import Values

DETERS = {"belief": 1, "found": -1} | {f"stands.{kind}": 1 for kind in SENDER_TYPES}
"""What Russia meets under a stance: 1 where more of it deters a strike, -1 where it invites one."""

DOES = ("opportunist", *(f"strikes.{kind}" for kind in RECEIVER_TYPES))
"""Who Russia is and what it does: the parts of its strikes."""

QUANTITIES = (*DETERS, *DOES)
_SUMS = ("before", "after", "change")
_CAUTIOUS, _OPPORTUNIST = DOES[1:]


def behaviour(parameters: Values, values: Values, stances: Stances) -> Values:
    """Return every quantity of each draw, (n,), under each stance with a target; `values` are those of `evaluate`."""
    # Who stands and what is hit are the same in every reading of the worst case.
    _, chances = crisis(parameters, stances=stances)
    told: Values = {}
    for stance in stances.struck:
        signal = stances.index(stance)
        told[f"{stance}.belief"] = np.asarray(parameters.get(BELIEF, parameters["prior.resolute"]))
        told[f"{stance}.found"] = chances.hit[..., signal]
        stands = {f"stands.{kind}": chances.stands[..., t, signal].astype(float) for t, kind in enumerate(SENDER_TYPES)}
        told |= {f"{stance}.{name}": array for name, array in stands.items()}
        told[f"{stance}.opportunist"] = np.asarray(parameters["prior.opportunist"])
        told |= {f"{stance}.{name}": values[f"{stance}.{name}"] for name in DOES[1:]}
        told[f"{stance}.strike"] = values[f"{stance}.strike"]
    return told | {f"sent.{name}": values[f"sent.{name}"] for name in stances.names}


def behaviour_tally(shared: Stances) -> Tally:
    """Return an empty tally for what `behaviour_changes` returns of the stances that two scenarios share."""
    named = [f"{stance}.{name}" for stance, name in product(shared.struck, QUANTITIES)]
    named += [f"sent.{stance}" for stance in shared.names]
    parts = [f"part.{stance}.{name}" for stance, name in product(shared.struck, (*QUANTITIES, "hits"))]
    moved = [f"moved.{stance}" for stance in shared.struck]
    return Tally((), (), (*(f"{what}.{name}" for what, name in product(_SUMS, named)), *parts, *moved))


def behaviour_changes(after: Values, before: Values, shared: Stances) -> Values:
    """Return what `behaviour_tally` sums up for a block, from the behaviour in two scenarios."""
    named = [f"{stance}.{name}" for stance, name in product(shared.struck, QUANTITIES)]
    found: Values = {}
    for name in (*named, *(f"sent.{stance}" for stance in shared.names)):
        found |= {f"after.{name}": after[name], f"before.{name}": before[name]}
        found[f"change.{name}"] = after[name] - before[name]
    for stance in shared.struck:
        change = {name: found[f"change.{stance}.{name}"] for name in QUANTITIES}
        moved = after[f"{stance}.strike"] - before[f"{stance}.strike"]
        opportunist = _mean(after, before, f"{stance}.opportunist")
        cautious, bold = (_mean(after, before, f"{stance}.{name}") for name in (_CAUTIOUS, _OPPORTUNIST))
        parts = {name: -sign * change[name] * moved for name, sign in DETERS.items()}
        parts |= {"opportunist": change["opportunist"] * (bold - cautious)}
        parts |= {_CAUTIOUS: (1 - opportunist) * change[_CAUTIOUS], _OPPORTUNIST: opportunist * change[_OPPORTUNIST]}
        parts["hits"] = _mean(after, before, f"{stance}.strike") * change["found"]
        found |= {f"part.{stance}.{name}": array for name, array in parts.items()}
        found |= {f"moved.{stance}": abs(moved)}
    return found


def behaviour_figures(tally: Tally, shared: Stances) -> dict[str, dict[str, dict[str, Any]]]:
    """Return what is reported of whose behaviour changes, by stance or "equilibrium", then quantity."""
    told: dict[str, dict[str, dict[str, Any]]] = {}
    for stance in shared.struck:
        moved = tally.mean(f"moved.{stance}")
        told[stance] = {name: _told(tally, f"{stance}.{name}") for name in QUANTITIES}
        for name in DETERS:
            told[stance][name]["along"] = tally.mean(f"part.{stance}.{name}") / moved if moved > 0 else 0.0
        for name in DOES:
            told[stance][name]["part"] = _estimate(tally, f"part.{stance}.{name}")
        told[stance]["found"]["part"] = _estimate(tally, f"part.{stance}.hits")
    return told | {"equilibrium": {f"sent.{name}": _told(tally, f"sent.{name}") for name in shared.names}}


def _told(tally: Tally, name: str) -> dict[str, Any]:
    """Return means before and after, and the change with its standard error."""
    return {what: tally.mean(f"{what}.{name}") for what in _SUMS[:2]} | _estimate(tally, f"change.{name}")


def _estimate(tally: Tally, name: str) -> dict[str, Any]:
    """Return a mean and its standard error."""
    return {"mean": tally.mean(name), "se": tally.standard_error(name)}


def _mean(after: Values, before: Values, name: str) -> Floats:
    """Return the mean of the two scenarios, draw by draw."""
    return np.asarray((after[name] + before[name]) / 2)
