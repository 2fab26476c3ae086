"""Does the waterfall show the split? Its bars, labels and room; pixels are for eyes.

Deliberate breaks that turned these red: each bar begun at the start in place of where those above it lead; full and
hollow bars exchanged.
"""

from __future__ import annotations

from itertools import combinations

import pytest
from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.container import BarContainer
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Annotation, Text
from some_channels import made, split

import sim
from sim.analyses.channels.result import Channels, Estimate
from sim.analyses.channels.words import by_size, crises, finding
from sim.drawing.parts import COLOURS, INK
from sim.telling.names import figure_speaker

EVERYTHING = dict.fromkeys(("deployment", "pinpoint", "audience_cost", "ally_backing", "ambiguity"), -0.1)
RESULTS = {
    "base": split(),
    "war": split(outcome="war"),
    "payoff": split(outcome="france_payoff"),
    "from rule_out": split("rule_out", "commit"),
    "payoff of rule_out": split("commit", "rule_out", "france_payoff"),
    "few": split("ambiguous", "commit", draws=64),
    "nothing": made(0.0, {}),
    "all five": made(0.999, EVERYTHING, se=1e-4),
    "steep": made(0.1, {"deployment": 0.9, "pinpoint": -0.9}, se=1e-3),
}


def bars(axes: Axes) -> dict[str, Rectangle]:
    """Return the bar of each stance and channel."""
    found = {}
    for container in axes.containers:
        assert isinstance(container, BarContainer)
        found[str(container.get_label())] = container.patches[0]
    return found


def finished(result: Channels) -> tuple[Figure, Axes]:
    """Return the figure with the looks of the package, laid out."""
    with style.context(sim.figures.STYLE):
        figure = Figure(layout="constrained")
        axes = sim.figures.channels(result, ax=figure.add_subplot())
        figure.draw_without_rendering()
    return figure, axes


@pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS)
def test_the_bars_lead_from_the_first_stance_to_the_second(result: Channels) -> None:
    axes, step, base = sim.figures.channels(result), result.step, crises(result)
    drawn = bars(axes)
    acting = [name for name in by_size(result) if step.parts[name] != Estimate(0.0, 0.0)]
    assert list(drawn) == [result.start, *acting, result.end]
    assert drawn[result.start].get_width() == pytest.approx(base * step.before.mean)
    assert drawn[result.end].get_width() == pytest.approx(base * step.after.mean)
    level = base * step.before.mean
    for name in acting:
        assert drawn[name].get_x() == pytest.approx(level)
        assert drawn[name].get_width() == pytest.approx(base * step.parts[name].mean)
        level += drawn[name].get_width()
    assert level == pytest.approx(base * step.after.mean)


def test_stances_have_their_colours_and_channels_have_none() -> None:
    drawn = bars(sim.figures.channels(split()))
    assert [to_hex(drawn[stance].get_facecolor()).upper() for stance in ("commit", "ambiguous")] == [
        COLOURS["commit"], COLOURS["ambiguous"],
    ]  # fmt: skip
    assert to_hex(drawn["deployment"].get_facecolor()) == INK
    assert to_hex(drawn["audience_cost"].get_facecolor()) == "#ffffff"
    assert to_hex(drawn["audience_cost"].get_edgecolor()) == INK


def test_numbers_are_signed_and_their_error_is_never_rounded_down() -> None:
    axes = sim.figures.channels(made(0.6, {"deployment": -0.11286, "audience_cost": 0.0786}, se=0.0004))
    said = [text.get_text() for text in axes.texts]
    assert said[:4] == ["−11.3 ± 0.1", "+7.9 ± 0.1", "60 of 100", "57 of 100"]


@pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS)
def test_the_title_is_the_finding_and_the_corner_makes_it_repeatable(result: Channels) -> None:
    axes = sim.figures.channels(result)
    assert axes.get_title("left").replace("\n", " ") == figure_speaker({})(finding(result))
    assert any(f"{result.draws:,} draws · seed {result.seed}" in text.get_text() for text in axes.texts)


@pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS)
def test_nothing_is_cut_off_overlaps_or_is_too_small(result: Channels) -> None:
    figure, axes = finished(result)
    texts = []
    for text in axes.findobj(Text):
        assert isinstance(text, Text)
        if not text.get_text() or not text.get_visible():
            continue
        box = Text.get_window_extent(text)
        texts.append((text, box))
        assert box.x0 >= 0.007 * figure.bbox.width, text.get_text()
        assert box.y0 >= -1, text.get_text()
        assert box.x1 <= figure.bbox.width + 1, text.get_text()
        assert box.y1 <= figure.bbox.height + 1, text.get_text()
        assert float(text.get_fontsize()) >= 18 or "seed" in text.get_text()
    for (one, first), (other, second) in combinations(texts, 2):
        assert not first.padded(-2).overlaps(second.padded(-2)), (one.get_text(), other.get_text())
    for text in axes.texts:
        if isinstance(text, Annotation) and text.xycoords == "data":
            box = Text.get_window_extent(text)
            assert not any(box.padded(-2).overlaps(bar.get_window_extent()) for bar in bars(axes).values())


def test_the_text_for_who_cannot_see_is_public() -> None:
    assert sim.figures.channels_alt_text(split()).startswith(finding(split()))
