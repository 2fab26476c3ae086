"""What does `sim plausible` do? It sets a run beside base rates and forecasts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sim.commands.delivery import Delivery, deliver, with_delivery
from sim.commands.options import DRAWS, SEED, WORKERS, examples, on_scenario

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario


@click.command(
    short_help="A run beside base rates and forecasts.",
    epilog=examples("sim plausible --all", "sim plausible macron-2024 --set prior.resolute=0.6 --out beside"),
)
@on_scenario
@with_delivery
@DRAWS
@SEED
@click.option("--all", "every", is_flag=True, help="Show every fact of the register, not only those of the figure.")
@WORKERS
@click.option("--quiet", is_flag=True, help="Show no progress on standard error.")
def plausible(  # noqa: PLR0913 - one for each option
    scenario: Scenario, how: Delivery, draws: int | None, seed: int | None, every: bool, workers: int, quiet: bool
) -> None:
    """Print where the model lies below or above what has happened and what others expect.

    Each base rate and forecast of seeds/base-rates.toml stands beside the model's probability of the same event under
    each stance, in both readings of the worst case, and with why it does not ask the same question.

    With --out also saves the figure as plausible.png, .svg and .csv.
    """
    from sim.analyses.plausible.analysis import plausibility
    from sim.analyses.plausible.table import answer
    from sim.telling.progress import progress

    with progress("Solving", wanted=not quiet) as report:
        found = plausibility(scenario, draws=draws, seed=seed, workers=workers, progress=report)
    deliver(answer(found, every=every), how)
