"""Does every figure say where it comes from without writing over itself, however long the name of the scenario is?

Deliberate breaks that turned a test red: provenance at a fixed distance below the axes; provenance in one line.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

import sim
from sim.analyses.regimes.axes import Axis, axis_of
from sim.analyses.regimes.many_points import Question
from sim.drawing.saving import files_of
from sim.scenario.game_file import load
from sim.scenario.scenario import Scenario
from sim.solve.answer import answer
from sim.solve.crisis_solution import draw_of, solution
from sim.solve.solving import solve_at

Draw = Callable[[Scenario, Axes], Axes]

SHORT = sim.load_scenario("macron-2024")
LONG = replace(
    SHORT.override({"prior.resolute": 0.5, "prior.opportunist": 0.3}), name="a-name-of-45-letters" + 25 * "x"
)
SCENARIOS = {"set": SHORT.override({"prior.resolute": 0.5}), "long": LONG}


_KNOWN: dict[tuple[str, ...], object] = {}


def known(question: str, scenario: Scenario, **options: int | str) -> Any:  # noqa: ANN401 - of any analysis
    """Return the answer of an analysis, which is asked once for all figures that show it."""
    key = question, scenario.name, str(options)
    if key not in _KNOWN:
        _KNOWN[key] = getattr(sim, question)(scenario, **options)
    return _KNOWN[key]


def pair(scenario: Scenario, x: str, y: str = "signal.commit.stance_value") -> tuple[Axis, Axis]:
    """Return two axes of a map."""
    return axis_of(scenario, x), axis_of(scenario, y)


def of_a_point(name: str, scenario: Scenario, ax: Axes) -> Axes:
    """Draw a figure of one game."""
    solved = solution(scenario)
    made = solved.stamp()
    if name == "quantal":
        return sim.figures.quantal(sim.quantal_path(solved.game, up_to=20.0), ax=ax, labels=solved.labels, made=made)
    return (sim.figures.tree if name == "tree" else sim.figures.beliefs)(solved, ax=ax, made=made)


FIGURES: dict[str, Draw] = {
    "ladder": lambda of, ax: sim.figures.ladder(sim.run(of, draws=1024), ax=ax),
    "comparison": lambda of, ax: sim.figures.comparison(
        sim.compare([of, of.override({"france.war_cost.resolute": 20.0})], draws=256), ax=ax
    ),
    "plausible": lambda of, ax: sim.figures.plausible(sim.plausibility(of, draws=256), ax=ax),
    "sensitivity": lambda of, ax: sim.figures.sensitivity(known("sensitivity", of, points=1024), "strike", ax=ax),
    "sensitivity, chosen": lambda of, ax: sim.figures.sensitivity(
        replace(known("sensitivity", of, points=1024), doctrine="equilibrium"), "strike", ax=ax
    ),
    "tornado": lambda of, ax: sim.figures.tornado(known("sensitivity", of, points=1024), "strike", ax=ax),
    "robustness": lambda of, ax: sim.figures.robustness(known("robustness", of, draws=4096), ax=ax),
    "flips": lambda of, ax: sim.figures.flips(known("robustness", of, draws=4096), ax=ax),
    "channels": lambda of, ax: sim.figures.channels(sim.channels(of, 256), ax=ax),
    "survival": lambda of, ax: sim.figures.survival(known("campaign", of, draws=256), ax=ax),
    "belief_fans": lambda of, ax: sim.figures.belief_fans(known("campaign", of, draws=256), ax=ax),
    "tree": lambda of, ax: of_a_point("tree", of, ax),
    "beliefs": lambda of, ax: of_a_point("beliefs", of, ax),
    "quantal": lambda of, ax: of_a_point("quantal", of, ax),
    "regimes": lambda of, ax: sim.figures.regimes(sim.sweep(of, pair(of, "france.war_cost.resolute"), grid=20), ax=ax),
    "regimes, quantal": lambda of, ax: sim.figures.regimes(
        sim.sweep(of, pair(of, "france.war_cost.resolute"), Question(sim.Play("quantal")), grid=10), ax=ax
    ),
    "regimes over draws": lambda of, ax: sim.figures.regimes(
        sim.sweep_draws(of, pair(of, "signal.ambiguous.stance_value"), grid=5, draws=64), ax=ax
    ),
}


def finished(draw: Draw, scenario: Scenario) -> tuple[Figure, list[Text]]:
    """Return a figure with the looks of the package, laid out, and what is written in it besides ticks."""
    with style.context(sim.figures.STYLE):
        figure = Figure(layout="constrained")
        axes = draw(scenario, figure.add_subplot())
        figure.draw_without_rendering()
    panels = [axes, *axes.child_axes]
    texts = [text for panel in panels for text in panel.texts]
    texts += [text for panel in panels for text in panel.get_children() if isinstance(text, Text)]
    texts += [panel.xaxis.label for panel in panels]
    return figure, [text for text in dict.fromkeys(texts) if text.get_text() and text.get_visible()]


@pytest.mark.parametrize("length", SCENARIOS)
@pytest.mark.parametrize("name", FIGURES)
def test_what_is_written_stays_apart_and_inside_and_says_where_it_comes_from(name: str, length: str) -> None:
    scenario = SCENARIOS[length]
    figure, texts = finished(FIGURES[name], scenario)
    boxes = [(text.get_text(), Text.get_window_extent(text)) for text in texts]  # without leaders of labels
    over = [
        (one, other)
        for (one, a), (other, b) in combinations(boxes, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 3
    ]
    outside = [
        text
        for text, box in boxes
        if min(box.x0, box.y0) < -0.5 or box.x1 > figure.bbox.x1 + 0.5 or box.y1 > figure.bbox.y1 + 0.5
    ]
    small = [" ".join(text.get_text().split()) for text in texts if float(text.get_fontsize()) < 18]
    assert (over, outside) == ([], [])
    assert len(small) == 1
    assert small[0].startswith(scenario.name[:20])
    assert small[0].endswith(f"sim {sim.__version__}")


@pytest.mark.usefixtures("no_pixels")
def test_the_files_of_a_solution_say_which_point_was_solved() -> None:
    point = solution(SHORT, draw=draw_of(SHORT, 7, draws=1024, seed=0))
    said = f"macron-2024 · draw 7 of 1,024 · seed 0 · sim {sim.__version__}"
    assert point.stamp() == said
    files = files_of(answer(point).figures(), print)
    assert all(said in files[f"{name}.svg"].decode() for name in ("tree", "beliefs", "quantal"))
    outright = solve_at(load("textbook/spence"), play=sim.Play())
    assert outright.stamp() == f"spence · sim {sim.__version__}"
