"""How is an uncertain number drawn? By the quantile function of its distribution, quickly and to the last bit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from scipy.special import betainccinv, betaincinv, betaln, expit, ndtr, ndtri

from sim.games.game import Floats

Family = Literal["point", "uniform", "triangular", "beta", "normal", "lognormal"]  # what a scenario's forms end as
Stated = float | str | tuple[float, ...]  # what a key of a form may hold

Given = tuple[tuple[str, Stated], ...]
"""A form as the scenario states it, such as ``(("interval", (0.05, 0.3)), ("mass", 0.9))``; the form comes first."""

_REACH = 7.25  # normal scores that the table of a Beta covers, on either side: probabilities down to 2e-13
_KNOTS = (1025, 2049, 4097, 8193)  # sizes of table that are tried, smallest first; all have a knot at the median
_TABLE_ERROR = 1e-11  # largest error of a table in the logit of the quantile: a relative error of that size at most
_SMALLEST_TAIL = 1e-16  # SciPy's inverse fails for some Betas below it, and no draw lies there


@dataclass(frozen=True)
class Distribution:
    """What is believed about one parameter: the form as stated, the family that it ends as, and that one's numbers.

    These are, for point: value; uniform: low, high; triangular: low, mode, high; beta: a, b, low, high; normal: mean,
    standard deviation; lognormal: median, geometric standard deviation.
    """

    given: Given
    family: Family
    numbers: tuple[float, ...]

    @property
    def form(self) -> str:
        """Form of the scenario file: value, likelihood, interval, ..."""
        return self.given[0][0]

    @property
    def certain(self) -> bool:
        """Whether one value has all the probability."""
        return self.family == "point"

    @property
    def median(self) -> float:
        """Value that is as likely undershot as overshot, exact (not from a table)."""
        if self.family == "beta":
            a, b, low, high = self.numbers
            return float(low + (high - low) * betaincinv(a, b, 0.5))
        return float(_QUANTILES[self.family](self.numbers, np.array([0.5]))[0])

    def quantile(self, u: Floats) -> Floats:
        """Return the value with probability `u` below it for each, whatever else is in the array, to the last bit."""
        scores = np.asarray(u, dtype=np.float64)
        if np.any(wrong := ~((scores > 0) & (scores < 1))):
            first = int(np.argmax(wrong))
            raise ValueError(f"u must lie strictly between 0 and 1; u[{first}] has {scores.flat[first]}")
        return _QUANTILES[self.family](self.numbers, scores)

    def describe(self) -> str:
        """Return the form as a scenario file would state it, such as ``value = 0.5``."""
        return ", ".join(f"{key} = {_shown(value)}" for key, value in self.given)


def _shown(value: Stated) -> str:
    """Return a value as TOML, numbers as short as they can be."""
    if isinstance(value, tuple):
        return f"[{', '.join(_shown(each) for each in value)}]"
    return f'"{value}"' if isinstance(value, str) else f"{value:.12g}"


def _triangular(numbers: tuple[float, ...], u: Floats) -> Floats:
    """Return the root of the quadratic on either side of the mode, each from its own end so that none cancels."""
    low, mode, high = numbers
    rising = low + np.sqrt(u * (high - low) * (mode - low))
    falling = high - np.sqrt((1 - u) * (high - low) * (high - mode))
    return np.where(u * (high - low) < mode - low, rising, falling)


def _beta(numbers: tuple[float, ...], u: Floats) -> Floats:
    """Return the quantiles of a Beta stretched over [low, high], from its table where it reaches."""
    a, b, low, high = numbers
    table = _table(a, b)
    if table is None:
        return np.asarray(low + (high - low) * _exact_beta(a, b, u))
    z = ndtri(u)
    cells = table.shape[1]
    place = (z + _REACH) * (cells / (2 * _REACH))
    cell = np.clip(place, 0, cells - 1).astype(np.intp)
    part = place - cell
    logit = table[0].take(cell)
    for coefficient in table[1:]:
        logit = logit * part + coefficient.take(cell)
    values = np.asarray(expit(logit))
    if np.any(beyond := np.abs(z) > _REACH):
        values[beyond] = _exact_beta(a, b, u[beyond])
    return np.asarray(low + (high - low) * values)


_QUANTILES: dict[str, Callable[[tuple[float, ...], Floats], Floats]] = {
    "point": lambda numbers, u: np.full(u.shape, numbers[0]),
    "uniform": lambda ends, u: ends[0] + (ends[1] - ends[0]) * u,
    "triangular": _triangular,
    "beta": _beta,
    "normal": lambda numbers, u: np.asarray(numbers[0] + numbers[1] * ndtri(u)),
    "lognormal": lambda numbers, u: np.asarray(numbers[0] * np.exp(np.log(numbers[1]) * ndtri(u))),
}


def _exact_beta(a: float, b: float, u: Floats) -> Floats:
    """Return quantiles of Beta(a, b) from the nearer tail; 1 - u is exact in the upper half."""
    lower = np.maximum(u, _SMALLEST_TAIL)
    return np.asarray(np.where(u > 0.5, betainccinv(a, b, 1 - u), betaincinv(a, b, lower)))


@lru_cache(maxsize=1024)
def _table(a: float, b: float) -> Floats | None:
    """Return cubics, (4, cells), of the quantile's logit against the normal score; None if no table is close enough."""
    # In these two scales the slope of the curve stays within bounds, so that cubics follow it far into the tails.
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        z = np.linspace(-_REACH, _REACH, _KNOTS[0])
        logits = _logit_quantiles(a, b, z)
        for knots in _KNOTS:
            middle = _logit_quantiles(a, b, (z[1:] + z[:-1]) / 2)
            table = _cubics(logits, _slopes(a, b, z, logits) * (2 * _REACH / (knots - 1)))
            if not np.isfinite(table).all():
                return None
            if np.abs(table.T @ 0.5 ** np.arange(3, -1, -1) - middle).max() < _TABLE_ERROR:
                return table
            finer = np.empty(2 * knots - 1)  # the middles that were just checked become knots
            finer[::2], finer[1::2] = logits, middle
            z, logits = np.linspace(-_REACH, _REACH, 2 * knots - 1), finer
    return None


def _cubics(values: Floats, slopes: Floats) -> Floats:
    """Return the cubics between neighbours with these values and slopes at the ends of unit cells (Hermite's)."""
    rise, first, last = np.diff(values), slopes[:-1], slopes[1:]
    return np.ascontiguousarray([first + last - 2 * rise, 3 * rise - 2 * first - last, first, values[:-1]])


def _slopes(a: float, b: float, z: Floats, logits: Floats) -> Floats:
    """Return the slope of the quantile x, as a logit, over the normal score: phi(z) / (x (1 - x) f(x))."""
    density = -a * np.logaddexp(0, -logits) - b * np.logaddexp(0, logits) - betaln(a, b)  # log of x (1 - x) f(x)
    return np.asarray(np.exp(-0.5 * z**2 - 0.5 * np.log(2 * np.pi) - density))


def _logit_quantiles(a: float, b: float, z: Floats) -> Floats:
    """Return log(x / (1 - x)) for the quantiles x of Beta(a, b) at normal scores `z`, each from its nearer tail."""
    lower = z < 0
    near, far = np.where(lower, a, b), np.where(lower, b, a)
    outer = betaincinv(near, far, ndtr(-np.abs(z)))
    logits = np.log(outer) - np.log1p(-outer)
    return np.asarray(np.where(lower, logits, -logits))
