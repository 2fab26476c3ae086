"""What becomes of a crisis that comes month after month, and what does each side learn? Over all draws of a scenario.

Each draw is one campaign with parameters, types and dice of its own. A curve is the product over months of 1 − (mean
chance of the outcome among campaigns that have not had it): dice decide who is among them, chances are exact.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import Any

import numpy as np

from sim.analyses.campaign.history import Past, likeliest, recorded, remembered
from sim.analyses.campaign.months import SURE, Campaigns, campaigns
from sim.analyses.campaign.plan import CampaignPlan
from sim.analyses.campaign.words import campaign_notes
from sim.crisis.ladder import OUTCOMES
from sim.crisis.parameters import BELIEF
from sim.crisis.play import LAST_MOVES
from sim.draws.blocks import REPLICATES, Block, gathered
from sim.draws.tally import WeightedBlock, WeightedTally, weighted_block
from sim.games.game import Floats
from sim.montecarlo.chunks import joined
from sim.montecarlo.job import Sample, sampled
from sim.scenario.given import Source
from sim.telling.answer import Provenance, stated
from sim.work.executors import Crew, crew
from sim.work.pieces import of_pieces

BELIEFS = ("resolute", "opportunist")
"""Russia's belief that France is resolute, and France's belief that Russia is the opportunist."""

QUANTILES = {"q05": 0.05, "q25": 0.25, "q50": 0.5, "q75": 0.75, "q95": 0.95}
"""Quantiles of a belief over campaigns."""

FEW = 4096
"""Campaigns, at most, by which both last moves of quantal play are set beside each other."""

_RUNGS = 5  # of OUTCOMES; the others are side outcomes
_DICE = 7  # sets the streams of the dice apart from those of the draws


@dataclass(frozen=True, eq=False)
class Campaign(Provenance):
    """What a campaign does over all draws, one campaign each; every list runs over months, from month 0.

    Attributes
    ----------
    plan, stance : CampaignPlan, str
        As asked, with the history that was used, and the stance of that history.
    target, apart : bool
        Whether anybody can be hit (if not, every rung is zero by construction), and whether Russia's belief that France
        is resolute begins elsewhere than at how often it is so.
    effective_draws, encounters_per_year : float
        Draws that count in effect (Kish): all of them without a history; and the scenario's pace.
    survival, survival_se : dict of str to list of float
        Probability that each of `OUTCOMES` has not come about yet, and its standard error.
    going : list of float
        Probability that the campaign has not ended, by a fold or in war.
    by_last_move : dict of str to dict of str to float
        Under quantal play, for "exact" and "logit": probability that each outcome has come about by the end, from the
        first `draws` of the draws; empty otherwise.
    belief : dict of str to dict of str to list of float
        For each of `BELIEFS`: mean, se, the `QUANTILES` over campaigns, and sure, the share of campaigns in which the
        side is sure.
    notes : list of str
        What must be known to read the figures.
    """

    plan: CampaignPlan
    stance: str
    target: bool
    apart: bool
    effective_draws: float
    encounters_per_year: float
    survival: dict[str, list[float]]
    survival_se: dict[str, list[float]]
    going: list[float]
    by_last_move: dict[str, dict[str, float]]
    belief: dict[str, dict[str, list[float]]]
    notes: list[str]

    def table(self) -> list[dict[str, Any]]:
        """Return one row per outcome and month: outcome, month, not_yet (probability of none by then), and its se."""
        return [
            {"outcome": outcome, "month": month, "not_yet": not_yet, "se": se}
            for outcome, curve in self.survival.items()
            for month, (not_yet, se) in enumerate(zip(curve, self.survival_se[outcome], strict=True))
        ]

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data, ready for JSON."""
        found = {name: value for name, value in vars(self).items() if name not in ("title", "plan", "stance")}
        history = {"held": self.plan.history, "stance": self.stance}
        return {"schema": 1} | stated(found) | vars(self.plan) | {"history": history}


def campaign(
    scenario: Source,
    plan: CampaignPlan | None = None,
    *,
    draws: int | None = None,
    seed: int | None = None,
    workers: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Campaign:
    """Return what the same crisis does month after month: survival of each rung, and beliefs by month.

    Parameters
    ----------
    scenario : Scenario, str or Path
        From `load_scenario`; or the name or file that it takes.
    plan : CampaignPlan, optional
        Length, doctrine, concept and history; 24 months in which France chooses if left out.
    draws, seed : int, optional
        Campaigns, each with parameters of its own, rounded up to 16 · 2^k, and the seed of draws and dice; by default
        the scenario's.
    workers : int
        Processes that share the work.
    progress : callable, optional
        Called with the draws done and the draws to do, every few blocks.

    Returns
    -------
    Campaign
        Same scenario, plan, draws and seed give the same bits, for any workers.

    Raises
    ------
    ValueError, TypeError
        If draws, seed or workers are out of bounds or no whole numbers, or the doctrine is no stance of the scenario.

    Examples
    --------
    >>> import sim
    >>> month = sim.campaign("macron-2024", sim.CampaignPlan(months=1), draws=1024)
    >>> month.survival["nuclear"][0], len(month.belief["opportunist"]["mean"])
    (1.0, 2)
    """
    sample, plan = sampled(scenario, draws, seed), plan or CampaignPlan()
    scenario, stances = sample.scenario, sample.scenario.stances
    plan.check_doctrine(stances.names)
    plan = replace(plan, history=scenario.history[0] if plan.history is None else plan.history)
    with crew(workers) as by:
        sums, beliefs, counted = _summed(sample, plan, by, progress)
        by_last_move = _by_last_move(sample, plan, by, sums) if plan.concept == "quantal" else {}
    means, errors = survival_curves(*sums)
    effective = float(counted[0] ** 2 / counted[1])
    return Campaign(
        **sample.provenance(),
        plan=plan,
        stance=recorded(scenario),
        target=bool(stances.struck) if plan.doctrine is None else plan.doctrine in stances.struck,
        apart=BELIEF in scenario.entries,
        encounters_per_year=scenario.encounters_per_year,
        survival=dict(zip(OUTCOMES, means.tolist(), strict=False)),
        survival_se=dict(zip(OUTCOMES, errors.tolist(), strict=False)),
        effective_draws=effective,
        going=means[-1].tolist(),
        by_last_move=by_last_move,
        belief={name: _fan(beliefs, name, plan.months) for name in BELIEFS},
        notes=sample.notes(campaign_notes(plan, scenario, draws=sample.draws, effective=effective)),
    )


def _summed(
    sample: Sample, plan: CampaignPlan, by: Crew | None, progress: Callable[[int, int], None] | None = None
) -> tuple[Floats, WeightedTally, Floats]:
    """Return chances and weights, both beliefs, and the sum of all weights and of their squares."""
    scenario, seed, draws = sample.scenario, sample.seed, sample.draws
    past = Past(scenario, plan.history or 0, plan.rationality, plan.last_rationality)
    if past.held:
        best = max(of_pieces(partial(likeliest, past=past, seed=seed), draws, by))
        past = replace(past, best=best)
    sums, beliefs = np.zeros((2, REPLICATES, plan.months, len(OUTCOMES) + 1)), WeightedTally(_names(plan))
    counted = np.zeros(2)
    work = partial(_rolled, past=past, plan=plan, seed=seed)
    for each in chain.from_iterable(of_pieces(work, draws, by, progress=progress)):
        sums[:, each.beliefs.replicate] += each.hazards
        beliefs.merge(each.beliefs)
        counted += each.counted
    return sums, beliefs, counted


@dataclass(frozen=True, eq=False)
class _Rolled:
    """What a block adds: hazards, beliefs, and the sum of its weights and of their squares."""

    hazards: Floats  # (2, months, outcome + 1)
    beliefs: WeightedBlock
    counted: tuple[Any, Any]


def _rolled(listed: list[Block], *, past: Past, plan: CampaignPlan, seed: int) -> list[_Rolled]:
    """Roll campaigns for some blocks."""
    scenario, names, found = past.scenario, _names(plan), []
    for some in gathered(remembered(listed, past=past, seed=seed), lambda each: each[0].size):
        dice, parameters = _Dice(seed, [block for block, _, _ in some]), joined(each for _, each, _ in some)
        every, start = campaigns(parameters, plan, dice, worst_case=scenario.worst_case, stances=scenario.stances), 0
        for block, _, weights in some:
            rolled = every.part(start, start := start + block.size)
            by_month = {name: (row, weights) for name, row in _by_month(rolled).items()}
            beliefs = weighted_block(names, block.replicate, by_month)
            found.append(_Rolled(_hazards(rolled, weights), beliefs, (weights.sum(), np.square(weights).sum())))
    return found


class _Dice:
    """Random numbers of several blocks side by side, to each block the same as if it were alone."""

    def __init__(self, seed: int, listed: Sequence[Block]) -> None:
        keys = [(_DICE, block.replicate, block.start) for block in listed]
        self._own = [np.random.default_rng(np.random.SeedSequence(seed, spawn_key=key)) for key in keys]
        self._sizes = [block.size for block in listed]

    def random(self, shape: tuple[int, int]) -> Floats:
        """Return numbers from 0 to 1, (rows, draws of all blocks)."""
        each = zip(self._own, self._sizes, strict=True)
        return np.concatenate([own.random((shape[0], size)) for own, size in each], axis=1)


def _by_last_move(sample: Sample, plan: CampaignPlan, by: Crew | None, own: Floats) -> dict[str, dict[str, float]]:
    """Return what has come about by the end with either last move, from the first few draws of every replicate.

    The plan's `own` sums, over all draws, are taken where those are few.
    """
    few, found = replace(sample, draws=min(sample.draws, FEW)), {}
    for move in LAST_MOVES:
        known = move == plan.last_move and few.draws == sample.draws
        curves, _ = survival_curves(*(own if known else _summed(few, replace(plan, last_move=move), by)[0]))
        reached = zip(OUTCOMES, (1 - curves[:, -1]).tolist(), strict=False)
        found[move] = {"draws": float(few.draws), **dict(reached)}
    return found


def survival_curves(chance: Floats, at_risk: Floats) -> tuple[Floats, Floats]:
    """Return the probability of "not yet" by month from sums over campaigns, with errors over replicates.

    The product-limit estimate (Kaplan and Meier 1958, J. Am. Stat. Assoc. 53, 457-481) over all replicates, with
    chances where that has counts; the error is the jackknife's, which leaves out one replicate at a time (Efron and
    Stein 1981, Ann. Stat. 9, 586-596).

    Shapes: chance (r, months, o), at_risk (r, months, o) → curve, standard error (o, months + 1).
    """
    replicates, totals = len(chance), (chance.sum(axis=0), at_risk.sum(axis=0))
    without_one = _curves(totals[0] - chance, totals[1] - at_risk)
    spread = without_one.std(axis=0) * np.sqrt(replicates - 1)
    return _curves(*totals).T, spread.T


def _curves(chance: Floats, at_risk: Floats) -> Floats:
    """Return the product over months of 1 - mean chance, (..., months + 1, o)."""
    mean = np.divide(chance, at_risk, out=np.zeros_like(chance), where=at_risk > 0)
    monthly = 1 - np.minimum(mean, 1)  # a sum of probabilities may exceed 1 by rounding
    curves = np.cumprod(np.concatenate([np.ones_like(monthly[..., :1, :]), monthly], axis=-2), axis=-2)
    # Where two rungs are nearly one, the dice of few campaigns can put the higher one first by a hair.
    curves[..., :_RUNGS] = np.maximum.accumulate(curves[..., :_RUNGS], axis=-1)
    return np.asarray(curves)


def _hazards(rolled: Campaigns, weights: Floats) -> Floats:
    """Return summed chances and weights of campaigns without the outcome, (2, months, outcome + 1); last is the end."""
    ends = rolled.chance[:, [OUTCOMES.index("war")]] + rolled.chance[:, [OUTCOMES.index("backdown")]]
    chance = np.concatenate([rolled.chance, ends], axis=1)
    without = np.concatenate([~rolled.happened[:-1], rolled.going[:-1, None]], axis=1)
    return np.stack([(np.where(without, chance, 0.0) * weights).sum(axis=-1), (without * weights).sum(axis=-1)])


def _names(plan: CampaignPlan) -> tuple[str, ...]:
    """Name both beliefs at every month, and whether they are sure."""
    fans = [f"{name}.{month}" for name in BELIEFS for month in range(plan.months + 1)]
    return (*fans, *(f"sure.{name}" for name in fans))


def _by_month(rolled: Campaigns) -> dict[str, Floats]:
    """Return both beliefs at every month, and whether they are sure."""
    paths = {name: getattr(rolled, name) for name in BELIEFS}
    beliefs = {f"{name}.{month}": row for name, path in paths.items() for month, row in enumerate(path)}
    return beliefs | {f"sure.{name}": (np.minimum(row, 1 - row) < SURE).astype(float) for name, row in beliefs.items()}


def _fan(tally: WeightedTally, name: str, months: int) -> dict[str, list[float]]:
    """Return mean, error, quantiles and share of the sure at every month."""
    names = [f"{name}.{month}" for month in range(months + 1)]
    quantiles = [tally.quantiles(each, [*QUANTILES.values()]) for each in names]
    return {
        "mean": [tally.mean(each) for each in names],
        "se": [tally.standard_error(each) for each in names],
        **{key: list(each) for key, each in zip(QUANTILES, zip(*quantiles, strict=True), strict=True)},
        "sure": [tally.mean(f"sure.{each}") for each in names],
    }
