"""What does a comparison of the stances say? Its tables, and its figures as files."""

from __future__ import annotations

from sim.analyses.robustness.analysis import Robustness
from sim.analyses.robustness.flipping import LEAST_DRAWS
from sim.analyses.robustness.ranking import Shift
from sim.analyses.robustness.regret import PAYOFF, QUANTITIES
from sim.analyses.robustness.words import (
    RULES,
    flips_finding,
    moved,
    plain,
    regret_finding,
    rules_told,
    size,
)
from sim.crisis.parameters import STANCES
from sim.telling.answer import NONE, Answer, Figure, Table
from sim.telling.numbers import half_width, payoff, percent, points

MOST_ROWS = 8
"""Beliefs in the table: those nearest to a flip; the JSON answer has all."""


def answer(result: Robustness) -> Answer:
    """Return the tables of a comparison and what to bear in mind."""

    def figures() -> list[Figure]:
        from sim.analyses.robustness.figures import figures

        return figures(result)

    panels = [_regrets(result), _outcomes(result), _rules(result), _ceilings(result), _flips(result)]
    tables = [table for table in panels if table.rows]
    stamp, data = result.stamp(), result.to_dict()
    return Answer("robustness", result.title, stamp, tables, result.notes, data, figures=figures)


def _regrets(result: Robustness) -> Table:
    """Return the regrets by the quantity that was asked for."""
    unit = "in France's yardstick" if result.by == PAYOFF else "as a difference of probabilities"
    tied = f" The best tie in {percent(result.ties[result.by])} of draws; a tie is shared." * (
        result.ties[result.by] > 0
    )
    rows: list[tuple[str, ...]] = []
    for stance, each in result.regret[result.by].items():
        mean = f"{size(result, each['mean'])}\n{_error(result, half_width(each['se']))}"
        best = percent(each["best"], error=half_width(each["best_se"]))
        rows.append((stance, best, mean, size(result, each["q95"]), size(result, each["max"])))
    return Table(
        "How much does each stance regret?",
        f"Regret by {result.by}: what the stance falls short of the best one of the same draw, {unit}. Below the mean "
        f"its numerical error.{tied}\n{regret_finding(result)}.",
        ("stance", "best in", "mean regret", "95 % of\ndraws below", "largest"),
        rows,
    )


def _outcomes(result: Robustness) -> Table:
    """Return how ambiguous and commit compare by every outcome."""
    rows: list[tuple[str, ...]] = []
    for quantity in QUANTITIES:
        if quantity != PAYOFF:
            first, second = (result.regret[quantity][stance] for stance in STANCES[1:])
            cells = [percent(each) for each in (first["best"], second["best"], first["mean"], second["mean"])]
            rows.append((quantity, *cells, percent(result.ties[quantity])))
    return Table(
        "How do ambiguous and commit compare, outcome by outcome?",
        "ambiguous against commit alone, by the probability of each outcome; less is better. Best: share of draws, "
        "ties shared between the two. rule_out is left out: it is zero by construction, which is no finding.",
        ("outcome", "best:\nambiguous", "best:\ncommit", "mean regret:\nambiguous", "mean regret:\ncommit", "tied"),
        rows,
    )


def _rules(result: Robustness) -> Table:
    """Return what the classical rules go by and what they say."""
    rows: list[tuple[str, ...]] = []
    for rule, name in RULES.items():
        each = result.criteria[rule]
        firm = {None: NONE, True: "yes", False: "no"}[each.firm]
        figures = (payoff(each.values[stance]) for stance in STANCES)
        rows.append((name, *figures, " = ".join(each.recommends), firm))
    return Table(
        "What would the classical rules advise?",
        f"By France's payoff. Laplace: the mean. Maximin: the worst draw. Hurwicz: {result.hurwicz:g} × the worst and "
        f"{1 - result.hurwicz:g} × the best draw. Minimax regret: the largest regret, which should be small. Trimmed: "
        "without the outermost 1 % of draws. Firm: whether the advice stands out from its scatter over the 16 "
        f"replicates, which cannot know of worse cases not drawn yet.\n{rules_told(result)}",
        ("rule", *STANCES, "advises", "firm"),
        rows,
    )


def _ceilings(result: Robustness) -> Table:
    """Return how often each stance keeps a probability under its ceiling."""
    rows: list[tuple[str, ...]] = []
    for each in result.ceilings:
        cells = (percent(each[stance]["mean"], error=half_width(each[stance]["se"])) for stance in STANCES[1:])
        rows.append((f"{each['outcome']} at most {percent(each['ceiling'])}", *cells))
    return Table(
        "How often is a ceiling kept?",
        "Share of draws in which the probability per encounter stays at or under the ceiling. rule_out keeps every "
        "ceiling by construction, since nobody is there to be hit.",
        ("ceiling", *STANCES[1:]),
        rows,
    )


def _flips(result: Robustness) -> Table:
    """Return the beliefs nearest to overturning the ranking."""
    ranking = result.ranking
    rows: list[tuple[str, ...]] = []
    for each in ranking.shifts[:MOST_ROWS]:
        flip = each.flip
        tried = f"{plain(each.medians[0])} … {plain(each.medians[1])}"
        name, told = f"{flip.parameter}\n{_footing(each)}", f"{moved(each)}\ntried {tried}"
        if flip.shift is None or flip.effective is None:
            rows.append((name, "none", told, _rest(result, flip.least_lead)))
            continue
        error = "" if flip.error is None else f" ± {half_width(flip.error):.2f}"
        shift = f"{flip.shift:+.2f}{error}".replace("-", "−")
        rows.append((name, f"{shift}\n{percent(flip.effective)} count", told, f"{flip.overtaken_by}\nleads"))
    more = len(ranking.shifts) - len(rows)
    rest = f" {more} more beliefs, further from a flip, are in the JSON answer." * (more > 0)
    return Table(
        "How small a shift of one belief flips the ranking?",
        f"{ranking.best} leads {ranking.second} by {_left(result, ranking.lead)} on average. Each belief is shifted "
        "alone, the whole distribution at once: by how many standard deviations of its normal score (below: share of "
        "the draws that still count in effect), and from which median to which (below: as far as was tried). None: no "
        f"flip within what these draws can tell, that is while {percent(ranking.least_share)} of them, and at least "
        f"{LEAST_DRAWS}, count; then the smallest lead that is left, or that its "
        f"loss is within its error.{rest}\n{flips_finding(result)}.",
        ("belief, and what it rests on", "shift", "median", "then"),
        rows,
    )


def _error(result: Robustness, width: float) -> str:
    """Return a numerical error in the unit of what is compared."""
    return f"± {plain(width)}" if result.by == PAYOFF else points(width)


def _left(result: Robustness, lead: float) -> str:
    """Return a lead in the unit of what is compared."""
    return payoff(lead) if result.by == PAYOFF else f"{100 * lead:.2g} points".replace("-", "−")


def _rest(result: Robustness, least_lead: float) -> str:
    """Return what is left of the lead at the least; a loss that is no flip is within its error."""
    return f"{_left(result, least_lead)}\nleft" if least_lead > 0 else "within\nits error"


def _footing(shift: Shift) -> str:
    """Return what a belief rests on, in few words."""
    if not shift.evidence:
        return "an assumption" if shift.assumption else "a bare number"
    return f"{shift.evidence[0]}{f' + {len(shift.evidence) - 1}' * (len(shift.evidence) > 1)}"
