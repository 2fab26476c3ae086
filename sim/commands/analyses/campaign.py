"""What does the same crisis do month after month, and what does history teach? The command `sim campaign`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from sim.analyses.campaign.plan import MOST_MONTHS, CampaignPlan
from sim.commands.completion import stance_names
from sim.commands.delivery import Delivery, deliver, with_delivery
from sim.commands.options import (
    DRAWS,
    SEED,
    WORKERS,
    examples,
    made_of_options,
    number,
    on_scenario,
    one_of,
    rationality,
)
from sim.commands.spelling import Command, known_stance
from sim.crisis.play import CONCEPTS, LAST_MOVES

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario

MOST_HISTORY = 1_000_000


def with_plan(command: Command) -> Command:
    """Give a command the plan of a campaign as one argument, from its options."""
    decorators = (
        one_of("--last-move", LAST_MOVES, "exact", "In quantal play: whether a France that is hit errs too."),
        number(
            "--history",
            click.IntRange(0, MOST_HISTORY),
            "N",
            "How often Russia held before month 1, in encounters like this one.  [default: the scenario's]",
        ),
        rationality("play"),
        one_of(
            "--concept",
            CONCEPTS,
            "quantal",
            "Quantal play teaches by degrees; in equilibrium one hold teaches nothing or everything.",
        ),
        click.option(
            "--doctrine",
            metavar="STANCE",
            shell_complete=stance_names,
            help="Stance that France is held to every month, such as rule_out, ambiguous or commit.  "
            "[default: France chooses]",
        ),
        number("--months", click.IntRange(1, MOST_MONTHS), "N", "Encounters in a row.", default=24),
    )
    return made_of_options(command, "plan", CampaignPlan, decorators)


@click.command(
    short_help="The same crisis month after month: survival and learning.",
    epilog=examples("sim campaign --doctrine ambiguous", "sim campaign macron-2024 --months 12 --history 5 --out year"),
)
@on_scenario
@with_plan
@DRAWS
@SEED
@with_delivery
@WORKERS
@click.option("--quiet", is_flag=True, help="Say nothing on standard error unless something goes wrong.")
def campaign(  # noqa: PLR0913 - one for each option
    scenario: Scenario,
    plan: CampaignPlan,
    draws: int | None,
    seed: int | None,
    how: Delivery,
    workers: int,
    quiet: bool,
) -> None:
    """Print how far campaigns of the same crisis, month after month, have got, and what both sides believe by then.

    A month is one encounter. The types of both sides stay as they are; each side watches and revises its belief by
    Bayes' rule: a strike or a hold tells of Russia, a signal, a fold or a stand of France. A French fold or a war ends
    a campaign. Both sides play each month as if it were the only one.
    """
    from sim.analyses.campaign.analysis import campaign as rolled
    from sim.analyses.campaign.table import answer
    from sim.telling.progress import progress

    if plan.doctrine is not None:
        plan = replace(plan, doctrine=known_stance("--doctrine", plan.doctrine, scenario.names))
    with progress("Playing", wanted=not quiet) as report:
        result = rolled(scenario, plan, draws=draws, seed=seed, workers=workers, progress=report)
    deliver(answer(result), how)
