"""What stands beside a headline? Both readings of the worst case, equal exposure, and draws that keep their labels.

At *equal exposure* every stance with a target takes deployment and pinpoint of one reference stance, draw by draw.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np

from sim.crisis.labels import FOLDS
from sim.crisis.ladder import OUTCOMES, TOLD, doctrines
from sim.crisis.parameters import BASELINE, RECEIVER_TYPES, Stances
from sim.crisis.terms import READINGS, WorstCase, as_stated
from sim.crisis.values import checked
from sim.draws.tally import Tally
from sim.montecarlo.encounter import Values

# Whether each stance has its own deployment and pinpoint, or all have those of the reference.
EXPOSURES = ("as_stated", "equal_exposure")


def beside_names(stances: Stances) -> tuple[str, ...]:
    """Return the names of these quantities; of all of them only the mean is reported."""
    return (
        *(f"{'.'.join(held)}.{name}" for held in product(EXPOSURES, READINGS, stances.struck) for name in TOLD),
        *(f"standing.{stance}.{outcome}" for stance in stances.struck for outcome in OUTCOMES),
        "empty_pays",
        *(f"empty_pays.{stance}.{outcome}" for stance in stances.struck for outcome in OUTCOMES),
    )


def beside(
    parameters: Values,
    values: Values,
    stances: Stances = BASELINE,
    reference: str | None = "commit",
    *,
    worst_case: WorstCase | None = None,
) -> Values:
    """Return what stands beside the quantities of each draw, which `values` has in the reading `worst_case`; (n,)."""
    told: Values = {}
    own = as_stated(checked(parameters, stances), stances)
    exposed = own, own.terms.exposed_as(reference) if reference else own
    for exposure, each in zip(EXPOSURES, exposed, strict=True):
        for reading in [reading for reading in READINGS if (exposure, reading) != ("as_stated", worst_case)]:
            held = doctrines(each, reading)
            for row, stance in enumerate(stances.struck):
                told |= held.told(f"{exposure}.{reading}.{stance}", row)
    if worst_case:
        for stance, name in product(stances.struck, TOLD):
            told[f"as_stated.{worst_case}.{stance}.{name}"] = values[f"{stance}.{name}"]
    for stance in stances.struck:
        keeps = 1 - values[f"labels.{FOLDS}.{stance}"]
        told |= {f"standing.{stance}.{outcome}": keeps * values[f"{stance}.{outcome}"] for outcome in OUTCOMES}
    # Where a strike that finds nobody is worth its cost, Russia strikes at the site, not at the trainers.
    told["empty_pays"] = pays = (np.asarray(parameters["russia.failed_strike_cost"]) < 0).astype(float)
    for stance in stances.struck:
        told |= {f"empty_pays.{stance}.{outcome}": pays * values[f"{stance}.{outcome}"] for outcome in OUTCOMES}
    return told


def equally_exposed(parameters: Values, stances: Stances, reference: str | None) -> Values:
    """Return the parameters with every stance that has a target as exposed as the reference."""
    exposure = product(stances.struck, ("deployment", "pinpoint"))
    return parameters | {f"signal.{each}.{name}": parameters[f"signal.{reference}.{name}"] for each, name in exposure}


def reading_summary(tally: Tally, stances: Stances) -> dict[str, Any]:
    """Return by reading, exposure and stance: mean and standard error of every outcome, and who strikes."""
    summary: dict[str, Any] = {reading: {exposure: {} for exposure in EXPOSURES} for reading in READINGS}
    for held in product(EXPOSURES, READINGS, stances.struck):
        exposure, reading, stance = held
        names = {outcome: ".".join((*held, outcome)) for outcome in OUTCOMES}
        told = {key: {"mean": tally.mean(name), "se": tally.standard_error(name)} for key, name in names.items()}
        strikes = {kind: tally.mean(".".join((*held, "strikes", kind))) for kind in RECEIVER_TYPES}
        summary[reading][exposure][stance] = told | {"strikes": strikes}
    return summary


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
