"""How does one look at the figure of a run?"""

from __future__ import annotations

from pathlib import Path

import click

from sim.commands.completion import run_names
from sim.commands.delivery import add_figures
from sim.commands.ending import guarded, tell, unusable
from sim.commands.options import examples


@click.command(
    short_help="Open the figure of a run in the system's viewer.",
    epilog=examples("sim open", "sim open runs/macron-2024-1a2b3c4d ladder.svg"),
)
@click.argument("run", required=False, shell_complete=run_names)
@click.argument("figure", default="")
@guarded
def open(run: str | None, figure: str) -> None:
    """Open a FIGURE of the folder RUN, or its page, in the viewer that the system has for such files.

    RUN is a folder that a command saved, or the name of one in runs; without it, the latest run there. FIGURE is the
    name of a figure, with or without its ending; without it, the first. A run that was saved without its figure gets
    it now. Where there is no viewer or no screen, the path is printed.
    """
    from sim.lookup.pictures import has_screen, picture, saved_folder

    try:
        folder = saved_folder(run, Path())
        draw_what_lacks(folder)
        file = picture(folder, figure)
    except ValueError as fault:
        raise unusable(fault) from None
    click.echo(str(file))
    if not has_screen():
        tell("there is no screen here: open that file where there is one")
    elif click.launch(str(file)) != 0:
        tell("no viewer was found: open that file yourself")


def draw_what_lacks(folder: Path) -> None:
    """Draw the figure of a run that was saved without."""
    from sim.lookup.pictures import pictures

    if not (folder / "result.json").is_file() or any(file.suffix != ".html" for file in pictures(folder)):
        return
    from sim.montecarlo.result import load_result
    from sim.montecarlo.told.table import answer
    from sim.work.folders import Place, held

    with held(folder, within=False) as place:
        add_figures(answer(load_result(folder)), Place(place, "run"))
