"""Which stance does each classical rule for decisions under ignorance pick, and how firmly?

Four rules, by France's payoff: Laplace's mean, Wald's maximin [1]_, Savage's minimax regret [2]_, and the weighing of
worst and best case by Hurwicz [3]_. Three of them look at extreme draws, which grow more extreme with the number of
draws; beside each stands the same rule with the outermost share of draws on either side left out.

References
----------
.. [1] Wald, A. (1950), Statistical Decision Functions, Wiley.
.. [2] Savage, L. J. (1951), "The theory of statistical decision", Journal of the American Statistical Association 46,
   55-67, doi:10.1080/01621459.1951.10500768.
.. [3] Hurwicz, L. (1951), "Optimality criteria for decision making under ignorance", Cowles Commission Discussion
   Paper: Statistics 370.
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

    Attributes
    ----------
    values : dict of str to float
        The figure it goes by, by stance; in units of the payoff.
    recommends : tuple of str
        The stances with the best figure: one, unless they tie.
    margin : float
        By how much the best figure beats the next; 0 if stances tie.
    scatter : float or None
        Standard error of the margin, from the 16 replicates; None where it is not worked out. Of a mean it is their
        standard deviation over √16; of an extreme their standard deviation itself, since the extreme of all draws
        scatters about as widely as that of a sixteenth of them.
    firm : bool or None
        Whether the margin exceeds its 95 % error and, of an extreme, at least `MOST_AGREE` of the replicates taken
        alone say the same; None where it is not worked out. Worse cases that no draw has shown yet remain unknown.
    """

    values: dict[str, float]
    recommends: tuple[str, ...]
    margin: float
    scatter: float | None
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
    """Return what the four rules say.

    >>> found = Extremes(("stay", "go"))
    >>> payoffs = np.array([[1.0, 1.0], [0.0, 5.0]])
    >>> for replicate in range(REPLICATES):
    ...     found.add(replicate, payoffs, payoffs.max(axis=0) - payoffs)
    >>> said = criteria(found, draws=2 * REPLICATES, hurwicz=0.5)
    >>> {rule: each.recommends for rule, each in said.items()}  # doctest: +NORMALIZE_WHITESPACE
    {'laplace': ('go',), 'maximin': ('stay',), 'hurwicz': ('go',), 'minimax_regret': ('go',)}
    """
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
    """Return what a rule says that goes by `values`.

    Shapes: values (d,), parts (r, d).

    >>> criterion(("stay", "go"), np.array([1.0, 1.0])).recommends
    ('stay', 'go')
    """
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
