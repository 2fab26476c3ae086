"""Does the engine of the page say of every doctrine what Python says, on the same draws?"""

from __future__ import annotations

import json

import pytest
from page_engine import evaluated, keep

import sim
from sim.crisis.ladder import OUTCOMES
from sim.page.draws import carried
from sim.scenario.scenario import load_scenario

SCENARIOS = ("macron-2024", "author-slant", "columnist", "heisbourg", "misperceived", "one-voice")
DRAWS = 256


@pytest.mark.parametrize("name", SCENARIOS)
def test_doctrines_of_bundled_scenarios_agree_to_a_billionth(name: str) -> None:
    keep("draws", f"engine.drawsOf({json.dumps(carried(load_scenario(name), DRAWS))})")
    result = sim.run(name, DRAWS)
    for reading, exposures in result.readings.items():
        for exposure, held in exposures.items():
            reference = result.reference if exposure == "equal_exposure" else None
            options = json.dumps({"worstCase": reading, "equalExposure": reference})
            found = evaluated(f"engine.solveDraws(draws, {options}).doctrine")
            for stance, figures in held.items():
                expected = [figures[outcome]["mean"] for outcome in OUTCOMES]
                assert [found[stance][outcome] for outcome in OUTCOMES] == pytest.approx(expected, abs=1e-9)
                assert found[stance]["strikes"] == pytest.approx(figures["strikes"], abs=1e-12)
    found = evaluated(f"engine.solveDraws(draws, {{worstCase: {result.worst_case!r}}}).doctrine")
    payoffs = {stance: told["france_payoff"]["mean"] for stance, told in result.doctrine.items()}
    assert {stance: told["france_payoff"] for stance, told in found.items()} == pytest.approx(payoffs, abs=1e-9)
