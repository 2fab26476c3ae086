"""What does a finished run say beside its first screen?"""

from __future__ import annotations

from pathlib import Path

import click

from sim.commands.completion import run_names
from sim.commands.delivery import FULL
from sim.commands.delivery import show as printed
from sim.commands.ending import guarded, refuse, unusable
from sim.commands.options import examples
from sim.commands.spelling import to_type

PARTS = ("ladder", "hinges", "equilibria", "ranges", "errors", "behind", "drivers", "notes")


@click.command(
    short_help="What a run says beside its first screen.",
    epilog=examples("sim show runs/macron-2024-1a2b3c4d", "sim show my-run drivers"),
)
@click.argument("folder", metavar="[RUN]", required=False, shell_complete=run_names)
@click.argument("part", default="")
@FULL
@guarded
def show(folder: str | None, part: str, full: bool) -> None:
    """List what else a run says, or print one PART of it.

    RUN is its folder, or the name of one in runs; without it, the latest run there. A part has a word of one table:
    ladder, hinges, equilibria, ranges, errors, behind, drivers; notes are what to read with care.
    """
    from sim.lookup.pictures import saved_folder
    from sim.montecarlo.result import load_result
    from sim.montecarlo.told.table import answer
    from sim.telling.faults import suggestion
    from sim.telling.rendering import in_parts, in_terminal, parts_of

    latest = folder in PARTS and not part and not Path(folder).exists()  # a part of the latest run
    part = folder or "" if latest else part
    refuse(bool(part) and full, "--full prints every part: name one, or give --full")
    try:
        run = saved_folder(None if latest else folder, Path())
    except ValueError as fault:
        raise unusable(fault) from None
    try:
        result = load_result(run)
    except ValueError as fault:
        raise unusable(f"{run} holds no run that can be shown: {fault}") from None
    said = answer(result)
    parts = list(parts_of(said))
    if part and part.casefold() not in parts:
        hint = suggestion(part, parts, otherwise=f"it has {', '.join(parts)}")
        raise unusable(f"the run has no part {part!r}: {hint}")
    printed(in_terminal(said, part.casefold()) if part or full else in_parts(said))
    rest = parts[parts.index(part.casefold()) + 1 :] if part else [] if full else parts[1:]
    following = ("show", str(run), rest[0]) if rest else ("solve", str(run / "scenario.toml"))
    click.echo(f"Next: {to_type(*following)}", err=True)
