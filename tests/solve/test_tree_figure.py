"""Does the tree show the game as it is played? Its branches, leaves and words; pixels are for eyes.

Deliberate break that turned a test red: the probability of the receiver's type left out of the leaves.
"""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest
from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from some_scenarios import four_stances
from some_solutions import crisis, faults, finished, misjudged, svg, textbook, unlabelled

import sim
from sim.solve.crisis_solution import solution
from sim.solve.figures.shown_game import Solved as Figured
from sim.solve.figures.shown_game import played
from sim.solve.figures.tree import MOVERS, NEVER
from sim.telling.names import figure_speaker
from sim.telling.numbers import brief, frequency

SHOWN: dict[str, tuple[Figured, int]] = {
    "pooling crisis": (crisis(), 0),
    "semi-separating crisis": (crisis(mixed=True), 1),
    "beer": (textbook("beer-quiche"), 0),
    "quiche": (textbook("beer-quiche"), 1),
    "four signals": (textbook("spence"), 3),
    "separating": (textbook("watson-29-1"), 1),
    "receiver types": (textbook("private-receivers"), 0),
    "both mix": (textbook("brandts-holt-4"), 2),
}
each = pytest.mark.parametrize(("solved", "row"), SHOWN.values(), ids=SHOWN)


def branches(axes: Axes, kind: str) -> dict[str, Line2D]:
    """Return the branches of a kind by their way."""
    labelled = [(str(line.get_label()).partition(":"), line) for line in axes.get_lines()]
    return {way: line for (name, _, way), line in labelled if name == kind}


def shares(axes: Axes, kind: str) -> dict[str, float]:
    """Return how often each branch of a kind is taken."""
    return {way: float(str(line.get_gid())) for way, line in branches(axes, kind).items()}


@each
def test_branches_are_taken_as_often_as_the_strategies_say(solved: Figured, row: int) -> None:
    axes = sim.figures.tree(solved, row=row)
    names, eq, game = played(solved, row, None).labels, solved.equilibria, solved.game.flat()
    prior, strategy, response = game.prior[0], eq.strategy[row], eq.response[row]
    assert shares(axes, "nature") == pytest.approx(dict(zip(names.types, prior, strict=True)), abs=1e-8)
    expected = {
        f"{kind}:{signal}": prior[t] * strategy[t, m]
        for t, kind in enumerate(names.types)
        for m, signal in enumerate(names.signals)
    }
    assert shares(axes, "signal") == pytest.approx(expected, abs=1e-8)
    acts = np.einsum("t,tm,k,kma->ma", prior, strategy, game.receiver_prior[0], response)
    drawn = shares(axes, "action")
    for m, signal in enumerate(names.signals):
        for a, action in enumerate(names.actions):
            taken = sum(p for way, p in drawn.items() if way.split(":")[1] == signal and way.split(":")[-1] == action)
            assert taken == pytest.approx(acts[m, a], abs=1e-7)
    assert sum(drawn.values()) == pytest.approx(1, abs=1e-7)


@each
def test_a_branch_is_the_wider_the_oftener_it_is_taken_and_dashed_if_never(solved: Figured, row: int) -> None:
    axes = sim.figures.tree(solved, row=row)
    every = [line for kind in ("nature", "signal", "action") for line in branches(axes, kind).values()]
    often = np.array([float(str(line.get_gid())) for line in every])
    widths = np.array([line.get_linewidth() for line in every])
    assert (np.diff(widths[np.argsort(often)]) >= -1e-9).all()
    assert {line.get_linestyle() for line, share in zip(every, often, strict=True) if share == 0} <= {"--"}
    assert {line.get_linestyle() for line, share in zip(every, often, strict=True) if share > 0} == {"-"}


def test_colours_say_who_moves_and_are_not_those_of_the_doctrines() -> None:
    axes = sim.figures.tree(crisis(mixed=True), row=1)
    colours = [
        {line.get_color() for line in branches(axes, kind).values()} - {NEVER[0]}
        for kind in ("nature", "signal", "action")
    ]
    assert [len(of_kind) for of_kind in colours] == [1, 1, 1]
    assert len(set.union(*colours)) == 3
    assert not set.union(*colours[1:]) & {"#0072B2", "#D55E00", "#666666"}


@each
def test_a_dotted_line_joins_the_nodes_that_the_receiver_cannot_tell_apart(solved: Figured, row: int) -> None:
    axes = sim.figures.tree(solved, row=row)
    joined, nodes = branches(axes, "information"), branches(axes, "nodes")
    ends = branches(axes, "signal")
    assert list(joined) == list(nodes) == list(played(solved, row, None).labels.signals)
    for signal, line in joined.items():
        reached = [np.asarray(end.get_ydata())[-1] for way, end in ends.items() if way.split(":")[1] == signal]
        assert line.get_linestyle() == ":"
        assert np.asarray(line.get_ydata()).tolist() == [min(reached), max(reached)]
        assert np.asarray(nodes[signal].get_ydata()).tolist() == reached


@each
def test_leaves_have_a_line_each(solved: Figured, row: int) -> None:
    axes = sim.figures.tree(solved, row=row)
    taken = [line for line in branches(axes, "action").values() if float(str(line.get_gid())) > 0]
    heights = sorted(float(np.asarray(line.get_ydata())[-1]) for line in taken)
    assert np.diff(heights).min(initial=1.0) >= 1


def test_the_leaves_say_what_is_done_how_often_and_what_would_be_done() -> None:
    said = [text.get_text().strip() for text in sim.figures.tree(crisis()).texts]
    assert {"cautious: hold", "49 of 100", "hold", "opportunist: strike"} <= set(said)
    assert said.count("never sent; if it were:") == 2
    assert "believed resolute: 31.1 %" in said


def test_where_a_signal_is_sent_nothing_is_said_to_be_if_sent() -> None:
    """Under quantal play every signal is sent, and some courses after it are taken less than once in a billion."""
    said = [text.get_text() for text in sim.figures.tree(crisis(quantal=True)).texts]
    assert any("billion" in text for text in said)
    assert [text for text in said if "sent" in text] == []


def test_nature_draws_by_the_truth_and_the_caption_says_what_is_believed() -> None:
    point = misjudged()
    axes = sim.figures.tree(point)
    assert shares(axes, "nature") == pytest.approx({"bluffing": 0.4, "resolute": 0.6})
    caption = " ".join(axes.texts[-1].get_text().split())
    assert caption.endswith("Russia believes resolute with 0 from the start.")
    assert "from the start" not in sim.figures.tree(crisis()).texts[-1].get_text()


@pytest.mark.parametrize("target", [True, False])
def test_four_stances_are_drawn_in_colours_of_their_own(tmp_path: Path, target: bool) -> None:
    point = solution(four_stances(tmp_path, target=target))
    with style.context(sim.figures.STYLE):
        axes = sim.figures.tree(point, ax=finished())
        assert faults(axes) == []
    names = [figure_speaker({})(name) for name in point.labels.signals]
    inks = {text.get_text(): text.get_color() for text in axes.texts if text.get_text() in names}
    assert list(inks) == ["rule out", "quiet", "stay ambiguous", "commit"]
    assert len(set(inks.values())) == 4
    assert not set(inks.values()) & {*MOVERS.values()}


@each
def test_the_payoffs_at_the_leaves_are_those_of_the_game(solved: Figured, row: int) -> None:
    """Leaf by leaf in the order of the lines, from the array of payoffs; where types share a leaf, their mean."""
    axes, shown = sim.figures.tree(solved, row=row), played(solved, row, None)
    game, names, eq = shown.game, shown.labels, shown.equilibrium
    written: dict[float, dict[str, str]] = {}
    for text in axes.texts:
        if str(text.get_gid()).startswith("payoff:"):
            written.setdefault(text.get_position()[1], {})[str(text.get_gid()).partition(":")[2]] = text.get_text()
    ends: dict[float, list[list[str]]] = {}
    for way, line in branches(axes, "action").items():
        ends.setdefault(float(np.asarray(line.get_ydata())[-1]), []).append(way.split(":"))
    assert {*ends} == {*written}
    for height, ways in ends.items():
        types = [names.types.index(way[0]) for way in ways]
        m, a = names.signals.index(ways[0][1]), names.actions.index(ways[0][-1])
        kinds = [names.receiver_types.index(ways[0][2])] if len(ways[0]) == 4 else range(game.receiver_types)
        sent = [t for t in types if shown.frequency[t] * eq.strategy[0, t, m] > 1e-9]
        if len(types) > 1 and len(sent) == 1:
            types = sent  # a type that does not send the signal shares the leaf of one that does
        weights = np.array([shown.frequency[t] * eq.strategy[0, t, m] if sent else eq.belief[0, m, t] for t in types])
        for player in ("sender", "receiver"):
            array = getattr(game, player)[0]
            full = np.broadcast_to(array, (game.receiver_types, *array.shape[-3:]))
            of_type = [sum(game.receiver_prior[0, k] * full[k, t, m, a] for k in kinds) for t in types]
            mean = np.average(of_type, weights=weights) / sum(game.receiver_prior[0, k] for k in kinds)
            assert written[height][player] == brief(float(mean))


JOINED = {"France": 9, "France and of Russia": 8}
"""Whose types share their ends under quantal play, in the bundled scenario and with four stances; number of ends."""


@pytest.mark.parametrize("whose", JOINED)
def test_types_share_their_ends_where_the_tree_would_be_too_long(tmp_path: Path, whose: str) -> None:
    """The ends add up to what the strategies say, signal by signal and action by action."""
    scenario = sim.load_scenario("macron-2024") if whose == "France" else four_stances(tmp_path)
    point = solution(scenario, play=sim.Play("quantal"))
    with style.context(sim.figures.STYLE):
        axes = sim.figures.tree(point, ax=finished())
        assert faults(axes) == []
    assert f"Each end adds up the types of {whose}; payoffs are means." in " ".join(axes.texts[-1].get_text().split())
    drawn = branches(axes, "action").values()
    assert len({float(np.asarray(line.get_ydata())[-1]) for line in drawn}) == JOINED[whose]
    eq, game = point.equilibria, point.game.flat()
    every = np.einsum("t,tm,k,kma->tkma", point.frequency, eq.strategy[0], game.receiver_prior[0], eq.response[0])
    expected: dict[str, float] = {}
    for t, k, m, a in np.argwhere(np.broadcast_to(game.available, every.shape)).tolist():
        kind = [point.labels.receiver_types[k]] if whose == "France" and game.available[m].all() else []
        way = ":".join([point.labels.types[t], point.labels.signals[m], *kind, point.labels.actions[a]])
        expected[way] = expected.get(way, 0.0) + float(every[t, k, m, a])
    assert shares(axes, "action") == pytest.approx(expected, abs=1e-8)
    written = [text.get_text() for text in axes.texts if text.get_position()[0] == 1]
    ends = {tuple(way.split(":")[1:]): 0.0 for way in expected}
    for way, share in expected.items():
        ends[tuple(way.split(":")[1:])] += share
    assert {*map(frequency, ends.values())} <= {*written}


FINDINGS = {
    "pooling crisis": "In this pooling equilibrium both types of France send ambiguous; Russia plays hold",
    "beer": "In this pooling equilibrium both types of the sender send beer; the receiver plays not",
}


@pytest.mark.parametrize("name", FINDINGS)
def test_the_title_is_the_finding_and_the_text_for_the_blind_begins_with_it(name: str) -> None:
    solved, row = SHOWN[name]
    title = sim.figures.tree(solved, row=row).get_title(loc="left").replace("\n", " ")
    assert title == FINDINGS[name]
    assert sim.figures.tree_alt_text(solved, row=row).startswith(f"{title}. ")


@pytest.mark.parametrize("name", ["pooling crisis", "semi-separating crisis", "four signals", "both mix"])
def test_all_that_is_written_is_large_whole_and_apart(name: str) -> None:
    solved, row = SHOWN[name]
    with style.context(sim.figures.STYLE):
        assert faults(sim.figures.tree(solved, row=row, ax=finished())) == []


def test_what_cannot_be_read_is_refused() -> None:
    large = unlabelled(sim.SignallingGame([0.5, 0.5], np.zeros((2, 8, 2)), np.ones((2, 8, 2))))
    with pytest.raises(
        ValueError,
        match=r"at most 17 lines of the tree to be readable; it fills 26; read it in words.* sim\.figures\.tree_alt",
    ):
        sim.figures.tree(large)
    with pytest.raises(ValueError, match=r"row must lie in \[0, 2\); it is 2"):
        sim.figures.tree(textbook("beer-quiche"), row=2)


def test_one_type_is_drawn_too() -> None:
    axes = sim.figures.tree(unlabelled(sim.SignallingGame([1.0], [[[1, 0], [0, 2]]], [[[1, 0], [0, 1]]])))
    assert shares(axes, "nature") == {"t1": 1.0}
    assert sum(shares(axes, "action").values()) == 1


def test_the_svg_is_the_same_every_time_with_text_as_text_and_no_state_is_left_behind() -> None:
    with style.context(sim.figures.STYLE):
        own = finished()
        assert sim.figures.tree(crisis(), ax=own) is own
        source = svg(own)
        assert svg(sim.figures.tree(crisis(), ax=finished())) == source
    ET.fromstring(source)
    assert ">cautious: hold<" in source
    assert "matplotlib.pyplot" not in sys.modules or not sys.modules["matplotlib.pyplot"].get_fignums()
