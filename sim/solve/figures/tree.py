"""What is the game, as it is played? A tree from nature over the sender's signal to the receiver's action."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from sim.drawing.parts import FAINT_INK, INK, PALE, UnreadableError, colour, hall
from sim.drawing.steps import stands
from sim.games.gambit.efg import Labels
from sim.solve.figures.margins import Margins
from sim.solve.figures.shown_game import INSTEAD, SURE, Played, Solved, chosen, played
from sim.solve.figures.titles import tree_finding
from sim.telling.numbers import brief, frequency, percent

MOST_LINES = 17.0  # lines of text that stand above each other and can still be read from the back row

MOVERS = {"nature": "#1A1A1A", "sender": "#00A67A", "receiver": "#8A3A7C"}
"""Nearly black, green and purple, as light as to be told apart in grey as well; not the colours of the doctrines."""

NEVER = ("#8A8A8A", (0, (4, 2.5)))
"""Colour and dashes of a branch that is never taken: it is seen, and told apart by its dashes alone."""

_NATURE, _TYPE, _SIGNAL, _LEAF, _SHARE = 0.0, 0.13, 0.40, 0.50, 1.0  # places from left to right
_PAYOFFS = (0.785, 0.868)  # where the payoffs of the sender and of the receiver end
_THIN, _THICK = 1.5, 15.0  # width of a branch never taken, and of one always taken; in points
_GAP = 0.35  # between two signals, in lines
_MIXED = 0.34  # where on a branch its probability is written, as a share of its length
_MARGINS = Margins(60, 90, above=10, below=8, at_axes=True)


@dataclass(frozen=True)
class _Leaf:
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
class _Layout:
    """Heights, downwards in lines: of signals' headings (m,), of their nodes (m, t), and of all leaves."""

    headings: list[float]
    nodes: list[list[float]]
    leaves: list[_Leaf]
    bottom: float
    joined: str  # whose types share their leaves


def tree(
    solution: Solved, *, row: int | None = None, ax: Axes | None = None, labels: Labels | None = None, made: str = ""
) -> Axes:
    """Draw the game as it is played in an equilibrium.

    Nature draws the sender's type, the sender chooses a signal, the receiver an action. A branch is the wider, the
    oftener it is taken, and has the colour of who moves. A dotted line joins nodes that the receiver cannot tell
    apart. Branches that are never taken are thin and dashed; after a signal nobody sends, leaves tell what the receiver
    would do. At the leaves stand what the course is worth to the sender and to the receiver, and how often it is taken.
    Where the tree would have too many lines, types share their leaves.

    Parameters
    ----------
    solution : Solved
        A game and its equilibria, such as `sim.solve.crisis_solution.Solution`.
    row : int, optional
        Row of the equilibrium; the selected one if left out.
    ax : Axes, optional
        Where to draw; a figure of its own if left out. The looks are those of `sim.figures.STYLE`, which the caller
        applies.
    labels : Labels, optional
        Names; those of the solution or of the crisis if left out.
    made : str, optional
        What makes the figure repeatable, to be written small at the lower right, such as `solution.stamp()`.

    Returns
    -------
    Axes
        Each branch is a line. Its label says which: "nature:", "signal:", or "action:" with the names on the way; its
        gid is its probability.

    Raises
    ------
    ValueError
        If there is no such row, the game is too large to be read, or the labels do not fit.

    Examples
    --------
    >>> import sim
    >>> from sim.solve.crisis_solution import solution
    >>> axes = tree(solution(sim.load_scenario("macron-2024")))
    >>> [line.get_label() for line in axes.get_lines()][:2]
    ['nature:bluffing', 'nature:resolute']
    """
    shown = played(solution, row, labels)
    axes, layout = hall(ax), _layout(shown)
    axes.set_axis_off()
    axes.set(xlim=(-0.01, _SHARE), ylim=(layout.bottom, -1.1))
    _draw_sender(axes, shown, layout)
    _draw_information(axes, shown, layout)
    _draw_receiver(axes, shown, layout)
    names = shown.labels
    caption = (
        f"Width: how often taken. Green: {names.sender} signals; purple: {names.receiver} acts. "
        f"Dotted: {names.receiver} cannot tell which. Dashed: never taken. "
        f"Right: payoffs of {names.sender} and of {names.receiver}, and how often."
        f"{layout.joined}{_misjudged(shown)}"
    )
    _MARGINS.write(axes, tree_finding(shown), caption, made)
    return axes


def _misjudged(shown: Played) -> str:
    """Return what the receiver believes from the start, if that is not how often it is so."""
    believed, names = shown.game.prior[0], shown.labels
    if np.array_equal(believed, shown.frequency):
        return ""
    return f" {names.receiver} believes {names.types[-1]} with {percent(float(believed[-1]))} from the start."


def _layout(shown: Played) -> _Layout:
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
            return _Layout(headings, nodes, leaves, bottom, told)
    most = f"at most {MOST_LINES:.0f} lines of the tree"
    raise UnreadableError(f"game must fill {most} to be readable; it fills {bottom:.0f}{INSTEAD.format('tree')}")


def _leaves(shown: Played, m: int, height: float, joined: int, *, unsent_apart: bool) -> Iterator[_Leaf]:
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
                yield _Leaf(m, t, taken, k, a, height + line, bool(senders), worth)
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
    return sender, receiver


def _nodes(shown: Played, m: int, block: list[_Leaf], height: float) -> list[float]:
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


def _draw_sender(axes: Axes, shown: Played, layout: _Layout) -> None:
    """Draw what nature and the sender choose."""
    names, often, strategy = shown.labels, shown.frequency, shown.equilibrium.strategy[0]
    # The types' nodes spread over the middle of the figure.
    spread = np.linspace(0.24, 0.74, shown.game.types) if shown.game.types > 1 else np.array([0.5])
    places = (layout.bottom * spread).tolist()
    root = float(np.mean(places))
    for t, place in enumerate(places):
        _branch(axes, (_NATURE, root), (_TYPE, place), "nature", (names.types[t],), float(often[t]))
    for t, place in enumerate(places):
        ways = [[(_TYPE, place), (_SIGNAL, ends[t])] for ends in layout.nodes]
        stands(axes.add_collection(LineCollection(ways, colors=PALE, linewidths=_THIN, zorder=0)))
        for m, ends in enumerate(layout.nodes):
            way = names.types[t], names.signals[m]
            _branch(axes, (_TYPE, place), (_SIGNAL, ends[t]), "sender", way, float(often[t] * strategy[t, m]))
            if SURE < strategy[t, m] < 1 - SURE:
                _on_branch(axes, (_TYPE, place), (_SIGNAL, ends[t]), percent(float(strategy[t, m])))
    for kind, share, place in zip(names.types, often.tolist(), places, strict=True):
        away, side = (12, "bottom") if place <= root else (-12, "top")
        head = axes.annotate(f"{kind}\n{frequency(share)}", (_TYPE, place), (-4, away), textcoords="offset points")
        head.set(ha="center", va=side, color=INK, weight="bold")
        stands(head)
        _nodes_at(axes, "sender", _TYPE, [place], f"node:{kind}")
    _nodes_at(axes, "nature", _NATURE, [root], "node:nature")
    beside = (_NATURE, root), (24, 0)
    stands(axes.annotate("nature", *beside, textcoords="offset points", va="center", color=FAINT_INK))


def _draw_information(axes: Axes, shown: Played, layout: _Layout) -> None:
    """Join the nodes that the receiver cannot tell apart, and write what it then believes."""
    names = shown.labels
    for m, (heading, ends) in enumerate(zip(layout.headings, layout.nodes, strict=True)):
        signal, ink = names.signals[m], colour(names.signals, m)
        joined = axes.plot([_SIGNAL] * 2, [ends[0], ends[-1]], ":", label=f"information:{signal}")[0]
        joined.set(color=INK, linewidth=3, zorder=3)
        _nodes_at(axes, "receiver", _SIGNAL, ends, f"nodes:{signal}")
        last = float(shown.equilibrium.belief[0, m, -1])
        believed = f"believed {names.types[-1]}: {percent(last)}" if shown.game.types == 2 else ""
        belief = believed if shown.sent[m] > SURE else "never sent; if it were:"
        head = axes.annotate(signal, (_SIGNAL, heading), (-6, 0), textcoords="offset points", va="center", ha="left")
        head.set(color=ink, weight="bold", zorder=5)
        stands(joined, head)
        axes.annotate(f"  {belief}", (1, 0.5), xycoords=head, va="center", ha="left", color=ink, zorder=5)


def _draw_receiver(axes: Axes, shown: Played, layout: _Layout) -> None:
    """Draw what the receiver does, and write it with its frequency at the end of each branch."""
    stands(axes.text(_PAYOFFS[1], -0.8, "payoffs", ha="right", va="center", color=INK, weight="bold"))
    names = shown.labels
    for leaf in layout.leaves:
        kind = () if leaf.receiver_type is None else (names.receiver_types[leaf.receiver_type],)
        for t, share in leaf.ways.items():
            way = names.types[t], names.signals[leaf.signal], *kind, names.actions[leaf.action]
            start = _SIGNAL, layout.nodes[leaf.signal][t]
            _branch(axes, start, (_LEAF, leaf.height), "receiver", way, share)
        text = ": ".join((*kind, names.actions[leaf.action]))
        ink = INK if leaf.sent else FAINT_INK
        axes.annotate(text, (_LEAF, leaf.height), (8, 0), textcoords="offset points", va="center_baseline", color=ink)
        often = frequency(sum(leaf.ways.values())) if leaf.sent else ""
        axes.text(_SHARE, leaf.height, often, ha="right", va="center_baseline", color=ink, weight="bold")
        for place, worth, mover in zip(_PAYOFFS, leaf.payoffs, ("sender", "receiver"), strict=True):
            number = axes.text(place, leaf.height, brief(worth), ha="right", va="center_baseline")
            number.set(color=ink, gid=f"payoff:{mover}")


def _nodes_at(axes: Axes, mover: str, place: float, heights: list[float], label: str) -> None:
    """Draw the nodes at which somebody moves."""
    dots = axes.plot([place] * len(heights), heights, "o", color=MOVERS[mover], zorder=4, label=label)[0]
    dots.set_markersize(10 if mover == "receiver" else 12)
    stands(dots)


def _branch(
    axes: Axes, start: tuple[float, float], end: tuple[float, float], mover: str, way: tuple[str, ...], share: float
) -> None:
    """Draw one branch, the wider the oftener it is taken."""
    kind = {"nature": "nature", "sender": "signal", "receiver": "action"}[mover]
    taken = share > SURE
    line = axes.plot([start[0], end[0]], [start[1], end[1]], label=":".join((kind, *way)))[0]
    line.set(color=MOVERS[mover] if taken else NEVER[0], linestyle="solid" if taken else NEVER[1])
    line.set_linewidth(_THIN + (_THICK - _THIN) * share if taken else _THIN)
    line.set(zorder=2 if taken else 1, solid_capstyle="butt", gid=f"{share:.9f}")
    stands([line] * (mover == "nature"))


def _on_branch(axes: Axes, start: tuple[float, float], end: tuple[float, float], text: str) -> None:
    """Write on a branch, nearer to its beginning, where fewer branches cross."""
    x, y = (first + _MIXED * (last - first) for first, last in zip(start, end, strict=True))
    ground = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
    axes.text(x, y, text, ha="center", va="center", color=INK, weight="bold", zorder=5, bbox=ground)
