"""The strategic-ambiguity game simulator: escalation probabilities of a crisis from signalling games.

Every public name is on this screen; each is loaded when it is first used, so that ``import sim`` stays quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from sim.crisis.payoffs import crisis_game
    from sim.games.certificate import Certificate, certificate
    from sim.games.equilibria import Equilibria
    from sim.games.game import SignallingGame
    from sim.games.perfect_bayesian import perfect_bayesian
    from sim.games.quantal import QuantalPath, QuantalResponse, quantal_path, quantal_response
    from sim.show import figures
    from sim.study.campaign import Campaign, campaign
    from sim.study.campaign_plan import CampaignPlan
    from sim.study.channels import Channels, channels
    from sim.study.comparison import Comparison, compare
    from sim.study.montecarlo import run
    from sim.study.paths import paths
    from sim.study.plausibility import Plausibility, plausibility
    from sim.study.play import Play
    from sim.study.regimes import sweep, sweep_draws
    from sim.study.result import Result, load_result
    from sim.study.robustness import Robustness, robustness
    from sim.study.scenario import Scenario, ScenarioError, load_scenario
    from sim.study.sensitivity import Sensitivity, sensitivity

_HOMES = {
    "Campaign": "sim.study.campaign",
    "CampaignPlan": "sim.study.campaign_plan",
    "Certificate": "sim.games.certificate",
    "Channels": "sim.study.channels",
    "Comparison": "sim.study.comparison",
    "Equilibria": "sim.games.equilibria",
    "Plausibility": "sim.study.plausibility",
    "Play": "sim.study.play",
    "QuantalPath": "sim.games.quantal",
    "QuantalResponse": "sim.games.quantal",
    "Result": "sim.study.result",
    "Robustness": "sim.study.robustness",
    "Scenario": "sim.study.scenario",
    "ScenarioError": "sim.study.scenario",
    "Sensitivity": "sim.study.sensitivity",
    "SignallingGame": "sim.games.game",
    "campaign": "sim.study.campaign",
    "certificate": "sim.games.certificate",
    "channels": "sim.study.channels",
    "compare": "sim.study.comparison",
    "crisis_game": "sim.crisis.payoffs",
    "figures": "sim.show",
    "load_result": "sim.study.result",
    "load_scenario": "sim.study.scenario",
    "paths": "sim.study.paths",
    "perfect_bayesian": "sim.games.perfect_bayesian",
    "plausibility": "sim.study.plausibility",
    "quantal_path": "sim.games.quantal",
    "quantal_response": "sim.games.quantal",
    "robustness": "sim.study.robustness",
    "run": "sim.study.montecarlo",
    "sensitivity": "sim.study.sensitivity",
    "sweep": "sim.study.regimes",
    "sweep_draws": "sim.study.regimes",
}

__all__ = [
    "Campaign", "CampaignPlan", "Certificate", "Channels", "Comparison", "Equilibria", "Plausibility", "Play",
    "QuantalPath", "QuantalResponse", "Result", "Robustness", "Scenario", "ScenarioError", "Sensitivity",
    "SignallingGame", "campaign", "certificate", "channels", "compare", "crisis_game", "figures", "load_result",
    "load_scenario", "paths", "perfect_bayesian", "plausibility", "quantal_path", "quantal_response",
    "robustness", "run", "sensitivity", "sweep", "sweep_draws",
]  # fmt: skip


def __getattr__(name: str) -> object:
    """Load a public name from its module on first use (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module 'sim' has no attribute {name!r}; its public names are {', '.join(__all__)}")
    home = import_module(_HOMES[name])
    value = import_module("sim.show.figures") if name == "figures" else getattr(home, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
