"""Does the figure show the path? Its lines, turning points and words; pixels are for eyes.

Deliberate breaks that turned a test red: the rationality sorted before it is drawn, so that no line turns back; the
dashes of types in place of those of actions.
"""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from matplotlib import style
from matplotlib.axes import Axes
from some_scenarios import four_stances
from some_solutions import crisis, faults, finished, svg, textbook

import sim
from sim.games.gambit.efg import Labels
from sim.games.quantal.response import STATUSES
from sim.solve.crisis_solution import solution
from sim.solve.figures.curves import turning_points


@cache
def straight() -> sim.QuantalPath:
    """Return the path of the crisis."""
    return sim.quantal_path(crisis(mixed=True).game, up_to=1000.0)


@cache
def beer() -> sim.QuantalPath:
    """Return the path of beer or quiche."""
    return sim.quantal_path(textbook("beer-quiche").game, up_to=10.0)


def folded() -> sim.QuantalPath:
    """Return a path that goes to 3, back to 2 and on to 5, made up."""
    rationality = np.concatenate([np.linspace(0, 3, 7), np.linspace(2.8, 2, 5), np.linspace(2.2, 5, 8)])
    first = np.linspace(0.5, 0.95, 20)
    strategy = np.stack([np.stack([first, 1 - first], 1), np.full((20, 2), 0.5)], axis=1)  # (p, t, m)
    response = np.stack([1 - first, first], 1)[:, None, None, :].repeat(2, axis=2)
    return sim.QuantalPath(rationality, strategy, np.full((20, 2, 2), 0.5), response, "turned")


def lines(panel: Axes) -> dict[str, tuple[list[float], list[float]]]:
    """Return what each line of a panel shows."""
    drawn = panel.get_lines()
    return {
        str(line.get_label()): (np.asarray(line.get_xdata()).tolist(), np.asarray(line.get_ydata()).tolist())
        for line in drawn
    }


def panels(axes: Axes) -> tuple[Axes, Axes]:
    """Return the sender's and the receiver's panel."""
    upper, lower = (child for child in axes.child_axes if isinstance(child, Axes))
    return upper, lower


def test_the_lines_are_the_path_in_its_own_order() -> None:
    path = straight()
    upper, lower = panels(sim.figures.quantal(path))
    drawn = lines(upper)
    names = crisis().labels
    assert list(drawn) == [f"{kind}: {signal}" for kind in names.types for signal in names.signals]
    for t, kind in enumerate(names.types):
        for m, signal in enumerate(names.signals):
            assert drawn[f"{kind}: {signal}"] == (path.rationality.tolist(), path.strategy[:, t, m].tolist())
    strikes = lines(lower)
    assert list(strikes) == [f"{kind}: after {signal}" for kind in names.receiver_types for signal in names.signals[1:]]
    assert strikes["opportunist: after commit"][1] == path.response[:, 1, 2, 1].tolist()


def test_of_two_alternatives_one_is_drawn_and_of_three_all() -> None:
    upper, lower = panels(sim.figures.quantal(beer(), labels=textbook("beer-quiche").labels))
    assert list(lines(upper)) == ["strong: beer", "weak: beer"]
    assert list(lines(lower)) == ["after beer", "after quiche"]
    assert lower.get_title(loc="left") == "How often the receiver plays “not”"
    three = sim.quantal_path(textbook("cheap-talk-aligned").game, up_to=2.0)
    assert len(lines(panels(sim.figures.quantal(three))[1])) == 6


def test_the_lines_turn_back_where_the_path_does_and_rings_mark_it() -> None:
    path = folded()
    assert turning_points(path) == [6, 11]
    for panel in panels(sim.figures.quantal(path)):
        for (xs, ys), rings in zip(lines(panel).values(), panel.collections, strict=True):
            assert xs == path.rationality.tolist()
            assert min(np.diff(xs)) < 0
            assert np.asarray(rings.get_offsets()).tolist() == [[xs[at], ys[at]] for at in (6, 11)]


def test_a_straight_path_has_no_rings() -> None:
    assert turning_points(straight()) == []
    assert [len(panel.collections) for panel in panels(sim.figures.quantal(straight()))] == [0, 0]


def test_colours_are_signals_widths_are_types_and_an_action_has_one_kind_of_line() -> None:
    upper, lower = panels(sim.figures.quantal(straight()))
    drawn = [*upper.get_lines(), *lower.get_lines()]
    assert {line.get_color() for line in drawn if str(line.get_label()).endswith("commit")} == {"#D55E00"}
    for kinds, width in ((("bluffing", "cautious"), 9.0), (("resolute", "opportunist"), 4.0)):
        assert {line.get_linewidth() for line in drawn if str(line.get_label()).startswith(kinds)} == {width}
    assert {line.get_linestyle() for line in drawn} == {"-"}
    three = panels(sim.figures.quantal(sim.quantal_path(textbook("cheap-talk-aligned").game, up_to=2.0)))[1]
    dashes = {
        (str(line.get_label()).partition(" ")[0], line.get_linestyle(), line.get_gid()) for line in three.get_lines()
    }
    assert len(dashes) == len({action for action, *_ in dashes}) == 3


def test_lines_of_types_that_choose_alike_are_both_seen() -> None:
    upper, _ = panels(sim.figures.quantal(straight()))
    wide, narrow = (next(line for line in upper.get_lines() if line.get_label() == f"{kind}: commit")
                    for kind in ("bluffing", "resolute"))  # fmt: skip
    assert wide.get_zorder() < narrow.get_zorder()
    assert wide.get_linewidth() > 2 * narrow.get_linewidth()
    assert (wide.get_alpha() or 1) < 0.5


@pytest.mark.parametrize("status", STATUSES)
def test_how_the_path_was_followed_is_said_in_words(status: str) -> None:
    said = {
        "converged": "runs straight",
        "turned": "turns back on the way",
        "bifurcated": "Other paths cross this one",
        "failed": "could not be followed all the way",
    }
    path = replace(beer(), status=status)
    caption = sim.figures.quantal(path).texts[-1].get_text().replace("\n", " ")
    assert said[status] in caption
    assert said[status] in sim.figures.quantal_alt_text(path)


def test_the_title_is_the_finding_and_the_text_for_the_blind_begins_with_it() -> None:
    title = sim.figures.quantal(straight()).get_title(loc="left").replace("\n", " ")
    assert title == ("Most changed by rationality: a resolute France sends commit, from 33 of 100 to 99 of 100")
    assert sim.figures.quantal_alt_text(straight()).startswith(f"{title}. ")
    assert "It turns back at Λ = 3, 2." in sim.figures.quantal_alt_text(folded())


def test_a_game_in_which_nothing_is_at_stake_is_drawn_and_said_to_be() -> None:
    path = sim.quantal_path(sim.SignallingGame([0.5, 0.5], np.zeros((2, 2, 2)), np.zeros((2, 2, 2))), up_to=2.0)
    axes = sim.figures.quantal(path)
    assert axes.get_title(loc="left") == "However rational the players, they choose as if at random"


def test_what_is_known_up_to_some_rationality_is_not_said_of_every_one() -> None:
    """With little at stake nobody need care at 20, and all do at 100,000."""
    little = 1e-4 * np.array([[[1.0, 0.0], [0.0, 2.0]], [[0.0, 1.0], [3.0, 0.0]]])
    game = sim.SignallingGame([0.5, 0.5], little, little)
    near, far = (sim.figures.quantal(sim.quantal_path(game, up_to=end)).get_title(loc="left") for end in (20.0, 1e5))
    assert near == "Up to Λ = 20 the players choose almost as if at random"
    assert far.startswith("Most changed by rationality")


def test_a_choice_of_four_signals_is_labelled_once_for_all_types(tmp_path: Path) -> None:
    point = solution(four_stances(tmp_path))
    with style.context(sim.figures.STYLE):
        axes = sim.figures.quantal(sim.quantal_path(point.game, up_to=20.0), labels=point.labels, ax=finished())
        assert faults(axes) == []
    upper, lower = panels(axes)
    assert [text.get_text() for text in upper.texts if text.get_text()] == [
        "rule out",
        "quiet",
        "stay ambiguous",
        "commit",
    ]
    assert upper.get_title(loc="left") == "How often France sends each signal (wide bluffing, narrow resolute)"
    assert len(upper.texts) == len(lines(upper)) == len(lower.texts) == len(lines(lower)) == 8
    assert len({line.get_color() for line in upper.get_lines()}) == 4


@pytest.mark.parametrize("path", [straight(), beer(), folded()], ids=["crisis", "beer", "folded"])
def test_all_that_is_written_is_large_whole_and_apart(path: sim.QuantalPath) -> None:
    with style.context(sim.figures.STYLE):
        assert faults(sim.figures.quantal(path, ax=finished())) == []


def test_what_cannot_be_told_apart_is_refused() -> None:
    many = sim.QuantalPath(
        np.arange(2.0), np.full((2, 1, 8), 0.125), np.full((2, 8, 1), 1.0), np.ones((2, 1, 8, 1)), "converged"
    )
    kinds = sim.QuantalPath(
        np.arange(2.0), np.ones((2, 4, 1)), np.full((2, 1, 4), 0.25), np.ones((2, 1, 1, 1)), "converged"
    )
    with pytest.raises(
        ValueError, match="path must have at most 7 choices of a player to be readable; it has 8; read it in words"
    ):
        sim.figures.quantal(many)
    with pytest.raises(ValueError, match="path must have at most 3 types of a player to be readable; it has 4"):
        sim.figures.quantal(kinds)
    with pytest.raises(ValueError, match=r"labels must name \(2, 1, 2, 2\) types"):
        sim.figures.quantal(beer(), labels=Labels(types=("one",)))


def test_the_svg_is_the_same_every_time_with_text_as_text_and_no_state_is_left_behind() -> None:
    with style.context(sim.figures.STYLE):
        own = finished()
        assert sim.figures.quantal(beer(), ax=own) is own
        source = svg(own)
        assert svg(sim.figures.quantal(beer(), ax=finished())) == source
    ET.fromstring(source)
    assert ">t1: m1<" in source
    assert "matplotlib.pyplot" not in sys.modules or not sys.modules["matplotlib.pyplot"].get_fignums()
