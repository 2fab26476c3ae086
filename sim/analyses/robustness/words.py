"""Which stance is robust, in plain sentences? Titles, the paragraph on the classical rules, texts for the blind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sim.analyses.robustness.flipping import LEAST_DRAWS
from sim.analyses.robustness.ranking import Ranking, Shift
from sim.analyses.robustness.regret import BARE, PAYOFF, PAYOFFS, ROUNDING
from sim.analyses.robustness.rules import Criterion
from sim.crisis.parameters import Stances, label
from sim.telling.english import listed, upper
from sim.telling.numbers import frequency, payoff, percent
from sim.telling.vocabulary import WORST

if TYPE_CHECKING:
    from sim.analyses.robustness.analysis import Robustness

NOUNS = {"rule_out": "ruling out", "ambiguous": "ambiguity", "commit": "commitment"}
"""The stances as things, to stand in a sentence."""

RULES = {
    "laplace": "Laplace",
    "maximin": "maximin",
    "trimmed_maximin": "maximin, trimmed",
    "hurwicz": "Hurwicz",
    "trimmed_hurwicz": "Hurwicz, trimmed",
    "minimax_regret": "minimax regret",
    "trimmed_minimax_regret": "minimax regret, trimmed",
}
"""The rules in the order in which they are told."""


NEARLY = 0.02  # of what folding costs France: stances whose means are closer nearly tie

UKRAINE = "Ukraine is not counted"
"""Stands beside what is best for France."""


def noun(stance: str) -> str:
    """Return a stance as a thing."""
    return NOUNS.get(stance, f"the stance {stance}")


def robustness_notes(stances: Stances, found: Ranking) -> list[str]:
    """Return what a reader must know to read the figures, in whole sentences."""
    said = [
        f"Best means best for France, on its own yardstick: {UKRAINE}. What a stance is worth in itself is part of the "
        "payoff: another reading of those numbers is another ranking.",
        "Shares are shares of draws, that is of what the scenario finds credible; they are not probabilities in the "
        "world. A rule's advice is the rule's, not ours.",
        *_of_targets(stances),
        "Worst and best cases, and the largest regret, are those of the most extreme draw: they grow with the number "
        "of draws. The trimmed rules leave out the outermost 1 % and do not.",
    ]
    if found.correlated:
        said.append(
            f"Not shifted: {', '.join(found.correlated)}. They are drawn together with others, so that shifting one "
            "alone would mean nothing; to ask about one, use a scenario without its pair in correlation, or its voice."
        )
    return said


def _of_targets(stances: Stances) -> list[str]:
    """Return which stances are compared by outcomes, and why the others are not."""
    if len(stances.struck) == len(stances.names):
        return []
    struck = f"only {' and '.join(stances.struck)}" if stances.struck else "none"
    return [
        f"By outcomes {struck} can be compared: under {left_out(stances.names, stances.struck)} every rung is zero by "
        "construction, since nobody is there to be hit, and that is not a finding that it is safe."
    ]


def left_out(names: Sequence[str], struck: Sequence[str]) -> str:
    """Return the stances without a target, as a list in words; empty if there are none."""
    return " and ".join(name for name in names if name not in struck)


def size(result: Robustness, regret: float) -> str:
    """Return a regret in the unit of what is compared."""
    if result.by not in PAYOFFS:
        return percent(regret)
    if 0 < regret < 0.005:
        return "below 0.01"
    return payoff(regret) if regret else "0"


def regret_finding(result: Robustness) -> str:
    """Return what the regrets show, in one sentence without a full stop."""
    figures, best = result.regret[result.by], f"best{' for France' * (result.by in PAYOFFS)}"
    unbeaten = [stance for stance, each in figures.items() if each["max"] == 0]
    if len(unbeaten) == len(figures):
        return f"{upper(listed(list(figures)))} are equally good in every draw{_by(result)}"
    if len(unbeaten) > 1:
        return f"{upper(listed(unbeaten))} are equally good, and {best}, in every draw{_by(result)}"
    often = _most_often(result)
    if len(often) > 1:
        said = f"{upper(listed([noun(stance) for stance in often]))} are each {best}"
        return f"{said} in {_share(figures[often[0]]['best'])} draws{_by(result)}"
    if unbeaten and figures[often[0]]["best"] < 1:
        tied = f"and ties with another stance in {_share(result.ties[result.by])} draws"
        return f"{upper(noun(often[0]))} is never beaten{_by(result)}, {tied}"
    said = f"{upper(noun(often[0]))} is {best} in {_share(figures[often[0]]['best'])} draws{_by(result)}"
    if not result.ranking.told_apart:
        return f"{said}, but on average it is level with another stance as far as these draws can tell"
    return said if figures[often[0]]["best"] == 1 else _beside_often(result, said, often[0])


def _most_often(result: Robustness) -> list[str]:
    """Return the stances that are best in the most draws, more than one if their shares are the same."""
    shares = {stance: each["best"] for stance, each in result.regret[result.by].items()}
    return [stance for stance, share in shares.items() if share >= max(shares.values()) - ROUNDING]


def _beside_often(result: Robustness, said: str, often: str) -> str:
    """Return how the stance that is best most often does on average and in bad draws."""
    figures = result.regret[result.by]
    mean = min(figures, key=lambda stance: figures[stance]["mean"])
    least = min(figures, key=lambda stance: figures[stance]["q95"])
    most = max(figures, key=lambda stance: figures[stance]["q95"])
    if mean != often:
        return f"{said}, but {noun(mean)} regrets less on average"
    bad = size(result, figures[often]["q95"])
    if figures[often]["q95"] == figures[least]["q95"]:
        average = size(result, figures[often]["mean"])
        return f"{said} and regrets least: {average} on average, up to {bad} in 95 of 100"
    if most == often:
        return f"{said} but regrets most when it is wrong: in 5 of 100 by {bad} or more"
    return f"{said} and regrets least on average; in bad draws {noun(least)} regrets less"


def standings_finding(result: Robustness) -> str:
    """Return which stance has the highest mean for France, with and without what it is worth in itself."""
    first, second = (
        listed([noun(each["stance"]) for each in result.standings[quantity] if each["place"] == 1])
        for quantity in PAYOFFS
    )
    near = f" (nearly tied with {noun(second_near)})" if (second_near := nearly_tied(result)) else ""
    if first == second:
        return f"{upper(first)} has the highest mean either way{near}"
    return f"{upper(first)} has the highest mean with it, {second} without it{near}"


def nearly_tied(result: Robustness) -> str:
    """Return the stance that without what stances are worth falls short of the first by next to nothing, if any."""
    first, second = sorted(result.standings[BARE], key=lambda each: -each["mean"])[:2]
    return str(second["stance"]) if 0 < first["mean"] - second["mean"] < NEARLY else ""


def bare_finding(result: Robustness) -> str:
    """Return who is first without what stances are worth in themselves, in both readings of the worst case."""
    said = []
    for each in (result, result.other) if result.other else (result,):
        first = [one["stance"] for one in each.standings[BARE] if one["place"] == 1]
        leading = sorted({*first, nearly_tied(each)} - {""}, key=result.stances.index)
        said.append(f"{listed([noun(one) for one in leading])} {'nearly tie' if leading[1:] else 'leads'}")
    also = f"; in the other reading {said[-1]}" if said[0] != said[-1] else " in both readings" * (len(said) > 1)
    return f"Without what stances are worth in themselves {said[0]}{also}"


def rules_told(result: Robustness) -> str:
    """Return which rule recommends what, and which advice hangs on a few draws, in whole sentences."""
    said = "; ".join(f"{_named(result, rule)}: {advice(result.criteria[rule])}" for rule in RULES)
    picks = {result.criteria[rule].recommends for rule in RULES}
    if len(picks) == 1:
        return f"{said}. All rules agree."
    shaky = [rule for rule in RULES if _hangs(result, rule)]
    if not shaky:
        return f"{said}. The rules disagree: which to follow is a choice of attitude, not of evidence."
    doubt = listed([RULES[rule] for rule in shaky])
    verb = "hangs" if len(shaky) == 1 else "hang"
    return f"{said}. The rules disagree, and {doubt} {verb} on a few extreme draws: other draws may say otherwise."


def flips_finding(result: Robustness) -> str:
    """Return which belief overturns the ranking soonest, in one sentence without a full stop."""
    ranking = result.ranking
    if not ranking.told_apart:
        pair = listed([ranking.best, ranking.second])
        return f"{upper(pair)} cannot be told apart on average by these draws{_by(result)}: no flips are sought"
    if not ranking.shifts:
        return "No belief can be shifted alone: all are certain, or drawn together with others"
    if all(each.flip.reach == (0, 0) for each in ranking.shifts):
        return f"These draws are too few to tell of any flip: {LEAST_DRAWS} must count in effect"
    first = ranking.shifts[0]
    if first.flip.shift is None:
        lead = f"{noun(ranking.best)} its lead{_by(result)}"
        return f"No single belief, shifted as far as these draws can tell, costs {lead}"
    flips = sum(each.flip.shift is not None for each in ranking.shifts)
    count = "One belief" if flips == 1 else f"{flips} beliefs"
    return (
        f"{count} of {len(ranking.shifts)} can overturn the lead of {noun(ranking.best)}{_by(result)}: "
        f"{label(first.flip.parameter)}, {moved(first)}"
    )


def other_reading(result: Robustness, *findings: Callable[[Robustness], str]) -> str:
    """Return findings in the other reading of the worst case, a blank before each sentence; empty without one."""
    if result.other is None:
        return ""
    told = [f"In the other reading Russia’s worst case is {WORST[result.other.worst_case]}"]
    return "".join(f" {each}." for each in (*told, *(finding(result.other) for finding in findings)))


def flips_elsewhere(result: Robustness) -> str:
    """Return how many beliefs overturn the lead in the other reading, a blank before it; empty without one."""
    if result.other is None:
        return ""
    ranking, way = result.other.ranking, f" If Russia’s worst case is {WORST[result.other.worst_case]},"
    if not ranking.told_apart:
        return f"{way} no stance leads clearly."
    flips = sum(each.flip.shift is not None for each in ranking.shifts)
    return f"{way} {flips or 'none'} of {len(ranking.shifts)} can overturn the lead of {noun(ranking.best)}."


def moved(shift: Shift) -> str:
    """Return a flip in the parameter's own unit: its median now and, if there is a flip, at it."""
    return plain(shift.median) if shift.new_median is None else f"{plain(shift.median)} → {plain(shift.new_median)}"


def plain(value: float) -> str:
    """Return a number of any size with two significant digits and a real minus sign.

    >>> plain(0.311), plain(-0.2), plain(12.65), plain(42750.0), plain(-0.0)
    ('0.31', '−0.2', '13', '43,000', '0')
    """
    text = f"{float(f'{value:.2g}'):,.0f}" if abs(value) >= 100 else f"{value + 0.0:.2g}"
    return text.removeprefix("-") if float(text.replace(",", "")) == 0 else text.replace("-", "−")


def robustness_alt_text(result: Robustness) -> str:
    """Return the figure of regrets in words, for those who cannot see it."""
    said = [f"{regret_finding(result)}.", f"A strip per stance: its regret{_by(result)} against the best of each draw."]
    for stance, each in result.regret[result.by].items():
        said.append(
            f"{stance}: mean {size(result, each['mean'])}, in 95 of 100 draws at most {size(result, each['q95'])}, at "
            f"most {size(result, each['max'])}; best in {_share(each['best'])} draws."
        )
    return " ".join(said) + other_reading(result, regret_finding)


def flips_alt_text(result: Robustness) -> str:
    """Return the figure of flips in words, for those who cannot see it."""
    said = [f"{flips_finding(result)}."]
    for each in result.ranking.shifts:
        if each.flip.shift is not None:
            said.append(f"{label(each.flip.parameter)}: median {moved(each)}, then {each.flip.overtaken_by} leads.")
    return " ".join(said) + other_reading(result, flips_finding)


def _share(share: float) -> str:
    """Return a share of the draws as so many of 100."""
    return {"always": "all", "never": "none of the"}.get(text := frequency(share), text)


def _by(result: Robustness) -> str:
    """Return by what stances are compared, unless it is France's payoff."""
    return {PAYOFF: "", BARE: " without what a stance is worth in itself"}.get(result.by, f" by {result.by}")


def _named(result: Robustness, rule: str) -> str:
    """Return a rule's name; Hurwicz with his weight."""
    return f"{RULES[rule]} ({result.hurwicz:g} on the worst case)" if rule == "hurwicz" else RULES[rule]


def advice(criterion: Criterion) -> str:
    """Return what a rule recommends."""
    return " and ".join(criterion.recommends) + (" tie" if len(criterion.recommends) > 1 else "")


def _hangs(result: Robustness, rule: str) -> bool:
    """Whether a rule's advice is within its scatter, or another once the outermost draws are left out."""
    advice, trimmed = result.criteria[rule], result.criteria.get(f"trimmed_{rule}")
    return advice.firm is False or (trimmed is not None and trimmed.recommends != advice.recommends)
