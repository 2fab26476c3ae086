"""What if the same crisis comes month after month? Types stay, beliefs carry over by Bayes' rule, fold or war ends it.

Every row is one campaign of one France and one Russia whose types are drawn once. A month is one encounter, which both
sides see: a signal, a fold or a stand moves the belief on France, a strike or a hold that on Russia. The likelihood of
a history is a part of France's type times a part of Russia's: the beliefs stay independent.

Where Russia's belief that France is resolute is not how often it is so, France's type is drawn from the truth, and
outcomes are as likely as whoever knows the truth sees them, while the two sides play by what Russia believes.

The dice decide only what the two sides get to see. How probable each outcome of the next month is, given that, is
exact and is what is added up, so that rare rungs need no luck. The batch n comes last.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.analyses.campaign.one_month import Conduct, conduct
from sim.analyses.campaign.plan import CampaignPlan
from sim.crisis.ladder import OUTCOMES
from sim.crisis.parameters import BASELINE, Stances
from sim.crisis.payoffs import Chances, crisis
from sim.crisis.terms import WorstCase
from sim.crisis.values import parameter_values
from sim.games.game import Floats, SignallingGame

Bools = NDArray[np.bool_]

SURE = 0.05
"""A side is sure of the other's type if its belief is below this, or above 1 less this."""

DICE = 6
"""Random numbers of a row and a month: signal, strike, hit, backing, war, nuclear use; rolled whatever happens. One
more, of fold or stand, where France errs there too."""

_WAR, _BACKDOWN = OUTCOMES.index("war"), OUTCOMES.index("backdown")


@dataclass(frozen=True, eq=False)
class Campaigns:
    """n campaigns, at the beginning and after each month, or in each month.

    Russia's belief that France is resolute and France's that Russia is the opportunist freeze when a campaign ends, and
    so does how often France is resolute in truth among those in which the same was seen. Chances are those of each of
    `OUTCOMES`, in truth, given all that both sides have seen before the month, and 0 once the campaign has ended;
    signals are places in the stances, and -1 then.
    """

    resolute: Floats  # (months + 1, n)
    opportunist: Floats
    truly_resolute: Floats
    going: Bools  # whether it has not ended
    happened: Bools  # (months + 1, outcome, n)
    chance: Floats  # (months, outcome, n)
    signal: NDArray[np.intp]  # (months, n)

    def part(self, start: int, stop: int) -> Campaigns:
        """Return some of the campaigns."""
        return Campaigns(**{name: array[..., start:stop] for name, array in vars(self).items()})


class Dice(Protocol):
    """Where random numbers come from, such as numpy's generator."""

    def random(self, size: tuple[int, int], /) -> Floats:
        """Return numbers from 0 to 1."""
        ...


def bayes(belief: Floats, likelihood: Floats, other: Floats) -> Floats:
    """Return the belief in a type after something was seen that it does with probability `likelihood`, all (n,).

    What both types do with the same probability leaves the belief as it is, to the last bit, and so does what neither
    does; a belief of 0 or 1 stays.
    """
    own, rest = belief * likelihood, (1 - belief) * other
    news = (likelihood != other) & (own + rest > 0)
    return np.where(news, np.divide(own, own + rest, out=belief.astype(float), where=news), belief)


def campaigns(
    parameters: Mapping[str, ArrayLike],
    plan: CampaignPlan,
    rng: Dice,
    *,
    worst_case: WorstCase = "type",
    stances: Stances = BASELINE,
) -> Campaigns:
    """Roll one campaign per row of the parameters, (n,)."""
    plan.check_doctrine(stances.names)
    last = plan.last_rationality
    game, chances = crisis(parameters, worst_case=worst_case, stances=stances, last_move=last)
    game, chances = game.flat(), chances.flat()
    values, after = parameter_values(parameters, stances)[0], _batch_last(chances)
    opportunist, count = game.receiver_prior[:, 1], len(game.prior)
    types = rng.random((2, count)) < [chances.resolute, opportunist]
    begun = np.zeros((len(OUTCOMES), count), dtype=bool)
    beliefs = [np.stack([game.prior[:, 1], opportunist, chances.resolute])]
    going, happened = [np.ones(count, dtype=bool)], [begun]
    chance, signals = [], []
    play = Conduct(*(np.zeros((kinds, game.signals, count)) for kinds in (game.types, game.receiver_types)))
    for month in range(plan.months):
        now, live, known = beliefs[-1], going[-1], happened[-1]
        # At the same beliefs what was played before is played again.
        rows = np.flatnonzero(live & np.any(now != beliefs[-2], axis=0) if month else live)
        _update(play, game, chances, (plan, stances), rows=rows, beliefs=now)
        chance.append(np.where(live, _month_chances(play, now, after), 0.0))
        signal, seen = _roll(play, types, rng.random((DICE + (last is not None), count)), after, values)
        beliefs.append(np.where(live, _learnt(play, now, signal, seen, after), now))
        going.append(live & ~(seen[_BACKDOWN] | seen[_WAR]))
        happened.append(known | (live & seen))
        signals.append(np.where(live, signal, -1))
    resolute, opportunist, truly = np.moveaxis(np.stack(beliefs), 1, 0)
    paths = np.stack(going), np.stack(happened), np.stack(chance), np.stack(signals)
    return Campaigns(resolute, opportunist, truly, *paths)


def _batch_last(chances: Chances) -> Chances:
    """Return the chances with the batch last, (m, n) and (t, m, n)."""
    return Chances(**{name: np.ascontiguousarray(np.moveaxis(each, 0, -1)) for name, each in vars(chances).items()})


def _update(
    play: Conduct,
    game: SignallingGame,
    chances: Chances,
    how: tuple[CampaignPlan, Stances],
    *,
    rows: NDArray[np.intp],
    beliefs: Floats,
) -> None:
    """Solve some rows at current beliefs and write their play in place."""
    if not len(rows):
        return
    prior, receiver_prior = (np.stack([1 - each[rows], each[rows]], axis=1) for each in beliefs[:2])
    some = SignallingGame(prior, game.sender[rows], game.receiver[rows], receiver_prior, available=game.available)
    own = replace(Chances(**{name: each[rows] for name, each in vars(chances).items()}), resolute=beliefs[2, rows])
    answer = conduct(some, own, *how)
    play.strategy[..., rows], play.strike[..., rows] = answer.strategy, answer.strike


def _month_chances(play: Conduct, beliefs: Floats, after: Chances) -> Floats:
    """Return the probability in truth of each of `OUTCOMES` in a month at given beliefs, (outcome, n)."""
    _, opportunist, resolute = beliefs
    joint = np.stack([1 - resolute, resolute])[:, None] * play.strategy  # (t, m, n)
    strike = (1 - opportunist) * play.strike[0] + opportunist * play.strike[1]  # (m, n)
    sent, stands = joint.sum(axis=0), (after.standing * joint).sum(axis=0)
    hit = strike * after.hit
    war = hit * stands * after.war
    backdown = hit * ((1 - after.standing) * joint).sum(axis=0)
    aside = [backdown, hit * sent * (1 - after.backing)]
    each = [strike * sent, hit * sent, hit * stands, war, war * after.nuclear, *aside]
    return np.stack([by_signal.sum(axis=0) for by_signal in each])


def _roll(
    play: Conduct, types: Bools, dice: Floats, after: Chances, values: Mapping[str, Floats]
) -> tuple[NDArray[np.intp], Bools]:
    """Roll a month of every row: the signal, (n,), and which of `OUTCOMES` come about, (outcome, n)."""
    row = np.arange(dice.shape[1])
    resolute, opportunist = types.astype(int)
    chosen = np.cumsum(play.strategy[resolute, :, row], axis=1)  # (n, m)
    signal = (dice[0][:, None] >= chosen[:, :-1]).sum(axis=1)
    strike = dice[1] < play.strike[opportunist, signal, row]
    hit = strike & (dice[2] < after.hit[signal, row])
    stands = after.stands[resolute, signal, row]
    if len(dice) > DICE:
        stands = dice[DICE] < after.standing[resolute, signal, row]
    stands &= hit
    backed = hit & (dice[3] < after.backing[signal, row])
    to_war = np.where(backed, values["escalation.war_if_backed"], values["escalation.war_if_alone"])
    war = stands & (dice[4] < to_war)
    nuclear = war & (dice[5] < after.nuclear)
    return signal, np.stack([strike, hit, stands, war, nuclear, hit & ~stands, hit & ~backed])


def _learnt(play: Conduct, beliefs: Floats, signal: NDArray[np.intp], seen: Bools, after: Chances) -> Floats:
    """Return the beliefs after a month, (3, n): first the signal, then strike or hold, then fold or stand."""
    row = np.arange(len(signal))
    strike, hit, stood, *_ = seen
    sends = play.strategy[:, signal, row]  # (t, n)
    strikes = play.strike[:, signal, row]  # (k, n)
    stands = after.standing[:, signal, row]  # (t, n)
    answer, action = np.where(stood, stands, 1 - stands), np.where(strike, strikes, 1 - strikes)
    believed, truth = (
        np.where(hit, bayes(told, answer[1], answer[0]), told)
        for told in (bayes(resolute, sends[1], sends[0]) for resolute in (beliefs[0], beliefs[2]))
    )
    return np.stack([believed, bayes(beliefs[1], action[1], action[0]), truth])
