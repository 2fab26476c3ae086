"""How is a probability written so that a reader takes it in? Per cent with honest digits, and counts of cases."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

STUDENT_T = 2.1314495455597742  # half-width of a 95 % interval in standard errors: 15 degrees of freedom
LEAST_WHOLE = 0.02  # smallest probability given as "so many of 100"; rarer ones are "1 in so many"
FEWEST = 1e-12  # probabilities below this one are given as under it: nobody can tell them apart
_LARGE = {1e12: "trillion", 1e9: "billion", 1e6: "million"}


def half_width(standard_error: float) -> float:
    """Return the half-width of the 95 % interval of a mean over 16 replicates."""
    return STUDENT_T * standard_error


def percent(probability: float, *, error: float = 0.0) -> str:
    """Return a probability as per cent: one decimal from 10 % on, two digits below, fewer if they would be noise.

    >>> percent(0.44383), percent(1.663e-5), percent(0.0), percent(0.44383, error=0.03), percent(0.99996)
    ('44.4 %', '0.0017 %', '0', '44 %', 'over 99.9 %')
    """
    if probability in (0.0, 1.0):
        return "100 %" if probability else "0"
    if error == 0 and probability > 0.9995:
        return "over 99.9 %"
    digits = 1 if probability >= 0.1 else 1 - _exponent(100 * probability)
    if error > 0:
        digits = min(digits, max(0, -_exponent(100 * error)))
    return f"{_fixed(100 * probability, digits)} %"


def points(width: float) -> str:
    """Return a half-width in percentage points with two significant digits."""
    return f"± {_fixed(100 * width, 1 - _exponent(100 * width))}" if width else "0"


def frequency(probability: float) -> str:
    """Return a probability as a count of cases, which most people grasp better than small per cents.

    >>> frequency(0.44383), frequency(1.663e-5), frequency(0.0), frequency(1.0), frequency(0.998)
    ('44 of 100', '1 in 60,000', 'never', 'always', 'over 99 of 100')
    """
    if probability in (0.0, 1.0):
        return "always" if probability else "never"
    if probability > 0.995:
        return "over 99 of 100"
    if probability >= LEAST_WHOLE:
        return f"{math.floor(100 * probability + 0.5)} of 100"
    return f"1 in {many(1 / probability)}" if probability > FEWEST else f"under 1 in {many(1 / FEWEST)}"


def roughly(probability: float) -> str:
    """Return a rare probability as a count of cases with one digit, where a second would only seem to be known.

    >>> roughly(2.34e-5), roughly(0.00132), roughly(0.44), roughly(0.0)
    ('1 in 40,000', '1 in 800', '44 of 100', '0')
    """
    if not FEWEST < probability < LEAST_WHOLE:
        return frequency(probability) if probability else "0"
    return f"1 in {many(float(f'{1 / probability:.0e}'))}"


def counts(probabilities: Sequence[float], base: int = 100) -> list[str]:
    """Return how many of so many cases each probability stands for, bare: who writes them says of how many."""
    return [_count(each, base) for each in probabilities]


def proportion(probability: float, base: int, *, error: float = 0.0) -> str:
    """Return a probability as a bare number of so many cases, with digits as per cent have them.

    >>> proportion(0.26469, 100), proportion(0.000204, 10_000), proportion(0.26469, 100, error=0.01)
    ('26.5', '2.0', '26')
    """
    if probability in (0.0, 1.0):
        return f"{base if probability else 0:,}"
    value = base * probability
    digits = 1 if value >= 10 else 1 - _exponent(value)
    if error > 0:
        digits = min(digits, max(0, -_exponent(base * error)))
    return f"{round(value, digits):,.{max(0, digits)}f}"


def decimals(error: float) -> int:
    """Return how many decimals show the first digit of an error.

    >>> decimals(0.034), decimals(2.7)
    (2, 0)
    """
    return max(0, -int(f"{error:.0e}".partition("e")[2]))


def base_of(probabilities: Iterable[float]) -> int:
    """Return of how many cases they are best told, 100 or a higher power of ten: the largest is at least two cases."""
    largest = max(probabilities, default=0.0)
    bases = (10**power for power in range(2, 13))
    return next((base for base in bases if largest * base >= 2), 100 if largest == 0 else 10**12)


def many(count: float) -> str:
    """Return a count of 1 or more with two significant digits, in words from a million on."""
    rounded = _rounded(count)
    for size, name in _LARGE.items():
        if rounded >= size:
            return f"{rounded / size:,.2g} {name}" if rounded < 100 * size else f"{rounded / size:,.0f} {name}"
    return f"{rounded:,.0f}"


def times(ratio: float) -> str:
    """Return how many times as likely one thing is as another, in words."""
    return f"{ratio:.1f} times" if ratio < 2.95 else f"{many(ratio)} times"


def span(low: float, high: float) -> str:
    """Return a range of probabilities."""
    if low == high:
        return percent(low)
    return f"{percent(low).removesuffix(' %')} – {percent(high)}"


def payoff(value: float) -> str:
    """Return a payoff with two decimals and a real minus sign."""
    text = f"{value:.2f}"
    return text.lstrip("-") if float(text) == 0 else text.replace("-", "−")


def brief(value: float) -> str:
    """Return a number of any size with two significant digits, three from 100 on, and a real minus sign.

    >>> brief(0.1234), brief(-1234.0), brief(0.0)
    ('0.12', '−1230', '0')
    """
    rounded = f"{value:.3g}" if abs(value) >= 99.5 else f"{value:.2g}"
    return f"{float(rounded):.12g}".replace("-", "−")


def _count(probability: float, base: int) -> str:
    """Return one count: never 0 for what happens, and never all for what sometimes does not."""
    whole = math.floor(base * probability + 0.5)
    if probability > 0 and whole == 0:
        return "under 1"
    return f"over {base - 1:,}" if probability < 1 and whole == base else f"{whole:,}"


def _exponent(value: float) -> int:
    """Return the power of ten of the first digit of a positive number, after rounding to two digits."""
    return int(f"{value:.1e}".partition("e")[2])


def _rounded(value: float) -> float:
    """Return a number above 1 with two significant digits, one if it is below 10."""
    return round(value, min(0, 1 - math.floor(math.log10(value))))


def _fixed(value: float, digits: int) -> str:
    """Return a number with so many decimals, or rounded to tens and so on if negative."""
    return f"{round(value, digits):.{max(0, digits)}f}"
