"""What does another scenario change? The same draws through each, so that the difference has an error of its own.

What moves both scenarios alike cancels in their difference (common random numbers [1]_), whose error comes from the
spread of the replicates' differences.

References
----------
.. [1] Glasserman, P. and Yao, D. D. (1992), "Some guidelines and guarantees for common random numbers", Management
   Science 38(6), 884-908, doi:10.1287/mnsc.38.6.884.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

from sim.analyses.compare.behaviour import behaviour
from sim.analyses.compare.notes import asked_of, caveats, notes, played
from sim.analyses.compare.paired import Figures, Pair, by_play
from sim.crisis.play import Play
from sim.draws.blocks import Block, gathered, parameter_values, rounded_draws, uniforms
from sim.draws.tally import Part, Tally
from sim.games.game import Floats
from sim.montecarlo.beside import beside
from sim.montecarlo.encounter import evaluate, payoffs, probabilities
from sim.montecarlo.identity import versions
from sim.scenario.given import Source, as_scenario, draws_and_seed, whole
from sim.scenario.scenario import Scenario
from sim.telling.answer import stated
from sim.telling.english import set_by_hand
from sim.telling.names import Naming, in_common
from sim.work.executors import crew
from sim.work.pieces import of_pieces

SCHEMA = 2  # version of the dict's shape; it rises when a name or a meaning changes


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
    titles, settings, sha256, stances, struck : dict
        By label: what each scenario calls itself, parameters set by hand, hash of all that it states, its stances in
        their order, and those with a target.
    concept, refinement, select : str
        How the crisis was taken to be played.
    figures : dict
        By label, then stance or "equilibrium", then outcome or france_payoff: mean, se (standard error), q05 and q95
        over draws.
    differences : dict
        By the label of each other scenario, and so on, for the stances that it shares with `scenario`: mean of its
        excess over `scenario`; se, from the paired differences of 16 replicates; q05 and q95 of the excess over draws;
        share of draws in which it is higher, lower, equal; and `worth`: how many draws of two separate random samples
        one common draw is worth, the variance of the excess with separate draws over that with common ones (None if all
        draws agree).
    readings : dict
        By the label of each other scenario, reading of the worst case, "as_stated" or "equal_exposure", stance that
        has a target in both, and outcome: mean and se of its excess over `scenario`, both read in this way.
    behaviour : dict
        By the label of each other scenario, then stance that has a target in both, then what may be behind a change:
        `stands.TYPE` and `strikes.TYPE`, the share of draws in which that type of France stands once it is hit and that
        type of Russia strikes; `belief`, Russia's probability of a resolute France before any signal; `opportunist`,
        how likely Russia is one; `found`, the chance that a strike hits. Under "equilibrium" `sent.STANCE`, how often
        France chooses it. Each with before, after, and mean and se of the change. `part` of what Russia does: its part
        in the change of strikes; of `found`: its part in that of hits (the rest is due to strikes). `along`: how far
        what Russia meets moves, where the strike moves, in the direction that moves it so, from -1 to 1.
    notes : list of str
        What a reader must know.
    versions : dict of str to str
        Versions of what the bits depend on.
    naming : dict
        In whose words it is told: those that the scenarios have in common.
    """

    scenario: str
    draws: int
    seed: int
    labels: list[str]
    titles: dict[str, str]
    settings: dict[str, dict[str, float]]
    sha256: dict[str, str]
    stances: dict[str, list[str]]
    struck: dict[str, list[str]]
    concept: str
    refinement: str
    select: str
    figures: dict[str, Figures]
    differences: dict[str, Figures]
    readings: dict[str, dict[str, dict[str, Figures]]]
    behaviour: dict[str, Figures]
    notes: list[str]
    versions: dict[str, str]
    naming: Naming

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
        return {"schema": SCHEMA} | stated(asdict(self))


def compare(  # noqa: PLR0913 - each is asked for by name
    scenarios: Sequence[Source],
    *,
    draws: int | None = None,
    seed: int | None = None,
    play: Play = Play(),  # noqa: B008 - frozen
    against: int = 0,
    workers: int = 1,
    progress: Callable[[int, int], object] | None = None,
) -> Comparison:
    """Return the probabilities of escalation of scenarios on common draws, and what each changes.

    Every scenario sees the same uniform scores: where two scenarios give a parameter the same distribution, they give
    it the same values. Stances that two scenarios share are compared. The means are those of `sim.run` with the same
    draws and seed.

    Parameters
    ----------
    scenarios : sequence of Scenario, str or Path
        At least two, or the names or files that `load_scenario` takes; the same one may come twice.
    draws, seed : int, optional
        As in `sim.run`, for each scenario; by default what the first one says.
    play : Play
        How the crisis is played where France chooses.
    against : int
        Place of the scenario that the others are set against, from 0.
    workers : int
        Processes that share the work.
    progress : callable, optional
        Called with the draws done and the draws to do, every few blocks.

    Returns
    -------
    Comparison
        Same scenarios, draws and seed give the same bits, for any workers.

    Raises
    ------
    ValueError
        If there are fewer than two scenarios, `against` is none of them, or draws, seed or workers are out of bounds.
    TypeError
        If one scenario is given in place of a list, or draws, seed, against or workers are no whole numbers.

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
    sums = _sums(scenarios, play=play, against=against)
    with crew(workers) as by:
        work = partial(_parts, scenarios=scenarios, seed=stream, play=play, against=against)
        for parts in of_pieces(work, total, by, progress=progress):
            for (level, pair), own in zip(sums, parts, strict=True):
                for tally, part in zip(_tallies(level, pair), own, strict=True):
                    tally.merge(part)
    (levels, pairs), labels = zip(*sums, strict=True), _labels(scenarios)
    by_label, tallies = dict(zip(labels, scenarios, strict=True)), dict(zip(labels, levels, strict=True))
    others = {label: pair for label, pair in zip(labels, pairs, strict=True) if pair}
    return Comparison(
        scenario=labels[against],
        draws=total,
        seed=stream,
        labels=labels,
        **_as_stated(by_label),
        concept=play.concept,
        refinement=play.refinement,
        select=play.select,
        figures={label: by_play(tally, by_label[label].names, _level) for label, tally in tallies.items()},
        differences={label: pair.differences() for label, pair in others.items()},
        readings={label: pair.readings() for label, pair in others.items()},
        behaviour={label: pair.behaviours() for label, pair in others.items()},
        notes=[
            *asked_of(scenarios[0], draws, seed, total=total),
            *set_by_hand(in_all([each.settings for each in scenarios])),
            *notes(by_label),
            *played(play, levels),
        ],
        versions=versions(),
        naming=in_common([each.naming for each in scenarios]),
    )


def _as_stated(scenarios: Mapping[str, Scenario]) -> dict[str, dict[str, Any]]:
    """Return what a comparison says of each scenario as it was given, by label."""
    return {
        "titles": {label: each.title for label, each in scenarios.items()},
        "settings": {label: dict(each.settings) for label, each in scenarios.items()},
        "sha256": {label: each.sha256 for label, each in scenarios.items()},
        "stances": {label: list(each.names) for label, each in scenarios.items()},
        "struck": {label: list(each.stances.struck) for label, each in scenarios.items()},
    }


def _listed(given: Sequence[Source]) -> list[Scenario]:
    """Return the scenarios to compare, at least two."""
    such = "such as [base, base.override({'prior.resolute': 0.6})]"
    if isinstance(given, Scenario | str | Path):
        raise TypeError(f"scenarios must be a list of at least two, {such}; it is one alone")
    if len(given) < 2:
        raise ValueError(f"scenarios must be at least two, {such}; there are {len(given)}")
    return [as_scenario(each) for each in given]


def _sums(scenarios: Sequence[Scenario], *, play: Play, against: int) -> list[tuple[Tally, Pair | None]]:
    """Return empty sums of each scenario, and of its differences from the one that all are set against."""
    return [
        (
            Tally(probabilities(each.stances), payoffs(each.stances), tuple(caveats(play))),
            None if number == against else Pair.of(each, scenarios[against]),
        )
        for number, each in enumerate(scenarios)
    ]


def _tallies(level: Tally, pair: Pair | None) -> list[Tally]:
    """Return all that is summed up of a scenario."""
    return [level, *(pair.tallies if pair else ())]


def _parts(
    listed: list[Block], *, scenarios: Sequence[Scenario], seed: int, play: Play, against: int
) -> list[list[Part]]:
    """Return what some blocks add to the sums of each scenario: to its own, and to those of its pair."""
    sums = _sums(scenarios, play=play, against=against)
    added: list[list[list[tuple[int, int, Floats]]]] = [[[] for _ in _tallies(*each)] for each in sums]
    for some in gathered(listed, lambda block: block.size):
        found = [_values(scenario, some, seed, play=play) for scenario in scenarios]
        for (level, pair), values, own in zip(sums, found, added, strict=True):
            told = [values, *(pair.told(values, found[against]) if pair else ())]
            for tally, each, of_tally in zip(_tallies(level, pair), told, own, strict=True):
                rows = tally.add_blocks([block.replicate for block in some], each)
                of_tally += [(block.replicate, block.size, row) for block, row in zip(some, rows, strict=True)]
    return [
        [tally.part(of_tally) for tally, of_tally in zip(_tallies(*each), own, strict=True)]
        for each, own in zip(sums, added, strict=True)
    ]


def _values(scenario: Scenario, some: list[Block], seed: int, *, play: Play) -> dict[str, Floats]:
    """Return what some blocks give in a scenario, in its own and both readings of the worst case, and who does what."""
    scores = np.concatenate(list(uniforms(seed, some, scenario.dimensions)), axis=-1)
    stances, parameters = scenario.stances, parameter_values(scenario, scores)
    own = evaluate(parameters, worst_case=scenario.worst_case, play=play, stances=stances)
    told = beside(parameters, own, stances, scenario.reference, worst_case=scenario.worst_case)
    return own | told | behaviour(parameters, own, stances)


def _labels(scenarios: Sequence[Scenario]) -> list[str]:
    """Return a name for each scenario: its own, what was set by hand but not in all, a number if it comes again."""
    labels: list[str] = []
    alike_in_all = in_all([each.settings for each in scenarios])
    for scenario in scenarios:
        own = {name: value for name, value in scenario.settings.items() if name not in alike_in_all}
        given = ", ".join(f"{name}={value:g}" for name, value in own.items())
        label = f"{scenario.name} with {given}" if given else scenario.name
        alike = (f"{label} ({number})" for number in count(2))
        labels.append(label if label not in labels else next(each for each in alike if each not in labels))
    return labels


def in_all(settings: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return the parameters that are set by hand to the same value in all scenarios."""
    first, *others = settings
    return {name: value for name, value in first.items() if all(each.get(name) == value for each in others)}


def _level(tally: Tally, name: str) -> dict[str, Any]:
    """Return mean, standard error and 5-95 % range over draws of a quantity of one scenario."""
    ends = dict(zip(("q05", "q95"), tally.quantiles(name, (0.05, 0.95)), strict=True))
    return {"mean": tally.mean(name), "se": tally.standard_error(name)} | ends
