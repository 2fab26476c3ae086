"""All figures of a run, for slides and for print."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.commands.completion import run_names
from sim.commands.delivery import FORCE, Slides, with_slides
from sim.commands.ending import guarded, tell, unusable
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


def read_style(_: click.Context, option: click.Parameter, given: str | None) -> str | Path | None:
    """Read the looks that go over ours."""
    from sim.drawing.themes import theme

    try:
        return None if given is None else theme(given)
    except (OSError, ValueError) as fault:
        raise click.BadParameter(f"{fault}.".replace("?.", "?"), param=option) from None


@dataclass(frozen=True)
class Form:
    """In which formats, with which looks over ours, or whether only the words are asked for."""

    formats: tuple[str, ...]
    style: str | Path | None
    to_translate: bool


@click.command(
    short_help="All figures of a run, as PNG, SVG or PDF, in one style.",
    epilog=examples(
        "sim figures runs/macron-2024-1a2b3c4d --out slides --format png,pdf",
        "sim figures my-run promise exposure --out slides --style hall.mplstyle",
    ),
)
@click.argument("run", type=click.Path(path_type=Path), shell_complete=run_names)
@click.argument("names", nargs=-1, metavar="[FIGURE]...")
@click.option("--out", type=click.Path(path_type=Path), help="Folder to save them in.")
@click.option(
    "--format", "formats", metavar="LIST", callback=read_formats, default="png,svg", show_default=True,
    help="Formats, separated by commas: png, svg, pdf.",
)  # fmt: skip
@click.option(
    "--style", callback=read_style, metavar="STYLE",
    help="A Matplotlib style sheet, or the name of one of its styles, over the one of all figures.",
)  # fmt: skip
@with_slides
@click.option("--words", "to_translate", is_flag=True, help="Print, in place of drawing, a file of words for --labels.")
@FORCE
@guarded
def figures(run: Path, names: tuple[str, ...], out: Path | None, slides: Slides, force: bool, **form: object) -> None:
    """Draw every FIGURE of the run in folder RUN, or those named, all in one style.

    Of the run: ladder; promise, a stance imposed and chosen; exposure, both readings with trainers equally exposed;
    icons, of 100 crises those that see a hit; dots, how far strikes scatter over draws. Of its scenario at the
    medians: tree, beliefs, quantal.

    With --steps each is saved twice on one layout, its axes under the question first, then with the answer; files
    are numbered in the order asked for, such as 01-ladder-1-axes.png and 01-ladder-2-answer.png.

    With --labels the figures speak any language: --words prints all that they show, to be put beside the lecturer's
    words, with a title and a caption for each.
    """
    from sim.drawing.saving import LOOKS, files_of, words_of
    from sim.work.folders import allow, taken

    how = Form(**form)  # type: ignore[arg-type]
    found = {figure.name: figure for figure in of_run(run)}
    if strange := [name for name in names if name not in found]:
        raise click.UsageError(f"the run has no figure {strange[0]!r}: it has {', '.join(found)}.")
    asked = [found[name] for name in dict.fromkeys(names or found)]
    if how.to_translate:
        click.echo(words_of(asked), nl=False)
        return
    if out is None:
        raise click.UsageError("--out must name a folder to save the figures in.")
    allow(out, "figures", replacing=force)  # before the work
    wanted = replace(slides.wanted(), formats=how.formats, looks=(*LOOKS, *([how.style] if how.style else ())))
    with taken(out, "figures", replacing=force) as place:
        files = files_of(asked, tell, wanted)
        try:
            wanted.labels.check(tell)
        except ValueError as fault:
            raise unusable(fault) from None
        place.put(in_order(files, [figure.name for figure in asked]) if slides.steps else files)
    many = sum(any(name.startswith((f"{each.name}.", f"{each.name}-")) for name in files) for each in asked)
    each = " in two steps each" * slides.steps
    click.echo(f"Saved in {out}: {many} figure{'s' * (many != 1)}{each} as {', '.join(how.formats)}.", err=True)
    click.echo(f"Next: {to_type('open', str(out))}", err=True)


def in_order(files: dict[str, bytes], names: list[str]) -> dict[str, bytes]:
    """Return files whose names begin with the place of their figure among those named, so that slides sort."""
    places = {name: f"{place:02}-" for place, name in enumerate(names, start=1)}
    return {places.get(re.split(r"[-.]", name)[0], "") + name: content for name, content in files.items()}


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
        raise unusable(f"{run} holds no run that can be drawn: {fault}") from None
    own = [figure_in_words(each, result.naming) for each in (*figure.figures(result), *findings.figures(result))]
    solved = {each.name: each for each in answer(solve_at(load(str(run / "scenario.toml")), play=Play())).figures()}
    return [*own, *(solved[name] for name in DRAWN if name in solved)]
