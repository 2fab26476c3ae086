"""Does docs/campaign.md show what the program does? Its example is run and its hand calculation repeated.

Deliberate break that turned a test red: a digit of the page's table changed.
"""

from __future__ import annotations

import math
import re

from click.testing import CliRunner
from places import DOCS

from sim.cli import main

PAGE = (DOCS / "campaign.md").read_text(encoding="utf-8")


def test_the_example_is_what_the_command_prints() -> None:
    command, shown = re.findall(r"```console\n\$ sim (.+?)\n(.+?)…\n```", PAGE, flags=re.DOTALL)[0]
    answer = CliRunner(env={"COLUMNS": "80"}).invoke(main, command.split())
    printed = [line.rstrip() for line in answer.stdout.splitlines()]
    lines = shown.splitlines()
    assert len(lines) > 20
    assert printed[: len(lines)] == lines


def test_the_calculation_by_hand_is_right() -> None:
    gains = 0.3 * -0.2905 + 0.7 * -0.0335, 0.3 * -0.0758 + 0.7 * 0.0462
    cautious, opportunist = (1 / (1 + math.exp(5 * gain)) for gain in gains)
    odds = [(opportunist / cautious) ** holds / 3 for holds in (1, 5)] + [(1 - opportunist) / (1 - cautious) / 3]
    beliefs = [f"{100 * each / (1 + each):.1f} %" for each in odds]
    numbers = [f"{each:.4f}" for each in (*gains, cautious, opportunist, opportunist / cautious)]
    flat = " ".join(PAGE.split()).replace("−", "-")
    assert [number for number in (*numbers, *beliefs) if number not in flat] == []
