"""The scenario that is kept with a result repeats the run.

Deliberate break: leaving out `mass`, `scale` and `confidence` of a form fails the first test.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from sim.crisis.parameters import PARAMETERS
from sim.montecarlo.run import run
from sim.scenario.scenario import Scenario, load_scenario
from sim.scenario.writing import all_is_fine, scenario_toml

CHILD = """extends = "parent.toml"
title = 'A "quoted" title, back\\slash'
prior.resolute = 0.1
[prior.opportunist]
interval = [0.1, 0.30000000000000004]
mass = 0.8
assumption = "A line\\nand another."
rationale = "Ünïcode."
"""


def written(folder: Path, scenario: Scenario, *, draws: int, seed: int) -> Scenario:
    """Write the scenario and read it back, in a folder without its parents."""
    folder.mkdir()
    file = folder / "scenario.toml"
    file.write_text(scenario_toml(scenario, draws=draws, seed=seed), encoding="utf-8")
    return load_scenario(file)


@pytest.fixture
def child(tmp_path: Path) -> Scenario:
    bundled = load_scenario("macron-2024").path.read_text(encoding="utf-8")
    (tmp_path / "parent.toml").write_text(bundled, encoding="utf-8")
    (tmp_path / "child.toml").write_text(CHILD, encoding="utf-8")
    return load_scenario(tmp_path / "child.toml")


def test_what_is_written_is_what_was_meant(tmp_path: Path, child: Scenario) -> None:
    again = written(tmp_path / "run", child, draws=64, seed=7)
    assert (again.title, again.description, again.draws, again.seed) == (child.title, child.description, 64, 7)
    for name, entry in child.entries.items():
        assert again.entries[name].distribution == entry.distribution
        assert again.entries[name].evidence == entry.evidence


def test_a_saved_run_runs_again_to_the_same_numbers_settings_included(tmp_path: Path, child: Scenario) -> None:
    result = run(child.override({"signal.ambiguous.deployment": 1}), 64, seed=0)
    folder = result.save(tmp_path / "run")
    again = run(load_scenario(folder / "scenario.toml"))
    assert again.doctrine == result.doctrine
    assert again.seed == 0
    assert load_scenario(folder / "scenario.toml").sha256 == result.sha256
    assert result.settings == {"signal.ambiguous.deployment": 1.0}
    assert result.notes[0] == "Set by hand: signal.ambiguous.deployment = 1."


@pytest.mark.parametrize("history", [(0, "commit"), (3, "commit")])
@pytest.mark.parametrize("scale", ["icd203", "phia"])
def test_what_is_written_has_the_fingerprint_of_what_was_meant(
    tmp_path: Path, child: Scenario, history: tuple[int, str], scale: str
) -> None:
    for number, each in enumerate((child, load_scenario("macron-2024"), load_scenario("one-voice"))):
        meant = replace(each, history=history).on_scale(scale)
        assert written(tmp_path / f"{number}", meant, draws=64, seed=7).sha256 == meant.sha256


def test_a_sound_scenario_is_summed_up_in_counts_that_add_up() -> None:
    scenario = load_scenario("macron-2024")
    fixed = scenario.override({"prior.resolute": 0.5})
    uncertain = sum(not entry.distribution.certain for entry in scenario.entries.values())
    assert f"{len(PARAMETERS)} parameters, {uncertain} uncertain" in all_is_fine(scenario)
    assert f"{len(PARAMETERS)} parameters, {uncertain - 1} uncertain" in all_is_fine(fixed)
