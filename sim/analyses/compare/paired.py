"""How do two scenarios differ draw by draw? Sums of paired differences, and the histograms of their ranges."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from sim.analyses.compare.behaviour import behaviour_changes, behaviour_figures, behaviour_tally
from sim.crisis.ladder import OUTCOMES
from sim.crisis.parameters import Stances
from sim.crisis.terms import READINGS
from sim.draws.tally import Tally
from sim.games.game import Floats
from sim.montecarlo.beside import EXPOSURES
from sim.montecarlo.encounter import payoffs, probabilities
from sim.scenario.scenario import Scenario

ROUNDING = 1e-12
"""Two values of a draw that differ by less, relative to the larger, are equal: rounding alone leaves some 1e-15."""

CHOSEN = "equilibrium"  # name of play in which France chooses, as in `Result.table`; `evaluate` calls it selected
Figures = dict[str, dict[str, dict[str, Any]]]  # by stance or "equilibrium", then outcome, then what is said of it

# A difference can have either sign and be far below any linear grid: its excess below 0 and above 0 are binned apart.
_SIDES = ("below", "above")
_SUMS = ("excess", "lower", "higher", "squared_excess", "squared", "squared_base", "level", "base")

Values = Mapping[str, Floats]


@dataclass(frozen=True, eq=False)
class Pair:
    """A scenario and the one that it is set against: the stances that both have, and sums of paired differences."""

    shared: Stances
    changes: Tally
    beside: Tally
    behaviour: Tally

    @classmethod
    def of(cls, one: Scenario, other: Scenario) -> Pair:
        """Return a pair without any sums."""
        names = tuple(name for name in one.names if name in other.names)
        targets = tuple({name} <= {*one.stances.struck} & {*other.stances.struck} for name in names)
        shared = Stances(names, targets)
        readings = tuple(".".join(each) for each in product(EXPOSURES, READINGS, shared.struck, OUTCOMES))
        changes = paired_tally(probabilities(shared), payoffs(shared))
        return cls(shared, changes, Tally((), (), readings), behaviour_tally(shared))

    @property
    def tallies(self) -> tuple[Tally, ...]:
        """The sums of what both have."""
        return tuple(each for each in (self.changes, self.beside, self.behaviour) if each.names)

    def told(self, values: dict[str, Floats], base: dict[str, Floats]) -> list[Values]:
        """Return what a block gives for each of the tallies."""
        names = {"probabilities": probabilities(self.shared), "payoffs": payoffs(self.shared)}
        beside = {name: values[name] - base[name] for name in self.beside.others}
        every = paired_differences(values, base, **names), beside, behaviour_changes(values, base, self.shared)
        return [each for each in every if each]

    def differences(self) -> Figures:
        """Return what is reported of the differences, by stance or "equilibrium"."""
        return by_play(self.changes, self.shared.names, paired_figures)

    def behaviours(self) -> Figures:
        """Return whose behaviour changes, by stance or "equilibrium"."""
        return behaviour_figures(self.behaviour, self.shared)

    def readings(self) -> dict[str, dict[str, Figures]]:
        """Return the differences in both readings of the worst case, as stated and at equal exposure."""
        found: dict[str, dict[str, Figures]] = {reading: {each: {} for each in EXPOSURES} for reading in READINGS}
        for exposure, reading, stance, outcome in product(EXPOSURES, READINGS, self.shared.struck, OUTCOMES):
            name = f"{exposure}.{reading}.{stance}.{outcome}"
            change = {"mean": self.beside.mean(name), "se": self.beside.standard_error(name)}
            found[reading][exposure].setdefault(stance, {})[outcome] = change
        return found


def by_play(tally: Tally, names: tuple[str, ...], figures: Callable[[Tally, str], dict[str, Any]]) -> Figures:
    """Return the figures of every outcome and of France's payoff, by stance or "equilibrium"."""
    plays = {name: name for name in names} | {CHOSEN: "selected"}
    return {
        play: {outcome: figures(tally, f"{prefix}.{outcome}") for outcome in (*OUTCOMES, "france_payoff")}
        for play, prefix in plays.items()
    }


def paired_tally(probabilities: tuple[str, ...], payoffs: tuple[str, ...]) -> Tally:
    """Return an empty tally for what `paired_differences` returns."""
    return Tally(
        tuple(f"{side}.{name}" for side in _SIDES for name in probabilities),
        tuple(f"change.{name}" for name in payoffs),
        tuple(f"{what}.{name}" for what in _SUMS for name in (*probabilities, *payoffs)),
    )


def paired_differences(
    values: Values, base: Values, *, probabilities: tuple[str, ...], payoffs: tuple[str, ...]
) -> dict[str, Floats]:
    """Return what `paired_tally` sums up for a block, from values of shape (n,)."""
    found: dict[str, Floats] = {}
    for name in (*probabilities, *payoffs):
        level, beside = values[name], base[name]
        scale = np.maximum(abs(level), abs(beside))
        if name in payoffs:
            scale = np.maximum(scale, 1.0)  # payoffs are sums of terms about as large as the yardstick
        excess = np.where(abs(level - beside) > ROUNDING * scale, level - beside, 0.0)
        found |= {f"excess.{name}": excess, f"level.{name}": level, f"base.{name}": beside}
        found |= {f"lower.{name}": (excess < 0).astype(float), f"higher.{name}": (excess > 0).astype(float)}
        found |= {f"squared_excess.{name}": excess**2, f"squared.{name}": level**2, f"squared_base.{name}": beside**2}
        if name in probabilities:
            found |= {f"below.{name}": np.maximum(-excess, 0.0), f"above.{name}": np.maximum(excess, 0.0)}
        else:
            found[f"change.{name}"] = excess
    return found


def paired_figures(tally: Tally, name: str) -> dict[str, Any]:
    """Return what is reported of the difference of one quantity."""
    higher, lower = tally.mean(f"higher.{name}"), tally.mean(f"lower.{name}")
    apart = _variance(tally, "squared", "level", name) + _variance(tally, "squared_base", "base", name)
    together = _variance(tally, "squared_excess", "excess", name)
    return {
        "mean": tally.mean(f"excess.{name}"),
        "se": tally.standard_error(f"excess.{name}"),
        "q05": _quantile(tally, name, 0.05),
        "q95": _quantile(tally, name, 0.95),
        "higher": higher,
        "lower": lower,
        "equal": max(0.0, 1 - higher - lower),
        "worth": apart / together if together > 0 else None,
    }


def _variance(tally: Tally, square: str, level: str, name: str) -> float:
    """Return the variance over draws, at least 0."""
    return max(0.0, tally.mean(f"{square}.{name}") - tally.mean(f"{level}.{name}") ** 2)


def _quantile(tally: Tally, name: str, level: float) -> float:
    """Return a quantile of a difference: on the side of 0 on which so many draws lie."""
    if f"change.{name}" in tally.payoffs:
        return tally.quantile(f"change.{name}", level)
    below = tally.quantile(f"below.{name}", 1 - level)
    return -below if below > 0 else tally.quantile(f"above.{name}", level)
