"""How is whatever a user names solved, or written for Gambit? A scenario at a point, or a game given outright."""

from __future__ import annotations

from dataclasses import replace

from sim.crisis.payoffs import crisis
from sim.crisis.play import Play
from sim.games.gambit.efg import Labels, efg
from sim.scenario.game_file import GameFile
from sim.scenario.scenario import Scenario
from sim.solve.crisis_solution import Draw, Solution, labels_of, solution
from sim.solve.game_solution import GameSolution, game_solution
from sim.telling.faults import Fault, ScenarioError


def solve_at(subject: Scenario | GameFile, draw: Draw | None = None, *, play: Play) -> Solution | GameSolution:
    """Solve a scenario at the medians or at a draw, or a game given outright.

    >>> from sim.scenario.game_file import load
    >>> solve_at(load("textbook/spence"), play=Play()).selected
    0
    """
    if isinstance(subject, GameFile):
        return game_solution(subject, play=play)
    return solution(subject, play=play, draw=draw)


def efg_at(subject: Scenario | GameFile, draw: Draw | None = None) -> str:
    r"""Return the game of a point as the text of a Gambit file.

    >>> from sim.scenario.game_file import load
    >>> efg_at(load("textbook/beer-quiche")).splitlines()[0]
    'EFG 2 R "Beer or quiche: can a habit show strength?" { "sender" "receiver" }'
    """
    if isinstance(subject, GameFile):
        game, labels, title, comment = subject.game, subject.labels, subject.title, subject.source
    else:
        point = draw.parameters if draw else subject.medians()
        game, _ = crisis(point, worst_case=subject.worst_case, stances=subject.stances)
        labels, title = labels_of(subject), subject.title
        comment = f"{subject.name}, {f'draw {draw.number} of {draw.draws}, seed {draw.seed}' if draw else 'one point'}"
    try:
        return efg(game, labels=replace(_held(labels), title=_plain(title), comment=_plain(comment)))
    except ValueError as fault:
        raise ScenarioError([Fault(str(subject.path), str(fault))]) from None


def _held(labels: Labels) -> Labels:
    """Return names as a Gambit file can hold them; numbers where two would become one."""

    def held(names: tuple[str, ...]) -> tuple[str, ...]:
        plain = tuple(map(_plain, names))
        return plain if len({*plain}) == len(plain) else ()

    return Labels(
        types=held(labels.types),
        signals=held(labels.signals),
        actions=held(labels.actions),
        receiver_types=held(labels.receiver_types),
        players=held(labels.players) or Labels.players,
    )


def _plain(text: str) -> str:
    """Return a text in one line, without what a Gambit file cannot hold."""
    return "".join(c if c.isprintable() else "?" for c in " ".join(text.split())).replace("\\", "/")
