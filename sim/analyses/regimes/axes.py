"""Along which values of a parameter is the crisis looked at? Its range, the scale, and where its median lies."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sim.crisis.parameters import PARAMETER_BY_NAME, Parameter
from sim.crisis.values import LARGEST_VALUE
from sim.games.game import Floats
from sim.scenario.scenario import Scenario
from sim.telling.faults import Fault, ScenarioError, suggestion

TAILS = (0.01, 0.99)
"""Quantiles between which an uncertain parameter is shown, unless a range is given."""

WIDE = {"cost": 10.0, "probability": 100.0, "weight": 100.0}
"""Ratio of the ends from which a scale is logarithmic; probabilities are read on a linear one unless they are rare."""


@dataclass(frozen=True)
class Axis:
    """One parameter's values, from `low` at place 0 to `high` at place 1.

    Attributes
    ----------
    name : str
        A parameter of the model.
    low, high : float
        Ends of the range, in the unit of the parameter.
    log : bool
        Whether equal steps are equal ratios.
    baseline : float
        The parameter's median; it may lie outside the range.
    """

    name: str
    low: float
    high: float
    log: bool
    baseline: float

    def value(self, place: Floats) -> Floats:
        """Return the values at places in [0, 1].

        Examples
        --------
        >>> Axis("france.war_cost.resolute", 1.0, 100.0, True, 10.0).value(np.array([0.0, 0.5, 1.0])).tolist()
        [1.0, 10.0, 100.0]
        """
        span, ratio = self.high - self.low, self.high / self.low if self.log else 1.0
        values = self.low * ratio**place if self.log else self.low + span * place
        return np.asarray(np.clip(values, self.low, self.high))

    def place(self, value: float) -> float:
        """Return where a value is on the axis; outside [0, 1] if it is not on it.

        Examples
        --------
        >>> Axis("france.war_cost.resolute", 1.0, 100.0, True, 10.0).place(10.0)
        0.5
        """
        if not self.log:
            return (value - self.low) / (self.high - self.low)
        return math.log(value / self.low) / math.log(self.high / self.low) if value > 0 else -math.inf

    @property
    def home(self) -> float:
        """Place of the baseline."""
        return self.place(self.baseline)

    @property
    def parameter(self) -> Parameter:
        """What the axis shows."""
        return PARAMETER_BY_NAME[self.name]


def axis_of(scenario: Scenario, name: str, span: tuple[float, float] | None = None) -> Axis:
    """Return the axis of a parameter.

    Examples
    --------
    >>> from sim.scenario.scenario import load_scenario
    >>> axis_of(load_scenario("macron-2024"), "signal.commit.deployment").high
    1.0
    """
    if name not in PARAMETER_BY_NAME:
        hint = suggestion(name, list(PARAMETER_BY_NAME), otherwise="docs/model.md lists them")
        raise ScenarioError([Fault(name, f"no parameter is named {name!r}", hint)])
    parameter, baseline = PARAMETER_BY_NAME[name], scenario.medians()[name]
    low, high = _usual(scenario, parameter, baseline) if span is None else _checked(parameter, span)
    log = low > 0 and high / low >= WIDE.get(parameter.kind, math.inf)
    return Axis(name, low, high, log, baseline)


def _usual(scenario: Scenario, parameter: Parameter, baseline: float) -> tuple[float, float]:
    """Return the range of an axis for which none is given."""
    distribution = scenario.entries[parameter.name].distribution
    if not distribution.certain:
        low, high = distribution.quantile(np.array(TAILS)).tolist()
        return low, high
    if parameter.kind == "value":
        return baseline - 1, baseline + 1
    return 0.0, (2 * baseline or 1.0) if parameter.kind == "cost" else 1.0


def _checked(parameter: Parameter, span: tuple[float, float]) -> tuple[float, float]:
    """Return a range that is given, or say what is wrong with it."""
    low, high = span
    where = f"{parameter.name}, range {low:g} {high:g}"
    if not (math.isfinite(low) and math.isfinite(high)):
        raise ScenarioError([Fault(where, "both ends must be finite numbers")])
    if low > high:
        raise ScenarioError([Fault(where, "the low end must come first", f"did you mean {high:g} {low:g}?")])
    if low == high:
        raise ScenarioError([Fault(where, "the ends must differ")])
    least, most = max(parameter.low, -LARGEST_VALUE), min(parameter.high, LARGEST_VALUE)
    if not least <= low < high <= most:
        allowed = f"allowed: {least:g} to {most:g}"
        raise ScenarioError([Fault(where, "the range must lie within the parameter's bounds", allowed)])
    return low, high
