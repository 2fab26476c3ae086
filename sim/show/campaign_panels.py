"""Which questions does a campaign answer? One small table each."""

from __future__ import annotations

from sim.crisis.ladder import OUTCOMES
from sim.show.campaign_words import BELIEF_HEADS, FANS, calendar, played, step
from sim.show.numbers import frequency, half_width, percent, points
from sim.show.panels import Panel
from sim.show.phrases import provenance
from sim.show.tables import Answer
from sim.study.campaign import Campaign


def campaign_answer(result: Campaign) -> Answer:
    """Return what a campaign says: tables, and what to bear in mind.

    Parameters
    ----------
    result : Campaign
        From `sim.campaign`.

    Returns
    -------
    Answer
        To be shown by `in_terminal` or `in_html`.

    Examples
    --------
    >>> import sim
    >>> answer = campaign_answer(sim.campaign(sim.load_scenario("macron-2024"), draws=16))
    >>> answer.panels[0].columns
    ('by encounter …', '1', '6', '12', '24', '±')
    """
    return Answer(
        result.title, provenance(result, counted="campaigns"), [_reached(result), *_believed(result)], result.notes
    )


def shown_months(months: int) -> list[int]:
    """Return the months that a table has room for: the first, the last, and some that double in between.

    Examples
    --------
    >>> shown_months(24), shown_months(1), shown_months(7)
    ([1, 6, 12, 24], [1], [1, 3, 7])
    """
    between = [month for month in (3, 6, 12, 24, 48, 96) if 1 < month <= months / 2]
    return sorted({1, months, *between[-2:]})


def _reached(result: Campaign) -> Panel:
    """Return how likely each outcome is by some months, and the largest error."""
    months = shown_months(result.plan.months)
    rows = []
    for outcome in OUTCOMES:
        widths = [half_width(each) for each in result.survival_se[outcome]]
        chances = [(1 - result.survival[outcome][month], widths[month]) for month in months]
        cells = [_cell(chance, width) for chance, width in chances]
        rows.append((outcome, *cells, points(max(widths))))
    rows.append(("still going", *(percent(result.going[month]) for month in months), ""))
    plan = result.plan
    who = "France chooses its stance every time" if plan.doctrine is None else f"France is held to {plan.doctrine}"
    return Panel(
        "How likely is it that a campaign has got at least so far?",
        f"Probability by the end of each {step(result)}; {who}; {calendar(result)}; "
        f"{played(result)}. Campaigns end when France folds (backdown) or "
        "in war. ±: half-width of the widest 95 % interval in the row, in percentage points.",
        (f"by {step(result)} …", *map(str, months), "±"),
        rows,
    )


def _cell(chance: float, width: float) -> str:
    """Return a probability as per cent and, unless it is exactly 0, as a count of cases."""
    return f"{percent(chance, error=width)}\n{frequency(chance)}" if chance else percent(chance)


def _believed(result: Campaign) -> list[Panel]:
    """Return the quantiles of both beliefs by some months."""
    months = [0, *shown_months(result.plan.months)]
    names = {"q05": "5 %", "q25": "25 %", "q50": "median", "q75": "75 %", "q95": "95 %"}
    panels = []
    for name, whose in BELIEF_HEADS.items():
        fan = result.belief[name]
        rows = [(names[each], *(f"{100 * fan[each][month]:.1f} %" for month in months)) for each in FANS]
        rows.append(("mean", *(percent(fan["mean"][m], error=half_width(fan["se"][m])) for m in months)))
        rows.append(("sure", *(percent(fan["sure"][month]) for month in months)))
        panels.append(
            Panel(
                f"What is {whose}?",
                f"Quantiles over campaigns after each {step(result)}. The mean cannot drift: whoever believes by "
                "Bayes’ rule expects no change. Sure: share of campaigns with a belief below 5 % or above 95 %.",
                (f"after {step(result)} …", *map(str, months)),
                rows,
            )
        )
    return panels
