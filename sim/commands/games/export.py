"""How does the game of one point get into a Gambit file?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.commands.games.points import at_point
from sim.commands.options import examples
from sim.commands.spelling import to_type

if TYPE_CHECKING:
    from sim.scenario.game_file import GameFile
    from sim.scenario.scenario import Scenario
    from sim.solve.crisis_solution import Draw


@click.command(
    short_help="Write the game of one point as a Gambit file.",
    epilog=examples("sim export --efg crisis.efg", "sim export textbook/spence --efg spence.efg --force"),
)
@at_point
@click.option("--efg", "target", type=click.Path(path_type=Path), required=True, metavar="FILE", help="File to write.")
@click.option("--force", is_flag=True, help="Overwrite the file if it is there.")
def export(subject: Scenario | GameFile, drawn: Draw | None, target: Path, force: bool) -> None:
    """Write the game of one point as an extensive-form file, which Gambit and Game Theory Explorer open.

    The point is the medians of all parameters, or what --set or --draw says; a game given outright is written as it is.
    """
    from sim.solve.solving import efg_at
    from sim.work.saving import save_file

    save_file(target, efg_at(subject, drawn), force=force)
    click.echo(f"Wrote {target}.\nNext: open it in Gambit, or {to_type('solve', str(target))}", err=True)
