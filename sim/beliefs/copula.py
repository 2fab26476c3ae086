"""How are parameters drawn together? By a Gaussian copula: ranks are correlated, and each keeps its own distribution.

Pearson, K. (1907), "On further methods of determining correlation", Drapers' Company Research Memoirs IV; Embrechts,
McNeil and Straumann (2002), in Risk Management: Value at Risk and Beyond, Cambridge University Press, 176-223.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import ndtr, ndtri

from sim.crisis.parameters import PARAMETERS
from sim.games.game import Floats

Pairs = tuple[tuple[str, str, float], ...]  # two parameters and their rank correlation (Spearman's) each


@dataclass(frozen=True)
class Voice:
    """One slant behind many judgements: a common normal factor, which each of them follows as its loading says."""

    name: str
    loadings: tuple[tuple[str, float], ...]  # by parameter, -1 to 1; positive: higher when the factor is high
    at: float | None = None  # where the factor is held in all draws, in standard deviations


# Above 8.3 the normal distribution function rounds to 1, and a quantile must lie between 0 and 1.
_EDGE = 2.0**-53
_ROWS = {parameter.name: number for number, parameter in enumerate(PARAMETERS)}


def pearson(spearman: float) -> float:
    """Return the Pearson correlation of normal scores whose rank correlation is `spearman`, 2 sin(π ρ / 6)."""
    return 2 * math.sin(math.pi * spearman / 6)


def spearman(pearson: float) -> float:
    """Return the rank correlation of normal scores whose Pearson correlation is `pearson`, (6 / π) asin(r / 2)."""
    return 6 / math.pi * math.asin(pearson / 2)


def correlated(scores: Floats, pairs: Pairs, rows: Mapping[str, int] = _ROWS) -> Floats:
    """Return uniform scores with the given rank correlations, from independent ones; `rows` says whose each row is.

    Shapes: scores (dimensions, n) → (dimensions, n). One without pairs keeps its scores to the last bit.
    """
    # A normal score becomes a weighted sum of its own and of those before it (Cholesky's factor), one after the
    # other: no bit depends on how many draws come at once. A pair of which one has no row is passed over.
    known = [(rows[one], rows[other], rank) for one, other, rank in pairs if one in rows and other in rows]
    weights = _weights(frozenset(known))
    if not weights:
        return scores
    drawn = scores.copy()
    normal = {number: ndtri(scores[number]) for row in weights.values() for number in row}
    for number, row in weights.items():
        total = np.zeros(scores.shape[1])
        for source, weight in row.items():
            total += weight * normal[source]
        drawn[number] = np.clip(ndtr(total), _EDGE, 1 - _EDGE)
    return drawn


def leaning(scores: Floats, voices: Sequence[Voice], rows: Mapping[str, int]) -> Floats:
    """Return the uniform scores of parameters that lean on voices, whose own scores stand in the rows behind theirs.

    Shapes: scores (dimensions, n) → (dimensions, n). One without a loading keeps its scores to the last bit.
    """
    # The normal score becomes z = Σ ℓ f + sqrt(1 − Σ ℓ²) e, with e the parameter's own: again standard normal.
    loads: dict[int, dict[int, float]] = {}
    for number, voice in enumerate(voices):
        for name, loading in voice.loadings:
            if name in rows:
                loads.setdefault(rows[name], {})[number] = loading
    if not loads:
        return scores
    factors = [
        ndtri(scores[len(rows) + number]) if voice.at is None else np.full(scores.shape[1], voice.at)
        for number, voice in enumerate(voices)
    ]
    drawn = scores.copy()
    for row, own in loads.items():
        left = 1 - math.fsum(loading**2 for loading in own.values())
        total = math.sqrt(max(left, 0.0)) * ndtri(scores[row])
        for number, loading in own.items():
            total += loading * factors[number]
        drawn[row] = np.clip(ndtr(total), _EDGE, 1 - _EDGE)
    return drawn


@lru_cache(maxsize=128)
def _weights(pairs: frozenset[tuple[int, int, float]]) -> dict[int, dict[int, float]]:
    """Return, for each row that is no longer drawn by itself, what it is a sum of: weights by row."""
    together = {frozenset((one, other)): pearson(rank) for one, other, rank in pairs}
    numbers = sorted(frozenset().union(*together))
    rows: dict[int, dict[int, float]] = {}
    for number in numbers:
        row: dict[int, float] = {}
        for before, theirs in rows.items():
            common = math.fsum(row[each] * theirs[each] for each in row if each in theirs)
            if left := together.get(frozenset((number, before)), 0.0) - common:
                row[before] = left / theirs[before]
        own = 1 - math.fsum(weight**2 for weight in row.values())
        if own <= 0:
            raise ValueError("correlation must be positive definite; it leaves nothing to some of the parameters")
        rows[number] = row | {number: math.sqrt(own)}
    return {number: row for number, row in rows.items() if len(row) > 1}
