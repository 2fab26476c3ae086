"""What happened in one draw of a run? The same numbers again, to the last bit, and what follows from them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sim.crisis.play import Play
from sim.montecarlo.identity import fingerprint
from sim.montecarlo.result import RESULT_FILE, SCENARIO_FILE, Result, load_result
from sim.scenario.scenario import Scenario, load_scenario
from sim.solve.crisis_solution import Draw, Solution, draw_of, solution
from sim.work.manifest import located

SCHEMA = 1  # version of the dict's shape; it rises when a name or a meaning changes


@dataclass(frozen=True, eq=False)
class Replay:
    """One draw of a run, solved, and whether it is to be trusted to be the same one.

    It is the `same` if this machine and these versions draw and solve as the run did: its self-test gives the same
    hash. If the scenario in the folder was `changed` after the run, the draw is of the changed one.
    """

    result: Result
    solution: Solution
    same: bool
    changed: bool

    def to_dict(self) -> dict[str, Any]:
        """Return everything as JSON can hold it."""
        run = self.result
        return {
            "schema": SCHEMA,
            "run": {"scenario": run.scenario, "draws": run.draws, "seed": run.seed},
            "same": self.same,
            "changed": self.changed,
            "ranges": self.ranges(),
            "solution": self.solution.to_dict(),
        }

    def ranges(self) -> dict[str, list[float]]:
        """Return the 5, 50 and 95 % values of what is believed about each parameter."""
        levels = np.array([0.05, 0.5, 0.95])
        entries = self.solution.scenario.entries
        drawn = self.solution.parameters
        return {name: entry.distribution.quantile(levels).tolist() for name, entry in entries.items() if name in drawn}


def replay(folder: str | Path, number: int) -> Replay:
    """Solve one draw of a run again."""
    return solved(*chosen(folder, number))


def chosen(folder: str | Path, number: int) -> tuple[Result, Scenario, Draw]:
    """Return a run, its scenario as it is now, and one draw, or say why there is none."""
    home = Path(folder)
    for name in (RESULT_FILE, SCENARIO_FILE):
        if not located(home, name).is_file():
            what = f"it has no {name}" if home.is_dir() else "there is no such folder"
            raise ValueError(f"{folder} must be a run folder; {what}")
    result = load_result(folder)
    scenario = load_scenario(located(home, SCENARIO_FILE))
    return result, scenario, draw_of(scenario, number, draws=result.draws, seed=result.seed)


def solved(result: Result, scenario: Scenario, draw: Draw) -> Replay:
    """Solve a draw of a run again."""
    play = Play(result.concept, result.refinement, result.select, result.rationality, result.last_move)
    same = fingerprint(scenario, result.seed)["stream"] == result.versions.get("stream")
    return Replay(result, solution(scenario, play=play, draw=draw), same, scenario.sha256 != result.sha256)
