"""The crises that come with the package: what a few draws of each give, and that every command takes them.

`python tests/scenario/test_library_of_crises.py` records `expected/strikes.json` anew if a change is meant. One goes
through every command in `tests/test_renamed_everywhere.py`, here through a few; the long form, all commands on all of
them, is `SIM_EVERY_CRISIS=1 python -m pytest tests/scenario/test_library_of_crises.py`.

Deliberate breaks that turned a test red: the high end of one range moved by a tenth; a scenario without its question; a
claim that is cited nowhere.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from sim.cli import main
from sim.crisis.ladder import doctrine
from sim.crisis.payoffs import crisis
from sim.draws.blocks import parameter_blocks
from sim.scenario.library import bundled_scenarios
from sim.scenario.scenario import load_scenario

EXPECTED = Path(__file__).parent / "expected" / "strikes.json"
DRAWS = 1024
CASE = ("macron-2024", "one-voice", "author-slant", "columnist", "heisbourg", "misperceived")
"""Scenarios that were there before; all others ask a question."""

LINES = (
    "check {0}",
    "run {0} --draws 16 --out run-{0}",
    "solve {0}",
    "compare {0} --vary prior.resolute=0.5 --draws 16",
    "channels {0} --draws 16 --from {1} --to {2}",
    "sweep {0} --grid 2",
    "campaign {0} --draws 16 --months 2",
    "robustness {0} --draws 16",
    "sensitivity {0} --points 1024",
    "readings {0} --draws 16",
    "plausible {0} --draws 16",
    "export {0} --efg {0}.efg",
)

OTHERS = sorted({*bundled_scenarios()} - {*CASE})
EVERY = bool(os.environ.get("SIM_EVERY_CRISIS"))
QUICK = ("check", "solve", "channels", "export")


def strikes(name: str) -> dict[str, dict[str, list[float]]]:
    """Return strikes and hits by reading of the worst case and stance with a target, as means over a few draws."""
    scenario = load_scenario(name)
    stances = scenario.stances
    found: dict[str, dict[str, list[float]]] = {}
    every = [values for _, values in parameter_blocks(scenario, DRAWS, scenario.seed)]
    values = {each: np.concatenate([block[each] for block in every]) for each in every[0]}
    for reading in ("type", "outcome"):
        game, chances = crisis(values, worst_case=reading, stances=stances)
        found[reading] = {}
        for stance in stances.struck:
            outcomes = doctrine(game, chances, stance, stances)[0].outcomes
            found[reading][stance] = [round(float(outcomes[each].mean()), 4) for each in ("strike", "casualties")]
    return found


@pytest.mark.parametrize("name", bundled_scenarios())
def test_a_few_draws_give_what_was_recorded(name: str) -> None:
    recorded = json.loads(EXPECTED.read_text())[name]
    for reading, by_stance in strikes(name).items():
        assert list(by_stance) == list(recorded[reading])
        for stance, found in by_stance.items():
            assert found == pytest.approx(recorded[reading][stance], abs=1e-3), (reading, stance)


@pytest.mark.parametrize("name", OTHERS)
def test_a_crisis_has_a_title_a_question_and_uses_what_it_brings(name: str) -> None:
    scenario = load_scenario(name)
    assert scenario.title != name
    assert scenario.question.endswith("?")
    assert scenario.claims.keys() <= scenario.cited


@pytest.mark.parametrize("name", [name for name in OTHERS if load_scenario(name).called.get("sender")])
def test_a_crisis_between_others_says_nothing_of_the_article_s(name: str) -> None:
    scenario = load_scenario(name)
    texts = [f"{entry.assumption} {entry.rationale}" for entry in scenario.entries.values()]
    spoken = scenario.called["sender"]["name"], scenario.called["receiver"]["name"]
    strangers = [word for word in ("France", "French", "Ukraine", "Russia", "NATO") if word not in spoken]
    assert [text for text in texts if any(word in text for word in strangers)] == []


@pytest.mark.parametrize("name", OTHERS if EVERY else ["korea-1950"])
def test_commands_take_it(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    struck = load_scenario(name).stances.struck
    for line in (line for line in LINES if EVERY or line.split()[0] in QUICK):
        result = CliRunner().invoke(main, line.format(name, struck[0], struck[-1]).split())
        assert result.exit_code == 0, (line, result.output)


if __name__ == "__main__":
    found = {name: strikes(name) for name in bundled_scenarios()}
    rows = [f'"{name}": {json.dumps(each)}' for name, each in found.items()]
    EXPECTED.write_text("{\n" + ",\n".join(rows) + "\n}\n")
