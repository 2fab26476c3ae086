"""Through which channels does a change of stance work? The step from one doctrine to another, split by Shapley value.

What one of a stance's seven numbers does depends on the others: the value [1]_ averages what a channel adds over all
orders in which the seven could change. Isolation and stance value enter France's payoff as they are and nothing else,
so that mixing the other five says it all: 32 mixed stances in place of 128.

References
----------
.. [1] Shapley, L. S. (1953), "A value for n-person games", Contributions to the Theory of Games II, 307-317,
   doi:10.1515/9781400881970-018.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import factorial, prod

import numpy as np
from numpy.typing import ArrayLike

from sim.crisis.ladder import OUTCOMES, doctrine
from sim.crisis.parameters import BASELINE, Stances
from sim.crisis.payoffs import crisis
from sim.crisis.terms import WorstCase
from sim.crisis.values import parameter_values
from sim.games.game import Floats

CHANNELS = ("deployment", "pinpoint", "audience_cost", "ally_backing", "ambiguity", "isolation", "stance_value")
"""What a change of stance changes, by the names of the parameters `signal.M.*`: the seven that a stance has."""

MEASURES = (*OUTCOMES, "france_payoff")
"""What is split: every rung and side outcome, and France's payoff, under a doctrine."""

PIECE = 4096
"""Mixed stances, up to 32 a draw, that are solved together: the working set then stays in cache. Changes no result."""

_SOMEWHERE, _NOWHERE = Stances(("mixed",), (True,)), Stances(("mixed",), (False,))
"""A mixed stance with somebody to be hit, or with nobody."""

_MIXED = CHANNELS[:5]
_ADDED = {"isolation": -1.0, "stance_value": 1.0}  # their signs in France's payoff


@dataclass(frozen=True, eq=False)
class Split:
    """One step between two stances on one measure, split among `CHANNELS`, for each draw n."""

    before: Floats  # (n,)
    after: Floats
    parts: Floats  # (7, n): Shapley values, which add up to after - before
    first: Floats  # what each channel does if it changes before all others
    last: Floats  # after all others


def split(
    parameters: Mapping[str, ArrayLike],
    *,
    start: str,
    end: str,
    worst_case: WorstCase = "type",
    stances: Stances = BASELINE,
) -> dict[str, Split]:
    """Return what each channel contributes to the step from one stance to another, for parameters of shape (n,).

    What an end without a target says nothing of (pinpoint, audience cost, allied backing, ambiguity) stays as in the
    other stance, so that only deployment, isolation and stance value act.
    """
    for stance in (start, end):
        if stance not in stances.names:
            raise ValueError(f"start and end must be one of {', '.join(stances.names)}; one is {stance!r}")
    values, _ = parameter_values(parameters, stances)
    targets = tuple(stance for stance in (start, end) if stance in stances.struck)
    shape = [1 + _moves(values, name, (start, end), targets) for name in _MIXED]
    pieces, size = [], PIECE // prod(shape)
    for first in range(0, len(values["prior.resolute"]), size):
        piece = {name: array[first : first + size] for name, array in values.items()}
        pieces.append(_worth(piece, (start, end), targets, shape, worst_case))
    worth = np.concatenate(pieces, axis=-1)
    gains, added = _gains(worth, len(_MIXED)), _added(values, start, end)
    columns = {
        "before": worth[(0,) * len(_MIXED)],
        "after": worth[(1,) * len(_MIXED)] + added.sum(axis=0),
        "parts": np.concatenate([_averaged(gains), added]),
        "first": np.concatenate([gains[:, 0], added]),
        "last": np.concatenate([gains[:, -1], added]),
    }
    return {
        measure: Split(**{name: array[..., row, :] for name, array in columns.items()})
        for row, measure in enumerate(MEASURES)
    }


def shapley(worth: Floats, players: int) -> Floats:
    """Return the Shapley value of each player, 0 for one that adds nothing: worth (2, ..., 2, ...) → (c, ...)."""
    return _averaged(_gains(worth, players))


def _averaged(gains: Floats) -> Floats:
    """Return what each player adds on average over all orders, (c, 2^(c-1), ...) → (c, ...)."""
    players = len(gains)
    others = np.indices((2,) * (players - 1)).sum(axis=0).ravel()  # how many are in each coalition of the others
    orders = [factorial(size) * factorial(players - 1 - size) / factorial(players) for size in others.tolist()]
    return np.tensordot(gains, orders, axes=(1, 0))


def _gains(worth: Floats, players: int) -> Floats:
    """Return what each player adds to each coalition of the others, from nobody to all of them, (c, 2^(c-1), ...)."""
    each = [np.diff(worth, axis=player).squeeze(player) for player in range(players)]
    return np.array(each).reshape(players, 2 ** (players - 1), *worth.shape[players:])


def _added(values: dict[str, Floats], start: str, end: str) -> Floats:
    """Return what isolation and stance value change, whatever else does, (2, measure, n)."""
    added = np.zeros((len(_ADDED), len(MEASURES), len(values["prior.resolute"])))
    for row, (name, sign) in zip(added, _ADDED.items(), strict=True):
        change = values[f"signal.{end}.{name}"] - values[f"signal.{start}.{name}"]
        row[MEASURES.index("france_payoff")] = sign * change
    return added


def _moves(values: dict[str, Floats], name: str, ends: tuple[str, str], targets: tuple[str, ...]) -> bool:
    """Whether a step changes a channel in any draw; what an end without a target lacks stays as at the other."""
    if len(targets) == 2:
        one, other = (values[f"signal.{stance}.{name}"] for stance in ends)
        return not np.array_equal(one, other)
    return len(targets) == 1 and name == "deployment"


def _worth(
    values: dict[str, Floats], ends: tuple[str, str], targets: tuple[str, ...], shape: list[int], worst_case: WorstCase
) -> Floats:
    """Return the measures under all mixed stances, (2, 2, 2, 2, 2, measure, n), those that differ being solved."""
    # Where presence is taken from an end without a target nobody is there: Russia cannot strike, not even at nothing.
    moved = np.indices(shape).reshape(len(_MIXED), -1, 1) == 1  # (channel, mixed stance, 1)
    own = {name: [values[f"signal.{stance}.{name}"] for stance in targets] for name in _MIXED}
    mixed = {name: np.tile(array, moved.shape[1]) for name, array in values.items() if not name.startswith("signal.")}
    mixed |= {f"signal.mixed.{name}": np.tile(values[f"signal.{ends[0]}.{name}"], moved.shape[1]) for name in _ADDED}
    there = {
        f"signal.mixed.{name}": np.where(moves, own[name][-1], own[name][0]).ravel()
        for name, moves in zip(_MIXED, moved, strict=True)
        if targets
    }
    nobody = np.where(moved[0], ends[1] not in targets, ends[0] not in targets)[:, None]  # (mixed stance, 1, 1)
    found = np.zeros((len(nobody), len(MEASURES), len(values["prior.resolute"])))
    for stances, wanted, parameters in ((_SOMEWHERE, ~nobody, mixed | there), (_NOWHERE, nobody, mixed)):
        if wanted.any():
            game, chances = crisis(parameters, worst_case=worst_case, stances=stances)
            ladder, _ = doctrine(game, chances, "mixed", stances)
            rows = [row.reshape(len(nobody), -1) for row in (*ladder.outcomes.values(), ladder.france_payoff)]
            found = np.where(wanted, np.stack(rows, axis=1), found)
    rest = found.shape[1:]
    return np.broadcast_to(found.reshape(*shape, *rest), (*[2] * len(_MIXED), *rest))
