"""Does docs/readings.md show what the program does? Its table is run again, and what it says of it is true.

Deliberate break that turned a test red: a digit of the page's table changed.
"""

from __future__ import annotations

import doctest
import re

from click.testing import CliRunner
from places import DOCS

import sim
from sim.analyses.readings.words import leaders
from sim.cli import main

PAGE = (DOCS / "readings.md").read_text(encoding="utf-8")


def test_the_table_is_what_the_command_prints() -> None:
    ((command, shown),) = re.findall(r"```console\n\$ sim (.+?)\n(.+?)…\n```", PAGE, flags=re.DOTALL)
    answer = CliRunner(env={"COLUMNS": "80"}).invoke(main, command.split())
    printed = [line.rstrip() for line in answer.stdout.splitlines()]
    lines = shown.splitlines()
    assert len(lines) > 40
    assert printed[: len(lines)] == lines


def test_the_example_runs() -> None:
    assert doctest.testfile(str(DOCS / "readings.md"), module_relative=False) == doctest.TestResults(0, 4)


def test_what_the_page_says_of_its_table_is_true() -> None:
    result = sim.readings("macron-2024")
    by_key = {each.key: each.figures for each in result.readings}
    central = by_key["central"]
    strikes = [central[stance].strike or 0.0 for stance in result.stances]
    assert abs(strikes[0] - strikes[1]) < 0.02
    assert set(leaders(result, "strike")) >= {"ambiguous", "commit"}
    led = dict(zip(by_key, leaders(result, "casualties"), strict=True))
    assert [key for key, leader in led.items() if leader != "commit"] == ["exposed-type"]
    least = {stance: min(by_key, key=lambda key: by_key[key][stance].strike or 0.0) for stance in result.stances}
    assert set(least.values()) == {"outcome"}
