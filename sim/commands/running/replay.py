"""One draw of a run, told as a story."""

from __future__ import annotations

from pathlib import Path

import click

from sim.commands.completion import run_names
from sim.commands.delivery import Delivery, deliver, with_delivery
from sim.commands.ending import FAILED, guarded, leave, unusable
from sim.commands.options import examples
from sim.telling.faults import ScenarioError


@click.command(
    short_help="One draw of a run: what was drawn and what followed.",
    epilog=examples("sim replay runs/macron-2024-1a2b3c4d --draw 17", "sim replay my-run --draw 0 --json"),
)
@click.argument("run", type=click.Path(path_type=Path), shell_complete=run_names)
@click.option("--draw", type=click.IntRange(0), metavar="N", required=True, help="Which draw, from 0.")
@with_delivery
@guarded
def replay(run: Path, draw: int, how: Delivery) -> None:
    """Print one draw of the run in folder RUN: parameters, equilibria, beliefs and ladder.

    The draw is made again from the scenario and the seed in the folder; nothing of it needs to have been kept.
    """
    from sim.solve.named_rows import UNPROVEN
    from sim.solve.replay import chosen, solved
    from sim.solve.words.replay import answer

    try:
        found = chosen(run, draw)
    except ScenarioError:
        raise
    except ValueError as fault:
        raise unusable(fault) from None
    again = solved(*found)
    deliver(answer(again), how)
    if not again.solution.solved.proven:
        leave(UNPROVEN, FAILED)
