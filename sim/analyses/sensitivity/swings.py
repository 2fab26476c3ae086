"""How far does one parameter alone move the answer, the others at their medians, or drawn as they were?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

import numpy as np
from scipy.special import ndtri

from sim.draws.blocks import BLOCK, REPLICATES, blocks, gathered, parameter_values, rounded_draws, uniforms
from sim.games.game import Floats
from sim.scenario.movable import Movable, lines, slants
from sim.scenario.scenario import Scenario
from sim.scenario.voices import VOICE
from sim.work.executors import Crew, in_order
from sim.work.pieces import cuts

ENDS = (0.05, 0.95)  # quantiles of its own distribution at which a parameter is held

Model = Callable[[dict[str, Floats]], Floats]
"""From values of every parameter, each of shape (n,), to outputs of shape (outputs, n)."""

End = tuple[tuple[str, ...], str, float]
"""The parameters that are moved, the voice whose slant moves them if any, and the value or slant that is held."""


@dataclass(frozen=True, eq=False)
class Swings:
    """What p parameters, one at a time at their low and at their high value, do to o outputs."""

    values: Floats  # (p, 2): low and high
    mean: Floats  # (o,): over draws of every parameter
    means: Floats  # (p, 2, o): over draws of the others
    error: Floats  # (p, o): standard error of high minus low, from the spread of 16 replicates
    central: Floats  # (o,): every parameter at its median
    centrals: Floats  # (p, 2, o): the others at their medians


def swings(  # noqa: PLR0913 - each is asked for by name
    model: Model,
    scenario: Scenario,
    names: Sequence[str],
    *,
    draws: int,
    seed: int,
    by: Crew | None = None,
    told: Callable[[int], object] = lambda _: None,
) -> Swings:
    """Return what happens to the outputs if each parameter, or the slant of a voice, is held low and high.

    What is held is set, not seen: others that are drawn together with it stay as they are; a voice moves its followers.
    With a crew the model is pickled, and `told` hears at how many points it was asked since the last time.
    """
    open_lines = (*lines(scenario), *slants(scenario))
    held = [_held(scenario, name, open_lines) for name in names]
    values = np.array([levels for _, _, levels in held]).reshape(-1, 2)
    middle = np.full((len(scenario.dimensions), 1), 0.5)
    medians = {name: np.array([median]) for name, median in scenario.medians().items()}
    ends = [(moved, voice, end) for moved, voice, levels in held for end in levels]
    total, asked = rounded_draws(draws), 1 + len(ends)
    at_once = -(-BLOCK // total)  # moves that the model is asked about at once
    step = -(-asked // (cuts(1, by) * at_once)) * at_once
    found: list[Floats] = []
    work = partial(_some_means, model=model, scenario=scenario, ends=ends, draws=total, seed=seed, step=step)
    for each in in_order(work, range(-(-asked // step)), by):
        found += each
        told(len(each) * total)
    means, *others = found  # (o, replicates) each
    around = [medians, *(medians | _moved(scenario, end, middle) for end in ends)]
    by_replicate = np.array(others).reshape(len(names), 2, *means.shape)  # (p, 2, o, replicates)
    moved = by_replicate[:, 1] - by_replicate[:, 0]
    points = model({name: np.concatenate([each[name] for each in around]) for name in medians}).T  # (1 + 2 p, o)
    return Swings(
        values=values,
        mean=means.mean(axis=-1),
        means=by_replicate.mean(axis=-1),
        error=moved.std(axis=-1, ddof=1) / np.sqrt(REPLICATES),
        central=points[0],
        centrals=points[1:].reshape(len(names), 2, len(means)),
    )


def _held(scenario: Scenario, name: str, open_lines: Sequence[Movable]) -> tuple[tuple[str, ...], str, Floats]:
    """Return the parameters that a name moves, whose slant it is if any, and its ends (of a slant, in deviations)."""
    names = next((each.parameters for each in open_lines if each.name == name), (name,))
    voice, levels = name.removeprefix(f"{VOICE}.") if name.startswith(f"{VOICE}.") else "", np.array(ENDS)
    quantile = ndtri if voice else scenario.entries[names[0]].distribution.quantile
    return names, voice, np.asarray(quantile(levels))


def _moved(scenario: Scenario, end: End, scores: Floats) -> dict[str, Floats]:
    """Return the values, at some scores, of the parameters that are moved if one thing is held."""
    names, voice, value = end
    if not voice:
        return dict.fromkeys(names, np.full(scores.shape[1], value))
    held = parameter_values(scenario.with_voices({voice: value}), scores)
    return {each: held[each] for each in names}


def _some_means(  # noqa: PLR0913 - all that a part needs
    number: int,
    *,
    model: Model,
    scenario: Scenario,
    ends: Sequence[End],
    draws: int,
    seed: int,
    step: int,
) -> list[Floats]:
    """Return the means of one part of the moves, (o, replicates) each; the first move of all is none."""
    scores = np.concatenate(list(uniforms(seed, blocks(draws), scenario.dimensions)), axis=1)
    first = max(number * step - 1, 0)
    moved = (_moved(scenario, end, scores) for end in ends[first : (number + 1) * step - 1])
    moves = moved if number else chain([{}], moved)
    return list(_replicate_means(model, parameter_values(scenario, scores), moves))


def _replicate_means(model: Model, values: dict[str, Floats], moves: Iterable[dict[str, Floats]]) -> Iterator[Floats]:
    """Yield the means of outputs over replicates, (o, replicates), after each move; the solver is fed by block."""
    draws = len(next(iter(values.values())))
    moved = (values | each for each in moves)
    if draws >= BLOCK:
        for each in moved:
            pieces = (slice(start, start + BLOCK) for start in range(0, draws, BLOCK))
            outputs = [model({name: array[piece] for name, array in each.items()}) for piece in pieces]
            yield _by_replicate(np.concatenate(outputs, axis=1))
        return
    for some in gathered(moved, lambda _: draws):
        joined = model({name: np.concatenate([each[name] for each in some]) for name in values})
        yield from map(_by_replicate, np.split(joined, len(some), axis=1))


def _by_replicate(outputs: Floats) -> Floats:
    """Return the mean of outputs, (o, n), over each replicate; replicates take turns, as `blocks` lists them."""
    size = min(BLOCK, outputs.shape[1] // REPLICATES)
    turns = outputs.reshape(len(outputs), -1, REPLICATES, size).swapaxes(1, 2)
    return np.asarray(turns.reshape(len(outputs), REPLICATES, -1).mean(axis=-1))
