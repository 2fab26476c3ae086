"""What does another scenario change? The same draws through each, so that the difference has an error of its own.

Each replicate gives every scenario the same Sobol' points, so what moves both scenarios alike cancels in their
difference (common random numbers [1]_). Its error comes from the spread of the replicates' differences; the errors of
the two means say nothing about it.

References
----------
.. [1] Glasserman, P. and Yao, D. D. (1992), "Some guidelines and guarantees for common random numbers", Management
   Science 38(6), 884-908, doi:10.1287/mnsc.38.6.884.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path
from typing import Any

from sim.analyses.compare.paired import paired_differences, paired_figures, paired_tally
from sim.crisis.ladder import OUTCOMES
from sim.crisis.parameters import STANCES
from sim.crisis.play import Play
from sim.draws.blocks import parameter_blocks, rounded_draws
from sim.draws.tally import Tally
from sim.games.game import Floats
from sim.montecarlo.encounter import PAYOFFS, PROBABILITIES, evaluate
from sim.montecarlo.identity import versions
from sim.scenario.given import Source, as_scenario, draws_and_seed, whole
from sim.scenario.scenario import Scenario
from sim.telling.english import rounded_up

SCHEMA = 1
"""Version of the dict's shape; it rises when a name or a meaning changes."""

PLAYS = {stance: stance for stance in STANCES} | {"equilibrium": "selected"}
"""Names of what is played, as in `Result.table`, and what `evaluate` calls each."""

Figures = dict[str, dict[str, dict[str, Any]]]
"""By stance or "equilibrium", then outcome, then what is said of it."""


@dataclass(frozen=True, eq=False)
class Comparison:
    """Scenarios side by side on common draws.

    Attributes
    ----------
    scenario : str
        Label of the scenario that the others are set against.
    draws, seed : int
        Draws that were run for each scenario, and their seed.
    labels : list of str
        A name for each scenario, in the order given; no two are alike.
    titles : dict of str to str
        What each scenario calls itself, by label.
    settings : dict of str to dict of str to float
        Parameters that were set by hand, by label.
    sha256 : dict of str to str
        Hash of all that each scenario states, by label.
    concept, refinement, select : str
        How the crisis was taken to be played.
    figures : dict
        By label, then stance or "equilibrium", then outcome or france_payoff: mean, se (standard error), q05 and q95
        over draws.
    differences : dict
        By the label of each other scenario, and so on: mean of its excess over `scenario`; se, from the paired
        differences of 16 replicates; q05 and q95 of the excess over draws; share of draws in which it is higher,
        lower, equal; and `worth`: how many draws of two separate random samples one common draw is worth, the
        variance of the excess with separate draws over that with common ones (None if all draws agree).
    notes : list of str
        What a reader must know.
    versions : dict of str to str
        Versions of what the bits depend on.

    Examples
    --------
    >>> import sim
    >>> base = sim.load_scenario("macron-2024")
    >>> firm = sim.compare([base, base.override({"prior.resolute": 0.9})], draws=1024)
    >>> firm.labels
    ['macron-2024', 'macron-2024 with prior.resolute=0.9']
    """

    scenario: str
    draws: int
    seed: int
    labels: list[str]
    titles: dict[str, str]
    settings: dict[str, dict[str, float]]
    sha256: dict[str, str]
    concept: str
    refinement: str
    select: str
    figures: dict[str, Figures]
    differences: dict[str, Figures]
    notes: list[str]
    versions: dict[str, str]

    def table(self) -> list[dict[str, Any]]:
        """Return one row per other scenario, stance and outcome: its paired difference, ready for a data frame."""
        rows = []
        for label, plays in self.differences.items():
            for play, outcomes in plays.items():
                names = {"scenario": label, "stance": play}
                rows += [names | {"outcome": outcome} | each for outcome, each in outcomes.items()]
        return rows

    def to_dict(self) -> dict[str, Any]:
        """Return everything, as JSON can hold it, and "schema", the version of this shape."""
        return {"schema": SCHEMA} | asdict(self)


def compare(
    scenarios: Sequence[Source],
    *,
    draws: int | None = None,
    seed: int | None = None,
    play: Play = Play(),  # noqa: B008 - frozen
    against: int = 0,
    progress: Callable[[int, int], object] | None = None,
) -> Comparison:
    """Return the probabilities of escalation of scenarios on common draws, and what each changes.

    Every scenario sees the same uniform scores: where two scenarios give a parameter the same distribution, they give
    it the same values. The means are those of `sim.run` with the same draws and seed.

    Parameters
    ----------
    scenarios : sequence of Scenario, str or Path
        At least two, or the names or files that `load_scenario` takes; the same one may come twice.
    draws : int, optional
        For each scenario; at least 1, rounded up to 16 · 2^k. By default what the first scenario says.
    seed : int, optional
        Seed of the draws, 0 or more. By default what the first scenario says.
    play : Play
        How the crisis is played where France chooses.
    against : int
        Place of the scenario that the others are set against, from 0.
    progress : callable, optional
        Called with the draws done and the draws to do after every block.

    Returns
    -------
    Comparison
        Same scenarios, draws and seed give the same bits.

    Raises
    ------
    ValueError
        If there are fewer than two scenarios, `against` is none of them, or draws or seed are out of bounds.
    TypeError
        If one scenario is given in place of a list, or draws, seed or against are no whole numbers.

    Examples
    --------
    >>> import sim
    >>> base = sim.load_scenario("macron-2024")
    >>> twice = sim.compare([base, base], draws=1024)
    >>> twice.differences["macron-2024 (2)"]["commit"]["war"]["mean"]
    0.0
    """
    scenarios = _listed(scenarios)
    if not 0 <= whole("against", against) < len(scenarios):
        raise ValueError(f"against must lie in [0, {len(scenarios) - 1}]; it is {against}")
    asked, stream = draws_and_seed(scenarios[0], draws, seed)
    total = rounded_draws(asked)
    levels = [Tally(PROBABILITIES, PAYOFFS, tuple(_caveats(play))) for _ in scenarios]
    changes = [paired_tally(PROBABILITIES, PAYOFFS) for _ in scenarios]
    for replicate, found in _evaluated(scenarios, total, stream, play=play):
        for values, level, change in zip(found, levels, changes, strict=True):
            level.add(replicate, values)
            excess = paired_differences(values, found[against], probabilities=PROBABILITIES, payoffs=PAYOFFS)
            change.add(replicate, excess)
        if progress:
            progress(levels[0].draws, total)
    labels = _labels(scenarios)
    by_label = dict(zip(labels, scenarios, strict=True))
    others = [place for place in range(len(labels)) if place != against]
    return Comparison(
        scenario=labels[against],
        draws=total,
        seed=stream,
        labels=labels,
        titles={label: each.title for label, each in by_label.items()},
        settings={label: dict(each.settings) for label, each in by_label.items()},
        sha256={label: each.sha256 for label, each in by_label.items()},
        concept=play.concept,
        refinement=play.refinement,
        select=play.select,
        figures={label: _by_play(tally, _level) for label, tally in zip(labels, levels, strict=True)},
        differences={labels[place]: _by_play(changes[place], paired_figures) for place in others},
        notes=[*_asked(scenarios[0], draws, seed, total=total), *_notes(by_label), *_played(play, levels)],
        versions=versions(),
    )


def _listed(given: Sequence[Source]) -> list[Scenario]:
    """Return the scenarios to compare, at least two."""
    such = "such as [base, base.override({'prior.resolute': 0.6})]"
    if isinstance(given, Scenario | str | Path):
        raise TypeError(f"scenarios must be a list of at least two, {such}; it is one alone")
    if len(given) < 2:
        raise ValueError(f"scenarios must be at least two, {such}; there are {len(given)}")
    return [as_scenario(each) for each in given]


def _evaluated(
    scenarios: Sequence[Scenario], draws: int, seed: int, *, play: Play
) -> Iterator[tuple[int, list[dict[str, Floats]]]]:
    """Yield the replicate of every block, and what each scenario gives at its draws."""
    for together in zip(*(parameter_blocks(each, draws, seed) for each in scenarios), strict=True):
        found = [
            evaluate(parameters, worst_case=scenario.worst_case, play=play)
            for scenario, (_, parameters) in zip(scenarios, together, strict=True)
        ]
        yield together[0][0].replicate, found


def _labels(scenarios: Sequence[Scenario]) -> list[str]:
    """Return a name for each scenario: its own, what was set by hand, and a number if it comes again."""
    labels: list[str] = []
    for scenario in scenarios:
        given = ", ".join(f"{name}={value:g}" for name, value in scenario.settings.items())
        label = f"{scenario.name} with {given}" if given else scenario.name
        alike = (f"{label} ({number})" for number in count(2))
        labels.append(label if label not in labels else next(each for each in alike if each not in labels))
    return labels


def _by_play(tally: Tally, figures: Callable[[Tally, str], dict[str, Any]]) -> Figures:
    """Return the figures of every outcome and of France's payoff, by stance or "equilibrium"."""
    return {
        play: {outcome: figures(tally, f"{prefix}.{outcome}") for outcome in (*OUTCOMES, "france_payoff")}
        for play, prefix in PLAYS.items()
    }


def _level(tally: Tally, name: str) -> dict[str, Any]:
    """Return mean, standard error and 5-95 % range over draws of a quantity of one scenario."""
    ends = {"q05": tally.quantile(name, 0.05), "q95": tally.quantile(name, 0.95)}
    return {"mean": tally.mean(name), "se": tally.standard_error(name)} | ends


def _caveats(play: Play) -> dict[str, str]:
    """Return what can go wrong with play in a draw, in words, by the quantity that says how often it does."""
    if play.concept == "quantal":
        return {"failed": "the branch of quantal response could not be followed so far; its end is used"}
    return {
        f"no_survivor.{play.refinement}": f"no equilibrium survives {play.refinement}; all of them then count",
        "degenerate": "payoffs tie and equilibria can be continua; members are used",
    }


def _played(play: Play, levels: Sequence[Tally]) -> list[str]:
    """Return how the crisis is played where France chooses, and what went wrong with that."""
    how = f"in equilibrium: refinement {play.refinement}, rule of selection {play.select}"
    if play.concept == "quantal":
        how = f"logit quantal response with rationality {play.rationality:g}"
    shares = {what: max(level.mean(name) for level in levels) for name, what in _caveats(play).items()}
    wrong = [f"In up to {100 * share:.2f} % of a scenario's draws {what}." for what, share in shares.items() if share]
    return [f"Where France chooses, play is {how}.", *wrong]


def _asked(first: Scenario, draws: int | None, seed: int | None, *, total: int) -> list[str]:
    """Return where the number of draws and the seed come from."""
    given = first.draws if draws is None else draws
    own = [name for name, option in (("number of draws", draws), ("seed", seed)) if option is None]
    said = [f"From {first.name}, for all scenarios: the {' and the '.join(own)}."] if own else []
    return said + rounded_up(given, total)


def _notes(scenarios: Mapping[str, Scenario]) -> list[str]:
    """Return what a reader must know to read the figures, in whole sentences."""
    kinds = {scenario.worst_case for scenario in scenarios.values()}
    listed = ", ".join(f"{label}: {scenario.worst_case}" for label, scenario in scenarios.items())
    differ = f"The scenarios differ in what Russia's worst case runs over ({listed})."
    endings = (
        "Where worst and best cases run over a fixed list of endings, whatever their chances, Russia may strike where "
        "it cannot hit anybody: read casualties, not strikes."
    )
    return [
        *([differ] if len(kinds) > 1 else []),
        *([endings] if "outcome" in kinds else []),
        "All scenarios see the same draws, so a difference has an error of its own, which those of the means do not "
        "give.",
        "A range of differences runs over draws, one world each: it says how differently the change works in them, not "
        "how exact the mean is.",
        "Under rule_out every rung is zero by construction in every scenario: no finding, and no difference.",
        "Probabilities are per encounter: one signal, one decision. They are conclusions from the scenarios' "
        "assumptions, not forecasts.",
    ]
