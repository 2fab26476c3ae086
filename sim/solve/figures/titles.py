"""What does a figure of one game find, and what does it show, in words? Its title, and a text for who cannot see it."""

from __future__ import annotations

import numpy as np

from sim.games.gambit.efg import Labels
from sim.games.quantal.response import QuantalPath
from sim.solve.figures.curves import Curve, curves, path_labels, turning_points
from sim.solve.figures.shown_game import (
    SURE,
    Course,
    Names,
    Played,
    Solved,
    best_actions,
    chosen,
    courses,
    played,
    with_beliefs,
)
from sim.telling.english import listed
from sim.telling.numbers import frequency, percent

STATUSES = {
    "converged": "The path runs straight from random play to here",
    "turned": "The path turns back on the way: for some Λ there are several equilibria",
    "bifurcated": "Other paths cross this one on the way: which one goes on is a convention",
    "failed": "The path could not be followed all the way",
}
"""How a path was followed, in one sentence without a full stop."""

_NOTHING = 0.005  # change of a probability that nobody would see


_LONGEST = 150  # characters of a title that tells all of an equilibrium


def tree_finding(shown: Played) -> str:
    """Return what is played in an equilibrium, or which course is the likeliest where that is too much to say."""
    family = str(shown.equilibrium.family[0])
    if family == "quantal":
        return _likeliest(shown)
    kind = "Both sides mix: " if family == "both mix" else f"In this {family} equilibrium "
    told = f"{kind}{_sending(shown)}; {_replying(shown)}"
    return told if len(told) <= _LONGEST else _likeliest(shown)


def _sending(shown: Played) -> str:
    """Return which type of the sender sends what."""
    names, types = shown.labels, shown.game.types
    sends = [listed([names.signals[m] for m in np.flatnonzero(row > SURE)]) for row in shown.equilibrium.strategy[0]]
    mixes = [int((row > SURE).sum()) > 1 for row in shown.equilibrium.strategy[0]]
    if types > 1 and len({*sends}) == 1:
        return f"{'both' if types == 2 else 'all'} types of {names.sender} {'mix' if mixes[0] else 'send'} {sends[0]}"
    who = [names.of_type(t) if types > 1 else names.sender for t in range(types)]
    return listed([f"{who[t]} {'mixes' if mixes[t] else 'sends'} {sends[t]}" for t in range(types)])


def _replying(shown: Played) -> str:
    """Return what the receiver does after what is sent, type by type where they differ."""
    names, sent = shown.labels, [m for m, share in enumerate(shown.sent) if share > SURE]
    replies: dict[str, list[str]] = {}
    for m in sent:
        plays = {k: _acts(shown, k, m) for k, _ in chosen(shown, m)}
        alike = len({*plays.values()}) == 1
        who = (
            [f"{names.receiver} {next(iter(plays.values()))}"]
            if alike
            else [f"{names.of_receiver_type(k)} {acts}" for k, acts in plays.items()]
        )
        replies.setdefault(listed(who), []).append(names.signals[m])
    if len(replies) == 1:
        return next(iter(replies))
    return "; ".join(f"after {listed(signals)} {reply}" for reply, signals in replies.items())


def _acts(shown: Played, k: int | None, m: int) -> str:
    """Return what a type of the receiver does after a signal."""
    acts = [shown.labels.actions[a] for a in np.flatnonzero(shown.equilibrium.response[0, k or 0, m] > SURE)]
    return f"{'plays' if len(acts) == 1 else 'mixes'} {listed(acts)}"


def _likeliest(shown: Played) -> str:
    """Return which course of the game is the likeliest, in one sentence without a full stop."""
    taken = courses(shown)
    likeliest = max(taken, key=lambda course: course.probability)
    rivals = sum(course.probability > likeliest.probability - SURE for course in taken) - 1
    opening = "No course is likelier than this" if rivals else "The likeliest course"
    return f"{opening}, {frequency(likeliest.probability)}: {_course(shown.labels, likeliest)}"


def tree_alt_text(solution: Solved, *, row: int | None = None, labels: Labels | None = None) -> str:
    """Return the tree in words, for those who cannot see it: the finding, every course taken, the signals nobody sends.

    `solution`, `row` and `labels` are as in `sim.figures.tree`.

    >>> import sim
    >>> from sim.solve.crisis_solution import solution
    >>> tree_alt_text(solution(sim.load_scenario("macron-2024"))).split(". ")[-1]
    'Never sent: rule_out, commit.'
    """
    shown = played(solution, row, labels)
    taken = sorted(courses(shown), key=lambda course: -course.probability)
    said = [f"{_course(shown.labels, course)} ({frequency(course.probability)})" for course in taken]
    unsent = [name for name, share in zip(shown.labels.signals, shown.sent, strict=True) if share <= SURE]
    never = f" Never sent: {', '.join(unsent)}." * bool(unsent)
    return f"{tree_finding(shown)}. Tree of the game. Courses taken: {'; '.join(said)}.{never}"


def beliefs_finding(shown: Played) -> str:
    """Return what the receiver learns, in one sentence without a full stop.

    It speaks of the signal that moves the belief farthest, of those that the receiver expects.
    """
    names, prior = shown.labels, float(shown.game.prior[0, 1])
    whether = f"{names.sender} is {names.types[1]}"
    expected = shown.game.prior[0] @ shown.equilibrium.strategy[0]
    after = {m: float(shown.equilibrium.belief[0, m, 1]) for m, share in enumerate(expected) if share > SURE}
    moved = max(after, key=lambda m: abs(after[m] - prior))
    signal, new = f"“{names.signals[moved]}”", after[moved]
    if abs(new - prior) <= SURE:
        only = "is ever sent" if sum(share > SURE for share in shown.sent) == 1 else "is expected"
        who = f"Only {names.signals[moved]} {only}" if len(after) == 1 else "All signals sent mean the same"
        return f"{who}, so {names.receiver} learns nothing: its belief that {whether} stays at {percent(prior)}"
    if all(min(belief, 1 - belief) <= SURE for belief in after.values()):
        return f"Each signal that is sent tells {names.receiver} for certain whether {whether}"
    if min(new, 1 - new) <= SURE:
        return f"{signal} gives {names.sender} away: {names.types[round(new)]} for certain"
    turn = "raises" if new > prior else "lowers"
    return f"{signal} {turn} {names.receiver}’s belief that {whether} from {percent(prior)} to {percent(new)}"


def beliefs_alt_text(solution: Solved, *, row: int | None = None, labels: Labels | None = None) -> str:
    """Return the figure of beliefs in words: the finding, then for each signal the belief and each type's best actions.

    `solution`, `row` and `labels` are as in `sim.figures.beliefs`.

    >>> import sim
    >>> from sim.solve.crisis_solution import solution
    >>> beliefs_alt_text(solution(sim.load_scenario("macron-2024"))).split(". ")[-1]
    'commit (never sent): 31.1 %; cautious: strike, from 0.70 % hold; opportunist: strike, from 39.9 % hold.'
    """
    shown = with_beliefs(solution, row, labels)
    names, prior = shown.labels, percent(float(shown.game.prior[0, 1]))
    said = [f"{beliefs_finding(shown)}. Belief of {names.receiver} that {names.sender} is {names.types[1]}: {prior}"]
    for m, signal in enumerate(names.signals):
        belief = percent(float(shown.equilibrium.belief[0, m, 1]))
        acts = [f"{kind}: {_best(shown, m, k)}" for k, kind in enumerate(names.receiver_types)]
        said.append(f"{signal} ({often(shown.sent[m])}): {'; '.join([belief, *acts])}")
    return ". ".join(said) + "."


def quantal_finding(path: QuantalPath, labels: Names) -> str:
    """Return which choice changes most between random play and the end of a path, without a full stop."""
    lines = [line for part in curves(path) for line in part]
    most = max(lines, key=lambda line: abs(float(line.values[-1] - line.values[0])))
    if np.ptp(most.values) == 0:
        return "However rational the players, they choose as if at random"
    if abs(most.values[-1] - most.values[0]) < _NOTHING:
        return f"Up to Λ = {path.rationality[-1]:.3g} the players choose almost as if at random"
    first, last = (_roughly(float(most.values[end])) for end in (0, -1))
    return f"Most changed by rationality: {_choice(labels, most)}, from {first} to {last}"


def quantal_alt_text(path: QuantalPath, *, labels: Labels | None = None) -> str:
    """Return the figure of a path in words: where each line begins and ends, and where it turns back.

    `path` and `labels` are as in `sim.figures.quantal`.

    >>> import sim
    >>> sender, receiver = [[[1, 3], [0, 2]], [[0, 2], [1, 3]]], [[[0, 1], [0, 1]], [[1, 0], [1, 0]]]
    >>> quantal_alt_text(sim.quantal_path(sim.SignallingGame([0.9, 0.1], sender, receiver), up_to=2.0)).split(". ")[-1]
    'The path runs straight from random play to here.'
    """
    names = path_labels(path, labels)
    ends = [
        f"{_choice(names, line)}: from {percent(float(line.values[0]))} to {percent(float(line.values[-1]))}"
        for part in curves(path)
        for line in part
    ]
    turns = [f"{path.rationality[at]:.3g}" for at in turning_points(path)]
    back = f" It turns back at Λ = {', '.join(turns)}." * bool(turns)
    last = f"{path.rationality[-1]:.3g}"
    opening = f"{quantal_finding(path, names)}. Lines of probabilities over rationality Λ from 0 to {last}"
    return f"{opening}: {'; '.join(ends)}.{back} {STATUSES[path.status]}."


def often(share: float) -> str:
    """Return how often a signal is sent."""
    if share <= SURE or share >= 1 - SURE:
        return "always sent" if share > 0.5 else "never sent"
    return f"sent in {frequency(share)}"


def _course(names: Names, course: Course) -> str:
    """Return one course of the game."""
    who = f"{names.of_type(course.type)} sends {names.signals[course.signal]}"
    return f"{who}, {names.of_receiver_type(course.receiver_type)} plays {names.actions[course.action]}"


def _best(shown: Played, m: int, k: int) -> str:
    """Return what is best for a receiver type at which belief."""
    first, *later = best_actions(shown, m, k)
    acts = shown.labels.actions
    return ", ".join([acts[first.action], *(f"from {percent(each.low)} {acts[each.action]}" for each in later)])


def _choice(names: Names, line: Curve) -> str:
    """Return what a line is the probability of."""
    signal = names.signals[line.signal]
    if line.action is None:
        return f"{names.of_type(line.kind)} sends {signal}"
    return f"{names.of_receiver_type(line.kind)} plays {names.actions[line.action]} after {signal}"


def _roughly(probability: float) -> str:
    """Return a probability as a count of cases, without telling nearly never from never."""
    if min(probability, 1 - probability) < _NOTHING:
        return "almost always" if probability > 0.5 else "almost never"
    return frequency(probability)
