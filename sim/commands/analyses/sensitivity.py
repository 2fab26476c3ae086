"""Which parameters drive the answer, from the command line?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sim.commands.completion import stance_names
from sim.commands.delivery import Delivery, deliver, with_delivery
from sim.commands.ending import refuse
from sim.commands.options import SEED, WORKERS, examples, number, on_scenario, one_of, with_play
from sim.commands.spelling import changed, known_stance
from sim.telling.vocabulary import EVENTS

if TYPE_CHECKING:
    from sim.crisis.play import Play
    from sim.scenario.scenario import Scenario

OUTPUTS = (*EVENTS, "france_payoff")
"""As `sim.analyses.sensitivity.analysis` has them: stated here so that help needs no NumPy; a test compares the two."""


@click.command(
    short_help="Which parameters drive the answer, and what they rest on.",
    epilog=examples("sim sensitivity --outcome war", "sim sensitivity macron-2024 --doctrine commit --out drivers"),
)
@on_scenario
@one_of("--outcome", OUTPUTS, "strike", "What is to be explained.")
@click.option(
    "--doctrine",
    metavar="STANCE",
    shell_complete=stance_names,
    help="Stance that France is held to, such as rule_out, ambiguous or commit; equilibrium if it chooses.  "
    "[default: ambiguous]",
)
@with_play
@number(
    "--points",
    click.IntRange(1024, 2**18),
    "N",
    "Base points, rounded up to a power of two: fewer than 1024 would give wrong intervals. The crisis is solved some "
    "hundred times for each.",
    default=4096,
)
@SEED
@with_delivery
@WORKERS
@click.option("--quiet", is_flag=True, help="Show no progress.")
def sensitivity(  # noqa: PLR0913 - one for each option
    scenario: Scenario,
    how: Delivery,
    play: Play,
    outcome: str,
    doctrine: str | None,
    points: int,
    seed: int | None,
    workers: int,
    quiet: bool,
) -> None:
    """Print which parameters drive an outcome, how much, and what evidence stands behind each.

    First-order and total Sobol' indices: the share of the variance that a parameter explains alone, and the share that
    it has a part in, with 95 % intervals; then how far each parameter moves the outcome on its own. --out saves
    sensitivity.json and two figures, sensitivity and tornado, as .png, .svg and .csv; JSON holds all outcomes.
    """
    if doctrine is not None:
        doctrine = known_stance("--doctrine", doctrine, (*scenario.names, "equilibrium"))
    refuse(
        doctrine != "equilibrium" and bool(changed(play)),
        f"{' '.join(changed(play).values())} needs --doctrine equilibrium",
    )
    from sim.analyses.sensitivity import analysis as study
    from sim.analyses.sensitivity.table import answer
    from sim.telling.progress import progress

    with progress("Solving", wanted=not quiet) as report:
        result = study.sensitivity(
            scenario, doctrine=doctrine, points=points, seed=seed, play=play, workers=workers, progress=report
        )
    deliver(answer(result, outcome), how)
