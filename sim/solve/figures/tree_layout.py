"""Where do the parts of a tree go? A block of lines for each signal, in it a heading and the leaves of each node."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.drawing.parts import UnreadableError
from sim.solve.figures.shown_game import INSTEAD, SURE, Played, chosen

MOST_LINES = 17.0  # lines of text that stand above each other and can still be read from the back row

_GAP = 0.35  # between two signals, in lines


@dataclass(frozen=True)
class Leaf:
    """Where an action ends: after which signal, on which line, of whom, and how often its branches are taken."""

    signal: int
    type: int | None  # whose node it stands beside; None if all types share it
    ways: dict[int, float]  # how often the branch from the node of each of these types is taken
    receiver_type: int | None
    action: int
    height: float
    sent: bool
    payoffs: tuple[float, float]  # of the sender and of the receiver; means over the types that share the leaf


@dataclass(frozen=True)
class Layout:
    """Heights, downwards in lines: of signals' headings (m,), of their nodes (m, t), and of all leaves."""

    headings: list[float]
    nodes: list[list[float]]
    leaves: list[Leaf]
    bottom: float
    joined: str  # whose types share their leaves


def layout_of(shown: Played) -> Layout:
    """Put everything in its line: a block per signal, in it a heading and the leaves of each node.

    Whose types have leaves of their own is tried from all down to none, until the tree can be read.
    """
    names = shown.labels
    players = names.sender, names.receiver
    for joined, unsent_apart in ((players[:0], True), (players[:0], False), (players[:1], False), (players, False)):
        headings, nodes, leaves, height = [], [], [], 0.0
        for m in range(shown.game.signals):
            headings.append(height)
            block = list(_leaves(shown, m, height + 1, len(joined), unsent_apart=unsent_apart))
            ends = [height + 1] + [leaf.height + 1 for leaf in block]
            nodes.append(_nodes(shown, m, block, height + 1))
            height = max([*ends, nodes[-1][-1] + 1]) + _GAP
            leaves += block
        if (bottom := height - _GAP) <= MOST_LINES:
            told = f" Each end adds up the types of {' and of '.join(joined)}; payoffs are means." if joined else ""
            return Layout(headings, nodes, leaves, bottom, told)
    most = f"at most {MOST_LINES:.0f} lines of the tree"
    raise UnreadableError(f"game must fill {most} to be readable; it fills {bottom:.0f}{INSTEAD.format('tree')}")


def _leaves(shown: Played, m: int, height: float, joined: int, *, unsent_apart: bool) -> Iterator[Leaf]:
    """Yield the leaves after a signal, line by line: of each type that sends it; if none does, of each or one set.

    Types that do not send it share the leaves of the first that does; each has a line to itself. If the sender's types
    are `joined`, 1, they share one set, and if the receiver's are too, 2, these have one leaf an action.
    """
    reached = shown.frequency * shown.equilibrium.strategy[0, :, m]  # (t,)
    chances = {t: float(p) if p > SURE else 0.0 for t, p in enumerate(reached)}
    senders = [t for t, chance in chances.items() if chance]
    whose = [None] if joined or not (senders or unsent_apart) else list(chances)
    answers = [(k, share, shown.equilibrium.response[0, k or 0, m]) for k, share in chosen(shown, m)]
    if joined > 1:
        answers = [(None, 1.0, np.sum([share * acts for _, share, acts in answers], axis=0))]
    line = 0
    for t in whose:
        if t is not None and senders and t not in senders:
            line += 1
            continue
        alone = t is None or not senders or t != senders[0]
        ways = {own: chance for own, chance in chances.items() if t in (None, own) or not (alone or chance)}
        for k, share, acts in answers:
            for a in np.flatnonzero(acts > SURE).tolist():
                taken = {own: chance * share * float(acts[a]) for own, chance in ways.items()}
                worth = _payoffs(shown, (t, k, m, a), list(chances.values()))
                yield Leaf(m, t, taken, k, a, height + line, bool(senders), worth)
                line += 1


def _payoffs(
    shown: Played, course: tuple[int | None, int | None, int, int], chances: list[float]
) -> tuple[float, float]:
    """Return what a course is worth to the sender and to the receiver, on average over the types that share it."""
    game, (t, k, m, a) = shown.game, course
    own = np.array(chances if sum(chances) else shown.equilibrium.belief[0, m])
    types = own / own.sum() if t is None else np.eye(game.types)[t]
    kinds = game.receiver_prior[0] if k is None else np.eye(game.receiver_types)[k]
    cells = (each[0, ..., m, a] for each in (game.sender, game.receiver))  # (k, t) or (t,)
    worth = (np.broadcast_to(cell, (game.receiver_types, game.types)) for cell in cells)
    sender, receiver = (float(kinds @ each @ types) for each in worth)
    return sender * (abs(sender) > SURE), receiver * (abs(receiver) > SURE)


def _nodes(shown: Played, m: int, block: list[Leaf], height: float) -> list[float]:
    """Return the heights of the nodes where a signal ends, one per type: each in the middle of its leaves."""
    if all(leaf.type is None for leaf in block):
        middle = (block[0].height + block[-1].height) / 2
        spread = max(1.0, (len(block) - 1) / max(1, shown.game.types - 1))
        first = max(height, middle - spread * (shown.game.types - 1) / 2)
        return [first + spread * t for t in range(shown.game.types)]
    places, free = [], height
    for t in range(shown.game.types):
        own = [leaf.height for leaf in block if leaf.type == t]
        places.append(float(np.mean(own)) if own else free)
        free = own[-1] + 1 if own else free + 1
    return places
