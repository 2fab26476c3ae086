"""Is everything that a command says what it was when it was recorded? Words to the letter, numbers to rounding.

A change that is meant is recorded anew with `python tests/recorded/questions.py`, and told in the changelog. Deliberate
break that turned it red: the 95 % quantile of a run in place of the 5 % one.
"""

from __future__ import annotations

import gzip
import json
import re
from typing import Any

import pytest
from questions import ANSWERS, asked, questions

RECORDED = json.loads(gzip.decompress(ANSWERS.read_bytes()))
NUMBER = re.compile(r"(?<![\w.])-?\d+\.\d+(?:e[+-]?\d+)?(?![\w.])")


def alike(one: Any, other: Any) -> bool:  # noqa: ANN401 - whatever JSON holds
    """Whether two values are the same but for the rounding of floating-point sums."""
    if isinstance(one, float) and isinstance(other, int | float):
        return bool(one == pytest.approx(other, rel=1e-9, abs=1e-12))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(alike(each, other[key]) for key, each in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, str) and isinstance(other, str):
        numbers = (list(map(float, NUMBER.findall(each))) for each in (one, other))
        return NUMBER.sub("#", one) == NUMBER.sub("#", other) and alike(*numbers)
    return bool(one == other)


@pytest.mark.usefixtures("no_pixels", "no_layout")
@pytest.mark.parametrize("lines", list(questions()), ids=lambda lines: "; ".join(lines))
def test_a_command_answers_what_it_answered_before(lines: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matplotlib.figure.Figure.draw", lambda *_: None)  # of a picture its words are recorded alone
    for line, answer in asked(lines).items():
        before = RECORDED[line]
        assert alike(answer, before), {key: (answer[key], before[key]) for key in before if answer[key] != before[key]}
