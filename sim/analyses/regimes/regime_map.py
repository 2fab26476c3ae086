"""What does a regime map say? Regimes, their borders, the baseline among them, as arrays and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sim.analyses.regimes.axes import Axis
from sim.analyses.regimes.borders import Borders, Point, Tile
from sim.analyses.regimes.break_even import BreakEven, break_even
from sim.analyses.regimes.kinds import Regime
from sim.analyses.regimes.many_points import Question
from sim.analyses.regimes.tipping import Tipping
from sim.crisis.payoffs import crisis_game
from sim.games.game import Floats
from sim.montecarlo.identity import versions
from sim.scenario.scenario import Scenario

SCHEMA = 1
"""Version of the dict's shape; it rises when a name or a meaning changes."""


@dataclass(frozen=True, eq=False)
class RegimeMap:
    """Which regime holds over two parameters.

    Attributes
    ----------
    scenario : Scenario
        Where all other values come from.
    x, y : Axis
        The two parameters, across and up.
    question : Question
        How the crisis is played, and what else is shown.
    borders : Borders
        Regime of each node, as an index into `regimes`, and the places where it changes.
    presence : ndarray of shape (v, u)
        Share of draws in which the regime of each node holds; 1 at central values.
    outcome, outcome_error : ndarray of shape (v, u)
        (Mean) probability of the outcome asked for, NaN if none is, and its standard error; 0 at central values.
    lines : dict of str to list of list of (float, float)
        By type of Russia: places at which it breaks even between strike and hold, with France held to
        ``question.stance``; over draws, at which it strikes in half of them.
    baseline : Regime
        What holds at the baseline, the medians of both parameters (over draws: most frequently).
    tippings : tuple of Tipping
        The nearest border in each direction from the baseline.
    baseline_share : float
        Share of draws in which the regime of the baseline holds there; 1 at central values.
    draws, seed : int or None
        Of the draws at each node; None at central values.
    error : float
        Largest standard error of a share of draws; 0 at central values.
    regimes : tuple of Regime
        Those of the nodes, the one with the largest share of the map first. Over draws: those that are the most
        frequent one at some node.
    shares : ndarray of shape (r,)
        Share of the map, as drawn, that each has; they sum to 1.
    tiles : list of Tile
        The map in pieces.
    """

    scenario: Scenario
    x: Axis
    y: Axis
    question: Question
    borders: Borders
    presence: Floats
    outcome: Floats
    outcome_error: Floats
    lines: dict[str, list[list[Point]]]
    baseline: Regime
    tippings: tuple[Tipping, ...]
    baseline_share: float = 1.0
    draws: int | None = None
    seed: int | None = None
    error: float = 0.0
    regimes: tuple[Regime, ...] = ()
    shares: Floats = field(default_factory=lambda: np.zeros(0))
    tiles: list[Tile] = field(default_factory=list)

    @property
    def beliefs(self) -> dict[str, dict[str, BreakEven]]:
        """Break-even beliefs at central values, by stance and type of Russia."""
        return break_even(crisis_game(self.scenario.medians(), worst_case=self.scenario.worst_case))

    def rows(self) -> Iterator[tuple[object, ...]]:
        """Yield x, y, regime, share of draws, outcome and its standard error of each node, line by line from below."""
        labels = self.borders.labels
        across, up = (np.linspace(0.0, 1.0, size) for size in reversed(labels.shape))
        xs, ys = self.x.value(across).tolist(), self.y.value(up).tolist()
        numbers = np.stack([self.presence, self.outcome, self.outcome_error], axis=-1).tolist()
        names = [regime.name for regime in self.regimes]
        for y, line, figures in zip(ys, labels.tolist(), numbers, strict=True):
            for x, label, (share, outcome, error) in zip(xs, line, figures, strict=True):
                asked = (outcome, error) if self.question.outcome else ("", "")
                yield x, y, names[label], share, *asked

    def to_dict(self) -> dict[str, Any]:
        """Return everything but the numbers of each node as JSON can hold it.

        Returns
        -------
        dict
            schema, scenario, draws, seed (None at central values), versions, worst_case, settings, concept,
            refinement, select, rationality, outcome, doctrine, x and y (name, low, high, log, baseline, nodes),
            regimes (list, the largest first: name, family, sends, strikes, share_of_map), map (a text per value of y,
            the lowest first: indices into regimes along x, separated by blanks), baseline (regime, share_of_draws),
            tipping (list: parameter, direction, at, regime), break_even_beliefs (by stance and type of Russia: belief,
            strikes), break_even_lines (stance, and by type of Russia lists of [x, y]) and share_error.
        """
        rows, columns = self.borders.labels.shape
        return {
            "schema": SCHEMA,
            "scenario": self.scenario.name,
            "draws": self.draws,
            "seed": self.seed,
            "versions": versions(),
            "worst_case": self.scenario.worst_case,
            "settings": self.scenario.settings,
            **vars(self.question.play),
            "outcome": self.question.outcome,
            "doctrine": self.question.doctrine,
            "x": vars(self.x) | {"nodes": columns},
            "y": vars(self.y) | {"nodes": rows},
            "regimes": [
                regime.to_dict() | {"share_of_map": share}
                for regime, share in zip(self.regimes, self.shares.tolist(), strict=True)
            ],
            "map": [" ".join(map(str, row)) for row in self.borders.labels.tolist()],
            "baseline": {"regime": self.baseline.name, "share_of_draws": self.baseline_share},
            "tipping": [vars(each) | {"regime": each.regime and each.regime.name} for each in self.tippings],
            "break_even_beliefs": {s: {k: vars(each) for k, each in by.items()} for s, by in self.beliefs.items()},
            "break_even_lines": {"stance": self.question.stance}
            | {kind: [self._valued(line) for line in found] for kind, found in self.lines.items()},
            "share_error": self.error,
        }

    def _valued(self, line: list[Point]) -> list[list[float]]:
        """Return a line in the units of the parameters."""
        u, v = np.array(line).T
        points: list[list[float]] = np.stack([self.x.value(u), self.y.value(v)], axis=1).tolist()
        return points
