"""Which stance is robust, and how small a shift of one belief flips the ranking?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import asdict, dataclass, fields
from typing import Any

from sim.analyses.robustness.doctrine_sums import Comparison
from sim.analyses.robustness.ranking import Ranking, ranking, shiftable
from sim.analyses.robustness.regret import PAYOFF, QUANTITIES, contenders, held
from sim.analyses.robustness.rules import Criterion
from sim.crisis.ladder import OUTCOMES
from sim.crisis.parameters import PARAMETERS
from sim.draws.blocks import blocks, parameter_values, rounded_draws, uniforms
from sim.montecarlo.identity import versions
from sim.scenario.given import Source, as_scenario, draws_and_seed
from sim.scenario.scenario import Scenario
from sim.telling.english import rounded_up, set_by_hand

CEILINGS = {"casualties": 0.05, "war": 0.001}
"""Probabilities per encounter that a stance should keep under, if none are given: 1 in 20, and 1 in 1,000."""

Figures = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Robustness:
    """How the three doctrines compare when nobody knows which draw is the world.

    Attributes
    ----------
    scenario, title : str
        Name and title of the scenario.
    draws, seed : int
        Draws that were run, and the seed.
    versions : dict of str to str
        Versions of what the bits depend on.
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
    settings : dict of str to float
        Parameters that were set by hand, by name.

    Examples
    --------
    >>> import sim
    >>> result = sim.robustness(sim.load_scenario("macron-2024"), draws=4096)
    >>> result.ranking.best, result.criteria["maximin"].recommends
    ('ambiguous', ('rule_out',))
    """

    scenario: str
    title: str
    draws: int
    seed: int
    versions: dict[str, str]
    by: str
    regret: dict[str, dict[str, Figures]]
    ties: dict[str, float]
    strips: dict[str, list[float]]
    criteria: dict[str, Criterion]
    hurwicz: float
    ceilings: list[Figures]
    ranking: Ranking
    notes: list[str]
    settings: dict[str, float]

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
    sums = Comparison(by, limits, movable := shiftable(scenario))
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
        by=by,
        regret={quantity: sums.regret(quantity) for quantity in QUANTITIES},
        ties={quantity: sums.tally.mean(f"tie.{quantity}") for quantity in QUANTITIES},
        strips={stance: sums.strip(stance) for stance in contenders(by)},
        criteria=sums.criteria(hurwicz),
        hurwicz=hurwicz,
        ceilings=sums.kept(),
        ranking=(found := ranking(scenario, sums.tilts, sums.means())),
        notes=_notes(scenario, found, asked=asked, draws=total),
        settings=dict(scenario.settings),
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


def _notes(scenario: Scenario, found: Ranking, *, asked: int, draws: int) -> list[str]:
    """Return what a reader must know to read the figures, in whole sentences."""
    said = [
        "France's payoff is on France's own yardstick, and what a stance is worth in itself is part of it: another "
        "reading of those numbers is another ranking.",
        "Shares are shares of draws, that is of what the scenario finds credible; they are not probabilities in the "
        "world. A rule's advice is the rule's, not ours.",
        "By outcomes only ambiguous and commit are compared: under rule_out every rung is zero by construction, since "
        "nobody is there to be hit, and that is not a finding that it is safe.",
        "Worst and best cases, and the largest regret, are those of the most extreme draw: they grow with the number "
        "of draws. The trimmed rules leave out the outermost 1 % and do not.",
    ]
    if found.correlated:
        said.append(
            f"Not shifted: {', '.join(found.correlated)}. They are drawn together with others, so that shifting one "
            "alone would mean nothing; to ask about one, use a scenario without its pair in correlation."
        )
    return [*set_by_hand(scenario.settings), *said, *rounded_up(asked, draws)]
