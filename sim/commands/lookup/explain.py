"""What does a word mean?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import click

from sim.commands.completion import scenario_names, term_names
from sim.commands.ending import guarded
from sim.commands.options import examples


@click.command(
    short_help="What a term means: a glossary.",
    epilog=examples("sim explain D1", "sim explain audience cost --of taiwan"),
)
@click.argument("term", nargs=-1, shell_complete=term_names)
@click.option(
    "--of", "scenario", metavar="SCENARIO", shell_complete=scenario_names, help="A scenario whose own words count too."
)
@guarded
def explain(term: tuple[str, ...], scenario: str | None) -> None:
    """Print what TERM means, in two or three sentences, and where more is said; without TERM, all that is explained.

    It knows the terms of all outputs, every parameter, stance, type, rung, command and scenario, and with --of what a
    scenario calls them.
    """
    from sim.commands.spelling import to_type
    from sim.lookup.terms import every_term, found, glossary, near, term_lines, terms_lines
    from sim.lookup.unchecked import own_words

    if not term:
        click.echo("\n".join(terms_lines(glossary())))
        click.echo(f"Next: {to_type('explain', 'D1')}", err=True)
        return
    word, terms = " ".join(term), every_term([*_commands()], *own_words(scenario))
    meant = found(word, terms)
    if meant is None:
        close = near(word, terms)
        hint = f"did you mean {' or '.join(map(repr, close))}?" if close else f"{to_type('explain')} lists all terms"
        raise click.UsageError(f"no term is called {word[:60]!r}: {hint}")
    if meant.command[1:] == ("--help",):
        meant = replace(meant, says=f"A command: {_commands()[meant.command[0]].get_short_help_str(limit=200)}")
    click.echo("\n".join(term_lines(meant)))
    if meant.command:
        click.echo(f"Next: {to_type(*meant.command)}", err=True)


def _commands() -> Mapping[str, click.Command]:
    """Return the commands of this program."""
    program = click.get_current_context().find_root().command
    return program.commands if isinstance(program, click.Group) else {}
