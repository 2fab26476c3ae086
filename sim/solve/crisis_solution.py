"""What happens at one point? Every equilibrium of one game, why it stands, and what each doctrine gives there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from sim.crisis.ladder import OUTCOMES, Ladder, doctrine, equilibrium_ladder
from sim.crisis.parameters import ACTIONS, RECEIVER_TYPES, SENDER_TYPES, STANCES
from sim.crisis.payoffs import Chances, crisis
from sim.crisis.play import LAST_MOVES, Play
from sim.draws.blocks import blocks, parameter_values, rounded_draws, uniforms
from sim.games.gambit.efg import Labels
from sim.games.game import Floats
from sim.montecarlo.identity import versions
from sim.scenario.given import Source, as_scenario
from sim.scenario.scenario import Scenario
from sim.solve.named_rows import named, rows
from sim.solve.solved_game import SolvedGame, counted
from sim.telling.answer import Provenance

LABELS = Labels(
    players=("France", "Russia"), types=SENDER_TYPES, signals=STANCES, actions=ACTIONS, receiver_types=RECEIVER_TYPES
)
"""Names of all that is in the crisis, with the three stances that there are if a scenario lists no others."""


@dataclass(frozen=True, eq=False)
class Draw:
    """One draw of a run: its number, from 0, the run's draws and seed, and its values."""

    number: int
    draws: int
    seed: int
    parameters: dict[str, float]


@dataclass(frozen=True, eq=False)
class Solution(SolvedGame):
    """A scenario at one point, solved: every equilibrium, or quantal play, and what comes of it.

    It has the attributes of `SolvedGame`, and:

    Attributes
    ----------
    scenario : Scenario
        The scenario.
    draw : Draw or None
        Which draw the point is; None for the medians.
    parameters : dict of str to float
        The value of every parameter.
    chances : Chances
        How likely each step after a strike is.
    ladder : Ladder
        What comes of each row.
    moves : dict of str to dict of str to float
        In quantal play every outcome, with a last move that is exact and one that errs; else empty.

    Examples
    --------
    >>> import sim
    >>> sim.solution("macron-2024").point
    'all at their medians'
    """

    scenario: Scenario
    draw: Draw | None  # which the point is; None for the medians
    parameters: dict[str, float]
    chances: Chances
    ladder: Ladder  # one row per equilibrium
    moves: dict[str, dict[str, float]]  # in quantal play, by `LAST_MOVES`: every outcome; else empty

    @property
    def frequency(self) -> Floats:
        """How often France is of each type in truth, (t,), whatever Russia believes."""
        return np.asarray(self.chances.flat().frequency[0])

    @property
    def point(self) -> str:
        """Which draw this is, or that it is none."""
        draw = self.draw
        return f"draw {draw.number:,} of {draw.draws:,} · seed {draw.seed}" if draw else "all at their medians"

    def to_dict(self) -> dict[str, Any]:
        """Return everything as JSON can hold it."""
        draw, shared, stances = self.draw, super().to_dict(), self.scenario.stances
        targets = list(stances.targets)
        return shared | {
            "scenario": self.scenario.name,
            "worst_case": self.scenario.worst_case,
            "draw": draw and {name: value for name, value in vars(draw).items() if name != "parameters"},
            "parameters": self.parameters,
            "stances": list(stances.names),
            "struck": list(stances.struck),
            "stands": named(self.chances.stands.T[targets], stances.struck, SENDER_TYPES),
            "equilibria": [each | self._consequences(row) for row, each in enumerate(shared["equilibria"])],
            "doctrine": self._doctrines(),
            "last_move": self.play.last_move,
            "by_last_move": self.moves or None,
        }

    def _consequences(self, row: int) -> dict[str, Any]:
        """Return what comes of one equilibrium."""
        outcomes = {name: values[row].item() for name, values in self.ladder.outcomes.items()}
        payoff, struck = self.ladder.france_payoff[row].item(), list(self.scenario.stances.struck)
        return {"france_payoff": payoff, "outcomes": outcomes, "struck": struck}

    def _doctrines(self) -> dict[str, Any]:
        """Return what follows if France is held to each stance: Russia replies exactly, and so does France once hit."""
        stances, told = self.scenario.stances, {}
        game, chances = crisis(self.parameters, worst_case=self.scenario.worst_case, stances=stances)
        for stance in stances.names:
            ladder, strikes = doctrine(game, chances, stance, stances)
            told[stance] = {
                "outcomes": {name: float(ladder.outcomes[name][0]) for name in OUTCOMES},
                "france_payoff": float(ladder.france_payoff[0]),
                "strikes": named(strikes[0], RECEIVER_TYPES),
            }
        return told


def labels_of(scenario: Scenario) -> Labels:
    """Return the names of all that is in the crisis of a scenario."""
    return replace(LABELS, signals=scenario.names)


def draw_of(scenario: Scenario, number: int, *, draws: int | None = None, seed: int | None = None) -> Draw:
    """Return the values of every parameter in one draw of a run."""
    total = rounded_draws(scenario.draws if draws is None else draws)
    seed = scenario.seed if seed is None else seed
    if not 0 <= number < total:
        raise ValueError(f"draw must lie in [0, {total - 1}] in a run of {total} draws; it is {number}")
    if seed < 0:
        raise ValueError(f"seed must be at least 0; it is {seed}")
    every = blocks(total)
    place, offset = divmod(number, every[0].size)
    (scores,) = uniforms(seed, [every[place]], scenario.dimensions)
    values = parameter_values(scenario, scores)
    return Draw(number, total, seed, {name: array[offset].item() for name, array in values.items()})


def solution(scenario: Source, *, play: Play = Play(), draw: Draw | None = None) -> Solution:  # noqa: B008 - frozen
    """Solve a scenario at one point: the medians of its parameters, or a draw.

    No equilibrium is left out for failing a refinement.

    Parameters
    ----------
    scenario : Scenario, str or Path
        From `load_scenario`; or the name or file that it takes.
    play : Play
        Equilibrium or quantal play, and which equilibrium is selected.
    draw : Draw, optional
        One draw of a run; the medians if left out.

    Returns
    -------
    Solution
        For `sim.figures.tree` and `sim.figures.beliefs`; `table` gives its rows.

    Raises
    ------
    ScenarioError
        If the scenario is wrong.

    Examples
    --------
    >>> import sim
    >>> solved = sim.solution("macron-2024")
    >>> bool(solved.certificate.sender_gain.max() < 1e-9), solved.table()[1]["type"], solved.table()[1]["sends"]
    (True, 'bluffing', 1.0)
    """
    scenario = as_scenario(scenario)
    point = draw.parameters if draw else scenario.medians()
    reading, stances = scenario.worst_case, scenario.stances
    game, chances = crisis(point, worst_case=reading, stances=stances, last_move=play.last_rationality)
    solved = rows(game, play)
    ladder = equilibrium_ladder(game, chances, solved.equilibria)
    rungs = np.stack([ladder.outcomes[name] for name in OUTCOMES[:5]])
    weights, no_survivor = counted(game, solved, play, escalation=rungs.sum(axis=0), frequency=chances.flat().frequency)
    draws, seed = (draw.draws, draw.seed) if draw else (0, scenario.seed)
    return Solution(
        provenance=_provenance(scenario, draws, seed),
        play=play,
        game=game,
        labels=labels_of(scenario),
        solved=solved,
        weights=weights,
        no_survivor=no_survivor,
        scenario=scenario,
        draw=draw,
        parameters=point,
        chances=chances,
        ladder=ladder,
        moves=_moves(scenario, point, play) if play.concept == "quantal" else {},
    )


def _provenance(scenario: Scenario, draws: int, seed: int) -> Provenance:
    """Return where a point comes from."""
    settings, naming = dict(scenario.settings), scenario.naming
    return Provenance(scenario.name, scenario.title, draws, seed, versions(), settings, naming=naming)


def _moves(scenario: Scenario, point: dict[str, float], play: Play) -> dict[str, dict[str, float]]:
    """Return every outcome of quantal play with a France that folds or stands exactly, and with one that errs there."""
    told = {}
    for move in LAST_MOVES:
        last = replace(play, last_move=move).last_rationality
        game, chances = crisis(point, worst_case=scenario.worst_case, stances=scenario.stances, last_move=last)
        ladder = equilibrium_ladder(game, chances, rows(game, play).equilibria)
        told[move] = {name: values[0].item() for name, values in ladder.outcomes.items()}
    return told
