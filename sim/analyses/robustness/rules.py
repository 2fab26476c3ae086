"""Which stance does each classical rule for decisions under ignorance pick, and how firmly?

Four rules, by France's payoff: Laplace's mean, Wald's maximin (1950), Savage's minimax regret (1951), and the weighing
of worst and best case by Hurwicz (1951); docs/robustness.md has the sources. Three of them look at extreme draws, which
grow more extreme with the number of draws; beside each stands the same rule with the outermost share of draws on either
side left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from sim.draws.blocks import REPLICATES
from sim.games.game import Floats
from sim.telling.numbers import STUDENT_T

MOST_AGREE = 14
"""Replicates that must say the same as all draws before an extreme is trusted: one bad draw sits in one of them."""

LEAST = "minimax_regret"
"""The rule whose figure should be small."""

TRIMMED = 0.01
"""Share of draws left out at each end by the trimmed rules."""


@dataclass(frozen=True)
class Criterion:
    """What one rule says.

    Of a mean the scatter is the replicates' standard deviation over √16; of an extreme their standard deviation itself,
    since the extreme of all draws scatters about as widely as that of a sixteenth of them. Advice is firm if the margin
    exceeds its 95 % error and, of an extreme, at least `MOST_AGREE` of the replicates taken alone say the same; worse
    cases that no draw has shown yet remain unknown. Both are None where they are not worked out.
    """

    values: dict[str, float]  # the figure it goes by, by stance; in units of the payoff
    recommends: tuple[str, ...]  # the stances with the best figure: one, unless they tie
    margin: float  # by how much the best figure beats the next; 0 if stances tie
    scatter: float | None  # standard error of the margin
    firm: bool | None


@dataclass(eq=False)
class Extremes:
    """Smallest and largest payoff, largest regret and sum of the payoffs of d stances so far, (REPLICATES, d) each."""

    stances: tuple[str, ...]
    low: Floats = field(init=False)
    high: Floats = field(init=False)
    regret: Floats = field(init=False)
    sums: Floats = field(init=False)

    def __post_init__(self) -> None:
        shape = REPLICATES, len(self.stances)
        self.low, self.high = np.full(shape, np.inf), np.full(shape, -np.inf)
        self.regret, self.sums = np.zeros(shape), np.zeros(shape)

    def add(self, replicate: int, payoffs: Floats, regret: Floats) -> None:
        """Add a block: arrays of shape (d, size)."""
        self.low[replicate] = np.minimum(self.low[replicate], payoffs.min(axis=1))
        self.high[replicate] = np.maximum(self.high[replicate], payoffs.max(axis=1))
        self.regret[replicate] = np.maximum(self.regret[replicate], regret.max(axis=1))
        self.sums[replicate] += payoffs.sum(axis=1)


def criteria(found: Extremes, *, draws: int, hurwicz: float) -> dict[str, Criterion]:
    """Return what the four rules say."""
    whole = goes_by(found.low.min(axis=0), found.high.max(axis=0), found.regret.max(axis=0), hurwicz=hurwicz)
    parts = goes_by(found.low, found.high, found.regret, hurwicz=hurwicz)
    means = found.sums / (draws / REPLICATES)
    laplace = criterion(found.stances, means.mean(axis=0), parts=means / np.sqrt(REPLICATES), agree=0)
    return {"laplace": laplace} | {
        rule: criterion(found.stances, values, parts=parts[rule], least=rule == LEAST) for rule, values in whole.items()
    }


def goes_by(low: Floats, high: Floats, regret: Floats, *, hurwicz: float) -> dict[str, Floats]:
    """Return the figures that the rules on extremes go by, from worst and best payoff and worst regret."""
    return {"maximin": low, "hurwicz": hurwicz * low + (1 - hurwicz) * high, LEAST: regret}


def criterion(
    stances: tuple[str, ...],
    values: Floats,
    *,
    parts: Floats | None = None,
    least: bool = False,
    agree: int = MOST_AGREE,
) -> Criterion:
    """Return what a rule says that goes by `values`, (d,); its parts are those of the replicates, (r, d)."""
    better = -values if least else values
    first, second = np.argsort(-better, kind="stable")[:2]
    margin = float(better[first] - better[second])
    picked = tuple(stance for stance, each in zip(stances, better, strict=True) if each == better[first])
    named = dict(zip(stances, map(float, values), strict=True))
    if parts is None:
        return Criterion(named, picked, margin, None, None)
    scatter = float((parts[:, first] - parts[:, second]).std(ddof=1))
    alone = (parts if not least else -parts).argmax(axis=1)
    return Criterion(
        named, picked, margin, scatter, bool(margin > STUDENT_T * scatter and (alone == first).sum() >= agree)
    )
