"""At neutral values of all that came later, is every figure the one of the earlier model? Against a record of its code.

Neutral is: no relief by backing, no price of an attack, no cost of a backed clash, one war cost for both types of
France, a belief that is the prior. The scenarios leave all of them out.

Deliberate breaks that turned these red: the price of an attack defaulting to 0.01; the bluffing type's war cost drawn
by itself where one line gives both.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import sim

HERE = Path(__file__).parents[1]
EARLIER = json.loads((HERE / "reference/earlier.json").read_text(encoding="utf-8"))
PLAYS = {
    "earlier-baseline": sim.Play(),
    "earlier-one-voice": sim.Play(),
    "earlier-outcome": sim.Play(refinement="d1", select="uniform"),
    "earlier-quantal": sim.Play("quantal"),
}


def leaves(tree: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Yield every number of nested dicts and lists with its path."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from leaves(value, f"{path}/{key}")
    elif isinstance(tree, list):
        for number, value in enumerate(tree):
            yield from leaves(value, f"{path}/{number}")
    else:
        yield path, tree


@pytest.mark.parametrize("name", PLAYS)
def test_every_figure_of_the_earlier_model_comes_back(name: str) -> None:
    file = "earlier-baseline" if name == "earlier-quantal" else name
    result = sim.run(HERE / f"support/earlier/{file}.toml", draws=4096, play=PLAYS[name])
    now = dict(leaves({kind: getattr(result, kind) for kind in EARLIER[name]}))
    before = {path.replace("france.war_cost", "france.war_cost.resolute"): each for path, each in leaves(EARLIER[name])}
    assert len(before) > 300
    assert before.keys() <= now.keys()
    for path, number in before.items():
        assert now[path] == pytest.approx(number, rel=0, abs=1e-12), path


def test_the_two_war_costs_of_one_line_are_one_number() -> None:
    scenario = sim.load_scenario(HERE / "support/earlier/earlier-baseline.toml")
    kept = sim.run(scenario, draws=256, keep_draws=True).parameters
    assert kept is not None
    assert kept["france.war_cost.resolute"].tolist() == kept["france.war_cost.bluffing"].tolist()
    assert scenario.entries["france.war_cost.bluffing"].shares == "france.war_cost.resolute"
