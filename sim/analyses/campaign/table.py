"""Which questions does a campaign answer? One small table each."""

from __future__ import annotations

from sim.analyses.campaign.analysis import Campaign
from sim.analyses.campaign.words import BELIEF_HEADS, FANS, belief_finding, calendar, played, step, survival_finding
from sim.crisis.ladder import OUTCOMES
from sim.montecarlo.told.words import RUNG_WORDS, RUNGS
from sim.telling.answer import Answer, Figure, Table
from sim.telling.numbers import frequency, half_width, percent, points


def answer(result: Campaign) -> Answer:
    """Return what a campaign says: tables, and what to bear in mind."""

    def figures() -> list[Figure]:
        from sim.analyses.campaign.figures import figures

        return figures(result)

    stamp, tables = result.stamp(counted="campaigns"), [_reached(result), *_moves(result), *_believed(result)]
    found, first = f"{survival_finding(result)}. {belief_finding(result)}", _brief(result)
    data, naming = result.to_dict(), result.naming
    return Answer("campaign", result.title, stamp, tables, result.notes, data, found, first, figures, naming=naming)


def _brief(result: Campaign) -> Table:
    """Return the first table of all: how many campaigns have got so far, rung by rung."""
    months = shown_months(result.plan.months)
    rows = [(RUNG_WORDS[rung], *(frequency(1 - result.survival[rung][month]) for month in months)) for rung in RUNGS]
    erring = (
        " Both sides err now and then, the less so the more is at stake, and one after the other their errors add up: "
        "other rationality, other curves."
    ) * (result.plan.concept == "quantal")
    return Table(
        "",
        f"Campaigns that have got so far by the {step(result)} above: each is one signal and one decision, and no span "
        f"of time. Players learn and do not plan ahead.{erring}",
        (f"by {step(result)} …", *map(str, months)),
        [*rows, ("still going", *(frequency(result.going[month]) for month in months))],
    )


def shown_months(months: int) -> list[int]:
    """Return the months that a table has room for: the first, the last, and some that double in between."""
    between = [month for month in (3, 6, 12, 24, 48, 96) if 1 < month <= months / 2]
    return sorted({1, months, *between[-2:]})


def _reached(result: Campaign) -> Table:
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
    return Table(
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


def _moves(result: Campaign) -> list[Table]:
    """Return what has come about by the end whether or not a France that is hit errs too; none without quantal play."""
    if not result.by_last_move or not result.target:
        return []
    exact, logit = (result.by_last_move[move] for move in ("exact", "logit"))
    return [
        Table(
            "What if a France that is hit errs, too?",
            f"Probability by the end, from {exact['draws']:,.0f} of the campaigns. Exact: France folds or stands as "
            "its costs say. Logit: it chooses with the same rationality as in all else.",
            (f"by {step(result)} {result.plan.months}", "exact", "logit"),
            [(outcome, percent(exact[outcome]), percent(logit[outcome])) for outcome in OUTCOMES],
        )
    ]


def _believed(result: Campaign) -> list[Table]:
    """Return the quantiles of both beliefs by some months."""
    months = [0, *shown_months(result.plan.months)]
    names = {"q05": "5 %", "q25": "25 %", "q50": "median", "q75": "75 %", "q95": "95 %"}
    panels = []
    for name, whose in BELIEF_HEADS.items():
        fan = result.belief[name]
        rows = [(names[each], *(f"{100 * fan[each][month]:.1f} %" for month in months)) for each in FANS]
        rows.append(("mean", *(percent(fan["mean"][m], error=half_width(fan["se"][m])) for m in months)))
        rows.append(("sure", *(percent(fan["sure"][month]) for month in months)))
        drift = "The mean cannot drift: whoever believes by Bayes’ rule expects no change."
        if result.apart and name == "resolute":
            drift = "The mean may drift, since this belief began apart from the truth."
        panels.append(
            Table(
                f"What is {whose}?",
                f"Quantiles over campaigns after each {step(result)}. {drift} "
                "Sure: share of campaigns with a belief below 5 % or above 95 %.",
                (f"after {step(result)} …", *map(str, months)),
                rows,
            )
        )
    return panels
