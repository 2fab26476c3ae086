"""How is a regime map asked for? Two parameters, their ranges, and what else to show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from sim.commands.completion import parameter_names, stance_names
from sim.commands.delivery import Delivery, deliver, with_delivery
from sim.commands.ending import refuse, unusable
from sim.commands.options import DRAWS, SEED, WORKERS, examples, number, on_scenario, one_of, with_play
from sim.commands.spelling import Decorator, choice, known_stance
from sim.telling.vocabulary import EVENTS

if TYPE_CHECKING:
    from sim.analyses.regimes.many_points import Report
    from sim.analyses.regimes.regime_map import RegimeMap
    from sim.crisis.play import Play
    from sim.scenario.scenario import Scenario

OUTCOMES = tuple(EVENTS)
"""As `sim.analyses.regimes.many_points.Question` has them: from words, so that help needs no NumPy; a test compares."""

FEWEST_NODES, MOST_NODES = 2, 1000  # nodes that `sim.analyses.regimes.analysis` allows; the same test compares them


def axis(option: str, default: str, said: str) -> Decorator:
    """Return the option of an axis: a parameter."""
    return click.option(
        option, metavar="NAME", default=default, show_default=True, help=said, shell_complete=parameter_names
    )


@click.command(
    short_help="Regime map: where does the crisis tip?",
    epilog=examples(
        "sim sweep --x prior.resolute --y signal.commit.stance_value --outcome war",
        "sim sweep --y france.war_cost.resolute --over draws --out map",
    ),
)
@on_scenario
@axis("--x", "prior.resolute", "Parameter across.")
@axis("--y", "signal.commit.stance_value", "Parameter up.")
@click.option("--x-range", type=(float, float), metavar="LOW HIGH", help="Its range.  [default: 1 to 99 % quantile]")
@click.option("--y-range", type=(float, float), metavar="LOW HIGH", help="Its range.  [default: 1 to 99 % quantile]")
@click.option("--outcome", type=choice(OUTCOMES), help="Show how likely this is, as contours.")
@click.option(
    "--doctrine",
    metavar="STANCE",
    shell_complete=stance_names,
    help="A stance with a target, such as commit: of the break-even lines, and of the contours.  [default: lines for "
    "ambiguous, contours in play]",
)
@one_of("--over", ("central", "draws"), "central", "All other parameters at their medians, or drawn.")
@number(
    "--grid", click.IntRange(FEWEST_NODES, MOST_NODES), "N", "Nodes along each axis.  [default: 200; over draws 25]"
)
@DRAWS
@SEED
@with_play
@with_delivery
@WORKERS
@click.option("--quiet", is_flag=True, help="Show no progress.")
def sweep(scenario: Scenario, play: Play, how: Delivery, quiet: bool, **asked: object) -> None:
    """Print which kinds of play hold over two parameters, and how far the baseline is from a border.

    A kind of play, or regime, is the family of the equilibrium, who sends what, and who strikes after what is sent. All
    other parameters stay at their medians, so that a map is one slice of the model. With --over draws they are drawn
    instead, 1,024 times at each node unless --draws says otherwise, and the most frequent regime is shown.

    With --out, saves the map as regimes.png, .svg and .csv (the nodes), and sweep.json.
    """
    from sim.analyses.regimes.table import answer
    from sim.telling.progress import progress

    with progress("Solving", wanted=not quiet) as report:
        found = found_map(scenario, play, report, asked)
    deliver(answer(found), how)


def found_map(scenario: Scenario, play: Play, report: Report | None, asked: Mapping[str, Any]) -> RegimeMap:
    """Return the map that the options ask for, or end with what is wrong with them."""
    from sim.analyses.regimes import analysis as regimes
    from sim.analyses.regimes.axes import axis_of
    from sim.analyses.regimes.many_points import Question

    central = asked["over"] == "central"
    refuse(central and (asked["draws"], asked["seed"]) != (None, None), "--draws and --seed need --over draws")
    refuse(central and asked["workers"] > 1, "--workers needs --over draws: a map at central values needs none")
    refuse(asked["x"] == asked["y"], f"--x and --y must be different parameters; both are {asked['x']}")
    axes = axis_of(scenario, asked["x"], asked["x_range"]), axis_of(scenario, asked["y"], asked["y_range"])
    held = asked["doctrine"] and known_stance("--doctrine", asked["doctrine"], scenario.stances.struck)
    try:
        question = Question(play, asked["outcome"], held)
    except ValueError as fault:
        raise unusable(fault) from None
    grid = {} if asked["grid"] is None else {"grid": asked["grid"]}
    if central:
        return regimes.sweep(scenario, axes, question, report=report, **grid)
    draws = asked["draws"] or regimes.DRAWS
    drawn = {"draws": draws, "seed": asked["seed"], "workers": asked["workers"]}
    return regimes.sweep_draws(scenario, axes, question, **drawn, report=report, **grid)
