"""Where does the crisis tip? Which kind of play holds over two parameters: at central values, or over draws."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

import numpy as np

from sim.analyses.regimes.axes import Axis, axis_of, exact_tippings, line_places, smooth_tippings
from sim.analyses.regimes.borders import Labels, bisected, interpolated, lines, tiles
from sim.analyses.regimes.kinds import regime_of
from sim.analyses.regimes.many_points import PointsPlayed, Question, Report, Values, play_draws, play_points, strikes_at
from sim.analyses.regimes.regime_map import RegimeMap
from sim.crisis.parameters import RECEIVER_TYPES
from sim.crisis.play import LAST_MOVES
from sim.crisis.terms import READINGS
from sim.draws.blocks import rounded_draws
from sim.games.game import Floats
from sim.scenario.given import Source, as_scenario, draws_and_seed
from sim.scenario.scenario import Scenario
from sim.telling.faults import Fault, ScenarioError
from sim.work.executors import Crew, crew

X, Y = "prior.resolute", "signal.commit.stance_value"
"""Parameters across and up, unless others are given."""

GRID, COARSE_GRID = 200, 25
"""Nodes along each axis, unless a number is given: at central values, and over draws."""

DRAWS = 1024
"""Draws at each node, unless a number is given."""

MOST_NODES = 1000
"""Nodes along each axis that are allowed: more than a projector shows."""

_OTHER_MOVE = dict(zip(LAST_MOVES, reversed(LAST_MOVES), strict=True))

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
    ScenarioError, ValueError
        If no parameter has such a name, both axes are one, `grid` is out of bounds, or the doctrine has no target.

    Examples
    --------
    >>> found = sweep("macron-2024", x="prior.resolute", y="signal.commit.stance_value", grid=20)
    >>> found.baseline.name, [round(each.at, 3) for each in found.tippings if each.at]
    ('pooling: bluffing ambiguous, resolute ambiguous; nobody strikes', [0.188, 0.185])
    """
    scenario, x, y = _checked(scenario, axes or (x, y), grid)
    question.stance(scenario.stances)
    return _read_otherwise(scenario, question, lambda *asked: _central_map((x, y), grid, *asked), report)


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
    workers: int = 1,
    report: Report | None = None,
) -> RegimeMap:
    """Return which regime holds most often over draws of all other parameters.

    The same draws are used at every node, so that nodes differ by what the axes do and by nothing else.

    Parameters
    ----------
    scenario, axes, question, x, y
        As in `sweep`.
    grid : int
        Nodes along each axis, 2 to 1,000. Borders between nodes are where two shares are equal if both change evenly.
    draws, seed : int
        Draws at each node, rounded up as `sim.run` does, and their seed, by default the scenario's.
    workers : int
        Processes that share the work.
    report : callable, optional
        Called with the work done and the work to do.

    Returns
    -------
    RegimeMap
        With the share of draws in which the regime of each node holds; the same bits for any workers.

    Raises
    ------
    ScenarioError, ValueError
        As `sweep`, and if `draws`, `seed` or `workers` is out of bounds.

    Examples
    --------
    >>> found = sweep_draws("macron-2024", grid=3, draws=64, seed=0)
    >>> found.presence.shape, found.draws
    ((3, 3), 64)
    """
    scenario, x, y = _checked(scenario, axes or (x, y), grid)
    question.stance(scenario.stances)
    asked, seed = draws_and_seed(scenario, draws, seed)
    sizes = grid, rounded_draws(asked), seed
    with crew(workers) as by:
        return _read_otherwise(scenario, question, lambda *read: _drawn_map((x, y), sizes, by, *read), report)


def _read_otherwise(
    scenario: Scenario,
    question: Question,
    mapped: Callable[[Scenario, Question, Report | None], RegimeMap],
    report: Report | None,
) -> RegimeMap:
    """Return a map with that in the other reading of the worst case and, in quantal play, with the other last move."""
    asked, play = [(scenario, question)], question.play
    if scenario.stances.struck:
        asked += [(replace(scenario, worst_case=each), question) for each in READINGS if each != scenario.worst_case]
    if play.concept == "quantal":
        asked += [(scenario, replace(question, play=replace(play, last_move=_OTHER_MOVE[play.last_move])))]

    def part(number: int) -> Report | None:
        return report and (lambda done, total: report(number * total + done, len(asked) * total))

    own, *others = (mapped(*each, part(number)) for number, each in enumerate(asked))
    return replace(own, others=tuple(others))


def _central_map(
    axes: tuple[Axis, Axis], grid: int, scenario: Scenario, question: Question, report: Report | None
) -> RegimeMap:
    """Return the map at central values in one reading."""
    (x, y), stances = axes, scenario.stances
    stance = question.stance(stances)

    def solved(places: Mapping[Axis, Floats], report: Report | None = None) -> PointsPlayed:
        return play_points(_central(scenario, places), question, scenario, report=report)

    def strikes(kind: int, u: Floats, v: Floats) -> Labels:
        found = strikes_at(_central(scenario, {x: u, y: v}), stance, scenario)
        return found[:, kind].astype(np.int64)

    u, v = _nodes(grid)
    nodes = solved({x: u, y: v}, report)
    outcome = nodes.outcome.reshape(grid, grid)
    struck = nodes.strikes.T.reshape(-1, grid, grid).astype(np.int64)
    sides = {kind: bisected(struck[k], partial(strikes, k)) for k, kind in enumerate(RECEIVER_TYPES)}
    found = RegimeMap(
        scenario,
        x,
        y,
        question,
        borders=bisected(nodes.codes.reshape(grid, grid), lambda u, v: solved({x: u, y: v}).codes),
        presence=np.ones((grid, grid)),
        outcome=outcome,
        outcome_error=0 * outcome,
        lines={kind: lines(borders) for kind, borders in sides.items()},
        baseline=regime_of(int(solved({}).codes[0]), stances),
        tippings=(
            *exact_tippings(x, grid, lambda u: solved({x: u}).codes, stances),
            *exact_tippings(y, grid, lambda v: solved({y: v}).codes, stances),
        ),
    )
    return _in_order(found)


def _drawn_map(
    axes: tuple[Axis, Axis],
    sizes: tuple[int, int, int],
    by: Crew | None,
    scenario: Scenario,
    question: Question,
    report: Report | None,
) -> RegimeMap:
    """Return the map over draws in one reading; sizes are nodes along each axis, draws and their seed."""
    (x, y), (grid, total, seed), stances = axes, sizes, scenario.stances
    u, v = _nodes(grid)
    across, up = (line_places(axis, grid) for axis in (x, y))
    # All that is looked at, in one go over the draws: nodes, baseline, and the lines through it along x and along y.
    places = {
        x.name: np.concatenate([x.value(u), [x.baseline], x.value(across), np.full(up.size, x.baseline)]),
        y.name: np.concatenate([y.value(v), [y.baseline], np.full(across.size, y.baseline), y.value(up)]),
    }
    found = play_draws(scenario, places, question, draws=total, seed=seed, by=by, report=report)
    parts = np.cumsum([u.size, 1, across.size])
    shares, at_home, along_x, along_y = np.split(found.regimes, parts, axis=1)
    scores = shares.reshape(-1, grid, grid)
    outcome, outcome_error = (each[: u.size].reshape(grid, grid) for each in (found.outcome, found.outcome_error))
    strikes = found.strikes[: u.size].T.reshape(-1, grid, grid)
    sides = {kind: interpolated(np.stack([1 - each, each])) for kind, each in zip(RECEIVER_TYPES, strikes, strict=True)}
    borders = interpolated(scores)
    drawn = RegimeMap(
        scenario,
        x,
        y,
        question,
        draws=total,
        seed=seed,
        borders=replace(borders, labels=found.codes[borders.labels]),
        presence=scores.max(axis=0),
        outcome=outcome,
        outcome_error=outcome_error,
        lines={kind: lines(each) for kind, each in sides.items()},
        baseline=regime_of(int(found.codes[at_home.argmax()]), stances),
        baseline_share=float(at_home.max()),
        tippings=(
            *smooth_tippings(x, grid, found.codes, along_x, stances),
            *smooth_tippings(y, grid, found.codes, along_y, stances),
        ),
        error=found.error,
    )
    return _in_order(drawn)


def _checked(source: Source, axes: Axes, grid: int) -> tuple[Scenario, Axis, Axis]:
    """Return the scenario and both axes, or say what is wrong with them or the grid."""
    if isinstance(axes, str | Axis) or len(axes) != 2:
        raise TypeError(f"axes must be two parameters, as in x='{X}', y='{Y}'; it is {axes!r}")
    scenario = as_scenario(source)
    x, y = (each if isinstance(each, Axis) else axis_of(scenario, each) for each in axes)
    if x.name == y.name:
        raise ScenarioError([Fault(x.name, "the two axes must be different parameters")])
    if not 2 <= grid <= MOST_NODES:
        raise ValueError(f"grid must lie in [2, {MOST_NODES}]; it is {grid}")
    return scenario, x, y


def _central(scenario: Scenario, places: Mapping[Axis, Floats]) -> Values:
    """Return the parameters at n places on some axes, all others at their medians; n is 1 if there is no axis."""
    count = max(map(len, places.values()), default=1)
    medians = {name: np.broadcast_to(value, count) for name, value in scenario.medians().items()}
    return medians | {axis.name: axis.value(place) for axis, place in places.items()}


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
    labels = np.vectorize(number.get, otypes=[np.int64])(borders.labels)
    return replace(
        found,
        regimes=tuple(regime_of(code, found.scenario.stances) for code in order),
        shares=np.array([areas[code] for code in order]),
        borders=replace(borders, labels=labels),
        tiles=[replace(tile, label=number[tile.label]) for tile in pieces],
    )
