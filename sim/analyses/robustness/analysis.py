"""Which stance is robust, and how small a shift of one belief flips the ranking?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import asdict, dataclass, fields
from typing import Any

from sim.analyses.robustness.doctrine_sums import DoctrineSums, Numbers
from sim.analyses.robustness.ranking import Ranking, ranking, shiftable
from sim.analyses.robustness.regret import PAYOFF, QUANTITIES, contenders, held
from sim.analyses.robustness.rules import Criterion
from sim.analyses.robustness.words import robustness_notes
from sim.crisis.ladder import OUTCOMES
from sim.crisis.parameters import PARAMETERS
from sim.draws.blocks import blocks, parameter_values, rounded_draws, uniforms
from sim.montecarlo.identity import versions
from sim.scenario.given import Source, as_scenario, draws_and_seed
from sim.telling.answer import Provenance

CEILINGS = {"casualties": 0.05, "war": 0.001}
"""Probabilities per encounter that a stance should keep under, if none are given: 1 in 20, and 1 in 1,000."""


@dataclass(frozen=True, eq=False)
class Robustness(Provenance):
    """How the three doctrines compare when nobody knows which draw is the world.

    Attributes
    ----------
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
    ranking : Ranking
        The lead on average, and the beliefs that could overturn it.
    notes : list of str
        What a reader must know.

    Examples
    --------
    >>> import sim
    >>> result = sim.robustness(sim.load_scenario("macron-2024"), draws=4096)
    >>> result.ranking.best, result.criteria["maximin"].recommends
    ('ambiguous', ('rule_out',))
    """

    by: str
    regret: dict[str, dict[str, Numbers]]
    ties: dict[str, float]
    strips: dict[str, list[float]]
    criteria: dict[str, Criterion]
    hurwicz: float
    ceilings: list[Numbers]
    ranking: Ranking
    notes: list[str]

    def table(self) -> list[dict[str, Any]]:
        """Return one row per quantity and stance that is compared by it.

        Returns
        -------
        list of dict
            Keys quantity and stance, and of the stance's regret mean, se, q95, max, best and best_se. Ready for
            ``pandas.DataFrame``.
        """
        return [
            {"quantity": quantity, "stance": stance, **figures}
            for quantity, stances in self.regret.items()
            for stance, figures in stances.items()
        ]

    def to_dict(self) -> dict[str, Any]:
        """Return everything as JSON can hold it, with "schema", the version of this shape.

        Examples
        --------
        >>> import sim
        >>> answer = sim.robustness(sim.load_scenario("macron-2024"), draws=64).to_dict()
        >>> list(answer)[:5]
        ['schema', 'scenario', 'title', 'draws', 'seed']
        """
        plain = {each.name: deepcopy(getattr(self, each.name)) for each in fields(self)}
        ranking = asdict(self.ranking)
        ranking["shifts"] = [each.pop("flip") | each for each in ranking["shifts"]]
        rules = {rule: asdict(each) for rule, each in self.criteria.items()}
        return {"schema": 1} | plain | {"criteria": rules, "ranking": ranking}


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
    """Return regrets, classical criteria, satisficing and the smallest flips of the three doctrines.

    Memory does not grow with the number of draws.

    Parameters
    ----------
    scenario : Scenario, str or Path
        From `load_scenario`; or the name or file that it takes.
    draws : int, optional
        At least 1; rounded up to 16 · 2^k. By default the scenario's.
    seed : int, optional
        Seed of the draws, 0 or more. By default the scenario's.
    by : str
        france_payoff, or an outcome such as strike or war; what `strips` and `ranking` go by.
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
    ValueError
        If an argument is out of bounds.
    TypeError
        If draws or seed are no whole numbers.

    Examples
    --------
    >>> import sim
    >>> result = sim.robustness(sim.load_scenario("macron-2024"), draws=4096)
    >>> round(sum(each["best"] for each in result.regret["france_payoff"].values()), 12)
    1.0
    """
    scenario = as_scenario(scenario)
    asked, seed = draws_and_seed(scenario, draws, seed)
    total = rounded_draws(asked)
    limits = dict(CEILINGS if ceilings is None else ceilings)
    _check(seed, limits, hurwicz)
    sums = DoctrineSums(by, limits, movable := shiftable(scenario))
    rows = [place for place, each in enumerate(PARAMETERS) if each.name in movable]
    listed = blocks(total)
    for block, u in zip(listed, uniforms(seed, listed), strict=True):
        sums.add(block.replicate, u[rows], held(parameter_values(scenario, u), worst_case=scenario.worst_case))
        if progress:
            progress(sums.tally.draws, total)
    return Robustness(
        scenario=scenario.name,
        title=scenario.title,
        draws=total,
        seed=seed,
        versions=versions(),
        settings=dict(scenario.settings),
        by=by,
        regret={quantity: sums.regret(quantity) for quantity in QUANTITIES},
        ties={quantity: sums.tally.mean(f"tie.{quantity}") for quantity in QUANTITIES},
        strips={stance: sums.strip(stance) for stance in contenders(by)},
        criteria=sums.criteria(hurwicz),
        hurwicz=hurwicz,
        ceilings=sums.kept(),
        ranking=(found := ranking(scenario, sums.tilts, sums.means())),
        notes=robustness_notes(scenario, found, asked=asked, draws=total),
    )


def _check(seed: int, ceilings: Mapping[str, float], hurwicz: float) -> None:
    """Refuse what is out of bounds."""
    if seed < 0:
        raise ValueError(f"seed must be at least 0; it is {seed}")
    if not 0 <= hurwicz <= 1:
        raise ValueError(f"hurwicz must lie in [0, 1]; it is {hurwicz}")
    for outcome, ceiling in ceilings.items():
        if outcome not in OUTCOMES:
            raise ValueError(f"ceilings must be of {', '.join(OUTCOMES)}; one is of {outcome!r}")
        if not 0 <= ceiling <= 1:
            raise ValueError(f"ceilings must lie in [0, 1]; that of {outcome} is {ceiling}")
