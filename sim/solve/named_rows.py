"""What does a solved game say by name? Equilibria as nested dicts: play, verdicts, beliefs that support it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from sim.crisis.play import Play
from sim.games.certificate import Certificate, certificate
from sim.games.closed_form.perfect_bayesian import perfect_bayesian
from sim.games.equilibria import Equilibria
from sim.games.gambit.efg import Labels
from sim.games.game import SignallingGame
from sim.games.refinements import REFINEMENTS
from sim.games.refinements.reasons import Reason, explain, supporting_beliefs
from sim.montecarlo.encounter import quantal_play

Named: TypeAlias = "float | bool | dict[str, Named]"
"""Numbers by name, as deep as an array has axes."""

EXACT = 1e-6  # gain from deviating, or error in Bayes' rule, below which a certificate is called exact up to rounding

UNPROVEN = "sim: the check of what was solved failed: look for CHECK FAILED, and do not rely on it"
"""What is said to whoever is given a solution that its certificate does not bear out."""


@dataclass(frozen=True, eq=False)
class Rows:
    """All equilibria of one game, or its quantal play as the only row, and what could be gained against each.

    `quantal` is None in equilibrium, else rationality, whether the branch could not be followed so far (failed) or
    turned back on the way (turned), and rationality times payoff range of sender and receiver.
    """

    equilibria: Equilibria
    certificate: Certificate
    quantal: dict[str, Any] | None

    @property
    def proven(self) -> bool:
        """Whether every row is what it claims to be: nobody gains by deviating; quantal play follows Bayes' rule."""
        names = ("bayes_error",) if self.quantal else ("sender_gain", "receiver_gain", "bayes_error")
        return all(bool(np.all(getattr(self.certificate, name) < EXACT)) for name in names)


def rows(game: SignallingGame, play: Play) -> Rows:
    """Solve one game by the concept of play."""
    if play.concept == "equilibrium":
        equilibria = perfect_bayesian(game)
        return Rows(equilibria, certificate(game, equilibria), None)
    answer = quantal_play(game, play.rationality)
    found = {name: array.item() for name, array in answer.found.items()}
    quantal = {
        "rationality": play.rationality,
        "failed": bool(found["failed"]),
        "turned": bool(found["turned"]),
        "rationality_times_range": {"sender": found["france_range"], "receiver": found["russia_range"]},
    }
    return Rows(answer.rows, certificate(game, answer.rows), quantal)


def described(game: SignallingGame, solved: Rows, labels: Labels) -> list[dict[str, Any]]:
    """Return every row by names."""
    played = [_play(solved, row, labels) for row in range(len(solved.equilibria))]
    if solved.quantal:
        return played
    return [each | _judged(game, solved.equilibria, row, labels) for row, each in enumerate(played)]


def named(array: NDArray[np.generic], *axes: tuple[str, ...]) -> Named:
    """Return an array as nested dicts, one level per axis."""
    if not axes:
        return cast("float | bool", array.item())
    return {name: named(part, *axes[1:]) for name, part in zip(axes[0], array, strict=True)}


def _play(solved: Rows, row: int, labels: Labels) -> dict[str, Any]:
    """Return who does what in one row, and how well it is certified."""
    eq = solved.equilibria
    return {
        "family": str(eq.family[row]),
        "degenerate": bool(eq.degenerate[row]),
        "strategy": named(eq.strategy[row], labels.types, labels.signals),
        "belief": named(eq.belief[row], labels.signals, labels.types),
        "response": named(eq.response[row], labels.receiver_types, labels.signals, labels.actions),
        "sender_value": named(eq.sender_value[row], labels.types),
        "certificate": {name: values[row].item() for name, values in vars(solved.certificate).items()},
    }


def _judged(game: SignallingGame, equilibria: Equilibria, row: int, labels: Labels) -> dict[str, Any]:
    """Return what refinements say of one row, and which beliefs support it."""
    unsent = np.flatnonzero(~(equilibria.strategy[row, game.prior.reshape(-1) > 0] > 0).any(axis=0))
    return {
        "survives": {name: bool(getattr(equilibria, name)[row]) for name in REFINEMENTS[1:]},
        "fails": [_reason(reason, labels) for reason in explain(game, equilibria, row)],
        "supported_by": {
            labels.signals[m]: [list(span) for span in supporting_beliefs(game, equilibria, row, signal=int(m))]
            for m in unsent
        },
    }


def _reason(reason: Reason, labels: Labels) -> dict[str, Any]:
    """Return a reason by names."""
    left = None if np.isnan(reason.beliefs[0]) else list(reason.beliefs)
    kinds = zip(labels.receiver_types, reason.response, strict=True)
    return {
        "refinement": reason.refinement,
        "signal": labels.signals[reason.signal],
        "beliefs": left,
        "type": labels.types[reason.type],
        "response": {kind: _action(share, labels.actions) for kind, share in kinds},
        "gain": reason.gain,
        "rivals": list(reason.rivals),
    }


def _action(share: NDArray[np.float64], actions: tuple[str, ...]) -> str | Named:
    """Return the action taken, or how likely each is."""
    return actions[int(share.argmax())] if share.max() == 1 else named(share, actions)
