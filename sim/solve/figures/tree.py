"""What is the game, as it is played? A tree from nature over the sender's signal to the receiver's action."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from sim.drawing.parts import FAINT_INK, INK, PALE, colour, hall
from sim.drawing.steps import stands
from sim.games.gambit.efg import Labels
from sim.solve.figures.margins import Margins
from sim.solve.figures.shown_game import SURE, Played, Solved, played
from sim.solve.figures.titles import tree_finding
from sim.solve.figures.tree_layout import Layout, layout_of
from sim.telling.numbers import brief, frequency, percent

MOVERS = {"nature": "#1A1A1A", "sender": "#00A67A", "receiver": "#8A3A7C"}
"""Nearly black, green and purple, as light as to be told apart in grey as well; not the colours of the doctrines."""

NEVER = ("#8A8A8A", (0, (4, 2.5)))
"""Colour and dashes of a branch that is never taken: it is seen, and told apart by its dashes alone."""

_NATURE, _TYPE, _SIGNAL, _LEAF, _SHARE = 0.0, 0.13, 0.40, 0.50, 1.0  # places from left to right
_PAYOFFS = (0.785, 0.868)  # where the payoffs of the sender and of the receiver end
_THIN, _THICK = 1.5, 15.0  # width of a branch never taken, and of one always taken; in points
_LETTER, _USUAL = 0.011, 9  # width of a letter of a count, and letters of one that there is room for
_MIXED = 0.34  # where on a branch its probability is written, as a share of its length
_MARGINS = Margins(60, 90, above=10, below=8, at_axes=True)


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
    axes, layout = hall(ax), layout_of(shown)
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


def _draw_sender(axes: Axes, shown: Played, layout: Layout) -> None:
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
    for kind, share, place in zip(names.types, often, places, strict=True):
        away, side = (12, "bottom") if place <= root else (-12, "top")
        head = axes.annotate(
            f"{kind}\n{frequency(float(share))}", (_TYPE, place), (-4, away), textcoords="offset points"
        )
        head.set(ha="center", va=side, color=INK, weight="bold")
        stands(head)
        _nodes_at(axes, "sender", _TYPE, [place], f"node:{kind}")
    _nodes_at(axes, "nature", _NATURE, [root], "node:nature")
    beside = (_NATURE, root), (24, 0)
    stands(axes.annotate("nature", *beside, textcoords="offset points", va="center", color=FAINT_INK))


def _draw_information(axes: Axes, shown: Played, layout: Layout) -> None:
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


def _draw_receiver(axes: Axes, shown: Played, layout: Layout) -> None:
    """Draw what the receiver does, and write it with its frequency at the end of each branch."""
    names, often = shown.labels, [frequency(sum(leaf.ways.values())) if leaf.sent else "" for leaf in layout.leaves]
    further = _LETTER * max(max(map(len, often)) - _USUAL, 0)  # to the left, where counts are long
    places = [place - further for place in _PAYOFFS]
    stands(axes.text(places[1], -0.8, "payoffs", ha="right", va="center", color=INK, weight="bold"))
    for leaf, counted in zip(layout.leaves, often, strict=True):
        kind = () if leaf.receiver_type is None else (names.receiver_types[leaf.receiver_type],)
        for t, share in leaf.ways.items():
            way = names.types[t], names.signals[leaf.signal], *kind, names.actions[leaf.action]
            start = _SIGNAL, layout.nodes[leaf.signal][t]
            _branch(axes, start, (_LEAF, leaf.height), "receiver", way, share)
        text = ": ".join((*kind, names.actions[leaf.action]))
        ink = INK if leaf.sent else FAINT_INK
        axes.annotate(text, (_LEAF, leaf.height), (8, 0), textcoords="offset points", va="center_baseline", color=ink)
        axes.text(_SHARE, leaf.height, counted, ha="right", va="center_baseline", color=ink, weight="bold")
        for place, worth, mover in zip(places, leaf.payoffs, ("sender", "receiver"), strict=True):
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
