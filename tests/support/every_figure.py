"""Every figure of a scenario, from few draws, as the commands and the public functions draw it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

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


def answers(scenario: Scenario, *, draws: int = 32) -> Iterator[Answer]:
    """Yield the answers of all analyses that draw figures."""
    from sim.analyses.campaign.table import answer as campaign
    from sim.analyses.channels.table import answer as channels
    from sim.analyses.compare.table import answer as comparison
    from sim.analyses.plausible.table import answer as plausible
    from sim.analyses.readings.table import answer as readings
    from sim.analyses.regimes.table import answer as regimes
    from sim.analyses.robustness.table import answer as robustness
    from sim.montecarlo.told.table import answer as run

    yield run(sim.run(scenario, draws))
    yield of_a_point(solve_at(scenario, play=Play()))
    start, end = scenario.names[-1], scenario.names[-2]
    yield channels(sim.channels(scenario, draws, start=start, end=end))
    yield readings(sim.readings(scenario, draws))
    yield regimes(sim.sweep(scenario, grid=8))
    yield robustness(sim.robustness(scenario, draws))
    yield comparison(sim.compare([scenario, scenario.override({"prior.resolute": 0.6})], draws=draws))
    yield campaign(sim.campaign(scenario, draws=draws))
    yield plausible(sim.plausibility(scenario, draws=draws))


def figures(scenario: Scenario, *, draws: int = 32) -> list[Figure]:
    """Return all of their figures."""
    return [figure for answer in answers(scenario, draws=draws) for figure in answer.figures()]


@cache
def every() -> dict[str, Figure]:
    """Return every kind of figure of the bundled scenario, by the name of its function."""
    scenario = sim.load_scenario("macron-2024")
    found = [*figures(scenario), *of_findings(real()), *of_drivers(sim.sensitivity(scenario, points=1024), "strike")]
    return {figure.kind or figure.name: figure for figure in found}


def drawn(figure: Figure) -> Canvas:
    """Return a figure drawn and laid out as its files are, at 1280 × 720 pixels."""
    _, canvas = laid_out(figure)
    canvas.draw_without_rendering()
    return canvas


def texts(canvas: Canvas) -> list[Text]:
    """Return every text that is seen."""
    return [each for each in canvas.findobj(Text) if each.get_visible() and each.get_text().strip()]
