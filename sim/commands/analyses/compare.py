"""What does `sim compare` do? It sets scenarios side by side on common draws, and says what each changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.commands.completion import scenario_names
from sim.commands.completion import settings as named_settings
from sim.commands.delivery import TABLE, Delivery, deliver, with_delivery
from sim.commands.ending import guarded, refuse, tell
from sim.commands.options import DRAWS, SEED, WORKERS, examples, number, with_play
from sim.commands.settings import pairs, read_settings
from sim.telling.faults import Fault, ScenarioError

if TYPE_CHECKING:
    from sim.crisis.play import Play
    from sim.scenario.scenario import Scenario

CENTRAL = "macron-2024"  # the scenario that is varied if none is named


def read_variants(
    context: click.Context, option: click.Parameter, given: tuple[str, ...]
) -> tuple[dict[str, float], ...]:
    """Read NAME=VALUE pairs, each a variant of its own."""
    return tuple(read_settings(context, option, (each,)) for each in given)


@click.command(
    short_help="Scenarios side by side on common draws.",
    epilog=examples(
        "sim compare my-scenario.toml",
        "sim compare --vary prior.resolute=0.3 --vary prior.resolute=0.6 --draws 16384",
    ),
)
@click.argument("scenarios", nargs=-1, metavar="[SCENARIO]...", shell_complete=scenario_names)
@pairs(
    ("variants", "--vary", "NAME=VALUE"),
    read_variants,
    "Add the first scenario with one parameter fixed; may be given several times.",
    complete=named_settings,
)
@pairs(
    ("settings", "--set", "NAME=VALUE"),
    read_settings,
    "Fix a parameter in all scenarios, such as prior.resolute=0.5; may be given several times.",
    complete=named_settings,
)
@number(
    "--against", click.IntRange(1), "N", "Which one the others are set against: its place, variants last.", default=1
)
@with_play
@with_delivery
@TABLE
@DRAWS
@SEED
@WORKERS
@click.option("--quiet", is_flag=True, help="Show no progress on standard error.")
@guarded
def compare(  # noqa: PLR0913 - one for each option
    scenarios: tuple[str, ...],
    variants: tuple[dict[str, float], ...],
    settings: dict[str, float],
    against: int,
    play: Play,
    how: Delivery,
    draws: int | None,
    seed: int | None,
    workers: int,
    quiet: bool,
    table: str | None,
) -> None:
    """Print what each scenario changes, compared with the first, and whose behaviour is behind it.

    Every scenario meets the same random numbers, so that the difference between two has an error of its own, often
    smaller than the errors of the two means suggest. Draws and seed are those of the first scenario unless given.
    One SCENARIO alone is compared with the one that it extends, or else with macron-2024. Without SCENARIO the variants
    are of macron-2024.

    With --out also saves a figure of each difference, named after the two, such as
    comparison-columnist-with-macron-2024.png, .svg and .csv.
    """
    from sim.analyses.compare import analysis as comparison
    from sim.analyses.compare.notes import differing
    from sim.analyses.compare.table import answer
    from sim.telling.progress import progress

    how = how.with_table(table)
    named = scenarios if variants or len(scenarios) != 1 else with_extended(scenarios[0], quiet=quiet)
    compared = all_scenarios(named or (CENTRAL,), settings, variants)
    refuse(len(compared) < 2, "there must be two scenarios to compare, or one and --vary NAME=VALUE")
    refuse(against > len(compared), f"--against must be at most {len(compared)}, the number of scenarios")
    if len(compared) == 2 and not (variants or quiet):
        tell(differing(compared[against - 1], compared[-against]))
    with progress("Comparing", wanted=not quiet) as report:
        found = comparison.compare(
            compared, draws=draws, seed=seed, play=play, against=against - 1, workers=workers, progress=report
        )
    deliver(answer(found), how)


def with_extended(source: str, *, quiet: bool) -> tuple[str, ...]:
    """Return the scenario that a file extends, or else the central one, and the file; say which it is."""
    from sim.scenario.library import bundled_scenarios, extended

    central, own = bundled_scenarios()[CENTRAL], bundled_scenarios().get(source, Path(source))
    if not own.is_file() or own.resolve() == central.resolve():
        return (source,)
    parent = extended(source)
    if not quiet:
        tell(f"{source} extends {parent.stem if parent else 'no scenario'}: compared with {(parent or central).stem}")
    return (str(parent) if parent and parent != central else CENTRAL, source)


def all_scenarios(
    sources: Sequence[str], settings: Mapping[str, float], variants: Sequence[Mapping[str, float]]
) -> list[Scenario]:
    """Return the scenarios and then the variants of the first; report all faults of all of them at once."""
    from sim.scenario.game_file import GameFile, load

    faults: list[Fault] = []
    found: list[Scenario] = []
    for source in sources:
        try:
            subject = load(source)
            if isinstance(subject, GameFile):
                faults.append(Fault(source, "it gives a game outright, with no uncertain parameters to draw"))
            else:
                found.append(subject.override(settings))
        except ScenarioError as error:
            faults += [fault for fault in error.faults if fault not in faults]
    for values in variants if found else ():
        try:
            found.append(found[0].override(values))
        except ScenarioError as error:
            faults += error.faults
    if faults:
        raise ScenarioError(faults)
    return found
