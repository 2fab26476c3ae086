"""What must be known to read a campaign's figures? Whole sentences."""

from __future__ import annotations

from sim.analyses.campaign.plan import CampaignPlan
from sim.scenario.scenario import Scenario
from sim.telling.english import rounded_up, set_by_hand

FEWEST = 200
"""Draws that must count in effect for the figures to be worth reading."""


def campaign_notes(plan: CampaignPlan, scenario: Scenario, *, asked: int, draws: int, effective: float) -> list[str]:
    """Return what a reader must know, in whole sentences.

    Examples
    --------
    >>> from sim.scenario.scenario import load_scenario
    >>> notes = campaign_notes(CampaignPlan(history=0), load_scenario("macron-2024"), asked=16, draws=16, effective=16)
    >>> notes[0][:33]
    'A month here is one encounter: on'
    """
    said = set_by_hand(scenario.settings)
    said += [
        _calendar(plan.months, scenario.encounters_per_year),
        "Both sides are myopic: each month they play as if it were the only one. Nobody builds a reputation, waits for "
        "a better month, or learns in order to use it later.",
        "A campaign ends when France folds or war comes; beliefs freeze then, and ended campaigns stay in every curve. "
        "A miss or a limited clash goes on to the next month. Costs and chances stay as they are throughout.",
        _concept(plan),
        "Probabilities follow from the scenario's assumptions and are no forecasts; curves average over its draws. "
        "Dice decide what the two sides see, the chances of each month are exact given that; errors cover both.",
    ]
    if plan.doctrine == "rule_out":
        said.append(
            "Under rule_out every rung is zero by construction: nobody is there to be struck. Not a finding that "
            "ruling out is safe, and holding teaches nothing."
        )
    if plan.history:
        said.append(
            f"History: before the first month Russia held {_times(plan.history)} in encounters like this one under "
            f"{scenario.history[1]}, choosing by logit with rationality {plan.rationality:g}. In every draw that moves "
            "prior.opportunist; and draws count by how likely they made the record, so that in effect "
            f"{effective:,.0f} of {draws:,} count."
        )
        if effective < FEWEST:
            said.append("So few draws count after this history that the figures are no more than a hint: ask for more.")
    return said + rounded_up(asked, draws)


def _calendar(months: int, a_year: float) -> str:
    """Return how months relate to the scenario's encounters."""
    years = months / a_year
    return (
        f"A month here is one encounter: one signal, one decision. The scenario counts {a_year:g} "
        f"encounter{'' if a_year == 1 else 's'} a year; at that rate {months} of them take {years:.3g} "
        f"year{'' if years == 1 else 's'}."
    )


def _concept(plan: CampaignPlan) -> str:
    """Return how the sides choose."""
    if plan.concept == "equilibrium":
        return (
            "Choices are exact best replies (without a doctrine: the equilibrium best for France). Within a draw such "
            "play is mostly pure, so one hold teaches nothing or everything; --concept quantal teaches by degrees."
        )
    who = "Both sides choose" if plan.doctrine is None else "France is held to its stance, Russia chooses"
    beside = "" if plan.doctrine is None else " (sim run has it choose exactly)"
    return (
        f"{who} by logit with rationality {plan.rationality:g}{beside}: whoever has little at stake often errs, and "
        "month after month errors add up. Read no curve without its rationality. Folding or standing is exact."
    )


def _times(count: int) -> str:
    """Return how often."""
    return "once" if count == 1 else f"{count:,} times"
