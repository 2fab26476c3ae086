"""How is the EMA Workbench asked? A model of one doctrine in plain arithmetic, an experiment a draw."""

from __future__ import annotations

import logging
import warnings
from contextlib import redirect_stderr
from importlib import import_module
from io import StringIO
from typing import Any

from sim.crisis.parameters import PARAMETERS

NAMES = {parameter.name.replace(".", "_"): parameter.name for parameter in PARAMETERS}
"""Names that can be arguments, and those of the model."""


def commitment(**given: float) -> dict[str, float]:
    """Return the chances of a strike and of war if France is held to `commit`, for one draw (model.md, section 3)."""
    p = {NAMES[name]: value for name, value in given.items()}
    stance = {name.rpartition(".")[2]: value for name, value in p.items() if name.startswith("signal.commit.")}
    backing, hit = stance["ally_backing"], stance["deployment"] * stance["pinpoint"]
    war = backing * p["escalation.war_if_backed"] + (1 - backing) * p["escalation.war_if_alone"]
    fold = p["france.humiliation"] + stance["audience_cost"]
    strike = reached = 0.0
    types = (("bluffing", 1 - p["prior.resolute"]), ("resolute", p["prior.resolute"]))
    stands = {
        kind: war * p[f"france.war_cost.{kind}"] + (1 - war) * p[f"france.fight_cost.{kind}"] < fold
        for kind, _ in types
    }
    for russia, share in (("cautious", 1 - p["prior.opportunist"]), ("opportunist", p["prior.opportunist"])):
        clash = war * p[f"russia.war_cost.{russia}"] + (1 - war) * p["russia.retaliation_cost"]
        worth = [
            -p["russia.training_harm"] * stance["deployment"] * (1 - stance["pinpoint"])
            - (1 - hit) * p["russia.failed_strike_cost"]
            + hit
            * ((-clash if stands[kind] else p["russia.humiliation_gain"]) + (1 - backing) * p["russia.division_gain"])
            for kind, _ in types
        ]
        expected = sum(chance * each for (_, chance), each in zip(types, worth, strict=True))
        doubt, pessimism = stance["ambiguity"], p[f"russia.pessimism.{russia}"]
        value = (1 - doubt) * expected + doubt * (pessimism * min(worth) + (1 - pessimism) * max(worth))
        if value > -p["russia.training_harm"] * stance["deployment"]:
            strike += share
            reached += share * hit * war * sum(chance for kind, chance in types if stands[kind])
    return {"strike": strike, "war": reached}


def model(ranges: dict[str, tuple[float, float]]) -> Any:  # noqa: ANN401 - the class is the workbench's
    """Return the doctrine as a model of the workbench, its parameters uniform over ranges."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of optional parts that are not there
        ema = import_module("ema_workbench")
    made = ema.Model("commitment", function=commitment)
    made.uncertainties = [
        ema.RealParameter(argument, *ranges[name]) for argument, name in NAMES.items() if name in ranges
    ]
    made.constants = [ema.Constant(argument, 1.0) for argument, name in NAMES.items() if name not in ranges]
    made.outcomes = [ema.ScalarOutcome("strike"), ema.ScalarOutcome("war")]
    return made


def experiments(made: Any, count: int) -> dict[str, Any]:  # noqa: ANN401 - as above
    """Perform experiments one after the other and return their outcomes."""
    ema = import_module("ema_workbench")
    ema.ema_logging.log_to_stderr(logging.ERROR)
    with warnings.catch_warnings(), redirect_stderr(StringIO()):  # its progress bar
        warnings.simplefilter("ignore")
        _, outcomes = ema.perform_experiments(made, scenarios=count)
    return dict(outcomes)
