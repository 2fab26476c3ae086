"""When is a threat believed that may be a bluff? The core game of deterrence and its equilibrium by hand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.games.game import Floats, SignallingGame


@dataclass(frozen=True)
class Deterrence:
    """A threat that may be a bluff: what each course is worth to sender and striker.

    The sender commits, or holds back (0 for both). After a commitment the striker holds, or strikes; a resolute sender
    then stands and a bluffing one folds. All payoffs in the players' own units.

    >>> deterrence_answer(Deterrence(resolute=0.25, value=4, cost=1, audience_cost=2, stand=0, loss=2, gain=1)).strike
    0.5
    """

    resolute: float  # prior, in [0, 1]
    value: float  # of a commitment left alone
    cost: float  # of a commitment, at once
    audience_cost: float  # of folding, to the bluffing type
    stand: float  # worth of standing to the resolute type
    loss: float  # the striker's if the sender stands, above 0
    gain: float  # the striker's if the sender folds, above 0

    def __post_init__(self) -> None:
        if not 0 <= self.resolute <= 1:
            raise ValueError(f"resolute must lie in [0, 1]; it has {self.resolute}")
        for name in ("loss", "gain"):
            if not getattr(self, name) > 0:
                raise ValueError(f"{name} must be above 0; it has {getattr(self, name)}")


@dataclass(frozen=True, eq=False)
class DeterrenceAnswer:
    """The equilibrium in which the resolute type commits, in closed form."""

    family: str  # semi_separating or pooling
    bluff: float  # probability that the bluffing type commits
    strike: float  # probability that a commitment is struck
    sender_value: Floats  # of the resolute and of the bluffing type


def deterrence_game(terms: Deterrence) -> SignallingGame:
    """Write the deterrence game as arrays: types resolute, bluffing; signals commit, hold back; actions hold, strike.

    >>> terms = Deterrence(resolute=0.25, value=4, cost=1, audience_cost=2, stand=0, loss=2, gain=1)
    >>> deterrence_game(terms).sender[:, 0].tolist()
    [[3.0, -1.0], [3.0, -3.0]]
    """
    peace, nothing = terms.value - terms.cost, [0.0, 0.0]
    stands, folds = terms.stand - terms.cost, -terms.audience_cost - terms.cost
    return SignallingGame(
        [terms.resolute, 1 - terms.resolute],
        sender=[[[peace, stands], nothing], [[peace, folds], nothing]],
        receiver=[[[0.0, -terms.loss], nothing], [[0.0, terms.gain], nothing]],
        available=[[True, True], [True, False]],
    )


def deterrence_answer(terms: Deterrence) -> DeterrenceAnswer:
    """Solve the deterrence game by hand: the equilibrium in which the resolute type commits.

    The striker strikes if its belief in resolve is below gain / (gain + loss). With a prior above that, both types
    commit and nobody strikes. With a prior below, the bluffing type commits just often enough that the striker does
    not mind, prior loss / ((1 - prior) gain), and the striker strikes just often enough that the bluffer does not mind,
    (value - cost) / (value + audience_cost). Holding back together is a second equilibrium wherever stand <= cost.

    >>> terms = Deterrence(resolute=0.25, value=4, cost=1, audience_cost=2, stand=0, loss=2, gain=1)
    >>> answer = deterrence_answer(terms)
    >>> answer.family, round(answer.bluff, 4), answer.strike, answer.sender_value.tolist()
    ('semi_separating', 0.6667, 0.5, [1.0, 0.0])
    """
    if not terms.value > terms.cost:
        raise ValueError(f"value must be above cost, {terms.cost}; it has {terms.value}")
    if not terms.stand > -terms.audience_cost:
        raise ValueError(f"stand must be above minus audience_cost, {-terms.audience_cost}; it has {terms.stand}")
    cut_off = terms.gain / (terms.gain + terms.loss)
    if terms.resolute in (0, cut_off):
        raise ValueError(f"resolute must be above 0 and off the cut-off {cut_off}; it has {terms.resolute}")
    peace = terms.value - terms.cost
    if terms.resolute > cut_off:
        return DeterrenceAnswer("pooling", 1.0, 0.0, np.array([peace, peace]))
    bluff = terms.resolute * terms.loss / ((1 - terms.resolute) * terms.gain)
    strike = peace / (terms.value + terms.audience_cost)
    resolute_value = strike * (terms.stand + terms.audience_cost)
    return DeterrenceAnswer("semi_separating", bluff, strike, np.array([resolute_value, 0.0]))
