"""Which continua of equilibria does a game with ties have, and between which values does each of their numbers run?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.games.closed_form.perfect_bayesian import RARE
from sim.games.equilibria import FAMILIES
from sim.games.game import Bools, Floats, SignallingGame
from sim.games.ties.enumeration import DISTINCT
from sim.games.ties.payoff_sizes import far_apart
from sim.games.ties.plan_sets import Piece, pieces
from sim.games.ties.plans import SenderPayoffs, sender_payoffs
from sim.games.ties.polytope import Polytope, least

ON_PATH = ("strategy", "belief", "response", "value")
"""The numbers of an equilibrium, in the order in which `Continuum.varies` lists them."""


@dataclass(frozen=True, eq=False)
class Continuum:
    """A set of equilibria in which the same types send the same signals: the range of each number over its closure.

    Not every combination of numbers within their ranges is an equilibrium: they move together.
    """

    family: str
    sends: Bools  # (m, t): inside the set; on its border the probability may be 0
    strategy_low: Floats  # (t, m)
    strategy_high: Floats
    belief_low: Floats  # (m, t): by Bayes' rule; nan after signals that no type sends
    belief_high: Floats
    response_low: Floats  # (k, m, a): unsent signals deter; nan for receiver types of probability 0
    response_high: Floats
    value_low: Floats  # (t,): in the units of the game
    value_high: Floats

    @property
    def varies(self) -> list[tuple[str, tuple[int, ...], float, float]]:
        """Numbers on the path that are not fixed: name, index, least and greatest value."""
        return [
            (name, tuple(int(i) for i in index), float(low[tuple(index)]), float(high[tuple(index)]))
            for name in ON_PATH
            for low, high in [(getattr(self, f"{name}_low"), getattr(self, f"{name}_high"))]
            for index in np.argwhere(high - low > DISTINCT)
            if name != "response" or self.sends[index[1]].any()
        ]

    @property
    def isolated(self) -> bool:
        """Whether every number on the path is fixed."""
        return not self.varies


def continua(game: SignallingGame) -> list[Continuum]:
    """Describe every equilibrium of one game with two sender types: isolated, or by its continuum, at least one.

    With ties, a continuum is listed for each plan of equilibria that is no part of another. Continua may touch or
    overlap, and together they make up the whole set: where that is no product of two convex sets, as when one belief
    supports some replies and another belief others, its parts are listed one by one. What a signal nobody sends may be
    answered with is described inside each continuum; a member on the border can be supported by more replies.
    """
    flat = _one_game(game)
    far_apart(flat)
    payoffs, present = sender_payoffs(flat), game.flat().receiver_prior[0] > 0
    found = pieces(flat, payoffs.weighted)
    if not found:
        raise ArithmeticError("no equilibrium found: payoffs differ by hardly more than the tolerance for ties")
    return [_described(piece, flat.prior[0], payoffs, present) for piece in sorted(found, key=_order)]


def _one_game(game: SignallingGame) -> SignallingGame:
    """Check that there is one game with two uncertain types; leave out receiver types of probability 0."""
    flat = game.flat()
    if flat.prior.shape != (1, 2):
        raise ValueError(
            f"game must be one game with two sender types; it has {len(flat.prior)} games and {flat.types} sender types"
        )
    if flat.prior.min() <= RARE:
        raise ValueError(f"prior must give each type more than {RARE:g}; it has {flat.prior[0].tolist()}")
    present = flat.receiver_prior[0] > 0
    return SignallingGame(
        flat.prior, flat.sender[:, present], flat.receiver[:, present], flat.receiver_prior[:, present], flat.available
    )


def _order(piece: Piece) -> tuple[int, list[bool]]:
    """Sort by family, then the signals sent, earlier signals first."""
    return piece.plan.family, (~piece.plan.sends).ravel().tolist()


def _described(piece: Piece, prior: Floats, payoffs: SenderPayoffs, present: Bools) -> Continuum:
    """Write the ranges of a piece in the units of the game."""
    belief_low, belief_high = _beliefs(piece, prior)
    response_low, response_high = np.full((2, len(present), *piece.response.low.shape[1:]), np.nan)
    response_low[present], response_high[present] = piece.response.low, piece.response.high
    return Continuum(
        family=FAMILIES[piece.plan.family],
        sends=piece.plan.sends,
        strategy_low=piece.strategy.low,
        strategy_high=piece.strategy.high,
        belief_low=np.stack([1 - belief_high, belief_low], axis=1),
        belief_high=np.stack([1 - belief_low, belief_high], axis=1),
        response_low=response_low,
        response_high=response_high,
        value_low=payoffs.low + payoffs.reach * piece.value.low,
        value_high=payoffs.low + payoffs.reach * piece.value.high,
    )


def _beliefs(piece: Piece, prior: Floats) -> tuple[Floats, Floats]:
    """Return the least and greatest probability of type 1 after each signal, (m,), by Bayes' rule; nan if unsent."""
    # A ratio of linear functions is made linear by scaling the strategies so that the signal has probability 1.
    low, high = (np.where(piece.plan.sent, ends, np.nan) for ends in piece.plan.beliefs)
    set_ = piece.strategies
    for m in np.flatnonzero(piece.plan.sends.all(axis=1)):
        joint = np.append((prior[:, None] * (np.arange(len(low)) == m)).ravel(), 0.0)
        of_one = np.where(np.arange(len(joint)) < len(low), 0.0, joint)
        scaled = Polytope(
            equal=np.concatenate([np.column_stack([set_.equal, -set_.to]), joint[None]]),
            to=np.append(np.zeros(len(set_.to)), 1.0),
            above=np.column_stack([set_.above, np.zeros(len(set_.above))]),
            low=np.zeros(len(joint)),
            high=np.append(np.where(set_.high > 0, np.inf, 0.0), np.inf),
        )
        points = least(scaled, np.stack([of_one, -of_one]))
        if points is not None:
            low[m], high[m] = np.clip(points @ of_one, 0.0, 1.0)
    return low, high
