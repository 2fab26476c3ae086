"""Does docs/readings.md show what the program does? Its table is run again, and what it says of it is true.

Deliberate break that turned a test red: a digit of the page's table changed.
"""

from __future__ import annotations

import doctest
import re

import pytest
from click.testing import CliRunner
from places import DOCS

import sim
from sim.analyses.readings import table
from sim.analyses.readings.words import leaders
from sim.cli import main
from sim.telling.answer import Answer

PAGE = (DOCS / "readings.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def asked() -> tuple[sim.Readings, list[str], list[str]]:
    """Type the command of the page; return its result, what it prints and what the page shows of that."""
    ((command, shown),) = re.findall(r"```console\n\$ sim (.+?)\n(.+?)…\n```", PAGE, flags=re.DOTALL)
    found: list[sim.Readings] = []
    told = table.answer

    def kept(result: sim.Readings) -> Answer:
        found.append(result)
        return told(result)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(table, "answer", kept)
        printed = CliRunner(env={"COLUMNS": "80"}).invoke(main, command.split()).stdout
    return found[0], [line.rstrip() for line in printed.splitlines()], shown.splitlines()


def test_the_table_is_what_the_command_prints(asked: tuple[sim.Readings, list[str], list[str]]) -> None:
    _, printed, lines = asked
    assert len(lines) > 40
    assert printed[: len(lines)] == lines


def test_the_example_runs() -> None:
    assert doctest.testfile(str(DOCS / "readings.md"), module_relative=False) == doctest.TestResults(0, 4)


def test_what_the_page_says_of_its_table_is_true(asked: tuple[sim.Readings, list[str], list[str]]) -> None:
    result = asked[0]
    by_key = {each.key: each.figures for each in result.readings}
    central = by_key["central"]
    strikes = [central[stance].strike or 0.0 for stance in result.stances]
    assert abs(strikes[0] - strikes[1]) < 0.02
    assert set(leaders(result, "strike")) >= {"ambiguous", "commit"}
    led = dict(zip(by_key, leaders(result, "casualties"), strict=True))
    assert [key for key, leader in led.items() if leader != "commit"] == ["exposed-type"]
    least = {stance: min(by_key, key=lambda key: by_key[key][stance].strike or 0.0) for stance in result.stances}
    assert set(least.values()) == {"outcome"}
