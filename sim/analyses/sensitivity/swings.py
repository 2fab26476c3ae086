"""How far does one parameter alone move the answer? Each at its low and at its high value, the others as they were.

Two readings: the others at their medians, which is one crisis and can jump where a player changes its mind; and the
others drawn, the same draws at either end, which is the mean over all crises that the scenario finds credible.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from sim.draws.blocks import BLOCK, REPLICATES, blocks, parameter_values, rounded_draws, uniforms
from sim.games.game import Floats
from sim.scenario.movable import lines, slants
from sim.scenario.scenario import Scenario
from sim.scenario.voices import VOICE

ENDS = (0.05, 0.95)
"""Quantiles of its own distribution at which a parameter is held."""

Model = Callable[[dict[str, Floats]], Floats]
"""From values of every parameter, each of shape (n,), to outputs of shape (outputs, n)."""


@dataclass(frozen=True, eq=False)
class Swings:
    """What p parameters, one at a time at their low and at their high value, do to o outputs."""

    values: Floats  # (p, 2): low and high
    mean: Floats  # (o,): over draws of every parameter
    means: Floats  # (p, 2, o): over draws of the others
    error: Floats  # (p, o): standard error of high minus low, from the spread of 16 replicates
    central: Floats  # (o,): every parameter at its median
    centrals: Floats  # (p, 2, o): the others at their medians


def swings(model: Model, scenario: Scenario, names: Sequence[str], *, draws: int, seed: int) -> Swings:
    """Return what happens to the outputs if each parameter, or the slant of a voice, is held low and high.

    Whoever holds a parameter that is drawn together with others leaves those others as they are: it is set, not seen.
    A voice that is held moves all that follow it.

    >>> from sim.scenario.scenario import load_scenario
    >>> found = swings(lambda p: 2 * p["prior.resolute"][None], load_scenario("macron-2024"), ["prior.resolute"],
    ...     draws=256, seed=0)
    >>> found.values.round(2).tolist(), found.means[0, :, 0].round(2).tolist()
    ([[0.1, 0.6]], [0.2, 1.2])
    """
    values = np.array([_ends(scenario, name) for name in names]).reshape(-1, 2)
    listed = blocks(rounded_draws(draws))
    scores = np.concatenate(list(uniforms(seed, listed, scenario.dimensions)), axis=1)
    middle = np.full((len(scores), 1), 0.5)
    medians = {name: np.array([median]) for name, median in scenario.medians().items()}
    everything = parameter_values(scenario, scores)
    means = _replicate_means(model, everything)  # (o, replicates)
    held, around = [], [medians]
    for name, ends in zip(names, values, strict=True):
        for end in ends:
            held.append(_replicate_means(model, everything | _moved(scenario, name, end, scores)))
            around.append(medians | _moved(scenario, name, end, scores=middle))
    by_replicate = np.array(held).reshape(len(names), 2, *means.shape)  # (p, 2, o, replicates)
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


def _voice(name: str) -> str | None:
    """Return which voice's slant a name stands for."""
    return name.removeprefix(f"{VOICE}.") if name.startswith(f"{VOICE}.") else None


def _parameters(scenario: Scenario, name: str) -> tuple[str, ...]:
    """Return the parameters that a name moves."""
    return next((each.parameters for each in (*lines(scenario), *slants(scenario)) if each.name == name), (name,))


def _ends(scenario: Scenario, name: str) -> Floats:
    """Return the values between which it is moved; a slant in standard deviations."""
    if _voice(name):
        return np.asarray(ndtri(np.array(ENDS)))
    return scenario.entries[_parameters(scenario, name)[0]].distribution.quantile(np.array(ENDS))


def _moved(scenario: Scenario, name: str, end: float, scores: Floats) -> dict[str, Floats]:
    """Return the values, at some scores, of the parameters that are moved if one thing is held."""
    names = _parameters(scenario, name)
    if voice := _voice(name):
        held = parameter_values(scenario.with_voices({voice: end}), scores)
        return {each: held[each] for each in names}
    return dict.fromkeys(names, np.full(scores.shape[1], end))


def _replicate_means(model: Model, values: dict[str, Floats]) -> Floats:
    """Return the mean of each output over each replicate, (o, replicates); the solver is fed by the block."""
    draws = len(next(iter(values.values())))
    parts = [
        model({name: array[start : start + BLOCK] for name, array in values.items()})
        for start in range(0, draws, BLOCK)
    ]
    outputs = np.concatenate(parts, axis=1)
    return np.asarray(outputs.reshape(len(outputs), REPLICATES, -1).mean(axis=-1))
