"""All figures of a run, for slides and for print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.commands.completion import run_names
from sim.commands.delivery import FORCE
from sim.commands.ending import guarded, tell
from sim.commands.options import examples
from sim.commands.spelling import to_type

if TYPE_CHECKING:
    from sim.telling.answer import Figure

DRAWN = ("ladder", "promise", "exposure", "icons", "dots", "tree", "beliefs", "quantal")


def read_formats(_: click.Context, option: click.Parameter, given: str) -> tuple[str, ...]:
    """Read formats, separated by commas."""
    asked = tuple(dict.fromkeys(each.strip().casefold() for each in given.split(",")))
    if strange := [each for each in asked if each not in ("png", "svg", "pdf")]:
        raise click.BadParameter(f"formats must be png, svg or pdf; one is {strange[0]!r}.", param=option)
    return asked


@click.command(
    short_help="All figures of a run, as PNG, SVG or PDF, in one style.",
    epilog=examples(
        "sim figures runs/macron-2024-1a2b3c4d --out slides --format png,pdf",
        "sim figures my-run promise exposure --out slides --style hall.mplstyle",
    ),
)
@click.argument("run", type=click.Path(path_type=Path), shell_complete=run_names)
@click.argument("names", nargs=-1, metavar="[FIGURE]...")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder to save them in.")
@click.option(
    "--format", "formats", metavar="LIST", callback=read_formats, default="png,svg", show_default=True,
    help="Formats, separated by commas: png, svg, pdf.",
)  # fmt: skip
@click.option(
    "--style", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE",
    help="A matplotlib style sheet, over the one of all figures.",
)  # fmt: skip
@FORCE
@guarded
def figures(
    run: Path, names: tuple[str, ...], out: Path, formats: tuple[str, ...], style: Path | None, force: bool
) -> None:
    """Draw every FIGURE of the run in folder RUN, or those named, all in one style.

    Of the run: ladder; promise, a stance imposed and chosen; exposure, both readings with trainers equally exposed;
    icons, of 100 crises those that see a hit; dots, how far strikes scatter over draws. Of its scenario at the
    medians: tree, beliefs, quantal.
    """
    from sim.drawing.saving import LOOKS, files_of
    from sim.work.folders import allow, taken

    allow(out, "figures", replacing=force)  # before the work
    found = {figure.name: figure for figure in of_run(run)}
    if strange := [name for name in names if name not in found]:
        raise click.UsageError(f"the run has no figure {strange[0]!r}: it has {', '.join(found)}.")
    with taken(out, "figures", replacing=force) as place:
        asked = [figure for name, figure in found.items() if name in (names or found)]
        try:
            files = files_of(asked, tell, formats, (*LOOKS, *([style] if style else [])))
        except (OSError, ValueError) as fault:
            raise click.UsageError(f"the figures cannot be drawn with {style or 'these names'}: {fault}.") from None
        place.put(files)
    many = len({name.rpartition(".")[0] for name in files})
    click.echo(f"Saved in {out}: {many} figure{'s' * (many != 1)} as {', '.join(formats)}.", err=True)
    click.echo(f"Next: {to_type('open', str(out))}", err=True)


def of_run(run: Path) -> list[Figure]:
    """Return the figures of a run, and those of its scenario at the medians, in the scenario's words."""
    from sim.crisis.play import Play
    from sim.montecarlo.result import load_result
    from sim.montecarlo.told import figure, findings
    from sim.scenario.game_file import load
    from sim.solve.answer import answer
    from sim.solve.solving import solve_at
    from sim.telling.answer import figure_in_words

    try:
        result = load_result(run)
    except ValueError as fault:
        raise click.UsageError(f"{run} holds no run that can be drawn: {fault}.") from None
    own = [figure_in_words(each, result.naming) for each in (*figure.figures(result), *findings.figures(result))]
    solved = {each.name: each for each in answer(solve_at(load(str(run / "scenario.toml")), play=Play())).figures()}
    return [*own, *(solved[name] for name in DRAWN if name in solved)]
