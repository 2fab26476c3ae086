"""Which stance is robust, and how small a shift of one belief flips the ranking?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from sim.analyses.robustness.doctrine_sums import DoctrineSums, Numbers
from sim.analyses.robustness.ranking import Ranking, ranking, shiftable
from sim.analyses.robustness.regret import PAYOFF, PAYOFFS, QUANTITIES, comparable, contenders, held
from sim.analyses.robustness.rules import Criterion
from sim.analyses.robustness.words import robustness_notes
from sim.crisis.ladder import OUTCOMES
from sim.crisis.parameters import Stances
from sim.crisis.terms import READINGS, WorstCase
from sim.draws.blocks import end_to_end, parameter_values
from sim.games.game import Floats
from sim.montecarlo.job import Sample, sampled
from sim.scenario.given import Source
from sim.telling.answer import Provenance, stated

CEILINGS = {"casualties": 0.05, "war": 0.001}
"""Probabilities per encounter that a stance should keep under, if none are given: 1 in 20, and 1 in 1,000."""

READ_ANEW = ("worst_case", "regret", "ties", "strips", "criteria", "ceilings", "standings", "ranking")
"""What another reading of the worst case changes."""


@dataclass(frozen=True, eq=False)
class Robustness(Provenance):
    """How the doctrines compare when nobody knows which draw is the world.

    Attributes
    ----------
    stances, struck : tuple of str
        The scenario's stances, and those of them that leave Russia a target: only these are compared by outcomes.
    by : str
        The quantity behind `strips` and `ranking`.
    regret : dict
        By quantity, then stance: mean, se, q95 and max of the regret; best, the share of draws in which the stance is
        best (ties shared), and best_se.
    ties : dict of str to float
        By quantity, the share of draws in which the best stances tie.
    strips : dict of str to list of float
        By stance, 100 quantiles of its regret.
    criteria : dict of str to Criterion
        The classical rules, by France's payoff: laplace, maximin, hurwicz, minimax_regret, and all but the first as
        trimmed_..., with the outermost 1 % of draws left out.
    hurwicz : float
        Weight on the worst case.
    ceilings : list of dict
        outcome, ceiling, and by stance the mean and se of the share of draws in which the ceiling is kept.
    standings : dict of str to list of dict
        By france_payoff, and by payoff_without_stance_value, which leaves out what a stance is worth in itself: the
        stances from the first place down, with place, stance, mean, se, best and best_se.
    ranking : Ranking
        The lead on average, and the beliefs that could overturn it.
    worst_case : {"type", "outcome"}
        What Russia's worst case runs over here.
    other : Robustness or None
        The same draws in the other reading of the worst case; None where nobody can be struck, and in the other.
    notes : list of str
        What a reader must know.
    """

    stances: tuple[str, ...]
    struck: tuple[str, ...]
    by: str
    regret: dict[str, dict[str, Numbers]]
    ties: dict[str, float]
    strips: dict[str, list[float]]
    criteria: dict[str, Criterion]
    hurwicz: float
    ceilings: list[Numbers]
    standings: dict[str, list[Numbers]]
    ranking: Ranking
    notes: list[str]
    worst_case: WorstCase
    other: Robustness | None = None

    def table(self) -> list[dict[str, Any]]:
        """Return one row per quantity and stance: both, and of the regret mean, se, q95, max, best and best_se."""
        return [
            {"quantity": quantity, "stance": stance, **figures}
            for quantity, stances in self.regret.items()
            for stance, figures in stances.items()
        ]

    def to_dict(self) -> dict[str, Any]:
        """Return everything as JSON can hold it, with "schema", the version of this shape; of `other` what differs."""
        plain = asdict(self)
        for each in filter(None, (plain, plain["other"])):
            each["ranking"]["shifts"] = [shift.pop("flip") | shift for shift in each["ranking"]["shifts"]]
        other = plain["other"] and {name: plain["other"][name] for name in READ_ANEW}
        return {"schema": 1} | stated(plain) | {"other": other}


def robustness(  # noqa: PLR0913 - each is asked for by name
    scenario: Source,
    draws: int | None = None,
    seed: int | None = None,
    *,
    by: str = PAYOFF,
    ceilings: Mapping[str, float] | None = None,
    hurwicz: float = 0.5,
    progress: Callable[[int, int], object] | None = None,
) -> Robustness:
    """Return regrets, classical criteria, satisficing and the smallest flips of the doctrines.

    Memory does not grow with the number of draws.

    Parameters
    ----------
    scenario : Scenario, str or Path
        From `load_scenario`; or the name or file that it takes.
    draws, seed : int, optional
        Draws, at least 1, rounded up to 16 · 2^k, and their seed, 0 or more; by default the scenario's.
    by : str
        france_payoff, payoff_without_stance_value, or an outcome such as strike or war, for which two stances must have
        a target; what `strips` and `ranking` go by.
    ceilings : mapping of str to float, optional
        Probability, in [0, 1], that each outcome should stay under; `CEILINGS` if left out.
    hurwicz : float
        Weight on the worst case, in [0, 1].
    progress : callable, optional
        Called with the draws done and the draws to do after every block.

    Returns
    -------
    Robustness
        Same scenario, draws and seed give the same bits.

    Raises
    ------
    ValueError, TypeError
        If an argument is out of bounds, or draws or seed are no whole numbers.

    Examples
    --------
    >>> import sim
    >>> result = sim.robustness("macron-2024", draws=4096)
    >>> result.ranking.best, result.criteria["maximin"].recommends
    ('ambiguous', ('rule_out',))
    """
    sample = sampled(scenario, draws, seed)
    scenario, stances = sample.scenario, sample.scenario.stances
    limits = dict(CEILINGS if ceilings is None else ceilings)
    _check(by, stances, limits, hurwicz)
    movable = shiftable(scenario)
    names, movable_rows = tuple(each.name for each in movable), [each.row for each in movable]
    first = scenario.worst_case
    readings = (first, *(each for each in READINGS if each != first and stances.struck))
    sums = {reading: DoctrineSums(by, limits, names, stances) for reading in readings}

    def by_draw(scores: Floats) -> dict[str, Floats]:
        """Return by reading what each stance gives by each quantity, (q, d, n)."""
        values = parameter_values(scenario, scores)
        every = {reading: held(values, worst_case=reading, stances=stances) for reading in readings}
        return {reading: np.array([[*by.values()] for by in found.values()]) for reading, found in every.items()}

    for some, scores in end_to_end(sample.scores(progress)):
        found = by_draw(scores)
        for reading, each in sums.items():
            of = {
                by: dict(zip(stances.names, rows, strict=True))
                for by, rows in zip(QUANTITIES, found[reading], strict=True)
            }
            each.add(some, scores[movable_rows], of)
    own, *others = (_found(sample, each, reading, hurwicz) for reading, each in sums.items())
    return replace(own, other=others[0]) if others else own


def _found(sample: Sample, sums: DoctrineSums, reading: WorstCase, hurwicz: float) -> Robustness:
    """Return what the sums of one reading of the worst case say."""
    stances, leads = sums.stances, ranking(sample.scenario, sums.tilts, sums.means())
    return Robustness(
        **sample.provenance(),
        stances=stances.names,
        struck=stances.struck,
        by=sums.by,
        regret={quantity: sums.regret(quantity) for quantity in sums.quantities},
        ties={quantity: sums.tally.mean(f"tie.{quantity}") for quantity in sums.quantities},
        strips={stance: sums.strip(stance) for stance in contenders(sums.by, stances)},
        criteria=sums.criteria(hurwicz),
        hurwicz=hurwicz,
        ceilings=sums.kept(),
        standings={quantity: sums.standing(quantity) for quantity in PAYOFFS},
        ranking=leads,
        notes=sample.notes(robustness_notes(stances, leads)),
        worst_case=reading,
    )


def _check(by: str, stances: Stances, ceilings: Mapping[str, float], hurwicz: float) -> None:
    """Refuse what is out of bounds."""
    if by in QUANTITIES and by not in (allowed := comparable(stances)):
        why = f"fewer than two of {', '.join(stances.names)} can be struck"
        raise ValueError(f"by must be one of {', '.join(allowed)}, since {why}; it is {by!r}")
    if not 0 <= hurwicz <= 1:
        raise ValueError(f"hurwicz must lie in [0, 1]; it is {hurwicz}")
    for outcome, ceiling in ceilings.items():
        if outcome not in OUTCOMES:
            raise ValueError(f"ceilings must be of {', '.join(OUTCOMES)}; one is of {outcome!r}")
        if not 0 <= ceiling <= 1:
            raise ValueError(f"ceilings must lie in [0, 1]; that of {outcome} is {ceiling}")
