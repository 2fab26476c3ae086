"""The strategic-ambiguity game simulator: escalation probabilities of a crisis from signalling games.

Every public name is on this screen; each is loaded when it is first used, so that ``import sim`` stays quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from sim import figures
    from sim.analyses.campaign.analysis import Campaign, campaign
    from sim.analyses.campaign.plan import CampaignPlan
    from sim.analyses.channels.analysis import channels
    from sim.analyses.channels.result import Channels
    from sim.analyses.compare.analysis import Comparison, compare
    from sim.analyses.plausible.analysis import Plausibility, plausibility
    from sim.analyses.readings.analysis import Readings, readings
    from sim.analyses.regimes.analysis import sweep, sweep_draws
    from sim.analyses.robustness.analysis import Robustness, robustness
    from sim.analyses.sensitivity.analysis import Sensitivity, sensitivity
    from sim.crisis.payoffs import crisis_game
    from sim.crisis.play import Play
    from sim.games.certificate import Certificate, certificate
    from sim.games.closed_form.perfect_bayesian import perfect_bayesian
    from sim.games.equilibria import Equilibria
    from sim.games.game import SignallingGame
    from sim.games.quantal.response import QuantalPath, QuantalResponse, quantal_path, quantal_response
    from sim.montecarlo.paths import paths
    from sim.montecarlo.result import Result, load_result
    from sim.montecarlo.run import run
    from sim.scenario.scenario import Scenario, ScenarioError, load_scenario
    from sim.solve.crisis_solution import Solution, solution
    from sim.solve.game_solution import GameSolution, game_solution

_HOMES = {
    "Campaign": "sim.analyses.campaign.analysis",
    "CampaignPlan": "sim.analyses.campaign.plan",
    "Certificate": "sim.games.certificate",
    "Channels": "sim.analyses.channels.result",
    "Comparison": "sim.analyses.compare.analysis",
    "Equilibria": "sim.games.equilibria",
    "GameSolution": "sim.solve.game_solution",
    "Plausibility": "sim.analyses.plausible.analysis",
    "Play": "sim.crisis.play",
    "QuantalPath": "sim.games.quantal.response",
    "QuantalResponse": "sim.games.quantal.response",
    "Readings": "sim.analyses.readings.analysis",
    "Result": "sim.montecarlo.result",
    "Robustness": "sim.analyses.robustness.analysis",
    "Scenario": "sim.scenario.scenario",
    "ScenarioError": "sim.scenario.scenario",
    "Sensitivity": "sim.analyses.sensitivity.analysis",
    "SignallingGame": "sim.games.game",
    "Solution": "sim.solve.crisis_solution",
    "campaign": "sim.analyses.campaign.analysis",
    "certificate": "sim.games.certificate",
    "channels": "sim.analyses.channels.analysis",
    "compare": "sim.analyses.compare.analysis",
    "crisis_game": "sim.crisis.payoffs",
    "figures": "sim.figures",
    "game_solution": "sim.solve.game_solution",
    "load_result": "sim.montecarlo.result",
    "load_scenario": "sim.scenario.scenario",
    "paths": "sim.montecarlo.paths",
    "perfect_bayesian": "sim.games.closed_form.perfect_bayesian",
    "plausibility": "sim.analyses.plausible.analysis",
    "quantal_path": "sim.games.quantal.response",
    "quantal_response": "sim.games.quantal.response",
    "readings": "sim.analyses.readings.analysis",
    "robustness": "sim.analyses.robustness.analysis",
    "run": "sim.montecarlo.run",
    "sensitivity": "sim.analyses.sensitivity.analysis",
    "solution": "sim.solve.crisis_solution",
    "sweep": "sim.analyses.regimes.analysis",
    "sweep_draws": "sim.analyses.regimes.analysis",
}

__all__ = [
    "Campaign", "CampaignPlan", "Certificate", "Channels", "Comparison", "Equilibria", "GameSolution", "Plausibility",
    "Play", "QuantalPath", "QuantalResponse", "Readings", "Result", "Robustness", "Scenario", "ScenarioError",
    "Sensitivity", "SignallingGame", "Solution", "campaign", "certificate", "channels", "compare", "crisis_game",
    "figures", "game_solution", "load_result", "load_scenario", "paths", "perfect_bayesian", "plausibility",
    "quantal_path", "quantal_response", "readings", "robustness", "run", "sensitivity", "solution", "sweep",
    "sweep_draws",
]  # fmt: skip


def __getattr__(name: str) -> object:
    """Load a public name from its module on first use (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module 'sim' has no attribute {name!r}; its public names are {', '.join(__all__)}")
    home = import_module(_HOMES[name])
    value = home if name == "figures" else getattr(home, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
