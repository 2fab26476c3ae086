"""What does a comparison of the stances say? Its tables, and its figures as files."""

from __future__ import annotations

from sim.crisis.parameters import STANCES
from sim.show.drawing.files import figure_files
from sim.show.drawing.flips import flips
from sim.show.drawing.robustness import robustness
from sim.show.numbers import half_width, payoff, percent, points
from sim.show.panels import NONE, Panel
from sim.show.robust_words import (
    RULES,
    flips_alt_text,
    flips_finding,
    moved,
    plain,
    regret_finding,
    robustness_alt_text,
    rules_told,
    size,
    stamp,
)
from sim.show.tables import Answer
from sim.study.flipping import LEAST_DRAWS
from sim.study.ranking import Shift
from sim.study.regret import PAYOFF, QUANTITIES
from sim.study.robustness import Robustness

MOST_ROWS = 8
"""Beliefs in the table: those nearest to a flip; the JSON answer has all."""

_DRAWN_FLIPS = (
    "parameter",
    "shift",
    "error",
    "median",
    "new_median",
    "overtaken_by",
    "effective",
    "median_down",
    "lead_down",
    "median_up",
    "lead_up",
)


def answer(result: Robustness) -> Answer:
    """Return the tables of a comparison and what to bear in mind.

    Parameters
    ----------
    result : Robustness
        From `sim.robustness`.

    Returns
    -------
    Answer
        For `sim.show.tables.in_terminal` and `in_html`.

    Examples
    --------
    >>> import sim
    >>> told = answer(sim.robustness(sim.load_scenario("macron-2024"), draws=1024))
    >>> [panel.question for panel in told.panels][:2]
    ['How much does each stance regret?', 'How do ambiguous and commit compare, outcome by outcome?']
    """
    panels = [_regrets(result), _outcomes(result), _rules(result), _ceilings(result), _flips(result)]
    return Answer(result.title, stamp(result), [panel for panel in panels if panel.rows], result.notes)


def robustness_files(result: Robustness) -> dict[str, bytes]:
    """Return both figures as files.

    Parameters
    ----------
    result : Robustness
        From `sim.robustness`.

    Returns
    -------
    dict of str to bytes
        regrets.png, .svg and .csv; flips likewise, if any belief was shifted.
    """
    figures = result.regret[result.by]
    marks = [
        (stance, f"hundredth {place + 1}", regret)
        for stance, strip in result.strips.items()
        for place, regret in enumerate(strip)
    ]
    marks += [(stance, mark, each[mark]) for stance, each in figures.items() for mark in ("mean", "q95", "max")]
    files = figure_files(
        "regrets",
        lambda axes: robustness(result, ax=axes),
        finding=regret_finding(result),
        alt_text=robustness_alt_text(result),
        header=("stance", "mark", "regret"),
        rows=marks,
    )
    if not result.ranking.shifts:
        return files
    return files | figure_files(
        "flips",
        lambda axes: flips(result, ax=axes),
        finding=flips_finding(result),
        alt_text=flips_alt_text(result),
        header=_DRAWN_FLIPS,
        rows=[_drawn(shift) for shift in result.ranking.shifts],
    )


def _drawn(shift: Shift) -> list[object]:
    """Return a row of the table behind the figure of flips."""
    flip, ends = shift.flip, zip(shift.medians, shift.flip.leads, strict=True)
    told = [flip.parameter, flip.shift, flip.error, shift.median, shift.new_median, flip.overtaken_by, flip.effective]
    return [*told, *(number for end in ends for number in end)]


def _regrets(result: Robustness) -> Panel:
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
    return Panel(
        "How much does each stance regret?",
        f"Regret by {result.by}: what the stance falls short of the best one of the same draw, {unit}. Below the mean "
        f"its numerical error.{tied}\n{regret_finding(result)}.",
        ("stance", "best in", "mean regret", "95 % of\ndraws below", "largest"),
        rows,
    )


def _outcomes(result: Robustness) -> Panel:
    """Return how ambiguous and commit compare by every outcome."""
    rows: list[tuple[str, ...]] = []
    for quantity in QUANTITIES:
        if quantity != PAYOFF:
            first, second = (result.regret[quantity][stance] for stance in STANCES[1:])
            cells = [percent(each) for each in (first["best"], second["best"], first["mean"], second["mean"])]
            rows.append((quantity, *cells, percent(result.ties[quantity])))
    return Panel(
        "How do ambiguous and commit compare, outcome by outcome?",
        "ambiguous against commit alone, by the probability of each outcome; less is better. Best: share of draws, "
        "ties shared between the two. rule_out is left out: it is zero by construction, which is no finding.",
        ("outcome", "best:\nambiguous", "best:\ncommit", "mean regret:\nambiguous", "mean regret:\ncommit", "tied"),
        rows,
    )


def _rules(result: Robustness) -> Panel:
    """Return what the classical rules go by and what they say."""
    rows: list[tuple[str, ...]] = []
    for rule, name in RULES.items():
        each = result.criteria[rule]
        firm = {None: NONE, True: "yes", False: "no"}[each.firm]
        figures = (payoff(each.values[stance]) for stance in STANCES)
        rows.append((name, *figures, " = ".join(each.recommends), firm))
    return Panel(
        "What would the classical rules advise?",
        f"By France's payoff. Laplace: the mean. Maximin: the worst draw. Hurwicz: {result.hurwicz:g} × the worst and "
        f"{1 - result.hurwicz:g} × the best draw. Minimax regret: the largest regret, which should be small. Trimmed: "
        "without the outermost 1 % of draws. Firm: whether the advice stands out from its scatter over the 16 "
        f"replicates, which cannot know of worse cases not drawn yet.\n{rules_told(result)}",
        ("rule", *STANCES, "advises", "firm"),
        rows,
    )


def _ceilings(result: Robustness) -> Panel:
    """Return how often each stance keeps a probability under its ceiling."""
    rows: list[tuple[str, ...]] = []
    for each in result.ceilings:
        cells = (percent(each[stance]["mean"], error=half_width(each[stance]["se"])) for stance in STANCES[1:])
        rows.append((f"{each['outcome']} at most {percent(each['ceiling'])}", *cells))
    return Panel(
        "How often is a ceiling kept?",
        "Share of draws in which the probability per encounter stays at or under the ceiling. rule_out keeps every "
        "ceiling by construction, since nobody is there to be hit.",
        ("ceiling", *STANCES[1:]),
        rows,
    )


def _flips(result: Robustness) -> Panel:
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
    return Panel(
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
