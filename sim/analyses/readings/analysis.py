"""What moves the answer? Strikes and soldiers hit in every reading of a scenario, on common draws."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from itertools import chain
from typing import Any

import numpy as np

from sim.analyses.readings.looks import VOICES, Look, looks
from sim.crisis.crisis_quantal import quantal_play
from sim.crisis.ladder import doctrine
from sim.crisis.parameters import SENDER_TYPES
from sim.crisis.payoffs import crisis
from sim.draws.blocks import Block, parameter_values, together, uniforms
from sim.draws.tally import WeightedBlock, WeightedTally, weighted_block
from sim.games.game import Floats
from sim.montecarlo.beside import equally_exposed
from sim.montecarlo.job import sampled
from sim.scenario.given import Source
from sim.telling.answer import Provenance, stated
from sim.work.executors import crew
from sim.work.pieces import of_pieces

SCHEMA = 1  # version of the dict's shape; it rises when a name or a meaning changes
TOLD = ("strike", "casualties")  # what is told of a reading: Russia strikes, and it hits French soldiers
FOLLOWED = (*TOLD, "war")  # what is worked out

Parameters = dict[str, Floats]

Told = dict[str, tuple[Floats, Floats]]
"""By stance and outcome, such as "commit.strike": the probability in each draw, and how much the draw counts."""

_RESOLUTE = SENDER_TYPES.index("resolute")
_HALVED = (
    "Half the truth is about half: Russia’s belief has half the range of the prior and moves with it as closely as can "
    "be drawn, which makes it 0.45 to 0.53 times the truth in 19 of 20 draws."
)
_ALIKE = (
    "Equally distrusted: that Russia trusts its estimate less under one stance than under another is assumed; here "
    "the others take the median doubt of the stance of reference."
)
_UNHEARD = (
    "The voices of the article, its author's slant, a misjudged France and other allies are readings of macron-2024 "
    "alone, with its own numbers for what they speak of."
)


@dataclass(frozen=True)
class Figure:
    """What a stance gives in one reading: the share of draws that count, and chances in those, None if none does."""

    share: float
    strike: float | None
    strike_se: float | None
    casualties: float | None
    casualties_se: float | None
    war: float | None
    war_se: float | None


@dataclass(frozen=True)
class Reading:
    """One line: what it is called, the command that shows it in full, and by stance with a target its figures."""

    key: str
    said: str
    command: str
    chosen: bool  # France chooses, and both sides err: figures of what follows once the stance is sent
    figures: dict[str, Figure]


@dataclass(frozen=True, eq=False)
class Readings(Provenance):
    """The same scenario read in other ways, on common draws: `Provenance`, and what was found.

    Attributes
    ----------
    worst_case : {"type", "outcome"}
        What the worst case of the scenario itself runs over.
    reference : str or None
        The stance whose deployment and pinpoint all take at equal exposure.
    stances : list of str
        The stances with a target, in the scenario's order.
    readings : list of Reading
        The central one first. Each has `key`, `said`, `command`, `chosen` (whether France chose the stance, and both
        sides err) and by stance `figures`: `share` (of draws that count; if chosen, how often the stance is sent),
        `strike`, `casualties` and `war`, each with its `_se`.
    notes : list of str
        What a reader must know.
    """

    worst_case: str
    reference: str | None
    stances: list[str]
    readings: list[Reading]
    notes: list[str]

    def table(self) -> list[dict[str, Any]]:
        """Return one row per reading and stance, with its figures and its command, ready for a data frame."""
        return [
            {"reading": each.key, "stance": stance, **asdict(figure), "command": each.command}
            for each in self.readings
            for stance, figure in each.figures.items()
        ]

    def to_dict(self) -> dict[str, Any]:
        """Return everything as JSON can hold it, and "schema", the version of this shape."""
        return {"schema": SCHEMA} | stated(asdict(self))


def readings(
    scenario: Source,
    draws: int | None = None,
    seed: int | None = None,
    *,
    workers: int = 1,
    progress: Callable[[int, int], object] | None = None,
) -> Readings:
    """Return strikes and soldiers hit under each stance with a target, in every reading of a scenario.

    Readings change one thing each: which draws count, a price, the worst case, exposure, whose words set a number, how
    Russia judges France, whether players err. All see the same draws, so that what differs comes from the reading.

    Parameters
    ----------
    scenario : Scenario, str or Path
        From `load_scenario`; or the name or file that it takes.
    draws, seed : int, optional
        As in `sim.run`; by default the scenario's.
    workers : int
        Processes that share the work.
    progress : callable, optional
        Called with the draws done and the draws to do, every few blocks.

    Returns
    -------
    Readings
        Same scenario, draws and seed give the same bits, for any workers; the draws are those of `sim.run`.

    Raises
    ------
    ValueError
        If draws, seed or workers are out of bounds.
    TypeError
        If draws, seed or workers are no whole numbers.

    Examples
    --------
    >>> import sim
    >>> {each.key: round(each.figures["commit"].strike, 1) for each in sim.readings("macron-2024", 4096).readings[:3]}
    {'central': 0.3, 'stands': 0.2, 'folds': 0.9}
    """
    sample = sampled(scenario, draws, seed)
    every, struck = looks(sample.scenario), sample.scenario.stances.struck
    names = tuple(f"{stance}.{outcome}" for stance in struck for outcome in FOLLOWED)
    tallies = {look.key: WeightedTally(names) for look in every}
    with crew(workers) as by:
        work = partial(_added, every=every, seed=sample.seed, names=names)
        for of_block in chain.from_iterable(of_pieces(work, sample.draws, by, progress=progress)):
            for key, added in of_block.items():
                tallies[key].merge(added)
    return Readings(
        **sample.provenance(),
        worst_case=sample.scenario.worst_case,
        reference=sample.scenario.reference,
        stances=list(struck),
        readings=[_reading(look, tallies[look.key], sample.draws) for look in every],
        notes=sample.notes(_notes(every)),
    )


def told(look: Look, parameters: Parameters) -> Told:
    """Return the chance of a strike and of a hit in each draw, (n,), and how much it counts, by stance and outcome."""
    scenario, stances = look.scenario, look.scenario.stances
    own = equally_exposed(parameters, stances, scenario.reference) if look.exposed else parameters
    last = look.play.last_rationality if look.play else None
    game, chances = crisis(own, worst_case=scenario.worst_case, stances=stances, last_move=last)
    found: Told = {}
    if look.play:
        strategy, strike = quantal_play(game, look.play.rationality)  # (t, m, n), (k, m, n)
        sent = np.einsum("nt,tmn->mn", chances.frequency, strategy)
        struck = np.einsum("nk,kmn->mn", game.receiver_prior, strike)
    for stance in stances.struck:
        m = stances.index(stance)
        if look.play:
            stands = np.einsum("nt,tn,nt->n", chances.frequency, strategy[:, m], chances.standing[:, :, m])
            hit, weight = struck[m] * chances.hit[:, m], sent[m]
            war = hit * chances.war[:, m] * np.divide(stands, weight, out=np.zeros_like(stands), where=weight > 0)
            values = {"strike": struck[m], "casualties": hit, "war": war}
        else:
            values = doctrine(game, chances, stance, stances)[0].outcomes
            keeps = chances.stands[:, _RESOLUTE, m]
            weight = {"all": np.ones(len(keeps)), "stands": keeps * 1.0, "folds": ~keeps * 1.0}[look.kept]
        found |= {f"{stance}.{outcome}": (values[outcome], weight) for outcome in FOLLOWED}
    return found


def _added(
    listed: list[Block], *, every: Sequence[Look], seed: int, names: Sequence[str]
) -> list[dict[str, WeightedBlock]]:
    """Return what each of some blocks adds to each reading, by its key."""
    return [
        {key: weighted_block(names, block.replicate, told_of) for key, told_of in found.items()}
        for block, found in _blocks(every, listed, seed)
    ]


def _blocks(every: Sequence[Look], listed: list[Block], seed: int) -> Iterator[tuple[Block, dict[str, Told]]]:
    """Yield blocks with what each reading, by its key, tells of them; readings of one scenario share parameters."""
    by_scenario: dict[int, list[Look]] = {}
    for look in every:
        by_scenario.setdefault(id(look.scenario), []).append(look)
    found = []
    for of_one in by_scenario.values():
        scored = zip(listed, uniforms(seed, listed, of_one[0].scenario.dimensions), strict=True)
        found.append(together(scored, partial(_told_by_all, of_one)))
    for parts in zip(*found, strict=True):
        figures = {key: pair for _, _, each in parts for key, pair in each.items()}
        by_key: dict[str, Told] = {look.key: {} for look in every}
        for name, (values, weight) in figures.items():
            key, _, told_of = name.partition(" ")
            by_key[key][told_of] = values, weight
        yield parts[0][0], by_key


def _told_by_all(of_one: Sequence[Look], scores: Floats) -> dict[str, Floats]:
    """Return what the readings of one scenario tell, (2, n), by the reading's key and what is told."""
    parameters = parameter_values(of_one[0].scenario, scores)
    return {f"{look.key} {name}": np.stack(pair) for look in of_one for name, pair in told(look, parameters).items()}


def _reading(look: Look, tally: WeightedTally, draws: int) -> Reading:
    """Return one line, summed up."""
    figures = {}
    for stance in look.scenario.stances.struck:
        names = [f"{stance}.{outcome}" for outcome in FOLLOWED]
        weight = tally.weight(names[0])
        each = [(tally.mean(name), tally.standard_error(name)) if weight > 0 else (None, None) for name in names]
        figures[stance] = Figure(weight / draws, *each[0], *each[1], *each[2])
    return Reading(look.key, look.said, look.command, look.play is not None, figures)


def _notes(every: Sequence[Look]) -> list[str]:
    """Return what a reader must know to read the lines, in whole sentences."""
    return [
        "Each reading changes one thing and leaves the rest; none is more right than another for what it gives. Each "
        "command, with the same --draws and --seed, shows its reading in full: readings of the worst case, equal "
        "exposure and whether a resolute France stands are lines of the run's second table.",
        "Where both sides err, France chooses its stance: what is told is what follows once the stance is sent. Those "
        "lines answer another question and do not count among the readings of the finding.",
        "Draws in which a resolute France stands are not the same under every stance: commitment ties its hands. So "
        "those lines are to be read downwards, and their stances not against each other.",
        *([_ALIKE] if any(look.key == "equal-doubt" for look in every) else []),
        *([_HALVED] if any(look.key == "misperceived" for look in every) else []),
        *([] if any(look.key in VOICES for look in every) else [_UNHEARD]),
    ]
