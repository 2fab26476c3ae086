"""Are turns of phrase put together well: lists, conditions, counts, hints at what was meant?

Deliberate break that turned a test red: `listed` without the word before its last name.
"""

from __future__ import annotations

import io

import pytest

from sim.telling.answer import Answer, Provenance
from sim.telling.english import listed, rounded_up, set_by_hand
from sim.telling.faults import (
    Fault,
    ScenarioError,
    comma_hint,
    disguised,
    mistyped,
    nearest_word,
    percent_hint,
    point_hint,
    suggestion,
)
from sim.telling.numbers import base_of, counts, many, payoff, points, span, times
from sim.telling.plain import ERRORS, speak_plainly
from sim.telling.rendering import in_html, printable
from sim.telling.vocabulary import does, under

LIKELY = ["likely", "very likely"]
KEYS = ["draws", "seed"]


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        (listed(["a"]), "a"),
        (listed(["a", "b"]), "a and b"),
        (listed(["a", "b", "c"]), "a, b and c"),
        (under("commit"), "if France commits"),
        (under("rule_out"), "if France rules trainers out"),
        (under("equilibrium"), "if France chooses its stance"),
        (under("quiet"), "if France takes the stance quiet"),
        (does("commit"), "commits"),
        (does("quiet"), "takes the stance quiet"),
        (does("ambiguous", many=True), "stay ambiguous"),
        (points(0.00234), "± 0.23"),
        (points(0.0), "0"),
        (points(3.5e-7), "± 0.000035"),
        (many(6828.0), "6,800"),
        (many(12_345_678.0), "12 million"),
        (many(1e9), "1 billion"),
        (times(1.34), "1.3 times"),
        (times(9.12), "9 times"),
        (times(1234.0), "1,200 times"),
        (span(0.0, 0.1634), "0 – 16.3 %"),
        (span(0.35, 0.374), "35.0 – 37.4 %"),
        (span(0.0, 0.0), "0"),
        (payoff(-0.238), "−0.24"),
        (payoff(0.051), "0.05"),
        (payoff(-0.001), "0.00"),
        (printable("two\nlines\x1b[31m"), "two lines\ufffd[31m"),
    ],
)
def test_it_is_said_as_people_say_it(said: str, wanted: str) -> None:
    assert said == wanted


def test_counts_never_say_none_of_what_happens_nor_all_of_what_sometimes_does_not() -> None:
    assert counts([0.266, 0.0, 0.001, 0.998, 1.0]) == ["27", "0", "under 1", "over 99", "100"]
    assert counts([0.0003], 10_000) == ["3"]


def test_cases_are_as_many_as_it_takes_for_the_largest_to_be_two() -> None:
    assert [base_of([0.27, 0.0001]), base_of([0.0003]), base_of([0.0])] == [100, 10_000, 100]


def test_notes_stand_only_where_there_is_something_to_note() -> None:
    assert set_by_hand({"prior.resolute": 0.6}) == ["Set by hand: prior.resolute = 0.6."]
    assert set_by_hand({}) == rounded_up(1024, 1024) == []


def test_a_stamp_says_how_an_answer_can_be_had_again() -> None:
    where = Provenance("mine", "Mine", 1024, 0, {"sim": "1.0"}, {"prior.resolute": 0.5})
    assert where.stamp() == "mine, 1 set by hand · 1,024 draws · seed 0 · sim 1.0"


def test_html_is_escaped() -> None:
    assert in_html(Answer("run", "1 < 2", "seed 0", [], ["A note."], {})).startswith("<h3>1 &lt; 2</h3>\n")


# ------------------------------------------------------------------------------------------------------------ faults


@pytest.mark.parametrize(
    ("hint", "wanted"),
    [
        (suggestion("sede", KEYS), "did you mean 'seed'?"),
        (suggestion("x", KEYS), "allowed: draws, seed"),
        (suggestion("x", KEYS, otherwise="see the manual"), "see the manual"),
        (nearest_word("Sede", KEYS), "seed"),
        (nearest_word("unlikely", ["likely"]), None),
        (mistyped("very likley", LIKELY), "very likely"),
        (mistyped("quite likely", LIKELY), None),
        (disguised("\u2212"), "MINUS SIGN (U+2212) is not - but looks like it"),
        (disguised("\u00a0"), "NO-BREAK SPACE (U+00A0) cannot be seen: type a plain space or nothing"),
        (disguised("a"), ""),
        (percent_hint("interval = [10 %"), "for 10 % write 0.10"),
        (percent_hint("12.5%"), "for 12.5 % write 0.125"),
        (percent_hint("10"), ""),
        (point_hint("0", "6"), "write decimals with a point: 0.6"),
        (point_hint("1", "000"), "write 1000, or 1.000 if the comma is a decimal one"),
        (comma_hint([0, 10, 0, 60], 2, signed=False), "write decimals with a point: [0.10, 0.60]"),
        (comma_hint([0, 10, 0], 2, signed=False), ""),
    ],
)
def test_a_hint_says_what_was_probably_meant(hint: str | None, wanted: str | None) -> None:
    assert hint == wanted


def test_a_fault_shows_the_line_and_a_caret() -> None:
    fault = Fault("bad.toml", "unknown key 'sede'", "did you mean 'seed'?", 5, 1, "sede = 7", 4)
    shown = "bad.toml:5:1: unknown key 'sede'\n    5 | sede = 7\n      | ^^^^  did you mean 'seed'?"
    assert str(fault) == str(ScenarioError([fault])) == shown


# ---------------------------------------------------------------------------------------------------- plain letters


def test_a_poor_encoding_gets_plain_letters() -> None:
    assert "−5 – 7 · Λ → «é» ──┼ 中".encode("ascii", ERRORS).decode() == '-5 - 7 * Lambda -> "e" --+ ?'


def test_an_ascii_stream_speaks_plainly() -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    speak_plainly(stream)
    stream.write("5 – 6")
    stream.flush()
    assert stream.buffer.getvalue() == b"5 - 6"
