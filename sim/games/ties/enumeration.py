"""Which equilibria does a game have whose best responses tie? All, by linear programs, one game at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from sim.games.closed_form.response_path import TIE
from sim.games.equilibria import FAMILIES, Equilibria
from sim.games.game import Floats, SignallingGame
from sim.games.ties.plans import Plan, plans, replies, sender_payoffs, strategies
from sim.games.ties.polytope import inner_point, least

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
    for plan in tried:
        answers = list(_replies(plan, payoffs.weighted, worth))  # first: they rule out more plans than strategies do
        strategy = inner_strategy(plan, game.prior[0]) if answers else None
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


def inner_strategy(plan: Plan, prior: Floats) -> Floats | None:
    """Return the strategy (t, m) that fits the plan with the largest smallest probability; None if none fits."""
    if plan.sends.sum() == 2:
        return plan.sends.T.astype(np.float64)
    answer = inner_point(strategies(plan, prior), plan.sends.T.ravel())
    if answer is None or answer[1] <= TIE:
        return None
    strategy = np.clip(answer[0].reshape(2, -1), 0.0, 1.0)
    return np.asarray(strategy / strategy.sum(axis=1, keepdims=True))


@dataclass(frozen=True, eq=False)
class _Member:
    """An equilibrium: strategy (t, m), response (k, m, a), scaled value (t,)."""

    plan: Plan
    strategy: Floats
    response: Floats
    value: Floats


def _replies(plan: Plan, payoff: Floats, worth: Floats) -> Iterator[tuple[Floats, Floats]]:
    """Yield responses (k, m, a) that make the plan optimal, at the extremes of the values (t,) and the best of all.

    The best is judged before the sender learns its type, which weighs the scaled values by their `worth` (t,).
    """
    k, t, m, a = payoff.shape
    goals = np.concatenate([-worth[None] / worth.max(), np.eye(t), -np.eye(t)])
    points = least(replies(plan, payoff), np.concatenate([np.zeros((len(goals), k * m * a)), goals], axis=1))
    for point in [] if points is None else points:
        response = np.clip(point[:-t].reshape(k, m, a), 0.0, 1.0)
        yield response / response.sum(axis=2, keepdims=True), point[-t:]


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
