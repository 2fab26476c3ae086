"""Is everything that a command says what it was when it was recorded? Words to the letter, numbers to rounding.

A change that is meant is recorded anew with `python tests/recorded/questions.py`, and told in the changelog. Deliberate
break that turned it red: the 95 % quantile of a run in place of the 5 % one.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

import pytest
from questions import ANSWERS, asked, questions

RECORDED = json.loads(gzip.decompress(ANSWERS.read_bytes()))
FIRST, MOST = 8, 160  # differences that are shown, and letters of each value
ABSENT = "(nothing)"
NUMBER = re.compile(r"(?<![\w.])-?\d+\.\d+(?:e[+-]?\d+)?(?![\w.])")


def differences(now: Any, before: Any, place: str = "") -> Iterator[str]:  # noqa: ANN401 - whatever JSON holds
    """Yield where two values differ by more than the rounding of floating-point sums, and what stands there."""
    if isinstance(now, dict) and isinstance(before, dict):
        for key in [*before, *(key for key in now if key not in before)]:
            yield from differences(now.get(key, ABSENT), before.get(key, ABSENT), f"{place} › {key}")
    elif isinstance(now, list) and isinstance(before, list) and len(now) == len(before):
        for number, (one, other) in enumerate(zip(now, before, strict=True)):
            yield from differences(one, other, f"{place} [{number}]")
    elif isinstance(now, str) and isinstance(before, str):
        lines = zip_longest(now.split("\n"), before.split("\n"), fillvalue=ABSENT)
        if wrong := next((pair for pair in lines if not same_text(*pair)), None):
            yield f"{place}: {wrong[0][:MOST]!r}, before {wrong[1][:MOST]!r}"
    elif now != before and not same_number(now, before):
        yield f"{place}: {str(now)[:MOST]}, before {str(before)[:MOST]}"


def same_text(one: str, other: str) -> bool:
    """Whether two texts are the same but for the rounding of the numbers in them."""
    numbers = (list(map(float, NUMBER.findall(each))) for each in (one, other))
    return NUMBER.sub("#", one) == NUMBER.sub("#", other) and all(map(same_number, *numbers))


def same_number(one: object, other: object) -> bool:
    """Whether two values are numbers that are the same but for rounding."""
    both = isinstance(one, float) and isinstance(other, int | float)
    return both and bool(one == pytest.approx(other, rel=1e-9, abs=1e-12))


@pytest.mark.parametrize(
    ("now", "before", "told"),
    [
        ({"a": [1, {"b": 0.5}]}, {"a": [1, {"b": 0.25}]}, [" › a [1] › b: 0.5, before 0.25"]),
        ({"a": 1.0 + 1e-12, "b": "x 1.0000000001 y"}, {"a": 1.0, "b": "x 1.0 y"}, []),
        ({"a": "one\ntwo 2.5"}, {"a": "one\ntwo 2.6"}, [" › a: 'two 2.5', before 'two 2.6'"]),
        ({"a": 1}, {"b": 1}, [" › b: (nothing), before 1", " › a: 1, before (nothing)"]),
        ({"a": [1, 2], "c": "x", "d": "x"}, {"a": [1], "c": 1, "d": None}, 3),
        ({"a": None, "b": True}, {"a": 0.0, "b": 1.5}, 2),
    ],
)
def test_what_differs_is_named_with_both_values(now: object, before: object, told: list[str] | int) -> None:
    found = list(differences(now, before))
    assert (len(found) if isinstance(told, int) else found) == told


@pytest.mark.usefixtures("no_pixels", "no_layout")
@pytest.mark.parametrize("lines", list(questions()), ids=lambda lines: "; ".join(lines))
def test_a_command_answers_what_it_answered_before(lines: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matplotlib.figure.Figure.draw", lambda *_: None)  # of a picture its words are recorded alone
    found = [each for line, now in asked(lines).items() for each in differences(now, RECORDED[line], line)]
    meant = "if that is meant: python tests/recorded/questions.py"
    assert not found, "\n".join([f"{len(found)} differ ({meant}), first:", *found[:FIRST]])
