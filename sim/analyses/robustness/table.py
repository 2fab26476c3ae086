"""What does a comparison of the stances say? Its tables, and its figures as files."""

from __future__ import annotations

from sim.analyses.robustness import words
from sim.analyses.robustness.analysis import Robustness
from sim.analyses.robustness.doctrine_sums import Numbers
from sim.analyses.robustness.flipping import LEAST_DRAWS
from sim.analyses.robustness.ranking import Shift
from sim.analyses.robustness.regret import BARE, PAYOFF, PAYOFFS
from sim.telling.answer import NONE, Answer, Figure, Table
from sim.telling.english import listed
from sim.telling.names import stance_label
from sim.telling.numbers import half_width, payoff, percent, points
from sim.telling.vocabulary import WORST

MOST_ROWS = 8
"""Beliefs in the table: those nearest to a flip; the JSON answer has all."""


def answer(result: Robustness) -> Answer:
    """Return the tables of a comparison and what to bear in mind."""

    def figures() -> list[Figure]:
        from sim.analyses.robustness.figures import figures

        return figures(result)

    panels = (_regrets, _standings, _outcomes, _rules, _ceilings, _flips, _readings)
    tables = [table for panel in panels if (table := panel(result)).rows]
    stamp, data, found = result.stamp(), result.to_dict(), words.regret_finding(result)
    title, first, naming = result.title, _brief(result), result.naming
    told = f"{found}.{words.other_reading(result, words.regret_finding)} {words.bare_finding(result)}"
    if result.other:
        found = f"If Russia’s worst case is {WORST[result.worst_case]}, {told[0].lower()}{told[1:]}"
    else:
        found = told
    return Answer("robustness", title, stamp, tables, result.notes, data, found, first, figures, naming=naming)


def _brief(result: Robustness) -> Table:
    """Return the first table of all: how often each stance is best, and what it regrets."""
    regrets, bare = result.regret[PAYOFF], {each["stance"]: each for each in result.standings[BARE]}
    quiet = [stance for stance in result.stances if stance not in result.struck]
    rows = [
        (
            f"{stance_label(result.naming, stance)}{'*' * (stance in quiet)}",
            percent(each["best"], error=half_width(each["best_se"])),
            percent(bare[stance]["best"], error=half_width(bare[stance]["best_se"])),
            payoff(each["mean"]),
            payoff(each["q95"]),
        )
        for stance, each in regrets.items()
    ]
    wins = ", which wins it maximin" * (set(result.criteria["maximin"].recommends) <= {*quiet})
    safe = f" * Nobody is there to be hit: its payoff bears no risk by construction{wins}." * bool(quiet)
    return Table(
        "",
        "Best: share of draws in which the stance is best for France, with and without what the stance is worth in "
        "itself. Regret: what it falls short of the best one of the same draw, in units of what folding costs France: "
        "on average, and in the worst 5 of 100 draws at least. "
        f"{words.UKRAINE}.{safe}",
        ("stance", "best", "without\nits worth", "regret", "in the\nworst 5 %"),
        rows,
    )


def _regrets(result: Robustness) -> Table:
    """Return the regrets by the quantity that was asked for."""
    unit = "in France's yardstick" if result.by in PAYOFFS else "as a difference of probabilities"
    tied = f" The best tie in {percent(result.ties[result.by])} of draws; a tie is shared." * (
        result.ties[result.by] > 0
    )
    rows: list[tuple[str, ...]] = []
    for stance, each in result.regret[result.by].items():
        mean = f"{words.size(result, each['mean'])}\n{_error(result, half_width(each['se']))}"
        best = percent(each["best"], error=half_width(each["best_se"]))
        rows.append((stance, best, mean, words.size(result, each["q95"]), words.size(result, each["max"])))
    return Table(
        "How much does each stance regret?",
        f"Regret by {result.by}: what the stance falls short of the best one of the same draw, {unit}. Below the mean "
        f"its numerical error.{tied}\n{words.regret_finding(result)}.{f' {words.UKRAINE}.' * (result.by in PAYOFFS)}",
        ("stance", "best in", "mean regret", "95 % of\ndraws below", "largest"),
        rows,
    )


def _standings(result: Robustness) -> Table:
    """Return two rankings of the stances for France side by side: with and without what a stance is worth in itself."""
    bare = {each["stance"]: each for each in result.standings[BARE]}
    both = [(each, bare[each["stance"]]) for each in result.standings[PAYOFF]]
    rows = [
        (first["stance"], *(cell for each in (first, second) for cell in _standing(each))) for first, second in both
    ]
    return Table(
        "Which stance is best for France, with and without what it is worth in itself?",
        f"{words.UKRAINE}. Places by the mean of France's payoff, and the share of draws in which the stance is best, "
        "ties shared; first with signal.STANCE.stance_value, then without it. What is said of deterrence is no "
        "evidence for that number, since the game works deterrence out. Russia’s worst case is "
        f"{WORST[result.worst_case]}.\n{words.standings_finding(result)}.",
        ("stance", "with it:\nplace", "mean", "best in", "without it:\nplace", "mean", "best in"),
        rows,
    )


def _standing(each: Numbers) -> tuple[str, ...]:
    """Return place, mean and share of the draws of a stance."""
    error = half_width(each["se"])
    mean = f"{payoff(each['mean'])}\n{f'± {words.plain(error)}' if error else ''}".strip()
    return str(each["place"]), mean, percent(each["best"], error=half_width(each["best_se"]))


def _outcomes(result: Robustness) -> Table:
    """Return how the stances that can be struck compare by every outcome."""
    rows: list[tuple[str, ...]] = []
    for quantity, stances in result.regret.items():
        if quantity not in PAYOFFS:
            cells = (f"{percent(each['best'])}\n{percent(each['mean'])}" for each in stances.values())
            rows.append((quantity, *cells, percent(result.ties[quantity])))
    others = words.left_out(result.stances, result.struck)
    why = f" {others} {'are' if ' and ' in others else 'is'} left out: zero by construction, which is no finding."
    return Table(
        f"How do {listed(result.struck)} compare, outcome by outcome?" if result.struck else "",
        f"By the probability of each outcome; less is better. Above: share of draws in which the stance is best, ties "
        f"shared. Below: its mean regret. Tied: share of draws in which the best tie.{why * bool(others)}",
        ("outcome", *result.struck, "tied"),
        rows,
    )


def _rules(result: Robustness) -> Table:
    """Return what the classical rules go by and what they say."""
    rows: list[tuple[str, ...]] = []
    for rule, name in words.RULES.items():
        each = result.criteria[rule]
        firm = {None: NONE, True: "yes", False: "no"}[each.firm]
        figures = (payoff(each.values[stance]) for stance in result.stances)
        rows.append((name, *figures, " = ".join(each.recommends), firm))
    return Table(
        "What would the classical rules advise?",
        f"By France's payoff. Laplace: the mean. Maximin: the worst draw. Hurwicz: {result.hurwicz:g} × the worst and "
        f"{1 - result.hurwicz:g} × the best draw. Minimax regret: the largest regret, which should be small. Trimmed: "
        "without the outermost 1 % of draws. Firm: whether the advice stands out from its scatter over the 16 "
        f"replicates, which cannot know of worse cases not drawn yet.\n{words.rules_told(result)}",
        ("rule", *result.stances, "advises", "firm"),
        rows,
    )


def _ceilings(result: Robustness) -> Table:
    """Return how often each stance keeps a probability under its ceiling."""
    rows: list[tuple[str, ...]] = []
    for each in result.ceilings:
        cells = (percent(each[stance]["mean"], error=half_width(each[stance]["se"])) for stance in result.struck)
        rows.append((f"{each['outcome']} at most {percent(each['ceiling'])}", *cells))
    others = words.left_out(result.stances, result.struck)
    why = f" {others} keep{'' if ' and ' in others else 's'} every ceiling by construction: nobody is there to be hit."
    return Table(
        "How often is a ceiling kept?",
        f"Share of draws in which the probability per encounter stays at or under the ceiling.{why * bool(others)}",
        ("ceiling", *result.struck),
        rows if result.struck else [],
    )


def _flips(result: Robustness) -> Table:
    """Return the beliefs nearest to overturning the ranking."""
    ranking = result.ranking
    rows: list[tuple[str, ...]] = []
    for each in ranking.shifts[:MOST_ROWS]:
        flip = each.flip
        tried = f"{words.plain(each.medians[0])} … {words.plain(each.medians[1])}"
        name, told = f"{flip.parameter}\n{_footing(each)}", f"{words.moved(each)}\ntried {tried}"
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
        f"loss is within its error.{rest}\n{words.flips_finding(result)}.",
        ("belief, and what it rests on", "shift", "median", "then"),
        rows,
    )


def _readings(result: Robustness) -> Table:
    """Return what each reading of the worst case says, side by side; without rows where nobody can be struck."""
    both = (result, result.other) if result.other else ()
    picks = [(name, *(words.advice(each.criteria[rule]) for each in both)) for rule, name in words.RULES.items()]
    changed = "; ".join(name for name, *advice in picks if len({*advice}) > 1) or "none"
    rows = [(f"{stance}: best in,\nmean regret", *(_best(each, stance) for each in both)) for stance in result.strips]
    rows += [*picks, ("best mean, without\nstance_value", *(_first(each) for each in both))]
    rows.append(("leads on average", *(f"{each.ranking.best}\nby {_left(each, each.ranking.lead)}" for each in both)))
    for place, limit in enumerate(result.ceilings):
        kept = [[percent(each.ceilings[place][stance]["mean"]) for stance in result.struck] for each in both]
        rows.append((f"{limit['outcome']} ceiling,\n{' / '.join(result.struck)}", *map(" / ".join, kept)))
    return Table(
        "And in the other reading of the worst case?",
        f"The worst case of a Russia that distrusts its estimate: {WORST['type']} (type) or {WORST['outcome']} "
        f"(outcome). * the scenario's own reading. Regrets and leads by {result.by}; last, the share of draws in which "
        f"ceilings are kept. Rules whose advice changes: {changed}.\n"
        + words.other_reading(result, words.regret_finding, words.flips_finding).strip(),
        ("", *(f"{each.worst_case}{' *' * (each is result)}" for each in both)),
        rows if both else [],
    )


def _best(result: Robustness, stance: str) -> str:
    """Return in which share of the draws a stance is best, and what it regrets on average."""
    each = result.regret[result.by][stance]
    return f"{percent(each['best'], error=half_width(each['best_se']))}\n{words.size(result, each['mean'])}"


def _first(result: Robustness) -> str:
    """Return the stances in the first place, and whoever nearly ties with them."""
    near = words.nearly_tied(result)
    first = " = ".join(each["stance"] for each in result.standings[BARE] if each["place"] == 1)
    return f"{first}{f'{chr(10)}≈ {near}' if near else ''}"


def _error(result: Robustness, width: float) -> str:
    """Return a numerical error in the unit of what is compared."""
    return f"± {words.plain(width)}" if result.by in PAYOFFS else points(width)


def _left(result: Robustness, lead: float) -> str:
    """Return a lead in the unit of what is compared."""
    return payoff(lead) if result.by in PAYOFFS else f"{100 * lead:.2g} points".replace("-", "−")


def _rest(result: Robustness, least_lead: float) -> str:
    """Return what is left of the lead at the least; a loss that is no flip is within its error."""
    return f"{_left(result, least_lead)}\nleft" if least_lead > 0 else "within\nits error"


def _footing(shift: Shift) -> str:
    """Return what a belief rests on, in few words."""
    if not shift.evidence:
        return "an assumption" if shift.assumption else "a bare number"
    return f"{shift.evidence[0]}{f' + {len(shift.evidence) - 1}' * (len(shift.evidence) > 1)}"
