"""What does every solution hold, of a crisis or of a game of a file? Rows, which of them count, where it is from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from sim.crisis.play import Play
from sim.crisis.selection import selection_weights, survivors
from sim.games.certificate import Certificate
from sim.games.equilibria import Equilibria
from sim.games.gambit.efg import Labels
from sim.games.game import Floats, SignallingGame
from sim.games.refinements import REFINEMENTS
from sim.solve.named_continua import Ties, named_ties, ties
from sim.solve.named_rows import Rows, described, named
from sim.telling.answer import Provenance

SCHEMA = 1  # version of the dict's shape; it rises when a name or a meaning changes


@dataclass(frozen=True, eq=False)
class SolvedGame:
    """One game, solved: what the solutions of a crisis and of a game of a file have in common.

    Attributes
    ----------
    provenance : Provenance
        Where the game comes from; its draws are those of the run that a draw belongs to, 0 if it is none.
    play : Play
        How it is taken to be played.
    game : SignallingGame
        A single one.
    labels : Labels
        Names of players, types, signals and actions.
    equilibria : Equilibria
        All equilibria, with the verdict of each refinement; quantal play as the only row.
    certificate : Certificate
        What anybody could gain by departing from each row, and how far beliefs miss Bayes' rule.
    weights : ndarray of shape (e,)
        How much each row counts by the rule of selection.
    no_survivor : bool
        Whether the refinement would leave no equilibrium, so that all count.
    selected : int
        The row that counts by the rule of selection, the first of them if several do.
    """

    provenance: Provenance
    play: Play
    game: SignallingGame
    labels: Labels
    solved: Rows
    weights: Floats
    no_survivor: bool

    @property
    def equilibria(self) -> Equilibria:
        """All equilibria, or quantal play as the only row."""
        return self.solved.equilibria

    @property
    def certificate(self) -> Certificate:
        """What could be gained against each."""
        return self.solved.certificate

    @property
    def selected(self) -> int:
        """Row that counts by the rule of selection, the first of them if several do."""
        return int(self.weights.argmax())

    @property
    def frequency(self) -> Floats:
        """How often the sender is of each type, (t,): as the receiver believes, unless it misjudges the sender."""
        return np.asarray(self.game.flat().prior[0])

    @property
    def point(self) -> str:
        """Which of the games that its scenario allows this is; empty if there is only one."""
        return ""

    @cached_property
    def _ties(self) -> Ties | None:
        """Its continua, looked for once: tables, texts and files all tell of them."""
        return ties(self.game, self.solved)

    def stamp(self) -> str:
        """Return what makes it repeatable, in one line: scenario or file, point, sim version."""
        made = self.provenance
        changed = f", {len(made.settings)} set by hand" if made.settings else ""
        parts = f"{made.scenario}{changed}", self.point, f"sim {made.versions['sim']}"
        return " · ".join(part for part in parts if part)

    def table(self) -> list[dict[str, Any]]:
        """Return one row per equilibrium (counted from 1), type of the sender, and signal, ready for a spreadsheet.

        `prior` is what the receiver believes at first, `frequency` how often it is so; then come what is sent, believed
        and answered, such as "cautious: strike", and in equilibrium which refinements the row survives.
        """
        eq, names, prior, often = self.equilibria, self.labels, self.game.flat().prior[0], self.frequency
        judged = () if self.solved.quantal else REFINEMENTS[1:]
        acts = [f"{kind}: {action}" for kind in names.receiver_types for action in names.actions]
        return [
            {
                "equilibrium": int(row) + 1,
                "family": str(eq.family[row]),
                "weight": self.weights[row].item(),
                "type": names.types[t],
                "prior": prior[t].item(),
                "frequency": often[t].item(),
                "payoff": eq.sender_value[row, t].item(),
                "signal": names.signals[m],
                "sends": eq.strategy[row, t, m].item(),
                "belief": eq.belief[row, m, t].item(),
                **dict(zip(acts, eq.response[row, :, m].reshape(-1).tolist(), strict=True)),
                **{name: bool(getattr(eq, name)[row]) for name in judged},
            }
            for row, t, m in np.ndindex(eq.strategy.shape)
        ]

    def to_dict(self) -> dict[str, Any]:
        """Return everything as JSON can hold it."""
        sent = np.einsum("t,etm->em", self.frequency, self.equilibria.strategy)
        return {
            "schema": SCHEMA,
            "concept": self.play.concept,
            "refinement": self.play.refinement,
            "select": self.play.select,
            "prior": named(self.game.flat().prior[0], self.labels.types),
            "frequency": named(self.frequency, self.labels.types),
            "no_survivor": self.no_survivor,
            "selected": self.selected,
            "weights": self.weights.tolist(),
            "quantal": self.solved.quantal,
            "equilibria": [
                each | {"sent": named(shares, self.labels.signals)}
                for each, shares in zip(described(self.game, self.solved, self.labels), sent, strict=True)
            ],
            "continua": named_ties(self._ties, self.labels),
        }


def counted(
    game: SignallingGame, solved: Rows, play: Play, *, escalation: Floats | None = None, frequency: Floats | None = None
) -> tuple[Floats, bool]:
    """Return how much each row counts, and whether the refinement would leave none; quantal play is the only row."""
    equilibrium = play.concept == "equilibrium"
    admitted, none_left = survivors(solved.equilibria, play.refinement if equilibrium else "none", 1)
    rule = play.select if equilibrium else "uniform"
    weights = selection_weights(
        solved.equilibria, game, rule, escalation=escalation, admitted=admitted, frequency=frequency
    )
    return weights, bool(none_left[0])
