"""What numbers are there, and what does each mean?"""

from __future__ import annotations

import json

import click

from sim.commands.completion import parameter_names, scenario_names
from sim.commands.ending import guarded, tell, unusable
from sim.commands.options import examples
from sim.commands.spelling import again, to_type


def not_a_scenario(name: str | None) -> None:
    """End if a scenario is named where a number or a claim is wanted: whose numbers is said with --of."""
    from sim.scenario.library import bundled_scenarios

    if name and (name.endswith(".toml") or name in bundled_scenarios()):
        asked = click.get_current_context().info_name or ""
        raise unusable(f"{name} is a scenario: {to_type(asked, '--of', name)}")


OF = click.option(
    "--of",
    "scenario",
    default="macron-2024",
    show_default=True,
    metavar="SCENARIO",
    shell_complete=scenario_names,
    help="Whose numbers.",
)


@click.command(
    short_help="What each number means, its range, and what it rests on.",
    epilog=examples("sim parameters pinpoint", "sim parameters --of columnist --full"),
)
@click.argument("name", required=False, shell_complete=parameter_names)
@OF
@click.option("--full", is_flag=True, help="Print every number, or all there is to say of those called NAME.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, and nothing else, to standard output.")
@guarded
def parameters(name: str | None, scenario: str, full: bool, as_json: bool) -> None:
    """Print the numbers of a scenario in plain words; of those called NAME more.

    NAME is a number such as prior.resolute, the last part of one (pinpoint), a table (france), a stance (commit), or a
    word of what they are (allies): as much of them as fits a screen, with --full also the claims that they rest on.
    """
    from sim.lookup.number_lines import details, on_a_screen, overview, table_lines
    from sim.lookup.numbers import as_data, matching, numbers_of, speaking_of

    not_a_scenario(name)
    numbers = numbers_of(scenario)
    found, taken = matching(numbers, name) if name else (list(numbers.every), "")
    if not found and (found := speaking_of(numbers, name or "")):
        tell(f"no parameter is called {name!r}; this is what speaks of it")
    if not found:
        raise click.UsageError(f"no parameter is called {name!r}: {to_type('parameters', '--full')} lists all.")
    if taken:
        tell(f"no parameter is called {name!r}; this is {taken!r}")
    if as_json:
        rows = [as_data(each) for each in found]
        click.echo(json.dumps({"schema": 1, "scenario": numbers.scenario.name, "parameters": rows}, indent=1))
        return
    everything = (details if name else table_lines)(numbers, found)
    lines = everything if full else on_a_screen(numbers, found) if name else overview(numbers)
    click.echo("\n".join(lines))
    if lines != everything:
        click.echo(f"Next: {again('--full' if name else 'pinpoint')}", err=True)
