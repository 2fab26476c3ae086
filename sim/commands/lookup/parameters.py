"""What numbers are there, and what does each mean?"""

from __future__ import annotations

import json

import click

from sim.commands.completion import parameter_names, scenario_names
from sim.commands.ending import guarded, tell
from sim.commands.options import examples

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
@click.option("--full", is_flag=True, help="Print every number, with its range and what that rests on.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, and nothing else, to standard output.")
@guarded
def parameters(name: str | None, scenario: str, full: bool, as_json: bool) -> None:
    """Print the numbers of a scenario in plain words; of those called NAME all there is to say.

    NAME is a number such as prior.resolute, the last part of one (pinpoint), a table (france), a stance (commit), or a
    word of what they are (allies). A table is printed with the range of each number and what it rests on; up to four
    numbers with unit, range, reason and the claims in full.
    """
    from sim.commands.spelling import to_type
    from sim.lookup.number_lines import details, overview, table_lines
    from sim.lookup.numbers import as_data, matching, numbers_of, speaking_of

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
    if not (name or full):
        lines = overview(numbers)
    elif len(found) > MOST_IN_FULL:
        lines = table_lines(numbers, found)
    else:
        lines = details(numbers, found)
    click.echo("\n".join(lines))
    if not name and not full:
        click.echo(f"Next: {to_type('parameters', 'pinpoint')}", err=True)


MOST_IN_FULL = 4  # numbers that are told with all that they rest on
