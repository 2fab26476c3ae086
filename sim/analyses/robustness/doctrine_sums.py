"""How are doctrines compared over millions of draws without keeping them? Every sum that a comparison needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sim.analyses.robustness.regret import (
    PAYOFF,
    PAYOFFS,
    ROUNDING,
    comparable,
    contenders,
    regrets,
    scores,
    shares_best,
)
from sim.analyses.robustness.rules import LEAST, TRIMMED, Criterion, Extremes, criteria, criterion, goes_by
from sim.analyses.robustness.shifted_beliefs import Tilts
from sim.crisis.parameters import BASELINE, Stances
from sim.draws.blocks import REPLICATES, Block
from sim.draws.tally import Tally
from sim.games.game import Floats

STRIP = 100
"""Quantiles of a stance's regret that are kept for drawing: one for each hundredth of the draws."""

Numbers = dict[str, Any]

_SPREAD = tuple(f"{kind}{quantity}" for kind in ("regret.", "") for quantity in PAYOFFS)


@dataclass(eq=False)
class DoctrineSums:
    """Running sums: by what stances are ranked, ceilings by outcome, and the parameters whose beliefs may be shifted.

    Kept are means, quantiles, the largest regrets by quantity, (d,), worst and best payoffs, and sums by normal score.
    """

    by: str
    limits: Mapping[str, float]
    parameters: tuple[str, ...]
    stances: Stances = BASELINE
    tally: Tally = field(init=False)
    largest: dict[str, Floats] = field(init=False)
    extremes: Extremes = field(init=False)
    tilts: Tilts = field(init=False)

    def __post_init__(self) -> None:
        names, worth = self.stances.names, self.contenders(self.by)
        pairs = [(quantity, stance) for quantity in self.quantities for stance in self.contenders(quantity)]
        self.tally = Tally(
            tuple(f"regret.{quantity}.{stance}" for quantity, stance in pairs if quantity not in PAYOFFS),
            tuple(f"{kind}.{stance}" for kind in _SPREAD for stance in names),
            (
                *(f"best.{quantity}.{stance}" for quantity, stance in pairs),
                *(f"tie.{quantity}" for quantity in self.quantities),
                *(f"worth.{stance}" for stance in worth),
                *(f"kept.{outcome}.{stance}" for outcome in self.limits for stance in names),
            ),
        )
        self.largest = {quantity: np.zeros(len(self.contenders(quantity))) for quantity in self.quantities}
        self.extremes = Extremes(names)
        self.tilts = Tilts(self.parameters, worth)

    @property
    def quantities(self) -> tuple[str, ...]:
        """What these stances can be compared by."""
        return comparable(self.stances)

    def contenders(self, quantity: str) -> tuple[str, ...]:
        """Return the stances that are compared by a quantity."""
        return contenders(quantity, self.stances)

    def add(self, listed: Sequence[Block], u: Floats, values: dict[str, dict[str, Floats]]) -> None:
        """Add blocks that stand end to end: uniform scores, (p, n), and values, (n,)."""
        payoffs = scores(values, PAYOFF, self.stances)
        lost = {quantity: regrets(scores(values, quantity, self.stances)) for quantity in self.quantities}
        columns: dict[str, Floats] = {
            f"{quantity}.{stance}": values[quantity][stance] for quantity in PAYOFFS for stance in self.stances.names
        }
        for quantity, regret in lost.items():
            best = shares_best(regret)
            for stance, own, share in zip(self.contenders(quantity), regret, best, strict=True):
                columns |= {f"regret.{quantity}.{stance}": own, f"best.{quantity}.{stance}": share}
            columns[f"tie.{quantity}"] = (best.max(axis=0) < 1).astype(float)
            self.largest[quantity] = np.maximum(self.largest[quantity], regret.max(axis=1))
        for outcome, ceiling in self.limits.items():
            for stance in self.stances.names:
                columns[f"kept.{outcome}.{stance}"] = (values[outcome][stance] <= ceiling).astype(float)
        worth = scores(values, self.by, self.stances)
        columns |= {f"worth.{stance}": row for stance, row in zip(self.contenders(self.by), worth, strict=True)}
        self.tally.add_blocks([block.replicate for block in listed], columns)
        for place, block in enumerate(listed):
            at = slice(place * block.size, (place + 1) * block.size)
            self.extremes.add(block.replicate, payoffs[:, at], lost[PAYOFF][:, at])
            self.tilts.add(block.replicate, u[:, at], worth[:, at])

    def regret(self, quantity: str) -> dict[str, Numbers]:
        """Return each stance's regret by a quantity: mean, se, q95, max, best and best_se."""
        found = {}
        for stance, largest in zip(self.contenders(quantity), self.largest[quantity].tolist(), strict=True):
            q95 = min(self.tally.quantile(f"regret.{quantity}.{stance}", 0.95), largest)
            spread = self._mean(f"regret.{quantity}.{stance}") | {"q95": q95, "max": largest}
            found[stance] = spread | self._best(quantity, stance)
        return found

    def strip(self, stance: str) -> list[float]:
        """Return the middles of the hundredths of a stance's regret, smallest first."""
        largest = float(self.largest[self.by][self.contenders(self.by).index(stance)])
        levels = (np.arange(STRIP) + 0.5) / STRIP
        return [min(each, largest) for each in self.tally.quantiles(f"regret.{self.by}.{stance}", levels.tolist())]

    def criteria(self, hurwicz: float) -> dict[str, Criterion]:
        """Return what the classical rules say, whole and trimmed."""
        low, high, regret = (
            np.array([self.tally.quantile(f"{kind}.{stance}", level) for stance in self.stances.names])
            for kind, level in ((PAYOFF, TRIMMED), (PAYOFF, 1 - TRIMMED), (f"regret.{PAYOFF}", 1 - TRIMMED))
        )
        trimmed = goes_by(low, high, regret, hurwicz=hurwicz)
        return criteria(self.extremes, draws=self.tally.draws, hurwicz=hurwicz) | {
            f"trimmed_{rule}": criterion(self.stances.names, values, least=rule == LEAST)
            for rule, values in trimmed.items()
        }

    def kept(self) -> list[Numbers]:
        """Return the share of draws in which each stance keeps each ceiling."""
        return [
            {"outcome": outcome, "ceiling": ceiling}
            | {stance: self._mean(f"kept.{outcome}.{stance}") for stance in self.stances.names}
            for outcome, ceiling in self.limits.items()
        ]

    def standing(self, quantity: str) -> list[Numbers]:
        """Return the stances by France's mean payoff, the highest first; those told apart by rounding share a place."""
        found = [
            {"stance": stance, **self._mean(f"{quantity}.{stance}"), **self._best(quantity, stance)}
            for stance in self.stances.names
        ]
        near = ROUNDING * max(abs(each["mean"]) for each in found)
        places = [1 + sum(other["mean"] > each["mean"] + near for other in found) for each in found]
        placed = [{"place": place, **each} for place, each in zip(places, found, strict=True)]
        return sorted(placed, key=lambda each: each["place"])

    def means(self) -> Floats:
        """Return what each stance is worth on average in each replicate, (REPLICATES, d); more is better."""
        columns = [self.tally.names.index(f"worth.{stance}") for stance in self.contenders(self.by)]
        return np.asarray(self.tally.sums[:, columns] / (self.tally.draws / REPLICATES))

    def _best(self, quantity: str, stance: str) -> Numbers:
        """Return the share of the draws in which a stance is best, with its standard error."""
        best = self._mean(f"best.{quantity}.{stance}")
        return {"best": best["mean"], "best_se": best["se"]}

    def _mean(self, name: str) -> Numbers:
        """Return a mean with its standard error."""
        return {"mean": self.tally.mean(name), "se": self.tally.standard_error(name)}
