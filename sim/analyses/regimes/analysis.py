"""Where does the crisis tip? Which kind of play holds over two parameters: at central values, or over draws."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from sim.analyses.regimes.axes import Axis, axis_of
from sim.analyses.regimes.borders import Labels, bisected, interpolated, lines, tiles
from sim.analyses.regimes.kinds import regime_of
from sim.analyses.regimes.many_points import Question, Report, play_draws, play_points, strikes_at
from sim.analyses.regimes.regime_map import RegimeMap
from sim.analyses.regimes.tipping import exact_tippings, line_places, smooth_tippings
from sim.crisis.parameters import RECEIVER_TYPES
from sim.draws.blocks import rounded_draws
from sim.games.game import Floats
from sim.scenario.given import Source, as_scenario, whole
from sim.scenario.scenario import Scenario
from sim.telling.faults import Fault, ScenarioError

X, Y = "prior.resolute", "signal.commit.stance_value"
"""Parameters across and up, unless others are given."""

GRID, COARSE_GRID = 200, 25
"""Nodes along each axis, unless a number is given: at central values, and over draws."""

DRAWS = 1024
"""Draws at each node, unless a number is given."""

MOST_NODES = 1000
"""Nodes along each axis that are allowed: more than a projector shows."""

Axes = tuple[Axis | str, Axis | str]
"""Two axes, or parameters by name."""


def sweep(  # noqa: PLR0913 - each is asked for by name
    scenario: Source,
    axes: Axes | None = None,
    question: Question = Question(),  # noqa: B008 - frozen
    *,
    x: Axis | str = X,
    y: Axis | str = Y,
    grid: int = GRID,
    report: Report | None = None,
) -> RegimeMap:
    """Return which regime holds over two parameters, all others at their medians.

    Parameters
    ----------
    scenario : Scenario, str or Path
        From `load_scenario`; or the name or file that it takes.
    axes : (Axis or str, Axis or str), optional
        What is across and up, in place of `x` and `y`.
    question : Question
        How the crisis is played, and what else is shown.
    x, y : Axis or str
        What is across and up: from `sim.analyses.regimes.axes.axis_of`, or a parameter, over its usual range.
    grid : int
        Nodes along each axis, 2 to 1,000. Borders are found between the nodes, to a millionth of their distance; a
        region so small that it lies between nodes is missed.
    report : callable, optional
        Called with the nodes solved and the nodes to solve.

    Returns
    -------
    RegimeMap
        With `draws` None.

    Raises
    ------
    ScenarioError
        If no parameter has such a name, or both axes are the same one.
    ValueError
        If `grid` is out of bounds.

    Examples
    --------
    >>> found = sweep("macron-2024", x="prior.resolute", y="signal.commit.stance_value", grid=20)
    >>> found.baseline.name, [round(each.at, 3) for each in found.tippings if each.at]
    ('pooling: bluffing ambiguous, resolute ambiguous; after ambiguous opportunist', [0.472, 0.164])
    """
    scenario = as_scenario(scenario)
    x, y = _two(scenario, axes or (x, y), grid)
    central = _Central(scenario, x, y, question)
    played = play_points(central.point(*_nodes(grid)), question, scenario.worst_case, report=report)
    struck = played.strikes.T.reshape(-1, grid, grid).astype(np.int64)
    flat = np.ones((grid, grid))
    return _in_order(
        RegimeMap(
            scenario,
            x,
            y,
            question,
            borders=bisected(played.codes.reshape(flat.shape), central.codes),
            presence=flat,
            outcome=played.outcome.reshape(flat.shape),
            outcome_error=0 * played.outcome.reshape(flat.shape),
            lines={
                kind: lines(bisected(struck[k], partial(central.strikes, k))) for k, kind in enumerate(RECEIVER_TYPES)
            },
            baseline=regime_of(int(play_points(central.medians(1), question, scenario.worst_case).codes[0])),
            tippings=tuple(tip for axis in (x, y) for tip in exact_tippings(axis, grid, partial(central.along, axis))),
        ),
    )


def sweep_draws(  # noqa: PLR0913 - the draws need three
    scenario: Source,
    axes: Axes | None = None,
    question: Question = Question(),  # noqa: B008 - frozen
    *,
    x: Axis | str = X,
    y: Axis | str = Y,
    grid: int = COARSE_GRID,
    draws: int = DRAWS,
    seed: int | None = None,
    report: Report | None = None,
) -> RegimeMap:
    """Return which regime holds most often over draws of all other parameters.

    The same draws are used at every node, so that nodes differ by what the axes do and by nothing else.

    Parameters
    ----------
    scenario : Scenario, str or Path
        From `load_scenario`; or the name or file that it takes.
    axes : (Axis or str, Axis or str), optional
        What is across and up, in place of `x` and `y`.
    question : Question
        How the crisis is played, and what else is shown.
    x, y : Axis or str
        What is across and up: from `sim.analyses.regimes.axes.axis_of`, or a parameter, over its usual range.
    grid : int
        Nodes along each axis, 2 to 1,000. Borders between nodes are where two shares are equal if both change evenly.
    draws : int
        Draws at each node, rounded up as `sim.run` does.
    seed : int, optional
        Seed of the draws; by default the scenario's.
    report : callable, optional
        Called with the work done and the work to do.

    Returns
    -------
    RegimeMap
        With the share of draws in which the regime of each node holds.

    Raises
    ------
    ScenarioError
        If no parameter has such a name, or both axes are the same one.
    ValueError
        If `grid`, `draws` or `seed` is out of bounds.

    Examples
    --------
    >>> found = sweep_draws("macron-2024", grid=3, draws=64, seed=0)
    >>> found.presence.shape, found.draws
    ((3, 3), 64)
    """
    scenario, total = as_scenario(scenario), rounded_draws(whole("draws", draws))
    x, y = _two(scenario, axes or (x, y), grid)
    seed = scenario.seed if seed is None else whole("seed", seed)
    if seed < 0:
        raise ValueError(f"seed must be at least 0; it is {seed}")
    u, v = _nodes(grid)
    along = [line_places(axis, grid) for axis in (x, y)]
    places = {
        x.name: np.concatenate([x.value(u), [x.baseline], x.value(along[0]), np.full(along[1].size, x.baseline)]),
        y.name: np.concatenate([y.value(v), [y.baseline], np.full(along[0].size, y.baseline), y.value(along[1])]),
    }
    found = play_draws(scenario, places, question, draws=total, seed=seed, report=report)
    node, home, across, up = np.split(np.arange(len(found.outcome)), np.cumsum([u.size, 1, along[0].size]))
    scores, shape = found.regimes[:, node].reshape(-1, grid, grid), (grid, grid)
    borders = interpolated(scores)
    strikes = found.strikes[node].T.reshape(-1, grid, grid)
    at_home = found.regimes[:, home[0]]
    return _in_order(
        RegimeMap(
            scenario,
            x,
            y,
            question,
            draws=total,
            seed=seed,
            borders=replace(borders, labels=found.codes[borders.labels]),
            presence=scores.max(axis=0),
            outcome=found.outcome[node].reshape(shape),
            outcome_error=found.outcome_error[node].reshape(shape),
            lines={
                kind: lines(interpolated(np.stack([1 - strikes[k], strikes[k]])))
                for k, kind in enumerate(RECEIVER_TYPES)
            },
            baseline=regime_of(int(found.codes[at_home.argmax()])),
            baseline_share=float(at_home.max()),
            tippings=(
                *smooth_tippings(x, grid, found.codes, found.regimes[:, across]),
                *smooth_tippings(y, grid, found.codes, found.regimes[:, up]),
            ),
            error=found.error,
        ),
    )


@dataclass(frozen=True)
class _Central:
    """What is asked at central values, as functions of places on the axes."""

    scenario: Scenario
    x: Axis
    y: Axis
    question: Question

    def medians(self, count: int) -> dict[str, Floats]:
        """Return the central values, repeated."""
        return {name: np.broadcast_to(value, count) for name, value in self.scenario.medians().items()}

    def point(self, u: Floats, v: Floats) -> dict[str, Floats]:
        """Return the parameters at places on both axes."""
        return self.medians(len(u)) | {self.x.name: self.x.value(u), self.y.name: self.y.value(v)}

    def codes(self, u: Floats, v: Floats) -> Labels:
        """Return the regimes at places on both axes."""
        return play_points(self.point(u, v), self.question, self.scenario.worst_case).codes

    def along(self, axis: Axis, places: Floats) -> Labels:
        """Return the regimes at places on one axis, all else at the baseline."""
        values = self.medians(len(places)) | {axis.name: axis.value(places)}
        return play_points(values, self.question, self.scenario.worst_case).codes

    def strikes(self, kind: int, u: Floats, v: Floats) -> Labels:
        """Return whether a type of Russia strikes under the question's stance, 0 or 1."""
        found = strikes_at(self.point(u, v), self.question.stance, self.scenario.worst_case)
        return found[:, kind].astype(np.int64)


def _two(scenario: Scenario, axes: Axes, grid: int) -> tuple[Axis, Axis]:
    """Return the axes, or say what is wrong with them or the grid."""
    if isinstance(axes, str | Axis) or len(axes) != 2:
        raise TypeError(f"axes must be two parameters, as in x='{X}', y='{Y}'; it is {axes!r}")
    x, y = (each if isinstance(each, Axis) else axis_of(scenario, each) for each in axes)
    if x.name == y.name:
        raise ScenarioError([Fault(x.name, "the two axes must be different parameters")])
    if not 2 <= grid <= MOST_NODES:
        raise ValueError(f"grid must lie in [2, {MOST_NODES}]; it is {grid}")
    return x, y


def _nodes(grid: int) -> tuple[Floats, Floats]:
    """Return the places of all nodes, the first axis running fastest, each (grid ** 2,)."""
    places = np.linspace(0.0, 1.0, grid)
    return np.tile(places, grid), np.repeat(places, grid)


def _in_order(found: RegimeMap) -> RegimeMap:
    """Put the regimes of a map, whose labels are codes, in the order of their shares of it."""
    borders = found.borders
    areas = dict.fromkeys(np.unique(borders.labels).tolist(), 0.0)
    pieces = tiles(borders, longest=1 if found.draws else None)
    for tile in pieces:
        areas[tile.label] += tile.area
    order = sorted(areas, key=lambda code: (-areas[code], code))
    number = {code: index for index, code in enumerate(order)}
    codes, place = np.unique(borders.labels, return_inverse=True)
    labels = np.array([number[code] for code in codes.tolist()])[place].reshape(borders.labels.shape)
    return replace(
        found,
        regimes=tuple(regime_of(code) for code in order),
        shares=np.array([areas[code] for code in order]),
        borders=replace(borders, labels=labels),
        tiles=[replace(tile, label=number[tile.label]) for tile in pieces],
    )
