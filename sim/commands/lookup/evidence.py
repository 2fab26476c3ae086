"""Which number rests on which claim?"""

from __future__ import annotations

import json

import click

from sim.commands.completion import claim_names
from sim.commands.ending import guarded, tell
from sim.commands.lookup.parameters import OF, not_a_scenario
from sim.commands.options import examples


@click.command(
    short_help="Which number rests on which claim, and who says it.",
    epilog=examples("sim evidence strike-needs-location", "sim evidence prior.resolute --of columnist"),
)
@click.argument("name", metavar="[PARAMETER|CLAIM]", required=False, shell_complete=claim_names)
@OF
@click.option("--full", is_flag=True, help="Print every claim, and every number with its claims.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, and nothing else, to standard output.")
@guarded
def evidence(name: str | None, scenario: str, full: bool, as_json: bool) -> None:
    """Print which numbers of a scenario rest on which claims, and who makes them.

    Of a CLAIM: what is said, by whom, where, and the numbers that rest on it. Of a PARAMETER: its claims in full.
    """
    from sim.commands.spelling import again, to_type
    from sim.lookup.evidence_lines import about, as_data, every, overview
    from sim.lookup.numbers import numbers_of

    not_a_scenario(name)
    numbers = numbers_of(scenario)
    if as_json:
        click.echo(json.dumps(as_data(numbers, name), indent=1, ensure_ascii=False))
        return
    if not name:
        click.echo("\n".join(every(numbers) if full else overview(numbers)))
        if not full:
            click.echo(f"Next: {again('prior.resolute')}", err=True)
        return
    lines, taken = about(numbers, name, full=full)
    if not lines:
        raise click.UsageError(
            f"no claim and no parameter is called {name!r}: {to_type('evidence', '--full')} lists all."
        )
    if taken:
        tell(f"no claim and no parameter is called {name!r}; this is {taken!r}")
    click.echo("\n".join(lines))
    if lines != about(numbers, name, full=True)[0]:
        click.echo(f"Next: {again('--full')}", err=True)
