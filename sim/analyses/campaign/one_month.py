"""How is one encounter played at the beliefs of the day? Held to a stance or free, by quantal response or equilibrium.

Inside this module the batch comes last: k receiver types, t sender types, m signals, n games.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from sim.crisis.crisis_quantal import quantal_play, stakes
from sim.crisis.ladder import doctrine
from sim.crisis.parameters import ACTIONS, STANCES
from sim.crisis.payoffs import Chances
from sim.crisis.selection import selection_weights
from sim.games.closed_form.perfect_bayesian import perfect_bayesian
from sim.games.game import Floats, SignallingGame


@dataclass(frozen=True, eq=False)
class Conduct:
    """What both sides do in one encounter, n games on the last axis.

    Attributes
    ----------
    strategy : ndarray of shape (t, m, n)
        Probability that each type of France sends each signal.
    strike : ndarray of shape (k, m, n)
        Probability that each type of Russia strikes after each signal; 0 after rule_out.
    """

    strategy: Floats
    strike: Floats


@dataclass(frozen=True)
class Rules:
    """By which rules an encounter is played.

    Attributes
    ----------
    doctrine : {"rule_out", "ambiguous", "commit"} or None
        Stance that France is held to, so that it carries no news; None if France chooses.
    concept : {"quantal", "equilibrium"}
        quantal: every free choice of signal, strike or hold is logit; under a doctrine only Russia's, at what it
        believes. equilibrium: exact best replies, and the equilibrium that is best for France where France chooses.
    rationality : float
        Λ of quantal play, at least 0.

    Examples
    --------
    >>> Rules(doctrine="commit")
    Rules(doctrine='commit', concept='quantal', rationality=5.0)
    """

    doctrine: str | None = None
    concept: str = "quantal"
    rationality: float = 5.0

    def __post_init__(self) -> None:
        if self.doctrine is not None and self.doctrine not in STANCES:
            raise ValueError(f"doctrine must be one of {', '.join(STANCES)}; it is {self.doctrine!r}")
        if self.concept not in ("quantal", "equilibrium"):
            raise ValueError(f"concept must be one of quantal, equilibrium; it is {self.concept!r}")
        if not (np.isfinite(self.rationality) and self.rationality >= 0):
            raise ValueError(f"rationality must be finite and at least 0; it is {self.rationality}")


def conduct(game: SignallingGame, chances: Chances, rules: Rules) -> Conduct:
    """Return how both sides play at the beliefs that the game has as its priors.

    Examples
    --------
    >>> from sim.crisis.parameters import PARAMETERS
    >>> from sim.crisis.payoffs import crisis
    >>> game, chances = crisis({parameter.name: 0.5 for parameter in PARAMETERS})
    >>> blind = conduct(game, chances, Rules(doctrine="commit", rationality=0.0))
    >>> blind.strategy[:, :, 0].tolist(), blind.strike[:, :, 0].tolist()
    ([[0.0, 0.0, 1.0], [0.0, 0.0, 1.0]], [[0.0, 0.0, 0.5], [0.0, 0.0, 0.5]])
    """
    if rules.doctrine is not None:
        return _held(game, chances, rules)
    if rules.concept == "quantal":
        return Conduct(*quantal_play(game, rules.rationality))
    equilibria = perfect_bayesian(game)
    played = equilibria.take(selection_weights(equilibria, game) == 1)
    strike = played.response[..., ACTIONS.index("strike")]
    return Conduct(np.moveaxis(played.strategy, 0, -1), np.moveaxis(strike, 0, -1))


def _held(game: SignallingGame, chances: Chances, rules: Rules) -> Conduct:
    """Return play under a doctrine: the signal is given, and Russia acts on what it believes already."""
    flat, signal = game.flat(), STANCES.index(str(rules.doctrine))
    strategy = np.zeros((flat.types, flat.signals, len(flat.prior)))
    strategy[:, signal] = 1
    strike = np.zeros((flat.receiver_types, flat.signals, len(flat.prior)))
    if rules.concept == "equilibrium":
        strike[:, signal] = doctrine(game, chances, str(rules.doctrine))[1].T
    elif signal:  # nobody can be struck after rule_out
        gain = stakes(game).gain[:, :, signal - 1]  # (k, t, n)
        strike[:, signal] = expit(rules.rationality * (flat.prior.T * gain).sum(axis=1))
    return Conduct(strategy, strike)
