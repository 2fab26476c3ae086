"""Numbers and choices as people type them.

Deliberate break that turned a test red: 1.5e0 taken as 1, its fraction cut off.
"""

from __future__ import annotations

import json

import click
import pytest
from click.testing import CliRunner, Result

from sim.cli import main
from sim.commands.spelling import Whole, number_hint


def call(*words: str) -> Result:
    """Call the program."""
    return CliRunner().invoke(main, words)


@pytest.mark.parametrize(
    ("text", "number"), [("64", 64), ("6.4e1", 64), ("1E6", 10**6), ("1e+6", 10**6), ("1_000_000", 10**6)]
)
def test_a_whole_number_may_be_written_with_a_power_or_underscores(text: str, number: int) -> None:
    assert Whole(1, 2**30).convert(text, None, None) == number


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("10k", "'10k' is not a valid integer: write 10000"),
        ("1.5M", "'1.5M' is not a valid integer: write 1500000"),
        ("1,000,000", "'1,000,000' is not a valid integer: write 1000000"),
        ("1.5e0", "'1.5e0' is not a valid integer"),
        ("64.0", "'64.0' is not a valid integer"),
        ("1e12", "1000000000000 is not in the range"),
    ],
)
def test_what_is_not_whole_or_in_doubt_is_refused(text: str, said: str) -> None:
    with pytest.raises(click.BadParameter, match=said):
        Whole(1, 2**30).convert(text, None, None)


@pytest.mark.parametrize(
    ("number", "said"),
    [("0,6", "write decimals with a point: 0.6"), ("60%", "for 60 % write 0.60"), ("half", "as in prior.resolute=")],
)
def test_a_setting_that_is_no_number_is_answered_with_how_to_write_it(number: str, said: str) -> None:
    done = call("run", f"--set=prior.resolute={number}")
    assert (done.exit_code, said in " ".join(done.stderr.replace("│", "").split())) == (2, True)


def test_three_digits_after_a_comma_may_be_thousands() -> None:
    assert number_hint("1,000") == "write 1000, or 1.000 if the comma is a decimal one"


def test_choices_are_read_in_any_case() -> None:
    done = call("channels", "--outcome", "WAR", "--from", "Commit", "--draws", "16", "--json", "--quiet")
    answer = json.loads(done.stdout)
    assert (answer["outcome"], answer["from"]) == ("war", "commit")
    solved = json.loads(call("solve", "--refinement", "D1", "--json").stdout)
    assert solved == json.loads(call("solve", "--refinement", "d1", "--json").stdout)
