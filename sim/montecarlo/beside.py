"""What stands beside a headline? Both readings of the worst case, equal exposure, and draws that keep their labels.

Stances differ in whether trainers are there and can be found, not only in how they deter. At *equal exposure* every
stance with a target takes deployment and pinpoint of one reference stance, draw by draw.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.crisis.labels import FOLDS
from sim.crisis.ladder import OUTCOMES, doctrine
from sim.crisis.parameters import BASELINE, RECEIVER_TYPES, Stances
from sim.crisis.payoffs import READINGS, crisis
from sim.draws.tally import Tally
from sim.games.game import Floats

Values = dict[str, Floats]

EXPOSURES = ("as_stated", "equal_exposure")
"""Whether each stance has its own deployment and pinpoint, or all have those of the reference."""

_EXPOSURE = ("deployment", "pinpoint")


def beside_names(stances: Stances) -> tuple[str, ...]:
    """Return the names of these quantities; of all of them only the mean is reported."""
    told = (*OUTCOMES, *(f"strikes.{kind}" for kind in RECEIVER_TYPES))
    return (
        *(
            f"{exposure}.{reading}.{stance}.{name}"
            for exposure in EXPOSURES
            for reading in READINGS
            for stance in stances.struck
            for name in told
        ),
        *(f"standing.{stance}.{outcome}" for stance in stances.struck for outcome in OUTCOMES),
        "empty_pays",
        *(f"empty_pays.{stance}.{outcome}" for stance in stances.struck for outcome in OUTCOMES),
    )


def beside(parameters: Values, values: Values, stances: Stances = BASELINE, reference: str | None = "commit") -> Values:
    """Return what stands beside the quantities of each draw, which `values` has.

    Shapes: parameters (n,), values (n,) → (n,).
    """
    told: Values = {}
    exposed = {"as_stated": parameters, "equal_exposure": equally_exposed(parameters, stances, reference)}
    for exposure, own in exposed.items():
        for reading in READINGS:
            game, chances = crisis(own, worst_case=reading, stances=stances)
            for stance in stances.struck:
                ladder, strikes = doctrine(game, chances, stance, stances)
                name = f"{exposure}.{reading}.{stance}"
                told |= {f"{name}.{outcome}": array for outcome, array in ladder.outcomes.items()}
                told |= {f"{name}.strikes.{kind}": strikes[:, k].astype(float) for k, kind in enumerate(RECEIVER_TYPES)}
    for stance in stances.struck:
        keeps = 1 - values[f"labels.{FOLDS}.{stance}"]
        told |= {f"standing.{stance}.{outcome}": keeps * values[f"{stance}.{outcome}"] for outcome in OUTCOMES}
    # Where a strike that finds nobody is worth its cost, Russia strikes at the site, not at the trainers.
    told["empty_pays"] = pays = (np.asarray(parameters["russia.failed_strike_cost"]) < 0).astype(float)
    for stance in stances.struck:
        told |= {f"empty_pays.{stance}.{outcome}": pays * values[f"{stance}.{outcome}"] for outcome in OUTCOMES}
    return told


def equally_exposed(parameters: Values, stances: Stances, reference: str | None) -> Values:
    """Return the parameters with every stance that has a target as exposed as the reference.

    >>> import numpy as np
    >>> crisis = {f"signal.{stance}.pinpoint": np.array([p]) for stance, p in (("ambiguous", 0.1), ("commit", 0.5))}
    >>> crisis |= {f"signal.{stance}.deployment": np.array([1.0]) for stance in ("ambiguous", "commit")}
    >>> equally_exposed(crisis, BASELINE, "commit")["signal.ambiguous.pinpoint"].tolist()
    [0.5]
    """
    return parameters | {
        f"signal.{stance}.{name}": parameters[f"signal.{reference}.{name}"]
        for stance in stances.struck
        for name in _EXPOSURE
    }


def reading_summary(tally: Tally, stances: Stances) -> dict[str, Any]:
    """Return by reading, exposure and stance: mean and standard error of every outcome, and who strikes."""
    return {
        reading: {
            exposure: {
                stance: {
                    outcome: {"mean": tally.mean(name), "se": tally.standard_error(name)}
                    for outcome in OUTCOMES
                    if (name := f"{exposure}.{reading}.{stance}.{outcome}")
                }
                | {
                    "strikes": {
                        kind: tally.mean(f"{exposure}.{reading}.{stance}.strikes.{kind}") for kind in RECEIVER_TYPES
                    }
                }
                for stance in stances.struck
            }
            for exposure in EXPOSURES
        }
        for reading in READINGS
    }


def standing_summary(tally: Tally, stances: Stances) -> dict[str, Any]:
    """Return by stance: the share of draws in which a resolute France stands, and every outcome's mean in those."""
    shares = {stance: 1 - tally.mean(f"labels.{FOLDS}.{stance}") for stance in stances.struck}
    return {stance: _where(tally, "standing", stance, share) for stance, share in shares.items()}


def empty_site_summary(tally: Tally, stances: Stances) -> dict[str, Any]:
    """Return by stance: the share of draws in which an empty site is worth striking, and every mean in those."""
    share = tally.mean("empty_pays")
    return {stance: _where(tally, "empty_pays", stance, share) for stance in stances.struck}


def _where(tally: Tally, kind: str, stance: str, share: float) -> dict[str, float | None]:
    """Return a share of the draws and the mean of every outcome in them, None if there are none."""
    sums = {outcome: tally.mean(f"{kind}.{stance}.{outcome}") for outcome in OUTCOMES}
    return {"share": share} | {name: each / share if share > 0 else None for name, each in sums.items()}
