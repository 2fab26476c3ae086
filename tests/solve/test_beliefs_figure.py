"""Does the figure of beliefs show them? Its data, labels and words; pixels are for eyes.

Deliberate break that turned a test red: the actions of the strips taken one break-point too early.
"""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from matplotlib import style
from matplotlib.axes import Axes
from some_solutions import Solved, crisis, faults, finished, misjudged, svg, textbook, unlabelled

import sim
from sim.drawing.parts import apart
from sim.games.equilibria import Equilibria
from sim.solve.figures.shown_game import Solved as Figured
from sim.solve.figures.shown_game import best_actions, played

SHOWN: dict[str, tuple[Figured, int]] = {
    "pooling crisis": (crisis(), 0),
    "semi-separating crisis": (crisis(mixed=True), 1),
    "beer": (textbook("beer-quiche"), 0),
    "quiche": (textbook("beer-quiche"), 1),
    "semi-separating beer": (textbook("beer-quiche-weak-likely"), 0),
    "four signals": (textbook("spence"), 3),
    "separating": (textbook("watson-29-1"), 1),
    "three actions": (textbook("banks-camerer-porter-4"), 0),
    "receiver types": (textbook("private-receivers"), 0),
    "both mix": (textbook("brandts-holt-4"), 2),
}
each = pytest.mark.parametrize(("solved", "row"), SHOWN.values(), ids=SHOWN)


def line(axes: Axes, label: str) -> list[np.ndarray[Any, Any]]:
    """Return where the lines of a label are, in beliefs."""
    return [np.asarray(each.get_xdata()) for each in axes.get_lines() if each.get_label() == label]


def texts(axes: Axes) -> list[str]:
    """Return what is written in the figure."""
    return [text.get_text() for text in axes.texts]


@each
def test_the_dots_are_what_bayes_makes_of_the_strategies(solved: Figured, row: int) -> None:
    axes = sim.figures.beliefs(solved, row=row)
    names = played(solved, row, None).labels
    prior, strategy = solved.game.prior, solved.equilibria.strategy[row]
    for m, signal in enumerate(names.signals):
        (dot,) = line(axes, f"posterior:{signal}")
        total = prior @ strategy[:, m]
        expected = prior[1] * strategy[1, m] / total if total > 0 else solved.equilibria.belief[row, m, 1]
        assert dot == pytest.approx([expected], abs=1e-9)
    assert line(axes, "prior")[0].tolist() == [prior[1]] * 2


@each
def test_a_receiver_is_indifferent_where_a_strip_changes(solved: Figured, row: int) -> None:
    axes = sim.figures.beliefs(solved, row=row)
    names = played(solved, row, None).labels
    payoffs = solved.game.flat().receiver[0]  # (k, t, m, a)
    for k, kind in enumerate(names.receiver_types):
        who = kind if len(names.receiver_types) > 1 else names.receiver
        for m, signal in enumerate(names.signals):
            changes = sorted({x for xs in line(axes, f"break:{signal}:{who}") for x in xs.tolist()})
            for belief in changes:
                expected = (1 - belief) * payoffs[k, 0, m] + belief * payoffs[k, 1, m]
                best = np.sort(expected[solved.game.available[m]])[::-1]
                assert best[0] == pytest.approx(best[1], abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(arrays(np.int64, (2, 1, 3), elements=st.integers(-9, 9)))
def test_the_strips_name_an_action_that_is_best(receiver: np.ndarray[Any, Any]) -> None:
    shown = played(unlabelled(sim.SignallingGame([0.5, 0.5], np.zeros((2, 1, 3)), receiver)), None, None)
    stretches = best_actions(shown, 0, 0)
    assert [stretches[0].low, stretches[-1].high] == [0.0, 1.0]
    assert [stretch.high for stretch in stretches[:-1]] == [stretch.low for stretch in stretches[1:]]
    for stretch in stretches:
        middle = (stretch.low + stretch.high) / 2
        worth = (1 - middle) * receiver[0, 0] + middle * receiver[1, 0]
        assert worth[stretch.action] == pytest.approx(worth.max())


def test_the_band_shows_the_beliefs_that_support_an_unsent_signal() -> None:
    """In beer or quiche whoever has quiche must be taken for weak with at least one half (Cho and Kreps 1987)."""
    axes = sim.figures.beliefs(textbook("beer-quiche"), row=0)
    assert [band.tolist() for band in line(axes, "support:quiche")] == [[0.5, 1.0]]
    assert line(axes, "support:beer") == []


def test_dots_are_the_larger_the_oftener_the_signal_is_sent_and_hollow_if_it_never_is() -> None:
    axes = sim.figures.beliefs(crisis(mixed=True), row=1)
    dots = {str(each.get_label()).partition(":")[2]: each for each in axes.get_lines() if each.get_marker() == "o"}
    sent = played(crisis(mixed=True), 1).sent
    assert sent[2] > sent[1] > 0
    assert dots["commit"].get_markersize() > dots["ambiguous"].get_markersize()
    assert {name: dot.get_markerfacecolor() == "white" for name, dot in dots.items()} == {
        "rule_out": True,
        "ambiguous": False,
        "commit": False,
    }


def test_a_signal_that_only_a_type_ruled_out_sends_is_drawn_as_sent_and_teaches_nothing() -> None:
    """Russia takes a France for certainly bluffing that is resolute in three of five cases, and then commits."""
    point = misjudged()
    shown = played(point)
    assert shown.game.prior[0].tolist() == [1.0, 0.0]
    assert shown.frequency.tolist() == pytest.approx([0.4, 0.6])
    assert shown.sent == pytest.approx(shown.frequency @ shown.equilibrium.strategy[0])
    assert np.flatnonzero(np.array(shown.sent) > 0).tolist() == [1, 2]
    title = sim.figures.beliefs(point).get_title(loc="left").replace("\n", " ")
    assert title.startswith("Only ambiguous is expected, so Russia learns nothing")
    assert "sent in 60 of 100" in texts(sim.figures.beliefs(point))


def three_types() -> Equilibria:
    """Return an equilibrium of a game with three types in which nothing matters."""
    arrays_by_name = {"strategy": (1, 3, 2), "belief": (1, 2, 3), "response": (1, 1, 2, 2), "sender_value": (1, 3)}
    fields: dict[str, Any] = {name: np.full(shape, 1 / shape[-1]) for name, shape in arrays_by_name.items()}
    return Equilibria(
        game=np.zeros(1, dtype=np.intp), family=np.array(["pooling"]), degenerate=np.ones(1, bool), **fields
    )


FINDINGS = {
    "pooling crisis": "Only ambiguous is ever sent, so Russia learns nothing: its belief that France is resolute "
    "stays at 31.1 %",
    "semi-separating crisis": "“ambiguous” gives France away: bluffing for certain",
    "semi-separating beer": "“quiche” gives the sender away: weak for certain",
    "separating": "Each signal that is sent tells the receiver for certain whether the sender is low",
    "both mix": "“N” lowers the receiver’s belief that the sender is B from 50.0 % to 14.3 %",
}


@pytest.mark.parametrize("name", FINDINGS)
def test_the_title_is_the_finding_and_the_text_for_the_blind_begins_with_it(name: str) -> None:
    solved, row = SHOWN[name]
    title = sim.figures.beliefs(solved, row=row).get_title(loc="left").replace("\n", " ")
    assert title == FINDINGS[name]
    assert sim.figures.beliefs_alt_text(solved, row=row).startswith(f"{title}. ")


def test_signals_that_all_mean_the_same_are_said_to_teach_nothing() -> None:
    game = sim.SignallingGame([0.5, 0.5], np.zeros((2, 2, 1)), np.zeros((2, 2, 1)))
    solved = unlabelled(game)
    halves = np.full((1, 2, 2), 0.5)
    row = type(solved.equilibria)(
        **{**vars(solved.equilibria.take(np.array([0]))), "strategy": halves, "belief": halves}
    )
    title = sim.figures.beliefs(Solved(game, row)).get_title(loc="left").replace("\n", " ")
    assert title.startswith("All signals sent mean the same, so the receiver learns nothing")


def test_the_figure_says_what_is_done_here_and_what_would_be_done() -> None:
    said = texts(sim.figures.beliefs(crisis(mixed=True), row=1))
    assert said.count("here: hold") == 2
    assert {"if sent: hold", "here: strike", "here: strike 20.7 %", "hold from 18.8 %", "never sent"} <= set(said)


@pytest.mark.parametrize("name", ["semi-separating crisis", "semi-separating beer", "four signals", "receiver types"])
def test_all_that_is_written_is_large_whole_and_apart(name: str) -> None:
    solved, row = SHOWN[name]
    with style.context(sim.figures.STYLE):
        assert faults(sim.figures.beliefs(solved, row=row, ax=finished())) == []


def test_what_cannot_be_drawn_is_refused() -> None:
    three = Solved(sim.SignallingGame([0.2, 0.3, 0.5], np.zeros((3, 2, 2)), np.ones((3, 2, 2))), three_types())
    large = unlabelled(sim.SignallingGame([0.5, 0.5], np.zeros((2, 8, 2)), np.ones((2, 8, 2))))
    with pytest.raises(ValueError, match="game must have two sender types, so that a belief is one number; it has 3"):
        sim.figures.beliefs(three)
    with pytest.raises(
        ValueError, match="game must fill at most 14 lines of the figure to be readable; it fills 16; read it in words"
    ):
        sim.figures.beliefs(large)
    with pytest.raises(ValueError, match=r"row must lie in \[0, 1\); it is 1"):
        sim.figures.beliefs(crisis(), row=1)
    with pytest.raises(ValueError, match=r"labels must name \(2, 2, 3, 2\) types.*; they name \(2, 1, 2, 2\)"):
        sim.figures.beliefs(crisis(), labels=textbook("beer-quiche").labels)


def test_a_game_without_names_is_told_by_numbers_and_the_crisis_by_its_own() -> None:
    beer = textbook("beer-quiche")
    axes = sim.figures.beliefs(unlabelled(beer.game))
    assert axes.get_xlabel() == "The receiver’s belief that the sender is t2"
    assert sim.figures.beliefs(unlabelled(crisis().game)).get_xlabel() == "Russia’s belief that France is resolute"


def test_the_svg_is_the_same_every_time_with_text_as_text_and_no_state_is_left_behind() -> None:
    with style.context(sim.figures.STYLE):
        own = finished()
        assert sim.figures.beliefs(crisis(), ax=own) is own
        source = svg(own)
        assert svg(sim.figures.beliefs(crisis(), ax=finished())) == source
    ET.fromstring(source)
    assert ">hold from 18.8 %<" in source
    assert "matplotlib.pyplot" not in sys.modules or not sys.modules["matplotlib.pyplot"].get_fignums()


@given(st.lists(st.floats(0, 1), min_size=1, max_size=7))
def test_labels_are_put_apart_in_their_order_and_within_their_room(places: list[float]) -> None:
    moved = apart(places, 0.14)
    order = np.argsort(places, kind="stable")
    assert np.diff(np.array(moved)[order]).min(initial=1.0) >= 0.14 - 1e-9
    assert max(moved) <= 1
    assert min(moved) >= -1e-9
