"""How is whatever a user names solved, or written for Gambit? A scenario at a point, or a game given outright."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sim.crisis.payoffs import crisis
from sim.crisis.play import Play
from sim.games.gambit.efg import Labels, efg
from sim.scenario.game_file import GameFile
from sim.scenario.scenario import Scenario
from sim.solve.crisis_solution import Draw, Solution, labels_of, solution
from sim.solve.game_solution import GameSolution, game_solution
from sim.telling.faults import Fault, ScenarioError
from sim.telling.names import Naming, bare, speaker


def solve_at(subject: Scenario | GameFile, draw: Draw | None = None, *, play: Play) -> Solution | GameSolution:
    """Solve a scenario at the medians or at a draw, or a game given outright."""
    if isinstance(subject, GameFile):
        return game_solution(subject, play=play)
    return solution(subject, play=play, draw=draw)


def efg_at(subject: Scenario | GameFile, draw: Draw | None = None) -> str:
    """Return the game of a point as the text of a Gambit file."""
    if isinstance(subject, GameFile):
        game, labels, title, comment = subject.game, subject.labels, subject.title, subject.source
    else:
        point = draw.parameters if draw else subject.medians()
        game, _ = crisis(point, worst_case=subject.worst_case, stances=subject.stances)
        labels, title = _called(labels_of(subject), subject.naming), subject.title
        comment = f"{subject.name}, {f'draw {draw.number} of {draw.draws}, seed {draw.seed}' if draw else 'one point'}"
    try:
        return efg(game, labels=replace(_held(labels), title=_plain(title), comment=_plain(comment)))
    except ValueError as fault:
        raise ScenarioError([Fault(str(subject.path), str(fault))]) from None


def _called(labels: Labels, naming: Naming) -> Labels:
    """Return the names of all that is in a crisis in the words of its scenario."""
    said = speaker(naming)
    return replace(
        labels,
        players=tuple(bare(said(player)) for player in labels.players),
        types=tuple(map(said, labels.types)),
        signals=tuple(map(said, labels.signals)),
        actions=tuple(map(said, labels.actions)),
        receiver_types=tuple(map(said, labels.receiver_types)),
    )


def _held(labels: Labels) -> Labels:
    """Return names as a Gambit file can hold them; numbers where two would become one."""
    held: dict[str, Any] = {}
    for axis in ("players", "types", "signals", "actions", "receiver_types"):
        plain = tuple(map(_plain, getattr(labels, axis)))
        held[axis] = plain if plain and len({*plain}) == len(plain) else getattr(Labels, axis)
    return Labels(**held)


def _plain(text: str) -> str:
    """Return a text in one line, without what a Gambit file cannot hold."""
    return "".join(c if c.isprintable() else "?" for c in " ".join(text.split())).replace("\\", "/")
