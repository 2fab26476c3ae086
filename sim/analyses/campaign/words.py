"""How is a campaign said in plain sentences? Findings for the titles, captions, and the figures in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.analyses.campaign.history import recorded
from sim.analyses.campaign.months import SURE
from sim.analyses.campaign.plan import CampaignPlan
from sim.crisis.parameters import BELIEF
from sim.montecarlo.told.words import RUNGS
from sim.scenario.scenario import Scenario
from sim.telling.english import upper
from sim.telling.numbers import frequency
from sim.telling.vocabulary import EVENTS, under

if TYPE_CHECKING:
    from sim.analyses.campaign.analysis import Campaign

FANS = ("q05", "q25", "q50", "q75", "q95")
"""Quantiles that the fans are made of."""

BELIEF_HEADS = {
    "resolute": "Russia’s belief that France is resolute",
    "opportunist": "France’s belief that Russia is the opportunist",
}
"""What each belief is."""

FEWEST = 200
"""Draws that must count in effect for the figures to be worth reading."""


def played(result: Campaign) -> str:
    """Return how a campaign is played, as a clause."""
    plan = result.plan
    how = f"quantal play with rationality {plan.rationality:g}" if plan.concept == "quantal" else "exact best replies"
    how += ", the last move too" * (plan.last_rationality is not None)
    return f"{how}, after {plan.history} holds under {result.stance}" if plan.history else how


def step(result: Campaign) -> str:
    """Return what one step of a campaign is called: a month only where the scenario counts twelve encounters a year."""
    return "month" if result.encounters_per_year == 12 else "encounter"


def calendar(result: Campaign) -> str:
    """Return how long the campaign takes, as a clause."""
    rate, months = result.encounters_per_year, result.plan.months
    if rate == 12:
        return "a month is one encounter"
    years, one = f"{months / rate:.3g}", months == 1
    return (
        f"at {rate:g} encounter{'' if rate == 1 else 's'} a year, {_months(result)} take{'s' * one} "
        f"{years} year{'' if years == '1' else 's'}"
    )


def reached(result: Campaign, outcome: str) -> float:
    """Return the probability that an outcome has come about by the end, in [0, 1]."""
    return 1 - result.survival[outcome][-1]


def survival_finding(result: Campaign) -> str:
    """Return what the survival curves show, in one sentence without a full stop: how many campaigns see what."""
    way, months = _way(result), _months(result)
    if not result.target:
        comma = "" if way.startswith("with") else ","
        return upper(f"{way}{comma} nobody is there to be struck: every rung is zero by construction")
    if reached(result, "strike") == 0:
        return upper(f"{way}, Russia never strikes in {months}")
    strikes, hits = (frequency(reached(result, rung)) for rung in ("strike", "casualties"))
    second = f", {hits} {EVENTS['casualties']}" if reached(result, "casualties") > 0 else ""
    return upper(f"{way}, {_counted(strikes)} see a strike within {months}{second}")


def _way(result: Campaign) -> str:
    """Return what France does, as a condition."""
    doctrine = result.plan.doctrine
    if doctrine is None:
        return "if France chooses"
    return "with training ruled out" if doctrine == "rule_out" and not result.target else under(doctrine)


def belief_finding(result: Campaign) -> str:
    """Return what the belief fans show, in one sentence without a full stop: how often each side becomes sure."""
    way, months = _way(result), _months(result)
    fans = [result.belief[name] for name in BELIEF_HEADS]
    if all(fan[name][0] == fan[name][-1] for fan in fans for name in (*FANS, "mean", "sure")):
        return upper(f"{way}, neither side learns anything about the other in {months}")
    before, after = ([frequency(fan["sure"][month]) for fan in fans] for month in (0, -1))
    said = f"{way}, {_counted(after[0])} leave Russia sure of France’s type after {months}, {_some(after[1])} France"
    began = f" (before the first: {_some(before[0])} and {_some(before[1])})" if before != ["never", "never"] else ""
    return upper(f"{said} of Russia’s{began}")


def survival_caption(result: Campaign) -> str:
    """Return what the marks of the survival figure mean."""
    return (
        f"{upper(calendar(result))}; {played(result)}, on the scenario’s assumptions. Curves: how many have got so "
        f"far, {step(result)} by {step(result)}, log scale; above: by the last. Ended campaigns stay in."
    )


def belief_caption(result: Campaign) -> str:
    """Return what the marks of the belief figure mean."""
    level = "The mean stays level by Bayes’ rule: beliefs spread without bias."
    if result.apart:
        level = "France’s belief keeps its mean by Bayes’ rule; Russia’s began apart from the truth, and may drift."
    return (
        f"Fans: 5–95 % and 25–75 % of campaigns; {played(result)}. {level} Sure: below {100 * SURE:.0f} % or above "
        f"{100 - 100 * SURE:.0f} %. {upper(calendar(result))}."
    )


def survival_alt_text(result: Campaign) -> str:
    """Return the survival figure in words, for those who cannot see it: every curve after the first and last month."""
    one, last = step(result), result.plan.months
    said = [f"{survival_finding(result)}. Small charts of how many have got so far, {one} by {one}."]
    for rung in RUNGS:
        first, end = (frequency(1 - result.survival[rung][month]) for month in (1, last))
        said.append(f"{rung}: reached {first} by {one} 1, {end} by {one} {last}.")
    return " ".join(said)


def belief_fans_alt_text(result: Campaign) -> str:
    """Return the belief figure in words, for those who cannot see it: quantiles of both beliefs at either end."""
    one = step(result)
    said = [f"{belief_finding(result)}. Two fan charts of beliefs over campaigns, {one} by {one}."]
    for name, whose in BELIEF_HEADS.items():
        fan = result.belief[name]
        start, end = (", ".join(f"{100 * fan[each][month]:.0f}" for each in FANS) for month in (0, -1))
        said.append(
            f"{whose}: 5, 25, 50, 75 and 95 per cent quantiles {start} per cent at the beginning, {end} per cent "
            f"after {one} {result.plan.months}."
        )
    return " ".join(said)


def campaign_notes(plan: CampaignPlan, scenario: Scenario, *, draws: int, effective: float) -> list[str]:
    """Return what a reader must know, in whole sentences."""
    said = [
        _calendar(plan.months, scenario.encounters_per_year),
        "Both sides are myopic: each month they play as if it were the only one. Nobody builds a reputation, waits for "
        "a better month, or learns in order to use it later.",
        "A campaign ends when France folds or war comes; beliefs freeze then, and ended campaigns stay in every curve. "
        "A miss or a limited clash goes on to the next month. Costs and chances stay as they are throughout.",
        _concept(plan),
        "Probabilities follow from the scenario's assumptions and are no forecasts; curves average over its draws. "
        "Dice decide what the two sides see, the chances of each month are exact given that; errors cover both.",
    ]
    if BELIEF in scenario.entries:
        said.append(
            "Russia begins with a belief of its own that France is resolute, and both sides play by it; France's type "
            "is drawn from the truth, and outcomes are as likely as they are in truth. Russia itself expects no change "
            "of its belief; in the world it may drift."
        )
    if plan.doctrine is not None and plan.doctrine not in scenario.stances.struck:
        safe = "ruling out" if plan.doctrine == "rule_out" else plan.doctrine
        said.append(
            f"Under {plan.doctrine} every rung is zero by construction: nobody is there to be struck. Not a finding "
            f"that {safe} is safe, and holding teaches nothing."
        )
    if plan.history:
        times = "once" if plan.history == 1 else f"{plan.history:,} times"
        said.append(
            f"History: before the first month Russia held {times} in encounters like this one under "
            f"{recorded(scenario)}, choosing by logit with rationality {plan.rationality:g}. In every draw that moves "
            "prior.opportunist; and draws count by how likely they made the record, so that in effect "
            f"{effective:,.0f} of {draws:,} count."
        )
        if effective < FEWEST:
            said.append("So few draws count after this history that the figures are no more than a hint: ask for more.")
    return said


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
    last = "exact" if plan.last_move == "exact" else "by logit, too: either type of France can do either"
    return (
        f"{who} by logit with rationality {plan.rationality:g}{beside}: whoever has little at stake often errs, and "
        f"month after month errors add up. Read no curve without its rationality. Folding or standing is {last}."
    )


def _months(result: Campaign) -> str:
    """Return the length in words."""
    return f"{result.plan.months} {step(result)}{'' if result.plan.months == 1 else 's'}"


def _counted(often: str) -> str:
    """Return a frequency as a number of campaigns."""
    return {"always": "all campaigns", "never": "no campaigns"}.get(often, f"{often} campaigns")


def _some(often: str) -> str:
    """Return a frequency where campaigns have been named before."""
    return {"always": "all", "never": "none"}.get(often, often)
