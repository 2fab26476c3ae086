"""What does the receiver make of each signal? Its belief before and after, and where its types change their action."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from sim.drawing.parts import FAINT_INK, INK, PALE, UnreadableError, colour, hall, letters_of, wrapped
from sim.drawing.steps import stands
from sim.drawing.words import shown_lines
from sim.games.gambit.efg import Labels
from sim.games.refinements.reasons import supporting_beliefs
from sim.solve.figures.margins import Margins
from sim.solve.figures.shown_game import INSTEAD, SURE, Played, Solved, Stretch, best_actions, with_beliefs
from sim.solve.figures.titles import beliefs_finding, often
from sim.telling.english import upper
from sim.telling.numbers import percent

MOST_LINES = 14  # lines of text that stand above each other and can still be read from the back row

ACTION_COLOURS = ("#EDEDED", "#F3E27C", "#A9D7EF", "#F6CB84", "#E7B9D2")
"""Pale, so that what is written on them stands out: grey, then tints of Okabe and Ito's colours."""

_STRIP = 0.84  # height of a strip, in lines
_GAP = 0.45  # between two signals, in lines
_SHORTEST = 0.04  # change of belief that gets an arrow
_FAR = 0.85  # beliefs beyond this have no room for a number on their right
_AXIS_WIDTH, _LINE_HIGH = 70, 25  # characters of a line below the axis, and its height in points
_CHARACTER = 0.0168  # width of a character, as a share of the axis
_MARGINS = Margins(60, 84, above=10, below=64)


def beliefs(
    solution: Solved, *, row: int | None = None, ax: Axes | None = None, labels: Labels | None = None, made: str = ""
) -> Axes:
    """Draw the receiver's belief before and after each signal of an equilibrium, and what it does at each belief.

    An arrow leads from the prior to the belief after the signal. Below it stands a strip for each receiver type: the
    action that is best at each belief, with the belief at which it changes. Where nobody sends the signal the dot is
    hollow and a pale band shows all beliefs that would support the equilibrium.

    Parameters
    ----------
    solution, row, ax, labels, made
        As in `sim.figures.tree`; the game must have two sender types.

    Returns
    -------
    Axes
        The belief is the probability of the second type. Lines labelled "posterior:" and the signal hold it; lines
        labelled "break:", the signal and the receiver type hold the beliefs at which that type changes its action.

    Raises
    ------
    ValueError
        If there is no such row, the game has not exactly two sender types, is too large to be read, or the labels do
        not fit.

    Examples
    --------
    >>> import sim
    >>> from sim.solve.crisis_solution import solution
    >>> axes = beliefs(solution(sim.load_scenario("macron-2024")))
    >>> [line.get_label() for line in axes.get_lines()][:2]
    ['prior', 'support:rule_out']
    """
    shown = with_beliefs(solution, row, labels)
    lines = sum(1 + len(_strips(shown, m)) for m in range(shown.game.signals))
    if lines > MOST_LINES:
        most = f"at most {MOST_LINES} lines of the figure"
        raise UnreadableError(f"game must fill {most} to be readable; it fills {lines}{INSTEAD.format('beliefs')}")
    axes = hall(ax)
    tops, bottom = _tops(shown)
    axes.set_ylim(bottom, -1.3)
    axes.set_xlim(-0.004, 1.004)
    axes.set_yticks([])
    axes.grid(visible=False)
    axes.set_xticks(np.linspace(0, 1, 5), ["0 %", "25 %", "50 %", "75 %", "100 %"])
    prior = _prior(shown)
    before = axes.plot([prior, prior], [bottom, -0.65], ":", color=FAINT_INK, linewidth=2.5, label="prior", zorder=-1)
    side = "center" if 0.2 < prior < 0.8 else "left" if prior < 0.5 else "right"
    said = axes.text(prior, -0.68, f"before any signal: {_short(prior)}", color=FAINT_INK, ha=side, va="bottom")
    stands(before, said)
    for m, top in enumerate(tops):
        _draw_belief(axes, shown, m, top)
        for line, kinds in enumerate(_strips(shown, m), start=1):
            _draw_strip(axes, shown, (m, kinds), top + line)
    _write_margins(axes, shown, made)
    return axes


def _strips(shown: Played, m: int) -> list[tuple[int, ...]]:
    """Return the receiver types of each strip: one each, or all together where they have no choice."""
    kinds = range(shown.game.receiver_types)
    return [(k,) for k in kinds] if shown.game.available[m].sum() > 1 else [tuple(kinds)]


def _tops(shown: Played) -> tuple[list[float], float]:
    """Return the height of each signal's belief, downwards, and where the last signal ends."""
    tops, height = [], 0.0
    for m in range(shown.game.signals):
        tops.append(height)
        height += 1 + len(_strips(shown, m)) + _GAP
    return tops, height - _GAP


def _draw_belief(axes: Axes, shown: Played, m: int, height: float) -> None:
    """Draw the belief after a signal: an arrow to a dot, the larger the oftener; hollow, with a band, if unsent."""
    belief, sent = float(shown.equilibrium.belief[0, m, 1]), shown.sent[m]
    signal, ink = shown.labels.signals[m], colour(shown.labels.signals, m)
    size = 10 + 13 * math.sqrt(sent) if sent > SURE else 14.0
    (_draw_move if sent > SURE else _draw_support)(axes, shown, m, height)
    dot = axes.plot([belief], [height], "o", color=ink, markersize=size, zorder=4, label=f"posterior:{signal}")[0]
    dot.set(markeredgewidth=3, markerfacecolor=ink if sent > SURE else "white", clip_on=False)
    foot = height + len(_strips(shown, m)) + _STRIP / 2
    axes.plot([belief, belief], [height, foot], color=ink, linewidth=2, zorder=1, label=f"foot:{signal}")
    _write_number(axes, shown, m, (belief, height, size))
    beside = partial(axes.annotate, textcoords="offset points", va="center", color=ink)
    stands(beside(signal, (0, height), (-20, 0), ha="right", weight="bold", fontsize="large"))
    beside(often(sent), (1, height), (20, 0), ha="left")


def _draw_move(axes: Axes, shown: Played, m: int, height: float) -> None:
    """Draw the scale and, if the belief moves, an arrow from the prior."""
    prior, belief = _prior(shown), float(shown.equilibrium.belief[0, m, 1])
    axes.plot([0, 1], [height, height], color=PALE, linewidth=2, zorder=1, label=f"scale:{shown.labels.signals[m]}")
    if abs(belief - prior) > _SHORTEST:
        arrow = {"arrowstyle": "-|>,head_width=0.35,head_length=0.6", "color": colour(shown.labels.signals, m)}
        ends = {"linewidth": 3.5, "shrinkA": 0, "shrinkB": 9}
        axes.annotate("", (belief, height), (prior, height), arrowprops=arrow | ends)


def _draw_support(axes: Axes, shown: Played, m: int, height: float) -> None:
    """Draw a band over the beliefs after an unsent signal that keep everybody from sending it."""
    if np.any(shown.equilibrium.strategy[0, shown.game.prior[0] > 0, m] > 0):
        return  # too rarely sent to be drawn as sent: the belief is what Bayes' rule says
    for low, high in supporting_beliefs(shown.game, shown.equilibrium, 0, signal=m):
        band = axes.plot([low, high], [height, height], label=f"support:{shown.labels.signals[m]}")[0]
        band.set(color=colour(shown.labels.signals, m), linewidth=18, solid_capstyle="butt", alpha=0.25, zorder=1)


def _write_number(axes: Axes, shown: Played, m: int, where: tuple[float, float, float]) -> None:
    """Write a belief beside its dot, out of the way of the arrow; `where` is belief, height and size of the dot."""
    belief, height, size = where
    moved, sent = belief - _prior(shown), shown.sent[m] > SURE
    side = -1 if belief > _FAR or (moved < 0 and belief > 1 - _FAR) else 1
    above = 16 if sent and moved * side < -_SHORTEST else 0
    offset = side * (size / 2 + 7), above
    number = axes.annotate(_short(belief), (belief, height), offset, textcoords="offset points", va="center", zorder=5)
    number.set(ha="left" if side > 0 else "right", weight="bold")
    number.set_color(colour(shown.labels.signals, m) if sent else INK)
    if sent:
        number.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1})


def _draw_strip(axes: Axes, shown: Played, where: tuple[int, tuple[int, ...]], height: float) -> None:
    """Draw what is best for a receiver type at each belief, and write what it does in this equilibrium."""
    m, kinds = where
    names, stretches = shown.labels, best_actions(shown, m, kinds[0])
    whose = names.receiver_types[kinds[0]] if shown.game.receiver_types > len(kinds) else names.receiver
    beside = partial(axes.annotate, textcoords="offset points", va="center_baseline", color=INK)
    for stretch in stretches:
        box = (stretch.low, height - _STRIP / 2), stretch.high - stretch.low, _STRIP
        stands(axes.add_patch(Rectangle(*box, color=_tint(stretch.action), linewidth=0, zorder=0)))
    for place, side, text, action in _texts(stretches, names.actions):
        inside = beside(text, (place, height), (7 if side == "left" else -7, 0), ha=side, zorder=3)
        inside.set_bbox({"facecolor": _tint(action), "edgecolor": "none", "pad": 0.5})
        stands(inside)
    changes = [stretch.low for stretch in stretches[1:]]
    if changes:
        ends = np.repeat(changes, 3), [height - _STRIP / 2, height + _STRIP / 2, np.nan] * len(changes)
        stands(axes.plot(*ends, color=INK, linewidth=3, zorder=2, label=f"break:{names.signals[m]}:{whose}"))
    stands(beside(whose, (0, height), (-20, 0), ha="right"))
    acts = shown.equilibrium.response[0, kinds[0], m]
    last = int(np.flatnonzero(acts > SURE)[-1])
    share = f" {percent(float(acts[last]))}" * bool(acts[last] < 1 - SURE)
    when = "here" if shown.sent[m] > SURE else "if sent"
    beside(f"{when}: {names.actions[last]}{share}", (1, height), (20, 0), ha="left")


def _tint(action: int) -> str:
    """Return the colour of an action."""
    return ACTION_COLOURS[action % len(ACTION_COLOURS)]


def _texts(stretches: list[Stretch], actions: tuple[str, ...]) -> list[tuple[float, str, str, int]]:
    """Return what is written in a strip: where, which side of the text is there, the text, on which action's colour.

    A text that does not fit its stretch stands before it; if it does not fit there either, the next one speaks for it.
    """
    said: list[tuple[float, str, str, int]] = []
    free, hidden = 0.0, ""
    for number, stretch in enumerate(stretches):
        action = actions[stretch.action]
        text = f"{action} from {_short(stretch.low)}{hidden}" if number else action
        width = _CHARACTER * (letters_of(text) + 1)
        hidden = ""
        if width <= stretch.high - stretch.low:
            said.append((stretch.low, "left", text, stretch.action))
            free = stretch.low + width
        elif number and width + 2 * _CHARACTER <= stretch.low - free:
            said.append((stretch.low, "right", f"{text} →", stretches[number - 1].action))
            free = stretch.high
        else:
            hidden = f", below it {action}"
    return said


def _short(belief: float) -> str:
    """Return a belief as per cent, without a decimal that says nothing."""
    return percent(belief).replace(".0 %", " %")


def _prior(shown: Played) -> float:
    """Return the probability of the second type before any signal."""
    return float(shown.game.prior[0, 1])


def _write_margins(axes: Axes, shown: Played, made: str) -> None:
    """Write the finding above, and below what the axis and the marks mean."""
    names = shown.labels
    unsent = any(share <= SURE for share in shown.sent)
    caption = "Dots: belief after the signal, the larger the oftener sent. Strips: the best action at each belief." + (
        " Hollow: nobody sends it; pale bands: beliefs that would keep it so." * unsent
    )
    axis = wrapped(upper(f"{names.receiver}’s belief that {names.sender} is {names.types[1]}"), _AXIS_WIDTH)
    axes.set_xlabel(axis, labelpad=4)
    axes.xaxis.label.set_color(INK)
    further = _LINE_HIGH * (len(shown_lines(axis)) - 1)
    replace(_MARGINS, below=_MARGINS.below + further).write(axes, beliefs_finding(shown), caption, made)
