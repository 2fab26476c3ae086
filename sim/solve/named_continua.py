"""Which continua of equilibria does a solved game with ties have, by name, and when are they left undescribed?"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from math import prod
from typing import Any, TypeAlias

import numpy as np

from sim.games.closed_form.perfect_bayesian import RARE
from sim.games.gambit.efg import Labels
from sim.games.game import Floats, SignallingGame
from sim.games.ties.continua import Continuum, continua
from sim.games.ties.plans import plans, sender_payoffs
from sim.solve.named_rows import Rows

Spans: TypeAlias = "list[float] | dict[str, Spans] | None"
"""Least and greatest values by name; None where nothing is defined."""

MOST_PLANS = 64  # plans searched for continua, 10 ms each; three messages and two answers make 49, four make 225
MOST_CHOICES = 20_000  # combinations of senders and cells of beliefs in which plans are sought: below half a second


@dataclass(frozen=True, eq=False)
class Ties:
    """Every equilibrium of a game with ties, isolated or by its continuum, or why they are left out.

    "known": a type is known for sure or rarer than one in a million; "size": the game is too large; "rounding": its
    payoffs differ by hardly more than the tolerance for ties.
    """

    found: list[Continuum]
    left_out: str


def ties(game: SignallingGame, solved: Rows) -> Ties | None:
    """Describe the continua of one solved game, unless that would take over a second.

    They are looked for in every game: `degenerate` says only which ties the solver came upon, and a continuum whose
    members all mix can go without.
    """
    if solved.quantal:
        return None
    found = _described(game.flat())
    flagged = bool(solved.equilibria.degenerate.any())
    return found if flagged or not all(each.isolated for each in found.found) else None


def named_ties(found: Ties | None, labels: Labels) -> dict[str, Any] | None:
    """Return continua by names."""
    if found is None:
        return None
    return {"left_out": found.left_out or None, "sets": [_named(each, labels) for each in found.found]}


def _described(flat: SignallingGame) -> Ties:
    """Return every equilibrium by its continuum, or why not."""
    if flat.types != 2 or flat.prior.min() <= RARE:
        return Ties([], "known")
    if _too_large(flat):
        return Ties([], "size")
    try:
        return Ties(continua(flat), "")
    except ArithmeticError:
        return Ties([], "rounding")


def _too_large(flat: SignallingGame) -> bool:
    """Whether a game of two uncertain types may have too many plans to be searched within a second."""
    kinds = int((flat.receiver_prior[0] > 0).sum())
    # Who sends a signal, four ways; if nobody, where the belief lies, three ways at each change of action at most.
    options = [4 + 3 * kinds * (int(actions) - 1) for actions in flat.available.sum(axis=1)]
    if prod(options) > MOST_CHOICES:
        return True
    every = plans(flat, sender_payoffs(flat).weighted)
    return len(list(islice(every, MOST_PLANS + 1))) > MOST_PLANS


def _named(each: Continuum, labels: Labels) -> dict[str, Any]:
    """Return one set of equilibria by names."""
    moving = {name for name, *_ in each.varies}
    return {
        "family": each.family,
        "isolated": each.isolated,
        "varies": [name for name in ("strategy", "belief", "response", "value") if name in moving],
        "strategy": _spans(each.strategy_low, each.strategy_high, labels.types, labels.signals),
        "belief": _spans(each.belief_low, each.belief_high, labels.signals, labels.types),
        "response": _spans(
            each.response_low, each.response_high, labels.receiver_types, labels.signals, labels.actions
        ),
        "sender_value": _spans(each.value_low, each.value_high, labels.types),
    }


def _spans(low: Floats, high: Floats, *axes: tuple[str, ...]) -> Spans:
    """Return least and greatest values as nested dicts, one level per axis."""
    if np.isnan(low).all():
        return None
    if not axes:
        return [float(low), float(high)]
    return {name: _spans(*ends, *axes[1:]) for name, *ends in zip(axes[0], low, high, strict=True)}
