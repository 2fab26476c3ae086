"""How is a campaign said in plain sentences? Findings for the titles, captions, and the figures in words."""

from __future__ import annotations

from sim.analyses.campaign.analysis import SURE, Campaign
from sim.montecarlo.words import RUNGS
from sim.telling.english import upper
from sim.telling.numbers import frequency
from sim.telling.vocabulary import EVENTS

FANS = ("q05", "q25", "q50", "q75", "q95")
"""Quantiles that the fans are made of."""

_WAYS = {
    None: "if France chooses",
    "rule_out": "with training ruled out",
    "ambiguous": "if France stays ambiguous",
    "commit": "if France commits",
}


def played(result: Campaign) -> str:
    """Return how a campaign is played, as a clause.

    Examples
    --------
    >>> import sim
    >>> played(sim.campaign(sim.load_scenario("macron-2024"), draws=16))
    'quantal play with rationality 5'
    """
    plan = result.plan
    how = f"quantal play with rationality {plan.rationality:g}" if plan.concept == "quantal" else "exact best replies"
    return f"{how}, after {plan.history} holds under {result.stance}" if plan.history else how


def step(result: Campaign) -> str:
    """Return what one step of a campaign is called: a month only where the scenario counts twelve encounters a year.

    Examples
    --------
    >>> import sim
    >>> step(sim.campaign(sim.load_scenario("macron-2024"), draws=16))
    'encounter'
    """
    return "month" if result.encounters_per_year == 12 else "encounter"


def calendar(result: Campaign) -> str:
    """Return how long the campaign takes, as a clause.

    Examples
    --------
    >>> import sim
    >>> calendar(sim.campaign(sim.load_scenario("macron-2024"), draws=16))
    'at 1 encounter a year, 24 encounters take 24 years'
    """
    rate, months = result.encounters_per_year, result.plan.months
    if rate == 12:
        return "a month is one encounter"
    years, one = f"{months / rate:.3g}", months == 1
    return (
        f"at {rate:g} encounter{'' if rate == 1 else 's'} a year, {_months(result)} take{'s' * one} "
        f"{years} year{'' if years == '1' else 's'}"
    )


def reached(result: Campaign, outcome: str) -> float:
    """Return the probability that an outcome has come about by the end, in [0, 1].

    Examples
    --------
    >>> import sim
    >>> reached(sim.campaign(sim.load_scenario("macron-2024"), sim.CampaignPlan(doctrine="rule_out"), draws=16), "war")
    0.0
    """
    return 1 - result.survival[outcome][-1]


def survival_finding(result: Campaign) -> str:
    """Return what the survival curves show, in one sentence without a full stop: how many campaigns see what.

    Examples
    --------
    >>> import sim
    >>> safe = sim.CampaignPlan(doctrine="rule_out")
    >>> survival_finding(sim.campaign(sim.load_scenario("macron-2024"), safe, draws=16))
    'With training ruled out nobody is there to be struck: every rung is zero by construction'
    """
    if result.plan.doctrine == "rule_out":
        return "With training ruled out nobody is there to be struck: every rung is zero by construction"
    way, months = _WAYS[result.plan.doctrine], _months(result)
    if reached(result, "strike") == 0:
        return upper(f"{way}, Russia never strikes in {months}")
    high = next(rung for rung in ("war", "retaliation", "casualties", "strike") if reached(result, rung) > 0)
    strikes, also = frequency(reached(result, "strike")), frequency(reached(result, high))
    second = "" if high == "strike" else f", {also} {EVENTS[high]}"
    return upper(f"{way}, {_counted(strikes)} see a strike within {months}{second}")


def belief_finding(result: Campaign) -> str:
    """Return what the belief fans show, in one sentence without a full stop: how often each side becomes sure.

    Examples
    --------
    >>> import sim
    >>> safe = sim.CampaignPlan(doctrine="rule_out")
    >>> belief_finding(sim.campaign(sim.load_scenario("macron-2024"), safe, draws=16))
    'With training ruled out, neither side learns anything about the other in 24 encounters'
    """
    way, months = _WAYS[result.plan.doctrine], _months(result)
    france, russia = result.belief["resolute"], result.belief["opportunist"]
    if all(fan[name][0] == fan[name][-1] for fan in (france, russia) for name in FANS):
        return upper(f"{way}, neither side learns anything about the other in {months}")
    of_france, of_russia = _counted(frequency(france["sure"][-1])), frequency(russia["sure"][-1])
    of_russia = {"always": "all", "never": "none"}.get(of_russia, of_russia)
    return upper(
        f"{way}, {of_france} leave Russia sure of France’s type after {months}, {of_russia} France of Russia’s"
    )


def survival_caption(result: Campaign) -> str:
    """Return what the marks of the survival figure mean.

    Examples
    --------
    >>> import sim
    >>> survival_caption(sim.campaign(sim.load_scenario("macron-2024"), draws=16))[:31]
    'At 1 encounter a year, 24 encou'
    """
    return (
        f"{upper(calendar(result))}; {played(result)}, on the scenario’s assumptions. Campaigns that ended, by a "
        "French fold or in war, stay in the curves and climb no further."
    )


def belief_caption(result: Campaign) -> str:
    """Return what the marks of the belief figure mean.

    Examples
    --------
    >>> import sim
    >>> belief_caption(sim.campaign(sim.load_scenario("macron-2024"), draws=16))[:32]
    'Fans: 5–95 % and 25–75 % of camp'
    """
    start = [frequency(result.belief[name]["sure"][0]) for name in ("resolute", "opportunist")]
    return (
        f"Fans: 5–95 % and 25–75 % of campaigns; {played(result)}. The mean stays level by Bayes’ rule: beliefs spread "
        f"without bias. Sure: below {100 * SURE:.0f} % or above {100 - 100 * SURE:.0f} %; "
        f"before {step(result)} 1: {start[0]} and {start[1]}. {upper(calendar(result))}."
    )


def survival_alt_text(result: Campaign) -> str:
    """Return the survival figure in words, for those who cannot see it.

    Parameters
    ----------
    result : Campaign
        From `sim.campaign`.

    Returns
    -------
    str
        Whole sentences, with the value of every curve after the first month and after the last.

    Examples
    --------
    >>> import sim
    >>> survival_alt_text(sim.campaign(sim.load_scenario("macron-2024"), draws=16)).count("by encounter 24")
    5
    """
    said = [
        f"{survival_finding(result)}.",
        f"Line chart of the probability of not having got so far, {step(result)} by {step(result)}.",
    ]
    last = result.plan.months
    for rung in RUNGS:
        first, end = (frequency(1 - result.survival[rung][month]) for month in (1, last))
        said.append(f"{rung}: reached {first} by {step(result)} 1, {end} by {step(result)} {last}.")
    return " ".join(said)


def belief_fans_alt_text(result: Campaign) -> str:
    """Return the belief figure in words, for those who cannot see it.

    Parameters
    ----------
    result : Campaign
        From `sim.campaign`.

    Returns
    -------
    str
        Whole sentences, with the quantiles of both beliefs at the beginning and at the end.

    Examples
    --------
    >>> import sim
    >>> belief_fans_alt_text(sim.campaign(sim.load_scenario("macron-2024"), draws=16)).count("encounter 24")
    2
    """
    said = [
        f"{belief_finding(result)}.",
        f"Two fan charts of beliefs over campaigns, {step(result)} by {step(result)}.",
    ]
    for name, whose in BELIEF_HEADS.items():
        fan = result.belief[name]
        start, end = (", ".join(f"{100 * fan[each][month]:.0f}" for each in FANS) for month in (0, -1))
        said.append(
            f"{whose}: 5, 25, 50, 75 and 95 per cent quantiles {start} per cent at the beginning, {end} per cent "
            f"after {step(result)} {result.plan.months}."
        )
    return " ".join(said)


BELIEF_HEADS = {
    "resolute": "Russia’s belief that France is resolute",
    "opportunist": "France’s belief that Russia is the opportunist",
}
"""What each belief is."""


def _months(result: Campaign) -> str:
    """Return the length in words."""
    return f"{result.plan.months} {step(result)}{'' if result.plan.months == 1 else 's'}"


def _counted(often: str) -> str:
    """Return a frequency as a number of campaigns."""
    return {"always": "all campaigns", "never": "no campaigns"}.get(often, f"{often} campaigns")
