"""How is one encounter played at the beliefs of the day? Batch last: k and t types, m signals, n games."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from sim.analyses.campaign.plan import CampaignPlan
from sim.crisis.crisis_quantal import quantal_play, stakes
from sim.crisis.ladder import doctrine
from sim.crisis.parameters import ACTIONS, BASELINE, Stances
from sim.crisis.payoffs import Chances
from sim.crisis.selection import selection_weights
from sim.games.closed_form.perfect_bayesian import perfect_bayesian
from sim.games.game import Floats, SignallingGame


@dataclass(frozen=True, eq=False)
class Conduct:
    """What both sides do in one encounter, n games on the last axis."""

    strategy: Floats  # (t, m, n): probability that each type of France sends each signal
    strike: Floats  # (k, m, n): probability that each type of Russia strikes after each; 0 without a target


def conduct(game: SignallingGame, chances: Chances, plan: CampaignPlan, stances: Stances = BASELINE) -> Conduct:
    """Return how both sides play at the beliefs that the game has as its priors.

    Which equilibrium is best for France goes by how often it is of each type in truth, which the chances have.
    """
    if plan.doctrine is not None:
        return _held(game, chances, plan, stances)
    if plan.concept == "quantal":
        return Conduct(*quantal_play(game, plan.rationality))
    equilibria = perfect_bayesian(game)
    played = equilibria.take(selection_weights(equilibria, game, frequency=chances.flat().frequency) == 1)
    strike = played.response[..., ACTIONS.index("strike")]
    return Conduct(np.moveaxis(played.strategy, 0, -1), np.moveaxis(strike, 0, -1))


def _held(game: SignallingGame, chances: Chances, plan: CampaignPlan, stances: Stances) -> Conduct:
    """Return play under a doctrine: the signal is given, and Russia acts on what it believes already."""
    flat, stance = game.flat(), str(plan.doctrine)
    signal = stances.index(stance)
    strategy = np.zeros((flat.types, flat.signals, len(flat.prior)))
    strategy[:, signal] = 1
    strike = np.zeros((flat.receiver_types, flat.signals, len(flat.prior)))
    if plan.concept == "equilibrium":
        strike[:, signal] = doctrine(game, chances, stance, stances)[1].T
    elif stance in stances.struck:
        gain = stakes(game).gain[:, :, stances.struck.index(stance)]  # (k, t, n)
        strike[:, signal] = expit(plan.rationality * (flat.prior.T * gain).sum(axis=1))
    return Conduct(strategy, strike)
