"""What is played at many points at once? The regime, who would strike under a doctrine, and one outcome."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from sim.analyses.regimes.kinds import regime_codes
from sim.crisis.ladder import OUTCOMES, doctrine, equilibrium_ladder
from sim.crisis.parameters import RECEIVER_TYPES, Stances
from sim.crisis.payoffs import Chances, crisis
from sim.crisis.play import Play
from sim.crisis.selection import selection_weights, survivors
from sim.draws.blocks import BLOCK, REPLICATES, Block, drawn
from sim.games.closed_form.perfect_bayesian import perfect_bayesian
from sim.games.equilibria import Equilibria
from sim.games.game import Floats, SignallingGame
from sim.montecarlo.encounter import quantal_play
from sim.scenario.scenario import Scenario
from sim.work.executors import Crew
from sim.work.pieces import of_pieces

Values = dict[str, Floats]
Report = Callable[[int, int], None]


@dataclass(frozen=True)
class Question:
    """What is asked of each point: how it is played, and how likely one of `sim.crisis.ladder.OUTCOMES` is, if any.

    The rule of selection must pick one equilibrium, so not "uniform". With a doctrine, a stance with a target, France
    is held to it for the outcome, and break-even lines are those after this stance.
    """

    play: Play = Play()  # noqa: RUF009 - frozen
    outcome: str | None = None
    doctrine: str | None = None

    def __post_init__(self) -> None:
        if self.play.select == "uniform":
            raise ValueError("select must name the one equilibrium that is played; uniform names none")
        if self.outcome is not None and self.outcome not in OUTCOMES:
            raise ValueError(f"outcome must be one of {', '.join(OUTCOMES)}; it is {self.outcome!r}")

    def stance(self, stances: Stances) -> str:
        """Return the stance of the break-even lines: the doctrine, else ambiguous or the first with a target."""
        if self.doctrine is not None and self.doctrine not in stances.struck:
            allowed = ", ".join(stances.struck) or "none: no stance has a target"
            raise ValueError(f"doctrine must be one of {allowed}; it is {self.doctrine!r}")
        by_default = (*(name for name in ("ambiguous",) if name in stances.struck), *stances.struck, *stances.names)
        return self.doctrine or by_default[0]


@dataclass(frozen=True, eq=False)
class PointsPlayed:
    """What is played at n points: regimes, who strikes if France is held to the question's stance, and the outcome."""

    codes: NDArray[np.int64]  # (n,), numbered by `sim.analyses.regimes.kinds.regime_codes`
    strikes: NDArray[np.bool_]  # (n, k)
    outcome: Floats  # (n,); NaN if none is asked for


def play_points(
    parameters: Values, question: Question, scenario: Scenario, *, report: Report | None = None
) -> PointsPlayed:
    """Solve the crisis at n points, in chunks that stay in the processor's cache."""
    count = len(next(iter(parameters.values())))
    parts = []
    for start in range(0, count, BLOCK):
        chunk = {name: values[start : start + BLOCK] for name, values in parameters.items()}
        parts.append(_chunk(chunk, question, scenario))
        if report:
            report(min(start + BLOCK, count), count)
    return PointsPlayed(
        *(np.concatenate([vars(part)[name] for part in parts]) for name in ("codes", "strikes", "outcome"))
    )


def strikes_at(parameters: Values, stance: str, scenario: Scenario) -> NDArray[np.bool_]:
    """Return whether each type of Russia strikes with France held to a stance, (n, k); cheaper than `play_points`."""
    game, chances = crisis(parameters, worst_case=scenario.worst_case, stances=scenario.stances)
    return doctrine(game, chances, stance, scenario.stances)[1]


@dataclass(frozen=True, eq=False)
class Shares:
    """What `PointsPlayed` says at n places, as shares of draws and means over them, the most frequent regime first."""

    codes: NDArray[np.int64]  # (r,)
    regimes: Floats  # (r, n)
    strikes: Floats  # (n, k)
    outcome: Floats  # (n,)
    error: float  # the largest standard error of a regime's share, from the spread of the replicates
    outcome_error: Floats  # (n,)


def play_draws(  # noqa: PLR0913 - each is asked for by name
    scenario: Scenario,
    places: Values,
    question: Question,
    *,
    draws: int,
    seed: int,
    by: Crew | None = None,
    report: Report | None = None,
) -> Shares:
    """Play the draws of a scenario at each of n places, the same draws at all of them."""
    count = len(next(iter(places.values())))
    tallies: dict[int, NDArray[np.int64]] = {}
    strikes = np.zeros((count, len(RECEIVER_TYPES)))
    sums = np.zeros((REPLICATES, count))
    work = partial(_played, scenario=scenario, places=places, question=question, seed=seed)
    # Each block is asked about alone, at many places at once: it takes long enough for a piece.
    found = of_pieces(work, draws, by, batch=1, largest=1, progress=report)
    for block, counted, struck, outcomes in chain.from_iterable(found):
        for code, own in counted.items():
            tally = tallies.setdefault(code, np.zeros((REPLICATES, count), dtype=np.int64))
            tally[block.replicate] += own
        strikes += struck
        sums[block.replicate] += outcomes
    order = sorted(tallies, key=lambda code: (-int(tallies[code].sum()), code))
    counts = np.stack([tallies[code] for code in order]).astype(np.float64)  # (r, replicate, n)
    each = counts * (REPLICATES / draws)
    means = sums * (REPLICATES / draws)
    return Shares(
        codes=np.array(order, dtype=np.int64),
        regimes=each.mean(axis=1),
        strikes=strikes / draws,
        outcome=means.mean(axis=0),
        error=float(_error(each, axis=1).max()),
        outcome_error=_error(means, axis=0),
    )


def _played(
    listed: list[Block], *, scenario: Scenario, places: Values, question: Question, seed: int
) -> list[tuple[Block, dict[int, NDArray[np.int64]], Floats, Floats]]:
    """Return what some blocks add: how often each regime is played at each place, who strikes, the outcome's sum."""
    count, found = len(next(iter(places.values()))), []
    for block, values in drawn(scenario, listed, seed):
        counted: dict[int, NDArray[np.int64]] = {}
        strikes, outcomes = np.zeros((count, len(RECEIVER_TYPES))), np.zeros(count)
        for chosen, played in _everywhere(values, places, question, scenario):
            for code in np.unique(played.codes).tolist():
                counts = counted.setdefault(code, np.zeros(count, dtype=np.int64))
                counts[chosen] = (played.codes.reshape(-1, block.size) == code).sum(axis=1)
            strikes[chosen] = played.strikes.reshape(-1, block.size, len(RECEIVER_TYPES)).sum(axis=1)
            outcomes[chosen] = played.outcome.reshape(-1, block.size).sum(axis=1)
        found.append((block, counted, strikes, outcomes))
    return found


def _error(means: Floats, *, axis: int) -> Floats:
    """Return the standard error of a mean over replicates."""
    return np.asarray(means.std(axis=axis, ddof=1) / np.sqrt(REPLICATES))


def _everywhere(
    values: Values, places: Values, question: Question, scenario: Scenario
) -> Iterator[tuple[slice, PointsPlayed]]:
    """Yield runs of places with what is played there in each draw of a block, draws running fastest."""
    size, count = len(next(iter(values.values()))), len(next(iter(places.values())))
    step = max(1, BLOCK // size)
    for start in range(0, count, step):
        chosen = slice(start, min(start + step, count))
        repeated = {name: np.tile(array, chosen.stop - start) for name, array in values.items()}
        fixed = {name: np.repeat(array[chosen], size) for name, array in places.items()}
        yield chosen, play_points(repeated | fixed, question, scenario)


def _chunk(parameters: Values, question: Question, scenario: Scenario) -> PointsPlayed:
    """Solve one chunk."""
    stances, play = scenario.stances, question.play
    game, chances = crisis(parameters, worst_case=scenario.worst_case, stances=stances)
    held, strikes = doctrine(game, chances, question.stance(stances), stances)
    if (last := play.last_rationality) is not None:
        game, chances = crisis(parameters, worst_case=scenario.worst_case, stances=stances, last_move=last)
    rows = _played_rows(game, chances, play)
    outcome = np.full(len(strikes), np.nan)
    if question.outcome:
        ladder = held if question.doctrine else equilibrium_ladder(game, chances, rows)
        outcome = ladder.outcomes[question.outcome]
    return PointsPlayed(regime_codes(game, rows, chances.flat().frequency), strikes, outcome)


def _played_rows(game: SignallingGame, chances: Chances, play: Play) -> Equilibria:
    """Return the one row that is played in each game."""
    if play.concept == "quantal":
        return quantal_play(game, play.rationality).rows
    found = perfect_bayesian(game)
    admitted, _ = survivors(found, play.refinement, int(np.prod(game.batch_shape)))
    outcomes = equilibrium_ladder(game, chances, found).outcomes
    rung = np.stack([outcomes[name] for name in OUTCOMES[:5]]).sum(axis=0)
    truth = chances.flat().frequency
    weights = selection_weights(found, game, play.select, escalation=rung, admitted=admitted, frequency=truth)
    return found.take(np.flatnonzero(weights > 0))
