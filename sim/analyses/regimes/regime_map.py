"""What does a regime map say? Regimes, their borders, the baseline among them, and the beliefs that stop Russia."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sim.analyses.regimes.axes import Axis, Tipping
from sim.analyses.regimes.borders import Borders, Point, Tile
from sim.analyses.regimes.kinds import Regime
from sim.analyses.regimes.many_points import Question
from sim.crisis.parameters import ACTIONS, BASELINE, RECEIVER_TYPES, Stances
from sim.crisis.payoffs import crisis_game
from sim.games.game import Floats, SignallingGame
from sim.montecarlo.identity import versions
from sim.scenario.scenario import Scenario

SCHEMA = 1
"""Version of the dict's shape; it rises when a name or a meaning changes."""


@dataclass(frozen=True)
class BreakEven:
    """When one type of Russia strikes after one stance: "below" or "above" a belief that France is resolute, or ever.

    At that belief strike and hold are worth the same; it is None if Russia strikes "never" or "always".
    """

    belief: float | None
    strikes: str


@dataclass(frozen=True, eq=False)
class RegimeMap:
    """Which regime holds over two parameters.

    Attributes
    ----------
    scenario, question : Scenario, Question
        Where all other values come from; how the crisis is played, and what else is shown.
    x, y : Axis
        The two parameters, across and up.
    borders : Borders
        Regime of each node, as an index into `regimes`, and the places where it changes.
    presence : ndarray of shape (v, u)
        Share of draws in which the regime of each node holds; 1 at central values.
    outcome, outcome_error : ndarray of shape (v, u)
        (Mean) probability of the outcome asked for, NaN if none is, and its standard error; 0 at central values.
    lines : dict of str to list of list of (float, float)
        By type of Russia: places at which it breaks even between strike and hold, with France held to
        `stance`; over draws, at which it strikes in half of them.
    baseline, baseline_share : Regime, float
        What holds at the medians of both parameters (over draws: most frequently), and in which share of draws.
    tippings : tuple of Tipping
        The nearest border in each direction from the baseline.
    draws, seed : int or None
        Of the draws at each node; None at central values.
    error : float
        Largest standard error of a share of draws; 0 at central values.
    regimes, shares : tuple of Regime, ndarray of shape (r,)
        Those of the nodes (over draws: the most frequent at some node), and their shares of the map as drawn, which
        sum to 1; the largest first.
    tiles : list of Tile
        The map in pieces.
    others : tuple of RegimeMap
        The same map in the other reading of the worst case and, under quantal play, with the other last move.
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
    others: tuple[RegimeMap, ...] = ()

    @property
    def stance(self) -> str:
        """Stance of the break-even lines."""
        return self.question.stance(self.scenario.stances)

    @property
    def beliefs(self) -> dict[str, dict[str, BreakEven]]:
        """Break-even beliefs at central values, by stance with a target and type of Russia."""
        scenario = self.scenario
        game = crisis_game(scenario.medians(), worst_case=scenario.worst_case, stances=scenario.stances)
        return break_even(game, scenario.stances)

    def table(self) -> list[dict[str, Any]]:
        """Return one row per node, line by line from below, ready for a data frame.

        Keys: both parameters by name, regime, share_of_draws, probability of the outcome asked for, if any, and its
        standard_error.
        """
        rows, columns = self.borders.labels.shape
        across, up = (np.linspace(0.0, 1.0, size) for size in (columns, rows))
        nothing = [None] * (rows * columns)
        found = {
            self.x.name: np.tile(self.x.value(across), rows).tolist(),
            self.y.name: np.repeat(self.y.value(up), columns).tolist(),
            "regime": [self.regimes[label].name for label in self.borders.labels.ravel().tolist()],
            "share_of_draws": self.presence.ravel().tolist(),
            "probability": self.outcome.ravel().tolist() if self.question.outcome else nothing,
            "standard_error": self.outcome_error.ravel().tolist() if self.question.outcome else nothing,
        }
        return [dict(zip(found, values, strict=True)) for values in zip(*found.values(), strict=True)]

    def to_dict(self) -> dict[str, Any]:
        """Return everything but the numbers of each node as JSON can hold it: the keys are told in docs/sweep.md.

        The map is a text per value of y, the lowest first: indices into regimes along x, separated by blanks.
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
            "stances": list(self.scenario.names),
            **vars(self.question.play),
            **self._told(),
            "outcome": self.question.outcome,
            "doctrine": self.question.doctrine,
            "x": vars(self.x) | {"nodes": columns},
            "y": vars(self.y) | {"nodes": rows},
            "map": [" ".join(map(str, row)) for row in self.borders.labels.tolist()],
            "break_even_lines": {"stance": self.stance}
            | {kind: [self.valued(line).tolist() for line in found] for kind, found in self.lines.items()},
            "others": [
                {"worst_case": each.scenario.worst_case, "last_move": each.question.play.last_move} | each._told()
                for each in self.others
            ],
        }

    def _told(self) -> dict[str, Any]:
        """Return what another reading changes."""
        shares = zip(self.regimes, self.shares.tolist(), strict=True)
        return {
            "regimes": [regime.to_dict() | {"share_of_map": share} for regime, share in shares],
            "baseline": {"regime": self.baseline.name, "share_of_draws": self.baseline_share},
            "tipping": [vars(each) | {"regime": each.regime and each.regime.name} for each in self.tippings],
            "break_even_beliefs": {s: {k: vars(each) for k, each in by.items()} for s, by in self.beliefs.items()},
            "share_error": self.error,
        }

    def valued(self, places: list[Point]) -> Floats:
        """Return places on the map, in [0, 1], in the units of the parameters, (n, 2)."""
        u, v = np.array(places).T
        return np.stack([self.x.value(u), self.y.value(v)], axis=1)


def break_even(game: SignallingGame, stances: Stances = BASELINE) -> dict[str, dict[str, BreakEven]]:
    """Return the break-even beliefs of a single crisis, after every stance with a target.

    With a gain G from striking a bluffing France and a gain -L from striking a resolute one, both against holding,
    G (1 - μ) - L μ vanishes at μ = G / (G + L).
    """
    hold, strike = (ACTIONS.index(action) for action in ("hold", "strike"))
    gain = game.receiver[:, :, :, strike] - game.receiver[:, :, :, hold]  # (k, t, m)
    return {
        stance: {kind: _break_even(*gain[k, :, m].tolist()) for k, kind in enumerate(RECEIVER_TYPES)}
        for m, stance in enumerate(stances.names)
        if game.available[m, strike]
    }


def _break_even(bluffing: float, resolute: float) -> BreakEven:
    """Return where the gain from striking vanishes, given what it is against either France."""
    if max(bluffing, resolute) <= 0:
        return BreakEven(None, "never")
    if min(bluffing, resolute) > 0:
        return BreakEven(None, "always")
    return BreakEven(bluffing / (bluffing - resolute), "below" if bluffing > 0 else "above")
