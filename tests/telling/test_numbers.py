"""Does a reader get the right number? Per cents, counts of cases, ranges.

Deliberate break that turned a test red: `frequency` rounding 1 / p to one significant digit.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t

from sim.telling.numbers import FEWEST, LEAST_WHOLE, frequency, half_width, many, payoff, percent, points, span, times

SIZES = {"million": 1e6, "billion": 1e9, "trillion": 1e12}
ROUNDING = 1 + 1e-9


def read(text: str) -> float:
    """Read a frequency back as a probability, by a way of its own."""
    if text in ("never", "always"):
        return float(text == "always")
    first, count, size = re.fullmatch(r"(\d+) (?:of|in) ([\d.,]+) ?(\w*)", text).groups()  # type: ignore[union-attr]
    return float(first) / (float(count.replace(",", "")) * SIZES.get(size, 1.0))


def test_half_widths_are_those_of_students_t_with_15_degrees_of_freedom() -> None:
    assert half_width(1.0) == pytest.approx(t.ppf(0.975, 15), rel=1e-12)


@given(st.floats(0.1, 0.9995))
def test_per_cents_from_ten_on_are_right_to_a_tenth(probability: float) -> None:
    assert float(percent(probability).removesuffix(" %")) == pytest.approx(100 * probability, abs=0.05 * ROUNDING)


@given(st.floats(1e-12, 0.1, exclude_max=True))
def test_small_per_cents_are_right_to_two_digits(probability: float) -> None:
    assert float(percent(probability).removesuffix(" %")) == pytest.approx(100 * probability, rel=0.051)


@given(st.floats(1e-9, 1.0, exclude_max=True), st.floats(1e-9, 0.5))
def test_digits_left_out_are_smaller_than_the_error(probability: float, error: float) -> None:
    shown = float(percent(probability, error=error).removesuffix(" %")) / 100
    assert abs(shown - probability) <= max(0.5 * error, 0.06 * probability) * ROUNDING + 0.005


@pytest.mark.parametrize(
    ("probability", "said"), [(0.0, "0"), (1.0, "100 %"), (0.9999, "over 99.9 %"), (1e-9, "0.00000010 %")]
)
def test_only_exact_zeros_and_ones_are_said_to_be_so(probability: float, said: str) -> None:
    assert percent(probability) == said


@given(st.floats(LEAST_WHOLE, 0.995))
def test_common_events_are_right_to_one_case_of_a_hundred(probability: float) -> None:
    assert read(frequency(probability)) == pytest.approx(probability, abs=0.005 * ROUNDING)


@given(st.floats(FEWEST, LEAST_WHOLE, exclude_min=True, exclude_max=True))
def test_rare_events_are_right_to_two_digits(probability: float) -> None:
    assert read(frequency(probability)) == pytest.approx(probability, rel=0.051)


@pytest.mark.parametrize(
    ("probability", "said"),
    [
        (0.0, "never"),
        (1.0, "always"),
        (0.999, "over 99 of 100"),
        (1e-20, "under 1 in 1 trillion"),
        (0.025, "3 of 100"),
    ],
)
def test_the_ends_of_the_scale_have_words_of_their_own(probability: float, said: str) -> None:
    assert frequency(probability) == said


@pytest.mark.parametrize(
    ("count", "said"), [(1.0, "1"), (9.96, "10"), (999_999.0, "1 million"), (1e5, "100,000"), (2.5e11, "250 billion")]
)
def test_large_counts_are_rounded_and_then_named(count: float, said: str) -> None:
    assert many(count) == said


@pytest.mark.parametrize(("ratio", "said"), [(1.26, "1.3 times"), (2.96, "3 times"), (12.4, "12 times")])
def test_ratios_have_a_decimal_only_while_it_matters(ratio: float, said: str) -> None:
    assert times(ratio) == said


def test_ranges_payoffs_and_half_widths_read_well() -> None:
    assert span(0.5, 0.5) == "50.0 %"
    assert span(0.0, 1.0) == "0 – 100 %"
    assert payoff(-1.234) == "−1.23"
    assert points(0.0123) == "± 1.2"
