"""How is it said what drives an answer, and what that rests on? Findings, footings, and numbers in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from sim.analyses.sensitivity.analysis import CHOICE, Sensitivity
from sim.analyses.sensitivity.drivers import Drivers, Share, Swing
from sim.analyses.sensitivity.groups import Group
from sim.crisis.parameters import in_sentence, label
from sim.telling.english import listed, upper
from sim.telling.numbers import brief, frequency, half_width, payoff, percent
from sim.telling.vocabulary import EVENTS, under

ENOUGH = 0.5
"""Share of the variance that the drivers named in a finding must reach together, if any number of them does."""

MOST_ROWS = 10  # drivers that a table shows at most
MOST_DRAWN = 6  # and a figure: what can be read from the back row
EXPLAINED = EVENTS | {"france_payoff": "France's payoff"}  # what can be explained, in the middle of a sentence

_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_JOURNALIST = "journalist"
_ALL = 0.995  # share from which on it is said to be all: an estimate can exceed 1 a little
_LEAST = 0.0005  # total index below which a driver is none, as the tables show it


def made(result: Sensitivity) -> str:
    """Return what makes the analysis repeatable, how the crisis is played included."""
    how = result.doctrine
    if how == CHOICE and result.concept == "quantal":
        last = "" if result.last_move == "exact" else f", last move {result.last_move}"
        how = f"{CHOICE} (quantal, Λ = {result.rationality:g}{last})"
    elif how == CHOICE:
        how = f"{CHOICE} (refinement {result.refinement}, {result.select.replace('_', ' ')})"
    return result.stamp(counted="base points", how=how)


def subject(result: Sensitivity, outcome: str) -> str:
    """Return what is explained, such as "a strike if France commits"."""
    way = under(result.doctrine)
    return f"{EXPLAINED[outcome]} {way.replace('France', 'it') if outcome == 'france_payoff' else way}"


def footing(group: Group) -> str:
    """Return what a driver rests on, in a few words."""
    if not group.sources:
        return "assumption"
    count = len(group.evidence)
    said = "journalist alone" if group.sources == (_JOURNALIST,) else f"{count} claim{'s' * (count > 1)}"
    return f"{said}, part assumed" if group.assumptions else said


def leading(found: Drivers) -> int:
    """Return how many of the strongest drivers reach `ENOUGH` together, or how many were tried."""
    reached = (count for count, each in enumerate(found.together, start=1) if each.share >= ENOUGH)
    return next(reached, len(found.together))


def drivers_finding(result: Sensitivity, outcome: str) -> str:
    """Return which share of the uncertainty the strongest drivers carry, and what they rest on, in one sentence."""
    found = shown(result.outputs[outcome], MOST_DRAWN)
    if not found.varies:
        return f"Nothing is uncertain about {subject(result, outcome)}: {_certain(found, outcome)}"
    if not found.drivers:
        return f"What drives {subject(result, outcome)} cannot be told from {result.draws:,} base points"
    count = leading(found)
    share = found.together[count - 1].share
    leaders = [group_of(result, driver.name) for driver in found.drivers[:count]]
    noun = "parameter" if all(len(group.members) == 1 for group in leaders) else "driver"
    who = f"{upper(_COUNTS[count])} {noun}{'s carry' if count > 1 else ' carries'}"
    if share < ENOUGH and count > 1:
        who = f"Even the {_COUNTS[count]} strongest {noun}s together carry only"
    much = "all" if share > _ALL else share_text(share)
    return f"{who} {much} of what is uncertain about {subject(result, outcome)}: {_footings(leaders)}"


def swing_finding(result: Sensitivity, outcome: str) -> str:
    """Return which parameter moves the mean farthest on its own, in one sentence."""
    found = result.outputs[outcome]
    if not found.varies:
        return f"Nothing moves {subject(result, outcome)}: {_certain(found, outcome)}"
    widest, *others = found.swings
    low, high = (amount(mean, outcome) for mean in widest.means)
    if low == high:
        return f"No parameter alone moves {subject(result, outcome)} by as much as could be seen"
    # Both swings are of the same draws, so the error of their difference is the sum of their errors at most.
    rivals = [
        in_sentence(named(result, each.name))
        for each in others
        if abs(widest.width) - abs(each.width) <= half_width(widest.error + each.error) and each.width
    ]
    count = len(rivals)
    who = "no other does" if not rivals else f"{rivals[0] if count == 1 else f'{_counted(count)} others'} may do"
    way = f"{low} → {high} as {in_sentence(named(result, widest.name))} goes {ends(widest)}"
    return f"{upper(subject(result, outcome))}: {way}; {who} as much"


def sensitivity_alt_text(result: Sensitivity, outcome: str) -> str:
    """Return the figure of drivers of one outcome, and every share that is drawn, in whole sentences."""
    rows = [
        f"{named(result, driver.name)} alone {share_text(driver.first.share)}, in all "
        f"{share_text(driver.total.share)}, rests on {footing(group_of(result, driver.name))}"
        for driver in shown(result.outputs[outcome], MOST_DRAWN).drivers
    ]
    what = "Dot chart of the share of the variance that each driver explains alone and has a part in"
    return ". ".join([drivers_finding(result, outcome), *([what, *rows] if rows else [])]) + "."


def tornado_alt_text(result: Sensitivity, outcome: str) -> str:
    """Return the tornado of one outcome, and both ends of every bar, in whole sentences."""
    rows = [
        f"{named(result, swing.name)} {ends(swing)}: "
        f"{amount(swing.means[0], outcome)} to {amount(swing.means[1], outcome)}"
        for swing in shown(result.outputs[outcome], MOST_DRAWN).swings
    ]
    what = "Bars from the mean with a parameter at its low value to the mean with it at its high value"
    return ". ".join([swing_finding(result, outcome), *([what, *rows] if rows else [])]) + "."


def why_nothing(result: Sensitivity, outcome: str) -> str:
    """Return why an outcome does not vary, in a sentence."""
    if not result.groups:
        return "No parameter of the scenario is uncertain."
    if not result.target and outcome != "france_payoff":
        return "That is so by construction, nobody is there to be hit: not a finding that it is safe."
    if result.outputs[outcome].varies:
        return (
            "It differs in so few of the crises that were drawn that no parameter changes it alone: try more --points."
        )
    return f"It is the same in all {2 * result.draws:,} crises that were drawn, so its drivers cannot be told."


def ends(swing: Swing) -> str:
    """Return the values between which a parameter is moved."""
    return "from {} to {}".format(*map(brief, swing.values))


def amount(value: float, outcome: str) -> str:
    """Return a value of an output: cases of 100, or a payoff."""
    return payoff(value) if outcome == "france_payoff" else frequency(value)


def level(value: float, outcome: str) -> str:
    """Return a value of an output for a table: per cent, or a payoff."""
    return payoff(value) if outcome == "france_payoff" else percent(value)


def share_text(share: float) -> str:
    """Return a share of the variance in whole per cents: finer digits would be noise."""
    return f"{round(100 * share)} %".replace("-", "−")


def interval_text(share: Share) -> str:
    """Return the interval of a share, in whole per cents."""
    return f"{round(100 * share.low)} to {round(100 * share.high)}".replace("-", "−")


def group_of(result: Sensitivity, name: str) -> Group:
    """Return the driver of this name, or the parameter or voice that is moved by itself."""
    return next(group for group in (*result.groups, *result.alone) if group.name == name)


def named(result: Sensitivity, name: str) -> str:
    """Return what a driver is, in words; of the stance that is explained it need not be said that it is its."""
    return label(name).replace(f" ({result.doctrine})", "")


def shown(found: Drivers, most: int = MOST_ROWS) -> Drivers:
    """Return the same with what is worth a row: drivers and swings that do anything, so many at most."""
    # Where the interval of what the leading ones explain together is beyond all there is, shares cannot be told.
    drivers = [driver for driver in found.drivers if abs(driver.total.share) >= _LEAST][:most]
    if drivers and found.together[leading(found) - 1].low > 1:
        drivers = []
    moving = [swing for swing in found.swings if abs(swing.width) > _LEAST * found.deviation][:most]
    return replace(found, drivers=tuple(drivers), together=found.together[: len(drivers)], swings=tuple(moving))


def _counted(count: int) -> str:
    """Return a small number as a word."""
    return _COUNTS[count] if count < len(_COUNTS) else str(count)


def _certain(found: Drivers, outcome: str) -> str:
    """Return what an output that does not vary always is."""
    if outcome == "france_payoff" or found.central:
        return f"it is always {amount(found.central, outcome)}"
    return "it never happens"


def _footings(groups: list[Group]) -> str:
    """Return how many of the groups rest on what, the commonest first."""
    (commonest, most), *others = Counter(map(_phrase, groups)).most_common()
    if len(groups) == 1:
        return f"it rests on {commonest}"
    first = f"{_COUNTS[most]} {'rests' if most == 1 else 'rest'} on {commonest}"
    return listed([first, *(f"{_COUNTS[count]} on {phrase}" for phrase, count in others)])


def _phrase(group: Group) -> str:
    """Return what a group rests on, after "rests on"."""
    if not group.sources:
        return "no evidence"
    if group.assumptions:
        return "assumptions in part"
    if group.sources == (_JOURNALIST,):
        return "the journalist alone"
    return "more than one claim" if len(group.evidence) > 1 else "a single claim"
