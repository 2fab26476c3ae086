"""How does one begin a scenario of one's own?"""

from __future__ import annotations

from pathlib import Path

import click

from sim.commands.completion import scenario_names
from sim.commands.ending import guarded, unusable
from sim.commands.options import examples


@click.command(
    short_help="Start a scenario of your own: a commented file.",
    epilog=examples("sim new my-crisis", "sim new louder --from tied-hands --force"),
)
@click.argument("name")
@click.option(
    "--from",
    "source",
    default="macron-2024",
    show_default=True,
    metavar="SCENARIO",
    shell_complete=scenario_names,
    help="The scenario to start from.",
)
@click.option("--force", is_flag=True, help="Overwrite the file if it is there.")
@guarded
def new(name: str, source: str, force: bool) -> None:
    """Write NAME.toml in this folder: a scenario that runs at once and changes one number, as an example.

    It takes everything else from the scenario that it extends, and lists each of its numbers in a commented line of its
    own: take away the # and change what you see differently.
    """
    from sim.commands.spelling import to_type
    from sim.lookup.starting import SCHEMA_FILE, extended, file_name, new_file
    from sim.work.saving import save_file

    try:
        file = file_name(name)
        extends = extended(source, Path())
    except ValueError as fault:
        raise unusable(fault) from None
    top = f"#:schema ./{SCHEMA_FILE}\n" if Path(SCHEMA_FILE).is_file() else ""  # for an editor
    save_file(Path(file), top + new_file(Path(file).stem, source, extends), force=force)
    click.echo(f"Wrote {file}. It changes one number as an example: edit it, then compare.", err=True)
    click.echo(f"Next: {to_type('compare', file)}", err=True)
