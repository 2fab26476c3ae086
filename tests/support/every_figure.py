"""Every figure of a scenario, from few draws, as the commands and the public functions draw it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from matplotlib.figure import Figure as Canvas
from matplotlib.text import Text
from some_results import real

import sim
from sim.analyses.sensitivity.figures import figures as of_drivers
from sim.crisis.play import Play
from sim.drawing.saving import laid_out
from sim.montecarlo.told.findings import figures as of_findings
from sim.scenario.scenario import Scenario
from sim.solve.answer import answer as of_a_point
from sim.solve.solving import solve_at
from sim.telling.answer import Answer, Figure


def tellers() -> list[Callable[[Any], Answer]]:
    """Return what tells the result of each analysis that draws figures."""
    from sim.analyses.campaign.table import answer as campaign
    from sim.analyses.channels.table import answer as channels
    from sim.analyses.compare.table import answer as comparison
    from sim.analyses.plausible.table import answer as plausible
    from sim.analyses.readings.table import answer as readings
    from sim.analyses.regimes.table import answer as regimes
    from sim.analyses.robustness.table import answer as robustness
    from sim.montecarlo.told.table import answer as run

    return [run, of_a_point, channels, readings, regimes, robustness, comparison, campaign, plausible]


def results(scenario: Scenario, *, draws: int = 32, grid: int = 8) -> Iterator[object]:
    """Yield the result of each of these analyses."""
    yield sim.run(scenario, draws)
    yield solve_at(scenario, play=Play())
    start, end = scenario.names[-1], scenario.names[-2]
    yield sim.channels(scenario, draws, start=start, end=end)
    yield sim.readings(scenario, draws)
    yield sim.sweep(scenario, grid=grid)
    yield sim.robustness(scenario, draws)
    yield sim.compare([scenario, scenario.override({"prior.resolute": 0.6})], draws=draws)
    yield sim.campaign(scenario, draws=draws)
    yield sim.plausibility(scenario, draws=draws)


def figures(scenario: Scenario, *, draws: int = 32, grid: int = 8) -> list[Figure]:
    """Return all of their figures."""
    told = zip(tellers(), results(scenario, draws=draws, grid=grid), strict=True)
    return [figure for tell, result in told for figure in tell(result).figures()]


MEASURED = ("ladder", "icons", "tree", "quantal", "regimes", "flips", "survival", "plausible")
"""Figures that a quick test looks at; all with SIM_EVERY_FIGURE=1."""

SHOWN = {
    "run": ("ladder", "promise", "exposure", "icons", "dots"),
    "solution": ("tree", "beliefs"),
    "channels": ("channels",),
    "readings": ("readings",),
    "sweep": ("regimes",),
    "robustness": ("robustness", "flips"),
    "compare": ("comparison",),
    "campaign": ("survival", "belief_fans"),
    "plausibility": ("plausible",),
    "sensitivity": ("sensitivity", "tornado"),
    "quantal_path": ("quantal",),
}
"""Figures by who makes what they take, in the order of `results`."""


def looked_at() -> list[str]:
    """Return the names of the figures that a test is to look at."""
    every_name = [name for names in SHOWN.values() for name in names]
    return every_name if os.environ.get("SIM_EVERY_FIGURE") else [*MEASURED]


@cache
def taken() -> dict[str, Any]:
    """Return what each figure takes, by its name: results of the bundled scenario."""
    scenario = sim.load_scenario("macron-2024")
    made: list[Any] = [real(), *list(results(scenario))[1:], sim.sensitivity(scenario, points=1024)]
    made.append(sim.quantal_path(made[1].game, up_to=20.0))
    return {name: result for names, result in zip(SHOWN.values(), made, strict=True) for name in names}


@cache
def every() -> dict[str, Figure]:
    """Return every kind of figure of the bundled scenario, by the name of its function, as commands draw it."""
    told = [tell(taken()[names[0]]) for tell, names in zip(tellers(), SHOWN.values(), strict=False)]
    found = [figure for answer in told for figure in answer.figures()]
    found += [*of_findings(real()), *of_drivers(taken()["tornado"], "strike")]
    return {figure.kind or figure.name: figure for figure in found}


def drawn(figure: Figure) -> Canvas:
    """Return a figure drawn and laid out as its files are, at 1280 × 720 pixels."""
    _, canvas = laid_out(figure)
    canvas.draw_without_rendering()
    return canvas


KEY = re.compile(r"[a-z_]+\.[a-z_]+|\b[a-z]+_[a-z_]+\b")
"""A dotted path, or words joined as no sentence joins them: keys of files, which no figure shows."""


def keyed(figure: Figure, canvas: Canvas) -> list[str]:
    """Return what a figure, drawn on a canvas, says in keys of files: in its finding, its alt text or on it."""
    said = [figure.finding, figure.alt, *(text.get_text() for text in texts(canvas))]
    return [text for text in said if KEY.search(text)]


def texts(canvas: Canvas) -> list[Text]:
    """Return every text that is seen."""
    return [each for each in canvas.findobj(Text) if each.get_visible() and each.get_text().strip()]
