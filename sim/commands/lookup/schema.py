"""How does an editor learn what may stand in a scenario file?"""

from __future__ import annotations

import json
from pathlib import Path

import click

from sim.commands.ending import guarded
from sim.commands.options import examples


@click.command(
    short_help="A JSON Schema of scenario files, for editors.",
    epilog=examples("sim schema --out scenario.schema.json", "sim schema --game"),
)
@click.option("--game", is_flag=True, help="Of files that give a game outright.")
@click.option(
    "--out", "target", type=click.Path(path_type=Path), metavar="FILE", help="File to write, in place of printing."
)
@click.option("--force", is_flag=True, help="Overwrite the file if it is there.")
@guarded
def schema(game: bool, target: Path | None, force: bool) -> None:
    """Print a JSON Schema of scenario files, which lets an editor complete names and mark mistakes as they are typed.

    Save it beside your files, and put the line #:schema ./scenario.schema.json on top of each: editors with Taplo or
    Tombi, such as "Even Better TOML" for VS Code, then use it. sim check finds more.
    """
    from sim.lookup.schema import game_schema, scenario_schema
    from sim.work.saving import save_file

    text = json.dumps(game_schema() if game else scenario_schema(), indent=1, ensure_ascii=False)
    if target is None:
        click.echo(text)
        return
    save_file(target, f"{text}\n", force=force)
    click.echo(f"Wrote {target}. In files of its folder, put on top: #:schema ./{target.name}", err=True)
