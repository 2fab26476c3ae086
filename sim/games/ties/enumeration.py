"""Which equilibria does a game have whose best responses tie? All, by linear programs, one game at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from sim.games.closed_form.envelope import TIE
from sim.games.equilibria import FAMILIES, Equilibria
from sim.games.game import Floats, SignallingGame
from sim.games.ties.plans import Plan, plans, replies, sender_payoffs, strategies
from sim.games.ties.polytope import inner_points, least_of_each

MOST_PLANS = 4_000  # plans tried at most: some twenty seconds. Five free messages make about 3,000, six 16,807
DISTINCT = 1e-7  # rows whose numbers all agree this closely are one: wider than the solver's feasibility tolerance


def enumerate_equilibria(game: SignallingGame) -> Equilibria:
    """Return equilibria of one flat game (n = 1, t = 2) with full-support prior, ties of any kind allowed.

    For each plan (who sends what, in which cell each belief lies) that is an equilibrium, the member best for the
    sender before it learns its type and those with the extreme values to each type are returned: both ends where a
    segment of responses supports it.
    """
    payoffs = sender_payoffs(game)
    found: list[_Member] = []
    worth = game.prior[0] * payoffs.reach
    tried = list(islice(plans(game, payoffs.weighted, harshest=True), MOST_PLANS + 1))
    if len(tried) > MOST_PLANS:
        raise ArithmeticError(f"there are more than {MOST_PLANS} ways to tie: too many to be tried one by one")
    # Replies first: they rule out more plans than strategies do.
    every = zip(tried, _replies(tried, payoffs.weighted, worth), strict=True)
    deterred = [(plan, answers) for plan, answers in every if answers]
    senders = inner_strategies([plan for plan, _ in deterred], game.prior[0])
    for (plan, answers), strategy in zip(deterred, senders, strict=True):
        if strategy is not None:
            found += [_Member(plan, strategy, *answer) for answer in answers]
    members = _distinct(found)
    if not members:
        raise ArithmeticError("no equilibrium found: payoffs differ by hardly more than the tolerance for ties")
    return Equilibria(
        game=np.zeros(len(members), dtype=np.intp),
        family=np.array([FAMILIES[member.plan.family] for member in members], dtype="U15"),
        strategy=np.array([member.strategy for member in members]),
        belief=np.array([_beliefs(member, game.prior[0]) for member in members]),
        response=np.array([member.response for member in members]),
        sender_value=payoffs.low + payoffs.reach * np.array([member.value for member in members]),
        degenerate=np.ones(len(members), dtype=bool),
    )


def inner_strategies(tried: Sequence[Plan], prior: Floats) -> list[Floats | None]:
    """Return the strategy (t, m) that fits each plan with the largest smallest probability; None where none fits."""
    allowed = [strategies(plan, prior) for plan in tried]
    evens = [plan.sends.T / plan.sends.sum(axis=0)[:, None] for plan in tried]
    fits = [
        plan.sends.sum() == 2 or np.all(each.above @ even.ravel() >= 0)
        for plan, each, even in zip(tried, allowed, evens, strict=True)
    ]
    found: list[Floats | None] = [*evens]  # no smallest probability is larger, where they fit
    uneven = [i for i, fit in enumerate(fits) if not fit]
    inner = inner_points([allowed[i] for i in uneven], [tried[i].sends.T.ravel() for i in uneven])
    for i, answer in zip(uneven, inner, strict=True):
        found[i] = None
        if answer is not None and answer[1] > TIE:
            strategy = np.clip(answer[0].reshape(2, -1), 0.0, 1.0)
            found[i] = strategy / strategy.sum(axis=1, keepdims=True)
    return found


@dataclass(frozen=True, eq=False)
class _Member:
    """An equilibrium: strategy (t, m), response (k, m, a), scaled value (t,)."""

    plan: Plan
    strategy: Floats
    response: Floats
    value: Floats


def _replies(tried: list[Plan], payoff: Floats, worth: Floats) -> Iterator[list[tuple[Floats, Floats]]]:
    """Yield for each plan the responses (k, m, a) that make it optimal, at extremes of the values (t,) and the best.

    The best is judged before the sender learns its type, which weighs the scaled values by their `worth` (t,). There
    are none if no response makes the plan optimal.
    """
    k, t, m, a = payoff.shape
    goals = np.concatenate([-worth[None] / worth.max(), np.eye(t), -np.eye(t)])
    padded = np.concatenate([np.zeros((len(goals), k * m * a)), goals], axis=1)
    for points in least_of_each([replies(plan, payoff) for plan in tried], padded):
        answers = []
        for point in [] if points is None else points:
            response = np.clip(point[:-t].reshape(k, m, a), 0.0, 1.0)
            answers.append((response / response.sum(axis=2, keepdims=True), point[-t:]))
        yield answers


def _distinct(found: list[_Member]) -> list[_Member]:
    """Return one member per on-path outcome, by family."""
    kept: dict[tuple[int, ...], _Member] = {}
    for member in found:
        used = member.strategy.sum(axis=0) > 0
        numbers = np.concatenate([member.strategy.ravel(), member.value, (member.response * used[:, None]).ravel()])
        kept.setdefault(tuple(np.rint(numbers / DISTINCT).astype(int)), member)
    return sorted(kept.values(), key=lambda member: member.plan.family)


def _beliefs(member: _Member, prior: Floats) -> Floats:
    """Return the beliefs (m, t): Bayes' rule after signals sent, the middle of the cell after the others."""
    joint = prior[:, None] * member.strategy
    total = joint.sum(axis=0)
    middle = np.array([(cell.low + cell.high) / 2 for cell in member.plan.cells])
    high = np.divide(joint[1], total, out=middle, where=total > 0)
    return np.stack([1 - high, high], axis=-1)
