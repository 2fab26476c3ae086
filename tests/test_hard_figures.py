"""Are figures of hard scenarios whole, apart and in words? Texts measured, for long names and numbers at the rims.

Every figure is measured for the scenarios that are hardest, and of a run for all twelve; all for all, in one and a half
minutes, with SIM_EVERY_FIGURE=1.

Deliberate breaks that turned a test red: lines broken before names are put in the scenario's words; a rung's name on
the line of its neighbours; a figure drawn with the speaker of tables, which leaves rule_out alone.
"""

from __future__ import annotations

import os
import tempfile
import warnings
from functools import cache
from pathlib import Path

import pytest
from degenerate_scenarios import degenerate
from every_figure import drawn, figures, keyed
from other_scenarios import degenerate as drawn_at
from other_scenarios import other
from places import ROOT

import sim
from sim.analyses.sensitivity.figures import figures as of_drivers
from sim.drawing.fitting import faults as measured
from sim.drawing.parts import UnreadableError
from sim.drawing.steps import QUESTIONS
from sim.montecarlo.result import Result
from sim.montecarlo.told.figure import figures as of_a_run
from sim.montecarlo.told.findings import figures as of_findings
from sim.scenario.scenario import Scenario
from sim.telling.answer import Figure, figure_in_words

NAMES = """extends = "macron-2024"
name = "named"
[names]
sender = {{ name = "{0}", adjective = "{1}" }}
receiver = {{ name = "{2}", adjective = "{3}" }}
protege = "{9}"
deployed = "{10}"
[names.stances]
rule_out = "{4}"
ambiguous = "{5}"
commit = "{6}"
[names.rungs]
strike = "{7}"
casualties = "{8}"
"""
LETTERS = ("Bosnia-Herzegovina-X", "Bosnian-Herzegovinan", "Czechoslovakia-North", "Czechoslovakian-East",
           "rule it out entirely", "leave it in the dark", "commit to it in full", "bombard from the air",
           "soldiers are wounded", "Liechtenstein-Südost", "instructors-in-chief")  # fmt: skip
CJK = ("日本", "日本の", "中国", "中国の", "否認する", "曖昧にする", "約束する", "攻撃", "死傷者", "台湾", "顧問")


def named(*names: str) -> Scenario:
    """Return the bundled scenario with other names."""
    with tempfile.TemporaryDirectory() as folder:
        (file := Path(folder) / "named.toml").write_text(NAMES.format(*names), encoding="utf-8")
        return sim.load_scenario(file)


GRID = 4
"""Nodes of a map each way: its texts are as hard as those of a finer one, and cost a quarter."""

OF_A_RUN, DRIVERS = {"promise", "exposure", "icons", "dots"}, {"sensitivity", "tornado"}
UNLESS = {"flips", "readings"}  # there are none where no belief is open, or nobody is ever there
LONG = ("twenty letters",)

HARD = {
    "near zero": lambda: degenerate()["near zero"],
    "ones": lambda: degenerate()["ones"],
    "halves": lambda: degenerate()["halves"],
    "always struck": lambda: degenerate()["always struck"],
    "never struck": lambda: degenerate()["never struck"],
    "stances alike": lambda: degenerate()["stances alike"],
    "nobody there": lambda: degenerate()["nobody there"],
    "rare": lambda: drawn_at("rare"),
    "four stances": lambda: other("struck and quiet"),
    "renamed": lambda: sim.load_scenario(ROOT / "tests" / "support" / "renamed.toml"),
    "twenty letters": lambda: named(*LETTERS),
    "no letters of ours": lambda: named(*CJK),
}
"""Twelve scenarios that a figure could fail at."""


@cache
def result(name: str) -> Result:
    """Return a small run of one."""
    return sim.run(HARD[name](), 64)


def faults(figure: Figure) -> list[str]:
    """Return which texts are cut, lie over each other or hold keys of files; nothing of a figure that is refused."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph")  # boxes are as wide as what they stand for
        try:
            return measured(canvas := drawn(figure)) + keyed(figure, canvas)
        except UnreadableError as refused:
            return [] if " must " in str(refused) else [f"refused without a rule: {refused}"]


@pytest.mark.parametrize("name", HARD)
def test_no_text_of_a_run_s_figures_is_cut_or_lies_over_another(name: str) -> None:
    run = result(name)
    for figure in (*of_a_run(run), *of_findings(run)):
        assert faults(figure_in_words(figure, run.naming)) == [], figure.name


HARDEST = [*HARD] if os.environ.get("SIM_EVERY_FIGURE") else ["four stances", "twenty letters"]
"""More stances than usual, and names as long as they may be."""


@pytest.mark.parametrize("name", HARDEST)
def test_no_text_of_any_figure_is_cut_or_lies_over_another(name: str) -> None:
    scenario = HARD[name]()
    found = {figure.kind or figure.name: faults(figure) for figure in figures(scenario, draws=32, grid=GRID)}
    assert {*QUESTIONS} - {*found} - OF_A_RUN - DRIVERS <= UNLESS
    assert {kind: said for kind, said in found.items() if said} == {}


@pytest.mark.parametrize("name", [name for name in HARDEST if name in LONG or os.environ.get("SIM_EVERY_FIGURE")])
def test_no_text_of_the_drivers_is_cut_or_lies_over_another(name: str) -> None:
    found = sim.sensitivity(HARD[name](), points=1024)
    for outcome in ("strike", "france_payoff"):
        for figure in of_drivers(found, outcome):
            assert faults(figure_in_words(figure, found.naming)) == [], figure.name
