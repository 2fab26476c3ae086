"""What does ``sim robustness`` do?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sim.commands.completion import rung_names
from sim.commands.delivery import Delivery, deliver, with_delivery
from sim.commands.ending import refuse
from sim.commands.options import DRAWS, SEED, examples, number, on_scenario, one_of
from sim.commands.settings import pairs
from sim.telling.vocabulary import EVENTS

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario

QUANTITIES = ("france_payoff", "payoff_without_stance_value", *EVENTS)
"""As in `sim.analyses.robustness.regret`: stated here so that help needs no NumPy; a test compares the two."""


def read_ceilings(_: click.Context, option: click.Parameter, given: tuple[str, ...]) -> dict[str, float] | None:
    """Read RUNG=P pairs."""
    ceilings = {}
    for pair in given:
        outcome, _equals, chance = pair.partition("=")
        if outcome not in EVENTS:
            message = f"RUNG must be one of {', '.join(EVENTS)}; {pair!r} has {outcome!r}"
            raise click.BadParameter(message, param=option)
        try:
            ceilings[outcome] = float(chance)
        except ValueError:
            raise click.BadParameter(f"P must be a number, such as war=0.01; it is {pair!r}", param=option) from None
        if not 0 <= ceilings[outcome] <= 1:
            raise click.BadParameter(f"P must lie between 0 and 1; {pair!r} has {chance}", param=option)
    return ceilings or None


@click.command(
    short_help="Which stance holds up: regrets, classical rules, flips.",
    epilog=examples("sim robustness --by casualties", "sim robustness macron-2024 --ceiling war=0.01 --out robust"),
)
@on_scenario
@with_delivery
@DRAWS
@SEED
@one_of(
    "--by",
    QUANTITIES,
    "france_payoff",
    "What the regrets and flips that are shown go by; less is better, except of the payoff.",
)
@pairs(
    ("ceilings", "--ceiling", "RUNG=P"),
    read_ceilings,
    "Probability to stay at or under; may be given several times.  [default: casualties=0.05, war=0.001]",
    complete=rung_names,
)
@number("--hurwicz", click.FloatRange(0, 1), "A", "Weight of the rule of Hurwicz on the worst case.", default=0.5)
@click.option("--quiet", is_flag=True, help="Show no progress.")
def robustness(  # noqa: PLR0913 - one for each option
    scenario: Scenario,
    how: Delivery,
    by: str,
    ceilings: dict[str, float] | None,
    hurwicz: float,
    draws: int | None,
    seed: int | None,
    quiet: bool,
) -> None:
    """Print which stance holds up when nobody knows which draw is the world.

    For every draw: how far each doctrine falls short of the best one, its regret; which is best for France with and
    without what a stance is worth in itself (Ukraine is not counted). Then what the rules of Laplace, Wald
    (maximin), Hurwicz and Savage (minimax regret) advise, how often ceilings on rungs are kept, and for every uncertain
    parameter the smallest shift of its distribution after which another stance leads, with the evidence behind it.

    With --out, also saves robustness.json and the figures regrets and flips as .png, .svg and .csv.
    """
    from sim.analyses.robustness import analysis as study
    from sim.analyses.robustness.regret import comparable
    from sim.analyses.robustness.table import answer
    from sim.telling.progress import progress

    allowed = comparable(scenario.stances)
    refuse(
        by not in allowed, f"--by {by} needs two stances that can be struck; here --by is one of {', '.join(allowed)}"
    )
    with progress("Comparing", wanted=not quiet) as report:
        result = study.robustness(scenario, draws, seed, by=by, ceilings=ceilings, hurwicz=hurwicz, progress=report)
    deliver(answer(result), how)
