"""What happens in a game that a file gives outright? Every equilibrium, why it stands, or how players who err play."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from sim.crisis.play import Play
from sim.games.game import Floats, SignallingGame
from sim.games.ties.payoff_sizes import WIDEST, FarApartError, far_apart
from sim.montecarlo.identity import versions
from sim.scenario.game_file import GameFile, load
from sim.solve.named_rows import named, rows
from sim.solve.solved_game import SolvedGame, counted
from sim.telling.answer import Provenance
from sim.telling.faults import Fault, ScenarioError

MOST_ANSWERS = 120
"""Most actions, over all signals and receiver types, of games whose equilibria are told: what it takes grows with their
square and with the equilibria, and so many take up to half a minute."""

RULES = ("sender_best", "uniform")  # rules of selection that need no ladder of escalation


@dataclass(frozen=True, eq=False)
class GameSolution(SolvedGame):
    """A game that a file gives outright, solved: every equilibrium, or quantal play.

    It has the attributes of `SolvedGame`, the game without sender types that cannot be if it has more than two, and:

    Attributes
    ----------
    file : GameFile
        What the file says: title, description, source.
    values : ndarray of shape (e,)
        What each row is worth to the sender before it knows its type.

    Examples
    --------
    >>> import sim
    >>> sim.game_solution("textbook/beer-quiche").values.round(6).tolist()
    [2.9, 2.1]
    """

    file: GameFile
    values: Floats  # (e,): what each row is worth to the sender before it knows its type

    def to_dict(self) -> dict[str, Any]:
        """Return everything as JSON can hold it."""
        file, flat, names, shared = self.file, self.game.flat(), self.labels, super().to_dict()
        usable = [[name for name, can in zip(names.actions, row, strict=True) if can] for row in self.game.available]
        return shared | {
            "game": file.name,
            "title": file.title,
            "description": file.description,
            "source": file.source,
            "players": list(names.players),
            "prior": named(flat.prior[0], names.types),
            "receiver_prior": named(flat.receiver_prior[0], names.receiver_types),
            "available": dict(zip(names.signals, usable, strict=True)),
            "equilibria": [
                each | {"value": value} for each, value in zip(shared["equilibria"], self.values.tolist(), strict=True)
            ],
        }


def _keys(file: GameFile) -> dict[str, Any] | None:
    """Return the names of a game that are keys of a file rather than words, as what speaks in figures takes them."""
    names = file.labels
    every = (*names.types, *names.receiver_types, *names.signals, *names.actions)
    keys = [name for name in every if "_" in name]
    return {"listed": keys} if keys else None


def check_sizes(file: GameFile) -> None:
    """Raise if a game is too large to be solved in time, or a payoff so large that differences would count as ties."""
    answers = int(file.game.available.sum()) * file.game.receiver_types
    if answers > MOST_ANSWERS:
        message = f"a game must have at most {MOST_ANSWERS} answers: actions after each signal, of each receiver type"
        raise ScenarioError(
            [Fault(str(file.path), f"{message}; it has {answers}", "--concept quantal works for any number")]
        )
    try:
        far_apart(file.game.flat())
    except FarApartError as error:
        _, k, t, m, a = error.cell
        size = getattr(file.game.flat(), error.player)[error.cell]
        said = (
            f"is {size:g}, more than {WIDEST:g} times the median of those it is compared with: "
            f"differences between these would count as ties"
        )
        raise ScenarioError([file.payoff_fault(error.player, (k, t, m, a), said)]) from None


def _possible(file: GameFile) -> GameFile:
    """Return a game of more than two sender types without those that cannot be."""
    game, real = file.game, file.game.prior > 0
    if game.types <= 2 or real.all():
        return file
    check_sizes(file)  # while its payoffs stand where the file has them
    sender, receiver = (np.compress(real, payoffs, axis=-3) for payoffs in (game.sender, game.receiver))
    possible = SignallingGame(game.prior[real], sender, receiver, game.receiver_prior, game.available)
    names = tuple(name for name, can in zip(file.labels.types, real, strict=True) if can)
    return replace(file, game=possible, labels=replace(file.labels, types=names), document=None)


def game_solution(game: GameFile | str | Path, *, play: Play = Play()) -> GameSolution:  # noqa: B008 - frozen
    """Solve a signalling game that a file gives outright.

    No equilibrium is left out for failing a refinement.

    Parameters
    ----------
    game : str or Path
        The name of a textbook game, such as ``"textbook/beer-quiche"``, or a file with a table ``[game]``, or Gambit's.
        What such a file holds is taken too, once it is read.
    play : Play
        Equilibrium or quantal play, and which equilibrium is selected: ``"sender_best"`` or ``"uniform"``.

    Returns
    -------
    GameSolution
        For `sim.figures.tree` and `sim.figures.beliefs`; `table` gives its rows.

    Raises
    ------
    ScenarioError
        If the file is wrong, or its game too large to be solved.
    TypeError
        If it is a scenario of the crisis, which `sim.solution` solves.

    Examples
    --------
    >>> import sim
    >>> solved = sim.game_solution("textbook/beer-quiche")
    >>> solved.equilibria.family.tolist(), solved.equilibria.intuitive.tolist()
    (['pooling', 'pooling'], [True, False])
    """
    file = game if isinstance(game, GameFile) else load(str(game))
    if not isinstance(file, GameFile):
        raise TypeError(f"game must be one that a file gives outright; {file.name} is a scenario, for sim.solution")
    if play.concept == "equilibrium":
        file = _possible(file)
        if file.game.types > 2:
            message = f"equilibria are found for at most two sender types; this game has {file.game.types}"
            raise ScenarioError([Fault(str(file.path), message, "--concept quantal works for any number")])
        if play.select not in RULES:
            message = f"a game given outright has no ladder, so that --select must be {' or '.join(RULES)}"
            raise ScenarioError([Fault(str(file.path), f"{message}; it is {play.select}")])
        check_sizes(file)
    try:
        solved = rows(file.game, play)
    except ArithmeticError as error:
        raise ScenarioError([Fault(str(file.path), str(error))]) from None
    weights, no_survivor = counted(file.game, solved, play)
    return GameSolution(
        provenance=Provenance(file.name, file.title, 0, 0, versions(), {}, naming=_keys(file)),
        play=play,
        game=file.game,
        labels=file.labels,
        solved=solved,
        weights=weights,
        no_survivor=no_survivor,
        file=file,
        values=solved.equilibria.sender_value @ file.game.flat().prior[0],
    )
