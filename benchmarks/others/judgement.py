"""What did a solver find? Its profiles of play beside every perfect Bayesian equilibrium of the same games.

Solvers that approximate must not fail for their rounding, so the bounds here are wide, and the same for all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.special import softmax

from sim.games.certificate import Certificate, certificate
from sim.games.closed_form.perfect_bayesian import perfect_bayesian
from sim.games.equilibria import Equilibria
from sim.games.game import Floats, SignallingGame
from sim.games.quantal.response import quantal_response

LARGEST_GAIN = 1e-3
"""Payoffs are of order 1; play that nobody can improve on by more than this counts as an equilibrium."""

DUST = 1e-4
"""A signal that a type sends more rarely than this counts as one that it does not send."""

CLOSE = 1e-2
"""Profiles whose probabilities on the path differ by no more than this are the same outcome."""

RATIONALITY = 5.0
"""At which logit equilibria are compared."""

SAME_LOGIT = 1e-6
"""Largest difference between two computations of one logit equilibrium."""


@dataclass(frozen=True, eq=False)
class Profile:
    """Play of one game: strategy of shape (t, m), response of shape (k, m, a)."""

    strategy: Floats
    response: Floats


@dataclass(frozen=True)
class Verdict:
    """Whether what was returned is what the solver promises, and what it was, in words."""

    right: bool
    words: str


def judge_equilibria(games: Sequence[SignallingGame], found: Sequence[Sequence[Profile]]) -> Verdict:
    """Count outcomes missed and profiles that are no perfect Bayesian equilibrium; each must be a Nash equilibrium."""
    nash, perfect, missed, outcomes = 0, 0, 0, 0
    for game, profiles in zip(games, found, strict=True):
        ours = perfect_bayesian(game)
        outcomes += len(ours)
        missed += sum(not any(_same_outcome(row, profile) for profile in profiles) for row in read(ours))
        nash += sum(nash_gain(game, profile) <= LARGEST_GAIN for profile in profiles)
        perfect += sum(perfect_gain(game, profile) <= LARGEST_GAIN for profile in profiles)
    returned = sum(map(len, found))
    words = f"misses {missed} of {outcomes} PBE outcomes; returns {returned} profiles, {returned - perfect} not PBE"
    return Verdict(nash == returned, words if nash == returned else f"{words}, {returned - nash} not Nash")


def judge_average(games: Sequence[SignallingGame], found: Sequence[Sequence[Profile]]) -> Verdict:
    """Count likewise; average play that is no equilibrium breaks no promise."""
    return Verdict(bool(len(found) == len(games)), judge_equilibria(games, found).words)


def judge_logit(games: Sequence[SignallingGame], found: Sequence[Sequence[Profile]]) -> Verdict:
    """Ask whether probabilities are logit replies to each other."""
    worst = max(logit_error(game, profile) for game, (profile,) in zip(games, found, strict=True))
    return Verdict(worst <= SAME_LOGIT, f"off its own logit reply by at most {worst:.0e}")


def judge_quantal(games: Sequence[SignallingGame], found: Sequence[Sequence[Profile]]) -> Verdict:
    """Ask the same, and compare with the logit equilibrium on the principal branch, as computed here."""
    worst = 0.0
    for game, (profile,) in zip(games, found, strict=True):
        ours = quantal_response(game, rationality=RATIONALITY)
        for own, other in ((ours.strategy[0], profile.strategy), (ours.response[0], profile.response)):
            worst = max(worst, float(np.abs(own - other).max()))
    replies = judge_logit(games, found)
    return Verdict(
        replies.right and worst <= SAME_LOGIT, f"{replies.words}; differs from quantal_response by at most {worst:.0e}"
    )


def read(equilibria: Equilibria) -> list[Profile]:
    """Take the profiles out of the rows."""
    return [Profile(*row) for row in zip(equilibria.strategy, equilibria.response, strict=True)]


def perfect_gain(game: SignallingGame, profile: Profile) -> float:
    """Return the most that anybody gains, at the break-points that make it least as beliefs after unsent signals.

    It is 0 exactly for a perfect Bayesian equilibrium: the beliefs at which a response is best fill an interval, which
    ends at 0, at 1, or where two actions are equally good.
    """
    strategy = _cleaned(profile.strategy)
    sent = game.prior[0] @ strategy  # (m,)
    choices = [
        [game.prior[0, 1] * strategy[1, m] / sent[m]] if sent[m] > 0 else _break_points(game, m)
        for m in range(game.signals)
    ]
    proof = _certificate(game, profile, np.array(list(product(*choices))))
    return float(np.maximum(proof.sender_gain, proof.receiver_gain).min())


def nash_gain(game: SignallingGame, profile: Profile) -> float:
    """Return the most that a sender type gains, or a receiver type on average over the signals sent."""
    strategy = _cleaned(profile.strategy)
    proof = _certificate(game, profile, np.full((1, game.signals), 0.5))
    joint = game.prior[0][:, np.newaxis] * strategy  # (t, m)
    payoff = np.einsum("tm,ktma->kma", joint, game.flat().receiver[0])
    gain = payoff.max(axis=2) - np.einsum("kma,kma->km", profile.response, payoff)
    return float(max(proof.sender_gain[0], gain.sum(axis=1).max()))


def logit_error(game: SignallingGame, profile: Profile) -> float:
    """Return the largest difference between a probability and the logit reply to the others, from the definition."""
    one = game.flat()
    joint = one.prior[0][:, np.newaxis] * profile.strategy  # (t, m)
    after = np.einsum("tm,ktma->kma", joint / joint.sum(axis=0), one.receiver[0])
    before = np.einsum("k,kma,ktma->tm", one.receiver_prior[0], profile.response, one.sender[0])
    errors = (softmax(RATIONALITY * after, axis=-1) - profile.response, softmax(RATIONALITY * before, axis=-1))
    return float(max(np.abs(errors[0]).max(), np.abs(errors[1] - profile.strategy).max()))


def _certificate(game: SignallingGame, profile: Profile, beliefs: Floats) -> Certificate:
    """Measure the profile at several beliefs (e, m) in type 1."""
    rows = len(beliefs)
    strategy = _cleaned(profile.strategy)
    claim = Equilibria(
        game=np.zeros(rows, dtype=np.intp),
        family=np.full(rows, "pooling"),
        strategy=np.broadcast_to(strategy, (rows, *strategy.shape)),
        belief=np.stack([1 - beliefs, beliefs], axis=-1),
        response=np.broadcast_to(profile.response, (rows, *profile.response.shape)),
        sender_value=np.zeros((rows, game.types)),
        degenerate=np.zeros(rows, dtype=bool),
    )
    return certificate(game, claim)


def _break_points(game: SignallingGame, m: int) -> list[float]:
    """Return 0, 1, and the beliefs in type 1 at which two actions are equally good for a receiver type after m."""
    payoff = game.flat().receiver[0, :, :, m]  # (k, t, a)
    low, high = np.moveaxis(payoff[..., :, np.newaxis] - payoff[..., np.newaxis, :], 1, 0)  # (k, a, a) each
    crossing = low * high < 0
    return [0.0, 1.0, *np.unique(low[crossing] / (low - high)[crossing]).tolist()]


def _cleaned(strategy: Floats) -> Floats:
    """Sweep away signals that are all but unsent."""
    kept = np.where(strategy > DUST, strategy, 0.0)
    swept: Floats = kept / kept.sum(axis=1, keepdims=True)
    return swept


def _same_outcome(ours: Profile, other: Profile) -> bool:
    """Whether strategies agree, and responses to the signals that are sent."""
    sent = ours.strategy.max(axis=0) > 0
    strategy = np.abs(ours.strategy - other.strategy).max()
    response = np.abs(ours.response - other.response)[:, sent].max()
    return bool(max(strategy, response) <= CLOSE)
