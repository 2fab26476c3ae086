"""Along which values of a parameter is the crisis looked at, and how far along them is it to another regime?"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.analyses.regimes.kinds import Regime, regime_of
from sim.crisis.parameters import BASELINE, BELIEF, STANCES, Parameter, Stances
from sim.crisis.values import LARGEST_VALUE
from sim.games.game import Floats
from sim.scenario.scenario import Scenario
from sim.telling.faults import Fault, ScenarioError, suggestion

TAILS = (0.01, 0.99)
"""Quantiles between which an uncertain parameter is shown, unless a range is given."""

WIDE = {"cost": 10.0, "probability": 100.0, "weight": 100.0}
"""Ratio of the ends from which a scale is logarithmic; probabilities are read on a linear one unless they are rare."""

SECTIONS, ROUNDS = 32, 4
"""An interval that holds a border is cut into so many parts, so often: to a millionth of its length."""


@dataclass(frozen=True)
class Axis:
    """One parameter's values, from `low` at place 0 to `high` at place 1, in equal ratios if `log`.

    Its baseline is the parameter's median, which may lie outside the range.
    """

    name: str
    low: float
    high: float
    log: bool
    baseline: float

    def value(self, place: Floats) -> Floats:
        """Return the values at places in [0, 1]."""
        span, ratio = self.high - self.low, self.high / self.low if self.log else 1.0
        values = self.low * ratio**place if self.log else self.low + span * place
        return np.asarray(np.clip(values, self.low, self.high))

    def place(self, value: float) -> float:
        """Return where a value is on the axis; outside [0, 1] if it is not on it."""
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
        stance = self.name.split(".")[1] if self.name.startswith("signal.") else STANCES[0]
        return Stances((stance,), (True,)).by_name[self.name]


@dataclass(frozen=True)
class Tipping:
    """The nearest border from the baseline along one parameter, "lower" or "higher", all others at their baseline.

    `at` is the value at which it changes, and `regime` what holds just beyond; None if nothing does on this side.
    """

    parameter: str
    direction: str
    at: float | None
    regime: Regime | None


def axis_of(scenario: Scenario, name: str, span: tuple[float, float] | None = None) -> Axis:
    """Return the axis of a parameter."""
    known = scenario.stances.by_name
    if name not in known:
        raise ScenarioError([_unknown(scenario, name)])
    parameter, baseline = known[name], scenario.entries[_stated(scenario, name)].distribution.median
    low, high = _usual(scenario, parameter, baseline) if span is None else _checked(parameter, span)
    log = low > 0 and high / low >= WIDE.get(parameter.kind, math.inf)
    return Axis(name, low, high, log, baseline)


def line_places(axis: Axis, grid: int) -> Floats:
    """Return the places on an axis at which a line through the baseline is looked at: evenly spaced, and it too."""
    return np.union1d(np.linspace(0.0, 1.0, grid), [axis.home] if 0 <= axis.home <= 1 else [])


def exact_tippings(
    axis: Axis, grid: int, codes: Callable[[Floats], NDArray[np.int64]], stances: Stances = BASELINE
) -> Iterator[Tipping]:
    """Yield the nearest border on either side of the baseline; none if the baseline is not on the axis."""
    places = line_places(axis, grid)
    for direction, near, far in _changes(axis, places, codes(places)):
        if near is None or far is None:
            yield Tipping(axis.name, direction, None, None)
            continue
        beyond = 0
        for _ in range(ROUNDS):
            parts = np.linspace(near, far, SECTIONS + 1)
            found = codes(parts)
            first = int(np.argmax(found != found[0]))
            near, far, beyond = float(parts[first - 1]), float(parts[first]), int(found[first])
        yield Tipping(axis.name, direction, float(axis.value(np.array((near + far) / 2))), regime_of(beyond, stances))


def smooth_tippings(
    axis: Axis, grid: int, codes: NDArray[np.int64], scores: Floats, stances: Stances = BASELINE
) -> Iterator[Tipping]:
    """Yield the same from the scores, (r, n), of the codes, (r,), interpolated between the places of `line_places`."""
    places = line_places(axis, grid)
    labels = scores.argmax(axis=0)
    for direction, near, far in _changes(axis, places, labels):
        if near is None or far is None:
            yield Tipping(axis.name, direction, None, None)
            continue
        i, j = np.searchsorted(places, [near, far])
        here, there = labels[i], labels[j]
        lead, lag = scores[here, i] - scores[there, i], scores[here, j] - scores[there, j]
        share = lead / (lead - lag) if lead > lag else 0.5
        at = axis.value(np.array(near + share * (far - near)))
        yield Tipping(axis.name, direction, float(at), regime_of(int(codes[there]), stances))


def _stated(scenario: Scenario, name: str) -> str:
    """Return where a parameter's values stand: a belief that is not stated is the prior itself."""
    return "prior.resolute" if name == BELIEF and name not in scenario.entries else name


def _unknown(scenario: Scenario, name: str) -> Fault:
    """Return what is wrong with a name that the scenario's game does not have."""
    if name in Stances(scenario.names, (True,) * len(scenario.names)).by_name:
        stance = name.split(".")[1]
        why = f"give it a signal.{stance}.deployment above 0 and what a target needs: docs/scenarios.md"
        return Fault(name, f"nobody can be hit under {stance}, so that this number does nothing", why)
    hint = suggestion(name, list(scenario.stances.by_name), otherwise="docs/model.md lists them")
    return Fault(name, f"no parameter is named {name!r}", hint)


def _usual(scenario: Scenario, parameter: Parameter, baseline: float) -> tuple[float, float]:
    """Return the range of an axis for which none is given."""
    distribution = scenario.entries[_stated(scenario, parameter.name)].distribution
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


def _changes(axis: Axis, places: Floats, labels: NDArray[np.int64]) -> Iterator[tuple[str, float | None, float | None]]:
    """Yield, for each direction from the baseline, the last place with its label and the first with another."""
    if not 0 <= axis.home <= 1:
        return
    home = int(np.searchsorted(places, axis.home))
    for direction, order in (("lower", range(home, -1, -1)), ("higher", range(home, len(places)))):
        step = next((i for i in order if labels[i] != labels[home]), None)
        if step is None:
            yield direction, None, None
        else:
            before = step + (1 if direction == "lower" else -1)
            yield direction, float(places[before]), float(places[step])
