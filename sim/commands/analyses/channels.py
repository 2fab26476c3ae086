"""Why does ambiguity deter? The step from one stance to another, split among the seven things that it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sim.commands.completion import stance_names
from sim.commands.delivery import Delivery, deliver, with_delivery
from sim.commands.ending import refuse
from sim.commands.options import DRAWS, SEED, WORKERS, examples, on_scenario, one_of
from sim.commands.spelling import Decorator, known_stance
from sim.telling.vocabulary import EVENTS

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario

MEASURES = (*EVENTS, "france_payoff")
"""As `sim.analyses.channels.shapley` has them: from words, so that help needs no NumPy; a test compares the two."""


def stance(option: str, name: str, said: str) -> Decorator:
    """Return the option of a stance."""
    return click.option(option, name, metavar="STANCE", help=said, shell_complete=stance_names)


@click.command(
    short_help="Why ambiguity deters: the step between two stances, split.",
    epilog=examples("sim channels --outcome casualties", "sim channels --from rule_out --to commit --json"),
)
@on_scenario
@stance("--from", "start", "First stance of the scenario.  [default: commit]")
@stance("--to", "end", "Second stance of the scenario.  [default: ambiguous]")
@one_of("--outcome", MEASURES, "strike", "What the step is to explain.")
@DRAWS
@SEED
@with_delivery
@WORKERS
@click.option("--quiet", is_flag=True, help="Show no progress.")
def channels(  # noqa: PLR0913 - one for each option
    scenario: Scenario,
    start: str | None,
    end: str | None,
    outcome: str,
    draws: int | None,
    seed: int | None,
    how: Delivery,
    workers: int,
    quiet: bool,
) -> None:
    """Print what makes the difference between two stances to which France is held.

    A change of stance changes seven things: whether the trainers are there (deployment) and can be found (pinpoint),
    what folding costs France (audience_cost), allied backing and disapproval (ally_backing, isolation), how far Russia
    trusts its estimate (ambiguity), and what the stance itself is worth (stance_value). The difference in the outcome
    is split among these channels by Shapley value: what each adds, averaged over all orders in which they could change.
    Stances are those of the scenario, such as rule_out, ambiguous and commit; where it lists no commit or no ambiguous,
    the step is by default from the last stance to the one before. Both readings of the worst case stand side by side,
    and both at equal exposure.

    With --out, a folder with channels.json and the waterfall as channels.png, .svg and .csv.
    """
    start, end = (
        given and known_stance(option, given, scenario.names) for option, given in (("--from", start), ("--to", end))
    )
    refuse(start is not None and start == end, f"--from and --to must be different stances; both are {start}")
    from sim.analyses.channels.analysis import channels as split
    from sim.analyses.channels.table import answer
    from sim.telling.progress import progress

    with progress("Splitting", wanted=not quiet) as report:
        result = split(scenario, draws, seed, start=start, end=end, outcome=outcome, workers=workers, progress=report)
    deliver(answer(result), how)
