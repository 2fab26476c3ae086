"""What is there to run, to solve and to look at again?"""

from __future__ import annotations

from pathlib import Path

import click

from sim.commands.ending import guarded
from sim.commands.options import examples


@click.command(
    short_help="Scenarios, textbook games, and the runs here.", epilog=examples("sim list", "sim list --full")
)
@click.option("--full", is_flag=True, help="Print every title, question and run.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, and nothing else, to standard output.")
@guarded
def list(full: bool, as_json: bool) -> None:
    """Print what can be run: the bundled scenarios, your own in this folder, textbook games; and the runs here.

    A scenario that only changes numbers of another is a variant of it. Without --full at most 25 lines: variants and
    games by name, and the latest runs.
    """
    import json

    from sim.commands.spelling import to_type
    from sim.lookup.listing import as_data, lines

    if as_json:
        click.echo(json.dumps(as_data(Path()), indent=1))
        return
    for line in lines(Path(), full=full):
        click.echo(line)
    click.echo(f"Next: {to_type('run', 'macron-2024') if full else to_type('list', '--full')}", err=True)
