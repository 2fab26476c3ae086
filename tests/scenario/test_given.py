"""What a newcomer may pass: a scenario by name or file, a precision as a number, axes by name; else a clear message.

Deliberate break that turned a test red: `plan` no longer hands its precision to `as_precision`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import sim
from sim.analyses.regimes.axes import axis_of
from sim.montecarlo.job import plan
from sim.montecarlo.precision import Precision
from sim.scenario.library import bundled_scenarios
from sim.scenario.scenario import load_scenario

BASE = load_scenario("macron-2024")

SMALL: dict[str, dict[str, Any]] = {
    "campaign": {"draws": 16},
    "channels": {"draws": 16},
    "robustness": {"draws": 16},
    "run": {"draws": 16},
    "sensitivity": {"points": 1024},
    "sweep": {"grid": 2},
    "sweep_draws": {"grid": 2, "draws": 16},
}


@pytest.mark.parametrize("name", SMALL)
def test_a_scenario_may_be_given_by_its_name(name: str) -> None:
    asked: Callable[..., Any] = getattr(sim, name)
    assert asked("macron-2024", **SMALL[name]).to_dict() == asked(BASE, **SMALL[name]).to_dict()


@pytest.mark.parametrize("name", [*SMALL, "paths"])
def test_what_is_no_scenario_is_refused_by_name_of_its_type(name: str) -> None:
    with pytest.raises(TypeError, match=r"scenario must be a Scenario, the name of a bundled one.*it is of type dict"):
        getattr(sim, name)({}, **SMALL.get(name, {}))


def test_a_scenario_may_be_given_as_a_file(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_bytes(bundled_scenarios()["macron-2024"].read_bytes())
    assert plan(file).scenario.entries == plan(str(file)).scenario.entries == BASE.entries
    stories = [sim.paths(each, crises=50)["rung"].tolist() for each in (file, BASE)]
    assert stories[0] == stories[1]
    two = sim.compare([file, "macron-2024"], draws=16)
    assert two.labels == ["macron-2024", "macron-2024 (2)"]


def test_a_misspelt_name_is_answered_with_the_right_one() -> None:
    with pytest.raises(sim.ScenarioError, match="did you mean 'macron-2024'"):
        sim.channels("macron-2042")


def test_a_precision_may_be_a_number_or_text() -> None:
    assert plan(BASE, precision=0.01).precision == Precision(0.01)
    assert plan(BASE, precision="commit.war=0.01").precision == Precision(0.01, "commit", "war")
    assert plan(BASE, precision=0.01).draws > BASE.draws
    with pytest.raises(TypeError, match=r"precision must be a number, or text such as .*; it is \[0.1\]"):
        plan(BASE, precision=[0.1])  # type: ignore[arg-type]


@pytest.mark.parametrize(("draws", "said"), [("many", "it is 'many'$"), (1e6, "it is 1000000.0: write 1000000$")])
def test_draws_that_are_no_whole_number_are_named(draws: object, said: str) -> None:
    with pytest.raises(TypeError, match=f"draws must be a whole number; {said}"):
        plan(BASE, draws)  # type: ignore[arg-type]


@pytest.mark.parametrize("alone", ["macron-2024", BASE, Path("macron-2024")])
def test_one_scenario_is_not_compared(alone: object) -> None:
    with pytest.raises(TypeError, match=r"scenarios must be a list of at least two, such as .*; it is one alone"):
        sim.compare(alone)  # type: ignore[arg-type]


def test_axes_may_be_given_by_name_and_have_defaults() -> None:
    x, y = axis_of(BASE, "prior.resolute"), axis_of(BASE, "france.war_cost.resolute")
    assert (
        sim.sweep(BASE, x=x, y="france.war_cost.resolute", grid=2).to_dict()
        == sim.sweep(BASE, (x, y), grid=2).to_dict()
    )
    usual = sim.sweep(BASE, grid=2)
    assert (usual.x.name, usual.y.name) == ("prior.resolute", "signal.commit.stance_value")
    with pytest.raises(sim.ScenarioError, match=r"did you mean 'prior\.resolute'"):
        sim.sweep_draws(BASE, x="prior.resolut")
    with pytest.raises(TypeError, match=r"axes must be two parameters, as in x='prior.resolute'"):
        sim.sweep(BASE, "prior.resolute")  # type: ignore[arg-type]
