"""What moves the answer? The same scenario in every reading, one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sim.commands.delivery import Delivery, deliver, with_delivery
from sim.commands.options import DRAWS, SEED, WORKERS, examples, on_scenario

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario


@click.command(
    short_help="What moves the answer: one line a reading, with its command.",
    epilog=examples("sim readings", "sim readings my-scenario.toml --draws 4096 --json"),
)
@on_scenario
@DRAWS
@SEED
@with_delivery
@WORKERS
@click.option("--quiet", is_flag=True, help="Show no progress.")
def readings(scenario: Scenario, draws: int | None, seed: int | None, how: Delivery, workers: int, quiet: bool) -> None:
    """Print strikes and soldiers hit in every reading of a scenario that could change the answer, one line each.

    Where a resolute France stands, and where even it folds; without a price for hitting soldiers of an ally; in both
    readings of the worst case, as stated and at equal exposure; with each quoted voice at its word, and one slant of
    the author's either way; with a Russia that misjudges France; with players who err. The voices are readings of
    macron-2024 alone. Each line has the command that shows it in full; all see the same draws.

    With --out, a folder with readings.json and the figure as readings.png, .svg and .csv.
    """
    from sim.analyses.readings.analysis import readings as found
    from sim.analyses.readings.table import answer
    from sim.telling.progress import progress

    with progress("Reading", wanted=not quiet) as report:
        result = found(scenario, draws, seed, workers=workers, progress=report)
    deliver(answer(result), how)
