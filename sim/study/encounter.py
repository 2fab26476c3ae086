"""What does one block of draws say? Every quantity of a report, for each draw, exact given its parameters."""

from __future__ import annotations

from functools import partial

import numpy as np

from sim.crisis.labels import labels_lost
from sim.crisis.ladder import OUTCOMES, Ladder, doctrine, equilibrium_ladder
from sim.crisis.parameters import RECEIVER_TYPES, STANCES
from sim.crisis.payoffs import WorstCase, crisis
from sim.crisis.selection import per_game_mean, per_game_range, selection_weights
from sim.games.equilibria import FAMILIES
from sim.games.game import Floats
from sim.games.perfect_bayesian import perfect_bayesian

LABELS = ("fight_cost", "war_cost", "resolute_folds.ambiguous", "resolute_folds.commit")
"""Ways in which a type's name can lose its meaning."""

PROBABILITIES = tuple(f"{play}.{outcome}" for play in (*STANCES, "selected") for outcome in OUTCOMES)
"""Probabilities of a draw: under each doctrine, and in the selected equilibrium."""

PAYOFFS = tuple(f"{play}.france_payoff" for play in (*STANCES, "selected"))
"""France's expected payoff before it learns its type."""

OTHERS = (
    *(f"{stance}.strikes.{kind}" for stance in STANCES for kind in RECEIVER_TYPES),
    *(f"sent.{stance}" for stance in STANCES),
    *(f"joint.{stance}.{outcome}" for stance in STANCES for outcome in OUTCOMES),
    *(f"family.{family}" for family in FAMILIES),
    *(f"{end}.{outcome}" for end in ("least", "most") for outcome in OUTCOMES),
    *(f"labels.{label}" for label in LABELS),
    "equilibria",
    "degenerate",
)
"""Quantities of which only the mean is reported."""


def evaluate(parameters: dict[str, Floats], *, worst_case: WorstCase) -> dict[str, Floats]:
    """Return every quantity for each draw.

    Parameters
    ----------
    parameters : dict of str to ndarray of shape (n,)
        Values by parameter name.
    worst_case : {"type", "outcome"}
        As in `crisis_game`.

    Returns
    -------
    dict of str to ndarray of shape (n,)
        By the names in `PROBABILITIES`, `PAYOFFS` and `OTHERS`.
    """
    game, chances = crisis(parameters, worst_case=worst_case)
    values: dict[str, Floats] = {}
    for stance in STANCES:
        ladder, strikes = doctrine(game, chances, stance)
        values |= _of_ladder(stance, ladder)
        values |= {f"{stance}.strikes.{kind}": strikes[:, k].astype(float) for k, kind in enumerate(RECEIVER_TYPES)}
    equilibria = perfect_bayesian(game)
    every = equilibrium_ladder(game, chances, equilibria)
    played = partial(per_game_mean, equilibria, weights=selection_weights(equilibria, game))
    count = len(values["commit.strike"])
    for outcome, probability in every.outcomes.items():
        values[f"selected.{outcome}"] = played(probability)
        ends = per_game_range(equilibria, probability, count)
        values |= {f"least.{outcome}": ends[0], f"most.{outcome}": ends[1]}
        joint = played(every.by_signal[outcome])
        values |= {f"joint.{stance}.{outcome}": joint[:, m] for m, stance in enumerate(STANCES)}
    values["selected.france_payoff"] = played(every.france_payoff)
    sent = played(every.sent)
    values |= {f"sent.{stance}": sent[:, m] for m, stance in enumerate(STANCES)}
    values |= {f"family.{family}": played((equilibria.family == family).astype(float)) for family in FAMILIES}
    values |= {f"labels.{label}": lost.astype(float) for label, lost in labels_lost(parameters, chances).items()}
    values["equilibria"] = np.bincount(equilibria.game, minlength=count).astype(float)
    values["degenerate"] = played(equilibria.degenerate.astype(float))
    return values


def _of_ladder(play: str, ladder: Ladder) -> dict[str, Floats]:
    """Name the columns of a ladder."""
    return {f"{play}.{name}": array for name, array in ladder.outcomes.items()} | {
        f"{play}.france_payoff": ladder.france_payoff
    }
