"""How are parameters drawn together? By a Gaussian copula: ranks are correlated, and each keeps its own distribution.

Pairs can be tied to one another, and any number of parameters to a *voice*: one factor behind all that rests on the
same judgement, each following it as closely as its loading says (a one-factor copula).

The rank correlation of two normal scores with Pearson correlation r is (6 / π) asin(r / 2) [1]_; their copula carries
it over to any two continuous distributions, since ranks do not change under rising functions [2]_.

References
----------
.. [1] Pearson, K. (1907), "On further methods of determining correlation", Drapers' Company Research Memoirs IV.
.. [2] Embrechts, P., McNeil, A. and Straumann, D. (2002), "Correlation and dependence in risk management: properties
   and pitfalls", in Risk Management: Value at Risk and Beyond, Cambridge University Press, 176-223.
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

Pairs = tuple[tuple[str, str, float], ...]
"""Two parameters and their rank correlation (Spearman's), for each pair that has one."""


@dataclass(frozen=True)
class Voice:
    """One slant behind many judgements: a common normal factor.

    Attributes
    ----------
    name : str
        Whose it is.
    loadings : tuple of (str, float)
        Parameters and how closely each follows the factor, -1 to 1; positive: higher when the factor is high.
    at : float or None
        Where the factor is held in all draws, in standard deviations; None if it is drawn.
    """

    name: str
    loadings: tuple[tuple[str, float], ...]
    at: float | None = None


_EDGE = 2.0**-53
"""Least distance of a score from 0 and 1, between which a quantile must lie: above 8.3 the normal distribution function
rounds to 1."""

_ROWS = {parameter.name: number for number, parameter in enumerate(PARAMETERS)}


def pearson(spearman: float) -> float:
    """Return the Pearson correlation of normal scores whose rank correlation is `spearman`, 2 sin(π ρ / 6).

    >>> round(pearson(0.3), 4), pearson(0)
    (0.3129, 0.0)
    """
    return 2 * math.sin(math.pi * spearman / 6)


def spearman(pearson: float) -> float:
    """Return the rank correlation of normal scores whose Pearson correlation is `pearson`, (6 / π) asin(r / 2).

    >>> round(spearman(pearson(-0.6)), 12)
    -0.6
    """
    return 6 / math.pi * math.asin(pearson / 2)


def correlated(scores: Floats, pairs: Pairs, rows: Mapping[str, int] = _ROWS) -> Floats:
    """Return uniform scores with the given rank correlations, from independent ones; `rows` says whose each row is.

    The normal score of a parameter becomes a weighted sum of its own and of those before it (Cholesky's factor). A
    parameter without pairs, and the first of those that are tied together, keep their scores to the last bit; a pair of
    which one has no row is passed over. Sums run parameter by parameter, so that no bit depends on how many draws come
    at once.

    Shapes: scores (dimensions, n) → (dimensions, n).

    >>> scores = np.full((len(PARAMETERS), 1), 0.9)
    >>> tied = correlated(scores, (("prior.resolute", "prior.opportunist", -0.5),))
    >>> tied[:3, 0].round(3).tolist()
    [0.9, 0.668, 0.9]
    """
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

    The normal score becomes z = Σ ℓ f + sqrt(1 − Σ ℓ²) e, with e the parameter's own: again standard normal, so that no
    parameter changes its distribution while the factors are drawn. A parameter without a loading keeps its score to the
    last bit.

    Shapes: scores (dimensions, n) → (dimensions, n).

    >>> scores = np.full((3, 1), 0.5)
    >>> author = Voice("author", (("prior.resolute", 0.6), ("prior.opportunist", -1.0)), at=1.0)
    >>> leaning(scores, [author], {"prior.resolute": 0, "prior.opportunist": 1})[:2, 0].round(3).tolist()
    [0.726, 0.159]
    """
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
