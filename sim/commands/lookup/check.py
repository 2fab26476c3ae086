"""Is a scenario file in order?"""

from __future__ import annotations

import click

from sim.commands.completion import scenario_names
from sim.commands.ending import WRONG_INPUT, guarded, leave, on_this_screen
from sim.commands.options import examples
from sim.telling.faults import ScenarioError

QUICK_DRAWS = 4096  # draws in which names that lose their meaning are looked for


@click.command(
    short_help="Validate scenario files.",
    epilog=examples("sim check macron-2024", "sim check scenarios/*.toml"),
)
@click.argument("files", nargs=-1, required=True, shell_complete=scenario_names)
@guarded
def check(files: tuple[str, ...]) -> None:
    """Validate scenario files; report all faults of all of them.

    Warns as well if the names of the types lose their meaning: in more than 1 % of draws costs come in the wrong
    order, such as a "resolute" France to whom fighting costs more than to a "bluffing" one, or in more than 10 % even
    a resolute France folds. It warns of games whose equilibria cannot be found, too. A warning alone leaves the exit
    code at 0.
    """
    from sim.games.closed_form.perfect_bayesian import solvable
    from sim.montecarlo import run as montecarlo
    from sim.montecarlo.told.words import label_warnings
    from sim.scenario.game_file import GameFile, game_is_fine, load
    from sim.scenario.writing import all_is_fine, pair_warnings
    from sim.solve.game_solution import check_sizes
    from sim.telling.names import speaker

    faults = []
    for file in files:
        try:
            scenario = load(file)
            if isinstance(scenario, GameFile):
                check_sizes(scenario)
        except ScenarioError as error:
            faults.append(on_this_screen(error))
            continue
        if isinstance(scenario, GameFile):
            click.echo(f"{file}: {game_is_fine(scenario)}")
            try:
                solvable(scenario.game.flat())
            except ValueError as refusal:
                click.echo(f"{file}: warning: sim solve needs --concept quantal: {refusal}", err=True)
            continue
        click.echo(f"{file}: {all_is_fine(scenario)}")
        if scenario.question:
            click.echo(f"{file}: for class: {scenario.question}")
        said = speaker(scenario.naming)
        for warning in [*pair_warnings(scenario), *label_warnings(montecarlo.run(scenario, QUICK_DRAWS))]:
            click.echo(f"{file}: warning: {said(warning)}", err=True)
    if faults:
        leave("\n".join(faults), WRONG_INPUT)
