"""How does an answer get out? As JSON or for a reader on standard output, and into a folder with its figures."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.commands.ending import guarded, interrupted, reason, refuse, tell, unusable
from sim.commands.options import decorated
from sim.commands.spelling import Command, again, choice
from sim.telling.essay import FORMS, written

if TYPE_CHECKING:
    from sim.drawing.labels import Labels
    from sim.drawing.saving import Wanted
    from sim.telling.answer import Answer
    from sim.work.folders import Place

JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, and nothing else, to standard output.")
FULL = click.option("--full", is_flag=True, help="Print all there is to say, in place of a first screen.")
TABLE = click.option(
    "--table", type=choice(FORMS), help="Print one table for an essay, and nothing else, to standard output."
)
FORCE = click.option("--force", is_flag=True, help="Replace an earlier answer of this command in the folder.")
STEPS = click.option(
    "--steps", is_flag=True, help="Save each figure twice, its axes first, then with the answer, nothing moved."
)
LABEL = click.option(
    "--label", "pairs", metavar="WORD=WORDS", multiple=True,
    help="Words in place of one that figures show, such as strike=Angriff; may be given several times.",
)  # fmt: skip
LABELS = click.option(
    "--labels", "words", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE",
    help="A TOML file of such words, and of titles and captions: sim figures --words begins one.",
)  # fmt: skip


@dataclass(frozen=True)
class Slides:
    """How figures are saved: in two steps or whole at once, and in whose words."""

    steps: bool = False
    pairs: tuple[str, ...] = ()
    words: Path | None = None

    @functools.cached_property
    def labels(self) -> Labels:
        """Return the words in place of ours; wrong ones end the command."""
        from sim.drawing.labels import read_labels

        try:
            return read_labels(self.words, self.pairs)
        except ValueError as fault:
            raise unusable(fault) from None

    def wanted(self) -> Wanted:
        """Return how all figures are wanted."""
        from sim.drawing.saving import Wanted

        return Wanted(steps=self.steps, labels=self.labels)


def with_slides(command: Command) -> Command:
    """Give a command `--steps`, `--label` and `--labels` as one argument, `slides`."""

    @functools.wraps(command)
    def with_options(steps: bool, pairs: tuple[str, ...], words: Path | None, **options: object) -> None:
        slides = Slides(steps, pairs, words)
        if pairs or words:
            slides.labels  # noqa: B018 - wrong ones are told before the work, which may take minutes
        command(slides=slides, **options)

    return decorated(with_options, (LABELS, LABEL, STEPS))


@dataclass(frozen=True)
class Delivery:
    """How an answer is wanted: as JSON or for a reader, and saved in which folder, if in any."""

    as_json: bool
    full: bool
    out: Path | None
    force: bool
    kind: str  # name of the command: an answer of another is never replaced, one of its own by force
    table: str | None = None  # as one table in this form, for an essay
    slides: Slides = Slides()

    def with_table(self, form: str | None) -> Delivery:
        """Return how an answer is wanted that may be one table; only one way of printing can be."""
        refuse_two(as_json=self.as_json, full=self.full, table=form)
        return replace(self, table=form)


def refuse_two(*, as_json: bool, full: bool, table: str | None) -> None:
    """End if an answer is wanted as a table and in another way."""
    refuse(table is not None and (as_json or full), "--table, --json and --full exclude each other")


def deliver(answer: Answer, how: Delivery) -> None:
    """Save an answer if the options name a folder, then its figures, and print it as the options ask."""
    from sim.work.folders import taken
    from sim.work.manifest import MANIFEST

    saved: list[str] = []

    def save() -> None:
        if how.out is not None:
            with taken(how.out, how.kind, replacing=how.force) as place:
                place.put(answer.files())
                saved.extend([*answer.files(), *add_figures(answer, place, slides=how.slides)])

    try:
        present(answer, save, as_json=how.as_json, full=how.full, table=how.table)
    except KeyboardInterrupt:
        if how.out is not None and (how.out / MANIFEST).exists():
            interrupted(f"an answer is in {how.out}")
        raise
    if saved:
        pictures = [name for name in saved if name.endswith(".png")]
        drawn = f", {', '.join(pictures)}" if len(pictures) < 3 else f", {len(pictures)} pictures"
        drawn *= bool(pictures)
        click.echo(f"Saved in {how.out}: {answer.name}.json{drawn}.", err=True)
    if not (how.as_json or how.full or how.table or click.get_current_context().params.get("quiet")):
        click.echo(f"Next: {again('--full')}", err=True)


def present(answer: Answer, save: Callable[[], object], *, as_json: bool, full: bool, table: str | None = None) -> None:
    """Save an answer and print it; should it not be possible to save it, it is printed all the same."""
    from sim.telling.rendering import first_screen, in_terminal

    shown = dict(answer.data) if as_json else in_terminal(answer) if full else first_screen(answer)
    if table and answer.essay:
        shown = written(answer.essay, table)
    try:
        save()
    except OSError:
        show(shown)
        raise
    show(shown)


def show(answer: object) -> None:
    """Print JSON, a text as it is, or what Rich can render, to standard output."""
    if isinstance(answer, str):
        click.echo(answer)
        return
    if isinstance(answer, dict):
        click.echo(json.dumps(answer, indent=1, allow_nan=False))
        return
    from rich.console import Console

    Console(highlight=False, markup=False, emoji=False).print(answer)


def add_figures(
    answer: Answer, place: Place, say: Callable[[str], object] = tell, *, slides: Slides = Slides()
) -> list[str]:
    """Draw the figures of a saved answer, and save them; whatever fails costs a line, and not the answer."""
    try:
        from sim.drawing.saving import drawn

        place.add(files := drawn(answer, say, slides.wanted()))
    except Exception as fault:  # noqa: BLE001 - a library that cannot be loaded, a full disk: the answer stands
        say(f"no figures: {reason(fault) if isinstance(fault, OSError) else fault}")
        return []
    return [*files]


def with_delivery(command: Command) -> Command:
    """Give a command the options `--json`, `--out`, those of slides and `--force` as one argument, `how`."""

    @functools.wraps(command)
    def with_options(
        as_json: bool, full: bool, out: Path | None, slides: Slides, force: bool, **options: object
    ) -> None:
        asked = slides != Slides()
        refuse(asked and out is None, "--steps, --label and --labels say how figures are saved: --out names the folder")
        kind = click.get_current_context().info_name or ""
        if out is not None:
            from sim.work.folders import allow

            allow(out, kind, replacing=force)  # before the work, which may take minutes
        command(how=Delivery(as_json, full, out, force, kind, slides=slides), **options)

    out = click.option("--out", type=click.Path(path_type=Path), help="Folder to save the answer and its figures in.")
    return decorated(guarded(with_slides(with_options)), (FORCE, out, FULL, JSON))
