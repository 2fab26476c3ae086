"""No figure shows a key of a file: parameters and stances go by what they are, in every text.

Deliberate breaks that turned a test red: a row of the tornado named by its parameter; a figure drawn with the
speaker of tables, which leaves rule_out alone; an axis of a map with the name of its parameter behind it.
"""

from __future__ import annotations

import re
from functools import cache

import pytest
from every_figure import drawn, every, figures, texts
from other_scenarios import other
from places import ROOT

import sim
from sim.analyses.sensitivity.figures import figures as of_drivers
from sim.scenario.scenario import Scenario
from sim.telling.answer import Figure, figure_in_words

KEY = re.compile(r"[a-z_]+\.[a-z_]+|\b[a-z]+_[a-z_]+\b")
"""A dotted path, or words joined as no sentence joins them."""

SCENARIOS = ("macron-2024", "four", "renamed")


@cache
def scenario(name: str) -> Scenario:
    """Return a scenario by name."""
    if name == "renamed":
        return sim.load_scenario(ROOT / "tests" / "support" / "renamed.toml")
    return other(name) if name == "four" else sim.load_scenario(name)


def shown(name: str) -> list[Figure]:
    """Return every figure of a scenario, of which the drivers need more points than the others draws."""
    if name == "macron-2024":
        return [*every().values()]
    found = sim.sensitivity(scenario(name), points=1024)
    return [*figures(scenario(name)), *(figure_in_words(each, found.naming) for each in of_drivers(found, "strike"))]


@pytest.mark.slow
@pytest.mark.usefixtures("no_layout")
@pytest.mark.parametrize("name", SCENARIOS)
def test_no_text_of_any_figure_holds_a_key(name: str) -> None:
    found = shown(name)
    assert len(found) >= 14
    for figure in found:
        said = [figure.finding, figure.alt, *(text.get_text() for text in texts(drawn(figure)))]
        assert [text for text in said if KEY.search(text)] == [], figure.name


def test_the_pattern_finds_what_it_is_to_find() -> None:
    for text in ("signal.rule_out.stance_value", "under rule_out nobody", "prior.resolute=0.6", "worst_case"):
        assert KEY.search(text)
    for text in ("0.1.0 · seed 2024", "NATO–Russia war", "26 of 100. It is so", "macron-2024"):
        assert not KEY.search(text)
