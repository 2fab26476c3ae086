"""How does play grow from random to rational? Each choice's probability along the path of quantal equilibria."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, NullLocator

from sim.drawing.parts import UnreadableError, apart, colour, hall, wrapped
from sim.drawing.words import shown_lines
from sim.games.gambit.efg import Labels
from sim.games.quantal.response import QuantalPath
from sim.solve.figures.curves import Curve, curves, path_labels, turning_points
from sim.solve.figures.margins import Margins
from sim.solve.figures.shown_game import INSTEAD, Names
from sim.solve.figures.titles import STATUSES, quantal_finding

MOST_LINES = 7  # labels that stand above each other beside half the figure and can still be read from the back row

DASHES = ("solid", (0, (2.2, 1.1)), (0, (0.6, 0.9)), (0, (4.0, 1.0, 0.8, 1.0)))
"""One per action that the receiver takes; signals have colours."""

WIDTHS = ((9.0, 0.35), (4.0, 1.0), (1.8, 1.0))
"""Width in points and strength of the lines of each type of a player: those on top leave those below in sight."""

KINDS = ("wide", "narrow", "thin")
"""What they are called."""

_HEIGHT, _BETWEEN = 0.415, 0.17  # of each panel and between the two, as shares of the figure
_LABELS = 0.70  # where the panels end and the labels begin, as a share of the figure
_FIRST_CHANGE = 0.02  # change from random play that is drawn on the linear part of the axis
_DECADES = 3  # most of them on the axis: what comes before is nearly random play
_OUT = 1.075  # where labels begin, as a share of a panel's width
_HEADING_WIDTH, _LINE_HIGH = 78, 25  # characters of a line of a heading, and its height in points
_LINE = 0.152  # height that a line of text needs, as a share of a panel
_MARGINS = Margins(62, 92, above=44, below=40)


def quantal(path: QuantalPath, *, ax: Axes | None = None, labels: Labels | None = None, made: str = "") -> Axes:
    """Draw the path from random play towards equilibrium: the sender's choices above, the receiver's below.

    Colours are signals, dashes are actions, widths are types. Of two alternatives one is drawn. Where the path turns
    back in rationality, the lines do, and a ring marks the point.

    Parameters
    ----------
    path : QuantalPath
        From `sim.quantal_path`.
    ax, made
        As in `sim.figures.tree`.
    labels : Labels, optional
        Names; those of the crisis if left out and the path has its shape.

    Returns
    -------
    Axes
        Its `child_axes` are the two panels. Their lines have as labels who chooses what.

    Raises
    ------
    ValueError
        If a player has more types, or more choices, than can be told apart, or the labels do not fit.

    Examples
    --------
    >>> import sim
    >>> sender, receiver = [[[1, 3], [0, 2]], [[0, 2], [1, 3]]], [[[0, 1], [0, 1]], [[1, 0], [1, 0]]]
    >>> axes = quantal(sim.quantal_path(sim.SignallingGame([0.9, 0.1], sender, receiver), up_to=2.0))
    >>> [line.get_label() for line in axes.child_axes[0].get_lines()]
    ['t1: m1', 't2: m1']
    """
    names = path_labels(path, labels)
    parts = curves(path)
    _check(names, parts)
    axes = hall(ax)
    axes.set_axis_off()
    room = 0
    for part, top in zip(parts, (True, False), strict=True):
        panel = axes.inset_axes((0.0, (_HEIGHT + _BETWEEN) * top, _LABELS, _HEIGHT))
        _scale(panel, path, _linear(path, parts), top)
        for curve in part:
            _draw(panel, path, curve, names)
        _write_labels(panel, path, part, names)
        heading = wrapped(_heading(names, part, top), _HEADING_WIDTH)
        panel.set_title(heading, loc="left", fontsize="medium", weight="normal", pad=9)
        room += _LINE_HIGH * (len(shown_lines(heading)) - 1) * top
    caption = f"Rationality Λ, from 0, where all choices are equally likely; log scale. {STATUSES[path.status]}."
    replace(_MARGINS, above=_MARGINS.above + room).write(axes, quantal_finding(path, names), caption, made)
    return axes


def _check(names: Names, parts: tuple[list[Curve], list[Curve]]) -> None:
    """Refuse what cannot be told apart."""
    kinds, lines = max(len(names.types), len(names.receiver_types)), max(len(_labelled(part)) for part in parts)
    for found, most, what in ((kinds, len(WIDTHS), "types"), (lines, MOST_LINES, "choices")):
        if found > most:
            fault = f"path must have at most {most} {what} of a player to be readable; it has {found}"
            raise UnreadableError(fault + INSTEAD.format("quantal"))


def _linear(path: QuantalPath, parts: tuple[list[Curve], list[Curve]]) -> float:
    """Return the rationality up to which the axis is linear: play is nearly random there."""
    moved = np.max([np.abs(curve.values - curve.values[0]) for part in parts for curve in part], axis=0)
    last = float(path.rationality.max()) or 1.0
    first = np.flatnonzero(moved > _FIRST_CHANGE)
    start = float(path.rationality[first[0]]) if first.size else last
    return float(10.0 ** math.floor(math.log10(max(start, last / 10**_DECADES, 1e-300))))


def _scale(panel: Axes, path: QuantalPath, linear: float, top: bool) -> None:
    """Set the scales: rationality from 0, linear and then logarithmic; natural frequencies."""
    last = float(path.rationality.max()) or 1.0
    decades = range(math.floor(math.log10(linear)), math.floor(math.log10(last) + 1e-9) + 1)
    panel.set_xscale("symlog", linthresh=linear, linscale=0.35)
    panel.set_xlim(0, last)
    panel.xaxis.set_major_locator(FixedLocator([0.0, *(10.0**power for power in decades)]))
    panel.xaxis.set_minor_locator(NullLocator())
    panel.set_xticklabels([] if top else ["0", *(f"{10.0**power:,.10g}" for power in decades)])
    panel.tick_params(axis="x", pad=9)
    panel.set_ylim(-0.03, 1.03)
    panel.set_yticks([0, 0.5, 1], ["never", "50 of 100", "always"])


def _draw(panel: Axes, path: QuantalPath, curve: Curve, names: Names) -> None:
    """Draw one line, with rings where it turns."""
    ink = colour(names.signals, curve.signal)
    line = panel.plot(path.rationality, curve.values, color=ink, label=_name(names, curve), zorder=2)[0]
    width, strength = WIDTHS[curve.kind]
    line.set(linestyle=_dashes(names, curve), linewidth=width, alpha=strength, clip_on=False, dash_capstyle="butt")
    line.set(solid_capstyle="butt", zorder=2 + 0.1 * curve.kind)
    if turns := turning_points(path):
        places = path.rationality[turns], curve.values[turns]
        rings = panel.scatter(*places, s=70, zorder=4, label=f"turn:{line.get_label()}")
        rings.set(facecolor="white", edgecolor=ink, linewidth=2.5)


def _dashes(names: Names, curve: Curve) -> str | tuple[float, tuple[float, ...]]:
    """Return the dashes of an action: of two only one is drawn, and it is solid, as signals are."""
    return DASHES[0 if curve.action is None or len(names.actions) == 2 else curve.action % len(DASHES)]


def _write_labels(panel: Axes, path: QuantalPath, part: list[Curve], names: Names) -> None:
    """Write beside the end of each line what it is, apart from each other, out of the way of all lines."""
    low, high = panel.get_ylim()
    together, last = _labelled(part), float(path.rationality[-1])
    ends = [float(np.mean([line.values[-1] for line in lines]) - low) / (high - low) for lines in together]
    for lines, place in zip(together, apart(ends, _LINE, low=0.02, high=0.98), strict=True):
        ink = colour(names.signals, lines[0].signal)
        leader = {"arrowstyle": "-", "color": ink, "linewidth": 1.2, "relpos": (0, 0.5), "shrinkA": 2, "shrinkB": 0}
        for number, line in enumerate(lines):
            text, end = _name(names, line, alone=len(lines) == 1), (last, float(line.values[-1]))
            once = "" if number else text
            label = panel.annotate(once, end, (_OUT, place), textcoords="axes fraction", arrowprops=leader)
            label.set(color=ink, va="center", annotation_clip=False)


def _labelled(part: list[Curve]) -> list[list[Curve]]:
    """Return the lines of a panel by label: one each, or all types of a choice together where there are too many."""
    if len(part) <= MOST_LINES:
        return [[line] for line in part]
    choices = dict.fromkeys((line.signal, line.action) for line in part)
    return [[line for line in part if (line.signal, line.action) == choice] for choice in choices]


def _name(names: Names, curve: Curve, *, alone: bool = True) -> str:
    """Return who chooses what, as short as it can be: what is the same for all lines stands in the heading.

    A label that is not for this line alone leaves the type out.
    """
    signal = names.signals[curve.signal]
    if curve.action is None:
        return f"{names.types[curve.kind]}: {signal}" if alone else signal
    action = "" if len(names.actions) == 2 else f"{names.actions[curve.action]} "
    text = f"{action}after {signal}"
    return f"{names.receiver_types[curve.kind]}: {text}" if alone and len(names.receiver_types) > 1 else text


def _heading(names: Names, part: list[Curve], top: bool) -> str:
    """Return what the lines of a panel are probabilities of."""
    types = names.types if top else names.receiver_types
    said = ", ".join(f"{kind} {name}" for kind, name in zip(KINDS, types, strict=False))
    key = f" ({said})" if len(part) > MOST_LINES else ""
    if top:
        return f"How often {names.sender}{'' if key else ', of each type,'} sends each signal{key}"
    if len(names.actions) == 2 and part:
        return f"How often {names.receiver} plays “{names.actions[1]}”{key}"
    return f"How often {names.receiver} plays what{key}"
