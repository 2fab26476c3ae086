"""Does docs/results.md name every key that a run and a solved point hold?

Deliberate break that turned a test red: the row of `standing` taken out.
"""

from __future__ import annotations

import re

import pytest
from places import DOCS
from some_results import played, real

import sim
from sim.crisis.play import Play
from sim.solve.answer import answer
from sim.solve.average import on_average
from sim.solve.crisis_solution import solution

NAMED = set(re.findall(r"`([\w.]+)`", (DOCS / "results.md").read_text(encoding="utf-8")))


@pytest.mark.parametrize("result", [real(), played(Play("quantal", rationality=3))], ids=["equilibrium", "quantal"])
def test_every_key_of_a_run_is_on_the_page(result: sim.Result) -> None:
    told = result.to_dict()
    inner = {*told["equilibrium"], *told["readings"], *told["readings"]["type"], *told["doctrine"]["commit"]}
    assert (set(told) | inner) - NAMED == set()


@pytest.mark.parametrize("concept", ["equilibrium", "quantal"])
def test_the_keys_of_a_point_that_the_page_names_are_there(concept: str) -> None:
    scenario = sim.load_scenario("macron-2024")
    told = answer(solution(scenario, play=Play(concept)), on_average(scenario)).data
    said = (DOCS / "results.md").read_text(encoding="utf-8").partition("`sim solve --json`")[2]
    assert set(re.findall(r"`(\w+)`", said)) <= set(told)
