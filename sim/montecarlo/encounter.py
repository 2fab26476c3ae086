"""What does one block of draws say? Every quantity of a report, for each draw, exact given its parameters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.crisis.labels import label_names, labels_lost
from sim.crisis.ladder import OUTCOMES, TOLD, Ladder, doctrines, equilibrium_ladder, held_payoff
from sim.crisis.parameters import BASELINE, RECEIVER_TYPES, Stances
from sim.crisis.payoffs import Chances, crisis
from sim.crisis.play import Play
from sim.crisis.selection import per_game_mean, per_game_range, survivors, weights_among
from sim.crisis.terms import Exposure, WorstCase, as_stated
from sim.crisis.values import checked
from sim.games.closed_form.perfect_bayesian import perfect_bayesian
from sim.games.equilibria import FAMILIES, Equilibria
from sim.games.game import Bools, Floats, SignallingGame
from sim.games.quantal.response import quantal_responses
from sim.games.refinements import REFINEMENTS


def probabilities(stances: Stances) -> tuple[str, ...]:
    """Return the names of the probabilities of a draw: under each doctrine, and in play as selected."""
    return tuple(f"{play}.{outcome}" for play in (*stances.names, "selected") for outcome in OUTCOMES)


def payoffs(stances: Stances) -> tuple[str, ...]:
    """Return the names of France's expected payoffs before it learns its type."""
    return tuple(f"{play}.france_payoff" for play in (*stances.names, "selected"))


def others(stances: Stances, concept: str) -> tuple[str, ...]:
    """Return the names of the quantities of which only the mean is reported, by the concept of play."""
    return (
        *(f"{stance}.strikes.{kind}" for stance in stances.names for kind in RECEIVER_TYPES),
        *(f"sent.{stance}" for stance in stances.names),
        *(f"joint.{stance}.{outcome}" for stance in stances.names for outcome in OUTCOMES),
        *(f"imposed.{stance}" for stance in stances.names),
        *(f"labels.{label}" for label in label_names(stances)),
        *_OWN[concept],
    )


_OWN = {
    "equilibrium": (
        *(f"family.{family}" for family in FAMILIES),
        *(f"{end}.{outcome}" for end in ("least", "most", "least_left", "most_left") for outcome in OUTCOMES),
        *(f"{refinement}.{outcome}" for refinement in REFINEMENTS for outcome in OUTCOMES),
        *(f"no_survivor.{refinement}" for refinement in REFINEMENTS),
        "equilibria",
        "degenerate",
    ),
    "quantal": ("failed", "turned", "france_range", "russia_range"),
}

Values = dict[str, Floats]


@dataclass(frozen=True, eq=False)
class Quantal:
    """Quantal play of n games as rows, and how it was found: failed, turned, and Λ times each player's payoff range."""

    rows: Equilibria
    found: Values


def evaluate(parameters: Values, *, worst_case: WorstCase, play: Play, stances: Stances = BASELINE) -> Values:
    """Return every quantity, (n,), for each draw of the parameters, (n,)."""
    parameters = checked(parameters, stances)
    game, chances = crisis(parameters, worst_case=worst_case, stances=stances)
    values = _imposed(game, as_stated(parameters, stances), worst_case)
    lost = labels_lost(parameters, chances, stances)
    values |= {f"labels.{label}": each.astype(float) for label, each in lost.items()}
    if play.concept == "quantal":
        if (last := play.last_rationality) is not None:
            game, chances = crisis(parameters, worst_case=worst_case, stances=stances, last_move=last)
        quantal = quantal_play(game, play.rationality)
        every = equilibrium_ladder(game, chances, quantal.rows)
        played = _played(every, quantal.rows, stances)
        values |= quantal.found | {name: np.asarray(column, dtype=float) for name, column in played.items()}
    else:
        values |= _in_equilibrium(game, chances, play, stances)
    # What the same stance would meet if it were imposed in the very draws in which France sends it.
    return values | {f"imposed.{name}": values[f"sent.{name}"] * values[f"{name}.strike"] for name in stances.names}


def _imposed(game: SignallingGame, exposure: Exposure, worst_case: WorstCase) -> Values:
    """Return what follows if France is held to each stance; after one without a target nothing does."""
    held, p = doctrines(exposure, worst_case), exposure.terms
    stances = p.stances
    strike = np.zeros((len(stances.names), *p.truth.shape[1:]))
    strike[p.struck] = held.strike
    payoff = held_payoff(p.truth, np.moveaxis(game.flat().sender[:, 0], 0, -1), strike)
    values = {f"{stance}.france_payoff": row for stance, row in zip(stances.names, payoff, strict=True)}
    never = np.zeros(strike.shape[1:])
    for stance, target in zip(stances.names, stances.targets, strict=True):
        if target:
            values |= held.told(stance, stances.struck.index(stance))
        else:
            values |= dict.fromkeys((f"{stance}.{name}" for name in TOLD), never)
    return values


def quantal_play(game: SignallingGame, rationality: float) -> Quantal:
    """Return quantal play as one row per game, in the shape of equilibria."""
    flat = game.flat()
    answer = quantal_responses(flat, rationality=rationality)
    payoff = np.einsum("nk,nktma,nkma->ntm", flat.receiver_prior, flat.sender, answer.response)
    count = len(flat.prior)
    rows = Equilibria(
        game=np.arange(count),
        family=np.full(count, "quantal"),
        strategy=answer.strategy,
        belief=answer.belief,
        response=answer.response,
        sender_value=np.einsum("ntm,ntm->nt", answer.strategy, payoff),
        degenerate=np.zeros(count, dtype=bool),
    )
    found = {status: (answer.status == status).astype(float) for status in ("failed", "turned")}
    return Quantal(rows, found | {"france_range": answer.sender_range, "russia_range": answer.receiver_range})


def _in_equilibrium(game: SignallingGame, chances: Chances, play: Play, stances: Stances) -> Values:
    """Return what equilibrium play gives: as selected, under each refinement, and the ranges."""
    equilibria = perfect_bayesian(game)
    every, rows = equilibrium_ladder(game, chances, equilibria), _Rows.of(equilibria, int(np.prod(game.batch_shape)))
    rungs, several, count = np.stack(list(every.outcomes.values())), rows.several, len(rows.games)
    admitted = {refinement: survivors(several, refinement, count) for refinement in REFINEMENTS}
    left = [passes for passes, _ in admitted.values()]
    escalation, frequency = rungs[:5, rows.among].sum(axis=0), chances.flat().frequency[rows.games]
    weighed = weights_among(left, several, game, play.select, escalation=escalation, frequency=frequency)
    values: Values = {"equilibria": np.bincount(equilibria.game).astype(float)}
    for refinement, weights in zip(REFINEMENTS, weighed, strict=True):
        passes = np.ones(len(equilibria)) if refinement == "none" else getattr(equilibria, refinement)
        values[f"no_survivor.{refinement}"] = rows.each(1.0 - passes, admitted[refinement][1].astype(float))
        mean = rows.mean(weights)
        if refinement == play.refinement:
            values |= {name: mean(column) for name, column in _played(every, equilibria, stances).items()}
            values |= {f"{refinement}.{outcome}": values[f"selected.{outcome}"] for outcome in OUTCOMES}
        else:
            values |= _named(refinement, OUTCOMES, mean(rungs))
    return values | _ranges(rows, rungs, admitted[play.refinement][0])


def _ranges(rows: _Rows, rungs: Floats, admitted: Bools) -> Values:
    """Return the ends of each outcome over all equilibria of a game, and over those that are admitted."""
    several, count, among = rows.several, len(rows.games), np.take(rungs, rows.among, axis=-1)
    values: Values = {}
    for end, found in zip(("least", "most"), per_game_range(several, among, count), strict=True):
        values |= _named(end, OUTCOMES, rows.each(rungs, found))
    if admitted.all():
        return values | {name.replace(".", "_left.", 1): array for name, array in values.items()}
    left = per_game_range(several, among, count, admitted=admitted)
    for end, found in zip(("least_left", "most_left"), left, strict=True):
        values |= _named(end, OUTCOMES, rows.each(rungs, found))
    return values


@dataclass(frozen=True, eq=False)
class _Rows:
    """Which rows are a game's only equilibrium, which every refinement and rule leaves, and which must be weighed."""

    first: NDArray[np.intp]  # the first row of every game, (n,)
    games: NDArray[np.intp]  # those with several equilibria
    among: NDArray[np.intp]  # the rows of these
    several: Equilibria  # the same rows, as of so many games

    @classmethod
    def of(cls, equilibria: Equilibria, count: int) -> _Rows:
        """Sort the rows of so many games."""
        found = np.bincount(equilibria.game, minlength=count)
        games, among = np.flatnonzero(found > 1), np.flatnonzero((found > 1)[equilibria.game])
        several = replace(equilibria.take(among), game=np.repeat(np.arange(len(games)), found[games]))
        return cls(np.cumsum(found) - found, games, among, several)

    def each(self, rows: Floats, several: Floats) -> Floats:
        """Return what each game has, (..., n): a value of its only row, (..., e), or what was found among several."""
        values = np.take(rows, self.first, axis=-1)
        values[..., self.games] = several
        return values

    def mean(self, weights: Floats) -> Callable[[NDArray[Any]], Floats]:
        """Return what takes values of all rows, (..., e), to each game's mean, (..., n), by weights among several."""
        counted = np.flatnonzero(weights)
        if len(counted) > len(self.games):
            mean = partial(per_game_mean, self.several, weights=weights)
            return lambda values: self.each(values.astype(float), mean(values[..., self.among]))
        chosen = self.first.copy()
        chosen[self.games] = self.among[counted]
        return lambda values: np.take(values, chosen, axis=-1).astype(float, copy=False)


def _played(every: Ladder, rows: Equilibria, stances: Stances) -> dict[str, NDArray[Any]]:
    """Return the quantities of play of each row."""
    columns: dict[str, NDArray[Any]] = {f"selected.{name}": array for name, array in every.outcomes.items()}
    columns["selected.france_payoff"] = every.france_payoff
    columns |= _named("sent", stances.names, every.sent.T)
    for outcome, by_signal in every.by_signal.items():
        columns |= {f"joint.{stance}.{outcome}": by_signal[:, m] for m, stance in enumerate(stances.names)}
    columns |= {f"family.{family}": rows.family == family for family in FAMILIES}
    return columns | {"degenerate": rows.degenerate}


def _named(prefix: str, names: tuple[str, ...], rows: Floats) -> Values:
    """Name the rows of an array (name, n)."""
    return {f"{prefix}.{name}": row for name, row in zip(names, rows, strict=True)}
