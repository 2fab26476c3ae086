"""Which numbers describe the crisis? The one list, in the order of the draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

STANCES = ("rule_out", "ambiguous", "commit")
"""France's signals, in the order of the game's m axis."""

ACTIONS = ("hold", "strike")
"""Russia's actions, in the order of the game's a axis."""

SENDER_TYPES = ("bluffing", "resolute")
"""France's types, in the order of the game's t axis."""

RECEIVER_TYPES = ("cautious", "opportunist")
"""Russia's types, in the order of the game's k axis."""

Kind = Literal["probability", "weight", "cost", "value"]
"""probability and weight lie in [0, 1]; cost (and gain) is at least 0; value may have any sign."""


@dataclass(frozen=True)
class Parameter:
    """One number of the model.

    Attributes
    ----------
    name : str
        Name in scenario files, in code and on plots.
    symbol : str
        Letter in the equations.
    kind : str
        probability, weight, cost or value: what values are allowed.
    meaning : str
        One line for tables and help.
    default : float or None
        Value when a scenario does not give one; None if a scenario must.
    """

    name: str
    symbol: str
    kind: Kind
    meaning: str
    default: float | None = None

    @property
    def low(self) -> float:
        """Smallest value allowed."""
        return float("-inf") if self.kind == "value" else 0.0

    @property
    def high(self) -> float:
        """Largest value allowed."""
        return 1.0 if self.kind in ("probability", "weight") else float("inf")


def _stance(stance: str) -> tuple[Parameter, ...]:
    """Return the parameters of a stance under which trainers may be in the country."""
    sure = 1.0 if stance == "commit" else None
    return (
        Parameter(f"signal.{stance}.deployment", "d", "probability", f"trainers are in Ukraine under {stance}", sure),
        Parameter(f"signal.{stance}.pinpoint", "λ", "probability", "a strike finds the trainers, if they are there"),
        Parameter(f"signal.{stance}.ally_backing", "β", "probability", "key allies back France after a hit"),
        Parameter(f"signal.{stance}.stance_value", "g", "value", "what the stance itself is worth to France"),
        Parameter(f"signal.{stance}.isolation", "i", "cost", "what allied disapproval costs France at once"),
        Parameter(f"signal.{stance}.audience_cost", "A", "cost", "extra cost to France of folding after the stance"),
        Parameter(f"signal.{stance}.ambiguity", "ε", "weight", "how little Russia trusts its own estimate"),
    )


PARAMETERS: tuple[Parameter, ...] = (
    Parameter("prior.resolute", "π", "probability", "France is resolute"),
    Parameter("prior.opportunist", "κ", "probability", "Russia is the opportunist"),
    Parameter("signal.rule_out.stance_value", "g", "value", "what ruling trainers out is worth to France"),
    Parameter("signal.rule_out.isolation", "i", "cost", "what allied disapproval of ruling out costs France at once"),
    *_stance("ambiguous"),
    *_stance("commit"),
    Parameter("france.training_value", "b", "value", "value to France of trainers at work"),
    Parameter("france.humiliation", "H", "cost", "cost to France of folding, before audience costs: its unit", 1.0),
    Parameter("france.fight_cost.resolute", "F₁", "cost", "cost to a resolute France of standing in a limited clash"),
    Parameter("france.fight_cost.bluffing", "F₀", "cost", "cost to a bluffing France of standing in a limited clash"),
    Parameter("france.war_cost", "W_F", "cost", "cost to France of NATO–Russia hostilities"),
    Parameter("russia.training_harm", "v", "cost", "cost to Russia of trainers at work"),
    Parameter("russia.failed_strike_cost", "z", "cost", "cost to Russia of a strike that finds nothing"),
    Parameter("russia.humiliation_gain", "h", "cost", "gain to Russia if France folds: its unit", 1.0),
    Parameter("russia.division_gain", "D", "cost", "gain to Russia if the allies do not back France after a hit"),
    Parameter("russia.retaliation_cost", "r", "cost", "cost to Russia of a limited clash"),
    Parameter("russia.war_cost.cautious", "W_c", "cost", "cost of NATO–Russia hostilities to a cautious Russia"),
    Parameter("russia.war_cost.opportunist", "W_o", "cost", "cost of NATO–Russia hostilities to an opportunist Russia"),
    Parameter("russia.pessimism.cautious", "α_c", "weight", "weight a cautious Russia puts on the worst case"),
    Parameter("russia.pessimism.opportunist", "α_o", "weight", "weight an opportunist Russia puts on the worst case"),
    Parameter("escalation.war_if_alone", "ω_a", "probability", "war, if France stands and the allies stay out"),
    Parameter("escalation.war_if_backed", "ω_b", "probability", "war, if France stands and the allies back it"),
    Parameter("escalation.nuclear_if_war", "ν", "probability", "nuclear use, if there is war"),
)
"""Every parameter of the model; the position is the parameter's dimension in the draws."""

PARAMETER_BY_NAME: dict[str, Parameter] = {parameter.name: parameter for parameter in PARAMETERS}
"""The same, by name."""
